/* Acts of one file packed together, so that what they have in common is said once.
 *
 * Acts that come together (archive_put_file, archive_put_part) are deflated in a row, some 16 kB of them, and
 * lie in the metadata of the archive under the key of their file and the number of the first in it; the data of each
 * document says which pack and where in it. A pack lives as long as its file is what it was: whatever takes out the
 * file's acts takes out its packs. An act that comes alone, or that is stored anew by itself, is in the data of its
 * document (stored_act.h). */
#ifndef DELIB_ARCHIVE_ACT_PACK_H
#define DELIB_ARCHIVE_ACT_PACK_H

#include "archive/archive.h"
#include "archive/stored_act.h"

#define ACT_PACK_KEY "pack:" /* file_key, ':', and the number, eight figures */

/* Pack the acts, of which the first is the file's `first`. `refs`, one for each, becomes what the data of its document
 * is to be; empty for one that is to be packed by itself. */
enum delib_status act_packs_put(struct slice *refs, struct arena *arena, struct act_packer *packer,
                                struct xapian_writer *writer, struct slice file, size_t first,
                                const struct new_act *acts, size_t count, struct delib_error *error);

/* Take out the packs of the file. */
enum delib_status act_packs_remove(struct arena *arena, struct xapian_writer *writer, struct xapian_reader *reader,
                                   struct slice file, struct delib_error *error);

/* The file of a pack, from the key. */
struct slice act_pack_file(struct slice key);

#endif

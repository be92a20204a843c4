/* The states of all source files (file_state.h) in the metadata of an archive: in groups by the first figures of the
 * files' keys, so that a run reads those of half a million files in some thousand pieces, and a file that changes has
 * one small piece written anew. */
#ifndef DELIB_ARCHIVE_FILE_STATES_H
#define DELIB_ARCHIVE_FILE_STATES_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/status.h"
#include "xapian-c/xapian_c.h"

#define FILE_STATES_KEY "files:" /* and the first figures of file_key */

/* `file` is the file's key (file_key). An empty state forgets the file. */
enum delib_status file_states_put(struct xapian_writer *writer, struct xapian_reader *reader, struct slice file,
                                  struct slice state, struct delib_error *error);

/* The stored bytes, in the arena; empty when the file is not known. */
enum delib_status file_states_get(struct slice *out, struct arena *arena, struct xapian_reader *reader,
                                  struct slice file, struct delib_error *error);

/* Called with the stored bytes of each file, in the order of the keys; return false to stop. The slice is valid during
 * the call. */
typedef bool file_states_visit(struct slice state, void *payload);
enum delib_status file_states_each(struct xapian_reader *reader, file_states_visit *visit, void *payload,
                                   struct delib_error *error);

/* One group of several databases, whose files are not the same. */
void file_states_merge(struct buffer *out, const struct slice *groups, size_t count);

#endif

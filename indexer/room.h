/* Whether the disk has room for what a run will put into the archive: told before hours of work, not after them. */
#ifndef DELIB_INDEXER_ROOM_H
#define DELIB_INDEXER_ROOM_H

#include "known.h"

/* DELIB_IO, with the figures, when the disk of the archive has less free than the files that are new or of another size
 * take at the least. `reader` is the archive's. */
enum delib_status room_check(const struct scan *scan, const struct known_files *known, struct xapian_reader *reader,
                             const char *archive, struct delib_error *error);

#endif

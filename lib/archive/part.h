/* Filling an empty archive from several processes: each writes parts, which are then merged into the archive.
 *
 * A part is a database of its own with some of the acts, in the order in which they were put; nobody looks at it before
 * it is merged. Merged in their order, the parts come to what one writer makes of the same acts: what needs a look at
 * other acts (rows of tables that complete them, the same act twice) is settled afterwards. */
#ifndef DELIB_ARCHIVE_PART_H
#define DELIB_ARCHIVE_PART_H

#include "archive/archive.h"

/* A writer for a new part in the folder `path`: archive_put_file and those beside it put, and settle nothing. `old` is
 * the archive that the whole is to replace; "" when there is none. */
enum delib_status part_writer_open(struct archive_writer **out, const char *path, const char *old,
                                   struct delib_error *error);
/* All is put: write it, and free the writer in any case. */
enum delib_status part_writer_close(struct archive_writer *writer, struct delib_error *error);

/* Merge parts, or merged parts, in their order into the new folder `target`. */
enum delib_status parts_merge(const char *target, char *const *parts, size_t count, struct delib_error *error);

/* Make an archive of the parts merged at `path`: settle what needs a look at all acts, and give it the writer, for what
 * is still to be put before archive_commit. */
enum delib_status parts_complete(struct archive_writer **out, const char *path, const char *old,
                                 struct delib_error *error);

#endif

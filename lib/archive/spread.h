/* An archive in parts that one run fills as if it were one: the writer of the first part, with those of the others.
 *
 * An act goes to the part that has what it must meet (the same act from another file, the row of a table that speaks of
 * it), else to the one that the hash of its id names. When parts are added, acts that these are to have go there
 * (moving.h). The first part remembers the files. It is committed last, so that a run that is cut off between the
 * parts' commits reads again what it has not told yet. All parts count revisions alike, and carry one mark
 * (archive_family). */
#ifndef DELIB_ARCHIVE_SPREAD_H
#define DELIB_ARCHIVE_SPREAD_H

#include "archive/archive.h"

enum { SPREAD_PARTS_MAX = 4096 }; /* a part is a few open files and a commit */

/* `archive` names one archive or a list of local parts (parts_list.h). `part_count` makes a list of so many, in a new
 * folder, or adds to one that has fewer; 0 takes what is there, or makes one archive. */
enum delib_status spread_open(struct archive_writer **out, const char *archive, size_t part_count,
                              struct delib_error *error);

bool archive_is_spread(const struct archive_writer *writer); /* over two parts or more */

/* The writer of the part that the act goes to; `alone`: no other act is of its file. */
enum delib_status spread_find_part(struct archive_writer **out, struct archive_writer *first, const struct new_act *act,
                                   bool alone, struct delib_error *error);

#endif

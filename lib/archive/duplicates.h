/* The same act in several files (as PDF and as HTML, in two tables): one shows, the others are marked and left out of
 * answers unless they are asked for.
 *
 * Acts are the same when they have one id and speak of one matter; one id alone may be a number misread. The one whose
 * path comes first shows, whatever the order in which they came. */
#ifndef DELIB_ARCHIVE_DUPLICATES_H
#define DELIB_ARCHIVE_DUPLICATES_H

#include "archive/writer.h"

/* Whether the archive has any. */
enum delib_status duplicates_exist(bool *out, struct archive_writer *writer, struct delib_error *error);

/* Mark and unmark acts whose ids were touched in this call. */
enum delib_status duplicates_settle(struct archive_writer *writer, struct delib_error *error);

#endif

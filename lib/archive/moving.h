/* Acts that change their part when parts are added to an archive (spread.h).
 *
 * Each step ends with a commit, and at every moment a question over the list of parts finds each act once:
 *   1. acts are copied, as they stand, to the new parts, which no list names yet;
 *   2. where they were they get a mark, which means nothing yet;
 *   3. the list names the new parts, and says that what is marked is to be passed over (parts_list.h);
 *   4. what is marked is taken out;
 *   5. the list says so no more.
 * A run that is cut off before the third step leaves the parts as they were, and new ones to be thrown away; after it,
 * the next one goes on with the fourth. */
#ifndef DELIB_ARCHIVE_MOVING_H
#define DELIB_ARCHIVE_MOVING_H

#include "archive/writer.h"

/* The part, of so many, that the hash of an act's id names. With a part more, an act stays or goes to that one. */
size_t moving_part_of(struct arena *arena, struct slice id, size_t count);

/* Throw a part away that a run which was cut off was filling and that no list names. */
enum delib_status moving_drop_unfinished(const char *path, struct delib_error *error);

/* Steps 1 and 2; the parts from number `listed` on are new. Acts and rows that belong together stay so: all of them go
 * where the first of their ids does. */
enum delib_status moving_copy(struct archive_writer *first, size_t listed, struct delib_error *error);

/* Step 4. */
enum delib_status moving_take_out(struct archive_writer *first, struct delib_error *error);

#endif

/* The names that other programs and open data portals give to the members of a record: « titre », « date_seance »,
 * « DELIB_OBJET ». */
#ifndef DELIB_ACT_OTHER_NAMES_H
#define DELIB_ACT_OTHER_NAMES_H

#include "base/json_reader.h"

/* Give the members of a record our names, where none has that name already. Case, accents and signs between words do
 * not count. A member whose value is of a kind that ours cannot have keeps its own. */
void other_names_replace(struct json_value *record);

#endif

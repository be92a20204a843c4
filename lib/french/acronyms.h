/* Acronyms that a text introduces beside the name they stand for: « Contribution Économique Territoriale (CET) »,
 * « CCAS (Centre Communal d'Action Sociale) ». The letters must be the first ones of the name's words in order; small
 * words may be passed over. What a writer so defines is a synonym for questions. */
#ifndef DELIB_FRENCH_ACRONYMS_H
#define DELIB_FRENCH_ACRONYMS_H

#include "base/slice.h"

enum { ACRONYM_SHORTEST = 2, ACRONYM_LONGEST = 10, ACRONYM_NAME_WORDS = 14 };

/* Both folded, the name's words with one blank between; valid during the call. */
typedef void acronym_visit(struct slice acronym, struct slice name, void *payload);
void acronyms_find(struct slice text, acronym_visit *visit, void *payload);

#endif

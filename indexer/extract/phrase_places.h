/* Where the phrases of all lists stand in one text, found in one pass through it.
 *
 * A list that nobody has looked for before is looked for by itself; from then on it is among those that texts are
 * gone through for. So a run's first texts cost more than the others. */
#ifndef DELIB_INDEXER_EXTRACT_PHRASE_PLACES_H
#define DELIB_INDEXER_EXTRACT_PHRASE_PLACES_H

#include "extract/phrase_lists.h"
#include "extract/phrase_set.h"

struct phrase_places;

struct phrase_places *phrase_places_new(struct slice folded); /* which must outlive it */
void phrase_places_free(struct phrase_places *places);        /* NULL is allowed */

/* The first place at or after `from` where a phrase of the list stands, `which` being the first of the list that does;
 * NULL when there is none. Lasts as long as `places`. */
const struct phrase_found *phrase_places_next(struct phrase_places *places, struct phrase_list *list, size_t from);

/* Whether a phrase stands in the text that is of no list, but made just now. */
bool phrase_places_have(struct phrase_places *places, const char *phrase);

#endif

/* Many phrases looked for at once: what a text costs depends on its words, not on how many phrases there are. */
#ifndef DELIB_INDEXER_EXTRACT_PHRASE_SET_H
#define DELIB_INDEXER_EXTRACT_PHRASE_SET_H

#include <stdint.h>

#include "extract/match.h"

struct phrase_set;

struct phrase_found {
    uint32_t which; /* the phrases are numbered from 0 as they were added */
    uint32_t start; /* bytes in the folded text */
    uint32_t end;
};

struct phrase_set *phrase_set_new(void);
void phrase_set_free(struct phrase_set *set); /* NULL is allowed */

/* `phrase` as in match.h. It is not kept. The longest may have PHRASE_MAX_BYTES. Returns its number. */
enum { PHRASE_MAX_BYTES = 255 };
uint32_t phrase_set_add(struct phrase_set *set, struct slice phrase);

/* All places of the text where one of the phrases stands, by where they start; those that start at one place in no
 * order. Lasts until the next call. */
size_t phrase_set_find(struct phrase_set *set, struct slice folded, const struct phrase_found **found);

#endif

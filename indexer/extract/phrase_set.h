/* Many phrases looked for at once: what a text costs depends on its words, not on how many phrases there are. */
#ifndef DELIB_INDEXER_EXTRACT_PHRASE_SET_H
#define DELIB_INDEXER_EXTRACT_PHRASE_SET_H

#include <stdint.h>

#include "extract/match.h"

struct phrase_set;

struct phrase_found {
    size_t which; /* the phrases are numbered from 0 as they were added */
    size_t start; /* where it stands first */
};

struct phrase_set *phrase_set_new(void);
void phrase_set_free(struct phrase_set *set); /* NULL is allowed */

/* `phrase` as in match.h, of two letters or more. It is copied. */
void phrase_set_add(struct phrase_set *set, struct slice phrase);

/* The phrases that stand in the text, each once, in the order of the text. Lasts until the next call. */
size_t phrase_set_find(struct phrase_set *set, struct slice folded, const struct phrase_found **found);

#endif

/* The lists of set phrases that the finders look for, each made ready once for the whole run.
 *
 * A list is known by its address: it must be of static storage and never change. Its rows are phrases (match.h), or
 * larger things that begin with one, `const char *`. */
#ifndef DELIB_INDEXER_EXTRACT_PHRASE_LISTS_H
#define DELIB_INDEXER_EXTRACT_PHRASE_LISTS_H

#include "extract/match.h"

struct phrase_list {
    const void *rows;
    size_t count;
    size_t row_bytes;
    struct letter_pairs beginnings; /* of its phrases */
    uint32_t number; /* phrase_places.h: from 1, in the order in which they came to be looked for; 0: not yet */
};

struct phrase_list *phrase_list_of(const char *const *phrases); /* which end in NULL */
struct phrase_list *phrase_list_of_rows(const void *rows, size_t count, size_t row_bytes);
struct phrase_list *phrase_list_of_one(const char *phrase);

const char *phrase_list_get(const struct phrase_list *list, size_t which);

#endif

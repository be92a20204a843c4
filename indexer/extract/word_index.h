/* Where the words of a folded text are, by how they begin: what looking for phrases costs then depends on the words
 * that begin as the phrases do, not on the length of the text. */
#ifndef DELIB_INDEXER_EXTRACT_WORD_INDEX_H
#define DELIB_INDEXER_EXTRACT_WORD_INDEX_H

#include <stdint.h>

#include "extract/match.h"

struct word_index {
    struct slice folded;
    uint32_t *words; /* where words begin, in the order of how they begin (word_beginning) and of the text */
    uint32_t first[WORD_BEGINNINGS + 1]; /* where in `words` those of each beginning start */
};

/* Into a zeroed index; the text must outlive it. */
void word_index_make(struct word_index *index, struct slice folded);
void word_index_free(struct word_index *index);

/* A way through the words that begin as some phrases do, in the order of the text. */
struct word_search {
    const struct word_index *index;
    size_t from;
    struct words_of_a_beginning {
        unsigned beginning;
        const uint32_t *next; /* still to be looked at */
        const uint32_t *end;
    } kinds[64];
    size_t count;
    size_t kind;    /* of the place that was given last */
    bool all_words; /* phrases that begin in more ways than there is room for: no word is passed over */
};

/* Look from `from` on for the phrases that are added, each of which must begin with a letter or digit. Adding tells the
 * kind of the places where the phrase may stand, SLICE_NONE when there is none. */
void word_search_begin(struct word_search *search, const struct word_index *index, size_t from);
size_t word_search_add(struct word_search *search, const char *phrase);

/* The next place where one of the phrases may stand; SLICE_NONE at the end. */
size_t word_search_next(struct word_search *search);

#endif

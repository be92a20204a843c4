#include "extract/word_index.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

/* A counting sort: how many words begin in each way, where each way starts, and each word to its place. */
void word_index_make(struct word_index *index, struct slice folded)
{
    uint32_t *first = index->first;
    index->folded = folded;
    for (size_t at = 0; at < folded.len; at++)
        if (is_word_start(folded, at))
            first[word_beginning(folded, at) + 1]++;
    for (size_t i = 0; i < WORD_BEGINNINGS; i++)
        first[i + 1] += first[i];
    uint32_t next[WORD_BEGINNINGS];
    memcpy(next, first, sizeof next);
    index->words = memory_resize(NULL, first[WORD_BEGINNINGS] + 1, sizeof *index->words);
    for (size_t at = 0; at < folded.len; at++)
        if (is_word_start(folded, at))
            index->words[next[word_beginning(folded, at)]++] = (uint32_t)at;
}

void word_index_free(struct word_index *index)
{
    free(index->words);
    index->words = NULL;
}

void word_search_begin(struct word_search *search, const struct word_index *index, size_t from)
{
    search->index = index;
    search->from = from;
    search->count = 0;
    search->all_words = false;
}

static const uint32_t *first_from(const uint32_t *low, const uint32_t *high, size_t from)
{
    while (low < high) {
        const uint32_t *middle = low + (high - low) / 2;
        if (*middle < from)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static size_t kind_of(const struct word_search *search, unsigned beginning)
{
    for (size_t i = 0; i < search->count; i++)
        if (search->kinds[i].beginning == beginning)
            return i;
    return SLICE_NONE;
}

size_t word_search_add(struct word_search *search, const char *phrase)
{
    const struct word_index *index = search->index;
    unsigned beginning = word_beginning((struct slice){phrase, strnlen(phrase, 2)}, 0);
    const uint32_t *start = index->words + index->first[beginning];
    const uint32_t *end = index->words + index->first[beginning + 1];
    if (start == end)
        return SLICE_NONE;
    size_t kind = kind_of(search, beginning);
    if (kind != SLICE_NONE || (start = first_from(start, end, search->from)) == end)
        return kind;
    if (search->count == sizeof search->kinds / sizeof *search->kinds) {
        search->all_words = true;
        return SLICE_NONE;
    }
    search->kinds[search->count] = (struct words_of_a_beginning){beginning, start, end};
    return search->count++;
}

static size_t next_of_all(struct word_search *search)
{
    struct slice folded = search->index->folded;
    while (search->from < folded.len && !is_word_start(folded, search->from))
        search->from++;
    return search->from < folded.len ? search->from++ : SLICE_NONE;
}

size_t word_search_next(struct word_search *search)
{
    struct words_of_a_beginning *nearest = NULL;
    if (search->all_words)
        return next_of_all(search);
    for (size_t i = 0; i < search->count; i++) {
        struct words_of_a_beginning *kind = &search->kinds[i];
        if (kind->next < kind->end && (!nearest || *kind->next < *nearest->next))
            nearest = kind;
    }
    if (!nearest)
        return SLICE_NONE;
    search->kind = (size_t)(nearest - search->kinds);
    return *nearest->next++;
}

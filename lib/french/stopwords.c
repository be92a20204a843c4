#include "french/stopwords.h"

static const char *const stopwords[] = {
#include "data/stopwords.inc"
};

bool is_stopword(struct slice folded_word)
{
    size_t low = 0;
    size_t high = sizeof stopwords / sizeof *stopwords;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = slice_compare(folded_word, slice_of(stopwords[middle]));
        if (order == 0)
            return true;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return false;
}

/* Words that must stand in certain places: phrases, words near one another, words as they were written. The index knows
 * which acts have the words (stems); the stream of an act's words tells where they stand (archive/word_stream.h). */
#ifndef DELIB_QUERY_PLACED_WORDS_H
#define DELIB_QUERY_PLACED_WORDS_H

#include "archive/word_stream.h"

/* `count` words, word i with bit i of the matcher; at most WORDS_LOOKED_FOR. */
struct placed_words {
    struct word_matcher *matcher;
    unsigned count;
    bool in_order;                    /* each right after the one before */
    uint32_t window;                  /* else all of them within so many places, each in one of its own */
    unsigned alike[WORDS_LOOKED_FOR]; /* how many of the words are the same as this one, itself included */
};

/* The xapian_value_test of a stream; `payload` is the placed_words. */
bool placed_words_stand(struct slice stream, void *payload);

#endif

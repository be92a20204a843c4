/* The words that texts to be indexed are made of, kept from act to act: the stem of each form, its code in a stream,
 * and how often each stem is in the act at hand. Most words have come before, so that indexing is counting. */
#ifndef DELIB_ARCHIVE_LEXICON_H
#define DELIB_ARCHIVE_LEXICON_H

#include <stdint.h>

#include "base/slice.h"

struct lexicon;

struct lexicon *lexicon_new(void);
void lexicon_free(struct lexicon *lexicon); /* NULL is allowed */

/* Begin an act: no stem has been counted. Where too many words are kept, all are forgotten. */
void lexicon_begin(struct lexicon *lexicon);

struct lexicon_word {
    struct slice form;
    uint64_t code; /* word_code_make */
    uint32_t stem; /* for lexicon_stem, lexicon_count */
};

/* Lent until the next call. */
const struct lexicon_word *lexicon_find(struct lexicon *lexicon, struct slice form);

struct slice lexicon_stem(const struct lexicon *lexicon, const struct lexicon_word *word); /* lent as the word is */

/* Add to how often the stem is in the act. */
void lexicon_count(struct lexicon *lexicon, const struct lexicon_word *word, uint32_t times);

struct stem_count {
    struct slice stem;
    uint32_t times;
};

/* The stems counted in the act, each once, in no order; lent until the next call. */
const struct stem_count *lexicon_counts(struct lexicon *lexicon, size_t *count);

/* Calls `visit` for the forms met since the last call, each at least once, and forgets that they are new. */
typedef void lexicon_visit(struct slice form, void *payload);
void lexicon_each_new(struct lexicon *lexicon, lexicon_visit *visit, void *payload);

#endif

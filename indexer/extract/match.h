/* Finding set phrases in folded text.
 *
 * A phrase is written folded. A space stands for white space of any kind and length, one line break included (but no
 * empty line); `*` after a word stands for any ending, the inclusive ones too (« present* »: présents, présent·e·s,
 * présent(e)s). A phrase matches whole words only. */
#ifndef DELIB_INDEXER_EXTRACT_MATCH_H
#define DELIB_INDEXER_EXTRACT_MATCH_H

#include <stdint.h>

#include "base/slice.h"

struct span {
    size_t start; /* bytes in the folded text */
    size_t end;
};

/* A letter or digit of folded text; bytes over 127 count as letters. */
static inline bool is_word_byte(char byte)
{
    unsigned char c = (unsigned char)byte;
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c >= 0xC3;
}

/* End of the phrase if it stands at `at`, which must be the start of a word; SLICE_NONE otherwise. Most phrases are
 * ruled out by their first two characters, which are looked at on the spot. */
size_t whole_phrase_at(struct slice folded, size_t at, const char *phrase);
static inline size_t phrase_at(struct slice folded, size_t at, const char *phrase)
{
    if (at >= folded.len || folded.bytes[at] != phrase[0])
        return SLICE_NONE;
    if (at + 1 < folded.len && folded.bytes[at + 1] != phrase[1] && is_word_byte(phrase[1]))
        return SLICE_NONE;
    return whole_phrase_at(folded, at, phrase);
}

/* The first of the phrases (a list that ends in NULL) that stands at `at`: its index and end; -1 if none does. The list
 * is known by its address (phrase_lists.h). */
int phrases_at(struct slice folded, size_t at, const char *const *phrases, size_t *end);

/* The next place at or after `from` and before `to` where one of the phrases (of two letters or more) stands: its
 * index; -1 if there is none. */
int phrases_find(struct slice folded, size_t from, size_t to, const char *const *phrases, struct span *out);

static inline bool is_word_start(struct slice folded, size_t at)
{
    return at < folded.len && is_word_byte(folded.bytes[at]) && (at == 0 || !is_word_byte(folded.bytes[at - 1]));
}

/* What a space and a `*` of a phrase stand for: where it ends; SLICE_NONE when there is no white space at `at`. */
size_t phrase_space(struct slice folded, size_t at);
size_t word_rest(struct slice folded, size_t at);

/* A set of the ways in which words begin: by the first letter and, if there is one, the second. Others may share their
 * place in the set. */
enum { LETTER_PAIRS = 32 * 32 };
struct letter_pairs {
    uint64_t bits[LETTER_PAIRS / 64];
};

static inline unsigned letter_pair(struct slice folded, size_t at)
{
    bool is_pair = at + 1 < folded.len && is_word_byte(folded.bytes[at + 1]);
    unsigned second = is_pair ? (unsigned char)folded.bytes[at + 1] % 32 : 0;
    return (unsigned char)folded.bytes[at] % 32 * 32 + second;
}

static inline void letter_pairs_add(struct letter_pairs *pairs, unsigned pair)
{
    pairs->bits[pair / 64] |= UINT64_C(1) << pair % 64;
}

static inline bool letter_pairs_have(const struct letter_pairs *pairs, unsigned pair)
{
    return pairs->bits[pair / 64] >> pair % 64 & 1;
}

static inline bool letter_pairs_have_at(const struct letter_pairs *pairs, struct slice folded, size_t at)
{
    return at < folded.len && letter_pairs_have(pairs, letter_pair(folded, at));
}

size_t skip_blanks(struct slice folded, size_t at);     /* spaces, on this line */
size_t skip_space(struct slice folded, size_t at);      /* spaces and line ends */
size_t skip_separators(struct slice folded, size_t at); /* spaces and « : - – — | . = _ » on this line */

/* The first letter or digit at or after `at` and before `end`; `end` when there is none. Unlike is_word_start it passes
 * over signs beyond ASCII: bullets, dashes, quotation marks. */
size_t skip_to_word(struct slice folded, size_t at, size_t end);

/* The first word in [*at, end), with *at moved behind it; empty when there is none. */
struct slice word_after(struct slice folded, size_t *at, size_t end);

#endif

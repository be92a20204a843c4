/* The words of an act in a row, as its document keeps them to tell where they stand: phrases, words near one another,
 * words as they were written. Forms, not stems; stop words too.
 *
 * A word costs one byte when it is among the most frequent, two when it is among data/frequent-words.list, else five
 * when the stream has it first (a hash of its stem and one of its form, 18 bits each) and two after that. So of a word
 * that is not in the list only hashes are known: two such words are taken for one another once in 70 thousand million.
 * Words that share a place (« élu·e·s ») follow a mark, and a mark stands between two fields: the objet comes first. */
#ifndef DELIB_ARCHIVE_WORD_STREAM_H
#define DELIB_ARCHIVE_WORD_STREAM_H

#include "base/arena.h"
#include "base/buffer.h"

/* --- writing ------------------------------------------------------------------------------------------------ */

/* What a form is written as: its number in the list, or the hashes. Never changes, so that it can be kept. */
uint64_t word_code_make(struct slice form, struct slice stem);

struct word_stream_writer;

struct word_stream_writer *word_stream_writer_new(void);
void word_stream_writer_free(struct word_stream_writer *writer);
void word_stream_begin(struct word_stream_writer *writer);
void word_stream_add(struct word_stream_writer *writer, uint64_t code, bool alternate);
void word_stream_end_field(struct word_stream_writer *writer);
struct slice word_stream_get(const struct word_stream_writer *writer); /* lent until the next begin */

/* --- looking ------------------------------------------------------------------------------------------------ */

enum { WORDS_LOOKED_FOR = 64, FIELD_GAP = 100 };

/* Up to WORDS_LOOKED_FOR words, each with a bit, told by their stems or by their forms. */
struct word_matcher;

struct word_matcher *word_matcher_new(struct arena *arena);
void word_matcher_add_stem(struct word_matcher *matcher, unsigned bit, struct slice stem);
void word_matcher_add_form(struct word_matcher *matcher, unsigned bit, struct slice form, struct slice stem);

struct word_hit {
    uint64_t bits;
    uint32_t position; /* from 0; FIELD_GAP more from one field to the next, so that no phrase runs across */
    unsigned field;    /* 0: the objet; 1: the text */
};

enum { WORD_STREAM_OWN = 4096 }; /* words of an act that are not in the list and can be named in two bytes */

struct word_walk {
    const struct word_matcher *matcher;
    const unsigned char *at;
    const unsigned char *end;
    uint32_t next_position;      /* at the end, how many places there are */
    uint32_t first_field_places; /* once it was passed */
    unsigned field;
    unsigned own_count;
    uint64_t has_own[WORD_STREAM_OWN / 64]; /* those that are looked for */
    uint64_t own[WORD_STREAM_OWN];          /* the bits of each that is */
};

void word_walk_begin(struct word_walk *walk, const struct word_matcher *matcher, struct slice stream);
/* The next word that is looked for; false at the end, or where the stream makes no sense. */
bool word_walk_next(struct word_walk *walk, struct word_hit *hit);

/* False when the word with bit 1 nowhere stands in the place after that with bit 0. It looks at bytes, wherever words
 * begin, which takes less than a walk: most acts that have all the words of a phrase have it not. True tells nothing.
 */
bool word_pair_may_stand(const struct word_matcher *matcher, struct slice stream);

#endif

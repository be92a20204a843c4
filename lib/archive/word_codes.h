/* The frequent word forms of data/frequent-words.list, by number: the most frequent have the lowest. The tables are
 * made at build time (tables/make_word_table.c), constant, and cost nothing before the first look. */
#ifndef DELIB_ARCHIVE_WORD_CODES_H
#define DELIB_ARCHIVE_WORD_CODES_H

#include <stdint.h>

#include "base/slice.h"

enum {
    WORD_CODE_SHORT = 158,     /* in one byte of a stream (word_stream.h) */
    WORD_CODE_LONG = 64 * 256, /* in two */
    WORD_CODE_COUNT = WORD_CODE_SHORT + WORD_CODE_LONG,
    WORD_HASH_SLOTS = 1 << 15,
    WORD_NO_CODE = 0xFFFF
};

/* FNV-1a: the tables are made with it. */
static inline uint32_t word_hash(struct slice word)
{
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < word.len; i++)
        hash = (hash ^ (unsigned char)word.bytes[i]) * 16777619u;
    return hash;
}

/* WORD_NO_CODE when it is not among them. */
unsigned word_code_of(struct slice form);

/* The number of a stem; WORD_NO_CODE when none of the forms has it. */
unsigned word_stem_number(struct slice stem);

/* The number of the stem of each form, WORD_CODE_COUNT of them. */
const uint16_t *word_stem_numbers(void);

#endif

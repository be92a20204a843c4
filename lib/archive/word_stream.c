#include "archive/word_stream.h"

#include <stdlib.h>
#include <string.h>

#include "archive/word_codes.h"
#include "base/memory.h"

/* First bytes. */
enum {
    MARK_FIELD = 0,     /* a field ends */
    MARK_ALTERNATE = 1, /* the next word shares the place of the one before */
    FIRST_SHORT = 2,
    FIRST_LONG = FIRST_SHORT + WORD_CODE_SHORT,      /* and a byte */
    FIRST_AGAIN = FIRST_LONG + WORD_CODE_LONG / 256, /* a word of the act's own, by its number: and a byte */
    FIRST_OWN = FIRST_AGAIN + WORD_STREAM_OWN / 256  /* first of its kind: four bits of the hashes and four bytes */
};
_Static_assert(FIRST_OWN + 16 == 256, "every first byte means something");

enum { HASH_BITS = 18, OWN_BYTES = 4 };
#define OWN_WORD ((uint64_t)1 << 63) /* marks the code of a word that is not in the list */

static uint64_t hash_bits(struct slice word)
{
    uint32_t hash = word_hash(word);
    return (hash ^ hash >> HASH_BITS) & ((1U << HASH_BITS) - 1);
}

static uint64_t own_code(struct slice form, struct slice stem)
{
    return OWN_WORD | hash_bits(stem) << HASH_BITS | hash_bits(form);
}

uint64_t word_code_make(struct slice form, struct slice stem)
{
    unsigned code = word_code_of(form);
    return code != WORD_NO_CODE ? code : own_code(form, stem);
}

/* --- writing ------------------------------------------------------------------------------------------------ */

enum { OWN_SLOTS = 4 * WORD_STREAM_OWN };

struct word_stream_writer {
    struct buffer out;
    uint64_t own[WORD_STREAM_OWN];
    unsigned own_count;
    uint16_t slots[OWN_SLOTS];      /* number in `own` and one more, by the code's low bits; 0: free */
    unsigned used[WORD_STREAM_OWN]; /* slots, to be freed by the next begin */
};

struct word_stream_writer *word_stream_writer_new(void)
{
    return memory_alloc(sizeof(struct word_stream_writer));
}

void word_stream_writer_free(struct word_stream_writer *writer)
{
    if (!writer)
        return;
    buffer_free(&writer->out);
    free(writer);
}

void word_stream_begin(struct word_stream_writer *writer)
{
    buffer_clear(&writer->out);
    for (unsigned i = 0; i < writer->own_count; i++)
        writer->slots[writer->used[i]] = 0;
    writer->own_count = 0;
}

static void add_own(struct word_stream_writer *writer, uint64_t code)
{
    unsigned slot = (unsigned)(code ^ code >> HASH_BITS) % OWN_SLOTS;
    while (writer->slots[slot] != 0 && writer->own[writer->slots[slot] - 1] != code)
        slot = (slot + 1) % OWN_SLOTS;
    if (writer->slots[slot] != 0) {
        unsigned number = writer->slots[slot] - 1U;
        buffer_add_byte(&writer->out, (char)(FIRST_AGAIN + number / 256));
        buffer_add_byte(&writer->out, (char)(number % 256));
        return;
    }
    buffer_add_byte(&writer->out, (char)(FIRST_OWN + (code >> 32 & 0xF)));
    for (int shift = 8 * (OWN_BYTES - 1); shift >= 0; shift -= 8)
        buffer_add_byte(&writer->out, (char)(code >> shift & 0xFF));
    if (writer->own_count == WORD_STREAM_OWN)
        return;
    writer->used[writer->own_count] = slot;
    writer->own[writer->own_count++] = code;
    writer->slots[slot] = (uint16_t)writer->own_count;
}

void word_stream_add(struct word_stream_writer *writer, uint64_t code, bool alternate)
{
    if (alternate)
        buffer_add_byte(&writer->out, MARK_ALTERNATE);
    if (code & OWN_WORD) {
        add_own(writer, code);
    } else if (code < WORD_CODE_SHORT) {
        buffer_add_byte(&writer->out, (char)(FIRST_SHORT + code));
    } else {
        buffer_add_byte(&writer->out, (char)(FIRST_LONG + (code - WORD_CODE_SHORT) / 256));
        buffer_add_byte(&writer->out, (char)((code - WORD_CODE_SHORT) % 256));
    }
}

void word_stream_end_field(struct word_stream_writer *writer)
{
    buffer_add_byte(&writer->out, MARK_FIELD);
}

struct slice word_stream_get(const struct word_stream_writer *writer)
{
    return buffer_get(&writer->out);
}

/* --- looking ------------------------------------------------------------------------------------------------ */

/* Words that are looked for and not in the list: of any form, or of one. */
struct own_word {
    uint64_t mask;
    uint64_t value;
    uint64_t bits;
};

/* Each word of the list has a class: 0 for what nobody looks for, else where its bits stand in `class_bits`. */
enum { MAX_CLASSES = 256, OWN_STEM_BITS = 1024 };

struct word_matcher {
    struct arena *arena;
    uint8_t steps[256];                     /* by first byte: bytes of a word that nobody looks for; 0: look closer */
    uint64_t own_stems[OWN_STEM_BITS / 64]; /* by the low bits of their hashes */
    bool may_be_first[256];                 /* by first byte: the word with bit 0 */
    uint8_t class_of[WORD_CODE_COUNT];
    uint64_t class_bits[MAX_CLASSES];
    unsigned class_count;
    struct own_word *own;
    size_t own_count;
};

struct word_matcher *word_matcher_new(struct arena *arena)
{
    struct word_matcher *matcher = arena_alloc(arena, sizeof *matcher);
    memset(matcher, 0, sizeof *matcher);
    matcher->arena = arena;
    matcher->class_count = 1;
    memset(matcher->steps + FIRST_SHORT, 1, WORD_CODE_SHORT);
    memset(matcher->steps + FIRST_LONG, 2, WORD_CODE_LONG / 256);
    return matcher;
}

/* The class with these bits. When all are taken, which more than WORDS_LOOKED_FOR words with mixed forms would need,
 * the last stands for all that came too late. */
static uint8_t class_with(struct word_matcher *matcher, uint64_t bits)
{
    for (unsigned i = 1; i < matcher->class_count; i++)
        if (matcher->class_bits[i] == bits)
            return (uint8_t)i;
    if (matcher->class_count == MAX_CLASSES) {
        matcher->class_bits[MAX_CLASSES - 1] |= bits;
        return MAX_CLASSES - 1;
    }
    matcher->class_bits[matcher->class_count] = bits;
    return (uint8_t)matcher->class_count++;
}

static void add_bit(struct word_matcher *matcher, unsigned code, unsigned bit)
{
    uint64_t bits = matcher->class_bits[matcher->class_of[code]] | (uint64_t)1 << bit;
    matcher->class_of[code] = class_with(matcher, bits);
    unsigned first = code < WORD_CODE_SHORT ? FIRST_SHORT + code : FIRST_LONG + (code - WORD_CODE_SHORT) / 256;
    matcher->steps[first] = 0;
    matcher->may_be_first[first] |= bit == 0;
}

static unsigned own_stem_bit(uint64_t code)
{
    return (unsigned)(code >> HASH_BITS) % OWN_STEM_BITS;
}

static void add_own_word(struct word_matcher *matcher, uint64_t mask, uint64_t value, unsigned bit)
{
    matcher->own = arena_grow(matcher->arena, matcher->own, matcher->own_count, sizeof *matcher->own);
    matcher->own[matcher->own_count++] = (struct own_word){mask, value & mask, (uint64_t)1 << bit};
    matcher->own_stems[own_stem_bit(value) / 64] |= (uint64_t)1 << own_stem_bit(value) % 64;
    matcher->may_be_first[FIRST_OWN + (value >> 32 & 0xF)] |= bit == 0;
}

void word_matcher_add_stem(struct word_matcher *matcher, unsigned bit, struct slice stem)
{
    const uint64_t any_form = ((uint64_t)1 << HASH_BITS) - 1;
    const uint16_t *numbers = word_stem_numbers();
    unsigned number = word_stem_number(stem);
    for (unsigned code = 0; number != WORD_NO_CODE && code < WORD_CODE_COUNT; code++)
        if (numbers[code] == number)
            add_bit(matcher, code, bit);
    add_own_word(matcher, ~any_form, own_code((struct slice){0}, stem), bit);
}

void word_matcher_add_form(struct word_matcher *matcher, unsigned bit, struct slice form, struct slice stem)
{
    unsigned code = word_code_of(form);
    if (code != WORD_NO_CODE)
        add_bit(matcher, code, bit);
    else
        add_own_word(matcher, UINT64_MAX, own_code(form, stem), bit);
}

static uint64_t bits_of_own(const struct word_matcher *matcher, uint64_t code)
{
    uint64_t bits = 0;
    unsigned stem = own_stem_bit(code);
    if ((matcher->own_stems[stem / 64] >> stem % 64 & 1) == 0)
        return 0;
    for (size_t i = 0; i < matcher->own_count; i++)
        if ((code & matcher->own[i].mask) == matcher->own[i].value)
            bits |= matcher->own[i].bits;
    return bits;
}

void word_walk_begin(struct word_walk *walk, const struct word_matcher *matcher, struct slice stream)
{
    walk->matcher = matcher;
    walk->at = (const unsigned char *)stream.bytes;
    walk->end = walk->at + stream.len;
    walk->next_position = 0;
    walk->first_field_places = 0;
    walk->field = 0;
    walk->own_count = 0;
    memset(walk->has_own, 0, sizeof walk->has_own);
}

/* What the word that begins with `first` is looked for as; false when the stream ends inside it. */
static bool read_word(struct word_walk *walk, unsigned first, uint64_t *bits)
{
    const struct word_matcher *matcher = walk->matcher;
    size_t left = (size_t)(walk->end - walk->at);
    if (first < FIRST_LONG) {
        *bits = matcher->class_bits[matcher->class_of[first - FIRST_SHORT]];
        return true;
    }
    if (left < 1)
        return false;
    if (first < FIRST_AGAIN) {
        *bits = matcher->class_bits[matcher->class_of[WORD_CODE_SHORT + (first - FIRST_LONG) * 256 + *walk->at++]];
        return true;
    }
    if (first < FIRST_OWN) {
        unsigned number = (first - FIRST_AGAIN) * 256 + *walk->at++;
        *bits = walk->has_own[number / 64] >> number % 64 & 1 ? walk->own[number] : 0;
        return number < walk->own_count;
    }
    if (left < OWN_BYTES)
        return false;
    uint64_t code = first - FIRST_OWN;
    for (unsigned i = 0; i < OWN_BYTES; i++)
        code = code << 8 | *walk->at++;
    *bits = bits_of_own(matcher, OWN_WORD | code);
    if (walk->own_count == WORD_STREAM_OWN)
        return true;
    if (*bits != 0) {
        walk->own[walk->own_count] = *bits;
        walk->has_own[walk->own_count / 64] |= (uint64_t)1 << walk->own_count % 64;
    }
    walk->own_count++;
    return true;
}

/* Whether the word at `at`, which is not in the list, is one that nobody looks for; its bytes, 0 when it is not. */
static unsigned own_step(struct word_walk *walk, const unsigned char *at)
{
    unsigned first = *at;
    size_t left = (size_t)(walk->end - at);
    if (first >= FIRST_OWN && left > OWN_BYTES) {
        unsigned stem = ((unsigned)at[1] << 8 | at[2]) >> (HASH_BITS - 16) & (OWN_STEM_BITS - 1);
        if (walk->matcher->own_stems[stem / 64] >> stem % 64 & 1)
            return 0;
        walk->own_count += walk->own_count < WORD_STREAM_OWN;
        return 1 + OWN_BYTES;
    }
    if (first >= FIRST_AGAIN && first < FIRST_OWN && left > 1) {
        unsigned number = (first - FIRST_AGAIN) * 256 + at[1];
        return number < walk->own_count && (walk->has_own[number / 64] >> number % 64 & 1) == 0 ? 2 : 0;
    }
    return 0;
}

/* Nearly all words are those that nobody looks for: over them in as few steps as can be. */
static void pass_over(struct word_walk *walk)
{
    const unsigned char *at = walk->at;
    const unsigned char *end = walk->end;
    const uint8_t *steps = walk->matcher->steps;
    uint32_t position = walk->next_position;
    for (unsigned step; at < end && ((step = steps[*at]) != 0 || (step = own_step(walk, at)) != 0); at += step)
        position++;
    walk->at = at < end ? at : end;
    walk->next_position = position;
}

bool word_walk_next(struct word_walk *walk, struct word_hit *hit)
{
    for (pass_over(walk); walk->at < walk->end; pass_over(walk)) {
        unsigned first = *walk->at++;
        if (first == MARK_FIELD) {
            if (walk->field == 0)
                walk->first_field_places = walk->next_position;
            walk->next_position += FIELD_GAP;
            walk->field++;
            continue;
        }
        bool alternate = first == MARK_ALTERNATE && walk->at < walk->end && *walk->at >= FIRST_SHORT;
        if (alternate)
            first = *walk->at++;
        if (first < FIRST_SHORT || !read_word(walk, first, &hit->bits))
            break;
        walk->next_position += !alternate;
        if (hit->bits != 0) {
            hit->position = walk->next_position - 1;
            hit->field = walk->field;
            return true;
        }
    }
    walk->at = walk->end;
    return false;
}

/* The bits of the word that begins at `at`, if one does, and its bytes; false when none can. */
static bool read_at(uint64_t *bits, size_t *len, const struct word_matcher *matcher, const unsigned char *at,
                    const unsigned char *end)
{
    unsigned first = *at;
    *len = first < FIRST_LONG ? 1 : first < FIRST_OWN ? 2 : 1 + OWN_BYTES;
    *bits = 0;
    if (first < FIRST_SHORT || (size_t)(end - at) < *len)
        return false;
    if (first < FIRST_LONG) {
        *bits = matcher->class_bits[matcher->class_of[first - FIRST_SHORT]];
    } else if (first < FIRST_AGAIN) {
        *bits = matcher->class_bits[matcher->class_of[WORD_CODE_SHORT + (first - FIRST_LONG) * 256 + at[1]]];
    } else if (first >= FIRST_OWN) {
        uint64_t code = first - FIRST_OWN;
        for (unsigned i = 1; i <= OWN_BYTES; i++)
            code = code << 8 | at[i];
        *bits = bits_of_own(matcher, OWN_WORD | code);
    }
    return true;
}

/* Whether the next place may have the word with bit 1. One of the act's own that comes again may be any. */
static bool may_follow(const struct word_matcher *matcher, const unsigned char *at, const unsigned char *end)
{
    uint64_t bits;
    size_t len;
    if (at == end)
        return false;
    if (*at == MARK_ALTERNATE || (*at >= FIRST_AGAIN && *at < FIRST_OWN))
        return true;
    return read_at(&bits, &len, matcher, at, end) &&
           ((bits & 2) != 0 || ((size_t)(end - at) > len && at[len] == MARK_ALTERNATE));
}

bool word_pair_may_stand(const struct word_matcher *matcher, struct slice stream)
{
    const unsigned char *at = (const unsigned char *)stream.bytes;
    const unsigned char *end = at + stream.len;
    uint64_t bits;
    size_t len;
    for (; at < end; at++)
        if (matcher->may_be_first[*at] && read_at(&bits, &len, matcher, at, end) && (bits & 1) != 0 &&
            (*at >= FIRST_OWN || may_follow(matcher, at + len, end)))
            return true;
    return false;
}

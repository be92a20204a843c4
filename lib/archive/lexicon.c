#include "archive/lexicon.h"

#include <stdlib.h>
#include <string.h>

#include "archive/word_codes.h"
#include "archive/word_stream.h"
#include "base/arena.h"
#include "base/buffer.h"
#include "base/memory.h"
#include "french/stem.h"

enum {
    FIRST_SLOTS = 1 << 12, /* a power of two, like all that follow */
    KEPT_WORDS = 1 << 17   /* some 15 MB; what the next acts have in common is met again soon */
};

/* From text to number, open addressing; `slots` holds number + 1. */
struct index {
    uint32_t *slots;
    size_t slot_count;
    size_t used;
};

struct stem {
    struct slice text;
    uint32_t times; /* in the act at hand */
};

struct lexicon {
    struct stemmer *stemmer;
    struct arena *arena; /* of the texts */
    struct lexicon_word *words;
    struct index word_index;
    struct stem *stems;
    struct index stem_index;
    uint32_t *counted; /* stems of the act at hand */
    size_t counted_count;
    struct stem_count *counts;
    struct buffer new_forms; /* each a length and its bytes */
};

struct lexicon *lexicon_new(void)
{
    struct lexicon *lexicon = memory_alloc(sizeof *lexicon);
    lexicon->stemmer = stemmer_new();
    lexicon->arena = arena_new();
    return lexicon;
}

void lexicon_free(struct lexicon *lexicon)
{
    if (!lexicon)
        return;
    stemmer_free(lexicon->stemmer);
    arena_free(lexicon->arena);
    free(lexicon->words);
    free(lexicon->word_index.slots);
    free(lexicon->stems);
    free(lexicon->stem_index.slots);
    free(lexicon->counted);
    free(lexicon->counts);
    buffer_free(&lexicon->new_forms);
    free(lexicon);
}

static void forget(struct index *index)
{
    if (index->slots)
        memset(index->slots, 0, index->slot_count * sizeof *index->slots);
    index->used = 0;
}

void lexicon_begin(struct lexicon *lexicon)
{
    for (size_t i = 0; i < lexicon->counted_count; i++)
        lexicon->stems[lexicon->counted[i]].times = 0;
    lexicon->counted_count = 0;
    if (lexicon->word_index.used < KEPT_WORDS)
        return;
    forget(&lexicon->word_index);
    forget(&lexicon->stem_index);
    arena_reset(lexicon->arena);
}

static struct slice text_of_word(const struct lexicon *lexicon, uint32_t number)
{
    return lexicon->words[number].form;
}

static struct slice text_of_stem(const struct lexicon *lexicon, uint32_t number)
{
    return lexicon->stems[number].text;
}

typedef struct slice text_of_number(const struct lexicon *lexicon, uint32_t number);

/* The slot that holds the text, or the free one where it belongs. */
static uint32_t *slot_of(const struct lexicon *lexicon, const struct index *index, text_of_number *text_of,
                         struct slice text)
{
    size_t slot = word_hash(text) & (index->slot_count - 1);
    while (index->slots[slot] != 0 && !slice_equal(text, text_of(lexicon, index->slots[slot] - 1)))
        slot = (slot + 1) & (index->slot_count - 1);
    return &index->slots[slot];
}

/* Make room for one more: at most half of the slots are taken. True when there was none. */
static bool grow(const struct lexicon *lexicon, struct index *index, text_of_number *text_of)
{
    if (2 * (index->used + 1) <= index->slot_count)
        return false;
    index->slot_count = index->slot_count ? 2 * index->slot_count : FIRST_SLOTS;
    free(index->slots);
    index->slots = memory_alloc(index->slot_count * sizeof *index->slots);
    for (uint32_t i = 0; i < index->used; i++)
        *slot_of(lexicon, index, text_of, text_of(lexicon, i)) = i + 1;
    return true;
}

static uint32_t find_stem(struct lexicon *lexicon, struct slice text)
{
    if (grow(lexicon, &lexicon->stem_index, text_of_stem)) {
        size_t room = lexicon->stem_index.slot_count / 2;
        lexicon->stems = memory_resize(lexicon->stems, room, sizeof *lexicon->stems);
        lexicon->counted = memory_resize(lexicon->counted, room, sizeof *lexicon->counted);
        lexicon->counts = memory_resize(lexicon->counts, room, sizeof *lexicon->counts);
    }
    uint32_t *slot = slot_of(lexicon, &lexicon->stem_index, text_of_stem, text);
    if (*slot == 0) {
        lexicon->stems[lexicon->stem_index.used] = (struct stem){arena_copy(lexicon->arena, text), 0};
        *slot = (uint32_t)++lexicon->stem_index.used;
    }
    return *slot - 1;
}

static void add_word(struct lexicon *lexicon, uint32_t *slot, struct slice form)
{
    struct slice stem = stemmer_stem(lexicon->stemmer, form);
    struct slice kept = arena_copy(lexicon->arena, form);
    lexicon->words[lexicon->word_index.used] =
        (struct lexicon_word){kept, word_code_make(form, stem), find_stem(lexicon, stem)};
    *slot = (uint32_t)++lexicon->word_index.used;
    buffer_add_byte(&lexicon->new_forms, (char)form.len);
    buffer_add_slice(&lexicon->new_forms, form);
}

const struct lexicon_word *lexicon_find(struct lexicon *lexicon, struct slice form)
{
    if (grow(lexicon, &lexicon->word_index, text_of_word))
        lexicon->words = memory_resize(lexicon->words, lexicon->word_index.slot_count / 2, sizeof *lexicon->words);
    uint32_t *slot = slot_of(lexicon, &lexicon->word_index, text_of_word, form);
    if (*slot == 0)
        add_word(lexicon, slot, form);
    return &lexicon->words[*slot - 1];
}

struct slice lexicon_stem(const struct lexicon *lexicon, const struct lexicon_word *word)
{
    return lexicon->stems[word->stem].text;
}

void lexicon_count(struct lexicon *lexicon, const struct lexicon_word *word, uint32_t times)
{
    struct stem *stem = &lexicon->stems[word->stem];
    if (stem->times == 0)
        lexicon->counted[lexicon->counted_count++] = word->stem;
    stem->times += times;
}

const struct stem_count *lexicon_counts(struct lexicon *lexicon, size_t *count)
{
    *count = lexicon->counted_count;
    for (size_t i = 0; i < *count; i++) {
        const struct stem *stem = &lexicon->stems[lexicon->counted[i]];
        lexicon->counts[i] = (struct stem_count){stem->text, stem->times};
    }
    return lexicon->counts;
}

void lexicon_each_new(struct lexicon *lexicon, lexicon_visit *visit, void *payload)
{
    struct slice rest = buffer_get(&lexicon->new_forms);
    while (rest.len > 0) {
        size_t len = (unsigned char)rest.bytes[0];
        visit(slice_range(rest, 1, 1 + len), payload);
        rest = slice_skip(rest, 1 + len);
    }
    buffer_clear(&lexicon->new_forms);
}

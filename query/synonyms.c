#include "synonyms.h"

#include <string.h>

#include "archive/terms.h"
#include "french/normalise.h"

static const char *const groups[] = {
#include "data/synonyms.inc"
    NULL};

/* The acronyms of data/topics.tsv and the words of data/plain-words.txt with their names, folded: made at build time
 * (tables/make_acronym_table.c). */
static const struct {
    const char *acronym;
    const char *name;
} acronyms[] = {
#include "query/acronym_table.inc"
};
enum { ACRONYM_COUNT = sizeof acronyms / sizeof *acronyms };

/* Acronyms that are words too, when they are typed small. */
static const char *const ordinary[] = {"ami", "cot", "crac", "mes", "opah", "pas", "sage", "sem", "tes", NULL};

/* « plan local d urbanisme » as it is written: a lone letter is an article that lost its vowel. */
static struct slice with_apostrophes(struct arena *arena, struct slice text)
{
    struct slice written = arena_copy(arena, text);
    char *bytes = arena_string(arena, written);
    for (size_t i = 1; i + 1 < text.len; i++) {
        bool alone = i == 1 || bytes[i - 2] == ' ';
        if (bytes[i] == ' ' && alone && strchr("cdjlmnst", bytes[i - 1]))
            bytes[i] = '\'';
    }
    return (struct slice){bytes, text.len};
}

static void add(struct text_list *out, struct arena *arena, struct slice even)
{
    struct slice text = with_apostrophes(arena, even);
    for (size_t i = 0; i < out->count; i++)
        if (slice_equal(out->items[i], text))
            return;
    if (out->count < SYNONYMS_OF_A_WORD)
        text_list_add(arena, out, text);
}

static struct slice even_words(struct arena *arena, struct slice text)
{
    struct buffer words = {0};
    fold_words(&words, text);
    struct slice even = arena_copy(arena, buffer_get(&words));
    buffer_free(&words);
    return even;
}

/* Another word of the groups that the word is in. */
static void from_groups(struct text_list *out, struct arena *arena, struct slice word)
{
    for (size_t i = 0; groups[i]; i++) {
        struct slice words[8];
        size_t count = 0;
        bool in_it = false;
        for (struct slice rest = slice_of(groups[i]); rest.len > 0 && count < 8; count++) {
            size_t blank = slice_find_byte(rest, ' ', 0);
            words[count] = slice_range(rest, 0, blank == SLICE_NONE ? rest.len : blank);
            rest = blank == SLICE_NONE ? (struct slice){0} : slice_skip(rest, blank + 1);
            in_it |= slice_equal(words[count], word);
        }
        for (size_t j = 0; in_it && j < count; j++)
            if (!slice_equal(words[j], word))
                add(out, arena, words[j]);
    }
}

struct walk {
    struct text_list *out;
    struct arena *arena;
    size_t prefix_len;
};

static bool take_term(struct slice term, uint32_t frequency, void *payload)
{
    struct walk *walk = payload;
    (void)frequency;
    add(walk->out, walk->arena, slice_skip(term, walk->prefix_len));
    return walk->out->count < SYNONYMS_OF_A_WORD;
}

static enum delib_status from_archive(struct text_list *out, struct arena *arena, struct xapian_reader *reader,
                                      const char *prefix, struct slice word, struct delib_error *error)
{
    struct slice start = slice_of(arena_printf(arena, "%s%.*s%c", prefix, (int)word.len, word.bytes, SLOT_SEPARATOR));
    struct walk walk = {out, arena, start.len};
    return start.len > XAPIAN_TERM_MAX_BYTES ? DELIB_OK
                                             : xapian_reader_each_term(reader, start, take_term, &walk, error);
}

static bool is_ordinary(struct slice word)
{
    enum { LONGEST_ABBREVIATION = 2 }; /* « dm », « bp »: units and parts of other words, unless in capitals */
    if (word.len <= LONGEST_ABBREVIATION)
        return true;
    for (size_t i = 0; ordinary[i]; i++)
        if (slice_equal(word, slice_of(ordinary[i])))
            return true;
    return false;
}

/* The same word, or its plural or singular: « cantines » and « cantine », « poubelle » and « poubelles ». */
static bool is_one_or_many(struct slice a, struct slice b)
{
    struct slice shorter = a.len < b.len ? a : b;
    struct slice longer = a.len < b.len ? b : a;
    if (!slice_starts(longer, shorter) || longer.len > shorter.len + 1)
        return false;
    return longer.len == shorter.len || longer.bytes[shorter.len] == 's' || longer.bytes[shorter.len] == 'x';
}

enum delib_status synonyms_of_word(struct text_list *out, struct arena *arena, struct xapian_reader *reader,
                                   struct slice folded_word, bool capitals, struct delib_error *error)
{
    from_groups(out, arena, folded_word);
    if (!capitals && is_ordinary(folded_word))
        return DELIB_OK;
    for (size_t i = 0; i < ACRONYM_COUNT; i++)
        if (is_one_or_many(slice_of(acronyms[i].acronym), folded_word))
            add(out, arena, slice_of(acronyms[i].name));
    return from_archive(out, arena, reader, TERM_ACRONYM, folded_word, error);
}

enum delib_status acronyms_of_name(struct text_list *out, struct arena *arena, struct xapian_reader *reader,
                                   struct slice name, struct delib_error *error)
{
    struct slice even = even_words(arena, name);
    for (size_t i = 0; i < ACRONYM_COUNT; i++)
        if (slice_equal(slice_of(acronyms[i].name), even))
            add(out, arena, slice_of(acronyms[i].acronym));
    return from_archive(out, arena, reader, TERM_NAME, even, error);
}

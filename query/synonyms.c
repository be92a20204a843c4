#include "synonyms.h"

#include <string.h>

#include "archive/terms.h"
#include "french/normalise.h"

static const char *const groups[] = {
#include "data/synonyms.inc"
    NULL};
static const char *const acronyms[] = {
#include "data/topics.inc"
    NULL};

static const char *const plain_words[] = {
#include "data/plain-words.inc"
    NULL};

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

/* Folded, every run of what is no letter or figure one blank. */
static struct slice even_words(struct arena *arena, struct slice text)
{
    struct buffer folded = {0};
    struct buffer out = {0};
    fold(&folded, text);
    for (size_t i = 0; i < folded.len; i++) {
        char byte = folded.bytes[i];
        bool word = (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') || (unsigned char)byte >= 0x80;
        if (word)
            buffer_add_byte(&out, byte);
        else if (out.len > 0 && out.bytes[out.len - 1] != ' ')
            buffer_add_byte(&out, ' ');
    }
    struct slice even = arena_copy(arena, slice_trim(buffer_get(&out)));
    buffer_free(&folded);
    buffer_free(&out);
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

/* A row of data/topics.tsv: the acronym folded and its name's words; false when it is another kind of row. */
static bool read_row(struct slice *acronym, struct slice *name, struct arena *arena, const char *row)
{
    struct slice line = slice_of(row);
    size_t tab = slice_find_byte(line, '\t', 0);
    if (tab == SLICE_NONE)
        return false;
    *acronym = even_words(arena, slice_range(line, 0, tab));
    *name = even_words(arena, slice_skip(line, tab + 1));
    return acronym->len > 0 && name->len > 0;
}

static void add_row(struct acronym_table *out, struct arena *arena, struct acronym_row row)
{
    out->rows = arena_grow(arena, out->rows, out->count, sizeof *out->rows);
    out->rows[out->count++] = row;
}

/* A line of data/plain-words.txt: a row for each of its names. */
static void add_plain_words(struct acronym_table *out, struct arena *arena, struct slice line)
{
    size_t equals = slice_find_byte(line, '=', 0);
    struct slice word = even_words(arena, slice_range(line, 0, equals));
    for (size_t at = equals + 1; equals != SLICE_NONE && at < line.len;) {
        size_t comma = slice_find_byte(line, ',', at);
        size_t end = comma == SLICE_NONE ? line.len : comma;
        add_row(out, arena, (struct acronym_row){word, even_words(arena, slice_range(line, at, end))});
        at = end + 1;
    }
}

void acronym_table_make(struct acronym_table *out, struct arena *arena)
{
    *out = (struct acronym_table){0};
    for (size_t i = 0; acronyms[i]; i++) {
        struct acronym_row row;
        if (read_row(&row.acronym, &row.name, arena, acronyms[i]))
            add_row(out, arena, row);
    }
    for (size_t i = 0; plain_words[i]; i++)
        add_plain_words(out, arena, slice_of(plain_words[i]));
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
                                   const struct acronym_table *table, struct slice folded_word, bool capitals,
                                   struct delib_error *error)
{
    from_groups(out, arena, folded_word);
    if (!capitals && is_ordinary(folded_word))
        return DELIB_OK;
    for (size_t i = 0; i < table->count; i++)
        if (is_one_or_many(table->rows[i].acronym, folded_word))
            add(out, arena, table->rows[i].name);
    return from_archive(out, arena, reader, TERM_ACRONYM, folded_word, error);
}

enum delib_status acronyms_of_name(struct text_list *out, struct arena *arena, struct xapian_reader *reader,
                                   const struct acronym_table *table, struct slice name, struct delib_error *error)
{
    struct slice even = even_words(arena, name);
    for (size_t i = 0; i < table->count; i++)
        if (slice_equal(table->rows[i].name, even))
            add(out, arena, table->rows[i].acronym);
    return from_archive(out, arena, reader, TERM_NAME, even, error);
}

#include "readers/office_styles.h"

#include <stdlib.h>
#include <string.h>

enum {
    MAX_STYLES = 4096,     /* a document that has been through many hands has some hundreds */
    MAX_LISTS = 16384,     /* Word writes a new one whenever numbering starts again */
    MAX_BASES = 16,        /* styles based on each other; also ends a circle */
    MAX_NUMBER = 1000000,  /* a counter of a list; bounds what a roman number takes */
    EMPTY_LINE_TWIPS = 120 /* half the height of a line: space that is seen as an empty one */
};

struct office_styles {
    struct arena *arena;
    struct office_style *styles; /* in the order of their ids once sealed */
    size_t style_count;
    const struct office_style *standard; /* may be NULL */
    struct office_paragraph defaults;
    struct office_list_kind *kinds; /* as the styles */
    size_t kind_count;
    struct office_list *lists; /* as the styles */
    size_t list_count;
};

struct office_styles *office_styles_new(struct arena *arena)
{
    struct office_styles *styles = arena_alloc(arena, sizeof *styles);
    styles->arena = arena;
    office_paragraph_begin(&styles->defaults);
    return styles;
}

struct office_paragraph *office_styles_defaults(struct office_styles *styles)
{
    return &styles->defaults;
}

void office_paragraph_begin(struct office_paragraph *paragraph)
{
    *paragraph = (struct office_paragraph){.before_twips = -1, .after_twips = -1, .level = -1};
}

bool office_paragraphs_stand_apart(const struct office_paragraph *above, const struct office_paragraph *below)
{
    bool same_style = slice_equal(above->style, below->style);
    long after = above->is_tight && same_style ? 0 : above->after_twips;
    long before = below->is_tight && same_style ? 0 : below->before_twips;
    return after >= EMPTY_LINE_TWIPS || before >= EMPTY_LINE_TWIPS;
}

long office_number_of(struct slice digits, long otherwise)
{
    long number = 0;
    for (size_t i = 0; i < digits.len; i++) {
        if (digits.bytes[i] < '0' || digits.bytes[i] > '9' || number > MAX_NUMBER)
            return otherwise;
        number = number * 10 + (digits.bytes[i] - '0');
    }
    return digits.len > 0 && number <= MAX_NUMBER ? number : otherwise;
}

/* --- filling in ------------------------------------------------------------------------------------------------ */

struct office_style *office_styles_add(struct office_styles *styles, struct slice id)
{
    if (styles->style_count == MAX_STYLES)
        return NULL;
    styles->styles = arena_grow(styles->arena, styles->styles, styles->style_count, sizeof *styles->styles);
    struct office_style *style = &styles->styles[styles->style_count++];
    *style = (struct office_style){.id = arena_copy(styles->arena, id)};
    office_paragraph_begin(&style->paragraph);
    return style;
}

struct office_list_kind *office_styles_add_kind(struct office_styles *styles, struct slice id)
{
    if (styles->kind_count == MAX_LISTS)
        return NULL;
    styles->kinds = arena_grow(styles->arena, styles->kinds, styles->kind_count, sizeof *styles->kinds);
    struct office_list_kind *kind = &styles->kinds[styles->kind_count++];
    *kind = (struct office_list_kind){.id = arena_copy(styles->arena, id)};
    for (size_t i = 0; i < OFFICE_MAX_LEVELS; i++) {
        kind->levels[i].start = 1;
        kind->next[i] = -1;
    }
    return kind;
}

struct office_list *office_styles_add_list(struct office_styles *styles, struct slice id, struct slice kind)
{
    if (styles->list_count == MAX_LISTS)
        return NULL;
    styles->lists = arena_grow(styles->arena, styles->lists, styles->list_count, sizeof *styles->lists);
    struct office_list *list = &styles->lists[styles->list_count++];
    *list = (struct office_list){.id = arena_copy(styles->arena, id), .kind = arena_copy(styles->arena, kind)};
    for (size_t i = 0; i < OFFICE_MAX_LEVELS; i++)
        list->starts[i] = -1;
    return list;
}

/* Styles, kinds and lists all begin with their id. */
static int by_id(const void *a, const void *b)
{
    return slice_compare(*(const struct slice *)a, *(const struct slice *)b);
}

static void *find_by_id(void *items, size_t count, size_t each_bytes, struct slice id)
{
    return count > 0 ? bsearch(&id, items, count, each_bytes, by_id) : NULL;
}

static void sort_by_id(void *items, size_t count, size_t each_bytes)
{
    if (count > 0)
        qsort(items, count, each_bytes, by_id);
}

void office_styles_seal(struct office_styles *styles)
{
    sort_by_id(styles->styles, styles->style_count, sizeof *styles->styles);
    sort_by_id(styles->kinds, styles->kind_count, sizeof *styles->kinds);
    sort_by_id(styles->lists, styles->list_count, sizeof *styles->lists);
    for (size_t i = 0; i < styles->style_count && !styles->standard; i++)
        if (styles->styles[i].is_standard)
            styles->standard = &styles->styles[i];
}

/* --- styles ---------------------------------------------------------------------------------------------------- */

/* Take from `other` what the paragraph does not say. */
static void inherit(struct office_paragraph *paragraph, const struct office_paragraph *other)
{
    if (paragraph->before_twips < 0)
        paragraph->before_twips = other->before_twips;
    if (paragraph->after_twips < 0)
        paragraph->after_twips = other->after_twips;
    if (!paragraph->list.bytes)
        paragraph->list = other->list;
    if (paragraph->level < 0)
        paragraph->level = other->level;
    paragraph->is_tight |= other->is_tight;
    paragraph->is_bold |= other->is_bold;
}

static const struct office_style *find_style(const struct office_styles *styles, struct slice id)
{
    if (id.len == 0)
        return styles->standard;
    return find_by_id(styles->styles, styles->style_count, sizeof *styles->styles, id);
}

void office_paragraph_complete(struct office_paragraph *paragraph, const struct office_styles *styles)
{
    const struct office_style *style = find_style(styles, paragraph->style);
    for (size_t i = 0; style && i < MAX_BASES; i++) {
        inherit(paragraph, &style->paragraph);
        style = style->base.len > 0 ? find_style(styles, style->base) : NULL;
    }
    inherit(paragraph, &styles->defaults);
}

/* --- numbers --------------------------------------------------------------------------------------------------- */

static struct office_list *find_list(const struct office_styles *styles, struct slice id)
{
    return find_by_id(styles->lists, styles->list_count, sizeof *styles->lists, id);
}

static struct office_list_kind *kind_of(const struct office_styles *styles, const struct office_list *list)
{
    return find_by_id(styles->kinds, styles->kind_count, sizeof *styles->kinds, list->kind);
}

void office_list_restart(struct office_styles *styles, struct slice id)
{
    struct office_list *list = find_list(styles, id);
    struct office_list_kind *kind = list ? kind_of(styles, list) : NULL;
    for (size_t i = 0; kind && i < OFFICE_MAX_LEVELS; i++)
        kind->next[i] = -1;
}

/* The number of the level's item: that of the one before when nothing has come since. */
static long current(const struct office_list_kind *kind, size_t level)
{
    return kind->next[level] > 0 ? kind->next[level] - 1 : kind->levels[level].start;
}

/* Move the level on by one; those below it begin again. */
static void count_on(struct office_list_kind *kind, struct office_list *list, size_t level)
{
    bool anew = list->starts[level] >= 0 && !list->begun[level];
    list->begun[level] = true;
    if (anew)
        kind->next[level] = list->starts[level];
    else if (kind->next[level] < 0)
        kind->next[level] = kind->levels[level].start;
    kind->next[level]++;
    for (size_t below = level + 1; below < OFFICE_MAX_LEVELS; below++)
        kind->next[below] = -1;
}

static void add_roman(struct buffer *out, long number, bool lower)
{
    static const struct {
        long value;
        const char *upper;
        const char *lower;
    } parts[] = {{1000, "M", "m"}, {900, "CM", "cm"}, {500, "D", "d"},  {400, "CD", "cd"}, {100, "C", "c"},
                 {90, "XC", "xc"}, {50, "L", "l"},    {40, "XL", "xl"}, {10, "X", "x"},    {9, "IX", "ix"},
                 {5, "V", "v"},    {4, "IV", "iv"},   {1, "I", "i"}};
    enum { HIGHEST_ROMAN = 3999 };
    if (number > HIGHEST_ROMAN)
        buffer_printf(out, "%ld", number);
    for (size_t i = 0; number <= HIGHEST_ROMAN && i < sizeof parts / sizeof *parts; i++)
        for (; number >= parts[i].value; number -= parts[i].value)
            buffer_add_string(out, lower ? parts[i].lower : parts[i].upper);
}

static void add_counter(struct buffer *out, const struct office_list_kind *kind, size_t level)
{
    enum { LETTERS = 26 };
    enum number_format format = kind->levels[level].format;
    long number = current(kind, level);
    bool is_letter = (format == NUMBER_LETTER || format == NUMBER_LETTER_LOWER) && number >= 1 && number <= LETTERS;
    if (is_letter)
        buffer_add_byte(out, (char)((format == NUMBER_LETTER ? 'A' : 'a') + number - 1));
    else if (format == NUMBER_ROMAN || format == NUMBER_ROMAN_LOWER)
        add_roman(out, number, format == NUMBER_ROMAN_LOWER);
    else
        buffer_printf(out, "%ld", number);
}

/* The level's text with its counters filled in. */
static void add_text(struct buffer *out, const struct office_list_kind *kind, struct slice text)
{
    for (size_t i = 0; i < text.len; i++) {
        bool is_counter = text.bytes[i] == '%' && i + 1 < text.len && text.bytes[i + 1] >= '1' &&
                          text.bytes[i + 1] < '0' + OFFICE_MAX_LEVELS;
        if (is_counter)
            add_counter(out, kind, (size_t)(text.bytes[++i] - '1'));
        else
            buffer_add_byte(out, text.bytes[i]);
    }
    if (text.len > 0)
        buffer_add_byte(out, ' ');
}

void office_number_add(struct buffer *out, struct office_styles *styles, const struct office_paragraph *paragraph)
{
    struct office_list *list = paragraph->list.len > 0 ? find_list(styles, paragraph->list) : NULL;
    struct office_list_kind *kind = list ? kind_of(styles, list) : NULL;
    size_t level = paragraph->level > 0 ? (size_t)paragraph->level : 0;
    if (!kind || level >= OFFICE_MAX_LEVELS || kind->levels[level].format == NUMBER_NONE)
        return;
    if (kind->levels[level].format == NUMBER_BULLET) {
        buffer_add_string(out, "- ");
        return;
    }
    count_on(kind, list, level);
    add_text(out, kind, kind->levels[level].text);
}

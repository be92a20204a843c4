#include "extract/document.h"

#include <string.h>

#include "base/utf8.h"

static void add_line(struct document *document, size_t start, size_t end, uint32_t page)
{
    struct slice folded = document->folded;
    while (start < end && (folded.bytes[start] == ' ' || folded.bytes[start] == '\t'))
        start++;
    while (end > start && (folded.bytes[end - 1] == ' ' || folded.bytes[end - 1] == '\t'))
        end--;
    document->lines = arena_grow(document->arena, document->lines, document->line_count, sizeof *document->lines);
    document->lines[document->line_count++] = (struct line){start, end, page};
}

static void cut_lines(struct document *document)
{
    size_t start = 0;
    uint32_t page = 1;
    for (size_t at = 0; at <= document->folded.len; at++) {
        char byte = at < document->folded.len ? document->folded.bytes[at] : '\n';
        if (byte != '\n' && byte != '\f')
            continue;
        add_line(document, start, at, page);
        start = at + 1;
        page += byte == '\f';
    }
    document->page_count = page;
}

void document_begin(struct document *document, struct arena *arena, struct slice text, struct slice path)
{
    *document = (struct document){.arena = arena, .original = text, .path = path};
    normalise(&document->normal, text, NORMALISE_FOLD);
    document->folded = buffer_get(&document->normal.text);
    document->origin = document->normal.origin;
    cut_lines(document);
    document->places = phrase_places_new(document->folded);
}

void document_end(struct document *document)
{
    phrase_places_free(document->places);
    normal_text_free(&document->normal);
}

static int find(const struct document *document, struct phrase_list *list, size_t from, size_t to, struct span *out)
{
    const struct phrase_found *place = phrase_places_next(document->places, list, from);
    if (!place || place->start >= to || place->end > document->folded.len)
        return -1;
    *out = (struct span){place->start, place->end};
    return (int)place->which;
}

int document_find(const struct document *document, size_t from, size_t to, const char *const *phrases, struct span *out)
{
    return find(document, phrase_list_of(phrases), from, to, out);
}

bool document_find_one(const struct document *document, size_t from, size_t to, const char *phrase, struct span *out)
{
    return find(document, phrase_list_of_one(phrase), from, to, out) >= 0;
}

int document_find_row(const struct document *document, size_t from, size_t to, const void *rows, size_t count,
                      size_t row_bytes, struct span *out)
{
    return find(document, phrase_list_of_rows(rows, count, row_bytes), from, to, out);
}

static int find_at(const struct document *document, struct phrase_list *list, size_t at, size_t *end)
{
    struct span place;
    int which = find(document, list, at, at + 1, &place);
    if (which >= 0)
        *end = place.end;
    return which;
}

int document_phrases_at(const struct document *document, size_t at, const char *const *phrases, size_t *end)
{
    return find_at(document, phrase_list_of(phrases), at, end);
}

int document_row_at(const struct document *document, size_t at, const void *rows, size_t count, size_t row_bytes,
                    size_t *end)
{
    return find_at(document, phrase_list_of_rows(rows, count, row_bytes), at, end);
}

size_t document_line_of(const struct document *document, size_t at)
{
    size_t low = 0;
    size_t high = document->line_count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (document->lines[middle].start <= at)
            low = middle;
        else
            high = middle;
    }
    return low;
}

struct slice line_text(const struct document *document, size_t line)
{
    if (line >= document->line_count)
        return (struct slice){0};
    return slice_range(document->folded, document->lines[line].start, document->lines[line].end);
}

bool line_is_empty(const struct document *document, size_t line)
{
    return line_text(document, line).len == 0;
}

/* Where the next printed character after white space and a line-end hyphen is lower case, the word was cut. */
static bool joins_a_cut_word(const struct buffer *out, struct slice original, size_t after)
{
    size_t size;
    if (out->len < 2 || out->bytes[out->len - 1] != '-' || out->bytes[out->len - 2] == ' ' || after >= original.len)
        return false;
    return utf8_is_lower(utf8_decode(original, after, &size));
}

/* White space at `at`: add one space, or nothing after a hyphen at a line end. Returns where the next word begins. */
static size_t add_space(struct buffer *out, struct slice original, size_t at)
{
    size_t size;
    bool line_end = false;
    while (at < original.len && utf8_is_space(utf8_decode(original, at, &size))) {
        line_end |= original.bytes[at] == '\n';
        at += size;
    }
    if (line_end && joins_a_cut_word(out, original, at))
        out->len--;
    else if (out->len > 0 &&
             !(line_end && out->len > 1 && out->bytes[out->len - 1] == '-' && out->bytes[out->len - 2] != ' '))
        buffer_add_byte(out, ' ');
    return at;
}

struct slice document_printed(const struct document *document, size_t start, size_t end)
{
    struct slice original = slice_range(document->original, document->origin[start], document->origin[end]);
    struct buffer out = {0};
    size_t size;
    for (size_t at = 0; at < original.len;) {
        int32_t code_point = utf8_decode(original, at, &size);
        if (utf8_is_space(code_point)) {
            at = add_space(&out, original, at);
        } else {
            buffer_add(&out, original.bytes + at, size);
            at += size;
        }
    }
    struct slice printed = arena_copy(document->arena, slice_trim(buffer_get(&out)));
    buffer_free(&out);
    return printed;
}

bool document_is_capitals(const struct document *document, size_t start, size_t end)
{
    size_t upper = 0;
    size_t lower = 0;
    size_t size;
    for (size_t at = document->origin[start]; at < document->origin[end]; at += size) {
        int32_t code_point = utf8_decode(document->original, at, &size);
        upper += utf8_is_upper(code_point);
        lower += utf8_is_lower(code_point);
    }
    return upper > 0 && lower * 10 <= upper + lower;
}

bool document_is_capital_at(const struct document *document, size_t at)
{
    size_t size;
    return at < document->folded.len && utf8_is_upper(utf8_decode(document->original, document->origin[at], &size));
}

bool document_claim(const struct document *document, struct act *act, enum act_field field, enum field_source source,
                    enum confidence confidence, size_t start, size_t end)
{
    if (!act_accepts(act, field, source, confidence))
        return false;
    struct provenance provenance = {.source = source, .confidence = confidence};
    if (end > start) {
        provenance.start_bytes = document->origin[start];
        provenance.end_bytes = document->origin[end];
    }
    act_set_provenance(act, field, provenance);
    return true;
}

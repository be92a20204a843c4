#include "readers/ndjson.h"

#include "act/act_json.h"
#include "base/utf8.h"
#include "base/words.h"

/* A JSON string can hold any character; what is indexed and shown cannot. Line ends become \n. */
static struct slice clean_text(struct arena *arena, struct slice text)
{
    struct buffer clean = {0};
    if (utf8_clean_length(text) == text.len)
        return text;
    while (text.len > 0) {
        size_t end = slice_find(text, SLICE("\r\n"));
        utf8_add_clean(&clean, slice_range(text, 0, end == SLICE_NONE ? text.len : end));
        text = slice_skip(text, end == SLICE_NONE ? text.len : end + 1);
    }
    struct slice copy = arena_copy(arena, buffer_get(&clean));
    buffer_free(&clean);
    return copy;
}

static enum delib_status read_line(struct given_act *given, struct arena *arena, struct slice line,
                                   struct delib_error *error)
{
    struct slice text;
    if (line.len > NDJSON_LINE_MAX_BYTES)
        return delib_fail(error, DELIB_TOO_BIG, _("longer than %d MB"), NDJSON_LINE_MAX_BYTES >> 20);
    *given = (struct given_act){.act = act_new(arena)};
    enum delib_status status = act_read_json(given->act, line, SOURCE_SIDECAR, &text, error);
    if (status != DELIB_OK)
        return status;
    given->text = clean_text(arena, text);
    if (slice_trim(given->text).len == 0 && given->act->objet.len == 0)
        return delib_fail(error, DELIB_INVALID, _("neither \"text\" nor \"objet\" is given"));
    return DELIB_OK;
}

/* The next object of a JSON list, from its brace to the one that closes it; false when there is none. */
static bool next_object(struct slice *text, struct slice *object)
{
    size_t start = slice_find_byte(*text, '{', 0);
    size_t depth = 0;
    bool in_string = false;
    for (size_t at = start; at < text->len; at++) {
        char byte = text->bytes[at];
        if (in_string) {
            at += byte == '\\';
            in_string = byte != '"';
            continue;
        }
        in_string = byte == '"';
        depth += byte == '{' || byte == '[';
        depth -= byte == '}' || byte == ']';
        if (depth == 0) {
            *object = slice_range(*text, start, at + 1);
            *text = slice_skip(*text, at + 1);
            return true;
        }
    }
    return false;
}

/* The acts of a list, which stand on lines or not. */
static bool is_list(struct slice text)
{
    return slice_starts(slice_trim(text), SLICE("["));
}

/* The next act: the next line that is not empty, or the next object of a list. */
static bool next_act(struct slice *text, bool list, struct slice *out)
{
    if (list)
        return next_object(text, out);
    *out = (struct slice){0};
    while (out->len == 0 && slice_next_line(text, out))
        *out = slice_trim(*out);
    return out->len > 0;
}

bool ndjson_is(struct slice text)
{
    struct slice line = {0};
    if (!next_act(&text, is_list(text), &line) || !slice_starts(line, SLICE("{")))
        return false;
    struct given_act given;
    struct arena *scratch = arena_new();
    bool is_act = read_line(&given, scratch, line, NULL) == DELIB_OK;
    arena_free(scratch);
    return is_act;
}

/* A file of lines that are no acts must not fill the arena. */
static enum delib_status add_given(struct reading *out, struct arena *arena, struct slice line,
                                   struct delib_error *error)
{
    struct given_act given;
    struct arena_mark mark = arena_mark(arena);
    enum delib_status status = read_line(&given, arena, line, error);
    if (status != DELIB_OK) {
        arena_rewind(arena, mark);
        return status;
    }
    out->given = arena_grow(arena, out->given, out->given_count, sizeof *out->given);
    out->given[out->given_count++] = given;
    return DELIB_OK;
}

struct slice bad_lines_words(struct arena *arena, const struct bad_lines *lines)
{
    return slice_of(arena_printf(arena, _("%zu of %zu lines cannot be read; the first is line %zu: %s"), lines->count,
                                 lines->of, lines->first, lines->why.message));
}

static size_t line_ends(struct slice text)
{
    size_t count = 0;
    for (size_t at = slice_find_byte(text, '\n', 0); at != SLICE_NONE; at = slice_find_byte(text, '\n', at + 1))
        count++;
    return count;
}

void read_ndjson(struct reading *out, struct arena *arena, struct slice text)
{
    struct delib_error error = {0};
    struct bad_lines *bad = &out->bad_lines;
    struct slice all = text;
    struct slice act;
    bool list = is_list(text);
    while (next_act(&text, list, &act)) {
        bad->of++;
        if (add_given(out, arena, act, &error) != DELIB_OK && bad->count++ == 0) {
            bad->first = line_ends(slice_range(all, 0, (size_t)(act.bytes - all.bytes))) + 1;
            bad->why = error;
        }
    }
    if (bad->count > 0)
        reading_stop(out, REASON_BAD_LINES, "%s", bad_lines_words(arena, bad).bytes);
}

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

bool ndjson_is(struct slice text)
{
    struct slice line = {0};
    while (line.len == 0 && slice_next_line(&text, &line))
        line = slice_trim(line);
    if (!slice_starts(line, SLICE("{")))
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

void read_ndjson(struct reading *out, struct arena *arena, struct slice text)
{
    struct delib_error error = {0};
    struct bad_lines *bad = &out->bad_lines;
    size_t number = 0;
    struct slice line;
    while (slice_next_line(&text, &line)) {
        number++;
        line = slice_trim(line);
        if (line.len == 0)
            continue;
        bad->of++;
        if (add_given(out, arena, line, &error) != DELIB_OK && bad->count++ == 0) {
            bad->first = number;
            bad->why = error;
        }
    }
    if (bad->count > 0)
        reading_stop(out, REASON_BAD_LINES, "%s", bad_lines_words(arena, bad).bytes);
}

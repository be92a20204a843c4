#include "explain.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "act/act_json.h"
#include "base/utf8.h"
#include "base/words.h"
#include "intake.h"
#include "ocr_cache.h"
#include "scan.h"

enum { QUOTED_BYTES = 60 };

static void print_ndjson(const struct new_act *act)
{
    struct buffer out = {0};
    struct json_writer json = json_writer_to(&out, 0);
    json_begin_object(&json);
    act_write_json(&json, act->act);
    act_write_provenance(&json, act->act);
    json_end_object(&json);
    puts(out.bytes);
    buffer_free(&out);
}

struct place {
    size_t line;      /* from 1 */
    size_t column_cp; /* from 1, code points */
};

static struct place place_of(struct slice text, size_t at)
{
    struct place place = {1, 1};
    size_t start = 0;
    for (size_t i = 0; i < at && i < text.len; i++)
        if (text.bytes[i] == '\n') {
            place.line++;
            start = i + 1;
        }
    place.column_cp = utf8_count(slice_range(text, start, at)) + 1;
    return place;
}

/* What stands there, on one line and not too long. */
static struct slice quotation(struct arena *arena, struct slice text, size_t start, size_t end)
{
    struct buffer out = {0};
    size_t size;
    size_t stop = start;
    while (stop < end && stop - start < QUOTED_BYTES) {
        utf8_decode(text, stop, &size);
        stop += size;
    }
    utf8_add_clean(&out, slice_range(text, start, stop));
    for (size_t i = 0; i < out.len; i++)
        if (out.bytes[i] == '\n' || out.bytes[i] == '\f')
            out.bytes[i] = ' ';
    if (stop < end)
        buffer_add_string(&out, "…");
    struct slice quoted = arena_copy(arena, buffer_get(&out));
    buffer_free(&out);
    return quoted;
}

/* The value of one field as the JSON has it, without the quotation marks of a plain string. */
static struct slice value_of(struct arena *arena, const struct act *act, enum act_field field)
{
    struct buffer record = {0};
    struct json_writer json = json_writer_to(&record, 0);
    json_begin_object(&json);
    act_write_json(&json, act);
    json_end_object(&json);
    struct slice text = buffer_get(&record);
    const char *key = arena_printf(arena, "\"%s\":", act_field_name(field));
    size_t start = slice_find(text, slice_of(key)) + strlen(key);
    size_t depth = 0;
    size_t end = start;
    bool quoted = false;
    for (; end < text.len; end++) {
        char byte = text.bytes[end];
        if (quoted) {
            end += byte == '\\';
            quoted = byte != '"';
        } else if (byte == '"') {
            quoted = true;
        } else if (byte == '{' || byte == '[') {
            depth++;
        } else if ((byte == '}' || byte == ']') && depth > 0) {
            depth--;
        } else if (depth == 0 && (byte == ',' || byte == '}')) {
            break;
        }
    }
    struct slice value = arena_copy(arena, slice_range(text, start, end));
    buffer_free(&record);
    return value.len > 1 && value.bytes[0] == '"' ? slice_range(value, 1, value.len - 1) : value;
}

static void print_field(struct arena *arena, const struct new_act *act, enum act_field field)
{
    const struct provenance *found = &act->act->provenance[field];
    struct slice value = value_of(arena, act->act, field);
    printf("  %-17s %.*s\n", act_field_name(field), (int)value.len, value.bytes);
    if (found->source == SOURCE_NONE)
        return;
    printf("  %-17s   %s, %s", "", field_source_name(found->source), confidence_name(found->confidence));
    if (found->end_bytes > 0) {
        struct place place = place_of(act->text, found->start_bytes);
        struct slice quoted = quotation(arena, act->text, found->start_bytes, found->end_bytes);
        printf(", %zu:%zu « %.*s »", place.line, place.column_cp, (int)quoted.len, quoted.bytes);
    }
    putchar('\n');
}

static void print_text(struct arena *arena, const struct new_act *act)
{
    struct slice path = act->act->source_path;
    printf("%.*s\n", (int)path.len, path.bytes);
    for (enum act_field field = 0; field < FIELD_COUNT; field++)
        print_field(arena, act, field);
    for (size_t i = 0; i < act->act->warnings.count; i++)
        printf("  %-17s %.*s\n", i == 0 ? "warnings" : "", (int)act->act->warnings.items[i].len,
               act->act->warnings.items[i].bytes);
    putchar('\n');
}

/* False when the file could not be read; the reason is on stderr. */
static bool explain_file(struct pool *pool, const char *ocr_cache, struct sidecars *sidecars,
                         const struct scanned_file *file, bool as_text)
{
    struct arena *arena = arena_new();
    struct sidecar_fields sidecar;
    struct delib_error error;
    struct pool_job job = {0};
    struct intake_result result = {.outcome = READ_FAILED};
    struct acts acts = {0};
    const char *reason;
    sidecars_for(&sidecar, sidecars, arena, file->path, file->root);
    struct intake_request request = {
        .path = file->path, .shown_path = file->shown, .ocr_cache = ocr_cache, .sidecar = &sidecar};
    if (intake_begin(pool, &job, &request, &reason, &error) == DELIB_OK) {
        while (job.end == POOL_WAITING)
            pool_wait(pool);
        intake_end(&result, arena, &job);
    } else {
        result.reason = slice_of(reason);
        result.detail = slice_of(error.message);
    }
    if (!intake_read_acts(&acts, arena, &result.sent)) {
        result.outcome = READ_FAILED;
        result.reason = SLICE("crashed");
        result.detail = slice_of(_(intake_bad_acts));
    }
    for (size_t i = 0; i < acts.count; i++)
        if (as_text)
            print_text(arena, &acts.items[i]);
        else
            print_ndjson(&acts.items[i]);
    if (result.outcome != READ_OK)
        fprintf(stderr, "delib-index: %s: %.*s: %.*s\n", file->shown, (int)result.reason.len, result.reason.bytes,
                (int)result.detail.len, result.detail.bytes);
    buffer_free(&job.reply);
    arena_free(arena);
    return result.outcome != READ_FAILED;
}

static int explain_source(struct pool *pool, const char *ocr_cache, struct sidecars *sidecars, char *const *source,
                          bool as_text)
{
    struct scan scan;
    struct delib_error error;
    int code = EXIT_DONE;
    struct arena *arena = arena_new();
    if (scan_sources(&scan, arena, source, 1, NULL, &error) == DELIB_OK) {
        for (size_t i = 0; i < scan.file_count; i++)
            if (scan.files[i].kind == SCANNED_DOCUMENT &&
                !explain_file(pool, ocr_cache, sidecars, &scan.files[i], as_text))
                code = EXIT_SOME_FAILED;
    } else {
        fprintf(stderr, "delib-index: %s\n", error.message);
        code = EXIT_USAGE;
    }
    arena_free(arena);
    return code;
}

int explain(const struct options *options)
{
    bool as_text = options->format == EXPLAIN_TEXT || (options->format == EXPLAIN_AUTO && isatty(STDOUT_FILENO));
    struct pool *pool = intake_pool_new(1, options->ocr);
    char *ocr_cache = options->ocr ? ocr_cache_folder() : NULL;
    struct sidecars *sidecars = sidecars_new();
    int code = EXIT_DONE;
    for (size_t i = 0; i < options->source_count; i++) {
        int worse = explain_source(pool, ocr_cache, sidecars, options->sources + i, as_text);
        code = worse > code ? worse : code;
    }
    sidecars_free(sidecars);
    pool_free(pool);
    free(ocr_cache);
    return code;
}

/* Ways of writing a field, as a table: a text and the piece of its record that must be read. All names are invented. */
#ifndef DELIB_TESTS_UNIT_EXTRACTION_H
#define DELIB_TESTS_UNIT_EXTRACTION_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "act/act_json.h"
#include "extract/extract.h"

struct extraction_case {
    const char *text;
    const char *path;     /* NULL: a name that says nothing */
    const char *expected; /* a piece of the record's JSON */
};

static inline const char *record_of(struct arena *arena, const struct extraction_case *one)
{
    struct act *act = act_new(arena);
    struct buffer out = {0};
    struct json_writer json = json_writer_to(&out, 0);
    extract_act(act, slice_of(one->text), slice_of(one->path ? one->path : "acte.txt"), NULL, false);
    json_begin_object(&json);
    act_write_json(&json, act);
    json_end_object(&json);
    const char *record = arena_string(arena, buffer_get(&out));
    buffer_free(&out);
    return record;
}

/* Every case must hold; those that do not are printed. */
static inline void assert_cases(const struct extraction_case *cases, size_t count)
{
    size_t failed = 0;
    for (size_t i = 0; i < count; i++) {
        struct arena *arena = arena_new();
        const char *record = record_of(arena, &cases[i]);
        if (!strstr(record, cases[i].expected)) {
            print_message("case %zu: %s\n  wanted %s\n  in %s\n", i, cases[i].text, cases[i].expected, record);
            failed++;
        }
        arena_free(arena);
    }
    assert_int_equal(failed, 0);
}

#endif

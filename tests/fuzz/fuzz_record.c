/* Any bytes as the JSON of an act, such as people write in sidecars: it is read or refused with line and column, and
 * what was read is written as JSON, and as the record that is stored, that are read as the same. */
#include <stdint.h>
#include <stdlib.h>

#include "act/act_json.h"
#include "act/act_record.h"
#include "base/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void write_record(struct buffer *out, const struct act *act)
{
    struct json_writer json = json_writer_to(out, 0);
    json_begin_object(&json);
    act_write_json(&json, act);
    act_write_provenance(&json, act);
    json_end_object(&json);
}

static void check_stored(const struct act *act, struct slice json)
{
    struct buffer record = {0};
    struct buffer written = {0};
    struct delib_error error;
    struct act *again = act_new(act->arena);
    act_write_record(&record, act);
    if (act_read_record(again, buffer_get(&record), &error) != DELIB_OK)
        abort();
    write_record(&written, again);
    if (!slice_equal(buffer_get(&written), json))
        abort();
    buffer_free(&record);
    buffer_free(&written);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new();
    struct act *act = act_new(arena);
    struct act *again = act_new(arena);
    struct slice text;
    struct delib_error error;
    struct buffer written = {0};
    struct buffer twice = {0};
    if (act_read_json(act, (struct slice){(const char *)data, size}, SOURCE_SIDECAR, &text, &error) == DELIB_OK) {
        if (!utf8_is_valid(text) || !utf8_is_valid(act->objet) || !utf8_is_valid(act->council))
            abort();
        write_record(&written, act);
        if (act_read_json(again, buffer_get(&written), SOURCE_NONE, &text, &error) != DELIB_OK)
            abort();
        write_record(&twice, again);
        if (!slice_equal(buffer_get(&twice), buffer_get(&written)))
            abort();
        check_stored(again, buffer_get(&twice));
    }
    buffer_free(&written);
    buffer_free(&twice);
    arena_free(arena);
    return 0;
}

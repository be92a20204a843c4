/* Any bytes as what the archive keeps of an act and of a file: they are read or called damaged, and what was read is
 * written and read again as the same. */
#include <stdint.h>
#include <stdlib.h>

#include "archive/file_state.h"
#include "archive/stored_act.h"
#include "base/buffer.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_act(struct arena *arena, struct slice data)
{
    struct stored_act stored;
    struct stored_act again;
    struct act *as_read;
    struct delib_error error;
    struct buffer written = {0};
    struct buffer twice = {0};
    if (stored_act_read_plain(&stored, arena, data, &error) == DELIB_OK) {
        bool has_both = stored_act_as_read(&as_read, arena, &stored, &error) == DELIB_OK && stored.as_read.len > 0;
        stored_act_write(&written, stored.act, has_both ? as_read : NULL, stored.text);
        if (stored_act_read_plain(&again, arena, buffer_get(&written), &error) != DELIB_OK ||
            !slice_equal(again.text, stored.text))
            abort();
        if (has_both && stored_act_as_read(&as_read, arena, &again, &error) != DELIB_OK)
            abort();
        stored_act_write(&twice, again.act, has_both ? as_read : NULL, again.text);
        if (!slice_equal(buffer_get(&twice), buffer_get(&written)))
            abort();
    }
    buffer_free(&written);
    buffer_free(&twice);
}

/* As packed bytes, and as an act that is packed: that is read as it was. */
static void check_packed(struct arena *arena, struct slice data)
{
    struct stored_act stored;
    struct stored_act plain;
    struct delib_error error;
    struct buffer packed = {0};
    struct act_packer *packer = act_packer_new();
    stored_act_read(&stored, arena, data, &error);
    act_packer_pack(&packed, packer, data);
    enum delib_status status = stored_act_read(&stored, arena, buffer_get(&packed), &error);
    if (status != stored_act_read_plain(&plain, arena, data, &error) ||
        (status == DELIB_OK && !slice_equal(stored.text, plain.text)))
        abort();
    act_packer_free(packer);
    buffer_free(&packed);
}

static void check_state(struct arena *arena, struct slice data)
{
    struct file_state state;
    struct file_state again;
    struct delib_error error;
    struct buffer written = {0};
    if (file_state_read(&state, arena, data, &error) == DELIB_OK) {
        file_state_write(&written, &state);
        if (file_state_read(&again, arena, buffer_get(&written), &error) != DELIB_OK ||
            !slice_equal(again.path, state.path) || again.outcome != state.outcome ||
            again.act_count != state.act_count)
            abort();
    }
    buffer_free(&written);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct slice bytes = {(const char *)data, size};
    struct arena *arena = arena_new();
    check_act(arena, bytes);
    check_packed(arena, bytes);
    check_state(arena, bytes);
    arena_free(arena);
    return 0;
}

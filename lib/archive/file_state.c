#include "archive/file_state.h"

#include "base/packed.h"
#include "base/sha256.h"
#include "base/words.h"

/* Layout: the outcome; four numbers, and that of the acts; two hashes and two texts, as packed.h has them; the path to
 * the end. */
enum { NUMBERS_BEFORE_COUNT = 4, TEXTS_BEFORE_PATH = 4 };

struct slice file_key(struct arena *arena, struct slice path)
{
    return slice_range(slice_of(arena_printf(arena, "%s", sha256_of(path).hex)), 0, FILE_KEY_FIGURES);
}

/* --- writing ----------------------------------------------------------------------------------------------------- */

void file_state_write(struct buffer *out, const struct file_state *state)
{
    buffer_add_byte(out, (char)state->outcome);
    packed_add_number(out, (uint64_t)state->since_s);
    packed_add_number(out, state->size_bytes);
    packed_add_number(out, (uint64_t)state->modified_ns);
    packed_add_number(out, state->inode);
    packed_add_number(out, state->act_count);
    packed_add_hash(out, state->sha256);
    packed_add_hash(out, state->sidecar_sha256);
    packed_add_text(out, state->reason);
    packed_add_text(out, state->detail);
    buffer_add_slice(out, state->path);
}

/* --- reading ----------------------------------------------------------------------------------------------------- */

static enum delib_status unreadable(struct delib_error *error)
{
    return delib_fail(error, DELIB_CORRUPT, _("the stored state of a file is not readable; rebuild the archive"));
}

enum delib_status file_state_read(struct file_state *out, struct arena *arena, struct slice stored,
                                  struct delib_error *error)
{
    struct packed_rest rest = {stored, false};
    unsigned outcome = packed_take_byte(&rest);
    *out = (struct file_state){.outcome = (enum file_outcome)outcome};
    out->since_s = (int64_t)packed_take_number(&rest);
    out->size_bytes = packed_take_number(&rest);
    out->modified_ns = (int64_t)packed_take_number(&rest);
    out->inode = packed_take_number(&rest);
    out->act_count = (uint32_t)packed_take_number(&rest);
    out->sha256 = packed_take_hash(arena, &rest);
    out->sidecar_sha256 = packed_take_hash(arena, &rest);
    out->reason = arena_copy(arena, packed_take_text(&rest));
    out->detail = arena_copy(arena, packed_take_text(&rest));
    out->path = arena_copy(arena, rest.bytes);
    return rest.is_cut || outcome > FILE_FAILED || out->path.len == 0 ? unreadable(error) : DELIB_OK;
}

enum delib_status file_state_skim(struct slice *path, uint32_t *act_count, struct slice stored,
                                  struct delib_error *error)
{
    struct packed_rest rest = {stored, false};
    packed_take_byte(&rest);
    for (int i = 0; i < NUMBERS_BEFORE_COUNT; i++)
        packed_take_number(&rest);
    *act_count = (uint32_t)packed_take_number(&rest);
    for (int i = 0; i < TEXTS_BEFORE_PATH; i++)
        packed_take_text(&rest);
    *path = rest.bytes;
    return rest.is_cut || path->len == 0 ? unreadable(error) : DELIB_OK;
}

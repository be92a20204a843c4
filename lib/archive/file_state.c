#include "archive/file_state.h"

#include "base/packed.h"
#include "base/sha256.h"
#include "base/words.h"

/* Layout: the outcome; numbers, hashes and texts as packed.h has them; the path to the end. */

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

enum delib_status file_state_skim(struct file_outline *out, struct slice stored, struct delib_error *error)
{
    struct packed_rest rest = {stored, false};
    bool is_indexed = packed_take_byte(&rest) == FILE_INDEXED;
    packed_take_number(&rest); /* since when */
    out->size_bytes = packed_take_number(&rest);
    out->modified_ns = (int64_t)packed_take_number(&rest);
    out->inode = packed_take_number(&rest);
    out->act_count = (uint32_t)packed_take_number(&rest);
    packed_take_text(&rest); /* its hash */
    out->is_plain = packed_take_text(&rest).len == 0 && is_indexed;
    packed_take_text(&rest); /* why, and the words for it */
    packed_take_text(&rest);
    out->path = rest.bytes;
    return rest.is_cut || out->path.len == 0 ? unreadable(error) : DELIB_OK;
}

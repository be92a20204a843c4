#include "archive/file_state.h"

#include <jansson.h>
#include <stdlib.h>

#include "base/json_writer.h"
#include "base/memory.h"
#include "base/sha256.h"
#include "base/words.h"

static const char *const outcomes[] = {
    [FILE_INDEXED] = "indexed", [FILE_SKIPPED] = "skipped", [FILE_FAILED] = "failed"};

struct slice file_key(struct arena *arena, struct slice path)
{
    return slice_of(arena_printf(arena, "%s", sha256_of(path).hex));
}

static void write_text(struct json_writer *json, const char *key, struct slice text)
{
    json_write_key(json, key);
    json_write_string(json, text);
}

static void write_number(struct json_writer *json, const char *key, long long number)
{
    json_write_key(json, key);
    json_write_integer(json, number);
}

void file_state_write(struct buffer *out, const struct file_state *state)
{
    struct json_writer json = json_writer_to(out, 0);
    json_begin_object(&json);
    write_text(&json, "outcome", slice_of(outcomes[state->outcome]));
    write_text(&json, "reason", state->reason);
    write_text(&json, "detail", state->detail);
    write_number(&json, "since", (long long)state->since_s);
    write_number(&json, "size", (long long)state->size_bytes);
    write_number(&json, "modified", (long long)state->modified_ns);
    write_number(&json, "inode", (long long)state->inode);
    write_text(&json, "sha256", state->sha256);
    write_text(&json, "sidecar_sha256", state->sidecar_sha256);
    write_number(&json, "acts", state->act_count);
    json_end_object(&json);
    buffer_add_byte(out, '\n');
    buffer_add_slice(out, state->path);
}

static struct slice text_of(struct arena *arena, json_t *root, const char *key)
{
    json_t *value = json_object_get(root, key);
    return arena_copy(arena, (struct slice){json_string_value(value), json_string_length(value)});
}

static long long number_of(json_t *root, const char *key)
{
    return json_integer_value(json_object_get(root, key));
}

static enum file_outcome outcome_of(struct slice name)
{
    for (size_t i = 0; i < sizeof outcomes / sizeof *outcomes; i++)
        if (slice_equal(name, slice_of(outcomes[i])))
            return (enum file_outcome)i;
    return FILE_FAILED;
}

enum delib_status file_state_read(struct file_state *out, struct arena *arena, struct slice stored,
                                  struct delib_error *error)
{
    size_t line_end = slice_find_byte(stored, '\n', 0);
    json_set_alloc_funcs(memory_alloc, free); /* else the archive would be blamed for want of memory */
    json_t *root = line_end == SLICE_NONE ? NULL : json_loadb(stored.bytes, line_end, 0, NULL);
    if (!json_is_object(root)) {
        json_decref(root);
        return delib_fail(error, DELIB_CORRUPT, _("the stored state of a file is not readable; rebuild the archive"));
    }
    *out = (struct file_state){
        .path = arena_copy(arena, slice_skip(stored, line_end + 1)),
        .outcome = outcome_of(text_of(arena, root, "outcome")),
        .reason = text_of(arena, root, "reason"),
        .detail = text_of(arena, root, "detail"),
        .since_s = number_of(root, "since"),
        .size_bytes = (uint64_t)number_of(root, "size"),
        .modified_ns = number_of(root, "modified"),
        .inode = (uint64_t)number_of(root, "inode"),
        .sha256 = text_of(arena, root, "sha256"),
        .sidecar_sha256 = text_of(arena, root, "sidecar_sha256"),
        .act_count = (uint32_t)number_of(root, "acts"),
    };
    json_decref(root);
    return DELIB_OK;
}

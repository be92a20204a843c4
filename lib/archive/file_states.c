#include "archive/file_states.h"

#include <stdlib.h>
#include <string.h>

#include "archive/file_state.h"
#include "base/packed.h"

/* A group: for each file, in the order of the keys, the key in bytes and the state as a text. */
enum { GROUP_FIGURES = 3, KEY_BYTES = FILE_KEY_FIGURES / 2 };

struct group_walk {
    struct packed_rest rest;
    struct slice entry; /* all of it */
    struct slice key;
    struct slice state;
};

/* False at the end, or where the bytes make no sense. */
static bool next_entry(struct group_walk *walk)
{
    struct slice before = walk->rest.bytes;
    if (before.len == 0)
        return false;
    walk->key = packed_take_bytes(&walk->rest, KEY_BYTES);
    walk->state = packed_take_text(&walk->rest);
    walk->entry = slice_range(before, 0, before.len - walk->rest.bytes.len);
    return !walk->rest.is_cut;
}

static struct group_walk walk_of(struct slice group)
{
    return (struct group_walk){.rest = {group, false}};
}

static void key_of_group(struct buffer *out, struct slice file)
{
    buffer_add_string(out, FILE_STATES_KEY);
    buffer_add_slice(out, slice_range(file, 0, GROUP_FIGURES));
}

static enum delib_status read_group(struct slice *out, struct xapian_reader *reader, struct slice file,
                                    struct delib_error *error)
{
    struct buffer key = {0};
    char *bytes = NULL;
    size_t len = 0;
    key_of_group(&key, file);
    enum delib_status status = xapian_reader_metadata(&bytes, &len, reader, buffer_get(&key), error);
    *out = (struct slice){bytes, status == DELIB_OK ? len : 0};
    buffer_free(&key);
    return status;
}

static void add_entry(struct buffer *out, struct slice key, struct slice state)
{
    if (state.len == 0)
        return;
    buffer_add_slice(out, key);
    packed_add_text(out, state);
}

/* The group with the state of one file in its place. */
static void replace_entry(struct buffer *out, struct slice group, struct slice key, struct slice state)
{
    bool is_put = false;
    for (struct group_walk walk = walk_of(group); next_entry(&walk);) {
        int order = is_put ? -1 : slice_compare(walk.key, key);
        if (order >= 0) {
            add_entry(out, key, state);
            is_put = true;
        }
        if (order != 0)
            buffer_add_slice(out, walk.entry);
    }
    if (!is_put)
        add_entry(out, key, state);
}

enum delib_status file_states_put(struct xapian_writer *writer, struct xapian_reader *reader, struct slice file,
                                  struct slice state, struct delib_error *error)
{
    struct slice group;
    struct buffer group_key = {0};
    struct buffer key = {0};
    struct buffer replaced = {0};
    key_of_group(&group_key, file);
    packed_add_figures(&key, file);
    enum delib_status status = read_group(&group, reader, file, error);
    if (status == DELIB_OK) {
        replace_entry(&replaced, group, buffer_get(&key), state);
        status = xapian_writer_set_metadata(writer, buffer_get(&group_key), buffer_get(&replaced), error);
    }
    free((char *)group.bytes);
    buffer_free(&group_key);
    buffer_free(&key);
    buffer_free(&replaced);
    return status;
}

enum delib_status file_states_get(struct slice *out, struct arena *arena, struct xapian_reader *reader,
                                  struct slice file, struct delib_error *error)
{
    struct slice group;
    struct buffer key = {0};
    enum delib_status status = read_group(&group, reader, file, error);
    *out = (struct slice){0};
    packed_add_figures(&key, file);
    for (struct group_walk walk = walk_of(group); out->len == 0 && next_entry(&walk);)
        if (slice_equal(walk.key, buffer_get(&key)))
            *out = arena_copy(arena, walk.state);
    free((char *)group.bytes);
    buffer_free(&key);
    return status;
}

struct each_walk {
    file_states_visit *visit;
    void *payload;
};

static bool visit_group(struct slice key, struct slice value, void *payload)
{
    const struct each_walk *each = payload;
    (void)key;
    for (struct group_walk walk = walk_of(value); next_entry(&walk);)
        if (!each->visit(walk.state, each->payload))
            return false;
    return true;
}

enum delib_status file_states_each(struct xapian_reader *reader, file_states_visit *visit, void *payload,
                                   struct delib_error *error)
{
    struct each_walk each = {visit, payload};
    return xapian_reader_each_metadata(reader, SLICE(FILE_STATES_KEY), visit_group, &each, error);
}

/* Both in the order of the keys. */
static void merge_two(struct buffer *out, struct slice one, struct slice other)
{
    struct group_walk left = walk_of(one), right = walk_of(other);
    bool has_left = next_entry(&left), has_right = next_entry(&right);
    while (has_left || has_right) {
        bool is_left = has_left && (!has_right || slice_compare(left.key, right.key) <= 0);
        buffer_add_slice(out, is_left ? left.entry : right.entry);
        if (is_left)
            has_left = next_entry(&left);
        else
            has_right = next_entry(&right);
    }
}

void file_states_merge(struct buffer *out, const struct slice *groups, size_t count)
{
    buffer_clear(out);
    buffer_add_slice(out, groups[0]);
    for (size_t i = 1; i < count; i++) {
        struct buffer merged = {0};
        merge_two(&merged, buffer_get(out), groups[i]);
        buffer_free(out);
        *out = merged;
    }
}

#include "moves.h"

#include <stdlib.h>
#include <string.h>

#include "extract/stamp.h"

enum { MOVED_ACTS_MAX = 5000 }; /* of one file: they are all in memory while they change their path */

struct candidate {
    const struct gone_file *file;
    bool is_taken;
};

struct moves {
    struct candidate *items; /* by size */
    size_t count;
};

static int by_size(const void *a, const void *b)
{
    uint64_t one = ((const struct candidate *)a)->file->state.size_bytes;
    uint64_t other = ((const struct candidate *)b)->file->state.size_bytes;
    return one < other ? -1 : one > other;
}

struct moves *moves_new(struct arena *arena, const struct gone *gone)
{
    struct moves *moves = arena_alloc(arena, sizeof *moves);
    moves->items = arena_alloc(arena, (gone->count + 1) * sizeof *moves->items);
    for (size_t i = 0; i < gone->count; i++)
        if (gone->files[i].has_acts && gone->files[i].state.outcome == FILE_INDEXED &&
            gone->files[i].state.act_count <= MOVED_ACTS_MAX)
            moves->items[moves->count++].file = &gone->files[i];
    if (moves->count > 0)
        qsort(moves->items, moves->count, sizeof *moves->items, by_size);
    return moves;
}

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static const char *extension(const char *name)
{
    const char *dot = strrchr(name, '.');
    return dot ? dot : "";
}

/* Whether the acts of a file would be the same under the other name. */
static bool names_agree(const char *a, const char *b)
{
    const char *one = base_name(a);
    const char *other = base_name(b);
    if (strcmp(one, other) == 0)
        return true;
    return strcmp(extension(one), extension(other)) == 0 && !file_name_tells(slice_of(one)) &&
           !file_name_tells(slice_of(other));
}

static size_t first_of_size(const struct moves *moves, uint64_t size_bytes)
{
    size_t low = 0;
    size_t high = moves->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (moves->items[middle].file->state.size_bytes < size_bytes)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

struct move moves_take(struct moves *moves, const char *path, const struct file_identity *identity,
                       struct slice sidecar_sha256)
{
    struct candidate *found = NULL;
    bool is_certain = false;
    for (size_t i = first_of_size(moves, identity->size_bytes); i < moves->count && !is_certain; i++) {
        struct candidate *candidate = &moves->items[i];
        const struct file_state *state = &candidate->file->state;
        if (state->size_bytes != identity->size_bytes)
            break;
        if (candidate->is_taken || !names_agree(candidate->file->path, path) ||
            !slice_equal(state->sidecar_sha256, sidecar_sha256))
            continue;
        is_certain = state->inode == identity->inode && state->modified_ns == identity->modified_ns;
        if (!found || is_certain)
            found = candidate;
    }
    if (!found)
        return (struct move){0};
    found->is_taken = true;
    return (struct move){found->file, is_certain};
}

#include "local_parts.h"

#include "base/words.h"
#include "waiting.h"

enum delib_status local_parts_open(struct local_parts *out, const char *archive, struct delib_error *error)
{
    *out = (struct local_parts){.arena = arena_new()};
    enum delib_status status = parts_list_add(&out->list, out->arena, archive, error);
    out->folders = arena_alloc(out->arena, (out->list.count + 1) * sizeof *out->folders);
    out->locks = arena_alloc(out->arena, (out->list.count + 1) * sizeof *out->locks);
    for (size_t i = 0; i < out->list.count && status == DELIB_OK; i++) {
        const struct part_place *place = &out->list.parts[i].items[0];
        if (!place->path)
            status = delib_fail(error, DELIB_INVALID, _("%s: a part on another machine is looked after there"),
                                place->shown);
        else
            out->folders[out->count++] = place->path;
    }
    return status;
}

void local_parts_free(struct local_parts *parts)
{
    for (size_t i = 0; i < parts->count; i++)
        archive_lock_free(parts->locks[i]);
    arena_free(parts->arena);
}

enum delib_status local_parts_lock(struct local_parts *parts, enum archive_lock_kind kind, unsigned wait_s,
                                   struct delib_error *error)
{
    enum delib_status status = DELIB_OK;
    for (size_t i = 0; i < parts->count && status == DELIB_OK; i++)
        status = waiting_take_lock(&parts->locks[i], parts->folders[i], kind, wait_s, error);
    return status;
}

bool local_parts_are_listed(const struct local_parts *parts)
{
    return parts->list.file != NULL;
}

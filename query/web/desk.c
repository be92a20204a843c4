#include "web/desk.h"

#include <stdlib.h>

#include "base/memory.h"

enum delib_status desk_new(struct desk **out, struct service *service, struct delib_error *error)
{
    struct parts *parts = NULL;
    enum delib_status status = parts_open(&parts, &service->archive, 1, PART_TIMEOUT_MS, error);
    if (status != DELIB_OK)
        return status;
    *out = memory_alloc(sizeof **out);
    **out = (struct desk){
        .service = service, .parts = parts, .searcher = searcher_new(parts), .arena = arena_new(), .acts = arena_new()};
    return DELIB_OK;
}

void desk_free(struct desk *desk)
{
    if (!desk)
        return;
    searcher_free(desk->searcher);
    parts_free(desk->parts);
    arena_free(desk->arena);
    arena_free(desk->acts);
    free(desk);
}

enum delib_status desk_clear(struct desk *desk, struct delib_error *error)
{
    arena_reset(desk->arena);
    arena_reset(desk->acts);
    return parts_refresh(&desk->reader, desk->parts, error);
}

struct slice path_to_show(const struct service *service, struct slice path)
{
    struct slice root = slice_of(service->originals);
    if (root.len > 0 && slice_starts(path, root) && path.len > root.len && path.bytes[root.len] == '/')
        return slice_skip(path, root.len + 1);
    for (size_t at = path.len; at > 0; at--)
        if (path.bytes[at - 1] == '/')
            return slice_skip(path, at);
    return path;
}

struct act act_to_show(const struct service *service, const struct act *act)
{
    struct act shown = *act;
    shown.source_path = path_to_show(service, act->source_path);
    return shown;
}

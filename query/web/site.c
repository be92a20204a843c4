#include "web/site.h"

struct slice site_root(const struct service *service, const struct web_request *request)
{
    struct slice root = slice_of(service->address);
    while (root.len > 0 && root.bytes[root.len - 1] == '/')
        root.len--;
    if (root.len > 0)
        return root;
    return slice_of(arena_printf(request->arena, "http://%.*s", (int)request->host.len, request->host.bytes));
}

struct slice site_address(struct arena *arena, struct slice root, struct slice path)
{
    return slice_of(arena_printf(arena, "%.*s%.*s", (int)root.len, root.bytes, (int)path.len, path.bytes));
}

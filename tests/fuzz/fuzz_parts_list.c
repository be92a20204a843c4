/* Any bytes as a list of parts: what is read of it has a folder or a host for each place. */
#include <stdint.h>
#include <stdlib.h>

#include "archive/parts_list.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new();
    struct parts_list list = {0};
    struct delib_error error;
    struct slice content = {(const char *)data, size};
    if (parts_list_add_lines(&list, arena, "/srv/delib.parts", content, &error) == DELIB_OK && list.count == 0)
        abort();
    for (size_t i = 0; i < list.count; i++)
        for (size_t j = 0; j < list.parts[i].count; j++)
            if (!list.parts[i].items[j].shown || !list.parts[i].items[j].path == !list.parts[i].items[j].host)
                abort();
    arena_free(arena);
    return 0;
}

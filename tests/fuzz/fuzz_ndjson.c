/* Any lines become acts or are counted as bad. */
#include <stdint.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "readers/ndjson.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new();
    struct reading reading = {.reason = ""};
    struct buffer text = {0};
    utf8_add_clean(&text, (struct slice){(const char *)data, size});
    ndjson_is(buffer_get(&text));
    read_ndjson(&reading, arena, buffer_get(&text));
    for (size_t i = 0; i < reading.given_count; i++)
        if (!utf8_is_valid(reading.given[i].text))
            abort();
    reading_free(&reading);
    buffer_free(&text);
    arena_free(arena);
    return 0;
}

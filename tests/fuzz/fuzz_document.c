/* Any bytes under any name, by the way that files go: the format is told, .gz is taken off, text becomes UTF-8. Formats
 * that another program reads are left out. */
#include <stdint.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "readers/reader.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool runs_a_program(struct slice bytes)
{
    return slice_find(bytes, SLICE("%PDF")) != SLICE_NONE || slice_find(bytes, SLICE("{\\rtf")) != SLICE_NONE ||
           slice_find(bytes, SLICE("\xD0\xCF\x11\xE0")) != SLICE_NONE || slice_starts(bytes, SLICE("\x1F\x8B"));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const names[] = {"a.txt", "a.md", "a.html", "a.csv", "a.ndjson", "a.xml", "a.docx", "a"};
    struct slice bytes = {(const char *)data, size};
    if (size == 0 || runs_a_program(bytes))
        return 0;
    struct arena *arena = arena_new();
    struct reading reading = {.reason = ""};
    const char *name = names[data[size - 1] % (sizeof names / sizeof *names)];
    read_document(&reading, arena, bytes, name, &(struct read_options){0});
    if (!utf8_is_valid(buffer_get(&reading.text)) || (reading.outcome == READ_OK) != (reading.reason[0] == '\0'))
        abort();
    reading_free(&reading);
    arena_free(arena);
    return 0;
}

/* Any bytes as a table: rows and findings keep to the lines there are. */
#include <stdint.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "scdl.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct slice text = {(const char *)data, size};
    if (!utf8_is_valid(text))
        return 0;
    struct arena *arena = arena_new();
    struct scdl_table table;
    scdl_is(text);
    scdl_read(&table, arena, text);
    scdl_check(&table);
    for (size_t i = 0; i < table.row_count; i++) {
        if (table.rows[i].line == 0 || table.rows[i].line > size)
            abort();
        scdl_fill_act(act_new(arena), &table.rows[i]);
    }
    arena_free(arena);
    return 0;
}

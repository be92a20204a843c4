/* Any text as an act: fields come from the text or stay unread. */
#include <stdint.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "extract/extract.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct slice text = {(const char *)data, size};
    if (!utf8_is_valid(text))
        return 0;
    struct arena *arena = arena_new();
    struct act *act = act_new(arena);
    extract_act(act, text, SLICE("acte.txt"), NULL, true);
    for (int field = 0; field < FIELD_COUNT; field++)
        if (act->provenance[field].end_bytes > size ||
            act->provenance[field].start_bytes > act->provenance[field].end_bytes)
            abort();
    if (act->id.len == 0)
        abort();
    arena_free(arena);
    return 0;
}

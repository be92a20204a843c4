/* Any text as acts: nothing of it is lost, fields come from the text or stay unread. */
#include <stdint.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "split/acts.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_act_of(const struct new_act *found)
{
    for (int field = 0; field < FIELD_COUNT; field++) {
        const struct provenance *place = &found->act->provenance[field];
        if (place->end_bytes > found->text.len || place->start_bytes > place->end_bytes)
            abort();
    }
    if (found->act->id.len == 0)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct slice text = {(const char *)data, size};
    if (!utf8_is_valid(text))
        return 0;
    struct arena *arena = arena_new();
    struct acts acts = {0};
    struct act_source source = {.path = SLICE("acte.txt"), .has_pages = true};
    acts_of_text(&acts, arena, text, &source, NULL);
    size_t covered = 0;
    for (size_t i = 0; i < acts.count; i++) {
        check_act_of(&acts.items[i]);
        covered += acts.items[i].text.len;
    }
    if (covered != size)
        abort();
    arena_free(arena);
    return 0;
}

#include "document_acts.h"

#include "noise.h"

const struct act *acts_united(struct arena *arena, const struct act *first, const struct act *second)
{
    if (!first || !second)
        return first ? first : second;
    struct act *both = act_new(arena);
    act_merge(both, first);
    act_merge(both, second);
    return both;
}

void document_acts(struct acts *out, struct arena *arena, const struct reading *reading, struct slice path,
                   struct slice sha256, const struct act *given)
{
    struct slice whole = buffer_get(&reading->text);
    struct act_source source = {.path = path,
                                .sha256 = sha256,
                                .warning = *reading->warning      ? reading->warning
                                           : text_is_noisy(whole) ? "noisy-text"
                                                                  : "",
                                .has_pages = reading->has_pages,
                                .is_one_act = reading->given_count > 0};
    for (size_t i = 0; i < reading->given_count; i++) {
        source.line = reading->given[i].act->source_line;
        acts_of_text(out, arena, reading->given[i].text, &source, acts_united(arena, reading->given[i].act, given));
    }
    if (reading->given_count == 0 && reading->outcome == READ_OK)
        acts_of_text(out, arena, arena_copy(arena, whole), &source, given);
}

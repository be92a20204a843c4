#include "document_acts.h"

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
    struct act_source source = {.path = path,
                                .sha256 = sha256,
                                .warning = reading->warning,
                                .has_pages = reading->has_pages,
                                .is_one_act = reading->given_count > 0};
    for (size_t i = 0; i < reading->given_count; i++)
        acts_of_text(out, arena, reading->given[i].text, &source, acts_united(arena, reading->given[i].act, given));
    if (reading->given_count == 0 && reading->outcome == READ_OK)
        acts_of_text(out, arena, arena_copy(arena, buffer_get(&reading->text)), &source, given);
}

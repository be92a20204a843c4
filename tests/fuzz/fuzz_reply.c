/* Any bytes as the answer of a process that reads files: one that a hostile file took over may say anything. What is
 * taken of it lies within it, and every act can be read. */
#include <stdint.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "intake.h"
#include "pool.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new();
    struct pool_job job = {.end = POOL_DONE};
    struct intake_result result;
    buffer_add(&job.reply, data, size);
    intake_end(&result, arena, &job);
    struct acts acts = {0};
    bool is_sense = intake_read_acts(&acts, arena, &result.sent);
    if (result.outcome > READ_FAILED || acts.count > size || (is_sense && acts.count != result.sent.count))
        abort();
    for (size_t i = 0; i < acts.count; i++)
        if (!utf8_is_valid(acts.items[i].act->objet) || acts.items[i].text.len > size)
            abort();
    buffer_free(&job.reply);
    arena_free(arena);
    return 0;
}

/* Any bytes as an envelope: what is read of it is valid text, and the fast search for names ends. */
#include <stdint.h>
#include <stdlib.h>

#include "base/status.h"
#include "base/utf8.h"
#include "envelope.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct slice xml = {(const char *)data, size};
    struct arena *arena = arena_new();
    struct envelope envelope;
    struct delib_error error;
    size_t found = 0;
    for (size_t at = 0; envelope_next_name(xml, &at).len > 0;)
        found++;
    if (found > size)
        abort();
    if (envelope_read(&envelope, arena, xml, &error) == DELIB_OK && envelope.act &&
        (!utf8_is_valid(envelope.act->objet) || !utf8_is_valid(envelope.act->number)))
        abort();
    arena_free(arena);
    return 0;
}

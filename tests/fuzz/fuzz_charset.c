/* Any bytes decode to valid UTF-8. */
#include <stdint.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "charset.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct buffer out = {0};
    struct slice bytes = {(const char *)data, size};
    charset_is_binary(bytes);
    bool repaired;
    charset_decode(&out, bytes, &repaired);
    charset_repair(&out);
    if (!utf8_is_valid(buffer_get(&out)) || slice_find_byte(buffer_get(&out), '\r', 0) != SLICE_NONE)
        abort();
    buffer_free(&out);
    return 0;
}

/* Any text made even: what comes out is UTF-8, and each byte of it came from the start of a code point, in order. */
#include <stdint.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "french/normalise.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct slice text = {(const char *)data, size};
    struct normal_text normal = {0};
    if (!utf8_is_valid(text))
        return 0;
    for (unsigned flags = 0; flags <= (NORMALISE_FOLD | NORMALISE_JOIN_LINES); flags++) {
        normalise(&normal, text, flags);
        if (!utf8_is_valid(buffer_get(&normal.text)) || normal.origin[normal.text.len] != size)
            abort();
        for (size_t i = 0; i < normal.text.len; i++)
            if (normal.origin[i] > normal.origin[i + 1] || (data[normal.origin[i]] & 0xC0) == 0x80)
                abort();
    }
    normal_text_free(&normal);
    return 0;
}

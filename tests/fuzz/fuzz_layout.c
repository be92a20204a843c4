/* Any text keeps all its letters, whatever order they come in. */
#include <stdint.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "layout.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A sum that does not depend on the order. White space counts for nothing. */
static uint64_t sum_of(struct slice text)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < text.len; i++) {
        unsigned char byte = (unsigned char)text.bytes[i];
        sum += byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r' ? 0 : (uint64_t)byte * byte + 1;
    }
    return sum;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct buffer text = {0}, out = {0};
    utf8_add_clean(&text, (struct slice){(const char *)data, size});
    layout_reading_order(&out, buffer_get(&text));
    if (!utf8_is_valid(buffer_get(&out)) || sum_of(buffer_get(&out)) != sum_of(buffer_get(&text)))
        abort();
    buffer_free(&text);
    buffer_free(&out);
    return 0;
}

#include "wire.h"

#include <string.h>

void wire_add_number(struct buffer *out, uint64_t number)
{
    buffer_add(out, &number, sizeof number);
}

void wire_add_text(struct buffer *out, struct slice text)
{
    wire_add_number(out, text.len);
    buffer_add_slice(out, text);
}

uint64_t wire_take_number(struct slice *rest)
{
    uint64_t number = 0;
    if (rest->len >= sizeof number)
        memcpy(&number, rest->bytes, sizeof number);
    *rest = slice_skip(*rest, sizeof number);
    return number;
}

struct slice wire_take_text(struct slice *rest)
{
    uint64_t len = wire_take_number(rest);
    struct slice text = len <= rest->len ? slice_range(*rest, 0, len) : (struct slice){0};
    *rest = slice_skip(*rest, len <= rest->len ? len : rest->len);
    return text;
}

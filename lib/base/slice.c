#include "base/slice.h"

#include <string.h>

int slice_compare(struct slice a, struct slice b)
{
    size_t shorter = a.len < b.len ? a.len : b.len;
    int order = shorter ? memcmp(a.bytes, b.bytes, shorter) : 0;
    if (order)
        return order;
    return (a.len > b.len) - (a.len < b.len);
}

bool slice_ends(struct slice text, struct slice suffix)
{
    return text.len >= suffix.len && slice_equal(slice_skip(text, text.len - suffix.len), suffix);
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

struct slice slice_trim(struct slice text)
{
    size_t from = 0, to = text.len;
    while (from < to && is_space(text.bytes[from]))
        from++;
    while (to > from && is_space(text.bytes[to - 1]))
        to--;
    return slice_range(text, from, to);
}

size_t slice_find_from(struct slice text, struct slice part, size_t from)
{
    if (from > text.len || part.len > text.len - from)
        return SLICE_NONE;
    if (part.len == 0)
        return from;
    const char *found = memmem(text.bytes + from, text.len - from, part.bytes, part.len);
    return found ? (size_t)(found - text.bytes) : SLICE_NONE;
}

size_t slice_find(struct slice text, struct slice part)
{
    return slice_find_from(text, part, 0);
}

size_t slice_find_byte(struct slice text, char byte, size_t from)
{
    if (from >= text.len)
        return SLICE_NONE;
    const char *found = memchr(text.bytes + from, byte, text.len - from);
    return found ? (size_t)(found - text.bytes) : SLICE_NONE;
}

bool slice_next_line(struct slice *rest, struct slice *line)
{
    if (rest->len == 0)
        return false;
    size_t end = slice_find_byte(*rest, '\n', 0);
    size_t next = end == SLICE_NONE ? rest->len : end + 1;
    *line = slice_range(*rest, 0, end == SLICE_NONE ? rest->len : end);
    if (line->len && line->bytes[line->len - 1] == '\r')
        line->len--;
    *rest = slice_skip(*rest, next);
    return true;
}

/* A run of bytes that somebody else owns. Text is UTF-8; a slice need not end in NUL. bytes may be NULL when len is 0.
 */
#ifndef DELIB_BASE_SLICE_H
#define DELIB_BASE_SLICE_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct slice {
    const char *bytes;
    size_t len; /* bytes */
};

#define SLICE(literal) ((struct slice){"" literal, sizeof(literal) - 1})

/* The smallest of them are here for the compiler: they are in every loop. */

/* Of a NUL-terminated string; NULL gives an empty slice. */
static inline struct slice slice_of(const char *string)
{
    return (struct slice){string, string ? strlen(string) : 0};
}

static inline bool slice_equal(struct slice a, struct slice b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.bytes, b.bytes, a.len) == 0);
}

int slice_compare(struct slice a, struct slice b); /* as memcmp, a shorter prefix first */

static inline bool slice_starts(struct slice text, struct slice prefix)
{
    return text.len >= prefix.len && slice_equal((struct slice){text.bytes, prefix.len}, prefix);
}

/* Without its first `count` bytes; empty past the end. */
static inline struct slice slice_skip(struct slice text, size_t count)
{
    if (count >= text.len)
        return (struct slice){text.bytes ? text.bytes + text.len : NULL, 0};
    return (struct slice){text.bytes + count, text.len - count};
}

static inline struct slice slice_range(struct slice text, size_t from, size_t to)
{
    if (to > text.len)
        to = text.len;
    if (from >= to)
        return (struct slice){text.bytes, 0};
    return (struct slice){text.bytes + from, to - from};
}

static inline bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

/* False past the end. */
static inline bool digit_at(struct slice text, size_t at)
{
    return at < text.len && is_digit(text.bytes[at]);
}

bool slice_ends(struct slice text, struct slice suffix);
struct slice slice_trim(struct slice text); /* without ASCII white space at both ends */
#define SLICE_NONE ((size_t)-1)
size_t slice_find(struct slice text, struct slice part); /* offset, or SLICE_NONE */
size_t slice_find_from(struct slice text, struct slice part, size_t from);
size_t slice_find_byte(struct slice text, char byte, size_t from); /* offset, or SLICE_NONE */

/* Take the next line off `*rest` into `*line`, without its end (\n or \r\n). False when nothing is left. */
bool slice_next_line(struct slice *rest, struct slice *line);

#endif

/* A run of bytes that somebody else owns. Text is UTF-8; a slice need not end in NUL. bytes may be NULL when len is 0.
 */
#ifndef DELIB_BASE_SLICE_H
#define DELIB_BASE_SLICE_H

#include <stdbool.h>
#include <stddef.h>

struct slice {
    const char *bytes;
    size_t len; /* bytes */
};

#define SLICE(literal) ((struct slice){"" literal, sizeof(literal) - 1})

struct slice slice_of(const char *string); /* of a NUL-terminated string; NULL gives an empty slice */
bool slice_equal(struct slice a, struct slice b);
int slice_compare(struct slice a, struct slice b); /* as memcmp, a shorter prefix first */
bool slice_starts(struct slice text, struct slice prefix);
bool slice_ends(struct slice text, struct slice suffix);
struct slice slice_skip(struct slice text, size_t count); /* without its first `count` bytes; empty past the end */
struct slice slice_range(struct slice text, size_t from, size_t to);
struct slice slice_trim(struct slice text); /* without ASCII white space at both ends */
#define SLICE_NONE ((size_t)-1)
size_t slice_find(struct slice text, struct slice part); /* offset, or SLICE_NONE */
size_t slice_find_from(struct slice text, struct slice part, size_t from);
size_t slice_find_byte(struct slice text, char byte, size_t from); /* offset, or SLICE_NONE */

/* Take the next line off `*rest` into `*line`, without its end (\n or \r\n). False when nothing is left. */
bool slice_next_line(struct slice *rest, struct slice *line);

#endif

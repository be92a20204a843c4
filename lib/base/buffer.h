/* Bytes that grow as they are added to.
 *
 * Start from a zeroed struct (`struct buffer text = {0};`), end with buffer_free. `bytes` ends in NUL, which is not
 * counted in `len`, once anything was added; it may move at every add. */
#ifndef DELIB_BASE_BUFFER_H
#define DELIB_BASE_BUFFER_H

#include <stdint.h>

#include "base/slice.h"

struct buffer {
    char *bytes;
    size_t len;
    size_t capacity;
};

void buffer_free(struct buffer *buffer); /* leaves it empty and usable */
void buffer_clear(struct buffer *buffer);
void buffer_reserve(struct buffer *buffer, size_t more_bytes);
void buffer_add(struct buffer *buffer, const void *bytes, size_t len);
void buffer_add_slice(struct buffer *buffer, struct slice text);
void buffer_add_string(struct buffer *buffer, const char *string);
static inline void buffer_add_byte(struct buffer *buffer, char byte)
{
    if (buffer->capacity < buffer->len + 2)
        buffer_reserve(buffer, 1);
    buffer->bytes[buffer->len++] = byte;
    buffer->bytes[buffer->len] = '\0';
}

void buffer_printf(struct buffer *buffer, const char *format, ...) __attribute__((format(printf, 2, 3)));
struct slice buffer_get(const struct buffer *buffer); /* valid until the next add */
char *buffer_detach(struct buffer *buffer);           /* the caller owns the bytes (never NULL) */

#endif

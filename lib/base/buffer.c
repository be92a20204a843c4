#include "base/buffer.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

enum { BUFFER_FIRST_BYTES = 256 };

void buffer_free(struct buffer *buffer)
{
    free(buffer->bytes);
    *buffer = (struct buffer){0};
}

void buffer_clear(struct buffer *buffer)
{
    buffer->len = 0;
    if (buffer->bytes)
        buffer->bytes[0] = '\0';
}

void buffer_reserve(struct buffer *buffer, size_t more_bytes)
{
    if (more_bytes >= SIZE_MAX / 2 - buffer->len)
        memory_exhausted();
    size_t needed = buffer->len + more_bytes + 1;
    if (needed <= buffer->capacity)
        return;
    size_t capacity = buffer->capacity ? buffer->capacity : BUFFER_FIRST_BYTES;
    while (capacity < needed)
        capacity += capacity / 2;
    buffer->bytes = memory_resize(buffer->bytes, capacity, 1);
    buffer->capacity = capacity;
}

void buffer_add(struct buffer *buffer, const void *bytes, size_t len)
{
    buffer_reserve(buffer, len);
    if (len)
        memcpy(buffer->bytes + buffer->len, bytes, len);
    buffer->len += len;
    buffer->bytes[buffer->len] = '\0';
}

void buffer_add_slice(struct buffer *buffer, struct slice text)
{
    buffer_add(buffer, text.bytes, text.len);
}

void buffer_add_string(struct buffer *buffer, const char *string)
{
    buffer_add(buffer, string, strlen(string));
}

void buffer_printf(struct buffer *buffer, const char *format, ...)
{
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int len = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (len > 0) {
        buffer_reserve(buffer, (size_t)len);
        vsnprintf(buffer->bytes + buffer->len, (size_t)len + 1, format, again);
        buffer->len += (size_t)len;
    }
    va_end(again);
}

struct slice buffer_get(const struct buffer *buffer)
{
    return (struct slice){buffer->bytes, buffer->len};
}

char *buffer_detach(struct buffer *buffer)
{
    buffer_reserve(buffer, 0);
    buffer->bytes[buffer->len] = '\0';
    char *bytes = buffer->bytes;
    *buffer = (struct buffer){0};
    return bytes;
}

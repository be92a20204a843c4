#include "base/utf8.h"

#include <utf8proc.h>

int32_t utf8_decode(struct slice text, size_t offset, size_t *size)
{
    unsigned char first = (unsigned char)text.bytes[offset];
    *size = 1;
    if (first < 0x80)
        return first;
    unsigned char second = offset + 1 < text.len ? (unsigned char)text.bytes[offset + 1] : 0;
    if (first >= 0xC2 && first < 0xE0 && (second & 0xC0) == 0x80) { /* letters with accents: all but a few */
        *size = 2;
        return (first & 0x1F) << 6 | (second & 0x3F);
    }
    utf8proc_int32_t code_point = 0;
    utf8proc_ssize_t read = utf8proc_iterate((const utf8proc_uint8_t *)text.bytes + offset,
                                             (utf8proc_ssize_t)(text.len - offset), &code_point);
    if (read <= 0 || code_point < 0)
        return UTF8_REPLACEMENT;
    *size = (size_t)read;
    return code_point;
}

size_t utf8_previous(struct slice text, size_t offset)
{
    size_t earliest = offset > UTF8_MAX_BYTES ? offset - UTF8_MAX_BYTES : 0;
    for (size_t start = offset - 1; start > earliest; start--)
        if (((unsigned char)text.bytes[start] & 0xC0) != 0x80)
            return start;
    return ((unsigned char)text.bytes[earliest] & 0xC0) != 0x80 ? earliest : offset - 1;
}

size_t utf8_encode(int32_t code_point, char *out)
{
    return (size_t)utf8proc_encode_char(code_point, (utf8proc_uint8_t *)out);
}

void utf8_add(struct buffer *buffer, int32_t code_point)
{
    char bytes[UTF8_MAX_BYTES];
    buffer_add(buffer, bytes, utf8_encode(code_point, bytes));
}

bool utf8_is_valid(struct slice text)
{
    for (size_t i = 0, size; i < text.len; i += size) {
        if ((unsigned char)text.bytes[i] < 0x80) {
            size = 1;
            continue;
        }
        if (utf8_decode(text, i, &size) == UTF8_REPLACEMENT && size == 1)
            return false;
    }
    return true;
}

size_t utf8_count(struct slice text)
{
    size_t count = 0;
    for (size_t i = 0; i < text.len; i++)
        count += ((unsigned char)text.bytes[i] & 0xC0) != 0x80;
    return count;
}

size_t utf8_skip(struct slice text, size_t offset, size_t code_points)
{
    size_t size;
    for (; code_points > 0 && offset < text.len; code_points--, offset += size)
        utf8_decode(text, offset, &size);
    return offset;
}

bool utf8_is_letter(int32_t code_point)
{
    if (code_point < 0x80)
        return (code_point | 0x20) >= 'a' && (code_point | 0x20) <= 'z';
    utf8proc_category_t category = utf8proc_category(code_point);
    return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO;
}

bool utf8_is_mark(int32_t code_point)
{
    if (code_point < 0x300)
        return false;
    utf8proc_category_t category = utf8proc_category(code_point);
    return category >= UTF8PROC_CATEGORY_MN && category <= UTF8PROC_CATEGORY_ME;
}

bool utf8_is_digit(int32_t code_point)
{
    if (code_point < 0x80)
        return code_point >= '0' && code_point <= '9';
    return utf8proc_category(code_point) == UTF8PROC_CATEGORY_ND;
}

bool utf8_is_upper(int32_t code_point)
{
    if (code_point < 0x80)
        return code_point >= 'A' && code_point <= 'Z';
    return utf8proc_category(code_point) == UTF8PROC_CATEGORY_LU;
}

bool utf8_is_lower(int32_t code_point)
{
    if (code_point < 0x80)
        return code_point >= 'a' && code_point <= 'z';
    return utf8proc_category(code_point) == UTF8PROC_CATEGORY_LL;
}

bool utf8_is_space(int32_t code_point)
{
    if (code_point < 0x80)
        return code_point == ' ' || (code_point >= '\t' && code_point <= '\r');
    return utf8proc_category(code_point) == UTF8PROC_CATEGORY_ZS || code_point == 0x2028 || code_point == 0x2029;
}

int32_t utf8_to_lower(int32_t code_point)
{
    if (code_point < 0x80)
        return code_point >= 'A' && code_point <= 'Z' ? code_point + ('a' - 'A') : code_point;
    return utf8proc_tolower(code_point);
}

int32_t utf8_to_upper(int32_t code_point)
{
    if (code_point < 0x80)
        return code_point >= 'a' && code_point <= 'z' ? code_point - ('a' - 'A') : code_point;
    return utf8proc_toupper(code_point);
}

static bool is_unsafe(int32_t code_point)
{
    if (code_point == '\t' || code_point == '\n' || code_point == '\f')
        return false;
    return code_point < 0x20 || (code_point >= 0x7F && code_point < 0xA0);
}

size_t utf8_clean_length(struct slice text)
{
    size_t size = 1;
    size_t i = 0;
    for (; i < text.len; i += size) {
        size = 1;
        if (text.bytes[i] >= ' ' && text.bytes[i] < 0x7F)
            continue; /* nearly all of them */
        int32_t code_point = utf8_decode(text, i, &size);
        if ((code_point == UTF8_REPLACEMENT && size == 1) || is_unsafe(code_point))
            break;
    }
    return i;
}

void utf8_add_clean(struct buffer *buffer, struct slice text)
{
    size_t size;
    for (;;) {
        size_t clean = utf8_clean_length(text);
        buffer_add(buffer, text.bytes, clean);
        if (clean == text.len)
            return;
        if (utf8_decode(text, clean, &size) == UTF8_REPLACEMENT)
            utf8_add(buffer, UTF8_REPLACEMENT);
        else
            buffer_add_byte(buffer, ' ');
        text = slice_skip(text, clean + size);
    }
}

char *utf8_line(struct arena *arena, struct slice text)
{
    struct buffer clean = {0};
    utf8_add_clean(&clean, text);
    char *line = arena_string(arena, buffer_get(&clean));
    buffer_free(&clean);
    for (char *byte = line; *byte; byte++)
        if (*byte == '\t' || *byte == '\n' || *byte == '\f')
            *byte = ' ';
    return line;
}

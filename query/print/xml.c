#include "print/xml.h"

#include <string.h>

#include "base/utf8.h"

static bool is_allowed(int32_t code_point)
{
    return code_point == '\t' || code_point == '\n' ||
           (code_point >= 0x20 && code_point != 0xFFFE && code_point != 0xFFFF &&
            (code_point < 0x7F || code_point > 0x9F));
}

static const char *entity_of(int32_t code_point)
{
    switch (code_point) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    default:
        return NULL;
    }
}

void xml_add_text(struct buffer *out, struct slice text)
{
    size_t size;
    for (size_t at = 0; at < text.len; at += size) {
        int32_t code_point = utf8_decode(text, at, &size);
        const char *entity = entity_of(code_point);
        if (entity)
            buffer_add_string(out, entity);
        else if (is_allowed(code_point))
            utf8_add_clean(out, slice_range(text, at, at + size));
    }
}

void xml_add_element(struct buffer *out, const char *name, struct slice text)
{
    if (text.len == 0)
        return;
    buffer_printf(out, "<%s>", name);
    xml_add_text(out, text);
    buffer_printf(out, "</%s>\n", name);
}

void xml_add_address(struct buffer *out, struct slice text)
{
    for (size_t i = 0; i < text.len; i++) {
        unsigned char byte = (unsigned char)text.bytes[i];
        bool plain = (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z') ||
                     (byte && strchr("-._~/:", byte));
        if (plain)
            buffer_add_byte(out, (char)byte);
        else
            buffer_printf(out, "%%%02X", byte);
    }
}

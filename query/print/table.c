#include "print/table.h"

#include <string.h>

#include "base/utf8.h"

static bool is_number(struct slice text)
{
    size_t digits = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (is_digit(text.bytes[i]))
            digits++;
        else if (!(text.bytes[i] == '.' || text.bytes[i] == ',' || (i == 0 && strchr("+-", text.bytes[i]))))
            return false;
    }
    return digits > 0;
}

static bool looks_like_formula(struct slice text)
{
    return text.len > 0 && text.bytes[0] && strchr("=+-@\t\r", text.bytes[0]) && !is_number(text);
}

void table_add_cell(struct buffer *out, struct slice text, char separator, bool for_spreadsheets)
{
    struct buffer cell = {0};
    if (for_spreadsheets && looks_like_formula(text))
        buffer_add_byte(&cell, '\'');
    utf8_add_clean(&cell, text);
    for (size_t i = 0; i < cell.len; i++)
        if (cell.bytes[i] == '\n' || cell.bytes[i] == '\r')
            cell.bytes[i] = ' ';
    struct slice clean = buffer_get(&cell);
    bool quoted = slice_find_byte(clean, separator, 0) != SLICE_NONE || slice_find_byte(clean, '"', 0) != SLICE_NONE ||
                  slice_trim(clean).len < clean.len;
    if (quoted)
        buffer_add_byte(out, '"');
    for (size_t i = 0; i < clean.len; i++) {
        if (clean.bytes[i] == '"')
            buffer_add_byte(out, '"');
        buffer_add_byte(out, clean.bytes[i]);
    }
    if (quoted)
        buffer_add_byte(out, '"');
    buffer_free(&cell);
}

#include "base/json_writer.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/utf8.h"

struct json_writer json_writer_to(struct buffer *out, int indent)
{
    return (struct json_writer){.out = out, .indent = indent};
}

static void new_line(struct json_writer *json)
{
    if (!json->indent)
        return;
    size_t blanks = (size_t)(json->indent * json->depth);
    buffer_reserve(json->out, 1 + blanks);
    buffer_add_byte(json->out, '\n');
    for (; blanks > 0; blanks--)
        buffer_add_byte(json->out, ' ');
}

static void before_value(struct json_writer *json)
{
    if (json->after_key) {
        json->after_key = false;
        return;
    }
    if (json->depth == 0)
        return;
    if (json->has_member[json->depth - 1])
        buffer_add_byte(json->out, ',');
    json->has_member[json->depth - 1] = true;
    new_line(json);
}

static void begin(struct json_writer *json, char bracket)
{
    before_value(json);
    buffer_add_byte(json->out, bracket);
    if (json->depth == JSON_MAX_DEPTH)
        abort();
    json->has_member[json->depth++] = false;
}

static void end(struct json_writer *json, char bracket)
{
    bool had_member = json->has_member[--json->depth];
    if (had_member)
        new_line(json);
    buffer_add_byte(json->out, bracket);
}

void json_begin_object(struct json_writer *json)
{
    begin(json, '{');
}

void json_end_object(struct json_writer *json)
{
    end(json, '}');
}

void json_begin_array(struct json_writer *json)
{
    begin(json, '[');
}

void json_end_array(struct json_writer *json)
{
    end(json, ']');
}

static void add_escape(struct buffer *out, char c)
{
    if (c == '"' || c == '\\')
        buffer_printf(out, "\\%c", c);
    else if (c == '\n')
        buffer_add_string(out, "\\n");
    else if (c == '\t')
        buffer_add_string(out, "\\t");
    else
        buffer_printf(out, "\\u%04x", c);
}

/* Whether it is printable ASCII without a quotation mark or a backslash: names, dates, codes, numbers. */
static bool is_plain(struct slice text)
{
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.bytes[i];
        if (c < 0x20 || c >= 0x7F || c == '"' || c == '\\')
            return false;
    }
    return true;
}

/* What needs no escape goes over in runs: that is nearly all. */
static void add_escaped(struct buffer *out, struct slice text)
{
    size_t run = 0;
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.bytes[i];
        if (c >= 0x20 && c != '"' && c != '\\')
            continue;
        buffer_add_slice(out, slice_range(text, run, i));
        add_escape(out, (char)c);
        run = i + 1;
    }
    buffer_add_slice(out, slice_skip(text, run));
}

static void add_quoted(struct buffer *out, struct slice text)
{
    struct buffer clean = {0};
    buffer_add_byte(out, '"');
    if (is_plain(text)) {
        buffer_add_slice(out, text);
    } else if (utf8_clean_length(text) == text.len) {
        add_escaped(out, text);
    } else {
        utf8_add_clean(&clean, text);
        add_escaped(out, buffer_get(&clean));
        buffer_free(&clean);
    }
    buffer_add_byte(out, '"');
}

void json_write_key(struct json_writer *json, const char *key)
{
    before_value(json);
    add_quoted(json->out, slice_of(key));
    buffer_add_string(json->out, json->indent ? ": " : ":");
    json->after_key = true;
}

void json_write_string(struct json_writer *json, struct slice text)
{
    before_value(json);
    add_quoted(json->out, text);
}

void json_write_text(struct json_writer *json, const char *string)
{
    if (string)
        json_write_string(json, slice_of(string));
    else
        json_write_null(json);
}

void json_write_integer(struct json_writer *json, long long value)
{
    enum { DIGITS_MOST = 20 };
    char digits[DIGITS_MOST];
    size_t start = DIGITS_MOST;
    unsigned long long rest = value < 0 ? 0ULL - (unsigned long long)value : (unsigned long long)value;
    before_value(json);
    do
        digits[--start] = (char)('0' + rest % 10);
    while ((rest /= 10) > 0);
    if (value < 0)
        buffer_add_byte(json->out, '-');
    buffer_add(json->out, digits + start, DIGITS_MOST - start);
}

void json_write_number(struct json_writer *json, double value)
{
    if (!isfinite(value)) {
        json_write_null(json);
        return;
    }
    before_value(json);
    char text[32];
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(text, sizeof text, "%.*g", digits, value);
        if (strtod(text, NULL) == value)
            break;
    }
    buffer_add_string(json->out, text);
}

void json_write_boolean(struct json_writer *json, bool value)
{
    before_value(json);
    buffer_add_string(json->out, value ? "true" : "false");
}

void json_write_null(struct json_writer *json)
{
    before_value(json);
    buffer_add_string(json->out, "null");
}

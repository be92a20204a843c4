#include "readers/rtf.h"

#include "base/utf8.h"
#include "base/words.h"
#include "readers/helper.h"
#include "readers/html.h"

enum { LAST_CODE_POINT_16 = 65536 }; /* RTF writes the upper half of them as negative numbers */

bool rtf_is(struct slice bytes)
{
    return slice_starts(bytes, SLICE("{\\rtf"));
}

static bool is_letter(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

/* A control word, « \par », « \u-4051 ». */
struct control {
    struct slice name;
    long number; /* 0 when there is none */
    bool has_number;
    size_t end; /* behind the blank that may end it */
};

/* Read the control word at `at`; false when there is none. */
static bool control_at(struct control *out, struct slice rtf, size_t at)
{
    enum { MAX_NUMBER = 100000000 };
    size_t end = at + 1;
    if (at + 1 >= rtf.len || rtf.bytes[at] != '\\' || !is_letter(rtf.bytes[end]))
        return false;
    while (end < rtf.len && is_letter(rtf.bytes[end]))
        end++;
    *out = (struct control){.name = slice_range(rtf, at + 1, end)};
    bool negative = end + 1 < rtf.len && rtf.bytes[end] == '-' && is_digit(rtf.bytes[end + 1]);
    for (end += negative; digit_at(rtf, end); end++) {
        out->has_number = true;
        if (out->number < MAX_NUMBER)
            out->number = out->number * 10 + (rtf.bytes[end] - '0');
    }
    out->number = negative ? -out->number : out->number;
    out->end = end < rtf.len && rtf.bytes[end] == ' ' ? end + 1 : end;
    return true;
}

/* Behind the data that \bin announces, or behind the control word. */
static size_t behind(const struct control *control, struct slice rtf)
{
    bool is_data = slice_equal(control->name, SLICE("bin")) && control->number > 0;
    size_t end = control->end + (is_data ? (size_t)control->number : 0);
    return end < rtf.len ? end : rtf.len;
}

/* Whether the group that begins at `at` holds what is not to be shown: its first control words say so. */
static bool is_left_out(struct slice rtf, size_t at)
{
    struct control control;
    for (size_t i = at + 1; control_at(&control, rtf, i); i = control.end) {
        bool is_off = control.has_number && control.number == 0;
        if (!is_off && (slice_equal(control.name, SLICE("deleted")) || slice_equal(control.name, SLICE("v"))))
            return true;
    }
    return false;
}

/* Behind the group that begins at `at`. */
static size_t skip_group(struct slice rtf, size_t at)
{
    size_t depth = 0;
    struct control control;
    while (at < rtf.len) {
        if (control_at(&control, rtf, at)) {
            at = behind(&control, rtf);
            continue;
        }
        depth += rtf.bytes[at] == '{';
        depth -= rtf.bytes[at] == '}' && depth > 0;
        at += rtf.bytes[at] == '\\' ? 2 : 1;
        if (depth == 0)
            break;
    }
    return at < rtf.len ? at : rtf.len;
}

/* Write a character given by its number, and the stand-in behind it by its code. Returns what is behind both. */
static size_t add_character(struct buffer *out, struct slice rtf, const struct control *control, long stand_ins)
{
    size_t at = control->end;
    buffer_printf(out, "\\u%ld", control->number < 0 ? control->number + LAST_CODE_POINT_16 : control->number);
    if (stand_ins == 0 || at >= rtf.len) {
        buffer_add_string(out, "\\'3f");
        return at;
    }
    char next = rtf.bytes[at];
    if (next == '\\' || next == '{' || next == '}' || next == '\r' || next == '\n')
        return at;
    buffer_printf(out, "\\'%02x", (unsigned char)next);
    return at + 1;
}

/* RTF is ASCII by its standard; not all that write it keep to that. */
static size_t add_beyond_ascii(struct buffer *out, struct slice rtf, size_t at)
{
    size_t size;
    int32_t code_point = utf8_decode(rtf, at, &size);
    if (size > 1)
        buffer_printf(out, "\\u%ld\\'3f", (long)code_point);
    else
        buffer_printf(out, "\\'%02x", (unsigned char)rtf.bytes[at]);
    return at + size;
}

/* What is left out leaves an empty group: the control word before it must not run into the text behind it. */
static const char nothing[] = "{}";

static size_t add_control(struct buffer *out, struct slice rtf, size_t at, const struct control *control,
                          long *stand_ins)
{
    if (slice_equal(control->name, SLICE("u")) && control->has_number)
        return add_character(out, rtf, control, *stand_ins);
    size_t end = behind(control, rtf);
    if (slice_equal(control->name, SLICE("uc"))) {
        *stand_ins = control->number;
        buffer_add_string(out, nothing);
    } else if (slice_equal(control->name, SLICE("bin"))) {
        buffer_add_string(out, nothing);
    } else {
        buffer_add_slice(out, slice_range(rtf, at, end));
    }
    return end;
}

void rtf_prepare(struct buffer *out, struct slice rtf)
{
    struct control control;
    long stand_ins = 1;
    for (size_t at = 0, next; at < rtf.len; at = next) {
        next = at + 1;
        if ((unsigned char)rtf.bytes[at] >= 0x80) {
            next = add_beyond_ascii(out, rtf, at);
        } else if (rtf.bytes[at] == '{' && is_left_out(rtf, at)) {
            next = skip_group(rtf, at);
            buffer_add_string(out, nothing);
        } else if (control_at(&control, rtf, at)) {
            next = add_control(out, rtf, at, &control, &stand_ins);
        } else if (slice_starts(slice_skip(rtf, at), SLICE("\\_"))) {
            buffer_add_byte(out, '-'); /* one that does not break, which unrtf drops */
            next++;
        } else {
            next += rtf.bytes[at] == '\\' && next < rtf.len;
            buffer_add_slice(out, slice_range(rtf, at, next));
        }
    }
}

static void take_html(struct reading *out, struct slice html)
{
    struct buffer clean = {0}, body = {0};
    struct flow flow;
    utf8_add_clean(&clean, html);
    flow_begin(&flow, &body);
    if (!html_flow(&flow, buffer_get(&clean), NULL))
        reading_stop(out, REASON_DAMAGED, _("this RTF document is nested too deep"));
    flow_take(&out->text, &body);
    buffer_free(&clean);
    buffer_free(&body);
}

void read_rtf(struct reading *out, struct slice bytes)
{
    static const char *const command[] = {"unrtf", "--html", "--nopict", "--quiet", NULL};
    static const struct helper helper = {command, "unrtf", "password"};
    struct child_result result = {0};
    struct buffer prepared = {0};
    rtf_prepare(&prepared, bytes);
    if (helper_run(out, &result, &helper, buffer_get(&prepared)))
        take_html(out, buffer_get(&result.output));
    child_result_free(&result);
    buffer_free(&prepared);
}

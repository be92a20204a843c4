#include "base/json_reader.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/utf8.h"
#include "base/words.h"

struct json_scan {
    struct arena *arena;
    struct slice text;
    size_t at;
    const char *why; /* NULL: so far it is JSON */
    struct json_value *open[JSON_DEPTH_MOST];
    size_t depth;
};

static bool refuse(struct json_scan *scan, const char *why)
{
    if (!scan->why)
        scan->why = why;
    return false;
}

static char byte_at(const struct json_scan *scan, size_t at)
{
    return at < scan->text.len ? scan->text.bytes[at] : '\0';
}

static void skip_blanks(struct json_scan *scan)
{
    while (scan->at < scan->text.len && memchr(" \n\t\r", scan->text.bytes[scan->at], 4))
        scan->at++;
}

/* --- strings ------------------------------------------------------------------------------------------------------ */

/* Four hexadecimal digits; -1 when there are none. */
static int32_t read_unit(const struct json_scan *scan, size_t at)
{
    int32_t unit = 0;
    for (size_t i = at; i < at + 4; i++) {
        char byte = byte_at(scan, i);
        char letter = (char)(byte | 0x20);
        if (!is_digit(byte) && (letter < 'a' || letter > 'f'))
            return -1;
        unit = unit * 16 + (is_digit(byte) ? byte - '0' : letter - 'a' + 10);
    }
    return unit;
}

/* What stands after \u, a pair of surrogates as one; scan->at goes behind it. */
static bool add_unicode(struct json_scan *scan, struct buffer *out)
{
    enum { HIGH = 0xD800, LOW = 0xDC00, AFTER = 0xE000, UNIT_BYTES = 4, PAIRED = 0x10000 };
    int32_t unit = read_unit(scan, scan->at);
    scan->at += UNIT_BYTES;
    if (unit >= HIGH && unit < LOW && byte_at(scan, scan->at) == '\\' && byte_at(scan, scan->at + 1) == 'u') {
        int32_t second = read_unit(scan, scan->at + 2);
        scan->at += 2 + UNIT_BYTES;
        unit = second >= LOW && second < AFTER ? PAIRED + ((unit - HIGH) << 10) + (second - LOW) : -1;
    }
    if (unit <= 0 || (unit >= HIGH && unit < AFTER))
        return refuse(scan, N_("\\u without a character"));
    utf8_add(out, unit);
    return true;
}

static bool add_escape(struct json_scan *scan, struct buffer *out)
{
    static const char escapes[] = "\"\\/bfnrt";
    static const char meant[] = "\"\\/\b\f\n\r\t";
    char byte = byte_at(scan, scan->at++);
    if (byte == 'u')
        return add_unicode(scan, out);
    const char *found = byte ? strchr(escapes, byte) : NULL;
    if (!found)
        return refuse(scan, N_("an escape that JSON does not know"));
    buffer_add_byte(out, meant[found - escapes]);
    return true;
}

/* Where the run of plain characters ends; *ascii turns false when some are not. */
static size_t plain_end(const struct json_scan *scan, size_t at, bool *ascii)
{
    for (; at < scan->text.len; at++) {
        unsigned char byte = (unsigned char)scan->text.bytes[at];
        if (byte < 0x20 || byte == '"' || byte == '\\')
            break;
        *ascii &= byte < 0x80;
    }
    return at;
}

/* A string with escapes, of which the first `plain` bytes have none. */
static bool unescape(struct json_scan *scan, struct slice *out, struct slice plain, bool *ascii)
{
    struct buffer text = {0};
    buffer_add_slice(&text, plain);
    while (byte_at(scan, scan->at) == '\\') {
        scan->at++;
        if (!add_escape(scan, &text))
            break;
        size_t end = plain_end(scan, scan->at, ascii);
        buffer_add_slice(&text, slice_range(scan->text, scan->at, end));
        scan->at = end;
    }
    *out = arena_copy(scan->arena, buffer_get(&text));
    buffer_free(&text);
    return !scan->why;
}

static bool read_string(struct json_scan *scan, struct slice *out)
{
    bool ascii = true;
    size_t start = ++scan->at;
    scan->at = plain_end(scan, start, &ascii);
    *out = slice_range(scan->text, start, scan->at);
    if (byte_at(scan, scan->at) == '\\' && !unescape(scan, out, *out, &ascii))
        return false;
    if (scan->at >= scan->text.len)
        return refuse(scan, N_("a string that does not end"));
    if (scan->text.bytes[scan->at] != '"')
        return refuse(scan, N_("a control character in a string"));
    if (!ascii && !utf8_is_valid(*out))
        return refuse(scan, N_("text that is not UTF-8"));
    scan->at++;
    return true;
}

/* --- numbers and words -------------------------------------------------------------------------------------------- */

static size_t digits_end(const struct json_scan *scan, size_t at)
{
    while (is_digit(byte_at(scan, at)))
        at++;
    return at;
}

/* Where the number ends; 0 when it is none. */
static size_t number_end(const struct json_scan *scan, size_t at, bool *whole)
{
    at += byte_at(scan, at) == '-';
    size_t end = byte_at(scan, at) == '0' ? at + 1 : digits_end(scan, at);
    if (end == at)
        return 0;
    *whole = true;
    if (byte_at(scan, end) == '.') {
        at = end + 1;
        end = digits_end(scan, at);
        *whole = false;
    }
    if (end > at && (byte_at(scan, end) | 0x20) == 'e') {
        at = end + 1;
        at += byte_at(scan, at) == '-' || byte_at(scan, at) == '+';
        end = digits_end(scan, at);
        *whole = false;
    }
    return end > at ? end : 0;
}

static bool read_number(struct json_scan *scan, struct json_value *value)
{
    bool whole = true;
    size_t end = number_end(scan, scan->at, &whole);
    if (end == 0)
        return refuse(scan, N_("neither a value nor the end of a list"));
    char *digits = arena_string(scan->arena, slice_range(scan->text, scan->at, end));
    errno = 0;
    *value = (struct json_value){.name = value->name, .kind = JSON_INTEGER, .integer = strtoll(digits, NULL, 10)};
    if (!whole || errno == ERANGE)
        *value = (struct json_value){.name = value->name, .kind = JSON_REAL, .real = strtod(digits, NULL)};
    if (value->kind == JSON_REAL && !isfinite(value->real))
        return refuse(scan, N_("a number that is too large"));
    scan->at = end;
    return true;
}

static bool read_word(struct json_scan *scan, struct json_value *value, struct slice word, enum json_kind kind)
{
    if (!slice_starts(slice_skip(scan->text, scan->at), word))
        return refuse(scan, N_("neither a value nor the end of a list"));
    value->kind = kind;
    scan->at += word.len;
    return true;
}

/* --- the tree ----------------------------------------------------------------------------------------------------- */

static int by_name(const void *a, const void *b)
{
    return slice_compare((*(struct json_value *const *)a)->name, (*(struct json_value *const *)b)->name);
}

/* Whether a name comes twice. Few are compared each with each; many are sorted, so that no object is slow to read. */
static bool has_twice(struct json_scan *scan, const struct json_value *object)
{
    enum { FEW = 48 };
    size_t count = 0;
    for (const struct json_value *one = object->first; one; one = one->next)
        count++;
    if (count <= FEW) {
        for (const struct json_value *one = object->first; one; one = one->next)
            for (const struct json_value *other = one->next; other; other = other->next)
                if (slice_equal(one->name, other->name))
                    return true;
        return false;
    }
    struct json_value **sorted = arena_alloc(scan->arena, count * sizeof *sorted);
    count = 0;
    for (struct json_value *one = object->first; one; one = one->next)
        sorted[count++] = one;
    qsort(sorted, count, sizeof *sorted, by_name);
    for (size_t i = 1; i < count; i++)
        if (slice_equal(sorted[i]->name, sorted[i - 1]->name))
            return true;
    return false;
}

static bool open_value(struct json_scan *scan, struct json_value *value, enum json_kind kind)
{
    if (scan->depth == JSON_DEPTH_MOST)
        return refuse(scan, N_("too many lists within lists"));
    value->kind = kind;
    scan->open[scan->depth++] = value;
    scan->at++;
    return true;
}

static bool read_value(struct json_scan *scan, struct json_value *value)
{
    switch (byte_at(scan, scan->at)) {
    case '{':
        return open_value(scan, value, JSON_OBJECT);
    case '[':
        return open_value(scan, value, JSON_ARRAY);
    case '"':
        value->kind = JSON_STRING;
        return read_string(scan, &value->string);
    case 't':
        return read_word(scan, value, SLICE("true"), JSON_TRUE);
    case 'f':
        return read_word(scan, value, SLICE("false"), JSON_FALSE);
    case 'n':
        return read_word(scan, value, SLICE("null"), JSON_NULL);
    default:
        return read_number(scan, value);
    }
}

static void append(struct json_value *parent, struct json_value *value)
{
    if (parent->last)
        parent->last->next = value;
    else
        parent->first = value;
    parent->last = value;
}

static bool read_name(struct json_scan *scan, struct json_value *value)
{
    if (byte_at(scan, scan->at) != '"')
        return refuse(scan, N_("no name where a member begins"));
    if (!read_string(scan, &value->name))
        return false;
    skip_blanks(scan);
    if (byte_at(scan, scan->at) != ':')
        return refuse(scan, N_("no colon after a name"));
    scan->at++;
    skip_blanks(scan);
    return true;
}

/* The next item or member of what is open, or its end. */
static bool read_step(struct json_scan *scan)
{
    struct json_value *parent = scan->open[scan->depth - 1];
    char end = parent->kind == JSON_OBJECT ? '}' : ']';
    skip_blanks(scan);
    if (byte_at(scan, scan->at) == end) {
        scan->at++;
        scan->depth--;
        return parent->kind != JSON_OBJECT || !has_twice(scan, parent) || refuse(scan, N_("a name twice in an object"));
    }
    if (parent->last) {
        if (byte_at(scan, scan->at) != ',')
            return refuse(scan, N_("no comma between two values"));
        scan->at++;
        skip_blanks(scan);
    }
    struct json_value *value = arena_alloc(scan->arena, sizeof *value);
    if (parent->kind == JSON_OBJECT && !read_name(scan, value))
        return false;
    append(parent, value);
    return read_value(scan, value);
}

static enum delib_status fail(const struct json_scan *scan, struct delib_error *error)
{
    size_t line = 1;
    size_t column = 1;
    for (size_t i = 0; i < scan->at && i < scan->text.len; i++) {
        bool is_end = scan->text.bytes[i] == '\n';
        line += is_end;
        column = is_end ? 1 : column + 1;
    }
    return delib_fail(error, DELIB_INVALID, _("not JSON: %s (line %zu, column %zu)"), _(scan->why), line, column);
}

enum delib_status json_read(struct json_value **out, struct arena *arena, struct slice text, struct delib_error *error)
{
    struct json_scan scan;
    scan.arena = arena;
    scan.text = text;
    scan.at = 0;
    scan.why = NULL;
    scan.depth = 0;
    *out = arena_alloc(arena, sizeof **out);
    skip_blanks(&scan);
    char first = byte_at(&scan, scan.at);
    bool good = first == '{' || first == '[' ? read_value(&scan, *out) : refuse(&scan, N_("no object and no list"));
    while (good && scan.depth > 0)
        good = read_step(&scan);
    skip_blanks(&scan);
    if (good && scan.at < text.len)
        good = refuse(&scan, N_("something after the end"));
    return good ? DELIB_OK : fail(&scan, error);
}

const struct json_value *json_member(const struct json_value *object, const char *name)
{
    struct slice wanted = slice_of(name);
    if (!object || object->kind != JSON_OBJECT)
        return NULL;
    for (const struct json_value *member = object->first; member; member = member->next)
        if (slice_equal(member->name, wanted))
            return member;
    return NULL;
}

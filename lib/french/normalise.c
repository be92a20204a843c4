#include "french/normalise.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/memory.h"
#include "base/utf8.h"

enum {
    MAX_MARKS = 8,          /* combining marks after one letter; more is no text */
    MIN_SPACED_CAPITALS = 4 /* « A B C » may be a list; « S E A N C E » is a heading */
};

static void make_room(struct normal_text *out, size_t count)
{
    if (out->text.len + count + 1 > out->origin_capacity) {
        out->origin_capacity = (out->text.len + count + 1) * 2;
        out->origin = memory_resize(out->origin, out->origin_capacity, sizeof *out->origin);
    }
    buffer_reserve(&out->text, count);
}

/* The bytes of one character. */
static void add_bytes(struct normal_text *out, const char *bytes, size_t count, size_t origin)
{
    make_room(out, count);
    for (size_t i = 0; i < count; i++) {
        out->origin[out->text.len] = (uint32_t)origin;
        out->text.bytes[out->text.len++] = bytes[i];
    }
}

static void add_byte(struct normal_text *out, char byte, size_t origin)
{
    add_bytes(out, &byte, 1, origin);
}

static void add_code_point(struct normal_text *out, int32_t code_point, size_t origin)
{
    char bytes[UTF8_MAX_BYTES];
    add_bytes(out, bytes, utf8_encode(code_point, bytes), origin);
}

/* Letters whose folding Unicode's decomposition does not give; 0 when it does. */
static const char *special_folding(int32_t code_point)
{
    switch (code_point) {
    case 0x152: /* Œ */
    case 0x153:
        return "oe";
    case 0xC6: /* Æ */
    case 0xE6:
        return "ae";
    case 0xD8: /* Ø */
    case 0xF8:
        return "o";
    case 0x141: /* Ł */
    case 0x142:
        return "l";
    case 0xBA: /* º, as in « nº » */
        return "\xC2\xB0";
    case 0x2022: /* • */
    case 0x2027:
        return "\xC2\xB7";
    case 0x2010: /* hyphens that are not '-' */
    case 0x2011:
        return "-";
    default:
        return NULL;
    }
}

/* Where nearly all folding happens: the letters of À to ÿ that lose an accent; '-' for the others. */
enum { FIRST_LATIN = 0xC0, LAST_LATIN = 0xFF };
static const char latin_folding[] = "aaaaaa-ceeeeiiii-nooooo-ouuuuy--aaaaaa-ceeeeiiii-nooooo-ouuuuy-y";

static void add_folded(struct normal_text *out, int32_t code_point, size_t origin)
{
    enum { LONGEST_DECOMPOSITION = 20 };
    int32_t parts[LONGEST_DECOMPOSITION];
    int boundary = 0;
    char plain = code_point >= FIRST_LATIN && code_point <= LAST_LATIN ? latin_folding[code_point - FIRST_LATIN] : '-';
    if (plain != '-') {
        add_byte(out, plain, origin);
        return;
    }
    const char *special = special_folding(code_point);
    if (special) {
        struct slice text = slice_of(special);
        for (size_t at = 0, size; at < text.len; at += size)
            add_code_point(out, utf8_decode(text, at, &size), origin);
        return;
    }
    if (code_point == 0xB0 || code_point == 0xB7) { /* ° and · stay what they are */
        add_code_point(out, code_point, origin);
        return;
    }
    utf8proc_ssize_t count = utf8proc_decompose_char(
        code_point, parts, LONGEST_DECOMPOSITION, UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD, &boundary);
    for (utf8proc_ssize_t i = 0; i < count && i < LONGEST_DECOMPOSITION; i++)
        if (!utf8_is_mark(parts[i]))
            add_code_point(out, utf8_is_space(parts[i]) ? ' ' : parts[i], origin);
}

/* A letter and the combining marks after it as one code point where there is one. Returns the bytes taken. */
static size_t add_composed(struct normal_text *out, struct slice original, size_t at)
{
    int32_t points[MAX_MARKS + 1];
    size_t size;
    utf8proc_ssize_t count = 0;
    size_t end = at;
    do {
        points[count++] = utf8_decode(original, end, &size);
        end += size;
    } while (count <= MAX_MARKS && end < original.len && utf8_is_mark(utf8_decode(original, end, &size)));
    if (count > 1 || points[0] >= 0x300)
        count = utf8proc_normalize_utf32(points, count, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    for (utf8proc_ssize_t i = 0; i < count; i++)
        add_code_point(out, points[i], at);
    return end - at;
}

static bool is_apostrophe(int32_t code_point)
{
    return code_point == 0x2019 || code_point == 0x2018 || code_point == 0x2BC || code_point == 0xB4 ||
           code_point == 0x2032 || code_point == 0xFF07;
}

static bool is_invisible(int32_t code_point)
{
    return code_point == 0xAD || (code_point >= 0x200B && code_point <= 0x200D) || code_point == 0xFEFF ||
           code_point == 0x2060;
}

static bool is_capital_at(struct slice text, size_t at, size_t *size)
{
    return at < text.len && utf8_is_upper(utf8_decode(text, at, size));
}

/* A single blank, not a line end: its size; 0 otherwise. */
static size_t single_blank(struct slice text, size_t at)
{
    size_t size;
    size_t next;
    if (at >= text.len)
        return 0;
    int32_t code_point = utf8_decode(text, at, &size);
    if (code_point != ' ' && code_point != 0xA0)
        return 0;
    return at + size < text.len && utf8_is_space(utf8_decode(text, at + size, &next)) ? 0 : size;
}

static bool is_word_at(struct slice text, size_t at)
{
    size_t size;
    if (at >= text.len)
        return false;
    int32_t code_point = utf8_decode(text, at, &size);
    return utf8_is_letter(code_point) || utf8_is_digit(code_point);
}

/* End of a run of capitals with one blank between (« S E A N C E ») that begins at `at`; `at` when there is none. */
static size_t spaced_capitals_end(struct slice text, size_t at)
{
    size_t count = 0;
    size_t end = at;
    size_t size;
    for (size_t next = at; is_capital_at(text, next, &size);) {
        size_t after = next + size;
        size_t blank = single_blank(text, after);
        if (is_word_at(text, after))
            break;
        end = after;
        count++;
        if (blank == 0)
            break;
        next = after + blank;
    }
    return count >= MIN_SPACED_CAPITALS ? end : at;
}

/* A hyphen at a line end in a word that goes on in small letters: where it goes on; `at` when it is no such hyphen. */
static size_t joined_line(struct slice text, size_t at, bool after_letter)
{
    size_t size;
    size_t next = at + 1;
    bool line_end = false;
    if (!after_letter)
        return at;
    for (; next < text.len && utf8_is_space(utf8_decode(text, next, &size)); next += size) {
        if (text.bytes[next] == '\f' || (line_end && text.bytes[next] == '\n'))
            return at;
        line_end |= text.bytes[next] == '\n';
    }
    return line_end && next < text.len && utf8_is_lower(utf8_decode(text, next, &size)) ? next : at;
}

struct scan {
    struct slice original;
    unsigned flags;
    bool after_letter; /* what was added last is a letter or digit */
};

/* Add what stands at `at`; returns the bytes taken. */
static size_t add_at(struct normal_text *out, struct scan *scan, size_t at)
{
    size_t size;
    int32_t code_point = utf8_decode(scan->original, at, &size);
    if (code_point == '\r' || is_invisible(code_point))
        return size;
    if (code_point == '-' && (scan->flags & NORMALISE_JOIN_LINES)) {
        size_t next = joined_line(scan->original, at, scan->after_letter);
        if (next > at)
            return next - at;
    }
    if (code_point == '\n' || code_point == '\f')
        add_code_point(out, code_point, at);
    else if (utf8_is_space(code_point))
        add_code_point(out, ' ', at);
    else if (is_apostrophe(code_point))
        add_code_point(out, '\'', at);
    else if (!(scan->flags & NORMALISE_FOLD)) {
        scan->after_letter = utf8_is_letter(code_point);
        return add_composed(out, scan->original, at);
    } else if (!utf8_is_mark(code_point))
        add_folded(out, code_point, at);
    else
        return size;
    scan->after_letter = utf8_is_letter(code_point) || utf8_is_digit(code_point);
    return size;
}

static size_t add_spaced_capitals(struct normal_text *out, struct scan *scan, size_t at, size_t end)
{
    size_t start = at;
    while (at < end) {
        if (single_blank(scan->original, at) > 0)
            at += single_blank(scan->original, at);
        else
            at += add_at(out, scan, at);
    }
    return end - start;
}

/* The common case by far: a character that takes one byte in the end and hangs on nothing around it. */
enum plain { NOT_PLAIN = '.', PLAIN_SIGN = ' ', PLAIN_SMALL = 'a', PLAIN_CAPITAL = 'A' }; /* a figure counts as small */

/* Of each byte of ASCII. A hyphen may be one at a line end. */
static const char plain_bytes[] = ".......... ....."
                                  "................"
                                  "             .  " /* blank to slash */
                                  "aaaaaaaaaa      "
                                  " AAAAAAAAAAAAAAA"
                                  "AAAAAAAAAAA     "
                                  " aaaaaaaaaaaaaaa"
                                  "aaaaaaaaaaa    .";

struct plain_character {
    enum plain kind;
    char folded;
    size_t size; /* bytes that it takes in the text */
};

static struct plain_character plain_at(struct slice text, size_t at, unsigned flags)
{
    unsigned char byte = (unsigned char)text.bytes[at];
    if (byte < 0x80) {
        enum plain kind = (enum plain)plain_bytes[byte];
        bool lower = kind == PLAIN_CAPITAL && (flags & NORMALISE_FOLD);
        return (struct plain_character){kind, (char)(lower ? byte + ('a' - 'A') : byte), 1};
    }
    unsigned char next = at + 1 < text.len ? (unsigned char)text.bytes[at + 1] : '\0';
    bool is_latin = byte == 0xC3 && (next & 0xC0) == 0x80 && (flags & NORMALISE_FOLD); /* À to ÿ */
    char folded = is_latin ? latin_folding[next & 0x3F] : '-';
    enum plain kind = folded == '-' ? NOT_PLAIN : (next & 0x3F) < 0x20 ? PLAIN_CAPITAL : PLAIN_SMALL;
    return (struct plain_character){kind, folded, 2};
}

/* Whether what stands at `next` may change what the character before it becomes: a combining mark, or, where spaced
 * capitals may begin, a blank. */
static bool may_change(struct slice text, size_t next, bool may_be_spaced)
{
    unsigned char byte = next < text.len ? (unsigned char)text.bytes[next] : '\0';
    return byte >= 0xCC || (may_be_spaced && (byte == ' ' || byte == 0xC2));
}

/* Add the plain characters that follow one another from `at` on; returns where they end. */
static size_t add_run(struct normal_text *out, struct scan *scan, size_t at)
{
    struct slice text = scan->original;
    make_room(out, text.len - at);
    while (at < text.len) {
        struct plain_character plain = plain_at(text, at, scan->flags);
        if (plain.kind == NOT_PLAIN ||
            may_change(text, at + plain.size, plain.kind == PLAIN_CAPITAL && !scan->after_letter))
            break;
        out->origin[out->text.len] = (uint32_t)at;
        out->text.bytes[out->text.len++] = plain.folded;
        scan->after_letter = plain.kind != PLAIN_SIGN;
        at += plain.size;
    }
    return at;
}

void normalise(struct normal_text *out, struct slice original, unsigned flags)
{
    struct scan scan = {.original = original, .flags = flags};
    buffer_clear(&out->text);
    buffer_reserve(&out->text, original.len + 1);
    for (size_t at = 0; at < original.len;) {
        at = add_run(out, &scan, at);
        if (at == original.len)
            break;
        unsigned char byte = (unsigned char)original.bytes[at];
        bool may_be_spaced =
            !scan.after_letter && at + 1 < original.len && single_blank(original, at + 1 + (byte >= 0xC3)) > 0;
        size_t end = may_be_spaced ? spaced_capitals_end(original, at) : at;
        at += end > at ? add_spaced_capitals(out, &scan, at, end) : add_at(out, &scan, at);
    }
    add_byte(out, '\n', original.len); /* makes room for the last origin; taken off again */
    out->text.bytes[--out->text.len] = '\0';
}

void normal_text_free(struct normal_text *text)
{
    buffer_free(&text->text);
    free(text->origin);
    *text = (struct normal_text){0};
}

struct slice normal_text_origin(const struct normal_text *text, struct slice original, size_t from, size_t to)
{
    return slice_range(original, text->origin[from], text->origin[to]);
}

void fold(struct buffer *out, struct slice text)
{
    struct normal_text folded = {0};
    normalise(&folded, text, NORMALISE_FOLD);
    buffer_add_slice(out, buffer_get(&folded.text));
    normal_text_free(&folded);
}

void fold_words(struct buffer *out, struct slice text)
{
    struct buffer folded = {0};
    bool is_behind_word = false;
    bool has_word = false;
    fold(&folded, text);
    for (size_t i = 0; i < folded.len; i++) {
        char byte = folded.bytes[i];
        bool word = is_folded_word_byte(byte);
        if (word && has_word && !is_behind_word)
            buffer_add_byte(out, ' ');
        if (word)
            buffer_add_byte(out, byte);
        has_word |= word;
        is_behind_word = word;
    }
    buffer_free(&folded);
}

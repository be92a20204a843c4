#include "charset.h"

#include <stdint.h>
#include <strings.h>

#include "base/utf8.h"

enum {
    SNIFF_BYTES = 64 * 1024,       /* enough text to tell its encoding by */
    DECLARATION_BYTES = 2048,      /* HTML wants its declaration within 1024; word processors write more before it */
    BINARY_ONE_IN = 100,           /* text has next to no control characters, binary files one in ten and more */
    NEARLY_UTF8_GOOD_PER_BAD = 10, /* valid sequences for each bad byte: 8-bit text has hardly a valid one */
    DOUBLED_MIN = 3,               /* doubly encoded letters; fewer may be a text that speaks of them */
    DOUBLED_MIN_PERCENT = 90       /* of all that is not ASCII; the rest came in at another place */
};

/* An 8-bit encoding: the code points of the bytes from 0x80, which differ from Latin 1 only as said here. */
struct charset {
    const char *name;
    uint16_t (*decode)(unsigned char byte);
};

static uint16_t decode_windows_1252(unsigned char byte)
{
    static const uint16_t from_0x80[] = {0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                         0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD,
                                         0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                         0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178};
    return byte >= 0x80 && byte < 0xA0 ? from_0x80[byte - 0x80] : byte;
}

static uint16_t decode_iso_8859_15(unsigned char byte)
{
    switch (byte) {
    case 0xA4:
        return 0x20AC; /* € */
    case 0xA6:
        return 0x0160;
    case 0xA8:
        return 0x0161;
    case 0xB4:
        return 0x017D;
    case 0xB8:
        return 0x017E;
    case 0xBC:
        return 0x0152; /* Œ */
    case 0xBD:
        return 0x0153; /* œ */
    case 0xBE:
        return 0x0178; /* Ÿ */
    default:
        return byte;
    }
}

static uint16_t decode_mac_roman(unsigned char byte)
{
    static const uint16_t from_0x80[] = {
        0x00C4, 0x00C5, 0x00C7, 0x00C9, 0x00D1, 0x00D6, 0x00DC, 0x00E1, 0x00E0, 0x00E2, 0x00E4, 0x00E3, 0x00E5,
        0x00E7, 0x00E9, 0x00E8, 0x00EA, 0x00EB, 0x00ED, 0x00EC, 0x00EE, 0x00EF, 0x00F1, 0x00F3, 0x00F2, 0x00F4,
        0x00F6, 0x00F5, 0x00FA, 0x00F9, 0x00FB, 0x00FC, 0x2020, 0x00B0, 0x00A2, 0x00A3, 0x00A7, 0x2022, 0x00B6,
        0x00DF, 0x00AE, 0x00A9, 0x2122, 0x00B4, 0x00A8, 0x2260, 0x00C6, 0x00D8, 0x221E, 0x00B1, 0x2264, 0x2265,
        0x00A5, 0x00B5, 0x2202, 0x2211, 0x220F, 0x03C0, 0x222B, 0x00AA, 0x00BA, 0x03A9, 0x00E6, 0x00F8, 0x00BF,
        0x00A1, 0x00AC, 0x221A, 0x0192, 0x2248, 0x2206, 0x00AB, 0x00BB, 0x2026, 0x00A0, 0x00C0, 0x00C3, 0x00D5,
        0x0152, 0x0153, 0x2013, 0x2014, 0x201C, 0x201D, 0x2018, 0x2019, 0x00F7, 0x25CA, 0x00FF, 0x0178, 0x2044,
        0x20AC, 0x2039, 0x203A, 0xFB01, 0xFB02, 0x2021, 0x00B7, 0x201A, 0x201E, 0x2030, 0x00C2, 0x00CA, 0x00C1,
        0x00CB, 0x00C8, 0x00CD, 0x00CE, 0x00CF, 0x00CC, 0x00D3, 0x00D4, 0xF8FF, 0x00D2, 0x00DA, 0x00DB, 0x00D9,
        0x0131, 0x02C6, 0x02DC, 0x00AF, 0x02D8, 0x02D9, 0x02DA, 0x00B8, 0x02DD, 0x02DB, 0x02C7};
    return byte >= 0x80 ? from_0x80[byte - 0x80] : byte;
}

/* The likeliest first: it wins a draw. */
static const struct charset charsets[] = {
    {"WINDOWS-1252", decode_windows_1252},
    {"ISO-8859-15", decode_iso_8859_15},
    {"MACINTOSH", decode_mac_roman},
};
enum { CHARSET_COUNT = sizeof charsets / sizeof *charsets };

/* What documents call them. Latin 1 is read as Windows-1252, as browsers do. */
static const struct {
    const char *label;
    const struct charset *charset;
} labels[] = {
    {"windows-1252", &charsets[0]}, {"cp1252", &charsets[0]},      {"iso-8859-1", &charsets[0]},
    {"iso8859-1", &charsets[0]},    {"latin1", &charsets[0]},      {"us-ascii", &charsets[0]},
    {"iso-8859-15", &charsets[1]},  {"iso8859-15", &charsets[1]},  {"latin9", &charsets[1]},
    {"macintosh", &charsets[2]},    {"x-mac-roman", &charsets[2]},
};

enum byte_order { NOT_UTF16, LITTLE_ENDIAN_16, BIG_ENDIAN_16 };

/* UTF-16 by its byte order mark, or because every other byte of Latin text is 0 then. */
static enum byte_order utf16_order(struct slice bytes)
{
    if (slice_starts(bytes, SLICE("\xFF\xFE")))
        return LITTLE_ENDIAN_16;
    if (slice_starts(bytes, SLICE("\xFE\xFF")))
        return BIG_ENDIAN_16;
    size_t zeros[2] = {0};
    size_t len = bytes.len < SNIFF_BYTES ? bytes.len & ~(size_t)1 : SNIFF_BYTES;
    for (size_t i = 0; i < len; i++)
        zeros[i % 2] += bytes.bytes[i] == '\0';
    if (len < 4 || zeros[0] + zeros[1] < len / 4)
        return NOT_UTF16;
    if (zeros[0] == 0)
        return LITTLE_ENDIAN_16;
    return zeros[1] == 0 ? BIG_ENDIAN_16 : NOT_UTF16;
}

static int32_t utf16_unit(struct slice bytes, size_t at, enum byte_order order)
{
    unsigned char first = (unsigned char)bytes.bytes[at], second = (unsigned char)bytes.bytes[at + 1];
    return order == BIG_ENDIAN_16 ? first << 8 | second : second << 8 | first;
}

static void decode_utf16(struct buffer *out, struct slice bytes, enum byte_order order)
{
    for (size_t i = 0; i + 1 < bytes.len; i += 2) {
        int32_t code_point = utf16_unit(bytes, i, order);
        if (i == 0 && code_point == 0xFEFF)
            continue;
        if (code_point >= 0xD800 && code_point < 0xE000) {
            int32_t low = code_point < 0xDC00 && i + 3 < bytes.len ? utf16_unit(bytes, i + 2, order) : 0;
            bool pair = low >= 0xDC00 && low < 0xE000;
            code_point = pair ? 0x10000 + ((code_point - 0xD800) << 10) + (low - 0xDC00) : UTF8_REPLACEMENT;
            i += pair ? 2 : 0;
        }
        utf8_add(out, code_point);
    }
}

static void decode_8_bit(struct buffer *out, struct slice bytes, const struct charset *charset)
{
    buffer_reserve(out, bytes.len + bytes.len / 8);
    for (size_t i = 0; i < bytes.len; i++)
        utf8_add(out, charset->decode((unsigned char)bytes.bytes[i]));
}

/* Valid UTF-8, or broken in so few places that nothing else can be meant (a text cut in the middle of a letter). */
static bool is_utf8(struct slice bytes)
{
    size_t good = 0, bad = 0;
    for (size_t i = 0, size; i < bytes.len; i += size) {
        size = 1;
        if ((unsigned char)bytes.bytes[i] < 0x80)
            continue;
        utf8_decode(bytes, i, &size);
        good += size > 1;
        bad += size == 1;
    }
    return bad == 0 || good / NEARLY_UTF8_GOOD_PER_BAD >= bad;
}

static bool is_label_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

/* The label in `charset=…` of a <meta> or `encoding=…` of an XML declaration; empty when there is none. */
static struct slice declared_label(struct slice bytes)
{
    struct slice top = slice_range(bytes, 0, DECLARATION_BYTES);
    bool xml = slice_starts(slice_trim(top), SLICE("<?xml"));
    struct slice key = xml ? SLICE("encoding=") : SLICE("charset=");
    size_t at = slice_find(top, key);
    bool in_tag = xml || slice_find(top, SLICE("<meta")) < at || slice_find(top, SLICE("<META")) < at;
    if (at == SLICE_NONE || !in_tag)
        return (struct slice){0};
    size_t from = at + key.len;
    while (from < top.len && (top.bytes[from] == '"' || top.bytes[from] == '\'' || top.bytes[from] == ' '))
        from++;
    size_t to = from;
    while (to < top.len && is_label_byte(top.bytes[to]))
        to++;
    return slice_range(top, from, to);
}

static const struct charset *declared_charset(struct slice bytes)
{
    struct slice label = declared_label(bytes);
    for (size_t i = 0; label.len > 0 && i < sizeof labels / sizeof *labels; i++)
        if (slice_of(labels[i].label).len == label.len && strncasecmp(labels[i].label, label.bytes, label.len) == 0)
            return labels[i].charset;
    return NULL;
}

static bool is_ascii_letter(unsigned char byte, bool lower)
{
    return byte >= (lower ? 'a' : 'A') && byte <= (lower ? 'z' : 'Z');
}

/* Whether French texts have it; `letters` and `signs` are all but ASCII that they have. */
static bool is_in(const char *letters, int32_t code_point)
{
    char encoded[UTF8_MAX_BYTES];
    struct slice letter = {encoded, utf8_encode(code_point, encoded)};
    return slice_find(slice_of(letters), letter) != SLICE_NONE;
}

static const char french_letters[] = "éèàùçâêîôûëïüœæÉÈÀÙÇÂÊÎÔÛËÏÜŒÆ";
static const char french_signs[] = "«»’‘“”…–—•°²³€§·\u00A0";

/* How well a code point over 0x7F between these two bytes suits a French text: 1, 0 or -1. A capital does not follow
 * a small letter, and a letter does not stand alone, but for « à ». */
static int french_score(uint16_t code_point, unsigned char before, unsigned char after)
{
    if (is_in(french_signs, code_point))
        return 1;
    if (!is_in(french_letters, code_point))
        return -1;
    if (utf8_is_upper(code_point) && is_ascii_letter(before, true))
        return -1;
    bool in_word =
        before >= 0x80 || after >= 0x80 || is_ascii_letter(before | 0x20, true) || is_ascii_letter(after | 0x20, true);
    return in_word || code_point == 0xE0 || code_point == 0xC0 ? 1 : -1;
}

/* The encoding in which the bytes make the best French. */
static const struct charset *guess_charset(struct slice bytes)
{
    struct slice top = slice_range(bytes, 0, SNIFF_BYTES);
    long scores[CHARSET_COUNT] = {0};
    for (size_t i = 0; i < top.len; i++) {
        unsigned char byte = (unsigned char)top.bytes[i];
        unsigned char before = i > 0 ? (unsigned char)top.bytes[i - 1] : ' ';
        unsigned char after = i + 1 < top.len ? (unsigned char)top.bytes[i + 1] : ' ';
        for (size_t c = 0; byte >= 0x80 && c < CHARSET_COUNT; c++)
            scores[c] += french_score(charsets[c].decode(byte), before, after);
    }
    size_t best = 0;
    for (size_t c = 1; c < CHARSET_COUNT; c++)
        if (scores[c] > scores[best])
            best = c;
    return &charsets[best];
}

/* --- text encoded twice ---------------------------------------------------------------------------------------- */

/* The byte that Windows-1252, or Latin 1 where that has none, shows as this code point; -1 when there is none. */
static int windows_1252_byte(int32_t code_point)
{
    if (code_point < 0x80)
        return -1;
    if (code_point <= 0xFF)
        return code_point;
    for (int byte = 0x80; byte < 0xA0; byte++)
        if (code_point != UTF8_REPLACEMENT && decode_windows_1252((unsigned char)byte) == code_point)
            return byte;
    return -1;
}

/* The letter that was encoded twice at `at`, and the bytes that it takes there; 0 when there is none. « Ã » before a
 * blank is « à », whose second half, a no-break space, did not last. */
static int32_t doubled_letter(struct slice text, size_t at, size_t *len)
{
    char bytes[UTF8_MAX_BYTES];
    size_t count = 0, size, next = at, decoded_size;
    while (next < text.len && count < UTF8_MAX_BYTES) {
        int byte = windows_1252_byte(utf8_decode(text, next, &size));
        if (byte < 0)
            break;
        bytes[count++] = (char)byte;
        next += size;
        int32_t letter = utf8_decode((struct slice){bytes, count}, 0, &decoded_size);
        *len = next - at;
        if (decoded_size == count && count > 1)
            return is_in(french_letters, letter) || is_in(french_signs, letter) ? letter : 0;
    }
    bool cut = count == 1 && bytes[0] == '\xC3' && next < text.len && text.bytes[next] == ' ';
    return cut ? 0xE0 : 0;
}

static bool is_doubled(struct slice text)
{
    size_t doubled = 0, other = 0;
    for (size_t at = 0, size; at < text.len; at += size) {
        size = 1;
        if ((unsigned char)text.bytes[at] < 0x80)
            continue;
        if (doubled_letter(text, at, &size)) {
            doubled++;
        } else {
            utf8_decode(text, at, &size);
            other++;
        }
    }
    return doubled >= DOUBLED_MIN && doubled * 100 >= (doubled + other) * DOUBLED_MIN_PERCENT;
}

/* Append the text repaired, if it is such a text; otherwise nothing. */
static bool add_repaired(struct buffer *out, struct slice text)
{
    if (!is_doubled(text))
        return false;
    buffer_reserve(out, text.len);
    for (size_t at = 0, size; at < text.len; at += size) {
        bool is_ascii = (unsigned char)text.bytes[at] < 0x80;
        int32_t letter = is_ascii ? 0 : doubled_letter(text, at, &size);
        if (letter) {
            utf8_add(out, letter);
        } else {
            utf8_decode(text, at, &size);
            buffer_add(out, text.bytes + at, size);
        }
    }
    return true;
}

bool charset_repair(struct buffer *text)
{
    struct buffer repaired = {0};
    if (!add_repaired(&repaired, buffer_get(text)))
        return false;
    buffer_free(text);
    *text = repaired;
    return true;
}

/* --- decoding -------------------------------------------------------------------------------------------------- */

/* Append UTF-8 with every kind of line end made \n, and safe to show. */
static void add_lines(struct buffer *out, struct slice text)
{
    while (text.len > 0) {
        size_t end = slice_find_byte(text, '\r', 0);
        utf8_add_clean(out, slice_range(text, 0, end == SLICE_NONE ? text.len : end));
        if (end == SLICE_NONE)
            return;
        buffer_add_byte(out, '\n');
        text = slice_skip(text, end + 1);
        if (slice_starts(text, SLICE("\n")))
            text = slice_skip(text, 1);
    }
}

const char *charset_decode(struct buffer *out, struct slice bytes, bool *repaired)
{
    *repaired = false;
    enum byte_order order = utf16_order(bytes);
    struct buffer decoded = {0};
    const char *name = order == LITTLE_ENDIAN_16 ? "UTF-16LE" : "UTF-16BE";
    if (order != NOT_UTF16) {
        decode_utf16(&decoded, bytes, order);
    } else if (is_utf8(bytes)) {
        name = "UTF-8";
        bytes = slice_starts(bytes, SLICE("\xEF\xBB\xBF")) ? slice_skip(bytes, 3) : bytes;
        *repaired = add_repaired(&decoded, bytes);
        if (!*repaired)
            add_lines(out, bytes);
    } else {
        const struct charset *charset = declared_charset(bytes);
        charset = charset ? charset : guess_charset(bytes);
        name = charset->name;
        decode_8_bit(&decoded, bytes, charset);
    }
    add_lines(out, buffer_get(&decoded));
    buffer_free(&decoded);
    return name;
}

/* Control characters that texts have: tab, the line ends, form feed, and the end mark of DOS (0x1A). */
static bool is_binary_byte(unsigned char byte)
{
    return byte < 0x20 && !(byte >= '\t' && byte <= '\r') && byte != 0x1A;
}

bool charset_is_binary(struct slice bytes)
{
    struct slice top = slice_range(bytes, 0, SNIFF_BYTES);
    size_t count = 0;
    if (utf16_order(bytes) != NOT_UTF16)
        return false;
    for (size_t i = 0; i < top.len; i++)
        count += is_binary_byte((unsigned char)top.bytes[i]);
    return count > top.len / BINARY_ONE_IN;
}

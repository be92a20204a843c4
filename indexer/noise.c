#include "noise.h"

#include <string.h>

enum {
    MIN_WORDS = 100, /* fewer say nothing */
    MIN_ODD = 3,
    ODD_PER_THOUSAND = 3, /* recognised minutes of a village had 3 to 9, typed acts at most 2 */
    TABLE_BARS = 2        /* a line with as many | is a row of a table */
};

struct tally {
    bool has_tables; /* drawn with |, which is then no stray sign */
    size_t words;
    size_t odd;
};

static bool is_lower(unsigned char byte)
{
    return byte >= 'a' && byte <= 'z';
}

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\f';
}

/* « { », « |_ »: nobody's words. */
static bool is_stray_sign(struct slice word, bool has_tables)
{
    const char *signs = has_tables ? "{}[]~^\\_<>=" : "{}[]~^\\_<>=|";
    for (size_t i = 0; i < word.len; i++)
        if (!strchr(signs, word.bytes[i]))
            return false;
    return word.len <= 2;
}

/* « déLibère », « lib3rté »: between two small letters stands no small letter. Names of things may have a capital there
 * (« BeatBox ») or a figure, so that a few prove nothing. */
static bool is_broken(struct slice word)
{
    for (size_t i = 1; i + 1 < word.len; i++) {
        char byte = word.bytes[i];
        bool breaks = (byte >= 'A' && byte <= 'Z') || is_digit(byte) || byte == '|' || byte == '}';
        if (breaks && is_lower((unsigned char)word.bytes[i - 1]) && is_lower((unsigned char)word.bytes[i + 1]))
            return true;
    }
    return false;
}

static bool is_address(struct slice word)
{
    return slice_find_byte(word, '@', 0) != SLICE_NONE || slice_find_byte(word, '/', 0) != SLICE_NONE;
}

static void count_line(struct tally *tally, struct slice line)
{
    for (size_t at = 0; at < line.len;) {
        size_t end = at;
        while (end < line.len && !is_blank(line.bytes[end]))
            end++;
        struct slice word = slice_range(line, at, end);
        at = end + 1;
        if (word.len == 0)
            continue;
        tally->words++;
        tally->odd += is_stray_sign(word, tally->has_tables) || (!is_address(word) && is_broken(word));
    }
}

static bool has_tables(struct slice text)
{
    struct slice line;
    while (slice_next_line(&text, &line)) {
        size_t bars = 0;
        for (size_t i = 0; i < line.len; i++)
            bars += line.bytes[i] == '|';
        if (bars >= TABLE_BARS)
            return true;
    }
    return false;
}

unsigned text_odd_per_thousand(struct slice text)
{
    struct tally tally = {.has_tables = has_tables(text)};
    struct slice line;
    while (slice_next_line(&text, &line))
        count_line(&tally, line);
    return tally.words >= MIN_WORDS && tally.odd >= MIN_ODD ? (unsigned)(tally.odd * 1000 / tally.words) : 0;
}

bool text_is_noisy(struct slice text)
{
    return text_odd_per_thousand(text) >= ODD_PER_THOUSAND;
}

#include "extract/match.h"

#include <stdint.h>
#include <string.h>

#include "base/utf8.h"
#include "extract/phrase_lists.h"

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t';
}

size_t skip_blanks(struct slice folded, size_t at)
{
    while (at < folded.len && is_blank(folded.bytes[at]))
        at++;
    return at;
}

size_t skip_space(struct slice folded, size_t at)
{
    while (at < folded.len && (is_blank(folded.bytes[at]) || folded.bytes[at] == '\n' || folded.bytes[at] == '\f'))
        at++;
    return at;
}

size_t skip_separators(struct slice folded, size_t at)
{
    static const char *const wide[] = {"–", "—", "•", "…"};
    for (;;) {
        size_t before = at;
        while (at < folded.len && (is_blank(folded.bytes[at]) || memchr(":-|.=_", folded.bytes[at], 6)))
            at++;
        for (size_t i = 0; i < sizeof wide / sizeof *wide; i++)
            if (slice_starts(slice_skip(folded, at), slice_of(wide[i])))
                at += strlen(wide[i]);
        if (at == before)
            return at;
    }
}

/* White space with at most one line end; SLICE_NONE when there is none at `at`. */
size_t phrase_space(struct slice folded, size_t at)
{
    size_t start = at;
    size_t line_ends = 0;
    for (; at < folded.len && (is_blank(folded.bytes[at]) || folded.bytes[at] == '\n'); at++)
        line_ends += folded.bytes[at] == '\n';
    return at > start && line_ends < 2 ? at : SLICE_NONE;
}

static size_t letters(struct slice folded, size_t at)
{
    size_t start = at;
    while (at < folded.len && is_word_byte(folded.bytes[at]))
        at++;
    return at - start;
}

/* « ·e », « .e », « (e) », « -e-s »: one inclusive ending after a word; 0 when there is none. */
static size_t inclusive_ending(struct slice folded, size_t at)
{
    enum { LONGEST_ENDING = 7 }; /* « trices », « euses » */
    struct slice rest = slice_skip(folded, at);
    bool dot = slice_starts(rest, SLICE("·")) || slice_starts(rest, SLICE("•"));
    size_t mark = dot ? strlen("·") + (size_t)!slice_starts(rest, SLICE("·")) : 1;
    if (rest.len <= mark)
        return 0;
    size_t count = letters(folded, at + mark);
    if (count == 0 || count > LONGEST_ENDING || is_digit(folded.bytes[at + mark]))
        return 0; /* « abstention(1) » counts */
    if (dot)
        return mark + count;
    if (rest.bytes[0] == '(' && rest.len > 1 + count && rest.bytes[1 + count] == ')')
        return 2 + count;
    struct slice ending = slice_range(rest, 1, 1 + count);
    bool plain = slice_equal(ending, SLICE("e")) || slice_equal(ending, SLICE("s")) || slice_equal(ending, SLICE("es"));
    return plain && (rest.bytes[0] == '.' || rest.bytes[0] == '-') ? 1 + count : 0;
}

size_t word_rest(struct slice folded, size_t at)
{
    enum { MOST_ENDINGS = 4 }; /* « ·e·s »; and no text can have each of its words followed to its end */
    at += letters(folded, at);
    for (size_t i = 0, more; i < MOST_ENDINGS && (more = inclusive_ending(folded, at)) > 0; i++) {
        at += more;
        at += letters(folded, at);
    }
    return at;
}

size_t whole_phrase_at(struct slice folded, size_t at, const char *phrase)
{
    char last = 0;
    for (const char *p = phrase; *p; last = *p++) {
        if (*p == ' ')
            at = phrase_space(folded, at);
        else if (*p == '*')
            at = word_rest(folded, at);
        else
            at = at < folded.len && folded.bytes[at] == *p ? at + 1 : SLICE_NONE;
        if (at == SLICE_NONE)
            return SLICE_NONE;
    }
    bool cut = is_word_byte(last) && at < folded.len && is_word_byte(folded.bytes[at]);
    return cut ? SLICE_NONE : at;
}

static int first_phrase_at(struct slice folded, size_t at, const char *const *phrases, size_t *end)
{
    for (int i = 0; phrases[i]; i++) {
        if (phrases[i][0] != folded.bytes[at])
            continue;
        *end = phrase_at(folded, at, phrases[i]);
        if (*end != SLICE_NONE)
            return i;
    }
    return -1;
}

int phrases_at(struct slice folded, size_t at, const char *const *phrases, size_t *end)
{
    bool may = letter_pairs_have_at(&phrase_list_of(phrases)->beginnings, folded, at);
    return may ? first_phrase_at(folded, at, phrases, end) : -1;
}

/* The bit of a byte in a set of letters; all other bytes share one. */
static uint32_t letter_bit(char byte)
{
    return byte >= 'a' && byte <= 'z' ? UINT32_C(1) << (byte - 'a') : UINT32_C(1) << 31;
}

int phrases_find(struct slice folded, size_t from, size_t to, const char *const *phrases, struct span *out)
{
    uint32_t seconds[256] = {0}; /* by the first byte of a phrase: the letters that come second */
    for (int i = 0; phrases[i]; i++)
        seconds[(unsigned char)phrases[i][0]] |= phrases[i][1] == '*' ? UINT32_MAX : letter_bit(phrases[i][1]);
    for (size_t at = from; at < to && at < folded.len; at++) {
        uint32_t second = seconds[(unsigned char)folded.bytes[at]];
        if (!second || (at > 0 && is_word_byte(folded.bytes[at - 1])) || at + 1 == folded.len ||
            !(second & letter_bit(folded.bytes[at + 1])))
            continue;
        size_t end;
        int which = first_phrase_at(folded, at, phrases, &end);
        if (which >= 0) {
            *out = (struct span){at, end};
            return which;
        }
    }
    return -1;
}

size_t skip_to_word(struct slice folded, size_t at, size_t end)
{
    size_t size;
    for (; at < end; at += size) {
        int32_t code_point = utf8_decode(folded, at, &size);
        if (utf8_is_letter(code_point) || (code_point >= '0' && code_point <= '9'))
            return at;
    }
    return end;
}

struct slice word_after(struct slice folded, size_t *at, size_t end)
{
    while (*at < end && !is_word_byte(folded.bytes[*at]))
        ++*at;
    size_t start = *at;
    while (*at < end && is_word_byte(folded.bytes[*at]))
        ++*at;
    return slice_range(folded, start, *at);
}

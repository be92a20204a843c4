#include "extract/stamp.h"

#include <string.h>

#include "extract/fields.h"

enum {
    DEPARTMENT_LENGTH = 3, /* 062, 02a, 971 */
    SIREN_DIGITS = 9,
    DATE_DIGITS = 8,
    MAX_NUMBER_BYTES = 40 /* @CTES allows 15; departments print longer ones */
};

bool is_siren(struct slice digits)
{
    int sum = 0;
    if (digits.len != SIREN_DIGITS)
        return false;
    for (size_t i = 0; i < digits.len; i++) {
        if (!is_digit(digits.bytes[i]))
            return false;
        int digit = digits.bytes[i] - '0';
        if (i % 2 == 1)
            digit = digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
        sum += digit;
    }
    return sum > 0 && sum % 10 == 0;
}

/* Exactly `count` digits at `at`, then a hyphen: what follows it; SLICE_NONE otherwise. */
static size_t digits_and_hyphen(struct slice text, size_t at, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (at + i >= text.len || !is_digit(text.bytes[at + i]))
            return SLICE_NONE;
    at = skip_blanks(text, at + count);
    return at < text.len && text.bytes[at] == '-' ? skip_blanks(text, at + 1) : SLICE_NONE;
}

static size_t department_and_hyphen(struct slice text, size_t at)
{
    if (at + DEPARTMENT_LENGTH >= text.len || !is_digit(text.bytes[at]) || !is_digit(text.bytes[at + 1]) ||
        !(is_digit(text.bytes[at + 2]) || text.bytes[at + 2] == 'a' || text.bytes[at + 2] == 'b'))
        return SLICE_NONE;
    at = skip_blanks(text, at + DEPARTMENT_LENGTH);
    return at < text.len && text.bytes[at] == '-' ? skip_blanks(text, at + 1) : SLICE_NONE;
}

/* The number runs up to the last « -de » (délibération), « -ar » … of the word: it may hold hyphens. */
static bool number_and_nature(struct slice text, size_t at, struct stamp *out)
{
    static const char *const natures[] = {"-de", "-ar", "-ai", "-cc", "-bf", "-au"};
    size_t word_end = at;
    while (word_end < text.len && (is_word_byte(text.bytes[word_end]) || memchr("-_./", text.bytes[word_end], 4)))
        word_end++;
    for (size_t end = at + 1; end + 3 <= word_end && end - at <= MAX_NUMBER_BYTES; end++) {
        bool whole = end + 3 == text.len || !is_word_byte(text.bytes[end + 3]) || text.bytes[end + 3] == '_';
        for (size_t i = 0; whole && i < sizeof natures / sizeof *natures; i++)
            if (memcmp(text.bytes + end, natures[i], 3) == 0) {
                out->number = slice_range(text, at, end);
                out->end = end + 3;
            }
    }
    return out->number.len > 0;
}

static bool stamp_at(struct stamp *out, struct slice text, size_t at)
{
    *out = (struct stamp){.start = at};
    size_t siren = department_and_hyphen(text, at);
    size_t date = siren == SLICE_NONE ? SLICE_NONE : digits_and_hyphen(text, siren, SIREN_DIGITS);
    size_t number = date == SLICE_NONE ? SLICE_NONE : digits_and_hyphen(text, date, DATE_DIGITS);
    if (number == SLICE_NONE)
        return false;
    int day = 0;
    for (size_t i = 0; i < DATE_DIGITS; i++)
        day = day * 10 + (text.bytes[date + i] - '0');
    out->siren = slice_range(text, siren, siren + SIREN_DIGITS);
    out->date = date_make(day / 10000, day / 100 % 100, day % 100);
    return out->date && number_and_nature(text, number, out);
}

bool stamp_next(struct stamp *out, struct slice folded, size_t from)
{
    for (size_t at = from; at < folded.len; at++)
        if (is_digit(folded.bytes[at]) && (at == 0 || !is_word_byte(folded.bytes[at - 1])) && stamp_at(out, folded, at))
            return true;
    return false;
}

/* The stamps of a file with several acts differ: what they say of a single one is then not ours to choose. */
static bool only_one(const struct document *document, const struct stamp *first)
{
    struct stamp other;
    for (size_t from = first->end; stamp_next(&other, document->folded, from); from = other.end)
        if (!slice_equal(other.number, first->number) || other.date != first->date)
            return false;
    return true;
}

static void claim_stamp(struct act *act, const struct document *document, const struct stamp *stamp)
{
    size_t number = (size_t)(stamp->number.bytes - document->folded.bytes);
    size_t siren = (size_t)(stamp->siren.bytes - document->folded.bytes);
    bool one = only_one(document, stamp);
    if (is_siren(stamp->siren) &&
        document_claim(document, act, FIELD_SIREN, SOURCE_STAMP, CONFIDENCE_HIGH, siren, siren + SIREN_DIGITS))
        act->siren = document_printed(document, siren, siren + SIREN_DIGITS);
    if (one && document_claim(document, act, FIELD_DATE, SOURCE_STAMP, CONFIDENCE_HIGH, stamp->start, stamp->end))
        act->date = stamp->date;
    if (one &&
        document_claim(document, act, FIELD_NUMBER, SOURCE_STAMP, CONFIDENCE_LOW, number, number + stamp->number.len))
        act->number = document_printed(document, number, number + stamp->number.len);
}

/* A file name « 99_DE-034-000000000-20241209-20241209_MR02-DE-1-1_1.pdf » says the same; it is less sure. */
static void claim_file_name(struct act *act, const struct document *document)
{
    struct buffer folded = {0};
    struct stamp stamp;
    const char *slash = memrchr(document->path.bytes, '/', document->path.len);
    struct slice printed = slice_skip(document->path, slash ? (size_t)(slash + 1 - document->path.bytes) : 0);
    fold(&folded, printed);
    struct slice name = buffer_get(&folded);
    if (name.len == printed.len && stamp_next(&stamp, name, 0)) {
        size_t number = (size_t)(stamp.number.bytes - name.bytes);
        if (is_siren(stamp.siren) &&
            document_claim(document, act, FIELD_SIREN, SOURCE_HEURISTIC, CONFIDENCE_MEDIUM, 0, 0))
            act->siren = arena_copy(act->arena, stamp.siren);
        if (document_claim(document, act, FIELD_DATE, SOURCE_HEURISTIC, CONFIDENCE_LOW, 0, 0))
            act->date = stamp.date;
        if (document_claim(document, act, FIELD_NUMBER, SOURCE_HEURISTIC, CONFIDENCE_LOW, 0, 0))
            act->number = arena_copy(act->arena, slice_range(printed, number, number + stamp.number.len));
    }
    buffer_free(&folded);
}

bool file_name_tells(struct slice name)
{
    struct buffer folded = {0};
    struct stamp stamp;
    fold(&folded, name);
    bool tells = folded.len == name.len && stamp_next(&stamp, buffer_get(&folded), 0);
    buffer_free(&folded);
    return tells;
}

/* « N° de SIREN: 200088466 », « SIRET 200 088 466 00017 » */
static void labelled_siren(struct act *act, const struct document *document)
{
    static const char *const labels[] = {"siren", "siret", NULL};
    struct slice folded = document->folded;
    struct span label;
    for (size_t from = 0; document_find(document, from, folded.len, labels, &label) >= 0; from = label.end) {
        char digits[SIREN_DIGITS];
        size_t count = 0;
        size_t start = skip_separators(folded, label.end);
        size_t at = start;
        for (; at < folded.len && count < SIREN_DIGITS && (is_digit(folded.bytes[at]) || folded.bytes[at] == ' '); at++)
            if (folded.bytes[at] != ' ')
                digits[count++] = folded.bytes[at];
        struct slice siren = {digits, count};
        if (is_siren(siren) && document_claim(document, act, FIELD_SIREN, SOURCE_LABEL, CONFIDENCE_HIGH, start, at))
            act->siren = arena_copy(act->arena, siren);
    }
}

void extract_stamp(struct act *act, const struct document *document)
{
    struct stamp stamp;
    if (stamp_next(&stamp, document->folded, 0))
        claim_stamp(act, document, &stamp);
    labelled_siren(act, document);
    if (document->path.len > 0)
        claim_file_name(act, document);
}

#include "french/numbers.h"

#include <string.h>

struct number_word {
    const char *word;
    int value;
};

#define WORDS(...)                                                                                                     \
    (const struct number_word[])                                                                                       \
    {                                                                                                                  \
        __VA_ARGS__,                                                                                                   \
        {                                                                                                              \
            NULL, 0                                                                                                    \
        }                                                                                                              \
    }

/* By the first letter, because this table is asked at each word of a text; longer words before those that they begin
 * with. */
static const struct number_word *const number_words[26] = {
    ['c' - 'a'] = WORDS({"cinquante", 50}, {"cinq", 5}, {"cents", 100}, {"cent", 100}),
    ['d' - 'a'] = WORDS({"deux", 2}, {"dix", 10}, {"douze", 12}),
    ['h' - 'a'] = WORDS({"huitante", 80}, {"huit", 8}),
    ['m' - 'a'] = WORDS({"mille", 1000}, {"mil", 1000}),
    ['n' - 'a'] = WORDS({"neuf", 9}, {"nonante", 90}),
    ['o' - 'a'] = WORDS({"onze", 11}, {"octante", 80}),
    ['p' - 'a'] = WORDS({"premiere", 1}, {"premier", 1}),
    ['q' - 'a'] = WORDS({"quatorze", 14}, {"quatre", 4}, {"quinze", 15}, {"quarante", 40}),
    ['s' - 'a'] = WORDS({"septante", 70}, {"sept", 7}, {"six", 6}, {"seize", 16}, {"soixante", 60}),
    ['t' - 'a'] = WORDS({"trois", 3}, {"treize", 13}, {"trente", 30}),
    ['u' - 'a'] = WORDS({"une", 1}, {"un", 1}),
    ['v' - 'a'] = WORDS({"vingts", 20}, {"vingt", 20}),
    ['z' - 'a'] = WORDS({"zero", 0}),
};

enum { MAX_NUMBER = 999999 };

static bool is_letter(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (unsigned char)byte >= 0xC3;
}

static char byte_at(struct slice text, size_t at)
{
    return at < text.len ? text.bytes[at] : '\0';
}

static size_t skip_space(struct slice text, size_t at)
{
    while (byte_at(text, at) == ' ' || byte_at(text, at) == '\n')
        at++;
    return at;
}

/* Where `word` ends if the text goes on with it at `at`; SLICE_NONE otherwise. The first bytes rule out nearly every
 * word: this runs at each word of a text. */
static size_t end_of(struct slice text, size_t at, const char *word)
{
    while (*word && byte_at(text, at) == *word) {
        at++;
        word++;
    }
    return *word ? SLICE_NONE : at;
}

static bool starts_at(struct slice text, size_t at, const char *word)
{
    return end_of(text, at, word) != SLICE_NONE;
}

/* Whole word `word` at `at`: its end; SLICE_NONE otherwise. */
static size_t word_at(struct slice text, size_t at, const char *word)
{
    size_t end = end_of(text, at, word);
    bool goes_on = end != SLICE_NONE && (is_letter(byte_at(text, end)) || is_digit(byte_at(text, end)));
    return goes_on ? SLICE_NONE : end;
}

/* A number word at `at`; what follows may be another one run on (« deuxmille »). */
static const struct number_word *number_word_at(struct slice text, size_t at, size_t *end)
{
    char first = byte_at(text, at);
    const struct number_word *word = first >= 'a' && first <= 'z' ? number_words[first - 'a'] : NULL;
    for (; word && word->word; word++) {
        *end = end_of(text, at, word->word);
        if (*end == SLICE_NONE)
            continue;
        if (!is_letter(byte_at(text, *end)) || starts_at(text, *end, "mil") || starts_at(text, *end, "cent") ||
            starts_at(text, *end, "vingt"))
            return word;
    }
    return NULL;
}

/* Where the next number word may stand: after a hyphen or blanks, and « et » before « un » and « onze ». */
static size_t next_word(struct slice text, size_t at)
{
    size_t end;
    while (byte_at(text, at) == ' ' || byte_at(text, at) == '\n' || byte_at(text, at) == '-')
        at++;
    if (!starts_at(text, at, "et ") && !starts_at(text, at, "et-") && !starts_at(text, at, "et\n"))
        return at;
    const struct number_word *word = number_word_at(text, skip_space(text, at + strlen("et ")), &end);
    return word && (word->value == 1 || word->value == 11) ? skip_space(text, at + strlen("et ")) : at;
}

/* The number so far: what thousands make, and what is below them. */
struct sum {
    int thousands;
    int below;
    int last; /* value of the last word; -1 before the first */
};

/* Add a word's value; false when no number goes on like that (« vingt trente », « trois deux »). */
static bool add_value(struct sum *sum, int value)
{
    if (value == 1000) {
        if (sum->thousands > 0)
            return false;
        sum->thousands = sum->below > 0 ? sum->below : 1;
        sum->below = 0;
    } else if (value == 100) {
        if (sum->below > 9 || sum->last == 0)
            return false;
        sum->below = sum->below > 0 ? sum->below * 100 : 100;
    } else if (value == 20 && sum->last == 4) {
        sum->below += 80 - 4;
    } else {
        int tens = sum->below % 100;
        bool fits = sum->last < 0 || sum->last >= 100 || (tens >= 20 && tens % 10 == 0 && value < 20) ||
                    (tens == 10 && value >= 7 && value <= 9);
        if (!fits || (value >= 10 && tens != 0 && tens != 60 && tens != 80))
            return false;
        sum->below += value;
    }
    sum->last = value;
    return true;
}

int french_spelled_number(struct slice folded, size_t *len)
{
    struct sum sum = {0, 0, -1};
    size_t end = 0;
    size_t at = 0;
    size_t stop;
    for (const struct number_word *word; (word = number_word_at(folded, at, &stop)) != NULL;
         at = next_word(folded, stop)) {
        if (!add_value(&sum, word->value))
            break;
        end = stop;
    }
    *len = end;
    int total = sum.thousands * 1000 + sum.below;
    return sum.last < 0 || total > MAX_NUMBER ? -1 : total;
}

static const char *const months[] = {"janvier", "fevrier", "mars",      "avril",   "mai",      "juin",
                                     "juillet", "aout",    "septembre", "octobre", "novembre", "decembre"};
static const struct number_word month_abbreviations[] = {{"janv", 1}, {"jan", 1},  {"fevr", 2}, {"fev", 2},
                                                         {"avr", 4},  {"juil", 7}, {"sept", 9}, {"oct", 10},
                                                         {"nov", 11}, {"dec", 12}};

int french_month(struct slice folded, size_t *len)
{
    for (int i = 0; i < 12; i++) {
        *len = word_at(folded, 0, months[i]);
        if (*len != SLICE_NONE)
            return i + 1;
    }
    for (size_t i = 0; i < sizeof month_abbreviations / sizeof *month_abbreviations; i++) {
        *len = word_at(folded, 0, month_abbreviations[i].word);
        if (*len == SLICE_NONE)
            continue;
        *len += byte_at(folded, *len) == '.';
        return month_abbreviations[i].value;
    }
    *len = 0;
    return 0;
}

int french_weekday(struct slice folded, size_t *len)
{
    static const char *const weekdays[] = {"lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"};
    for (int i = 0; i < 7; i++) {
        *len = word_at(folded, 0, weekdays[i]);
        if (*len != SLICE_NONE)
            return i + 1;
    }
    *len = 0;
    return 0;
}

/* One to `most` digits at `at` and no more: the value and end; -1 otherwise. */
static int figures(struct slice text, size_t at, size_t most, size_t *end)
{
    int value = 0;
    *end = at;
    while (is_digit(byte_at(text, *end)) && *end - at < most)
        value = value * 10 + (text.bytes[(*end)++] - '0');
    return *end == at || is_digit(byte_at(text, *end)) ? -1 : value;
}

static bool finish(struct french_date *out, size_t end)
{
    out->len = end - out->start;
    out->date = out->year ? date_make(out->year, out->month, out->day) : 0;
    bool possible = date_make(2000, out->month, out->day) != 0; /* a leap year */
    return out->year ? out->date != 0 : possible;
}

/* « 2019-09-30 » */
static bool iso_date(struct french_date *out, struct slice text, size_t at)
{
    size_t end;
    out->year = figures(text, at, 4, &end);
    if (end != at + 4 || byte_at(text, end) != '-')
        return false;
    out->month = figures(text, end + 1, 2, &end);
    if (end != at + 7 || byte_at(text, end) != '-')
        return false;
    out->day = figures(text, end + 1, 2, &end);
    return end == at + 10 && !is_letter(byte_at(text, end)) && byte_at(text, end) != '-' && finish(out, end);
}

/* « 30/09/2019 », « 30.09.19 », « 30 / 09 / 2019 »: `at` is behind the day. */
static bool numeric_date(struct french_date *out, struct slice text, size_t at)
{
    size_t end;
    char divider = byte_at(text, skip_space(text, at));
    if (divider != '/' && divider != '.' && divider != '-')
        return false;
    if (divider != '/' && byte_at(text, at) != divider)
        return false;
    out->month = figures(text, skip_space(text, skip_space(text, at) + 1), 2, &end);
    size_t second = skip_space(text, end);
    if (out->month < 1 || out->month > 12 || byte_at(text, second) != divider)
        return false;
    size_t year = divider == '/' ? skip_space(text, second + 1) : second + 1;
    out->year = figures(text, year, 4, &end);
    if (end == year + 2 && divider != '-')
        out->year += out->year < 70 ? 2000 : 1900;
    else if (end != year + 4)
        return false;
    bool goes_on = is_letter(byte_at(text, end)) ||
                   ((byte_at(text, end) == '.' || byte_at(text, end) == '-' || byte_at(text, end) == '/') &&
                    is_digit(byte_at(text, end + 1)));
    return !goes_on && finish(out, end);
}

/* The year after a month, in figures or letters, a comma or « de l'an » before it or not; its end in *end. */
static int year_after(struct slice text, size_t at, size_t *end, bool *spelled)
{
    size_t len;
    size_t start = skip_space(text, at);
    if (byte_at(text, start) == ',')
        start = skip_space(text, start + 1);
    int year = figures(text, start, 4, end);
    if (year >= DATE_FIRST_YEAR && year <= DATE_LAST_YEAR && !is_letter(byte_at(text, *end)))
        return year;
    year = french_spelled_number(slice_skip(text, start), &len);
    if (year < DATE_FIRST_YEAR || year > DATE_LAST_YEAR)
        return 0;
    *end = start + len;
    *spelled = true;
    return year;
}

/* A date that begins at `at`, the start of a word. */
static bool date_at(struct french_date *out, struct slice text, size_t at)
{
    size_t len;
    size_t end;
    *out = (struct french_date){.start = at};
    if (iso_date(out, text, at))
        return true;
    *out = (struct french_date){.start = at, .weekday = french_weekday(slice_skip(text, at), &len)};
    at = skip_space(text, at + len);
    size_t article = out->weekday ? word_at(text, at, "le") : SLICE_NONE;
    at = article != SLICE_NONE ? skip_space(text, article) : at;
    out->day = figures(text, at, 2, &end);
    if (out->day < 0) {
        out->day = french_spelled_number(slice_skip(text, at), &len);
        end = at + len;
        out->spelled = true;
    } else if (word_at(text, end, "er") != SLICE_NONE) {
        end = word_at(text, end, "er");
    }
    if (out->day < 1 || out->day > 31)
        return false;
    if (!out->spelled && numeric_date(out, text, end))
        return true;
    out->year = 0;
    size_t month = skip_space(text, end);
    if (is_letter(byte_at(text, end)))
        return false;
    out->month = french_month(slice_skip(text, month), &len);
    if (out->month == 0)
        return false;
    size_t stop = month + len;
    out->year = year_after(text, stop, &end, &out->spelled);
    return finish(out, out->year ? end : stop);
}

/* Not inside a number: « 03.21.12.94.94 », « L.153-36 », « 19-09-107 ». */
static bool may_begin(struct slice text, size_t at)
{
    char byte = byte_at(text, at);
    if (at == 0)
        return is_digit(byte) || is_letter(byte);
    char before = text.bytes[at - 1];
    if (is_letter(before) || is_digit(before) || !(is_digit(byte) || is_letter(byte)))
        return false;
    bool divided = before == '.' || before == '-' || before == '/' || before == ',';
    return !divided || !is_digit(byte) || at < 2 || !(is_digit(text.bytes[at - 2]) || is_letter(text.bytes[at - 2]));
}

bool french_date_at(struct french_date *out, struct slice folded, size_t at)
{
    return may_begin(folded, at) && date_at(out, folded, at);
}

bool french_date_next(struct french_date *out, struct slice folded, size_t from)
{
    for (size_t at = from; at < folded.len; at++)
        if (french_date_at(out, folded, at))
            return true;
    return false;
}

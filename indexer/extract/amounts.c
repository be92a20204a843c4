/* Sums of money in euros: « 8 800,00 € », « 1,5 M€ », « 4 millions d'euros », « 236.000 euros ».
 *
 * Groups of thousands have exactly three digits and nothing is glued to the first (« CD30 145 834,00 € » is 145 834).
 */
#include <math.h>
#include <string.h>

#include "extract/fields.h"

enum {
    MAX_AMOUNTS = 300, /* budgets list thousands; the first and the largest tell enough */
    MAX_DIGITS = 12    /* beyond a thousand billion it is no sum but a code */
};

struct unit {
    const char *phrase;
    double factor;
};

/* Longer phrases first. */
static const struct unit units[] = {
    {"millions d'euros", 1e6},
    {"million d'euros", 1e6},
    {"milliers d'euros", 1e3},
    {"milliards d'euros", 1e9},
    {"milliard d'euros", 1e9},
    {"m€", 1e6},
    {"k€", 1e3},
    {"€", 1},
    {"euros", 1},
    {"euro", 1},
    {"eur", 1},
};

static bool is_digit(struct slice text, size_t at)
{
    return at < text.len && text.bytes[at] >= '0' && text.bytes[at] <= '9';
}

static bool three_digits(struct slice text, size_t at)
{
    return is_digit(text, at) && is_digit(text, at + 1) && is_digit(text, at + 2) && !is_digit(text, at + 3);
}

/* Whether a line of running text ends at `at`, where a number began `start`: « estimé à 73⏎111,00 euros » is one sum;
 * in a short line or a column two cells stand one above the other. */
static bool breaks_running_text(struct slice text, size_t start, size_t at)
{
    enum { RUNNING_LINE_BYTES = 40 };
    size_t line = start;
    while (line > 0 && text.bytes[line - 1] != '\n')
        line--;
    return at - line >= RUNNING_LINE_BYTES && slice_find(slice_range(text, line, at), SLICE("   ")) == SLICE_NONE &&
           at < text.len && text.bytes[at] == '\n' && three_digits(text, at + 1);
}

/* A number at `at`: its value and end; false when it is none. */
static bool number_at(struct slice text, size_t at, double *value, size_t *end)
{
    size_t digits = 0;
    size_t start = at;
    *value = 0;
    for (; is_digit(text, at) && digits < MAX_DIGITS; at++, digits++)
        *value = *value * 10 + (text.bytes[at] - '0');
    if (digits == 0 || is_digit(text, at))
        return false;
    char divider = at < text.len ? text.bytes[at] : '\0';
    bool grouped = at - start <= 3 && (divider == ' ' || divider == '.' || breaks_running_text(text, start, at));
    if (divider == '\n')
        divider = ' ';
    while (grouped && digits < MAX_DIGITS && at < text.len && three_digits(text, at + 1) &&
           (text.bytes[at] == divider || (divider == ' ' && breaks_running_text(text, start, at)))) {
        for (int i = 1; i <= 3; i++)
            *value = *value * 10 + (text.bytes[at + (size_t)i] - '0');
        digits += 3;
        at += 4;
    }
    if (at < text.len && (text.bytes[at] == ',' || text.bytes[at] == '.') && is_digit(text, at + 1)) {
        double scale = 10;
        for (at++; is_digit(text, at); at++, scale *= 10)
            *value += (text.bytes[at] - '0') / scale;
    }
    *end = at;
    return true;
}

static const struct unit *unit_at(struct slice folded, size_t at, size_t *end)
{
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        *end = phrase_at(folded, at, units[i].phrase);
        if (*end != SLICE_NONE)
            return &units[i];
    }
    return NULL;
}

/* A number inside another, « 12-345 », « L.153 », « n°12 », begins no sum. */
static bool may_begin(struct slice folded, size_t at)
{
    if (!is_word_start(folded, at) || !is_digit(folded, at))
        return false;
    return at == 0 || !memchr(".,/-_", folded.bytes[at - 1], 5) || at == 1 || folded.bytes[at - 2] == ' ';
}

void extract_amounts(struct act *act, const struct document *document)
{
    struct slice folded = document->folded;
    struct span largest = {0, 0};
    double most = -1;
    if (act_has(act, FIELD_AMOUNTS))
        return;
    for (size_t at = 0; at < folded.len && act->amount_count < MAX_AMOUNTS; at++) {
        double value;
        size_t end;
        size_t unit_end;
        if (!may_begin(folded, at) || !number_at(folded, at, &value, &end))
            continue;
        size_t next = skip_blanks(folded, end);
        if (next < folded.len && folded.bytes[next] == '\n')
            next = skip_blanks(folded, next + 1);
        const struct unit *unit = unit_at(folded, next, &unit_end);
        if (unit) {
            act_add_amount(act, round(value * unit->factor * 100) / 100, document_printed(document, at, unit_end));
            if (value * unit->factor > most) {
                most = value * unit->factor;
                largest = (struct span){at, unit_end};
            }
            end = unit_end;
        }
        at = end - 1;
    }
    if (act->amount_count > 0)
        document_claim(document, act, FIELD_AMOUNTS, SOURCE_SENTENCE, CONFIDENCE_MEDIUM, largest.start, largest.end);
}

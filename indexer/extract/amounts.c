/* Sums of money in euros: « 8 800,00 € », « 1,5 M€ », « 4 millions d'euros », « 236.000 euros ».
 *
 * Groups of thousands have exactly three digits and nothing is glued to the first (« CD30 145 834,00 € » is 145 834).
 */
#include <math.h>
#include <string.h>

#include "extract/fields.h"
#include "extract/number_search.h"

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
    {"millions d'€", 1e6},
    {"millions €", 1e6},
    {"million €", 1e6},
    {"milliards €", 1e9},
    {"milliard €", 1e9},
    {"md€", 1e9},
    {"mds€", 1e9},
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

static bool is_letter(char byte)
{
    return byte >= 'a' && byte <= 'z';
}

static bool three_digits(struct slice text, size_t at)
{
    return digit_at(text, at) && digit_at(text, at + 1) && digit_at(text, at + 2) && !digit_at(text, at + 3);
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

/* Whether the line around `at` is running text whose blanks were stretched to fill it, as « la  somme de 2 345  678 €
 * »: two blanks between two words, and nowhere the gap that divides columns. */
static bool is_justified(struct slice text, size_t at)
{
    size_t start = at;
    size_t words = 0;
    while (start > 0 && text.bytes[start - 1] != '\n')
        start--;
    start = skip_blanks(text, start);
    for (size_t i = start; i + 3 < text.len && text.bytes[i] != '\n'; i++) {
        if (memcmp(text.bytes + i, "    ", 4) == 0 && text.bytes[skip_blanks(text, i)] != '\n')
            return false;
        words += i > start && text.bytes[i] == ' ' && text.bytes[i + 1] == ' ' && is_letter(text.bytes[i - 1]) &&
                 is_letter(text.bytes[i + 2]);
    }
    return words > 0;
}

/* Where the group of three figures begins that a stretched blank at `at` sets apart; SLICE_NONE when there is none. */
static size_t stretched_group(struct slice text, size_t at)
{
    bool stretched = at + 2 < text.len && text.bytes[at] == ' ' && text.bytes[at + 1] == ' ' &&
                     three_digits(text, at + 2) && is_justified(text, at);
    return stretched ? at + 2 : SLICE_NONE;
}

/* « 1 234 ,56 € »: the comma that a blank sets apart from its figures. */
static size_t before_decimals(struct slice text, size_t at)
{
    bool apart = at + 3 < text.len && text.bytes[at] == ' ' && text.bytes[at + 1] == ',' && digit_at(text, at + 2) &&
                 digit_at(text, at + 3) && !digit_at(text, at + 4);
    return apart ? at + 1 : at;
}

/* « 12, 50 € »: two figures after a comma and a blank, and the sign. */
static bool has_spaced_cents(struct slice text, size_t at)
{
    bool cents = at + 3 < text.len && text.bytes[at] == ',' && text.bytes[at + 1] == ' ' && digit_at(text, at + 2) &&
                 digit_at(text, at + 3) && !digit_at(text, at + 4);
    return cents && slice_starts(slice_skip(text, skip_blanks(text, at + 4)), SLICE("€"));
}

/* A number at `at`: its value and end; false when it is none. */
static bool number_at(struct slice text, size_t at, double *value, size_t *end)
{
    size_t digits = 0;
    size_t start = at;
    *value = 0;
    for (; digit_at(text, at) && digits < MAX_DIGITS; at++, digits++)
        *value = *value * 10 + (text.bytes[at] - '0');
    if (digits == 0 || digit_at(text, at))
        return false;
    char divider = at < text.len ? text.bytes[at] : '\0';
    bool grouped =
        at - start <= 3 && (divider == ' ' || divider == '.' || divider == '\'' /* « 1'234 » in Switzerland */ ||
                            breaks_running_text(text, start, at));
    if (divider == '\n')
        divider = ' ';
    while (grouped && digits < MAX_DIGITS) {
        bool direct = at < text.len && three_digits(text, at + 1) &&
                      (text.bytes[at] == divider || (divider == ' ' && breaks_running_text(text, start, at)));
        size_t group = direct ? at + 1 : divider == ' ' ? stretched_group(text, at) : SLICE_NONE;
        if (group == SLICE_NONE)
            break;
        for (size_t i = 0; i < 3; i++)
            *value = *value * 10 + (text.bytes[group + i] - '0');
        digits += 3;
        at = group + 3;
    }
    at = before_decimals(text, at);
    if (has_spaced_cents(text, at)) {
        *value += ((text.bytes[at + 2] - '0') * 10 + (text.bytes[at + 3] - '0')) / 100.0;
        *end = at + 4;
        return true;
    }
    if (at < text.len && (text.bytes[at] == ',' || text.bytes[at] == '.') && digit_at(text, at + 1)) {
        double scale = 10;
        for (at++; digit_at(text, at); at++, scale *= 10)
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

/* Whether figures begin a sum: a number inside another, « 12-345 », « L.153 », « n°12 », does not. */
static bool may_begin(struct slice folded, size_t at)
{
    return at == 0 || !memchr(".,/-_", folded.bytes[at - 1], 5) || at == 1 || folded.bytes[at - 2] == ' ';
}

struct amounts {
    struct act *act;
    const struct document *document;
    struct span largest;
    double most;
};

static void add(struct amounts *amounts, double eur, size_t start, size_t end)
{
    act_add_amount(amounts->act, round(eur * 100) / 100, document_printed(amounts->document, start, end));
    if (eur <= amounts->most)
        return;
    amounts->most = eur;
    amounts->largest = (struct span){start, end};
}

/* The cents glued to the unit, « 36€92 »: 0 when there are none. */
static double cents_at(struct slice folded, size_t at, size_t *end)
{
    if (!digit_at(folded, at) || !digit_at(folded, at + 1) || digit_at(folded, at + 2))
        return 0;
    *end = at + 2;
    return ((folded.bytes[at] - '0') * 10 + (folded.bytes[at + 1] - '0')) / 100.0;
}

/* « € 1.200,00 », as some print in Belgium; but « 12 € 15 » are two cells. */
static bool has_sign_before(struct slice folded, size_t at)
{
    while (at > 0 && folded.bytes[at - 1] == ' ')
        at--;
    struct slice before = slice_range(folded, 0, at);
    if (!slice_ends(before, SLICE("€")))
        return false;
    at -= strlen("€");
    while (at > 0 && folded.bytes[at - 1] == ' ')
        at--;
    return at == 0 || folded.bytes[at - 1] < '0' || folded.bytes[at - 1] > '9';
}

/* A sum with its unit at `at`, where a number may begin: its end, or that of the bare number; `at` when there is none.
 */
static size_t add_with_unit(struct amounts *amounts, size_t at)
{
    struct slice folded = amounts->document->folded;
    double value;
    size_t end;
    size_t unit_end;
    if (!number_at(folded, at, &value, &end))
        return at;
    size_t next = skip_blanks(folded, end);
    if (next < folded.len && folded.bytes[next] == '\n')
        next = skip_blanks(folded, next + 1);
    const struct unit *unit = unit_at(folded, next, &unit_end);
    if (!unit && has_sign_before(folded, at)) {
        add(amounts, value, at, end);
        return end;
    }
    if (!unit)
        return end;
    double eur = value * unit->factor + cents_at(folded, unit_end, &unit_end);
    add(amounts, eur, at, unit_end);
    return unit_end;
}

/* « trois mille cinq cents euros »: a sum in letters alone. */
static void add_spelled(struct amounts *amounts)
{
    static const char *const words[] = {"euros", NULL};
    enum { LONGEST_BYTES = 90 };
    struct slice folded = amounts->document->folded;
    struct span euros;
    for (size_t from = 0; document_find(amounts->document, from, folded.len, words, &euros) >= 0; from = euros.end) {
        size_t first = euros.start > LONGEST_BYTES ? euros.start - LONGEST_BYTES : 0;
        for (size_t at = first; at < euros.start; at++) {
            size_t len = 0;
            int value = is_word_start(folded, at) && !digit_at(folded, at)
                            ? french_spelled_number(slice_range(folded, at, euros.start), &len)
                            : -1;
            if (value <= 0 || skip_space(folded, at + len) != euros.start)
                continue;
            add(amounts, value, at, euros.end);
            break;
        }
    }
}

/* « Total   366 616   292 752 »: the cells of a line of totals have no unit, but groups of thousands or cents. */
static void add_totals(struct amounts *amounts, const struct line *line)
{
    static const char *const labels[] = {"total*", "totaux", "montant total*", "sous-total*", NULL};
    struct slice folded = amounts->document->folded;
    size_t end;
    size_t at = skip_to_word(folded, line->start, line->end);
    if (phrases_at(folded, at, labels, &end) < 0)
        return;
    for (at = end; amounts->act->amount_count < MAX_AMOUNTS; at = end) {
        double value;
        size_t unit_end;
        at = next_figures(amounts->document, at, line->end);
        if (at == SLICE_NONE)
            break;
        end = at + 1;
        if (!may_begin(folded, at) || !number_at(folded, at, &value, &end))
            continue;
        struct slice cell = slice_range(folded, at, end);
        bool is_sum = slice_find_byte(cell, ' ', 0) != SLICE_NONE || slice_find_byte(cell, ',', 0) != SLICE_NONE;
        bool is_alone = end >= line->end || slice_starts(slice_skip(folded, end), SLICE("  "));
        if (is_sum && is_alone && end <= line->end && !unit_at(folded, skip_blanks(folded, end), &unit_end))
            add(amounts, value, at, end);
    }
}

void extract_amounts(struct act *act, const struct document *document)
{
    static const char *const currencies[] = {"€", "euro*", NULL};
    struct slice folded = document->folded;
    struct amounts amounts = {.act = act, .document = document, .most = -1};
    struct span currency;
    if (act_has(act, FIELD_AMOUNTS))
        return;
    for (size_t at = 0;
         act->amount_count < MAX_AMOUNTS && (at = next_figures(document, at, folded.len)) != SLICE_NONE;) {
        size_t end = may_begin(folded, at) ? add_with_unit(&amounts, at) : at;
        at = end > at ? end : at + 1;
    }
    add_spelled(&amounts);
    if (act->amount_count > 0 || document_find(document, 0, folded.len, currencies, &currency) >= 0)
        for (size_t line = 0; line < document->line_count; line++)
            add_totals(&amounts, &document->lines[line]);
    if (act->amount_count > 0)
        document_claim(document, act, FIELD_AMOUNTS, SOURCE_SENTENCE, CONFIDENCE_MEDIUM, amounts.largest.start,
                       amounts.largest.end);
}

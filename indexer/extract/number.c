#include "extract/number.h"

#include <string.h>

#include "extract/fields.h"
#include "french/numbers.h"

enum {
    MAX_NUMBER_BYTES = 32,   /* the longest seen are under 20 */
    ORDER_LINES = 12,        /* an arrêté says at once that it is one */
    HEADER_LINES = 150,      /* long lists of those present come before some numbers */
    MAX_SERVICE_LETTERS = 6, /* « 2014 DUAH 76 » */
    MAX_LEADING_LETTERS = 3  /* « R 2016-2735 » */
};

static bool is_ascii_letter(char byte)
{
    return byte >= 'a' && byte <= 'z';
}

static char byte_at(struct slice text, size_t at)
{
    return at < text.len ? text.bytes[at] : '\0';
}

size_t number_sign_at(struct slice folded, size_t at)
{
    static const char *const signs[] = {"n°", "nº", "numero", "num.", "no.", "no", "n", "№", NULL};
    size_t end;
    if (phrases_at(folded, at, signs, &end) < 0)
        return SLICE_NONE;
    for (size_t before = SLICE_NONE; before != end;) {
        before = end;
        end = skip_blanks(folded, end);
        if (byte_at(folded, end) == ':' || byte_at(folded, end) == '.' || byte_at(folded, end) == '_')
            end++;
    }
    return end;
}

/* A run of letters, digits and - _ / . that ends in a letter or digit. */
static size_t run_end(struct slice text, size_t at)
{
    size_t end = at;
    for (; at < text.len; at++) {
        char byte = text.bytes[at];
        if (is_digit(byte) || is_ascii_letter(byte))
            end = at + 1;
        else if (!memchr("-_/.", byte, 4))
            break;
    }
    return end;
}

static bool holds_digit(struct slice text, size_t from, size_t to)
{
    for (; from < to; from++)
        if (is_digit(text.bytes[from]))
            return true;
    return false;
}

/* « DU 4 MARS »: small words before a figure are no letters of a number. */
static bool is_small_word(struct slice text, size_t start, size_t end)
{
    static const char *const words[] = {"du",  "de", "des",  "le", "la",  "les", "l",   "d",   "au",
                                        "aux", "en", "et",   "un", "une", "a",   "ou",  "par", "n",
                                        "ce",  "il", "page", "no", "art", "lot", "rue", NULL};
    size_t word_end;
    return phrases_at(text, start, words, &word_end) >= 0 && word_end == end;
}

static bool is_year(struct slice text, size_t at, size_t figures)
{
    return figures == 4 && (memcmp(text.bytes + at, "19", 2) == 0 || memcmp(text.bytes + at, "20", 2) == 0);
}

/* « 2013 » + « / 12 »; « 2014 » + « DUAH 76 »; « R » + « 2016-2735 »: parts that blanks divide. */
static size_t join_parts(const struct document *document, size_t start, size_t end)
{
    enum { FEWEST_FIGURES = 4 }; /* of a number behind letters alone */
    struct slice text = document->folded;
    size_t next = skip_blanks(text, end);
    if (byte_at(text, next) == '/') {
        size_t part = skip_blanks(text, next + 1);
        bool whole = slice_find_byte(slice_range(text, start, end), '-', 0) != SLICE_NONE && next > end;
        return is_digit(byte_at(text, part)) && holds_digit(text, start, end) && !whole
                   ? run_end(text, part)
                   : end; /* « N° 2017-175 / 7.1.2 »: the matière stands behind it */
    }
    if (byte_at(text, next) == '-' && is_year(text, start, end - start)) { /* « N° 2023 - 08 » */
        size_t part = skip_blanks(text, next + 1);
        size_t part_end = run_end(text, part);
        bool alone = part_end >= text.len || memchr("\n\f:", text.bytes[skip_blanks(text, part_end)], 3);
        return next > end && part > next + 1 && is_digit(byte_at(text, part)) && alone ? part_end : end;
    }
    if (next != end + 1 || !document_is_capital_at(document, start == next ? start : next)) {
        bool letters =
            end - start <= MAX_LEADING_LETTERS && !holds_digit(text, start, end) && !is_small_word(text, start, end);
        size_t rank_end = run_end(text, next);
        bool long_rank = rank_end >= next + FEWEST_FIGURES || memchr(text.bytes + next, '-', rank_end - next) ||
                         memchr(text.bytes + next, '/', rank_end - next); /* not « AXE 2 » */
        return letters && next == end + 1 && is_digit(byte_at(text, next)) && long_rank &&
                       document_is_capital_at(document, start)
                   ? rank_end
                   : end;
    }
    size_t service = run_end(text, next);
    size_t rank = skip_blanks(text, service);
    enum { YEAR_FIGURES = 4, SHORT_YEAR_FIGURES = 2, LONG_RANK_FIGURES = 3 }; /* « 2014 DUAH 76 », « 24 C 0012 » */
    bool year = end - start == YEAR_FIGURES ||
                (end - start == SHORT_YEAR_FIGURES && run_end(text, rank) >= rank + LONG_RANK_FIGURES);
    bool fits = year && holds_digit(text, start, end) && service - next <= MAX_SERVICE_LETTERS &&
                !holds_digit(text, next, service) && document_is_capitals(document, next, service) &&
                is_digit(byte_at(text, rank));
    return fits ? run_end(text, rank) : end;
}

/* « 30/09/2019 »; but « 2020-02-03 » is the third act of a month, as many councils number them. */
static bool is_day(struct slice text, size_t start, size_t end)
{
    enum { YEAR_FIGURES = 4 };
    struct french_date date;
    size_t figures = 0;
    while (start + figures < end && is_digit(text.bytes[start + figures]))
        figures++;
    return figures < YEAR_FIGURES && french_date_at(&date, text, start) && date.len >= end - start && date.date != 0 &&
           end - start >= 8;
}

bool number_at(const struct document *document, size_t at, struct span *out)
{
    struct slice text = document->folded;
    if (at >= text.len || !(is_digit(text.bytes[at]) || is_ascii_letter(text.bytes[at])))
        return false;
    size_t end = join_parts(document, at, run_end(text, at));
    *out = (struct span){at, end};
    return end - at <= MAX_NUMBER_BYTES && holds_digit(text, at, end) && !is_day(text, at, end);
}

bool number_is_composed(struct slice folded, struct span number)
{
    enum { MANY_FIGURES = 5 };
    size_t dots = 0;
    size_t figures = 0;
    for (size_t at = number.start; at < number.end; at++) {
        if (memchr("-_/", folded.bytes[at], 3))
            return true;
        dots += folded.bytes[at] == '.';
        figures += is_digit(folded.bytes[at]);
    }
    return dots >= 2 || (is_ascii_letter(folded.bytes[number.start]) && figures >= MANY_FIGURES && dots == 0);
}

bool number_before_title(const struct document *document, size_t line, struct span *number, size_t *title)
{
    struct slice text = document->folded;
    size_t start = document->lines[line].start;
    if (!number_at(document, start, number))
        return false;
    bool separated = number_is_composed(text, *number);
    bool spaced = false; /* « 2014 DUAH 76 Changement d'usage »: nothing but a blank need follow */
    for (size_t at = number->start; at < number->end; at++)
        spaced |= text.bytes[at] == ' ';
    *title = skip_separators(text, number->end);
    return (separated || spaced) && is_digit(text.bytes[number->end - 1]) && *title > number->end &&
           *title < document->lines[line].end && document_is_capital_at(document, *title);
}

/* « Délibération n° X », « Délibération DEL_2021_017 »: where what follows the word begins; SLICE_NONE when the word
 * names another act (« vu la délibération n° 12 »). */
static size_t after_act_word(const struct document *document, size_t line, struct span word)
{
    static const char *const articles[] = {"la",    "cette", "une", "sa",  "par",   "ladite", "precedente",
                                           "les",   "des",   "vu",  "de",  "notre", "nos",    "leur",
                                           "leurs", "son",   "ses", "cet", NULL};
    struct slice text = document->folded;
    size_t start = document->lines[line].start;
    size_t before = word.start;
    while (before > start && text.bytes[before - 1] == ' ')
        before--;
    size_t word_start = before;
    while (word_start > start && is_word_byte(text.bytes[word_start - 1]))
        word_start--;
    size_t end;
    if (word_start < before && phrases_at(text, word_start, articles, &end) >= 0 && end == before)
        return SLICE_NONE;
    return skip_separators(text, word.end);
}

struct number_label {
    const char *const *words;
    enum confidence confidence;
    bool sign_needed; /* « n° » must stand between the word and the number */
    bool opens_line;  /* « Arrêté du maire n° 12 », but not « par arrêté n° 12 » */
};

static const char *const act_words[] = {"deliberation", "acte", NULL};
static const char *const short_words[] = {"dcm", "delib", "del", "dcc", NULL}; /* « DCM N° 23-05-25-12 » */
static const char *const rank_words[] = {"objet", NULL};                       /* « OBJET N° 12 : … » */
static const char *const order_words[] = {"arrete du maire", "arrete municipal", "arrete", "decision du maire", NULL};
static const char *const matter_words[] = {"affaire",  "dossier", "rapport", "decision",
                                           "question", "voeu",    "motion",  NULL};
static const struct number_label labels[] = {{act_words, CONFIDENCE_HIGH, false, false},
                                             {short_words, CONFIDENCE_HIGH, true, true},
                                             {matter_words, CONFIDENCE_MEDIUM, true, false},
                                             {rank_words, CONFIDENCE_LOW, true, true},
                                             {order_words, CONFIDENCE_MEDIUM, true, true}};

static bool claim_number(struct act *act, const struct document *document, enum field_source source,
                         enum confidence confidence, struct span number)
{
    if (!document_claim(document, act, FIELD_NUMBER, source, confidence, number.start, number.end))
        return false;
    act->number = document_printed(document, number.start, number.end);
    return true;
}

/* « une parcelle située au lieudit Les Combes,⏎n°B288 »: a number of the land register, wrapped. */
static bool speaks_of_land(const struct document *document, size_t at)
{
    static const char *const words[] = {"parcelle*", "cadastre*", "section", "lot", "lieu-dit", "lieudit", NULL};
    enum { BEFORE_BYTES = 100 };
    struct span found;
    size_t from = at > BEFORE_BYTES ? at - BEFORE_BYTES : 0;
    while (from < at && !is_word_start(document->folded, from))
        from++;
    size_t gap = slice_find_from(document->folded, SLICE("\n\n"), from);
    from = gap < at ? gap : from;
    return document_find(document, from, at, words, &found) >= 0;
}

/* The number after a word such as « délibération » anywhere in the line, with whatever stands between it and « n° ». */
static bool labelled_number(const struct document *document, size_t line, const struct number_label *label,
                            struct span *number)
{
    enum { LONGEST_BETWEEN = 60 }; /* « Délibération du conseil municipal du 12 mai n° 14 » */
    struct slice text = document->folded;
    struct span word;
    size_t end = document->lines[line].end;
    size_t start = document->lines[line].start;
    if (label->opens_line) {
        bool goes_on = line > 0 && !line_is_empty(document, line - 1) && document->kinds[line - 1] == LINE_OTHER;
        word.start = start;
        if (line >= ORDER_LINES || phrases_at(text, start, label->words, &word.end) < 0 || goes_on ||
            document->kinds[line] == LINE_BODY || !document_is_capital_at(document, start))
            return false;
    } else if (document_find(document, start, end, label->words, &word) < 0) {
        return false;
    }
    size_t at = after_act_word(document, line, word);
    if (at == SLICE_NONE)
        return false;
    size_t sign = number_sign_at(text, at);
    if (sign != SLICE_NONE && number_at(document, sign, number))
        return true;
    if (label->sign_needed)
        return false;
    if (number_at(document, at, number) && number->end - number->start > 3 && number->end + 1 >= end)
        return true;
    if (word.start > document->lines[line].start + 40)
        return false;
    if (number_at(document, at, number) && number->end - number->start > 3)
        return true;
    if (end > word.end + LONGEST_BETWEEN)
        end = word.end + LONGEST_BETWEEN;
    for (at = word.end; at < end; at++) {
        sign = is_word_start(text, at) ? number_sign_at(text, at) : SLICE_NONE;
        if (sign != SLICE_NONE && at + 1 < end && text.bytes[at + 1] != ' ' && number_at(document, sign, number))
            return !speaks_of_land(document, at);
    }
    return false;
}

/* « N°19-09-107 », « N° de délibération : 2019-107 » that opens its line. */
static bool number_opens_line(const struct document *document, size_t line, struct span *number)
{
    static const char *const of_act[] = {
        "n° de deliberation", "n° de la deliberation",     "n° deliberation", "numero de deliberation", "n° d'acte",
        "n° de l'acte",       "numero de la deliberation", "n° d'ordre",      "n° d'enregistrement",    NULL};
    static const char *const things[] = {"n° de", "n° siret", "n° siren", "n° d'", NULL};
    size_t end;
    size_t start = document->lines[line].start;
    if (phrases_at(document->folded, start, of_act, &end) >= 0)
        return number_at(document, skip_separators(document->folded, end), number) &&
               number->end <= document->lines[line].end;
    if (phrases_at(document->folded, start, things, &end) >= 0)
        return false;
    if (byte_at(document->folded, start) == '(')
        start++;
    size_t sign = number_sign_at(document->folded, start);
    return sign != SLICE_NONE && sign > start + 1 && !speaks_of_land(document, start) &&
           number_at(document, sign, number) && number->end <= document->lines[line].end;
}

/* « Séance du 12 mai 2020 - N° 2020-14 »: a sign that closes a line of the header. */
static bool number_closes_line(const struct document *document, size_t line, struct span *number)
{
    static const char *const signs[] = {"n°", "nº", NULL};
    struct slice text = document->folded;
    struct span sign;
    const struct line *place = &document->lines[line];
    static const char *const seance[] = {"seance*", "conseil*", "comite*", "bureau*", "registre*", NULL};
    struct span word;
    if (document_find(document, place->start, place->end, seance, &word) < 0)
        return false;
    if (document_find(document, place->start, place->end, signs, &sign) < 0)
        return false;
    size_t at = number_sign_at(text, sign.start);
    size_t before = sign.start;
    while (before > place->start && text.bytes[before - 1] == ' ')
        before--;
    if (before > place->start && is_ascii_letter(text.bytes[before - 1]) &&
        !document_is_capital_at(document, sign.start))
        return false; /* « le conseil procède au retrait de la délibération n° 2020-17 » */
    return number_at(document, at, number) && number->end + 1 >= place->end;
}

bool number_has_year_and_rank(struct slice text, struct span number)
{
    size_t years = 0;
    size_t ranks = 0;
    for (size_t at = number.start; at < number.end;) {
        size_t end = at;
        while (end < number.end && is_digit(text.bytes[end]))
            end++;
        bool year = is_year(text, at, end - at);
        years += year;
        ranks += end > at && !year;
        at = end > at ? end : at + 1;
    }
    return years == 1 && ranks >= 1 && number_is_composed(text, number);
}

/* « DAP N° 22.03.07 », « CC N° 2023-14 » alone on a line: letters of the council's own before the sign. */
static bool number_after_letters(const struct document *document, size_t line, struct span *number)
{
    enum { MAX_LETTERS = 5 };
    struct slice text = document->folded;
    size_t start = document->lines[line].start;
    size_t end = start;
    while (end < text.len && is_ascii_letter(text.bytes[end]))
        end++;
    size_t sign = end > start && end - start <= MAX_LETTERS ? number_sign_at(text, skip_blanks(text, end)) : SLICE_NONE;
    return sign != SLICE_NONE && document_is_capitals(document, start, end) && number_at(document, sign, number) &&
           number->end + 1 >= document->lines[line].end && number_is_composed(text, *number);
}

/* « réf : 2022_045 »: with a year; other references are those of services and letters. */
static bool number_after_reference(const struct document *document, size_t line, struct span *number)
{
    static const char *const words[] = {"ref", "ref.", "reference", NULL};
    size_t end;
    return phrases_at(document->folded, document->lines[line].start, words, &end) >= 0 &&
           number_at(document, skip_separators(document->folded, end), number) &&
           number->end + 1 >= document->lines[line].end && number_has_year_and_rank(document->folded, *number);
}

/* « 19_0501_05 »: neither a day nor a telephone number is written so. */
static bool has_underscores(struct slice text, struct span number)
{
    enum { FEWEST = 2 };
    size_t count = 0;
    for (size_t at = number.start; at < number.end; at++)
        count += text.bytes[at] == '_';
    return count >= FEWEST;
}

/* A number alone on its line below « DÉLIBÉRATION », as some villages print it. */
static bool number_alone(const struct document *document, size_t line, struct span *number)
{
    static const char *const words[] = {"deliberation*", "decision*", NULL};
    struct span word;
    const struct line *place = &document->lines[line];
    if (!number_at(document, place->start, number) || number->end + 1 < place->end || number->end - number->start < 4)
        return false;
    if (number_has_year_and_rank(document->folded, *number) || has_underscores(document->folded, *number))
        return true;
    for (size_t above = 1; above <= 2 && above <= line; above++) {
        struct slice text = line_text(document, line - above);
        size_t start = document->lines[line - above].start;
        if (text.len > 0)
            return document_find(document, start, start + text.len, words, &word) >= 0;
    }
    return false;
}

/* « Objet : Tarifs de la cantine - DE_2023_021 », « … (N° 2023-21) »: a number that closes the objet. */
static bool number_closes_objet(const struct document *document, size_t line, struct span *number)
{
    struct slice text = document->folded;
    size_t end = document->lines[line].end;
    if (document->kinds[line] != LINE_OBJET)
        return false;
    while (line + 1 < document->line_count && document->kinds[line + 1] == LINE_OTHER &&
           !line_is_empty(document, line + 1))
        end = document->lines[++line].end;
    while (end > 0 && memchr(" ).", text.bytes[end - 1], 3))
        end--;
    size_t word = end;
    while (word > 0 && !memchr(" (\n", text.bytes[word - 1], 3))
        word--;
    size_t before = word;
    while (before > 0 && text.bytes[before - 1] == ' ')
        before--;
    struct slice above = slice_range(text, 0, before);
    bool divided = slice_ends(above, SLICE("(")) || slice_ends(above, SLICE(" -")) || slice_ends(above, SLICE("–")) ||
                   slice_ends(above, SLICE("(n°"));
    return divided && number_at(document, word, number) && number->end == end &&
           number_has_year_and_rank(text, *number);
}

/* « Délibération n° 2023-014 » below the matter: nothing else on its line. */
static bool number_below(const struct document *document, size_t line, struct span *number)
{
    const struct line *place = &document->lines[line];
    size_t end;
    return phrases_at(document->folded, place->start, act_words, &end) >= 0 &&
           document_is_capital_at(document, place->start) && labelled_number(document, line, &labels[0], number) &&
           number->end + 1 >= place->end;
}

void extract_number(struct act *act, const struct document *document)
{
    struct span number;
    size_t title;
    for (size_t line = 0; line < document->line_count && line < HEADER_LINES; line++) {
        if (line_is_empty(document, line))
            continue;
        if (line >= document->recital_line) { /* the numbers that recitals hold are of other acts */
            if (number_below(document, line, &number))
                claim_number(act, document, SOURCE_LABEL, CONFIDENCE_MEDIUM, number);
            continue;
        }
        for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
            if (labelled_number(document, line, &labels[i], &number))
                claim_number(act, document, SOURCE_LABEL, labels[i].confidence, number);
        if (number_opens_line(document, line, &number))
            claim_number(act, document, SOURCE_LABEL, CONFIDENCE_HIGH, number);
        if (number_closes_line(document, line, &number))
            claim_number(act, document, SOURCE_LABEL, CONFIDENCE_MEDIUM, number);
        if (number_closes_objet(document, line, &number))
            claim_number(act, document, SOURCE_LABEL, CONFIDENCE_MEDIUM, number);
        if (number_after_letters(document, line, &number))
            claim_number(act, document, SOURCE_LABEL, CONFIDENCE_MEDIUM, number);
        if (number_after_reference(document, line, &number))
            claim_number(act, document, SOURCE_LABEL, CONFIDENCE_MEDIUM, number);
        if (number_alone(document, line, &number))
            claim_number(act, document, SOURCE_HEURISTIC, CONFIDENCE_MEDIUM, number);
        if (number_before_title(document, line, &number, &title))
            claim_number(act, document, SOURCE_HEURISTIC, CONFIDENCE_MEDIUM, number);
    }
}

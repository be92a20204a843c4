/* Acts that are numbered one after the other: « 2020-038 SUBVENTION … », « Délibération n° 12 », « 3) Budget »,
 * « IV – Personnel », « (N° DE_2026_086) » at the end of a title.
 *
 * Every number that opens a line is a mark. Marks of one form whose serial numbers follow each other are a chain; the
 * chain with most acts closed by a vote is the one: so the ordre du jour (same numbers, nothing decided) and the
 * articles of one act (one vote for all) are told from it. */
#include <stdlib.h>
#include <string.h>

#include "extract/number.h"
#include "extract/person.h"
#include "extract/title.h"
#include "split/heading.h"

enum {
    MAX_MARKS_A_FORM = 1500, /* chains are found in quadratic time; real minutes hold some hundred acts */
    MAX_SERIAL = 9999,
    FEWEST_FIGURES = 3, /* of a number that names an act beyond these minutes */
    MAX_SERIAL_FIGURES = 4,
    JOINED_SERIAL_FIGURES = 3, /* of a number that holds the year, too, without a sign between */
    MAX_ROMAN = 60,
    MAX_GAP = 3,         /* acts withdrawn, or numbers that OCR destroyed */
    MIN_CHAIN = 3,       /* two numbers in a row are chance */
    MIN_CLOSED_SHARE = 5 /* of ten acts: so many must end in a decision */
};

struct mark {
    size_t line;
    size_t start;
    struct span title;
    struct span number;
    struct slice form; /* the number with its serial left out, and the label before it */
    unsigned major;    /* « 2.3 »: 2 */
    unsigned section;  /* how many roman numbers stand above: « II – Finances », under which « 1. » begins anew */
    unsigned serial;
    bool is_labelled;   /* « Rapport n° 104 » */
    bool is_act_number; /* names the act beyond this text: « 2020-038 », « Délibération n° 12 » */
};

struct marks {
    struct mark *items;
    size_t count;
};

/* --- reading marks -------------------------------------------------------------------------------------------- */

/* Past bars, bullets and signs of Markdown at the start of a line. */
static size_t line_words(const struct document *document, size_t line)
{
    return skip_to_word(document->folded, document->lines[line].start, document->lines[line].end);
}

static unsigned number_in(struct slice text, size_t start, size_t end)
{
    unsigned value = 0;
    for (size_t at = start; at < end; at++)
        value = value > MAX_SERIAL ? value : value * 10 + (unsigned)(text.bytes[at] - '0');
    return value;
}

static unsigned roman_at(struct slice folded, size_t at, size_t *end)
{
    static const struct {
        char digit;
        unsigned value;
    } digits[] = {{'i', 1}, {'v', 5}, {'x', 10}, {'l', 50}};
    unsigned total = 0;
    unsigned last = 0;
    for (*end = at; *end < folded.len; (*end)++) {
        unsigned value = 0;
        for (size_t i = 0; i < sizeof digits / sizeof *digits; i++)
            if (folded.bytes[*end] == digits[i].digit)
                value = digits[i].value;
        if (value == 0)
            break;
        total += value;
        if (last < value)
            total -= 2 * last;
        last = value;
    }
    return *end > at && !is_word_byte(*end < folded.len ? folded.bytes[*end] : ' ') && total <= MAX_ROMAN ? total : 0;
}

static bool is_year(unsigned value, size_t digits)
{
    return digits == 4 && value >= 1950 && value < 2100;
}

/* The number with its serial left out and without blanks. */
static struct slice form_of(struct arena *arena, const char *label, struct slice number, size_t serial_at,
                            size_t serial_len)
{
    struct buffer form = {0};
    buffer_add_string(&form, label);
    buffer_add_byte(&form, '|');
    for (size_t at = 0; at < number.len; at++) {
        if (at == serial_at)
            buffer_add_byte(&form, '#');
        if (number.bytes[at] != ' ' && (at < serial_at || at >= serial_at + serial_len))
            buffer_add_byte(&form, number.bytes[at]);
    }
    struct slice kept = arena_copy(arena, buffer_get(&form));
    buffer_free(&form);
    return kept;
}

static void add_mark(struct marks *marks, const struct document *document, struct mark mark, const char *label,
                     struct slice number, size_t serial_at, size_t serial_len)
{
    if (mark.serial == 0 || mark.serial > MAX_SERIAL)
        return;
    mark.form = form_of(document->arena, label, number, serial_at, serial_len);
    marks->items = arena_grow(document->arena, marks->items, marks->count, sizeof *marks->items);
    marks->items[marks->count++] = mark;
}

/* One mark for each group of figures that may be the serial number: « 104-21 » counts in its first or its last. */
static void add_number(struct marks *marks, const struct document *document, struct mark mark, const char *label,
                       struct span number)
{
    struct slice text = slice_range(document->folded, number.start, number.end);
    mark.number = number;
    for (size_t at = 0; at < text.len;) {
        size_t end = at;
        while (digit_at(text, end))
            end++;
        if (end > at) {
            size_t serial_at = end - at > MAX_SERIAL_FIGURES ? end - JOINED_SERIAL_FIGURES : at; /* « D2018030 » */
            mark.serial = number_in(text, serial_at, end);
            if (!is_year(mark.serial, end - serial_at))
                add_mark(marks, document, mark, label, text, serial_at, end - serial_at);
        }
        at = end > at ? end : at + 1;
    }
}

/* « 2/14 » alone on its line: a page of so many. */
static bool is_page_number(struct slice folded, struct span number, size_t line_end)
{
    return number.end == line_end && number.end - number.start <= strlen("99/999") &&
           slice_find(slice_range(folded, number.start, number.end), SLICE("/")) != SLICE_NONE;
}

/* « 2020-038 », also « 2020- 047 » and « 48/2026 : n° 4713 ». */
static bool act_number_at(const struct document *document, size_t at, struct span *number)
{
    struct slice folded = document->folded;
    if (!number_at(document, at, number))
        return false;
    size_t next = skip_blanks(folded, number->end);
    if (next < folded.len && memchr("-/", folded.bytes[next], 2)) {
        next = skip_blanks(folded, next + 1);
        size_t end = next;
        while (digit_at(folded, end))
            end++;
        if (end > next && end - next <= 4)
            number->end = end;
    }
    size_t figures = 0; /* « 2/1 » is a paragraph */
    for (size_t i = number->start; i < number->end; i++)
        figures += is_digit(folded.bytes[i]);
    return figures >= FEWEST_FIGURES &&
           (number_is_composed(folded, (struct span){number->start + 1, number->end - 1}) ||
            number_is_composed(folded, *number));
}

/* « Délibération n° », « Point 3 », « Question n° »: the label and where its number begins. */
static const char *label_at(const struct document *document, size_t at, size_t *number)
{
    static const char *const labels[] = {
        "deliberation",           "affaire", "dossier", "rapport", "question", "point",    "acte",
        "projet de deliberation", "delib",   "projet",  "sujet",   "objet",    "decision", NULL};
    static const char *const none = "";
    struct slice folded = document->folded;
    size_t end = at;
    int label = phrases_at(folded, at, labels, &end);
    if (label >= 0 && !document_is_capital_at(document, at))
        return NULL; /* the rest of a sentence: « la / délibération n° 12 du … » */
    size_t sign = number_sign_at(folded, skip_blanks(folded, label >= 0 ? end : at));
    size_t after_label = label == 0 ? skip_separators(folded, end) : end; /* « DÉLIBÉRATION : 2021-19 – Tarifs » */
    *number = skip_blanks(folded, sign != SLICE_NONE ? sign : label >= 0 ? after_label : at);
    return label >= 0 ? labels[label] : sign != SLICE_NONE ? "n°" : none;
}

/* « 48/2026 : n° 4713 : Tarifs »: past the second number. */
static size_t skip_second_number(const struct document *document, size_t start, size_t end)
{
    struct span number;
    size_t sign = number_sign_at(document->folded, start);
    if (sign == SLICE_NONE || !number_at(document, sign, &number) || number.end >= end)
        return start;
    size_t after = skip_to_word(document->folded, number.end, end);
    return after < end ? after : start;
}

/* The title after the number: it must begin like one. */
static bool title_after(const struct document *document, size_t line, size_t at, struct span *title)
{
    struct slice folded = document->folded;
    size_t end = document->lines[line].end;
    size_t start = skip_to_word(folded, at, end);
    if (start >= end) {
        *title = (struct span){end, end};
        return true;
    }
    start = skip_second_number(document, start, end);
    *title = (struct span){start, title_end(document, line, start)};
    return document_is_capital_at(document, start);
}

/* « 1. », « 2) », « 3° », « 4 - », « 5/ », « I – », « 2.3 »: where the title begins; SLICE_NONE when it is no ordinal.
 */
static size_t ordinal_at(const struct document *document, size_t at, struct mark *mark, char *style)
{
    struct slice folded = document->folded;
    size_t end = at;
    mark->major = 0;
    while (digit_at(folded, end) && end - at < 3)
        end++;
    bool roman = end == at;
    mark->serial = roman ? roman_at(folded, at, &end) : number_in(folded, at, end);
    if (roman && mark->serial > 0 && !document_is_capital_at(document, at))
        return SLICE_NONE;
    if (end + 1 < folded.len && memchr(".-", folded.bytes[end], 2) && is_digit(folded.bytes[end + 1])) {
        size_t minor = end + 1;
        size_t stop = minor;
        while (digit_at(folded, stop) && stop - minor < 3)
            stop++;
        mark->major = mark->serial;
        mark->serial = number_in(folded, minor, stop);
        end = stop;
    }
    if (mark->serial == 0)
        return SLICE_NONE;
    mark->number = (struct span){at, end};
    size_t next = skip_blanks(folded, end);
    size_t dash_end;
    static const char *const dashes[] = {"–", "—", NULL};
    bool slash = next + 1 < folded.len && folded.bytes[next] == '/' && folded.bytes[next + 1] == ' ';
    if (slash || (next < folded.len && memchr(".):-", folded.bytes[next], 4))) {
        *style = roman ? 'R' : folded.bytes[next];
        next++;
    } else if (slice_starts(slice_skip(folded, end), SLICE("°"))) {
        *style = 'o';
        next = end + strlen("°");
    } else if (slice_starts(slice_skip(folded, next), slice_of(dashes[0])) ||
               slice_starts(slice_skip(folded, next), slice_of(dashes[1]))) {
        dash_end = next + strlen(dashes[0]);
        *style = roman ? 'R' : '-';
        next = dash_end;
    } else if (mark->major > 0 && next > end) {
        *style = ' ';
    } else {
        return SLICE_NONE;
    }
    return next;
}

/* « A) », « B – »: a mark of its own, for « I) » may be a letter or a roman number. */
static void read_letter(struct marks *marks, const struct document *document, struct mark mark, const char *label,
                        size_t at)
{
    struct slice folded = document->folded;
    size_t sign = skip_blanks(folded, at + 1);
    bool is_letter = at + 2 < folded.len && folded.bytes[at] >= 'a' && folded.bytes[at] <= 'z' &&
                     document_is_capital_at(document, at);
    bool is_dash =
        slice_starts(slice_skip(folded, sign), SLICE("–")) || slice_starts(slice_skip(folded, sign), SLICE("- "));
    if (!is_letter || !(is_dash || memchr(").", folded.bytes[at + 1], 2)))
        return;
    mark.serial = (unsigned)(folded.bytes[at] - 'a') + 1;
    mark.number = (struct span){at, at + 1};
    if (title_after(document, mark.line, sign + 1, &mark.title) && mark.title.end > mark.title.start)
        add_mark(marks, document, mark, label, is_dash ? SLICE("A-") : SLICE("A)"), 0, 0);
}

static void read_mark(struct marks *marks, const struct document *document, size_t line, unsigned *section)
{
    struct mark mark = {.line = line, .start = line_words(document, line)};
    struct span number;
    size_t at;
    const char *label = label_at(document, mark.start, &at);
    if (!label || at >= document->lines[line].end)
        return;
    mark.is_labelled = *label != '\0';
    if (act_number_at(document, at, &number)) {
        if (!*label && is_page_number(document->folded, number, document->lines[line].end))
            return;
        mark.is_act_number = true;
        if (title_after(document, line, number.end, &mark.title))
            add_number(marks, document, mark, label, number);
        return;
    }
    if (*label && number_at(document, at, &number) && number.end - number.start <= 6) {
        mark.is_act_number = strcmp(label, "deliberation") == 0 || strcmp(label, "acte") == 0;
        if (title_after(document, line, number.end, &mark.title))
            add_number(marks, document, mark, label, number);
        return;
    }
    read_letter(marks, document, mark, label, at);
    char style = ' ';
    size_t after = ordinal_at(document, at, &mark, &style);
    if (after == SLICE_NONE || !title_after(document, line, after, &mark.title) || mark.title.end <= mark.title.start)
        return;
    bool is_section = style == 'R' && mark.major == 0;
    *section += is_section;
    mark.section = is_section ? 0 : *section;
    char form[] = {style, mark.major > 0 ? '2' : '1', '\0'};
    add_mark(marks, document, mark, label, slice_of(form), 0, 0);
}

/* Where the words of a title begin that numbers of other registers may open: « IV - », « 80/2020 : n° 2301 : ». */
static size_t past_numbers(const struct document *document, size_t start, size_t end)
{
    struct span number;
    struct mark ordinal;
    char style;
    start = skip_to_word(document->folded, start, end);
    size_t after = act_number_at(document, start, &number) ? number.end : ordinal_at(document, start, &ordinal, &style);
    if (after == SLICE_NONE || after >= end)
        return start;
    return skip_second_number(document, skip_to_word(document->folded, after, end), end);
}

/* A title names a matter; an article of one act opens with what the council does (« D'approuver », « AUTORISE »), a
 * list of people with a civility. */
static bool is_no_title(const struct document *document, size_t title)
{
    static const char *const openings[] = {"d'",       "de",       "approuve*", "autorise*", "decide*",
                                           "donne*",   "charge*",  "dit",       "precise*",  "accepte*",
                                           "adopte*",  "fixe*",    "prend*",    "designe*",  "sollicite*",
                                           "mandate*", "inscrit*", "valide*",   NULL};
    size_t end;
    return civility_at(document->folded, title) > 0 || phrases_at(document->folded, title, openings, &end) >= 0;
}

/* Whether the title that goes on in `line` may begin above it. */
static bool title_begins_above(const struct document *document, size_t line)
{
    enum { WRAPPED_LINE_BYTES = 42 }; /* a line at least this long may have been cut by the margin */
    if (line == 0 || line_is_empty(document, line - 1) || is_closing_line(document, line - 1) ||
        is_no_title(document, line_words(document, line - 1)))
        return false;
    if (line_starts_lower(document, line) || line_hangs(document, line - 1))
        return true;
    const struct line *above = &document->lines[line - 1];
    char last = document->folded.bytes[above->end - 1];
    return above->end - above->start >= WRAPPED_LINE_BYTES && line_is_wrapped(document, line - 1) &&
           !memchr(".;:)", last, 4) && document->kinds[line - 1] == LINE_OTHER;
}

/* « Tarifs de la cantine (N° DE_2026_086) » */
static void read_trailing_mark(struct marks *marks, const struct document *document, size_t line)
{
    struct slice folded = document->folded;
    enum { MAX_WRAPPED_BYTES = 20 };
    size_t end = document->lines[line].end;
    if (end - document->lines[line].start < 4 || folded.bytes[end - 1] != ')')
        return;
    size_t open = end - 1;
    bool wrapped = line > 0 && document->lines[line].end - document->lines[line].start < MAX_WRAPPED_BYTES;
    size_t from = document->lines[wrapped ? line - 1 : line].start; /* « … (N°⏎2018-41) » */
    while (open > from && folded.bytes[open] != '(')
        open--;
    size_t inside = skip_space(folded, open + 1);
    size_t sign = number_sign_at(folded, inside);
    size_t at = sign != SLICE_NONE ? skip_space(folded, sign) : inside;
    struct span number;
    if (!act_number_at(document, at, &number) || skip_space(folded, number.end) + 1 != end ||
        (sign == SLICE_NONE && !number_has_year_and_rank(folded, number)))
        return;
    size_t first = open >= document->lines[line].start ? line : line - 1;
    if (first == line && skip_to_word(folded, document->lines[line].start, open) >= open && line > 0)
        first = line - 1; /* « … (N°⏎2018-41) » with nothing else on its line */
    while (line - first < 3 && title_begins_above(document, first))
        first--;
    struct mark mark = {.line = line, .start = document->lines[first].start, .is_act_number = true};
    mark.title = (struct span){past_numbers(document, mark.start, open), open};
    add_number(marks, document, mark, "()", number);
}

/* --- chains --------------------------------------------------------------------------------------------------- */

/* Of two chains with as many acts closed, the longer. */
#define LENGTH_VALUE 0.01

struct link {
    double value;
    size_t before; /* index in the form's marks, or SLICE_NONE */
    size_t length;
    size_t closed;
};

static int compare_marks(const void *a, const void *b)
{
    const struct mark *left = a;
    const struct mark *right = b;
    int order = slice_compare(left->form, right->form);
    return order != 0 ? order : (left->line > right->line) - (left->line < right->line);
}

static int compare_places(const void *a, const void *b)
{
    const struct mark *left = a;
    const struct mark *right = b;
    return (left->start > right->start) - (left->start < right->start);
}

/* « Rapport n° 104 », then « Rapport n° 201 » of the next commission. */
static bool begins_hundred(const struct mark *before, const struct mark *mark)
{
    return before->serial > 100 && mark->serial % 100 == 1 && mark->serial / 100 > before->serial / 100 &&
           mark->serial / 100 - before->serial / 100 <= MAX_GAP;
}

static bool follows(const struct mark *before, const struct mark *mark)
{
    if (mark->line <= before->line)
        return false;
    if (mark->is_labelled && mark->major == before->major && begins_hundred(before, mark))
        return true;
    bool is_next = mark->serial > before->serial && mark->serial - before->serial <= MAX_GAP;
    if (mark->section > before->section && mark->major == before->major)
        return is_next || (mark->serial == 1 && mark->section - before->section <= MAX_GAP);
    if (mark->major == before->major)
        return is_next;
    return mark->major > before->major && mark->major - before->major <= 2 && mark->serial <= 2;
}

/* A step to an act that was closed counts one, to another hardly; a gap costs a little, so that the nearest wins. */
static void link_marks(struct link *links, const struct mark *marks, size_t count, const struct closings *closings)
{
    for (size_t i = 0; i < count; i++) {
        links[i] = (struct link){.value = 0, .before = SLICE_NONE, .length = 1};
        for (size_t j = 0; j < i; j++) {
            if (!follows(&marks[j], &marks[i]))
                continue;
            bool closed = closings_between(closings, marks[j].line, marks[i].line);
            bool gap = marks[i].major == marks[j].major && marks[i].serial != marks[j].serial + 1 &&
                       !begins_hundred(&marks[j], &marks[i]);
            double value = links[j].value + (closed ? 1.0 : 0.05) - (gap ? 0.3 : 0);
            if (value >= links[i].value)
                links[i] = (struct link){value, j, links[j].length + 1, links[j].closed + closed};
        }
    }
}

static bool are_titles(const struct document *document, const struct mark *marks, const struct link *links, size_t last)
{
    size_t others = 0;
    for (size_t i = last; i != SLICE_NONE; i = links[i].before)
        others += is_no_title(document, marks[i].title.start);
    return others * 2 <= links[last].length;
}

/* « Délibération n° 2023-014 » below each act, not above: the first comes after a decision, the last before none. */
static bool closes_acts(const struct document *document, const struct mark *marks, const struct link *links,
                        size_t last, const struct closings *closings)
{
    size_t first = last;
    for (size_t i = last; i != SLICE_NONE; i = links[i].before) {
        if (marks[i].title.end > marks[i].title.start)
            return false;
        first = i;
    }
    return !closings_between(closings, marks[last].line, document->line_count) &&
           links[last].closed + 1 == links[last].length &&
           closings_between(closings, first_line_of_matter(document, closings), marks[first].line);
}

struct chain {
    struct mark *marks;
    size_t count;
    double value;
};

static void take_chain(struct chain *best, const struct document *document, const struct mark *marks, size_t count,
                       const struct closings *closings)
{
    struct link *links = arena_alloc(document->arena, count * sizeof *links);
    link_marks(links, marks, count, closings);
    for (size_t i = 0; i < count; i++)
        if (links[i].length > 1 && closes_acts(document, marks, links, i, closings))
            return;
    for (size_t i = 0; i < count; i++) {
        bool closed = closings_between(closings, marks[i].line, document->line_count);
        size_t length = links[i].length;
        size_t closed_count = links[i].closed + closed;
        double value = (links[i].value + closed + LENGTH_VALUE * (double)length) * (marks[i].is_act_number ? 1.5 : 1);
        bool is_pair = length == 2 && marks[i].is_act_number && closed_count == 2;
        if ((length < MIN_CHAIN && !is_pair) || closed_count * 10 < length * MIN_CLOSED_SHARE || value <= best->value ||
            !are_titles(document, marks, links, i))
            continue;
        best->value = value;
        best->count = length;
        best->marks = arena_alloc(document->arena, length * sizeof *best->marks);
        for (size_t at = i, k = length; at != SLICE_NONE; at = links[at].before)
            best->marks[--k] = marks[at];
    }
}

static struct chain best_chain(const struct document *document, struct marks *marks, const struct closings *closings)
{
    struct chain best = {0};
    if (marks->count > 0)
        qsort(marks->items, marks->count, sizeof *marks->items, compare_marks);
    for (size_t start = 0, end; start < marks->count; start = end) {
        end = start;
        while (end < marks->count && slice_equal(marks->items[end].form, marks->items[start].form))
            end++;
        size_t count = end - start < MAX_MARKS_A_FORM ? end - start : MAX_MARKS_A_FORM;
        if (count > 1)
            take_chain(&best, document, marks->items + start, count, closings);
    }
    return best;
}

/* « 2. DELIBERATION 01-2023 : Statuts du syndicat »: the act's own number after its rank. */
static void take_own_number(struct heading *heading, const struct document *document)
{
    struct span number;
    size_t at;
    const char *label = label_at(document, heading->title.start, &at);
    if (!label || !*label || !act_number_at(document, at, &number) || number.end >= heading->title.end)
        return;
    size_t start = skip_to_word(document->folded, number.end, heading->title.end);
    if (start >= heading->title.end)
        return;
    heading->number = number;
    heading->title.start = start;
}

static bool tells_presence(const struct document *document)
{
    for (size_t line = 0; line < document->recital_line && line < document->line_count; line++)
        if (document->kinds[line] == LINE_PRESENCE || document->kinds[line] == LINE_SECRETARY)
            return true;
    return false;
}

/* « 2011-02-001⏎II – Installation d'un délégué »: the title stands below, after its rank. */
static struct span title_below(const struct document *document, size_t line)
{
    struct mark ordinal;
    struct span title = {0};
    char style;
    size_t next = line + 1;
    if (next < document->line_count && line_is_empty(document, next))
        next++;
    if (next >= document->line_count)
        return title;
    size_t after = ordinal_at(document, line_words(document, next), &ordinal, &style);
    if (after == SLICE_NONE || !title_after(document, next, after, &title) || title.end <= title.start)
        return (struct span){0};
    return title;
}

/* « 3. Taux d'imposition » among « 2.1 », « 2.2 », « 4.1 »: a point that has no points of its own. */
static void add_lone_points(struct chain *chain, const struct document *document, const struct marks *marks,
                            const struct closings *closings)
{
    struct mark *all = NULL;
    size_t count = 0;
    for (size_t i = 0; i < chain->count; i++) {
        const struct mark *next = i + 1 < chain->count ? &chain->marks[i + 1] : NULL;
        size_t end = next ? next->line : document->line_count;
        unsigned wanted = chain->marks[i].major + 1;
        all = arena_grow(document->arena, all, count, sizeof *all);
        all[count++] = chain->marks[i];
        for (size_t j = 0; j < marks->count; j++) {
            const struct mark *mark = &marks->items[j];
            bool is_between = mark->line > all[count - 1].line && mark->line < end;
            if (!is_between || mark->major > 0 || mark->serial != wanted || mark->is_act_number || mark->is_labelled ||
                (next && next->major == wanted) || !closings_between(closings, mark->line, end))
                continue;
            all = arena_grow(document->arena, all, count, sizeof *all);
            all[count++] = *mark;
            wanted++;
        }
    }
    chain->marks = all;
    chain->count = count;
}

void headings_by_number(struct headings *out, const struct document *document, const struct closings *closings)
{
    struct marks marks = {0};
    unsigned section = 0;
    for (size_t line = 0; line < document->line_count; line++) {
        read_mark(&marks, document, line, &section);
        read_trailing_mark(&marks, document, line);
    }
    struct chain chain = best_chain(document, &marks, closings);
    if (chain.count > 0 && !chain.marks[0].is_act_number && !is_minutes(document) && !tells_presence(document))
        return; /* the headings of a report, the articles of a convention */
    if (chain.count > 0 && chain.marks[0].major > 0 && !chain.marks[0].is_act_number) {
        qsort(marks.items, marks.count, sizeof *marks.items, compare_places);
        add_lone_points(&chain, document, &marks, closings);
    }
    for (size_t i = 0; i < chain.count; i++) {
        const struct mark *mark = &chain.marks[i];
        size_t next = i + 1 < chain.count ? chain.marks[i + 1].line : document->line_count;
        bool closed = closings_between(closings, mark->line, next);
        headings_add(out, document, mark->start, mark->title);
        struct heading *heading = &out->items[out->count - 1];
        if (mark->is_act_number)
            heading->number = mark->number;
        else
            heading->rank = mark->number;
        if (!mark->is_act_number)
            take_own_number(heading, document);
        heading->no_act = !closed && (heading->no_act || !mark->is_act_number);
        if (mark->is_act_number && mark->title.end <= mark->title.start)
            heading->title = title_below(document, mark->line);
    }
}

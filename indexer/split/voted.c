/* Minutes in which a line of a set form closes each act: « Vote : à l'unanimité », « Adopté à l'unanimité », « Pour :
 * 12 Contre : 0 ». What follows such a line, up to the next one, is the next act. */
#include <string.h>

#include "extract/person.h"
#include "extract/title.h"
#include "split/heading.h"

enum {
    CLOSING_LINE_BYTES = 90, /* longer lines are sentences */
    CLOSING_LABEL_BYTES = 12,
    MIN_CLOSINGS = 3,       /* fewer are chance */
    SAME_CLOSING_LINES = 2, /* « Pour : 12 / Contre : 0 » over several lines, an empty one between them at most */
    TITLE_LINE_BYTES = 160
};

static bool says_outcome(struct slice text)
{
    static const char *const outcomes[] = {"unanimite", "majorite", "pour", "contre", "abstention*", "voix", NULL};
    struct span found;
    return phrases_find(text, 0, text.len, outcomes, &found) >= 0;
}

/* « Vate ;: à l'unanimité », « Vote ; unanimité », « Vore : »: a label of four letters or so, as a scan was read. */
static bool is_misread_vote(struct slice text)
{
    size_t label = 0;
    size_t other = 0;
    while (label < text.len && is_word_byte(text.bytes[label]))
        label++;
    for (size_t i = 0; i < label && i < 4; i++)
        other += text.bytes[i] != "vote"[i];
    size_t sign = label;
    while (sign < text.len && text.bytes[sign] == ' ')
        sign++;
    if (sign >= text.len || !memchr(":;.,", text.bytes[sign], 4))
        return false;
    bool is_vote = label == 4 && other <= 1;
    return (is_vote && (slice_trim(slice_skip(text, sign + 1)).len < 3 || says_outcome(text))) ||
           (sign < CLOSING_LABEL_BYTES && slice_find(text, SLICE("unanimite")) != SLICE_NONE);
}

bool is_closing_line(const struct document *document, size_t line)
{
    static const char *const openings[] = {"vote :",
                                           "votes :",
                                           "vote:",
                                           "vote a l'unanimite",
                                           "vote unanime",
                                           "resultat du vote",
                                           "resultats du vote",
                                           "adopte a l'unanimite",
                                           "adoptee a l'unanimite",
                                           "adopte a la majorite",
                                           "adoptee a la majorite",
                                           "approuve a l'unanimite",
                                           "approuvee a l'unanimite",
                                           "accepte a l'unanimite",
                                           "acceptee a l'unanimite",
                                           "valide a l'unanimite",
                                           "deliberation adoptee",
                                           "accord a l'unanimite",
                                           "a l'unanimite",
                                           "unanimite",
                                           "pour :",
                                           "contre :",
                                           "abstention* :",
                                           NULL};
    struct slice text = line_text(document, line);
    size_t start = document->lines[line].start;
    size_t end;
    if (text.len == 0 || text.len > CLOSING_LINE_BYTES)
        return false;
    start = skip_to_word(document->folded, start, document->lines[line].end);
    if (phrases_at(document->folded, start, openings, &end) >= 0)
        return document_is_capital_at(document, start);
    return is_misread_vote(slice_range(document->folded, start, document->lines[line].end));
}

/* The line after a closing that begins at `line`, whose figures may run over some lines. */
static size_t closing_end(const struct document *document, size_t line)
{
    size_t end = line + 1;
    for (size_t next = line + 1; next < document->line_count && next < end + SAME_CLOSING_LINES; next++)
        if (is_closing_line(document, next))
            end = next + 1;
    return end;
}

/* A title: short, without a full stop, and something else below it before the next closing. */
static bool is_title(const struct document *document, size_t line, size_t stop)
{
    struct slice text = line_text(document, line);
    size_t start = document->lines[line].start;
    start = skip_to_word(document->folded, start, document->lines[line].end);
    return text.len <= TITLE_LINE_BYTES && document_is_capital_at(document, start) &&
           !line_ends_sentence(document, line) && text.bytes[text.len - 1] != ',' &&
           !line_opens_matter(document, line) && line + 1 < stop;
}

/* « 2/4 »: the number of a page under what stands at its head. */
static bool is_page_number(const struct document *document, size_t line)
{
    struct slice text = line_text(document, line);
    size_t slash = slice_find_byte(text, '/', 0);
    size_t figures = 0;
    for (size_t i = 0; i < text.len; i++)
        figures += is_digit(text.bytes[i]);
    return slash != SLICE_NONE && slash > 0 && text.len <= 7 && figures >= 2 && figures + 3 >= text.len;
}

/* The line after the head of a page that begins at `line`, however badly it was read; `line` when none does. */
static size_t after_running(const struct document *document, size_t line)
{
    enum { HEAD_LINES = 16 }; /* that are not empty */
    size_t end = line + (is_running_line(document, line) || line_is_empty(document, line));
    if (end == line || document->kinds[line] != LINE_LETTERHEAD)
        return end;
    for (size_t next = end, seen = 0; next < document->line_count && seen < HEAD_LINES; next++) {
        if (is_page_number(document, next))
            return next + 1;
        seen += !line_is_empty(document, next);
    }
    return end;
}

/* The heading of the act between `line` and the closing at `stop`. */
static bool find_heading(struct heading *out, const struct document *document, size_t line, size_t stop)
{
    for (size_t next; line < stop && (next = after_running(document, line)) > line;)
        line = next;
    if (line >= stop)
        return false;
    size_t start = document->lines[line].start;
    *out = (struct heading){.start = start};
    start = skip_to_word(document->folded, start, document->lines[line].end);
    if (is_title(document, line, stop)) {
        size_t end = title_end(document, line, start);
        out->title = (struct span){start, title_trim(document->folded, start, end)};
        out->no_act = is_no_matter(slice_range(document->folded, out->title.start, out->title.end));
        return true;
    }
    return line_opens_matter(document, line);
}

/* The first act of minutes begins at the first title after what the header says, or at the first matter. */
static size_t first_matter(const struct document *document, size_t stop)
{
    size_t first = 0;
    for (size_t line = 0; line < stop; line++) {
        enum line_kind kind = document->kinds[line];
        if (kind == LINE_PRESENCE || kind == LINE_SECRETARY || kind == LINE_SEANCE || kind == LINE_LETTERHEAD)
            first = line + 1;
    }
    return first;
}

static void sort_by_place(struct headings *headings)
{
    for (size_t i = 1; i < headings->count; i++) {
        struct heading moved = headings->items[i];
        size_t j = i;
        for (; j > 0 && headings->items[j - 1].start > moved.start; j--)
            headings->items[j] = headings->items[j - 1];
        headings->items[j] = moved;
    }
}

static bool has_heading(const struct headings *headings, size_t count, size_t start, size_t end)
{
    for (size_t i = 0; i < count; i++)
        if (headings->items[i].start >= start && headings->items[i].start < end)
            return true;
    return false;
}

/* Add the act that ends in the closing at `line`, unless a heading stands before it already. */
static void add_closed(struct headings *headings, size_t known, const struct document *document, size_t from,
                       size_t line)
{
    struct heading heading;
    size_t start = document->lines[from].start;
    if (has_heading(headings, known, start, document->lines[line].start) ||
        !find_heading(&heading, document, from, line))
        return;
    headings_add(headings, document, heading.start, heading.title);
}

/* The vote that made somebody secretary of the séance is no act. */
static bool closes_nomination(const struct document *document, size_t from, size_t line)
{
    static const char *const nominations[] = {"qualite de secretaire*",    "nomination du secretaire",
                                              "designation du secretaire", "comme secretaire",
                                              "secretaire de seance",      NULL};
    enum { NOMINATION_BYTES = 250 };
    size_t end = document->lines[line].start;
    size_t start = end > NOMINATION_BYTES ? end - NOMINATION_BYTES : 0;
    struct span found;
    if (from != SLICE_NONE && start < document->lines[from].start)
        start = document->lines[from].start;
    return document_find(document, start, end, nominations, &found) >= 0;
}

void headings_fill(struct headings *headings, const struct document *document)
{
    size_t known = headings->count;
    size_t from = SLICE_NONE;
    size_t closings = 0;
    for (size_t line = 0; line < document->line_count; line++) {
        if (!is_closing_line(document, line))
            continue;
        if (from == SLICE_NONE && known == 0)
            from = first_matter(document, line);
        if (from != SLICE_NONE && from < line && !closes_nomination(document, from, line))
            add_closed(headings, known, document, from, line);
        from = closing_end(document, line);
        line = from - 1;
        closings++;
    }
    if (closings < MIN_CLOSINGS)
        headings->count = known;
    sort_by_place(headings);
}

void headings_by_vote(struct headings *out, const struct document *document, const struct closings *closings)
{
    (void)closings;
    if (is_minutes(document))
        headings_fill(out, document);
}

/* Acts under a repeated label, and lists of acts. */
#include <string.h>

#include "base/utf8.h"
#include "extract/number.h"
#include "extract/title.h"
#include "split/heading.h"

enum {
    LINES_ABOVE_OBJET = 3, /* « Délibération n° 12 » stands above « Objet : » */
    LIST_TITLE_LINES = 25, /* a list says in its first lines that it is one */
    MIN_OBJET_BYTES = 8,
    FEWEST_OBJETS = 2,
    FEWEST_OTHERS = 3,    /* « Titre : », « Point : » may stand in one act, too */
    MIN_CLOSED_SHARE = 6, /* of ten acts: so many must end in a decision */
    MIN_CLOSED_OTHERS = 8
};

/* --- « Objet : » ---------------------------------------------------------------------------------------------- */

/* Labels of which each alone may stand above all acts of a text. */
static const char *const objet_labels[] = {
    "objet de la deliberation", "objet", "intitule", "sujet", "titre", "dossier", "affaire", "deliberation", "point"};
enum { LABELS = sizeof objet_labels / sizeof *objet_labels };

static bool divides(struct slice between)
{
    return (slice_find(between, SLICE(":")) != SLICE_NONE || slice_find(between, SLICE("–")) != SLICE_NONE ||
            slice_find(between, SLICE(" - ")) != SLICE_NONE) &&
           slice_find(between, SLICE("|")) == SLICE_NONE;
}

/* The title below a label that stands alone on its line. */
static size_t objet_below(const struct document *document, size_t line)
{
    size_t next = line + 1;
    if (next < document->line_count && line_is_empty(document, next))
        next++;
    if (next >= document->line_count)
        return SLICE_NONE;
    size_t start = document->lines[next].start;
    return document_is_capital_at(document, start) && start + MIN_OBJET_BYTES <= document->lines[next].end ? start
                                                                                                           : SLICE_NONE;
}

/* Where the objet begins after « Objet : » on the line, or below such a label that stands alone; SLICE_NONE when there
 * is none. */
static size_t objet_after_label(const struct document *document, size_t line, const char *label)
{
    struct slice folded = document->folded;
    size_t line_end = document->lines[line].end;
    size_t at = skip_to_word(folded, document->lines[line].start, line_end);
    size_t end = phrase_at(folded, at, label);
    if (end == SLICE_NONE || end > line_end || !document_is_capital_at(document, at))
        return SLICE_NONE;
    size_t start = skip_separators(folded, end);
    if (start >= line_end)
        return objet_below(document, line);
    return divides(slice_range(folded, end, start)) && start + MIN_OBJET_BYTES <= line_end ? start : SLICE_NONE;
}

static bool names_a_number(const struct document *document, size_t line)
{
    static const char *const words[] = {"deliberation", "affaire", "dossier", "rapport",
                                        "question",     "point",   "n°",      NULL};
    struct span found;
    const struct line *place = &document->lines[line];
    return document_find(document, place->start, place->end, words, &found) >= 0 &&
           document_is_capital_at(document, place->start);
}

/* The act begins at the line above that gives its number, after `before`, where the one above begins. */
static size_t act_line(const struct document *document, size_t line, size_t before)
{
    size_t first = line;
    for (size_t above = 1; above <= LINES_ABOVE_OBJET && above <= line; above++) {
        if (document->lines[line - above].start <= before)
            break; /* the act above */
        if (names_a_number(document, line - above))
            first = line - above;
    }
    return first;
}

/* Whether something is decided between the label on `line` and `end`; « Questions diverses » is an act only then. */
static bool close_act(struct headings *out, const struct closings *closings, size_t line, size_t end)
{
    if (out->count == 0)
        return false;
    bool closed = closings_between(closings, line, end);
    out->items[out->count - 1].no_act &= !closed;
    return closed;
}

static void add_labelled(struct headings *out, const struct document *document, const struct closings *closings,
                         const char *label)
{
    struct slice before = {0};
    size_t closed = 0;
    size_t last_line = 0;
    bool is_objet = strstr(label, "objet") || strcmp(label, "intitule") == 0;
    for (size_t line = 0; line < document->line_count; line++) {
        size_t objet = objet_after_label(document, line, label);
        if (objet == SLICE_NONE)
            continue;
        size_t title_line = document_line_of(document, objet);
        struct slice words = slice_range(document->folded, objet, document->lines[title_line].end);
        if (slice_equal(words, before)) /* the running title of the next page */
            continue;
        size_t above = out->count > 0 ? document->lines[last_line].start : 0;
        closed += close_act(out, closings, last_line, line);
        before = words;
        last_line = line;
        headings_add(out, document, document->lines[act_line(document, line, above)].start, (struct span){0});
        struct heading *heading = &out->items[out->count - 1];
        heading->no_act = is_no_matter(slice_skip(document->folded, objet));
        if (!is_objet) /* no label that the objet is looked for behind */
            heading->title = (struct span){objet, title_end(document, title_line, objet)};
    }
    closed += close_act(out, closings, last_line, document->line_count);
    size_t fewest = is_objet ? FEWEST_OBJETS : FEWEST_OTHERS;
    if (out->count < fewest || closed * 10 < out->count * (is_objet ? MIN_CLOSED_SHARE : MIN_CLOSED_OTHERS))
        *out = (struct headings){0};
}

void headings_by_objet(struct headings *out, const struct document *document, const struct closings *closings)
{
    for (size_t i = 0; i < LABELS && out->count == 0; i++)
        add_labelled(out, document, closings, objet_labels[i]);
}

/* --- lists of deliberations ----------------------------------------------------------------------------------- */

static bool is_list(const struct document *document)
{
    static const char *const titles[] = {"liste des deliberations", "liste des actes", "liste des decisions",
                                         "liste de deliberations", NULL};
    struct span found;
    for (size_t line = 0, seen = 0; line < document->line_count && seen < LIST_TITLE_LINES; line++) {
        const struct line *place = &document->lines[line];
        seen += !line_is_empty(document, line);
        if (document_find(document, place->start, place->end, titles, &found) >= 0)
            return true;
    }
    return false;
}

enum item_kind { NO_ITEM, BULLET_ITEM, NUMBER_ITEM };

/* Bytes of a bullet at `at`: also the private characters by which word processors draw theirs; 0 when there is none. */
static size_t bullet_at(struct slice folded, size_t at)
{
    static const char *const bullets[] = {"·", "▪", "●", "◦", "➢", "✓", "➔", "■", "*", "+", "- ", "– ", NULL};
    enum { PRIVATE_FIRST = 0xE000, PRIVATE_LAST = 0xF8FF };
    size_t size;
    for (size_t i = 0; bullets[i]; i++)
        if (slice_starts(slice_skip(folded, at), slice_of(bullets[i])))
            return strlen(bullets[i]);
    int32_t code_point = at < folded.len ? utf8_decode(folded, at, &size) : 0;
    return code_point >= PRIVATE_FIRST && code_point <= PRIVATE_LAST ? size : 0;
}

/* Whether a row of the list begins on the line, and where its title does. */
static enum item_kind item_at(const struct document *document, size_t line, size_t *title, struct span *number)
{
    struct slice folded = document->folded;
    size_t start = document->lines[line].start;
    size_t end = document->lines[line].end;
    size_t bullet = bullet_at(folded, start);
    bool bulleted = start < end && bullet > 0;
    start = skip_to_word(document->folded, start, end);
    size_t sign = number_sign_at(folded, start);
    if (!number_at(document, sign != SLICE_NONE ? sign : start, number) || number->end >= end ||
        !memchr(" |:.\t)", folded.bytes[number->end], 6) || (bulleted && sign == SLICE_NONE)) {
        *title = bulleted ? skip_separators(folded, start) : end;
        return *title < end ? BULLET_ITEM : NO_ITEM;
    }
    *title = skip_separators(folded, number->end);
    return *title < end && document_is_capital_at(document, *title) ? NUMBER_ITEM : NO_ITEM;
}

/* Where the column « Adopté à l'unanimité » begins on the row; its end when there is none. */
static size_t outcome_column(const struct document *document, size_t start, size_t end)
{
    static const char *const outcomes[] = {"adopte*",        "approuve*", "rejete*",    "retire*",      "ajourne*",
                                           "reporte*",       "pris acte", "prend acte", "prise d'acte", "unanimite",
                                           "avis favorable", "favorable", NULL};
    struct span found = {start, start};
    while (document_find(document, found.end, end, outcomes, &found) >= 0)
        if (found.start > start && document_is_capital_at(document, found.start))
            return found.start;
    return end;
}

/* The title of a row without the columns after it. */
static size_t row_title_end(const struct document *document, size_t line, size_t title)
{
    struct slice folded = document->folded;
    size_t end = outcome_column(document, title, document->lines[line].end);
    size_t cut = slice_find(slice_range(folded, title, end), SLICE("  "));
    size_t bar = slice_find_byte(folded, '|', title);
    if (cut != SLICE_NONE)
        end = title + cut;
    if (bar != SLICE_NONE && bar < end)
        end = bar;
    bool whole_line = end == document->lines[line].end;
    for (size_t next = line + 1; whole_line && next < document->line_count; next++) {
        size_t ignored;
        struct span number;
        if (line_is_empty(document, next) || item_at(document, next, &ignored, &number) != NO_ITEM ||
            (!line_starts_lower(document, next) && !line_hangs(document, next - 1) &&
             document->lines[next - 1].end - document->lines[next - 1].start < 60))
            break;
        end = document->lines[next].end;
    }
    return title_trim(folded, title, end);
}

static size_t count_items(const struct document *document, enum item_kind kind)
{
    size_t count = 0;
    size_t title;
    struct span number;
    for (size_t line = 0; line < document->line_count; line++)
        count += item_at(document, line, &title, &number) == kind;
    return count;
}

void headings_of_list(struct headings *out, const struct document *document, const struct closings *closings)
{
    (void)closings;
    if (!is_list(document))
        return;
    size_t numbers = count_items(document, NUMBER_ITEM);
    enum item_kind kind = numbers >= 2 ? NUMBER_ITEM : BULLET_ITEM;
    for (size_t line = 0; line < document->line_count; line++) {
        size_t title;
        struct span number;
        if (item_at(document, line, &title, &number) != kind)
            continue;
        headings_add(out, document, document->lines[line].start,
                     (struct span){title, row_title_end(document, line, title)});
        if (kind == NUMBER_ITEM) {
            out->items[out->count - 1].number = number;
            out->items[out->count - 1].no_act = false; /* what has a number was decided */
        }
    }
}

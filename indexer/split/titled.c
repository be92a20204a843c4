/* Minutes whose acts stand under titles that nothing numbers: lines in capitals, or lines that stand alone.
 *
 * The look of a line proves nothing; that nearly all titles of one look are followed by a decision does. */
#include <string.h>

#include "extract/number.h"
#include "extract/title.h"
#include "split/heading.h"

enum {
    MIN_TITLES = 3,        /* fewer are chance */
    MAX_CANDIDATES = 1000, /* each is compared with all lines; real minutes hold some hundred acts */
    SHORTEST_TITLE_BYTES = 8,
    LONGEST_LINE_BYTES = 130,
    CLOSED_CAPITALS = 6, /* of ten titles: so many must be followed by a decision */
    CLOSED_ALONE = 8     /* lines that stand alone are often something else */
};

enum title_look { IN_CAPITALS, STANDS_ALONE };

/* Parts of an act and heads of tables that are printed like titles. */
static bool is_part_of_act(const struct document *document, size_t line)
{
    static const char *const words[] = {"fonctionnement",
                                        "investissement",
                                        "recette*",
                                        "depense*",
                                        "section*",
                                        "total*",
                                        "chapitre*",
                                        "article*",
                                        "annexe*",
                                        "resultat*",
                                        "montant*",
                                        "solde*",
                                        "ordre du jour*",
                                        "page",
                                        "pour",
                                        "contre",
                                        "abstention*",
                                        "vote",
                                        "votes",
                                        "adopte*",
                                        "approuve*",
                                        "accepte*",
                                        "decide*",
                                        "delibere*",
                                        "autorise*",
                                        "fixe",
                                        "donne",
                                        "charge",
                                        "dit",
                                        "prend",
                                        "sollicite",
                                        "constate",
                                        "designe",
                                        "valide",
                                        "precise",
                                        "confirme",
                                        "emet",
                                        "mandate",
                                        "plan de financement*",
                                        "fait a*",
                                        "fait et*",
                                        "ainsi fait*",
                                        "pour extrait*",
                                        "signature*",
                                        "le secretaire*",
                                        "la secretaire*",
                                        "debat*",
                                        "discussion*",
                                        "proposition",
                                        "expose*",
                                        "decision :",
                                        NULL};
    struct slice folded = document->folded;
    size_t start = skip_to_word(folded, document->lines[line].start, document->lines[line].end);
    size_t end;
    int which = phrases_at(folded, start, words, &end);
    if (which < 0)
        return false;
    static const char *const matters[] = {"du", "des", "de la", "d", "de l'", NULL}; /* « VOTE DES TAUX » */
    size_t ignored;
    return !slice_starts(slice_skip(folded, start), SLICE("vote")) ||
           phrases_at(folded, skip_blanks(folded, end), matters, &ignored) < 0;
}

static bool has_look(const struct document *document, size_t line, enum title_look look)
{
    size_t start = skip_to_word(document->folded, document->lines[line].start, document->lines[line].end);
    size_t bytes = document->lines[line].end - document->lines[line].start;
    if (bytes < SHORTEST_TITLE_BYTES || bytes > LONGEST_LINE_BYTES || !document_is_capital_at(document, start) ||
        is_part_of_act(document, line) || is_closing_line(document, line) || is_running_line(document, line))
        return false;
    if (look == IN_CAPITALS)
        return line_is_capitals(document, line) && !line_ends_sentence(document, line);
    char last = document->folded.bytes[document->lines[line].end - 1];
    return line > 0 && line_is_empty(document, line - 1) && !memchr(".,;", last, 3) &&
           !line_opens_matter(document, line);
}

/* A title stands below an empty line or the end of a sentence. */
static bool begins_anew(const struct document *document, size_t line)
{
    return line == 0 || line_is_empty(document, line - 1) || line_ends_sentence(document, line - 1);
}

/* The heads of pages come again and again. */
static bool comes_again(const struct document *document, size_t line)
{
    struct slice text = line_text(document, line);
    for (size_t other = line + 1; other < document->line_count; other++)
        if (slice_equal(line_text(document, other), text))
            return true;
    return false;
}

static void add_titles(struct headings *out, const struct document *document, const struct closings *closings,
                       enum title_look look)
{
    size_t looked_at = 0;
    for (size_t line = first_line_of_matter(document, closings);
         line < document->line_count && looked_at < MAX_CANDIDATES; line++) {
        if (!has_look(document, line, look) || !begins_anew(document, line))
            continue;
        looked_at++;
        if (comes_again(document, line))
            continue;
        size_t start = skip_to_word(document->folded, document->lines[line].start, document->lines[line].end);
        size_t end = title_end(document, line, start);
        struct span number = {0};
        if (!number_before_title(document, line, &number, &start))
            number = (struct span){0};
        headings_add(out, document, document->lines[line].start,
                     (struct span){start, title_trim(document->folded, start, end)});
        out->items[out->count - 1].number = number;
        line = document_line_of(document, end - 1);
    }
}

/* Titles under which nothing is decided are no acts; with too many of those the look proves nothing. */
static bool are_proved(struct headings *headings, const struct document *document, const struct closings *closings,
                       size_t closed_of_ten)
{
    size_t closed_count = 0;
    size_t matters = 0;
    for (size_t i = 0; i < headings->count; i++) {
        struct heading *heading = &headings->items[i];
        size_t line = document_line_of(document, heading->title.end) + 1;
        size_t end = i + 1 < headings->count ? document_line_of(document, heading[1].start) : document->line_count;
        bool closed = line < end && closings_between(closings, line, end);
        closed_count += closed && !heading->no_act;
        matters += !heading->no_act;
        heading->no_act |= !closed;
    }
    return closed_count >= MIN_TITLES && closed_count * 10 >= matters * closed_of_ten;
}

static void find_titles(struct headings *out, const struct document *document, const struct closings *closings,
                        enum title_look look, size_t closed_of_ten)
{
    if (!is_minutes(document))
        return;
    add_titles(out, document, closings, look);
    if (!are_proved(out, document, closings, closed_of_ten))
        *out = (struct headings){0};
}

void headings_in_capitals(struct headings *out, const struct document *document, const struct closings *closings)
{
    find_titles(out, document, closings, IN_CAPITALS, CLOSED_CAPITALS);
}

void headings_alone(struct headings *out, const struct document *document, const struct closings *closings)
{
    find_titles(out, document, closings, STANDS_ALONE, CLOSED_ALONE);
}

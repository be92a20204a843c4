/* Minutes whose acts stand under titles that nothing numbers: lines in capitals, lines behind a sign of their own
 * (« ► », « ** ») or with a rule below, or lines that stand alone.
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
    CLOSED_CAPITALS = 6,  /* of ten titles: so many must be followed by a decision */
    CLOSED_ALONE = 8,     /* lines that stand alone are often something else */
    FULL_LINE_BYTES = 60, /* of prose that the margin breaks; a title above its matter is mostly shorter */
    RULE_BYTES = 5        /* of a line of dashes under a title, at least */
};

enum title_look { IN_CAPITALS, STANDS_ALONE, UNDERLINED, MARKED /* and the signs after it */ };

/* Signs that open titles; those of lists (« - ») are none of them. */
static const char *const signs[] = {"***", "**", "►",   "➢",  "❖",  "▶", "■", "●", "◆", "→",
                                    "==>", "=>", "-->", "->", ">>", "♦", "✓", "•", "§"};

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
                                        "accorde",
                                        "adhere",
                                        "attribue",
                                        "cree",
                                        "demande a",
                                        "demande le",
                                        "demande la",
                                        "demande que",
                                        "modifie",
                                        "nomme",
                                        "rejette",
                                        "renouvelle",
                                        "retient",
                                        "rapporteur*",
                                        "suffrages",
                                        "votant*",
                                        "nombre de",
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
    static const char *const of_matters[] = {"vote", "debat*", "discussion*", "proposition", "resultat*", NULL};
    static const char *const matters[] = {"du", "des", "de", "d", "sur", NULL}; /* « VOTE DES TAUX » */
    size_t ignored;
    return phrases_at(folded, start, of_matters, &ignored) < 0 ||
           phrases_at(folded, skip_blanks(folded, end), matters, &ignored) < 0;
}

/* « Jean BERT rapporte », « Mme DENIS, adjointe, expose : » */
static bool names_rapporteur(const struct document *document, size_t line)
{
    static const char *const words[] = {"rapporte", "expose", "presente le rapport*", NULL};
    struct span found;
    return document_find(document, document->lines[line].start, document->lines[line].end, words, &found) >= 0;
}

/* A paragraph that the margin breaks and a full stop ends. */
static bool is_prose(const struct document *document, size_t line)
{
    size_t last = line;
    while (last + 1 < document->line_count && !line_is_empty(document, last + 1))
        last++;
    if (last == line || !line_ends_sentence(document, last))
        return false;
    bool is_full = last > line + 1 && document->lines[line].end - document->lines[line].start >= FULL_LINE_BYTES;
    return line_starts_lower(document, line + 1) || (is_full && line_is_wrapped(document, line));
}

/* The name of the council at the head or foot of a page: the first line of one, of words that stand elsewhere, too. */
static bool is_page_head(const struct document *document, size_t line)
{
    size_t above = line;
    while (above > 0 && document->lines[above - 1].page == document->lines[line].page &&
           line_is_empty(document, above - 1))
        above--;
    if (above == 0 || document->lines[above - 1].page == document->lines[line].page)
        return false;
    struct slice text = line_text(document, line);
    size_t first = slice_find(document->folded, text);
    return first != document->lines[line].start ||
           slice_find_from(document->folded, text, first + text.len) != SLICE_NONE;
}

static bool has_sign(const struct document *document, size_t line, const char *sign)
{
    struct slice text = line_text(document, line);
    size_t next = strlen(sign);
    return slice_starts(text, slice_of(sign)) && next < text.len &&
           (text.bytes[next] == ' ' || is_word_byte(text.bytes[next]));
}

static bool is_rule(const struct document *document, size_t line)
{
    struct slice text = line_text(document, line);
    for (size_t i = 0; i < text.len; i++)
        if (text.bytes[i] != text.bytes[0] || !memchr("-=_*~", text.bytes[i], 5))
            return false;
    return text.len >= RULE_BYTES;
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
    if (line_ends_sentence(document, line) || names_rapporteur(document, line))
        return false;
    if (look == UNDERLINED)
        return is_rule(document, line + 1);
    if (look >= MARKED)
        return has_sign(document, line, signs[look - MARKED]);
    char last = document->folded.bytes[document->lines[line].end - 1];
    return line > 0 && line_is_empty(document, line - 1) && !memchr(".,;", last, 3) &&
           !line_opens_matter(document, line) && !is_prose(document, line) && !is_page_head(document, line);
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
        bool is_above_empty = look == IN_CAPITALS && line_is_empty(document, line + 1);
        if (!has_look(document, line, look) || (look < UNDERLINED && !is_above_empty && !begins_anew(document, line)))
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
                       enum title_look look, size_t closed_of_ten)
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
    bool are_enough = closed_count >= MIN_TITLES || /* a sign says more, also above « Questions diverses » */
                      (look >= UNDERLINED && headings->count >= MIN_TITLES && closed_count + 1 >= MIN_TITLES);
    return are_enough && closed_count * 10 >= matters * closed_of_ten;
}

static void find_titles(struct headings *out, const struct document *document, const struct closings *closings,
                        enum title_look look, size_t closed_of_ten)
{
    if (!is_minutes(document))
        return;
    add_titles(out, document, closings, look);
    if (!are_proved(out, document, closings, look, closed_of_ten))
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

void headings_marked(struct headings *out, const struct document *document, const struct closings *closings)
{
    for (size_t i = 0; i < sizeof signs / sizeof *signs && out->count == 0; i++)
        find_titles(out, document, closings, MARKED + (unsigned)i, CLOSED_ALONE);
    if (out->count == 0)
        find_titles(out, document, closings, UNDERLINED, CLOSED_ALONE);
}

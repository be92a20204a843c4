#include "extract/title.h"

#include <string.h>

#include "extract/person.h"
#include "french/numbers.h"

enum { WRAPPED_LINE_BYTES = 42 /* a title line at least this long may have been cut by the margin */ };

bool line_starts_lower(const struct document *document, size_t line)
{
    size_t at = document->lines[line].start;
    return is_word_start(document->folded, at) && document->folded.bytes[at] >= 'a' &&
           !document_is_capital_at(document, at);
}

bool line_hangs(const struct document *document, size_t line)
{
    static const char *const links[] = {"de", "du", "des", "d",   "la",   "le",  "les", "l",    "et",
                                        "a",  "au", "aux", "en",  "pour", "par", "sur", "avec", "dans",
                                        "ou", "un", "une", "son", "sa",   "ses", "n°",  NULL};
    struct slice text = line_text(document, line);
    if (text.len == 0)
        return false;
    char last = text.bytes[text.len - 1];
    if (last == ',' || last == '-' || last == '/' || last == '(' || last == '\'' || slice_ends(text, SLICE("–")) ||
        slice_ends(text, SLICE("—")))
        return true;
    size_t word = text.len;
    while (word > 0 && !memchr(" '(", text.bytes[word - 1], 3))
        word--;
    size_t end;
    return phrases_at(text, word, links, &end) >= 0 && end == text.len;
}

bool line_ends_sentence(const struct document *document, size_t line)
{
    struct slice text = line_text(document, line);
    return text.len > 0 && (text.bytes[text.len - 1] == '.' || text.bytes[text.len - 1] == ';');
}

bool line_is_capitals(const struct document *document, size_t line)
{
    return document_is_capitals(document, document->lines[line].start, document->lines[line].end);
}

bool line_opens_matter(const struct document *document, size_t line)
{
    static const char *const openings[] = {"vote :",
                                           "votes :",
                                           "vote a",
                                           "resultat du vote",
                                           "resultats du vote",
                                           "adopte",
                                           "adoptee",
                                           "mis aux voix",
                                           "pour :",
                                           "unanimite",
                                           "il est propose",
                                           "il est demande",
                                           "il convient",
                                           "vu",
                                           "considerant",
                                           "monsieur le maire*",
                                           "madame le maire*",
                                           "madame la maire*",
                                           "m. le maire*",
                                           "mme le maire*",
                                           "le conseil*",
                                           "l'assemblee*",
                                           "le bureau",
                                           "la commission permanente*",
                                           "le comite*",
                                           "apres en avoir",
                                           "apres avoir",
                                           "le maire",
                                           "la maire",
                                           "monsieur le president*",
                                           "madame la presidente*",
                                           "le president*",
                                           "suite a",
                                           "dans le cadre",
                                           "par deliberation",
                                           "note de synthese",
                                           "note explicative",
                                           "description",
                                           "expose des motifs",
                                           "contexte",
                                           "preambule",
                                           "historique",
                                           "projet de deliberation",
                                           "projet de decision",
                                           "par ces motifs",
                                           "aucune observation",
                                           "le college*",
                                           "ce document",
                                           "la deliberation*",
                                           "la presente deliberation*",
                                           "appele* a se prononcer",
                                           "appele* a en deliberer",
                                           "piece* jointe*",
                                           "pieces annexes",
                                           "le rapporteur*",
                                           "la rapporteur*",
                                           NULL};
    size_t start = document->lines[line].start;
    size_t end;
    start = skip_to_word(document->folded, start, document->lines[line].end);
    return phrases_at(document->folded, start, openings, &end) >= 0 || civility_at(document->folded, start) > 0;
}

bool line_is_wrapped(const struct document *document, size_t line)
{
    enum { LINES_OF_BLOCK = 5 };
    size_t width = 0;
    for (size_t next = line; next <= line + LINES_OF_BLOCK && !line_is_empty(document, next); next++) {
        size_t length = document->lines[next].end - document->lines[next].start;
        width = length > width ? length : width;
    }
    size_t at = document->lines[line + 1].start;
    size_t word = at;
    while (word < document->lines[line + 1].end && document->folded.bytes[word] != ' ')
        word++;
    return document->lines[line].end - document->lines[line].start + 1 + (word - at) > width;
}

/* « service : Direction des finances »: another field of the form, whatever the case of its label. */
static bool is_labelled_field(const struct document *document, size_t line)
{
    enum { LONGEST_LABEL_BYTES = 30 };
    const struct line *place = &document->lines[line];
    if (document->kinds[line] == LINE_OTHER || document->kinds[line] == LINE_BODY)
        return false;
    size_t colon = slice_find_byte(document->folded, ':', place->start);
    return colon < place->end && colon - place->start <= LONGEST_LABEL_BYTES;
}

/* « (Direction de la culture) »: who prepared the act, below or above its title. */
bool line_names_service(const struct document *document, size_t line)
{
    static const char *const services[] = {"direction*", "service*",     "pole",         "commission*", "delegation*",
                                           "mission",    "departement*", "secretariat*", NULL};
    struct slice text = line_text(document, line);
    size_t end;
    return text.len > 2 && text.bytes[0] == '(' && slice_find_byte(text, ')', 0) == text.len - 1 &&
           phrases_at(text, 1, services, &end) >= 0;
}

/* « 1. Contexte », « a) Choix du traiteur »: the first point of the matter. */
static bool opens_enumeration(const struct document *document, size_t line)
{
    struct slice text = line_text(document, line);
    size_t at = 0;
    while (digit_at(text, at))
        at++;
    bool is_letter = at == 0 && text.len > 1 && text.bytes[0] >= 'a' && text.bytes[0] <= 'h' && text.bytes[1] == ')';
    bool is_number = at > 0 && at <= 2 && at + 1 < text.len && memchr(".)", text.bytes[at], 2);
    at += is_letter;
    return (is_letter || is_number) && at + 1 < text.len && text.bytes[at + 1] == ' ';
}

/* « RÉUNION DU 27 AVRIL 2023 », « ÉTAIENT PRÉSENTS … » below a title: no more of it, though in capitals, too. */
static bool is_of_seance(const struct document *document, size_t line)
{
    static const char *const labels[] = {"etai* present*", "present*", "absent*", "excuse*", "ont donne*", NULL};
    struct french_date date;
    size_t end;
    struct slice above = slice_range(document->folded, 0, document->lines[line].end);
    return (document->kinds[line] == LINE_SEANCE && french_date_next(&date, above, document->lines[line].start)) ||
           (document->kinds[line] == LINE_PRESENCE &&
            phrases_at(document->folded, document->lines[line].start, labels, &end) >= 0);
}

/* « VIABILITÉ HIVERNALE - ORGANISATION DU SERVICE / 2011-2012 »: a year or two alone on the line below a title. */
static bool is_years(const struct document *document, size_t line)
{
    enum { YEAR_FIGURES = 4 };
    struct slice text = line_text(document, line);
    size_t figures = 0;
    for (size_t i = 0; i < text.len; i++) {
        bool figure = is_digit(text.bytes[i]);
        if (!figure && (figures != YEAR_FIGURES || !memchr("-/.", text.bytes[i], 3)))
            return false;
        figures = figure ? figures + 1 : 0;
    }
    return text.len >= YEAR_FIGURES && text.len <= 2 * YEAR_FIGURES + 1 && figures <= YEAR_FIGURES &&
           (slice_starts(text, SLICE("19")) || slice_starts(text, SLICE("20")));
}

/* Whether `line` carries on a title that `above` belongs to. */
static bool continues_title(const struct document *document, size_t above, size_t line)
{
    if (line >= document->line_count || line_is_empty(document, line) || is_labelled_field(document, line) ||
        line_names_service(document, line))
        return false;
    bool is_point = opens_enumeration(document, line);
    if ((line_starts_lower(document, line) && !is_point) || line_hangs(document, above) ||
        (is_years(document, line) && !line_ends_sentence(document, above)))
        return true;
    if (line_opens_matter(document, line) || is_point)
        return false;
    char last = document->folded.bytes[document->lines[above].end - 1];
    if (last == ':' && document->kinds[line] == LINE_OTHER &&
        !line_ends_sentence(document, line)) /* « CONSEIL DU COLLÈGE : / Désignation des délégués » */
        return true;
    if (document->kinds[line] == LINE_OTHER && line_is_capitals(document, above) && line_is_capitals(document, line))
        return true; /* « TRAVAUX DE LA RUE HAUTE. / CHOIX DES ENTREPRISES » */
    if (document->kinds[line] == LINE_RAPPORTEUR || document->kinds[line] == LINE_BODY ||
        document->kinds[line] == LINE_OBJET || line_ends_sentence(document, above))
        return false;
    if (line_is_capitals(document, above))
        return line_is_capitals(document, line) && document->kinds[line] != LINE_SECRETARY &&
               document->kinds[line] != LINE_NUMBER && !is_of_seance(document, line);
    size_t length = document->lines[above].end - document->lines[above].start;
    bool other = document->kinds[line] == LINE_OTHER || document->kinds[line] == LINE_LETTERHEAD;
    return other && length >= WRAPPED_LINE_BYTES && line_is_wrapped(document, above) &&
           !line_ends_sentence(document, line);
}

/* End of the title that begins at `start` on `line`. */
size_t title_end(const struct document *document, size_t line, size_t start)
{
    size_t end = document->lines[line].end;
    while (continues_title(document, line, line + 1) && document->lines[line + 1].end - start <= MAX_TITLE_BYTES) {
        line++;
        end = document->lines[line].end;
    }
    return end;
}

/* Without the punctuation that closes it, and not cut inside a quotation. */
size_t title_trim(struct slice folded, size_t start, size_t end)
{
    while (end > start && memchr(" .;:,-_\n\t\f", folded.bytes[end - 1], 10))
        end--;
    return end;
}

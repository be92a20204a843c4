/* Who reports the matter to the council; a named person only (« Monsieur le Maire expose » names nobody). */
#include <string.h>

#include "extract/fields.h"
#include "extract/person.h"

static bool claim_rapporteur(struct act *act, const struct document *document, enum field_source source,
                             enum confidence confidence, struct span name)
{
    if (!document_is_capital_at(document, name.start) && document->folded.bytes[name.start] != 'd')
        return false; /* « l'exposé⏎la parole … » */
    if (!document_claim(document, act, FIELD_RAPPORTEUR, source, confidence, name.start, name.end))
        return false;
    act->rapporteur = document_printed(document, name.start, name.end);
    return true;
}

/* « Rapporteur : Christian LEROY », « Rapporteure – Mme X »; the name may stand on the next line. */
static void after_label(struct act *act, const struct document *document, size_t line)
{
    static const char *const words[] = {"rapporteur*", "rapporteuse*", "rapporteurs", NULL};
    struct slice folded = document->folded;
    struct span word;
    struct span name;
    const struct line *place = &document->lines[line];
    if (document_find(document, place->start, place->end, words, &word) < 0)
        return;
    if (slice_starts(slice_skip(folded, skip_blanks(folded, word.end)), SLICE("(e)")))
        word.end = skip_blanks(folded, word.end) + strlen("(e)"); /* « Rapporteur (e) : » */
    size_t at = skip_separators(folded, word.end);
    bool bare =
        word.start == place->start && at == word.end + 1 && civility_at(folded, at) > 0; /* « RAPPORTEUR Mme X » */
    if (word.end < folded.len && folded.bytes[word.end] == ',' &&
        civility_at(folded, skip_blanks(folded, word.end + 1)) > 0)
        at = skip_blanks(folded, word.end + 1); /* « Le rapporteur, M. X, donne lecture … » */
    if (at == word.end || folded.bytes[word.end] == '.')
        return;
    if ((bare || at > word.end + 1 || (at > word.end && folded.bytes[word.end] != ' ')) &&
        person_at(document, at, &name) && name.start < place->end + 40)
        claim_rapporteur(act, document, SOURCE_LABEL, CONFIDENCE_HIGH, name);
}

/* « CONVENTION AVEC LA CAF (Mme VERDIER, rapporteure) » */
static void in_brackets(struct act *act, const struct document *document, size_t line)
{
    static const char *const words[] = {"rapporteur*", "rapporteuse*", NULL};
    struct slice folded = document->folded;
    const struct line *place = &document->lines[line];
    struct span word;
    struct span name;
    if (document_find(document, place->start, place->end, words, &word) < 0 || word.end >= folded.len ||
        folded.bytes[word.end] != ')')
        return;
    size_t open = word.start;
    while (open > place->start && folded.bytes[open - 1] != '(')
        open--;
    if (open > place->start && person_at(document, open, &name) && name.end < word.start &&
        skip_blanks(folded, name.end + (folded.bytes[name.end] == ',')) == word.start)
        claim_rapporteur(act, document, SOURCE_LABEL, CONFIDENCE_HIGH, name);
}

/* « Anne ROUX rapporte : » */
static void before_verb(struct act *act, const struct document *document, size_t line)
{
    static const char *const verbs[] = {"rapporte", "rapporteur*", NULL};
    struct slice folded = document->folded;
    struct span name;
    size_t end;
    size_t at = document->lines[line].start;
    while (at < document->lines[line].end && !is_word_start(folded, at))
        at++;
    if (!person_at(document, at, &name))
        return;
    size_t after = name.end;
    while (after < folded.len && (folded.bytes[after] == ',' || folded.bytes[after] == ' '))
        after++;
    if (phrases_at(folded, after, verbs, &end) >= 0)
        claim_rapporteur(act, document, SOURCE_SENTENCE, CONFIDENCE_HIGH, name);
}

/* « Rapport de Brigitte SAUTEREAU », « Présenté par Laurence VIGOUREUX » at the start of a line: two names need no
 * civility. */
static bool opens_line_with_name(const struct document *document, size_t start, size_t at)
{
    struct span name;
    size_t line_start = document->lines[document_line_of(document, start)].start;
    return skip_to_word(document->folded, line_start, start) == start && document_is_capital_at(document, at) &&
           person_at(document, at, &name) && name.start == at &&
           memchr(document->folded.bytes + name.start, ' ', name.end - name.start) != NULL;
}

/* « Lise BERT »: a first name and a name in capitals. */
static bool is_full_name(const struct document *document, size_t at)
{
    struct span name;
    if (!document_is_capital_at(document, at) || !person_at(document, at, &name) || name.start != at)
        return false;
    size_t last = name.end;
    while (last > name.start && document->folded.bytes[last - 1] != ' ')
        last--;
    return last > name.start + 2 && name.end > last + 2 && document_is_capitals(document, last, name.end) &&
           !document_is_capitals(document, name.start, last);
}

/* « Sur le rapport de Mme X », « Entendu l'exposé de M. X », « présenté par M. X » */
static void in_sentence(struct act *act, const struct document *document)
{
    static const char *const openings[] = {"sur le rapport d*",
                                           "sur rapport d*",
                                           "rapport present* par",
                                           "rapport de",
                                           "entendu le rapport d*",
                                           "l'expose d*",
                                           "expose d*",
                                           "presente par",
                                           "entendu",
                                           "rapporte par",
                                           "presentation par",
                                           "presentation de",
                                           "rapport d'",
                                           "sur proposition d*",
                                           "sur la proposition d*",
                                           "presentee par",
                                           NULL};
    enum { FIRST_UNSURE = 13 };
    struct slice folded = document->folded;
    struct span word;
    struct span name;
    int which;
    for (size_t from = 0; (which = document_find(document, from, folded.len, openings, &word)) >= 0; from = word.end) {
        size_t at = skip_space(folded, word.end);
        if (at < folded.len && memchr("':", folded.bytes[at], 2))
            at = skip_blanks(folded, at + 1);
        size_t line_end = document->lines[document_line_of(document, word.end)].end;
        bool polite = civility_at(folded, at) > 0 || opens_line_with_name(document, word.start, at) ||
                      (which < FIRST_UNSURE && is_full_name(document, at));
        if (polite && person_at(document, at, &name) && name.start < line_end + 60)
            claim_rapporteur(act, document, SOURCE_SENTENCE, which < FIRST_UNSURE ? CONFIDENCE_MEDIUM : CONFIDENCE_LOW,
                             name);
    }
}

/* « Monsieur le Maire laisse la parole à la secrétaire de mairie Kristel GOMIS qui expose » */
static void after_floor(struct act *act, const struct document *document)
{
    static const char *const words[] = {"laisse la parole a", "donne la parole a", "cede la parole a", NULL};
    static const char *const verbs[] = {"qui", "pour", ",", NULL};
    static const char *const offices[] = {"mairie", "directeur*", "directrice*", "cabinet*", NULL};
    enum { OFFICE_BYTES = 45, OPENING_BYTES = 1500 };
    struct slice folded = document->folded;
    struct span floor;
    struct span name;
    size_t end;
    if (document_find(document, 0, OPENING_BYTES < folded.len ? OPENING_BYTES : folded.len, words, &floor) < 0)
        return;
    for (size_t at = floor.end; at < floor.end + OFFICE_BYTES && at < folded.len; at++) {
        if (!is_word_start(folded, at) || !document_is_capital_at(document, at) ||
            phrases_at(folded, at, offices, &end) >= 0 || !person_at(document, at, &name) ||
            name.start > floor.end + OFFICE_BYTES)
            continue;
        bool has_two = memchr(folded.bytes + name.start, ' ', name.end - name.start) != NULL;
        size_t next = skip_space(folded, name.end);
        bool reports = phrases_at(folded, next, verbs, &end) >= 0 || civility_at(folded, at) > 0;
        bool expounds = civility_at(folded, at) > 0 && phrase_at(folded, next, "qui") != SLICE_NONE;
        if ((has_two && reports) || expounds)
            claim_rapporteur(act, document, SOURCE_SENTENCE, CONFIDENCE_MEDIUM, name);
        if (has_two)
            return;
    }
}

/* A paragraph that opens « Madame COURTIAL, adjointe aux affaires scolaires, expose … » */
static void opening_paragraph(struct act *act, const struct document *document)
{
    static const char *const verbs[] = {"expose*",  "presente",     "rapporte", "rappelle",      "indique",
                                        "explique", "informe",      "propose",  "donne lecture", "fait part",
                                        "souligne", "fait lecture", NULL};
    static const char *const sayings[] = {"etaient", "present*", "absent*", "pouvoir", "procuration", "excuse*", NULL};
    static const char *const councils[] = {"le conseil",    "le comite",   "le bureau",
                                           "la commission", "l'assemblee", NULL};
    enum { OFFICE_BYTES = 90, TITLE_LINES = 6 }; /* that many may stand above, of a title that looks like a name */
    enum { LONGEST_OFFICE = 24 };                /* « Madame la Présidente, » before the name */
    enum { OPENING_BYTES = 1000 };               /* from the first line on: later ones are the debate's */
    size_t matter = SLICE_NONE;
    size_t ignored;
    bool first = true;
    struct slice folded = document->folded;
    struct span name;
    struct span verb;
    size_t objet_end = act->provenance[FIELD_OBJET].end_bytes;
    for (size_t line = 0; line < document->line_count; line++) {
        size_t start = document->lines[line].start;
        if (document->kinds[line] == LINE_EMPTY || document->origin[start] < objet_end)
            continue;
        matter = matter == SLICE_NONE ? start : matter;
        if (start > matter + OPENING_BYTES)
            return;
        if (!person_at(document, start, &name) || name.start > start + LONGEST_OFFICE)
            continue;
        size_t to = name.end + OFFICE_BYTES;
        if (phrases_at(folded, start, councils, &ignored) >= 0 ||
            document_find(document, name.end, to, verbs, &verb) < 0 ||
            document_find(document, start, verb.start, sayings, &name) >= 0)
            continue;
        person_at(document, start, &name);
        if (civility_at(folded, start) == 0 && !memchr(folded.bytes + name.start, ' ', name.end - name.start))
            continue; /* « Ainsi, » */
        struct slice between = slice_range(folded, name.end, verb.start);
        bool direct = between.len <= 1;
        bool sure = civility_at(folded, start) > 0 || first;
        first = false;
        bool has_office = civility_at(folded, start) > 0 && (slice_find(between, SLICE("adjoint")) != SLICE_NONE ||
                                                             slice_find(between, SLICE("conseiller")) != SLICE_NONE ||
                                                             slice_find(between, SLICE("president")) != SLICE_NONE);
        if (sure && (direct || between.bytes[0] == ',' || has_office) && slice_find(between, SLICE(".")) == SLICE_NONE)
            claim_rapporteur(act, document, SOURCE_SENTENCE, CONFIDENCE_LOW, name);
        if (civility_at(folded, start) > 0 || act_has(act, FIELD_RAPPORTEUR) || line > TITLE_LINES)
            return;
    }
}

void extract_rapporteur(struct act *act, const struct document *document)
{
    for (size_t line = 0; line < document->line_count; line++) {
        after_label(act, document, line);
        in_brackets(act, document, line);
        if (document->kinds[line] == LINE_RAPPORTEUR ||
            (document->kinds[line] == LINE_BODY &&
             civility_at(document->folded, document->lines[line].start) > 0)) /* « M. X, rapporteur, expose … » */
            before_verb(act, document, line);
    }
    if (!act_has(act, FIELD_RAPPORTEUR))
        in_sentence(act, document);
    if (!act_has(act, FIELD_RAPPORTEUR))
        after_floor(act, document);
    if (!act_has(act, FIELD_RAPPORTEUR))
        opening_paragraph(act, document);
}

/* Who chaired the séance. */
#include "extract/fields.h"
#include "extract/person.h"

static bool claim_president(struct act *act, const struct document *document, enum field_source source,
                            enum confidence confidence, struct span name)
{
    static const char *const papers[] = {"proces*", "compte*", "extrait*", "seance*", "deliberation*", NULL};
    size_t end;
    if (phrases_at(document->folded, name.start, papers, &end) >= 0) /* a column beside « sous la présidence de » */
        return false;
    if (!document_claim(document, act, FIELD_PRESIDENT, source, confidence, name.start, name.end))
        return false;
    act->president = document_printed(document, name.start, name.end);
    return true;
}

/* « Sous la présidence de M. BERT, doyen d'âge, le conseil examine le compte administratif »: the mayor leaves the
 * chair for that vote alone. */
static bool is_for_the_accounts(const struct document *document, size_t name_end)
{
    static const char *const words[] = {"compte administratif", "comptes administratifs", "doyen", "compte financier",
                                        NULL};
    enum { SENTENCE_BYTES = 120 };
    struct span found;
    size_t to = slice_find_from(document->folded, SLICE("\n\n"), name_end);
    to = to < name_end + SENTENCE_BYTES ? to : name_end + SENTENCE_BYTES;
    return document_find(document, name_end, to, words, &found) >= 0;
}

/* « sous la présidence de Madame le Maire, Jeanne Vidalou », « Présidence de M. X », « présidée par M. X » */
static void in_sentence(struct act *act, const struct document *document)
{
    static const char *const openings[] = {
        "presidence effective d*", "presidence d*", "preside* par", "presidence est assuree par",
        "presidence assuree par",  "presidence :",  "presidence",   NULL};
    enum { NAME_BYTES = 60 }; /* « Madame le Maire de la commune, » may stand before the name */
    struct slice folded = document->folded;
    struct span word;
    struct span name;
    for (size_t from = 0; document_find(document, from, folded.len, openings, &word) >= 0; from = word.end) {
        size_t at = skip_separators(folded, skip_space(folded, word.end));
        if (at < folded.len && folded.bytes[at] == '\'')
            at++;
        if (person_at(document, at, &name) && name.start < word.end + NAME_BYTES &&
            !is_for_the_accounts(document, name.end)) {
            claim_president(act, document, SOURCE_SENTENCE, CONFIDENCE_HIGH, name);
            return;
        }
    }
}

/* « Madame Lise VASSEUR, Présidente de la Métropole, a ouvert la séance »: the name with its office opens the sentence.
 */
static void who_opens(struct act *act, const struct document *document)
{
    static const char *const openings[] = {"a ouvert la seance", "ouvre la seance", "declare la seance ouverte",
                                           "preside la seance", NULL};
    static const char *const chairs[] = {"president*", "maire", NULL};
    enum { SENTENCE_BYTES = 120 };
    struct slice folded = document->folded;
    struct span word;
    struct span name;
    struct span chair;
    for (size_t from = 0; document_find(document, from, folded.len, openings, &word) >= 0; from = word.end) {
        size_t start = document->lines[document_line_of(document, word.start)].start;
        if (word.start - start <= SENTENCE_BYTES && person_at(document, start, &name) && name.end < word.start &&
            civility_at(folded, start) > 0 && document_find(document, name.end, word.start, chairs, &chair) >= 0) {
            claim_president(act, document, SOURCE_SENTENCE, CONFIDENCE_MEDIUM, name);
            return;
        }
    }
}

/* « Président de séance : X », « Président : M. X » */
static void after_label(struct act *act, const struct document *document)
{
    static const char *const labels[] = {"president* de seance", "president* de la seance", "president*", NULL};
    struct slice folded = document->folded;
    struct span word;
    struct span name;
    for (size_t from = 0; document_find(document, from, folded.len, labels, &word) >= 0; from = word.end) {
        size_t at = skip_blanks(folded, word.end);
        size_t line = document_line_of(document, word.start);
        if (at >= folded.len || (folded.bytes[at] != ':' && folded.bytes[at] != '|') ||
            word.start > document->lines[line].start + 4)
            continue;
        if (person_at(document, at + 1, &name) && name.start < document->lines[line].end) {
            claim_president(act, document, SOURCE_LABEL, CONFIDENCE_HIGH, name);
            return;
        }
    }
}

/* « Étaient présents : M. CHASTANIER, Président ; » : the first of the list, with the office after the name. */
static void first_of_those_present(struct act *act, const struct document *document)
{
    static const char *const labels[] = {"etaient present*", "present*", "sont present*", "membres present*", NULL};
    static const char *const chairs[] = {"president*", "maire", NULL};
    struct slice folded = document->folded;
    struct span word;
    struct span name;
    size_t end;
    for (size_t from = 0; document_find(document, from, folded.len, labels, &word) >= 0; from = word.end) {
        size_t at = skip_separators(folded, word.end);
        while (digit_at(folded, at))
            at++; /* « Présents : 6 » above the list */
        at = skip_separators(folded, skip_space(folded, at));
        if (at == word.end || !person_at(document, at, &name))
            continue;
        at = skip_blanks(folded, name.end);
        if (at < folded.len && (folded.bytes[at] == ',' || folded.bytes[at] == '('))
            at = skip_blanks(folded, at + 1);
        if (at > name.end && phrases_at(folded, at, chairs, &end) >= 0) {
            claim_president(act, document, SOURCE_HEURISTIC, CONFIDENCE_MEDIUM, name);
            return;
        }
    }
}

/* « La Présidente du Conseil départemental⏎⏎Béatrice VAULINGHEN »: the name alone on the next line that is not empty.
 */
static bool name_below(const struct document *document, size_t at, struct span *name)
{
    enum { SPACE_FOR_HAND = 6, LONGEST_OFFICE_BYTES = 60 }; /* empty lines to sign on */
    size_t line = document_line_of(document, at);
    size_t next = line + 1;
    if (document->lines[line].end - at > LONGEST_OFFICE_BYTES)
        return false;
    while (next < document->line_count && next < line + SPACE_FOR_HAND && line_is_empty(document, next))
        next++;
    return next < document->line_count && person_at(document, document->lines[next].start, name) &&
           name->start < document->lines[next].end && name->end + 1 >= document->lines[next].end &&
           memchr(document->folded.bytes + name->start, ' ', name->end - name->start);
}

/* Whether `name`, below the act, is that of the president with the first name that the list of those present shortens
 * or leaves out: « Gaëlle VASSEUR » for « G. VASSEUR », « VASSEUR G. », « VASSEUR ». */
static bool is_fuller(const struct act *act, const struct document *document, struct span name)
{
    struct slice full = document_printed(document, name.start, name.end);
    struct slice surname = act->president;
    size_t dot = slice_find_byte(surname, '.', 0);
    size_t blank = slice_find_byte(surname, ' ', 0);
    if (dot != SLICE_NONE && dot + 1 < surname.len)
        surname = slice_trim(slice_skip(surname, dot + 1));
    else if (dot != SLICE_NONE)
        surname = slice_range(surname, 0, dot - 1);
    else if (blank != SLICE_NONE)
        return false;
    surname = slice_trim(surname);
    return surname.len > 2 && full.len > act->president.len && slice_ends(full, surname) &&
           full.bytes[full.len - surname.len - 1] == ' ';
}

/* « Le Maire, Philippe ROUCAYROL » below the act: who signs has nearly always chaired. */
static void signature(struct act *act, const struct document *document)
{
    static const char *const offices[] = {"le maire", "la maire", "le president", "la presidente", NULL};
    struct slice folded = document->folded;
    struct span word;
    struct span name;
    size_t half = folded.len / 2;
    for (size_t from = half; document_find(document, from, folded.len, offices, &word) >= 0; from = word.end) {
        size_t line = document_line_of(document, word.start);
        bool after_comma =
            word.end < folded.len && folded.bytes[word.end] == ',' && person_at(document, word.end + 1, &name);
        bool opens_line = skip_to_word(folded, document->lines[line].start, word.end) == word.start;
        if (!after_comma && !(opens_line && name_below(document, word.end, &name)))
            continue;
        size_t line_end = document->lines[document_line_of(document, name.end)].end;
        if (name.end + 1 < line_end)
            continue;
        if (act_has(act, FIELD_PRESIDENT) && is_fuller(act, document, name))
            act->president = document_printed(document, name.start, name.end);
        else
            claim_president(act, document, SOURCE_HEURISTIC, CONFIDENCE_LOW, name);
    }
}

void extract_president(struct act *act, const struct document *document)
{
    in_sentence(act, document);
    if (!act_has(act, FIELD_PRESIDENT))
        after_label(act, document);
    if (!act_has(act, FIELD_PRESIDENT))
        who_opens(act, document);
    if (!act_has(act, FIELD_PRESIDENT))
        first_of_those_present(act, document);
    if (!act_has(act, FIELD_PRESIDENT) || act->provenance[FIELD_PRESIDENT].source == SOURCE_HEURISTIC)
        signature(act, document);
}

/* Who kept the minutes of the séance (not the « secrétaire général » nor the « secrétaire de mairie »). */
#include <string.h>

#include "extract/fields.h"
#include "extract/person.h"

static bool claim_secretary(struct act *act, const struct document *document, enum field_source source,
                            struct span name)
{
    if (!document_claim(document, act, FIELD_SECRETARY, source, CONFIDENCE_HIGH, name.start, name.end))
        return false;
    act->secretary = document_printed(document, name.start, name.end);
    return true;
}

static bool is_other_secretary(struct slice folded, size_t after)
{
    static const char *const others[] = {"general*", "de mairie*", "d'etat*", "administrati*",
                                         "adjoint*", "perpetuel*", NULL};
    size_t end;
    return phrases_at(folded, skip_blanks(folded, after), others, &end) >= 0;
}

/* « Secrétaire de séance : X », « Secrétaire | X », « Désignation du secrétaire de séance : X est désignée » */
static bool after_label(struct act *act, const struct document *document, struct span word)
{
    static const char *const rests[] = {"de la seance", "de seance", "du conseil", NULL};
    static const char *const links[] = {"est",  "a ete designe*", "a ete nomme*", "designe*",
                                        "elu*", "nomme*",         "sera",         NULL};
    struct slice folded = document->folded;
    struct span name;
    size_t end = word.end;
    size_t rest;
    if (phrases_at(folded, skip_blanks(folded, end), rests, &rest) >= 0)
        end = rest;
    if (phrases_at(folded, skip_blanks(folded, end), links, &rest) >= 0)
        end = rest;
    if (end < folded.len && folded.bytes[end] == '.')
        return false;
    size_t at = skip_separators(folded, end);
    size_t line_end = document->lines[document_line_of(document, end)].end;
    bool heading = at >= line_end && word.start <= document->lines[document_line_of(document, word.start)].start + 4;
    bool separated = at > end + 1 || (at > end && folded.bytes[end] != ' ');
    if (at < folded.len && folded.bytes[at] == ',' && civility_at(folded, skip_space(folded, at + 1)) > 0) {
        separated = true; /* the signature: « La secrétaire de séance, Mme X » */
        at++;
    }
    if (!(separated || heading) || !person_at(document, at, &name) || name.start > line_end + 30)
        return false;
    return claim_secretary(act, document, SOURCE_LABEL, name);
}

/* « pour secrétaire de séance M. X », « a choisi pour secrétaire Mme X » */
static bool after_pour(struct act *act, const struct document *document, struct span word)
{
    static const char *const rests[] = {"de la seance", "de seance", NULL};
    struct slice folded = document->folded;
    struct span name;
    size_t end = word.end;
    size_t rest;
    if (word.start < 5 || !slice_equal(slice_range(folded, word.start - 5, word.start), SLICE("pour ")))
        return false;
    if (phrases_at(folded, skip_blanks(folded, end), rests, &rest) >= 0)
        end = rest;
    return person_at(document, end, &name) && name.start < end + 20 &&
           claim_secretary(act, document, SOURCE_SENTENCE, name);
}

/* Where the sentence or list item that holds `at` begins: after a full stop that ends no initial, or a line of its own.
 */
static size_t sentence_start(const struct document *document, size_t at)
{
    enum { SENTENCE_BYTES = 160 };
    struct slice folded = document->folded;
    size_t from = at > SENTENCE_BYTES ? at - SENTENCE_BYTES : 0;
    size_t start = at;
    while (start > from) {
        char byte = folded.bytes[start - 1];
        bool stop = byte == '.' && start >= 3 && is_word_byte(folded.bytes[start - 2]) &&
                    is_word_byte(folded.bytes[start - 3]) &&
                    !slice_ends(slice_range(folded, 0, start), SLICE("mme.")) &&
                    !slice_ends(slice_range(folded, 0, start), SLICE("mm."));
        if (stop || byte == ';' || byte == ':')
            break;
        if (byte == '\n' && (start < 2 || folded.bytes[start - 2] == '\n' || folded.bytes[start - 2] == '.' ||
                             document_is_capital_at(document, skip_blanks(folded, start))))
            break;
        start--;
    }
    return start;
}

/* « Conformément au code, M. COUDRAY a été désigné … »: where the person stands whose sentence opens otherwise. */
static size_t after_clause(const struct document *document, size_t start, size_t end)
{
    struct slice folded = document->folded;
    for (size_t at = start; at < end && civility_at(folded, start) == 0; at++) {
        size_t next = skip_space(folded, at + 1);
        if (folded.bytes[at] == ',' && civility_at(folded, next) > 0)
            return next;
    }
    return start;
}

/* « Monsieur Luc MARTEVAL est élu secrétaire », « Mme X remplit les fonctions de secrétaire » */
static bool before_verb(struct act *act, const struct document *document, struct span word)
{
    static const char *const verbs[] = {"est",    "a ete",    "sont", "rempli*", "assur*", "elu*",
                                        "nomme*", "designe*", "ete",  "fait",    NULL};
    struct slice folded = document->folded;
    struct span name;
    struct span verb;
    size_t start = skip_space(folded, sentence_start(document, word.start));
    while (start < word.start && !is_word_start(folded, start))
        start++;
    start = after_clause(document, start, word.start);
    if (!person_at(document, start, &name) || name.end > word.start || name.start > start + 30)
        return false;
    return document_find(document, name.end, word.start, verbs, &verb) >= 0 &&
           claim_secretary(act, document, SOURCE_SENTENCE, name);
}

/* « Le secrétariat a été assuré par Mme X », « mission de secrétaire de séance confiée à M. X » */
static bool after_by(struct act *act, const struct document *document)
{
    static const char *const phrases[] = {"secretariat est assure* par",
                                          "secretariat a ete assure* par",
                                          "secretariat de seance est assure* par",
                                          "secretariat de la seance est assure* par",
                                          "secretariat de seance a ete assure* par",
                                          "secretaire de seance confiee* a",
                                          "secretaire de seance est confiee* a",
                                          "secretaire confiee* a",
                                          NULL};
    struct span found;
    struct span name;
    return document_find(document, 0, document->folded.len, phrases, &found) >= 0 &&
           person_at(document, found.end, &name) && name.start < found.end + 20 &&
           claim_secretary(act, document, SOURCE_SENTENCE, name);
}

/* « propose la candidature de Mme X en qualité de secrétaire », « désigne X comme secrétaire » */
static bool put_forward(struct act *act, const struct document *document, struct span word)
{
    static const char *const roles[] = {"en qualite de",    "comme",       "au poste de",    "a la fonction de",
                                        "aux fonctions de", "en tant que", "au secretariat", NULL};
    static const char *const openings[] = {"candidature* de", "candidature* d'", "designe*", "nomme*", "elit",
                                           "elire",           "choisi*",         "propose*", NULL};
    enum { REACH_BYTES = 140, GAP_BYTES = 6 };
    struct slice folded = document->folded;
    struct span role;
    struct span opening;
    struct span name;
    size_t from = word.start > REACH_BYTES ? word.start - REACH_BYTES : 0;
    if (document_find(document, word.start > 24 ? word.start - 24 : 0, word.start, roles, &role) < 0 ||
        skip_space(folded, role.end) != word.start)
        return false;
    for (; document_find(document, from, role.start, openings, &opening) >= 0; from = opening.end)
        if (person_at(document, skip_space(folded, opening.end), &name) && name.end <= role.start &&
            role.start - name.end <= GAP_BYTES)
            return claim_secretary(act, document, SOURCE_SENTENCE, name);
    return false;
}

void extract_secretary(struct act *act, const struct document *document)
{
    static const char *const words[] = {"secretaire*", "secretariat", "remplir cette fonction", "remplir ces fonctions",
                                        NULL};
    struct slice folded = document->folded;
    struct span word;
    for (size_t from = 0; document_find(document, from, folded.len, words, &word) >= 0; from = word.end) {
        if (is_other_secretary(folded, word.end))
            continue;
        if (before_verb(act, document, word) || put_forward(act, document, word) || after_label(act, document, word) ||
            after_pour(act, document, word))
            return;
    }
    after_by(act, document);
}

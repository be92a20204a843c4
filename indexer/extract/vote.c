/* How the vote went: unanimity, outcome, and the counts that ballot.c reads.
 *
 * What is not printed stays unread: « à l'unanimité » gives no number, and names after « Contre : » are not counted.
 * Several votes on one act that tell different counts give none. */
#include <string.h>

#include "extract/ballot.h"
#include "extract/fields.h"
#include "extract/person.h"

enum {
    SHORT_ACT_BYTES = 1500, /* in a longer one the exposé may speak of other decisions */
    DECISION_BYTES = 3000,  /* what is withdrawn or put off is said there; below may be rules and annexes */
    SENTENCE_BYTES = 200
};

struct outcome_phrase {
    const char *phrase;
    enum vote_outcome outcome;
};

/* The first that is found decides: a withdrawal or an opinion also « décide ». */
static const struct outcome_phrase outcome_phrases[] = {
    {"retire* de l'ordre du jour", OUTCOME_RETIRE},
    {"retrait de l'ordre du jour", OUTCOME_RETIRE},
    {"point retire*", OUTCOME_RETIRE},
    {"deliberation retiree", OUTCOME_RETIRE},
    {"dossier retire", OUTCOME_RETIRE},
    {"question retiree", OUTCOME_RETIRE},
    {"affaire retiree", OUTCOME_RETIRE},
    {"retire ce point", OUTCOME_RETIRE},
    {"retire ce dossier", OUTCOME_RETIRE},
    {"retire cette question", OUTCOME_RETIRE},
    {"ajourne*", OUTCOME_AJOURNE},
    {"sursoit a statuer", OUTCOME_AJOURNE},
    {"surseoir a statuer", OUTCOME_AJOURNE},
    {"reporte ce point", OUTCOME_AJOURNE},
    {"reporte sa decision", OUTCOME_AJOURNE},
    {"reporte la decision", OUTCOME_AJOURNE},
    {"question reportee", OUTCOME_AJOURNE},
    {"point reporte*", OUTCOME_AJOURNE},
    {"dossier reporte", OUTCOME_AJOURNE},
    {"deliberation reportee", OUTCOME_AJOURNE},
    {"reporter ce point", OUTCOME_AJOURNE},
    {"reporter le vote", OUTCOME_AJOURNE},
    {"reporter la decision", OUTCOME_AJOURNE},
    {"reporter sa decision", OUTCOME_AJOURNE},
    {"reporter l'examen", OUTCOME_AJOURNE},
    {"reporter cette question", OUTCOME_AJOURNE},
    {"reporter cette deliberation", OUTCOME_AJOURNE},
    {"reporter la deliberation", OUTCOME_AJOURNE},
    {"reporter ce dossier", OUTCOME_AJOURNE},
    {"a une prochaine seance", OUTCOME_AJOURNE},
    {"a une seance ulterieure", OUTCOME_AJOURNE},
    {"a un prochain conseil", OUTCOME_AJOURNE},
};

/* What happens to the matter itself: « le point est retiré », but not « l'excédent est reporté ». */
static const struct outcome_phrase fate_phrases[] = {
    {"est retire*", OUTCOME_RETIRE},     {"a ete retire*", OUTCOME_RETIRE}, {"est reporte*", OUTCOME_AJOURNE},
    {"a ete reporte*", OUTCOME_AJOURNE}, {"est renvoye*", OUTCOME_AJOURNE},
};

static const struct outcome_phrase adopted_phrases[] = {
    {"adopte*", OUTCOME_ADOPTE},
    {"approuve*", OUTCOME_ADOPTE},
    {"decide*", OUTCOME_ADOPTE},
    {"autorise*", OUTCOME_ADOPTE},
    {"accepte*", OUTCOME_ADOPTE},
    {"valide*", OUTCOME_ADOPTE},
    {"fixe", OUTCOME_ADOPTE},
    {"designe", OUTCOME_ADOPTE},
    {"sollicite", OUTCOME_ADOPTE},
    {"accorde", OUTCOME_ADOPTE},
    {"attribue", OUTCOME_ADOPTE},
    {"emet le voeu", OUTCOME_ADOPTE},
    {"accord du conseil*", OUTCOME_ADOPTE},
    {"donne* son accord", OUTCOME_ADOPTE},
    {"donne* leur accord", OUTCOME_ADOPTE},
};

#define COUNT_OF(array) (sizeof(array) / sizeof(array)[0])

static bool said_in(const struct document *document, size_t from, size_t to, const char *const *phrases)
{
    struct span where;
    return document_find(document, from, to, phrases, &where) >= 0;
}

/* « Un point peut être retiré de l'ordre du jour »: what rules allow has not happened. */
static bool is_only_possible(const struct document *document, size_t at)
{
    static const char *const modals[] = {"peut", "peuvent", "pourra", "pourront", "peut etre", "pourrait", NULL};
    enum { BEFORE_BYTES = 24 };
    struct span modal;
    size_t from = at > BEFORE_BYTES ? at - BEFORE_BYTES : 0;
    while (from < at && !is_word_start(document->folded, from))
        from++;
    return document_find(document, from, at, modals, &modal) >= 0;
}

static enum vote_outcome find_outcome(const struct document *document, const struct outcome_phrase *table, size_t count,
                                      size_t from, size_t to, struct span *where)
{
    for (size_t i = 0; i < count; i++) {
        for (size_t at = from; document_find_one(document, at, to, table[i].phrase, where); at = where->end)
            if (!is_only_possible(document, where->start))
                return table[i].outcome;
    }
    return OUTCOME_UNREAD;
}

/* Where annexes begin below the decision: « ANNEXE », « CONVENTION DE … » in capitals on a line of its own; `to` when
 * none does before. */
static size_t annex_start(const struct document *document, size_t from, size_t to)
{
    static const char *const annexes[] = {"annexe*", "convention*", "reglement*",         "contrat*",
                                          "statuts", "avenant*",    "cahier des charges", NULL};
    size_t end;
    for (size_t line = document_line_of(document, from) + 1;
         line < document->line_count && document->lines[line].start < to; line++) {
        size_t start = skip_to_word(document->folded, document->lines[line].start, document->lines[line].end);
        if (phrases_at(document->folded, start, annexes, &end) >= 0 &&
            document_is_capitals(document, start, document->lines[line].end))
            return document->lines[line].start;
    }
    return to;
}

/* « Le point n° 7 est retiré », « cette question est reportée ». */
static enum vote_outcome find_fate(const struct document *document, size_t from, size_t to, struct span *where)
{
    enum { SUBJECT_BYTES = 60 };
    static const char *const subjects[] = {"le point",
                                           "ce point",
                                           "le dossier",
                                           "ce dossier",
                                           "la question",
                                           "cette question",
                                           "l'affaire",
                                           "cette affaire",
                                           "le projet de deliberation",
                                           "le rapport",
                                           "ce rapport",
                                           "la deliberation",
                                           "cette deliberation",
                                           "le vote",
                                           "l'examen",
                                           "ce sujet",
                                           NULL};
    static const char *const agenda[] = {"de l'ordre du jour", NULL};
    static const char *const withdrawals[] = {"decide* de retirer", "retire", "retirent", NULL};
    struct span withdrawal;
    for (size_t at = from; document_find(document, at, to, agenda, where) >= 0; at = where->end) {
        size_t before = where->start > from + SUBJECT_BYTES ? where->start - SUBJECT_BYTES : from;
        if (document_find(document, before, where->start, withdrawals, &withdrawal) >= 0 &&
            !is_only_possible(document, withdrawal.start))
            return OUTCOME_RETIRE; /* « décide de retirer la délibération de l'ordre du jour » */
    }
    for (size_t i = 0; i < COUNT_OF(fate_phrases); i++) {
        for (size_t at = from; document_find_one(document, at, to, fate_phrases[i].phrase, where); at = where->end) {
            size_t before = where->start > from + SUBJECT_BYTES ? where->start - SUBJECT_BYTES : from;
            if (said_in(document, before, where->start, subjects))
                return fate_phrases[i].outcome;
        }
    }
    return OUTCOME_UNREAD;
}

/* « il vous est proposé de donner un avis »: not yet given. */
static bool is_proposed(const struct document *document, const struct span *verb)
{
    static const char *const proposals[] = {"propose de", "demande de",  "proposee de",
                                            "invite* a",  "est propose", NULL};
    enum { BEFORE_BYTES = 40 };
    struct span proposal;
    size_t from = verb->start > BEFORE_BYTES ? verb->start - BEFORE_BYTES : 0;
    while (from < verb->start && !is_word_start(document->folded, from))
        from++;
    struct slice word = slice_range(document->folded, verb->start, verb->end);
    return (slice_ends(word, SLICE("er")) || slice_ends(word, SLICE("re"))) &&
           document_find(document, from, verb->start, proposals, &proposal) >= 0;
}

/* « émet un avis favorable », « donne, à l'unanimité, un avis défavorable »: the council's own opinion. */
static bool gives_opinion(const struct document *document, const struct act *act, size_t from, struct span *where)
{
    enum { OPINION_BYTES = 90 };
    static const char *const verbs[] = {"emet",   "emettre", "emettent", "donne",   "donner", "rend",
                                        "rendre", "formule", "formuler", "exprime", NULL};
    static const char *const opinions[] = {"un avis",      "avis favorable", "avis defavorable",
                                           "avis reserve", "son avis",       NULL};
    static const char *const nouns[] = {"avis favorable du conseil*", "avis defavorable du conseil*",
                                        "avis favorable a l'unanimite", "avis defavorable a l'unanimite", NULL};
    struct slice folded = document->folded;
    for (size_t at = from; document_find(document, at, folded.len, nouns, where) >= 0; at = where->end)
        if (where->start == document->lines[document_line_of(document, where->start)].start)
            return true;
    for (; document_find(document, from, folded.len, verbs, where) >= 0; from = where->end) {
        struct span opinion;
        size_t to = where->end + OPINION_BYTES;
        size_t stop = slice_find_byte(folded, '.', where->end);
        if (stop < to)
            to = stop;
        if (document_find(document, where->end, to, opinions, &opinion) >= 0 && !is_proposed(document, where) &&
            !is_about_others(document, act, where->start))
            return true;
    }
    return false;
}

/* Where the decision begins: « après en avoir délibéré », « le conseil … décide », else the last third of the text. */
static size_t decision_start(const struct document *document, bool *formula)
{
    static const char *const formulas[] = {"apres en avoir delibere",
                                           "ayant delibere",
                                           "en ayant delibere",
                                           "apres deliberation",
                                           "apres avoir delibere",
                                           "apres en avoir debattu",
                                           "le conseil adopte",
                                           "apres un large debat",
                                           "passant au vote",
                                           "decide :",
                                           "delibere :",
                                           "delibere et",
                                           "delibere",
                                           NULL};
    static const char *const lesser[] = {"oui l'expose", "oui le rapport", "oui cet expose", "ayant entendu", NULL};
    static const char *const closings[] = {"fait et", "ainsi fait et", NULL};
    struct span span;
    struct span closing;
    size_t start = SLICE_NONE;
    for (size_t from = 0;
         start == SLICE_NONE && document_find(document, from, document->folded.len, formulas, &span) >= 0;
         from = span.end) {
        size_t before = span.start > 20 ? span.start - 20 : 0;
        if (document_find(document, before, span.start, closings, &closing) < 0)
            start = span.start;
    }
    if (start == SLICE_NONE && document_find(document, 0, document->folded.len, lesser, &span) >= 0)
        start = span.start;
    *formula = start != SLICE_NONE;
    if (*formula)
        return start;
    return document->folded.len < SHORT_ACT_BYTES ? 0 : document->folded.len * 2 / 3;
}

/* « Le conseil, à l'unanimité, après en avoir délibéré, … »: the vote before the formula, in its sentence. */
static size_t subject_before(const struct document *document, size_t formula)
{
    static const char *const subjects[] = {
        "le conseil", "l'assemblee", "le comite", "le bureau", "la commission permanente", "les membres du conseil",
        NULL};
    enum { BEFORE_BYTES = 160 };
    struct slice folded = document->folded;
    struct span subject;
    size_t from = formula > BEFORE_BYTES ? formula - BEFORE_BYTES : 0;
    while (from < formula && !is_word_start(folded, from))
        from++;
    if (document_find(document, from, formula, subjects, &subject) < 0)
        return formula;
    for (struct span next; document_find(document, subject.end, formula, subjects, &next) >= 0;)
        subject = next;
    for (size_t at = subject.end; at < formula; at++)
        if (folded.bytes[at] == ';' || (folded.bytes[at] == '.' && is_full_stop(folded, at)))
            return formula;
    return subject.start;
}

static bool said(const struct document *document, size_t from, const char *const *phrases, struct span *where)
{
    return document_find(document, from, document->folded.len, phrases, where) >= 0;
}

/* « Le conseiller qui s'abstient est réputé … » is a rule; « sauf Mme LEPIC, qui s'abstient » is not. */
static bool is_of_whoever(const struct document *document, size_t at)
{
    struct slice folded = document->folded;
    while (at > 0 && folded.bytes[at - 1] == ' ')
        at--;
    if (!slice_ends(slice_range(folded, 0, at), SLICE(" qui")))
        return false;
    at -= strlen(" qui");
    while (at > 0 && is_word_byte(folded.bytes[at - 1]))
        at--;
    return !document_is_capital_at(document, at) && is_word_start(folded, at);
}

/* Somebody is against or abstains, and is named rather than counted: « M. X s'abstenant », « Contre : Mme Y ». */
static bool is_opposed_by_name(const struct document *document, size_t from, size_t to)
{
    static const char *const opposing[] = {"s'abstient",
                                           "s'abstenant",
                                           "s'etant abstenu*",
                                           "s'est abstenu*",
                                           "vote contre", /* one does */
                                           "s'abstiennent",
                                           "votent contre",
                                           "votant contre",
                                           "se sont abstenu*",
                                           "ont vote contre",
                                           "abstention du groupe*",
                                           "abstention des",
                                           "opposition du groupe*",
                                           "abstention de",
                                           "abstention",
                                           "abstentions",
                                           "contre",
                                           NULL};
    enum { FIRST_OF_MANY = 4, FIRST_NAMED = 13 }; /* may be labels; need names */
    static const char *const names[] = {"m.",       "mm.",      "mr",      "mme",       "mmes",        "madame",
                                        "mesdames", "monsieur", "groupe*", "le groupe", "les groupes", NULL};
    struct slice folded = document->folded;
    struct span where;
    for (int which; (which = document_find(document, from, to, opposing, &where)) >= 0; from = where.end) {
        size_t end;
        size_t next = skip_blanks(folded, where.end);
        bool label = next < folded.len && (folded.bytes[next] == ':' || folded.bytes[next] == '=');
        if (is_of_whoever(document, where.start))
            continue;
        if (which < FIRST_OF_MANY || (!label && which < FIRST_NAMED))
            return true;
        if ((label || which == FIRST_NAMED) && phrases_at(folded, skip_separators(folded, next), names, &end) >= 0)
            return true;
    }
    return false;
}

/* « Groupe Rassemblement : CONTRE », « M. BRUN : abstention »: votes told one by one, not counted. */
static bool is_opposed_in_a_list(const struct document *document, size_t from)
{
    static const char *const groups[] = {"groupe*", NULL};
    static const char *const opposing[] = {"contre", "abstention*", NULL};
    struct slice folded = document->folded;
    struct span group;
    struct span vote;
    for (; document_find(document, from, folded.len, opposing, &vote) >= 0; from = vote.end) {
        size_t start = document->lines[document_line_of(document, vote.start)].start;
        size_t sign = vote.start;
        while (sign > start && memchr(" -", folded.bytes[sign - 1], 2))
            sign--;
        size_t next = skip_blanks(folded, vote.end);
        bool closed = next >= folded.len || memchr("\n\f,;.)(", folded.bytes[next], 7); /* not « contre la hausse » */
        if (closed && sign > start && folded.bytes[sign - 1] == ':' &&
            (civility_at(folded, start) > 0 || document_find(document, start, sign, groups, &group) >= 0))
            return true;
    }
    return false;
}

/* « à l'unanimité moins une voix », « à l'unanimité ou par … voix » (a form to fill in) */
static bool is_qualified(const struct document *document, size_t unanimity_end)
{
    static const char *const less[] = {"moins", "ou", NULL};
    size_t end;
    size_t at = skip_blanks(document->folded, unanimity_end);
    if (at < document->folded.len && document->folded.bytes[at] == ',')
        at = skip_blanks(document->folded, at + 1);
    return phrases_at(document->folded, at, less, &end) >= 0;
}

static bool find_unanimous(const struct document *document, const struct act *act, size_t from, struct span *where)
{
    static const char *const unanimous[] = {"unanimite", "unanimement", "unanime*", NULL};
    static const char *const lacking[] = {"faute d'", "absence d'",  "pas l'",     "sans l'", "ou a l'",
                                          "ou l'",    "prises a l'", "prise a l'", NULL}; /* rules */
    size_t to = annex_start(document, from, document->folded.len);
    for (; document_find(document, from, to, unanimous, where) >= 0; from = where->end) {
        bool lacks = false;
        for (size_t i = 0; lacking[i]; i++)
            lacks |= slice_ends(slice_range(document->folded, 0, where->start), slice_of(lacking[i]));
        if (!lacks && !is_about_others(document, act, where->start))
            return true;
    }
    return false;
}

static bool find_majority(const struct document *document, size_t from, struct span *where)
{
    static const char *const divided[] = {"a la majorite", "majorite des suffrages exprimes", NULL};
    static const char *const elections[] = {"absolue", "relative", "simple", "qualifiee", NULL};
    size_t end;
    for (; document_find(document, from, document->folded.len, divided, where) >= 0; from = where->end)
        if (phrases_at(document->folded, skip_space(document->folded, where->end), elections, &end) < 0)
            return true;
    return false;
}

static enum truth find_unanimity(const struct document *document, const struct act *act, const struct ballots *ballots,
                                 size_t from, struct span *where)
{
    struct slice folded = document->folded;
    if (ballots->opposed)
        return TRUTH_FALSE;
    bool unanimous = find_unanimous(document, act, from, where);
    size_t near = unanimous && where->end + SENTENCE_BYTES < folded.len ? where->end + SENTENCE_BYTES : folded.len;
    if (is_opposed_by_name(document, unanimous ? where->end : from, near)) {
        if (!unanimous)
            *where = (struct span){from, from};
        return TRUTH_FALSE;
    }
    if (unanimous)
        return is_qualified(document, where->end) ? TRUTH_FALSE : TRUTH_TRUE;
    if (is_opposed_in_a_list(document, 0)) {
        *where = (struct span){from, from};
        return TRUTH_FALSE;
    }
    bool none_opposed =
        ballots->any && ballots->last.counts[COUNTER_CONTRE] == 0 && ballots->last.counts[COUNTER_ABSTENTION] <= 0;
    return !none_opposed && find_majority(document, from, where) ? TRUTH_FALSE : TRUTH_UNREAD;
}

/* « à l'unanimité des 12 suffrages exprimés », « des votants (31) »: unanimity that comes with a number. */
static int32_t unanimous_count(const struct document *document, size_t unanimity_end)
{
    static const char *const voices[] = {"suffrages exprimes",
                                         "suffrages",
                                         "voix",
                                         "votants",
                                         "membres presents et representes",
                                         "membres presents",
                                         "membres votants",
                                         "membres",
                                         "presents",
                                         "conseillers",
                                         NULL};
    struct slice folded = document->folded;
    size_t end;
    size_t next = skip_blanks(folded, unanimity_end);
    size_t at = phrase_at(folded, next, "des");
    bool bracketed = at == SLICE_NONE && next < folded.len && folded.bytes[next] == '(';
    if (bracketed || (at == SLICE_NONE && next < folded.len && folded.bytes[next] == ':'))
        at = next + 1; /* « unanimité (22 voix) » */
    if (at == SLICE_NONE)
        return COUNT_UNREAD;
    at = skip_blanks(folded, at);
    int count = count_at(folded, at, &end);
    if (count >= 0 && phrases_at(folded, skip_blanks(folded, end), voices, &end) < 0)
        return COUNT_UNREAD;
    if (count >= 0) /* « unanimité (15 présents, 3 pouvoirs) » are not those who voted */
        return bracketed && !(end < folded.len && folded.bytes[end] == ')') ? COUNT_UNREAD : count;
    if (phrases_at(folded, at, voices, &end) < 0)
        return COUNT_UNREAD;
    at = skip_space(folded, end);
    count = at < folded.len && folded.bytes[at] == '(' ? count_at(folded, at + 1, &end) : -1;
    if (count >= 0 && phrases_at(folded, skip_blanks(folded, end), voices, &at) >= 0)
        end = at; /* « des suffrages exprimés (28 voix) » */
    return count >= 0 && end < folded.len && folded.bytes[end] == ')' ? count : COUNT_UNREAD;
}

static bool is_elected(const struct document *document, size_t from, struct span *where)
{
    static const char *const elected[] = {"est elu*",
                                          "sont elu*",
                                          "ete elu*",
                                          "proclame* elu*",
                                          "sont designe*",
                                          "est designe*",
                                          "sont proclame*",
                                          "est proclame*",
                                          "ete proclame*",
                                          "declare* elu*",
                                          NULL};
    static const char *const offices[] = {"secretaire*",     "en qualite de secretaire*", "pour remplir",
                                          "automatiquement", "comme secretaire*",         NULL};
    size_t end;
    for (; document_find(document, from, document->folded.len, elected, where) >= 0; from = where->end)
        if (phrases_at(document->folded, skip_blanks(document->folded, where->end), offices, &end) < 0)
            return true;
    return false;
}

/* « DÉLIBÈRE : / Article 1 : Une subvention est attribuée … », « 1° - Une subvention … »: the articles are what was
 * adopted. */
static bool is_in_articles(const struct document *document, size_t from, struct span *where)
{
    static const char *const formulas[] = {"delibere :", "delibere", NULL};
    static const char *const articles[] = {"article*", "art. 1*", "1", "1er", NULL};
    size_t end;
    if (phrases_at(document->folded, from, formulas, &end) < 0)
        return false;
    size_t next = skip_space(document->folded, skip_separators(document->folded, end));
    *where = (struct span){from, end};
    return phrases_at(document->folded, next, articles, &end) >= 0;
}

/* What the counts alone decide: more against than for. */
static enum vote_outcome outcome_of_counts(const struct ballots *ballots)
{
    const int32_t *counts = ballots->last.counts;
    if (!ballots->any || ballots->count > 1 || counts[COUNTER_POUR] == COUNT_UNREAD ||
        counts[COUNTER_CONTRE] == COUNT_UNREAD)
        return OUTCOME_UNREAD;
    return counts[COUNTER_CONTRE] > counts[COUNTER_POUR] ? OUTCOME_REJETE : OUTCOME_ADOPTE;
}

/* What the verbs of the decision alone tell: « PRESCRIT … CHARGE … » adopts, « PREND ACTE » takes note. */
static enum vote_outcome outcome_of_decisions(const struct act *act)
{
    static const char *const others[] = {"REFUSE",   "REJETTE", "AJOURNE", "RETIRE", "RAPPELLE",
                                         "CONSTATE", "PROPOSE", "PROCÈDE", "DIT"};
    size_t noting = 0;
    size_t adopting = 0;
    for (size_t i = 0; i < act->decisions.count; i++) {
        struct slice verb = act->decisions.items[i];
        bool other = false;
        for (size_t j = 0; j < COUNT_OF(others); j++)
            other |= slice_equal(verb, slice_of(others[j]));
        bool notes = slice_equal(verb, SLICE("PREND ACTE")) || slice_equal(verb, SLICE("PREND NOTE"));
        noting += notes;
        adopting += !notes && !other;
    }
    return adopting > 0 ? OUTCOME_ADOPTE : noting > 0 ? OUTCOME_PREND_ACTE : OUTCOME_UNREAD;
}

/* « Le Conseil prend acte … » says it of the council itself; « les élus ont pris acte » in an exposé does not. */
static bool is_said_of_council(const struct document *document, size_t at)
{
    static const char *const councils[] = {
        "conseil", "conseil*", "comite", "comite*", "assemblee", "commission permanente", "bureau", NULL};
    enum { SUBJECT_BYTES = 90 };
    size_t start = document->lines[document_line_of(document, at)].start;
    return said_in(document, at - start > SUBJECT_BYTES ? at - SUBJECT_BYTES : start, at, councils);
}

static enum vote_outcome decide_outcome(const struct document *document, const struct act *act,
                                        const struct ballots *ballots, enum truth unanimous, size_t from,
                                        struct span *where)
{
    static const char *const noted[] = {"prend* acte",  "prend note", "donne acte",    "prenn* acte", "prendre acte",
                                        "prise d'acte", "dont acte",  "est pris acte", NULL};
    static const char *const negated[] = {"n'approuve pas",
                                          "n'adopte pas",
                                          "n'est pas adopte*",
                                          "n'accepte pas",
                                          "n'autorise pas",
                                          "n'accorde pas",
                                          NULL};
    static const char *const refused[] = {
        "n'accepte pas", "n'autorise pas",    "n'accorde pas", "rejet*",         "refuse*",
        "repousse*",     "n'est pas adopte*", "n'adopte pas",  "n'approuve pas", NULL};
    struct span adoption = {0, 0};
    size_t to = annex_start(document, from, from + DECISION_BYTES);
    enum vote_outcome outcome = find_outcome(document, outcome_phrases, COUNT_OF(outcome_phrases), from, to, where);
    if (outcome == OUTCOME_UNREAD)
        outcome = find_fate(document, from, to, where);
    if (outcome != OUTCOME_UNREAD)
        return outcome;
    if (gives_opinion(document, act, from, where))
        return OUTCOME_AVIS;
    bool adopted = find_outcome(document, adopted_phrases, COUNT_OF(adopted_phrases), from, document->folded.len,
                                &adoption) != OUTCOME_UNREAD;
    struct span negation;
    if (adopted && document_find(document, from, adoption.end, negated, &negation) >= 0 && negation.end >= adoption.end)
        adopted = false;
    enum vote_outcome verbs = outcome_of_decisions(act);
    bool notes = said(document, from, noted, where);
    bool notes_first = notes && (!adopted || where->start < adoption.start);
    if (notes_first && (!ballots->any || (verbs == OUTCOME_PREND_ACTE && outcome_of_counts(ballots) != OUTCOME_REJETE)))
        return OUTCOME_PREND_ACTE;
    outcome = outcome_of_counts(ballots);
    if (outcome != OUTCOME_UNREAD)
        return outcome;
    notes = notes && !ballots->any;
    if (notes && unanimous == TRUTH_UNREAD && verbs != OUTCOME_ADOPTE && is_said_of_council(document, where->start))
        return OUTCOME_PREND_ACTE;
    if (!adopted)
        adopted = is_elected(document, from, &adoption) || is_in_articles(document, from, &adoption);
    *where = adoption;
    if (ballots->any || unanimous != TRUTH_UNREAD)
        return !adopted && said(document, from, refused, where) ? OUTCOME_REJETE : OUTCOME_ADOPTE;
    static const char *const rejected[] = {"rejete", "rejetee", "n'est pas adopte*", NULL};
    if (!adopted && verbs == OUTCOME_UNREAD && document->folded.len < SHORT_ACT_BYTES &&
        said(document, from, rejected, where))
        return OUTCOME_REJETE; /* a row of a list says no more */
    static const char *const refusals[] = {"rejette", "refuse", "refusent", NULL};
    if (!adopted && verbs == OUTCOME_UNREAD && said(document, from, refusals, where) &&
        is_said_of_council(document, where->start))
        return OUTCOME_REJETE;
    return adopted || verbs == OUTCOME_ADOPTE ? OUTCOME_ADOPTE : OUTCOME_UNREAD;
}

/* « Nombre de membres en exercice : 15 », « 15 membres en exercice »: the one number that the labels tell. */
static int32_t head_count(const struct document *document, const char *const *labels, const char *const *nouns)
{
    struct slice folded = document->folded;
    struct span label;
    int32_t found = COUNT_UNREAD;
    size_t end;
    for (size_t from = 0; document_find(document, from, folded.len, labels, &label) >= 0; from = label.end) {
        int value = count_at(folded, skip_separators(folded, label.end), &end);
        if (value >= 0 && skip_separators(folded, label.end) == skip_blanks(folded, label.end) &&
            skip_blanks(folded, end) < folded.len && is_word_byte(folded.bytes[skip_blanks(folded, end)]))
            value = -1; /* « votants 3 pouvoirs »: the number is of what follows */
        if (value > 0 && found != COUNT_UNREAD && found != value)
            return COUNT_UNREAD;
        if (value > 0)
            found = value;
    }
    bool may_follow = nouns && found == COUNT_UNREAD && document_find(document, 0, folded.len, nouns, &label) >= 0;
    for (size_t at = 0; may_follow && found == COUNT_UNREAD && at < folded.len; at++) {
        int value = is_word_start(folded, at) ? count_at(folded, at, &end) : -1;
        if (value > 0 && phrases_at(folded, skip_blanks(folded, end), nouns, &end) >= 0)
            found = value;
    }
    return found;
}

static void read_head_counts(struct vote *vote, const struct document *document)
{
    static const char *const members[] = {"en exercice", "effectif legal", "effectif", NULL};
    static const char *const member_nouns[] = {"membres en exercice",
                                               "conseillers en exercice",
                                               "delegues en exercice",
                                               "conseillers municipaux en exercice",
                                               "conseillers communautaires en exercice",
                                               NULL};
    static const char *const voters[] = {"votants", "pris part au vote", "pris part a la deliberation",
                                         "prenant part au vote", NULL};
    static const char *const voter_nouns[] = {"votants", NULL};
    vote->effectif = head_count(document, members, member_nouns);
    vote->votants = head_count(document, voters, voter_nouns);
}

static void take_counts(struct vote *vote, const struct ballots *ballots)
{
    bool one = ballots->count <= 1;
    vote->pour = one ? ballots->last.counts[COUNTER_POUR] : COUNT_UNREAD;
    vote->contre = one ? ballots->last.counts[COUNTER_CONTRE] : COUNT_UNREAD;
    vote->abstention = one ? ballots->last.counts[COUNTER_ABSTENTION] : COUNT_UNREAD;
    vote->nppv = one ? ballots->last.counts[COUNTER_NPPV] : COUNT_UNREAD;
}

/* A short line that tells a vote: « Vote : unanimité », « Accord unanime. », « (Le groupe X vote contre) ». */
static bool tells_vote(const struct document *document, const struct line *line)
{
    enum { LONGEST_LINE_BYTES = 90 };
    static const char *const words[] = {"unanimite",   "unanime",    "unanimement", "a la majorite",
                                        "vote contre", "s'abstient", NULL};
    static const char *const formulas[] = {
        "vote*",          "adopte*",           "approuve*",  "accord",  "(",    "les conclusions",
        "la proposition", "cette proposition", "le rapport", "unanim*", "a l'", "a la majorite",
        "deliberation",   "mise aux voix",     "resultat*",  NULL};
    size_t end;
    return line->end > line->start && line->end - line->start <= LONGEST_LINE_BYTES &&
           said_in(document, line->start, line->end, words) &&
           phrases_at(document->folded, line->start, formulas, &end) >= 0;
}

/* Some print how the vote went just above the decision: where that then begins. */
static size_t vote_line_above(const struct document *document, size_t from)
{
    size_t line = document_line_of(document, from);
    while (line > 0 && line_is_empty(document, line - 1))
        line--;
    for (; line > 0 && tells_vote(document, &document->lines[line - 1]); line--)
        from = document->lines[line - 1].start;
    return from;
}

void extract_vote(struct act *act, const struct document *document)
{
    struct span where = {0, 0};
    struct ballots ballots = read_ballots(document, act);
    struct vote vote = act->vote;
    bool formula;
    if (ballots.draft && !ballots.any)
        return;
    size_t from = decision_start(document, &formula);
    if (formula)
        from = vote_line_above(document, subject_before(document, from));
    vote.unanimous = find_unanimity(document, act, &ballots, from, &where);
    struct span unanimity = where;
    vote.outcome = decide_outcome(document, act, &ballots, vote.unanimous, from, &where);
    take_counts(&vote, &ballots);
    if (vote.unanimous == TRUTH_TRUE && vote.pour == COUNT_UNREAD && !ballots.any)
        vote.pour = unanimous_count(document, unanimity.end);
    read_head_counts(&vote, document);
    if (!ballots.any && vote.unanimous == TRUTH_UNREAD && vote.outcome == OUTCOME_UNREAD)
        return;
    struct span place = ballots.any ? ballots.last.place : vote.unanimous != TRUTH_UNREAD ? unanimity : where;
    enum confidence confidence = ballots.any || vote.unanimous != TRUTH_UNREAD ? CONFIDENCE_HIGH : CONFIDENCE_MEDIUM;
    if (document_claim(document, act, FIELD_VOTE, SOURCE_SENTENCE, confidence, place.start, place.end))
        act->vote = vote;
}

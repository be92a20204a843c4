/* How the vote went: counts that are printed, unanimity, outcome.
 *
 * « 12 voix pour », « pour : 12 », « par 3 voix contre (…) et 10 voix pour », « deux abstentions »: a count belongs to
 * the word nearest to it. Counts of one ballot stand together; of several ballots on one act (amendments first) the
 * last is the act's. What is not printed stays unread: « à l'unanimité » gives no number. */
#include <string.h>

#include "extract/fields.h"
#include "french/numbers.h"

enum {
    MAX_VOICES = 300,      /* larger numbers are years or articles; the largest French assembly has under 240 */
    BALLOT_LINES = 3,      /* counts further apart are of another ballot */
    SHORT_ACT_BYTES = 1500 /* in a longer one the exposé may speak of other decisions */
};

enum counter { COUNTER_POUR, COUNTER_CONTRE, COUNTER_ABSTENTION, COUNTER_NPPV, COUNTER_COUNT, COUNTER_NONE };

struct ballot {
    int32_t counts[COUNTER_COUNT];
    size_t first_line;
    size_t last_line;
    int32_t line_counts[COUNTER_COUNT]; /* of the last line alone */
    struct span place;
    bool any;
};

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

/* A count in figures or letters at `at`: its value and end; -1 when there is none. */
static int count_at(struct slice folded, size_t at, size_t *end)
{
    size_t len = 0;
    int value = 0;
    if (!is_word_start(folded, at))
        return -1;
    while (at + len < folded.len && is_digit(folded.bytes[at + len]) && len < 4)
        value = value * 10 + (folded.bytes[at + len++] - '0');
    bool decimal = len > 0 && at + len + 1 < folded.len &&
                   (folded.bytes[at + len] == ',' || folded.bytes[at + len] == '.' || folded.bytes[at + len] == '/' ||
                    folded.bytes[at + len] == '-') &&
                   is_digit(folded.bytes[at + len + 1]);
    if (len == 0)
        value = french_spelled_number(slice_skip(folded, at), &len);
    if (value < 0 && (phrase_at(folded, at, "une") != SLICE_NONE || phrase_at(folded, at, "un") != SLICE_NONE)) {
        value = 1;
        len = phrase_at(folded, at, "une") != SLICE_NONE ? 3 : 2;
    }
    if (value < 0 && phrase_at(folded, at, "aucune") != SLICE_NONE) {
        value = 0;
        len = strlen("aucune");
    }
    if (value < 0 || len == 0 || decimal || value > MAX_VOICES ||
        (at > 0 && memchr(".,/-", folded.bytes[at - 1], 4) && at > 1 && is_digit(folded.bytes[at - 2])))
        return -1;
    *end = at + len;
    return value;
}

static enum counter counter_word_at(struct slice folded, size_t at, size_t *end)
{
    static const char *const words[] = {"pour",
                                        "contre",
                                        "abstention*",
                                        "abstenu*",
                                        "nppv",
                                        "ne pren* pas part",
                                        "ne particip* pas",
                                        "n'ont pas pris part",
                                        "n'a pas pris part",
                                        "non participation*",
                                        "refus de vote",
                                        NULL};
    static const enum counter counters[] = {COUNTER_POUR, COUNTER_CONTRE, COUNTER_ABSTENTION, COUNTER_ABSTENTION,
                                            COUNTER_NPPV, COUNTER_NPPV,   COUNTER_NPPV,       COUNTER_NPPV,
                                            COUNTER_NPPV, COUNTER_NPPV,   COUNTER_NPPV};
    int which = phrases_at(folded, at, words, end);
    return which < 0 ? COUNTER_NONE : counters[which];
}

/* Blanks and quotation marks: « 12 voix « Pour » » */
static size_t skip_quotes(struct slice folded, size_t at)
{
    static const char *const marks[] = {"«", "»", "“", "”", "\"", "'"};
    for (;;) {
        size_t before = at;
        at = skip_blanks(folded, at);
        for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
            if (slice_starts(slice_skip(folded, at), slice_of(marks[i])))
                at += strlen(marks[i]);
        if (at == before)
            return at;
    }
}

/* « 12 voix pour », « 3 contre », « une abstention », « 9 voix contre 4 » (which gives two counts). */
static bool counts_before_word(struct slice folded, size_t at, int32_t counts[COUNTER_COUNT], size_t *end)
{
    static const char *const voices[] = {"voix", "vote*",       "suffrage*", "membre*",
                                         "elu*", "conseiller*", "delegue*",  NULL};
    size_t after;
    int value = count_at(folded, at, &after);
    if (value < 0)
        return false;
    size_t word = skip_quotes(folded, after);
    bool spoken = phrases_at(folded, word, voices, &after) >= 0;
    if (spoken)
        word = skip_quotes(folded, after);
    enum counter counter = counter_word_at(folded, word, &after);
    if (counter == COUNTER_NONE)
        return false;
    size_t opposed_end;
    int opposed = counter == COUNTER_CONTRE && spoken ? count_at(folded, skip_blanks(folded, after), &opposed_end) : -1;
    if (opposed >= 0 && opposed_end > after &&
        phrases_at(folded, skip_blanks(folded, opposed_end), voices, &word) < 0 &&
        counter_word_at(folded, skip_quotes(folded, opposed_end), &word) == COUNTER_NONE) {
        counts[COUNTER_POUR] = value;
        counts[COUNTER_CONTRE] = opposed;
        *end = opposed_end;
        return true;
    }
    if (counter == COUNTER_POUR && !spoken) { /* « 30 000 € pour l'achat » */
        size_t next = skip_quotes(folded, after);
        bool closed = next >= folded.len || !is_word_byte(folded.bytes[next]) || count_at(folded, next, &word) >= 0 ||
                      phrase_at(folded, next, "et") != SLICE_NONE || phrase_at(folded, next, "contre") != SLICE_NONE;
        if (!closed)
            return false;
    }
    counts[counter] = value;
    *end = after;
    return true;
}

/* « Pour : 14 », « Contre : / », « Ont voté contre : 0 », « Abstentions (2) » */
static bool counts_after_word(struct slice folded, size_t at, int32_t counts[COUNTER_COUNT], size_t *end)
{
    size_t after;
    enum counter counter = is_word_start(folded, at) ? counter_word_at(folded, at, &after) : COUNTER_NONE;
    if (counter == COUNTER_NONE)
        return false;
    size_t sign = skip_quotes(folded, after);
    if (sign >= folded.len || !memchr(":=|(", folded.bytes[sign], 4))
        return false;
    size_t number = skip_blanks(folded, sign + 1);
    if (number < folded.len && folded.bytes[number] == '/') {
        counts[counter] = 0;
        *end = number + 1;
        return true;
    }
    int value = count_at(folded, number, end);
    if (value < 0)
        return false;
    counts[counter] = value;
    return true;
}

/* « par 8 voix, 1 abstention »: voices without a word are for. */
static bool plain_voices(struct slice folded, size_t at, int32_t counts[COUNTER_COUNT], size_t *end)
{
    static const char *const voices[] = {"voix", NULL};
    size_t after;
    int value = count_at(folded, at, &after);
    size_t word;
    if (value < 0 || phrases_at(folded, skip_blanks(folded, after), voices, end) < 0 ||
        counter_word_at(folded, skip_quotes(folded, *end), &word) != COUNTER_NONE)
        return false;
    counts[COUNTER_POUR] = value;
    return true;
}

static struct ballot new_ballot(size_t line)
{
    struct ballot ballot = {.first_line = line, .last_line = line};
    for (int i = 0; i < COUNTER_COUNT; i++)
        ballot.counts[i] = ballot.line_counts[i] = COUNT_UNREAD;
    return ballot;
}

/* Lines that speak of other votes or of the law: visas, recitals, quotations of rules. */
static bool is_recital(const struct document *document, size_t line)
{
    static const char *const openings[] = {"vu", "considerant*", "attendu*", "ordre du jour*", NULL};
    size_t end;
    size_t at = document->lines[line].start;
    while (at < document->lines[line].end && !is_word_start(document->folded, at))
        at++;
    return phrases_at(document->folded, at, openings, &end) >= 0;
}

/* The names in brackets after a count are skipped: « (M. DUPONT, 2e adjoint) ». */
static size_t skip_brackets(struct slice folded, size_t at)
{
    enum { MAX_BRACKET_BYTES = 400 };
    size_t open = skip_blanks(folded, at);
    if (open >= folded.len || folded.bytes[open] != '(')
        return at;
    size_t close = slice_find_byte(folded, ')', open);
    return close != SLICE_NONE && close - open < MAX_BRACKET_BYTES ? close + 1 : at;
}

static bool repeats(const int32_t held[COUNTER_COUNT], const int32_t counts[COUNTER_COUNT])
{
    for (int i = 0; i < COUNTER_COUNT; i++)
        if (held[i] != COUNT_UNREAD && counts[i] != COUNT_UNREAD)
            return true;
    return false;
}

static void take_counts(int32_t held[COUNTER_COUNT], const int32_t counts[COUNTER_COUNT])
{
    for (int i = 0; i < COUNTER_COUNT; i++)
        if (counts[i] != COUNT_UNREAD)
            held[i] = counts[i];
}

/* Add what was counted at `place` to the ballot, or begin the next one: far below, or when a count comes again. What
 * the line has given so far is then of the new ballot, unless the count comes again in the line itself. */
static void add_counts(struct ballot *ballot, const int32_t counts[COUNTER_COUNT], size_t line, struct span place)
{
    const struct ballot none = new_ballot(line);
    if (line != ballot->last_line)
        memcpy(ballot->line_counts, none.counts, sizeof none.counts);
    bool far = !ballot->any || line > ballot->last_line + BALLOT_LINES;
    if (far || repeats(ballot->counts, counts)) {
        struct ballot next = none;
        next.place.start = place.start;
        if (!repeats(ballot->line_counts, counts))
            memcpy(next.line_counts, ballot->line_counts, sizeof next.line_counts);
        memcpy(next.counts, next.line_counts, sizeof next.counts);
        *ballot = next;
    }
    take_counts(ballot->counts, counts);
    take_counts(ballot->line_counts, counts);
    ballot->any = true;
    ballot->last_line = line;
    ballot->place.end = place.end;
}

static void read_ballots(const struct document *document, struct ballot *ballot)
{
    struct slice folded = document->folded;
    for (size_t line = 0; line < document->line_count; line++) {
        const struct line *place = &document->lines[line];
        if (is_recital(document, line))
            continue;
        for (size_t at = place->start; at < place->end; at++) {
            const struct ballot none = new_ballot(line);
            int32_t counts[COUNTER_COUNT];
            size_t end;
            memcpy(counts, none.counts, sizeof counts);
            if (!counts_before_word(folded, at, counts, &end) && !counts_after_word(folded, at, counts, &end))
                continue;
            add_counts(ballot, counts, line, (struct span){at, end});
            at = skip_brackets(folded, end) - 1;
        }
    }
}

/* « par 1 abstention et 11 voix », « par 8 voix … et 1 abstention »: the voices left without a word. */
static void add_plain_voices(const struct document *document, struct ballot *ballot)
{
    size_t end;
    if (!ballot->any || ballot->counts[COUNTER_POUR] != COUNT_UNREAD)
        return;
    const struct line *first = &document->lines[ballot->first_line];
    const struct line *last = &document->lines[ballot->last_line];
    for (size_t at = first->start; at < last->end; at++)
        if (plain_voices(document->folded, at, ballot->counts, &end))
            return;
}

struct outcome_phrase {
    const char *phrase;
    enum vote_outcome outcome;
};

/* The first that is found decides: a withdrawal or an opinion also « décide ». */
static const struct outcome_phrase outcome_phrases[] = {
    {"retire* de l'ordre du jour", OUTCOME_RETIRE},
    {"est retire*", OUTCOME_RETIRE},
    {"dossier est ajourne*", OUTCOME_AJOURNE},
    {"est ajourne*", OUTCOME_AJOURNE},
    {"ajourne*", OUTCOME_AJOURNE},
    {"est reporte* a", OUTCOME_AJOURNE},
    {"emet un avis", OUTCOME_AVIS},
    {"emet a l'unanimite un avis", OUTCOME_AVIS},
    {"donne un avis", OUTCOME_AVIS},
    {"rend un avis", OUTCOME_AVIS},
    {"emet un avis favorable", OUTCOME_AVIS},
    {"avis defavorable", OUTCOME_AVIS},
};

static const struct outcome_phrase adopted_phrases[] = {
    {"le conseil adopte", OUTCOME_ADOPTE}, {"adopte*", OUTCOME_ADOPTE},   {"approuve*", OUTCOME_ADOPTE},
    {"decide*", OUTCOME_ADOPTE},           {"autorise*", OUTCOME_ADOPTE}, {"accepte*", OUTCOME_ADOPTE},
    {"valide*", OUTCOME_ADOPTE},           {"fixe", OUTCOME_ADOPTE},
};

#define COUNT_OF(array) (sizeof(array) / sizeof(array)[0])

static enum vote_outcome find_outcome(const struct document *document, const struct outcome_phrase *table, size_t count,
                                      size_t from, struct span *where)
{
    for (size_t i = 0; i < count; i++) {
        const char *const phrase[] = {table[i].phrase, NULL};
        if (phrases_find(document->folded, from, document->folded.len, phrase, where) >= 0)
            return table[i].outcome;
    }
    return OUTCOME_UNREAD;
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
    struct span span;
    size_t start = SLICE_NONE;
    for (size_t from = 0; phrases_find(document->folded, from, document->folded.len, formulas, &span) >= 0;
         from = span.end) {
        static const char *const closings[] = {"fait et", "ainsi fait et", NULL};
        struct span closing;
        size_t before = span.start > 20 ? span.start - 20 : 0;
        if (phrases_find(document->folded, before, span.start, closings, &closing) >= 0)
            continue;
        if (start == SLICE_NONE)
            start = span.start;
    }
    *formula = start != SLICE_NONE;
    if (*formula)
        return start;
    return document->folded.len < SHORT_ACT_BYTES ? 0 : document->folded.len * 2 / 3;
}

static bool said(const struct document *document, size_t from, const char *const *phrases, struct span *where)
{
    return phrases_find(document->folded, from, document->folded.len, phrases, where) >= 0;
}

/* The member who abstains is named in the same sentence: « à l'unanimité, M. X s'abstenant ». */
static bool somebody_abstains(const struct document *document, size_t at)
{
    static const char *const abstaining[] = {"s'abst*", "s'etant abstenu*", "moins", NULL};
    struct span where;
    size_t end = document->lines[document_line_of(document, at)].end;
    return phrases_find(document->folded, at, end, abstaining, &where) >= 0;
}

static enum truth find_unanimity(const struct document *document, const struct ballot *ballot, size_t from,
                                 struct span *where)
{
    static const char *const unanimous[] = {"unanimite", "unanimement", "unanime*", NULL};
    static const char *const divided[] = {"a la majorite", "s'etant abstenu*", "s'abst*", "se sont abstenu*", NULL};
    static const char *const elections[] = {"absolue", "relative", "simple", NULL};
    size_t end;
    if (ballot->counts[COUNTER_CONTRE] > 0 || ballot->counts[COUNTER_ABSTENTION] > 0)
        return TRUTH_FALSE;
    if (said(document, from, unanimous, where))
        return somebody_abstains(document, where->end) ? TRUTH_FALSE : TRUTH_TRUE;
    if (ballot->counts[COUNTER_CONTRE] == 0 || ballot->counts[COUNTER_ABSTENTION] == 0 ||
        !said(document, from, divided, where))
        return TRUTH_UNREAD;
    bool election = phrases_at(document->folded, skip_blanks(document->folded, where->end), elections, &end) >= 0;
    return election ? TRUTH_UNREAD : TRUTH_FALSE;
}

/* « à l'unanimité des 12 suffrages exprimés »: the one case in which unanimity comes with a number. */
static int32_t unanimous_count(const struct document *document, size_t unanimity_end)
{
    static const char *const voices[] = {"suffrages", "voix", "votants", "membres", "presents", "conseillers", NULL};
    struct slice folded = document->folded;
    size_t end;
    size_t at = phrase_at(folded, skip_blanks(folded, unanimity_end), "des");
    int count = at == SLICE_NONE ? -1 : count_at(folded, skip_blanks(folded, at), &end);
    return count >= 0 && phrases_at(folded, skip_blanks(folded, end), voices, &at) >= 0 ? count : COUNT_UNREAD;
}

/* A ballot well above « à l'unanimité » was another one: a jury's, an amendment's. */
static void drop_earlier_ballot(const struct document *document, struct ballot *ballot, size_t from)
{
    static const char *const unanimous[] = {"a l'unanimite", NULL};
    struct span where;
    size_t start = from > ballot->place.end ? from : ballot->place.end;
    if (ballot->any && said(document, start, unanimous, &where) &&
        document_line_of(document, where.start) > ballot->last_line + BALLOT_LINES)
        *ballot = new_ballot(0);
}

static enum vote_outcome decide_outcome(const struct document *document, const struct ballot *ballot,
                                        enum truth unanimous, size_t from, bool formula, struct span *where)
{
    static const char *const noted[] = {"prend* acte", "prend note", "donne acte", "prenn* acte", NULL};
    static const char *const refused[] = {"rejet*", "refuse*", "repousse*", "n'est pas adopte*", NULL};
    struct span adoption = {0, 0};
    enum vote_outcome outcome = find_outcome(document, outcome_phrases, COUNT_OF(outcome_phrases), from, where);
    if (outcome != OUTCOME_UNREAD)
        return outcome;
    if (ballot->any && ballot->counts[COUNTER_POUR] != COUNT_UNREAD && ballot->counts[COUNTER_CONTRE] != COUNT_UNREAD)
        return ballot->counts[COUNTER_CONTRE] > ballot->counts[COUNTER_POUR] ? OUTCOME_REJETE : OUTCOME_ADOPTE;
    bool adopted =
        find_outcome(document, adopted_phrases, COUNT_OF(adopted_phrases), from, &adoption) != OUTCOME_UNREAD;
    if (!ballot->any && said(document, from, noted, where) && (!adopted || where->start < adoption.start))
        return OUTCOME_PREND_ACTE;
    *where = adoption;
    if (ballot->any || unanimous != TRUTH_UNREAD || (adopted && formula))
        return !adopted && said(document, from, refused, where) ? OUTCOME_REJETE : OUTCOME_ADOPTE;
    return adopted ? OUTCOME_ADOPTE : OUTCOME_UNREAD;
}

void extract_vote(struct act *act, const struct document *document)
{
    struct ballot ballot = new_ballot(0);
    struct span where = {0, 0};
    bool formula;
    read_ballots(document, &ballot);
    add_plain_voices(document, &ballot);
    size_t from = decision_start(document, &formula);
    drop_earlier_ballot(document, &ballot, from);
    struct vote vote = act->vote;
    vote.unanimous = find_unanimity(document, &ballot, from, &where);
    struct span unanimity = where;
    vote.outcome = decide_outcome(document, &ballot, vote.unanimous, from, formula, &where);
    vote.pour = ballot.counts[COUNTER_POUR];
    if (vote.unanimous == TRUTH_TRUE && vote.pour == COUNT_UNREAD)
        vote.pour = unanimous_count(document, unanimity.end);
    vote.contre = ballot.counts[COUNTER_CONTRE];
    vote.abstention = ballot.counts[COUNTER_ABSTENTION];
    vote.nppv = ballot.counts[COUNTER_NPPV];
    if (!ballot.any && vote.unanimous == TRUTH_UNREAD && vote.outcome == OUTCOME_UNREAD)
        return;
    struct span place = ballot.any ? ballot.place : vote.unanimous != TRUTH_UNREAD ? unanimity : where;
    enum confidence confidence = ballot.any || vote.unanimous != TRUTH_UNREAD ? CONFIDENCE_HIGH : CONFIDENCE_MEDIUM;
    if (document_claim(document, act, FIELD_VOTE, SOURCE_SENTENCE, confidence, place.start, place.end))
        act->vote = vote;
}

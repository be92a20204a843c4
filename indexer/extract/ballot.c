#include "extract/ballot.h"

#include <string.h>

#include "extract/number_search.h"

enum {
    MAX_VOICES = 300,    /* larger numbers are years or articles; the largest French assembly has under 240 */
    BALLOT_LINES = 3,    /* counts further apart are of another ballot */
    MAX_BALLOTS = 16,    /* more are a list of acts, whose votes are not one act's */
    MAX_COLUMNS = 12,    /* of a table of counters */
    TABLE_GAP_LINES = 3, /* rules and empty lines between the head of a table and its figures */
    SENTENCE_BYTES = 300
};

static const char *const none[] = {"neant", "aucun", "aucune", "zero", "nul", "personne", NULL};

/* « 0 », « / », « néant » and their like say zero where a number is expected. */
static size_t zero_at(struct slice folded, size_t at)
{
    size_t end;
    if (at < folded.len && folded.bytes[at] == '/' && !(at + 1 < folded.len && is_word_byte(folded.bytes[at + 1])))
        return at + 1;
    return is_word_start(folded, at) && phrases_at(folded, at, none, &end) >= 0 ? end : SLICE_NONE;
}

static int figures_at(struct slice folded, size_t at, size_t *end)
{
    int value = 0;
    size_t len = 0;
    while (at + len < folded.len && is_digit(folded.bytes[at + len]) && len < 4)
        value = value * 10 + (folded.bytes[at + len++] - '0');
    if (len == 0)
        return -1;
    *end = at + len;
    bool more =
        at + len + 1 < folded.len && memchr(",./-", folded.bytes[at + len], 4) && is_digit(folded.bytes[at + len + 1]);
    bool glued = at > 1 && memchr(".,/-", folded.bytes[at - 1], 4) && is_digit(folded.bytes[at - 2]);
    bool in_word = at + len < folded.len && is_word_byte(folded.bytes[at + len]);
    return more || glued || in_word ? -1 : value;
}

static int letters_at(struct slice folded, size_t at, size_t *end)
{
    size_t len = 0;
    int value = french_spelled_number(slice_skip(folded, at), &len);
    if (value >= 0 && len > 0) {
        *end = at + len;
        return value;
    }
    static const char *const ones[] = {"une", "un", NULL};
    return phrases_at(folded, at, ones, end) >= 0 ? 1 : -1;
}

/* « trois (3) voix »: the number that repeats the one before it. */
static size_t skip_repeated(struct slice folded, size_t at, int value)
{
    size_t open = skip_blanks(folded, at);
    size_t end;
    if (open >= folded.len || folded.bytes[open] != '(')
        return at;
    int again = figures_at(folded, open + 1, &end);
    if (again < 0)
        again = letters_at(folded, open + 1, &end);
    return again == value && end < folded.len && folded.bytes[end] == ')' ? end + 1 : at;
}

int count_at(struct slice folded, size_t at, size_t *end)
{
    if (!is_word_start(folded, at))
        return -1;
    int value = figures_at(folded, at, end);
    if (value < 0 && is_digit(folded.bytes[at]))
        return -1;
    if (value < 0)
        value = letters_at(folded, at, end);
    if (value < 0) {
        *end = zero_at(folded, at);
        return *end == SLICE_NONE ? -1 : 0;
    }
    if (value > MAX_VOICES)
        return -1;
    *end = skip_repeated(folded, *end, value);
    return value;
}

static const struct {
    const char *phrase;
    enum counter counter;
} counter_words[] = {
    {"pour", COUNTER_POUR},
    {"favorable*", COUNTER_POUR},
    {"contre", COUNTER_CONTRE},
    {"opposition*", COUNTER_CONTRE},
    {"defavorable*", COUNTER_CONTRE},
    {"abstention*", COUNTER_ABSTENTION},
    {"d'abstention*", COUNTER_ABSTENTION},
    {"abstenu*", COUNTER_ABSTENTION},
    {"s'abstien*", COUNTER_ABSTENTION},
    {"se sont abstenu*", COUNTER_ABSTENTION},
    {"abst.", COUNTER_ABSTENTION},
    {"abs.", COUNTER_ABSTENTION},
    {"nppv", COUNTER_NPPV},
    {"ne pren* pas part", COUNTER_NPPV},
    {"ne particip* pas", COUNTER_NPPV},
    {"n'ont pas pris part", COUNTER_NPPV},
    {"n'a pas pris part", COUNTER_NPPV},
    {"n'ayant pas pris part", COUNTER_NPPV},
    {"non participation*", COUNTER_NPPV},
    {"non-participation*", COUNTER_NPPV},
    {"non-votant*", COUNTER_NPPV},
    {"non votant*", COUNTER_NPPV},
    {"refus de vote*", COUNTER_NPPV},
    {"refus de prendre part", COUNTER_NPPV},
};

enum { COUNTER_WORDS = sizeof counter_words / sizeof *counter_words };

static enum counter counter_word_at(struct slice folded, size_t at, size_t *end)
{
    const struct phrase_list *list = phrase_list_of_rows(counter_words, COUNTER_WORDS, sizeof *counter_words);
    for (size_t i = letter_pairs_have_at(&list->beginnings, folded, at) ? 0 : COUNTER_WORDS; i < COUNTER_WORDS; i++) {
        *end = phrase_at(folded, at, counter_words[i].phrase);
        if (*end == SLICE_NONE)
            continue;
        bool compound = *end + 1 < folded.len && folded.bytes[*end] == '-' && is_word_byte(folded.bytes[*end + 1]);
        return compound ? COUNTER_NONE : counter_words[i].counter; /* « contre-expertise » */
    }
    return COUNTER_NONE;
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

/* As skip_quotes, and over one line end: « et 2⏎abstentions ». */
static size_t skip_quotes_and_line_end(struct slice folded, size_t at)
{
    at = skip_quotes(folded, at);
    return at < folded.len && folded.bytes[at] == '\n' ? skip_quotes(folded, at + 1) : at;
}

/* What stands in brackets after a count is skipped: names, « (dont 2 pouvoirs) ». */
static size_t skip_brackets(struct slice folded, size_t at)
{
    enum { MAX_BRACKET_BYTES = 600 };
    size_t open = skip_blanks(folded, at);
    if (open >= folded.len || folded.bytes[open] != '(')
        return at;
    size_t close = slice_find_byte(folded, ')', open);
    return close != SLICE_NONE && close - open < MAX_BRACKET_BYTES ? close + 1 : at;
}

bool is_full_stop(struct slice folded, size_t dot)
{
    enum { ABBREVIATION_LETTERS = 3 };
    size_t start = dot;
    while (start > 0 && is_word_byte(folded.bytes[start - 1]) && !is_digit(folded.bytes[start - 1]))
        start--;
    bool spaced = dot + 1 >= folded.len || memchr(" \n", folded.bytes[dot + 1], 2);
    return spaced && (dot - start > ABBREVIATION_LETTERS || dot == start);
}

/* Where the sentence around `at` begins: after a full stop, a semicolon or an empty line. */
static size_t sentence_start(struct slice folded, size_t at)
{
    size_t start = at;
    while (start > 0 && at - start < SENTENCE_BYTES) {
        char before = folded.bytes[start - 1];
        if (before == ';' || before == '\f' || (before == '.' && is_full_stop(folded, start - 1)) ||
            (before == '\n' && start > 1 && folded.bytes[start - 2] == '\n'))
            break;
        start--;
    }
    return start;
}

enum { FIRST_MEMBERS = 4 }; /* in voices: from here on people, not votes */
static const char *const voices[] = {"voix", "vote*",       "suffrage*", "bulletin*", "membre*",
                                     "elu*", "conseiller*", "delegue*",  NULL};

/* Whether a count may end at `at`: a mark, a line end, « et », another count. « 3 délégués pour siéger » goes on. */
static bool is_closed(struct slice folded, size_t at)
{
    static const char *const links[] = {"et",         "contre",       "abstention*",    "dont",
                                        "avec",       "nombre de v*", "nombre d'abst*", "votes contre",
                                        "votes pour", "vote contre",  "ont vote*",      "se sont abst*",
                                        NULL};
    enum { COLUMN_GAP = 2 }; /* blanks that divide two columns of a page */
    size_t next = skip_quotes(folded, at);
    size_t end;
    if (skip_blanks(folded, at) >= at + COLUMN_GAP)
        return true;
    bool is_mark = next >= folded.len || !is_word_byte(folded.bytes[next]) || (unsigned char)folded.bytes[next] >= 0x80;
    if (is_mark || phrases_at(folded, next, links, &end) >= 0) /* dashes and bullets lie beyond ASCII */
        return true;
    if (count_at(folded, next, &end) < 0)
        return false;
    size_t word = skip_quotes(folded, end);
    return phrases_at(folded, word, voices, &end) >= 0 || counter_word_at(folded, word, &end) != COUNTER_NONE;
}

/* « 9 voix contre 4 » gives two counts. */
static bool opposed_count(struct slice folded, size_t contre_end, int *value, size_t *end)
{
    size_t word;
    *value = count_at(folded, skip_blanks(folded, contre_end), end);
    return *value >= 0 && phrases_at(folded, skip_blanks(folded, *end), voices, &word) < 0 &&
           counter_word_at(folded, skip_quotes(folded, *end), &word) == COUNTER_NONE;
}

/* « 10 voix pour M. BERTIN » are a candidate's, « deux voix pour le vote » a rule; « 12 voix pour, le conseil » a vote.
 */
static bool is_for_something(struct slice folded, size_t at)
{
    static const char *const councils[] = {"le conseil",      "le comite",       "le bureau",
                                           "l'assemblee",     "la commission",   "les membres",
                                           "les conseillers", "la deliberation", NULL};
    static const char *const things[] = {"m.",   "mm.",       "mr", "mme", "mmes", "madame", "monsieur",
                                         "mlle", "candidat*", "le", "la",  "les",  NULL};
    static const char *const below[] = {"les", "la", NULL}; /* « 5 pour / les adultes » */
    size_t end;
    size_t next = skip_quotes(folded, at);
    if (next < folded.len && folded.bytes[next] == '\n') {
        next = skip_quotes(folded, next + 1);
        return phrases_at(folded, next, councils, &end) < 0 && phrases_at(folded, next, below, &end) >= 0;
    }
    if (phrases_at(folded, next, councils, &end) >= 0)
        return false;
    return phrases_at(folded, next, things, &end) >= 0 || slice_starts(slice_skip(folded, next), SLICE("l'"));
}

/* A count without « voix » is one of votes only where others are told or voting is spoken of: « une abstention » may
 * be anything else. */
static bool is_of_a_vote(struct slice folded, size_t at, size_t to)
{
    static const char *const signs[] = {"voix",      "vote*",   "votant*",   "suffrage*",   "unanimite", "majorite",
                                        "adopte*",   "contre",  "par",       "abstention*", "decide*",   "scrutin",
                                        "approuve*", "rejete*", "resultat*", "avis",        NULL};
    static const char *const comparisons[] = {"comme ", "vaut ", "valent ", "chaque ", NULL};
    enum { NEAR_BYTES = 120 };
    struct span span;
    for (size_t i = 0; comparisons[i]; i++)
        if (slice_ends(slice_range(folded, 0, at), slice_of(comparisons[i])))
            return false;
    size_t from = sentence_start(folded, at);
    if (at - from > NEAR_BYTES)
        from = at - NEAR_BYTES;
    if (phrases_find(folded, from, at, signs, &span) >= 0)
        return true;
    return phrases_find(folded, to, to + NEAR_BYTES, signs, &span) >= 0;
}

static bool may_count(struct slice folded, enum counter counter, size_t at, int voice, size_t end)
{
    if (counter == COUNTER_POUR && is_for_something(folded, end))
        return false;
    if (!is_digit(folded.bytes[at]) && voice < 0 && counter == COUNTER_POUR && skip_blanks(folded, end) < folded.len &&
        folded.bytes[skip_blanks(folded, end)] == '\n')
        return false; /* « une pour⏎aller au départ » */
    if (voice >= 0 && voice < FIRST_MEMBERS)
        return true;
    if (counter == COUNTER_NPPV || (counter == COUNTER_ABSTENTION && is_digit(folded.bytes[at])))
        return true;
    size_t next = skip_blanks(folded, end);
    bool whole_line = (at == 0 || folded.bytes[at - 1] == '\n') && (next == folded.len || folded.bytes[next] == '\n');
    bool told = is_of_a_vote(folded, at, end) || (whole_line && is_digit(folded.bytes[at])) ||
                (next < folded.len && memchr(",;-/", folded.bytes[next], 4));
    return told && (counter == COUNTER_ABSTENTION || is_closed(folded, end));
}

/* Whether a number stands just before `at` on its line. */
static bool follows_count(struct slice folded, size_t at)
{
    while (at > 0 && folded.bytes[at - 1] == ' ')
        at--;
    return at > 0 && is_digit(folded.bytes[at - 1]);
}

/* Whether the number at `at` is that of a counter before it: « POUR 20 CONTRE - », but not « 3 contre 2 abstentions »,
 * « 20 voix pour 2 abstentions ». */
static bool is_of_counter_before(struct slice folded, size_t at)
{
    static const char *const words[] = {"pour", "contre", "abstention", "abstentions"};
    static const char *const voice[] = {"voix", "vote", "votes", "suffrages"};
    while (at > 0 && folded.bytes[at - 1] == ' ')
        at--;
    struct slice before = slice_range(folded, 0, at);
    size_t word = at;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (slice_ends(before, slice_of(words[i])) && at > strlen(words[i]) &&
            memchr(" \n", folded.bytes[at - strlen(words[i]) - 1], 2))
            word = at - strlen(words[i]);
    if (word == at)
        return false;
    before = slice_trim(slice_range(folded, 0, word));
    for (size_t i = 0; i < sizeof voice / sizeof *voice; i++)
        if (slice_ends(before, slice_of(voice[i])))
            return false;
    return !follows_count(folded, word);
}

/* « Votants : 15 Pour : 15 », « Présents 12 Pour 12 »: the number belongs to the label before it or the one after it is
 * a label itself. */
static bool is_of_a_label(struct slice folded, size_t at, size_t counter_end)
{
    static const char *const labels[] = {"votants",      "presents",    "exprimes", "exercice", "pouvoirs",
                                         "procurations", "representes", "absents",  "effectif", NULL};
    size_t end;
    size_t sign = skip_quotes(folded, counter_end);
    if (sign < folded.len && memchr(":=|", folded.bytes[sign], 3) &&
        (zero_at(folded, skip_blanks(folded, sign + 1)) != SLICE_NONE ||
         count_at(folded, skip_blanks(folded, sign + 1), &end) >= 0))
        return true;
    while (at > 0 && memchr(" :=|", folded.bytes[at - 1], 4))
        at--;
    for (size_t i = 0; labels[i]; i++)
        if (slice_ends(slice_range(folded, 0, at), slice_of(labels[i])))
            return !follows_count(folded, at - strlen(labels[i])); /* « 24 votants : 20 pour » */
    return false;
}

/* « 12 voix pour », « 3 contre », « une abstention », « 9 voix contre 4 », « (7 élus) ne prenant pas part ». */
static bool counts_before_word(struct slice folded, size_t at, int32_t counts[COUNTER_COUNT], size_t *end)
{
    size_t after;
    int opposed;
    int value = count_at(folded, at, &after);
    if (value < 0)
        return false;
    size_t word = skip_quotes_and_line_end(folded, skip_brackets(folded, after));
    static const char *const verbs[] = {"votent", "vote", "ont vote", "a vote", NULL};
    int voice = phrases_at(folded, word, voices, &after);
    if (voice >= 0)
        word = skip_quotes_and_line_end(folded, skip_brackets(folded, after));
    if (voice >= FIRST_MEMBERS && phrases_at(folded, word, verbs, &after) >= 0)
        word = skip_blanks(folded, after); /* « 14 élus votent pour » */
    bool bracketed = word < folded.len && folded.bytes[word] == ')';
    enum counter counter = counter_word_at(folded, bracketed ? skip_blanks(folded, word + 1) : word, &after);
    if (counter == COUNTER_NONE || (bracketed && counter != COUNTER_NPPV) ||
        !may_count(folded, counter, at, voice, after) || is_of_a_label(folded, at, after) ||
        (voice < 0 && is_of_counter_before(folded, at)))
        return false;
    if (counter == COUNTER_CONTRE && voice >= 0 && opposed_count(folded, after, &opposed, end)) {
        counts[COUNTER_POUR] = value;
        counts[COUNTER_CONTRE] = opposed;
        return true;
    }
    counts[counter] = value;
    *end = after;
    return true;
}

/* What follows « Pour : » or « Pour | »: a number that nothing continues (« Pour : 15 enfants »), a slash, « néant ».
 */
static int labelled_count(struct slice folded, size_t at, size_t *end)
{
    size_t zero = zero_at(folded, at);
    if (zero != SLICE_NONE) {
        *end = zero;
        return 0;
    }
    size_t word;
    int value = count_at(folded, at, end);
    if (value < 0)
        return -1;
    bool of_voices = phrases_at(folded, skip_blanks(folded, *end), voices, &word) >= 0;
    if (!of_voices && !is_closed(folded, *end) &&
        counter_word_at(folded, skip_quotes(folded, *end), &word) == COUNTER_NONE)
        return -1;
    if (of_voices)
        *end = word;
    return slice_starts(slice_skip(folded, skip_blanks(folded, *end)), SLICE("€")) ? -1 : value;
}

/* « ne prend pas part au vote : 2 » */
static size_t skip_object(struct slice folded, size_t at)
{
    static const char *const objects[] = {"au vote", "a la deliberation", "au scrutin", NULL};
    size_t end;
    return phrases_at(folded, skip_blanks(folded, at), objects, &end) >= 0 ? end : at;
}

/* « Pour : 14 », « Contre : / », « Ont voté contre : 0 », « Abstentions (2) » */
static bool counts_after_word(struct slice folded, size_t at, int32_t counts[COUNTER_COUNT], size_t *end)
{
    size_t after;
    enum counter counter = is_word_start(folded, at) ? counter_word_at(folded, at, &after) : COUNTER_NONE;
    if (counter == COUNTER_NONE)
        return false;
    size_t sign = skip_quotes(folded, skip_object(folded, after));
    if (sign + 2 < folded.len && memcmp(folded.bytes + sign, "(s)", 3) == 0)
        sign = skip_quotes(folded, sign + 3);
    if (sign >= folded.len || !memchr(":=|(", folded.bytes[sign], 4))
        return false;
    int value = labelled_count(folded, skip_quotes(folded, sign + 1), end);
    if (value < 0)
        return false;
    counts[counter] = value;
    return true;
}

/* Sentences that speak of other votes or of the law: visas, recitals. */
static bool is_recital(const struct document *document, size_t at)
{
    static const char *const openings[] = {
        "vu", "considerant*", "attendu*", "ordre du jour*", "par deliberation*", "par sa deliberation", NULL};
    size_t end;
    size_t above = document_line_of(document, at);
    while (above > 0 && !line_is_empty(document, above - 1) &&
           !document_is_capital_at(document, document->lines[above].start) &&
           is_word_start(document->folded, document->lines[above].start))
        above--; /* the margin broke the sentence */
    size_t line = document->lines[above].start;
    size_t from = sentence_start(document->folded, at);
    for (from = from > line ? from : line; from < at && !is_word_start(document->folded, from);)
        from++;
    return phrases_at(document->folded, from, openings, &end) >= 0;
}

/* Where what is said of a vote begins: its sentence, or its line when that is headed « Votes : », « Pour : … ». */
static size_t vote_start(const struct document *document, size_t at)
{
    static const char *const heads[] = {"vote*",     "pour",    "contre",     "abstention*",
                                        "resultat*", "scrutin", "suffrages*", "nombre de v*",
                                        "ont vote*", "adopte*", NULL};
    size_t end;
    size_t sentence = sentence_start(document->folded, at);
    size_t line = document->lines[document_line_of(document, at)].start;
    return line > sentence &&
                   phrases_at(document->folded, skip_to_word(document->folded, line, at + 1), heads, &end) >= 0
               ? line
               : sentence;
}

bool is_about_others(const struct document *document, const struct act *act, size_t at)
{
    static const char *const others[] = {"jury",
                                         "comite technique",
                                         "comite social",
                                         "cst",
                                         "conseil d'exploitation",
                                         "conseil d'ecole",
                                         "conseil de developpement",
                                         "conseil des sages",
                                         "conference des maires",
                                         "vu",
                                         "commission*", /* this one and the next are councils of their own, too */
                                         "bureau",
                                         "assemblee generale",
                                         NULL};
    enum { FIRST_COUNCIL = 10 };
    static const char *const council[] = {"le conseil",
                                          "l'assemblee",
                                          "conseil municipal",
                                          "le comite syndical",
                                          "conseil communautaire",
                                          "decide*",
                                          "delibere*",
                                          "les membres du conseil",
                                          NULL};
    bool small = act->council_type == COUNCIL_BUREAU || act->council_type == COUNCIL_COMMISSION_PERMANENTE ||
                 act->council_type == COUNCIL_CA;
    struct slice folded = document->folded;
    struct span other;
    struct span own;
    if (is_recital(document, at))
        return true;
    int which = document_find(document, vote_start(document, at), at, others, &other);
    if (which >= 0 && phrase_at(folded, other.start, "commission* syndicale*") != SLICE_NONE)
        return false; /* the assembly of a section of commune */
    if (which < 0 || (small && which >= FIRST_COUNCIL))
        return false;
    return document_find(document, other.end, at, council, &own) < 0;
}

static struct ballot new_ballot(size_t line, size_t at)
{
    struct ballot ballot = {.first_line = line, .last_line = line, .place = {at, at}};
    for (int i = 0; i < COUNTER_COUNT; i++)
        ballot.counts[i] = COUNT_UNREAD;
    return ballot;
}

/* Whether some counter is counted in both; with another number when `differently`. */
static bool repeats(const struct ballot *a, const struct ballot *b, bool differently)
{
    for (int i = 0; i < COUNTER_COUNT; i++)
        if (a->counts[i] != COUNT_UNREAD && b->counts[i] != COUNT_UNREAD &&
            (!differently || a->counts[i] != b->counts[i]))
            return true;
    return false;
}

static void join(struct ballot *into, const struct ballot *from)
{
    for (int i = 0; i < COUNTER_COUNT; i++)
        if (from->counts[i] != COUNT_UNREAD)
            into->counts[i] = from->counts[i];
    into->last_line = from->last_line;
    into->place.end = from->place.end;
}

struct ballot_list {
    struct ballot items[MAX_BALLOTS];
    size_t count;
    struct ballot line; /* what the present line has counted since a counter came again */
};

/* Whether few lines lie between two counts; empty ones do not count, for some print one after each line. */
static bool stands_near(const struct document *document, size_t from, size_t to)
{
    size_t filled = 0;
    if (to > from + 2 * BALLOT_LINES)
        return false;
    for (size_t line = from + 1; line <= to; line++)
        filled += !line_is_empty(document, line);
    return filled <= BALLOT_LINES;
}

/* Add a count to the ballot that it stands with, or begin the next one: far below, or when a counter comes again. What
 * the line has given so far is then of the new ballot, unless the counter comes again in the line itself. */
static void add_counts(const struct document *document, struct ballot_list *list, const struct ballot *found)
{
    struct ballot *last = list->count ? &list->items[list->count - 1] : NULL;
    bool same_line = last && list->line.last_line == found->last_line;
    if (!same_line || repeats(&list->line, found, false))
        list->line = *found;
    else
        join(&list->line, found);
    if (last && stands_near(document, last->last_line, found->first_line) && !repeats(last, found, false)) {
        join(last, found);
        return;
    }
    if (list->count == MAX_BALLOTS)
        list->count--;
    list->items[list->count++] = list->line;
}

enum { FIRST_PART = 12 }; /* in table_heads: from here on words that make a column only with others */
static const char *const table_heads[] = {
    "effectif*",    "en exercice", "presents",           "votants", "exprimes",    "pouvoirs",
    "procurations", "absents",     "suffrages exprimes", "quorum",  "represente*", "mandats",
    "vote",         "votes",       "nombre de",          "voix",    "membres",     NULL};

/* The heads of a table of counters, « | Votants | Pour | Contre | »: the counter of each column, COUNTER_NONE for other
 * heads. 0 when the line holds anything else, or fewer than two counters. */
static size_t table_head(struct slice line, enum counter columns[MAX_COLUMNS])
{
    size_t count = 0;
    size_t counters = 0;
    for (size_t at = 0; at < line.len;) {
        size_t end;
        if (!is_word_start(line, at)) {
            at++;
            continue;
        }
        if (count == MAX_COLUMNS)
            return 0;
        enum counter counter = counter_word_at(line, at, &end);
        int head = counter == COUNTER_NONE ? phrases_at(line, at, table_heads, &end) : -1;
        if (counter == COUNTER_NONE && head < 0)
            return 0;
        counters += counter != COUNTER_NONE;
        if (head < FIRST_PART) /* « nombre de votes pour » is one column */
            columns[count++] = counter;
        at = end;
    }
    return counters >= 2 ? count : 0;
}

/* A line of figures and nothing else below the head: as many as there are columns. */
static bool table_figures(struct slice line, const enum counter *columns, size_t count, struct ballot *out)
{
    size_t column = 0;
    for (size_t at = 0; at < line.len;) {
        size_t end = zero_at(line, at);
        int value = end != SLICE_NONE ? 0 : count_at(line, at, &end);
        if (value < 0 && is_word_byte(line.bytes[at]))
            return false;
        if (value < 0) {
            at++;
            continue;
        }
        if (column == count)
            return false;
        if (columns[column] != COUNTER_NONE)
            out->counts[columns[column]] = value;
        column++;
        at = end;
    }
    return column == count;
}

static bool read_table(const struct document *document, size_t line, struct ballot *out)
{
    enum counter columns[MAX_COLUMNS];
    size_t count = table_head(line_text(document, line), columns);
    for (size_t below = line + 1; count > 0 && below <= line + TABLE_GAP_LINES; below++) {
        *out = new_ballot(line, document->lines[line].start);
        if (table_figures(line_text(document, below), columns, count, out)) {
            out->last_line = below;
            out->place.end = document->lines[below].end;
            return true;
        }
    }
    return false;
}

/* « Pour 14 Contre 0 Abstention 1 », « Pour⏎14⏎Contre⏎0 »: counters without a sign, two at least one after the other.
 */
static size_t bare_counter(struct slice folded, size_t at, struct ballot *out)
{
    size_t end;
    enum counter counter = is_word_start(folded, at) ? counter_word_at(folded, at, &end) : COUNTER_NONE;
    if (counter == COUNTER_NONE || out->counts[counter] != COUNT_UNREAD)
        return SLICE_NONE;
    end = skip_object(folded, end);
    size_t number = skip_space(folded, skip_separators(folded, end));
    size_t after = zero_at(folded, number);
    int value = after != SLICE_NONE ? 0 : count_at(folded, number, &after);
    if (value < 0) /* « CONTRE - ABSTENTION - » leaves them unread */
        return skip_separators(folded, end) > end + 1 &&
                       slice_find_byte(slice_range(folded, end, skip_separators(folded, end)), '-', 0) != SLICE_NONE
                   ? end
                   : SLICE_NONE;
    out->counts[counter] = value;
    size_t voice;
    if (phrases_at(folded, skip_blanks(folded, after), voices, &voice) >= 0)
        after = voice;
    return skip_brackets(folded, after);
}

static bool read_bare_counters(const struct document *document, size_t at, struct ballot *out)
{
    struct slice folded = document->folded;
    size_t counters = 0;
    size_t line = document_line_of(document, at);
    *out = new_ballot(line, at);
    if (follows_count(folded, at))
        return false; /* « 20 pour – 3 contre »: the words end their numbers */
    for (size_t next = at, end; (end = bare_counter(folded, next, out)) != SLICE_NONE; counters++) {
        out->place.end = end;
        next = skip_space(folded, skip_separators(folded, end));
        while (next < folded.len && memchr(",;|/", folded.bytes[next], 4))
            next = skip_space(folded, next + 1);
        static const char *const before[] = {"votes", "voix", "vote", "nombre de voix", "et", NULL};
        size_t word;
        if (phrases_at(folded, next, before, &word) >= 0)
            next = skip_space(folded, word);
    }
    out->last_line = document_line_of(document, out->place.end);
    return counters >= 2;
}

/* « 29 oui, 0 non »: the two words count only together. */
static bool counts_yes_and_no(struct slice folded, size_t at, int32_t counts[COUNTER_COUNT], size_t *end)
{
    int yes = count_at(folded, at, end);
    size_t word = yes < 0 ? SLICE_NONE : phrase_at(folded, skip_quotes(folded, *end), "oui");
    if (word == SLICE_NONE)
        return false;
    size_t yes_end = word;
    size_t next = skip_separators(folded, skip_quotes(folded, word));
    while (next < folded.len && memchr(",;/", folded.bytes[next], 3))
        next = skip_separators(folded, next + 1);
    size_t and = phrase_at(folded, next, "et");
    int no = count_at(folded, and == SLICE_NONE ? next : skip_blanks(folded, and), &word);
    *end = no < 0 ? SLICE_NONE : phrase_at(folded, skip_quotes(folded, word), "non");
    if (*end == SLICE_NONE && slice_ends(slice_range(folded, 0, at), SLICE("par "))) {
        counts[COUNTER_POUR] = yes; /* « par 17 oui et 2 abstentions » */
        *end = yes_end;
        return true;
    }
    if (*end == SLICE_NONE)
        return false;
    counts[COUNTER_POUR] = yes;
    counts[COUNTER_CONTRE] = no;
    return true;
}

static bool read_count(const struct document *document, size_t at, struct ballot *out)
{
    size_t end;
    if (count_at(document->folded, at, &end) < 0 && counter_word_at(document->folded, at, &end) == COUNTER_NONE)
        return false; /* nearly every word */
    size_t line = document_line_of(document, at);
    *out = new_ballot(line, at);
    if (!counts_yes_and_no(document->folded, at, out->counts, &end) &&
        !counts_before_word(document->folded, at, out->counts, &end) &&
        !counts_after_word(document->folded, at, out->counts, &end))
        return read_bare_counters(document, at, out);
    out->place.end = skip_brackets(document->folded, end);
    out->last_line = document_line_of(document, end);
    return true;
}

/* The next word in [from, to) that may open counts: a number, a word for none, a counter. */
static size_t next_count(const struct document *document, size_t from, size_t to)
{
    struct span found;
    size_t at = next_number(document, from, to);
    if (document_find(document, from, to, none, &found) >= 0 && found.start < at)
        at = found.start;
    if (document_find_row(document, from, to, counter_words, COUNTER_WORDS, sizeof *counter_words, &found) >= 0 &&
        found.start < at)
        at = found.start;
    return at;
}

static void list_ballots(const struct document *document, const struct act *act, struct ballot_list *list)
{
    size_t done = 0; /* counters may run over lines */
    for (size_t line = 0; line < document->line_count; line++) {
        struct ballot found;
        size_t at = document->lines[line].start > done ? document->lines[line].start : done;
        if (document->lines[line].end < done)
            continue;
        if (read_table(document, line, &found)) {
            add_counts(document, list, &found);
            done = found.place.end;
            continue;
        }
        for (size_t next; (next = next_count(document, at, document->lines[line].end)) != SLICE_NONE;) {
            bool counted = read_count(document, next, &found);
            if (counted && !is_about_others(document, act, next))
                add_counts(document, list, &found);
            at = counted ? found.place.end : next + 1;
        }
        done = at;
    }
}

/* « par 1 abstention et 11 voix », « par 8 voix … et 1 abstention »: the voices left without a word are for. */
static void add_plain_voices(const struct document *document, struct ballot *ballot)
{
    static const char *const plain[] = {"voix", "suffrages", NULL};
    struct slice folded = document->folded;
    size_t to = document->lines[ballot->last_line].end;
    for (size_t at = document->lines[ballot->first_line].start; at < to; at++) {
        size_t end;
        size_t word;
        int value = count_at(folded, at, &end);
        if (value < 0 || phrases_at(folded, skip_blanks(folded, end), plain, &word) < 0 ||
            counter_word_at(folded, skip_quotes_and_line_end(folded, word), &end) != COUNTER_NONE)
            continue;
        ballot->counts[COUNTER_POUR] = value;
        return;
    }
}

/* « Après en avoir délibéré, par 29 voix, le conseil »: no counter anywhere, and it is no election. */
static bool read_plain_vote(const struct document *document, const struct act *act, struct ballot *out)
{
    static const char *const by[] = {"par", NULL};
    static const char *const formulas[] = {"apres en avoir delibere", "apres avoir delibere", NULL};
    static const char *const decisions[] = {"delibere*", "deliberation*", "decide*", NULL};
    static const char *const elections[] = {"elu*", "elect*", "candidat*", "proclame*", "obten*", "tour*", NULL};
    struct slice folded = document->folded;
    struct span word;
    struct span other;
    for (size_t from = 0; document_find(document, from, folded.len, by, &word) >= 0; from = word.end) {
        size_t end;
        int value = count_at(folded, skip_space(folded, word.end), &end);
        size_t voice = value > 0 ? phrase_at(folded, skip_space(folded, end), "voix") : SLICE_NONE;
        size_t next = voice == SLICE_NONE ? folded.len : skip_blanks(folded, voice);
        if (next >= folded.len || !memchr(",:\n", folded.bytes[next], 3) ||
            counter_word_at(folded, skip_quotes_and_line_end(folded, voice), &end) != COUNTER_NONE ||
            is_about_others(document, act, word.start))
            continue;
        size_t start = sentence_start(folded, word.start);
        bool decides = document_find(document, start, word.start, decisions, &other) >= 0 ||
                       phrases_at(folded, skip_separators(folded, skip_space(folded, next + 1)), formulas, &end) >= 0;
        if (!decides || document_find(document, start, next, elections, &other) >= 0)
            continue;
        *out = new_ballot(document_line_of(document, word.start), word.start);
        out->counts[COUNTER_POUR] = value;
        out->place.end = voice;
        return true;
    }
    return false;
}

static bool is_said_near(const struct document *document, const struct ballot *ballot, const char *const *phrases)
{
    struct span span;
    size_t from = sentence_start(document->folded, ballot->place.start);
    size_t line = from > 0 && ballot->first_line > 0 ? ballot->first_line - 1 : ballot->first_line;
    if (document->lines[line].start < from)
        from = document->lines[line].start;
    return document_find(document, from, ballot->place.end, phrases, &span) >= 0;
}

/* The ballot on the whole ends those on its amendments and points. */
static bool is_on_the_whole(const struct document *document, const struct ballot *ballot)
{
    static const char *const phrases[] = {"l'ensemble", "ainsi amende*", "ainsi modifie*", "texte amende", NULL};
    return is_said_near(document, ballot, phrases);
}

static bool is_on_a_part(const struct document *document, const struct ballot *ballot)
{
    static const char *const phrases[] = {"amendement*",
                                          "sous-amendement*",
                                          "huis clos",
                                          "urgence",
                                          "vote du point",
                                          "scrutin secret",
                                          "suspension de seance",
                                          "le report",
                                          "de report",
                                          "report du",
                                          NULL};
    return is_said_near(document, ballot, phrases);
}

/* Set the last ballot and how many different ones there are. */
static void settle(const struct document *document, const struct ballot_list *list, struct ballots *out)
{
    const struct ballot *last = &list->items[list->count - 1];
    bool whole = is_on_the_whole(document, last);
    out->any = true;
    out->last = *last;
    out->count = 1;
    for (size_t i = 0; i + 1 < list->count; i++) {
        const struct ballot *one = &list->items[i];
        if (whole || is_on_a_part(document, one))
            continue;
        out->opposed |= one->counts[COUNTER_CONTRE] > 0 || one->counts[COUNTER_ABSTENTION] > 0;
        if (repeats(one, last, true) || !repeats(one, last, false)) {
            out->count++;
            continue;
        }
        struct ballot merged = *one; /* printed twice: keep what either tells */
        join(&merged, &out->last);
        out->last = merged;
    }
    if (out->last.counts[COUNTER_POUR] == COUNT_UNREAD)
        add_plain_voices(document, &out->last);
    out->opposed |= out->last.counts[COUNTER_CONTRE] > 0 || out->last.counts[COUNTER_ABSTENTION] > 0;
}

/* « par x voix pour », « par … voix pour », « [*] voix contre »: nobody has voted yet. */
static bool is_draft(const struct document *document)
{
    static const char *const blanks[] = {"voix pour", "voix contre", NULL};
    struct slice folded = document->folded;
    struct span span;
    for (size_t from = 0; document_find(document, from, folded.len, blanks, &span) >= 0; from = span.end) {
        size_t at = span.start;
        while (at > 0 && folded.bytes[at - 1] == ' ')
            at--;
        struct slice before = slice_range(folded, 0, at);
        if (slice_ends(before, SLICE(" x")) || slice_ends(before, SLICE(" xx")) || slice_ends(before, SLICE("..")) ||
            slice_ends(before, SLICE("…")) || slice_ends(before, SLICE("[*]")) || slice_ends(before, SLICE("__")))
            return true;
    }
    return false;
}

struct ballots read_ballots(const struct document *document, const struct act *act)
{
    struct ballots out = {.last = new_ballot(0, 0), .draft = is_draft(document)};
    struct ballot_list list = {.line = new_ballot(0, 0)};
    list_ballots(document, act, &list);
    if (list.count > 0) {
        settle(document, &list, &out);
    } else if (read_plain_vote(document, act, &out.last)) {
        out.any = true;
        out.count = 1;
    }
    return out;
}

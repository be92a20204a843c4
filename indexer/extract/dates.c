/* The day of the séance and that of its convocation.
 *
 * Every date near the top is weighed by the words before it: the nearest one says what the date is of. Then the best
 * supported day wins; a weekday that does not fit counts against its date (« L'an deux mille dix-huit et le jeudi
 * 21 février » beside « séance du 21 février 2019 », which was a Thursday). */
#include <string.h>

#include "extract/fields.h"
#include "extract/number_search.h"

enum {
    TITLE_BYTES = 2000,  /* a day alone on its line is that of the séance only near the title */
    HEADER_BYTES = 6000, /* dates further down belong to the matter */
    BEFORE_BYTES = 160,  /* how far before a date the word that rules it may stand */
    AFTER_BYTES = 160,   /* « Le 25 juin 2026, le conseil … s'est réuni » */
    MAX_CONVOCATION_DAYS = 60,
    MAX_CANDIDATES = 64
};

enum context {
    CONTEXT_NONE,
    CONTEXT_SEANCE,  /* « séance du » */
    CONTEXT_COUNCIL, /* « conseil d'agglomération du » */
    CONTEXT_REUNI,   /* « s'est réuni le » */
    CONTEXT_YEAR,    /* « L'an deux mille vingt, le » */
    CONTEXT_CONVOCATION,
    CONTEXT_CONVOQUE, /* « convoqué le » */
    CONTEXT_OTHER     /* of something else: a law, a stamp */
};

struct context_phrase {
    const char *phrase;
    enum context context;
    size_t max_gap_bytes; /* between the phrase and the date */
};

static const struct context_phrase context_phrases[] = {
    {"seance*", CONTEXT_SEANCE, 100},
    {"reunion*", CONTEXT_SEANCE, 100},
    {"session*", CONTEXT_SEANCE, 60},
    {"conseil*", CONTEXT_COUNCIL, 60},
    {"comite*", CONTEXT_COUNCIL, 60},
    {"commission permanente", CONTEXT_COUNCIL, 60},
    {"assemblee* generale*", CONTEXT_OTHER, 60},
    {"assemblee*", CONTEXT_COUNCIL, 40},
    {"college communal", CONTEXT_COUNCIL, 60}, /* in Belgium */
    {"college*", CONTEXT_OTHER, 60},
    {"commission locale*", CONTEXT_OTHER, 60},
    {"conseil de fabrique", CONTEXT_OTHER, 60},
    {"conseil d'ecole", CONTEXT_OTHER, 60},
    {"bureau", CONTEXT_COUNCIL, 40},
    {"reuni*", CONTEXT_REUNI, 140},
    {"assembl*", CONTEXT_REUNI, 140},
    {"siegeant", CONTEXT_REUNI, 140},
    {"tenu*", CONTEXT_REUNI, 60},
    {"convocation*", CONTEXT_CONVOCATION, 120},
    {"convoca*", CONTEXT_CONVOCATION, 60},
    {"convoqu*", CONTEXT_CONVOQUE, 40},
    {"prefecture*", CONTEXT_OTHER, 40},
    {"sous-prefecture*", CONTEXT_OTHER, 40},
    {"publie*", CONTEXT_OTHER, 60},
    {"publication*", CONTEXT_OTHER, 60},
    {"affich*", CONTEXT_OTHER, 60},
    {"transmi*", CONTEXT_OTHER, 60},
    {"teletransmi*", CONTEXT_OTHER, 60},
    {"recu*", CONTEXT_OTHER, 60},
    {"envoy*", CONTEXT_OTHER, 60},
    {"depot*", CONTEXT_OTHER, 60},
    {"depos*", CONTEXT_OTHER, 60},
    {"notifi*", CONTEXT_OTHER, 60},
    {"executoire*", CONTEXT_OTHER, 60},
    {"certifi*", CONTEXT_OTHER, 60},
    {"loi*", CONTEXT_OTHER, 100},
    {"decret*", CONTEXT_OTHER, 60},
    {"arrete*", CONTEXT_OTHER, 60},
    {"ordonnance*", CONTEXT_OTHER, 60},
    {"circulaire*", CONTEXT_OTHER, 60},
    {"deliberation*", CONTEXT_OTHER, 60},
    {"contrat*", CONTEXT_OTHER, 60},
    {"marche*", CONTEXT_OTHER, 60},
    {"traite*", CONTEXT_OTHER, 60},
    {"a compter du", CONTEXT_OTHER, 10},
    {"a partir du", CONTEXT_OTHER, 10},
    {"jusqu'au", CONTEXT_OTHER, 10},
    {"avant le", CONTEXT_OTHER, 10},
    {"depuis le", CONTEXT_OTHER, 10},
    {"elect*", CONTEXT_OTHER, 40},
    {"approbation du compte*", CONTEXT_OTHER, 60},
    {"approbation du proces*", CONTEXT_OTHER, 60},
    {"approbation du pv", CONTEXT_OTHER, 60},
    {"adoption du compte*", CONTEXT_OTHER, 60},
    {"adoption du proces*", CONTEXT_OTHER, 60},
};
enum { CONTEXT_PHRASE_COUNT = sizeof context_phrases / sizeof *context_phrases };

struct candidate {
    struct french_date date;
    date_yyyymmdd day; /* with the year found elsewhere when its own is missing; 0 while unknown */
    enum context context;
    bool label; /* « Date de la séance : » rather than a sentence */
    size_t start;
    size_t end;
    int weight;
};

struct candidates {
    struct candidate items[MAX_CANDIDATES];
    size_t count;
};

/* « convocation envoyée le », « date de convocation du conseil : » are of the convocation. */
static bool keeps_ruling(struct slice folded, enum context held, size_t held_end, size_t at, enum context next)
{
    enum { CLOSE_BYTES = 30 };
    bool convocation = held == CONTEXT_CONVOCATION || held == CONTEXT_CONVOQUE;
    return convocation && (next == CONTEXT_OTHER || next == CONTEXT_COUNCIL) && at - held_end < CLOSE_BYTES &&
           slice_find_byte(folded, '\n', held_end) > at;
}

/* The nearest phrase before `at` and what it makes of the date that begins there. */
static const struct context_phrase *nearest_phrase(struct slice folded, size_t at, struct span *where)
{
    const struct context_phrase *nearest = NULL;
    size_t from = at > BEFORE_BYTES ? at - BEFORE_BYTES : 0;
    for (size_t start = from; start < at; start++) {
        bool empty_line = folded.bytes[start] == '\n' && folded.bytes[skip_blanks(folded, start + 1)] == '\n';
        if (empty_line && nearest && skip_separators(folded, where->end) < start)
            nearest = NULL; /* an empty line ends what ruled before, unless it stands under a heading */
        if (!is_word_start(folded, start))
            continue;
        for (size_t i = 0; i < CONTEXT_PHRASE_COUNT; i++) {
            size_t end = phrase_at(folded, start, context_phrases[i].phrase);
            if (end == SLICE_NONE || end > at || at - end > context_phrases[i].max_gap_bytes)
                continue;
            if (!nearest || !keeps_ruling(folded, nearest->context, where->end, start, context_phrases[i].context)) {
                nearest = &context_phrases[i];
                *where = (struct span){start, end};
            }
            break;
        }
    }
    return nearest;
}

/* « le procès-verbal de la séance du 3 mai » speaks of another séance, unless it is the title of these minutes. */
static bool of_other_minutes(struct slice folded, size_t seance, size_t date_end)
{
    static const char *const minutes[] = {"proces-verb*", "proces verb*", "compte rendu*", "compte-rendu*",    "pv",
                                          "approbation*", "precedente*",  "derniere*",     "deliberations de", NULL};
    static const char *const verbs[] = {"est", "a ete",    "n'",     "ayant",   "sera", "sont",
                                        "ne",  "approuv*", "adopt*", "arrete*", NULL};
    struct span span;
    size_t end;
    size_t from = seance > 60 ? seance - 60 : 0;
    if (phrases_find(folded, from, seance, minutes, &span) < 0)
        return false;
    size_t at = skip_space(folded, date_end);
    if (at < folded.len && folded.bytes[at] == ',')
        at = skip_space(folded, at + 1);
    static const char *const approvals[] = {"approbation*", "approuv*", "adoption*", "precedente*", "derniere*", NULL};
    at = skip_separators(folded, at); /* « Procès-verbal de la séance du 10 mai : approbation » */
    return phrases_at(folded, at, verbs, &end) >= 0 || phrases_at(folded, at, approvals, &end) >= 0 ||
           phrases_find(folded, from, seance, approvals, &span) >= 0;
}

static bool opens_seance(struct slice folded, size_t date_end)
{
    static const char *const openings[] = {"s'est reuni*",
                                           "se sont reuni*",
                                           "s'est assembl*",
                                           "se sont assembl*",
                                           "s est reuni*",
                                           "s'est legalement reuni*",
                                           "se sont legalement reuni*",
                                           "s'est regulierement reuni*",
                                           "etant assembl*",
                                           "a tenu",
                                           "s'est tenu*",
                                           "etant reuni*",
                                           "dument convoqu*",
                                           "legalement convoqu*",
                                           "regulierement convoqu*",
                                           NULL};
    struct span span;
    size_t to = date_end + AFTER_BYTES < folded.len ? date_end + AFTER_BYTES : folded.len;
    size_t blank = slice_find_from(slice_range(folded, 0, to), SLICE("\n\n"), date_end);
    return phrases_find(folded, date_end, blank == SLICE_NONE ? to : blank, openings, &span) >= 0;
}

/* « Comité syndical – jeudi 30 novembre 2023 »: a dash between, on the same line. */
static bool follows_dash(struct slice folded, size_t phrase_end, size_t date_start)
{
    size_t before = date_start;
    while (before > phrase_end && folded.bytes[before - 1] == ' ')
        before--;
    struct slice gap = slice_range(folded, phrase_end, before);
    return slice_find_byte(gap, '\n', 0) == SLICE_NONE &&
           (slice_ends(gap, SLICE("–")) || slice_ends(gap, SLICE("—")) || slice_ends(gap, SLICE(" -")));
}

/* Only « du », « le », a weekday … may stand between a council's name and its date. */
static bool directly_before(struct slice folded, size_t phrase_end, size_t date_start)
{
    struct span span;
    static const char *const links[] = {"du", "le", "en date du", NULL};
    if (skip_separators(folded, phrase_end) == date_start ||
        skip_separators(folded, skip_space(folded, phrase_end)) == date_start)
        return true;
    if (follows_dash(folded, phrase_end, date_start))
        return true;
    size_t from = date_start > phrase_end + 14 ? date_start - 14 : phrase_end;
    return phrases_find(folded, from, date_start, links, &span) >= 0 &&
           slice_find(slice_range(folded, phrase_end, date_start), SLICE(".")) == SLICE_NONE;
}

static bool is_label(struct slice folded, size_t phrase_end, size_t date_start)
{
    return slice_find(slice_range(folded, phrase_end, date_start), SLICE(":")) != SLICE_NONE;
}

/* « convoqué le », not « dûment convoqué, s'est réuni le ». */
static bool convoked_on(struct slice folded, size_t phrase_end, size_t date_start)
{
    struct slice gap = slice_range(folded, phrase_end, date_start);
    return slice_find(gap, SLICE("reuni")) == SLICE_NONE && slice_find(gap, SLICE("s'est")) == SLICE_NONE;
}

/* « Le 3 mai 2011, … »: nothing but an article stands before it on its line, which no sentence runs on to. */
static bool opens_paragraph(struct slice folded, size_t date_start)
{
    size_t line = date_start;
    while (line > 0 && folded.bytes[line - 1] != '\n')
        line--;
    return folded.bytes[line] == 'l' && phrase_at(folded, line, "le") + 1 == date_start;
}

/* « adopté par le conseil du 2 mai », « lors de sa séance du 2 mai »: what is told of another day. */
static bool is_told_of(struct slice folded, size_t phrase_start)
{
    static const char *const tellings[] = {" par le ",  " par la ",  "lors de sa ",   "lors de la ", "prise en ",
                                           "votee en ", " vote en ", " delibere en ", "decide en ",  NULL};
    for (size_t i = 0; tellings[i]; i++)
        if (slice_ends(slice_range(folded, 0, phrase_start), slice_of(tellings[i])))
            return true;
    return false;
}

static enum context context_of(struct slice folded, struct candidate *candidate)
{
    struct span where = {0, 0};
    const struct context_phrase *phrase = nearest_phrase(folded, candidate->start, &where);
    enum context context = phrase ? phrase->context : CONTEXT_NONE;
    if ((context == CONTEXT_SEANCE || context == CONTEXT_COUNCIL) &&
        (of_other_minutes(folded, where.start, candidate->end) || is_told_of(folded, where.start)))
        return CONTEXT_OTHER;
    if (context == CONTEXT_COUNCIL && !directly_before(folded, where.end, candidate->start))
        context = CONTEXT_NONE;
    if (context == CONTEXT_CONVOQUE && !convoked_on(folded, where.end, candidate->start))
        context = CONTEXT_NONE;
    bool of_line_above = context == CONTEXT_OTHER && slice_find_byte(folded, '\n', where.end) < candidate->start &&
                         opens_paragraph(folded, candidate->start);
    if ((context == CONTEXT_NONE || context == CONTEXT_COUNCIL || of_line_above) &&
        opens_seance(folded, candidate->end))
        context = CONTEXT_REUNI;
    candidate->label = phrase && is_label(folded, where.end, candidate->start);
    return context;
}

/* « L'an deux mil dix-neuf », in letters or figures: the year, and where it ends; 0 when there is none at `at`. */
static int year_at(struct slice folded, size_t at, size_t *end)
{
    static const char *const openings[] = {"l'an", "l an", "lan", NULL};
    size_t len;
    if (phrases_at(folded, at, openings, end) < 0)
        return 0;
    size_t start = skip_space(folded, *end);
    int year = french_spelled_number(slice_skip(folded, start), &len);
    if (year < 0) {
        year = 0;
        for (len = 0; len < 4 && start + len < folded.len && folded.bytes[start + len] >= '0' &&
                      folded.bytes[start + len] <= '9';
             len++)
            year = year * 10 + (folded.bytes[start + len] - '0');
    }
    *end = start + len;
    return year >= DATE_FIRST_YEAR && year <= DATE_LAST_YEAR ? year : 0;
}

/* Whether the date is the « le lundi 30 septembre » of « L'an deux mil dix-neuf, le lundi 30 septembre ». */
static bool year_before(struct slice folded, struct candidate *candidate, size_t *year_end)
{
    enum { SENTENCE_BYTES = 120 };
    size_t from = candidate->start > SENTENCE_BYTES ? candidate->start - SENTENCE_BYTES : 0;
    for (size_t at = from; at < candidate->end; at++) {
        int year = is_word_start(folded, at) ? year_at(folded, at, year_end) : 0;
        if (!year)
            continue;
        if (!candidate->day)
            candidate->day = date_make(year, candidate->date.month, candidate->date.day);
        else if (candidate->date.year != year && candidate->date.spelled)
            candidate->day = date_make(year, candidate->date.month, candidate->date.day);
        return true;
    }
    return false;
}

static int weight_of(const struct candidate *candidate)
{
    static const int weights[] = {
        [CONTEXT_NONE] = 0,  [CONTEXT_SEANCE] = 90, [CONTEXT_COUNCIL] = 80,    [CONTEXT_REUNI] = 85,
        [CONTEXT_YEAR] = 90, [CONTEXT_OTHER] = 0,   [CONTEXT_CONVOCATION] = 0, [CONTEXT_CONVOQUE] = 0,
    };
    return weights[candidate->context];
}

static bool weekday_fits(const struct candidate *candidate)
{
    return !candidate->date.weekday || !candidate->day || date_weekday(candidate->day) == candidate->date.weekday;
}

/* A line that holds nothing but a date, as under a title, or opens with one that names its weekday. */
static bool heads_its_line(const struct document *document, const struct candidate *candidate)
{
    static const char *const links[] = {"le", "du", "date :", NULL};
    const struct line *line = &document->lines[document_line_of(document, candidate->start)];
    size_t end;
    bool first = candidate->start == line->start || (phrases_at(document->folded, line->start, links, &end) >= 0 &&
                                                     skip_blanks(document->folded, end) == candidate->start);
    return first && (line->end <= candidate->end + 1 || candidate->date.weekday);
}

/* « Délibération n° 2016-12 du 4 avril 2016 », « DÉLIBÉRATION N° 23CP-1287⏎DU VENDREDI 7 JUILLET 2023 »: the head of
 * the paper, not « retrait de la délibération du 4 mai ». */
static bool is_in_head(const struct document *document, const struct candidate *candidate)
{
    static const char *const heads[] = {"deliberation n*", "deliberation", "deliberation du conseil*", NULL};
    enum { HEAD_BYTES = 60 };
    struct slice folded = document->folded;
    size_t line = document_line_of(document, candidate->start);
    size_t end;
    if (line > 0 && phrase_at(folded, document->lines[line].start, "du") != SLICE_NONE)
        line--;
    size_t start = document->lines[line].start;
    size_t before = candidate->start;
    while (before > start && memchr(" \n", folded.bytes[before - 1], 2))
        before--;
    struct slice text = slice_range(folded, 0, before);
    return line < document->recital_line && candidate->start - start <= HEAD_BYTES &&
           phrases_at(folded, start, heads, &end) >= 0 &&
           (slice_ends(text, SLICE(" du")) || slice_ends(text, SLICE("\ndu")));
}

/* « Vu l'avis du conseil d'arrondissement du 18 mars 2019 »: of another assembly, or of another day. Below the first
 * recital only the opening of a séance tells its day. */
static bool is_in_matter(const struct document *document, const struct candidate *candidate)
{
    return document_line_of(document, candidate->start) >= document->recital_line &&
           !opens_seance(document->folded, candidate->end);
}

/* « 1 5 mars 2018 »: two figures that a recognition set apart. */
static void join_figures(struct slice folded, struct candidate *candidate)
{
    size_t at = candidate->start;
    bool apart = at >= 2 && folded.bytes[at - 1] == ' ' && folded.bytes[at - 2] >= '1' && folded.bytes[at - 2] <= '3' &&
                 (at == 2 || memchr(" \n", folded.bytes[at - 3], 2)) && folded.bytes[at + 1] == ' ';
    if (!apart || !candidate->date.date || folded.bytes[at] < '0' || folded.bytes[at] > '9')
        return;
    date_yyyymmdd day =
        date_make(candidate->date.year, candidate->date.month, candidate->date.day + 10 * (folded.bytes[at - 2] - '0'));
    if (day)
        candidate->date.date = day;
}

/* « N° 2019-05-06 » numbers the sixth act of a month. */
static bool is_a_number(struct slice folded, size_t at)
{
    static const char *const signs[] = {"n°", "nº", "numero"};
    while (at > 0 && memchr(" :", folded.bytes[at - 1], 2))
        at--;
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (slice_ends(slice_range(folded, 0, at), slice_of(signs[i])))
            return true;
    return false;
}

/* In the matter a convocation may still be told of; a séance is another one. */
static enum context matter_context(struct slice folded, struct candidate *candidate)
{
    enum context context = context_of(folded, candidate);
    return context == CONTEXT_CONVOCATION || context == CONTEXT_CONVOQUE ? context : CONTEXT_OTHER;
}

static void weigh(const struct document *document, struct candidate *candidate)
{
    size_t year_end = 0;
    join_figures(document->folded, candidate);
    candidate->day = candidate->date.date;
    if (is_a_number(document->folded, candidate->start)) {
        candidate->context = CONTEXT_OTHER;
        return;
    }
    candidate->context = is_in_matter(document, candidate) ? matter_context(document->folded, candidate)
                                                           : context_of(document->folded, candidate);
    enum { BETWEEN_BYTES = 26 }; /* « L'an deux mille dix-huit et le mercredi, » below « Convocation du 10 mai » */
    bool of_convocation = candidate->context == CONTEXT_CONVOCATION || candidate->context == CONTEXT_CONVOQUE;
    struct candidate with_year = *candidate;
    if (year_before(document->folded, &with_year, &year_end) &&
        (!of_convocation || (year_end <= candidate->start && candidate->start - year_end <= BETWEEN_BYTES))) {
        *candidate = with_year;
        candidate->context = CONTEXT_YEAR;
    }
    candidate->weight = weight_of(candidate);
    bool heads = (candidate->context == CONTEXT_NONE && heads_its_line(document, candidate)) ||
                 (candidate->context == CONTEXT_OTHER && is_in_head(document, candidate));
    if (heads && candidate->start < TITLE_BYTES)
        candidate->weight = 50;
    if (candidate->weight > 0 && candidate->date.weekday)
        candidate->weight += weekday_fits(candidate) ? 8 : -25;
}

static void collect(struct candidates *out, const struct document *document)
{
    struct french_date date;
    size_t from = 0;
    while (out->count < MAX_CANDIDATES && next_date(&date, document, from, HEADER_BYTES)) {
        struct candidate *candidate = &out->items[out->count++];
        *candidate = (struct candidate){.date = date, .start = date.start, .end = date.start + date.len};
        weigh(document, candidate);
        from = candidate->end;
    }
}

/* The candidate of most weight, with a little for each other that names the same day and for coming first. */
static const struct candidate *best_seance(const struct candidates *all)
{
    const struct candidate *best = NULL;
    int best_weight = 0;
    for (size_t i = 0; i < all->count; i++) {
        int weight = all->items[i].weight;
        if (weight == 0 || !all->items[i].day)
            continue;
        for (size_t j = 0; j < all->count; j++)
            if (j != i && all->items[j].weight > 0 && all->items[j].day == all->items[i].day)
                weight += 5;
        if (weight > best_weight) {
            best = &all->items[i];
            best_weight = weight;
        }
    }
    return best;
}

static bool contradicted(const struct candidates *all, const struct candidate *best)
{
    enum { SURE_WEIGHT = 60 };
    for (size_t i = 0; i < all->count; i++)
        if (all->items[i].weight >= SURE_WEIGHT && all->items[i].day && all->items[i].day != best->day)
            return true;
    return false;
}

/* A day that the text says twice in so many words is right, and a stamp with another day is that of its sending or, on
 * minutes, of their approval. */
static void overrule_stamp(struct act *act, const struct candidates *all, const struct candidate *best, int sure_weight)
{
    int said = 0;
    for (size_t i = 0; i < all->count; i++)
        said += all->items[i].weight >= sure_weight && all->items[i].day == best->day;
    if (act->provenance[FIELD_DATE].source != SOURCE_STAMP || act->date == best->day || said < 2)
        return;
    act_clear(act, FIELD_DATE);
    act_warn(act, "date-conflict");
}

static void claim_seance(struct act *act, const struct document *document, const struct candidates *all)
{
    enum { SURE_WEIGHT = 80 };
    const struct candidate *best = best_seance(all);
    if (!best)
        return;
    bool conflict = contradicted(all, best);
    enum field_source source = best->weight < SURE_WEIGHT && best->context == CONTEXT_NONE ? SOURCE_HEURISTIC
                               : best->context == CONTEXT_SEANCE && best->label            ? SOURCE_LABEL
                                                                                           : SOURCE_SENTENCE;
    enum confidence confidence = best->weight >= SURE_WEIGHT && !conflict ? CONFIDENCE_HIGH : CONFIDENCE_MEDIUM;
    overrule_stamp(act, all, best, SURE_WEIGHT);
    if (conflict)
        act_warn(act, "date-conflict");
    if (!weekday_fits(best))
        act_warn(act, "weekday-mismatch");
    if (document_claim(document, act, FIELD_DATE, source, confidence, best->start, best->end))
        act->date = best->day;
}

/* « Fait à Valmorne, le 01/12/2023 » at the end, when nothing better is known. */
static void claim_closing(struct act *act, const struct document *document)
{
    static const char *const closings[] = {"fait a", "fait et delibere", "pour extrait", "fait en", "fait le", NULL};
    enum { CLOSING_BYTES = 200 };
    struct french_date date;
    struct span span;
    size_t from = 0;
    while (document_find(document, from, document->folded.len, closings, &span) >= 0) {
        struct slice near = slice_range(document->folded, 0, span.end + CLOSING_BYTES);
        if (french_date_next(&date, near, span.end) && date.date &&
            document_claim(document, act, FIELD_DATE, SOURCE_HEURISTIC, CONFIDENCE_LOW, date.start,
                           date.start + date.len))
            act->date = date.date;
        from = span.end;
    }
}

/* A convocation without its year is of the séance's year, or of the year before when that would be after it. */
static date_yyyymmdd convocation_day(const struct act *act, const struct candidate *candidate)
{
    if (candidate->day || !act->date)
        return candidate->day;
    date_yyyymmdd day = date_make(date_year(act->date), candidate->date.month, candidate->date.day);
    return day <= act->date ? day : date_make(date_year(act->date) - 1, candidate->date.month, candidate->date.day);
}

static bool is_plausible(const struct act *act, date_yyyymmdd day)
{
    int days = act->date ? date_days_between(day, act->date) : 1;
    return days > 0 && days <= MAX_CONVOCATION_DAYS;
}

static void claim_convocation(struct act *act, const struct document *document, const struct candidates *all)
{
    for (size_t i = 0; i < all->count; i++) {
        const struct candidate *candidate = &all->items[i];
        if (candidate->context != CONTEXT_CONVOCATION && candidate->context != CONTEXT_CONVOQUE)
            continue;
        date_yyyymmdd day = convocation_day(act, candidate);
        if (!day || (act->date && day == act->date))
            continue;
        if (document_claim(document, act, FIELD_CONVOCATION_DATE, candidate->label ? SOURCE_LABEL : SOURCE_SENTENCE,
                           is_plausible(act, day) ? CONFIDENCE_HIGH : CONFIDENCE_LOW, candidate->start, candidate->end))
            act->convocation_date = day;
    }
}

void extract_dates(struct act *act, const struct document *document)
{
    struct candidates all = {.count = 0};
    collect(&all, document);
    claim_seance(act, document, &all);
    if (!act->date || act->provenance[FIELD_DATE].confidence == CONFIDENCE_LOW)
        claim_closing(act, document);
    claim_convocation(act, document, &all);
}

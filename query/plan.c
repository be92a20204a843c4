#include "plan.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "act/act_id.h"
#include "archive/archive.h"
#include "archive/terms.h"
#include "archive/vocabulary.h"
#include "base/utf8.h"
#include "base/words.h"
#include "french/stem.h"
#include "french/stopwords.h"
#include "french/tokens.h"
#include "like.h"
#include "placed_words.h"
#include "remote_test.h"
#include "spelling.h"
#include "synonyms.h"

/* An act's own number tells nearly everything. That words of the objet tell more is in the index (index_act.c); what
 * words tell that stand near one another, or as they were typed, is in rerank.c. */
#define SYNONYM_FACTOR 0.5 /* of each word of what an acronym stands for */
#define NUMBER_FACTOR 8.0

enum {
    MAX_PREFIX_TERMS = 100,        /* « c* » would be the whole vocabulary; the most frequent are kept */
    MAX_TOKENS = WORDS_LOOKED_FOR, /* of one phrase or value */
    MAX_NAMED_WORDS = 12,          /* of a run in which names that have an acronym are looked for */
    LONGEST_NAME = 8,              /* words of such a name */
    AMOUNT_DIGITS = 16
};

struct planner {
    struct plan_options options;
    struct plan *plan;
    struct arena *arena;
    struct xapian_reader *reader;
    struct tokeniser *tokeniser;
    struct stemmer *stemmer;
    struct delib_error *error;
    enum delib_status status;
};

enum word_form { STEMMED, AS_WRITTEN };

/* A place of the question's text: the word and its other forms. */
struct place {
    struct text_list forms; /* folded; the first is the main one */
};

/* --- small queries
 * ---------------------------------------------------------------------------------------------------- */

static struct xapian_query *combine(struct planner *planner, enum xapian_operator op, struct xapian_query **queries,
                                    size_t count)
{
    struct xapian_query *query = NULL;
    struct delib_error error;
    enum delib_status status = xapian_query_combine_take(&query, op, queries, count, &error);
    if (status == DELIB_OK)
        return query;
    if (planner->status == DELIB_OK) {
        planner->status = status;
        if (planner->error)
            *planner->error = error;
    }
    return xapian_query_none();
}

static struct xapian_query *two(struct planner *planner, enum xapian_operator op, struct xapian_query *left,
                                struct xapian_query *right)
{
    struct xapian_query *both[] = {left, right};
    return combine(planner, op, both, 2);
}

static struct slice term_of(struct planner *planner, const char *prefix, struct slice word)
{
    return slice_of(arena_printf(planner->arena, "%s%.*s", prefix, (int)word.len, word.bytes));
}

static struct slice form_of(struct planner *planner, enum word_form form, struct slice word)
{
    return form == STEMMED ? arena_copy(planner->arena, stemmer_stem(planner->stemmer, word)) : word;
}

static bool has_word(const struct text_list *list, struct slice word)
{
    for (size_t i = 0; i < list->count; i++)
        if (slice_equal(list->items[i], word))
            return true;
    return false;
}

static void want(struct planner *planner, struct text_list *list, struct slice word)
{
    if (!has_word(list, word))
        text_list_add(planner->arena, list, word);
}

/* --- from text to places
 * ------------------------------------------------------------------------------------------------ */

/* The words of a text by position, with their alternates; returns how many places. */
static size_t read_places(struct planner *planner, struct place places[MAX_TOKENS], struct slice text)
{
    struct token token;
    size_t count = 0;
    tokeniser_begin(planner->tokeniser, text);
    while (tokeniser_next(planner->tokeniser, &token)) {
        if (!token.alternate) {
            if (count == MAX_TOKENS)
                break;
            places[count++] = (struct place){0};
        }
        text_list_add(planner->arena, &places[count - 1].forms, token.form);
    }
    return count;
}

/* Any form of one place, under a prefix. */
static struct xapian_query *place_query(struct planner *planner, const struct place *place, const char *prefix,
                                        enum word_form form)
{
    struct xapian_query **any = arena_alloc(planner->arena, place->forms.count * sizeof(struct xapian_query *));
    for (size_t i = 0; i < place->forms.count; i++)
        any[i] = xapian_query_term(term_of(planner, prefix, form_of(planner, form, place->forms.items[i])));
    return place->forms.count == 1 ? any[0] : combine(planner, XAPIAN_OR, any, place->forms.count);
}

static bool is_only_small(const struct place *places, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!is_stopword(places[i].forms.items[0]))
            return false;
    return true;
}

/* All the places, in any order; small words only when there is nothing else. */
static struct xapian_query *all_places(struct planner *planner, const struct place *places, size_t count,
                                       const char *prefix, enum word_form form)
{
    struct xapian_query *all[MAX_TOKENS];
    size_t used = 0;
    bool drop = !is_only_small(places, count);
    for (size_t i = 0; i < count; i++)
        if (!drop || !is_stopword(places[i].forms.items[0]))
            all[used++] = place_query(planner, &places[i], prefix, form);
    if (used == 0)
        return xapian_query_none();
    return used == 1 ? all[0] : combine(planner, XAPIAN_AND, all, used);
}

static bool same_forms(const struct place *a, const struct place *b)
{
    return slice_equal(a->forms.items[0], b->forms.items[0]);
}

/* What is to be looked for in the stream of an act's words: stems, or forms as they are written. */
static struct placed_words *placed_words_of(struct planner *planner, const struct place *places, size_t count,
                                            enum word_form form)
{
    struct placed_words *words = arena_alloc(planner->arena, sizeof *words);
    *words = (struct placed_words){.matcher = word_matcher_new(planner->arena), .count = (unsigned)count};
    for (unsigned i = 0; i < count; i++) {
        for (size_t j = 0; j < places[i].forms.count; j++) {
            struct slice word = places[i].forms.items[j];
            struct slice stem = form_of(planner, STEMMED, word);
            if (form == STEMMED)
                word_matcher_add_stem(words->matcher, i, stem);
            else
                word_matcher_add_form(words->matcher, i, word, stem);
        }
        for (size_t j = 0; j < count; j++)
            words->alike[i] += same_forms(&places[i], &places[j]);
    }
    return words;
}

/* Of the acts of the query those where the words stand as they must. */
static struct xapian_query *tested(struct planner *planner, struct xapian_query *query, struct placed_words *words)
{
    struct xapian_query *out = NULL;
    bool cut = false;
    if (!xapian_reader_has_remote(planner->reader))
        return xapian_query_test_take(query, SLOT_WORDS, placed_words_stand, words);
    enum delib_status status =
        remote_test_take(&out, query, planner->arena, planner->reader, words, &cut, planner->error);
    if (planner->status == DELIB_OK)
        planner->status = status;
    planner->plan->is_unchecked |= cut;
    return status == DELIB_OK ? out : xapian_query_none();
}

/* The places one after the other; a single one that may have any form as it is. */
static struct xapian_query *phrase_query(struct planner *planner, const struct place *places, size_t count,
                                         enum word_form form)
{
    if (count == 0)
        return xapian_query_none();
    if (count == 1 && form == STEMMED)
        return place_query(planner, &places[0], TERM_BODY, STEMMED);
    struct placed_words *words = placed_words_of(planner, places, count, form);
    words->in_order = true;
    return tested(planner, all_places(planner, places, count, TERM_BODY, STEMMED), words);
}

static void want_places(struct planner *planner, const struct place *places, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (count > 1 && is_stopword(places[i].forms.items[0]))
            continue;
        for (size_t j = 0; j < places[i].forms.count; j++)
            want(planner, &planner->plan->wanted.stems, form_of(planner, STEMMED, places[i].forms.items[j]));
    }
}

/* --- words
 * ------------------------------------------------------------------------------------------------------------ */

static uint32_t frequency(struct planner *planner, struct slice term)
{
    uint32_t documents = 0;
    enum delib_status status = xapian_reader_term_frequency(&documents, planner->reader, term, planner->error);
    if (planner->status == DELIB_OK)
        planner->status = status;
    return documents;
}

static bool is_known(struct planner *planner, const struct place *place, const char *prefix, enum word_form form)
{
    for (size_t i = 0; i < place->forms.count; i++)
        if (frequency(planner, term_of(planner, prefix, form_of(planner, form, place->forms.items[i]))) > 0)
            return true;
    return false;
}

/* How rare an act with the place's word is, as BM25 has it. */
static double rarity_of(struct planner *planner, const struct place *place)
{
    uint32_t documents = 0;
    uint32_t having = 0;
    enum delib_status status = xapian_reader_document_count(&documents, planner->reader, planner->error);
    if (planner->status == DELIB_OK)
        planner->status = status;
    for (size_t i = 0; i < place->forms.count; i++) {
        uint32_t count = frequency(planner, form_of(planner, STEMMED, place->forms.items[i]));
        having = count > having ? count : having;
    }
    return having == 0 || having > documents ? 0 : log(1 + (documents - having + 0.5) / (having + 0.5));
}

/* Words to rank by, in the question's order; small ones tell nothing. */
static void rank_places(struct planner *planner, const struct place *places, size_t count)
{
    struct plan *plan = planner->plan;
    for (size_t i = 0; i < count && plan->ranked_count < MAX_RANKED_WORDS; i++) {
        const struct text_list *forms = &places[i].forms;
        if (is_stopword(forms->items[0]))
            continue;
        struct ranked_word *word = &plan->ranked[plan->ranked_count++];
        *word = (struct ranked_word){.typed = forms->items[0], .rarity = rarity_of(planner, &places[i])};
        for (size_t j = 0; j < forms->count; j++)
            text_list_add(planner->arena, &word->stems, form_of(planner, STEMMED, forms->items[j]));
    }
}

/* Offer a far more frequent word for a rare one, « piscinne » that one act has too; what was typed is looked for. */
static void suggest(struct planner *planner, const struct place *place)
{
    struct slice word = place->forms.items[0];
    struct slice likelier = {0};
    struct plan *plan = planner->plan;
    if (planner->status != DELIB_OK || (word.bytes[0] >= '0' && word.bytes[0] <= '9'))
        return;
    enum delib_status status =
        likelier_word(&likelier, planner->arena, planner->reader, planner->stemmer, word, planner->error);
    if (planner->status == DELIB_OK)
        planner->status = status;
    if (likelier.len == 0)
        return;
    plan->suggestions =
        arena_grow(planner->arena, plan->suggestions, plan->suggestion_count, sizeof *plan->suggestions);
    plan->suggestions[plan->suggestion_count++] = (struct correction){word, likelier};
}

static void note_correction(struct planner *planner, struct slice typed, struct slice instead)
{
    struct plan *plan = planner->plan;
    plan->corrections =
        arena_grow(planner->arena, plan->corrections, plan->correction_count, sizeof *plan->corrections);
    plan->corrections[plan->correction_count++] = (struct correction){typed, instead};
}

static void replace_by(struct planner *planner, struct place *place, struct slice nearest)
{
    note_correction(planner, place->forms.items[0], nearest);
    place->forms = (struct text_list){0};
    text_list_add(planner->arena, &place->forms, nearest);
}

/* A word that no act has under the prefix becomes the nearest that one has, and the plan says so. Where words are
 * stemmed, those of the body as written are the ones to choose from. */
static void correct(struct planner *planner, struct place *place, const char *prefix, enum word_form form)
{
    struct place other = {0};
    struct slice word = place->forms.items[0];
    struct slice nearest = {0};
    bool number = word.bytes[0] >= '0' && word.bytes[0] <= '9';
    if (planner->status != DELIB_OK || planner->options.only_as_typed || number ||
        is_known(planner, place, prefix, form))
        return;
    enum delib_status status = nearest_word(&nearest, planner->arena, planner->reader, planner->stemmer,
                                            form == STEMMED ? TERM_BODY : prefix, word, planner->error);
    if (planner->status == DELIB_OK)
        planner->status = status;
    text_list_add(planner->arena, &other.forms, nearest);
    if (nearest.len > 0 && is_known(planner, &other, prefix, form))
        replace_by(planner, place, nearest);
}

/* The words of a text as places, those that no act has replaced; small words stay as they are. */
static size_t read_corrected(struct planner *planner, struct place places[MAX_TOKENS], struct slice text,
                             const char *prefix, enum word_form form)
{
    size_t count = read_places(planner, places, text);
    for (size_t i = 0; i < count; i++)
        if (!is_stopword(places[i].forms.items[0]))
            correct(planner, &places[i], prefix, form);
    return count;
}

static bool looks_like_number(struct slice text)
{
    for (size_t i = 0; i < text.len; i++)
        if (text.bytes[i] >= '0' && text.bytes[i] <= '9')
            return true;
    return false;
}

/* « porte-à-porte », « doit-il »: any of its parts, but for small words when there are others. */
static struct xapian_query *compound_query(struct planner *planner, const struct place *places, size_t count)
{
    struct xapian_query *any[MAX_TOKENS];
    size_t used = 0;
    for (size_t i = 0; i < count; i++)
        if (!is_stopword(places[i].forms.items[0]))
            any[used++] = place_query(planner, &places[i], TERM_BODY, STEMMED);
    if (used == 0)
        return phrase_query(planner, places, count, STEMMED);
    return used == 1 ? any[0] : combine(planner, XAPIAN_OR, any, used);
}

/* In the body, or as the act's number. */
static struct xapian_query *word_query(struct planner *planner, struct slice text, const struct place *places,
                                       size_t count)
{
    if (count == 1 || !looks_like_number(text)) {
        struct xapian_query *word =
            count == 1 ? place_query(planner, &places[0], TERM_BODY, STEMMED) : compound_query(planner, places, count);
        if (!looks_like_number(text))
            return word;
        struct xapian_query *number =
            xapian_query_term(term_of(planner, TERM_NUMBER, number_key(planner->arena, text)));
        return two(planner, XAPIAN_OR, word, xapian_query_scale_take(number, NUMBER_FACTOR));
    }
    struct xapian_query *body = phrase_query(planner, places, count, STEMMED);
    struct slice number = number_key(planner->arena, text);
    if (number.len == 0)
        return body;
    struct xapian_query *as_number = xapian_query_term(term_of(planner, TERM_NUMBER, number));
    return two(planner, XAPIAN_OR, body, xapian_query_scale_take(as_number, NUMBER_FACTOR));
}

/* A written word. NULL when there is no word in it. */
static struct xapian_query *plan_word(struct planner *planner, struct slice text)
{
    struct place places[MAX_TOKENS];
    size_t count = read_places(planner, places, text);
    if (count == 0)
        return NULL;
    if (count == 1 && is_known(planner, &places[0], TERM_BODY, STEMMED))
        suggest(planner, &places[0]);
    else if (count == 1)
        correct(planner, &places[0], TERM_BODY, STEMMED);
    want_places(planner, places, count);
    rank_places(planner, places, count);
    return word_query(planner, text, places, count);
}

/* The written words of a text: « L. 2121-29 » and « 8 800 » are one each, though blanks are inside. */
static size_t split_words(struct planner *planner, struct slice words[MAX_TOKENS], struct slice text)
{
    struct token token;
    size_t count = 0;
    tokeniser_begin(planner->tokeniser, text);
    while (tokeniser_next(planner->tokeniser, &token)) {
        if (!token.alternate && !token.part) {
            if (count == MAX_TOKENS)
                break;
            words[count++] = slice_range(text, token.start_bytes, token.end_bytes);
        } else if (count > 0 && words[count - 1].bytes + words[count - 1].len < text.bytes + token.end_bytes) {
            words[count - 1].len = (size_t)(text.bytes + token.end_bytes - words[count - 1].bytes);
        }
    }
    return count;
}

static bool is_only_stopwords(struct planner *planner, struct slice text)
{
    struct token token;
    tokeniser_begin(planner->tokeniser, text);
    while (tokeniser_next(planner->tokeniser, &token))
        if (!token.alternate && !is_stopword(token.form))
            return false;
    return true;
}

/* The phrase as a whole, so that its small words are shown as found too. */
static void want_phrase(struct planner *planner, const struct place *places, size_t count)
{
    struct buffer stems = {0};
    for (size_t i = 0; i < count; i++) {
        buffer_add_string(&stems, i > 0 ? " " : "");
        buffer_add_slice(&stems, stemmer_stem(planner->stemmer, places[i].forms.items[0]));
    }
    want(planner, &planner->plan->wanted.phrases, buffer_get(&stems));
    buffer_free(&stems);
}

static struct xapian_query *plan_phrase(struct planner *planner, struct slice text)
{
    struct place places[MAX_TOKENS];
    size_t count = read_corrected(planner, places, text, TERM_BODY, STEMMED);
    want_places(planner, places, count);
    if (count > 1)
        want_phrase(planner, places, count);
    rank_places(planner, places, count);
    return phrase_query(planner, places, count, STEMMED);
}

static bool some_act_matches(struct planner *planner, const struct xapian_query *query)
{
    struct xapian_results *results = NULL;
    const struct xapian_search first = {.limit = 1};
    enum delib_status status = xapian_search(&results, planner->reader, query, &first, planner->error);
    if (planner->status == DELIB_OK)
        planner->status = status;
    bool found = status == DELIB_OK && xapian_results_count(results) > 0;
    xapian_results_free(results);
    return found;
}

/* Whether an act has the phrase; asked beside the plan, which keeps nothing of it. */
static bool is_phrase_known(struct planner *planner, const struct node *phrase)
{
    struct plan *plan = planner->plan;
    struct plan beside = {0};
    planner->plan = &beside;
    struct xapian_query *query = plan_phrase(planner, phrase->text);
    planner->plan = plan;
    bool found = query && some_act_matches(planner, query);
    xapian_query_free(query);
    return found;
}

static struct xapian_query *plan_exact(struct planner *planner, struct slice text)
{
    struct place places[MAX_TOKENS];
    size_t count = read_places(planner, places, text);
    for (size_t i = 0; i < count; i++)
        want(planner, &planner->plan->wanted.exact, places[i].forms.items[0]);
    return phrase_query(planner, places, count, AS_WRITTEN);
}

/* --- beginnings of words ---------------------------------------------------------------------------------------- */

/* A form that begins so, and how many acts have its stem. */
struct beginner {
    struct slice form;
    struct slice stem;
    uint32_t frequency;
};

struct beginners {
    struct planner *planner;
    struct beginner *items;
    size_t count;
};

static bool take_beginner(struct slice form, void *payload)
{
    struct beginners *found = payload;
    struct planner *planner = found->planner;
    struct slice kept = arena_copy(planner->arena, form);
    found->items = arena_grow(planner->arena, found->items, found->count, sizeof *found->items);
    found->items[found->count++] = (struct beginner){kept, form_of(planner, STEMMED, kept), 0};
    return true;
}

static int by_frequency(const void *a, const void *b)
{
    const struct beginner *left = a;
    const struct beginner *right = b;
    if (left->frequency != right->frequency)
        return left->frequency > right->frequency ? -1 : 1;
    return slice_compare(left->form, right->form);
}

/* Keep the most frequent ones, and say so, when there are too many. */
static void cut_beginners(struct planner *planner, struct beginners *found, struct slice prefix)
{
    if (found->count <= MAX_PREFIX_TERMS)
        return;
    for (size_t i = 0; i < found->count; i++)
        found->items[i].frequency = frequency(planner, found->items[i].stem);
    qsort(found->items, found->count, sizeof *found->items, by_frequency);
    found->count = MAX_PREFIX_TERMS;
    text_list_add(planner->arena, &planner->plan->cut, prefix);
}

static struct xapian_query *plan_prefix(struct planner *planner, struct slice text)
{
    struct buffer folded = {0};
    struct text_list stems = {0};
    struct beginners found = {.planner = planner};
    struct xapian_query *any[MAX_PREFIX_TERMS];
    fold(&folded, text);
    struct slice prefix = arena_copy(planner->arena, buffer_get(&folded));
    buffer_free(&folded);
    want(planner, &planner->plan->wanted.prefixes, prefix);
    enum delib_status status = vocabulary_each(planner->reader, prefix, take_beginner, &found, planner->error);
    if (planner->status == DELIB_OK)
        planner->status = status;
    cut_beginners(planner, &found, prefix);
    struct placed_words *words = arena_alloc(planner->arena, sizeof *words);
    *words =
        (struct placed_words){.matcher = word_matcher_new(planner->arena), .count = 1, .in_order = true, .alike = {1}};
    for (size_t i = 0; i < found.count; i++) {
        word_matcher_add_form(words->matcher, 0, found.items[i].form, found.items[i].stem);
        want(planner, &stems, found.items[i].stem);
    }
    for (size_t i = 0; i < stems.count; i++)
        any[i] = xapian_query_term(stems.items[i]);
    struct xapian_query *query = combine(planner, XAPIAN_SYNONYM, any, stems.count);
    return tested(planner, query, words);
}

/* --- fields
 * ------------------------------------------------------------------------------------------------------------- */

static struct xapian_query *refuse(struct planner *planner, size_t column_cp, const char *why)
{
    if (planner->status == DELIB_OK)
        planner->status = column_cp > 0 ? delib_fail(planner->error, DELIB_INVALID, _("column %zu: %s"), column_cp, why)
                                        : delib_fail(planner->error, DELIB_INVALID, "%s", why);
    return xapian_query_none();
}

static struct xapian_query *all_words(struct planner *planner, const char *prefix, enum word_form form,
                                      struct slice text)
{
    struct place places[MAX_TOKENS];
    return all_places(planner, places, read_places(planner, places, text), prefix, form);
}

/* The words of a field's value: « rapporteur:"LEROY Christian" ». Those of text are shown in the passages. */
static struct xapian_query *field_words(struct planner *planner, const char *prefix, enum word_form form,
                                        struct slice text)
{
    struct place places[MAX_TOKENS];
    size_t count = read_corrected(planner, places, text, prefix, form);
    if (form == STEMMED)
        want_places(planner, places, count);
    return all_places(planner, places, count, prefix, form);
}

static struct slice day_value(struct planner *planner, date_yyyymmdd day)
{
    return day ? slice_of(arena_printf(planner->arena, "%08d", day)) : (struct slice){0};
}

static struct xapian_query *date_range(struct planner *planner, date_yyyymmdd first, date_yyyymmdd last)
{
    return xapian_query_value_range(SLOT_DATE, day_value(planner, first ? first : 1), day_value(planner, last));
}

bool read_date_range(struct slice text, date_yyyymmdd *first, date_yyyymmdd *last)
{
    date_yyyymmdd unused;
    size_t dots = slice_find(text, SLICE(".."));
    *first = *last = 0;
    if (dots != SLICE_NONE) {
        struct slice left = slice_range(text, 0, dots);
        struct slice right = slice_skip(text, dots + 2);
        return (left.len > 0 || right.len > 0) && (left.len == 0 || date_parse_period(left, first, &unused)) &&
               (right.len == 0 || date_parse_period(right, &unused, last));
    }
    if (slice_starts(text, SLICE(">=")))
        return date_parse_period(slice_skip(text, 2), first, &unused);
    if (slice_starts(text, SLICE("<=")))
        return date_parse_period(slice_skip(text, 2), &unused, last);
    if (slice_starts(text, SLICE(">"))) {
        bool read = date_parse_period(slice_skip(text, 1), &unused, first);
        *first += 1; /* days are compared as numbers: the 32nd of a month is fine as a bound */
        return read;
    }
    if (slice_starts(text, SLICE("<"))) {
        bool read = date_parse_period(slice_skip(text, 1), last, &unused);
        *last -= 1;
        return read;
    }
    return date_parse_period(text, first, last);
}

/* « 100000 », « 100 000 », « 1,5M », « 10k€ » in cents; -1 when it is no amount. */
static long long read_cents(struct slice text)
{
    double value = 0;
    double scale = 1;
    double factor = 1;
    bool any = false;
    bool fraction = false;
    for (size_t i = 0; i < text.len; i++) {
        char byte = text.bytes[i];
        if (byte >= '0' && byte <= '9' && factor == 1) {
            value = value * 10 + (byte - '0');
            scale *= fraction ? 10 : 1;
            any = true;
        } else if ((byte == ',' || byte == '.') && !fraction) {
            fraction = true;
        } else if ((byte == 'k' || byte == 'K') && factor == 1) {
            factor = 1e3;
        } else if ((byte == 'm' || byte == 'M') && factor == 1) {
            factor = 1e6;
        } else if (byte != ' ' && (unsigned char)byte < 0x80) {
            return -1;
        }
    }
    value = value / scale * factor * 100;
    return any && value < 1e15 ? (long long)(value + 0.5) : -1;
}

static struct slice cents_value(struct planner *planner, long long cents)
{
    return slice_of(arena_printf(planner->arena, "%0*lld", AMOUNT_DIGITS, cents));
}

static struct xapian_query *plan_amount(struct planner *planner, const struct node *node)
{
    const char *wrong = _("an amount is written 100000, >50k, <=1,5M or 1000..5000");
    struct slice text = node->text;
    size_t dots = slice_find(text, SLICE(".."));
    bool more = text.bytes[0] == '>';
    bool less = text.bytes[0] == '<';
    bool equal = text.len > 1 && text.bytes[1] == '=';
    long long low = 0;
    long long high = -1;
    if (dots != SLICE_NONE) {
        low = dots > 0 ? read_cents(slice_range(text, 0, dots)) : 0;
        high = read_cents(slice_skip(text, dots + 2));
        if (low < 0 || (high < 0 && dots + 2 < text.len))
            return refuse(planner, node->column_cp, wrong);
    } else {
        long long value = read_cents(slice_skip(text, more || less ? 1 + (size_t)equal : 0));
        if (value < 0)
            return refuse(planner, node->column_cp, wrong);
        low = less ? 0 : more ? value + !equal : value;
        high = more ? -1 : less ? value - !equal : value;
        if (high < 0 && !more)
            return xapian_query_none();
    }
    return xapian_query_value_range(SLOT_AMOUNT, cents_value(planner, low),
                                    high < 0 ? (struct slice){0} : cents_value(planner, high));
}

static struct slice folded_value(struct planner *planner, struct slice text)
{
    struct buffer folded = {0};
    fold(&folded, text);
    struct slice value = arena_copy(planner->arena, slice_trim(buffer_get(&folded)));
    buffer_free(&folded);
    return value;
}

static struct xapian_query *plan_date(struct planner *planner, const struct node *node)
{
    date_yyyymmdd first;
    date_yyyymmdd last;
    if (!read_date_range(node->text, &first, &last))
        return refuse(planner, node->column_cp, _("a date is written 2019, 2019-03, 2019-03-25, 2018..2020 or >2018"));
    return date_range(planner, first, last);
}

static void read_synonyms(struct planner *planner, struct text_list *out, struct slice word);

/* Topics go by their names: « sujet:plu » is the plan local d'urbanisme. */
static struct xapian_query *topic_query(struct planner *planner, struct slice text)
{
    struct text_list names = {0};
    struct place places[MAX_TOKENS];
    read_synonyms(planner, &names, text);
    if (names.count == 0)
        return field_words(planner, TERM_TOPIC, STEMMED, text);
    size_t count = read_places(planner, places, text);
    want_places(planner, places, count);
    struct xapian_query *query = all_places(planner, places, count, TERM_TOPIC, STEMMED);
    for (size_t i = 0; i < names.count; i++)
        query = two(planner, XAPIAN_OR, query, all_words(planner, TERM_TOPIC, STEMMED, names.items[i]));
    return query;
}

static struct xapian_query *vote_query(struct planner *planner, const struct node *node)
{
    struct slice value = folded_value(planner, node->text);
    if (vote_outcome_of(value) == OUTCOME_UNREAD && !slice_equal(value, SLICE("unanime")) &&
        !slice_equal(value, SLICE("majorite")))
        return refuse(planner, node->column_cp,
                      _("a vote is adopte, rejete, ajourne, retire, prend-acte, avis, unanime or majorite"));
    return xapian_query_term(term_of(planner, TERM_VOTE, value));
}

static struct xapian_query *field_query(struct planner *planner, const struct node *node)
{
    switch (node->field) {
    case QUESTION_OBJET:
        return field_words(planner, TERM_OBJET, STEMMED, node->text);
    case QUESTION_TOPIC:
        return topic_query(planner, node->text);
    case QUESTION_COUNCIL:
        return field_words(planner, TERM_COUNCIL, AS_WRITTEN, node->text);
    case QUESTION_RAPPORTEUR:
        return field_words(planner, TERM_RAPPORTEUR, AS_WRITTEN, node->text);
    case QUESTION_PRESENT:
        return field_words(planner, TERM_PRESENT, AS_WRITTEN, node->text);
    case QUESTION_PRESIDENT:
        return field_words(planner, TERM_PRESIDENT, AS_WRITTEN, node->text);
    case QUESTION_SECRETARY:
        return field_words(planner, TERM_SECRETARY, AS_WRITTEN, node->text);
    case QUESTION_NUMBER:
        return xapian_query_term(term_of(planner, TERM_NUMBER, number_key(planner->arena, node->text)));
    case QUESTION_MATIERE:
        return xapian_query_term(term_of(planner, TERM_MATIERE, folded_value(planner, node->text)));
    case QUESTION_VOTE:
        return vote_query(planner, node);
    case QUESTION_DATE:
        return plan_date(planner, node);
    case QUESTION_AMOUNT:
        return plan_amount(planner, node);
    }
    return xapian_query_none();
}

/* --- the tree
 * --------------------------------------------------------------------------------------------------------------- */

static struct xapian_query *plan_node(struct planner *planner, const struct node *node);

static bool is_required(const struct node *item)
{
    return item->sign == '+' || item->kind == NODE_PHRASE || item->kind == NODE_EXACT || item->kind == NODE_FIELD ||
           item->kind == NODE_NEAR;
}

/* Whether a list has words that may match, one at least more than a stop word. */
static bool has_plain_words(struct planner *planner, const struct node *list)
{
    for (size_t i = 0; i < list->count; i++) {
        const struct node *item = list->items[i];
        if (item->kind == NODE_WORDS && !item->sign && !is_only_stopwords(planner, item->text))
            return true;
    }
    return false;
}

/* Whether a list has something to look for that is more than a stop word. */
static bool has_content(struct planner *planner, const struct node *list)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i]->sign != '-' &&
            (list->items[i]->kind != NODE_WORDS || !is_only_stopwords(planner, list->items[i]->text)))
            return true;
    return false;
}

struct parts {
    struct xapian_query **required;
    struct xapian_query **filters; /* fields: they must match and weigh nothing */
    struct xapian_query **optional;
    struct xapian_query **forbidden;
    size_t required_count;
    size_t filter_count;
    size_t optional_count;
    size_t forbidden_count;
};

static struct xapian_query **more_room(struct planner *planner, struct xapian_query **queries, size_t count,
                                       size_t more)
{
    struct xapian_query **larger = arena_alloc(planner->arena, (count + more + 1) * sizeof(struct xapian_query *));
    for (size_t i = 0; i < count; i++)
        larger[i] = queries[i];
    return larger;
}

/* --- synonyms ------------------------------------------------------------------------------------------------- */

static void note_expansion(struct planner *planner, struct slice typed, struct slice also)
{
    struct plan *plan = planner->plan;
    plan->expansions = arena_grow(planner->arena, plan->expansions, plan->expansion_count, sizeof *plan->expansions);
    plan->expansions[plan->expansion_count++] = (struct expansion){typed, also};
}

static struct xapian_query *words_query(struct planner *planner, struct slice text)
{
    struct place places[MAX_TOKENS];
    size_t count = read_places(planner, places, text);
    want_places(planner, places, count);
    return phrase_query(planner, places, count, STEMMED);
}

/* The query, or, a little less, what is written otherwise. */
static struct xapian_query *or_synonyms(struct planner *planner, struct xapian_query *query, struct slice typed,
                                        const struct text_list *synonyms)
{
    for (size_t i = 0; i < synonyms->count; i++) {
        note_expansion(planner, typed, synonyms->items[i]);
        struct xapian_query *other = xapian_query_scale_take(words_query(planner, synonyms->items[i]), SYNONYM_FACTOR);
        query = query ? two(planner, XAPIAN_MAX, query, other) : other;
    }
    return query;
}

static bool is_in_capitals(struct slice text)
{
    size_t size;
    for (size_t at = 0; at < text.len; at += size)
        if (utf8_is_letter(utf8_decode(text, at, &size)) && !utf8_is_upper(utf8_decode(text, at, &size)))
            return false;
    return true;
}

static void read_synonyms(struct planner *planner, struct text_list *out, struct slice word)
{
    struct place places[MAX_TOKENS];
    if (planner->options.without_synonyms || read_places(planner, places, word) != 1)
        return;
    enum delib_status status = synonyms_of_word(out, planner->arena, planner->reader, places[0].forms.items[0],
                                                is_in_capitals(word), planner->error);
    if (planner->status == DELIB_OK)
        planner->status = status;
}

static struct xapian_query *plan_word_or_synonyms(struct planner *planner, struct slice word)
{
    struct text_list synonyms = {0};
    read_synonyms(planner, &synonyms, word);
    struct xapian_query *query = plan_word(planner, word);
    return query ? or_synonyms(planner, query, word, &synonyms) : NULL;
}

/* The acronyms of the names that words in a row make: « communauté de communes du Pays » looks for CCP too. NULL when
 * there are none. */
static struct xapian_query *acronyms_of_run(struct planner *planner, const struct slice *words, size_t count)
{
    struct xapian_query *query = NULL;
    if (planner->options.without_synonyms || count > MAX_NAMED_WORDS)
        return NULL;
    for (size_t first = 0; first < count; first++)
        for (size_t last = first + 1; last < count && last < first + LONGEST_NAME; last++) {
            struct text_list acronyms = {0};
            struct slice name = {words[first].bytes,
                                 (size_t)(words[last].bytes - words[first].bytes) + words[last].len};
            enum delib_status status =
                acronyms_of_name(&acronyms, planner->arena, planner->reader, name, planner->error);
            if (planner->status == DELIB_OK)
                planner->status = status;
            query = or_synonyms(planner, query, name, &acronyms);
        }
    return query;
}

/* Each word of a run may match; stop words only when the question has nothing else. */
static void sort_run(struct planner *planner, struct parts *parts, const struct node *run, bool drop_stopwords)
{
    struct slice words[MAX_TOKENS];
    size_t count = split_words(planner, words, run->text);
    parts->optional = more_room(planner, parts->optional, parts->optional_count, count + 1);
    for (size_t i = 0; i < count; i++) {
        bool is_dropped = drop_stopwords && is_only_stopwords(planner, words[i]);
        struct xapian_query *query = is_dropped ? NULL : plan_word_or_synonyms(planner, words[i]);
        if (query)
            parts->optional[parts->optional_count++] = query;
    }
    struct xapian_query *acronyms = acronyms_of_run(planner, words, count);
    if (acronyms)
        parts->optional[parts->optional_count++] = acronyms;
}

static void sort_item(struct planner *planner, struct parts *parts, const struct node *item, bool drop_stopwords)
{
    if (item->kind == NODE_WORDS && item->sign == 0) {
        sort_run(planner, parts, item, drop_stopwords);
        return;
    }
    size_t wanted[] = {planner->plan->wanted.stems.count, planner->plan->wanted.exact.count,
                       planner->plan->wanted.prefixes.count};
    size_t ranked = planner->plan->ranked_count;
    struct xapian_query *query = plan_node(planner, item);
    if (!query)
        return;
    if (item->sign == '-') {
        parts->forbidden[parts->forbidden_count++] = query;
        planner->plan->wanted.stems.count = wanted[0]; /* what is not wanted is not highlighted */
        planner->plan->wanted.exact.count = wanted[1];
        planner->plan->wanted.prefixes.count = wanted[2];
        planner->plan->ranked_count = ranked;
    } else if (item->kind == NODE_FIELD) {
        parts->filters[parts->filter_count++] = query;
    } else if (is_required(item)) {
        parts->required[parts->required_count++] = query;
    } else {
        parts->optional = more_room(planner, parts->optional, parts->optional_count, 1);
        parts->optional[parts->optional_count++] = query;
    }
}

static struct xapian_query *join(struct planner *planner, enum xapian_operator op, struct xapian_query **queries,
                                 size_t count)
{
    return count == 0 ? NULL : count == 1 ? queries[0] : combine(planner, op, queries, count);
}

/* Must (and filters), may, must not. */
static struct xapian_query *assemble(struct planner *planner, struct parts *parts)
{
    struct xapian_query *required = join(planner, XAPIAN_AND, parts->required, parts->required_count);
    struct xapian_query *optional = join(planner, XAPIAN_OR, parts->optional, parts->optional_count);
    struct xapian_query *query = required && optional ? two(planner, XAPIAN_AND_MAYBE, required, optional)
                                 : required           ? required
                                                      : optional;
    planner->plan->has_words |= query != NULL;
    if (!query)
        query = xapian_query_all();
    for (size_t i = 0; i < parts->filter_count; i++)
        query = two(planner, XAPIAN_FILTER, query, parts->filters[i]);
    for (size_t i = 0; i < parts->forbidden_count; i++)
        query = two(planner, XAPIAN_AND_NOT, query, parts->forbidden[i]);
    return query;
}

/* A phrase without a sign that no act has, as the words it is made of. */
static bool loosen(struct planner *planner, struct node *words, const struct node *item)
{
    if (item->kind != NODE_PHRASE || item->sign)
        return false;
    planner->plan->has_loose_phrase = true;
    if (!planner->options.loosens_phrases || is_phrase_known(planner, item))
        return false;
    *words = *item;
    words->kind = NODE_WORDS;
    words->text = slice_trim(item->text);
    note_correction(planner,
                    slice_of(arena_printf(planner->arena, "\"%.*s\"", (int)words->text.len, words->text.bytes)),
                    words->text);
    return true;
}

static struct xapian_query *plan_list(struct planner *planner, const struct node *list)
{
    struct parts parts = {.required = more_room(planner, NULL, 0, list->count),
                          .filters = more_room(planner, NULL, 0, list->count),
                          .forbidden = more_room(planner, NULL, 0, list->count)};
    bool drop = has_content(planner, list);
    bool has_words = has_plain_words(planner, list);
    for (size_t i = 0; i < list->count; i++) {
        struct node words;
        bool loose = has_words && loosen(planner, &words, list->items[i]);
        sort_item(planner, &parts, loose ? &words : list->items[i], drop);
    }
    return assemble(planner, &parts);
}

static struct xapian_query *plan_near(struct planner *planner, const struct node *node)
{
    struct place places[MAX_TOKENS];
    size_t count = 0;
    const struct node *at = node;
    const struct node *chain[MAX_TOKENS];
    size_t length = 0;
    while (at->kind == NODE_NEAR && length < MAX_TOKENS - 1) {
        chain[length++] = at->items[1];
        at = at->items[0];
    }
    chain[length++] = at;
    for (size_t i = length; i-- > 0;) {
        struct place read[MAX_TOKENS];
        size_t found = read_corrected(planner, read, chain[i]->text, TERM_BODY, STEMMED);
        want_places(planner, read, found);
        for (size_t j = 0; j < found && count < MAX_TOKENS; j++)
            places[count++] = read[j];
    }
    if (count == 0)
        return NULL;
    struct placed_words *words = placed_words_of(planner, places, count, STEMMED);
    words->window = node->window + (uint32_t)count - 1;
    return tested(planner, all_places(planner, places, count, TERM_BODY, STEMMED), words);
}

static struct xapian_query *plan_pair(struct planner *planner, const struct node *node, enum xapian_operator op)
{
    struct xapian_query *left = plan_node(planner, node->items[0]);
    size_t ranked = planner->plan->ranked_count;
    struct xapian_query *right = plan_node(planner, node->items[1]);
    if (op == XAPIAN_AND_NOT)
        planner->plan->ranked_count = ranked;
    return two(planner, op, left ? left : xapian_query_none(), right ? right : xapian_query_none());
}

/* NULL when there is nothing to look for. The depth is bounded by the parser. */
static struct xapian_query *plan_node(struct planner *planner, const struct node *node)
{
    switch (node->kind) {
    case NODE_LIST:
        return plan_list(planner, node);
    case NODE_AND:
        return plan_pair(planner, node, XAPIAN_AND);
    case NODE_OR:
        return plan_pair(planner, node, XAPIAN_OR);
    case NODE_SAUF:
        return plan_pair(planner, node, XAPIAN_AND_NOT);
    case NODE_NEAR:
        return plan_near(planner, node);
    case NODE_WORDS:
        return plan_word_or_synonyms(planner, node->text);
    case NODE_PHRASE:
        return plan_phrase(planner, node->text);
    case NODE_EXACT:
        return plan_exact(planner, node->text);
    case NODE_PREFIX:
        return plan_prefix(planner, node->text);
    case NODE_FIELD:
        return field_query(planner, node);
    }
    return NULL;
}

/* --- filters of the command line
 * ------------------------------------------------------------------------------------------------ */

static bool take_first(xapian_docid docid, void *payload)
{
    *(xapian_docid *)payload = docid;
    return false;
}

/* Acts of the council and the day of this one. */
static struct xapian_query *same_seance(struct planner *planner, struct slice id)
{
    xapian_docid docid = 0;
    char *value = NULL;
    size_t len = 0;
    enum delib_status status =
        xapian_reader_each_docid(planner->reader, term_of_id(planner->arena, id), take_first, &docid, planner->error);
    if (status == DELIB_OK && docid == 0)
        status =
            delib_fail(planner->error, DELIB_INVALID, _("--seance: no act has the id %.*s"), (int)id.len, id.bytes);
    if (status == DELIB_OK)
        status = xapian_reader_document_value(&value, &len, planner->reader, docid, SLOT_SEANCE, planner->error);
    if (planner->status == DELIB_OK)
        planner->status = status;
    if (status != DELIB_OK)
        return xapian_query_none();
    struct slice seance = arena_copy(planner->arena, (struct slice){value, len});
    free(value);
    while (seance.len > 0 && seance.bytes[seance.len - 1] != SLOT_SEPARATOR) /* without the number */
        seance.len--;
    struct slice last = slice_of(arena_printf(planner->arena, "%.*s\xFF", (int)seance.len, seance.bytes));
    return xapian_query_value_range(SLOT_SEANCE, seance, last);
}

/* The value itself in `slot`. A range of values alone would look at every act: the words of the value come first. */
static struct xapian_query *exact_value(struct planner *planner, const char *prefix, enum value_slot slot,
                                        struct slice value)
{
    return two(planner, XAPIAN_AND, all_words(planner, prefix, AS_WRITTEN, value),
               xapian_query_value_range(slot, value, value));
}

static struct xapian_query *chosen_query(struct planner *planner, const struct chosen_value *chosen)
{
    struct slice value = chosen->value;
    switch (chosen->facet) {
    case FACET_YEAR:
        return xapian_query_term(term_of(planner, TERM_YEAR, value));
    case FACET_COUNCIL:
        return exact_value(planner, TERM_COUNCIL, SLOT_COUNCIL, value);
    case FACET_RAPPORTEUR:
        return exact_value(planner, TERM_RAPPORTEUR, SLOT_RAPPORTEUR, value);
    case FACET_TOPIC: /* one of several in its slot, where no range finds it */
        return all_words(planner, TERM_TOPIC, STEMMED, value);
    case FACET_COUNCIL_TYPE:
        return xapian_query_term(term_of(planner, TERM_COUNCIL_TYPE, value));
    case FACET_MATIERE:
        return xapian_query_term(term_of(planner, TERM_MATIERE, folded_value(planner, value)));
    case FACET_VOTE:
        return xapian_query_term(term_of(planner, TERM_VOTE, value));
    case FACET_DOCUMENT_TYPE:
        return xapian_query_term(term_of(planner, TERM_DOCUMENT_TYPE, value));
    case FACET_MONTH:
    case FACET_DECISION:
    case FACET_SEANCE:
    case FACET_COUNT:
        break;
    }
    return xapian_query_none();
}

static struct xapian_query *with_chosen(struct planner *planner, struct xapian_query *query,
                                        const struct filters *filters)
{
    for (int facet = 0; facet < FACET_COUNT; facet++) {
        struct xapian_query *any = NULL;
        for (size_t i = 0; i < filters->chosen_count; i++)
            if ((int)filters->chosen[i].facet == facet) {
                struct xapian_query *one = chosen_query(planner, &filters->chosen[i]);
                any = any ? two(planner, XAPIAN_OR, any, one) : one;
            }
        if (any)
            query = two(planner, XAPIAN_FILTER, query, any);
    }
    return query;
}

static struct xapian_query *filtered(struct planner *planner, struct xapian_query *query, const struct filters *filters)
{
    const struct {
        const char *value;
        enum question_field field;
    } options[] = {
        {filters->council, QUESTION_COUNCIL}, {filters->rapporteur, QUESTION_RAPPORTEUR},
        {filters->topic, QUESTION_TOPIC},     {filters->number, QUESTION_NUMBER},
        {filters->matiere, QUESTION_MATIERE}, {filters->vote, QUESTION_VOTE},
    };
    for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
        if (!options[i].value)
            continue;
        struct node node = {.kind = NODE_FIELD, .field = options[i].field, .text = slice_of(options[i].value)};
        query = two(planner, XAPIAN_FILTER, query, field_query(planner, &node));
    }
    if (filters->from || filters->to)
        query = two(planner, XAPIAN_FILTER, query, date_range(planner, filters->from, filters->to));
    if (filters->seance)
        query = two(planner, XAPIAN_FILTER, query, same_seance(planner, slice_of(filters->seance)));
    if (filters->id)
        query =
            two(planner, XAPIAN_FILTER, query, xapian_query_term(term_of_id(planner->arena, slice_of(filters->id))));
    query = with_chosen(planner, query, filters);
    uint32_t duplicates = 0;
    if (!filters->with_duplicates && planner->status == DELIB_OK)
        planner->status =
            xapian_reader_term_frequency(&duplicates, planner->reader, SLICE(TERM_DUPLICATE), planner->error);
    if (duplicates > 0)
        query = two(planner, XAPIAN_AND_NOT, query, xapian_query_term(SLICE(TERM_DUPLICATE)));
    if (filters->are_moving)
        query = two(planner, XAPIAN_AND_NOT, query, xapian_query_term(SLICE(TERM_LEFT)));
    if (filters->has_since_revision) {
        struct slice after = archive_revision_value(planner->arena, filters->since_revision + 1);
        struct slice last = archive_revision_value(planner->arena, filters->up_to_revision);
        query = two(planner, XAPIAN_FILTER, query,
                    xapian_query_value_range(SLOT_REVISION, after, filters->up_to_revision ? last : (struct slice){0}));
    }
    return query;
}

/* Acts that resemble one, of those that match the question. */
static struct xapian_query *plan_like(struct planner *planner, struct xapian_query *question, struct slice id)
{
    struct text_list stems = {0};
    enum delib_status status = telling_stems(&stems, planner->arena, planner->reader, planner->tokeniser,
                                             planner->stemmer, id, planner->error);
    if (planner->status == DELIB_OK)
        planner->status = status;
    struct xapian_query **terms = arena_alloc(planner->arena, (stems.count + 1) * sizeof(struct xapian_query *));
    for (size_t i = 0; i < stems.count; i++) {
        terms[i] = xapian_query_term(stems.items[i]);
        want(planner, &planner->plan->wanted.stems, stems.items[i]);
    }
    struct xapian_query *like = combine(planner, XAPIAN_OR, terms, stems.count);
    like = two(planner, XAPIAN_AND_NOT, like, xapian_query_term(term_of_id(planner->arena, id)));
    planner->plan->has_words = true;
    planner->plan->ranked_count = 0; /* the question only chooses among them */
    return question ? two(planner, XAPIAN_FILTER, like, question) : like;
}

enum delib_status plan_make(struct plan *out, struct arena *arena, struct xapian_reader *reader,
                            const struct planning *planning, struct delib_error *error)
{
    *out = (struct plan){0};
    const struct filters *filters = planning->filters;
    struct planner planner = {.options = planning->options,
                              .plan = out,
                              .arena = arena,
                              .reader = reader,
                              .tokeniser = planning->tokeniser,
                              .stemmer = planning->stemmer,
                              .error = error,
                              .status = DELIB_OK};
    struct xapian_query *query = planning->tree ? plan_node(&planner, planning->tree) : NULL;
    if (filters->like)
        query = plan_like(&planner, query, slice_of(filters->like));
    out->query = filtered(&planner, query ? query : xapian_query_all(), filters);
    if (planner.status != DELIB_OK)
        plan_clear(out);
    return planner.status;
}

void plan_clear(struct plan *plan)
{
    xapian_query_free(plan->query);
    plan->query = NULL;
}

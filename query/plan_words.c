#include <math.h>
#include <stdlib.h>

#include "act/act_id.h"
#include "archive/terms.h"
#include "archive/vocabulary.h"
#include "base/utf8.h"
#include "french/normalise.h"
#include "french/stem.h"
#include "french/stopwords.h"
#include "french/tokens.h"
#include "planner.h"
#include "remote_test.h"
#include "spelling.h"
#include "synonyms.h"

/* An act's own number tells nearly everything. That words of the objet tell more is in the index (index_act.c); what
 * words tell that stand near one another, or as they were typed, is in rerank.c. */
#define SYNONYM_FACTOR 0.5 /* of each word of what an acronym stands for */
#define NUMBER_FACTOR 8.0

enum {
    MAX_PREFIX_TERMS = 100, /* « c* » would be the whole vocabulary; the most frequent are kept */
    MAX_NAMED_WORDS = 12,   /* of a run in which names that have an acronym are looked for */
    LONGEST_NAME = 8        /* words of such a name */
};

/* --- small queries ----------------------------------------------------------------------------------------------- */

struct xapian_query *planner_combine(struct planner *planner, enum xapian_operator op, struct xapian_query **queries,
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

struct xapian_query *planner_two(struct planner *planner, enum xapian_operator op, struct xapian_query *left,
                                 struct xapian_query *right)
{
    struct xapian_query *both[] = {left, right};
    return planner_combine(planner, op, both, 2);
}

struct slice planner_term(struct planner *planner, const char *prefix, struct slice word)
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

void planner_want(struct planner *planner, struct text_list *list, struct slice word)
{
    if (!has_word(list, word))
        text_list_add(planner->arena, list, word);
}

/* --- from text to places ----------------------------------------------------------------------------------------- */

/* The words of a text by position, with their alternates; returns how many places. */
size_t planner_read_places(struct planner *planner, struct place places[MAX_TOKENS], struct slice text)
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
        any[i] = xapian_query_term(planner_term(planner, prefix, form_of(planner, form, place->forms.items[i])));
    return place->forms.count == 1 ? any[0] : planner_combine(planner, XAPIAN_OR, any, place->forms.count);
}

static bool is_only_small(const struct place *places, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!is_stopword(places[i].forms.items[0]))
            return false;
    return true;
}

/* All the places, in any order; small words only when there is nothing else. */
struct xapian_query *planner_all_places(struct planner *planner, const struct place *places, size_t count,
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
    return used == 1 ? all[0] : planner_combine(planner, XAPIAN_AND, all, used);
}

static bool same_forms(const struct place *a, const struct place *b)
{
    return slice_equal(a->forms.items[0], b->forms.items[0]);
}

/* What is to be looked for in the stream of an act's words: stems, or forms as they are written. */
struct placed_words *planner_placed_words(struct planner *planner, const struct place *places, size_t count,
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
struct xapian_query *planner_tested(struct planner *planner, struct xapian_query *query, struct placed_words *words)
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
    struct placed_words *words = planner_placed_words(planner, places, count, form);
    words->in_order = true;
    return planner_tested(planner, planner_all_places(planner, places, count, TERM_BODY, STEMMED), words);
}

void planner_want_places(struct planner *planner, const struct place *places, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (count > 1 && is_stopword(places[i].forms.items[0]))
            continue;
        for (size_t j = 0; j < places[i].forms.count; j++)
            planner_want(planner, &planner->plan->wanted.stems, form_of(planner, STEMMED, places[i].forms.items[j]));
    }
}

/* --- words ------------------------------------------------------------------------------------------------------- */

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
        if (frequency(planner, planner_term(planner, prefix, form_of(planner, form, place->forms.items[i]))) > 0)
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
    if (planner->status != DELIB_OK || is_digit(word.bytes[0]))
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

void planner_note_correction(struct planner *planner, struct slice typed, struct slice instead)
{
    struct plan *plan = planner->plan;
    plan->corrections =
        arena_grow(planner->arena, plan->corrections, plan->correction_count, sizeof *plan->corrections);
    plan->corrections[plan->correction_count++] = (struct correction){typed, instead};
}

static void replace_by(struct planner *planner, struct place *place, struct slice nearest)
{
    planner_note_correction(planner, place->forms.items[0], nearest);
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
    bool number = is_digit(word.bytes[0]);
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
size_t planner_read_corrected(struct planner *planner, struct place places[MAX_TOKENS], struct slice text,
                              const char *prefix, enum word_form form)
{
    size_t count = planner_read_places(planner, places, text);
    for (size_t i = 0; i < count; i++)
        if (!is_stopword(places[i].forms.items[0]))
            correct(planner, &places[i], prefix, form);
    return count;
}

static bool looks_like_number(struct slice text)
{
    for (size_t i = 0; i < text.len; i++)
        if (is_digit(text.bytes[i]))
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
    return used == 1 ? any[0] : planner_combine(planner, XAPIAN_OR, any, used);
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
            xapian_query_term(planner_term(planner, TERM_NUMBER, number_key(planner->arena, text)));
        return planner_two(planner, XAPIAN_OR, word, xapian_query_scale_take(number, NUMBER_FACTOR));
    }
    struct xapian_query *body = phrase_query(planner, places, count, STEMMED);
    struct slice number = number_key(planner->arena, text);
    if (number.len == 0)
        return body;
    struct xapian_query *as_number = xapian_query_term(planner_term(planner, TERM_NUMBER, number));
    return planner_two(planner, XAPIAN_OR, body, xapian_query_scale_take(as_number, NUMBER_FACTOR));
}

/* A written word. NULL when there is no word in it. */
static struct xapian_query *plan_one_word(struct planner *planner, struct slice text)
{
    struct place places[MAX_TOKENS];
    size_t count = planner_read_places(planner, places, text);
    if (count == 0)
        return NULL;
    if (count == 1 && is_known(planner, &places[0], TERM_BODY, STEMMED))
        suggest(planner, &places[0]);
    else if (count == 1)
        correct(planner, &places[0], TERM_BODY, STEMMED);
    planner_want_places(planner, places, count);
    rank_places(planner, places, count);
    return word_query(planner, text, places, count);
}

/* The written words of a text: « L. 2121-29 » and « 8 800 » are one each, though blanks are inside. */
size_t planner_split_words(struct planner *planner, struct slice words[MAX_TOKENS], struct slice text)
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

bool planner_is_only_stopwords(struct planner *planner, struct slice text)
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
    planner_want(planner, &planner->plan->wanted.phrases, buffer_get(&stems));
    buffer_free(&stems);
}

struct xapian_query *plan_phrase(struct planner *planner, struct slice text)
{
    struct place places[MAX_TOKENS];
    size_t count = planner_read_corrected(planner, places, text, TERM_BODY, STEMMED);
    planner_want_places(planner, places, count);
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
bool planner_is_phrase_known(struct planner *planner, const struct node *phrase)
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

struct xapian_query *plan_exact(struct planner *planner, struct slice text)
{
    struct place places[MAX_TOKENS];
    size_t count = planner_read_places(planner, places, text);
    for (size_t i = 0; i < count; i++)
        planner_want(planner, &planner->plan->wanted.exact, places[i].forms.items[0]);
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

struct xapian_query *plan_prefix(struct planner *planner, struct slice text)
{
    struct buffer folded = {0};
    struct text_list stems = {0};
    struct beginners found = {.planner = planner};
    struct xapian_query *any[MAX_PREFIX_TERMS];
    fold(&folded, text);
    struct slice prefix = arena_copy(planner->arena, buffer_get(&folded));
    buffer_free(&folded);
    planner_want(planner, &planner->plan->wanted.prefixes, prefix);
    enum delib_status status = vocabulary_each(planner->reader, prefix, take_beginner, &found, planner->error);
    if (planner->status == DELIB_OK)
        planner->status = status;
    cut_beginners(planner, &found, prefix);
    struct placed_words *words = arena_alloc(planner->arena, sizeof *words);
    *words =
        (struct placed_words){.matcher = word_matcher_new(planner->arena), .count = 1, .in_order = true, .alike = {1}};
    for (size_t i = 0; i < found.count; i++) {
        word_matcher_add_form(words->matcher, 0, found.items[i].form, found.items[i].stem);
        planner_want(planner, &stems, found.items[i].stem);
    }
    for (size_t i = 0; i < stems.count; i++)
        any[i] = xapian_query_term(stems.items[i]);
    struct xapian_query *query = planner_combine(planner, XAPIAN_SYNONYM, any, stems.count);
    return planner_tested(planner, query, words);
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
    size_t count = planner_read_places(planner, places, text);
    planner_want_places(planner, places, count);
    return phrase_query(planner, places, count, STEMMED);
}

/* The query, or, a little less, what is written otherwise. */
static struct xapian_query *or_synonyms(struct planner *planner, struct xapian_query *query, struct slice typed,
                                        const struct text_list *synonyms)
{
    for (size_t i = 0; i < synonyms->count; i++) {
        note_expansion(planner, typed, synonyms->items[i]);
        struct xapian_query *other = xapian_query_scale_take(words_query(planner, synonyms->items[i]), SYNONYM_FACTOR);
        query = query ? planner_two(planner, XAPIAN_MAX, query, other) : other;
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

void planner_read_synonyms(struct planner *planner, struct text_list *out, struct slice word)
{
    struct place places[MAX_TOKENS];
    if (planner->options.without_synonyms || planner_read_places(planner, places, word) != 1)
        return;
    enum delib_status status = synonyms_of_word(out, planner->arena, planner->reader, places[0].forms.items[0],
                                                is_in_capitals(word), planner->error);
    if (planner->status == DELIB_OK)
        planner->status = status;
}

struct xapian_query *plan_word(struct planner *planner, struct slice word)
{
    struct text_list synonyms = {0};
    planner_read_synonyms(planner, &synonyms, word);
    struct xapian_query *query = plan_one_word(planner, word);
    return query ? or_synonyms(planner, query, word, &synonyms) : NULL;
}

/* The acronyms of the names that words in a row make: « communauté de communes du Pays » looks for CCP too. NULL when
 * there are none. */
struct xapian_query *plan_acronyms(struct planner *planner, const struct slice *words, size_t count)
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

#include "search.h"

#include <stdlib.h>
#include <string.h>

#include "archive/archive.h"
#include "archive/terms.h"
#include "base/memory.h"
#include "base/words.h"
#include "french/stem.h"
#include "french/tokens.h"
#include "rerank.h"

enum { MOST_TRIES = 5 }; /* a writer that commits so often without a pause would be a fault of its own */

/* Okapi weights that did best on three sets of questions (docs/query-language.md). */
static const struct xapian_bm25 bm25 = {.k1 = 1.2, .k3 = 1, .b = 0.75, .min_normlen = 0};

static const struct {
    const char *name;
    xapian_slot slot;
} facets[FACET_COUNT] = {
    [FACET_YEAR] = {"year", SLOT_YEAR},
    [FACET_COUNCIL] = {"council", SLOT_COUNCIL},
    [FACET_COUNCIL_TYPE] = {"council_type", SLOT_COUNCIL_TYPE},
    [FACET_RAPPORTEUR] = {"rapporteur", SLOT_RAPPORTEUR},
    [FACET_TOPIC] = {"topic", SLOT_TOPICS},
    [FACET_MATIERE] = {"matiere", SLOT_MATIERE},
    [FACET_VOTE] = {"vote", SLOT_VOTE},
    [FACET_DOCUMENT_TYPE] = {"document_type", SLOT_DOCUMENT_TYPE},
    [FACET_MONTH] = {"month", SLOT_DATE},
    [FACET_DECISION] = {"decision", SLOT_DECISIONS},
    [FACET_SEANCE] = {"seance", SLOT_SEANCE},
};

const char *facet_name(enum facet facet)
{
    return facets[facet].name;
}

const char *facet_names(void)
{
    return "year, month, council, council_type, rapporteur, topic, matiere, vote, document_type, decision, seance";
}

int facet_of(struct slice name)
{
    for (int i = 0; i < FACET_COUNT; i++)
        if (slice_equal(name, slice_of(facets[i].name)))
            return i;
    return -1;
}

/* Acts of equal weight come in an order that does not hang on the parts they are in. */
static void set_order(struct xapian_search *search, enum sort_order order, bool has_words)
{
    if (order == SORT_DEFAULT)
        order = has_words ? SORT_RELEVANCE : SORT_DATE;
    search->sort = order == SORT_RELEVANCE                                              ? XAPIAN_SORT_RELEVANCE_VALUE
                   : order == SORT_DATE_DESCENDING || order == SORT_REVISION_DESCENDING ? XAPIAN_SORT_VALUE_DESCENDING
                                                                                        : XAPIAN_SORT_VALUE;
    search->sort_slot = order == SORT_RELEVANCE             ? SLOT_FINGERPRINT
                        : order == SORT_COUNCIL             ? SLOT_SEANCE
                        : order == SORT_NUMBER              ? SLOT_NUMBER
                        : order == SORT_REVISION_DESCENDING ? SLOT_REVISION
                                                            : SLOT_DATE;
}

void facet_copy(struct facet_counts *out, struct arena *arena, const struct facet_counts *counts)
{
    *out = (struct facet_counts){.values = arena_alloc(arena, (counts->count + 1) * sizeof *out->values)};
    for (; out->count < counts->count; out->count++)
        out->values[out->count] =
            (struct facet_value){arena_copy(arena, counts->values[out->count].value), counts->values[out->count].count};
}

static void add_count(struct arena *arena, struct facet_counts *counts, struct slice value, uint32_t count)
{
    counts->values = arena_grow(arena, counts->values, counts->count, sizeof *counts->values);
    counts->values[counts->count++] = (struct facet_value){arena_copy(arena, value), count};
}

static int by_count(const void *a, const void *b)
{
    const struct facet_value *left = a;
    const struct facet_value *right = b;
    if (left->count != right->count)
        return left->count > right->count ? -1 : 1;
    return slice_compare(left->value, right->value);
}

static int by_value(const void *a, const void *b)
{
    return slice_compare(((const struct facet_value *)a)->value, ((const struct facet_value *)b)->value);
}

/* Several of what Xapian counts may show as one value: days of a month, lists that share a topic. */
static void merge_same(struct facet_counts *counts)
{
    size_t used = 0;
    if (counts->count == 0)
        return;
    qsort(counts->values, counts->count, sizeof *counts->values, by_value);
    for (size_t i = 1; i < counts->count; i++)
        if (slice_equal(counts->values[i].value, counts->values[used].value))
            counts->values[used].count += counts->values[i].count;
        else
            counts->values[++used] = counts->values[i];
    counts->count = used + 1;
}

static bool is_in_order(enum facet facet)
{
    return facet == FACET_YEAR || facet == FACET_MONTH || facet == FACET_MATIERE || facet == FACET_SEANCE;
}

/* Council, day and number → « AAAA-MM-JJ Council »; empty for an act without a day. */
static struct slice seance_of(struct arena *arena, struct slice value)
{
    size_t council = slice_find_byte(value, SLOT_SEPARATOR, 0);
    const char *day = value.bytes + council + 1;
    if (council == SLICE_NONE || value.len < council + 1 + strlen("AAAAMMJJ") || day[0] == '0')
        return (struct slice){0};
    return slice_of(arena_printf(arena, "%.4s-%.2s-%.2s %.*s", day, day + 4, day + 6, (int)council, value.bytes));
}

/* A value may hold several topics; each counts. */
static void read_facet(struct facet_counts *out, struct arena *arena, const struct xapian_results *results,
                       size_t index, enum facet facet)
{
    uint32_t size = xapian_results_facet_size(results, index);
    for (uint32_t i = 0; i < size; i++) {
        uint32_t count = 0;
        struct slice value = xapian_results_facet_get(results, index, i, &count);
        if (facet == FACET_MONTH && value.len == strlen("AAAAMMJJ"))
            value = slice_of(arena_printf(arena, "%.4s-%.2s", value.bytes, value.bytes + 4));
        if (facet == FACET_SEANCE)
            value = seance_of(arena, value);
        if (facet == FACET_MATIERE && slice_find_byte(value, '.', 0) != SLICE_NONE)
            add_count(arena, out, slice_range(value, 0, slice_find_byte(value, '.', 0)), count);
        for (size_t stop; (stop = slice_find_byte(value, SLOT_SEPARATOR, 0)) != SLICE_NONE;
             value = slice_skip(value, stop + 1))
            add_count(arena, out, slice_range(value, 0, stop), count);
        if (value.len > 0)
            add_count(arena, out, value, count);
    }
    merge_same(out);
    if (out->count > 0 && !is_in_order(facet))
        qsort(out->values, out->count, sizeof *out->values, by_count);
}

struct search {
    struct arena *arena; /* of the answer */
    struct searcher *searcher;
    struct parts *parts;
    struct xapian_reader *reader; /* of the parts, while they are of this generation */
    uint32_t generation;
    const struct search_request *request;
    struct plan plan;
    struct answer answer;
    struct xapian_results *results;
    struct ranked_act *ranked; /* the results in their order */
    size_t ranked_count;
    struct snippeter *snippeter;
    uint32_t next;
};

static void describe(struct search *search)
{
    char *described = xapian_query_describe(search->plan.query);
    search->answer.described = arena_string(search->arena, slice_of(described));
    free(described);
}

/* Whether words that stand well are to come first: then all of the first pages are read, whatever page is shown. */
static bool is_reranked(const struct search *search)
{
    const struct search_request *request = search->request;
    bool by_relevance = request->sort == SORT_DEFAULT || request->sort == SORT_RELEVANCE;
    return by_relevance && search->plan.ranked_count > 0 && request->limit > 0 && request->offset < RERANKED_ACTS;
}

/* The results from request->offset on, in their order. */
static enum delib_status take_results(struct search *search, bool reranked, struct delib_error *error)
{
    enum delib_status status = DELIB_OK;
    size_t count = xapian_results_count(search->results);
    size_t skipped = reranked ? search->request->offset : 0;
    struct ranked_act *acts = arena_alloc(search->arena, (count + 1) * sizeof *acts);
    for (uint32_t i = 0; i < count; i++)
        acts[i] =
            (struct ranked_act){xapian_results_docid(search->results, i), xapian_results_weight(search->results, i)};
    if (reranked)
        status = rerank(acts, count < RERANKED_ACTS ? count : RERANKED_ACTS, search->arena, search->reader,
                        &search->plan, error);
    search->ranked = acts + (count < skipped ? count : skipped);
    search->ranked_count = count < skipped ? 0 : count - skipped;
    if (search->ranked_count > search->request->limit)
        search->ranked_count = search->request->limit;
    return status;
}

/* What is new is told by revisions, which must be those of all parts; of one that is being filled, what the others do
 * not have yet is left for the next time. */
static enum delib_status set_revisions(struct filters *filters, struct search *search, struct delib_error *error)
{
    struct answer *out = &search->answer;
    out->revision = parts_revision(search->parts, &out->is_revision_known);
    out->committed_at = parts_committed_at(search->parts);
    if (filters->has_since_revision && !out->is_revision_known)
        return delib_fail(error, DELIB_INVALID,
                          _("these parts were filled one by one, so their revisions do not compare; ask what is new of "
                            "each by itself"));
    if (xapian_reader_part_count(search->reader) > 1)
        filters->up_to_revision = out->revision;
    return DELIB_OK;
}

static enum delib_status check_missing(struct search *search, struct delib_error *error)
{
    struct answer *out = &search->answer;
    bool all = search->request->only_all_parts || search->request->filters.has_since_revision;
    out->missing = parts_missing(search->parts, &out->missing_count);
    if (out->missing_count == 0 || !all)
        return DELIB_OK;
    return delib_fail(error, DELIB_NOT_FOUND, _("%s: this part does not answer: %.500s"), out->missing->name,
                      out->missing->why);
}

static void forget(struct search *search)
{
    plan_clear(&search->plan);
    xapian_results_free(search->results);
    search->results = NULL;
    search->answer = (struct answer){0};
    arena_reset(search->arena);
}

static enum delib_status ask_once(struct search *search, bool loosens_phrases, struct delib_error *error)
{
    const struct search_request *request = search->request;
    struct answer *out = &search->answer;
    struct filters filters = request->filters;
    const struct plan_options options = {request->without_synonyms, request->only_as_typed, loosens_phrases};
    xapian_slot slots[FACET_COUNT];
    enum facet wanted_facets[FACET_COUNT];
    struct xapian_search parameters = {.offset = request->offset,
                                       .limit = request->limit,
                                       .exact_count = request->exact_count,
                                       .bm25 = bm25,
                                       .facet_slots = slots};
    if (!xapian_reader_has_remote(
            search->reader)) /* other machines count by themselves; each wait for them has a limit */
        parameters.time_limit_ms = request->time_limit_ms;
    filters.are_moving = parts_are_moving(search->parts);
    enum delib_status status = check_missing(search, error);
    if (status == DELIB_OK)
        status = set_revisions(&filters, search, error);
    if (status == DELIB_OK)
        status = plan_make(&search->plan, search->arena, search->reader,
                           &(struct planning){.tokeniser = search->searcher->tokeniser,
                                              .stemmer = search->searcher->stemmer,
                                              .tree = request->tree,
                                              .filters = &filters,
                                              .options = options},
                           error);
    if (status != DELIB_OK)
        return status;
    for (int i = 0; i < FACET_COUNT; i++)
        if (request->facets[i]) {
            wanted_facets[parameters.facet_count] = (enum facet)i;
            slots[parameters.facet_count++] = facets[i].slot;
        }
    set_order(&parameters, request->sort, search->plan.has_words);
    bool reranked = is_reranked(search);
    if (reranked) {
        uint32_t last = request->limit < UINT32_MAX - request->offset ? request->offset + request->limit : UINT32_MAX;
        parameters.offset = 0;
        parameters.limit = last > RERANKED_ACTS ? last : RERANKED_ACTS;
    }
    status = xapian_search(&search->results, search->reader, search->plan.query, &parameters, error);
    if (status == DELIB_OK)
        status = take_results(search, reranked, error);
    if (status != DELIB_OK)
        return status;
    describe(search);
    out->matches = xapian_results_matches(search->results);
    out->cut_by_time =
        parameters.time_limit_ms > 0 && request->exact_count && !xapian_results_is_exact(search->results);
    out->corrections = search->plan.corrections;
    out->correction_count = search->plan.correction_count;
    out->suggestions = search->plan.suggestions;
    out->suggestion_count = search->plan.suggestion_count;
    out->expansions = search->plan.expansions;
    out->expansion_count = search->plan.expansion_count;
    out->cut = search->plan.cut;
    out->is_unchecked = search->plan.is_unchecked;
    for (size_t i = 0; i < parameters.facet_count; i++)
        read_facet(&out->facets[wanted_facets[i]], search->arena, search->results, i, wanted_facets[i]);
    return DELIB_OK;
}

/* Ask as it was typed; where nothing matches, without the phrases that no act has. */
static enum delib_status ask(struct search *search, struct delib_error *error)
{
    enum delib_status status = ask_once(search, false, error);
    if (status != DELIB_OK || search->answer.matches > 0 || !search->plan.has_loose_phrase ||
        search->request->only_as_typed)
        return status;
    forget(search);
    return ask_once(search, true, error);
}

/* Whether to ask again: the archive moved on, or a part was lost. */
static bool has_moved(struct search *search, enum delib_status status)
{
    bool moved = status == DELIB_MODIFIED || status == DELIB_UNREACHABLE;
    if (moved)
        parts_have_failed(search->parts);
    return moved;
}

struct searcher *searcher_new(struct parts *parts)
{
    struct searcher *searcher = memory_alloc(sizeof *searcher);
    *searcher = (struct searcher){.parts = parts, .tokeniser = tokeniser_new(), .stemmer = stemmer_new()};
    return searcher;
}

void searcher_free(struct searcher *searcher)
{
    if (!searcher)
        return;
    tokeniser_free(searcher->tokeniser);
    stemmer_free(searcher->stemmer);
    free(searcher);
}

enum delib_status search_begin(struct search **out, const struct answer **answer, struct searcher *searcher,
                               const struct search_request *request, struct delib_error *error)
{
    struct search *search = memory_alloc(sizeof *search);
    enum delib_status status = DELIB_OK;
    struct parts *parts = searcher->parts;
    *search = (struct search){.arena = arena_new(), .searcher = searcher, .parts = parts, .request = request};
    for (int tries = 0; tries == 0 || (has_moved(search, status) && tries < MOST_TRIES); tries++) {
        forget(search);
        status = parts_refresh(&search->reader, parts, error);
        if (status == DELIB_OK)
            status = ask(search, error);
        search->generation = parts_generation(parts);
    }
    if (status == DELIB_OK)
        search->snippeter = snippeter_new(&search->plan.wanted, searcher->tokeniser, searcher->stemmer);
    *answer = &search->answer;
    *out = search;
    return status;
}

static enum delib_status read_time(struct result *out, struct search *search, struct arena *arena, xapian_docid docid,
                                   struct delib_error *error)
{
    char *value = NULL;
    size_t len = 0;
    enum delib_status status = xapian_reader_document_value(&value, &len, search->reader, docid, SLOT_REVISION, error);
    if (status == DELIB_OK)
        status = archive_revision_time(&out->came_at, arena, xapian_reader_part_with(search->reader, docid),
                                       archive_revision_of((struct slice){value, len}), error);
    free(value);
    return status;
}

static void find_passages(struct result *out, struct search *search, struct arena *arena,
                          const struct stored_act *stored)
{
    const struct search_request *request = search->request;
    if (request->passages == PASSAGES_LINES)
        snippets_lines(&out->snippets, search->snippeter, arena, stored->act, stored->text, request->around);
    else if (request->passages == PASSAGES_KWIC)
        snippets_kwic(&out->snippets, search->snippeter, arena, stored->act, stored->text, request->around);
    else if (request->passages == PASSAGES_PAGES)
        snippets_pages(&out->snippets, search->snippeter, arena, stored->act, stored->text);
    else
        snippets_find(&out->snippets, search->snippeter, arena, stored->act, stored->text, request->snippets_each);
}

static enum delib_status read_result(struct result *out, struct search *search, struct arena *arena, xapian_docid docid,
                                     struct delib_error *error)
{
    struct stored_act stored;
    enum delib_status status = archive_act(&stored, arena, search->reader, docid, error);
    if (status == DELIB_OK) {
        out->act = stored.act;
        find_passages(out, search, arena, &stored);
        if (search->request->with_text)
            out->text = arena_copy(arena, stored.text);
        if (search->request->with_times)
            status = read_time(out, search, arena, docid, error);
    }
    return status;
}

enum delib_status search_next(struct result *out, struct search *search, struct arena *arena, struct delib_error *error)
{
    *out = (struct result){0};
    if (search->next >= search->ranked_count)
        return DELIB_OK;
    if (search->generation != parts_generation(search->parts))
        return delib_fail(error, DELIB_MODIFIED, _("a part of the archive was lost: ask again"));
    const struct ranked_act *ranked = &search->ranked[search->next++];
    out->rank = search->request->offset + search->next;
    out->score = ranked->score;
    enum delib_status status = read_result(out, search, arena, ranked->docid, error);
    return has_moved(search, status) ? DELIB_MODIFIED : status;
}

void search_free(struct search *search)
{
    if (!search)
        return;
    forget(search);
    snippeter_free(search->snippeter);
    arena_free(search->arena);
    free(search);
}

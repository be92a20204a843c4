#include "search.h"

#include <stdlib.h>
#include <string.h>

#include "archive/archive.h"
#include "archive/terms.h"

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
};

const char *facet_name(enum facet facet)
{
    return facets[facet].name;
}

int facet_of(struct slice name)
{
    for (int i = 0; i < FACET_COUNT; i++)
        if (slice_equal(name, slice_of(facets[i].name)))
            return i;
    return -1;
}

static void set_order(struct xapian_search *search, enum sort_order order, bool has_words)
{
    if (order == SORT_DEFAULT)
        order = has_words ? SORT_RELEVANCE : SORT_DATE;
    search->sort = order == SORT_RELEVANCE         ? XAPIAN_SORT_RELEVANCE
                   : order == SORT_DATE_DESCENDING ? XAPIAN_SORT_VALUE_DESCENDING
                                                   : XAPIAN_SORT_VALUE;
    search->sort_slot = order == SORT_COUNCIL ? SLOT_COUNCIL : order == SORT_NUMBER ? SLOT_NUMBER : SLOT_DATE;
}

static void add_count(struct arena *arena, struct facet_counts *counts, struct slice value, uint32_t count)
{
    for (size_t i = 0; i < counts->count; i++)
        if (slice_equal(counts->values[i].value, value)) {
            counts->values[i].count += count;
            return;
        }
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

/* A value may hold several topics; each counts. */
static void read_facet(struct facet_counts *out, struct arena *arena, const struct xapian_results *results,
                       size_t index, enum facet facet)
{
    uint32_t size = xapian_results_facet_size(results, index);
    for (uint32_t i = 0; i < size; i++) {
        uint32_t count = 0;
        struct slice value = xapian_results_facet_get(results, index, i, &count);
        for (size_t stop; (stop = slice_find_byte(value, SLOT_SEPARATOR, 0)) != SLICE_NONE;
             value = slice_skip(value, stop + 1))
            add_count(arena, out, slice_range(value, 0, stop), count);
        if (value.len > 0)
            add_count(arena, out, value, count);
    }
    if (out->count > 0)
        qsort(out->values, out->count, sizeof *out->values, facet == FACET_YEAR ? by_value : by_count);
}

static enum delib_status read_result(struct result *out, struct arena *arena, struct xapian_reader *reader,
                                     xapian_docid docid, struct snippeter *snippeter, size_t snippets_each,
                                     struct delib_error *error)
{
    char *data = NULL;
    size_t len = 0;
    struct stored_act stored;
    enum delib_status status = xapian_reader_document_data(&data, &len, reader, docid, error);
    if (status == DELIB_OK)
        status = stored_act_read(&stored, arena, (struct slice){data, len}, error);
    if (status == DELIB_OK) {
        out->act = stored.act;
        snippets_find(&out->snippets, snippeter, arena, stored.act, stored.text, snippets_each);
    }
    free(data);
    return status;
}

static enum delib_status read_results(struct answer *out, struct arena *arena, struct xapian_reader *reader,
                                      const struct xapian_results *results, const struct search_request *request,
                                      const struct wanted_words *wanted, struct delib_error *error)
{
    enum delib_status status = DELIB_OK;
    struct snippeter *snippeter = snippeter_new(wanted);
    size_t count = xapian_results_count(results);
    out->results = arena_alloc(arena, (count + 1) * sizeof *out->results);
    for (uint32_t i = 0; i < count && status == DELIB_OK; i++) {
        struct result *result = &out->results[out->count++];
        result->rank = request->offset + i + 1;
        result->score = xapian_results_weight(results, i);
        status = read_result(result, arena, reader, xapian_results_docid(results, i), snippeter, request->snippets_each,
                             error);
    }
    snippeter_free(snippeter);
    return status;
}

static enum delib_status ask_once(struct answer *out, struct arena *arena, struct xapian_reader *reader,
                                  const struct search_request *request, struct delib_error *error)
{
    struct plan plan;
    struct xapian_results *results = NULL;
    xapian_slot slots[FACET_COUNT];
    enum facet wanted_facets[FACET_COUNT];
    *out = (struct answer){0};
    enum delib_status status = plan_make(&plan, arena, reader, request->tree, &request->filters, error);
    if (status != DELIB_OK)
        return status;
    struct xapian_search search = {.offset = request->offset,
                                   .limit = request->limit,
                                   .exact_count = request->exact_count,
                                   .bm25 = bm25,
                                   .facet_slots = slots};
    for (int i = 0; i < FACET_COUNT; i++)
        if (request->facets[i]) {
            wanted_facets[search.facet_count] = (enum facet)i;
            slots[search.facet_count++] = facets[i].slot;
        }
    set_order(&search, request->sort, plan.has_words);
    status = xapian_search(&results, reader, plan.query, &search, error);
    if (status == DELIB_OK) {
        char *described = xapian_query_describe(plan.query);
        out->described = arena_string(arena, slice_of(described));
        free(described);
        out->matches = xapian_results_matches(results);
        out->corrections = plan.corrections;
        out->correction_count = plan.correction_count;
        for (size_t i = 0; i < search.facet_count; i++)
            read_facet(&out->facets[wanted_facets[i]], arena, results, i, wanted_facets[i]);
        status = read_results(out, arena, reader, results, request, &plan.wanted, error);
    }
    xapian_results_free(results);
    plan_clear(&plan);
    return status;
}

enum delib_status search(struct answer *out, struct arena *arena, struct xapian_reader *reader,
                         const struct search_request *request, struct delib_error *error)
{
    enum delib_status status = DELIB_MODIFIED;
    for (int tries = 0; status == DELIB_MODIFIED && tries < MOST_TRIES; tries++) {
        status = xapian_reader_reopen(reader, error);
        if (status == DELIB_OK)
            status = ask_once(out, arena, reader, request, error);
    }
    return status;
}

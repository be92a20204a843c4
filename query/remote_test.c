#include "remote_test.h"

#include <stdlib.h>

#include "archive/archive.h"
#include "archive/terms.h"

/* Each act that is looked at comes over the network, with its text: some ten kilobytes. */
enum { ACTS_LOOKED_AT = 1000 };

static int by_number(const void *a, const void *b)
{
    const xapian_docid one = *(const xapian_docid *)a;
    const xapian_docid other = *(const xapian_docid *)b;
    return one < other ? -1 : one > other;
}

struct looking {
    struct placed_words *words;
    bool *stands;
};

static void look_at(size_t index, struct slice stream, void *payload)
{
    const struct looking *looking = payload;
    looking->stands[index] = placed_words_stand(stream, looking->words);
}

/* Any of the acts, by their ids. */
static enum delib_status name_acts(struct xapian_query **out, struct arena *arena, struct xapian_reader *reader,
                                   const xapian_docid *docids, const bool *stands, size_t count,
                                   struct delib_error *error)
{
    enum delib_status status = DELIB_OK;
    struct xapian_query **any = arena_alloc(arena, (count + 1) * sizeof(struct xapian_query *));
    size_t named = 0;
    for (size_t i = 0; i < count && status == DELIB_OK; i++) {
        struct slice id;
        if (!stands[i])
            continue;
        status = archive_first_term(&id, arena, reader, docids[i], SLICE(TERM_ID), error);
        if (status == DELIB_OK)
            any[named++] = xapian_query_term(id);
    }
    enum delib_status combined = xapian_query_combine_take(out, XAPIAN_OR, any, named, error);
    return status == DELIB_OK ? combined : status;
}

/* The numbers of the best acts of the query, ascending. */
static enum delib_status find_acts(xapian_docid **out, size_t *count, bool *cut, struct arena *arena,
                                   struct xapian_reader *reader, const struct xapian_query *query,
                                   struct delib_error *error)
{
    struct xapian_results *results = NULL;
    struct xapian_search search = {.limit = ACTS_LOOKED_AT + 1, .bm25 = {.k1 = 1.2, .k3 = 1, .b = 0.75}};
    enum delib_status status = xapian_search(&results, reader, query, &search, error);
    if (status != DELIB_OK)
        return status;
    *count = xapian_results_count(results);
    *cut = *count > ACTS_LOOKED_AT;
    *count -= *cut;
    *out = arena_alloc(arena, (*count + 1) * sizeof **out);
    for (uint32_t i = 0; i < *count; i++)
        (*out)[i] = xapian_results_docid(results, i);
    qsort(*out, *count, sizeof **out, by_number);
    xapian_results_free(results);
    return DELIB_OK;
}

enum delib_status remote_test_take(struct xapian_query **out, struct xapian_query *query, struct arena *arena,
                                   struct xapian_reader *reader, struct placed_words *words, bool *cut,
                                   struct delib_error *error)
{
    xapian_docid *docids = NULL;
    size_t count = 0;
    struct xapian_query *named = NULL;
    enum delib_status status = find_acts(&docids, &count, cut, arena, reader, query, error);
    struct looking looking = {words, arena_alloc(arena, count + 1)};
    if (status == DELIB_OK)
        status = xapian_reader_values(reader, SLOT_WORDS, docids, count, look_at, &looking, error);
    if (status == DELIB_OK)
        status = name_acts(&named, arena, reader, docids, looking.stands, count, error);
    if (status != DELIB_OK) {
        xapian_query_free(query);
        xapian_query_free(named);
        return status;
    }
    struct xapian_query *both[] = {query, named};
    return xapian_query_combine_take(out, XAPIAN_FILTER, both, 2, error);
}

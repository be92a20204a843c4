#include "web/coverage.h"

#include <stdlib.h>

void coverage_init(struct coverage *coverage)
{
    *coverage = (struct coverage){.arena = arena_new()};
    pthread_mutex_init(&coverage->lock, NULL);
}

void coverage_clear(struct coverage *coverage)
{
    arena_free(coverage->arena);
    pthread_mutex_destroy(&coverage->lock);
}

static bool take_file(const struct file_state *state, void *payload)
{
    struct coverage *coverage = payload;
    coverage->files[state->outcome]++;
    if (state->outcome == FILE_INDEXED || coverage->failure_count == COVERAGE_FAILURES_MOST)
        return true;
    struct coverage_failure *failure = &coverage->failures[coverage->failure_count++];
    failure->outcome = state->outcome;
    failure->path = arena_copy(coverage->arena, state->path);
    failure->reason = arena_copy(coverage->arena, state->reason);
    failure->detail = arena_copy(coverage->arena, state->detail);
    return true;
}

struct taking {
    struct arena *arena;
    struct coverage_counts *counts;
};

static bool take_count(struct slice name, int year, uint32_t acts, void *payload)
{
    struct taking *taking = payload;
    struct coverage_counts *counts = taking->counts;
    counts->items = arena_grow(taking->arena, counts->items, counts->count, sizeof *counts->items);
    counts->items[counts->count++] = (struct coverage_count){arena_copy(taking->arena, name), year, acts};
    return true;
}

static int by_name_and_year(const void *a, const void *b)
{
    const struct coverage_count *one = a;
    const struct coverage_count *other = b;
    int order = slice_compare(one->name, other->name);
    return order != 0 ? order : one->year - other->year;
}

static int by_path(const void *a, const void *b)
{
    return slice_compare(((const struct coverage_failure *)a)->path, ((const struct coverage_failure *)b)->path);
}

enum delib_status coverage_read(struct coverage *coverage, struct xapian_reader *reader, uint64_t stamp,
                                struct delib_error *error)
{
    if (stamp == coverage->stamp)
        return DELIB_OK;
    arena_reset(coverage->arena);
    coverage->stamp = 0;
    coverage->failure_count = 0;
    for (int i = 0; i < 3; i++) {
        coverage->files[i] = 0;
        coverage->counts[i] = (struct coverage_counts){0};
    }
    enum delib_status status = xapian_reader_document_count(&coverage->acts, reader, error);
    if (status == DELIB_OK)
        status = archive_each_file(reader, take_file, coverage, error);
    for (int kind = COVERAGE_FIELD; kind <= COVERAGE_COUNCIL && status == DELIB_OK; kind++) {
        struct taking taking = {coverage->arena, &coverage->counts[kind]};
        status = archive_each_coverage(reader, (enum coverage_kind)kind, take_count, &taking, error);
    }
    if (status != DELIB_OK)
        return status;
    struct coverage_counts *councils = &coverage->counts[COVERAGE_COUNCIL];
    if (councils->count > 0)
        qsort(councils->items, councils->count, sizeof *councils->items, by_name_and_year);
    qsort(coverage->failures, coverage->failure_count, sizeof *coverage->failures, by_path);
    coverage->stamp = stamp;
    return DELIB_OK;
}

#include "report.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "archive/archive.h"
#include "archive/parts.h"
#include "archive/parts_list.h"
#include "archive/replace.h"
#include "base/utf8.h"

enum { PART_TIMEOUT_MS = 10000 }; /* of an archive with parts on other machines */

/* --- --status ------------------------------------------------------------------------------------------------ */

struct totals {
    size_t files[3]; /* by enum file_outcome */
};

static bool count_file(const struct file_state *state, void *payload)
{
    struct totals *totals = payload;
    totals->files[state->outcome]++;
    return true;
}

/* --- what it covers --- */

struct coverage_lines {
    struct arena *arena;
    enum coverage_kind kind;
    uint32_t acts; /* in all */
};

static bool print_coverage(struct slice name, int year, uint32_t acts, void *payload)
{
    const struct coverage_lines *lines = payload;
    const char *shown = name.len > 0 ? utf8_line(lines->arena, name) : "-";
    switch (lines->kind) {
    case COVERAGE_FIELD:
        printf("field\t%s\t%u\t%.1f %%\n", shown, (unsigned)acts, 100.0 * acts / lines->acts);
        break;
    case COVERAGE_WARNING:
        printf("warning\t%s\t%u\n", shown, (unsigned)acts);
        break;
    case COVERAGE_COUNCIL:
        if (year > 0)
            printf("year\t%04d\t%s\t%u\n", year, shown, (unsigned)acts);
        else
            printf("year\t-\t%s\t%u\n", shown, (unsigned)acts);
        break;
    }
    return true;
}

static enum delib_status print_coverages(struct xapian_reader *reader, uint32_t acts, struct arena *arena,
                                         struct delib_error *error)
{
    static const enum coverage_kind kinds[] = {COVERAGE_COUNCIL, COVERAGE_FIELD, COVERAGE_WARNING};
    enum delib_status status = DELIB_OK;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds && status == DELIB_OK; i++) {
        struct coverage_lines lines = {arena, kinds[i], acts};
        status = archive_each_coverage(reader, kinds[i], print_coverage, &lines, error);
    }
    return status;
}

/* Of all its parts, where it has several. */
static enum delib_status whole_size(uint64_t *out, const char *archive, struct arena *arena, struct delib_error *error)
{
    struct parts_list list = {0};
    enum delib_status status = parts_list_add(&list, arena, archive, error);
    *out = 0;
    for (size_t i = 0; i < list.count && status == DELIB_OK; i++) {
        uint64_t size_bytes = 0;
        if (list.parts[i].items[0].path)
            status = archive_folder_size(&size_bytes, list.parts[i].items[0].path, error);
        *out += size_bytes;
    }
    return status;
}

static enum delib_status print_status(struct xapian_reader *reader, const char *archive, struct arena *arena,
                                      struct delib_error *error)
{
    struct totals totals = {{0}};
    struct slice committed = {0};
    uint32_t acts = 0;
    uint64_t size_bytes = 0;
    enum delib_status status = xapian_reader_document_count(&acts, reader, error);
    if (status == DELIB_OK)
        status = archive_each_file(reader, count_file, &totals, error);
    if (status == DELIB_OK)
        status = archive_committed_at(&committed, arena, reader, error);
    if (status == DELIB_OK)
        status = whole_size(&size_bytes, archive, arena, error);
    if (status == DELIB_OK)
        printf("archive\t%s\nacts\t%u\nindexed\t%zu\nskipped\t%zu\nfailed\t%zu\nbytes\t%llu\nlast-change\t%s\n",
               utf8_line(arena, slice_of(archive)), (unsigned)acts, totals.files[FILE_INDEXED],
               totals.files[FILE_SKIPPED], totals.files[FILE_FAILED], (unsigned long long)size_bytes,
               committed.len > 0 ? committed.bytes : "-");
    return status == DELIB_OK ? print_coverages(reader, acts, arena, error) : status;
}

/* --- --failures ---------------------------------------------------------------------------------------------- */

struct failures {
    struct arena *arena;
    char **lines;
    size_t count;
};

/* PATH<TAB>reason<TAB>since<TAB>words, for a person and for cut(1) alike. */
static bool collect_failure(const struct file_state *state, void *payload)
{
    struct failures *failures = payload;
    struct arena *arena = failures->arena;
    if (state->outcome == FILE_INDEXED)
        return true;
    char since[] = "AAAA-MM-JJ";
    struct tm day;
    time_t since_s = (time_t)state->since_s;
    if (!gmtime_r(&since_s, &day) || strftime(since, sizeof since, "%Y-%m-%d", &day) == 0)
        since[0] = '\0';
    failures->lines = arena_grow(arena, failures->lines, failures->count, sizeof *failures->lines);
    failures->lines[failures->count++] =
        arena_printf(arena, "%s\t%s\t%s\t%s", utf8_line(arena, state->path), utf8_line(arena, state->reason), since,
                     utf8_line(arena, state->detail));
    return true;
}

static int compare_lines(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static enum delib_status print_failures(struct xapian_reader *reader, struct arena *arena, struct delib_error *error)
{
    struct failures failures = {.arena = arena};
    enum delib_status status = archive_each_file(reader, collect_failure, &failures, error);
    if (failures.count > 0)
        qsort(failures.lines, failures.count, sizeof *failures.lines, compare_lines);
    for (size_t i = 0; i < failures.count && status == DELIB_OK; i++)
        puts(failures.lines[i]);
    return status;
}

int report(enum verb verb, const char *archive)
{
    struct parts *parts = NULL;
    struct xapian_reader *reader = NULL;
    struct delib_error error;
    struct arena *arena = arena_new();
    enum delib_status status = parts_open(&parts, &archive, 1, PART_TIMEOUT_MS, &error);
    if (status == DELIB_OK)
        status = parts_refresh(&reader, parts, &error);
    if (status == DELIB_OK)
        status =
            verb == VERB_STATUS ? print_status(reader, archive, arena, &error) : print_failures(reader, arena, &error);
    if (status != DELIB_OK)
        fprintf(stderr, "delib-index: %s\n", utf8_line(arena, slice_of(error.message)));
    parts_free(parts);
    arena_free(arena);
    return status == DELIB_OK ? EXIT_DONE : status == DELIB_NOT_FOUND ? EXIT_USAGE : EXIT_DAMAGED;
}

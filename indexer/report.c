#include "report.h"

#include <stdio.h>

#include "archive/archive.h"

struct totals {
    size_t files[3]; /* by enum file_outcome */
};

static bool count_file(const struct file_state *state, void *payload)
{
    struct totals *totals = payload;
    totals->files[state->outcome]++;
    return true;
}

/* PATH<TAB>reason<TAB>words, for a person and for cut(1) alike. */
static bool print_failure(const struct file_state *state, void *payload)
{
    (void)payload;
    if (state->outcome != FILE_INDEXED)
        printf("%.*s\t%.*s\t%.*s\n", (int)state->path.len, state->path.bytes, (int)state->reason.len,
               state->reason.bytes, (int)state->detail.len, state->detail.bytes);
    return true;
}

static enum delib_status print_status(struct xapian_reader *reader, const char *archive, struct delib_error *error)
{
    struct totals totals = {{0}};
    uint32_t acts = 0;
    enum delib_status status = xapian_reader_document_count(&acts, reader, error);
    if (status == DELIB_OK)
        status = archive_each_file(reader, count_file, &totals, error);
    if (status == DELIB_OK)
        printf("archive\t%s\nacts\t%u\nindexed\t%zu\nskipped\t%zu\nfailed\t%zu\n", archive, (unsigned)acts,
               totals.files[FILE_INDEXED], totals.files[FILE_SKIPPED], totals.files[FILE_FAILED]);
    return status;
}

int report(enum verb verb, const char *archive)
{
    struct xapian_reader *reader = NULL;
    struct delib_error error;
    enum delib_status status = archive_open(&reader, archive, &error);
    if (status == DELIB_OK)
        status = verb == VERB_STATUS ? print_status(reader, archive, &error)
                                     : archive_each_file(reader, print_failure, NULL, &error);
    xapian_reader_free(reader);
    if (status == DELIB_OK)
        return fflush(stdout) == 0 ? EXIT_DONE : EXIT_DAMAGED;
    fprintf(stderr, "delib-index: %s\n", error.message);
    return status == DELIB_NOT_FOUND ? EXIT_USAGE : EXIT_DAMAGED;
}

/* What the archive covers and what it lacks, read once a commit: to count the files takes long in a large archive. */
#ifndef DELIB_QUERY_WEB_COVERAGE_H
#define DELIB_QUERY_WEB_COVERAGE_H

#include <pthread.h>

#include "archive/archive.h"

enum { COVERAGE_FAILURES_MOST = 200 /* listed; --failures tells all */ };

struct coverage_count {
    struct slice name; /* of a field, a warning or a council */
    int year;          /* of a council's acts; 0 undated */
    uint32_t acts;
};

struct coverage_counts {
    struct coverage_count *items;
    size_t count;
};

struct coverage_failure {
    struct slice path;
    struct slice reason;
    struct slice detail;
    enum file_outcome outcome;
};

struct coverage {
    pthread_mutex_t lock; /* held while it is read or made */
    struct arena *arena;
    uint64_t stamp; /* parts_stamp of the archive when it was read; 0: never */
    uint32_t acts;
    size_t files[3];                  /* by enum file_outcome */
    struct coverage_counts counts[3]; /* by enum coverage_kind; those of councils by name, then year */
    struct coverage_failure failures[COVERAGE_FAILURES_MOST];
    size_t failure_count;
};

void coverage_init(struct coverage *coverage);
void coverage_clear(struct coverage *coverage);

/* Bring it up to date; the lock is the caller's to hold. */
enum delib_status coverage_read(struct coverage *coverage, struct xapian_reader *reader, uint64_t stamp,
                                struct delib_error *error);

#endif

/* --metrics FILE: what the last run came to and what the archive holds, in the text format of Prometheus, for the
 * textfile collector of its node exporter. The file is replaced whole, by rename. */
#ifndef DELIB_INDEXER_METRICS_H
#define DELIB_INDEXER_METRICS_H

#include "archive/archive.h"

/* Files of one run, but for `acts`. */
struct run_counts {
    size_t added;
    size_t updated;
    size_t acts; /* of those two */
    size_t unchanged;
    size_t moved; /* of those unchanged */
    size_t skipped;
    size_t failed;
    size_t removed;
};

struct metrics {
    const struct run_counts *counts;
    int exit_code;
    int64_t duration_ms;
    bool has_succeeded; /* else the time of the last success is that of the file before */
    const char *archive;
    struct xapian_reader *reader; /* NULL: nothing is told of what the archive holds */
};

enum delib_status metrics_write(const struct metrics *metrics, const char *path, struct delib_error *error);

#endif

/* One line on the terminal that tells how far the run is; nothing at all when stderr is no terminal. */
#ifndef DELIB_INDEXER_PROGRESS_H
#define DELIB_INDEXER_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct progress {
    bool shown;
    size_t total;
    int64_t started_ms;
    int64_t drawn_ms;
};

int64_t now_ms(void); /* a clock that only goes forward */

struct progress progress_start(size_t total, bool quiet);
void progress_show(struct progress *progress, size_t done);
void progress_clear(struct progress *progress); /* before anything else is printed, and at the end */

#endif

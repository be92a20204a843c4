/* Waiting for an archive that another process holds, as long as --wait says. */
#ifndef DELIB_INDEXER_WAITING_H
#define DELIB_INDEXER_WAITING_H

#include <stdbool.h>
#include <stdint.h>

#include "archive/lock.h"

struct waiting {
    int64_t until_ms; /* of now_ms() */
    bool was_told;    /* who is waited for */
};

struct waiting waiting_for(unsigned seconds);

/* Sleep a moment; false when the time is over or a signal came. `why` says who holds the archive. */
bool waiting_goes_on(struct waiting *waiting, const struct delib_error *why);

/* archive_lock_take, waiting. */
enum delib_status waiting_take_lock(struct archive_lock **out, const char *archive, enum archive_lock_kind kind,
                                    unsigned wait_s, struct delib_error *error);

#endif

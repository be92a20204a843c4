/* Child processes that each serve one request at a time, so that what a hostile file does stays in a child.
 *
 * A child is started when there is work for it and serves until it dies or the pool is freed. It has the limits given,
 * keeps none of our files open and is confined (confine.h), unless it is there to write. One that passes a limit or
 * crashes is killed with its whole process group; its job ends with the reason, and the next job gets a new child. */
#ifndef DELIB_INDEXER_POOL_H
#define DELIB_INDEXER_POOL_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/slice.h"
#include "base/status.h"

/* Runs in the child: append to `reply` what `request` asks of the open file `file` (-1: none was sent). */
typedef void pool_serve(struct buffer *reply, struct slice request, int file);

struct pool_limits {
    unsigned cpu_s;      /* of the child itself, for each request */
    unsigned wall_ms;    /* for each request */
    size_t memory_bytes; /* that a child may take beyond what it begins with */
    size_t reply_bytes;
    bool is_writer; /* it is to write files, and reads no bytes that nobody vouches for: it keeps the rights that we
                       have, and its memory is not limited */
};

enum pool_end {
    POOL_WAITING,
    POOL_DONE,
    POOL_CRASHED,       /* by the signal `code` */
    POOL_OUT_OF_MEMORY, /* it wanted more than memory_bytes */
    POOL_TIMEOUT,       /* took longer than cpu_s or wall_ms */
    POOL_REPLY_TOO_BIG, /* wrote more than reply_bytes */
};

struct pool_job {
    enum pool_end end;
    int code;
    struct buffer reply; /* whole with POOL_DONE; the caller's to free */
};

enum { POOL_MAX_CHILDREN = 64 }; /* more cores than that wait for the disk */

struct pool;

/* At most `children` (1 to POOL_MAX_CHILDREN) at a time. */
struct pool *pool_new(size_t children, pool_serve *serve, const struct pool_limits *limits);
/* Kills the children, done or not. NULL is allowed. */
void pool_free(struct pool *pool);

/* Whether a job could begin at once. */
bool pool_has_room(const struct pool *pool);

/* Give a job to a child, with an open file or -1; there must be room. `job` is the caller's and must live until it has
 * ended. DELIB_IO when the system will not start a child. */
enum delib_status pool_submit(struct pool *pool, struct pool_job *job, struct slice request, int file,
                              struct delib_error *error);

/* Wait until one job at least has ended, or a signal came. Returns at once when no job is running. */
void pool_wait(struct pool *pool);

/* Why a job came to nothing, as a code and in words for a person (in the arena), by the limits that it had; "" and ""
 * when it was done. */
void pool_end_words(const char **reason, const char **detail, struct arena *arena, const struct pool_job *job,
                    const struct pool_limits *limits);

#endif

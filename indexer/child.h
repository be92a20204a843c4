/* A program run on bytes that nobody vouches for, with its hands tied.
 *
 * The child gets its input as a sealed file that it can seek in (standard input), and two pipes. Everything else is
 * closed or cleared: no other file descriptor, no environment but a locale and a search path, no files written, no
 * core dump, no new privileges; network and file system are taken away by the process that starts it (confine.h). It
 * dies with its parent, and with its whole process group when a limit is passed. */
#ifndef DELIB_INDEXER_CHILD_H
#define DELIB_INDEXER_CHILD_H

#include "base/buffer.h"
#include "base/slice.h"
#include "base/status.h"

struct child_limits {
    unsigned cpu_s;
    unsigned wall_ms;
    size_t memory_bytes; /* address space */
    size_t output_bytes;
};

enum child_end {
    CHILD_EXITED,          /* by itself, with `code`; 127 also when the system would not execute it */
    CHILD_KILLED,          /* by the signal `code`: it crashed */
    CHILD_TIMEOUT,         /* took longer than cpu_s or wall_ms */
    CHILD_TOO_MUCH_OUTPUT, /* wrote more than output_bytes */
    CHILD_NOT_FOUND,       /* no such program in PATH */
    CHILD_NOT_STARTED      /* the system refused: `error` of child_run says what */
};

enum { CHILD_DIAGNOSTICS_BYTES = 4096 }; /* what is kept of standard error: enough for the first complaints */

struct child_result {
    enum child_end end;
    int code;
    struct buffer output;      /* standard output, as far as it came */
    struct buffer diagnostics; /* the start of standard error */
};

/* Run arguments[0] (looked up in PATH) with `arguments` (ends in NULL) on `input`; waits for it. Start from a zeroed
 * result. DELIB_IO with CHILD_NOT_STARTED; otherwise DELIB_OK, and `end` says what became of the child. Threads may
 * call this at the same time, but not fork in between signal changes of their own. */
enum delib_status child_run(struct child_result *result, const char *const arguments[], struct slice input,
                            const struct child_limits *limits, struct delib_error *error);
void child_result_free(struct child_result *result);

#endif

/* What a call came to, and why.
 *
 * Every function that can fail returns an enum delib_status; DELIB_OK is 0. The words for a person go into a struct
 * delib_error that the caller owns, so that there is no hidden global and a message outlives the call that wrote it.
 * Running out of memory is not a status: see memory.h. */
#ifndef DELIB_BASE_STATUS_H
#define DELIB_BASE_STATUS_H

#include <stddef.h>

enum delib_status {
    DELIB_OK = 0,
    DELIB_INVALID,     /* the caller's or user's input is wrong; show the message, do not retry */
    DELIB_NOT_FOUND,   /* a file, an archive or an act is not there; show the message */
    DELIB_IO,          /* the system refused a read, write or fork; what was committed before still stands */
    DELIB_LOCKED,      /* another indexer holds the archive; wait or say who */
    DELIB_MODIFIED,    /* the archive moved on under a reader; reopen it and ask again */
    DELIB_CORRUPT,     /* stored data contradict themselves; verify, then rebuild from the sources */
    DELIB_VERSION,     /* the archive was made by another version; rebuild or upgrade, as the message says */
    DELIB_UNSUPPORTED, /* a kind of file or request that this build cannot serve; the message names what is missing */
    DELIB_TOO_BIG,     /* over a documented limit; skip this item and go on */
    DELIB_TIMEOUT,     /* a child took longer than its limit; skip this item and go on */
    DELIB_UNREACHABLE, /* a part served by another machine does not answer; go on without it, or ask again */
    DELIB_BUG          /* should not happen; report it with the message */
};

enum { DELIB_MESSAGE_BYTES = 1024 }; /* a path of usual length, the reason and the next step */

struct delib_error {
    enum delib_status status;
    char message[DELIB_MESSAGE_BYTES];
};

/* The name of a status for logs and tests, such as "locked"; static storage. */
const char *delib_status_name(enum delib_status status);

/* Fill in `error` (may be NULL) and return `status`, so that a caller can write `return delib_fail(…)`. */
enum delib_status delib_fail(struct delib_error *error, enum delib_status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Put "context: " before the message that `error` holds already; returns the status it holds. */
enum delib_status delib_fail_in(struct delib_error *error, const char *context);

#endif

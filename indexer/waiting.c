#include "waiting.h"

#include <stdio.h>
#include <time.h>

#include "base/words.h"
#include "progress.h"

enum { MOMENT_MS = 100 }; /* between two looks at the lock */

struct waiting waiting_for(unsigned seconds)
{
    return (struct waiting){.until_ms = now_ms() + (int64_t)seconds * 1000};
}

bool waiting_goes_on(struct waiting *waiting, const struct delib_error *why)
{
    struct timespec moment = {.tv_nsec = MOMENT_MS * 1000000L};
    if (now_ms() >= waiting->until_ms)
        return false;
    if (!waiting->was_told)
        fprintf(stderr, _("delib-index: waiting: %s\n"), why->message);
    waiting->was_told = true;
    return nanosleep(&moment, NULL) == 0;
}

enum delib_status waiting_take_lock(struct archive_lock **out, const char *archive, enum archive_lock_kind kind,
                                    unsigned wait_s, struct delib_error *error)
{
    struct waiting waiting = waiting_for(wait_s);
    enum delib_status status;
    do
        status = archive_lock_take(out, archive, kind, error);
    while (status == DELIB_LOCKED && waiting_goes_on(&waiting, error));
    return status;
}

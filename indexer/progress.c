#include "progress.h"

#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "base/words.h"

#define CLEAR_LINE "\r\033[K" /* to the start of the line, and wipe it */

enum { REDRAW_MS = 100 };

int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

struct progress progress_start(size_t total, bool quiet)
{
    return (struct progress){.shown = !quiet && isatty(STDERR_FILENO), .total = total, .started_ms = now_ms()};
}

/* What is left at the pace so far. */
static void draw(const struct progress *progress, size_t done, int64_t now)
{
    int64_t elapsed_ms = now - progress->started_ms;
    int64_t left_s = done > 0 ? elapsed_ms * (int64_t)(progress->total - done) / (int64_t)done / 1000 : 0;
    fputs(CLEAR_LINE, stderr);
    fprintf(stderr, _("%zu of %zu files (%zu %%), %lld:%02lld left"), done, progress->total,
            progress->total > 0 ? done * 100 / progress->total : 100, (long long)left_s / 60, (long long)left_s % 60);
    fflush(stderr);
}

void progress_show(struct progress *progress, size_t done)
{
    int64_t now = now_ms();
    if (!progress->shown || now - progress->drawn_ms < REDRAW_MS)
        return;
    progress->drawn_ms = now;
    draw(progress, done, now);
}

void progress_clear(struct progress *progress)
{
    if (!progress->shown || progress->drawn_ms == 0)
        return;
    fputs(CLEAR_LINE, stderr);
    fflush(stderr);
    progress->drawn_ms = 0;
}

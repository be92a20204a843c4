/* What one thread of the server works at: its own readers of the archive, because Xapian's are not shared, and arenas
 * that are emptied when the next request comes. */
#ifndef DELIB_QUERY_WEB_DESK_H
#define DELIB_QUERY_WEB_DESK_H

#include <stdatomic.h>

#include "archive/parts.h"
#include "search.h"
#include "web/coverage.h"

enum { PART_TIMEOUT_MS = 5000 }; /* for each wait for a part of the archive on another machine: people wait too */

struct cache;

/* What all threads share; but for the last three nothing of it changes once the server runs. */
struct service {
    const char *archive;
    const char *address; /* of the whole, as people type it, « https://delib.example »; NULL: as they have typed it */
    const char *const *hosts; /* names that this server answers to */
    size_t host_count;
    const char *originals; /* the folder below which files may be given out; NULL: none are */
    int originals_folder;  /* the same, open; -1 */
    atomic_int exports;    /* under way */
    struct coverage coverage;
    struct cache *pages;
};

struct desk {
    struct service *service;
    struct parts *parts;
    struct searcher *searcher;    /* of the parts */
    struct xapian_reader *reader; /* of the parts, since desk_clear */
    struct arena *arena;          /* of the request */
    struct arena *acts;           /* of the acts on the page */
};

enum delib_status desk_new(struct desk **out, struct service *service, struct delib_error *error);
void desk_free(struct desk *desk); /* NULL is allowed */

/* Forget the last request and move to the newest commit. */
enum delib_status desk_clear(struct desk *desk, struct delib_error *error);

/* The record as it may be shown: the folders in which the files of this machine lie are nobody's business, so a path
 * begins below the folder of originals, or is the file's name alone. */
struct act act_to_show(const struct service *service, const struct act *act);

/* The same of any path. */
struct slice path_to_show(const struct service *service, struct slice path);

#endif

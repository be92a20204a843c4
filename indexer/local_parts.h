/* The folders of an archive that is looked after part by part: its own one, or those of its list (parts_list.h). */
#ifndef DELIB_INDEXER_LOCAL_PARTS_H
#define DELIB_INDEXER_LOCAL_PARTS_H

#include <stdbool.h>
#include <stddef.h>

#include "archive/lock.h"
#include "archive/parts_list.h"

struct local_parts {
    struct arena *arena;
    struct parts_list list;
    const char **folders;
    size_t count; /* of them: 1 when the archive is no list */
    struct archive_lock **locks;
};

/* *out is to be freed whatever comes back. DELIB_INVALID for a list with a part on another machine, or one that cannot
 * be read. */
enum delib_status local_parts_open(struct local_parts *out, const char *archive, struct delib_error *error);
void local_parts_free(struct local_parts *parts); /* with its locks */

/* Lock all of them, waiting up to `wait_s` seconds for each; one that is not there is DELIB_NOT_FOUND. */
enum delib_status local_parts_lock(struct local_parts *parts, enum archive_lock_kind kind, unsigned wait_s,
                                   struct delib_error *error);

/* Whether the archive is a list. */
bool local_parts_are_listed(const struct local_parts *parts);

#endif

/* What the archive knows below the sources and is no longer there.
 *
 * Below a folder that could not be looked into nothing is gone. A source that is empty now, or lost a large part of its
 * files at once, looks like a disk that is not mounted: that is for a person to decide. */
#ifndef DELIB_INDEXER_GONE_H
#define DELIB_INDEXER_GONE_H

#include "known.h"

struct gone_file {
    const char *path;
    const char *shown;
    struct file_state state; /* what was known of it */
    bool has_acts;           /* else only a note is forgotten, of a failure or of something passed over */
};

struct gone {
    struct gone_file *files; /* in byte order of their paths */
    size_t count;
    const struct source *suspicious; /* NULL, or the source that lost too much */
    size_t suspicious_lost;          /* its files with acts that are gone */
    size_t suspicious_known;         /* of so many */
};

/* With `elsewhere`, what lies below none of the sources is gone too. */
enum delib_status gone_find(struct gone *out, struct arena *arena, const struct scan *scan,
                            const struct known_files *known, bool elsewhere, struct delib_error *error);

/* Whether to lose so many of those known at once is a matter for a person. */
bool gone_is_much(size_t lost, size_t known);

#endif

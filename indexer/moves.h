/* Files that are gone, to be known again where they turn up under another path: their acts are kept, with the new path,
 * and not extracted again.
 *
 * A file is the same when it has the same size, time and inode, or else the same content; and only where nothing that
 * the acts were made of changes with the path: the sidecars, and the name as far as it tells anything
 * (file_name_tells). */
#ifndef DELIB_INDEXER_MOVES_H
#define DELIB_INDEXER_MOVES_H

#include "file_content.h"
#include "gone.h"

struct moves;

/* Lives in the arena, and `gone` must live as long. */
struct moves *moves_new(struct arena *arena, const struct gone *gone);

struct move {
    const struct gone_file *from; /* NULL: there is none like it */
    bool is_certain;              /* else its content is to be compared */
};

/* The file that may be the one at `path` now; it is given once. */
struct move moves_take(struct moves *moves, const char *path, const struct file_identity *identity,
                       struct slice sidecar_sha256);

#endif

/* The list of the parts that make one archive, as it stands in a file, delib.parts:
 *
 *     # one line a part
 *     local part-1
 *     remote archives.example.org:7001 | remote 10.0.0.7:7001 | local /srv/replicas/part-2
 *
 * A folder is relative to the file. What stands after a bar is asked when what stands before does not answer. */
#ifndef DELIB_ARCHIVE_PARTS_LIST_H
#define DELIB_ARCHIVE_PARTS_LIST_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/status.h"

#define PARTS_FILE_NAME "delib.parts" /* in the folder of the archive that the parts make */
#define PARTS_ARE_MOVING "moving"     /* a line by itself: acts with TERM_LEFT are to be passed over (moving.h) */

/* Where a part is found. */
struct part_place {
    const char *shown; /* for messages: the folder, or "host:port" */
    const char *path;  /* of a folder; NULL: remote */
    const char *host;
    uint16_t port;
};

/* A part: the place that is asked, then those that stand in for it. */
struct part_places {
    struct part_place *items;
    size_t count;
};

struct parts_list {
    struct part_places *parts;
    size_t count;
    const char *file;     /* of the list that was added last; NULL: none was */
    struct slice content; /* of that file */
    bool is_moving;       /* one of the lists says so */
};

/* Add what `archive` names: the folder of an archive, a folder with a list of parts in it, or the file of such a list.
 * DELIB_INVALID says which line of it cannot be read. */
enum delib_status parts_list_add(struct parts_list *list, struct arena *arena, const char *archive,
                                 struct delib_error *error);

/* Add a folder. */
void parts_list_add_folder(struct parts_list *list, struct arena *arena, const char *path);

/* Add the parts of a list that was read; `path` is its file, for messages and for the folders in it. */
enum delib_status parts_list_add_lines(struct parts_list *list, struct arena *arena, const char *path,
                                       struct slice content, struct delib_error *error);

#endif

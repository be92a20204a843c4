/* Where acts go that were read. An archive that is there is changed in place, by this process. An empty one is filled
 * by several: each writes parts of it (archive/part.h) in a folder beside, in the end they are merged, and the whole
 * takes the place of the empty archive at once. A run that is killed before leaves the empty archive.
 *
 * What is there in the end is the same either way. So little that one part would hold it is never worth a process. */
#ifndef DELIB_INDEXER_STORE_H
#define DELIB_INDEXER_STORE_H

#include "archive/archive.h"
#include "intake.h"

struct store;

/* `writer` is the archive's, at `path`, and stays the caller's; nobody else is to put with it meanwhile. `is_empty`:
 * the archive has never had anything; `old` is the one that it is to replace, NULL when there is none. At most
 * `processes` write. */
struct store *store_new(struct archive_writer *writer, const char *path, const char *old, bool is_empty,
                        size_t processes);
void store_free(struct store *store); /* drops what was not finished; NULL is allowed */

/* As archive.h has them, for acts as they were sent. */
enum delib_status store_put_file(struct store *store, const struct file_state *state, const struct sent_acts *sent,
                                 struct delib_error *error);
enum delib_status store_begin_file(struct store *store, struct slice path, struct delib_error *error);
enum delib_status store_put_part(struct store *store, struct slice path, const struct sent_acts *sent,
                                 struct delib_error *error);
enum delib_status store_end_file(struct store *store, const struct file_state *state, struct delib_error *error);
enum delib_status store_put_state(struct store *store, const struct file_state *state, struct delib_error *error);
enum delib_status store_move_file(struct store *store, struct slice from, const struct file_state *to,
                                  struct slice shown, struct delib_error *error);
enum delib_status store_remove_file(struct store *store, struct slice path, struct delib_error *error);

/* Commit when enough was put for that. */
enum delib_status store_commit_when_much(struct store *store, struct delib_error *error);

/* Commit all that was put; the last call. A file that was begun and not ended is dropped. An empty archive that was
 * filled is another folder afterwards: the writer still has the one that was empty. */
enum delib_status store_finish(struct store *store, struct delib_error *error);

/* Files whose acts turned out to make no sense; the archive has them as failed. Known for sure when all is finished. */
size_t store_bad_count(const struct store *store);
struct slice store_bad_path(const struct store *store, size_t index);

#endif

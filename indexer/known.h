/* What the archive knows of files, read in one go and set beside what the scan found: a look for each file by itself
 * would cost more than the walk through the folders. */
#ifndef DELIB_INDEXER_KNOWN_H
#define DELIB_INDEXER_KNOWN_H

#include "archive/archive.h"
#include "scan.h"

struct known_files;

/* A NULL reader knows nothing. */
enum delib_status known_files_read(struct known_files **out, const struct scan *scan, struct xapian_reader *reader,
                                   struct delib_error *error);
void known_files_free(struct known_files *known); /* NULL is allowed */

/* What is known of the file of the scan, in the arena; DELIB_NOT_FOUND, without a word, when it is new. */
enum delib_status known_files_get(struct file_state *out, struct arena *arena, const struct known_files *known,
                                  const struct scanned_file *file, struct delib_error *error);

/* Whether the file was indexed without any sidecar and looks as it did then. */
bool known_files_is_same(const struct known_files *known, const struct scanned_file *file);

/* The file at `path` goes on under another one: it is not gone. */
void known_files_move(struct known_files *known, struct slice path);

/* Called for each file that is known; return false to stop. */
struct known_file {
    struct slice path; /* lent, like `stored` */
    uint32_t act_count;
    const struct scanned_file *scanned; /* NULL when the scan did not find it */
    bool is_moved;
    struct slice stored; /* for file_state_read */
};
typedef bool known_file_visit(const struct known_file *file, void *payload);
void known_files_each(const struct known_files *known, known_file_visit *visit, void *payload);

#endif

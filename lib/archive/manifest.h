/* What every byte of an archive was when it was last committed: the file delib.manifest in the archive's folder.
 *
 * It holds the revision of the database it belongs to, a sum (the first 64 bits of a SHA-256) of iamglass and of each
 * block of each table, which blocks the next commit may write (glass_blocks.h), and a sum of itself. It is replaced
 * whole, by rename.
 *
 * Only what may have been written since is read again to bring it up to date, so that a commit costs what it changed
 * and not what the archive holds. It cannot change in the same instant as the database, so a second file,
 * delib.writing, says that the database may be ahead of it:
 *
 *     delib.writing is made and synced → blocks are written, commit, sync → manifest, sync → … → delib.writing goes
 *
 * The archive of a run that was cut off therefore has a delib.writing and is at the manifest's revision or at the next
 * (Xapian skips a number when a commit fails). In all cases only writable blocks, the end of the tables and iamglass
 * may differ: all else is compared still, and the next writer has only these to read to bring the manifest up to date.
 * Without delib.writing any difference is damage. Where the manifest is missing, or of another revision than these two
 * (another program wrote), all blocks are read and taken as they are. To be called under the writer's lock,
 * manifest_compare under any lock. */
#ifndef DELIB_ARCHIVE_MANIFEST_H
#define DELIB_ARCHIVE_MANIFEST_H

#include <stdbool.h>
#include <stdint.h>

#include "base/status.h"

#define MANIFEST_FILE "delib.manifest"
#define MANIFEST_WRITING_FILE "delib.writing"

struct manifest;

struct manifest *manifest_new(void);           /* of nothing: all is read to bring it up to date */
void manifest_free(struct manifest *manifest); /* NULL is allowed */
bool manifest_exists(const char *folder);
/* DELIB_NOT_FOUND when there is none; DELIB_CORRUPT when it is not as it was written; DELIB_IO. */
enum delib_status manifest_load(struct manifest **out, const char *folder, struct delib_error *error);

/* Sum what may have changed since, and write the manifest if it did. DELIB_CORRUPT when a table lost blocks. */
enum delib_status manifest_update(struct manifest *manifest, const char *folder, struct delib_error *error);

/* The manifest of a database that was made by other means, such as xapian_compact, in a folder that nobody else uses.
 */
enum delib_status manifest_make(const char *folder, struct delib_error *error);

/* Say, durably, that the database may be ahead of the manifest; and that it is not. */
enum delib_status manifest_begin_writing(const char *folder, struct delib_error *error);
enum delib_status manifest_end_writing(const char *folder, struct delib_error *error);
bool manifest_is_writing(const char *folder);

struct manifest_comparison {
    uint64_t compared_bytes;
    uint64_t excused_bytes; /* that a run cut off may have written: not compared */
    size_t damages;
};

/* Told once for each run of altered bytes; `what` names file and place and is valid during the call. */
typedef void manifest_damage_visit(const char *what, void *payload);

/* Read every byte of the database and compare. DELIB_NOT_FOUND: there is no manifest; DELIB_CORRUPT: the manifest
 * itself is damaged; DELIB_IO. Damage of the database is no failure of this function. */
enum delib_status manifest_compare(struct manifest_comparison *out, const char *folder, manifest_damage_visit *visit,
                                   void *payload, struct delib_error *error);

#endif

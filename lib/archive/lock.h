/* The writer's lock of an archive, for those that do not write by Xapian: copying, checking, replacing.
 *
 * It is Xapian's own lock on the file flintlock, so that it keeps writers out and they keep us out. The file is never
 * removed. A shared lock keeps writers out and lets others read. */
#ifndef DELIB_ARCHIVE_LOCK_H
#define DELIB_ARCHIVE_LOCK_H

#include "base/status.h"

enum archive_lock_kind { ARCHIVE_LOCK_SHARED, ARCHIVE_LOCK_EXCLUSIVE };

struct archive_lock;

/* DELIB_LOCKED at once when another holds it: the message says who; DELIB_NOT_FOUND without a folder; DELIB_IO. The
 * lock is of the folder that bears the name now, also when the archive was replaced meanwhile. */
enum delib_status archive_lock_take(struct archive_lock **out, const char *path, enum archive_lock_kind kind,
                                    struct delib_error *error);
void archive_lock_free(struct archive_lock *lock); /* NULL is allowed */

#endif

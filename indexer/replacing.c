#include "replacing.h"

#include <stdlib.h>

#include "archive/replace.h"
#include "waiting.h"

/* The one in place may be missing: then nobody can write to it, and a run that makes it meanwhile is seen by the
 * rename. */
static enum delib_status take_lock(struct archive_lock **out, const char *archive, unsigned wait_s,
                                   struct delib_error *error)
{
    enum delib_status status = waiting_take_lock(out, archive, ARCHIVE_LOCK_EXCLUSIVE, wait_s, error);
    return status == DELIB_NOT_FOUND ? DELIB_OK : status;
}

static enum delib_status make_and_exchange(const char *archive, const char *beside, replace_make *make, void *payload,
                                           struct delib_error *error)
{
    struct delib_error why;
    enum delib_status status = archive_check_exchange(archive, error);
    if (status == DELIB_OK)
        status = archive_remove(beside, error); /* of a run that was cut off */
    if (status != DELIB_OK)
        return status;
    status = make(beside, payload, error);
    if (status == DELIB_OK)
        status = archive_replace(beside, archive, error);
    archive_remove(beside, &why); /* the old one, or what was not finished; what stays goes the next time */
    return status;
}

enum delib_status replace_archive(const char *archive, unsigned wait_s, replace_make *make, void *payload,
                                  struct delib_error *error)
{
    struct archive_lock *lock = NULL;
    char *beside = archive_beside(archive);
    enum delib_status status = take_lock(&lock, archive, wait_s, error);
    if (status == DELIB_OK)
        status = make_and_exchange(archive, beside, make, payload, error);
    archive_lock_free(lock);
    free(beside);
    return status;
}

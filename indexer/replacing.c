#include "replacing.h"

#include <stdlib.h>
#include <string.h>

#include "archive/replace.h"
#include "base/words.h"
#include "local_parts.h"
#include "waiting.h"

/* Parts elsewhere would not come along when the folder changes its name. */
static enum delib_status check_inside(const struct local_parts *parts, const char *archive, struct delib_error *error)
{
    size_t len = strlen(archive);
    while (len > 1 && archive[len - 1] == '/')
        len--;
    for (size_t i = 0; local_parts_are_listed(parts) && i < parts->count; i++) {
        const char *folder = parts->folders[i];
        bool is_inside = strncmp(folder, archive, len) == 0 && folder[len] == '/' && !strstr(folder + len, "/..");
        if (!is_inside)
            return delib_fail(error, DELIB_INVALID,
                              _("%s: this part does not lie in the archive's folder; name a new folder with -a"),
                              folder);
    }
    return DELIB_OK;
}

/* What is in place may be missing: then nobody can write to it, and a run that makes it meanwhile is seen by the
 * rename. */
static enum delib_status take_locks(struct local_parts *parts, const char *archive, unsigned wait_s,
                                    struct delib_error *error)
{
    enum delib_status status = local_parts_open(parts, archive, error);
    if (status == DELIB_OK)
        status = check_inside(parts, archive, error);
    for (size_t i = 0; i < parts->count && status == DELIB_OK; i++) {
        status = waiting_take_lock(&parts->locks[i], parts->folders[i], ARCHIVE_LOCK_EXCLUSIVE, wait_s, error);
        status = status == DELIB_NOT_FOUND ? DELIB_OK : status;
    }
    return status;
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
    struct local_parts parts;
    char *beside = archive_beside(archive);
    enum delib_status status = take_locks(&parts, archive, wait_s, error);
    if (status == DELIB_OK)
        status = make_and_exchange(archive, beside, make, payload, error);
    local_parts_free(&parts);
    free(beside);
    return status;
}

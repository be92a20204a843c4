#include "archive/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "base/words.h"
#include "xapian-c/xapian_c.h"

struct archive_lock {
    int file; /* -1: an archive without a lock file, which nobody ever wrote where it lies */
};

static enum delib_status fail_locked(const char *path, struct delib_error *error)
{
    char *holder = xapian_lock_holder(path);
    enum delib_status status =
        *holder ? delib_fail(error, DELIB_LOCKED, _("%s: the archive is in use by process %s"), path, holder)
                : delib_fail(error, DELIB_LOCKED, _("%s: the archive is in use"), path);
    free(holder);
    return status;
}

static bool is_at(int file, const char *path)
{
    struct stat held;
    struct stat named;
    return fstat(file, &held) == 0 && stat(path, &named) == 0 && held.st_dev == named.st_dev &&
           held.st_ino == named.st_ino;
}

/* Open the file and lock it; DELIB_MODIFIED when it is no longer the archive's then. */
static enum delib_status lock_file(int *out, const char *path, const char *file_path, enum archive_lock_kind kind,
                                   struct delib_error *error)
{
    bool shared = kind == ARCHIVE_LOCK_SHARED;
    struct flock range = {.l_type = shared ? F_RDLCK : F_WRLCK, .l_whence = SEEK_SET, .l_len = 1};
    *out = open(file_path, O_CLOEXEC | (shared ? O_RDONLY : O_RDWR | O_CREAT), 0666);
    if (*out < 0 && errno == ENOENT && access(path, F_OK) == 0)
        return DELIB_OK;
    if (*out < 0)
        return delib_fail(error, errno == ENOENT ? DELIB_NOT_FOUND : DELIB_IO, "%s: %s", path, strerror(errno));
    bool locked = fcntl(*out, F_OFD_SETLK, &range) == 0;
    bool refused = !locked && (errno == EAGAIN || errno == EACCES);
    if (locked && is_at(*out, file_path))
        return DELIB_OK;
    enum delib_status status = delib_fail(error, DELIB_IO, "%s: %s", file_path, strerror(errno));
    close(*out);
    return locked ? DELIB_MODIFIED : refused ? fail_locked(path, error) : status;
}

enum delib_status archive_lock_take(struct archive_lock **out, const char *path, enum archive_lock_kind kind,
                                    struct delib_error *error)
{
    int file;
    enum delib_status status;
    struct buffer file_path = {0};
    buffer_printf(&file_path, "%s/flintlock", path);
    do
        status = lock_file(&file, path, file_path.bytes, kind, error);
    while (status == DELIB_MODIFIED);
    buffer_free(&file_path);
    if (status != DELIB_OK)
        return status;
    *out = memory_alloc(sizeof **out);
    (*out)->file = file;
    return DELIB_OK;
}

void archive_lock_free(struct archive_lock *lock)
{
    if (lock && lock->file >= 0)
        close(lock->file);
    free(lock);
}

#include "archive/replace.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <linux/fs.h>

#include "archive/folder.h"
#include "archive/manifest.h"
#include "base/buffer.h"
#include "base/memory.h"
#include "base/words.h"

#define BESIDE ".new"
#define PROBE ".probe" /* two folders of this name and a figure are made to see whether names can be exchanged */

enum { MIB = 1 << 20, PIECE_BYTES = 1 << 20 };

/* `path` without slashes at its end, and `more`. */
static char *path_with(const char *path, const char *more)
{
    struct buffer out = {0};
    size_t len = strlen(path);
    while (len > 1 && path[len - 1] == '/')
        len--;
    buffer_printf(&out, "%.*s%s", (int)len, path, more);
    return buffer_detach(&out);
}

char *archive_beside(const char *archive)
{
    return path_with(archive, BESIDE);
}

static enum delib_status fail_at(const char *path, struct delib_error *error)
{
    return delib_fail(error, DELIB_IO, "%s: %s", path, strerror(errno));
}

/* --- room ---------------------------------------------------------------------------------------------------- */

enum delib_status archive_folder_size(uint64_t *out, const char *folder, struct delib_error *error)
{
    DIR *entries = opendir(folder);
    *out = 0;
    if (!entries)
        return fail_at(folder, error);
    for (const struct dirent *entry; (entry = readdir(entries)) != NULL;) {
        struct stat info;
        if (fstatat(dirfd(entries), entry->d_name, &info, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(info.st_mode))
            *out += (uint64_t)info.st_size;
    }
    closedir(entries);
    return DELIB_OK;
}

/* The file system of the nearest folder above that exists. */
static bool stat_file_system(struct statvfs *out, const char *path)
{
    char *above = path_with(path, "");
    bool found = statvfs(above, out) == 0;
    for (char *slash; !found && errno == ENOENT && (slash = strrchr(above, '/')) != NULL && slash > above;) {
        *slash = '\0';
        found = statvfs(above, out) == 0;
    }
    if (!found && errno == ENOENT)
        found = statvfs(*above == '/' ? "/" : ".", out) == 0;
    free(above);
    return found;
}

enum delib_status archive_check_space(const char *folder, uint64_t needed_bytes, struct delib_error *error)
{
    struct statvfs info;
    if (!stat_file_system(&info, folder))
        return fail_at(folder, error);
    uint64_t free_bytes = (uint64_t)info.f_bavail * info.f_frsize;
    if (free_bytes >= needed_bytes)
        return DELIB_OK;
    return delib_fail(error, DELIB_IO, _("%s: %llu MB are needed on the disk, %llu MB are free: make room first"),
                      folder, (unsigned long long)(needed_bytes / MIB + 1), (unsigned long long)(free_bytes / MIB));
}

/* --- one rename ---------------------------------------------------------------------------------------------- */

static enum delib_status fail_exchange(const char *archive, struct delib_error *error)
{
    bool unknown = errno == EINVAL || errno == ENOSYS || errno == ENOTSUP;
    if (!unknown)
        return delib_fail(error, DELIB_IO, _("%s: cannot be replaced: %s"), archive, strerror(errno));
    return delib_fail(error, DELIB_UNSUPPORTED,
                      _("%s: its file system cannot exchange two names in one step, so that nothing can take its place "
                        "unseen; make the archive in a new folder with -a, stop the readers and rename by hand"),
                      archive);
}

enum delib_status archive_check_exchange(const char *archive, struct delib_error *error)
{
    enum delib_status status = folder_make_parents(archive, error);
    if (status != DELIB_OK)
        return status;
    char *one = path_with(archive, PROBE "1");
    char *other = path_with(archive, PROBE "2");
    bool made = (mkdir(one, 0700) == 0 || errno == EEXIST) && (mkdir(other, 0700) == 0 || errno == EEXIST);
    if (!made)
        status = fail_at(one, error);
    else if (renameat2(AT_FDCWD, one, AT_FDCWD, other, RENAME_EXCHANGE) != 0)
        status = fail_exchange(archive, error);
    rmdir(one);
    rmdir(other);
    free(one);
    free(other);
    return status;
}

enum delib_status archive_replace(const char *made, const char *archive, struct delib_error *error)
{
    bool first = access(archive, F_OK) != 0;
    int renamed = first ? rename(made, archive) : renameat2(AT_FDCWD, made, AT_FDCWD, archive, RENAME_EXCHANGE);
    if (renamed != 0)
        return fail_exchange(archive, error);
    return folder_sync_parent(archive, error);
}

/* --- whole folders ------------------------------------------------------------------------------------------- */

static enum delib_status remove_one(const char *folder, struct delib_error *error)
{
    enum delib_status status = folder_check_ours(folder, error);
    DIR *entries = status == DELIB_OK ? opendir(folder) : NULL;
    if (!entries)
        return status != DELIB_OK || errno == ENOENT ? status : fail_at(folder, error);
    for (const struct dirent *entry; (entry = readdir(entries)) != NULL;)
        if (entry->d_type != DT_DIR)
            unlinkat(dirfd(entries), entry->d_name, 0); /* what stays is told of by rmdir */
    closedir(entries);
    return rmdir(folder) == 0 ? DELIB_OK : fail_at(folder, error);
}

enum delib_status archive_remove(const char *folder, struct delib_error *error)
{
    DIR *entries = opendir(folder);
    struct buffer part = {0};
    enum delib_status status = DELIB_OK;
    for (const struct dirent *entry; status == DELIB_OK && entries && (entry = readdir(entries)) != NULL;) {
        if (strncmp(entry->d_name, "part-", strlen("part-")) != 0)
            continue;
        buffer_clear(&part);
        buffer_printf(&part, "%s/%s", folder, entry->d_name);
        status = remove_one(part.bytes, error);
    }
    if (entries)
        closedir(entries);
    buffer_free(&part);
    return status == DELIB_OK ? remove_one(folder, error) : status;
}

static bool write_all(int to, const char *bytes, size_t len)
{
    while (len > 0) {
        ssize_t written = write(to, bytes, len);
        if (written < 0 && errno != EINTR)
            return false;
        bytes += written > 0 ? written : 0;
        len -= written > 0 ? (size_t)written : 0;
    }
    return true;
}

/* All of it: by sharing the blocks where the file system can. */
static bool copy_bytes(int to, int from)
{
    if (ioctl(to, FICLONE, from) == 0)
        return true;
    char *piece = memory_alloc(PIECE_BYTES);
    ssize_t got;
    do {
        got = read(from, piece, PIECE_BYTES);
        if (got > 0 && !write_all(to, piece, (size_t)got))
            break;
    } while (got > 0 || (got < 0 && errno == EINTR));
    int reason = errno;
    free(piece);
    errno = reason;
    return got == 0;
}

static enum delib_status copy_file(int to_folder, int from_folder, const char *name, struct delib_error *error)
{
    int from = openat(from_folder, name, O_RDONLY | O_CLOEXEC);
    int to = from < 0 ? -1 : openat(to_folder, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    bool copied = to >= 0 && copy_bytes(to, from) && fsync(to) == 0;
    enum delib_status status =
        copied ? DELIB_OK : delib_fail(error, DELIB_IO, _("%s: cannot be copied: %s"), name, strerror(errno));
    if (to >= 0)
        close(to);
    if (from >= 0)
        close(from);
    return status;
}

/* The lock belongs to the place, and the manifest comes last. */
static bool is_to_be_copied(const char *name)
{
    return name[0] != '.' && strcmp(name, "flintlock") != 0 && strcmp(name, MANIFEST_FILE) != 0;
}

static enum delib_status copy_files(int to, DIR *from, struct delib_error *error)
{
    enum delib_status status = DELIB_OK;
    for (const struct dirent *entry; status == DELIB_OK && (entry = readdir(from)) != NULL;)
        if (is_to_be_copied(entry->d_name))
            status = copy_file(to, dirfd(from), entry->d_name, error);
    if (status == DELIB_OK && fsync(to) != 0)
        status = delib_fail(error, DELIB_IO, _("the copy cannot be synced: %s"), strerror(errno));
    if (status == DELIB_OK)
        status = copy_file(to, dirfd(from), MANIFEST_FILE, error);
    if (status == DELIB_OK && fsync(to) != 0)
        status = delib_fail(error, DELIB_IO, _("the copy cannot be synced: %s"), strerror(errno));
    return status;
}

enum delib_status archive_copy(const char *from, const char *to, struct delib_error *error)
{
    enum delib_status status = folder_make_empty(to, error);
    if (status != DELIB_OK)
        return status;
    DIR *source = opendir(from);
    int target = open(to, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (!source || target < 0)
        status = fail_at(source ? to : from, error);
    else
        status = copy_files(target, source, error);
    if (status == DELIB_OK)
        status = folder_sync_parent(to, error);
    if (target >= 0)
        close(target);
    if (source)
        closedir(source);
    return status;
}

#include "archive/folder.h"

#include <dirent.h>
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

/* The folders above the archive's are made too, as for any file under $XDG_DATA_HOME. */
enum delib_status folder_make_parents(const char *path, struct delib_error *error)
{
    enum delib_status status = DELIB_OK;
    char *copy = memory_dup(path, strlen(path));
    for (char *slash = strchr(copy + 1, '/'); slash && status == DELIB_OK; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        if (mkdir(copy, 0777) != 0 && errno != EEXIST)
            status = delib_fail(error, DELIB_IO, _("%s: cannot make the folder: %s"), copy, strerror(errno));
        *slash = '/';
    }
    free(copy);
    return status;
}

/* What an archive and Xapian leave in a folder, also when they were stopped while they made it. */
static bool is_of_archive(const char *name)
{
    return name[0] == '.' || slice_starts(slice_of(name), SLICE("delib.")) ||
           slice_starts(slice_of(name), SLICE("changes")) /* for replicas */ || strcmp(name, "flintlock") == 0 ||
           strcmp(name, "iamglass") == 0 || strcmp(name, "v.tmp") == 0 || slice_ends(slice_of(name), SLICE(".glass"));
}

/* An archive is never made among somebody's own files. */
enum delib_status folder_check_ours(const char *path, struct delib_error *error)
{
    DIR *folder = opendir(path);
    bool is_ours = true;
    if (!folder)
        return errno == ENOENT ? DELIB_OK : delib_fail(error, DELIB_IO, "%s: %s", path, strerror(errno));
    for (const struct dirent *entry; is_ours && (entry = readdir(folder)) != NULL;)
        is_ours = is_of_archive(entry->d_name);
    closedir(folder);
    return is_ours ? DELIB_OK
                   : delib_fail(error, DELIB_INVALID,
                                _("%s: the folder holds other things than an archive; name a new folder"), path);
}

static bool sync_file(int folder, const char *name)
{
    int file = openat(folder, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    bool synced = file >= 0 && fsync(file) == 0;
    if (file >= 0)
        close(file);
    return synced;
}

enum delib_status folder_sync(const char *path, struct delib_error *error)
{
    DIR *folder = opendir(path);
    bool synced = folder != NULL;
    for (const struct dirent *entry; synced && (entry = readdir(folder)) != NULL;)
        synced = strcmp(entry->d_name, "..") == 0 || sync_file(dirfd(folder), entry->d_name);
    enum delib_status status =
        synced ? DELIB_OK : delib_fail(error, DELIB_IO, _("%s: cannot sync the folder: %s"), path, strerror(errno));
    if (folder)
        closedir(folder);
    return status;
}

enum delib_status folder_sync_parent(const char *path, struct delib_error *error)
{
    struct buffer parent = {0};
    buffer_printf(&parent, "%s/..", path);
    int folder = open(parent.bytes, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool synced = folder >= 0 && fsync(folder) == 0;
    enum delib_status status =
        synced ? DELIB_OK
               : delib_fail(error, DELIB_IO, _("%s: cannot sync the folder: %s"), parent.bytes, strerror(errno));
    if (folder >= 0)
        close(folder);
    buffer_free(&parent);
    return status;
}

static bool is_empty(DIR *folder)
{
    for (const struct dirent *entry; (entry = readdir(folder)) != NULL;)
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            return false;
    return true;
}

enum delib_status folder_make_empty(const char *path, struct delib_error *error)
{
    enum delib_status status = folder_make_parents(path, error);
    if (status == DELIB_OK && mkdir(path, 0777) == 0)
        return DELIB_OK;
    if (status == DELIB_OK && errno != EEXIST)
        status = delib_fail(error, DELIB_IO, _("%s: cannot make the folder: %s"), path, strerror(errno));
    DIR *folder = status == DELIB_OK ? opendir(path) : NULL;
    if (status == DELIB_OK && !folder)
        status = delib_fail(error, DELIB_IO, "%s: %s", path, strerror(errno));
    else if (status == DELIB_OK && !is_empty(folder))
        status = delib_fail(error, DELIB_INVALID, _("%s: the folder is not empty; name a new one"), path);
    if (folder)
        closedir(folder);
    return status;
}

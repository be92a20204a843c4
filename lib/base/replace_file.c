#include "base/replace_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/memory.h"

static bool write_whole(int file, struct slice content)
{
    while (content.len > 0) {
        ssize_t count = write(file, content.bytes, content.len);
        if (count < 0 && errno != EINTR)
            return false;
        content = slice_skip(content, count > 0 ? (size_t)count : 0);
    }
    return fsync(file) == 0;
}

static bool sync_folder_of(const char *path)
{
    char *folder = memory_dup(path, strlen(path));
    char *slash = strrchr(folder, '/');
    if (slash)
        *slash = '\0';
    int file = open(slash ? folder : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool synced = file >= 0 && fsync(file) == 0;
    if (file >= 0)
        close(file);
    free(folder);
    return synced;
}

enum delib_status replace_file(const char *path, struct slice content, struct delib_error *error)
{
    struct buffer beside = {0};
    enum delib_status status = DELIB_OK;
    buffer_printf(&beside, "%s.new", path);
    int file = open(beside.bytes, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    bool written = file >= 0 && write_whole(file, content);
    if (file >= 0)
        written = close(file) == 0 && written;
    if (!written || rename(beside.bytes, path) != 0 || !sync_folder_of(path))
        status = delib_fail(error, DELIB_IO, "%s: %s", path, strerror(errno));
    buffer_free(&beside);
    return status;
}

#include "file_content.h"
#include "base/words.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static struct file_identity identity_of(const struct stat *info)
{
    return (struct file_identity){
        .size_bytes = (uint64_t)info->st_size,
        .modified_ns = (int64_t)info->st_mtim.tv_sec * 1000000000 + info->st_mtim.tv_nsec,
        .inode = (uint64_t)info->st_ino,
    };
}

static bool same_identity(const struct file_identity *a, const struct file_identity *b)
{
    return a->size_bytes == b->size_bytes && a->modified_ns == b->modified_ns && a->inode == b->inode;
}

enum delib_status file_identity_of(struct file_identity *out, const char *path, struct delib_error *error)
{
    struct stat info;
    if (stat(path, &info) != 0)
        return delib_fail(error, errno == ENOENT ? DELIB_NOT_FOUND : DELIB_IO, _("cannot be read: %s"),
                          strerror(errno));
    *out = identity_of(&info);
    return DELIB_OK;
}

static enum delib_status fail_too_big(struct delib_error *error)
{
    return delib_fail(error, DELIB_TOO_BIG, _("is larger than %zu MiB"), MAX_FILE_BYTES >> 20);
}

static enum delib_status read_all(struct buffer *out, int file, struct delib_error *error)
{
    enum { CHUNK_BYTES = 1 << 18 };
    ssize_t count;
    do {
        buffer_reserve(out, CHUNK_BYTES);
        count = read(file, out->bytes + out->len, CHUNK_BYTES);
        if (count < 0 && errno != EINTR)
            return delib_fail(error, DELIB_IO, _("cannot be read: %s"), strerror(errno));
        if (count > 0)
            out->len += (size_t)count;
        if (out->len > MAX_FILE_BYTES)
            return fail_too_big(error);
    } while (count != 0);
    buffer_add(out, "", 0); /* the NUL behind the last byte */
    return DELIB_OK;
}

enum delib_status file_content_read_open(struct buffer *out, struct file_identity *identity, int file,
                                         struct delib_error *error)
{
    struct stat before;
    struct stat after;
    buffer_clear(out);
    if (fstat(file, &before) != 0)
        return delib_fail(error, DELIB_IO, _("cannot be read: %s"), strerror(errno));
    if (!S_ISREG(before.st_mode))
        return delib_fail(error, DELIB_UNSUPPORTED, _("is no regular file"));
    if (lseek(file, 0, SEEK_SET) != 0)
        return delib_fail(error, DELIB_IO, _("cannot be read: %s"), strerror(errno));
    if ((uint64_t)before.st_size > MAX_FILE_BYTES)
        return fail_too_big(error);
    enum delib_status status = read_all(out, file, error);
    if (status != DELIB_OK)
        return status;
    *identity = identity_of(&before);
    struct file_identity now = fstat(file, &after) == 0 ? identity_of(&after) : (struct file_identity){0};
    if (!same_identity(identity, &now) || out->len != identity->size_bytes)
        return delib_fail(error, DELIB_MODIFIED,
                          _("was being written while it was read; it is read again by the next run"));
    return DELIB_OK;
}

enum delib_status file_content_open(int *file, const char *path, struct delib_error *error)
{
    *file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK); /* a FIFO must not hold up the run */
    if (*file >= 0)
        return DELIB_OK;
    return delib_fail(error, errno == ENOENT ? DELIB_NOT_FOUND : DELIB_IO, _("cannot be read: %s"), strerror(errno));
}

enum delib_status file_content_read(struct buffer *out, struct file_identity *identity, const char *path,
                                    struct delib_error *error)
{
    int file;
    enum delib_status status = file_content_open(&file, path, error);
    if (status != DELIB_OK)
        return status;
    status = file_content_read_open(out, identity, file, error);
    close(file);
    return status;
}

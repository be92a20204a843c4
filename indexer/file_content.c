#include "file_content.h"
#include "base/words.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct file_identity file_identity_in(const struct stat *info)
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
    *out = file_identity_in(&info);
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

const char *file_content_reason(enum delib_status status)
{
    switch (status) {
    case DELIB_TOO_BIG:
        return "too-big";
    case DELIB_CORRUPT:
        return "damaged";
    case DELIB_MODIFIED:
        return "changing";
    case DELIB_UNSUPPORTED:
        return "no-regular-file";
    default:
        return "unreadable";
    }
}

/* What is open, if it is a regular file; from its start. */
static enum delib_status begin(struct file_identity *identity, int file, struct delib_error *error)
{
    struct stat info;
    if (fstat(file, &info) != 0)
        return delib_fail(error, DELIB_IO, _("cannot be read: %s"), strerror(errno));
    if (!S_ISREG(info.st_mode))
        return delib_fail(error, DELIB_UNSUPPORTED, _("is no regular file"));
    if (lseek(file, 0, SEEK_SET) != 0)
        return delib_fail(error, DELIB_IO, _("cannot be read: %s"), strerror(errno));
    *identity = file_identity_in(&info);
    return DELIB_OK;
}

enum delib_status file_content_check(const struct file_identity *identity, int file, struct delib_error *error)
{
    struct stat info;
    struct file_identity now = fstat(file, &info) == 0 ? file_identity_in(&info) : (struct file_identity){0};
    return same_identity(identity, &now)
               ? DELIB_OK
               : delib_fail(error, DELIB_MODIFIED,
                            _("was being written while it was read; it is read again by the next run"));
}

enum delib_status file_content_read_open(struct buffer *out, struct file_identity *identity, int file,
                                         struct delib_error *error)
{
    buffer_clear(out);
    enum delib_status status = begin(identity, file, error);
    if (status == DELIB_OK && identity->size_bytes > MAX_FILE_BYTES)
        status = fail_too_big(error);
    if (status == DELIB_OK)
        status = read_all(out, file, error);
    if (status == DELIB_OK)
        status = file_content_check(identity, file, error);
    return status;
}

enum delib_status file_content_hash(struct sha256 *out, struct file_identity *identity, int file,
                                    struct delib_error *error)
{
    enum { CHUNK_BYTES = 1 << 16 };
    char chunk[CHUNK_BYTES];
    struct sha256_sum *sum = sha256_begin();
    enum delib_status status = begin(identity, file, error);
    for (ssize_t got = 1; status == DELIB_OK && got != 0;) {
        got = read(file, chunk, sizeof chunk);
        if (got > 0)
            sha256_add(sum, (struct slice){chunk, (size_t)got});
        else if (got < 0 && errno != EINTR)
            status = delib_fail(error, DELIB_IO, _("cannot be read: %s"), strerror(errno));
    }
    *out = sha256_end(sum);
    return status == DELIB_OK ? file_content_check(identity, file, error) : status;
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

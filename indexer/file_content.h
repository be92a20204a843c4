/* A source file's bytes, read whole and checked not to have changed meanwhile. */
#ifndef DELIB_INDEXER_FILE_CONTENT_H
#define DELIB_INDEXER_FILE_CONTENT_H

#include <stdint.h>
#include <sys/stat.h>

#include "base/buffer.h"
#include "base/sha256.h"
#include "base/status.h"

/* Larger files are no deliberations; they would only make the run's memory unforeseeable. */
#define MAX_FILE_BYTES ((size_t)256 << 20)

/* What tells whether a file is the one that was read before. */
struct file_identity {
    uint64_t size_bytes;
    int64_t modified_ns;
    uint64_t inode;
};

struct file_identity file_identity_in(const struct stat *info);

/* DELIB_NOT_FOUND, DELIB_IO. Symbolic links are followed. */
enum delib_status file_identity_of(struct file_identity *out, const char *path, struct delib_error *error);

/* Open for reading; the caller's to close. DELIB_NOT_FOUND, DELIB_IO. */
enum delib_status file_content_open(int *file, const char *path, struct delib_error *error);

/* Make `out` the content of an open file, read from its start. DELIB_TOO_BIG over MAX_FILE_BYTES; DELIB_MODIFIED when
 * somebody was writing it; DELIB_UNSUPPORTED when it is no regular file; DELIB_IO. */
enum delib_status file_content_read_open(struct buffer *out, struct file_identity *identity, int file,
                                         struct delib_error *error);

/* The SHA-256 of an open file of any size, read from its start, and what the file was then. */
enum delib_status file_content_hash(struct sha256 *out, struct file_identity *identity, int file,
                                    struct delib_error *error);

/* DELIB_MODIFIED when the file is not what it was. */
enum delib_status file_content_check(const struct file_identity *identity, int file, struct delib_error *error);

/* The code of the reason, for the status of a file that could not be read. */
const char *file_content_reason(enum delib_status status);

/* Open and read at once. */
enum delib_status file_content_read(struct buffer *out, struct file_identity *identity, const char *path,
                                    struct delib_error *error);

#endif

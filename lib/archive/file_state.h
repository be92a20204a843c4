/* What the archive remembers of a source file, as it is stored in the database's metadata: bytes that are quickly read,
 * because each run reads those of all files. The path is stored byte by byte: a file's name need not be UTF-8. */
#ifndef DELIB_ARCHIVE_FILE_STATE_H
#define DELIB_ARCHIVE_FILE_STATE_H

#include "archive/archive.h"
#include "base/buffer.h"

enum { FILE_KEY_FIGURES = 16 };

/* A path of any length as a key of one length: the first 64 bits of its SHA-256, hexadecimal. */
struct slice file_key(struct arena *arena, struct slice path);

void file_state_write(struct buffer *out, const struct file_state *state);
/* DELIB_CORRUPT when it is not what file_state_write wrote. */
enum delib_status file_state_read(struct file_state *out, struct arena *arena, struct slice stored,
                                  struct delib_error *error);

/* What a run looks at first, of each of many files. */
struct file_outline {
    struct slice path; /* lent */
    uint64_t size_bytes;
    int64_t modified_ns;
    uint64_t inode;
    uint32_t act_count;
    bool is_plain; /* indexed, and no sidecar applied */
};
enum delib_status file_state_skim(struct file_outline *out, struct slice stored, struct delib_error *error);

#endif

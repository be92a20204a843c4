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

/* The path, lent, and how many acts the file has. */
enum delib_status file_state_skim(struct slice *path, uint32_t *act_count, struct slice stored,
                                  struct delib_error *error);

#endif

/* What a .gz file holds. */
#ifndef DELIB_INDEXER_GZIP_H
#define DELIB_INDEXER_GZIP_H

#include "base/buffer.h"
#include "base/slice.h"
#include "base/status.h"

bool gzip_is(struct slice bytes); /* begins as gzip does */

/* Append what `bytes` (all members, one after the other) unpack to. DELIB_CORRUPT: cut off or damaged; DELIB_TOO_BIG:
 * more than `max_bytes`, or packed so tightly that it is no document. */
enum delib_status gzip_unpack(struct buffer *out, struct slice bytes, size_t max_bytes, struct delib_error *error);

/* The same piece by piece, for a file that is not read whole. */
struct gzip_stream;

struct gzip_stream *gzip_stream_new(size_t max_bytes);
void gzip_stream_free(struct gzip_stream *stream); /* NULL is allowed */

/* Append what the next bytes of the file unpack to. */
enum delib_status gzip_stream_add(struct gzip_stream *stream, struct buffer *out, struct slice bytes,
                                  struct delib_error *error);
/* After the last: DELIB_CORRUPT when the file is cut off. */
enum delib_status gzip_stream_end(const struct gzip_stream *stream, struct delib_error *error);

#endif

#include "gzip.h"

#include <limits.h>
#include <stdlib.h>
#include <zlib.h>

#include "base/memory.h"
#include "base/words.h"

enum {
    CHUNK_BYTES = 64 * 1024,
    WINDOW_BITS_GZIP = 15 + 16,          /* the largest window; gzip headers only */
    MAX_RATIO = 200,                     /* texts pack to a tenth, tables of spaces to a hundredth */
    RATIO_FREE_BYTES = 16 * 1024 * 1024, /* what may come out at any ratio: small enough to do no harm */
    MEMBER_HEADER_BYTES = 10
};

bool gzip_is(struct slice bytes)
{
    return bytes.len >= MEMBER_HEADER_BYTES && slice_starts(bytes, SLICE("\x1F\x8B\x08"));
}

struct gzip_stream {
    z_stream inflater;
    size_t max_bytes;
    size_t in_bytes;
    size_t out_bytes;
    bool is_between; /* at the end of a member: another may follow */
    bool is_done;    /* what follows is no member: some writers pad with zeros */
};

struct gzip_stream *gzip_stream_new(size_t max_bytes)
{
    struct gzip_stream *stream = memory_alloc(sizeof *stream);
    stream->max_bytes = max_bytes;
    if (inflateInit2(&stream->inflater, WINDOW_BITS_GZIP) != Z_OK)
        memory_exhausted();
    return stream;
}

void gzip_stream_free(struct gzip_stream *stream)
{
    if (stream)
        inflateEnd(&stream->inflater);
    free(stream);
}

static enum delib_status check_size(const struct gzip_stream *stream, struct delib_error *error)
{
    if (stream->out_bytes > stream->max_bytes)
        return delib_fail(error, DELIB_TOO_BIG, _("unpacks to more than %zu MB"), stream->max_bytes >> 20);
    if (stream->out_bytes > RATIO_FREE_BYTES && stream->out_bytes / MAX_RATIO > stream->in_bytes)
        return delib_fail(error, DELIB_TOO_BIG, _("unpacks to more than %d times its size"), MAX_RATIO);
    return DELIB_OK;
}

/* Hand zlib the next piece of what is left: its counter is narrower than a size_t. */
static void feed(z_stream *inflater, struct slice *rest)
{
    if (inflater->avail_in > 0 || rest->len == 0)
        return;
    size_t piece = rest->len < INT_MAX ? rest->len : INT_MAX;
    inflater->next_in = (z_const Bytef *)rest->bytes;
    inflater->avail_in = (uInt)piece;
    *rest = slice_skip(*rest, piece);
}

/* Go on to the next member if there is one. */
static void begin_member(struct gzip_stream *stream)
{
    struct slice left = {(const char *)stream->inflater.next_in, stream->inflater.avail_in};
    stream->is_between = false;
    stream->is_done = !slice_starts(left, SLICE("\x1F\x8B"));
    if (!stream->is_done)
        inflateReset(&stream->inflater);
}

/* Unpack what zlib was fed into `out`, a chunk at most. */
static enum delib_status unpack_chunk(struct gzip_stream *stream, struct buffer *out, struct delib_error *error)
{
    char chunk[CHUNK_BYTES];
    z_stream *inflater = &stream->inflater;
    inflater->next_out = (Bytef *)chunk;
    inflater->avail_out = sizeof chunk;
    int outcome = inflate(inflater, Z_NO_FLUSH);
    if (outcome == Z_MEM_ERROR)
        memory_exhausted();
    size_t len = sizeof chunk - inflater->avail_out;
    buffer_add(out, chunk, len);
    stream->out_bytes += len;
    stream->is_between = outcome == Z_STREAM_END;
    if (outcome != Z_OK && outcome != Z_STREAM_END && outcome != Z_BUF_ERROR)
        return delib_fail(error, DELIB_CORRUPT, _("the gzip file is damaged"));
    return check_size(stream, error);
}

enum delib_status gzip_stream_add(struct gzip_stream *stream, struct buffer *out, struct slice bytes,
                                  struct delib_error *error)
{
    enum delib_status status = DELIB_OK;
    z_stream *inflater = &stream->inflater;
    stream->in_bytes += bytes.len;
    inflater->avail_in = 0;
    while (status == DELIB_OK && !stream->is_done) {
        feed(inflater, &bytes);
        if (stream->is_between && inflater->avail_in > 0)
            begin_member(stream);
        else if (inflater->avail_in == 0 && (stream->is_between || inflater->avail_out > 0))
            break; /* all that these bytes give is out */
        else
            status = unpack_chunk(stream, out, error);
    }
    return status;
}

enum delib_status gzip_stream_end(const struct gzip_stream *stream, struct delib_error *error)
{
    return stream->is_between || stream->is_done ? DELIB_OK
                                                 : delib_fail(error, DELIB_CORRUPT, _("the gzip file is cut off"));
}

enum delib_status gzip_unpack(struct buffer *out, struct slice bytes, size_t max_bytes, struct delib_error *error)
{
    struct gzip_stream *stream = gzip_stream_new(max_bytes);
    enum delib_status status = gzip_stream_add(stream, out, bytes, error);
    if (status == DELIB_OK)
        status = gzip_stream_end(stream, error);
    gzip_stream_free(stream);
    return status;
}

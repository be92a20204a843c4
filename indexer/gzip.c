#include "gzip.h"

#include <limits.h>
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

static enum delib_status check_size(size_t out_bytes, size_t in_bytes, size_t max_bytes, struct delib_error *error)
{
    if (out_bytes > max_bytes)
        return delib_fail(error, DELIB_TOO_BIG, _("unpacks to more than %zu MB"), max_bytes >> 20);
    if (out_bytes > RATIO_FREE_BYTES && out_bytes / MAX_RATIO > in_bytes)
        return delib_fail(error, DELIB_TOO_BIG, _("unpacks to more than %d times its size"), MAX_RATIO);
    return DELIB_OK;
}

/* Hand zlib the next piece of what is left: its counter is narrower than a size_t. */
static void feed(z_stream *stream, struct slice *rest)
{
    if (stream->avail_in > 0 || rest->len == 0)
        return;
    size_t piece = rest->len < INT_MAX ? rest->len : INT_MAX;
    stream->next_in = (z_const Bytef *)rest->bytes;
    stream->avail_in = (uInt)piece;
    *rest = slice_skip(*rest, piece);
}

/* Whether another member follows: some writers pad with zeros instead. */
static bool next_member(const z_stream *stream, struct slice rest)
{
    struct slice left = {(const char *)stream->next_in, stream->avail_in};
    return left.len > 0 ? slice_starts(left, SLICE("\x1F\x8B")) : rest.len > 0;
}

enum delib_status gzip_unpack(struct buffer *out, struct slice bytes, size_t max_bytes, struct delib_error *error)
{
    z_stream stream = {0};
    struct slice rest = bytes;
    char chunk[CHUNK_BYTES];
    enum delib_status status = DELIB_OK;
    size_t start = out->len;
    if (inflateInit2(&stream, WINDOW_BITS_GZIP) != Z_OK)
        memory_exhausted();
    while (status == DELIB_OK) {
        feed(&stream, &rest);
        stream.next_out = (Bytef *)chunk;
        stream.avail_out = sizeof chunk;
        int outcome = inflate(&stream, Z_NO_FLUSH);
        if (outcome == Z_MEM_ERROR)
            memory_exhausted();
        buffer_add(out, chunk, sizeof chunk - stream.avail_out);
        status = check_size(out->len - start, bytes.len, max_bytes, error);
        if (outcome == Z_STREAM_END && !next_member(&stream, rest))
            break;
        if (outcome == Z_STREAM_END)
            inflateReset(&stream);
        else if (outcome != Z_OK && status == DELIB_OK)
            status = delib_fail(error, DELIB_CORRUPT,
                                outcome == Z_BUF_ERROR ? _("the gzip file is cut off") : _("the gzip file is damaged"));
    }
    inflateEnd(&stream);
    return status;
}

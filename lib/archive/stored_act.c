#include "archive/stored_act.h"

#include <stdlib.h>
#include <zlib.h>

#include "act/act_record.h"
#include "base/memory.h"
#include "base/words.h"

/* Plain: the length of the record and that of the record as read (0: the same), four bytes each, little-endian; the
 * two; the text to the end.
 * Packed by itself: STORED_ALONE, the length of that, likewise, and it, deflated without a header. */
enum { LENGTH_BYTES = 4, HEADER_BYTES = 2 * LENGTH_BYTES };

enum {
    WINDOW_BITS = -15, /* the largest; without header and checksum, the archive has its own (manifest.h) */
    LEVEL = 5,         /* a fifth less time than zlib's own 6, for a hundredth more of what is packed */
    MEMORY_LEVEL = 8,  /* zlib's default */
    MAX_RATIO = 1100   /* deflate gets to 1032 at most */
};

/* What each act begins from, as one string with a blank after each phrase. */
static const char phrases[] =
#include "data/stored-phrases.inc"
    ;
enum { PHRASES_BYTES = sizeof phrases - 1 };

static void set_length(char *out, size_t len)
{
    for (int i = 0; i < LENGTH_BYTES; i++)
        out[i] = (char)((len >> 8 * i) & 0xFF);
}

static void write_length(struct buffer *out, size_t len)
{
    char bytes[LENGTH_BYTES];
    set_length(bytes, len);
    buffer_add(out, bytes, sizeof bytes);
}

void stored_act_write(struct buffer *out, const struct act *act, const struct act *as_read, struct slice text)
{
    size_t start = out->len;
    write_length(out, 0);
    write_length(out, 0);
    act_write_record(out, act);
    size_t as_read_start = out->len;
    if (as_read)
        act_write_record(out, as_read);
    set_length(out->bytes + start, as_read_start - start - HEADER_BYTES);
    set_length(out->bytes + start + LENGTH_BYTES, out->len - as_read_start);
    buffer_add_slice(out, text);
}

static size_t read_length(struct slice data)
{
    size_t len = 0;
    for (size_t i = 0; i < LENGTH_BYTES; i++)
        len |= (size_t)(unsigned char)data.bytes[i] << (8 * i);
    return len;
}

static enum delib_status read_record(struct act **out, struct arena *arena, struct slice record,
                                     struct delib_error *error)
{
    *out = act_new(arena);
    return act_read_record(*out, record, error);
}

enum delib_status stored_act_unreadable(struct delib_error *error)
{
    return delib_fail(error, DELIB_CORRUPT, _("a stored act is not readable; rebuild the archive from its sources"));
}

enum delib_status stored_act_read_plain(struct stored_act *out, struct arena *arena, struct slice data,
                                        struct delib_error *error)
{
    size_t len = data.len >= HEADER_BYTES ? read_length(data) : 0;
    size_t as_read_len = data.len >= HEADER_BYTES ? read_length(slice_skip(data, LENGTH_BYTES)) : 0;
    if (data.len < HEADER_BYTES || len > data.len - HEADER_BYTES || as_read_len > data.len - HEADER_BYTES - len)
        return delib_fail(error, DELIB_CORRUPT, _("a stored act is cut short; rebuild the archive from its sources"));
    struct slice records = slice_range(data, HEADER_BYTES, HEADER_BYTES + len + as_read_len);
    out->text = slice_skip(data, HEADER_BYTES + records.len);
    out->as_read = slice_skip(records, len);
    return read_record(&out->act, arena, slice_range(records, 0, len), error);
}

enum delib_status stored_act_as_read(struct act **out, struct arena *arena, const struct stored_act *stored,
                                     struct delib_error *error)
{
    *out = stored->act;
    return stored->as_read.len > 0 ? read_record(out, arena, stored->as_read, error) : DELIB_OK;
}

/* --- packed ------------------------------------------------------------------------------------------------------ */

struct act_packer {
    z_stream deflater;
};

struct act_packer *act_packer_new(void)
{
    struct act_packer *packer = memory_alloc(sizeof *packer);
    if (deflateInit2(&packer->deflater, LEVEL, Z_DEFLATED, WINDOW_BITS, MEMORY_LEVEL, Z_DEFAULT_STRATEGY) != Z_OK)
        memory_exhausted();
    return packer;
}

void act_packer_free(struct act_packer *packer)
{
    if (!packer)
        return;
    deflateEnd(&packer->deflater);
    free(packer);
}

void act_packer_deflate(struct buffer *out, struct act_packer *packer, struct slice plain)
{
    z_stream *deflater = &packer->deflater;
    deflateReset(deflater);
    deflateSetDictionary(deflater, (const Bytef *)phrases, PHRASES_BYTES);
    size_t bound = deflateBound(deflater, plain.len);
    buffer_reserve(out, bound);
    deflater->next_in = (z_const Bytef *)plain.bytes;
    deflater->avail_in = (uInt)plain.len;
    deflater->next_out = (Bytef *)out->bytes + out->len;
    deflater->avail_out = (uInt)bound;
    deflate(deflater, Z_FINISH);
    out->len += bound - deflater->avail_out;
}

void act_packer_pack(struct buffer *out, struct act_packer *packer, struct slice plain)
{
    buffer_add_byte(out, STORED_ALONE);
    write_length(out, plain.len);
    act_packer_deflate(out, packer, plain);
}

/* Fill `out`; false when there is less. */
static bool unpack(struct slice out, struct slice packed)
{
    z_stream inflater = {0};
    if (inflateInit2(&inflater, WINDOW_BITS) != Z_OK)
        memory_exhausted();
    inflateSetDictionary(&inflater, (const Bytef *)phrases, PHRASES_BYTES);
    inflater.next_in = (z_const Bytef *)packed.bytes;
    inflater.avail_in = (uInt)packed.len;
    inflater.next_out = (Bytef *)out.bytes;
    inflater.avail_out = (uInt)out.len;
    int end = inflate(&inflater, Z_SYNC_FLUSH);
    bool is_full = (end == Z_OK || end == Z_STREAM_END || end == Z_BUF_ERROR) && inflater.avail_out == 0;
    inflateEnd(&inflater);
    return is_full;
}

bool act_inflate(struct slice *out, struct arena *arena, struct slice packed, size_t len)
{
    char *bytes = packed.len > 0 && len / MAX_RATIO <= packed.len ? arena_alloc(arena, len + 1) : NULL;
    *out = (struct slice){bytes, len};
    return bytes && unpack(*out, packed);
}

bool stored_act_is_in_pack(struct slice data)
{
    return data.len > 0 && data.bytes[0] == STORED_IN_PACK;
}

enum delib_status stored_act_read(struct stored_act *out, struct arena *arena, struct slice data,
                                  struct delib_error *error)
{
    struct slice plain;
    bool is_alone = data.len > 1 + LENGTH_BYTES && data.bytes[0] == STORED_ALONE;
    size_t len = is_alone ? read_length(slice_skip(data, 1)) : 0;
    if (!is_alone || !act_inflate(&plain, arena, slice_skip(data, 1 + LENGTH_BYTES), len))
        return stored_act_unreadable(error);
    return stored_act_read_plain(out, arena, plain, error);
}

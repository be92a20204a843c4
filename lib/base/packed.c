#include "base/packed.h"

#include "base/sha256.h"

enum { GROUP_BITS = 7, GROUP_MORE = 0x80, NUMBER_BITS = 64, HASH_BYTES = SHA256_HEX_BYTES / 2 };

/* --- in ---------------------------------------------------------------------------------------------------------- */

void packed_add_number(struct buffer *out, uint64_t number)
{
    for (; number >= GROUP_MORE; number >>= GROUP_BITS)
        buffer_add_byte(out, (char)((number & (GROUP_MORE - 1)) | GROUP_MORE));
    buffer_add_byte(out, (char)number);
}

void packed_add_text(struct buffer *out, struct slice text)
{
    packed_add_number(out, text.len);
    buffer_add_slice(out, text);
}

/* More than 15 for what is no figure. */
static unsigned figure_value(char figure)
{
    if (figure >= '0' && figure <= '9')
        return (unsigned)(figure - '0');
    return figure >= 'a' && figure <= 'f' ? (unsigned)(figure - 'a' + 10) : UINT32_MAX;
}

static bool is_hash(struct slice hex)
{
    bool all = hex.len == SHA256_HEX_BYTES;
    for (size_t i = 0; i < hex.len && all; i++)
        all = figure_value(hex.bytes[i]) < 16;
    return all;
}

void packed_add_figures(struct buffer *out, struct slice hex)
{
    for (size_t i = 0; i + 1 < hex.len; i += 2)
        buffer_add_byte(out, (char)(figure_value(hex.bytes[i]) << 4 | figure_value(hex.bytes[i + 1])));
}

void packed_add_hash(struct buffer *out, struct slice hex)
{
    struct slice known = is_hash(hex) ? hex : (struct slice){0};
    packed_add_number(out, known.len / 2);
    packed_add_figures(out, known);
}

/* --- out --------------------------------------------------------------------------------------------------------- */

unsigned packed_take_byte(struct packed_rest *rest)
{
    rest->is_cut |= rest->bytes.len == 0;
    unsigned byte = rest->is_cut ? 0 : (unsigned char)rest->bytes.bytes[0];
    rest->bytes = slice_skip(rest->bytes, 1);
    return byte;
}

uint64_t packed_take_number(struct packed_rest *rest)
{
    uint64_t number = 0;
    size_t at = 0;
    unsigned byte = GROUP_MORE;
    for (unsigned shift = 0; shift < NUMBER_BITS && byte & GROUP_MORE && at < rest->bytes.len; shift += GROUP_BITS) {
        byte = (unsigned char)rest->bytes.bytes[at++];
        number |= (uint64_t)(byte & (GROUP_MORE - 1)) << shift;
    }
    rest->is_cut |= at == 0 || (byte & GROUP_MORE && at == rest->bytes.len);
    rest->bytes = slice_skip(rest->bytes, at);
    return rest->is_cut ? 0 : number;
}

struct slice packed_take_bytes(struct packed_rest *rest, uint64_t len)
{
    rest->is_cut |= len > rest->bytes.len;
    struct slice bytes = rest->is_cut ? (struct slice){0} : slice_range(rest->bytes, 0, len);
    rest->bytes = slice_skip(rest->bytes, bytes.len);
    return bytes;
}

struct slice packed_take_text(struct packed_rest *rest)
{
    return packed_take_bytes(rest, packed_take_number(rest));
}

struct slice packed_take_figures(struct arena *arena, struct packed_rest *rest, size_t count)
{
    static const char figures[] = "0123456789abcdef";
    struct slice bytes = packed_take_bytes(rest, count / 2);
    char *hex = arena_alloc(arena, 2 * bytes.len + 1);
    for (size_t i = 0; i < bytes.len; i++) {
        hex[2 * i] = figures[(unsigned char)bytes.bytes[i] >> 4];
        hex[2 * i + 1] = figures[(unsigned char)bytes.bytes[i] & 0xF];
    }
    return (struct slice){hex, 2 * bytes.len};
}

struct slice packed_take_hash(struct arena *arena, struct packed_rest *rest)
{
    uint64_t len = packed_take_number(rest);
    rest->is_cut |= len != 0 && len != HASH_BYTES;
    return rest->is_cut || len == 0 ? (struct slice){0} : packed_take_figures(arena, rest, SHA256_HEX_BYTES);
}

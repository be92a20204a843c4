#include "archive/file_state.h"

#include "base/sha256.h"
#include "base/words.h"

/* Layout: the outcome; numbers in groups of seven bits, the lowest first, all but the last with the eighth bit set;
 * texts after their lengths; hashes as bytes, none as an empty text; the path to the end. */
enum { KEY_FIGURES = 16, GROUP_BITS = 7, GROUP_MORE = 0x80, NUMBER_BITS = 64, HASH_BYTES = SHA256_HEX_BYTES / 2 };

struct slice file_key(struct arena *arena, struct slice path)
{
    return slice_range(slice_of(arena_printf(arena, "%s", sha256_of(path).hex)), 0, KEY_FIGURES);
}

/* --- writing ----------------------------------------------------------------------------------------------------- */

static void add_number(struct buffer *out, uint64_t number)
{
    for (; number >= GROUP_MORE; number >>= GROUP_BITS)
        buffer_add_byte(out, (char)((number & (GROUP_MORE - 1)) | GROUP_MORE));
    buffer_add_byte(out, (char)number);
}

static void add_text(struct buffer *out, struct slice text)
{
    add_number(out, text.len);
    buffer_add_slice(out, text);
}

static unsigned hex_value(char figure)
{
    return (unsigned)(figure <= '9' ? figure - '0' : figure - 'a' + 10);
}

static void add_hash(struct buffer *out, struct slice hex)
{
    size_t len = hex.len == SHA256_HEX_BYTES ? HASH_BYTES : 0;
    add_number(out, len);
    for (size_t i = 0; i < len; i++)
        buffer_add_byte(out, (char)(hex_value(hex.bytes[2 * i]) << 4 | hex_value(hex.bytes[2 * i + 1])));
}

void file_state_write(struct buffer *out, const struct file_state *state)
{
    buffer_add_byte(out, (char)state->outcome);
    add_number(out, (uint64_t)state->since_s);
    add_number(out, state->size_bytes);
    add_number(out, (uint64_t)state->modified_ns);
    add_number(out, state->inode);
    add_number(out, state->act_count);
    add_hash(out, state->sha256);
    add_hash(out, state->sidecar_sha256);
    add_text(out, state->reason);
    add_text(out, state->detail);
    buffer_add_slice(out, state->path);
}

/* --- reading ----------------------------------------------------------------------------------------------------- */

/* What is left, and whether it made sense so far. */
struct rest {
    struct slice bytes;
    bool is_cut;
};

static unsigned take_byte(struct rest *rest)
{
    rest->is_cut |= rest->bytes.len == 0;
    unsigned byte = rest->is_cut ? 0 : (unsigned char)rest->bytes.bytes[0];
    rest->bytes = slice_skip(rest->bytes, 1);
    return byte;
}

static uint64_t take_number(struct rest *rest)
{
    uint64_t number = 0;
    unsigned byte = GROUP_MORE;
    for (unsigned shift = 0; shift < NUMBER_BITS && byte & GROUP_MORE; shift += GROUP_BITS) {
        byte = take_byte(rest);
        number |= (uint64_t)(byte & (GROUP_MORE - 1)) << shift;
    }
    return number;
}

static struct slice take_text(struct rest *rest)
{
    uint64_t len = take_number(rest);
    rest->is_cut |= len > rest->bytes.len;
    struct slice text = rest->is_cut ? (struct slice){0} : slice_range(rest->bytes, 0, len);
    rest->bytes = slice_skip(rest->bytes, text.len);
    return text;
}

static struct slice take_hash(struct arena *arena, struct rest *rest)
{
    static const char figures[] = "0123456789abcdef";
    struct slice hash = take_text(rest);
    if (hash.len != HASH_BYTES) {
        rest->is_cut |= hash.len != 0;
        return (struct slice){0};
    }
    char *hex = arena_alloc(arena, SHA256_HEX_BYTES + 1);
    for (size_t i = 0; i < HASH_BYTES; i++) {
        hex[2 * i] = figures[(unsigned char)hash.bytes[i] >> 4];
        hex[2 * i + 1] = figures[(unsigned char)hash.bytes[i] & 0xF];
    }
    return (struct slice){hex, SHA256_HEX_BYTES};
}

enum delib_status file_state_read(struct file_state *out, struct arena *arena, struct slice stored,
                                  struct delib_error *error)
{
    struct rest rest = {stored, false};
    unsigned outcome = take_byte(&rest);
    *out = (struct file_state){.outcome = (enum file_outcome)outcome};
    out->since_s = (int64_t)take_number(&rest);
    out->size_bytes = take_number(&rest);
    out->modified_ns = (int64_t)take_number(&rest);
    out->inode = take_number(&rest);
    out->act_count = (uint32_t)take_number(&rest);
    out->sha256 = take_hash(arena, &rest);
    out->sidecar_sha256 = take_hash(arena, &rest);
    out->reason = arena_copy(arena, take_text(&rest));
    out->detail = arena_copy(arena, take_text(&rest));
    out->path = arena_copy(arena, rest.bytes);
    if (rest.is_cut || outcome > FILE_FAILED || out->path.len == 0)
        return delib_fail(error, DELIB_CORRUPT, _("the stored state of a file is not readable; rebuild the archive"));
    return DELIB_OK;
}

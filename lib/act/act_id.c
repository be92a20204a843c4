#include "act/act_id.h"

#include <inttypes.h>

#include "base/utf8.h"
#include "french/normalise.h"

enum { MAX_SLUG_BYTES = 80 }; /* ids stay well under Xapian's 245 bytes for a term */

/* FNV-1a over the words of the text, so that spacing and case do not change it. Not a security measure: it tells apart
 * the acts of one council whose number or date could not be read. */
static uint64_t text_hash(struct slice text)
{
    struct buffer folded = {0};
    uint64_t hash = UINT64_C(14695981039346656037);
    fold(&folded, text);
    for (size_t i = 0; i < folded.len; i++) {
        unsigned char byte = (unsigned char)folded.bytes[i];
        if (byte <= ' ')
            continue;
        hash = (hash ^ byte) * UINT64_C(1099511628211);
    }
    buffer_free(&folded);
    return hash;
}

static bool is_ascii_alnum(unsigned char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9');
}

/* Runs of letters and digits of the folded text joined by single '-'. */
static struct slice dashed(struct arena *arena, struct slice text, size_t max_bytes)
{
    struct buffer folded = {0};
    struct buffer out = {0};
    fold(&folded, text);
    for (size_t i = 0; i < folded.len && out.len < max_bytes; i++) {
        if (is_ascii_alnum((unsigned char)folded.bytes[i]) || (unsigned char)folded.bytes[i] >= 0x80)
            buffer_add_byte(&out, folded.bytes[i]);
        else if (out.len > 0 && out.bytes[out.len - 1] != '-')
            buffer_add_byte(&out, '-');
    }
    while (out.len > 0 && (out.bytes[out.len - 1] == '-' || !utf8_is_valid(buffer_get(&out))))
        out.len--;
    struct slice result = arena_copy(arena, buffer_get(&out));
    buffer_free(&folded);
    buffer_free(&out);
    return result;
}

struct slice council_slug(struct arena *arena, struct slice council)
{
    return dashed(arena, council, MAX_SLUG_BYTES);
}

struct slice canonical_number(struct arena *arena, struct slice number)
{
    return dashed(arena, number, MAX_SLUG_BYTES);
}

struct slice number_key(struct arena *arena, struct slice number)
{
    struct slice canonical = canonical_number(arena, number);
    char *key = arena_alloc(arena, canonical.len + 1);
    size_t len = 0;
    for (size_t i = 0; i < canonical.len; i++) {
        bool leads = len == 0 || !is_digit(key[len - 1]);
        bool goes_on = i + 1 < canonical.len && is_digit(canonical.bytes[i + 1]);
        if (canonical.bytes[i] != '0' || !leads || !goes_on)
            key[len++] = canonical.bytes[i];
    }
    return (struct slice){key, len};
}

/* "text-1f2e…" instead of a part that was not read. */
static const char *hash_part(struct act *act, struct slice text)
{
    return arena_printf(act->arena, "text-%016" PRIx64, text_hash(text));
}

void act_set_id(struct act *act, struct slice text)
{
    if (act->id.len > 0)
        return;
    char date[DATE_ISO_BYTES] = "";
    const char *council = act->siren.len > 0     ? arena_string(act->arena, act->siren)
                          : act->council.len > 0 ? arena_string(act->arena, council_slug(act->arena, act->council))
                                                 : hash_part(act, text);
    const char *day = act->date ? date_format_iso(act->date, date) : hash_part(act, text);
    struct slice canonical = canonical_number(act->arena, act->number);
    const char *number = canonical.len > 0 ? arena_string(act->arena, canonical) : hash_part(act, text);
    act->id = slice_of(arena_printf(act->arena, "%s:%s:%s", council, day, number));
    act_set_provenance(act, FIELD_ID, (struct provenance){.source = SOURCE_DERIVED, .confidence = CONFIDENCE_MEDIUM});
}

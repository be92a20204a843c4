#include "archive/act_pack.h"

#include <stdlib.h>
#include <string.h>

#include "archive/file_state.h"
#include "base/packed.h"

enum {
    PACK_BYTES = 16 << 10, /* of acts as they are before: to show one, half of it is unpacked */
    MOST_UNPACKED_BYTES = 256 << 20
};

static struct slice pack_key(struct arena *arena, struct slice file, uint64_t first)
{
    return slice_of(
        arena_printf(arena, ACT_PACK_KEY "%.*s:%08llu", (int)file.len, file.bytes, (unsigned long long)first));
}

struct slice act_pack_file(struct slice key)
{
    return slice_range(key, strlen(ACT_PACK_KEY), strlen(ACT_PACK_KEY) + FILE_KEY_FIGURES);
}

/* --- writing ----------------------------------------------------------------------------------------------------- */

/* Where an act lies: so few bytes that Xapian does not try to deflate them. */
struct place {
    struct slice file; /* its key */
    uint64_t first;    /* of the pack */
    uint64_t start_bytes;
    uint64_t len_bytes;
};

static struct slice ref_of(struct arena *arena, const struct place *place)
{
    struct buffer ref = {0};
    buffer_add_byte(&ref, STORED_IN_PACK);
    packed_add_figures(&ref, place->file);
    packed_add_number(&ref, place->first);
    packed_add_number(&ref, place->start_bytes);
    packed_add_number(&ref, place->len_bytes);
    struct slice copy = arena_copy(arena, buffer_get(&ref));
    buffer_free(&ref);
    return copy;
}

enum delib_status act_packs_put(struct slice *refs, struct arena *arena, struct act_packer *packer,
                                struct xapian_writer *writer, struct slice file, size_t first,
                                const struct new_act *acts, size_t count, struct delib_error *error)
{
    enum delib_status status = DELIB_OK;
    struct buffer plain = {0};
    struct buffer packed = {0};
    for (size_t start = 0, end; start < count && status == DELIB_OK; start = end) {
        buffer_clear(&plain);
        for (end = start; end < count && plain.len < PACK_BYTES; end++) {
            size_t before = plain.len;
            stored_act_write(&plain, acts[end].act, NULL, acts[end].text);
            refs[end] = ref_of(arena, &(struct place){file, first + start, before, plain.len - before});
        }
        if (end - start == 1) {
            refs[start] = (struct slice){0};
            continue;
        }
        buffer_clear(&packed);
        act_packer_deflate(&packed, packer, buffer_get(&plain));
        status = xapian_writer_set_metadata(writer, pack_key(arena, file, first + start), buffer_get(&packed), error);
    }
    buffer_free(&plain);
    buffer_free(&packed);
    return status;
}

struct key_list {
    struct arena *arena;
    struct text_list keys;
};

static bool take_key(struct slice key, struct slice value, void *payload)
{
    struct key_list *list = payload;
    (void)value;
    text_list_add(list->arena, &list->keys, key);
    return true;
}

enum delib_status act_packs_remove(struct arena *arena, struct xapian_writer *writer, struct xapian_reader *reader,
                                   struct slice file, struct delib_error *error)
{
    struct key_list list = {.arena = arena};
    struct slice prefix = slice_of(arena_printf(arena, ACT_PACK_KEY "%.*s:", (int)file.len, file.bytes));
    enum delib_status status = xapian_reader_each_metadata(reader, prefix, take_key, &list, error);
    for (size_t i = 0; i < list.keys.count && status == DELIB_OK; i++)
        status = xapian_writer_set_metadata(writer, list.keys.items[i], (struct slice){0}, error);
    return status;
}

/* --- reading ----------------------------------------------------------------------------------------------------- */

static bool read_ref(struct place *out, struct arena *arena, struct slice data)
{
    struct packed_rest rest = {slice_skip(data, 1), false};
    out->file = packed_take_figures(arena, &rest, FILE_KEY_FIGURES);
    out->first = packed_take_number(&rest);
    out->start_bytes = packed_take_number(&rest);
    out->len_bytes = packed_take_number(&rest);
    return !rest.is_cut && out->start_bytes <= MOST_UNPACKED_BYTES && out->len_bytes <= MOST_UNPACKED_BYTES;
}

static enum delib_status read_in_pack(struct stored_act *out, struct arena *arena, struct xapian_reader *reader,
                                      struct slice data, struct delib_error *error)
{
    struct place place;
    char *pack = NULL;
    size_t len = 0;
    struct slice plain;
    if (!read_ref(&place, arena, data))
        return stored_act_unreadable(error);
    enum delib_status status =
        xapian_reader_metadata(&pack, &len, reader, pack_key(arena, place.file, place.first), error);
    if (status == DELIB_OK &&
        !act_inflate(&plain, arena, (struct slice){pack, len}, place.start_bytes + place.len_bytes))
        status = stored_act_unreadable(error);
    if (status == DELIB_OK)
        status = stored_act_read_plain(out, arena, slice_skip(plain, place.start_bytes), error);
    free(pack);
    return status;
}

enum delib_status archive_act(struct stored_act *out, struct arena *arena, struct xapian_reader *reader,
                              xapian_docid docid, struct delib_error *error)
{
    char *data = NULL;
    size_t len = 0;
    enum delib_status status = xapian_reader_document_data(&data, &len, reader, docid, error);
    if (status != DELIB_OK)
        return status;
    struct slice stored = {data, len};
    status = stored_act_is_in_pack(stored)
                 ? read_in_pack(out, arena, xapian_reader_part_with(reader, docid), stored, error)
                 : stored_act_read(out, arena, stored, error);
    free(data);
    return status;
}

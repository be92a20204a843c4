#include "archive/spread.h"

#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#include "archive/moving.h"
#include "archive/parts_list.h"
#include "archive/replace.h"
#include "archive/terms.h"
#include "archive/writer.h"
#include "base/memory.h"
#include "base/replace_file.h"
#include "base/words.h"

enum {
    NAMESAKES_MAX = 16, /* acts and rows with one file name, as in rows.c: more prove nothing */
    FAMILY_BYTES = 8
};

/* --- opening -------------------------------------------------------------------------------------------------------
 */

/* What there is and what there is to be. */
struct layout {
    struct arena *arena;
    const char *archive;
    struct parts_list list;
    size_t listed; /* the parts after these are new */
};

static enum delib_status add_new_parts(struct layout *layout, size_t part_count, struct delib_error *error)
{
    struct parts_list *list = &layout->list;
    const char *inside = arena_printf(layout->arena, "%s/iamglass", layout->archive);
    if (!list->file && access(inside, F_OK) == 0)
        return delib_fail(error, DELIB_INVALID, _("%s: this is one archive; name a new folder for one in parts"),
                          layout->archive);
    if (!list->file) {
        *list = (struct parts_list){.file = arena_printf(layout->arena, "%s/%s", layout->archive, PARTS_FILE_NAME)};
        layout->listed = 0;
    }
    if (part_count < list->count)
        return delib_fail(error, DELIB_INVALID, _("%s: there are %zu parts; make fewer in a new folder"), list->file,
                          list->count);
    size_t folder_len = (size_t)(strrchr(list->file, '/') ? strrchr(list->file, '/') - list->file + 1 : 0);
    while (list->count < part_count) {
        const char *path = arena_printf(layout->arena, "%.*spart-%zu", (int)folder_len, list->file, list->count + 1);
        parts_list_add_folder(list, layout->arena, path);
    }
    return DELIB_OK;
}

static enum delib_status lay_out(struct layout *layout, size_t part_count, struct delib_error *error)
{
    enum delib_status status = parts_list_add(&layout->list, layout->arena, layout->archive, error);
    layout->listed = layout->list.count;
    if (status == DELIB_OK && part_count > SPREAD_PARTS_MAX)
        status = delib_fail(error, DELIB_INVALID, _("at most %d parts"), SPREAD_PARTS_MAX);
    if (status == DELIB_OK && part_count > 0)
        status = add_new_parts(layout, part_count, error);
    for (size_t i = 0; i < layout->list.count && status == DELIB_OK; i++)
        if (!layout->list.parts[i].items[0].path)
            status = delib_fail(error, DELIB_INVALID, _("%s: a part on another machine is filled there"),
                                layout->list.parts[i].items[0].shown);
    return status;
}

/* The list with so many parts, once they are there. */
static enum delib_status write_list(const struct layout *layout, size_t count, bool is_moving,
                                    struct delib_error *error)
{
    struct buffer content = {0};
    struct slice rest = layout->list.content;
    if (is_moving)
        buffer_add_string(&content, PARTS_ARE_MOVING "\n");
    for (struct slice line; slice_next_line(&rest, &line);)
        if (!slice_equal(slice_trim(line), SLICE(PARTS_ARE_MOVING))) {
            buffer_add_slice(&content, line);
            buffer_add_byte(&content, '\n');
        }
    for (size_t i = layout->listed; i < count; i++)
        buffer_printf(&content, "local part-%zu\n", i + 1);
    enum delib_status status = replace_file(layout->list.file, buffer_get(&content), error);
    buffer_free(&content);
    return status;
}

/* One reader of what all writers have taken; NULL for one part. */
static struct xapian_reader *join_readers(const struct archive_writer *first)
{
    size_t count = first->other_count + 1;
    if (count == 1)
        return NULL;
    struct xapian_reader **readers = memory_alloc(count * sizeof *readers);
    readers[0] = first->reader;
    for (size_t i = 1; i < count; i++)
        readers[i] = first->others[i - 1]->reader;
    struct xapian_reader *whole = xapian_reader_join_take(readers, count);
    free(readers);
    return whole;
}

/* The first part's writer with those of the others. */
static enum delib_status open_writers(struct archive_writer **out, const struct layout *layout,
                                      struct delib_error *error)
{
    struct archive_writer *first = NULL;
    enum delib_status status = archive_writer_open(&first, layout->list.parts[0].items[0].path, error);
    if (status != DELIB_OK)
        return status;
    first->others = memory_alloc(layout->list.count * sizeof(struct archive_writer *));
    for (size_t i = 1; i < layout->list.count && status == DELIB_OK; i++) {
        const char *path = layout->list.parts[i].items[0].path;
        if (i >= layout->listed)
            status = moving_drop_unfinished(path, error);
        if (status == DELIB_OK)
            status = archive_writer_open(&first->others[first->other_count], path, error);
        first->other_count += status == DELIB_OK;
    }
    if (status == DELIB_OK)
        first->whole = join_readers(first);
    *out = first;
    return status;
}

static struct slice new_family(struct arena *arena)
{
    unsigned char bytes[FAMILY_BYTES] = {0};
    char *hex = arena_alloc(arena, 2 * FAMILY_BYTES + 1);
    if (getrandom(bytes, sizeof bytes, 0) != (ssize_t)sizeof bytes)
        return slice_of("0");
    for (size_t i = 0; i < sizeof bytes; i++) {
        static const char digits[] = "0123456789abcdef";
        hex[2 * i] = digits[bytes[i] >> 4];
        hex[2 * i + 1] = digits[bytes[i] & 15];
    }
    return slice_of(hex);
}

static struct archive_writer *part_of(struct archive_writer *first, size_t index)
{
    return index == 0 ? first : first->others[index - 1];
}

/* Parts carry one mark; a new one gets that of the others. One that was filled by itself has none. */
static enum delib_status mark_parts(struct archive_writer *first, struct arena *arena, struct delib_error *error)
{
    struct slice family = {0};
    enum delib_status status = archive_family(&family, arena, first->reader, error);
    if (status == DELIB_OK && family.len == 0)
        family = new_family(arena);
    for (size_t i = 0; i <= first->other_count && status == DELIB_OK; i++) {
        struct archive_writer *writer = part_of(first, i);
        struct slice own = {0};
        uint32_t revision = 0;
        status = archive_family(&own, arena, writer->reader, error);
        if (status == DELIB_OK)
            status = archive_revision(&revision, writer->reader, error);
        if (status == DELIB_OK && own.len == 0 && revision == 0)
            status = writer_set_family(writer, family, error);
        else if (status == DELIB_OK && !slice_equal(own, family))
            status = delib_fail(error, DELIB_INVALID,
                                _("%s: was filled by itself; fill each of these archives by itself"), writer->path);
    }
    return status;
}

/* The file of a part that was committed when a run was cut off; unknown to the first part, it would stay for ever. */
struct orphans {
    struct arena *arena;
    struct xapian_reader *first;
    struct text_list files;
    enum delib_status status;
    struct delib_error *error;
};

static bool take_orphan(struct slice term, uint32_t frequency, void *payload)
{
    struct orphans *orphans = payload;
    struct slice file = slice_skip(term, strlen(TERM_FILE));
    bool known = false;
    (void)frequency;
    orphans->status = archive_knows_file(&known, orphans->arena, orphans->first, file, orphans->error);
    if (orphans->status == DELIB_OK && !known)
        text_list_add(orphans->arena, &orphans->files, file);
    return orphans->status == DELIB_OK;
}

static enum delib_status drop_orphans(struct archive_writer *first, struct archive_writer *writer, struct arena *arena,
                                      struct delib_error *error)
{
    struct orphans orphans = {.arena = arena, .first = first->reader, .error = error};
    enum delib_status status = xapian_reader_each_term(writer->reader, SLICE(TERM_FILE), take_orphan, &orphans, error);
    if (status == DELIB_OK)
        status = orphans.status;
    for (size_t i = 0; i < orphans.files.count && status == DELIB_OK; i++)
        status = writer_drop_file(writer, orphans.files.items[i], error);
    return status;
}

/* All parts go on from the highest revision. A part that is ahead of the first was committed in a run that was cut
 * off. */
static enum delib_status align(struct archive_writer *first, struct arena *arena, struct delib_error *error)
{
    enum delib_status status = DELIB_OK;
    uint32_t next = first->revision;
    for (size_t i = 1; i <= first->other_count && status == DELIB_OK; i++) {
        struct archive_writer *part = part_of(first, i);
        if (part->revision > first->revision)
            status = drop_orphans(first, part, arena, error);
        next = part->revision > next ? part->revision : next;
    }
    for (size_t i = 0; i <= first->other_count; i++)
        part_of(first, i)->revision = next;
    return status;
}

/* What goes to the new parts is there twice until it is taken out of the old ones, which do not become smaller then. */
static enum delib_status check_room(const struct layout *layout, struct delib_error *error)
{
    uint64_t all_bytes = 0;
    enum delib_status status = DELIB_OK;
    for (size_t i = 0; i < layout->listed && status == DELIB_OK; i++) {
        uint64_t size_bytes = 0;
        status = archive_folder_size(&size_bytes, layout->list.parts[i].items[0].path, error);
        all_bytes += size_bytes;
    }
    size_t new_parts = layout->list.count - layout->listed;
    return status == DELIB_OK ? archive_check_space(layout->list.parts[layout->listed].items[0].path,
                                                    all_bytes / layout->list.count * new_parts, error)
                              : status;
}

/* Up to where the list names them. */
static enum delib_status begin_new_parts(struct layout *layout, struct archive_writer *first, struct delib_error *error)
{
    layout->list.is_moving = layout->listed > 0;
    enum delib_status status = layout->list.is_moving ? moving_copy(first, layout->listed, error) : DELIB_OK;
    if (status == DELIB_OK)
        status = archive_commit(first, error);
    return status == DELIB_OK ? write_list(layout, layout->list.count, layout->list.is_moving, error) : status;
}

static enum delib_status end_moving(struct layout *layout, size_t count, struct archive_writer *first,
                                    struct delib_error *error)
{
    enum delib_status status = moving_take_out(first, error);
    if (status == DELIB_OK)
        status = write_list(layout, count, false, error);
    layout->list.is_moving = false;
    return status;
}

enum delib_status spread_open(struct archive_writer **out, const char *archive, size_t part_count,
                              struct delib_error *error)
{
    struct archive_writer *first = NULL;
    struct layout layout = {.arena = arena_new(), .archive = archive};
    enum delib_status status = lay_out(&layout, part_count, error);
    if (status == DELIB_OK && layout.listed > 0 && layout.listed < layout.list.count)
        status = check_room(&layout, error);
    if (status == DELIB_OK)
        status = open_writers(&first, &layout, error);
    if (status == DELIB_OK && layout.list.file)
        status = mark_parts(first, layout.arena, error);
    if (status == DELIB_OK)
        status = align(first, layout.arena, error);
    if (status == DELIB_OK && layout.list.is_moving) /* of a run that was cut off; before anything else moves */
        status = end_moving(&layout, layout.listed, first, error);
    if (status == DELIB_OK && layout.listed < layout.list.count)
        status = begin_new_parts(&layout, first, error);
    if (status == DELIB_OK && layout.list.is_moving)
        status = end_moving(&layout, layout.list.count, first, error);
    arena_free(layout.arena);
    if (status == DELIB_OK)
        *out = first;
    else
        archive_writer_free(first);
    return status;
}

bool archive_is_spread(const struct archive_writer *writer)
{
    return writer->other_count > 0;
}

/* --- where an act goes ---------------------------------------------------------------------------------------------
 */

static enum delib_status has_term(bool *out, struct archive_writer *writer, struct slice term, uint32_t most,
                                  struct delib_error *error)
{
    uint32_t frequency = 0;
    enum delib_status status = xapian_reader_term_frequency(&frequency, writer->reader, term, error);
    *out |= frequency > 0 && frequency <= most;
    return status;
}

/* Whether the part has what the act must meet: its id, or an act or row that shares a key. File names join acts with
 * rows only; acts of one file name are strangers. */
static enum delib_status has_company(bool *out, struct archive_writer *writer, const struct joinable *joinable,
                                     struct delib_error *error)
{
    bool is_row = act_is_row(joinable->act);
    *out = false;
    struct arena *arena = writer->arena;
    enum delib_status status = has_term(out, writer, term_of_id(arena, joinable->act->id), UINT32_MAX, error);
    for (enum join_key kind = 0; kind < JOIN_KEY_COUNT && status == DELIB_OK && !*out; kind++) {
        struct slice key = joinable->keys[kind];
        if (key.len == 0)
            continue;
        if (is_row || kind != JOIN_BY_FILE)
            status = has_term(out, writer, join_term(arena, false, kind, key), NAMESAKES_MAX, error);
        if (status == DELIB_OK && (!is_row || kind != JOIN_BY_FILE))
            status = has_term(out, writer, join_term(arena, true, kind, key), NAMESAKES_MAX, error);
    }
    return status;
}

enum delib_status spread_find_part(struct archive_writer **out, struct archive_writer *first, const struct new_act *act,
                                   bool alone, struct delib_error *error)
{
    struct joinable joinable;
    struct slice fingerprint = act_fingerprint(first->arena, act->act, act->text);
    for (size_t i = 0; i <= first->other_count; i++)
        if (writer_has_dropped(part_of(first, i), fingerprint)) {
            *out = part_of(first, i);
            return DELIB_OK;
        }
    joinable_of(&joinable, first->arena, act->act, alone);
    for (size_t i = 0; i <= first->other_count; i++) {
        bool found;
        *out = part_of(first, i);
        enum delib_status status = has_company(&found, *out, &joinable, error);
        if (status != DELIB_OK || found)
            return status;
    }
    *out = part_of(first, moving_part_of(first->arena, act->act->id, first->other_count + 1));
    return DELIB_OK;
}

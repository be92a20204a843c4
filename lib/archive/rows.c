#include "archive/rows.h"

#include <stdlib.h>
#include <string.h>

#include "archive/member.h"
#include "archive/stored_act.h"
#include "archive/terms.h"
#include "base/sha256.h"

/* Metadata of a row that completes an act: the row under its file and name, and its name under each of its keys. */
#define KEY_ROW "row:"
#define KEY_ROW_KEY "rowkey:"

enum {
    SHARED_MAX = 16,   /* acts and rows with one file name: what more of them share proves nothing */
    LOADED_MAX = 64,   /* with one key; they are still looked at, for when there were fewer */
    MEMBERS_MAX = 512, /* looked at together; more are tied only by keys that prove little */
    NAME_FIGURES = 16
};

struct circle { /* of acts and rows that share keys, all of them */
    struct archive_writer *writer;
    struct arena *arena;
    struct member *members;
    size_t count;
    struct slice *terms; /* "XJAs…": whose acts and rows are among the members */
    size_t term_count;
    struct slice *idle_names; /* keys by file name that too many share */
    size_t idle_count;
};

/* --- keys -------------------------------------------------------------------------------------------------------- */

void rows_add_seed(struct row_seeds *seeds, struct archive_writer *writer, const struct slice *keys, bool of_row)
{
    struct arena *arena = writer->file_arena;
    struct joinable seed = {0};
    for (enum join_key kind = 0; kind < JOIN_KEY_COUNT; kind++)
        seed.keys[kind] = arena_copy(arena, keys[kind]);
    seeds->items = arena_grow(arena, seeds->items, seeds->count, sizeof *seeds->items);
    seeds->of_row = arena_grow(arena, seeds->of_row, seeds->count, sizeof *seeds->of_row);
    seeds->items[seeds->count] = seed;
    seeds->of_row[seeds->count++] = of_row;
}

enum delib_status rows_add_seed_of(struct row_seeds *seeds, struct archive_writer *writer, xapian_docid docid,
                                   struct delib_error *error)
{
    enum delib_status status = DELIB_OK;
    for (int of_row = 0; of_row <= 1 && status == DELIB_OK; of_row++) {
        struct slice keys[JOIN_KEY_COUNT];
        status = member_keys(keys, writer, docid, of_row, error);
        if (status == DELIB_OK && keys[JOIN_BY_SIREN].len + keys[JOIN_BY_COUNCIL].len + keys[JOIN_BY_FILE].len > 0)
            rows_add_seed(seeds, writer, keys, of_row);
    }
    return status;
}

static bool take_any_term(struct slice term, uint32_t frequency, void *payload)
{
    (void)term;
    (void)frequency;
    *(bool *)payload = true;
    return false;
}

static bool take_any_metadata(struct slice key, struct slice value, void *payload)
{
    (void)key;
    (void)value;
    *(bool *)payload = true;
    return false;
}

enum delib_status rows_exist(bool *out, struct archive_writer *writer, struct delib_error *error)
{
    *out = false;
    enum delib_status status = xapian_reader_each_term(writer->reader, SLICE(TERM_JOIN_ROW), take_any_term, out, error);
    if (status == DELIB_OK && !*out)
        status = xapian_reader_each_metadata(writer->reader, SLICE(KEY_ROW), take_any_metadata, out, error);
    return status;
}

/* --- rows in the metadata ---------------------------------------------------------------------------------------- */

/* One row of one table, also where a bundle holds several tables. */
static struct slice row_name(struct arena *arena, const struct member *row)
{
    const struct act *act = row->as_read.act;
    const char *place =
        arena_printf(arena, "%.*s:%u", (int)act->source_path.len, act->source_path.bytes, (unsigned)act->source_line);
    struct slice figures = arena_copy(arena, slice_of(sha256_of(slice_of(place)).hex));
    return slice_of(arena_printf(arena, "%.*s:%.*s", (int)row->file.len, row->file.bytes, NAME_FIGURES, figures.bytes));
}

static struct slice row_key(struct arena *arena, enum join_key kind, struct slice key, struct slice name)
{
    return slice_of(arena_printf(arena, KEY_ROW_KEY "%c%.*s:%.*s", JOIN_KEY_LETTERS[kind], (int)key.len, key.bytes,
                                 (int)name.len, name.bytes));
}

/* Put the row there, or take it away when `stored` is empty. */
static enum delib_status set_row(struct archive_writer *writer, const struct member *row, struct slice stored,
                                 struct delib_error *error)
{
    struct arena *arena = writer->arena;
    struct slice name = row_name(arena, row);
    struct slice key = slice_of(arena_printf(arena, KEY_ROW "%.*s", (int)name.len, name.bytes));
    struct slice mark = stored.len > 0 ? SLICE("1") : (struct slice){0};
    enum delib_status status = xapian_writer_set_metadata(writer->database, key, stored, error);
    for (enum join_key kind = 0; kind < JOIN_KEY_COUNT && status == DELIB_OK; kind++)
        if (row->as_read.keys[kind].len > 0)
            status = xapian_writer_set_metadata(writer->database, row_key(arena, kind, row->as_read.keys[kind], name),
                                                mark, error);
    return status;
}

struct metadata_list {
    struct arena *arena;
    struct slice *keys;
    size_t count;
    size_t max;
};

static bool take_metadata_key(struct slice key, struct slice value, void *payload)
{
    struct metadata_list *list = payload;
    (void)value;
    if (list->count == list->max)
        return false;
    list->keys = arena_grow(list->arena, list->keys, list->count, sizeof *list->keys);
    list->keys[list->count++] = arena_copy(list->arena, key);
    return true;
}

/* The row of this name, "FILE:FIGURES". */
static enum delib_status read_row(struct member *out, struct archive_writer *writer, struct slice name,
                                  struct delib_error *error)
{
    char *data = NULL;
    size_t len = 0;
    struct stored_act stored;
    struct slice key = slice_of(arena_printf(writer->arena, KEY_ROW "%.*s", (int)name.len, name.bytes));
    enum delib_status status = xapian_reader_metadata(&data, &len, writer->reader, key, error);
    if (status != DELIB_OK)
        return status;
    struct slice kept = arena_copy(writer->arena, (struct slice){data, len});
    free(data);
    status = stored_act_read(&stored, writer->arena, kept, error);
    if (status != DELIB_OK)
        return status;
    *out = (struct member){.is_row = true, .text = stored.text};
    out->file = slice_range(name, 0, slice_find_byte(name, ':', 0));
    joinable_of(&out->as_read, writer->arena, stored.act, false);
    return DELIB_OK;
}

/* The keys of the rows of one file. */
static enum delib_status list_rows(struct metadata_list *out, struct arena *arena, struct xapian_reader *reader,
                                   struct slice file, struct delib_error *error)
{
    struct slice prefix = slice_of(arena_printf(arena, KEY_ROW "%.*s:", (int)file.len, file.bytes));
    *out = (struct metadata_list){.arena = arena, .max = SIZE_MAX};
    return xapian_reader_each_metadata(reader, prefix, take_metadata_key, out, error);
}

enum delib_status rows_of_file(size_t *out, struct arena *arena, struct xapian_reader *reader, struct slice file,
                               struct delib_error *error)
{
    enum delib_status status = DELIB_OK;
    *out = 0;
    for (size_t i = 0; i < xapian_reader_part_count(reader) && status == DELIB_OK; i++) {
        struct metadata_list list = {0};
        status = list_rows(&list, arena, xapian_reader_part(reader, i), file, error);
        *out += list.count;
    }
    return status;
}

enum delib_status rows_forget(struct row_seeds *seeds, struct archive_writer *writer, struct slice file,
                              struct delib_error *error)
{
    struct metadata_list list;
    enum delib_status status = list_rows(&list, writer->arena, writer->reader, file, error);
    for (size_t i = 0; i < list.count && status == DELIB_OK; i++) {
        struct member row;
        status = read_row(&row, writer, slice_skip(list.keys[i], strlen(KEY_ROW)), error);
        if (status == DELIB_OK)
            status = set_row(writer, &row, (struct slice){0}, error);
        if (status == DELIB_OK)
            rows_add_seed(seeds, writer, row.as_read.keys, true);
    }
    return status;
}

/* --- who shares a key -------------------------------------------------------------------------------------------- */

static bool same_member(const struct member *a, const struct member *b)
{
    return a->docid == b->docid &&
           (a->docid != 0 ||
            (slice_equal(a->file, b->file) && a->as_read.act->source_line == b->as_read.act->source_line &&
             slice_equal(a->as_read.act->source_path, b->as_read.act->source_path)));
}

static void add_member(struct circle *circle, const struct member *member)
{
    for (size_t i = 0; i < circle->count; i++)
        if (same_member(&circle->members[i], member))
            return;
    if (circle->count == MEMBERS_MAX)
        return;
    circle->members = arena_grow(circle->arena, circle->members, circle->count, sizeof *circle->members);
    circle->members[circle->count++] = *member;
}

/* All acts and rows with the key; none when far too many have it. */
static enum delib_status add_key(struct circle *circle, enum join_key kind, struct slice key, struct delib_error *error)
{
    struct archive_writer *writer = circle->writer;
    struct arena *arena = circle->arena;
    struct docids acts = {0};
    struct docids rows = {0};
    struct metadata_list hidden = {.arena = arena, .max = LOADED_MAX + 1};
    struct slice prefix = row_key(arena, kind, key, SLICE(""));
    enum delib_status status = writer_docids(&acts, writer, join_term(arena, false, kind, key), LOADED_MAX + 1, error);
    if (status == DELIB_OK)
        status = writer_docids(&rows, writer, join_term(arena, true, kind, key), LOADED_MAX + 1, error);
    if (status == DELIB_OK)
        status = xapian_reader_each_metadata(writer->reader, prefix, take_metadata_key, &hidden, error);
    size_t count = acts.count + rows.count + hidden.count;
    if (status != DELIB_OK || count > LOADED_MAX)
        return status;
    if (kind == JOIN_BY_FILE && count > SHARED_MAX) {
        circle->idle_names = arena_grow(arena, circle->idle_names, circle->idle_count, sizeof *circle->idle_names);
        circle->idle_names[circle->idle_count++] = key;
    }
    struct member member;
    for (size_t i = 0; i < acts.count && status == DELIB_OK; i++)
        if ((status = member_read(&member, writer, acts.items[i], false, error)) == DELIB_OK)
            add_member(circle, &member);
    for (size_t i = 0; i < rows.count && status == DELIB_OK; i++)
        if ((status = member_read(&member, writer, rows.items[i], true, error)) == DELIB_OK)
            add_member(circle, &member);
    for (size_t i = 0; i < hidden.count && status == DELIB_OK; i++)
        if ((status = read_row(&member, writer, slice_skip(hidden.keys[i], prefix.len), error)) == DELIB_OK)
            add_member(circle, &member);
    return status;
}

static enum delib_status add_keys(struct circle *circle, const struct slice *keys, struct delib_error *error)
{
    enum delib_status status = DELIB_OK;
    for (enum join_key kind = 0; kind < JOIN_KEY_COUNT && status == DELIB_OK; kind++) {
        bool is_known = keys[kind].len == 0;
        struct slice term = join_term(circle->arena, false, kind, keys[kind]);
        for (size_t i = 0; i < circle->term_count && !is_known; i++)
            is_known = slice_equal(circle->terms[i], term);
        if (is_known)
            continue;
        circle->terms = arena_grow(circle->arena, circle->terms, circle->term_count, sizeof *circle->terms);
        circle->terms[circle->term_count++] = term;
        status = add_key(circle, kind, keys[kind], error);
    }
    return status;
}

static void drop_idle_names(struct circle *circle)
{
    for (size_t i = 0; i < circle->count; i++)
        for (size_t j = 0; j < circle->idle_count; j++)
            if (slice_equal(circle->members[i].as_read.keys[JOIN_BY_FILE], circle->idle_names[j]))
                circle->members[i].as_read.keys[JOIN_BY_FILE] = (struct slice){0};
}

/* Acts first; rows in the order of their tables and lines, so that what they say does not hang on who came first. */
static int by_place(const void *a, const void *b)
{
    const struct member *one = a, *other = b;
    const struct act *first = one->as_read.act, *second = other->as_read.act;
    if (one->is_row != other->is_row)
        return one->is_row - other->is_row;
    int order = slice_compare(first->source_path, second->source_path);
    if (order != 0)
        return order;
    if (first->source_line != second->source_line)
        return first->source_line < second->source_line ? -1 : 1;
    return (one->docid > other->docid) - (one->docid < other->docid);
}

/* Everybody who shares a key with the seed, with one who does, and so on. */
static enum delib_status gather(struct circle *circle, const struct joinable *seed, struct delib_error *error)
{
    enum delib_status status = add_keys(circle, seed->keys, error);
    for (size_t i = 0; i < circle->count && status == DELIB_OK; i++) {
        struct slice keys[JOIN_KEY_COUNT];
        memcpy(keys, circle->members[i].as_read.keys, sizeof keys); /* the members may move */
        status = add_keys(circle, keys, error);
    }
    return status;
}

/* --- what they should show --------------------------------------------------------------------------------------- */

/* The act as its rows complete it, unless it stands there so already. */
static enum delib_status show_act(struct archive_writer *writer, const struct member *member,
                                  const struct act *completed, struct delib_error *error)
{
    char *shown = NULL;
    size_t len = 0;
    struct act_place place = member_place(member, completed == member->as_read.act ? NULL : member->as_read.act);
    enum delib_status status =
        xapian_reader_document_value(&shown, &len, writer->reader, member->docid, SLOT_FINGERPRINT, error);
    if (status != DELIB_OK)
        return status;
    bool same = slice_equal((struct slice){shown, len}, act_fingerprint(writer->arena, completed, member->text));
    free(shown);
    if (same)
        return DELIB_OK;
    status = writer_date(&place, writer, completed, member->text, error);
    return status == DELIB_OK ? writer_store(writer, member->docid, completed, member->text, &place, error) : status;
}

static enum delib_status hide_row(struct archive_writer *writer, const struct member *row, struct delib_error *error)
{
    struct buffer plain = {0};
    struct buffer stored = {0};
    struct act_packer *packer = act_packer_new();
    stored_act_write(&plain, row->as_read.act, NULL, row->text);
    act_packer_pack(&stored, packer, buffer_get(&plain));
    enum delib_status status = set_row(writer, row, buffer_get(&stored), error);
    act_packer_free(packer);
    buffer_free(&plain);
    buffer_free(&stored);
    if (status == DELIB_OK)
        status = writer_drop(writer, row->docid, error);
    return status == DELIB_OK ? xapian_writer_delete(writer->database, row->docid, error) : status;
}

static enum delib_status show_row(struct archive_writer *writer, const struct member *row, struct delib_error *error)
{
    struct act_place place = member_place(row, NULL);
    enum delib_status status = set_row(writer, row, (struct slice){0}, error);
    if (status == DELIB_OK)
        status = writer_date(&place, writer, row->as_read.act, row->text, error);
    return status == DELIB_OK ? writer_store(writer, 0, row->as_read.act, row->text, &place, error) : status;
}

static enum delib_status show(struct circle *circle, struct delib_error *error)
{
    struct archive_writer *writer = circle->writer;
    enum delib_status status = DELIB_OK;
    size_t acts = 0;
    while (acts < circle->count && !circle->members[acts].is_row)
        acts++;
    size_t row_count = circle->count - acts;
    struct joinable *rows = arena_alloc(circle->arena, (row_count + 1) * sizeof *rows);
    bool *taken = arena_alloc(circle->arena, row_count + 1);
    memset(taken, 0, row_count + 1);
    for (size_t i = 0; i < row_count; i++)
        rows[i] = circle->members[acts + i].as_read;
    for (size_t i = 0; i < acts && status == DELIB_OK; i++) {
        const struct member *member = &circle->members[i];
        status = show_act(writer, member,
                          join_complete(circle->arena, &member->as_read, member->text, rows, row_count, taken), error);
    }
    for (size_t i = 0; i < row_count && status == DELIB_OK; i++) {
        const struct member *row = &circle->members[acts + i];
        if (taken[i] && row->docid != 0)
            status = hide_row(writer, row, error);
        else if (!taken[i] && row->docid == 0)
            status = show_row(writer, row, error);
    }
    return status;
}

/* Whether the archive has acts for a row's key, rows for an act's. */
static enum delib_status has_partner(bool *out, struct archive_writer *writer, const struct joinable *seed, bool of_row,
                                     struct delib_error *error)
{
    enum delib_status status = DELIB_OK;
    *out = false;
    for (enum join_key kind = 0; kind < JOIN_KEY_COUNT && status == DELIB_OK && !*out; kind++) {
        uint32_t frequency = 0;
        if (seed->keys[kind].len == 0)
            continue;
        struct slice term = join_term(writer->arena, !of_row, kind, seed->keys[kind]);
        struct slice prefix = row_key(writer->arena, kind, seed->keys[kind], SLICE(""));
        status = xapian_reader_term_frequency(&frequency, writer->reader, term, error);
        *out = frequency > 0;
        if (status == DELIB_OK && !*out) /* rows that an act has taken: it may be gone now */
            status = xapian_reader_each_metadata(writer->reader, prefix, take_any_metadata, out, error);
    }
    return status;
}

enum delib_status rows_settle(struct archive_writer *writer, const struct row_seeds *seeds, struct delib_error *error)
{
    enum delib_status status = DELIB_OK;
    for (size_t i = 0; i < seeds->count && status == DELIB_OK; i++) {
        bool needed;
        arena_reset(writer->arena);
        struct circle circle = {.writer = writer, .arena = writer->arena};
        status = has_partner(&needed, writer, &seeds->items[i], seeds->of_row[i], error);
        if (status == DELIB_OK && needed)
            status = gather(&circle, &seeds->items[i], error);
        if (status != DELIB_OK || circle.count == 0)
            continue;
        drop_idle_names(&circle);
        qsort(circle.members, circle.count, sizeof *circle.members, by_place);
        status = show(&circle, error);
    }
    return status;
}

/* --- going to another archive ------------------------------------------------------------------------------------ */

enum delib_status rows_company(struct row_company **out, size_t *count, struct archive_writer *writer,
                               xapian_docid docid, struct delib_error *error)
{
    struct circle circle = {.writer = writer, .arena = writer->arena};
    enum delib_status status = DELIB_OK;
    for (int of_row = 0; of_row <= 1 && status == DELIB_OK; of_row++) {
        struct joinable seed = {0};
        status = member_keys(seed.keys, writer, docid, of_row, error);
        if (status == DELIB_OK)
            status = gather(&circle, &seed, error);
    }
    *out = arena_alloc(writer->arena, (circle.count + 1) * sizeof **out);
    *count = circle.count;
    for (size_t i = 0; i < circle.count; i++) {
        const struct member *member = &circle.members[i];
        (*out)[i] = (struct row_company){.docid = member->docid, .id = member->as_read.act->id};
        if (member->docid == 0)
            (*out)[i].name = row_name(writer->arena, member);
    }
    return status;
}

enum delib_status rows_copy(struct archive_writer *to, struct archive_writer *from, struct slice name,
                            struct delib_error *error)
{
    struct member row;
    char *stored = NULL;
    size_t len = 0;
    struct slice key = slice_of(arena_printf(from->arena, KEY_ROW "%.*s", (int)name.len, name.bytes));
    enum delib_status status = read_row(&row, from, name, error);
    if (status == DELIB_OK)
        status = xapian_reader_metadata(&stored, &len, from->reader, key, error);
    if (status == DELIB_OK)
        status = set_row(to, &row, (struct slice){stored, len}, error);
    free(stored);
    return status;
}

enum delib_status rows_remove(struct archive_writer *writer, struct slice name, struct delib_error *error)
{
    struct member row;
    enum delib_status status = read_row(&row, writer, name, error);
    return status == DELIB_OK ? set_row(writer, &row, (struct slice){0}, error) : status;
}

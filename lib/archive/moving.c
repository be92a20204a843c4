#include "archive/moving.h"

#include <stdlib.h>
#include <string.h>

#include "archive/member.h"
#include "archive/replace.h"
#include "archive/rows.h"
#include "archive/stored_act.h"
#include "archive/terms.h"
#include "base/memory.h"

#define KEY_ARRIVING SLICE("delib:arriving") /* in a part that is being filled */
#define KEY_LEFT "left:"                     /* and the name of a row that is in another part, too */

enum {
    AT_ONCE = 5000, /* acts a commit: some 100 MB of Xapian's memory */
    GROUP_MAX = 512 /* acts and rows that go together, as in rows.c: more are tied by what proves little */
};

/* --- where acts go ------------------------------------------------------------------------------------------------ */

/* Jump consistent hash (Lamping, Veach). */
size_t moving_part_of(struct arena *arena, struct slice id, size_t count)
{
    struct slice name = slice_skip(term_of_id(arena, id), strlen(TERM_ID));
    uint64_t key = UINT64_C(14695981039346656037); /* FNV-1a */
    int64_t part = -1;
    int64_t jump = 0;
    for (size_t i = 0; i < name.len; i++)
        key = (key ^ (unsigned char)name.bytes[i]) * UINT64_C(1099511628211);
    while (jump < (int64_t)count) {
        part = jump;
        key = key * UINT64_C(2862933555777941757) + 1;
        jump = (int64_t)((double)(part + 1) * ((double)(INT64_C(1) << 31) / (double)((key >> 33) + 1)));
    }
    return (size_t)part;
}

/* --- what goes together ------------------------------------------------------------------------------------------- */

/* What is to go from one part. */
struct departures {
    struct archive_writer *from;
    struct archive_writer *first;
    size_t listed;
    struct arena *arena; /* of the names below */
    xapian_docid *docids;
    size_t count;
    struct slice *rows; /* names */
    size_t row_count;
    char *decided; /* by document number */
    size_t decided_len;
};

struct group {
    struct row_company *items;
    size_t count;
    struct slice first_id;
};

static struct archive_writer *part_at(struct archive_writer *first, size_t index)
{
    return index == 0 ? first : first->others[index - 1];
}

static void add_to_group(struct group *group, struct arena *arena, const struct row_company *company)
{
    for (size_t i = 0; i < group->count; i++)
        if (group->items[i].docid == company->docid && slice_equal(group->items[i].name, company->name))
            return;
    if (group->count == GROUP_MAX)
        return;
    group->items = arena_grow(arena, group->items, group->count, sizeof *group->items);
    group->items[group->count++] = *company;
    if (group->first_id.len == 0 || slice_compare(company->id, group->first_id) < 0)
        group->first_id = company->id;
}

/* The id as its term has it, which is a figure when it is very long. */
static enum delib_status id_of(struct slice *out, struct archive_writer *writer, xapian_docid docid,
                               struct delib_error *error)
{
    struct slice term;
    enum delib_status status = archive_first_term(&term, writer->arena, writer->reader, docid, SLICE(TERM_ID), error);
    *out = slice_skip(term, strlen(TERM_ID));
    return status;
}

/* Acts with the same id, and what shares a key with one of them. */
static enum delib_status add_company(struct group *group, struct archive_writer *writer, size_t index,
                                     struct delib_error *error)
{
    struct row_company *company = NULL;
    size_t count = 0;
    struct docids same = {0};
    const struct row_company item = group->items[index];
    enum delib_status status = writer_docids(&same, writer, term_of_id(writer->arena, item.id), GROUP_MAX, error);
    for (size_t i = 0; i < same.count && status == DELIB_OK; i++)
        add_to_group(group, writer->arena, &(struct row_company){.docid = same.items[i], .id = item.id});
    if (status == DELIB_OK && writer->has_rows && item.docid != 0)
        status = rows_company(&company, &count, writer, item.docid, error);
    for (size_t i = 0; i < count && status == DELIB_OK; i++)
        add_to_group(group, writer->arena, &company[i]);
    return status;
}

static void decide(struct departures *out, xapian_docid docid)
{
    if (docid >= out->decided_len) {
        size_t wanted = (size_t)docid * 2 + 1024;
        out->decided = memory_resize(out->decided, wanted, 1);
        memset(out->decided + out->decided_len, 0, wanted - out->decided_len);
        out->decided_len = wanted;
    }
    out->decided[docid] = 1;
}

static bool is_decided(const struct departures *out, xapian_docid docid)
{
    return docid < out->decided_len && out->decided[docid];
}

/* What lies in a pack of its file's acts, which stays, goes by itself. */
static enum delib_status unpack(struct buffer *out, struct archive_writer *from, xapian_docid docid,
                                struct delib_error *error)
{
    char *data = NULL;
    size_t len = 0;
    struct member member;
    enum delib_status status = xapian_reader_document_data(&data, &len, from->reader, docid, error);
    bool is_in_pack = status == DELIB_OK && stored_act_is_in_pack((struct slice){data, len});
    free(data);
    if (!is_in_pack)
        return status;
    status = member_read(&member, from, docid, false, error);
    if (status != DELIB_OK)
        return status;
    struct buffer plain = {0};
    struct act_packer *packer = act_packer_new();
    bool is_completed = member.shown != member.as_read.act;
    stored_act_write(&plain, member.shown, is_completed ? member.as_read.act : NULL, member.text);
    act_packer_pack(out, packer, buffer_get(&plain));
    act_packer_free(packer);
    buffer_free(&plain);
    return DELIB_OK;
}

static enum delib_status copy_act(struct archive_writer *to, struct archive_writer *from, xapian_docid docid,
                                  struct delib_error *error)
{
    struct buffer data = {0};
    enum delib_status status = unpack(&data, from, docid, error);
    if (status == DELIB_OK)
        status = xapian_writer_add_from(to->database, from->reader, docid, buffer_get(&data), error);
    buffer_free(&data);
    return status;
}

/* The group stays, or goes to one of the new parts. */
static enum delib_status send_group(struct departures *out, const struct group *group, struct delib_error *error)
{
    enum delib_status status = DELIB_OK;
    size_t target = moving_part_of(out->from->arena, group->first_id, out->first->other_count + 1);
    for (size_t i = 0; i < group->count && status == DELIB_OK; i++) {
        const struct row_company *item = &group->items[i];
        bool was_decided = item->docid != 0 && is_decided(out, item->docid);
        if (item->docid != 0)
            decide(out, item->docid);
        if (target < out->listed || was_decided)
            continue;
        struct archive_writer *to = part_at(out->first, target);
        status = item->docid != 0 ? copy_act(to, out->from, item->docid, error)
                                  : rows_copy(to, out->from, item->name, error);
        if (item->docid != 0) {
            out->docids = arena_grow(out->arena, out->docids, out->count, sizeof *out->docids);
            out->docids[out->count++] = item->docid;
        } else {
            out->rows = arena_grow(out->arena, out->rows, out->row_count, sizeof *out->rows);
            out->rows[out->row_count++] = arena_copy(out->arena, item->name);
        }
    }
    return status;
}

static enum delib_status send_with_company(struct departures *out, xapian_docid docid, struct delib_error *error)
{
    struct group group = {0};
    struct row_company self = {.docid = docid};
    arena_reset(out->from->arena);
    enum delib_status status = id_of(&self.id, out->from, docid, error);
    if (status == DELIB_OK)
        add_to_group(&group, out->from->arena, &self);
    for (size_t i = 0; i < group.count && status == DELIB_OK; i++)
        status = add_company(&group, out->from, i, error);
    return status == DELIB_OK ? send_group(out, &group, error) : status;
}

/* --- the steps ---------------------------------------------------------------------------------------------------- */

static bool take_docid(xapian_docid docid, void *payload)
{
    struct docids *list = payload;
    list->items = arena_grow(list->arena, list->items, list->count, sizeof *list->items);
    list->items[list->count++] = docid;
    return list->count < list->max;
}

/* So many at most of the documents with the term; all documents for none. */
static enum delib_status list_docids(struct docids *out, struct arena *arena, struct archive_writer *writer,
                                     struct slice term, size_t max, struct delib_error *error)
{
    *out = (struct docids){.arena = arena, .max = max};
    return xapian_reader_each_docid(writer->reader, term, take_docid, out, error);
}

static enum delib_status mark_all(struct archive_writer *first, struct archive_writer *part, const xapian_docid *docids,
                                  size_t count, bool marked, struct delib_error *error)
{
    enum delib_status status = writer_begin(part, error);
    for (size_t i = 0; i < count && status == DELIB_OK; i++) {
        status = xapian_writer_mark(part->database, docids[i], SLICE(TERM_LEFT), marked, error);
        if (status == DELIB_OK && (i + 1) % AT_ONCE == 0)
            status = archive_commit(first, error);
    }
    return status;
}

/* The names of the rows that are marked. */
struct left_rows {
    struct arena *arena;
    struct text_list names;
};

static bool take_left_row(struct slice key, struct slice value, void *payload)
{
    struct left_rows *left = payload;
    (void)value;
    text_list_add(left->arena, &left->names, arena_copy(left->arena, slice_skip(key, strlen(KEY_LEFT))));
    return true;
}

static enum delib_status mark_row(struct archive_writer *part, struct slice name, struct slice value,
                                  struct delib_error *error)
{
    struct slice key = slice_of(arena_printf(part->arena, KEY_LEFT "%.*s", (int)name.len, name.bytes));
    return xapian_writer_set_metadata(part->database, key, value, error);
}

static enum delib_status list_left_rows(struct left_rows *out, struct arena *arena, struct archive_writer *part,
                                        struct delib_error *error)
{
    *out = (struct left_rows){.arena = arena};
    return xapian_reader_each_metadata(part->reader, SLICE(KEY_LEFT), take_left_row, out, error);
}

/* Marks of a run that was cut off before they meant anything. */
static enum delib_status unmark(struct archive_writer *first, struct archive_writer *part, struct arena *arena,
                                struct delib_error *error)
{
    struct docids stale = {0};
    struct left_rows rows = {0};
    enum delib_status status = list_docids(&stale, arena, part, SLICE(TERM_LEFT), SIZE_MAX, error);
    if (status == DELIB_OK)
        status = mark_all(first, part, stale.items, stale.count, false, error);
    if (status == DELIB_OK)
        status = list_left_rows(&rows, arena, part, error);
    for (size_t i = 0; i < rows.names.count && status == DELIB_OK; i++)
        status = mark_row(part, rows.names.items[i], (struct slice){0}, error);
    return status;
}

static bool keep_form(struct slice form, void *payload)
{
    vocabulary_add(payload, form);
    return true;
}

/* What a new part needs besides acts: the words and the times of those that it gets them from. */
static enum delib_status prepare_part(struct archive_writer *to, struct archive_writer *first, size_t listed,
                                      struct delib_error *error)
{
    enum delib_status status = writer_begin(to, error);
    if (status == DELIB_OK)
        status = xapian_writer_set_metadata(to->database, KEY_ARRIVING, SLICE("1"), error);
    if (status == DELIB_OK)
        status = writer_take_times(to, first->reader, error);
    for (size_t i = 0; i < listed && status == DELIB_OK; i++) {
        const struct archive_writer *from = part_at(first, i);
        status = vocabulary_each(from->reader, (struct slice){0}, keep_form, to->vocabulary, error);
        to->has_rows |= from->has_rows;
        to->has_duplicates |= from->has_duplicates;
    }
    return status;
}

static enum delib_status mark_departures(const struct departures *gone, struct delib_error *error)
{
    enum delib_status status = mark_all(gone->first, gone->from, gone->docids, gone->count, true, error);
    arena_reset(gone->from->arena);
    for (size_t i = 0; i < gone->row_count && status == DELIB_OK; i++)
        status = mark_row(gone->from, gone->rows[i], SLICE("1"), error);
    return status == DELIB_OK ? archive_commit(gone->first, error) : status;
}

static enum delib_status copy_from(struct archive_writer *first, struct archive_writer *from, size_t listed,
                                   struct delib_error *error)
{
    struct docids all = {0};
    struct departures gone = {.from = from, .first = first, .listed = listed, .arena = arena_new()};
    size_t committed = 0;
    enum delib_status status = unmark(first, from, gone.arena, error);
    if (status == DELIB_OK)
        status = list_docids(&all, gone.arena, from, (struct slice){0}, SIZE_MAX, error);
    for (size_t i = 0; status == DELIB_OK && i < all.count; i++) {
        if (!is_decided(&gone, all.items[i]))
            status = send_with_company(&gone, all.items[i], error);
        if (status == DELIB_OK && gone.count - committed >= AT_ONCE) {
            status = archive_commit(first, error);
            committed = gone.count;
        }
    }
    if (status == DELIB_OK)
        status = archive_commit(first, error);
    if (status == DELIB_OK)
        status = mark_departures(&gone, error);
    free(gone.decided);
    arena_free(gone.arena);
    return status;
}

enum delib_status moving_copy(struct archive_writer *first, size_t listed, struct delib_error *error)
{
    enum delib_status status = DELIB_OK;
    for (size_t i = listed; i <= first->other_count && status == DELIB_OK; i++)
        status = prepare_part(part_at(first, i), first, listed, error);
    for (size_t i = 0; i < listed && status == DELIB_OK; i++)
        status = copy_from(first, part_at(first, i), listed, error);
    return status;
}

static enum delib_status take_out_of(struct archive_writer *first, struct archive_writer *part, struct arena *arena,
                                     struct delib_error *error)
{
    struct docids left = {.count = 1};
    struct left_rows rows = {0};
    enum delib_status status = writer_begin(part, error);
    while (status == DELIB_OK && left.count > 0) {
        arena_reset(arena);
        status = list_docids(&left, arena, part, SLICE(TERM_LEFT), AT_ONCE, error);
        for (size_t i = 0; i < left.count && status == DELIB_OK; i++)
            status = xapian_writer_delete(part->database, left.items[i], error);
        if (status == DELIB_OK && left.count > 0)
            status = archive_commit(first, error);
    }
    if (status == DELIB_OK)
        status = list_left_rows(&rows, arena, part, error);
    arena_reset(part->arena);
    for (size_t i = 0; i < rows.names.count && status == DELIB_OK; i++) {
        status = rows_remove(part, rows.names.items[i], error);
        if (status == DELIB_OK)
            status = mark_row(part, rows.names.items[i], (struct slice){0}, error);
    }
    return status;
}

enum delib_status moving_take_out(struct archive_writer *first, struct delib_error *error)
{
    struct arena *arena = arena_new();
    enum delib_status status = DELIB_OK;
    for (size_t i = 0; i <= first->other_count && status == DELIB_OK; i++) {
        struct archive_writer *part = part_at(first, i);
        status = take_out_of(first, part, arena, error);
        if (status == DELIB_OK)
            status = xapian_writer_set_metadata(part->database, KEY_ARRIVING, (struct slice){0}, error);
    }
    arena_free(arena);
    return status == DELIB_OK ? archive_commit(first, error) : status;
}

enum delib_status moving_drop_unfinished(const char *path, struct delib_error *error)
{
    struct delib_error why;
    struct xapian_reader *reader = NULL;
    char *arriving = NULL;
    size_t len = 0;
    bool is_unfinished = xapian_reader_open(&reader, path, &why) == DELIB_OK &&
                         xapian_reader_metadata(&arriving, &len, reader, KEY_ARRIVING, &why) == DELIB_OK && len > 0;
    free(arriving);
    xapian_reader_free(reader);
    return is_unfinished ? archive_remove(path, error) : DELIB_OK;
}

#include "archive/part.h"

#include <stdlib.h>

#include "archive/duplicates.h"
#include "archive/file_states.h"
#include "archive/folder.h"
#include "archive/index_act.h"
#include "archive/rows.h"
#include "archive/terms.h"
#include "archive/vocabulary.h"
#include "archive/writer.h"

enum delib_status part_writer_open(struct archive_writer **out, const char *path, const char *old,
                                   struct delib_error *error)
{
    struct archive_writer *writer = writer_new();
    enum delib_status status = xapian_writer_open(&writer->database, path, XAPIAN_CREATE_UNSYNCED, error);
    if (status == DELIB_OK)
        status = xapian_reader_of_writer(&writer->reader, writer->database, error);
    if (status == DELIB_OK)
        status = writer_set_version(writer, error);
    if (status != DELIB_OK) {
        archive_writer_free(writer);
        return status;
    }
    writer->is_of_part = true;
    writer->revision = 1;
    if (*old)
        writer_take_past(writer, old);
    *out = writer;
    return DELIB_OK;
}

enum delib_status part_writer_close(struct archive_writer *writer, struct delib_error *error)
{
    enum delib_status status = writer_store_forms(writer, error);
    if (status == DELIB_OK)
        status = xapian_writer_commit(writer->database, error);
    archive_writer_free(writer);
    return status;
}

/* Parts share the words' forms and groups of files; the version is the same in all of them. */
static void merge_metadata(struct buffer *out, struct slice key, const struct slice *values, size_t count,
                           void *payload)
{
    (void)payload;
    if (slice_starts(key, SLICE(VOCABULARY_KEY)))
        vocabulary_merge(out, values, count);
    else if (slice_starts(key, SLICE(FILE_STATES_KEY)))
        file_states_merge(out, values, count);
    else
        buffer_add_slice(out, values[0]);
}

enum delib_status parts_merge(const char *target, char *const *parts, size_t count, struct delib_error *error)
{
    return xapian_merge(target, parts, count, merge_metadata, NULL, error);
}

/* --- what needs a look at all acts ------------------------------------------------------------------------------- */

static bool take_shared_id(struct slice term, uint32_t frequency, void *payload)
{
    struct archive_writer *writer = payload;
    if (frequency > 1)
        writer_touch(writer, term);
    return true;
}

static bool take_row(xapian_docid docid, void *payload)
{
    struct docids *rows = payload;
    rows->items = arena_grow(rows->arena, rows->items, rows->count, sizeof *rows->items);
    rows->items[rows->count++] = docid;
    return true;
}

struct row_search {
    struct archive_writer *writer;
    struct docids rows;
    enum delib_status status;
    struct delib_error *error;
};

static bool take_rows_of_term(struct slice term, uint32_t frequency, void *payload)
{
    struct row_search *search = payload;
    (void)frequency;
    search->status = xapian_reader_each_docid(search->writer->reader, term, take_row, &search->rows, search->error);
    return search->status == DELIB_OK;
}

static int by_number(const void *a, const void *b)
{
    xapian_docid one = *(const xapian_docid *)a, other = *(const xapian_docid *)b;
    return (one > other) - (one < other);
}

/* The keys of all rows: of acts that no row speaks of there is nothing to settle. */
static enum delib_status add_seeds(struct archive_writer *writer, struct delib_error *error)
{
    struct row_search search = {.writer = writer, .rows.arena = writer->arena, .error = error};
    enum delib_status status =
        xapian_reader_each_term(writer->reader, SLICE(TERM_JOIN_ROW), take_rows_of_term, &search, error);
    if (status == DELIB_OK)
        status = search.status;
    if (search.rows.count > 0) /* one row has several keys */
        qsort(search.rows.items, search.rows.count, sizeof *search.rows.items, by_number);
    for (size_t i = 0; i < search.rows.count && status == DELIB_OK; i++)
        if (i == 0 || search.rows.items[i] != search.rows.items[i - 1])
            status = rows_add_seed_of(writer->seeds, writer, search.rows.items[i], error);
    return status;
}

enum delib_status parts_complete(struct archive_writer **out, const char *path, const char *old,
                                 struct delib_error *error)
{
    struct archive_writer *writer;
    enum delib_status status = folder_sync(path, error);
    if (status == DELIB_OK)
        status = archive_writer_open(&writer, path, error);
    if (status != DELIB_OK)
        return status;
    writer_forget_file(writer);
    if (*old)
        status = archive_writer_continue(writer, old, error);
    if (status == DELIB_OK && writer->has_rows)
        status = add_seeds(writer, error);
    if (status == DELIB_OK)
        status = rows_settle(writer, writer->seeds, error);
    if (status == DELIB_OK)
        status = xapian_reader_each_term(writer->reader, SLICE(TERM_ID), take_shared_id, writer, error);
    if (status == DELIB_OK)
        status = duplicates_settle(writer, error);
    if (status == DELIB_OK)
        *out = writer;
    else
        archive_writer_free(writer);
    return status;
}

#include "archive/archive.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "archive/act_pack.h"
#include "archive/duplicates.h"
#include "archive/file_state.h"
#include "archive/file_states.h"
#include "archive/folder.h"
#include "archive/index_act.h"
#include "archive/member.h"
#include "archive/rows.h"
#include "archive/spread.h"
#include "archive/terms.h"
#include "base/memory.h"
#include "base/words.h"

/* --- the manifest ------------------------------------------------------------------------------------------- */

/* A part (part.h) has no manifest. */
enum delib_status writer_begin(struct archive_writer *writer, struct delib_error *error)
{
    struct delib_error why;
    enum delib_status status = DELIB_OK;
    writer->is_ahead = true;
    if (writer->is_writing || writer->is_of_part)
        return DELIB_OK;
    /* One that is missing or damaged is made anew of what is there. */
    if (!writer->manifest && manifest_load(&writer->manifest, writer->path, &why) != DELIB_OK)
        writer->manifest = manifest_new();
    status = manifest_begin_writing(writer->path, error);
    writer->is_writing = status == DELIB_OK;
    return status;
}

static enum delib_status bring_manifest(struct archive_writer *writer, struct delib_error *error)
{
    enum delib_status status = manifest_update(writer->manifest, writer->path, error);
    writer->is_ahead = status != DELIB_OK;
    return status;
}

/* What a run that was cut off left undone, and what an archive of an earlier version lacks. */
static enum delib_status mend_manifest(struct archive_writer *writer, struct delib_error *error)
{
    if (!manifest_is_writing(writer->path) && manifest_exists(writer->path))
        return DELIB_OK;
    enum delib_status status = writer_begin(writer, error);
    return status == DELIB_OK ? bring_manifest(writer, error) : status;
}

/* When this fails, the archive is one that a run was cut off in. */
static void end_writing(struct archive_writer *writer)
{
    struct delib_error why;
    if (writer->is_writing && (!writer->is_ahead || bring_manifest(writer, &why) == DELIB_OK))
        manifest_end_writing(writer->path, &why);
}

enum delib_status writer_set_version(struct archive_writer *writer, struct delib_error *error)
{
    struct slice version = slice_of(arena_printf(writer->arena, "%03d", ARCHIVE_VERSION));
    return xapian_writer_set_metadata(writer->database, KEY_VERSION, version, error);
}

struct archive_writer *writer_new(void)
{
    struct archive_writer *writer = memory_alloc(sizeof *writer);
    writer->arena = arena_new();
    writer->file_arena = arena_new();
    writer->indexer = act_indexer_new();
    writer->vocabulary = vocabulary_new();
    writer_forget_file(writer);
    return writer;
}

/* Put the mark of an archive on a new database, so that what opens it next knows it, however this run ends. */
static enum delib_status begin_archive(struct archive_writer *writer, const char *path, struct delib_error *error)
{
    enum delib_status status = archive_check_empty(writer->reader, path, error);
    if (status == DELIB_OK)
        status = writer_begin(writer, error);
    if (status == DELIB_OK)
        status = writer_set_version(writer, error);
    if (status == DELIB_OK)
        status = xapian_writer_commit(writer->database, error);
    if (status == DELIB_OK)
        status = bring_manifest(writer, error);
    return status == DELIB_OK ? folder_sync_parent(path, error) : status;
}

enum delib_status archive_writer_open(struct archive_writer **out, const char *path, struct delib_error *error)
{
    struct archive_writer *writer = writer_new();
    bool is_new = false;
    writer->path = memory_dup(path, strlen(path));
    enum delib_status status = folder_make_parents(path, error);
    if (status == DELIB_OK)
        status = folder_check_ours(path, error);
    if (status == DELIB_OK)
        status = xapian_writer_open(&writer->database, path, XAPIAN_OPEN_OR_CREATE, error);
    if (status == DELIB_OK)
        status = xapian_reader_of_writer(&writer->reader, writer->database, error);
    if (status == DELIB_OK)
        status = archive_check_version(writer->reader, path, &is_new, error);
    if (status == DELIB_OK && is_new)
        status = begin_archive(writer, path, error);
    else if (status == DELIB_OK)
        status = mend_manifest(writer, error);
    if (status != DELIB_OK) {
        archive_writer_free(writer);
        return status;
    }
    status = archive_revision(&writer->revision, writer->reader, error);
    if (status == DELIB_OK)
        status = rows_exist(&writer->has_rows, writer, error);
    if (status == DELIB_OK)
        status = duplicates_exist(&writer->has_duplicates, writer, error);
    if (status != DELIB_OK) {
        archive_writer_free(writer);
        return status;
    }
    writer->revision++;
    *out = writer;
    return DELIB_OK;
}

void archive_writer_free(struct archive_writer *writer)
{
    if (!writer)
        return;
    xapian_reader_unjoin(writer->whole);
    for (size_t i = 0; i < writer->other_count; i++)
        archive_writer_free(writer->others[i]);
    free(writer->others);
    end_writing(writer); /* still under the lock */
    act_indexer_free(writer->indexer);
    xapian_reader_free(writer->past);
    vocabulary_free(writer->vocabulary);
    xapian_reader_free(writer->reader);
    xapian_writer_free(writer->database);
    manifest_free(writer->manifest);
    free(writer->path);
    arena_free(writer->arena);
    arena_free(writer->file_arena);
    free(writer);
}

void archive_writer_was_replaced(struct archive_writer *writer)
{
    writer->is_writing = writer->is_ahead = false;
}

static bool copy_time(struct slice key, struct slice value, void *payload)
{
    struct archive_writer *writer = payload;
    struct delib_error why;
    return xapian_writer_set_metadata(writer->database, key, value, &why) == DELIB_OK;
}

enum delib_status writer_take_times(struct archive_writer *writer, struct xapian_reader *other,
                                    struct delib_error *error)
{
    return xapian_reader_each_metadata(other, SLICE(KEY_WHEN), copy_time, writer, error);
}

/* What cannot be read of the old archive is not carried on: it may be damaged, or be made anew for its layout. */
void writer_take_past(struct archive_writer *writer, const char *old)
{
    struct delib_error why;
    uint32_t revision = 0;
    bool is_new = false;
    if (xapian_reader_open(&writer->past, old, &why) != DELIB_OK)
        return;
    if (archive_revision(&revision, writer->past, &why) == DELIB_OK)
        writer->revision = revision + 1;
    writer->is_readable_past = archive_check_version(writer->past, old, &is_new, &why) == DELIB_OK;
}

enum delib_status archive_writer_continue(struct archive_writer *writer, const char *old, struct delib_error *error)
{
    struct delib_error why;
    writer_take_past(writer, old);
    if (!writer->past)
        return DELIB_OK;
    enum delib_status status = writer_begin(writer, error);
    if (status == DELIB_OK)
        writer_take_times(writer, writer->past, &why);
    return status;
}

struct xapian_reader *archive_writer_reader(struct archive_writer *writer)
{
    return writer->whole ? writer->whole : writer->reader;
}

static struct slice file_term(struct arena *arena, struct slice file)
{
    return slice_of(arena_printf(arena, TERM_FILE "%.*s", (int)file.len, file.bytes));
}

/* Where an act that is there already, word for word, came to the archive: it keeps its revision, so that nothing is
 * told twice to those who ask for what is new. */
struct act_search {
    struct xapian_reader *reader;
    struct act_place *place;
    bool found;
    enum delib_status status;
    struct delib_error *error;
};

static bool take_revision(xapian_docid docid, void *payload)
{
    struct act_search *search = payload;
    char *value = NULL;
    size_t len = 0;
    search->status = xapian_reader_document_value(&value, &len, search->reader, docid, SLOT_FINGERPRINT, search->error);
    search->found = search->status == DELIB_OK && slice_equal((struct slice){value, len}, search->place->fingerprint);
    free(value);
    if (search->status != DELIB_OK || !search->found)
        return search->status == DELIB_OK;
    search->status = xapian_reader_document_value(&value, &len, search->reader, docid, SLOT_REVISION, search->error);
    if (search->status == DELIB_OK)
        search->place->revision = archive_revision_of((struct slice){value, len});
    free(value);
    return false;
}

static enum delib_status search_act(bool *found, struct act_place *place, struct xapian_reader *reader,
                                    struct slice id_term, struct delib_error *error)
{
    struct act_search search = {.reader = reader, .place = place, .status = DELIB_OK, .error = error};
    enum delib_status status = xapian_reader_each_docid(reader, id_term, take_revision, &search, error);
    *found = search.found;
    return status == DELIB_OK ? search.status : status;
}

static int by_fingerprint(const void *a, const void *b)
{
    return slice_compare(((const struct dropped_act *)a)->fingerprint, ((const struct dropped_act *)b)->fingerprint);
}

/* Among the acts taken out for this file. The first of them, those that it had, are sorted: they may be many. */
static bool was_dropped(struct act_place *place, const struct archive_writer *writer)
{
    const struct dropped_act wanted = {.fingerprint = place->fingerprint};
    const struct dropped_act *found =
        writer->sorted_count == 0
            ? NULL
            : bsearch(&wanted, writer->dropped, writer->sorted_count, sizeof wanted, by_fingerprint);
    for (size_t i = writer->sorted_count; i < writer->dropped_count && !found; i++)
        if (slice_equal(writer->dropped[i].fingerprint, place->fingerprint))
            found = &writer->dropped[i];
    if (found)
        place->revision = found->revision;
    return found != NULL;
}

enum delib_status writer_date(struct act_place *place, struct archive_writer *writer, const struct act *act,
                              struct slice text, struct delib_error *error)
{
    place->revision = writer->revision;
    place->fingerprint = act_fingerprint(writer->arena, act, text);
    if (was_dropped(place, writer))
        return DELIB_OK;
    bool found = false;
    struct slice id_term = term_of_id(writer->arena, act->id);
    enum delib_status status = DELIB_OK;
    if (!writer->is_of_part)
        status = search_act(&found, place, writer->reader, id_term, error);
    if (status == DELIB_OK && !found && writer->is_readable_past)
        status = search_act(&found, place, writer->past, id_term, error);
    return status;
}

void writer_touch(struct archive_writer *writer, struct slice id_term)
{
    writer->touched = arena_grow(writer->file_arena, writer->touched, writer->touched_count, sizeof *writer->touched);
    writer->touched[writer->touched_count++] = arena_copy(writer->file_arena, id_term);
}

static bool take_id_term(struct slice term, uint32_t frequency, void *payload)
{
    (void)frequency;
    writer_touch(payload, term);
    return false;
}

enum delib_status writer_drop(struct archive_writer *writer, xapian_docid docid, struct delib_error *error)
{
    char *fingerprint = NULL;
    char *revision = NULL;
    size_t len = 0;
    size_t revision_len = 0;
    enum delib_status status =
        xapian_reader_document_value(&fingerprint, &len, writer->reader, docid, SLOT_FINGERPRINT, error);
    if (status == DELIB_OK)
        status = xapian_reader_document_value(&revision, &revision_len, writer->reader, docid, SLOT_REVISION, error);
    if (status == DELIB_OK) {
        writer->dropped =
            arena_grow(writer->file_arena, writer->dropped, writer->dropped_count, sizeof *writer->dropped);
        writer->dropped[writer->dropped_count++] =
            (struct dropped_act){arena_copy(writer->file_arena, (struct slice){fingerprint, len}),
                                 archive_revision_of((struct slice){revision, revision_len})};
    }
    free(fingerprint);
    free(revision);
    return status == DELIB_OK
               ? xapian_reader_each_document_term(writer->reader, docid, SLICE(TERM_ID), take_id_term, writer, error)
               : status;
}

enum delib_status writer_store(struct archive_writer *writer, xapian_docid docid, const struct act *act,
                               struct slice text, const struct act_place *place, struct delib_error *error)
{
    struct xapian_document *document;
    enum delib_status status = act_indexer_document(&document, writer->indexer, act, text, place, error);
    if (status == DELIB_OK)
        status = docid != 0 ? xapian_writer_replace(writer->database, docid, document, error)
                            : xapian_writer_add(writer->database, document, error);
    writer->pending_bytes += text.len;
    writer_touch(writer, term_of_id(writer->arena, act->id));
    return status;
}

/* --- one file ------------------------------------------------------------------------------------------------- */

void writer_forget_file(struct archive_writer *writer)
{
    arena_reset(writer->arena);
    arena_reset(writer->file_arena);
    writer->dropped = NULL;
    writer->dropped_count = writer->sorted_count = 0;
    writer->touched = NULL;
    writer->touched_count = 0;
    writer->seeds = arena_alloc(writer->file_arena, sizeof *writer->seeds);
}

static bool take_docid(xapian_docid docid, void *payload)
{
    struct docids *docids = payload;
    if (docids->count == docids->max)
        return false;
    docids->items = arena_grow(docids->arena, docids->items, docids->count, sizeof *docids->items);
    docids->items[docids->count++] = docid;
    return true;
}

enum delib_status writer_docids(struct docids *out, struct archive_writer *writer, struct slice term, size_t max,
                                struct delib_error *error)
{
    *out = (struct docids){.arena = writer->arena, .max = max};
    return xapian_reader_each_docid(writer->reader, term, take_docid, out, error);
}

/* Take out all that came from the file. */
static enum delib_status take_out(struct archive_writer *writer, struct slice file, struct delib_error *error)
{
    struct docids docids;
    struct slice term = file_term(writer->arena, file);
    enum delib_status status = writer_docids(&docids, writer, term, SIZE_MAX, error);
    for (size_t i = 0; i < docids.count && status == DELIB_OK; i++) {
        status = writer_drop(writer, docids.items[i], error);
        if (status == DELIB_OK && writer->has_rows)
            status = rows_add_seed_of(writer->seeds, writer, docids.items[i], error);
    }
    if (status == DELIB_OK && writer->has_rows)
        status = rows_forget(writer->seeds, writer, file, error);
    if (writer->dropped_count > 0)
        qsort(writer->dropped, writer->dropped_count, sizeof *writer->dropped, by_fingerprint);
    writer->sorted_count = writer->dropped_count;
    if (status == DELIB_OK)
        status = act_packs_remove(writer->arena, writer->database, writer->reader, file, error);
    return status == DELIB_OK ? xapian_writer_delete_term(writer->database, term, error) : status;
}

bool writer_has_dropped(const struct archive_writer *writer, struct slice fingerprint)
{
    const struct dropped_act wanted = {.fingerprint = fingerprint};
    return writer->sorted_count > 0 &&
           bsearch(&wanted, writer->dropped, writer->sorted_count, sizeof wanted, by_fingerprint) != NULL;
}

static bool is_alone(const struct new_act *acts, size_t count, size_t which)
{
    for (size_t i = 0; i < count; i++)
        if (i != which && slice_equal(acts[i].act->source_path, acts[which].act->source_path))
            return false;
    return true;
}

static enum delib_status put_act(struct archive_writer *writer, const struct new_act *act, bool alone,
                                 struct slice file, struct slice ref, struct delib_error *error)
{
    struct joinable joinable;
    struct act_place place = {.file = file, .ref = ref};
    joinable_of(&joinable, writer->arena, act->act, alone);
    memcpy(place.keys, joinable.keys, sizeof place.keys);
    writer->has_rows |= act_is_row(act->act);
    enum delib_status status = writer_date(&place, writer, act->act, act->text, error);
    if (status == DELIB_OK)
        status = writer_store(writer, 0, act->act, act->text, &place, error);
    if (status == DELIB_OK && writer->has_rows)
        rows_add_seed(writer->seeds, writer, joinable.keys, act_is_row(act->act));
    return status;
}

static enum delib_status store_state(struct archive_writer *writer, const struct file_state *state,
                                     struct delib_error *error)
{
    struct buffer stored = {0};
    file_state_write(&stored, state);
    enum delib_status status = file_states_put(writer->database, writer->reader, file_key(writer->arena, state->path),
                                               buffer_get(&stored), error);
    buffer_free(&stored);
    return status;
}

static enum delib_status forget_state(struct archive_writer *writer, struct slice path, struct delib_error *error)
{
    return file_states_put(writer->database, writer->reader, file_key(writer->arena, path), (struct slice){0}, error);
}

/* A list names a document that is not there. */
static enum delib_status missing_is_damage(enum delib_status status, struct delib_error *error)
{
    if (status != DELIB_NOT_FOUND)
        return status;
    if (error)
        error->status = DELIB_CORRUPT;
    return DELIB_CORRUPT;
}

enum delib_status archive_begin_file(struct archive_writer *writer, struct slice path, struct delib_error *error)
{
    enum delib_status status = DELIB_OK;
    for (size_t i = 0; i < writer->other_count && status == DELIB_OK; i++)
        status = archive_begin_file(writer->others[i], path, error);
    writer_forget_file(writer);
    if (writer->is_of_part || status != DELIB_OK)
        return status;
    status = writer_begin(writer, error);
    return status == DELIB_OK ? take_out(writer, file_key(writer->arena, path), error) : status;
}

/* Where the data of each act is to be found. */
static enum delib_status pack_acts(struct slice **refs, struct archive_writer *writer, struct slice file, size_t first,
                                   const struct new_act *acts, size_t count, struct delib_error *error)
{
    *refs = arena_alloc(writer->arena, (count + 1) * sizeof **refs);
    return act_packs_put(*refs, writer->arena, act_indexer_packer(writer->indexer), writer->database, file, first, acts,
                         count, error);
}

/* Some of the acts of the file, of which the first is its `first`; `all` when there are no others. Those that are
 * spread over several archives are packed by themselves. */
static enum delib_status put_acts(struct archive_writer *writer, struct slice path, size_t first,
                                  const struct new_act *acts, size_t count, bool all, struct delib_error *error)
{
    enum delib_status status = DELIB_OK;
    struct slice file = file_key(writer->arena, path);
    struct slice *refs = NULL;
    if (writer->other_count == 0)
        status = pack_acts(&refs, writer, file, first, acts, count, error);
    for (size_t i = 0; i < count && status == DELIB_OK; i++) {
        struct archive_writer *part = writer;
        bool alone = all && is_alone(acts, count, i);
        if (writer->other_count > 0)
            status = spread_find_part(&part, writer, &acts[i], alone, error);
        if (status == DELIB_OK)
            status = put_act(part, &acts[i], alone, file, refs ? refs[i] : (struct slice){0}, error);
    }
    return status;
}

enum delib_status archive_put_part(struct archive_writer *writer, struct slice path, size_t first,
                                   const struct new_act *acts, size_t count, struct delib_error *error)
{
    arena_reset(writer->arena);
    return put_acts(writer, path, first, acts, count, false, error);
}

/* Bring all that the file has to do with to what it should be. */
static enum delib_status settle(struct archive_writer *writer, struct delib_error *error)
{
    enum delib_status status = DELIB_OK;
    for (size_t i = 0; i < writer->other_count && status == DELIB_OK; i++)
        status = settle(writer->others[i], error);
    if (writer->is_of_part || status != DELIB_OK)
        return status;
    status = rows_settle(writer, writer->seeds, error);
    return status == DELIB_OK ? duplicates_settle(writer, error) : status;
}

enum delib_status archive_end_file(struct archive_writer *writer, const struct file_state *state,
                                   struct delib_error *error)
{
    enum { STATE_BYTES = 500 }; /* what a file's state costs, so that many empty files end a batch too */
    enum delib_status status = settle(writer, error);
    writer->pending_bytes += STATE_BYTES;
    return status == DELIB_OK ? store_state(writer, state, error) : status;
}

enum delib_status archive_put_file(struct archive_writer *writer, const struct file_state *state,
                                   const struct new_act *acts, size_t count, struct delib_error *error)
{
    enum delib_status status = archive_begin_file(writer, state->path, error);
    if (status == DELIB_OK)
        status = put_acts(writer, state->path, 0, acts, count, true, error);
    if (status == DELIB_OK)
        status = archive_end_file(writer, state, error);
    return missing_is_damage(status, error);
}

enum delib_status archive_put_state(struct archive_writer *writer, const struct file_state *state,
                                    struct delib_error *error)
{
    arena_reset(writer->arena);
    enum delib_status status = writer_begin(writer, error);
    return status == DELIB_OK ? store_state(writer, state, error) : status;
}

enum delib_status archive_remove_file(struct archive_writer *writer, struct slice path, struct delib_error *error)
{
    enum delib_status status = archive_begin_file(writer, path, error);
    if (status == DELIB_OK)
        status = settle(writer, error);
    if (status != DELIB_OK)
        return missing_is_damage(status, error);
    writer->pending_bytes++;
    return forget_state(writer, path, error);
}

enum delib_status archive_file_can_move(bool *out, struct arena *arena, struct xapian_reader *reader, struct slice path,
                                        struct delib_error *error)
{
    size_t rows = 0;
    enum delib_status status = rows_of_file(&rows, arena, reader, file_key(arena, path), error);
    *out = rows == 0;
    return status;
}

static struct slice base_name(struct slice path)
{
    const char *slash = path.len > 0 ? memrchr(path.bytes, '/', path.len) : NULL;
    return slash ? slice_skip(path, (size_t)(slash + 1 - path.bytes)) : path;
}

/* What the path of an act has behind that of its file: the member of a bundle. */
static struct slice path_within(struct slice act_path, struct slice file_path)
{
    struct slice name = base_name(file_path);
    for (size_t at = 0; (at = slice_find_from(act_path, name, at)) != SLICE_NONE; at++) {
        struct slice rest = slice_skip(act_path, at + name.len);
        if ((at == 0 || act_path.bytes[at - 1] == '/') && (rest.len == 0 || rest.bytes[0] == '/'))
            return rest;
    }
    return (struct slice){0};
}

/* The acts of a file in a part as they were read, with the path that they are to have. */
struct moved_acts {
    struct new_act *items;
    size_t count;
};

static enum delib_status read_moved(struct moved_acts *out, struct archive_writer *writer, struct slice from,
                                    struct slice shown, struct delib_error *error)
{
    struct docids docids;
    struct slice term = file_term(writer->arena, file_key(writer->arena, from));
    enum delib_status status = writer_docids(&docids, writer, term, SIZE_MAX, error);
    *out = (struct moved_acts){.items = arena_alloc(writer->arena, (docids.count + 1) * sizeof *out->items)};
    for (; out->count < docids.count && status == DELIB_OK; out->count++) {
        struct member member;
        status = member_read(&member, writer, docids.items[out->count], false, error);
        if (status != DELIB_OK)
            break;
        struct act *act = arena_alloc(writer->arena, sizeof *act);
        *act = *member.as_read.act;
        struct slice within = path_within(act->source_path, from);
        act->source_path = slice_of(
            arena_printf(writer->arena, "%.*s%.*s", (int)shown.len, shown.bytes, (int)within.len, within.bytes));
        out->items[out->count] = (struct new_act){act, member.text};
    }
    return status;
}

/* Whether no other act is of the same file, in any part. */
static bool is_alone_in_parts(const struct moved_acts *moved, size_t parts, const struct new_act *act)
{
    for (size_t i = 0; i < parts; i++)
        for (size_t j = 0; j < moved[i].count; j++)
            if (&moved[i].items[j] != act && slice_equal(moved[i].items[j].act->source_path, act->act->source_path))
                return false;
    return true;
}

/* Acts stay in the part that they are in. */
static enum delib_status put_moved(struct archive_writer *writer, const struct moved_acts *moved, size_t parts,
                                   const struct moved_acts *of_part, struct slice from, struct slice to,
                                   struct delib_error *error)
{
    struct slice *refs = NULL;
    struct slice file = file_key(writer->arena, to);
    enum delib_status status = take_out(writer, file_key(writer->arena, from), error);
    if (status == DELIB_OK)
        status = pack_acts(&refs, writer, file, 0, of_part->items, of_part->count, error);
    for (size_t i = 0; i < of_part->count && status == DELIB_OK; i++)
        status = put_act(writer, &of_part->items[i], is_alone_in_parts(moved, parts, &of_part->items[i]), file, refs[i],
                         error);
    return status;
}

enum delib_status archive_move_file(struct archive_writer *writer, struct slice from, const struct file_state *to,
                                    struct slice shown, struct delib_error *error)
{
    enum delib_status status = DELIB_OK;
    size_t parts = writer->other_count + 1;
    struct moved_acts *moved = memory_alloc(parts * sizeof *moved);
    for (size_t i = 0; i < parts && status == DELIB_OK; i++) {
        struct archive_writer *part = i == 0 ? writer : writer->others[i - 1];
        writer_forget_file(part);
        status = writer_begin(part, error);
        if (status == DELIB_OK)
            status = read_moved(&moved[i], part, from, shown, error);
    }
    for (size_t i = 0; i < parts && status == DELIB_OK; i++)
        status = put_moved(i == 0 ? writer : writer->others[i - 1], moved, parts, &moved[i], from, to->path, error);
    free(moved);
    if (status == DELIB_OK)
        status = settle(writer, error);
    if (status == DELIB_OK)
        status = forget_state(writer, from, error);
    return status == DELIB_OK ? store_state(writer, to, error) : missing_is_damage(status, error);
}

enum delib_status writer_drop_file(struct archive_writer *writer, struct slice file, struct delib_error *error)
{
    writer_forget_file(writer);
    enum delib_status status = writer_begin(writer, error);
    if (status == DELIB_OK)
        status = take_out(writer, file, error);
    return status == DELIB_OK ? settle(writer, error) : status;
}

enum delib_status writer_set_family(struct archive_writer *writer, struct slice family, struct delib_error *error)
{
    enum delib_status status = writer_begin(writer, error);
    return status == DELIB_OK ? xapian_writer_set_metadata(writer->database, KEY_FAMILY, family, error) : status;
}

size_t archive_pending_bytes(const struct archive_writer *writer)
{
    size_t bytes = writer->pending_bytes;
    for (size_t i = 0; i < writer->other_count; i++)
        bytes += writer->others[i]->pending_bytes;
    return bytes;
}

static struct slice time_now(struct arena *arena)
{
    struct timespec now;
    struct tm utc = {0};
    char text[sizeof "AAAA-MM-JJTHH:MM:SSZ"] = "";
    clock_gettime(CLOCK_REALTIME, &now);
    gmtime_r(&now.tv_sec, &utc);
    strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &utc);
    return arena_copy(arena, slice_of(text));
}

static void keep_form(struct slice form, void *payload)
{
    vocabulary_add(payload, form);
}

enum delib_status writer_store_forms(struct archive_writer *writer, struct delib_error *error)
{
    act_indexer_each_new_form(writer->indexer, keep_form, writer->vocabulary);
    return vocabulary_store(writer->vocabulary, writer->database, writer->reader, error);
}

static enum delib_status commit_one(struct archive_writer *writer, struct delib_error *error)
{
    arena_reset(writer->arena);
    struct slice now = time_now(writer->arena);
    struct slice when = slice_of(arena_printf(writer->arena, KEY_WHEN "%010u", (unsigned)writer->revision));
    enum delib_status status = writer_begin(writer, error);
    if (status == DELIB_OK)
        status = writer_store_forms(writer, error);
    if (status == DELIB_OK)
        status = xapian_writer_set_metadata(writer->database, KEY_COMMITTED, now, error);
    if (status == DELIB_OK)
        status = xapian_writer_set_metadata(writer->database, when, now, error);
    if (status == DELIB_OK)
        status =
            xapian_writer_set_metadata(writer->database, KEY_REVISION,
                                       slice_of(arena_printf(writer->arena, "%u", (unsigned)writer->revision)), error);
    if (status == DELIB_OK)
        status = xapian_writer_commit(writer->database, error);
    if (status == DELIB_OK)
        status = bring_manifest(writer, error);
    if (status == DELIB_OK) {
        writer->pending_bytes = 0;
        writer->revision++;
    }
    return status;
}

/* Of an archive in parts the first comes last: it tells which files were read. */
enum delib_status archive_commit(struct archive_writer *writer, struct delib_error *error)
{
    enum delib_status status = DELIB_OK;
    for (size_t i = 0; i < writer->other_count && status == DELIB_OK; i++)
        status = commit_one(writer->others[i], error);
    return status == DELIB_OK ? commit_one(writer, error) : status;
}

#include "store.h"

#include <fts.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "archive/file_state.h"
#include "archive/part.h"
#include "archive/replace.h"
#include "base/memory.h"
#include "base/words.h"
#include "wire.h"

enum {
    BATCH_BYTES = 16 << 20, /* text put before a commit: bounds the memory and what a kill can cost */
    PART_BYTES = 4 << 20,   /* acts in a part: Xapian's tables of what is not written yet then fit the caches */
    MERGED_PARTS = 64,      /* at once, for the sake of the files that are open then: six each */
    NO_FILE = -1
};

/* Time is no measure for a disk; a writer that hangs is for the person who waits to stop. */
static const struct pool_limits limits = {
    .cpu_s = 24 * 60 * 60, .wall_ms = 24 * 60 * 60 * 1000, .reply_bytes = (size_t)64 << 20, .is_writer = true};

/* What is to be done, as it lies in a batch and as a process is asked. */
enum item { ITEM_FILE, ITEM_BEGIN, ITEM_PART, ITEM_END, ITEM_STATE };
enum request { REQUEST_WRITE, REQUEST_MERGE };

/* A file whose reader gave an answer that makes no sense; that shows only when its acts are put. */
struct bad_files {
    struct arena *arena;
    struct slice *paths;
    size_t count;
};

enum mode {
    MODE_IN_PLACE, /* the archive has something: it is changed by its writer */
    MODE_KEPT,     /* it is empty: what was put is kept in the batch for now */
    MODE_PARTS     /* parts are being written */
};

struct store {
    struct archive_writer *writer;
    const char *path;
    const char *old; /* the archive that this one is to replace; "" when there is none */
    size_t processes;
    enum mode mode;
    struct arena *arena;      /* of the run */
    struct arena *file_arena; /* of one call */
    struct buffer batch;      /* items not yet sent to a process */
    struct bad_files bad;
    size_t bad_put;  /* how many of them the archive knows to be bad */
    bool is_halfway; /* through a file that was begun */
    struct pool *pool;
    struct pool_job jobs[POOL_MAX_CHILDREN];
    bool is_at_work[POOL_MAX_CHILDREN];
    const char *folder; /* of the parts */
    char **parts;       /* in their order */
    size_t part_count;
    size_t part_number;  /* of the next */
    size_t halfway_part; /* the first of the file that was begun */
    size_t halfway_acts; /* of it that were put */
};

/* --- acts as they were read → a writer -------------------------------------------------------------------------- */

static void add_bad(struct bad_files *bad, struct slice path)
{
    for (size_t i = 0; i < bad->count; i++)
        if (slice_equal(bad->paths[i], path))
            return;
    bad->paths = arena_grow(bad->arena, bad->paths, bad->count, sizeof *bad->paths);
    bad->paths[bad->count++] = arena_copy(bad->arena, path);
}

/* The acts of `sent`; a file that is bad has none. */
static void take_acts(struct acts *out, struct arena *arena, struct bad_files *bad, struct slice path,
                      const struct sent_acts *sent)
{
    *out = (struct acts){0};
    if (intake_read_acts(out, arena, sent))
        return;
    add_bad(bad, path);
    *out = (struct acts){0};
}

static struct sent_acts take_sent(struct slice *items)
{
    struct sent_acts sent = {.count = wire_take_number(items)};
    sent.bytes = wire_take_text(items);
    return sent;
}

static enum delib_status apply_file(struct archive_writer *writer, struct arena *arena, struct bad_files *bad,
                                    const struct file_state *state, const struct sent_acts *sent,
                                    struct delib_error *error)
{
    struct acts acts;
    take_acts(&acts, arena, bad, state->path, sent);
    return archive_put_file(writer, state, acts.items, acts.count, error);
}

static enum delib_status apply_part(struct archive_writer *writer, struct arena *arena, struct bad_files *bad,
                                    struct slice path, size_t first, const struct sent_acts *sent,
                                    struct delib_error *error)
{
    struct acts acts;
    take_acts(&acts, arena, bad, path, sent);
    return archive_put_part(writer, path, first, acts.items, acts.count, error);
}

static enum delib_status apply_item(struct archive_writer *writer, struct arena *arena, struct bad_files *bad,
                                    struct slice *items, struct delib_error *error)
{
    enum item item = (enum item)wire_take_number(items);
    struct slice subject = wire_take_text(items);
    struct file_state state = {0};
    enum delib_status status = DELIB_OK;
    if (item != ITEM_BEGIN && item != ITEM_PART)
        status = file_state_read(&state, arena, subject, error);
    if (status != DELIB_OK)
        return status;
    size_t first = item == ITEM_PART ? wire_take_number(items) : 0;
    struct sent_acts sent = item == ITEM_FILE || item == ITEM_PART ? take_sent(items) : (struct sent_acts){0};
    switch (item) {
    case ITEM_FILE:
        return apply_file(writer, arena, bad, &state, &sent, error);
    case ITEM_BEGIN:
        return archive_begin_file(writer, subject, error);
    case ITEM_PART:
        return apply_part(writer, arena, bad, subject, first, &sent, error);
    case ITEM_END:
        return archive_end_file(writer, &state, error);
    case ITEM_STATE:
        return archive_put_state(writer, &state, error);
    }
    return delib_fail(error, DELIB_BUG, "an item of no kind");
}

static enum delib_status apply(struct archive_writer *writer, struct bad_files *bad, struct slice items,
                               struct delib_error *error)
{
    enum delib_status status = DELIB_OK;
    struct arena *arena = arena_new();
    while (items.len > 0 && status == DELIB_OK) {
        arena_reset(arena);
        status = apply_item(writer, arena, bad, &items, error);
    }
    arena_free(arena);
    return status;
}

static void add_item(struct buffer *batch, enum item item, struct slice subject)
{
    wire_add_number(batch, item);
    wire_add_text(batch, subject);
}

static void add_state_item(struct buffer *batch, enum item item, const struct file_state *state)
{
    struct buffer stored = {0};
    file_state_write(&stored, state);
    add_item(batch, item, buffer_get(&stored));
    buffer_free(&stored);
}

static void add_sent(struct buffer *batch, const struct sent_acts *sent)
{
    wire_add_number(batch, sent->count);
    wire_add_text(batch, sent->bytes);
}

/* --- in a process that writes ------------------------------------------------------------------------------------ */

static enum delib_status serve_write(struct bad_files *bad, struct slice request, struct delib_error *error)
{
    struct archive_writer *writer;
    const char *part = arena_string(bad->arena, wire_take_text(&request));
    const char *old = arena_string(bad->arena, wire_take_text(&request));
    enum delib_status status = part_writer_open(&writer, part, old, error);
    if (status != DELIB_OK)
        return status;
    status = apply(writer, bad, request, error);
    if (status == DELIB_OK)
        return part_writer_close(writer, error);
    archive_writer_free(writer);
    return status;
}

static enum delib_status serve_merge(struct arena *arena, struct slice request, struct delib_error *error)
{
    char *parts[MERGED_PARTS];
    size_t count = 0;
    const char *target = arena_string(arena, wire_take_text(&request));
    while (request.len > 0 && count < MERGED_PARTS)
        parts[count++] = arena_string(arena, wire_take_text(&request));
    return parts_merge(target, parts, count, error);
}

static void serve(struct buffer *reply, struct slice request, int file)
{
    struct delib_error error = {0};
    struct bad_files bad = {.arena = arena_new()};
    (void)file;
    enum request kind = (enum request)wire_take_number(&request);
    enum delib_status status =
        kind == REQUEST_WRITE ? serve_write(&bad, request, &error) : serve_merge(bad.arena, request, &error);
    wire_add_number(reply, status);
    wire_add_text(reply, slice_of(error.message));
    for (size_t i = 0; i < bad.count; i++)
        wire_add_text(reply, bad.paths[i]);
    arena_free(bad.arena);
}

/* --- asking them ------------------------------------------------------------------------------------------------- */

static enum delib_status end_job(struct store *store, struct pool_job *job, struct delib_error *error)
{
    struct slice reply = buffer_get(&job->reply);
    if (job->end != POOL_DONE)
        return delib_fail(error, DELIB_IO, _("%s: a process that wrote the archive has died (signal %d)"), store->path,
                          job->code);
    enum delib_status status = (enum delib_status)wire_take_number(&reply);
    struct slice message = wire_take_text(&reply);
    while (reply.len > 0)
        add_bad(&store->bad, wire_take_text(&reply));
    return status == DELIB_OK ? DELIB_OK : delib_fail(error, status, "%.*s", (int)message.len, message.bytes);
}

/* Take the answers of those that are done. */
static enum delib_status collect(struct store *store, struct delib_error *error)
{
    enum delib_status status = DELIB_OK;
    for (size_t i = 0; i < store->processes && status == DELIB_OK; i++) {
        if (!store->is_at_work[i] || store->jobs[i].end == POOL_WAITING)
            continue;
        store->is_at_work[i] = false;
        status = end_job(store, &store->jobs[i], error);
        buffer_free(&store->jobs[i].reply);
    }
    return status;
}

static bool any_at_work(const struct store *store)
{
    for (size_t i = 0; i < store->processes; i++)
        if (store->is_at_work[i])
            return true;
    return false;
}

static enum delib_status wait_for_all(struct store *store, struct delib_error *error)
{
    enum delib_status status = DELIB_OK;
    while (status == DELIB_OK && any_at_work(store)) {
        pool_wait(store->pool);
        status = collect(store, error);
    }
    return status;
}

/* Give a request to the first process that is free. */
static enum delib_status ask(struct store *store, struct slice request, struct delib_error *error)
{
    size_t place = 0;
    enum delib_status status = collect(store, error);
    while (status == DELIB_OK && !pool_has_room(store->pool)) {
        pool_wait(store->pool);
        status = collect(store, error);
    }
    if (status != DELIB_OK)
        return status;
    while (store->is_at_work[place])
        place++;
    store->is_at_work[place] = true;
    return pool_submit(store->pool, &store->jobs[place], request, NO_FILE, error);
}

/* --- the folder of the parts ------------------------------------------------------------------------------------- */

/* Nothing else may be in the folder of that name: somebody's own files stay. */
static bool is_ours(const char *name)
{
    return strncmp(name, "part-", 5) == 0 || strcmp(name, "archive") == 0;
}

/* Take the folder away with all that this program puts there; false when something is left. */
static bool remove_folder(const char *path)
{
    char *const paths[] = {memory_dup(path, strlen(path)), NULL};
    FTS *tree = fts_open(paths, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
    for (FTSENT *entry; tree && (entry = fts_read(tree)) != NULL;) {
        if (entry->fts_level == 1 && !is_ours(entry->fts_name))
            fts_set(tree, entry, FTS_SKIP);
        else if (entry->fts_info == FTS_DP)
            rmdir(entry->fts_path);
        else if (entry->fts_info != FTS_D)
            unlink(entry->fts_path);
    }
    if (tree)
        fts_close(tree);
    free(paths[0]);
    return access(path, F_OK) != 0;
}

static char *new_part(struct store *store)
{
    char *part = arena_printf(store->arena, "%s/part-%06zu", store->folder, ++store->part_number);
    store->parts = arena_grow(store->arena, store->parts, store->part_count, sizeof *store->parts);
    store->parts[store->part_count++] = part;
    return part;
}

/* False where there can be no folder beside the archive. */
static bool begin_parts(struct store *store)
{
    struct delib_error why;
    if (archive_check_exchange(store->path, &why) != DELIB_OK)
        return false;
    size_t len = strlen(store->path);
    while (len > 1 && store->path[len - 1] == '/')
        len--;
    store->folder = arena_printf(store->arena, "%.*s.filling", (int)len, store->path);
    if (!remove_folder(store->folder) || mkdir(store->folder, 0777) != 0)
        return false;
    store->pool = pool_new(store->processes, serve, &limits);
    return true;
}

/* --- batches ----------------------------------------------------------------------------------------------------- */

static enum delib_status apply_batch(struct store *store, struct delib_error *error)
{
    enum delib_status status = apply(store->writer, &store->bad, buffer_get(&store->batch), error);
    buffer_free(&store->batch);
    store->mode = MODE_IN_PLACE;
    return status;
}

/* Have the batch written as a part. */
static enum delib_status send_batch(struct store *store, struct delib_error *error)
{
    struct buffer request = {0};
    if (store->mode == MODE_KEPT && !begin_parts(store))
        return apply_batch(store, error);
    store->mode = MODE_PARTS;
    wire_add_number(&request, REQUEST_WRITE);
    wire_add_text(&request, slice_of(new_part(store)));
    wire_add_text(&request, slice_of(store->old));
    buffer_add_slice(&request, buffer_get(&store->batch));
    buffer_clear(&store->batch);
    enum delib_status status = ask(store, buffer_get(&request), error);
    buffer_free(&request);
    return status;
}

static enum delib_status send_when_full(struct store *store, struct delib_error *error)
{
    return store->batch.len >= PART_BYTES ? send_batch(store, error) : DELIB_OK;
}

/* --- the end ----------------------------------------------------------------------------------------------------- */

/* Have up to MERGED_PARTS parts, from `first`, merged into one. */
static enum delib_status ask_merge(struct store *store, const char *target, char **parts, size_t count,
                                   struct delib_error *error)
{
    struct buffer request = {0};
    wire_add_number(&request, REQUEST_MERGE);
    wire_add_text(&request, slice_of(target));
    for (size_t i = 0; i < count; i++)
        wire_add_text(&request, slice_of(parts[i]));
    enum delib_status status = ask(store, buffer_get(&request), error);
    buffer_free(&request);
    return status;
}

/* Merge the parts, by groups while they are many, and in the end all of them into `target`. */
static enum delib_status merge(struct store *store, const char *target, struct delib_error *error)
{
    enum delib_status status = wait_for_all(store, error);
    while (status == DELIB_OK && store->part_count > MERGED_PARTS) {
        char **parts = store->parts;
        size_t count = store->part_count;
        store->parts = NULL;
        store->part_count = 0;
        for (size_t i = 0; i < count && status == DELIB_OK; i += MERGED_PARTS) {
            size_t group = count - i < MERGED_PARTS ? count - i : MERGED_PARTS;
            status = ask_merge(store, new_part(store), parts + i, group, error);
        }
        if (status == DELIB_OK)
            status = wait_for_all(store, error);
        for (size_t i = 0; i < count; i++)
            remove_folder(parts[i]);
    }
    if (status == DELIB_OK)
        status = ask_merge(store, target, store->parts, store->part_count, error);
    return status == DELIB_OK ? wait_for_all(store, error) : status;
}

/* Say of the bad files that they are. */
static enum delib_status put_bad(struct store *store, struct archive_writer *writer, struct delib_error *error)
{
    enum delib_status status = DELIB_OK;
    for (; store->bad_put < store->bad.count && status == DELIB_OK; store->bad_put++) {
        struct file_state state = {.path = store->bad.paths[store->bad_put],
                                   .outcome = FILE_FAILED,
                                   .reason = SLICE("crashed"),
                                   .detail = slice_of(intake_bad_acts)};
        status = archive_put_file(writer, &state, NULL, 0, error);
    }
    return status;
}

static enum delib_status finish_parts(struct store *store, struct delib_error *error)
{
    struct archive_writer *writer = NULL;
    const char *made = arena_printf(store->arena, "%s/archive", store->folder);
    enum delib_status status = store->batch.len > 0 ? send_batch(store, error) : DELIB_OK;
    if (status == DELIB_OK && store->part_count == 0)
        return wait_for_all(store, error);
    if (status == DELIB_OK)
        status = merge(store, made, error);
    if (status == DELIB_OK)
        status = parts_complete(&writer, made, store->old, error);
    if (status == DELIB_OK)
        status = put_bad(store, writer, error);
    if (status == DELIB_OK)
        status = archive_commit(writer, error);
    archive_writer_free(writer);
    if (status == DELIB_OK)
        status = archive_replace(made, store->path, error);
    if (status == DELIB_OK)
        archive_writer_was_replaced(store->writer);
    return status;
}

static enum delib_status commit(struct store *store, struct delib_error *error)
{
    enum delib_status status = put_bad(store, store->writer, error);
    return status == DELIB_OK ? archive_commit(store->writer, error) : status;
}

static enum delib_status finish_in_place(struct store *store, struct delib_error *error)
{
    enum delib_status status = apply_batch(store, error);
    return status == DELIB_OK ? commit(store, error) : status;
}

/* --- what a run asks --------------------------------------------------------------------------------------------- */

struct store *store_new(struct archive_writer *writer, const char *path, const char *old, bool is_empty,
                        size_t processes)
{
    struct store *store = memory_alloc(sizeof *store);
    store->writer = writer;
    store->path = path;
    store->old = old ? old : "";
    store->processes = processes;
    store->mode = is_empty && processes > 1 ? MODE_KEPT : MODE_IN_PLACE;
    store->arena = arena_new();
    store->file_arena = arena_new();
    store->bad.arena = store->arena;
    return store;
}

void store_free(struct store *store)
{
    if (!store)
        return;
    pool_free(store->pool);
    for (size_t i = 0; i < store->processes; i++)
        buffer_free(&store->jobs[i].reply);
    if (store->folder)
        remove_folder(store->folder);
    buffer_free(&store->batch);
    arena_free(store->file_arena);
    arena_free(store->arena);
    free(store);
}

enum delib_status store_put_file(struct store *store, const struct file_state *state, const struct sent_acts *sent,
                                 struct delib_error *error)
{
    if (store->mode == MODE_IN_PLACE) {
        arena_reset(store->file_arena);
        return apply_file(store->writer, store->file_arena, &store->bad, state, sent, error);
    }
    add_state_item(&store->batch, ITEM_FILE, state);
    add_sent(&store->batch, sent);
    return send_when_full(store, error);
}

/* What was put before the file is committed, or a part of its own, so that the file can be dropped without it. */
enum delib_status store_begin_file(struct store *store, struct slice path, struct delib_error *error)
{
    enum delib_status status = DELIB_OK;
    if (store->mode == MODE_IN_PLACE && archive_pending_bytes(store->writer) > 0)
        status = commit(store, error);
    else if (store->batch.len > 0)
        status = send_batch(store, error);
    store->is_halfway = true;
    store->halfway_part = store->part_count;
    store->halfway_acts = 0;
    if (status != DELIB_OK)
        return status;
    if (store->mode == MODE_IN_PLACE)
        return archive_begin_file(store->writer, path, error);
    add_item(&store->batch, ITEM_BEGIN, path);
    return DELIB_OK;
}

enum delib_status store_put_part(struct store *store, struct slice path, const struct sent_acts *sent,
                                 struct delib_error *error)
{
    size_t first = store->halfway_acts;
    store->halfway_acts += sent->count;
    if (store->mode == MODE_IN_PLACE) {
        arena_reset(store->file_arena);
        return apply_part(store->writer, store->file_arena, &store->bad, path, first, sent, error);
    }
    add_item(&store->batch, ITEM_PART, path);
    wire_add_number(&store->batch, first);
    add_sent(&store->batch, sent);
    return send_when_full(store, error);
}

enum delib_status store_end_file(struct store *store, const struct file_state *state, struct delib_error *error)
{
    store->is_halfway = false;
    if (store->mode == MODE_IN_PLACE)
        return archive_end_file(store->writer, state, error);
    add_state_item(&store->batch, ITEM_END, state);
    return send_when_full(store, error);
}

enum delib_status store_put_state(struct store *store, const struct file_state *state, struct delib_error *error)
{
    if (store->mode == MODE_IN_PLACE)
        return archive_put_state(store->writer, state, error);
    add_state_item(&store->batch, ITEM_STATE, state);
    return send_when_full(store, error);
}

/* Nothing is gone from an empty archive. */
enum delib_status store_move_file(struct store *store, struct slice from, const struct file_state *to,
                                  struct slice shown, struct delib_error *error)
{
    return store->mode == MODE_IN_PLACE ? archive_move_file(store->writer, from, to, shown, error) : DELIB_OK;
}

/* An empty archive has none to remove. */
enum delib_status store_remove_file(struct store *store, struct slice path, struct delib_error *error)
{
    return store->mode == MODE_IN_PLACE ? archive_remove_file(store->writer, path, error) : DELIB_OK;
}

enum delib_status store_commit_when_much(struct store *store, struct delib_error *error)
{
    if (store->mode != MODE_IN_PLACE || store->is_halfway || archive_pending_bytes(store->writer) <= BATCH_BYTES)
        return DELIB_OK;
    return commit(store, error);
}

enum delib_status store_finish(struct store *store, struct delib_error *error)
{
    if (store->is_halfway) {
        buffer_clear(&store->batch);
        store->part_count = store->halfway_part;
    }
    if (store->mode == MODE_PARTS)
        return finish_parts(store, error);
    if (store->mode == MODE_IN_PLACE && store->is_halfway)
        return DELIB_OK;
    return finish_in_place(store, error);
}

size_t store_bad_count(const struct store *store)
{
    return store->bad.count;
}

struct slice store_bad_path(const struct store *store, size_t index)
{
    return store->bad.paths[index];
}

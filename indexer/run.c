#include "run.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "archive/archive.h"
#include "archive/parts.h"
#include "archive/spread.h"
#include "base/utf8.h"
#include "base/words.h"
#include "gone.h"
#include "intake.h"
#include "known.h"
#include "log.h"
#include "metrics.h"
#include "moves.h"
#include "ocr_cache.h"
#include "pieces.h"
#include "progress.h"
#include "readers/ndjson.h"
#include "room.h"
#include "scan.h"
#include "store.h"
#include "waiting.h"

/* A file changed this lately may change again within the same tick of its clock. */
#define SETTLED_NS INT64_C(2000000000)

/* Files begun ahead of the one whose turn it is, so that a slow one does not keep the readers idle, and the bytes that
 * their acts may hold before we wait for it after all. */
enum { PENDING_FILES = 256, PENDING_BYTES = 64 << 20 };

enum { DIAL_MS = 10000 }; /* what a dry run waits for a part on another machine */

/* A large file of lines, from its first piece to its last. */
struct large_file {
    struct large_file *next;
    struct arena *arena; /* NULL once the file is in the archive */
    struct file_state known;
    bool is_known;
    struct sidecar_fields sidecar;
    struct pieces_file file;
    bool is_begun; /* its first piece is in the archive */
    size_t act_count;
    const char *reason; /* code: why not all of it was read, "" when it was; lines apart that are no acts: */
    const char *detail;
    struct bad_lines bad_lines;
};

/* A file between the look at what is known of it and its acts' way into the archive. */
struct pending {
    struct arena *arena; /* of this file */
    struct scanned_file *file;
    struct file_state known;
    bool is_known;
    struct file_identity identity; /* before it was read */
    struct sidecar_fields sidecar;
    const struct gone_file *moved_from; /* the file that it was before, or may have been */
    bool is_read; /* its job is at work or done; false: there is nothing to read, `file` says why */
    struct pool_job job;
    struct large_file
        *large;        /* it is a piece of this, or, when there is nothing to read, the end of it. NULL: a file */
    size_t first_line; /* of the piece */
};

struct run {
    const struct options *options;
    const char *archive_path;
    const char *old;               /* the archive that this one is to replace; NULL when there is none */
    struct archive_writer *writer; /* NULL in a dry run, as is: */
    struct store *store;
    struct parts *parts;          /* of a dry run */
    struct xapian_reader *reader; /* of the writer, or of the parts; NULL when there is no archive yet */
    struct arena *arena;          /* of the whole run */
    struct arena *file_arena;     /* of one file */
    struct scan scan;
    struct known_files *known; /* before anything was put */
    struct pool *pool;
    struct pieces *pieces;
    struct large_file *large_files;
    char *ocr_cache;                       /* NULL: scanned pages are not recognised */
    struct pending pending[PENDING_FILES]; /* a ring: begun and not ended, in the order of the scan */
    size_t pending_first;
    size_t pending_count;
    struct sidecars *sidecars;
    struct gone gone;    /* before anything was put; looked for when the first new file comes */
    struct moves *moves; /* NULL until then */
    struct progress progress;
    struct run_counts counts;
    struct log log;
    bool changed;   /* something was put */
    bool suspected; /* too much was gone: nothing was removed */
};

static volatile sig_atomic_t interrupted;

static void interrupt(int signal_number)
{
    (void)signal_number;
    interrupted = 1;
}

/* Details that come with constant words are translated here, not where they are kept. */
static void complain(struct run *run, const char *path, const struct file_state *state)
{
    const char *reason = utf8_line(run->file_arena, state->reason);
    const char *detail = utf8_line(run->file_arena, state->detail);
    const char *shown = utf8_line(run->file_arena, slice_of(path));
    detail = *detail ? _(detail) : "";
    progress_clear(&run->progress);
    struct log_line line = log_begin(&run->log, LOG_WARNING, "failed");
    log_text(&line, "path", slice_of(path));
    log_text(&line, "reason", state->reason);
    log_text(&line, "detail", slice_of(detail));
    log_end(&line, arena_printf(run->file_arena, "%s: %s: %s", shown, reason, detail));
}

/* A line of --dry-run: added, updated, deleted, skipped. */
static void print_plan(struct run *run, char letter, const char *path)
{
    if (run->options->dry_run)
        printf("%c %s\n", letter, utf8_line(run->file_arena, slice_of(path)));
}

static enum delib_status commit(struct run *run, struct delib_error *error)
{
    return run->changed ? store_finish(run->store, error) : DELIB_OK;
}

/* --- one file ------------------------------------------------------------------------------------------------ */

static void count(struct run *run, const struct pending *pending, const struct file_state *state)
{
    switch (state->outcome) {
    case FILE_INDEXED:
        *(pending->is_known ? &run->counts.updated : &run->counts.added) += 1;
        break;
    case FILE_SKIPPED:
        run->counts.skipped++;
        break;
    case FILE_FAILED:
        run->counts.failed++;
        complain(run, pending->file->shown, state);
        break;
    }
}

static void count_unchanged(struct run *run, const struct pending *pending)
{
    if (pending->known.outcome == FILE_INDEXED)
        run->counts.unchanged++;
    else
        count(run, pending, &pending->known);
}

static enum delib_status put(struct run *run, const struct file_state *state, const struct sent_acts *sent,
                             struct delib_error *error)
{
    if (run->options->dry_run)
        return DELIB_OK;
    run->changed = true;
    return store_put_file(run->store, state, sent, error);
}

static bool same_file(const struct file_state *known, const struct file_identity *now)
{
    return known->size_bytes == now->size_bytes && known->modified_ns == now->modified_ns && known->inode == now->inode;
}

/* Failures that may go away without the file changing: it is tried again, and keeps its acts until then. */
static bool may_pass(struct slice reason)
{
    static const char *const passing[] = {"missing-helper", "helper-failed", "timeout", "unreadable",
                                          "changing",       "too-big",       "crashed"};
    for (size_t i = 0; i < sizeof passing / sizeof *passing; i++)
        if (slice_equal(reason, slice_of(passing[i])))
            return true;
    return false;
}

static bool worth_retrying(const struct run *run, const struct file_state *known)
{
    return known->outcome == FILE_FAILED &&
           (may_pass(known->reason) || (run->ocr_cache && slice_equal(known->reason, SLICE("needs-ocr"))));
}

static void set_identity(struct file_state *state, const struct file_identity *identity)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    int64_t now_ns = (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
    bool settled = now_ns - identity->modified_ns > SETTLED_NS;
    state->size_bytes = identity->size_bytes;
    state->modified_ns = settled ? identity->modified_ns : 0;
    state->inode = identity->inode;
}

/* What the reading came to, as it is kept. */
static struct file_state state_of(const struct pending *pending, const struct intake_result *result)
{
    struct file_state state = {.path = slice_of(pending->file->path),
                               .outcome = result->outcome == READ_OK        ? FILE_INDEXED
                                          : result->outcome == READ_SKIPPED ? FILE_SKIPPED
                                                                            : FILE_FAILED,
                               .reason = result->reason,
                               .detail = result->outcome == READ_OK ? (struct slice){0} : result->detail,
                               .sha256 = result->sha256,
                               .sidecar_sha256 = slice_of(pending->sidecar.sha256.hex),
                               .act_count = (uint32_t)result->sent.count};
    set_identity(&state, result->sha256.len > 0 ? &result->identity : &pending->identity);
    return state;
}

/* Touched, or moved on the disk: the acts stay. The state goes along with the next change; it causes no commit. */
static enum delib_status keep(struct run *run, const struct pending *pending, const struct file_identity *identity,
                              struct delib_error *error)
{
    struct file_state again = pending->known;
    set_identity(&again, identity);
    count_unchanged(run, pending);
    return run->options->dry_run ? DELIB_OK : store_put_state(run->store, &again, error);
}

/* Under another path now, and the same. */
static enum delib_status move(struct run *run, const struct pending *pending, const struct file_identity *identity,
                              struct delib_error *error)
{
    struct file_state state = pending->moved_from->state;
    state.path = slice_of(pending->file->path);
    set_identity(&state, identity);
    run->counts.moved++;
    run->counts.unchanged++;
    run->changed = true;
    known_files_move(run->known, slice_of(pending->moved_from->path));
    return store_move_file(run->store, slice_of(pending->moved_from->path), &state, slice_of(pending->file->shown),
                           error);
}

/* What the archive knows of the file; false when it is new. */
static bool recall(struct run *run, struct pending *pending, enum delib_status *status, struct delib_error *error)
{
    *status = known_files_get(&pending->known, pending->arena, run->known, pending->file, error);
    if (*status != DELIB_NOT_FOUND)
        return *status == DELIB_OK;
    *status = DELIB_OK;
    return false;
}

/* Since when the file is as it is: as long as the outcome and its reason stay the same. */
static int64_t since(const struct file_state *known, bool is_known, const struct file_state *state)
{
    bool as_before = is_known && known->outcome == state->outcome && slice_equal(known->reason, state->reason);
    return as_before && known->since_s ? known->since_s : (int64_t)time(NULL);
}

static bool same_outcome(const struct file_state *a, const struct file_state *b)
{
    return a->outcome == b->outcome && slice_equal(a->reason, b->reason) && slice_equal(a->detail, b->detail) &&
           slice_equal(a->sha256, b->sha256) && slice_equal(a->sidecar_sha256, b->sidecar_sha256) &&
           a->act_count == b->act_count;
}

/* What is wrong with a file that was read all the same. */
static void tell_notes(struct run *run, const char *path, struct slice notes)
{
    struct slice line;
    if (notes.len > 0)
        progress_clear(&run->progress);
    while (slice_next_line(&notes, &line)) {
        struct log_line out = log_begin(&run->log, LOG_WARNING, "warning");
        log_text(&out, "path", slice_of(path));
        log_text(&out, "detail", line);
        log_end(&out, arena_printf(run->file_arena, _("%s: warning: %s"), utf8_line(run->file_arena, slice_of(path)),
                                   utf8_line(run->file_arena, line)));
    }
}

/* Put the acts of a file that was read in the place of those that it had. */
static enum delib_status replace(struct run *run, const struct pending *pending, const struct intake_result *result,
                                 struct delib_error *error)
{
    struct file_state state = state_of(pending, result);
    state.since_s = since(&pending->known, pending->is_known, &state);
    count(run, pending, &state);
    if (result->outcome == READ_OK && !run->options->quiet)
        tell_notes(run, pending->file->shown, result->detail);
    if (pending->is_known && state.act_count == 0 && same_outcome(&pending->known, &state))
        return DELIB_OK; /* tried again, failed again */
    run->counts.acts += state.act_count;
    print_plan(run, state.outcome == FILE_SKIPPED ? 'S' : pending->is_known ? 'U' : 'A', pending->file->shown);
    return put(run, &state, &result->sent, error);
}

/* A file that gives no acts. One that cannot be read for now keeps those that it had. Nothing is put when all this is
 * known already. */
static enum delib_status put_note(struct run *run, const struct pending *pending, enum file_outcome outcome,
                                  struct slice reason, struct slice detail, struct delib_error *error)
{
    struct file_state state = {
        .path = slice_of(pending->file->path), .outcome = outcome, .reason = reason, .detail = detail};
    bool keeps_acts = outcome == FILE_FAILED && may_pass(reason);
    state.act_count = keeps_acts && pending->is_known ? pending->known.act_count : 0;
    state.since_s = since(&pending->known, pending->is_known, &state);
    count(run, pending, &state);
    if (pending->is_known && same_outcome(&pending->known, &state))
        return DELIB_OK;
    if (outcome == FILE_SKIPPED)
        print_plan(run, 'S', pending->file->shown);
    if (!keeps_acts || run->options->dry_run)
        return put(run, &state, &(struct sent_acts){0}, error);
    run->changed = true;
    return store_put_state(run->store, &state, error);
}

/* What keeps the file from being read, for its turn. */
static void note(struct run *run, struct pending *pending, enum scanned_kind kind, const char *reason,
                 const char *detail)
{
    pending->file->kind = kind;
    pending->file->reason = reason;
    pending->file->detail = arena_string(run->arena, slice_of(detail));
}

/* A file removed since the scan is for the next run to judge; any other that cannot be read is a failure. */
static bool note_unread(struct run *run, struct pending *pending, const char *reason, const struct delib_error *problem)
{
    bool is_there = problem->status != DELIB_NOT_FOUND;
    pending->moved_from = NULL; /* whether it is that one is not known then */
    run->counts.skipped += !is_there;
    if (is_there)
        note(run, pending, SCANNED_OUT_OF_REACH, reason, problem->message);
    return is_there;
}

/* Begin with a large file of lines; false when it is none. It keeps what is known of it longer than a place in the ring
 * does. */
static bool begin_large(struct run *run, struct pending *pending, bool as_known)
{
    struct pieces_file begun;
    pieces_begin(&begun, run->pieces, pending->file->path, as_known ? pending->known.sha256 : (struct slice){0});
    if (begun.end == PIECES_OTHER)
        return false;
    struct large_file *large = arena_alloc(run->arena, sizeof *large);
    *large = (struct large_file){.next = run->large_files,
                                 .arena = pending->arena,
                                 .known = pending->known,
                                 .is_known = pending->is_known,
                                 .sidecar = pending->sidecar,
                                 .file = begun,
                                 .reason = "",
                                 .detail = ""};
    run->large_files = pending->large = large;
    pending->arena = NULL;
    return true;
}

/* Whether the acts of a file that is gone may become those of this new one; true when that is certain, so that it need
 * not be read. Where the search fails the file is read like any other. */
static bool look_for_move(struct run *run, struct pending *pending)
{
    struct delib_error why;
    bool can_move = false;
    if (pending->is_known || !run->writer)
        return false;
    if (!run->moves) {
        if (gone_find(&run->gone, run->arena, &run->scan, run->known, run->options->prune, &why) != DELIB_OK)
            run->gone.count = 0;
        run->moves = moves_new(run->arena, &run->gone);
    }
    struct move move =
        moves_take(run->moves, pending->file->path, &pending->identity, slice_of(pending->sidecar.sha256.hex));
    if (move.from &&
        archive_file_can_move(&can_move, pending->arena, run->reader, slice_of(move.from->path), &why) != DELIB_OK)
        can_move = false;
    pending->moved_from = can_move ? move.from : NULL;
    return can_move && move.is_certain && !run->options->check_content;
}

/* Start reading a document when it is not as it was. False when there is nothing left to do for it. */
static bool begin_document(struct run *run, struct pending *pending)
{
    struct delib_error problem;
    const char *reason = "unreadable";
    const struct scanned_file *file = pending->file;
    pending->identity = file->identity;
    if (run->scan.may_have_sidecars)
        sidecars_for(&pending->sidecar, run->sidecars, pending->arena, file->path, file->root);
    bool same_sidecar =
        pending->is_known && slice_equal(pending->known.sidecar_sha256, slice_of(pending->sidecar.sha256.hex));
    bool as_known = same_sidecar && !worth_retrying(run, &pending->known);
    if (as_known && same_file(&pending->known, &pending->identity) && !run->options->check_content) {
        count_unchanged(run, pending);
        return false;
    }
    if (look_for_move(run, pending))
        return true;
    if (pieces_are_for(file->path, pending->identity.size_bytes) && begin_large(run, pending, as_known))
        return true;
    struct intake_request request = {.path = file->path,
                                     .shown_path = file->shown,
                                     .sidecar = &pending->sidecar,
                                     .ocr_cache = run->ocr_cache,
                                     .known_sha256 = as_known              ? pending->known.sha256
                                                     : pending->moved_from ? pending->moved_from->state.sha256
                                                                           : (struct slice){0}};
    if (intake_begin(run->pool, &pending->job, &request, &reason, &problem) != DELIB_OK)
        return note_unread(run, pending, reason, &problem);
    pending->is_read = true;
    return true;
}

/* Sidecars are no documents and are not counted, but one that cannot be used is told. */
static bool begin_sidecar(struct run *run, struct pending *pending)
{
    struct delib_error problem;
    enum delib_status status = sidecar_check(pending->file->path, &problem);
    if (status == DELIB_NOT_FOUND)
        note(run, pending, SCANNED_PASSED_OVER, "orphan-sidecar", problem.message);
    else if (status != DELIB_OK)
        note(run, pending, SCANNED_OUT_OF_REACH, "sidecar-unreadable", problem.message);
    return status != DELIB_OK;
}

/* The next place in the ring, which must have one, for `file`. */
static struct pending *next_place(struct run *run, struct scanned_file *file)
{
    struct pending *pending = &run->pending[(run->pending_first + run->pending_count) % PENDING_FILES];
    struct arena *arena = pending->arena ? pending->arena : arena_new();
    arena_reset(arena);
    *pending = (struct pending){.arena = arena, .file = file};
    return pending;
}

/* The first reason stands. */
static void note_piece(struct large_file *large, struct slice reason, struct slice detail)
{
    if (*large->reason || reason.len == 0)
        return;
    large->reason = arena_string(large->arena, reason);
    large->detail = arena_string(large->arena, detail);
}

static enum delib_status end_files(struct run *run, bool all, struct delib_error *error);

/* Have the pieces of the file read, one place in the ring for each, then one for the end. */
static enum delib_status take_pieces(struct run *run, struct scanned_file *file, struct large_file *large,
                                     struct delib_error *error)
{
    struct piece piece;
    enum delib_status status = end_files(run, false, error);
    struct intake_request request = {.path = file->path, .shown_path = file->shown, .sidecar = &large->sidecar};
    while (status == DELIB_OK && !interrupted && pieces_next(&piece, run->pieces, large->arena)) {
        struct delib_error problem;
        struct pending *pending = next_place(run, file);
        pending->large = large;
        pending->first_line = piece.first_line;
        pending->is_read = intake_begin_lines(run->pool, &pending->job, &request, slice_of(large->file.sha256.hex),
                                              piece.lines, &problem) == DELIB_OK;
        if (pending->is_read)
            run->pending_count++;
        else
            note_piece(large, SLICE("helper-failed"), slice_of(problem.message));
        note_piece(large, slice_of(piece.reason), slice_of(piece.detail));
        status = end_files(run, false, error);
    }
    if (status != DELIB_OK || interrupted)
        return status;
    note_piece(large, slice_of(piece.reason), slice_of(piece.detail));
    next_place(run, file)->large = large;
    run->pending_count++;
    return DELIB_OK;
}

/* Most files of most nights: no look at anything else is needed. */
static bool is_surely_same(const struct run *run, const struct scanned_file *file)
{
    return file->kind == SCANNED_DOCUMENT && !run->scan.may_have_sidecars && !run->options->check_content &&
           known_files_is_same(run->known, file);
}

/* Put `file` at the end of the ring, unless it is as it was. */
static enum delib_status begin_file(struct run *run, struct scanned_file *file, struct delib_error *error)
{
    enum delib_status status;
    if (is_surely_same(run, file)) {
        run->counts.unchanged++;
        return DELIB_OK;
    }
    struct pending *pending = next_place(run, file);
    pending->is_known = recall(run, pending, &status, error);
    if (status != DELIB_OK)
        return status;
    bool to_end = file->kind == SCANNED_DOCUMENT  ? begin_document(run, pending)
                  : file->kind == SCANNED_SIDECAR ? begin_sidecar(run, pending)
                                                  : true;
    bool has_pieces = pending->large && pending->large->file.end == PIECES_LINES;
    run->pending_count += to_end && !has_pieces;
    return has_pieces ? take_pieces(run, file, pending->large, error) : DELIB_OK;
}

/* Keep what was recognised, so that a new archive need not wait for it again. Without it nothing is lost but time. */
static void keep_recognised(struct run *run, const struct pending *pending, const struct intake_result *result)
{
    struct delib_error problem;
    if (result->recognised.len == 0 || !run->ocr_cache)
        return;
    const char *sha256 = arena_string(pending->arena, result->sha256);
    if (ocr_cache_keep(run->ocr_cache, sha256, result->recognised, &problem) != DELIB_OK)
        log_error(&run->log, &problem);
}

/* The content is that of the file, or of the one that it was before. */
static enum delib_status keep_known(struct run *run, const struct pending *pending,
                                    const struct file_identity *identity, struct delib_error *error)
{
    return pending->moved_from ? move(run, pending, identity, error) : keep(run, pending, identity, error);
}

static enum delib_status end_read(struct run *run, struct pending *pending, struct delib_error *error)
{
    struct intake_result result;
    intake_end(&result, pending->arena, &pending->job);
    keep_recognised(run, pending, &result);
    bool is_unread = !result.loaded || (result.outcome == READ_FAILED && may_pass(result.reason));
    enum delib_status status = is_unread     ? put_note(run, pending, FILE_FAILED, result.reason, result.detail, error)
                               : result.same ? keep_known(run, pending, &result.identity, error)
                                             : replace(run, pending, &result, error);
    buffer_free(&pending->job.reply);
    return status;
}

/* --- large files ------------------------------------------------------------------------------------------------ */

static void note_bad_lines(struct large_file *large, const struct bad_lines *found, size_t first_line)
{
    struct bad_lines *all = &large->bad_lines;
    if (all->count == 0 && found->count > 0) {
        all->first = first_line + found->first - 1;
        all->why = found->why;
    }
    all->count += found->count;
    all->of += found->of;
}

/* Take out what the archive had of the file, when its turn has come. */
static enum delib_status begin_in_archive(struct run *run, const struct pending *pending, struct delib_error *error)
{
    if (run->options->dry_run || pending->large->is_begun)
        return DELIB_OK;
    pending->large->is_begun = run->changed = true;
    return store_begin_file(run->store, slice_of(pending->file->path), error);
}

static enum delib_status end_piece(struct run *run, struct pending *pending, struct delib_error *error)
{
    struct intake_result result;
    struct large_file *large = pending->large;
    intake_end(&result, pending->arena, &pending->job);
    if (result.bad_lines.count == 0)
        note_piece(large, result.reason, result.detail);
    note_bad_lines(large, &result.bad_lines, pending->first_line);
    large->act_count += result.sent.count;
    enum delib_status status = begin_in_archive(run, pending, error);
    if (status == DELIB_OK && !run->options->dry_run)
        status = store_put_part(run->store, slice_of(pending->file->path), &result.sent, error);
    buffer_free(&pending->job.reply);
    return status;
}

/* All pieces are in the archive: now the file is. */
static enum delib_status put_large(struct run *run, const struct pending *pending, struct delib_error *error)
{
    struct large_file *large = pending->large;
    enum delib_status status = begin_in_archive(run, pending, error);
    if (large->bad_lines.count > 0)
        note_piece(large, SLICE("bad-lines"), bad_lines_words(large->arena, &large->bad_lines));
    struct file_state state = {.path = slice_of(pending->file->path),
                               .outcome = *large->reason ? FILE_FAILED : FILE_INDEXED,
                               .reason = slice_of(large->reason),
                               .detail = slice_of(large->detail),
                               .sha256 = slice_of(large->file.sha256.hex),
                               .sidecar_sha256 = slice_of(large->sidecar.sha256.hex),
                               .act_count = (uint32_t)large->act_count};
    set_identity(&state, &large->file.identity);
    state.since_s = since(&large->known, large->is_known, &state);
    count(run, pending, &state);
    run->counts.acts += large->act_count;
    print_plan(run, large->is_known ? 'U' : 'A', pending->file->shown);
    return status == DELIB_OK && !run->options->dry_run ? store_end_file(run->store, &state, error) : status;
}

static enum delib_status end_large(struct run *run, struct pending *pending, struct delib_error *error)
{
    struct large_file *large = pending->large;
    bool same = large->file.end == PIECES_SAME;
    pending->known = large->known;
    enum delib_status status = same ? keep(run, pending, &large->file.identity, error) : put_large(run, pending, error);
    arena_free(large->arena);
    large->arena = NULL;
    return status;
}

/* Take the first file, or piece of one, off the ring and bring what came of it into the archive. */
static enum delib_status end_first(struct run *run, struct delib_error *error)
{
    struct pending *pending = &run->pending[run->pending_first];
    const struct scanned_file *file = pending->file;
    bool is_piece = pending->large && pending->is_read;
    enum file_outcome outcome = file->kind == SCANNED_PASSED_OVER ? FILE_SKIPPED : FILE_FAILED;
    enum delib_status status =
        is_piece              ? end_piece(run, pending, error)
        : pending->large      ? end_large(run, pending, error)
        : pending->is_read    ? end_read(run, pending, error)
        : pending->moved_from ? move(run, pending, &pending->identity, error)
                              : put_note(run, pending, outcome, slice_of(file->reason), slice_of(file->detail), error);
    run->pending_first = (run->pending_first + 1) % PENDING_FILES;
    run->pending_count--;
    return status == DELIB_OK && run->store ? store_commit_when_much(run->store, error) : status;
}

/* --- all files ----------------------------------------------------------------------------------------------- */

static bool first_is_ready(const struct run *run)
{
    const struct pending *first = &run->pending[run->pending_first];
    return run->pending_count > 0 && !(first->is_read && first->job.end == POOL_WAITING);
}

/* Whether another file may be begun: there is a place in the ring, a reader, and memory for what it will say. */
static bool has_room(const struct run *run)
{
    size_t bytes = 0;
    for (size_t i = 0; i < run->pending_count; i++)
        bytes += run->pending[(run->pending_first + i) % PENDING_FILES].job.reply.len;
    return run->pending_count < PENDING_FILES && bytes < PENDING_BYTES && pool_has_room(run->pool);
}

/* End files in their order as far as they are ready, and wait for more of them until there is room or, with `all`,
 * until none is left. */
static enum delib_status end_files(struct run *run, bool all, struct delib_error *error)
{
    enum delib_status status = DELIB_OK;
    while (status == DELIB_OK && !interrupted) {
        if (first_is_ready(run))
            status = end_first(run, error);
        else if (all ? run->pending_count > 0 : !has_room(run))
            pool_wait(run->pool);
        else
            break;
    }
    return status;
}

static enum delib_status take_files(struct run *run, struct delib_error *error)
{
    enum delib_status status = DELIB_OK;
    for (size_t i = 0; i < run->scan.file_count && status == DELIB_OK && !interrupted; i++) {
        status = begin_file(run, &run->scan.files[i], error);
        if (status == DELIB_OK)
            status = end_files(run, false, error);
        progress_show(&run->progress, i + 1 - run->pending_count);
    }
    return status == DELIB_OK ? end_files(run, true, error) : status;
}

static enum delib_status remove_one(struct run *run, const struct gone_file *file, struct delib_error *error)
{
    arena_reset(run->file_arena);
    if (file->has_acts) {
        run->counts.removed++;
        print_plan(run, 'D', file->shown);
    }
    if (run->options->dry_run)
        return DELIB_OK;
    run->changed = true;
    return store_remove_file(run->store, slice_of(file->path), error);
}

static void tell_suspicion(struct run *run, const struct gone *gone)
{
    struct slice source = slice_of(_(gone->suspicious->given));
    struct log_line line = log_begin(&run->log, LOG_ERROR, "much-is-gone");
    log_text(&line, "path", source);
    log_number(&line, "gone", gone->suspicious_lost);
    log_number(&line, "known", gone->suspicious_known);
    log_end(&line,
            arena_printf(run->arena,
                         _("%s: %zu of %zu known files are gone; nothing was removed. If that is right, run again "
                           "with --allow-mass-delete; if not, see whether the folder is mounted"),
                         utf8_line(run->arena, source), gone->suspicious_lost, gone->suspicious_known));
}

static enum delib_status remove_gone(struct run *run, struct delib_error *error)
{
    struct gone gone;
    enum delib_status status = gone_find(&gone, run->arena, &run->scan, run->known, run->options->prune, error);
    if (status == DELIB_OK && gone.suspicious && !run->options->allow_mass_delete) {
        run->suspected = true;
        progress_clear(&run->progress);
        tell_suspicion(run, &gone);
        return DELIB_OK;
    }
    for (size_t i = 0; i < gone.count && status == DELIB_OK; i++)
        status = remove_one(run, &gone.files[i], error);
    return status;
}

/* --- the run ------------------------------------------------------------------------------------------------------ */

/* A line of its own: what a person should know of the figures. */
static void tell(const struct run *run, const char *event, const char *words)
{
    struct log_line line = log_begin(&run->log, LOG_INFO, event);
    log_end(&line, words);
}

static uint32_t revision_of(const struct run *run)
{
    uint32_t revision = 0;
    struct delib_error why;
    return run->reader && archive_revision(&revision, run->reader, &why) == DELIB_OK ? revision : 0;
}

static void tell_counts(const struct run *run)
{
    const struct run_counts *counts = &run->counts;
    int64_t elapsed_ms = now_ms() - run->progress.started_ms;
    size_t indexed = counts->added + counts->updated;
    size_t files = indexed + counts->unchanged + counts->skipped + counts->failed;
    struct log_line line = log_begin(&run->log, LOG_INFO, "done");
    log_number(&line, "files", files);
    log_number(&line, "added", counts->added);
    log_number(&line, "updated", counts->updated);
    log_number(&line, "acts", counts->acts);
    log_number(&line, "unchanged", counts->unchanged);
    log_number(&line, "moved", counts->moved);
    log_number(&line, "removed", counts->removed);
    log_number(&line, "skipped", counts->skipped);
    log_number(&line, "failed", counts->failed);
    log_seconds(&line, "dur", elapsed_ms);
    log_number(&line, "rev", revision_of(run));
    log_end(&line, arena_printf(run->arena,
                                _("%zu files: %zu indexed (%zu acts), %zu unchanged, %zu skipped, %zu failed; %zu "
                                  "removed; %lld.%lld s"),
                                files, indexed, counts->acts, counts->unchanged, counts->skipped, counts->failed,
                                counts->removed, (long long)elapsed_ms / 1000, (long long)elapsed_ms % 1000 / 100));
}

static void print_summary(const struct run *run)
{
    if (interrupted)
        tell(run, "interrupted", _("interrupted; what was read is kept, the next run goes on from there"));
    if (run->options->quiet)
        return;
    if (run->options->dry_run)
        tell(run, "dry-run", _("dry run: nothing was changed, this is what would be done"));
    tell_counts(run);
}

/* A stop asked for between two files: what was read is kept, and nothing is judged gone. */
static void catch_signals(void)
{
    struct sigaction action = {.sa_handler = interrupt};
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    signal(SIGXFSZ, SIG_IGN); /* a full quota is an error of a write, not a death */
    signal(SIGPIPE, SIG_IGN);
}

/* A dry run only reads: it makes no archive and takes no lock. Without one of its parts it would tell of what is there
 * as new. */
static enum delib_status open_to_look(struct run *run, struct delib_error *error)
{
    size_t missing_count = 0;
    enum delib_status status = parts_open(&run->parts, &run->archive_path, 1, DIAL_MS, error);
    if (status == DELIB_NOT_FOUND)
        return DELIB_OK;
    const struct missing_part *missing = status == DELIB_OK ? parts_missing(run->parts, &missing_count) : NULL;
    if (missing_count > 0)
        return delib_fail(error, DELIB_NOT_FOUND, _("%s: this part does not answer: %.500s"), missing->name,
                          missing->why);
    return status == DELIB_OK ? parts_refresh(&run->reader, run->parts, error) : status;
}

static enum delib_status open_archive(struct run *run, struct delib_error *error)
{
    if (run->options->dry_run)
        return open_to_look(run, error);
    struct waiting waiting = waiting_for(run->options->wait_s);
    enum delib_status status;
    do
        status = spread_open(&run->writer, run->archive_path, run->options->parts, error);
    while (status == DELIB_LOCKED && waiting_goes_on(&waiting, error));
    if (status == DELIB_OK && run->old)
        status = archive_writer_continue(run->writer, run->old, error);
    if (status != DELIB_OK)
        return status;
    uint32_t revision;
    run->reader = archive_writer_reader(run->writer);
    status = archive_revision(&revision, run->reader, error);
    bool by_processes = revision == 0 && !archive_is_spread(run->writer);
    if (status == DELIB_OK)
        run->store = store_new(run->writer, run->archive_path, run->old, by_processes, run->options->jobs);
    return status;
}

static void close_archive(struct run *run)
{
    known_files_free(run->known);
    store_free(run->store);
    parts_free(run->parts);
    archive_writer_free(run->writer);
}

/* Files of which it showed only afterwards that nothing sensible was read. */
static void tell_bad_files(struct run *run)
{
    const struct file_state failed = {
        .outcome = FILE_FAILED, .reason = SLICE("crashed"), .detail = slice_of(intake_bad_acts)};
    size_t *counted = run->counts.added > 0 ? &run->counts.added : &run->counts.updated;
    for (size_t i = 0; i < store_bad_count(run->store); i++) {
        *counted -= *counted > 0;
        run->counts.failed++;
        complain(run, arena_string(run->arena, store_bad_path(run->store, i)), &failed);
    }
}

static enum delib_status bring_up_to_date(struct run *run, struct delib_error *error)
{
    const struct options *options = run->options;
    enum delib_status status =
        scan_sources(&run->scan, run->arena, options->sources, options->source_count, run->archive_path, error);
    if (status == DELIB_OK)
        status = open_archive(run, error);
    if (status == DELIB_OK)
        status = known_files_read(&run->known, &run->scan, run->reader, error);
    if (status == DELIB_OK && run->writer)
        status = room_check(&run->scan, run->known, run->reader, run->archive_path, error);
    if (status != DELIB_OK)
        return status;
    run->progress = progress_start(run->scan.file_count, options->quiet);
    status = take_files(run, error);
    if (status == DELIB_OK && !interrupted)
        status = remove_gone(run, error);
    if (status == DELIB_OK)
        status = commit(run, error);
    progress_clear(&run->progress);
    if (run->store)
        tell_bad_files(run);
    return status;
}

static int exit_code(const struct run *run, enum delib_status status)
{
    if (status != DELIB_OK)
        return exit_code_of(status);
    if (interrupted)
        return EXIT_INTERRUPTED;
    if (run->suspected)
        return EXIT_USAGE;
    return run->counts.failed > 0 ? EXIT_SOME_FAILED : EXIT_DONE;
}

static void free_pending(struct pending *pending)
{
    buffer_free(&pending->job.reply);
    arena_free(pending->arena);
}

/* A dry run changes nothing, not even these. */
static void write_metrics(const struct run *run, int code)
{
    struct delib_error error;
    bool succeeded = code == EXIT_DONE || code == EXIT_SOME_FAILED;
    struct metrics metrics = {.counts = &run->counts,
                              .exit_code = code,
                              .duration_ms = now_ms() - run->progress.started_ms,
                              .has_succeeded = succeeded,
                              .archive = run->archive_path,
                              .reader = succeeded ? run->reader : NULL};
    if (!run->options->metrics || run->options->dry_run)
        return;
    if (metrics_write(&metrics, run->options->metrics, &error) != DELIB_OK)
        log_error(&run->log, &error);
}

int run(const struct options *options, const char *archive, const char *old)
{
    struct delib_error error;
    struct run run = {.options = options,
                      .archive_path = archive,
                      .old = old,
                      .arena = arena_new(),
                      .file_arena = arena_new(),
                      .pool = intake_pool_new(options->jobs, options->ocr),
                      .pieces = pieces_new(),
                      .ocr_cache = options->ocr ? ocr_cache_folder() : NULL,
                      .sidecars = sidecars_new(),
                      .log = log_to_stderr(options->log)};
    catch_signals();
    run.progress = progress_start(0, options->quiet);
    enum delib_status status = bring_up_to_date(&run, &error);
    if (status == DELIB_OK)
        print_summary(&run);
    else
        log_error(&run.log, &error);
    int code = exit_code(&run, status);
    write_metrics(&run, code);
    close_archive(&run);
    pool_free(run.pool);
    pieces_free(run.pieces);
    free(run.ocr_cache);
    for (struct large_file *large = run.large_files; large; large = large->next)
        arena_free(large->arena);
    for (size_t i = 0; i < PENDING_FILES; i++)
        free_pending(&run.pending[i]);
    sidecars_free(run.sidecars);
    arena_free(run.file_arena);
    arena_free(run.arena);
    return code;
}

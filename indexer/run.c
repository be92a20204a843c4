#include "run.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "archive/archive.h"
#include "base/words.h"
#include "intake.h"
#include "progress.h"
#include "scan.h"

enum {
    BATCH_BYTES = 16 << 20, /* text put before a commit: bounds the memory and what a kill can cost */
    GUARDED_PERCENT = 10,   /* a larger part of a source gone at once looks like a disk that is not mounted */
    GUARDED_FILES = 5       /* … unless it is a handful of files */
};

/* A file changed this lately may change again within the same tick of its clock. */
#define SETTLED_NS INT64_C(2000000000)

struct counts {
    size_t indexed;
    size_t acts;
    size_t unchanged;
    size_t skipped;
    size_t failed;
    size_t removed;
};

struct run {
    const struct options *options;
    const char *archive_path;
    struct archive_writer *writer;
    struct arena *arena;      /* of the whole run */
    struct arena *file_arena; /* of one file */
    struct scan scan;
    struct intake *intake;
    struct sidecars *sidecars;
    struct progress progress;
    struct counts counts;
    bool changed; /* something was put since the last commit */
};

static volatile sig_atomic_t interrupted;

static void interrupt(int signal_number)
{
    (void)signal_number;
    interrupted = 1;
}

static void complain(struct run *run, const char *path, const char *reason, const char *detail)
{
    progress_clear(&run->progress);
    fprintf(stderr, "delib-index: %s: %s: %s\n", path, reason, detail);
}

static int exit_code_of(enum delib_status status)
{
    switch (status) {
    case DELIB_OK:
        return EXIT_DONE;
    case DELIB_LOCKED:
        return EXIT_LOCKED;
    case DELIB_INVALID:
    case DELIB_NOT_FOUND:
        return EXIT_USAGE;
    default:
        return EXIT_DAMAGED;
    }
}

static enum delib_status commit(struct run *run, struct delib_error *error)
{
    if (!run->changed)
        return DELIB_OK;
    run->changed = false;
    return archive_commit(run->writer, error);
}

/* --- one file ------------------------------------------------------------------------------------------------ */

static void count(struct run *run, const struct file_state *state, const char *shown)
{
    switch (state->outcome) {
    case FILE_INDEXED:
        run->counts.indexed++;
        run->counts.acts += state->act_count;
        break;
    case FILE_SKIPPED:
        run->counts.skipped++;
        break;
    case FILE_FAILED:
        run->counts.failed++;
        complain(run, shown, arena_string(run->file_arena, state->reason),
                 arena_string(run->file_arena, state->detail));
        break;
    }
}

static void count_unchanged(struct run *run, const struct file_state *state, const char *shown)
{
    if (state->outcome == FILE_INDEXED)
        run->counts.unchanged++;
    else
        count(run, state, shown);
}

static enum delib_status put(struct run *run, const struct file_state *state, const struct new_act *acts,
                             size_t act_count, struct delib_error *error)
{
    if (run->options->dry_run)
        return DELIB_OK;
    run->changed = true;
    return archive_put_file(run->writer, state, acts, act_count, error);
}

static bool same_file(const struct file_state *known, const struct file_identity *now)
{
    return known->size_bytes == now->size_bytes && known->modified_ns == now->modified_ns && known->inode == now->inode;
}

/* Failures that may go away without the file changing are tried again. */
static bool worth_retrying(const struct file_state *known)
{
    static const char *const passing[] = {"missing-helper", "helper-failed", "timeout",
                                          "unreadable",     "changing",      "too-big"};
    for (size_t i = 0; known->outcome == FILE_FAILED && i < sizeof passing / sizeof *passing; i++)
        if (slice_equal(known->reason, slice_of(passing[i])))
            return true;
    return false;
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
static void describe(struct run *run, struct file_state *state)
{
    const struct reading *reading = &run->intake->reading;
    state->outcome = reading->outcome == READ_OK        ? FILE_INDEXED
                     : reading->outcome == READ_SKIPPED ? FILE_SKIPPED
                                                        : FILE_FAILED;
    state->reason = slice_of(reading->reason);
    state->detail = reading->outcome == READ_OK ? (struct slice){0} : slice_of(reading->error.message);
    state->act_count = (uint32_t)run->intake->act_count;
}

/* Touched, or moved on the disk: the acts stay. The state goes along with the next change; it causes no commit. */
static enum delib_status keep(struct run *run, const struct scanned_file *file, const struct file_state *known,
                              struct delib_error *error)
{
    struct file_state again = *known;
    set_identity(&again, &run->intake->identity);
    count_unchanged(run, known, file->shown);
    return run->options->dry_run ? DELIB_OK : archive_put_state(run->writer, &again, error);
}

/* Read the file anew and put its acts in the place of those that it had. */
static enum delib_status replace(struct run *run, const struct scanned_file *file, bool is_known,
                                 const struct sidecar_fields *sidecar, struct delib_error *error)
{
    struct file_state state = {.path = slice_of(file->path),
                               .sha256 = slice_of(run->intake->sha256.hex),
                               .sidecar_sha256 = slice_of(sidecar->sha256.hex)};
    if (run->options->dry_run)
        printf("%c %s\n", is_known ? 'U' : 'A', file->shown);
    set_identity(&state, &run->intake->identity);
    intake_extract(run->intake, file->path, file->shown, sidecar);
    describe(run, &state);
    count(run, &state, file->shown);
    return put(run, &state, run->intake->acts, run->intake->act_count, error);
}

/* A file that cannot even be opened. Its acts stay out of the archive as it is now; the failure is kept. */
static enum delib_status put_unreadable(struct run *run, const struct scanned_file *file, const char *reason,
                                        const char *detail, struct delib_error *error)
{
    struct file_state state = {
        .path = slice_of(file->path), .outcome = FILE_FAILED, .reason = slice_of(reason), .detail = slice_of(detail)};
    struct file_state known;
    count(run, &state, file->shown);
    enum delib_status status = archive_file_get(&known, run->file_arena, run->writer, state.path, error);
    if (status == DELIB_OK && slice_equal(known.reason, state.reason) && slice_equal(known.detail, state.detail))
        return DELIB_OK;
    return status == DELIB_OK || status == DELIB_NOT_FOUND ? put(run, &state, NULL, 0, error) : status;
}

static enum delib_status take_file(struct run *run, const struct scanned_file *file, struct delib_error *error)
{
    struct file_state known;
    struct file_identity identity;
    struct sidecar_fields sidecar;
    struct delib_error problem;
    const char *reason = "unreadable";
    arena_reset(run->file_arena);
    if (file->problem)
        return put_unreadable(run, file, reason, file->problem, error);
    if (file_identity_of(&identity, file->path, &problem) != DELIB_OK)
        return put_unreadable(run, file, reason, problem.message, error);
    sidecars_for(&sidecar, run->sidecars, run->file_arena, file->path, file->root);
    enum delib_status status = archive_file_get(&known, run->file_arena, run->writer, slice_of(file->path), error);
    if (status != DELIB_OK && status != DELIB_NOT_FOUND)
        return status;
    bool is_known = status == DELIB_OK;
    bool same_sidecar = is_known && slice_equal(known.sidecar_sha256, slice_of(sidecar.sha256.hex));
    bool retry = is_known && worth_retrying(&known);
    if (same_sidecar && !retry && same_file(&known, &identity)) {
        count_unchanged(run, &known, file->shown);
        return DELIB_OK;
    }
    if (intake_load(run->intake, file->path, &reason, &problem) != DELIB_OK)
        return put_unreadable(run, file, reason, problem.message, error);
    if (same_sidecar && !retry && slice_equal(known.sha256, slice_of(run->intake->sha256.hex)))
        return keep(run, file, &known, error);
    return replace(run, file, is_known, &sidecar, error);
}

/* --- all files ----------------------------------------------------------------------------------------------- */

static enum delib_status take_files(struct run *run, struct delib_error *error)
{
    enum delib_status status = DELIB_OK;
    for (size_t i = 0; i < run->scan.file_count && status == DELIB_OK && !interrupted; i++) {
        status = take_file(run, &run->scan.files[i], error);
        if (status == DELIB_OK && archive_pending_bytes(run->writer) > BATCH_BYTES)
            status = commit(run, error);
        progress_show(&run->progress, i + 1);
    }
    return status;
}

/* Sidecars are no documents, but one that cannot be used is told. */
static void check_sidecars(struct run *run)
{
    for (size_t i = 0; i < run->scan.sidecar_count; i++) {
        struct delib_error problem;
        enum delib_status status = sidecar_check(run->scan.sidecars[i].path, &problem);
        if (status == DELIB_NOT_FOUND)
            run->counts.skipped++;
        else if (status != DELIB_OK)
            run->counts.failed++;
        if (status != DELIB_OK)
            complain(run, run->scan.sidecars[i].shown, status == DELIB_NOT_FOUND ? "orphan-sidecar" : "bad-sidecar",
                     problem.message);
    }
}

/* --- what is gone ---------------------------------------------------------------------------------------------- */

struct gone {
    const struct run *run;
    struct arena *arena;
    const char **paths;
    size_t count;
    size_t known; /* files known below the sources */
};

static bool is_below(const struct source *source, struct slice path)
{
    size_t root = strlen(source->root);
    return source->is_folder && path.len > root && slice_starts(path, slice_of(source->root)) &&
           (path.bytes[root] == '/' || root == 1);
}

static bool was_seen(const struct scan *scan, struct slice path)
{
    size_t low = 0;
    size_t high = scan->file_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = slice_compare(path, slice_of(scan->files[middle].path));
        if (order == 0)
            return true;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return false;
}

static bool collect_gone(const struct file_state *state, void *payload)
{
    struct gone *gone = payload;
    bool below = false;
    for (size_t i = 0; i < gone->run->scan.source_count; i++)
        below |= is_below(&gone->run->scan.sources[i], state->path);
    if (!below)
        return true;
    gone->known++;
    if (was_seen(&gone->run->scan, state->path))
        return true;
    gone->paths = arena_grow(gone->arena, gone->paths, gone->count, sizeof *gone->paths);
    gone->paths[gone->count++] = arena_string(gone->arena, state->path);
    return true;
}

/* Too much gone at once: a source that is not mounted, most likely. */
static bool is_suspicious(const struct gone *gone)
{
    return gone->count > GUARDED_FILES && gone->count * 100 > gone->known * GUARDED_PERCENT;
}

static enum delib_status remove_gone(struct run *run, struct delib_error *error)
{
    struct gone gone = {.run = run, .arena = run->arena};
    enum delib_status status = archive_each_file(archive_writer_reader(run->writer), collect_gone, &gone, error);
    if (status == DELIB_OK && is_suspicious(&gone) && !run->options->allow_mass_delete)
        return delib_fail(error, DELIB_INVALID,
                          "%zu of %zu known files are gone from the sources; nothing was removed. If that is right, "
                          "run again with --allow-mass-delete; if not, see whether the folder is mounted",
                          gone.count, gone.known);
    for (size_t i = 0; i < gone.count && status == DELIB_OK; i++) {
        run->counts.removed++;
        if (run->options->dry_run) {
            printf("D %s\n", gone.paths[i]);
            continue;
        }
        run->changed = true;
        status = archive_remove_file(run->writer, slice_of(gone.paths[i]), error);
    }
    return status;
}

/* --- the run ------------------------------------------------------------------------------------------------------ */

static void print_summary(const struct run *run)
{
    const struct counts *counts = &run->counts;
    int64_t elapsed_ms = now_ms() - run->progress.started_ms;
    if (run->options->quiet)
        return;
    fprintf(stderr,
            _("delib-index: %zu files: %zu indexed (%zu acts), %zu unchanged, %zu skipped, %zu failed; %zu removed; "
              "%lld.%lld s\n"),
            counts->indexed + counts->unchanged + counts->skipped + counts->failed, counts->indexed, counts->acts,
            counts->unchanged, counts->skipped, counts->failed, counts->removed, (long long)elapsed_ms / 1000,
            (long long)elapsed_ms % 1000 / 100);
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

static enum delib_status bring_up_to_date(struct run *run, struct delib_error *error)
{
    enum delib_status status =
        scan_sources(&run->scan, run->arena, run->options->sources, run->options->source_count, error);
    if (status == DELIB_OK)
        status = archive_writer_open(&run->writer, run->archive_path, error);
    if (status != DELIB_OK)
        return status;
    run->progress = progress_start(run->scan.file_count, run->options->quiet);
    status = take_files(run, error);
    if (status == DELIB_OK && !interrupted)
        check_sidecars(run);
    enum delib_status removal = status == DELIB_OK && !interrupted ? remove_gone(run, error) : DELIB_OK;
    struct delib_error problem;
    if (status == DELIB_OK && (status = commit(run, &problem)) != DELIB_OK)
        *error = problem;
    progress_clear(&run->progress);
    return status == DELIB_OK ? removal : status;
}

int run(const struct options *options, const char *archive)
{
    struct delib_error error;
    struct run run = {.options = options,
                      .archive_path = archive,
                      .arena = arena_new(),
                      .file_arena = arena_new(),
                      .intake = intake_new(),
                      .sidecars = sidecars_new()};
    catch_signals();
    run.progress = progress_start(0, options->quiet);
    enum delib_status status = bring_up_to_date(&run, &error);
    if (status == DELIB_OK)
        print_summary(&run);
    else
        fprintf(stderr, "delib-index: %s\n", error.message);
    int code = status != DELIB_OK      ? exit_code_of(status)
               : interrupted           ? EXIT_INTERRUPTED
               : run.counts.failed > 0 ? EXIT_SOME_FAILED
                                       : EXIT_DONE;
    archive_writer_free(run.writer);
    sidecars_free(run.sidecars);
    intake_free(run.intake);
    arena_free(run.file_arena);
    arena_free(run.arena);
    return code;
}

#include "run.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "archive/archive.h"
#include "base/utf8.h"
#include "base/words.h"
#include "gone.h"
#include "intake.h"
#include "progress.h"
#include "scan.h"

enum { BATCH_BYTES = 16 << 20 }; /* text put before a commit: bounds the memory and what a kill can cost */

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
    struct archive_writer *writer; /* NULL in a dry run */
    struct xapian_reader *reader;  /* the writer's; a dry run's own, NULL when there is no archive yet */
    struct arena *arena;           /* of the whole run */
    struct arena *file_arena;      /* of one file */
    struct scan scan;
    struct intake *intake;
    struct sidecars *sidecars;
    struct progress progress;
    struct counts counts;
    bool changed;   /* something was put since the last commit */
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
    progress_clear(&run->progress);
    fprintf(stderr, "delib-index: %s: %s: %s\n", utf8_line(run->file_arena, slice_of(path)), reason,
            *detail ? _(detail) : "");
}

/* A line of --dry-run: added, updated, deleted, skipped. */
static void print_plan(struct run *run, char letter, const char *path)
{
    if (run->options->dry_run)
        printf("%c %s\n", letter, utf8_line(run->file_arena, slice_of(path)));
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
        break;
    case FILE_SKIPPED:
        run->counts.skipped++;
        break;
    case FILE_FAILED:
        run->counts.failed++;
        complain(run, shown, state);
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

/* What the archive knows of the file; false when it is new. */
static bool recall(struct run *run, struct file_state *known, struct slice path, enum delib_status *status,
                   struct delib_error *error)
{
    if (!run->reader)
        return false;
    *status = archive_file_get(known, run->file_arena, run->reader, path, error);
    if (*status != DELIB_NOT_FOUND)
        return *status == DELIB_OK;
    *status = DELIB_OK;
    return false;
}

static bool same_outcome(const struct file_state *a, const struct file_state *b)
{
    return a->outcome == b->outcome && slice_equal(a->reason, b->reason) && slice_equal(a->detail, b->detail) &&
           slice_equal(a->sha256, b->sha256) && slice_equal(a->sidecar_sha256, b->sidecar_sha256) &&
           a->act_count == b->act_count;
}

/* Read the file anew and put its acts in the place of those that it had. `known` is NULL for a new file. */
static enum delib_status replace(struct run *run, const struct scanned_file *file, const struct file_state *known,
                                 const struct sidecar_fields *sidecar, struct delib_error *error)
{
    struct file_state state = {.path = slice_of(file->path),
                               .sha256 = slice_of(run->intake->sha256.hex),
                               .sidecar_sha256 = slice_of(sidecar->sha256.hex)};
    set_identity(&state, &run->intake->identity);
    intake_extract(run->intake, file->path, file->shown, sidecar);
    describe(run, &state);
    count(run, &state, file->shown);
    if (known && state.act_count == 0 && same_outcome(known, &state)) /* tried again, failed again */
        return DELIB_OK;
    run->counts.acts += state.act_count;
    print_plan(run, state.outcome == FILE_SKIPPED ? 'S' : known ? 'U' : 'A', file->shown);
    return put(run, &state, run->intake->acts, run->intake->act_count, error);
}

/* A file that gives no acts, for a reason known before reading it. One that is out of reach for now keeps those that it
 * had. Nothing is put when all this is known already. */
static enum delib_status put_note(struct run *run, const struct scanned_file *file, enum file_outcome outcome,
                                  const char *reason, const char *detail, struct delib_error *error)
{
    struct file_state state = {
        .path = slice_of(file->path), .outcome = outcome, .reason = slice_of(reason), .detail = slice_of(detail)};
    struct file_state known = {0};
    enum delib_status status = DELIB_OK;
    bool is_known = recall(run, &known, state.path, &status, error);
    bool is_out_of_reach = strcmp(reason, "unreadable") == 0 || strcmp(reason, "changing") == 0;
    state.act_count = is_out_of_reach ? known.act_count : 0;
    count(run, &state, file->shown);
    if (status != DELIB_OK || (is_known && same_outcome(&known, &state)))
        return status;
    if (outcome == FILE_SKIPPED)
        print_plan(run, 'S', file->shown);
    if (!is_out_of_reach || run->options->dry_run)
        return put(run, &state, NULL, 0, error);
    run->changed = true;
    return archive_put_state(run->writer, &state, error);
}

/* A file removed since the scan is for the next run to judge; any other that cannot be read is a failure. */
static enum delib_status put_unread(struct run *run, const struct scanned_file *file, const char *reason,
                                    const struct delib_error *problem, struct delib_error *error)
{
    if (problem->status != DELIB_NOT_FOUND)
        return put_note(run, file, FILE_FAILED, reason, problem->message, error);
    run->counts.skipped++;
    return DELIB_OK;
}

static enum delib_status take_document(struct run *run, const struct scanned_file *file, struct delib_error *error)
{
    struct file_state known;
    struct file_identity identity;
    struct sidecar_fields sidecar;
    struct delib_error problem;
    const char *reason = "unreadable";
    enum delib_status status = DELIB_OK;
    bool is_known = recall(run, &known, slice_of(file->path), &status, error);
    if (status != DELIB_OK)
        return status;
    if (file_identity_of(&identity, file->path, &problem) != DELIB_OK)
        return put_unread(run, file, reason, &problem, error);
    sidecars_for(&sidecar, run->sidecars, run->file_arena, file->path, file->root);
    bool same_sidecar = is_known && slice_equal(known.sidecar_sha256, slice_of(sidecar.sha256.hex));
    bool retry = is_known && worth_retrying(&known);
    if (same_sidecar && !retry && same_file(&known, &identity)) {
        count_unchanged(run, &known, file->shown);
        return DELIB_OK;
    }
    if (intake_load(run->intake, file->path, &reason, &problem) != DELIB_OK)
        return put_unread(run, file, reason, &problem, error);
    if (same_sidecar && !retry && slice_equal(known.sha256, slice_of(run->intake->sha256.hex)))
        return keep(run, file, &known, error);
    return replace(run, file, is_known ? &known : NULL, &sidecar, error);
}

/* Sidecars are no documents and are not counted, but one that cannot be used is told. */
static enum delib_status take_sidecar(struct run *run, struct scanned_file *file, struct delib_error *error)
{
    struct delib_error problem;
    enum delib_status status = sidecar_check(file->path, &problem);
    if (status == DELIB_OK)
        return DELIB_OK;
    file->reason = status == DELIB_NOT_FOUND ? "orphan-sidecar" : "sidecar-unreadable";
    return put_note(run, file, status == DELIB_NOT_FOUND ? FILE_SKIPPED : FILE_FAILED, file->reason, problem.message,
                    error);
}

static enum delib_status take_file(struct run *run, struct scanned_file *file, struct delib_error *error)
{
    arena_reset(run->file_arena);
    switch (file->kind) {
    case SCANNED_DOCUMENT:
        return take_document(run, file, error);
    case SCANNED_SIDECAR:
        return take_sidecar(run, file, error);
    case SCANNED_PASSED_OVER:
        return put_note(run, file, FILE_SKIPPED, file->reason, file->detail, error);
    case SCANNED_OUT_OF_REACH:
        return put_note(run, file, FILE_FAILED, file->reason, file->detail, error);
    }
    return DELIB_OK;
}

/* --- all files ----------------------------------------------------------------------------------------------- */

static enum delib_status take_files(struct run *run, struct delib_error *error)
{
    enum delib_status status = DELIB_OK;
    for (size_t i = 0; i < run->scan.file_count && status == DELIB_OK && !interrupted; i++) {
        status = take_file(run, &run->scan.files[i], error);
        if (status == DELIB_OK && run->writer && archive_pending_bytes(run->writer) > BATCH_BYTES)
            status = commit(run, error);
        progress_show(&run->progress, i + 1);
    }
    return status;
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
    return archive_remove_file(run->writer, slice_of(file->path), error);
}

static enum delib_status remove_gone(struct run *run, struct delib_error *error)
{
    struct gone gone;
    if (!run->reader)
        return DELIB_OK;
    enum delib_status status = gone_find(&gone, run->arena, &run->scan, run->reader, error);
    if (status == DELIB_OK && gone.suspicious && !run->options->allow_mass_delete) {
        run->suspected = true;
        progress_clear(&run->progress);
        fprintf(stderr,
                _("delib-index: %s: %zu of %zu known files are gone; nothing was removed. If that is right, run again "
                  "with --allow-mass-delete; if not, see whether the folder is mounted\n"),
                utf8_line(run->arena, slice_of(gone.suspicious->given)), gone.suspicious_lost, gone.suspicious_known);
        return DELIB_OK;
    }
    for (size_t i = 0; i < gone.count && status == DELIB_OK; i++)
        status = remove_one(run, &gone.files[i], error);
    return status;
}

/* --- the run ------------------------------------------------------------------------------------------------------ */

static void print_summary(const struct run *run)
{
    const struct counts *counts = &run->counts;
    int64_t elapsed_ms = now_ms() - run->progress.started_ms;
    if (interrupted)
        fputs(_("delib-index: interrupted; what was read is kept, the next run goes on from there\n"), stderr);
    if (run->options->quiet)
        return;
    if (run->options->dry_run)
        fputs(_("delib-index: dry run: nothing was changed, this is what would be done\n"), stderr);
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

/* A dry run only reads: it makes no archive and takes no lock. */
static enum delib_status open_archive(struct run *run, struct delib_error *error)
{
    if (run->options->dry_run) {
        enum delib_status status = archive_open(&run->reader, run->archive_path, error);
        return status == DELIB_NOT_FOUND ? DELIB_OK : status;
    }
    enum delib_status status = archive_writer_open(&run->writer, run->archive_path, error);
    if (status == DELIB_OK)
        run->reader = archive_writer_reader(run->writer);
    return status;
}

static void close_archive(struct run *run)
{
    if (!run->writer)
        xapian_reader_free(run->reader);
    archive_writer_free(run->writer);
}

static enum delib_status bring_up_to_date(struct run *run, struct delib_error *error)
{
    const struct options *options = run->options;
    enum delib_status status =
        scan_sources(&run->scan, run->arena, options->sources, options->source_count, run->archive_path, error);
    if (status == DELIB_OK)
        status = open_archive(run, error);
    if (status != DELIB_OK)
        return status;
    run->progress = progress_start(run->scan.file_count, options->quiet);
    status = take_files(run, error);
    if (status == DELIB_OK && !interrupted)
        status = remove_gone(run, error);
    if (status == DELIB_OK)
        status = commit(run, error);
    progress_clear(&run->progress);
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
        fprintf(stderr, "delib-index: %s\n", utf8_line(run.arena, slice_of(error.message)));
    int code = exit_code(&run, status);
    close_archive(&run);
    sidecars_free(run.sidecars);
    intake_free(run.intake);
    arena_free(run.file_arena);
    arena_free(run.arena);
    return code;
}

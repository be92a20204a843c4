#include "alerts.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ask.h"
#include "base/replace_file.h"
#include "base/words.h"
#include "saved.h"

enum {
    FEED_ENTRIES = 100,    /* the newest ones; more when more are new */
    STATE_MAX_BYTES = 8192 /* two numbers and a path */
};

/* What was told: all up to `revision`; up to `pending` too when the file of that revision is there. */
struct state {
    unsigned revision;
    unsigned pending;
};

struct alerting {
    const struct options *options;
    struct searcher *searcher;
    const char *archive; /* absolute; of several, one after the other */
    const char *folder;
    int code;
};

static bool is_feed(const struct alerting *alerting)
{
    return strcmp(alerting->options->format->name, "atom") == 0;
}

static void fail(struct alerting *alerting, const char *path, const char *why)
{
    fprintf(stderr, "delib-query: %s: %s\n", path, why);
    alerting->code = EXIT_ARCHIVE;
}

/* --- the state of a question -------------------------------------------------------------------------------------- */

static void state_path(struct buffer *out, const struct alerting *alerting, const char *name)
{
    buffer_clear(out);
    buffer_printf(out, "%s/.%s.state", alerting->folder, name);
}

/* "15", or the feed's name without one. */
static void output_path(struct buffer *out, const struct alerting *alerting, const char *name, unsigned revision)
{
    const char *suffix = strcmp(alerting->options->format->name, "text") == 0 ? "txt" : alerting->options->format->name;
    buffer_clear(out);
    if (is_feed(alerting))
        buffer_printf(out, "%s/%s.%s", alerting->folder, name, suffix);
    else
        buffer_printf(out, "%s/%s.%u.%s", alerting->folder, name, revision, suffix);
}

static bool write_state(struct alerting *alerting, const char *name, const struct state *state)
{
    struct buffer path = {0};
    struct buffer text = {0};
    struct delib_error error;
    state_path(&path, alerting, name);
    buffer_printf(&text, "%u %u %s\n", state->revision, state->pending, alerting->archive);
    bool written = replace_file(path.bytes, buffer_get(&text), &error) == DELIB_OK;
    if (!written)
        alerting->code = complain(&error);
    buffer_free(&path);
    buffer_free(&text);
    return written;
}

/* Zeroes when nothing was told yet. False when the state is another archive's, or unreadable. */
static bool read_state(struct state *out, struct alerting *alerting, const char *name)
{
    struct buffer path = {0};
    char text[STATE_MAX_BYTES] = "";
    int end = 0;
    bool good = true;
    *out = (struct state){0};
    state_path(&path, alerting, name);
    FILE *file = fopen(path.bytes, "re");
    if (!file) {
        good = errno == ENOENT;
        if (!good)
            fail(alerting, path.bytes, strerror(errno));
        buffer_free(&path);
        return good;
    }
    size_t count = fread(text, 1, sizeof text - 1, file);
    fclose(file);
    if (count > 0 && text[count - 1] == '\n')
        text[count - 1] = '\0';
    if (sscanf(text, "%u %u %n", &out->revision, &out->pending, &end) < 2 || end == 0) {
        fail(alerting, path.bytes, _("is damaged; remove it to be told of all matches again"));
        good = false;
    } else if (strcmp(text + end, alerting->archive) != 0) {
        fail(alerting, path.bytes, _("belongs to another archive; use a folder for each"));
        good = false;
    }
    buffer_free(&path);
    return good;
}

/* A run was stopped between putting its file in place and moving the state on: see whether the file is there. */
static bool settle(struct alerting *alerting, const char *name, struct state *state)
{
    struct buffer path = {0};
    if (state->pending == 0)
        return true;
    output_path(&path, alerting, name, state->pending);
    if (access(path.bytes, F_OK) == 0)
        state->revision = state->pending;
    state->pending = 0;
    buffer_free(&path);
    return write_state(alerting, name, state);
}

/* --- one question --------------------------------------------------------------------------------------------------
 */

static void new_path(struct buffer *out, const struct alerting *alerting, const char *name)
{
    buffer_clear(out);
    buffer_printf(out, "%s/.%s.new", alerting->folder, name);
}

/* Ask into a file that is not in its place yet; what was asked goes to *asked. */
static bool ask_beside(struct alerting *alerting, struct options *options, const char *name, struct asked *asked)
{
    struct buffer path = {0};
    new_path(&path, alerting, name);
    int file = open(path.bytes, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    int code = file >= 0 ? ask_into(options, alerting->searcher, file, asked) : EXIT_ARCHIVE;
    bool good = code <= EXIT_NOTHING;
    if (file < 0 || (good && fsync(file) != 0)) {
        fail(alerting, path.bytes, strerror(errno));
        good = false;
    } else if (!good) {
        fprintf(stderr, _("delib-query: the saved question « %s » was not answered\n"), name);
        alerting->code = code;
    }
    if (file >= 0)
        close(file);
    if (!good || asked->matches == 0)
        unlink(path.bytes);
    buffer_free(&path);
    return good;
}

/* A feed holds what is new and, up to its size, what was new before: its readers come when they like. */
static bool refresh_feed(struct alerting *alerting, struct options *options, const char *name, uint32_t new_acts)
{
    struct asked asked = {0};
    options->request.filters.has_since_revision = false;
    options->request.sort = SORT_REVISION_DESCENDING;
    options->request.limit = new_acts > FEED_ENTRIES ? new_acts : FEED_ENTRIES;
    return ask_beside(alerting, options, name, &asked);
}

/* Put what was asked in its place, and say so. A feed may be put there again; another file must be known to have been.
 */
static bool deliver(struct alerting *alerting, const char *name, const struct state *before, const struct asked *asked)
{
    struct buffer from = {0};
    struct buffer to = {0};
    struct state pending = {.revision = before->revision, .pending = asked->revision};
    new_path(&from, alerting, name);
    output_path(&to, alerting, name, asked->revision);
    bool good = is_feed(alerting) || write_state(alerting, name, &pending);
    if (good && rename(from.bytes, to.bytes) != 0) {
        fail(alerting, to.bytes, strerror(errno));
        good = false;
    }
    if (good)
        printf("%s\t%u\t%s\n", name, (unsigned)asked->matches, to.bytes);
    if (good && alerting->code == EXIT_NOTHING)
        alerting->code = EXIT_FOUND;
    buffer_free(&from);
    buffer_free(&to);
    return good;
}

static void tell(struct alerting *alerting, const char *name, struct options *options, const struct state *before)
{
    struct asked asked = {0};
    options->request.filters.has_since_revision = true;
    options->request.filters.since_revision = before->revision;
    options->request.limit = UINT32_MAX;
    bool good = ask_beside(alerting, options, name, &asked);
    if (good && asked.matches > 0 && is_feed(alerting))
        good = refresh_feed(alerting, options, name, asked.matches);
    if (good && asked.matches > 0)
        good = deliver(alerting, name, before, &asked);
    const struct state after = {.revision = asked.revision};
    if (good && asked.revision != before->revision)
        write_state(alerting, name, &after);
}

static void alert(struct alerting *alerting, struct saved_question *question)
{
    struct state state;
    struct delib_error error;
    struct xapian_reader *reader;
    bool known;
    struct options options = *alerting->options;
    options.question = (struct buffer){0};
    options.selection = (struct buffer){0};
    options.verb = VERB_ASK;
    options.request.only_as_typed = true;
    if (!saved_take(&options, question)) {
        alerting->code = EXIT_QUESTION;
    } else if (read_state(&state, alerting, question->name) && settle(alerting, question->name, &state)) {
        if (parts_refresh(&reader, alerting->searcher->parts, &error) != DELIB_OK) {
            alerting->code = complain(&error);
        } else {
            if (state.revision > parts_revision(alerting->searcher->parts, &known)) {
                fprintf(stderr, _("delib-query: %s: the archive was made anew: all its matches are told\n"),
                        question->name);
                state.revision = 0;
            }
            tell(alerting, question->name, &options, &state);
        }
    }
    buffer_free(&options.question);
    buffer_free(&options.selection);
}

/* --- all of them ----------------------------------------------------------------------------------------------------
 */

/* Two runs at once would tell twice. The file is never removed. */
static int lock(struct alerting *alerting)
{
    struct buffer path = {0};
    if (mkdir(alerting->folder, 0777) != 0 && errno != EEXIST) {
        fail(alerting, alerting->folder, strerror(errno));
        return -1;
    }
    buffer_printf(&path, "%s/.lock", alerting->folder);
    int file = open(path.bytes, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (file < 0 || flock(file, LOCK_EX | LOCK_NB) != 0) {
        fail(alerting, path.bytes, file >= 0 ? _("another run is at work there") : strerror(errno));
        if (file >= 0)
            close(file);
        file = -1;
    }
    buffer_free(&path);
    return file;
}

/* The archives that the state belongs to, absolute, one after the other. */
static void name_archives(struct buffer *out, const struct options *options)
{
    for (size_t i = 0; i < options->archive_count; i++) {
        char *absolute = realpath(options->archives[i], NULL);
        buffer_add_string(out, i > 0 ? ":" : "");
        buffer_add_string(out, absolute ? absolute : options->archives[i]);
        free(absolute);
    }
}

int alerts(struct options *options, struct searcher *searcher)
{
    struct saved_questions questions;
    struct delib_error error;
    struct buffer archive = {0};
    struct alerting alerting = {
        .options = options, .searcher = searcher, .folder = options->alerts, .code = EXIT_NOTHING};
    int held = -1;
    name_archives(&archive, options);
    alerting.archive = archive.bytes;
    if (saved_read(&questions, &error) != DELIB_OK) {
        alerting.code = complain(&error);
    } else if (questions.count == 0) {
        fprintf(stderr, "delib-query: %s\n",
                _("no question is saved; keep one with: delib-query --save NAME QUESTION"));
        alerting.code = EXIT_QUESTION;
    } else if ((held = lock(&alerting)) >= 0) {
        for (size_t i = 0; i < questions.count && alerting.code != EXIT_ARCHIVE; i++)
            alert(&alerting, &questions.items[i]);
    }
    if (held >= 0)
        close(held);
    saved_free(&questions);
    buffer_free(&archive);
    return alerting.code;
}

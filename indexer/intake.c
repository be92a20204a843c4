#include "intake.h"

#include <string.h>
#include <unistd.h>

#include "archive/stored_act.h"
#include "base/words.h"
#include "bundle.h"
#include "document_acts.h"
#include "envelope.h"
#include "wire.h"

/* What one file may cost. A converter has limits of its own below these. */
static const struct pool_limits limits = {
    .cpu_s = 60,
    .wall_ms = 60 * 1000,
    .memory_bytes = (size_t)1 << 30,
    .reply_bytes = (size_t)256 << 20,
};

/* --- in the child: request → reply -------------------------------------------------------------------------------- */

struct intake {
    struct arena *arena;
    struct buffer content;
    struct file_identity identity;
    struct sha256 sha256;
    struct reading reading;
    struct acts acts;
};

static const char *reason_of(enum delib_status status)
{
    switch (status) {
    case DELIB_TOO_BIG:
        return "too-big";
    case DELIB_MODIFIED:
        return "changing";
    case DELIB_UNSUPPORTED:
        return "no-regular-file";
    default:
        return "unreadable";
    }
}

static enum delib_status load(struct intake *intake, int file, struct delib_error *error)
{
    enum delib_status status = file_content_read_open(&intake->content, &intake->identity, file, error);
    if (status == DELIB_MODIFIED) /* whoever was writing it may be done now */
        status = file_content_read_open(&intake->content, &intake->identity, file, error);
    if (status == DELIB_OK)
        intake->sha256 = sha256_of(buffer_get(&intake->content));
    return status;
}

/* The fields of the envelope that names the file; NULL when there is none. */
static const struct act *envelope_act(struct arena *arena, struct slice xml, const char *path)
{
    struct envelope envelope;
    struct delib_error error;
    const char *slash = strrchr(path, '/');
    if (xml.len == 0)
        return NULL;
    if (envelope_read(&envelope, arena, xml, &error) != DELIB_OK) {
        struct act *warned = act_new(arena);
        act_warn(warned, "envelope-unreadable");
        return warned;
    }
    return envelope.act && envelope_names(&envelope, slice_of(slash ? slash + 1 : path)) ? envelope.act : NULL;
}

static void extract(struct intake *intake, const char *path, struct slice shown_path, const struct act *given)
{
    struct reading *reading = &intake->reading;
    read_document(reading, intake->arena, buffer_get(&intake->content), path);
    if (reading->format == FORMAT_ZIP && reading->outcome == READ_OK)
        bundle_acts(&intake->acts, intake->arena, reading, shown_path, given);
    else
        document_acts(&intake->acts, intake->arena, reading, shown_path, slice_of(intake->sha256.hex), given);
}

static void add_act(struct buffer *reply, const struct act *act, struct slice text)
{
    struct buffer stored = {0};
    stored_act_write(&stored, act, text);
    wire_add_text(reply, buffer_get(&stored));
    buffer_free(&stored);
}

static void add_outcome(struct buffer *reply, enum read_outcome outcome, const char *reason, const char *detail)
{
    wire_add_number(reply, outcome);
    wire_add_text(reply, slice_of(reason));
    wire_add_text(reply, slice_of(detail));
}

static void add_identity(struct buffer *reply, const struct file_identity *identity, const struct sha256 *sha256)
{
    wire_add_number(reply, identity->size_bytes);
    wire_add_number(reply, (uint64_t)identity->modified_ns);
    wire_add_number(reply, identity->inode);
    wire_add_text(reply, slice_of(sha256->hex));
}

/* The sidecars' fields as they were sent; NULL when there are none. */
static const struct act *sidecar_of(struct arena *arena, struct slice sent)
{
    struct stored_act stored;
    struct delib_error error;
    return sent.len > 0 && stored_act_read(&stored, arena, sent, &error) == DELIB_OK ? stored.act : NULL;
}

static void serve_loaded(struct buffer *reply, struct intake *intake, struct slice request)
{
    struct slice path = wire_take_text(&request);
    struct slice shown_path = wire_take_text(&request);
    struct slice known_sha256 = wire_take_text(&request);
    bool same = slice_equal(known_sha256, slice_of(intake->sha256.hex));
    wire_add_number(reply, same);
    add_identity(reply, &intake->identity, &intake->sha256);
    if (same)
        return;
    struct slice envelope = wire_take_text(&request);
    const struct act *sidecar = sidecar_of(intake->arena, wire_take_text(&request));
    const char *name = arena_string(intake->arena, path);
    extract(intake, name, shown_path, acts_united(intake->arena, sidecar, envelope_act(intake->arena, envelope, name)));
    const struct reading *reading = &intake->reading;
    add_outcome(reply, reading->outcome, reading->reason, reading->outcome == READ_OK ? "" : reading->error.message);
    wire_add_number(reply, intake->acts.count);
    for (size_t i = 0; i < intake->acts.count; i++)
        add_act(reply, intake->acts.items[i].act, intake->acts.items[i].text);
}

static void serve(struct buffer *reply, struct slice request, int file)
{
    struct delib_error error;
    struct intake intake = {.arena = arena_new()};
    enum delib_status status = load(&intake, file, &error);
    wire_add_number(reply, status == DELIB_OK);
    if (status == DELIB_OK)
        serve_loaded(reply, &intake, request);
    else
        add_outcome(reply, READ_FAILED, reason_of(status), error.message);
    reading_free(&intake.reading);
    buffer_free(&intake.content);
    arena_free(intake.arena);
}

/* --- here ------------------------------------------------------------------------------------------------------ */

struct pool *intake_pool_new(size_t children)
{
    return pool_new(children, serve, &limits);
}

enum delib_status intake_begin(struct pool *pool, struct pool_job *job, const struct intake_request *request,
                               const char **reason, struct delib_error *error)
{
    struct buffer sent = {0};
    int file;
    *reason = "unreadable";
    enum delib_status status = file_content_open(&file, request->path, error);
    if (status != DELIB_OK)
        return status;
    wire_add_text(&sent, slice_of(request->path));
    wire_add_text(&sent, slice_of(request->shown_path));
    wire_add_text(&sent, request->known_sha256);
    wire_add_text(&sent, request->sidecar->envelope);
    if (request->sidecar->act)
        add_act(&sent, request->sidecar->act, (struct slice){0});
    *reason = "helper-failed";
    status = pool_submit(pool, job, buffer_get(&sent), file, error);
    close(file);
    buffer_free(&sent);
    return status;
}

static void fail(struct intake_result *out, struct arena *arena, const char *reason, const char *detail)
{
    out->loaded = true; /* trying again would come to the same */
    out->outcome = READ_FAILED;
    out->reason = slice_of(reason);
    out->detail = arena_copy(arena, slice_of(detail));
}

static void take_outcome(struct intake_result *out, struct slice *reply)
{
    out->outcome = (enum read_outcome)wire_take_number(reply);
    out->reason = wire_take_text(reply);
    out->detail = wire_take_text(reply);
}

/* A child that was taken over by the file that it read may answer anything: nothing in a reply is taken on trust. */
static bool take_acts(struct intake_result *out, struct arena *arena, struct slice *reply)
{
    uint64_t count = wire_take_number(reply);
    struct delib_error error;
    for (uint64_t i = 0; i < count; i++) {
        struct stored_act stored;
        if (stored_act_read(&stored, arena, wire_take_text(reply), &error) != DELIB_OK)
            return false;
        out->acts = arena_grow(arena, out->acts, out->act_count, sizeof *out->acts);
        out->acts[out->act_count++] = (struct new_act){.act = stored.act, .text = stored.text};
    }
    return true;
}

static void take_reply(struct intake_result *out, struct arena *arena, struct slice reply)
{
    out->loaded = wire_take_number(&reply) == 1;
    if (!out->loaded) {
        take_outcome(out, &reply);
        return;
    }
    out->same = wire_take_number(&reply) == 1;
    out->identity.size_bytes = wire_take_number(&reply);
    out->identity.modified_ns = (int64_t)wire_take_number(&reply);
    out->identity.inode = wire_take_number(&reply);
    out->sha256 = wire_take_text(&reply);
    if (out->same)
        return;
    take_outcome(out, &reply);
    if (out->outcome > READ_FAILED || !take_acts(out, arena, &reply))
        fail(out, arena, "crashed", _("its reader gave an answer that makes no sense"));
}

void intake_end(struct intake_result *out, struct arena *arena, const struct pool_job *job)
{
    *out = (struct intake_result){0};
    switch (job->end) {
    case POOL_WAITING: /* not ended: the caller's mistake */
    case POOL_CRASHED:
        fail(out, arena, "crashed", arena_printf(arena, _("its reader crashed (signal %d)"), job->code));
        break;
    case POOL_OUT_OF_MEMORY:
        fail(out, arena, "too-big",
             arena_printf(arena, _("takes more than %zu MiB to read"), limits.memory_bytes >> 20));
        break;
    case POOL_TIMEOUT:
        fail(out, arena, "timeout", arena_printf(arena, _("takes longer than %u s to read"), limits.wall_ms / 1000));
        break;
    case POOL_REPLY_TOO_BIG:
        fail(out, arena, "too-big",
             arena_printf(arena, _("holds more than %zu MiB of text"), limits.reply_bytes >> 20));
        break;
    case POOL_DONE:
        take_reply(out, arena, buffer_get(&job->reply));
        break;
    }
}

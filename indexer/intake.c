#include "intake.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "archive/stored_act.h"
#include "base/words.h"
#include "bundle.h"
#include "document_acts.h"
#include "envelope.h"
#include "wire.h"

enum { NO_FILE = -1 };

const char *const intake_bad_acts = N_("its reader gave an answer that makes no sense");

/* What one file may cost. A converter has limits of its own below these. */
static const struct pool_limits limits = {
    .cpu_s = 60,
    .wall_ms = 60 * 1000,
    .memory_bytes = (size_t)1 << 30,
    .reply_bytes = (size_t)256 << 20,
};

/* The same where scanned pages are recognised: two hundred of them and more. */
static const struct pool_limits ocr_limits = {
    .cpu_s = 60,
    .wall_ms = 30 * 60 * 1000,
    .memory_bytes = (size_t)1 << 30,
    .reply_bytes = (size_t)256 << 20,
};

/* The same for one file of a bundle, which has a child of the bundle's own child. */
static const struct pool_limits member_limits = {
    .cpu_s = 15,
    .wall_ms = 15 * 1000, /* so that it does not take the time of the others */
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

static void add_act(struct buffer *reply, const struct act *act, struct slice text)
{
    struct buffer stored = {0};
    stored_act_write(&stored, act, NULL, text);
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
    return sent.len > 0 && stored_act_read_plain(&stored, arena, sent, &error) == DELIB_OK ? stored.act : NULL;
}

enum request {
    REQUEST_FILE,
    REQUEST_LINES /* of a file that others go through */
};

/* What a child is asked: `envelope` and `given` may be empty and NULL. */
static void write_request(struct buffer *sent, const struct intake_request *request, struct slice envelope,
                          const struct act *given, bool is_member)
{
    wire_add_number(sent, REQUEST_FILE);
    wire_add_text(sent, slice_of(request->path));
    wire_add_text(sent, slice_of(request->shown_path));
    wire_add_text(sent, request->known_sha256);
    wire_add_number(sent, is_member);
    wire_add_text(sent, slice_of(request->ocr_cache ? request->ocr_cache : ""));
    wire_add_text(sent, envelope);
    if (given)
        add_act(sent, given, (struct slice){0});
}

/* --- reply → result -------------------------------------------------------------------------------------------- */

static void fail(struct intake_result *out, struct arena *arena, const char *reason, const char *detail)
{
    *out = (struct intake_result){.loaded = true}; /* trying again would come to the same */
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
bool intake_read_acts(struct acts *out, struct arena *arena, const struct sent_acts *sent)
{
    struct slice rest = sent->bytes;
    struct delib_error error;
    for (size_t i = 0; i < sent->count; i++) {
        struct stored_act stored;
        if (stored_act_read_plain(&stored, arena, wire_take_text(&rest), &error) != DELIB_OK)
            return false;
        out->items = arena_grow(arena, out->items, out->count, sizeof *out->items);
        out->items[out->count++] = (struct new_act){.act = stored.act, .text = stored.text};
    }
    return true;
}

static void take_bad_lines(struct bad_lines *out, struct slice *reply)
{
    out->count = wire_take_number(reply);
    out->of = wire_take_number(reply);
    out->first = wire_take_number(reply);
    struct slice why = wire_take_text(reply);
    delib_fail(&out->why, DELIB_INVALID, "%.*s", (int)why.len, why.bytes ? why.bytes : "");
}

static void take_reply(struct intake_result *out, struct arena *arena, struct slice reply)
{
    out->loaded = wire_take_number(&reply) == 1;
    if (!out->loaded) {
        take_outcome(out, &reply);
        out->outcome = READ_FAILED;
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
    out->recognised = wire_take_text(&reply);
    take_bad_lines(&out->bad_lines, &reply);
    out->sent = (struct sent_acts){wire_take_number(&reply), reply};
    if (out->outcome > READ_FAILED)
        fail(out, arena, "crashed", _(intake_bad_acts));
}

/* What came of a job with the limits `granted`; acts and words live in `arena` and `reply`, its own or a copy. */
static void take_end(struct intake_result *out, struct arena *arena, const struct pool_job *job, struct slice reply,
                     const struct pool_limits *granted)
{
    const char *reason;
    const char *detail;
    *out = (struct intake_result){0};
    pool_end_words(&reason, &detail, arena, job, granted);
    if (*reason)
        fail(out, arena, reason, detail);
    else
        take_reply(out, arena, reply);
}

/* --- bundles, in the child ------------------------------------------------------------------------------------- */

static void serve(struct buffer *reply, struct slice request, int file);

/* A bundle's members are read one after the other in a child of this child. */
struct member_reader {
    struct arena *arena;
    struct pool *pool;
};

/* The content as an open file that has no name; -1 when there is no room. */
static int file_of(struct slice content)
{
    int file = memfd_create("member", MFD_CLOEXEC);
    while (file >= 0 && content.len > 0) {
        ssize_t written = write(file, content.bytes, content.len);
        if (written > 0) {
            content = slice_skip(content, (size_t)written);
        } else if (errno != EINTR) {
            close(file);
            file = -1;
        }
    }
    return file;
}

static void read_in_child(struct intake_result *out, struct member_reader *reader, const struct bundle_member *member)
{
    struct buffer sent = {0};
    struct pool_job job = {0};
    struct delib_error error = {0};
    struct intake_request request = {.path = member->name, .shown_path = arena_string(reader->arena, member->path)};
    write_request(&sent, &request, (struct slice){0}, member->given, true);
    int file = file_of(member->content);
    if (file >= 0 && pool_submit(reader->pool, &job, buffer_get(&sent), file, &error) == DELIB_OK) {
        while (job.end == POOL_WAITING)
            pool_wait(reader->pool);
        take_end(out, reader->arena, &job, arena_copy(reader->arena, buffer_get(&job.reply)), &member_limits);
    } else {
        fail(out, reader->arena, "helper-failed", file < 0 ? strerror(errno) : error.message);
    }
    if (file >= 0)
        close(file);
    buffer_free(&job.reply);
    buffer_free(&sent);
}

static void read_member(void *context, struct bundle_member *member, struct acts *acts)
{
    struct member_reader *reader = context;
    struct intake_result result = {0};
    size_t before = acts->count;
    read_in_child(&result, reader, member);
    if (!intake_read_acts(acts, reader->arena, &result.sent)) {
        acts->count = before;
        fail(&result, reader->arena, "crashed", _(intake_bad_acts));
    }
    member->outcome = result.outcome;
    member->reason = arena_string(reader->arena, result.reason);
    member->detail = arena_string(reader->arena, result.detail);
}

static void extract_bundle(struct intake *intake, struct slice shown_path, const struct act *given)
{
    struct member_reader reader = {intake->arena, pool_new(1, serve, &member_limits)};
    const struct bundle_reader apart = {read_member, &reader};
    bundle_acts(&intake->acts, intake->arena, &intake->reading, shown_path, given, &apart);
    pool_free(reader.pool);
}

static void extract(struct intake *intake, const char *path, struct slice shown_path, const struct act *given,
                    const char *ocr_cache, bool is_member)
{
    struct reading *reading = &intake->reading;
    const struct read_options options = {.ocr_cache = ocr_cache, .sha256 = intake->sha256.hex};
    read_document(reading, intake->arena, buffer_get(&intake->content), path, &options);
    bool is_bundle = reading->format == FORMAT_ZIP && reading->outcome == READ_OK;
    if (is_bundle && is_member)
        reading_stop(reading, REASON_NESTED, _("a zip file in a zip file: unpack it"));
    else if (is_bundle)
        extract_bundle(intake, shown_path, given);
    else
        document_acts(&intake->acts, intake->arena, reading, shown_path, slice_of(intake->sha256.hex), given);
}

/* --- requests, in the child ------------------------------------------------------------------------------------ */

static void add_acts(struct buffer *reply, const struct intake *intake)
{
    const struct reading *reading = &intake->reading;
    add_outcome(reply, reading->outcome, reading->reason,
                reading->outcome != READ_OK ? reading->error.message
                : reading->notes.bytes      ? reading->notes.bytes
                                            : "");
    wire_add_text(reply, buffer_get(&reading->recognised));
    wire_add_number(reply, reading->bad_lines.count);
    wire_add_number(reply, reading->bad_lines.of);
    wire_add_number(reply, reading->bad_lines.first);
    wire_add_text(reply, slice_of(reading->bad_lines.why.message));
    wire_add_number(reply, intake->acts.count);
    for (size_t i = 0; i < intake->acts.count; i++)
        add_act(reply, intake->acts.items[i].act, intake->acts.items[i].text);
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
    bool is_member = wire_take_number(&request) == 1;
    const char *ocr_cache = arena_string(intake->arena, wire_take_text(&request));
    struct slice envelope = wire_take_text(&request);
    const struct act *sidecar = sidecar_of(intake->arena, wire_take_text(&request));
    const char *name = arena_string(intake->arena, path);
    extract(intake, name, shown_path, acts_united(intake->arena, sidecar, envelope_act(intake->arena, envelope, name)),
            ocr_cache, is_member);
    add_acts(reply, intake);
}

static void serve_file(struct buffer *reply, struct intake *intake, struct slice request, int file)
{
    struct delib_error error;
    enum delib_status status = load(intake, file, &error);
    wire_add_number(reply, status == DELIB_OK);
    if (status == DELIB_OK)
        serve_loaded(reply, intake, request);
    else
        add_outcome(reply, READ_FAILED, file_content_reason(status), error.message);
}

/* Answered as a file is, but that whoever goes through the file knows what file it is. */
static void serve_lines(struct buffer *reply, struct intake *intake, struct slice request)
{
    struct slice shown_path = wire_take_text(&request);
    struct slice sha256 = wire_take_text(&request);
    const struct act *sidecar = sidecar_of(intake->arena, wire_take_text(&request));
    wire_add_number(reply, true);
    wire_add_number(reply, false);
    add_identity(reply, &intake->identity, &intake->sha256);
    read_lines(&intake->reading, intake->arena, wire_take_text(&request));
    document_acts(&intake->acts, intake->arena, &intake->reading, shown_path, sha256, sidecar);
    add_acts(reply, intake);
}

static void serve(struct buffer *reply, struct slice request, int file)
{
    struct intake intake = {.arena = arena_new()};
    if (wire_take_number(&request) == REQUEST_LINES)
        serve_lines(reply, &intake, request);
    else
        serve_file(reply, &intake, request, file);
    reading_free(&intake.reading);
    buffer_free(&intake.content);
    arena_free(intake.arena);
}

/* --- here ------------------------------------------------------------------------------------------------------ */

struct pool *intake_pool_new(size_t children, bool may_ocr)
{
    return pool_new(children, serve, may_ocr ? &ocr_limits : &limits);
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
    write_request(&sent, request, request->sidecar->envelope, request->sidecar->act, false);
    *reason = "helper-failed";
    status = pool_submit(pool, job, buffer_get(&sent), file, error);
    close(file);
    buffer_free(&sent);
    return status;
}

enum delib_status intake_begin_lines(struct pool *pool, struct pool_job *job, const struct intake_request *request,
                                     struct slice sha256, struct slice lines, struct delib_error *error)
{
    struct buffer sent = {0};
    struct buffer given = {0};
    wire_add_number(&sent, REQUEST_LINES);
    wire_add_text(&sent, slice_of(request->shown_path));
    wire_add_text(&sent, sha256);
    if (request->sidecar->act)
        stored_act_write(&given, request->sidecar->act, NULL, (struct slice){0});
    wire_add_text(&sent, buffer_get(&given));
    wire_add_text(&sent, lines);
    enum delib_status status = pool_submit(pool, job, buffer_get(&sent), NO_FILE, error);
    buffer_free(&given);
    buffer_free(&sent);
    return status;
}

void intake_end(struct intake_result *out, struct arena *arena, const struct pool_job *job)
{
    take_end(out, arena, job, buffer_get(&job->reply), &limits);
}

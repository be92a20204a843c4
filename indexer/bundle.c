#include "bundle.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include "act/act_json.h"
#include "base/utf8.h"
#include "base/words.h"
#include "document_acts.h"
#include "envelope.h"
#include "readers/zip_members.h"
#include "sidecar.h"

enum {
    MEMBERS_MAX_MS = 40 * 1000, /* for all: with the last one's own, less than intake.c gives the whole file */
    TEXT_MAX_BYTES = 64 * 1024 * 1024,
    NAME_MAX_BYTES = 1024, /* longer ones are made to cost time, folder by folder */
    TOLD_MEMBERS = 3       /* named in the message; the others are only counted */
};

struct named_envelope {
    struct slice folder; /* in the bundle */
    struct envelope envelope;
};

struct bundle {
    struct acts *acts;
    struct arena *arena;
    struct zip_members *zip;
    struct slice path;
    const struct act *given;
    const struct bundle_reader *reader;
    struct named_envelope *envelopes;
    size_t envelope_count;
    int64_t deadline_ms;
    size_t text_bytes;
    size_t document_count;
    size_t bad_count;
    const char *passing_reason; /* of a member that may be read another day; NULL: none */
    struct buffer complaints;
};

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* --- names ----------------------------------------------------------------------------------------------------- */

/* A member's name with slashes, as one line. */
static char *clean_name(struct arena *arena, const char *name)
{
    char *clean = utf8_line(arena, slice_of(name));
    for (char *byte = clean; *byte; byte++)
        if (*byte == '\\') /* as Windows programs of old write them */
            *byte = '/';
    return clean;
}

static struct slice base_name(struct slice path)
{
    size_t start = path.len;
    while (start > 0 && path.bytes[start - 1] != '/')
        start--;
    return slice_skip(path, start);
}

static struct slice folder_of(struct slice path)
{
    return slice_range(path, 0, path.len - base_name(path).len);
}

static struct slice next_component(struct slice *rest)
{
    size_t end = slice_find_byte(*rest, '/', 0);
    struct slice component = slice_range(*rest, 0, end == SLICE_NONE ? rest->len : end);
    *rest = slice_skip(*rest, component.len + 1);
    return component;
}

/* Whether the name leads out of the bundle, or nowhere. */
static bool is_unsafe(struct slice name)
{
    bool has_drive = name.len > 1 && name.bytes[1] == ':';
    if (slice_starts(name, SLICE("/")) || has_drive || name.len > NAME_MAX_BYTES)
        return true;
    while (name.len > 0)
        if (slice_equal(next_component(&name), SLICE("..")))
            return true;
    return false;
}

/* Folders, sidecars, and what systems put into zip files for themselves; hidden files are left out as they are outside.
 */
static bool is_left_out(struct slice name)
{
    if (name.len == 0 || slice_ends(name, SLICE("/")) || slice_ends(name, slice_of(SIDECAR_SUFFIX)))
        return true;
    while (name.len > 0) {
        struct slice component = next_component(&name);
        bool is_way = slice_equal(component, SLICE(".")) || slice_equal(component, SLICE(".."));
        if (slice_equal(component, SLICE("__MACOSX")) || (slice_starts(component, SLICE(".")) && !is_way))
            return true;
    }
    return false;
}

/* --- envelopes ------------------------------------------------------------------------------------------------- */

static void add_envelope(struct bundle *bundle, struct slice name, struct slice xml)
{
    struct envelope envelope;
    struct delib_error error;
    if (!envelope_is(xml) || envelope_read(&envelope, bundle->arena, xml, &error) != DELIB_OK || !envelope.act)
        return;
    bundle->envelopes = arena_grow(bundle->arena, bundle->envelopes, bundle->envelope_count, sizeof *bundle->envelopes);
    bundle->envelopes[bundle->envelope_count++] = (struct named_envelope){folder_of(name), envelope};
}

static void find_envelopes(struct bundle *bundle)
{
    for (size_t i = 0; i < zip_members_count(bundle->zip); i++) {
        struct buffer xml = {0};
        struct reading ignored = {0};
        struct slice name = slice_of(clean_name(bundle->arena, zip_members_name(bundle->zip, i)));
        bool is_xml = name.len > 4 && strncasecmp(name.bytes + name.len - 4, ".xml", 4) == 0;
        if (is_xml && zip_members_size(bundle->zip, i) <= ENVELOPE_MAX_BYTES &&
            zip_members_read(&ignored, &xml, bundle->zip, i))
            add_envelope(bundle, name, buffer_get(&xml));
        buffer_free(&xml);
    }
}

static const struct act *envelope_act(const struct bundle *bundle, struct slice name)
{
    for (size_t i = 0; i < bundle->envelope_count; i++) {
        const struct named_envelope *beside = &bundle->envelopes[i];
        if (slice_equal(beside->folder, folder_of(name)) && envelope_names(&beside->envelope, base_name(name)))
            return beside->envelope.act;
    }
    return NULL;
}

/* The fields of the sidecar of that name in the bundle; NULL when there is none. */
static const struct act *sidecar_act(struct bundle *bundle, const char *name, bool is_of_folder)
{
    size_t index;
    struct slice text;
    struct delib_error error;
    struct buffer json = {0};
    struct reading ignored = {0};
    if (!zip_members_find(bundle->zip, name, &index))
        return NULL;
    struct act *act = act_new(bundle->arena);
    if (!zip_members_read(&ignored, &json, bundle->zip, index) ||
        act_read_json(act, buffer_get(&json), SOURCE_SIDECAR, &text, &error) != DELIB_OK) {
        act = act_new(bundle->arena);
        act_warn(act, "sidecar-unreadable");
    }
    if (is_of_folder) /* an id names one act */
        act_clear(act, FIELD_ID);
    buffer_free(&json);
    return act;
}

/* What is given for the member: its sidecar, those of its folders from the nearest on, what came with the bundle, the
 * envelope that lies beside it. */
static const struct act *given_for(struct bundle *bundle, const char *name)
{
    struct arena *arena = bundle->arena;
    struct slice folder = folder_of(slice_of(name));
    struct buffer sidecar = {0};
    buffer_printf(&sidecar, "%s" SIDECAR_SUFFIX, name);
    const struct act *given = sidecar_act(bundle, sidecar.bytes, false);
    for (bool more = true; more; folder = folder_of(slice_range(folder, 0, folder.len - (folder.len > 0)))) {
        buffer_clear(&sidecar);
        buffer_printf(&sidecar, "%.*s" SIDECAR_OF_FOLDER, (int)folder.len, folder.bytes);
        given = acts_united(arena, given, sidecar_act(bundle, sidecar.bytes, true));
        more = folder.len > 0;
    }
    buffer_free(&sidecar);
    given = acts_united(arena, given, bundle->given);
    return acts_united(arena, given, envelope_act(bundle, slice_of(name)));
}

/* --- members --------------------------------------------------------------------------------------------------- */

static void note_outcome(struct bundle *bundle, const struct bundle_member *member)
{
    static const char *const passing[] = {"missing-helper", "helper-failed", "timeout"};
    bundle->document_count += member->outcome != READ_SKIPPED;
    if (member->outcome != READ_FAILED)
        return;
    if (bundle->bad_count++ < TOLD_MEMBERS)
        buffer_printf(&bundle->complaints, "%s%s: %s: %s", bundle->complaints.len > 0 ? "; " : "", member->name,
                      member->reason, member->detail);
    for (size_t i = 0; i < sizeof passing / sizeof *passing; i++)
        if (strcmp(member->reason, passing[i]) == 0)
            bundle->passing_reason = passing[i];
}

/* Unpack the member; false, and `problem` says why, when it is not to be read. */
static bool unpack(struct bundle *bundle, struct reading *problem, struct buffer *content, const char *name,
                   size_t index)
{
    if (is_unsafe(slice_of(name)))
        reading_stop(problem, REASON_UNSAFE_NAME, _("its name leads out of the zip file"));
    else if (now_ms() >= bundle->deadline_ms)
        reading_stop(problem, REASON_TIMEOUT, _("the files before it took all the time that a zip file has"));
    else if (bundle->text_bytes > TEXT_MAX_BYTES)
        reading_stop(problem, REASON_TOO_BIG, _("the files before it hold %d MB of text"), TEXT_MAX_BYTES >> 20);
    else
        return zip_members_read(problem, content, bundle->zip, index);
    return false;
}

static void read_member(struct bundle *bundle, struct bundle_member *member)
{
    size_t first = bundle->acts->count;
    bundle->reader->read(bundle->reader->context, member, bundle->acts);
    for (size_t i = first; i < bundle->acts->count; i++)
        bundle->text_bytes += bundle->acts->items[i].text.len;
}

static void take_member(struct bundle *bundle, size_t index)
{
    struct buffer content = {0};
    struct reading problem = {.reason = ""};
    struct bundle_member member = {.name = clean_name(bundle->arena, zip_members_name(bundle->zip, index))};
    if (is_left_out(slice_of(member.name)))
        return;
    member.path =
        slice_of(arena_printf(bundle->arena, "%.*s/%s", (int)bundle->path.len, bundle->path.bytes, member.name));
    if (unpack(bundle, &problem, &content, member.name, index)) {
        member.given = given_for(bundle, member.name);
        member.content = buffer_get(&content);
        read_member(bundle, &member);
    } else {
        member.outcome = problem.outcome;
        member.reason = problem.reason;
        member.detail = problem.error.message;
    }
    note_outcome(bundle, &member);
    buffer_free(&content);
}

static void conclude(const struct bundle *bundle, struct reading *reading)
{
    if (bundle->bad_count > 0) {
        reading_stop(reading, REASON_BAD_MEMBERS, _("%zu of %zu documents in it cannot be read: %s%s"),
                     bundle->bad_count, bundle->document_count, bundle->complaints.bytes,
                     bundle->bad_count > TOLD_MEMBERS ? " …" : "");
        if (bundle->passing_reason) /* so that it is tried again */
            reading->reason = bundle->passing_reason;
    } else if (bundle->document_count == 0) {
        reading_stop(reading, REASON_EMPTY, _("there is no document in this zip file"));
    }
}

void bundle_acts(struct acts *acts, struct arena *arena, struct reading *reading, struct slice path,
                 const struct act *given, const struct bundle_reader *reader)
{
    struct bundle bundle = {.acts = acts,
                            .arena = arena,
                            .path = path,
                            .given = given,
                            .reader = reader,
                            .deadline_ms = now_ms() + MEMBERS_MAX_MS,
                            .zip = zip_members_open(reading, reading->bundle)};
    if (!bundle.zip)
        return;
    find_envelopes(&bundle);
    for (size_t i = 0; i < zip_members_count(bundle.zip); i++)
        take_member(&bundle, i);
    conclude(&bundle, reading);
    buffer_free(&bundle.complaints);
    zip_members_free(bundle.zip);
}

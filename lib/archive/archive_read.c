#include "archive/archive.h"

#include <stdlib.h>
#include <string.h>

#include "archive/file_state.h"
#include "archive/file_states.h"
#include "archive/terms.h"
#include "archive/writer.h"
#include "base/sha256.h"
#include "base/words.h"

enum { REVISION_BYTES = 4 };

enum delib_status archive_default_path(char **out, struct delib_error *error)
{
    const char *archive = getenv("DELIB_ARCHIVE");
    const char *data = getenv("XDG_DATA_HOME");
    const char *home = getenv("HOME");
    struct buffer path = {0};
    if (archive && *archive)
        buffer_add_string(&path, archive);
    else if (data && *data)
        buffer_printf(&path, "%s/delib/archive", data);
    else if (home && *home)
        buffer_printf(&path, "%s/.local/share/delib/archive", home);
    else
        return delib_fail(error, DELIB_INVALID, _("no archive is given: use -a FOLDER or set DELIB_ARCHIVE"));
    *out = buffer_detach(&path);
    return DELIB_OK;
}

struct slice term_of_id(struct arena *arena, struct slice id)
{
    if (strlen(TERM_ID) + id.len <= XAPIAN_TERM_MAX_BYTES)
        return slice_of(arena_printf(arena, TERM_ID "%.*s", (int)id.len, id.bytes));
    return slice_of(arena_printf(arena, TERM_ID "sha256:%s", sha256_of(id).hex));
}

/* --- version ------------------------------------------------------------------------------------------------ */

enum delib_status archive_check_version(struct xapian_reader *reader, const char *path, bool *is_new,
                                        struct delib_error *error)
{
    char *version = NULL;
    size_t len = 0;
    enum delib_status status = xapian_reader_metadata(&version, &len, reader, KEY_VERSION, error);
    if (status != DELIB_OK)
        return status;
    *is_new = len == 0;
    long number = len > 0 ? strtol(version, NULL, 10) : ARCHIVE_VERSION;
    free(version);
    if (number == ARCHIVE_VERSION)
        return DELIB_OK;
    return delib_fail(error, DELIB_VERSION,
                      number < ARCHIVE_VERSION
                          ? _("%s: the archive has layout %ld, this program reads layout %d; make it again from its "
                              "sources: delib-index --rebuild SOURCE...")
                          : _("%s: the archive has layout %ld, this program reads layout %d; it was made by a newer "
                              "delib, which must be used"),
                      path, number, ARCHIVE_VERSION);
}

/* A database without the mark of an archive is a new one, or belongs to another program. */
enum delib_status archive_check_empty(struct xapian_reader *reader, const char *path, struct delib_error *error)
{
    uint32_t documents = 0;
    enum delib_status status = xapian_reader_document_count(&documents, reader, error);
    if (status == DELIB_OK && documents > 0)
        status = delib_fail(error, DELIB_VERSION, _("%s: a Xapian database that is no archive of delib"), path);
    return status;
}

/* --- reading ------------------------------------------------------------------------------------------------ */

/* Lend the reader out when what it reads is an archive of this version, else free it. DELIB_NOT_FOUND, without a word,
 * when it is none yet: somebody makes it right now, or was killed while making it. */
static enum delib_status take_reader(struct xapian_reader **out, struct xapian_reader *reader, const char *shown,
                                     struct delib_error *error)
{
    bool is_new = false;
    enum delib_status status = archive_check_version(reader, shown, &is_new, error);
    if (status == DELIB_OK && is_new) {
        status = archive_check_empty(reader, shown, error);
        if (status == DELIB_OK)
            status = DELIB_NOT_FOUND;
    }
    if (status == DELIB_OK)
        *out = reader;
    else
        xapian_reader_free(reader);
    return status;
}

enum delib_status archive_open(struct xapian_reader **out, const char *path, struct delib_error *error)
{
    struct xapian_reader *reader = NULL;
    enum delib_status status = xapian_reader_open(&reader, path, error);
    if (status == DELIB_OK)
        status = take_reader(out, reader, path, error);
    return status != DELIB_NOT_FOUND
               ? status
               : delib_fail(error, status,
                            _("%s: there is no archive here; make one with: delib-index -a %s SOURCE..."), path, path);
}

enum delib_status archive_open_remote(struct xapian_reader **out, const char *host, uint16_t port, uint32_t timeout_ms,
                                      struct delib_error *error)
{
    struct xapian_reader *reader = NULL;
    enum delib_status status = xapian_reader_open_remote(&reader, host, port, timeout_ms, error);
    if (status == DELIB_OK)
        status = take_reader(out, reader, host, error);
    return status != DELIB_NOT_FOUND ? status : delib_fail(error, status, _("what is served there is no archive"));
}

enum delib_status archive_knows_file(bool *out, struct arena *arena, struct xapian_reader *reader, struct slice file,
                                     struct delib_error *error)
{
    struct slice stored;
    enum delib_status status = file_states_get(&stored, arena, reader, file, error);
    *out = stored.len > 0;
    return status;
}

struct first_term {
    struct arena *arena;
    struct slice term;
};

static bool take_first_term(struct slice term, uint32_t frequency, void *payload)
{
    struct first_term *first = payload;
    (void)frequency;
    first->term = arena_copy(first->arena, term);
    return false;
}

enum delib_status archive_first_term(struct slice *out, struct arena *arena, struct xapian_reader *reader,
                                     xapian_docid docid, struct slice prefix, struct delib_error *error)
{
    struct first_term first = {.arena = arena};
    enum delib_status status = xapian_reader_each_document_term(reader, docid, prefix, take_first_term, &first, error);
    *out = first.term;
    return status;
}

static bool take_first_docid(xapian_docid docid, void *payload)
{
    *(xapian_docid *)payload = docid;
    return false;
}

enum delib_status archive_docid_of(xapian_docid *out, struct arena *arena, struct xapian_reader *reader,
                                   struct slice id, struct delib_error *error)
{
    *out = 0;
    return xapian_reader_each_docid(reader, term_of_id(arena, id), take_first_docid, out, error);
}

/* The state of the file is in the act's own part, or in the one that remembers the files of all (spread.h). */
static enum delib_status find_state(struct slice *out, struct arena *arena, struct xapian_reader *reader,
                                    struct slice file, struct delib_error *error)
{
    enum delib_status status = DELIB_OK;
    *out = (struct slice){0};
    for (size_t i = 0; i < xapian_reader_part_count(reader) && status == DELIB_OK && out->len == 0; i++)
        status = file_states_get(out, arena, xapian_reader_part(reader, i), file, error);
    return status;
}

enum delib_status archive_file_of_act(struct slice *out, struct arena *arena, struct xapian_reader *reader,
                                      struct slice id, struct delib_error *error)
{
    xapian_docid docid;
    struct slice file;
    struct slice stored;
    struct file_state state = {0};
    enum delib_status status = archive_docid_of(&docid, arena, reader, id, error);
    if (status == DELIB_OK && docid == 0)
        status = delib_fail(error, DELIB_NOT_FOUND, _("no act has this identifier"));
    if (status == DELIB_OK)
        status = archive_first_term(&file, arena, reader, docid, SLICE(TERM_FILE), error);
    if (status == DELIB_OK)
        status = find_state(&stored, arena, reader, slice_skip(file, strlen(TERM_FILE)), error);
    if (status == DELIB_OK)
        status = file_state_read(&state, arena, stored, error);
    *out = state.path;
    return status;
}

enum delib_status archive_revision(uint32_t *out, struct xapian_reader *reader, struct delib_error *error)
{
    char *stored = NULL;
    size_t len = 0;
    enum delib_status status = xapian_reader_metadata(&stored, &len, reader, KEY_REVISION, error);
    if (status == DELIB_OK)
        *out = (uint32_t)strtoul(stored, NULL, 10);
    free(stored);
    return status;
}

struct slice archive_revision_value(struct arena *arena, uint32_t revision)
{
    char *bytes = arena_alloc(arena, REVISION_BYTES + 1);
    for (int i = 0; i < REVISION_BYTES; i++)
        bytes[i] = (char)(revision >> 8 * (REVISION_BYTES - 1 - i) & 0xFF);
    return (struct slice){bytes, REVISION_BYTES};
}

uint32_t archive_revision_of(struct slice value)
{
    uint32_t revision = 0;
    for (size_t i = 0; i < value.len && i < REVISION_BYTES; i++)
        revision = revision << 8 | (unsigned char)value.bytes[i];
    return revision;
}

static enum delib_status read_text(struct slice *out, struct arena *arena, struct xapian_reader *reader,
                                   struct slice key, struct delib_error *error)
{
    char *stored = NULL;
    size_t len = 0;
    enum delib_status status = xapian_reader_metadata(&stored, &len, reader, key, error);
    if (status == DELIB_OK)
        *out = arena_copy(arena, (struct slice){stored, len});
    free(stored);
    return status;
}

enum delib_status archive_committed_at(struct slice *out, struct arena *arena, struct xapian_reader *reader,
                                       struct delib_error *error)
{
    return read_text(out, arena, reader, KEY_COMMITTED, error);
}

enum delib_status archive_revision_time(struct slice *out, struct arena *arena, struct xapian_reader *reader,
                                        uint32_t revision, struct delib_error *error)
{
    struct slice key = slice_of(arena_printf(arena, KEY_WHEN "%010u", (unsigned)revision));
    return read_text(out, arena, reader, key, error);
}

enum delib_status archive_family(struct slice *out, struct arena *arena, struct xapian_reader *reader,
                                 struct delib_error *error)
{
    return read_text(out, arena, reader, KEY_FAMILY, error);
}

struct file_walk {
    struct arena *arena;
    archive_file_visit *visit;
    void *payload;
    enum delib_status status;
    struct delib_error *error;
};

static bool visit_state(struct slice stored, void *payload)
{
    struct file_walk *walk = payload;
    struct file_state state;
    arena_reset(walk->arena);
    walk->status = file_state_read(&state, walk->arena, stored, walk->error);
    return walk->status == DELIB_OK && walk->visit(&state, walk->payload);
}

enum delib_status archive_each_state(struct xapian_reader *reader, archive_state_visit *visit, void *payload,
                                     struct delib_error *error)
{
    enum delib_status status = DELIB_OK;
    for (size_t i = 0; i < xapian_reader_part_count(reader) && status == DELIB_OK; i++)
        status = file_states_each(xapian_reader_part(reader, i), visit, payload, error);
    return status;
}

enum delib_status archive_each_file(struct xapian_reader *reader, archive_file_visit *visit, void *payload,
                                    struct delib_error *error)
{
    struct file_walk walk = {.arena = arena_new(), .visit = visit, .payload = payload, .error = error};
    enum delib_status status = archive_each_state(reader, visit_state, &walk, error);
    arena_free(walk.arena);
    return status == DELIB_OK ? walk.status : status;
}

/* --- what the archive covers ---------------------------------------------------------------------------------- */

struct coverage {
    size_t prefix_len;
    bool has_year;
    coverage_visit *visit;
    void *payload;
};

static bool visit_coverage(struct slice term, uint32_t frequency, void *payload)
{
    const struct coverage *coverage = payload;
    struct slice name = slice_skip(term, coverage->prefix_len);
    int year = 0;
    if (coverage->has_year) {
        for (size_t i = 0; i < 4 && i < name.len; i++)
            year = year * 10 + (name.bytes[i] - '0');
        name = slice_skip(name, strlen("AAAA") + 1);
    }
    return coverage->visit(name, year, frequency, coverage->payload);
}

static bool add_fields(struct slice term, uint32_t frequency, void *payload)
{
    uint32_t *acts = payload;
    char figures[2 * sizeof(unsigned) + 1] = "";
    struct slice given = slice_skip(term, strlen(TERM_HAS));
    memcpy(figures, given.bytes, given.len < sizeof figures ? given.len : 0);
    unsigned long fields = strtoul(figures, NULL, 16);
    for (enum act_field field = 0; field < FIELD_COUNT; field++)
        acts[field] += fields >> field & 1 ? frequency : 0;
    return true;
}

static int by_field_name(const void *a, const void *b)
{
    return strcmp(act_field_name(*(const enum act_field *)a), act_field_name(*(const enum act_field *)b));
}

static enum delib_status each_field(struct xapian_reader *reader, coverage_visit *visit, void *payload,
                                    struct delib_error *error)
{
    uint32_t acts[FIELD_COUNT] = {0};
    enum act_field fields[FIELD_COUNT];
    enum delib_status status = xapian_reader_each_term(reader, SLICE(TERM_HAS), add_fields, acts, error);
    for (enum act_field field = 0; field < FIELD_COUNT; field++)
        fields[field] = field;
    qsort(fields, FIELD_COUNT, sizeof *fields, by_field_name);
    for (size_t i = 0; i < FIELD_COUNT && status == DELIB_OK; i++)
        if (acts[fields[i]] > 0 && !visit(slice_of(act_field_name(fields[i])), 0, acts[fields[i]], payload))
            break;
    return status;
}

enum delib_status archive_each_coverage(struct xapian_reader *reader, enum coverage_kind kind, coverage_visit *visit,
                                        void *payload, struct delib_error *error)
{
    if (kind == COVERAGE_FIELD)
        return each_field(reader, visit, payload, error);
    const char *prefix = kind == COVERAGE_WARNING ? TERM_WARNING : TERM_COVERAGE;
    struct coverage coverage = {strlen(prefix), kind == COVERAGE_COUNCIL, visit, payload};
    return xapian_reader_each_term(reader, slice_of(prefix), visit_coverage, &coverage, error);
}

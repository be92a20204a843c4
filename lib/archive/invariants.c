#include "archive/invariants.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "archive/act_pack.h"
#include "archive/file_state.h"
#include "archive/rows.h"
#include "archive/terms.h"
#include "base/words.h"

struct checking {
    struct xapian_reader *reader;
    struct arena *arena; /* of one act, term or file */
    uint32_t documents;
    uint32_t revision; /* of the archive */
    uint64_t with_id;
    uint64_t with_file;
    bool one_shows;   /* of the acts of one id */
    bool knows_files; /* it is whole */
    invariant_visit *visit;
    void *payload;
    enum delib_status status;
    struct delib_error *error;
};

static void breach(struct checking *checking, const char *format, ...) __attribute__((format(printf, 2, 3)));
static void breach(struct checking *checking, const char *format, ...)
{
    char what[DELIB_MESSAGE_BYTES];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(what, sizeof what, format, arguments);
    va_end(arguments);
    checking->visit(what, checking->payload);
}

/* --- acts ---------------------------------------------------------------------------------------------------- */

static struct slice value_of(struct checking *checking, xapian_docid docid, enum value_slot slot)
{
    char *value = NULL;
    size_t len = 0;
    checking->status =
        xapian_reader_document_value(&value, &len, checking->reader, docid, (xapian_slot)slot, checking->error);
    struct slice copy =
        checking->status == DELIB_OK ? arena_copy(checking->arena, (struct slice){value, len}) : (struct slice){0};
    free(value);
    return copy;
}

static void check_values(struct checking *checking, xapian_docid docid, const struct act *act)
{
    struct slice date = value_of(checking, docid, SLOT_DATE);
    if (checking->status != DELIB_OK)
        return;
    const char *wanted = act->date ? arena_printf(checking->arena, "%08d", act->date) : "";
    if (!slice_equal(date, slice_of(wanted)))
        breach(checking, _("act %u: its date is not the one that questions see"), (unsigned)docid);
    struct slice revision = value_of(checking, docid, SLOT_REVISION);
    uint32_t number = archive_revision_of(revision);
    if (checking->status == DELIB_OK && (number == 0 || number > checking->revision))
        breach(checking, _("act %u: its revision is none of the archive's"), (unsigned)docid);
}

static void check_id(struct checking *checking, xapian_docid docid, const struct act *act)
{
    uint32_t frequency = 0;
    struct slice term = term_of_id(checking->arena, act->id);
    checking->status = xapian_reader_term_frequency(&frequency, checking->reader, term, checking->error);
    if (checking->status == DELIB_OK && frequency == 0)
        breach(checking, _("act %u: it is not found by its id"), (unsigned)docid);
}

static bool check_act(xapian_docid docid, void *payload)
{
    struct checking *checking = payload;
    struct stored_act stored;
    struct delib_error why;
    arena_reset(checking->arena);
    checking->status = archive_act(&stored, checking->arena, checking->reader, docid, &why);
    if (checking->status == DELIB_OK) {
        check_id(checking, docid, stored.act);
        if (checking->status == DELIB_OK)
            check_values(checking, docid, stored.act);
    } else if (checking->status == DELIB_CORRUPT) {
        breach(checking, _("act %u: %s"), (unsigned)docid, why.message);
        checking->status = DELIB_OK;
    } else {
        delib_fail(checking->error, checking->status, "%s", why.message);
    }
    return checking->status == DELIB_OK;
}

/* --- ids and files ------------------------------------------------------------------------------------------- */

static bool count_id(struct slice term, uint32_t frequency, void *payload)
{
    struct checking *checking = payload;
    (void)term;
    checking->with_id += frequency;
    return true;
}

/* On to the next act of the id while they are hidden. */
static bool look_for_shown(xapian_docid docid, void *payload)
{
    struct checking *checking = payload;
    struct slice mark;
    checking->status =
        archive_first_term(&mark, checking->arena, checking->reader, docid, SLICE(TERM_DUPLICATE), checking->error);
    checking->one_shows = mark.len == 0;
    return checking->status == DELIB_OK && mark.len > 0;
}

static bool check_hidden_id(struct slice term, uint32_t frequency, void *payload)
{
    struct checking *checking = payload;
    (void)frequency;
    checking->one_shows = false;
    enum delib_status status =
        xapian_reader_each_docid(checking->reader, term, look_for_shown, checking, checking->error);
    checking->status = status == DELIB_OK ? checking->status : status;
    if (checking->status == DELIB_OK && !checking->one_shows)
        breach(checking, _("of the acts with the id %.*s none shows"), (int)term.len - (int)strlen(TERM_ID),
               term.bytes + strlen(TERM_ID));
    return checking->status == DELIB_OK;
}

static bool check_hidden(xapian_docid docid, void *payload)
{
    struct checking *checking = payload;
    enum delib_status status = xapian_reader_each_document_term(checking->reader, docid, SLICE(TERM_ID),
                                                                check_hidden_id, checking, checking->error);
    checking->status = status == DELIB_OK ? checking->status : status;
    return checking->status == DELIB_OK;
}

static bool check_file_term(struct slice term, uint32_t frequency, void *payload)
{
    struct checking *checking = payload;
    bool is_known = false;
    struct slice file = slice_skip(term, strlen(TERM_FILE));
    arena_reset(checking->arena);
    checking->with_file += frequency;
    checking->status = archive_knows_file(&is_known, checking->arena, checking->reader, file, checking->error);
    if (checking->status == DELIB_OK && !is_known)
        breach(checking, _("%u acts are of a file that is not known"), (unsigned)frequency);
    return checking->status == DELIB_OK;
}

static bool check_state(const struct file_state *state, void *payload)
{
    struct checking *checking = payload;
    uint32_t acts = 0;
    size_t rows = 0;
    arena_reset(checking->arena);
    struct slice file = file_key(checking->arena, state->path);
    struct slice term = slice_of(arena_printf(checking->arena, TERM_FILE "%.*s", (int)file.len, file.bytes));
    checking->status = xapian_reader_term_frequency(&acts, checking->reader, term, checking->error);
    if (checking->status == DELIB_OK)
        checking->status = rows_of_file(&rows, checking->arena, checking->reader, file, checking->error);
    if (checking->status == DELIB_OK && acts + rows != state->act_count)
        breach(checking, _("%.*s: has %u acts in the archive and should have %u"), (int)state->path.len,
               state->path.bytes, (unsigned)(acts + rows), (unsigned)state->act_count);
    return checking->status == DELIB_OK;
}

static bool check_pack(struct slice key, struct slice value, void *payload)
{
    struct checking *checking = payload;
    bool is_known = false;
    (void)value;
    arena_reset(checking->arena);
    checking->status =
        archive_knows_file(&is_known, checking->arena, checking->reader, act_pack_file(key), checking->error);
    if (checking->status == DELIB_OK && !is_known)
        breach(checking, _("acts lie there of a file that is not known"));
    return checking->status == DELIB_OK;
}

/* --- all ----------------------------------------------------------------------------------------------------- */

/* What a visitor came to counts too. */
static enum delib_status both(const struct checking *checking, enum delib_status walk)
{
    return walk == DELIB_OK ? checking->status : walk;
}

static enum delib_status check_terms(struct checking *checking)
{
    struct xapian_reader *reader = checking->reader;
    struct delib_error *error = checking->error;
    enum delib_status status =
        both(checking, xapian_reader_each_term(reader, SLICE(TERM_ID), count_id, checking, error));
    if (status == DELIB_OK)
        status = both(checking, xapian_reader_each_docid(reader, SLICE(TERM_DUPLICATE), check_hidden, checking, error));
    if (status == DELIB_OK && checking->knows_files)
        status = both(checking, xapian_reader_each_term(reader, SLICE(TERM_FILE), check_file_term, checking, error));
    if (status == DELIB_OK && checking->with_id != checking->documents)
        breach(checking, _("%u acts have %llu ids"), (unsigned)checking->documents,
               (unsigned long long)checking->with_id);
    if (status == DELIB_OK && checking->knows_files && checking->with_file != checking->documents)
        breach(checking, _("%u acts are of a file, of %u"), (unsigned)checking->with_file,
               (unsigned)checking->documents);
    return status;
}

enum delib_status archive_check_invariants(struct xapian_reader *reader, invariant_visit *visit, void *payload,
                                           struct delib_error *error)
{
    struct checking checking = {
        .reader = reader, .arena = arena_new(), .visit = visit, .payload = payload, .error = error};
    struct slice family = {0};
    enum delib_status status = xapian_reader_document_count(&checking.documents, reader, error);
    if (status == DELIB_OK)
        status = archive_revision(&checking.revision, reader, error);
    if (status == DELIB_OK)
        status = archive_family(&family, checking.arena, reader, error);
    checking.knows_files = family.len == 0 || xapian_reader_part_count(reader) > 1;
    if (status == DELIB_OK)
        status = check_terms(&checking);
    if (status == DELIB_OK && checking.knows_files)
        status = both(&checking, archive_each_file(reader, check_state, &checking, error));
    if (status == DELIB_OK && checking.knows_files)
        status =
            both(&checking, xapian_reader_each_metadata(reader, SLICE(ACT_PACK_KEY), check_pack, &checking, error));
    if (status == DELIB_OK)
        status = both(&checking, xapian_reader_each_docid(reader, (struct slice){0}, check_act, &checking, error));
    arena_free(checking.arena);
    return status;
}

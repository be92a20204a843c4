#include "archive/member.h"

#include <stdlib.h>
#include <string.h>

#include "archive/stored_act.h"
#include "archive/terms.h"

struct key_search {
    struct arena *arena;
    struct slice keys[JOIN_KEY_COUNT];
};

static bool take_key(struct slice term, uint32_t frequency, void *payload)
{
    struct key_search *search = payload;
    struct slice rest = slice_skip(term, strlen(TERM_JOIN_ACT));
    (void)frequency;
    for (enum join_key kind = 0; kind < JOIN_KEY_COUNT; kind++)
        if (rest.len > 1 && rest.bytes[0] == JOIN_KEY_LETTERS[kind])
            search->keys[kind] = arena_copy(search->arena, slice_skip(rest, 1));
    return true;
}

enum delib_status member_keys(struct slice *keys, struct archive_writer *writer, xapian_docid docid, bool of_row,
                              struct delib_error *error)
{
    struct key_search search = {.arena = writer->arena};
    enum delib_status status = xapian_reader_each_document_term(
        writer->reader, docid, of_row ? SLICE(TERM_JOIN_ROW) : SLICE(TERM_JOIN_ACT), take_key, &search, error);
    memcpy(keys, search.keys, sizeof search.keys);
    return status;
}

enum delib_status member_read(struct member *out, struct archive_writer *writer, xapian_docid docid, bool is_row,
                              struct delib_error *error)
{
    struct stored_act stored;
    struct act *as_read = NULL;
    struct slice file_term;
    *out = (struct member){.is_row = is_row, .docid = docid};
    enum delib_status status = archive_act(&stored, writer->arena, writer->reader, docid, error);
    if (status == DELIB_OK)
        status = stored_act_as_read(&as_read, writer->arena, &stored, error);
    if (status == DELIB_OK)
        status = member_keys(out->as_read.keys, writer, docid, is_row, error);
    if (status == DELIB_OK)
        status = archive_first_term(&file_term, writer->arena, writer->reader, docid, SLICE(TERM_FILE), error);
    if (status != DELIB_OK)
        return status;
    out->as_read.act = as_read;
    out->shown = stored.act;
    out->text = stored.text;
    out->file = slice_skip(file_term, strlen(TERM_FILE));
    return DELIB_OK;
}

struct act_place member_place(const struct member *member, const struct act *as_read)
{
    struct act_place place = {.file = member->file, .as_read = as_read};
    memcpy(place.keys, member->as_read.keys, sizeof place.keys);
    return place;
}

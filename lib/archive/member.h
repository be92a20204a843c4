/* An act, or a row of a table, as the archive has it: read back to be laid beside others and stored anew. */
#ifndef DELIB_ARCHIVE_MEMBER_H
#define DELIB_ARCHIVE_MEMBER_H

#include "archive/writer.h"

struct member {
    struct joinable as_read;
    const struct act *shown; /* with what rows say of it */
    bool is_row;
    xapian_docid docid; /* 0: a row that completes an act, out of the way of questions */
    struct slice file;  /* the key of its source file */
    struct slice text;
};

/* The document in the arena of the call. */
enum delib_status member_read(struct member *out, struct archive_writer *writer, xapian_docid docid, bool is_row,
                              struct delib_error *error);

/* The keys of a document, from its terms. */
enum delib_status member_keys(struct slice *keys, struct archive_writer *writer, xapian_docid docid, bool of_row,
                              struct delib_error *error);

/* Where it goes when it is stored anew; `as_read` is NULL when no row completes it. */
struct act_place member_place(const struct member *member, const struct act *as_read);

#endif

/* Rows of tables in an archive: each completes the acts found in files that it speaks of, and is an act of its own
 * while there is none.
 *
 * What shows is a function of what was read, whatever the order: a row that completes an act lies in the metadata, out
 * of the way of questions, and an act that was completed keeps its record as read. When a file or a table comes,
 * changes or goes, the acts and rows that share a key with what it holds are settled anew, in the same commit. */
#ifndef DELIB_ARCHIVE_ROWS_H
#define DELIB_ARCHIVE_ROWS_H

#include "archive/writer.h"

/* Keys of what comes and goes with one file. Start from a zeroed struct. */
struct row_seeds {
    struct joinable *items; /* `act` is not used */
    bool *of_row;
    size_t count;
};

/* Whether the archive holds any row. */
enum delib_status rows_exist(bool *out, struct archive_writer *writer, struct delib_error *error);

/* Seeds live as long as the writer's file. */
void rows_add_seed(struct row_seeds *seeds, struct archive_writer *writer, const struct slice *keys, bool of_row);

/* The keys of the document, from its terms. */
enum delib_status rows_add_seed_of(struct row_seeds *seeds, struct archive_writer *writer, xapian_docid docid,
                                   struct delib_error *error);

/* How many rows of the file complete acts. */
enum delib_status rows_of_file(size_t *out, struct arena *arena, struct xapian_reader *reader, struct slice file,
                               struct delib_error *error);

/* Forget the rows of a file that complete acts; their keys go to `seeds`. */
enum delib_status rows_forget(struct row_seeds *seeds, struct archive_writer *writer, struct slice file,
                              struct delib_error *error);

/* An act or row that shares a key with a document, or with one that does, and so on. */
struct row_company {
    xapian_docid docid; /* 0: a row that completes an act, */
    struct slice name;  /* which is kept under this name */
    struct slice id;
};

/* All of them, in the arena of the call; none when the document has no key. */
enum delib_status rows_company(struct row_company **out, size_t *count, struct archive_writer *writer,
                               xapian_docid docid, struct delib_error *error);

/* Put a row that completes an act into another archive, too; take it away. */
enum delib_status rows_copy(struct archive_writer *to, struct archive_writer *from, struct slice name,
                            struct delib_error *error);
enum delib_status rows_remove(struct archive_writer *writer, struct slice name, struct delib_error *error);

/* Bring acts and rows that share a key with the seeds to what they should show. */
enum delib_status rows_settle(struct archive_writer *writer, const struct row_seeds *seeds, struct delib_error *error);

#endif

/* libxapian for C.
 *
 * The only door to Xapian: xapian_c.cc is the one C++ file of the tree. Rules that hold for every function here:
 * - no exception and no C++ type crosses; each Xapian exception becomes a status, with the database's folder and
 * Xapian's own words in `error`;
 * - _new/_open give an object that the caller frees with the _free of the same name; _get lends;
 * - an out parameter comes first and is set only on DELIB_OK;
 * - terms, keys and values are slices of bytes, any byte allowed; to look for a term or key over its limit finds none;
 * - a handle belongs to one thread at a time, with what was made from it (a writer's reader).
 * A database is a folder in Xapian's glass format, or one that xapian-tcpsrv serves. A stub file is not followed: it
 * could name a program to run.
 * Running out of memory ends the process (base/memory.h): a WritableDatabase must not be destroyed after bad_alloc. */
#ifndef DELIB_XAPIAN_C_H
#define DELIB_XAPIAN_C_H

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#include "base/buffer.h"
#include "base/slice.h"
#include "base/status.h"

/* A key of Xapian's B-trees has 255 bytes at most. */
enum {
    XAPIAN_TERM_MAX_BYTES = 245, /* leaves room for the document's number; a NUL in a term counts as two bytes */
    XAPIAN_KEY_MAX_BYTES = 253   /* of metadata; Xapian puts two bytes before it */
};

typedef uint32_t xapian_docid; /* from 1; 0 is none */
typedef uint32_t xapian_slot;

/* --- documents ---------------------------------------------------------------------------------------------- */

struct xapian_document;

struct xapian_document *xapian_document_new(void);
void xapian_document_free(struct xapian_document *document);  /* NULL is allowed */
void xapian_document_clear(struct xapian_document *document); /* empty it for the next use */

enum delib_status xapian_document_set_data(struct xapian_document *document, struct slice data,
                                           struct delib_error *error);
enum delib_status xapian_document_set_value(struct xapian_document *document, xapian_slot slot, struct slice value,
                                            struct delib_error *error);

/* A term with its within-document frequency; wdf 0 makes a boolean term, which does not lengthen the document. An empty
 * or too long term is DELIB_INVALID. */
enum delib_status xapian_document_add_term(struct xapian_document *document, struct slice term, uint32_t wdf,
                                           struct delib_error *error);

/* --- writing ------------------------------------------------------------------------------------------------ */

struct xapian_writer;
struct xapian_reader;

enum xapian_open_mode {
    XAPIAN_OPEN_EXISTING, /* DELIB_NOT_FOUND when there is no database */
    XAPIAN_OPEN_OR_CREATE,
    XAPIAN_CREATE_UNSYNCED /* as the one before, but commits wait for no disk: for what is thrown away or merged */
};

/* DELIB_LOCKED at once when another writer is open there; the message says which process when that can be told. The
 * lock is of the folder that bears the name now, also when another took its place meanwhile. XAPIAN_OPEN_OR_CREATE
 * makes the folder (not those above it) with an empty database at once. Else nothing shows but by xapian_writer_commit:
 * the writer is always inside one of Xapian's transactions, so its flush threshold never commits. A child forked
 * meanwhile keeps the lock until it execs or exits, and must not touch the writer. */
enum delib_status xapian_writer_open(struct xapian_writer **out, const char *path, enum xapian_open_mode mode,
                                     struct delib_error *error);

/* Drops what was not committed. NULL is allowed. */
void xapian_writer_free(struct xapian_writer *writer);

/* When one of the following fails, Xapian may have dropped every change since the last commit: free the writer and
 * begin again. Until then the writer refuses everything (DELIB_BUG), so that no half is committed. An argument that is
 * refused before anything was touched (DELIB_INVALID) does no such harm. */
enum delib_status xapian_writer_add(struct xapian_writer *writer, const struct xapian_document *document,
                                    struct delib_error *error);
/* Put `document` in the place of the one that has this number. */
enum delib_status xapian_writer_replace(struct xapian_writer *writer, xapian_docid docid,
                                        const struct xapian_document *document, struct delib_error *error);
enum delib_status xapian_writer_delete(struct xapian_writer *writer, xapian_docid docid, struct delib_error *error);
/* Add the document as another database has it, which must not change meanwhile; with `data` in the place of its own
 * when that is not empty. */
enum delib_status xapian_writer_add_from(struct xapian_writer *writer, struct xapian_reader *other, xapian_docid docid,
                                         struct slice data, struct delib_error *error);
/* Give a document a boolean term, or take it away; it may have it, or not, already. */
enum delib_status xapian_writer_mark(struct xapian_writer *writer, xapian_docid docid, struct slice term, bool marked,
                                     struct delib_error *error);
/* Delete every document that has the term, not yet committed ones too; DELIB_OK when there is none. */
enum delib_status xapian_writer_delete_term(struct xapian_writer *writer, struct slice term, struct delib_error *error);
enum delib_status xapian_writer_set_metadata(struct xapian_writer *writer, struct slice key, struct slice value,
                                             struct delib_error *error); /* an empty value deletes the key */
/* Make every change since the last commit durable and visible, all or nothing, and fsync the folder (Xapian does not
 * fsync the folder after its last rename). A new folder's entry in its own parent is the caller's to fsync. */
enum delib_status xapian_writer_commit(struct xapian_writer *writer, struct delib_error *error);

/* What becomes of a metadata key that several databases have, each with a value of its own: append it to `out`. */
typedef void xapian_metadata_merge(struct buffer *out, struct slice key, const struct slice *values, size_t count,
                                   void *payload);

/* Make of the databases at `sources` one, packed tightly, in the new folder `target`: their documents one database
 * after the other, numbered through. It is not synced. */
enum delib_status xapian_merge(const char *target, char *const *sources, size_t count, xapian_metadata_merge *merge,
                               void *payload, struct delib_error *error);

/* --- looking after ------------------------------------------------------------------------------------------ */

/* The number of a process that has the lock file of the database open, the caller's, to free(); "" when it cannot be
 * told. */
char *xapian_lock_holder(const char *path);

/* Write the database anew, without gaps, to the folder `to`, which is not there yet. Documents keep their numbers. */
enum delib_status xapian_compact(const char *from, const char *to, struct delib_error *error);

/* Xapian's own check of the structure of the tables. It does not see altered bytes as such, and damage can crash it:
 * let a child process do it. DELIB_CORRUPT, and what opening may come to. */
enum delib_status xapian_check(const char *path, struct delib_error *error);

/* --- reading ------------------------------------------------------------------------------------------------ */

/* A snapshot of the last commit, sure to last until the second commit after it; then any function may come to
 * DELIB_MODIFIED. DELIB_NOT_FOUND, DELIB_CORRUPT, DELIB_VERSION. Xapian keeps no checksums: damage may go unnoticed, or
 * look like DELIB_MODIFIED for ever. */
enum delib_status xapian_reader_open(struct xapian_reader **out, const char *path, struct delib_error *error);
/* A database that xapian-tcpsrv serves. `timeout_ms` bounds the connecting and then each answer that is waited for, not
 * the look-up of a name. DELIB_UNREACHABLE, here and later, when there is none in time; the reader is of no use then.
 * Metadata, terms and documents cost a message each. */
enum delib_status xapian_reader_open_remote(struct xapian_reader **out, const char *host, uint16_t port,
                                            uint32_t timeout_ms, struct delib_error *error);
/* Several databases as one, which owns the readers: terms, frequencies and searches are of all of them together,
 * metadata of the first only. Documents are numbered in turns: numbers hold until parts change. `count` is 1 or more.
 */
struct xapian_reader *xapian_reader_join_take(struct xapian_reader *const *parts, size_t count);
/* To be called after parts were reopened. */
void xapian_reader_rejoin(struct xapian_reader *joined);
/* Give the parts back and free what joined them. NULL is allowed. */
void xapian_reader_unjoin(struct xapian_reader *joined);
size_t xapian_reader_part_count(const struct xapian_reader *reader);                  /* 1 for one that is not joined */
struct xapian_reader *xapian_reader_part(struct xapian_reader *reader, size_t index); /* lent */
bool xapian_reader_has_remote(const struct xapian_reader *reader);
/* The part that has the document; lent. */
struct xapian_reader *xapian_reader_part_with(struct xapian_reader *reader, xapian_docid docid);
/* A reader of all that the writer has taken, committed or not, at any moment; free it before the writer. */
enum delib_status xapian_reader_of_writer(struct xapian_reader **out, struct xapian_writer *writer,
                                          struct delib_error *error);
void xapian_reader_free(struct xapian_reader *reader); /* NULL is allowed */
/* Move to the newest commit, of the folder that bears the name now. Do so after DELIB_MODIFIED, then ask again, a few
 * times at most. */
enum delib_status xapian_reader_reopen(struct xapian_reader *reader, struct delib_error *error);

enum delib_status xapian_reader_document_count(uint32_t *out, struct xapian_reader *reader, struct delib_error *error);
/* Of the sum of a document's within-document frequencies; 0 when there is none. */
enum delib_status xapian_reader_average_length(double *out, struct xapian_reader *reader, struct delib_error *error);
/* Grows with each commit that changes something. */
enum delib_status xapian_reader_revision(uint64_t *out, struct xapian_reader *reader, struct delib_error *error);
enum delib_status xapian_reader_term_frequency(uint32_t *out, struct xapian_reader *reader, struct slice term,
                                               struct delib_error *error); /* documents that have it; 0 if none */
/* *out is the caller's, to free(), ends in NUL; *len 0 when the key is not there. */
enum delib_status xapian_reader_metadata(char **out, size_t *len, struct xapian_reader *reader, struct slice key,
                                         struct delib_error *error);
/* DELIB_NOT_FOUND when there is no such document. */
enum delib_status xapian_reader_document_data(char **out, size_t *len, struct xapian_reader *reader, xapian_docid docid,
                                              struct delib_error *error);

/* *out is the caller's, to free(), ends in NUL; *len 0 when there is no value. DELIB_NOT_FOUND likewise. */
enum delib_status xapian_reader_document_value(char **out, size_t *len, struct xapian_reader *reader,
                                               xapian_docid docid, xapian_slot slot, struct delib_error *error);

/* Calls `visit` for each document of the list, in its order, with its value in the slot, empty when there is none. Fast
 * for numbers that ascend. */
typedef void xapian_value_visit(size_t index, struct slice value, void *payload);
enum delib_status xapian_reader_values(struct xapian_reader *reader, xapian_slot slot, const xapian_docid *docids,
                                       size_t count, xapian_value_visit *visit, void *payload,
                                       struct delib_error *error);

/* Called for each item in byte order; return false to stop. The slices are valid during the call. Some items may have
 * been seen already when it fails. */
typedef bool xapian_metadata_visit(struct slice key, struct slice value, void *payload);
enum delib_status xapian_reader_each_metadata(struct xapian_reader *reader, struct slice prefix,
                                              xapian_metadata_visit *visit, void *payload, struct delib_error *error);
typedef bool xapian_term_visit(struct slice term, uint32_t document_frequency, void *payload);
enum delib_status xapian_reader_each_term(struct xapian_reader *reader, struct slice prefix, xapian_term_visit *visit,
                                          void *payload, struct delib_error *error);
/* Terms of one document that start with `prefix`; their frequency is that in the document. */
enum delib_status xapian_reader_each_document_term(struct xapian_reader *reader, xapian_docid docid,
                                                   struct slice prefix, xapian_term_visit *visit, void *payload,
                                                   struct delib_error *error);
typedef bool xapian_docid_visit(xapian_docid docid, void *payload);
enum delib_status xapian_reader_each_docid(struct xapian_reader *reader, struct slice term, xapian_docid_visit *visit,
                                           void *payload, struct delib_error *error); /* empty term: all documents */

/* --- questions ---------------------------------------------------------------------------------------------- */

/* An immutable tree. A function that takes a tree (`_take`) owns and frees it, also when it fails. */
struct xapian_query;

enum xapian_operator {
    XAPIAN_OR,
    XAPIAN_AND,
    XAPIAN_AND_NOT,   /* the first without the others */
    XAPIAN_AND_MAYBE, /* the first; the others only add weight */
    XAPIAN_FILTER,    /* the first, kept where all the others match, which add no weight */
    XAPIAN_SYNONYM,   /* the others count as one term */
    XAPIAN_MAX        /* the best weight of any */
};

struct xapian_query *xapian_query_all(void);               /* every document, no weight */
struct xapian_query *xapian_query_none(void);              /* no document */
struct xapian_query *xapian_query_term(struct slice term); /* an empty term is no document */
/* Of no queries comes no document; of one, that one. `out` may be an element of `queries`, which is not freed itself.
 */
enum delib_status xapian_query_combine_take(struct xapian_query **out, enum xapian_operator op,
                                            struct xapian_query **queries, size_t count, struct delib_error *error);
struct xapian_query *xapian_query_scale_take(struct xapian_query *query, double factor); /* factor >= 0, or it aborts */
/* Documents whose value in `slot` is from..to in byte order, both included; an empty bound is none. A document without
 * a value there is never among them. */
struct xapian_query *xapian_query_value_range(xapian_slot slot, struct slice from, struct slice to);
/* Whether a document is meant, by its value; called while a search looks at it. */
typedef bool xapian_value_test(struct slice value, void *payload);
/* Of the documents of `query`, with their weights, those whose value in `slot` passes the test: last of all that they
 * must be, so that few are looked at. Without a value none passes. `payload` is lent until the last search. A search of
 * a remote database with it is DELIB_UNSUPPORTED. */
struct xapian_query *xapian_query_test_take(struct xapian_query *query, xapian_slot slot, xapian_value_test *test,
                                            void *payload);
void xapian_query_free(struct xapian_query *query); /* NULL is allowed */
/* Xapian's own description, for --explain and tests; the caller's, to free(). */
char *xapian_query_describe(const struct xapian_query *query);

enum xapian_sort {
    XAPIAN_SORT_RELEVANCE,
    XAPIAN_SORT_RELEVANCE_VALUE, /* equal weights by value */
    XAPIAN_SORT_VALUE,
    XAPIAN_SORT_VALUE_DESCENDING
};

struct xapian_bm25 {
    double k1;
    double k3;
    double b;
    double min_normlen;
};

struct xapian_search {
    uint32_t offset;  /* results to skip */
    uint32_t limit;   /* results to return */
    bool exact_count; /* count every match; facets imply it */
    struct xapian_bm25 bm25;
    /* By values in byte order; a document without one comes first, and last in descending order. Equal values are
     * ordered by relevance, and equal weights by docid, ascending. */
    enum xapian_sort sort;
    xapian_slot sort_slot;
    const xapian_slot *facet_slots;
    size_t facet_count;
    /* 0 is none; past it, matches are no longer counted: xapian_results_matches and the facets are lower bounds. The
     * results returned are the right ones all the same, so this is no bound on the time that finding them takes. */
    uint32_t time_limit_ms;
};

struct xapian_results;

/* The results are copied: they need neither the reader nor the query any more, and reading them cannot fail. */
enum delib_status xapian_search(struct xapian_results **out, struct xapian_reader *reader,
                                const struct xapian_query *query, const struct xapian_search *search,
                                struct delib_error *error);
void xapian_results_free(struct xapian_results *results);              /* NULL is allowed */
uint32_t xapian_results_count(const struct xapian_results *results);   /* returned */
uint32_t xapian_results_matches(const struct xapian_results *results); /* in all; exact when asked for */
bool xapian_results_is_exact(const struct xapian_results *results);    /* else an estimate, or cut by the time limit */
xapian_docid xapian_results_docid(const struct xapian_results *results, uint32_t index);
double xapian_results_weight(const struct xapian_results *results, uint32_t index);
/* Number of different values of facet_slots[facet], and each with the matches that have it, in byte order. A match
 * without a value counts nowhere. Both are immediate. */
uint32_t xapian_results_facet_size(const struct xapian_results *results, size_t facet);
struct slice xapian_results_facet_get(const struct xapian_results *results, size_t facet, uint32_t index,
                                      uint32_t *matches); /* lent until the results are freed */

#ifdef __cplusplus
}
#endif

#endif

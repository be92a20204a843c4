/* An archive: a folder with one Xapian database, in which an act is a document and everything else that must move
 * with the same commit (which files were read, when, what failed) is metadata.
 *
 * Files, not acts, are replaced: archive_put_file takes all acts of a file at once. Nothing shows before
 * archive_commit, and then all of it. What is in the folder can always be made again from the sources. */
#ifndef DELIB_ARCHIVE_ARCHIVE_H
#define DELIB_ARCHIVE_ARCHIVE_H

#include "act/act.h"
#include "base/status.h"
#include "xapian-c/xapian_c.h"

/* The layout of terms, values, data and metadata; an archive of another version is refused (DELIB_VERSION). */
enum { ARCHIVE_VERSION = 9 };

/* $DELIB_ARCHIVE, else $XDG_DATA_HOME/delib/archive, else ~/.local/share/delib/archive; the caller's, to free().
 * DELIB_INVALID when none of them is set. */
enum delib_status archive_default_path(char **out, struct delib_error *error);

/* --- what is stored for an act ------------------------------------------------------------------------------- */

/* The record and the text of the act in UTF-8 with a form feed between pages, packed (stored_act.h, act_pack.h). All of
 * it in the arena given. */
struct stored_act {
    struct act *act;
    struct slice text;
    struct slice as_read; /* the record before rows of tables completed it; "" when none did */
};

enum delib_status archive_act(struct stored_act *out, struct arena *arena, struct xapian_reader *reader,
                              xapian_docid docid, struct delib_error *error);

/* The term that names an act by its id. */
struct slice term_of_id(struct arena *arena, struct slice id);

/* --- what is stored for a file ------------------------------------------------------------------------------- */

enum file_outcome {
    FILE_INDEXED,
    FILE_SKIPPED, /* nothing to index: empty, not a document, a sidecar */
    FILE_FAILED   /* should have been read and could not be */
};

struct file_state {
    struct slice path; /* as given to delib-index, made absolute */
    enum file_outcome outcome;
    struct slice reason; /* code for the outcome, "needs-ocr"; empty when indexed */
    struct slice detail; /* words for a person */
    int64_t since_s;     /* when a run first came to this outcome and reason; since 1970 */
    uint64_t size_bytes;
    int64_t modified_ns; /* since 1970 */
    uint64_t inode;
    struct slice sha256;         /* hexadecimal; of the content */
    struct slice sidecar_sha256; /* hexadecimal; of the sidecars that applied; empty when there is none */
    uint32_t act_count;
};

/* --- writing ------------------------------------------------------------------------------------------------ */

struct archive_writer;

/* Makes the folder, with an empty archive in it, when there is none. DELIB_INVALID when the folder holds other things,
 * DELIB_VERSION also for a Xapian database of another program; DELIB_LOCKED, DELIB_CORRUPT, DELIB_IO. */
enum delib_status archive_writer_open(struct archive_writer **out, const char *path, struct delib_error *error);
void archive_writer_free(struct archive_writer *writer); /* drops what was not committed; NULL is allowed */

/* Another archive is at the writer's path now: there is nothing left to bring to an end when it is freed. */
void archive_writer_was_replaced(struct archive_writer *writer);

/* Before anything is put: carry on the revisions of the archive `old`, which this one is to replace. Acts that are
 * there word for word keep theirs, so that nothing is told twice to those who ask for what is new. */
enum delib_status archive_writer_continue(struct archive_writer *writer, const char *old, struct delib_error *error);

/* One act with the text to index: pages are divided by form feeds. */
struct new_act {
    const struct act *act;
    struct slice text;
};

/* Replace all acts of the file by these (none for a file that was skipped or failed) and store its state. */
enum delib_status archive_put_file(struct archive_writer *writer, const struct file_state *state,
                                   const struct new_act *acts, size_t count, struct delib_error *error);
/* The same for a file whose acts come in parts, because it is large: first begin, then the parts in their order, each
 * with the number of its first act in the file, from 0, then end. Nothing else is to be put or committed meanwhile. */
enum delib_status archive_begin_file(struct archive_writer *writer, struct slice path, struct delib_error *error);
enum delib_status archive_put_part(struct archive_writer *writer, struct slice path, size_t first,
                                   const struct new_act *acts, size_t count, struct delib_error *error);
enum delib_status archive_end_file(struct archive_writer *writer, const struct file_state *state,
                                   struct delib_error *error);
/* Keep the acts of the file and store its state anew: it was looked at again and holds the same, or it cannot be read
 * for now. */
enum delib_status archive_put_state(struct archive_writer *writer, const struct file_state *state,
                                    struct delib_error *error);
/* The file `from` is at to->path now, shown as `shown`, and as it was: its acts stay what they are but for their path.
 * Not for a file of which rows complete acts (archive_file_can_move). */
enum delib_status archive_move_file(struct archive_writer *writer, struct slice from, const struct file_state *to,
                                    struct slice shown, struct delib_error *error);
enum delib_status archive_file_can_move(bool *out, struct arena *arena, struct xapian_reader *reader, struct slice path,
                                        struct delib_error *error);
/* Forget a file and its acts. */
enum delib_status archive_remove_file(struct archive_writer *writer, struct slice path, struct delib_error *error);

/* Documents and text bytes put since the last commit, for the caller to decide when to commit. */
size_t archive_pending_bytes(const struct archive_writer *writer);
enum delib_status archive_commit(struct archive_writer *writer, struct delib_error *error);

/* --- reading ------------------------------------------------------------------------------------------------ */

/* Open for questions; checks that it is an archive of this version. DELIB_NOT_FOUND says how to make one. */
enum delib_status archive_open(struct xapian_reader **out, const char *path, struct delib_error *error);

/* The same of an archive that xapian-tcpsrv serves (xapian_reader_open_remote). */
enum delib_status archive_open_remote(struct xapian_reader **out, const char *host, uint16_t port, uint32_t timeout_ms,
                                      struct delib_error *error);

/* The first of the document's terms that begins with the prefix, whole, in the arena; empty when none does. */
enum delib_status archive_first_term(struct slice *out, struct arena *arena, struct xapian_reader *reader,
                                     xapian_docid docid, struct slice prefix, struct delib_error *error);

/* The first document with the id; 0 when no act has it. */
enum delib_status archive_docid_of(xapian_docid *out, struct arena *arena, struct xapian_reader *reader,
                                   struct slice id, struct delib_error *error);

/* Whether something is stored of the file with this key (file_key). */
enum delib_status archive_knows_file(bool *out, struct arena *arena, struct xapian_reader *reader, struct slice file,
                                     struct delib_error *error);

/* The whole path of the file, or of the bundle, that the act of this id came from. DELIB_NOT_FOUND for no act. */
enum delib_status archive_file_of_act(struct slice *out, struct arena *arena, struct xapian_reader *reader,
                                      struct slice id, struct delib_error *error);

/* How often the archive was changed by a commit; acts tell in which one they came to what they are (SLOT_REVISION). 0
 * before the first. */
enum delib_status archive_revision(uint32_t *out, struct xapian_reader *reader, struct delib_error *error);

/* A revision as a value, whose byte order is that of the numbers, and out of it again; 0 out of nothing. */
struct slice archive_revision_value(struct arena *arena, uint32_t revision);
uint32_t archive_revision_of(struct slice value);

/* When the archive came to a revision, as AAAA-MM-JJTHH:MM:SSZ in the arena; empty when there is none of that number.
 */
enum delib_status archive_revision_time(struct slice *out, struct arena *arena, struct xapian_reader *reader,
                                        uint32_t revision, struct delib_error *error);

/* When the last commit was, as AAAA-MM-JJTHH:MM:SSZ in the arena; empty when there was none. */
enum delib_status archive_committed_at(struct slice *out, struct arena *arena, struct xapian_reader *reader,
                                       struct delib_error *error);

/* What the parts that one run fills have in common (spread.h), in the arena; empty for an archive by itself. */
enum delib_status archive_family(struct slice *out, struct arena *arena, struct xapian_reader *reader,
                                 struct delib_error *error);

/* --- what the archive covers ---------------------------------------------------------------------------------- */

enum coverage_kind {
    COVERAGE_FIELD,   /* acts with the field `name` */
    COVERAGE_WARNING, /* acts with the warning `name` */
    COVERAGE_COUNCIL  /* acts of the council `name` in `year`, in the order of years; 0 for undated ones */
};

/* Called for each; return false to stop. `name` is valid during the call, empty for acts whose council is not known. */
typedef bool coverage_visit(struct slice name, int year, uint32_t acts, void *payload);
enum delib_status archive_each_coverage(struct xapian_reader *reader, enum coverage_kind kind, coverage_visit *visit,
                                        void *payload, struct delib_error *error);

/* Called for each file known, in an order of its own; return false to stop. `state` is valid during the call. */
typedef bool archive_file_visit(const struct file_state *state, void *payload);
enum delib_status archive_each_file(struct xapian_reader *reader, archive_file_visit *visit, void *payload,
                                    struct delib_error *error);
/* The same, with the bytes that are stored (file_state.h). */
typedef bool archive_state_visit(struct slice stored, void *payload);
enum delib_status archive_each_state(struct xapian_reader *reader, archive_state_visit *visit, void *payload,
                                     struct delib_error *error);
struct xapian_reader *archive_writer_reader(struct archive_writer *writer); /* lent; sees what was put, in all parts */

#endif

/* One file → its acts: read, split, extract, all of it in a child process; each file of a bundle in a child of that
 * child. What indexing and --explain do alike. */
#ifndef DELIB_INDEXER_INTAKE_H
#define DELIB_INDEXER_INTAKE_H

#include "file_content.h"
#include "pool.h"
#include "readers/reader.h"
#include "sidecar.h"
#include "split/acts.h"

struct intake_request {
    const char *path;
    const char *shown_path; /* as given by the user, kept in the record */
    const struct sidecar_fields *sidecar;
    const char *ocr_cache;     /* as struct read_options has it */
    struct slice known_sha256; /* a file that still has this content is not read further; "" reads it in any case */
};

/* Acts as a child sent them: not read yet, and not to be trusted before. */
struct sent_acts {
    size_t count; /* as the child has it */
    struct slice bytes;
};

struct intake_result {
    bool loaded; /* false: the bytes could not be had; reason and detail say why, identity and sha256 are empty */
    bool same;   /* the content is the known one; there are no acts then */
    struct file_identity identity;
    struct slice sha256; /* hexadecimal */
    enum read_outcome outcome;
    struct slice reason;     /* code, "" with READ_OK */
    struct slice detail;     /* words for a person; with READ_OK lines about what was read all the same */
    struct slice recognised; /* for ocr_cache_keep; empty when nothing was recognised */
    struct bad_lines bad_lines;
    struct sent_acts sent;
};

/* At most `children` files at a time; POOL_MAX_CHILDREN at most. */
struct pool *intake_pool_new(size_t children, bool may_ocr); /* recognising pages may take longer */

/* Start to read a file; the pool must have room. DELIB_NOT_FOUND, DELIB_IO: `reason` is the code for it. */
enum delib_status intake_begin(struct pool *pool, struct pool_job *job, const struct intake_request *request,
                               const char **reason, struct delib_error *error);

/* Start to read a piece of a large file of lines, whose content has this hash (pieces.h). What comes of it has no
 * identity and no hash: whoever goes through the file knows them. */
enum delib_status intake_begin_lines(struct pool *pool, struct pool_job *job, const struct intake_request *request,
                                     struct slice sha256, struct slice lines, struct delib_error *error);

/* What came of it, once the job has ended. Words live in `arena`, acts in the job's reply. */
void intake_end(struct intake_result *out, struct arena *arena, const struct pool_job *job);

/* What a file has come to whose acts make no sense, for a person; to be translated. */
extern const char *const intake_bad_acts;

/* Append the acts that were sent, in `arena` and in the bytes sent; false when they make no sense: then `out` may have
 * some of them. */
bool intake_read_acts(struct acts *out, struct arena *arena, const struct sent_acts *sent);

#endif

/* One file → its acts: read, split, extract, all of it in a child process; each file of a bundle in a child of that
 * child. What indexing and --explain do alike. */
#ifndef DELIB_INDEXER_INTAKE_H
#define DELIB_INDEXER_INTAKE_H

#include "archive/archive.h"
#include "file_content.h"
#include "pool.h"
#include "readers/reader.h"
#include "sidecar.h"

struct intake_request {
    const char *path;
    const char *shown_path; /* as given by the user, kept in the record */
    const struct sidecar_fields *sidecar;
    const char *ocr_cache;     /* as struct read_options has it */
    struct slice known_sha256; /* a file that still has this content is not read further; "" reads it in any case */
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
    struct new_act *acts;
    size_t act_count;
};

/* At most `children` files at a time; POOL_MAX_CHILDREN at most. */
struct pool *intake_pool_new(size_t children, bool may_ocr); /* recognising pages may take longer */

/* Start to read a file; the pool must have room. DELIB_NOT_FOUND, DELIB_IO: `reason` is the code for it. */
enum delib_status intake_begin(struct pool *pool, struct pool_job *job, const struct intake_request *request,
                               const char **reason, struct delib_error *error);

/* What came of it, once the job has ended. Acts live in `arena` and in the job's reply. */
void intake_end(struct intake_result *out, struct arena *arena, const struct pool_job *job);

#endif

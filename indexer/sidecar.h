/* Fields that lie beside the documents: people write NAME.meta.json for one file, delib.meta.json for a folder and all
 * below; @CTES leaves an envelope that names the file.
 *
 * The nearer wins, field by field: the file's own, then its folder's, then the folders' above up to the source's root.
 * A folder's sidecar gives no id: an id names one act. */
#ifndef DELIB_INDEXER_SIDECAR_H
#define DELIB_INDEXER_SIDECAR_H

#include "act/act.h"
#include "base/sha256.h"
#include "base/status.h"

#define SIDECAR_SUFFIX ".meta.json"
#define SIDECAR_OF_FOLDER "delib.meta.json"

struct sidecars; /* remembers the folders that it has read */

struct sidecars *sidecars_new(void);
void sidecars_free(struct sidecars *sidecars);

struct sidecar_fields {
    struct act *act;       /* NULL when no sidecar applies; in the arena given */
    struct slice envelope; /* XML in its folder that may name it (envelope.h); empty when there is none */
    struct sha256 sha256;  /* of all that apply; "" when none does */
};

/* The fields that apply to the file at `path`, whose source is rooted at `root`. An unreadable sidecar is left out and
 * the act gets the warning "sidecar-unreadable". */
void sidecars_for(struct sidecar_fields *out, struct sidecars *sidecars, struct arena *arena, const char *path,
                  const char *root);

/* Whether the sidecar at `path` can be read: DELIB_OK, DELIB_INVALID with line and column, DELIB_IO; DELIB_NOT_FOUND
 * when the file that it speaks of is not there. */
enum delib_status sidecar_check(const char *path, struct delib_error *error);

#endif

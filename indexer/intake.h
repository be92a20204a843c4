/* One file → its acts: read, extract. What indexing and --explain do alike. */
#ifndef DELIB_INDEXER_INTAKE_H
#define DELIB_INDEXER_INTAKE_H

#include "archive/archive.h"
#include "file_content.h"
#include "readers/reader.h"
#include "sidecar.h"

struct intake {
    struct arena *arena; /* holds the acts; emptied for each file */
    struct buffer content;
    struct file_identity identity;
    struct sha256 sha256;
    struct reading reading;
    struct new_act *acts; /* each with the text to index */
    size_t act_count;
};

struct intake *intake_new(void);
void intake_free(struct intake *intake); /* NULL is allowed */

/* Read the bytes and their hash. On failure `reason` is the code for it ("unreadable", "too-big", "changing"). */
enum delib_status intake_load(struct intake *intake, const char *path, const char **reason, struct delib_error *error);

/* Make acts of what intake_load read; intake->reading says how the reading went. `shown_path` is the path as given by
 * the user, kept in the record. */
void intake_extract(struct intake *intake, const char *path, const char *shown_path,
                    const struct sidecar_fields *sidecar);

#endif

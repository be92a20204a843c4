/* An act and its text → the document that is searched: terms with positions, values, data (layout in terms.h). */
#ifndef DELIB_ARCHIVE_INDEX_ACT_H
#define DELIB_ARCHIVE_INDEX_ACT_H

#include "act/act.h"
#include "base/status.h"
#include "xapian-c/xapian_c.h"

struct act_indexer;

struct act_indexer *act_indexer_new(void);
void act_indexer_free(struct act_indexer *indexer); /* NULL is allowed */

/* What the archive knows of an act besides the act: the key of its source file (file_key), and when it came. */
struct act_place {
    struct slice file;
    uint32_t revision;
    struct slice fingerprint;
};

/* Sixteen figures that change with the act or its text. */
struct slice act_fingerprint(struct arena *arena, const struct act *act, struct slice text);

/* The document is lent until the next call. */
enum delib_status act_indexer_document(struct xapian_document **out, struct act_indexer *indexer, const struct act *act,
                                       struct slice text, const struct act_place *place, struct delib_error *error);

#endif

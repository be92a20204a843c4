/* An act and its text → the document that is searched: terms with positions, values, data (layout in terms.h). */
#ifndef DELIB_ARCHIVE_INDEX_ACT_H
#define DELIB_ARCHIVE_INDEX_ACT_H

#include "act/act.h"
#include "base/status.h"
#include "xapian-c/xapian_c.h"

struct act_indexer;

struct act_indexer *act_indexer_new(void);
void act_indexer_free(struct act_indexer *indexer); /* NULL is allowed */

/* The document is lent until the next call. `file` is the source file's key (file_key). */
enum delib_status act_indexer_document(struct xapian_document **out, struct act_indexer *indexer, const struct act *act,
                                       struct slice text, struct slice file, struct delib_error *error);

#endif

/* An act and its text → the document that is searched: terms, values, its words in a row, data (layout in terms.h). */
#ifndef DELIB_ARCHIVE_INDEX_ACT_H
#define DELIB_ARCHIVE_INDEX_ACT_H

#include "act/act.h"
#include "archive/join.h"
#include "archive/lexicon.h"
#include "archive/stored_act.h"
#include "base/status.h"
#include "xapian-c/xapian_c.h"

struct act_indexer;

struct act_indexer *act_indexer_new(void);
void act_indexer_free(struct act_indexer *indexer); /* NULL is allowed */

/* The word forms of the documents made since the last call, for the vocabulary. */
void act_indexer_each_new_form(struct act_indexer *indexer, lexicon_visit *visit, void *payload);

/* What the archive knows of an act besides the act. */
struct act_place {
    struct slice file; /* the key of its source file (file_key) */
    struct slice keys[JOIN_KEY_COUNT];
    const struct act *as_read; /* before rows of tables completed it; NULL when none did */
    uint32_t revision;         /* when it came to what it is */
    struct slice fingerprint;
    struct slice ref; /* to the pack that has the act (act_pack.h); empty: it is packed by itself */
};

/* Eight bytes that change with the act or its text. */
struct slice act_fingerprint(struct arena *arena, const struct act *act, struct slice text);

/* The term of the acts, or of the rows, that have the key. */
struct slice join_term(struct arena *arena, bool of_row, enum join_key kind, struct slice key);

struct act_packer *act_indexer_packer(struct act_indexer *indexer); /* lent */

/* The document is lent until the next call. */
enum delib_status act_indexer_document(struct xapian_document **out, struct act_indexer *indexer, const struct act *act,
                                       struct slice text, const struct act_place *place, struct delib_error *error);

#endif

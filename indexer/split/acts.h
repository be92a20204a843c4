/* One text → the records of the acts that it holds: split, then extracted each with what the session says of all. */
#ifndef DELIB_INDEXER_SPLIT_ACTS_H
#define DELIB_INDEXER_SPLIT_ACTS_H

#include "archive/archive.h"

struct acts {
    struct new_act *items; /* each with its part of the text */
    size_t count;
};

/* Where a text comes from, as its acts' records say it. */
struct act_source {
    struct slice path;   /* as given by the user */
    struct slice sha256; /* hexadecimal, of the file */
    const char *warning; /* code of one for each act; "" or NULL: none */
    bool has_pages;
    uint32_t line;   /* of the table, when the text is that of a row of one; else 0 */
    bool is_one_act; /* the file itself says so: not to be split */
};

/* Append to `out` the acts of `text`. `given` came with the file (may be NULL); when it names one act, by number, objet
 * or id, the text is kept whole. Acts live in `arena`, their texts in `text`. */
void acts_of_text(struct acts *out, struct arena *arena, struct slice text, const struct act_source *source,
                  const struct act *given);

#endif

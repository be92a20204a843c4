/* The reading of one document → its acts, whether it lies in the open or in a bundle. */
#ifndef DELIB_INDEXER_DOCUMENT_ACTS_H
#define DELIB_INDEXER_DOCUMENT_ACTS_H

#include "readers/reader.h"
#include "split/acts.h"

/* Append the acts of `reading`. `path` and `sha256` are kept in their records; `given` came with the file (may be
 * NULL). Acts and texts live in `arena`. */
void document_acts(struct acts *out, struct arena *arena, const struct reading *reading, struct slice path,
                   struct slice sha256, const struct act *given);

/* The fields of both, the better of each; either may be NULL. */
const struct act *acts_united(struct arena *arena, const struct act *first, const struct act *second);

#endif

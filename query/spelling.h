/* The nearest word that the archive knows, for one that no act has. */
#ifndef DELIB_QUERY_SPELLING_H
#define DELIB_QUERY_SPELLING_H

#include "base/arena.h"
#include "base/status.h"
#include "french/stem.h"
#include "xapian-c/xapian_c.h"

/* Among the words under `prefix`, which are not stemmed; among those of all texts when it is TERM_BODY. *out (in the
 * arena) is empty when nothing is near enough: one edit in a short word, two in a longer one; a swap of neighbours, or
 * letters that scans take for others, are one edit. Words that begin with another letter are looked at only where the
 * first two may be swapped, doubled or misread. */
enum delib_status nearest_word(struct slice *out, struct arena *arena, struct xapian_reader *reader,
                               struct stemmer *stemmer, const char *prefix, struct slice folded_word,
                               struct delib_error *error);

/* A word one edit away from one that few acts have in any form, and that many times as many have; *out is empty when
 * there is none. */
enum delib_status likelier_word(struct slice *out, struct arena *arena, struct xapian_reader *reader,
                                struct stemmer *stemmer, struct slice folded_word, struct delib_error *error);

/* Edits from one to the other: letters put in, left out, changed, or swapped with their neighbour; `most` + 1 when
 * there are more. */
unsigned edit_distance(struct slice a, struct slice b, unsigned most);

#endif

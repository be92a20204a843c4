/* What makes an act itself: the stems that are frequent in it and rare in the archive. */
#ifndef DELIB_QUERY_LIKE_H
#define DELIB_QUERY_LIKE_H

#include "act/act.h"
#include "base/status.h"
#include "french/stem.h"
#include "french/tokens.h"
#include "xapian-c/xapian_c.h"

/* Adds them to the list, the most telling first. DELIB_INVALID when no act has the id. */
enum delib_status telling_stems(struct text_list *out, struct arena *arena, struct xapian_reader *reader,
                                struct tokeniser *tokeniser, struct stemmer *stemmer, struct slice id,
                                struct delib_error *error);

#endif

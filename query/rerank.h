/* The first results of a search, in the order that they are shown: what the index knows of their words (how often, how
 * rare) and what it does not: words as they were typed, words of the objet, words that stand together.
 *
 * Always so many are read, whatever page is shown, so that no act shows twice and none is passed over; a score only
 * grows, so that those behind stay behind. */
#ifndef DELIB_QUERY_RERANK_H
#define DELIB_QUERY_RERANK_H

#include "plan.h"

enum { RERANKED_ACTS = 80 };

struct ranked_act {
    xapian_docid docid;
    double score;
};

/* In place: by score, equal ones as they were. */
enum delib_status rerank(struct ranked_act *acts, size_t count, struct arena *arena, struct xapian_reader *reader,
                         const struct plan *plan, struct delib_error *error);

#endif

/* --explain: how a question was understood, on stderr. */
#ifndef DELIB_QUERY_EXPLAIN_H
#define DELIB_QUERY_EXPLAIN_H

#include "search.h"

void explain(const struct node *tree, const struct answer *answer);

#endif

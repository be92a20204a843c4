/* --explain: the record of each act of a file, with where each field was found. */
#ifndef DELIB_INDEXER_EXPLAIN_H
#define DELIB_INDEXER_EXPLAIN_H

#include "options.h"

/* Prints to stdout; returns the exit code. */
int explain(const struct options *options);

#endif

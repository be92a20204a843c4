/* delib-index --validate-scdl FILE...: every breach of SCDL's rules, by line and column. */
#ifndef DELIB_INDEXER_VALIDATE_H
#define DELIB_INDEXER_VALIDATE_H

#include "options.h"

/* Prints FILE:LINE:COLUMN: what, in the order of the lines; returns the exit code: EXIT_SOME_FAILED when there is any.
 */
int validate_scdl(const struct options *options);

#endif

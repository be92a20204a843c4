/* --status and --failures: what the archive holds and what it could not take in. */
#ifndef DELIB_INDEXER_REPORT_H
#define DELIB_INDEXER_REPORT_H

#include "options.h"

/* Prints to stdout; returns the exit code. */
int report(enum verb verb, const char *archive);

#endif

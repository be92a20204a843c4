/* One run: scan → read what changed → extract → put → commit, then remove what is gone. */
#ifndef DELIB_INDEXER_RUN_H
#define DELIB_INDEXER_RUN_H

#include "options.h"

/* Bring the archive at `archive` up to date; `old` is the one that it is to replace, or NULL. Returns the exit code;
 * everything it has to say is on stderr, but the list of --dry-run, which is on stdout. */
int run(const struct options *options, const char *archive, const char *old);

#endif

/* delib-index --backup, --restore: an archive copied whole, and verified before it counts. Each returns the exit code.
 */
#ifndef DELIB_INDEXER_BACKUP_H
#define DELIB_INDEXER_BACKUP_H

#include "options.h"

/* Copy the archive to options->verb_value while no run can write; what is there at the end is verified. */
int backup(const struct options *options, const char *archive);

/* Verify options->verb_value, copy it beside the archive and put the copy in the archive's place. */
int restore(const struct options *options, const char *archive);

#endif

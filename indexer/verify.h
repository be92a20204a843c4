/* delib-index --verify: is the archive what was committed, and whole? */
#ifndef DELIB_INDEXER_VERIFY_H
#define DELIB_INDEXER_VERIFY_H

#include <stdbool.h>

#include "base/status.h"
#include "local_parts.h"
#include "options.h"

/* Returns the exit code. */
int verify(const struct options *options, const char *archive);

/* The same for the archive in `folder`, which must be locked: every byte against the manifest, then, when that is well,
 * the structure in a child process, which damage may bring down. What is wrong is told on stderr, a line each. */
enum delib_status verify_archive(const char *folder, bool quiet, struct delib_error *error);

/* The same for all parts of an archive, which must be locked, and what they say of each other. Each is looked at, also
 * behind one that is damaged; what comes back is that of the first such. */
enum delib_status verify_parts(const struct local_parts *parts, const char *archive, bool quiet,
                               struct delib_error *error);

#endif

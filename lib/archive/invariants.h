/* What must hold in every archive, whatever was put into it; a breach is an error of the program that wrote it. */
#ifndef DELIB_ARCHIVE_INVARIANTS_H
#define DELIB_ARCHIVE_INVARIANTS_H

#include "archive/archive.h"

/* Called for each breach; `what` is valid during the call. */
typedef void invariant_visit(const char *what, void *payload);

/* Every act has one id, a file that is known and a record that can be read, with values that agree with it; every file
 * has the acts it is said to have; of the acts of one id one at least shows; no revision is ahead of the archive's. The
 * first of several parts alone knows the files (spread.h), so what is said of files is looked at in all of them joined,
 * not in one of them. */
enum delib_status archive_check_invariants(struct xapian_reader *reader, invariant_visit *visit, void *payload,
                                           struct delib_error *error);

#endif

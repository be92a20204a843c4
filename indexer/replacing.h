/* What --restore, --compact and --rebuild have in common: make an archive beside the one in place, under its lock, then
 * exchange the two in one step and remove the old one. Whatever fails on the way leaves the archive in place as it is.
 */
#ifndef DELIB_INDEXER_REPLACING_H
#define DELIB_INDEXER_REPLACING_H

#include "base/status.h"

/* Make a whole archive in the folder `beside`, which is not there yet, and verify it. */
typedef enum delib_status replace_make(const char *beside, void *payload, struct delib_error *error);

/* The archive in place need not exist. */
enum delib_status replace_archive(const char *archive, unsigned wait_s, replace_make *make, void *payload,
                                  struct delib_error *error);

#endif

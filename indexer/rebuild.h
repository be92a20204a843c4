/* delib-index --rebuild, --compact: the same archive made anew beside the old one. Each returns the exit code. */
#ifndef DELIB_INDEXER_REBUILD_H
#define DELIB_INDEXER_REBUILD_H

#include "options.h"

/* From the sources, whatever the old archive is like; refused when much less comes of them than it holds. */
int rebuild(const struct options *options, const char *archive);

/* From the archive itself, without the room that changes left in it. */
int compact(const struct options *options, const char *archive);

#endif

/* A table of deliberations in SCDL (scdl.h): each row is an act. Rows that break a rule are read as far as they go,
 * and the reading's notes say which line and column. */
#ifndef DELIB_INDEXER_READERS_SCDL_TABLE_H
#define DELIB_INDEXER_READERS_SCDL_TABLE_H

#include "readers/reader.h"

void read_scdl_table(struct reading *out, struct arena *arena, struct slice text);

#endif

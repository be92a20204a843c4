/* --config FILE: options a line each, from the same table as the command line: « option=value », or « option » alone
 * (or « option=yes ») for one that takes no value; « source=PATH » for each source. Empty lines, and those that begin
 * with #, say nothing. */
#ifndef DELIB_INDEXER_CONFIG_H
#define DELIB_INDEXER_CONFIG_H

#include "base/buffer.h"
#include "base/option_table.h"

/* Called with a name of the table, or "source", and its value (NULL when it takes none); false after telling why not.
 */
typedef bool config_take(void *payload, const char *name, const char *value);

/* The values lie in `text`, the caller's to free when they are no longer needed. False when the file cannot be used:
 * one line on stderr said why, with the line. */
bool config_read(struct buffer *text, const char *path, const struct option_table *table, config_take *take,
                 void *payload);

#endif

/* Pages kept for as long as the archive does not change: many people ask the same, and a page of a large archive takes
 * some hundredths of a second to count. */
#ifndef DELIB_QUERY_WEB_CACHE_H
#define DELIB_QUERY_WEB_CACHE_H

#include <stdint.h>

#include "web/reply.h"

struct cache;

struct cache *cache_new(void);
void cache_free(struct cache *cache); /* NULL is allowed */

/* A copy of what was kept under the key at this revision of the archive; false when there is nothing. */
bool cache_get(struct reply *reply, struct cache *cache, struct slice key, uint64_t revision);
/* Keep a copy, unless the reply is none to be kept: a refusal, a stream, a file or too large. */
void cache_put(struct cache *cache, struct slice key, uint64_t revision, const struct reply *reply);

#endif

/* The style, the script and the picture of the page (data/web/), compiled in. The address of each carries a hash of its
 * bytes, so that browsers may keep it for good. */
#ifndef DELIB_QUERY_WEB_ASSETS_H
#define DELIB_QUERY_WEB_ASSETS_H

#include "base/arena.h"
#include "web/reply.h"

/* In the arena. */
const char *asset_address(struct arena *arena, const char *name);

/* Its bytes, for an address of its own. */
void asset_add(struct buffer *out, const char *name);

/* False when `path` is the address of none. */
bool asset_reply(struct reply *reply, struct slice path);

#endif

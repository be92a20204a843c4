/* Whole addresses, for what leaves the page: feeds, citations, what search engines read. */
#ifndef DELIB_QUERY_WEB_SITE_H
#define DELIB_QUERY_WEB_SITE_H

#include "web/desk.h"
#include "web/request.h"

/* « https://delib.example »: what --address says, else http and the name that was asked for. */
struct slice site_root(const struct service *service, const struct web_request *request);
struct slice site_address(struct arena *arena, struct slice root, struct slice path);

#endif

/* Acts by year: bars that are links, and the same as a table. */
#ifndef DELIB_QUERY_WEB_TIMELINE_H
#define DELIB_QUERY_WEB_TIMELINE_H

#include "web/request.h"

/* Nothing for fewer than two years. */
void timeline_add(struct buffer *out, const struct web_request *request, const struct facet_counts *years);

#endif

/* What was found counted by its fields, each value a link that chooses it or lets it go, and the chips of what is
 * chosen. */
#ifndef DELIB_QUERY_WEB_FACETS_H
#define DELIB_QUERY_WEB_FACETS_H

#include "base/buffer.h"
#include "web/desk.h"
#include "web/request.h"

/* Ask for the counts that facets_add shows. Where values of a facet are chosen, its others are counted as if they were
 * not: any of them may be added. */
enum delib_status facets_count(struct facet_counts out[FACET_COUNT], struct desk *desk,
                               const struct web_request *request, const struct search_request *search,
                               const struct answer *answer, struct delib_error *error);

/* Want in `search` what facets_count needs of its answer. */
void facets_want(struct search_request *search);

void facets_add(struct buffer *out, const struct web_request *request, const struct facet_counts counts[FACET_COUNT]);

/* Every filter with a link that takes it away. */
void facets_add_chips(struct buffer *out, const struct web_request *request);

#endif

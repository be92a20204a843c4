/* HTTP: connections, who may ask what, and the headers of every answer.
 *
 * GET and HEAD only and no state, so there is nothing to forge; an allow-list of host names, so that no page elsewhere
 * can be made to look like this one (DNS rebinding); nothing from a question, a document or a file name can run. */
#ifndef DELIB_QUERY_WEB_SERVER_H
#define DELIB_QUERY_WEB_SERVER_H

#include "web/desk.h"

struct server;

/* Answer on the listening socket until server_free, which waits for what is under way. The service must outlive it. */
enum delib_status server_start(struct server **out, struct service *service, int listening, struct delib_error *error);
void server_free(struct server *server); /* NULL is allowed */

#endif

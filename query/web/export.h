/* Answers for programs and spreadsheets, by the same code as delib-query --format, made while they are sent: an answer
 * of all acts takes no more memory than a page. */
#ifndef DELIB_QUERY_WEB_EXPORT_H
#define DELIB_QUERY_WEB_EXPORT_H

#include "web/desk.h"
#include "web/reply.h"
#include "web/request.h"

enum {
    EXPORT_ACTS_MOST = 100000, /* of one export: more are asked for by years or councils */
    EXPORTS_AT_ONCE = 8        /* each keeps a reader of its own */
};

/* The format is the ending of the path, « .scdl.csv ». With all acts the desk goes along with
 * the answer: reply->keeps_desk is set then. */
enum delib_status export_reply(struct reply *reply, struct desk *desk, const struct web_request *request,
                               struct delib_error *error);

/* One act in request->format: json, bibtex, ris or texte. */
enum delib_status export_act(struct reply *reply, struct desk *desk, const struct web_request *request,
                             const struct result *result, struct delib_error *error);

/* Links to the exports of the same acts. */
void export_add_links(struct buffer *out, const struct web_request *request);

#endif

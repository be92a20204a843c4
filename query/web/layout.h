/* What is around every page: head, the name and the question at the top, the foot. */
#ifndef DELIB_QUERY_WEB_LAYOUT_H
#define DELIB_QUERY_WEB_LAYOUT_H

#include "web/desk.h"
#include "web/reply.h"
#include "web/request.h"

struct layout {
    struct slice title;   /* of the page; what the whole is called is added */
    const char *current;  /* the path in the menu that the page is; NULL: none of them */
    struct slice feed;    /* the address of the same as Atom; empty: none */
    struct slice json_ld; /* for search engines; empty: none */
    bool is_home;         /* the question is in the page itself */
    bool keeps_filters;   /* a new question keeps what was chosen */
};

void layout_begin(struct reply *reply, const struct web_request *request, const struct layout *layout);
void layout_end(struct reply *reply, const struct web_request *request);

/* The field for the question with its button; `keeps_filters` as above. */
void layout_question(struct buffer *out, const struct web_request *request, bool keeps_filters);

/* What a form passes on of the request; nothing for an empty value. */
void layout_hidden(struct buffer *out, const char *name, struct slice value);
void layout_hidden_choices(struct buffer *out, const struct web_request *request);

/* « ← Previous  page 2 / 7  Next → » of the pages at `path` (NULL: the results); nothing when there is one. */
void layout_pager(struct buffer *out, const struct web_request *request, const char *path, uint32_t pages);

/* A page that says what went wrong. */
void layout_trouble(struct reply *reply, const struct web_request *request, unsigned code, const char *title,
                    const char *message);

#endif

/* An act cited, for a paper and for search engines. */
#ifndef DELIB_QUERY_WEB_CITATION_H
#define DELIB_QUERY_WEB_CITATION_H

#include "act/act.h"
#include "base/buffer.h"

/* « Délibération n° 44/2021 du 24 juin 2021, Communauté de communes …, « objet ». » as plain text. */
void citation_add(struct buffer *out, const struct act *act);

/* As Legislation of schema.org. */
void citation_add_json_ld(struct buffer *out, const struct act *act, struct slice address);

#endif

/* An answer as bytes: one file of this folder writes one format. */
#ifndef DELIB_QUERY_PRINT_PRINT_H
#define DELIB_QUERY_PRINT_PRINT_H

#include "base/buffer.h"
#include "search.h"

struct print_options {
    struct slice question;
    const struct search_request *request;
    bool colour;
    bool provenance;
};

struct print_format {
    const char *name;
    void (*print)(struct buffer *out, const struct answer *answer, const struct print_options *options);
    bool has_facets; /* has a place for facets */
    size_t snippets; /* wanted for each act */
};

/* NULL when there is no format of that name. */
const struct print_format *print_format_of(struct slice name);

void print_text(struct buffer *out, const struct answer *answer, const struct print_options *options);
void print_json(struct buffer *out, const struct answer *answer, const struct print_options *options);
void print_ndjson(struct buffer *out, const struct answer *answer, const struct print_options *options);
void print_ids(struct buffer *out, const struct answer *answer, const struct print_options *options);

#endif

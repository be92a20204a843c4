/* What somebody asks of the server: an address, read once, with every part of it within its limit.
 *
 * All the state of a page is in its address, so an address can be written back from a request with one thing changed:
 * a value more or less, another page or order. Names of arguments are French, as everything that people see. */
#ifndef DELIB_QUERY_WEB_REQUEST_H
#define DELIB_QUERY_WEB_REQUEST_H

#include "base/buffer.h"
#include "base/words.h"
#include "search.h"

enum {
    REQUEST_QUESTION_BYTES = 512, /* some eighty words: a question, no text */
    REQUEST_WORDS = 32,           /* each may look for nearest words and synonyms */
    REQUEST_VALUE_BYTES = 400,    /* names of councils, ids */
    REQUEST_CHOSEN = 32,
    REQUEST_ARGUMENTS = 64,
    REQUEST_ACTS_USUAL = 10,    /* on a page */
    REQUEST_ACTS_MOST = 100,    /* on a page */
    REQUEST_OFFSET_MOST = 10000 /* deeper, people filter; the exports give all */
};

struct web_request {
    struct arena *arena;
    enum words_language language;
    struct slice host; /* as the browser names this server; checked */
    struct slice path; /* without %XX */
    struct slice question;
    struct slice from; /* as typed */
    struct slice to;
    struct slice number;
    struct slice like;   /* the id of an act */
    struct slice seance; /* likewise */
    struct slice more;   /* the argument of the facet to show more of */
    struct slice format; /* of one act */
    struct chosen_value chosen[REQUEST_CHOSEN];
    size_t chosen_count;
    enum sort_order sort;
    uint32_t page; /* from 1 */
    uint32_t acts; /* on a page */
    size_t arguments;
};

/* It lives in the arena, with all that it is made of. */
struct web_request *request_new(struct arena *arena);

/* Take an argument of the address, without %XX. An unknown one is nothing. DELIB_INVALID: it makes no sense or is over
 * its limit, and `error` says so to the person. */
enum delib_status request_take(struct web_request *request, struct slice name, struct slice value,
                               struct delib_error *error);

/* The search that is meant, and the tree of its question; it lives in the arena of the request. */
enum delib_status request_to_search(struct search_request *out, const struct web_request *request,
                                    struct delib_error *error);

bool request_has_choice(const struct web_request *request, enum facet facet, struct slice value);
bool request_has_filters(const struct web_request *request);

/* What differs in an address from that of a request. Zeroed: nothing but that it is the first page. */
struct variation {
    const char *path; /* NULL: /recherche */
    const struct chosen_value *with;
    const struct chosen_value *without;
    const struct slice *question;
    const struct slice *more;
    enum sort_order sort; /* SORT_DEFAULT: as it is */
    bool usual_sort;
    bool without_dates;
    bool without_number;
    bool without_like;
    bool without_seance;
    uint32_t page; /* 0: the first */
};
/* In the arena of the request; no context of HTML has been escaped for yet. */
struct slice request_address(const struct web_request *request, const struct variation *variation);

/* The address of an act's page, with the question for what is to be shown as found. */
struct slice act_address(struct arena *arena, struct slice id, struct slice question);
struct slice council_address(struct arena *arena, struct slice council);

/* The argument that chooses values of the facet; NULL when it is none for people to choose by. */
const char *argument_of_facet(enum facet facet);
const char *argument_of_sort(enum sort_order sort);

#endif

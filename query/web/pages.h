/* The pages, a file each. What each needs of the archive it asks by the desk's reader; a status other than DELIB_OK
 * makes the server show a page of its own in the place of what was begun. */
#ifndef DELIB_QUERY_WEB_PAGES_H
#define DELIB_QUERY_WEB_PAGES_H

#include "web/desk.h"
#include "web/reply.h"
#include "web/request.h"

typedef enum delib_status page_make(struct reply *reply, struct desk *desk, const struct web_request *request,
                                    struct delib_error *error);

page_make page_home;
page_make page_results;
page_make page_act; /* the id is what stands behind /acte/ in the path; likewise below */
page_make page_original;
page_make page_council; /* its name behind /conseil/ */
page_make page_seances;
page_make page_coverage;
page_make page_suggestions;
page_make page_opensearch;
page_make page_openapi;
page_make page_help;
page_make page_accessibility;

/* After so long a question's matches are no longer counted: a page must come. */
enum { COUNTING_MS = 2000 };

/* --- what several pages show --- */

struct slice objet_or_none(const struct act *act);

/* Whether page_original gives out the file of this whole path. */
bool original_can_open(const struct service *service, struct slice path);

/* Séances from the `first` newest on, each with the number of its acts. */
void seances_add_table(struct buffer *out, const struct web_request *request, const struct facet_counts *seances,
                       size_t first, size_t most);

/* A link in a list: `path` and then the id. */
void act_add_way(struct buffer *out, const char *path, struct slice id, const char *name);

/* Council, day, number and rapporteur, in a paragraph. */
void act_add_facts(struct buffer *out, struct arena *arena, const struct act *act);

/* « ✓ Adopted unanimously », in words and not by its colour alone; nothing when no vote was read. */
void vote_add_badge(struct buffer *out, const struct vote *vote);

/* The act whose id stands in the path, with its pages as passages; what the question looks for is marked in them.
 * DELIB_NOT_FOUND. */
enum delib_status act_find(struct result *out, struct desk *desk, const struct web_request *request,
                           struct delib_error *error);

#endif

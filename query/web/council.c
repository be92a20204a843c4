/* One council: how much there is of it and of which years, its séances, what it speaks of and who reports. */
#include <string.h>

#include "web/html.h"
#include "web/layout.h"
#include "web/names.h"
#include "web/pages.h"
#include "web/timeline.h"

#define COUNCIL_PATH "/conseil/"

enum { COUNCIL_SEANCES = 12, COUNCIL_VALUES = 10 };

static void add_head(struct buffer *out, const struct web_request *request, const struct answer *answer)
{
    const struct facet_counts *types = &answer->facets[FACET_COUNCIL_TYPE];
    html_element(out, "h1", NULL, request->chosen[0].value);
    buffer_add_string(out, "<p class=\"facts\">");
    if (types->count > 0) {
        const char *name = name_of_value(FACET_COUNCIL_TYPE, types->values[0].value);
        html_text(out, name ? slice_of(name) : types->values[0].value);
        buffer_add_string(out, " · ");
    }
    html_link(out, NULL, request_address(request, &(struct variation){0}),
              slice_of(arena_printf(request->arena, "%u %s", (unsigned)answer->matches,
                                    ngettext("act", "acts", answer->matches))));
    buffer_add_string(out, "</p>\n");
}

static void add_values(struct buffer *out, const struct web_request *request, enum facet facet,
                       const struct facet_counts *counts)
{
    if (counts->count == 0)
        return;
    html_element(out, "h2", NULL, slice_of(name_of_facet(facet)));
    buffer_add_string(out, "<ul class=\"columns\">\n");
    for (size_t i = 0; i < counts->count && i < COUNCIL_VALUES; i++) {
        struct chosen_value one = {facet, counts->values[i].value};
        buffer_add_string(out, "<li>");
        html_link(out, NULL, request_address(request, &(struct variation){.with = &one}), one.value);
        buffer_add_string(out, " <span class=\"count\">");
        html_count(out, counts->values[i].count);
        buffer_add_string(out, "</span></li>\n");
    }
    buffer_add_string(out, "</ul>\n");
}

static void add_seances(struct buffer *out, const struct web_request *request, const struct facet_counts *seances)
{
    if (seances->count == 0)
        return;
    html_element(out, "h2", NULL, slice_of(_("Latest séances")));
    seances_add_table(out, request, seances, 0, COUNCIL_SEANCES);
    buffer_add_string(out, "<p>");
    html_link(out, NULL, request_address(request, &(struct variation){.path = "/seances"}),
              slice_of(_("All séances of this council")));
    buffer_add_string(out, "</p>\n");
}

static void add_page(struct reply *reply, const struct web_request *request, const struct answer *answer)
{
    struct buffer *out = &reply->body;
    layout_begin(reply, request,
                 &(struct layout){.title = request->chosen[0].value,
                                  .feed = request_address(request, &(struct variation){.path = "/recherche.atom"}),
                                  .keeps_filters = true});
    add_head(out, request, answer);
    timeline_add(out, request, &answer->facets[FACET_YEAR]);
    add_seances(out, request, &answer->facets[FACET_SEANCE]);
    add_values(out, request, FACET_TOPIC, &answer->facets[FACET_TOPIC]);
    add_values(out, request, FACET_RAPPORTEUR, &answer->facets[FACET_RAPPORTEUR]);
    layout_end(reply, request);
}

enum delib_status page_council(struct reply *reply, struct desk *desk, const struct web_request *request,
                               struct delib_error *error)
{
    struct search *search = NULL;
    const struct answer *answer;
    struct web_request of_council = *request;
    of_council.chosen[0] = (struct chosen_value){FACET_COUNCIL, slice_skip(request->path, strlen(COUNCIL_PATH))};
    of_council.chosen_count = 1;
    struct search_request wanted = {
        .exact_count = true, .time_limit_ms = COUNTING_MS, .filters = {.chosen = of_council.chosen, .chosen_count = 1}};
    const enum facet facets[] = {FACET_YEAR, FACET_COUNCIL_TYPE, FACET_SEANCE, FACET_TOPIC, FACET_RAPPORTEUR};
    for (size_t i = 0; i < sizeof facets / sizeof *facets; i++)
        wanted.facets[facets[i]] = true;
    enum delib_status status = search_begin(&search, &answer, desk->searcher, &wanted, error);
    if (status == DELIB_OK && answer->matches == 0)
        status = delib_fail(error, DELIB_NOT_FOUND, "%s", _("no act is of a council of this name"));
    if (status == DELIB_OK)
        add_page(reply, &of_council, answer);
    search_free(search);
    return status;
}

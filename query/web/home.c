/* The first page: the question, what there is to search, and where to begin without one. */
#include "archive/archive.h"
#include "web/html.h"
#include "web/layout.h"
#include "web/names.h"
#include "web/pages.h"
#include "web/timeline.h"

enum { HOME_COUNCILS = 12, HOME_ACTS = 5 };

static void add_examples(struct buffer *out, struct arena *arena)
{
    static const char *const examples[] = {N_("water price"), N_("\"school canteen\""), N_("vote:rejete"),
                                           N_("montant:>100000")};
    buffer_add_string(out, "<p class=\"examples\">");
    html_words(out, _("For example:"));
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
        struct web_request none = {.arena = arena, .acts = REQUEST_ACTS_USUAL};
        struct slice question = slice_of(_(examples[i]));
        buffer_add_byte(out, ' ');
        html_link(out, NULL, request_address(&none, &(struct variation){.question = &question}), question);
    }
    buffer_add_string(out, "</p>\n");
}

static void add_summary(struct buffer *out, const struct answer *answer)
{
    const struct facet_counts *years = &answer->facets[FACET_YEAR];
    const struct facet_counts *councils = &answer->facets[FACET_COUNCIL];
    buffer_add_string(out, "<p class=\"summary\">");
    html_count(out, answer->matches);
    buffer_add_byte(out, ' ');
    html_words(out, ngettext("act", "acts", answer->matches));
    buffer_add_string(out, " · ");
    html_count(out, (uint32_t)councils->count);
    buffer_add_byte(out, ' ');
    html_words(out, ngettext("council", "councils", councils->count));
    if (years->count > 0) {
        buffer_add_string(out, " · ");
        html_text(out, years->values[0].value);
        buffer_add_string(out, "–");
        html_text(out, years->values[years->count - 1].value);
    }
    buffer_add_string(out, "</p>\n");
}

static void add_councils(struct buffer *out, struct arena *arena, const struct facet_counts *councils)
{
    if (councils->count == 0)
        return;
    html_element(out, "h2", NULL, slice_of(_("Councils")));
    buffer_add_string(out, "<ul class=\"columns\">\n");
    for (size_t i = 0; i < councils->count && i < HOME_COUNCILS; i++) {
        buffer_add_string(out, "<li>");
        html_link(out, NULL, council_address(arena, councils->values[i].value), councils->values[i].value);
        buffer_add_string(out, " <span class=\"count\">");
        html_count(out, councils->values[i].count);
        buffer_add_string(out, "</span></li>\n");
    }
    buffer_add_string(out, "</ul>\n");
    if (councils->count > HOME_COUNCILS)
        buffer_printf(out, "<p><a href=\"/couverture\">%s</a></p>\n", _("All councils"));
}

static enum delib_status add_newest(struct buffer *out, struct desk *desk, struct search *search,
                                    struct delib_error *error)
{
    struct result result;
    enum delib_status status;
    html_element(out, "h2", NULL, slice_of(_("Latest acts")));
    buffer_add_string(out, "<ul class=\"plain\">\n");
    while ((status = search_next(&result, search, desk->acts, error)) == DELIB_OK && result.act) {
        buffer_add_string(out, "<li>");
        html_link(out, NULL, act_address(desk->arena, result.act->id, (struct slice){0}), objet_or_none(result.act));
        buffer_add_string(out, " <span class=\"faint\">");
        html_text(out, result.act->council);
        if (result.act->date)
            buffer_add_string(out, ", ");
        add_date(out, result.act->date);
        buffer_add_string(out, "</span></li>\n");
    }
    buffer_add_string(out, "</ul>\n");
    return status;
}

enum delib_status page_home(struct reply *reply, struct desk *desk, const struct web_request *request,
                            struct delib_error *error)
{
    struct search *search = NULL;
    const struct answer *answer;
    struct search_request everything = {.limit = HOME_ACTS,
                                        .sort = SORT_DATE_DESCENDING,
                                        .exact_count = true,
                                        .time_limit_ms = COUNTING_MS,
                                        .facets = {[FACET_YEAR] = true, [FACET_COUNCIL] = true}};
    struct buffer *out = &reply->body;
    enum delib_status status = search_begin(&search, &answer, desk->searcher, &everything, error);
    if (status == DELIB_OK) {
        layout_begin(reply, request, &(struct layout){.is_home = true});
        buffer_add_string(out, "<div class=\"home\">\n");
        html_element(out, "h1", NULL, slice_of(_("The deliberations of our councils")));
        layout_question(out, request, false);
        add_examples(out, desk->arena);
        add_summary(out, answer);
        timeline_add(out, request, &answer->facets[FACET_YEAR]);
        add_councils(out, desk->arena, &answer->facets[FACET_COUNCIL]);
        status = add_newest(out, desk, search, error);
        buffer_add_string(out, "</div>\n");
        layout_end(reply, request);
    }
    search_free(search);
    return status;
}

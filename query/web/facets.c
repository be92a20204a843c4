#include "web/facets.h"

#include <string.h>

#include "web/html.h"
#include "web/layout.h"
#include "web/names.h"
#include "web/pages.h"

enum { VALUES_SHOWN = 8, VALUES_MORE = 100 };

static const enum facet shown[] = {FACET_COUNCIL, FACET_COUNCIL_TYPE, FACET_VOTE,         FACET_MATIERE,
                                   FACET_TOPIC,   FACET_RAPPORTEUR,   FACET_DOCUMENT_TYPE};

void facets_want(struct search_request *search)
{
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++)
        search->facets[shown[i]] = true;
    search->facets[FACET_YEAR] = true;
}

/* The same question without what is chosen of one facet. */
static enum delib_status count_without(struct facet_counts *out, struct desk *desk, const struct web_request *request,
                                       const struct search_request *search, enum facet facet, struct delib_error *error)
{
    struct search *other = NULL;
    const struct answer *answer;
    struct chosen_value chosen[REQUEST_CHOSEN];
    struct search_request without = *search;
    without.limit = 0;
    without.filters.chosen = chosen;
    without.filters.chosen_count = 0;
    for (size_t i = 0; i < request->chosen_count; i++)
        if (request->chosen[i].facet != facet)
            chosen[without.filters.chosen_count++] = request->chosen[i];
    memset(without.facets, 0, sizeof without.facets);
    without.facets[facet] = true;
    enum delib_status status = search_begin(&other, &answer, desk->searcher, &without, error);
    if (status == DELIB_OK)
        facet_copy(out, desk->arena, &answer->facets[facet]);
    search_free(other);
    return status;
}

static bool has_chosen(const struct web_request *request, enum facet facet)
{
    for (size_t i = 0; i < request->chosen_count; i++)
        if (request->chosen[i].facet == facet)
            return true;
    return false;
}

enum delib_status facets_count(struct facet_counts out[FACET_COUNT], struct desk *desk,
                               const struct web_request *request, const struct search_request *search,
                               const struct answer *answer, struct delib_error *error)
{
    enum delib_status status = DELIB_OK;
    for (int facet = 0; facet < FACET_COUNT && status == DELIB_OK; facet++) {
        out[facet] = answer->facets[facet];
        if (search->facets[facet] && has_chosen(request, (enum facet)facet))
            status = count_without(&out[facet], desk, request, search, (enum facet)facet, error);
    }
    return status;
}

/* « 7.5 Subventions » */
static struct slice label_of(struct arena *arena, enum facet facet, struct slice value)
{
    const char *name = name_of_value(facet, value);
    if (facet != FACET_MATIERE)
        return name ? slice_of(name) : value;
    struct slice label = name_of_matiere(arena, value);
    return slice_of(
        arena_printf(arena, "%.*s %.*s", (int)value.len, value.bytes, (int)label.len, label.bytes ? label.bytes : ""));
}

static void add_value(struct buffer *out, const struct web_request *request, enum facet facet,
                      const struct facet_value *value)
{
    struct chosen_value one = {facet, value->value};
    bool is_chosen = request_has_choice(request, facet, value->value);
    struct slice address = request_address(
        request, &(struct variation){.with = is_chosen ? NULL : &one, .without = is_chosen ? &one : NULL});
    buffer_printf(out, "<li><a rel=\"nofollow\"%s href=\"", is_chosen ? " class=\"chosen\"" : "");
    html_attribute(out, address);
    buffer_add_string(out, "\">");
    html_text(out, label_of(request->arena, facet, value->value));
    if (is_chosen)
        buffer_printf(out, "<span class=\"hidden\"> %s</span>", _("(chosen: take away)"));
    buffer_add_string(out, "</a> <span class=\"count\">");
    html_count(out, value->count);
    buffer_add_string(out, "</span></li>\n");
}

/* Matières: chapters only, but for what is chosen and what is in a chosen chapter. */
static bool is_hidden(const struct web_request *request, enum facet facet, struct slice value)
{
    if (facet != FACET_MATIERE || slice_find_byte(value, '.', 0) == SLICE_NONE)
        return false;
    return !request_has_choice(request, facet, slice_range(value, 0, 1)) && !request_has_choice(request, facet, value);
}

static void add_facet(struct buffer *out, const struct web_request *request, enum facet facet,
                      const struct facet_counts *counts)
{
    const char *argument = argument_of_facet(facet);
    bool more = slice_equal(request->more, slice_of(argument));
    size_t most = more ? VALUES_MORE : VALUES_SHOWN;
    size_t added = 0;
    if (counts->count == 0)
        return;
    buffer_printf(out, "<section id=\"facette-%s\">\n<h3>", argument);
    html_words(out, name_of_facet(facet));
    buffer_add_string(out, "</h3>\n<ul>\n");
    for (size_t i = 0; i < counts->count; i++) {
        struct slice value = counts->values[i].value;
        bool is_chosen = request_has_choice(request, facet, value);
        if (is_hidden(request, facet, value) || (added >= most && !is_chosen && facet != FACET_MATIERE))
            continue;
        add_value(out, request, facet, &counts->values[i]);
        added++;
    }
    buffer_add_string(out, "</ul>\n");
    if (counts->count > added && !more && facet != FACET_MATIERE) {
        struct slice name = slice_of(argument);
        struct slice address = request_address(request, &(struct variation){.more = &name});
        buffer_add_string(out, "<p class=\"more\"><a rel=\"nofollow\" href=\"");
        html_attribute(out, address);
        buffer_printf(out, "#facette-%s\">", argument);
        html_words(out, _("More"));
        buffer_printf(out, "<span class=\"hidden\"> (%s)</span></a></p>\n", name_of_facet(facet));
    }
    buffer_add_string(out, "</section>\n");
}

static void add_dates(struct buffer *out, const struct web_request *request)
{
    static const struct {
        const char *name;
        const char *label;
    } fields[] = {{"du", N_("From (2019, 2019-03…)")}, {"au", N_("To")}};
    buffer_add_string(out, "<section>\n<h3>");
    html_words(out, _("Period"));
    buffer_add_string(out, "</h3>\n<form class=\"dates\" action=\"/recherche\" method=\"get\">\n");
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        buffer_printf(out, "<label for=\"%s\">", fields[i].name);
        html_words(out, _(fields[i].label));
        buffer_printf(out, "</label>\n<input id=\"%s\" name=\"%s\" size=\"10\" maxlength=\"10\" value=\"",
                      fields[i].name, fields[i].name);
        html_attribute(out, i == 0 ? request->from : request->to);
        buffer_add_string(out, "\">\n");
    }
    layout_hidden(out, "q", request->question);
    layout_hidden(out, "semblable", request->like);
    layout_hidden(out, "numero", request->number);
    layout_hidden_choices(out, request);
    buffer_add_string(out, "<button type=\"submit\">");
    html_words(out, _("Filter by dates"));
    buffer_add_string(out, "</button>\n</form>\n</section>\n");
}

void facets_add(struct buffer *out, const struct web_request *request, const struct facet_counts counts[FACET_COUNT])
{
    buffer_add_string(out, "<aside class=\"facets\" id=\"affiner\" aria-labelledby=\"affiner-titre\">\n"
                           "<h2 id=\"affiner-titre\">");
    html_words(out, _("Refine"));
    buffer_add_string(out, "</h2>\n");
    add_dates(out, request);
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++)
        add_facet(out, request, shown[i], &counts[shown[i]]);
    buffer_add_string(out, "</aside>\n");
}

/* --- chips ---------------------------------------------------------------------------------------------------------
 */

static void add_chip(struct buffer *out, const struct web_request *request, const char *name, struct slice value,
                     const struct variation *without)
{
    buffer_add_string(out, "<li><a rel=\"nofollow\" href=\"");
    html_attribute(out, request_address(request, without));
    buffer_add_string(out, "\"><span class=\"hidden\">");
    html_words(out, _("Take away:"));
    buffer_add_string(out, " </span>");
    html_words(out, name);
    buffer_add_string(out, " : ");
    html_text(out, value);
    buffer_add_string(out, " <span aria-hidden=\"true\">×</span></a></li>\n");
}

void facets_add_chips(struct buffer *out, const struct web_request *request)
{
    if (!request_has_filters(request))
        return;
    buffer_add_string(out, "<ul class=\"chips\" aria-label=\"");
    html_attribute(out, slice_of(_("Filters")));
    buffer_add_string(out, "\">\n");
    for (size_t i = 0; i < request->chosen_count; i++) {
        const struct chosen_value *chosen = &request->chosen[i];
        add_chip(out, request, name_of_facet(chosen->facet), label_of(request->arena, chosen->facet, chosen->value),
                 &(struct variation){.without = chosen});
    }
    if (request->from.len > 0 || request->to.len > 0)
        add_chip(out, request, _("Period"),
                 slice_of(arena_printf(request->arena, "%s – %s", request->from.len > 0 ? request->from.bytes : "…",
                                       request->to.len > 0 ? request->to.bytes : "…")),
                 &(struct variation){.without_dates = true});
    if (request->number.len > 0)
        add_chip(out, request, _("Number"), request->number, &(struct variation){.without_number = true});
    if (request->like.len > 0)
        add_chip(out, request, _("Similar to"), request->like, &(struct variation){.without_like = true});
    if (request->seance.len > 0)
        add_chip(out, request, _("Same séance as"), request->seance, &(struct variation){.without_seance = true});
    buffer_add_string(out, "</ul>\n");
}

/* The register by séance: each day on which a council sat, with its acts, a year at a time. */
#include "web/html.h"
#include "web/layout.h"
#include "web/names.h"
#include "web/pages.h"

#define SEANCES_PATH "/seances"

enum { SEANCES_OF_A_PAGE = 100 };

/* The facet writes « 2021-06-24 Council ». */
static bool split_seance(date_yyyymmdd *date, struct slice *council, struct slice value)
{
    *date = date_parse_iso(slice_range(value, 0, DATE_ISO_BYTES - 1));
    *council = slice_skip(value, DATE_ISO_BYTES);
    return *date != 0;
}

static enum delib_status count(struct facet_counts *out, struct desk *desk, const struct web_request *request,
                               const struct chosen_value *year, enum facet facet, struct delib_error *error)
{
    struct search *search = NULL;
    const struct answer *answer;
    struct chosen_value chosen[REQUEST_CHOSEN + 1];
    struct search_request wanted = {.exact_count = true, .time_limit_ms = COUNTING_MS, .filters = {.chosen = chosen}};
    for (size_t i = 0; i < request->chosen_count; i++)
        if (request->chosen[i].facet == FACET_COUNCIL)
            chosen[wanted.filters.chosen_count++] = request->chosen[i];
    if (year)
        chosen[wanted.filters.chosen_count++] = *year;
    wanted.facets[facet] = true;
    enum delib_status status = search_begin(&search, &answer, desk->searcher, &wanted, error);
    if (status == DELIB_OK)
        facet_copy(out, desk->arena, &answer->facets[facet]);
    search_free(search);
    return status;
}

static void add_years(struct buffer *out, const struct web_request *request, const struct facet_counts *years,
                      struct slice current)
{
    buffer_add_string(out, "<nav class=\"orders\" aria-label=\"");
    html_attribute(out, slice_of(_("Years")));
    buffer_add_string(out, "\"><ul>\n");
    for (size_t i = years->count; i-- > 0;) {
        struct chosen_value year = {FACET_YEAR, years->values[i].value};
        struct web_request other = *request;
        other.page = 1;
        other.chosen_count = 0;
        for (size_t j = 0; j < request->chosen_count; j++)
            if (request->chosen[j].facet == FACET_COUNCIL)
                other.chosen[other.chosen_count++] = request->chosen[j];
        buffer_add_string(out, "<li>");
        if (slice_equal(year.value, current))
            html_element(out, "strong", NULL, current);
        else
            html_link(out, NULL, request_address(&other, &(struct variation){.path = SEANCES_PATH, .with = &year}),
                      year.value);
        buffer_add_string(out, "</li>\n");
    }
    buffer_add_string(out, "</ul></nav>\n");
}

static void add_row(struct buffer *out, const struct web_request *request, const struct facet_value *seance)
{
    date_yyyymmdd date;
    struct slice council;
    if (!split_seance(&date, &council, seance->value))
        return;
    struct slice day = slice_range(seance->value, 0, DATE_ISO_BYTES - 1);
    struct web_request one = {
        .arena = request->arena, .acts = REQUEST_ACTS_USUAL, .from = day, .to = day, .sort = SORT_NUMBER};
    if (council.len > 0)
        one.chosen[one.chosen_count++] = (struct chosen_value){FACET_COUNCIL, council};
    struct buffer words = {0};
    add_full_date(&words, date);
    buffer_add_string(out, "<tr><td>");
    html_link(out, NULL, request_address(&one, &(struct variation){0}), buffer_get(&words));
    buffer_add_string(out, "</td><td>");
    if (council.len > 0)
        html_link(out, NULL, council_address(request->arena, council), council);
    else
        html_words(out, _("(council not read)"));
    buffer_add_string(out, "</td><td class=\"figure\">");
    html_count(out, seance->count);
    buffer_add_string(out, "</td></tr>\n");
    buffer_free(&words);
}

void seances_add_table(struct buffer *out, const struct web_request *request, const struct facet_counts *seances,
                       size_t first, size_t most)
{
    buffer_add_string(out, "<table class=\"register\">\n<thead><tr><th scope=\"col\">");
    html_words(out, _("Séance"));
    buffer_add_string(out, "</th><th scope=\"col\">");
    html_words(out, _("Council"));
    buffer_add_string(out, "</th><th scope=\"col\" class=\"figure\">");
    html_words(out, _("Acts"));
    buffer_add_string(out, "</th></tr></thead>\n<tbody>\n");
    for (size_t i = first; i < seances->count && i < first + most; i++) /* the newest first */
        add_row(out, request, &seances->values[seances->count - 1 - i]);
    buffer_add_string(out, "</tbody>\n</table>\n");
}

static struct slice chosen_year(const struct web_request *request, const struct facet_counts *years)
{
    for (size_t i = 0; i < request->chosen_count; i++)
        if (request->chosen[i].facet == FACET_YEAR)
            return request->chosen[i].value;
    return years->count > 0 ? years->values[years->count - 1].value : (struct slice){0};
}

static void add_page(struct reply *reply, const struct web_request *request, const struct facet_counts *years,
                     const struct facet_counts *seances, struct slice year)
{
    struct buffer *out = &reply->body;
    layout_begin(reply, request, &(struct layout){.title = slice_of(_("Séances")), .current = SEANCES_PATH});
    html_element(out, "h1", NULL, slice_of(_("Séances")));
    for (size_t i = 0; i < request->chosen_count; i++)
        if (request->chosen[i].facet == FACET_COUNCIL) {
            buffer_add_string(out, "<p>");
            html_link(out, NULL, council_address(request->arena, request->chosen[i].value), request->chosen[i].value);
            buffer_add_string(out, "</p>\n");
        }
    add_years(out, request, years, year);
    if (seances->count == 0)
        html_element(out, "p", NULL, slice_of(_("No act with a date was found.")));
    else
        seances_add_table(out, request, seances, (size_t)(request->page - 1) * SEANCES_OF_A_PAGE, SEANCES_OF_A_PAGE);
    layout_pager(out, request, SEANCES_PATH, (uint32_t)((seances->count + SEANCES_OF_A_PAGE - 1) / SEANCES_OF_A_PAGE));
    layout_end(reply, request);
}

enum delib_status page_seances(struct reply *reply, struct desk *desk, const struct web_request *request,
                               struct delib_error *error)
{
    struct facet_counts years = {0};
    struct facet_counts seances = {0};
    enum delib_status status = count(&years, desk, request, NULL, FACET_YEAR, error);
    struct chosen_value year = {FACET_YEAR, chosen_year(request, &years)};
    if (status == DELIB_OK && year.value.len > 0)
        status = count(&seances, desk, request, &year, FACET_SEANCE, error);
    if (status == DELIB_OK)
        add_page(reply, request, &years, &seances, year.value);
    return status;
}

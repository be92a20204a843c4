/* What is in the archive and what is not, told honestly: acts by council and year, the fields that could not be read,
 * the files that could not be read and why. */
#include "web/coverage.h"
#include "web/html.h"
#include "web/layout.h"
#include "web/names.h"
#include "web/pages.h"

#define COVERAGE_PATH "/couverture"

enum { COUNCILS_OF_A_PAGE = 50 };

static void begin_table(struct buffer *out, const char *title, const char *first, const char *second)
{
    html_element(out, "h2", NULL, slice_of(title));
    buffer_add_string(out, "<table>\n<thead><tr><th scope=\"col\">");
    html_words(out, first);
    buffer_add_string(out, "</th><th scope=\"col\" class=\"figure\">");
    html_words(out, second);
    buffer_add_string(out, "</th></tr></thead>\n<tbody>\n");
}

static void end_table(struct buffer *out)
{
    buffer_add_string(out, "</tbody>\n</table>\n");
}

static void add_count_row(struct buffer *out, struct slice name, uint32_t count)
{
    buffer_add_string(out, "<tr><th scope=\"row\">");
    html_text(out, name);
    buffer_add_string(out, "</th><td class=\"figure\">");
    html_count(out, count);
    buffer_add_string(out, "</td></tr>\n");
}

static uint32_t count_of(const struct coverage_counts *counts, const char *name)
{
    for (size_t i = 0; i < counts->count; i++)
        if (slice_equal(counts->items[i].name, slice_of(name)))
            return counts->items[i].acts;
    return 0;
}

static void add_fields(struct buffer *out, const struct coverage *coverage)
{
    if (coverage->acts == 0)
        return;
    begin_table(out, _("Fields that were read"), _("Field"), _("Share of the acts"));
    for (int field = 0; field < FIELD_COUNT; field++) {
        uint32_t acts = count_of(&coverage->counts[COVERAGE_FIELD], act_field_name((enum act_field)field));
        buffer_add_string(out, "<tr><th scope=\"row\">");
        html_words(out, name_of_field((enum act_field)field));
        buffer_printf(out, "</th><td class=\"figure\">%.1f\u00a0%%</td></tr>\n", 100.0 * acts / coverage->acts);
    }
    end_table(out);
}

static void add_warnings(struct buffer *out, const struct coverage *coverage)
{
    const struct coverage_counts *warnings = &coverage->counts[COVERAGE_WARNING];
    if (warnings->count == 0)
        return;
    begin_table(out, _("Warnings"), _("Warning"), _("Acts"));
    for (size_t i = 0; i < warnings->count; i++) {
        const char *words = name_of_warning(warnings->items[i].name);
        add_count_row(out, words ? slice_of(words) : warnings->items[i].name, warnings->items[i].acts);
    }
    end_table(out);
}

static void add_failures(struct buffer *out, const struct service *service, const struct coverage *coverage)
{
    begin_table(out, _("Files"), _("Outcome"), _("Files"));
    add_count_row(out, slice_of(_("indexed")), (uint32_t)coverage->files[FILE_INDEXED]);
    add_count_row(out, slice_of(_("skipped: no document")), (uint32_t)coverage->files[FILE_SKIPPED]);
    add_count_row(out, slice_of(_("could not be read")), (uint32_t)coverage->files[FILE_FAILED]);
    end_table(out);
    if (coverage->failure_count == 0)
        return;
    html_element(out, "h3", NULL, slice_of(_("Files without an act, and why")));
    buffer_add_string(out, "<ul>\n");
    for (size_t i = 0; i < coverage->failure_count; i++) {
        const struct coverage_failure *failure = &coverage->failures[i];
        buffer_add_string(out, "<li>");
        html_text(out, path_to_show(service, failure->path));
        buffer_add_string(out, " — ");
        html_text(out, failure->reason);
        if (failure->detail.len > 0) {
            buffer_add_string(out, " <span class=\"faint\">");
            html_text(out, failure->detail);
            buffer_add_string(out, "</span>");
        }
        buffer_add_string(out, "</li>\n");
    }
    buffer_add_string(out, "</ul>\n");
}

/* --- councils by year ----------------------------------------------------------------------------------------------
 */

static void add_council(struct buffer *out, const struct web_request *request, const struct coverage_counts *counts,
                        size_t first, size_t end)
{
    uint32_t acts = 0;
    struct slice name = counts->items[first].name;
    for (size_t i = first; i < end; i++)
        acts += counts->items[i].acts;
    buffer_add_string(out, "<tr><th scope=\"row\">");
    if (name.len > 0)
        html_link(out, NULL, council_address(request->arena, name), name);
    else
        html_words(out, _("(council not read)"));
    buffer_add_string(out, "</th><td class=\"figure\">");
    html_count(out, acts);
    buffer_add_string(out, "</td><td>");
    for (size_t i = first; i < end; i++) {
        buffer_add_string(out, i > first ? ", " : "");
        if (counts->items[i].year > 0)
            buffer_printf(out, "%d\u00a0: ", counts->items[i].year);
        else
            buffer_printf(out, "%s\u00a0: ", _("undated"));
        html_count(out, counts->items[i].acts);
    }
    buffer_add_string(out, "</td></tr>\n");
}

/* The councils of the page, and how many there are in all. */
static size_t add_council_rows(struct buffer *out, const struct web_request *request,
                               const struct coverage_counts *counts)
{
    size_t councils = 0;
    size_t first_shown = (size_t)(request->page - 1) * COUNCILS_OF_A_PAGE;
    for (size_t first = 0, end; first < counts->count; first = end, councils++) {
        for (end = first + 1; end < counts->count && slice_equal(counts->items[end].name, counts->items[first].name);)
            end++;
        if (councils >= first_shown && councils < first_shown + COUNCILS_OF_A_PAGE)
            add_council(out, request, counts, first, end);
    }
    return councils;
}

static void add_councils(struct buffer *out, const struct web_request *request, const struct coverage *coverage)
{
    html_element(out, "h2", NULL, slice_of(_("Acts by council and year")));
    buffer_add_string(out, "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"");
    html_attribute(out, slice_of(_("Acts by council and year")));
    buffer_add_string(out, "\">\n<table>\n<thead><tr><th scope=\"col\">");
    html_words(out, _("Council"));
    buffer_add_string(out, "</th><th scope=\"col\" class=\"figure\">");
    html_words(out, _("Acts"));
    buffer_add_string(out, "</th><th scope=\"col\">");
    html_words(out, _("By year"));
    buffer_add_string(out, "</th></tr></thead>\n<tbody>\n");
    size_t councils = add_council_rows(out, request, &coverage->counts[COVERAGE_COUNCIL]);
    buffer_add_string(out, "</tbody>\n</table>\n</div>\n");
    layout_pager(out, request, COVERAGE_PATH, (uint32_t)((councils + COUNCILS_OF_A_PAGE - 1) / COUNCILS_OF_A_PAGE));
}

enum delib_status page_coverage(struct reply *reply, struct desk *desk, const struct web_request *request,
                                struct delib_error *error)
{
    struct buffer *out = &reply->body;
    struct coverage *coverage = &desk->service->coverage;
    pthread_mutex_lock(&coverage->lock);
    enum delib_status status = coverage_read(coverage, desk->reader, parts_stamp(desk->parts), error);
    if (status == DELIB_OK) {
        layout_begin(reply, request, &(struct layout){.title = slice_of(_("Coverage")), .current = COVERAGE_PATH});
        html_element(out, "h1", NULL, slice_of(_("What the archive covers")));
        add_councils(out, request, coverage);
        add_fields(out, coverage);
        add_warnings(out, coverage);
        add_failures(out, desk->service, coverage);
        layout_end(reply, request);
    }
    pthread_mutex_unlock(&coverage->lock);
    return status;
}

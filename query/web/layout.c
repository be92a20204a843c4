#include "web/layout.h"

#include <string.h>

#include "web/assets.h"
#include "web/html.h"

static void add_head(struct buffer *out, const struct web_request *request, const struct layout *layout)
{
    bool french = request->language == WORDS_FRENCH;
    buffer_printf(out, "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n", french ? "fr" : "en");
    buffer_add_string(out, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>");
    html_text(out, layout->title);
    buffer_add_string(out, layout->title.len > 0 ? " — delib</title>\n" : "delib</title>\n");
    buffer_printf(out, "<link rel=\"stylesheet\" href=\"%s\">\n", asset_address(request->arena, "delib.css"));
    buffer_printf(out, "<link rel=\"icon\" type=\"image/svg+xml\" href=\"%s\">\n",
                  asset_address(request->arena, "delib.svg"));
    buffer_add_string(out, "<link rel=\"search\" type=\"application/opensearchdescription+xml\" title=\"delib\" "
                           "href=\"/opensearch.xml\">\n");
    if (layout->feed.len > 0) {
        buffer_add_string(out, "<link rel=\"alternate\" type=\"application/atom+xml\" href=\"");
        html_attribute(out, layout->feed);
        buffer_add_string(out, "\">\n");
    }
    buffer_printf(out, "<script src=\"%s\" defer></script>\n", asset_address(request->arena, "delib.js"));
    if (layout->json_ld.len > 0) {
        buffer_add_string(out, "<script type=\"application/ld+json\">");
        html_script_string(out, layout->json_ld);
        buffer_add_string(out, "</script>\n");
    }
    buffer_add_string(out, "</head>\n");
}

static void add_menu(struct buffer *out, const char *current)
{
    static const struct {
        const char *path;
        const char *name;
    } entries[] = {{"/recherche", N_("All acts")},
                   {"/seances", N_("Séances")},
                   {"/couverture", N_("Coverage")},
                   {"/aide", N_("Help")}};
    buffer_add_string(out, "<nav aria-label=\"");
    html_attribute(out, slice_of(_("Main menu")));
    buffer_add_string(out, "\"><ul class=\"menu\">\n");
    for (size_t i = 0; i < sizeof entries / sizeof *entries; i++) {
        bool here = current && strcmp(current, entries[i].path) == 0;
        buffer_printf(out, here ? "<li><strong>" : "<li>");
        html_link(out, NULL, slice_of(entries[i].path), slice_of(_(entries[i].name)));
        buffer_add_string(out, here ? "</strong></li>\n" : "</li>\n");
    }
    buffer_add_string(out, "</ul></nav>\n");
}

void layout_hidden(struct buffer *out, const char *name, struct slice value)
{
    if (value.len == 0)
        return;
    buffer_printf(out, "<input type=\"hidden\" name=\"%s\" value=\"", name);
    html_attribute(out, value);
    buffer_add_string(out, "\">\n");
}

void layout_hidden_choices(struct buffer *out, const struct web_request *request)
{
    for (size_t i = 0; i < request->chosen_count; i++)
        layout_hidden(out, argument_of_facet(request->chosen[i].facet), request->chosen[i].value);
}

void layout_question(struct buffer *out, const struct web_request *request, bool keeps_filters)
{
    buffer_add_string(out, "<form class=\"question\" role=\"search\" action=\"/recherche\" method=\"get\">\n"
                           "<label for=\"q\" class=\"hidden\">");
    html_words(out, _("Search the deliberations"));
    buffer_printf(out,
                  "</label>\n<input type=\"search\" id=\"q\" name=\"q\" maxlength=\"%d\" autocomplete=\"off\" "
                  "spellcheck=\"false\" placeholder=\"",
                  REQUEST_QUESTION_BYTES);
    html_attribute(out, slice_of(_("words, \"a phrase\", a number…")));
    buffer_add_string(out, "\" value=\"");
    html_attribute(out, request->question);
    buffer_add_string(out, "\">\n<button type=\"submit\">");
    html_words(out, _("Search"));
    buffer_add_string(out, "</button>\n");
    if (keeps_filters) {
        layout_hidden_choices(out, request);
        layout_hidden(out, "du", request->from);
        layout_hidden(out, "au", request->to);
    }
    buffer_add_string(out, "</form>\n");
}

void layout_begin(struct reply *reply, const struct web_request *request, const struct layout *layout)
{
    struct buffer *out = &reply->body;
    reply->code = 200;
    reply->type = TYPE_HTML;
    add_head(out, request, layout);
    buffer_printf(out, "<body>\n<a class=\"skip\" href=\"#contenu\">%s</a>\n<header class=\"top\">\n",
                  _("Skip to the content"));
    buffer_add_string(out, "<a class=\"name\" href=\"/\">delib</a>\n");
    if (!layout->is_home)
        layout_question(out, request, layout->keeps_filters);
    add_menu(out, layout->current);
    buffer_add_string(out, "</header>\n<main id=\"contenu\" tabindex=\"-1\">\n");
}

void layout_end(struct reply *reply, const struct web_request *request)
{
    struct buffer *out = &reply->body;
    (void)request;
    buffer_add_string(out, "</main>\n<footer class=\"foot\">\n<ul>\n<li><a href=\"/aide\">");
    html_words(out, _("How to search"));
    buffer_add_string(out, "</a></li>\n<li><a href=\"/accessibilite\">");
    html_words(out, _("Accessibility: partially compliant"));
    buffer_add_string(out, "</a></li>\n<li><a href=\"/openapi.json\">");
    html_words(out, _("API"));
    buffer_add_string(out, "</a></li>\n</ul>\n</footer>\n</body>\n</html>\n");
}

void layout_trouble(struct reply *reply, const struct web_request *request, unsigned code, const char *title,
                    const char *message)
{
    struct buffer *out = &reply->body;
    buffer_clear(out);
    layout_begin(reply, request, &(struct layout){.title = slice_of(title)});
    reply->code = code;
    html_element(out, "h1", NULL, slice_of(title));
    html_element(out, "p", "message", slice_of(message));
    layout_end(reply, request);
}

void layout_pager(struct buffer *out, const struct web_request *request, const char *path, uint32_t pages)
{
    if (pages <= 1)
        return;
    buffer_add_string(out, "<nav class=\"pager\" aria-label=\"");
    html_attribute(out, slice_of(_("Pages of results")));
    buffer_add_string(out, "\">\n");
    if (request->page > 1) {
        buffer_add_string(out, "<a rel=\"prev\" href=\"");
        html_attribute(out, request_address(request, &(struct variation){.path = path, .page = request->page - 1}));
        buffer_printf(out, "\">← %s</a>\n", _("Previous"));
    }
    buffer_add_string(out, "<span>");
    html_words(out, _("page"));
    buffer_printf(out, " %u / ", (unsigned)request->page);
    html_count(out, pages);
    buffer_add_string(out, "</span>\n");
    if (request->page < pages) {
        buffer_add_string(out, "<a rel=\"next\" href=\"");
        html_attribute(out, request_address(request, &(struct variation){.path = path, .page = request->page + 1}));
        buffer_printf(out, "\">%s →</a>\n", _("Next"));
    }
    buffer_add_string(out, "</nav>\n");
}

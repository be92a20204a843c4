/* Suggestions while a question is typed, and what a browser needs to know to ask this page by itself (OpenSearch). */
#include "base/json_writer.h"
#include "base/utf8.h"
#include "print/xml.h"
#include "web/assets.h"
#include "web/names.h"
#include "web/pages.h"
#include "web/site.h"

enum { SUGGESTIONS = 8, SUGGESTION_LEAST_BYTES = 2 };

struct suggestions {
    struct slice objets[SUGGESTIONS];
    struct slice places[SUGGESTIONS]; /* council and day */
    struct slice addresses[SUGGESTIONS];
    size_t count;
};

/* The question with its last word taken for the beginning of one. */
static struct slice as_beginning(struct arena *arena, struct slice question)
{
    size_t size;
    if (question.len < SUGGESTION_LEAST_BYTES)
        return question;
    int32_t last = utf8_decode(question, utf8_previous(question, question.len), &size);
    if (!utf8_is_letter(last))
        return question;
    return slice_of(arena_printf(arena, "%.*s*", (int)question.len, question.bytes));
}

static void take_suggestion(struct suggestions *out, struct arena *arena, const struct act *act)
{
    struct buffer place = {0};
    for (size_t i = 0; i < out->count; i++)
        if (slice_equal(out->objets[i], act->objet))
            return;
    if (act->objet.len == 0 || out->count == SUGGESTIONS)
        return;
    buffer_add_slice(&place, act->council);
    buffer_add_string(&place, act->council.len > 0 && act->date ? ", " : "");
    add_date(&place, act->date);
    out->objets[out->count] = arena_copy(arena, act->objet);
    out->places[out->count] = arena_copy(arena, buffer_get(&place));
    out->addresses[out->count++] = act_address(arena, act->id, (struct slice){0});
    buffer_free(&place);
}

static enum delib_status find_suggestions(struct suggestions *out, struct desk *desk, const struct web_request *request,
                                          struct delib_error *error)
{
    struct node *tree = NULL;
    struct search *search = NULL;
    const struct answer *answer;
    struct result result;
    struct slice question = as_beginning(desk->arena, request->question);
    *out = (struct suggestions){0};
    if (question.len < SUGGESTION_LEAST_BYTES || question_parse(&tree, desk->arena, question, error) != DELIB_OK ||
        !tree) /* half a question is no error */
        return DELIB_OK;
    struct search_request wanted = {.tree = tree, .limit = 2 * SUGGESTIONS};
    enum delib_status status = search_begin(&search, &answer, desk->searcher, &wanted, error);
    while (status == DELIB_OK && (status = search_next(&result, search, desk->acts, error)) == DELIB_OK && result.act) {
        take_suggestion(out, desk->arena, result.act);
        arena_reset(desk->acts);
    }
    search_free(search);
    return status == DELIB_INVALID ? DELIB_OK : status;
}

static void write_list(struct json_writer *json, const struct slice *items, size_t count)
{
    json_begin_array(json);
    for (size_t i = 0; i < count; i++)
        json_write_string(json, items[i]);
    json_end_array(json);
}

enum delib_status page_suggestions(struct reply *reply, struct desk *desk, const struct web_request *request,
                                   struct delib_error *error)
{
    struct suggestions found;
    enum delib_status status = find_suggestions(&found, desk, request, error);
    if (status != DELIB_OK)
        return status;
    struct json_writer json = json_writer_to(&reply->body, 0);
    struct slice root = site_root(desk->service, request);
    for (size_t i = 0; i < found.count; i++)
        found.addresses[i] = site_address(desk->arena, root, found.addresses[i]);
    json_begin_array(&json);
    json_write_string(&json, request->question);
    write_list(&json, found.objets, found.count);
    write_list(&json, found.places, found.count);
    write_list(&json, found.addresses, found.count);
    json_end_array(&json);
    reply->code = 200;
    reply->type = "application/x-suggestions+json";
    return DELIB_OK;
}

static void add_template(struct buffer *out, struct slice root, const char *type, const char *path)
{
    buffer_printf(out, "<Url type=\"%s\" template=\"", type);
    xml_add_text(out, root);
    buffer_printf(out, "%s\"/>\n", path);
}

enum delib_status page_opensearch(struct reply *reply, struct desk *desk, const struct web_request *request,
                                  struct delib_error *error)
{
    struct buffer *out = &reply->body;
    struct slice root = site_root(desk->service, request);
    (void)error;
    buffer_add_string(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                           "<OpenSearchDescription xmlns=\"http://a9.com/-/spec/opensearch/1.1/\">\n"
                           "<ShortName>delib</ShortName>\n");
    xml_add_element(out, "Description", slice_of(_("Search the deliberations")));
    add_template(out, root, "text/html", "/recherche?q={searchTerms}");
    add_template(out, root, "application/atom+xml", "/recherche.atom?q={searchTerms}&amp;page={startPage?}");
    add_template(out, root, "application/json", "/recherche.json?q={searchTerms}&amp;page={startPage?}");
    add_template(out, root, "application/x-suggestions+json", "/suggestions?q={searchTerms}");
    buffer_add_string(out, "<Image type=\"image/svg+xml\">");
    xml_add_text(out, root);
    buffer_printf(out, "%s</Image>\n", asset_address(desk->arena, "delib.svg"));
    buffer_add_string(out, "<Language>fr</Language>\n<InputEncoding>UTF-8</InputEncoding>\n"
                           "<OutputEncoding>UTF-8</OutputEncoding>\n</OpenSearchDescription>\n");
    reply->code = 200;
    reply->type = "application/opensearchdescription+xml";
    return DELIB_OK;
}

enum delib_status page_openapi(struct reply *reply, struct desk *desk, const struct web_request *request,
                               struct delib_error *error)
{
    (void)desk;
    (void)request;
    (void)error;
    asset_add(&reply->body, "openapi.json");
    reply->code = 200;
    reply->type = TYPE_JSON;
    return DELIB_OK;
}

/* One act: what was read of it, how sure each field is, its text page by page with what was asked for marked, and its
 * place in the séance. */
#include <string.h>

#include "archive/archive.h"
#include "web/citation.h"
#include "web/export.h"
#include "web/html.h"
#include "web/layout.h"
#include "web/names.h"
#include "web/pages.h"
#include "web/site.h"

#define ACT_PATH "/acte/"

enum { SEANCE_ACTS = 100 }; /* of one séance; few have more, and the search shows them all */

static struct slice id_of(const struct web_request *request)
{
    return slice_skip(request->path, strlen(ACT_PATH));
}

/* The act with its pages, the words of the question marked in them when it has them. DELIB_NOT_FOUND for no act. */
static enum delib_status find_act(struct result *out, struct desk *desk, const struct web_request *request,
                                  const struct node *tree, struct delib_error *error)
{
    struct search *search = NULL;
    const struct answer *answer;
    struct search_request wanted = {.tree = tree,
                                    .limit = 1,
                                    .passages = PASSAGES_PAGES,
                                    .filters = {.id = arena_string(desk->arena, id_of(request))}};
    enum delib_status status = search_begin(&search, &answer, desk->searcher, &wanted, error);
    if (status == DELIB_OK)
        status = search_next(out, search, desk->arena, error);
    search_free(search);
    return status;
}

enum delib_status act_find(struct result *out, struct desk *desk, const struct web_request *request,
                           struct delib_error *error)
{
    struct node *tree = NULL;
    struct delib_error unread;
    *out = (struct result){0};
    enum delib_status status = DELIB_OK;
    if (question_parse(&tree, desk->arena, request->question, &unread) == DELIB_OK && tree)
        status = find_act(out, desk, request, tree, &unread);
    if (status == DELIB_OK ? !out->act : status == DELIB_INVALID) /* such a question marks nothing */
        status = find_act(out, desk, request, NULL, error);
    if (status == DELIB_OK && !out->act)
        return delib_fail(error, DELIB_NOT_FOUND, _("no act has this identifier"));
    return status;
}

/* --- the text -------------------------------------------------------------------------------------------------- */

static void add_pages(struct buffer *out, const struct snippets *pages)
{
    buffer_add_string(out, "<section class=\"text\" aria-labelledby=\"texte\">\n<h2 id=\"texte\">");
    html_words(out, _("Text"));
    buffer_add_string(out, "</h2>\n");
    for (size_t i = 0; i < pages->count; i++) {
        const struct snippet *page = &pages->items[i];
        if (page->page > 0)
            buffer_printf(out, "<h3 class=\"page\" id=\"p%u\"><a href=\"#p%u\">%s %u</a></h3>\n", (unsigned)page->page,
                          (unsigned)page->page, _("Page"), (unsigned)page->page);
        buffer_add_string(out, "<div class=\"printed\" lang=\"fr\">");
        html_marked(out, page);
        buffer_add_string(out, "</div>\n");
    }
    buffer_add_string(out, "</section>\n");
}

/* --- the record ------------------------------------------------------------------------------------------------ */

static void add_list(struct buffer *out, const struct text_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        buffer_add_string(out, i > 0 ? ", " : "");
        html_text(out, list->items[i]);
    }
    if (list->count == 0)
        html_words(out, _("none"));
}

static void add_number(struct buffer *out, const char *name, int32_t count)
{
    if (count == COUNT_UNREAD)
        return;
    buffer_add_string(out, "<br>");
    html_words(out, name);
    buffer_printf(out, " %d", (int)count);
}

static void add_vote(struct buffer *out, const struct vote *vote)
{
    html_words(out, name_of_vote(vote));
    add_number(out, _("for:"), vote->pour);
    add_number(out, _("against:"), vote->contre);
    add_number(out, _("abstentions:"), vote->abstention);
    add_number(out, _("took no part:"), vote->nppv);
    add_number(out, _("voters:"), vote->votants);
    add_number(out, _("members in office:"), vote->effectif);
}

static void add_proxies(struct buffer *out, const struct act *act)
{
    for (size_t i = 0; i < act->proxy_count; i++) {
        buffer_add_string(out, i > 0 ? "<br>" : "");
        html_text(out, act->proxies[i].giver);
        buffer_add_string(out, " → ");
        html_text(out, act->proxies[i].holder);
    }
    if (act->proxy_count == 0)
        html_words(out, _("none"));
}

static void add_amounts(struct buffer *out, const struct act *act)
{
    for (size_t i = 0; i < act->amount_count; i++) {
        buffer_add_string(out, i > 0 ? " ; " : "");
        html_text(out, act->amounts[i].text);
    }
    if (act->amount_count == 0)
        html_words(out, _("none"));
}

static void add_code(struct buffer *out, enum facet facet, const char *code)
{
    const char *name = name_of_value(facet, slice_of(code));
    html_words(out, name ? name : code);
}

static struct slice plain_value(const struct act *act, enum act_field field)
{
    switch (field) {
    case FIELD_ID:
        return act->id;
    case FIELD_NUMBER:
        return act->number;
    case FIELD_COUNCIL:
        return act->council;
    case FIELD_SIREN:
        return act->siren;
    case FIELD_PRESIDENT:
        return act->president;
    case FIELD_SECRETARY:
        return act->secretary;
    case FIELD_RAPPORTEUR:
        return act->rapporteur;
    case FIELD_OBJET:
        return act->objet;
    default:
        return (struct slice){0};
    }
}

static void add_value(struct buffer *out, const struct act *act, enum act_field field)
{
    switch (field) {
    case FIELD_DATE:
        add_full_date(out, act->date);
        break;
    case FIELD_CONVOCATION_DATE:
        add_full_date(out, act->convocation_date);
        break;
    case FIELD_COUNCIL_TYPE:
        add_code(out, FACET_COUNCIL_TYPE, council_type_name(act->council_type));
        break;
    case FIELD_DOCUMENT_TYPE:
        add_code(out, FACET_DOCUMENT_TYPE, document_type_name(act->document_type));
        break;
    case FIELD_TOPICS:
        add_list(out, &act->topics);
        break;
    case FIELD_MATIERE:
        html_text(out, act->matiere_code);
        buffer_add_byte(out, ' ');
        html_text(out, act->matiere_label);
        break;
    case FIELD_VOTE:
        add_vote(out, &act->vote);
        break;
    case FIELD_PRESENT:
        add_list(out, &act->present);
        break;
    case FIELD_ABSENT:
        add_list(out, &act->absent);
        break;
    case FIELD_PROXIES:
        add_proxies(out, act);
        break;
    case FIELD_DECISIONS:
        add_list(out, &act->decisions);
        break;
    case FIELD_AMOUNTS:
        add_amounts(out, act);
        break;
    case FIELD_LEGAL_REFS:
        add_list(out, &act->legal_refs);
        break;
    default:
        html_text(out, plain_value(act, field));
        break;
    }
}

static void add_row(struct buffer *out, const struct act *act, enum act_field field)
{
    const struct provenance *found = &act->provenance[field];
    buffer_add_string(out, "<tr><th scope=\"row\">");
    html_words(out, name_of_field(field));
    buffer_add_string(out, "</th><td>");
    add_value(out, act, field);
    buffer_add_string(out, "</td><td class=\"origin\">");
    html_words(out, name_of_source(found->source));
    if (found->source != SOURCE_NONE)
        buffer_printf(out, ", <span class=\"%s\">%s</span>", confidence_name(found->confidence),
                      name_of_confidence(found->confidence));
    buffer_add_string(out, "</td></tr>\n");
}

/* What was not read is said too, in one line: it is not the same as none. */
static void add_unread(struct buffer *out, const struct act *act)
{
    size_t count = 0;
    for (int field = 0; field < FIELD_COUNT; field++) {
        if (act_has(act, (enum act_field)field))
            continue;
        buffer_add_string(out, count++ == 0 ? "<p class=\"unread\">" : ", ");
        if (count == 1) {
            html_words(out, _("Not read in this act:"));
            buffer_add_byte(out, ' ');
        }
        html_words(out, name_of_field((enum act_field)field));
    }
    buffer_add_string(out, count > 0 ? ".</p>\n" : "");
}

static void add_record(struct buffer *out, const struct act *act)
{
    buffer_add_string(out, "<section class=\"record\" aria-labelledby=\"notice\">\n<h2 id=\"notice\">");
    html_words(out, _("Record"));
    buffer_add_string(out, "</h2>\n<div class=\"wide\" tabindex=\"0\" role=\"region\" "
                           "aria-label=\"");
    html_attribute(out, slice_of(_("Table of the record")));
    buffer_add_string(out, "\">\n<table>\n<thead><tr><th scope=\"col\">");
    html_words(out, _("Field"));
    buffer_add_string(out, "</th><th scope=\"col\">");
    html_words(out, _("Value"));
    buffer_add_string(out, "</th><th scope=\"col\">");
    html_words(out, _("Source, confidence"));
    buffer_add_string(out, "</th></tr></thead>\n<tbody>\n");
    for (int field = 0; field < FIELD_COUNT; field++)
        if (act_has(act, (enum act_field)field))
            add_row(out, act, (enum act_field)field);
    buffer_add_string(out, "</tbody>\n</table>\n</div>\n");
    add_unread(out, act);
    buffer_add_string(out, "</section>\n");
}

static void add_warnings(struct buffer *out, const struct act *act)
{
    if (act->warnings.count == 0)
        return;
    buffer_add_string(out, "<ul class=\"warnings\" aria-label=\"");
    html_attribute(out, slice_of(_("Warnings")));
    buffer_add_string(out, "\">\n");
    for (size_t i = 0; i < act->warnings.count; i++) {
        const char *words = name_of_warning(act->warnings.items[i]);
        buffer_add_string(out, "<li><span aria-hidden=\"true\">⚠</span> ");
        html_text(out, words ? slice_of(words) : act->warnings.items[i]);
        buffer_add_string(out, "</li>\n");
    }
    buffer_add_string(out, "</ul>\n");
}

/* --- its séance ------------------------------------------------------------------------------------------------ */

struct neighbour {
    struct slice id;
    struct slice number;
    struct slice objet;
};

struct seance {
    struct neighbour acts[SEANCE_ACTS];
    size_t count;
    size_t here; /* the act itself; `count` when it is not among them */
    uint32_t matches;
};

static enum delib_status read_seance(struct seance *out, struct desk *desk, const struct act *act,
                                     struct delib_error *error)
{
    struct search *search = NULL;
    const struct answer *answer;
    struct result result;
    *out = (struct seance){0};
    if (act->council.len == 0 || !act->date)
        return DELIB_OK;
    struct search_request wanted = {.limit = SEANCE_ACTS,
                                    .sort = SORT_NUMBER,
                                    .exact_count = true,
                                    .filters = {.seance = arena_string(desk->arena, act->id)}};
    enum delib_status status = search_begin(&search, &answer, desk->searcher, &wanted, error);
    while (status == DELIB_OK && (status = search_next(&result, search, desk->acts, error)) == DELIB_OK && result.act) {
        struct neighbour *next = &out->acts[out->count];
        next->id = arena_copy(desk->arena, result.act->id);
        next->number = arena_copy(desk->arena, result.act->number);
        next->objet = arena_copy(desk->arena, objet_or_none(result.act));
        if (!slice_equal(next->id, act->id) && out->here == out->count)
            out->here++;
        out->count++;
        arena_reset(desk->acts);
    }
    out->matches = status == DELIB_OK ? answer->matches : 0;
    search_free(search);
    return status;
}

static void add_step(struct buffer *out, struct arena *arena, const struct neighbour *neighbour, const char *relation,
                     const char *name)
{
    buffer_printf(out, "<li><a rel=\"%s\" href=\"", relation);
    html_attribute(out, act_address(arena, neighbour->id, (struct slice){0}));
    buffer_add_string(out, "\"><strong>");
    html_words(out, name);
    buffer_add_string(out, "</strong> ");
    html_text(out, neighbour->objet);
    buffer_add_string(out, "</a></li>\n");
}

static void add_seance(struct buffer *out, struct arena *arena, const struct seance *seance)
{
    if (seance->count < 2)
        return;
    buffer_add_string(out, "<section class=\"seance\" aria-labelledby=\"seance\">\n<h2 id=\"seance\">");
    html_words(out, _("Same séance"));
    buffer_add_string(out, "</h2>\n<ul class=\"steps\">\n");
    if (seance->here > 0 && seance->here < seance->count)
        add_step(out, arena, &seance->acts[seance->here - 1], "prev", _("← Previous act:"));
    if (seance->here + 1 < seance->count)
        add_step(out, arena, &seance->acts[seance->here + 1], "next", _("Next act: →"));
    buffer_add_string(out, "</ul>\n<details>\n<summary>");
    html_count(out, seance->matches);
    buffer_add_byte(out, ' ');
    html_words(out, ngettext("act of this séance", "acts of this séance", seance->matches));
    buffer_add_string(out, "</summary>\n<ol class=\"plain\">\n");
    for (size_t i = 0; i < seance->count; i++) {
        const struct neighbour *one = &seance->acts[i];
        buffer_add_string(out, i == seance->here ? "<li class=\"here\">" : "<li>");
        if (one->number.len > 0) {
            buffer_add_string(out, "n°\u00a0");
            html_text(out, one->number);
            buffer_add_string(out, " — ");
        }
        html_link(out, NULL, act_address(arena, one->id, (struct slice){0}), one->objet);
        buffer_add_string(out, "</li>\n");
    }
    buffer_add_string(out, "</ol>\n</details>\n</section>\n");
}

/* --- the page ---------------------------------------------------------------------------------------------------- */

static void add_head(struct buffer *out, const struct web_request *request, const struct act *act)
{
    html_element(out, "h1", NULL, objet_or_none(act));
    act_add_facts(out, request->arena, act);
    vote_add_badge(out, &act->vote);
}

/* Behind the address of the act. */
static void add_format(struct buffer *out, struct slice address, const char *format, const char *name)
{
    struct buffer whole = {0};
    buffer_add_slice(&whole, address);
    buffer_printf(&whole, "?format=%s", format);
    buffer_add_string(out, "<li>");
    html_link(out, NULL, buffer_get(&whole), slice_of(name));
    buffer_add_string(out, "</li>\n");
    buffer_free(&whole);
}

void act_add_way(struct buffer *out, const char *path, struct slice id, const char *name)
{
    struct buffer address = {0};
    buffer_add_string(&address, path);
    html_url_argument(&address, id);
    buffer_add_string(out, "<li>");
    html_link(out, NULL, buffer_get(&address), slice_of(name));
    buffer_add_string(out, "</li>\n");
    buffer_free(&address);
}

/* What can be done with the act; its file only where it would be given out. */
static enum delib_status add_tools(struct buffer *out, struct desk *desk, const struct act *act,
                                   struct delib_error *error)
{
    struct slice file = {0};
    struct slice address = act_address(desk->arena, act->id, (struct slice){0});
    enum delib_status status = archive_file_of_act(&file, desk->arena, desk->reader, act->id, error);
    buffer_add_string(out, "<ul class=\"tools\">\n");
    if (status == DELIB_OK && original_can_open(desk->service, file))
        act_add_way(out, "/original/", act->id, _("Original document"));
    act_add_way(out, "/recherche?semblable=", act->id, _("Similar acts"));
    add_format(out, address, "bibtex", "BibTeX");
    add_format(out, address, "ris", "RIS");
    add_format(out, address, "json", "JSON");
    add_format(out, address, "texte", _("Text alone"));
    buffer_add_string(out, "</ul>\n");
    return status;
}

static void add_citation(struct buffer *out, const struct act *act, struct slice address)
{
    struct buffer words = {0};
    citation_add(&words, act);
    buffer_add_string(out, "<section aria-labelledby=\"citer\">\n<h2 id=\"citer\">");
    html_words(out, _("To cite this act"));
    buffer_add_string(out, "</h2>\n<p class=\"cite\">");
    html_text(out, buffer_get(&words));
    buffer_add_string(out, "<br>");
    html_text(out, address);
    buffer_add_string(out, "</p>\n</section>\n");
    buffer_free(&words);
}

static enum delib_status add_article(struct reply *reply, struct desk *desk, const struct web_request *request,
                                     const struct result *result, const struct seance *seance,
                                     struct delib_error *error)
{
    struct buffer *out = &reply->body;
    struct buffer json_ld = {0};
    struct act act = act_to_show(desk->service, result->act);
    struct slice address = site_address(desk->arena, site_root(desk->service, request),
                                        act_address(desk->arena, act.id, (struct slice){0}));
    citation_add_json_ld(&json_ld, &act, address);
    layout_begin(reply, request, &(struct layout){.title = objet_or_none(&act), .json_ld = buffer_get(&json_ld)});
    buffer_add_string(out, "<article class=\"one-act\">\n<header>\n");
    add_head(out, request, &act);
    enum delib_status status = add_tools(out, desk, &act, error);
    add_warnings(out, &act);
    buffer_add_string(out, "</header>\n<div class=\"text-and-record\">\n");
    add_pages(out, &result->snippets);
    buffer_add_string(out, "<div class=\"beside\">\n");
    add_seance(out, desk->arena, seance);
    add_citation(out, &act, address);
    add_record(out, &act);
    buffer_add_string(out, "</div>\n</div>\n</article>\n");
    layout_end(reply, request);
    buffer_free(&json_ld);
    return status;
}

enum delib_status page_act(struct reply *reply, struct desk *desk, const struct web_request *request,
                           struct delib_error *error)
{
    struct result result;
    struct seance seance;
    enum delib_status status = act_find(&result, desk, request, error);
    if (status == DELIB_OK && request->format.len > 0)
        return export_act(reply, desk, request, &result, error);
    if (status == DELIB_OK)
        status = read_seance(&seance, desk, result.act, error);
    return status == DELIB_OK ? add_article(reply, desk, request, &result, &seance, error) : status;
}

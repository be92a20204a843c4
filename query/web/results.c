/* The answer to a question: the acts found, with the passages that tell why, and the ways to go on from there. */
#include "web/export.h"
#include "web/facets.h"
#include "web/html.h"
#include "web/layout.h"
#include "web/names.h"
#include "web/pages.h"
#include "web/timeline.h"

enum { SNIPPETS_OF_AN_ACT = 2 };

struct slice objet_or_none(const struct act *act)
{
    return act->objet.len > 0 ? act->objet : slice_of(_("(no objet was read)"));
}

static void add_count(struct buffer *out, const struct answer *answer)
{
    if (answer->cut_by_time)
        html_words(out, _("At least "));
    html_count(out, answer->matches);
    buffer_add_byte(out, ' ');
    html_words(out, ngettext("act", "acts", answer->matches));
}

static void add_title(struct buffer *out, const struct web_request *request, const struct answer *answer)
{
    buffer_add_string(out, "<h1 class=\"found\" aria-live=\"polite\">");
    add_count(out, answer);
    if (request->question.len > 0) {
        buffer_add_byte(out, ' ');
        html_words(out, _("for"));
        buffer_add_string(out, " «\u00a0");
        html_text(out, request->question);
        buffer_add_string(out, "\u00a0»");
    }
    buffer_add_string(out, "</h1>\n");
}

/* The question with one word in the place of another. */
static struct slice replaced(struct arena *arena, struct slice question, const struct correction *correction)
{
    size_t at = slice_find(question, correction->typed);
    if (at == SLICE_NONE)
        return correction->instead;
    return slice_of(arena_printf(arena, "%.*s%.*s%s", (int)at, question.bytes, (int)correction->instead.len,
                                 correction->instead.bytes, question.bytes + at + correction->typed.len));
}

/* Parts of the archive that do not answer. */
static void add_missing(struct buffer *out, const struct answer *answer)
{
    if (answer->missing_count == 0)
        return;
    buffer_add_string(out, "<p class=\"spelling\" role=\"status\">");
    html_words(out, _("A part of the archive does not answer: these are the acts of the others."));
    buffer_add_string(out, "</p>\n");
}

static void add_spelling(struct buffer *out, const struct web_request *request, const struct answer *answer)
{
    for (size_t i = 0; i < answer->correction_count; i++) {
        buffer_add_string(out, "<p class=\"spelling\">");
        html_words(out, _("No act has"));
        buffer_add_string(out, " <q>");
        html_text(out, answer->corrections[i].typed);
        buffer_add_string(out, "</q>; ");
        html_words(out, _("looked for instead:"));
        buffer_add_string(out, " <strong>");
        html_text(out, answer->corrections[i].instead);
        buffer_add_string(out, "</strong></p>\n");
    }
    for (size_t i = 0; i < answer->suggestion_count; i++) {
        struct slice question = replaced(request->arena, request->question, &answer->suggestions[i]);
        buffer_add_string(out, "<p class=\"spelling\">");
        html_words(out, _("Did you mean"));
        buffer_add_byte(out, ' ');
        html_link(out, NULL, request_address(request, &(struct variation){.question = &question}), question);
        buffer_add_string(out, "\u00a0?</p>\n");
    }
    for (size_t i = 0; i < answer->cut.count; i++) {
        buffer_add_string(out, "<p class=\"spelling\">");
        html_text(out, answer->cut.items[i]);
        buffer_add_string(out, "*: ");
        html_words(out, _("many words begin so; the most frequent 100 are looked for"));
        buffer_add_string(out, "</p>\n");
    }
}

static void add_orders(struct buffer *out, const struct web_request *request)
{
    static const struct {
        enum sort_order sort;
        const char *name;
    } orders[] = {{SORT_RELEVANCE, N_("by relevance")},
                  {SORT_DATE_DESCENDING, N_("newest first")},
                  {SORT_DATE, N_("oldest first")},
                  {SORT_COUNCIL, N_("by council")},
                  {SORT_NUMBER, N_("by number")}};
    enum sort_order current = request->sort;
    bool has_words = request->question.len > 0 || request->like.len > 0;
    if (current == SORT_DEFAULT)
        current = has_words ? SORT_RELEVANCE : request->seance.len > 0 ? SORT_NUMBER : SORT_DATE_DESCENDING;
    buffer_add_string(out, "<nav class=\"orders\" aria-label=\"");
    html_attribute(out, slice_of(_("Order of results")));
    buffer_add_string(out, "\"><ul>\n");
    for (size_t i = 0; i < sizeof orders / sizeof *orders; i++) {
        if (orders[i].sort == SORT_RELEVANCE && !has_words)
            continue;
        struct variation variation = {.sort = orders[i].sort, .usual_sort = orders[i].sort == SORT_RELEVANCE};
        buffer_add_string(out, "<li>");
        if (orders[i].sort == current)
            html_element(out, "strong", NULL, slice_of(_(orders[i].name)));
        else
            html_link(out, NULL, request_address(request, &variation), slice_of(_(orders[i].name)));
        buffer_add_string(out, "</li>\n");
    }
    buffer_add_string(out, "</ul></nav>\n");
}

void act_add_facts(struct buffer *out, struct arena *arena, const struct act *act)
{
    buffer_add_string(out, "<p class=\"facts\">");
    if (act->council.len > 0)
        html_link(out, NULL, council_address(arena, act->council), act->council);
    if (act->date) {
        buffer_add_string(out, act->council.len > 0 ? ", " : "");
        add_full_date(out, act->date);
    }
    if (act->number.len > 0) {
        buffer_add_string(out, " · n°\u00a0");
        html_text(out, act->number);
    }
    if (act->rapporteur.len > 0) {
        buffer_add_string(out, " · ");
        html_words(out, _("rapporteur:"));
        buffer_add_byte(out, ' ');
        html_text(out, act->rapporteur);
    }
    buffer_add_string(out, "</p>\n");
}

static void add_passages(struct buffer *out, const struct web_request *request, const struct result *result)
{
    struct slice address = act_address(request->arena, result->act->id, request->question);
    for (size_t i = 0; i < result->snippets.count; i++) {
        const struct snippet *snippet = &result->snippets.items[i];
        buffer_add_string(out, "<p class=\"passage\">");
        html_marked(out, snippet);
        if (snippet->page > 0) {
            buffer_add_string(out, " <a class=\"page\" href=\"");
            html_attribute(out, address);
            buffer_printf(out, "#p%u\">p.\u00a0%u</a>", (unsigned)snippet->page, (unsigned)snippet->page);
        }
        buffer_add_string(out, "</p>\n");
    }
}

static void add_ways(struct buffer *out, const struct act *act)
{
    buffer_add_string(out, "<ul class=\"ways\">\n");
    act_add_way(out, "/recherche?semblable=", act->id, _("similar acts"));
    act_add_way(out, "/recherche?seance=", act->id, _("same séance"));
    buffer_add_string(out, "</ul>\n");
}

void vote_add_badge(struct buffer *out, const struct vote *vote)
{
    static const char *const signs[] = {
        [OUTCOME_UNREAD] = "",  [OUTCOME_ADOPTE] = "✓",     [OUTCOME_REJETE] = "✗", [OUTCOME_AJOURNE] = "…",
        [OUTCOME_RETIRE] = "↩", [OUTCOME_PREND_ACTE] = "•", [OUTCOME_AVIS] = "•"};
    const char *name = name_of_vote(vote);
    if (!*name)
        return;
    buffer_printf(out, "<span class=\"vote%s%s\"><span aria-hidden=\"true\">%s</span> ",
                  vote->outcome == OUTCOME_UNREAD ? "" : " ",
                  vote->outcome == OUTCOME_UNREAD ? "" : vote_outcome_name(vote->outcome), signs[vote->outcome]);
    html_words(out, name);
    if (vote->pour >= 0 && (vote->contre > 0 || vote->abstention > 0)) {
        buffer_printf(out, " (%d %s", (int)vote->pour, _("for"));
        if (vote->contre >= 0)
            buffer_printf(out, ", %d %s", (int)vote->contre, _("against"));
        if (vote->abstention > 0)
            buffer_printf(out, ", %d %s", (int)vote->abstention,
                          ngettext("abstention", "abstentions", (unsigned long)vote->abstention));
        buffer_add_byte(out, ')');
    }
    buffer_add_string(out, "</span>\n");
}

static void add_result(struct buffer *out, const struct web_request *request, const struct result *result)
{
    const struct act *act = result->act;
    buffer_add_string(out, "<li class=\"act\">\n<h2>");
    html_link(out, NULL, act_address(request->arena, act->id, request->question), objet_or_none(act));
    buffer_add_string(out, "</h2>\n");
    act_add_facts(out, request->arena, act);
    vote_add_badge(out, &act->vote);
    add_passages(out, request, result);
    add_ways(out, act);
    buffer_add_string(out, "</li>\n");
}

static enum delib_status add_results(struct buffer *out, struct desk *desk, const struct web_request *request,
                                     struct search *search, uint32_t offset, struct delib_error *error)
{
    struct result result;
    enum delib_status status;
    buffer_printf(out, "<ol class=\"acts\" start=\"%u\">\n", (unsigned)offset + 1);
    while ((status = search_next(&result, search, desk->acts, error)) == DELIB_OK && result.act) {
        add_result(out, request, &result);
        arena_reset(desk->acts);
    }
    buffer_add_string(out, "</ol>\n");
    return status;
}

/* As many as may be gone to. */
static uint32_t page_count(const struct web_request *request, uint32_t matches)
{
    uint32_t all = (matches + request->acts - 1) / request->acts;
    uint32_t most = REQUEST_OFFSET_MOST / request->acts + 1;
    return all < most ? all : most;
}

/* What can be let go of when nothing was found. */
static void add_nothing(struct buffer *out, const struct web_request *request)
{
    buffer_add_string(out, "<div class=\"nothing\">\n<p>");
    html_words(out, request->question.len > 0 || request_has_filters(request)
                        ? _("Nothing was found. Try fewer or other words, or take a filter away.")
                        : _("The archive is empty: delib-index fills it."));
    buffer_add_string(out, "</p>\n");
    if (request->question.len > 0 && request_has_filters(request)) {
        struct web_request plain = {
            .arena = request->arena, .question = request->question, .acts = REQUEST_ACTS_USUAL, .page = 1};
        buffer_add_string(out, "<p>");
        html_link(out, NULL, request_address(&plain, &(struct variation){0}),
                  slice_of(_("The same question without filters")));
        buffer_add_string(out, "</p>\n");
    }
    buffer_add_string(out, "</div>\n");
}

static struct slice title_of(const struct web_request *request)
{
    return request->question.len > 0 ? request->question : slice_of(_("Deliberations"));
}

static enum delib_status add_answer(struct reply *reply, struct desk *desk, const struct web_request *request,
                                    const struct search_request *wanted, struct search *search,
                                    const struct answer *answer, struct delib_error *error)
{
    struct buffer *out = &reply->body;
    struct facet_counts counts[FACET_COUNT];
    struct slice feed = request_address(request, &(struct variation){.path = "/recherche.atom"});
    enum delib_status status = facets_count(counts, desk, request, wanted, answer, error);
    if (status != DELIB_OK)
        return status;
    layout_begin(reply, request,
                 &(struct layout){.title = title_of(request),
                                  .current = request->question.len == 0 ? "/recherche" : NULL,
                                  .feed = feed,
                                  .keeps_filters = true});
    buffer_add_string(out, "<div class=\"found-and-facets\">\n<div class=\"found-part\">\n");
    add_title(out, request, answer);
    facets_add_chips(out, request);
    add_missing(out, answer);
    add_spelling(out, request, answer);
    buffer_printf(out, "<p class=\"to-facets\"><a href=\"#affiner\">%s</a></p>\n", _("Refine"));
    timeline_add(out, request, &counts[FACET_YEAR]);
    if (answer->matches == 0) {
        add_nothing(out, request);
    } else {
        add_orders(out, request);
        status = add_results(out, desk, request, search, wanted->offset, error);
        layout_pager(out, request, NULL, page_count(request, answer->matches));
        export_add_links(out, request);
    }
    buffer_add_string(out, "</div>\n");
    facets_add(out, request, counts);
    buffer_add_string(out, "</div>\n");
    layout_end(reply, request);
    return status;
}

enum delib_status page_results(struct reply *reply, struct desk *desk, const struct web_request *request,
                               struct delib_error *error)
{
    struct search *search = NULL;
    const struct answer *answer;
    struct search_request wanted;
    enum delib_status status = request_to_search(&wanted, request, error);
    if (status != DELIB_OK)
        return status;
    wanted.snippets_each = SNIPPETS_OF_AN_ACT;
    wanted.time_limit_ms = COUNTING_MS;
    facets_want(&wanted);
    status = search_begin(&search, &answer, desk->searcher, &wanted, error);
    if (status == DELIB_OK)
        status = add_answer(reply, desk, request, &wanted, search, answer, error);
    search_free(search);
    return status;
}

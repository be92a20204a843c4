#include "web/export.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "print/print.h"
#include "web/facets.h"
#include "web/html.h"
#include "web/pages.h"
#include "web/site.h"

static const struct export_format {
    const char *path;
    const char *name; /* for people */
    const char *format;
    const char *type;
    const char *file_name; /* NULL: shown by the browser */
    bool is_paged;         /* as the page of results is; else all acts */
} formats[] = {
    {"/recherche.json", "JSON", "json", TYPE_JSON, NULL, true},
    {"/recherche.ndjson", "NDJSON", "ndjson", "application/x-ndjson", "attachment; filename=\"delib.ndjson\"", false},
    {"/recherche.csv", "CSV", "csv", "text/csv; charset=utf-8", "attachment; filename=\"delib.csv\"", false},
    {"/recherche.scdl.csv", "SCDL", "scdl", "text/csv; charset=utf-8", "attachment; filename=\"delib.scdl.csv\"",
     false},
    {"/recherche.atom", "Atom", "atom", "application/atom+xml", NULL, true},
    {"/recherche.ead.xml", "EAD", "ead", "application/xml", "attachment; filename=\"delib.ead.xml\"", false},
    {"/recherche.bib", "BibTeX", "bibtex", "application/x-bibtex", "attachment; filename=\"delib.bib\"", false},
    {"/recherche.ris", "RIS", "ris", "application/x-research-info-systems", "attachment; filename=\"delib.ris\"",
     false},
};

struct export
{
    struct desk *desk;
    const struct print_format *format;
    enum words_language language;
    struct search_request wanted;
    struct print_options print;
    struct print_site site;
    struct printer printer;
    struct search *search;
    struct buffer out;
    size_t sent; /* of `out` */
    bool is_whole;
};

static const struct export_format *format_of(struct slice path)
{
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (slice_equal(path, slice_of(formats[i].path)))
            return &formats[i];
    return NULL;
}

static void export_free(void *payload)
{
    struct export *export = payload;
    atomic_fetch_sub(&export->desk->service->exports, 1);
    search_free(export->search);
    buffer_free(&export->printer.group_council);
    buffer_free(&export->out);
    desk_free(export->desk);
    free(export);
}

/* The next act, or what closes the whole, into `out`. */
static enum delib_status add_more(struct export *export, struct delib_error *error)
{
    struct result result;
    arena_reset(export->desk->acts);
    enum delib_status status = search_next(&result, export->search, export->desk->acts, error);
    if (status != DELIB_OK)
        return status;
    if (!result.act) {
        if (export->format->end)
            export->format->end(&export->printer);
        export->is_whole = true;
        return DELIB_OK;
    }
    struct act shown = act_to_show(export->desk->service, result.act);
    result.act = &shown;
    export->format->result(&export->printer, &result);
    export->printer.printed++;
    if (export->printer.status != DELIB_OK)
        *error = export->printer.error;
    return export->printer.status;
}

static ssize_t export_read(void *payload, char *out, size_t room)
{
    struct export *export = payload;
    struct delib_error error;
    words_use(export->language);
    if (export->sent == export->out.len) {
        buffer_clear(&export->out);
        export->sent = 0;
        while (!export->is_whole && export->out.len < room)
            if (add_more(export, &error) != DELIB_OK) { /* a cut answer must be seen to be one */
                fprintf(stderr, "delib-serve: %s\n", error.message);
                return REPLY_BROKEN;
            }
    }
    size_t count = export->out.len - export->sent;
    if (count == 0)
        return REPLY_END;
    count = count < room ? count : room;
    memcpy(out, export->out.bytes + export->sent, count);
    export->sent += count;
    return (ssize_t)count;
}

/* Where the same is shown, and its neighbours. */
static void find_site(struct export *export, const struct web_request *request, const struct export_format *format,
                      uint32_t matches)
{
    struct print_site *site = &export->site;
    struct slice page = request_address(request, &(struct variation){.page = request->page});
    struct slice self = request_address(request, &(struct variation){.path = format->path, .page = request->page});
    site->root = site_root(export->desk->service, request);
    site->page = site_address(request->arena, site->root, page);
    site->self = site_address(request->arena, site->root, self);
    if (request->page > 1)
        site->previous = site_address(
            request->arena, site->root,
            request_address(request, &(struct variation){.path = format->path, .page = request->page - 1}));
    if ((uint64_t)request->page * request->acts < matches)
        site->next = site_address(
            request->arena, site->root,
            request_address(request, &(struct variation){.path = format->path, .page = request->page + 1}));
}

static enum delib_status begin(struct export *export, const struct web_request *request,
                               const struct export_format *format, struct delib_error *error)
{
    const struct answer *answer;
    struct search_request *wanted = &export->wanted;
    bool ordered = strcmp(format->format, "ead") == 0;
    enum delib_status status = request_to_search(wanted, request, error);
    if (status != DELIB_OK)
        return status;
    export->format = print_format_of(slice_of(format->format));
    wanted->snippets_each = export->format->snippets;
    wanted->with_times = strcmp(format->format, "atom") == 0;
    wanted->time_limit_ms = COUNTING_MS;
    if (ordered)
        wanted->sort = SORT_COUNCIL;
    if (!format->is_paged) {
        wanted->offset = 0;
        wanted->limit = EXPORT_ACTS_MOST;
    }
    if (strcmp(format->format, "json") == 0)
        facets_want(wanted);
    status = search_begin(&export->search, &answer, export->desk->searcher, wanted, error);
    if (status != DELIB_OK)
        return status;
    find_site(export, request, format, answer->matches);
    export->print = (struct print_options){
        .question = request->question, .request = wanted, .csv_separator = ',', .site = &export->site};
    export->printer = (struct printer){.out = &export->out, .options = &export->print, .answer = answer};
    if (export->format->begin)
        export->format->begin(&export->printer);
    return DELIB_OK;
}

static void set_reply(struct reply *reply, const struct export_format *format)
{
    reply->code = 200;
    reply->type = format->type;
    reply->file_name = format->file_name;
}

/* One page is made at once: it may be kept. */
static enum delib_status reply_page(struct reply *reply, struct desk *desk, const struct web_request *request,
                                    const struct export_format *format, struct delib_error *error)
{
    struct export export = {.desk = desk};
    enum delib_status status = begin(&export, request, format, error);
    while (status == DELIB_OK && !export.is_whole)
        status = add_more(&export, error);
    search_free(export.search);
    buffer_free(&export.printer.group_council);
    if (status != DELIB_OK) {
        buffer_free(&export.out);
        return status;
    }
    reply->body = export.out;
    set_reply(reply, format);
    return DELIB_OK;
}

/* All acts are made while they are sent, at a desk that nobody else works at. */
static enum delib_status reply_all(struct reply *reply, struct desk *desk, const struct web_request *request,
                                   const struct export_format *format, struct delib_error *error)
{
    if (atomic_fetch_add(&desk->service->exports, 1) >= EXPORTS_AT_ONCE) {
        atomic_fetch_sub(&desk->service->exports, 1);
        return delib_fail(error, DELIB_LOCKED, _("%d exports are under way: try again in a moment"), EXPORTS_AT_ONCE);
    }
    struct export *export = memory_alloc(sizeof *export);
    *export = (struct export){.desk = desk, .language = request->language};
    enum delib_status status = begin(export, request, format, error);
    if (status != DELIB_OK) {
        atomic_fetch_sub(&desk->service->exports, 1);
        search_free(export->search);
        buffer_free(&export->out);
        free(export);
        return status;
    }
    set_reply(reply, format);
    reply->keeps_desk = true;
    reply->stream = (struct reply_stream){export_read, export_free, export};
    return DELIB_OK;
}

enum delib_status export_reply(struct reply *reply, struct desk *desk, const struct web_request *request,
                               struct delib_error *error)
{
    const struct export_format *format = format_of(request->path);
    if (!format)
        return delib_fail(error, DELIB_NOT_FOUND, "%s", _("there is no such export"));
    return format->is_paged ? reply_page(reply, desk, request, format, error)
                            : reply_all(reply, desk, request, format, error);
}

void export_add_links(struct buffer *out, const struct web_request *request)
{
    buffer_add_string(out, "<p class=\"exports\">");
    html_words(out, _("Take these acts along:"));
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        struct slice address = request_address(request, &(struct variation){.path = formats[i].path});
        buffer_add_string(out, i > 0 ? " · " : " ");
        html_link(out, NULL, address, slice_of(formats[i].name));
    }
    buffer_add_string(out, "</p>\n");
}

/* --- one act -------------------------------------------------------------------------------------------------------
 */

static void add_text(struct buffer *out, const struct snippets *pages)
{
    for (size_t i = 0; i < pages->count; i++) {
        buffer_add_string(out, i > 0 ? "\f\n" : "");
        buffer_add_slice(out, pages->items[i].text);
        buffer_add_byte(out, '\n');
    }
}

enum delib_status export_act(struct reply *reply, struct desk *desk, const struct web_request *request,
                             const struct result *result, struct delib_error *error)
{
    static const struct {
        const char *argument;
        const char *format; /* NULL: the text alone */
        const char *type;
        const char *file_name;
    } ways[] = {{"json", "ndjson", TYPE_JSON, NULL},
                {"bibtex", "bibtex", "application/x-bibtex", "attachment; filename=\"delib.bib\""},
                {"ris", "ris", "application/x-research-info-systems", "attachment; filename=\"delib.ris\""},
                {"texte", NULL, "text/plain; charset=utf-8", NULL}};
    const struct print_options print = {.provenance = true};
    struct printer printer = {.out = &reply->body, .options = &print};
    struct result shown = *result;
    struct act act = act_to_show(desk->service, result->act);
    shown.act = &act;
    shown.rank = 1;
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        if (!slice_equal(request->format, slice_of(ways[i].argument)))
            continue;
        if (ways[i].format)
            print_format_of(slice_of(ways[i].format))->result(&printer, &shown);
        else
            add_text(&reply->body, &result->snippets);
        reply->code = 200;
        reply->type = ways[i].type;
        reply->file_name = ways[i].file_name;
        return DELIB_OK;
    }
    return delib_fail(error, DELIB_INVALID, "%s", _("the format of an act is json, bibtex, ris or texte"));
}

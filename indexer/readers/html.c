#include "readers/html.h"

#include <libxml/HTMLparser.h>
#include <stdlib.h>
#include <strings.h>

#include "base/memory.h"
#include "base/words.h"
#include "readers/xml_walk.h"

enum {
    HTML_MAX_BYTES = 16 * 1024 * 1024, /* a year of minutes in one page has 2 MB */
    HTML_MAX_DEPTH = 1024,             /* keeps libxml2's search for the tag that an end tag closes short */
    HTML_SNIFF_BYTES = 4096,
    HTML_SNIFF_TAGS = 5 /* tags near the start that make a text HTML without <html> */
};

enum element_kind {
    ELEMENT_GAP,
    ELEMENT_SKIPPED,
    ELEMENT_TITLE,
    ELEMENT_PRE,
    ELEMENT_LIST,
    ELEMENT_NUMBERED,
    ELEMENT_ITEM,
    ELEMENT_ROW,
    ELEMENT_CELL,
    ELEMENT_BREAK
};

/* What an element does to the text; those not listed (b, span, sup …) do nothing. */
static const struct element {
    const char *name;
    enum element_kind kind;
    enum flow_gap gap; /* asked for before and after it */
} elements[] = {
    {"address", ELEMENT_GAP, GAP_LINE},      {"article", ELEMENT_GAP, GAP_PARAGRAPH},
    {"aside", ELEMENT_GAP, GAP_PARAGRAPH},   {"blockquote", ELEMENT_GAP, GAP_PARAGRAPH},
    {"body", ELEMENT_GAP, GAP_PARAGRAPH},    {"br", ELEMENT_BREAK, GAP_NONE},
    {"button", ELEMENT_SKIPPED, GAP_NONE},   {"caption", ELEMENT_GAP, GAP_LINE},
    {"center", ELEMENT_GAP, GAP_LINE},       {"dd", ELEMENT_GAP, GAP_LINE},
    {"div", ELEMENT_GAP, GAP_LINE},          {"dl", ELEMENT_GAP, GAP_PARAGRAPH},
    {"dt", ELEMENT_GAP, GAP_LINE},           {"fieldset", ELEMENT_GAP, GAP_LINE},
    {"figcaption", ELEMENT_GAP, GAP_LINE},   {"figure", ELEMENT_GAP, GAP_PARAGRAPH},
    {"footer", ELEMENT_GAP, GAP_PARAGRAPH},  {"h1", ELEMENT_GAP, GAP_PARAGRAPH},
    {"h2", ELEMENT_GAP, GAP_PARAGRAPH},      {"h3", ELEMENT_GAP, GAP_PARAGRAPH},
    {"h4", ELEMENT_GAP, GAP_PARAGRAPH},      {"h5", ELEMENT_GAP, GAP_PARAGRAPH},
    {"h6", ELEMENT_GAP, GAP_PARAGRAPH},      {"header", ELEMENT_GAP, GAP_PARAGRAPH},
    {"hr", ELEMENT_GAP, GAP_PARAGRAPH},      {"iframe", ELEMENT_SKIPPED, GAP_NONE},
    {"legend", ELEMENT_GAP, GAP_LINE},       {"li", ELEMENT_ITEM, GAP_LINE},
    {"main", ELEMENT_GAP, GAP_PARAGRAPH},    {"menu", ELEMENT_LIST, GAP_PARAGRAPH},
    {"nav", ELEMENT_SKIPPED, GAP_LINE},      {"noscript", ELEMENT_SKIPPED, GAP_NONE},
    {"object", ELEMENT_SKIPPED, GAP_NONE},   {"ol", ELEMENT_NUMBERED, GAP_PARAGRAPH},
    {"p", ELEMENT_GAP, GAP_PARAGRAPH},       {"pre", ELEMENT_PRE, GAP_PARAGRAPH},
    {"script", ELEMENT_SKIPPED, GAP_NONE},   {"section", ELEMENT_GAP, GAP_PARAGRAPH},
    {"select", ELEMENT_SKIPPED, GAP_NONE},   {"style", ELEMENT_SKIPPED, GAP_NONE},
    {"svg", ELEMENT_SKIPPED, GAP_NONE},      {"table", ELEMENT_GAP, GAP_PARAGRAPH},
    {"td", ELEMENT_CELL, GAP_NONE},          {"template", ELEMENT_SKIPPED, GAP_NONE},
    {"textarea", ELEMENT_SKIPPED, GAP_NONE}, {"th", ELEMENT_CELL, GAP_NONE},
    {"title", ELEMENT_TITLE, GAP_NONE},      {"tr", ELEMENT_ROW, GAP_LINE},
    {"ul", ELEMENT_LIST, GAP_PARAGRAPH},
};

/* The place in the document that the parser has come to. */
struct html_state {
    struct flow *flow;
    struct flow title; /* where the title goes; its out is NULL when nobody asked for it */
    htmlParserCtxtPtr parser;
    size_t depth;
    size_t skipped;         /* elements open here whose text is left out */
    size_t furniture_depth; /* where the site's own furniture began, which is left out, too; 0: not within any */
    size_t mains;           /* <main> and <article> open here */
    bool has_main;          /* one was there: what stands aside of it is the site's */
    size_t titles;
    size_t pres;
    bool too_deep;
};

static int compare_name(const void *name, const void *element)
{
    return strcmp(name, ((const struct element *)element)->name);
}

static const struct element *find_element(const xmlChar *name)
{
    return bsearch(name, elements, sizeof elements / sizeof *elements, sizeof *elements, compare_name);
}

/* The number that an <ol> starts from. */
static unsigned first_number(const xmlChar **attributes)
{
    enum { MAX_NUMBER = 100000 }; /* beyond it is no list of articles */
    for (size_t i = 0; attributes && attributes[i]; i += 2) {
        if (strcmp((const char *)attributes[i], "start") != 0 || !attributes[i + 1])
            continue;
        unsigned long number = strtoul((const char *)attributes[i + 1], NULL, 10);
        return number > 0 && number < MAX_NUMBER ? (unsigned)number : 1;
    }
    return 1;
}

/* « id="cookie-banner" », « role="navigation" »: what a site puts around its pages. Its footer stays: it often is all
 * that names the council. */
static bool is_furniture(const struct html_state *state, const xmlChar *name, const xmlChar **attributes)
{
    static const char *const roles[] = {"navigation", "search", "dialog", "alertdialog"};
    static const char *const marks[] = {"cookie", "consent", "rgpd", "tarteaucitron", "breadcrumb", "fil-ariane"};
    const char *tag = (const char *)name;
    bool is_page = strcmp(tag, "html") == 0 || strcmp(tag, "body") == 0 || strcmp(tag, "main") == 0;
    if (state->has_main && state->mains == 0 && strcmp(tag, "aside") == 0)
        return true;
    for (size_t i = 0; !is_page && attributes && attributes[i]; i += 2) {
        const char *attribute = (const char *)attributes[i];
        const char *value = attributes[i + 1] ? (const char *)attributes[i + 1] : "";
        bool is_role = strcmp(attribute, "role") == 0;
        bool is_name = strcmp(attribute, "id") == 0 || strcmp(attribute, "class") == 0;
        for (size_t j = 0; is_role && j < sizeof roles / sizeof *roles; j++)
            if (strcasecmp(value, roles[j]) == 0)
                return true;
        for (size_t j = 0; is_name && j < sizeof marks / sizeof *marks; j++)
            if (strcasestr(value, marks[j]))
                return true;
    }
    return false;
}

static bool is_main(const xmlChar *name)
{
    return strcmp((const char *)name, "main") == 0 || strcmp((const char *)name, "article") == 0;
}

static void open_element(struct html_state *state, const struct element *element, const xmlChar **attributes)
{
    if (state->skipped == 0)
        flow_ask(state->flow, element->gap);
    state->skipped += element->kind == ELEMENT_SKIPPED;
    if (state->skipped > 0)
        return;
    state->titles += element->kind == ELEMENT_TITLE;
    state->pres += element->kind == ELEMENT_PRE;
    if (element->kind == ELEMENT_BREAK)
        flow_break(state->flow);
    else if (element->kind == ELEMENT_ROW)
        flow_row(state->flow);
    else if (element->kind == ELEMENT_CELL)
        flow_cell(state->flow);
    else if (element->kind == ELEMENT_ITEM)
        flow_item(state->flow);
    else if (element->kind == ELEMENT_LIST || element->kind == ELEMENT_NUMBERED)
        flow_list_begin(state->flow, element->kind == ELEMENT_NUMBERED ? first_number(attributes) : 0, '.');
}

static void close_element(struct html_state *state, const struct element *element)
{
    state->skipped -= element->kind == ELEMENT_SKIPPED;
    if (state->skipped > 0)
        return;
    state->titles -= element->kind == ELEMENT_TITLE;
    state->pres -= element->kind == ELEMENT_PRE;
    if (element->kind == ELEMENT_CELL)
        flow_cell_end(state->flow);
    else if (element->kind == ELEMENT_ROW)
        flow_row_end(state->flow);
    else if (element->kind == ELEMENT_LIST || element->kind == ELEMENT_NUMBERED)
        flow_list_end(state->flow);
    flow_ask(state->flow, element->gap);
}

static void on_start(void *context, const xmlChar *name, const xmlChar **attributes)
{
    struct html_state *state = context;
    const struct element *element = find_element(name);
    if (state->furniture_depth == 0 && is_furniture(state, name, attributes)) {
        state->furniture_depth = state->depth + 1;
        state->skipped++;
    }
    state->mains += is_main(name);
    state->has_main |= is_main(name);
    if (element)
        open_element(state, element, attributes);
    if (++state->depth <= HTML_MAX_DEPTH)
        return;
    state->too_deep = true;
    xmlStopParser(state->parser);
}

static void on_end(void *context, const xmlChar *name)
{
    struct html_state *state = context;
    const struct element *element = find_element(name);
    if (element)
        close_element(state, element);
    state->mains -= is_main(name) && state->mains > 0;
    if (state->furniture_depth == state->depth && state->depth > 0) {
        state->furniture_depth = 0;
        state->skipped--;
        flow_ask(state->flow, GAP_PARAGRAPH);
    }
    state->depth--;
}

static void on_characters(void *context, const xmlChar *characters, int len)
{
    struct html_state *state = context;
    struct slice text = {(const char *)characters, (size_t)len};
    if (state->skipped > 0)
        return;
    if (state->titles > 0) {
        if (state->title.out)
            flow_words(&state->title, text);
    } else if (state->pres > 0) {
        flow_verbatim(state->flow, text);
    } else {
        flow_words(state->flow, text);
    }
}

bool html_flow(struct flow *flow, struct slice html, struct buffer *title)
{
    xml_set_memory();
    htmlParserCtxtPtr parser = htmlNewParserCtxt();
    if (!parser)
        memory_exhausted();
    struct html_state state = {.flow = flow, .parser = parser};
    if (title)
        flow_begin(&state.title, title);
    *parser->sax = (xmlSAXHandler){.startElement = on_start,
                                   .endElement = on_end,
                                   .characters = on_characters,
                                   .ignorableWhitespace = on_characters};
    parser->userData = &state;
    int options = HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET |
                  HTML_PARSE_IGNORE_ENC | HTML_PARSE_NODEFDTD;
    xmlDocPtr document = htmlCtxtReadMemory(parser, html.bytes, (int)html.len, NULL, "UTF-8", options);
    xmlFreeDoc(document); /* none is built: the handlers above take everything */
    htmlFreeParserCtxt(parser);
    return !state.too_deep;
}

static bool starts_with_tag(struct slice text, const char *tag)
{
    struct slice name = slice_of(tag);
    return text.len >= name.len && strncasecmp(text.bytes, name.bytes, name.len) == 0;
}

/* Common tags near the start of the text. */
static size_t count_tags(struct slice text)
{
    static const char *const tags[] = {"<p>", "<p ", "<div", "<br", "<table", "<tr", "<td", "<span", "<h1", "<li"};
    struct slice top = slice_range(text, 0, HTML_SNIFF_BYTES);
    size_t count = 0;
    for (size_t at = slice_find_byte(top, '<', 0); at != SLICE_NONE; at = slice_find_byte(top, '<', at + 1))
        for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
            count += starts_with_tag(slice_skip(top, at), tags[i]);
    return count;
}

bool html_is(struct slice text)
{
    struct slice start = slice_trim(slice_range(text, 0, HTML_SNIFF_BYTES));
    if (starts_with_tag(start, "<?xml") || starts_with_tag(start, "<!--"))
        return slice_find(start, SLICE("<html")) != SLICE_NONE;
    return starts_with_tag(start, "<!doctype html") || starts_with_tag(start, "<html");
}

bool html_is_likely(struct slice text)
{
    struct slice start = slice_trim(slice_range(text, 0, HTML_SNIFF_BYTES));
    return starts_with_tag(start, "<") && count_tags(start) >= HTML_SNIFF_TAGS;
}

bool html_has_tags(struct slice text)
{
    for (size_t at = slice_find_byte(text, '<', 0); at != SLICE_NONE; at = slice_find_byte(text, '<', at + 1)) {
        char next = at + 1 < text.len ? text.bytes[at + 1] : ' ';
        if (next == '/' || next == '!' || (next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z'))
            return true;
    }
    return false;
}

void read_html(struct reading *out, struct slice text)
{
    struct buffer body = {0}, title = {0};
    struct flow flow;
    if (text.len > HTML_MAX_BYTES) {
        reading_stop(out, REASON_TOO_BIG, _("this HTML page is larger than %d MB"), HTML_MAX_BYTES >> 20);
        return;
    }
    flow_begin(&flow, &body);
    if (!html_flow(&flow, text, &title))
        reading_stop(out, REASON_DAMAGED, _("tags are nested more than %d deep in this HTML page"), HTML_MAX_DEPTH);
    if (title.len > 0 && slice_find(buffer_get(&body), buffer_get(&title)) == SLICE_NONE)
        flow_take(&out->text, &title);
    flow_take(&out->text, &body);
    buffer_free(&body);
    buffer_free(&title);
}

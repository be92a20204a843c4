#include "readers/markdown.h"

#include <libxml/HTMLparser.h>
#include <md4c.h>
#include <stdlib.h>
#include <strings.h>

#include "base/memory.h"
#include "base/utf8.h"
#include "base/words.h"
#include "readers/flow.h"
#include "readers/html.h"

enum { MARKDOWN_MAX_BYTES = 16 * 1024 * 1024 }; /* a hundred times the longest minutes seen */

struct markdown_state {
    struct flow flow;
    struct buffer html; /* of the HTML block that is open */
    bool in_html;
    bool in_code;
};

static int on_enter_block(MD_BLOCKTYPE type, void *detail, void *context)
{
    struct markdown_state *state = context;
    struct flow *flow = &state->flow;
    switch (type) {
    case MD_BLOCK_DOC:
    case MD_BLOCK_THEAD:
    case MD_BLOCK_TBODY:
        break;
    case MD_BLOCK_TH:
    case MD_BLOCK_TD:
        flow_cell(flow);
        break;
    case MD_BLOCK_UL:
        flow_list_begin(flow, 0, '-');
        break;
    case MD_BLOCK_OL: {
        const MD_BLOCK_OL_DETAIL *list = detail;
        flow_list_begin(flow, list->start, list->mark_delimiter);
        break;
    }
    case MD_BLOCK_LI:
        flow_item(flow);
        break;
    case MD_BLOCK_TR:
        flow_row(flow);
        break;
    case MD_BLOCK_QUOTE:
    case MD_BLOCK_HR:
    case MD_BLOCK_H:
    case MD_BLOCK_P:
    case MD_BLOCK_TABLE:
    case MD_BLOCK_CODE:
    case MD_BLOCK_HTML:
        flow_ask(flow, GAP_PARAGRAPH);
        break;
    }
    state->in_code |= type == MD_BLOCK_CODE;
    state->in_html |= type == MD_BLOCK_HTML;
    return 0;
}

static void close_html_block(struct markdown_state *state)
{
    html_flow(&state->flow, buffer_get(&state->html), NULL); /* too deep: what was read up to there is all there is */
    buffer_clear(&state->html);
    state->in_html = false;
}

static int on_leave_block(MD_BLOCKTYPE type, void *detail, void *context)
{
    struct markdown_state *state = context;
    struct flow *flow = &state->flow;
    (void)detail;
    if (type == MD_BLOCK_HTML)
        close_html_block(state);
    if (type == MD_BLOCK_CODE)
        state->in_code = false;
    else
        flow_drop_end(flow, '\\'); /* of a line break that a list or the end of the paragraph made needless */
    if (type == MD_BLOCK_TH || type == MD_BLOCK_TD)
        flow_cell_end(flow);
    else if (type == MD_BLOCK_TR)
        flow_row_end(flow);
    else if (type == MD_BLOCK_UL || type == MD_BLOCK_OL)
        flow_list_end(flow);
    if (type != MD_BLOCK_LI && type != MD_BLOCK_TD && type != MD_BLOCK_TH && type != MD_BLOCK_TR)
        flow_ask(flow, type == MD_BLOCK_THEAD || type == MD_BLOCK_TBODY ? GAP_LINE : GAP_PARAGRAPH);
    return 0;
}

static int on_span(MD_SPANTYPE type, void *detail, void *context)
{
    (void)type;
    (void)detail;
    (void)context;
    return 0;
}

/* "&eacute;", "&#233;", "&#xE9;" → the character; what is unknown stays as written. */
static void add_entity(struct flow *flow, struct slice entity)
{
    enum { MAX_NAME_BYTES = 16 }; /* longer than any name of HTML 4 */
    char name[MAX_NAME_BYTES] = {0};
    char encoded[UTF8_MAX_BYTES];
    unsigned long code_point = 0;
    struct slice inner = slice_range(entity, 1, entity.len - 1);
    if (inner.len < sizeof name) {
        memcpy(name, inner.bytes, inner.len);
        if (name[0] == '#')
            code_point = (name[1] | 0x20) == 'x' ? strtoul(name + 2, NULL, 16) : strtoul(name + 1, NULL, 10);
        else if (htmlEntityLookup((const xmlChar *)name))
            code_point = htmlEntityLookup((const xmlChar *)name)->value;
    }
    bool valid = code_point > 0 && code_point < 0x110000 && (code_point < 0xD800 || code_point > 0xDFFF);
    if (valid)
        flow_verbatim(flow, (struct slice){encoded, utf8_encode((int32_t)code_point, encoded)});
    else
        flow_verbatim(flow, entity);
}

/* An inline tag: only <br> means something. */
static void add_inline_tag(struct flow *flow, struct slice tag)
{
    if (tag.len >= 4 && strncasecmp(tag.bytes, "<br", 3) == 0 &&
        (tag.bytes[3] == '>' || tag.bytes[3] == '/' || tag.bytes[3] == ' '))
        flow_break(flow);
}

static int on_text(MD_TEXTTYPE type, const MD_CHAR *bytes, MD_SIZE len, void *context)
{
    struct markdown_state *state = context;
    struct slice text = {bytes, len};
    if (state->in_html) {
        buffer_add_slice(&state->html, text);
        return 0;
    }
    switch (type) {
    case MD_TEXT_BR:
    case MD_TEXT_SOFTBR:
        flow_ask(&state->flow, GAP_LINE);
        break;
    case MD_TEXT_NULLCHAR:
        break;
    case MD_TEXT_ENTITY:
        add_entity(&state->flow, text);
        break;
    case MD_TEXT_HTML:
        add_inline_tag(&state->flow, text);
        break;
    case MD_TEXT_NORMAL:
    case MD_TEXT_CODE:
    case MD_TEXT_LATEXMATH:
        flow_verbatim(&state->flow, text);
        break;
    }
    return 0;
}

void read_markdown(struct reading *out, struct slice text)
{
    struct markdown_state state = {0};
    struct buffer plain = {0};
    const MD_PARSER parser = {.flags = MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH | MD_FLAG_NOINDENTEDCODEBLOCKS,
                              .enter_block = on_enter_block,
                              .leave_block = on_leave_block,
                              .enter_span = on_span,
                              .leave_span = on_span,
                              .text = on_text};
    if (text.len > MARKDOWN_MAX_BYTES) {
        reading_stop(out, REASON_TOO_BIG, _("this Markdown file is larger than %d MB: cut it into one file a session"),
                     MARKDOWN_MAX_BYTES >> 20);
        return;
    }
    flow_begin(&state.flow, &plain);
    if (md_parse(text.bytes, (MD_SIZE)text.len, &parser, &state) != 0)
        memory_exhausted(); /* md4c fails for no other reason */
    utf8_add_clean(&out->text, buffer_get(&plain));
    if (plain.len > 0)
        buffer_add_byte(&out->text, '\n');
    buffer_free(&plain);
    buffer_free(&state.html);
}

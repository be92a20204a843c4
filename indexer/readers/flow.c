#include "readers/flow.h"

#include "base/utf8.h"

#define NO_BREAK_SPACE "\xC2\xA0"

void flow_begin(struct flow *flow, struct buffer *out)
{
    *flow = (struct flow){.out = out, .start_bytes = out->len};
}

void flow_ask(struct flow *flow, enum flow_gap gap)
{
    if (gap > flow->gap && !flow->at_cell_start)
        flow->gap = gap;
}

void flow_break(struct flow *flow)
{
    flow_ask(flow, flow->gap >= GAP_LINE ? GAP_PARAGRAPH : GAP_LINE);
}

static void write_item_mark(struct flow *flow)
{
    flow->item_begun = false;
    size_t depth = flow->list_depth;
    struct flow_list *list = depth > 0 && depth <= FLOW_MAX_LISTS ? &flow->lists[depth - 1] : NULL;
    if (list && list->next > 0)
        buffer_printf(flow->out, "%u%c ", list->next - 1, list->mark);
    else
        buffer_add_string(flow->out, "- ");
}

/* Write what is due before the next piece of text. */
static void write_gap(struct flow *flow)
{
    static const char *const gaps[] = {"", " ", "  ", "\n", "\n\n"};
    if (flow->item_begun && !flow->cell_ended)
        flow_ask(flow, GAP_LINE);
    if (flow->out->len > flow->start_bytes)
        buffer_add_string(flow->out, flow->cell_ended ? "  " : gaps[flow->gap]);
    flow->row_has_lines |= flow->row_has_text && flow->gap >= GAP_LINE && !flow->cell_ended;
    flow->gap = GAP_NONE;
    flow->cell_ended = flow->at_cell_start = false;
    flow->row_has_text = true;
    if (flow->item_begun)
        write_item_mark(flow);
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Whether the next text begins a line or a cell: no-break spaces that only fill it up are left out. */
static bool at_start(const struct flow *flow)
{
    return flow->gap >= GAP_LINE || flow->cell_ended || flow->out->len == flow->start_bytes;
}

void flow_words(struct flow *flow, struct slice text)
{
    for (size_t i = 0, end; i < text.len; i = end) {
        end = i + 1;
        if (is_space(text.bytes[i])) {
            flow_ask(flow, GAP_SPACE);
            continue;
        }
        if (at_start(flow) && slice_starts(slice_skip(text, i), SLICE(NO_BREAK_SPACE))) {
            end = i + 2;
            continue;
        }
        while (end < text.len && !is_space(text.bytes[end]))
            end++;
        write_gap(flow);
        buffer_add(flow->out, text.bytes + i, end - i);
    }
}

void flow_verbatim(struct flow *flow, struct slice text)
{
    if (text.len == 0)
        return;
    write_gap(flow);
    buffer_add_slice(flow->out, text);
}

void flow_row(struct flow *flow)
{
    flow_ask(flow, GAP_LINE);
    flow->row_has_text = flow->row_has_lines = false;
}

void flow_cell(struct flow *flow)
{
    flow->at_cell_start = true;
}

void flow_cell_end(struct flow *flow)
{
    flow->at_cell_start = false;
    flow->cell_ended = flow->row_has_text && !flow->row_has_lines;
    if (flow->row_has_lines)
        flow->gap = GAP_PARAGRAPH;
    else if (flow->row_has_text)
        flow->gap = GAP_NONE;
}

void flow_row_end(struct flow *flow)
{
    flow->cell_ended = false;
    flow_ask(flow, GAP_LINE);
}

void flow_list_begin(struct flow *flow, unsigned first_number, char mark)
{
    if (flow->list_depth < FLOW_MAX_LISTS)
        flow->lists[flow->list_depth] = (struct flow_list){first_number, mark};
    flow->list_depth++;
    flow_ask(flow, GAP_LINE);
}

void flow_list_end(struct flow *flow)
{
    if (flow->list_depth > 0)
        flow->list_depth--;
    flow->item_begun = false;
    flow_ask(flow, GAP_LINE);
}

void flow_item(struct flow *flow)
{
    size_t depth = flow->list_depth;
    if (depth > 0 && depth <= FLOW_MAX_LISTS && flow->lists[depth - 1].next > 0)
        flow->lists[depth - 1].next++;
    flow_ask(flow, GAP_LINE);
    flow->item_begun = true;
}

void flow_block_begin(struct flow *flow, enum flow_block block)
{
    switch (block) {
    case BLOCK_NONE:
        break;
    case BLOCK_LINE:
        flow_ask(flow, GAP_LINE);
        break;
    case BLOCK_APART:
        flow_ask(flow, GAP_PARAGRAPH);
        break;
    case BLOCK_ROW:
        flow_row(flow);
        break;
    case BLOCK_CELL:
        flow_cell(flow);
        break;
    case BLOCK_BREAK:
        flow_break(flow);
        break;
    case BLOCK_TAB:
        flow_ask(flow, GAP_TAB);
        break;
    }
}

void flow_block_end(struct flow *flow, enum flow_block block)
{
    if (block == BLOCK_LINE)
        flow_ask(flow, GAP_LINE);
    else if (block == BLOCK_APART)
        flow_ask(flow, GAP_PARAGRAPH);
    else if (block == BLOCK_ROW)
        flow_row_end(flow);
    else if (block == BLOCK_CELL)
        flow_cell_end(flow);
}

void flow_take(struct buffer *out, const struct buffer *text)
{
    if (text->len == 0)
        return;
    buffer_add_string(out, out->len > 0 ? "\n" : "");
    utf8_add_clean(out, buffer_get(text));
    buffer_add_byte(out, '\n');
}

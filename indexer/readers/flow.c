#include "readers/flow.h"

#include <string.h>

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
    size_t cell = flow->cell_count;
    if (cell > 0 && cell <= FLOW_MAX_CELLS && flow->cells[cell - 1] == 0)
        flow->cells[cell - 1] = flow->out->len;
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

void flow_drop_end(struct flow *flow, char sign)
{
    if (flow->out->len > flow->start_bytes && flow->out->bytes[flow->out->len - 1] == sign)
        flow->out->len--;
}

void flow_row(struct flow *flow)
{
    flow_ask(flow, GAP_LINE);
    flow->row_has_text = flow->row_has_lines = false;
    flow->cell_count = 0;
}

void flow_cell(struct flow *flow)
{
    flow->at_cell_start = true;
    if (flow->cell_count < FLOW_MAX_CELLS)
        flow->cells[flow->cell_count] = 0;
    if (flow->cell_count <= FLOW_MAX_CELLS)
        flow->cell_count++;
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

/* Whether an empty cell stands before one that is not, so that the row's text alone does not tell which is which. Rows
 * of two cells lay out a page: an empty margin says nothing. */
static bool has_gaps(const struct flow *flow)
{
    enum { LAYOUT_CELLS = 2 };
    bool empty = false;
    if (flow->cell_count <= LAYOUT_CELLS)
        return false;
    for (size_t i = 0; i < flow->cell_count && flow->cell_count <= FLOW_MAX_CELLS; i++) {
        if (empty && flow->cells[i] > 0)
            return true;
        empty |= flow->cells[i] == 0;
    }
    return false;
}

/* « BERT Jean | | X » */
static void write_bars(struct flow *flow)
{
    struct buffer row = {0};
    size_t first = 0;
    size_t written = 0;
    for (size_t i = 0; i < flow->cell_count; i++) {
        if (flow->cells[i] == 0)
            continue;
        first = first > 0 ? first : flow->cells[i];
        for (; written < i; written++)
            buffer_add_string(&row, written == 0 && row.len == 0 ? "| " : row.bytes[row.len - 1] == ' ' ? "| " : " | ");
        size_t next = i + 1;
        while (next < flow->cell_count && flow->cells[next] == 0)
            next++;
        size_t end = next < flow->cell_count ? flow->cells[next] - strlen("  ") : flow->out->len;
        buffer_add(&row, flow->out->bytes + flow->cells[i], end - flow->cells[i]);
    }
    flow->out->len = first;
    buffer_add_slice(flow->out, buffer_get(&row));
    buffer_free(&row);
}

void flow_row_end(struct flow *flow)
{
    if (!flow->row_has_lines && has_gaps(flow))
        write_bars(flow);
    flow->cell_count = FLOW_MAX_CELLS + 1; /* of a row around this one, if any, some cells are not known any more */
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

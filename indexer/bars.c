#include "bars.h"

enum {
    MIN_BLOCK_LINES = 6,   /* fewer barred lines are a small table */
    MAX_CELLS = 12,        /* more make a table of data */
    TABLE_ONE_LINE_IN = 3, /* from this share of lines with several filled cells on, it is a table of data */
    MAX_BLANK_LINES = 1    /* kept in a row: the blank cells beside a long margin are no paragraphs */
};

/* Cells of « |a|b| »; 0 when the line is none. */
static size_t count_cells(struct slice line)
{
    line = slice_trim(line);
    if (line.len < 2 || line.bytes[0] != '|' || line.bytes[line.len - 1] != '|')
        return 0;
    size_t count = 0;
    for (size_t at = slice_find_byte(line, '|', 1); at != SLICE_NONE; at = slice_find_byte(line, '|', at + 1))
        count++;
    return count;
}

static struct slice cell_of(struct slice line, size_t number)
{
    line = slice_trim(line);
    size_t start = 1;
    for (; number > 0; number--)
        start = slice_find_byte(line, '|', start) + 1;
    return slice_trim(slice_range(line, start, slice_find_byte(line, '|', start)));
}

struct block {
    struct slice text;  /* whole lines */
    size_t cells;       /* of each line */
    size_t lines;       /* with at least one filled cell */
    size_t table_lines; /* with several */
};

/* The lines at the start of `rest` that have as many cells as the first. */
static struct block next_block(struct slice rest)
{
    struct block block = {.text = {rest.bytes, 0}};
    struct slice after = rest;
    struct slice line;
    while (slice_next_line(&after, &line)) {
        size_t cells = count_cells(line);
        size_t filled = 0;
        if (cells == 0 || (block.cells > 0 && cells != block.cells))
            break;
        block.cells = cells;
        for (size_t i = 0; i < cells; i++)
            filled += cell_of(line, i).len > 0;
        block.lines += filled > 0;
        block.table_lines += filled > 1;
        block.text.len = rest.len - after.len;
    }
    return block;
}

static void add_column(struct buffer *out, const struct block *block, size_t column)
{
    struct slice rest = block->text;
    struct slice line;
    size_t blank = MAX_BLANK_LINES;
    while (slice_next_line(&rest, &line)) {
        struct slice cell = cell_of(line, column);
        blank = cell.len > 0 ? 0 : blank + 1;
        if (blank > MAX_BLANK_LINES)
            continue;
        buffer_add_slice(out, cell);
        buffer_add_byte(out, '\n');
    }
    buffer_add_byte(out, '\n');
}

void bars_take_off(struct buffer *out, struct slice text)
{
    while (text.len > 0) {
        struct block block = next_block(text);
        bool is_prose = block.cells > 0 && block.cells <= MAX_CELLS && block.lines >= MIN_BLOCK_LINES &&
                        block.table_lines * TABLE_ONE_LINE_IN < block.lines;
        struct slice taken = block.text;
        if (is_prose) {
            for (size_t column = 0; column < block.cells; column++)
                add_column(out, &block, column);
        } else {
            struct slice rest = slice_skip(text, taken.len);
            struct slice line;
            if (taken.len == 0 && slice_next_line(&rest, &line))
                taken.len = text.len - rest.len;
            buffer_add_slice(out, taken);
        }
        text = slice_skip(text, taken.len);
    }
}

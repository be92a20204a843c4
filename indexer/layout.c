#include "layout.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "bars.h"
#include "base/memory.h"
#include "base/utf8.h"

enum {
    MAX_COLUMNS = 1000,            /* A3 in small print has 400; a longer line is no page line and is left alone */
    TAB_COLUMNS = 8,               /* as terminals show it */
    CELL_GAP_COLUMNS = 2,          /* prose has single spaces; justified prose wider ones here and there */
    MAX_CANDIDATES = 8,            /* places on a page where a right column may begin: keeps the time linear */
    MIN_PAIRED_ROWS = 2,           /* rows with text on both sides, below which there is nothing to put in order */
    MAX_BLANK_ROWS = 3,            /* inside a pair of columns; more white ends it */
    MIN_PROSE_ROWS = 3,            /* rows that go on with the sentence of the row before, in the wide column */
    FULL_ROW_PERCENT = 80,         /* a row this full, of its column's widest, was broken for want of room */
    ODD_CELLS_ONE_IN = 3,          /* of the paired rows: from here on numbers, bullets or more cells make it a table */
    INDENT_EXCEPTIONS_ONE_IN = 10, /* rows that may lie left of the indentation shared by the page (marginal notes) */
    STAMP_DRIFT_COLUMNS = 3,       /* the lines of a stamp begin within so many columns of each other */
    STAMP_MAX_ROWS = 12,
    STAMP_MIN_LABELS = 2
};

/* A run of text without a gap. */
struct cell {
    uint32_t from_bytes; /* in the page's text */
    uint32_t to_bytes;
    uint32_t from_column;
    uint32_t to_column;
};

struct row {
    size_t first_cell;
    size_t cell_count; /* 0: a blank row */
    uint32_t split;    /* in a pair of columns: where the right one begins; 0 elsewhere */
    uint32_t margin;   /* of a row lifted out of others: where its block began; 0 elsewhere */
};

struct page {
    struct slice text;
    struct cell *cells;
    size_t cell_count;
    size_t cell_capacity;
    struct row *rows;
    size_t row_count;
    size_t row_capacity;
    uint32_t indent; /* columns shared by the rows */
};

/* Rows first..last, where no text crosses the gap that ends at column `split`. */
struct region {
    size_t first;
    size_t last;
    uint32_t split;
};

enum side { SIDE_LEFT, SIDE_RIGHT };

static void *grow(void *items, size_t count, size_t *capacity, size_t each_bytes)
{
    if (count < *capacity)
        return items;
    *capacity = *capacity ? *capacity * 2 : 64;
    return memory_resize(items, *capacity, each_bytes);
}

static void add_row(struct page *page, struct row row)
{
    page->rows = grow(page->rows, page->row_count, &page->row_capacity, sizeof *page->rows);
    page->rows[page->row_count++] = row;
}

static void add_cell(struct page *page, struct cell cell)
{
    page->cells = grow(page->cells, page->cell_count, &page->cell_capacity, sizeof *page->cells);
    page->cells[page->cell_count++] = cell;
}

/* Cut a line into cells. A line that is too wide to be one of a page becomes one cell that crosses every gap. */
static void add_line(struct page *page, struct slice line, size_t offset_bytes)
{
    struct row row = {.first_cell = page->cell_count};
    struct cell cell = {0};
    uint32_t column = 0;
    for (size_t i = 0, size; i < line.len; i += size) {
        int32_t code_point = utf8_decode(line, i, &size);
        uint32_t before = column;
        column += code_point == '\t' ? TAB_COLUMNS - column % TAB_COLUMNS : !utf8_is_mark(code_point);
        if (code_point == ' ' || code_point == '\t')
            continue;
        bool far = cell.to_bytes > 0 && before >= cell.to_column + CELL_GAP_COLUMNS;
        if (far)
            add_cell(page, cell);
        if (far || cell.to_bytes == 0)
            cell = (struct cell){.from_bytes = (uint32_t)(offset_bytes + i), .from_column = before};
        cell.to_bytes = (uint32_t)(offset_bytes + i + size);
        cell.to_column = column;
    }
    if (cell.to_bytes > 0)
        add_cell(page, cell);
    row.cell_count = page->cell_count - row.first_cell;
    if (column > MAX_COLUMNS && row.cell_count > 1) {
        page->cells[row.first_cell].to_bytes = cell.to_bytes;
        page->cells[row.first_cell].to_column = column;
        page->cell_count = row.first_cell + 1;
        row.cell_count = 1;
    }
    add_row(page, row);
}

static const struct cell *cells_of(const struct page *page, size_t row)
{
    return page->cells + page->rows[row].first_cell;
}

static struct slice text_between(const struct page *page, const struct cell *first, const struct cell *last)
{
    return slice_range(page->text, first->from_bytes, last->to_bytes);
}

/* The indentation that all rows share, but for a few (a stamp printed along the margin). */
static uint32_t shared_indent(const struct page *page)
{
    uint32_t starts[MAX_COLUMNS + 1] = {0};
    size_t count = 0;
    for (size_t i = 0; i < page->row_count; i++) {
        if (page->rows[i].cell_count == 0)
            continue;
        uint32_t start = cells_of(page, i)->from_column;
        starts[start < MAX_COLUMNS ? start : MAX_COLUMNS]++;
        count++;
    }
    uint32_t indent = 0;
    size_t left_of_it = 0;
    while (indent < MAX_COLUMNS && left_of_it + starts[indent] <= count / INDENT_EXCEPTIONS_ONE_IN)
        left_of_it += starts[indent++];
    return count > 0 ? indent : 0;
}

/* How the lines of a stamp begin. */
static bool is_stamp_label(struct slice text)
{
    static const char *const labels[] = {"Accusé de réception",
                                         "Acte Certifié exécutoire",
                                         "Acte rendu exécutoire",
                                         "Affiché le",
                                         "Date de réception préfecture",
                                         "Date de télétransmission",
                                         "Envoi Préfecture",
                                         "Envoyé en préfecture",
                                         "ID :",
                                         "Identifiant",
                                         "Publié le",
                                         "Reçu en préfecture",
                                         "Réception en Préfecture",
                                         "Transmis en préfecture"};
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
        if (slice_starts(text, slice_of(labels[i])))
            return true;
    return false;
}

/* The cell of the row from which on it belongs to a stamp at `column`: the row's cell count when there is none. */
static size_t stamp_cell(const struct page *page, size_t row, uint32_t column)
{
    const struct cell *cells = cells_of(page, row);
    size_t count = page->rows[row].cell_count;
    for (size_t i = 0; i < count; i++)
        if (cells[i].from_column + STAMP_DRIFT_COLUMNS >= column &&
            cells[i].from_column <= column + STAMP_DRIFT_COLUMNS)
            return i;
    return count;
}

/* Follow down the stamp that begins in region->first: true when it is one, and stands beside other text. */
static bool follow_stamp(const struct page *page, struct region *region)
{
    size_t labels = 0;
    bool beside_text = false;
    for (size_t i = region->first; i < page->row_count && i < region->first + STAMP_MAX_ROWS; i++) {
        size_t at = stamp_cell(page, i, region->split);
        const struct cell *cell = cells_of(page, i) + at;
        if (at == page->rows[i].cell_count || !is_stamp_label(text_between(page, cell, cell)))
            continue;
        labels++;
        region->last = i;
    }
    for (size_t i = region->first; i <= region->last; i++)
        beside_text |= stamp_cell(page, i, region->split) > 0;
    return labels >= STAMP_MIN_LABELS && beside_text;
}

static bool find_stamp(const struct page *page, struct region *region)
{
    for (size_t i = 0; i < page->row_count; i++) {
        const struct cell *cells = cells_of(page, i);
        for (size_t c = 0; c < page->rows[i].cell_count; c++) {
            *region = (struct region){i, i, cells[c].from_column};
            if (is_stamp_label(text_between(page, &cells[c], &cells[c])) && follow_stamp(page, region))
                return true;
        }
    }
    return false;
}

/* Put the stamp's cells into rows of their own, before the rows that they stood in, and a blank row between. */
static void lift_stamp(struct page *page)
{
    struct region stamp;
    if (!find_stamp(page, &stamp))
        return;
    size_t height = stamp.last - stamp.first + 1, count = stamp.first;
    struct row *rows = memory_alloc((page->row_count + height + 1) * sizeof *rows);
    memcpy(rows, page->rows, stamp.first * sizeof *rows);
    for (size_t i = stamp.first; i <= stamp.last; i++) {
        size_t at = stamp_cell(page, i, stamp.split), left = page->rows[i].cell_count - at;
        if (left > 0)
            rows[count++] =
                (struct row){.first_cell = page->rows[i].first_cell + at, .cell_count = left, .margin = stamp.split};
    }
    rows[count++] = (struct row){0};
    for (size_t i = stamp.first; i < page->row_count; i++) {
        size_t at = i <= stamp.last ? stamp_cell(page, i, stamp.split) : page->rows[i].cell_count;
        if (at > 0 || page->rows[i].cell_count == 0)
            rows[count++] = (struct row){.first_cell = page->rows[i].first_cell, .cell_count = at};
    }
    free(page->rows);
    page->rows = rows;
    page->row_capacity = page->row_count + height + 1;
    page->row_count = count;
}

/* The cells of a row on one side of the region's split; none on a blank side. */
static struct row cells_on(const struct page *page, size_t row, uint32_t split, enum side side)
{
    struct row whole = page->rows[row];
    size_t left = 0;
    while (left < whole.cell_count && page->cells[whole.first_cell + left].from_column < split)
        left++;
    return side == SIDE_LEFT
               ? (struct row){.first_cell = whole.first_cell, .cell_count = left}
               : (struct row){.first_cell = whole.first_cell + left, .cell_count = whole.cell_count - left};
}

static struct slice row_text(const struct page *page, struct row row)
{
    if (row.cell_count == 0)
        return (struct slice){0};
    return text_between(page, page->cells + row.first_cell, page->cells + row.first_cell + row.cell_count - 1);
}

static bool crosses(const struct page *page, size_t row, uint32_t split)
{
    struct row left = cells_on(page, row, split, SIDE_LEFT);
    return left.cell_count > 0 &&
           page->cells[left.first_cell + left.cell_count - 1].to_column + CELL_GAP_COLUMNS > split;
}

static bool is_paired(const struct page *page, size_t row, uint32_t split)
{
    return cells_on(page, row, split, SIDE_LEFT).cell_count > 0 &&
           cells_on(page, row, split, SIDE_RIGHT).cell_count > 0;
}

/* Whether a text goes on from the line `before` to `after`: a small letter or a comma says so, or a little word at the
 * end (« du », « la »), or that the line was full. */
static bool flows(struct slice before, struct slice after, bool before_is_full)
{
    if (before.len == 0 || after.len == 0)
        return false;
    size_t size, word = before.len;
    char last = before.bytes[before.len - 1];
    if (last == '.' || last == ';' || last == ':' || last == '!' || last == '?')
        return false;
    if (last == ',' || last == '-' || before_is_full || utf8_is_lower(utf8_decode(after, 0, &size)) ||
        slice_ends(before, SLICE(" à")))
        return true;
    while (word > 0 && before.bytes[word - 1] >= 'a' && before.bytes[word - 1] <= 'z')
        word--;
    enum { LITTLE_WORD_BYTES = 3 };
    return before.len - word > 0 && before.len - word <= LITTLE_WORD_BYTES && word > 0 && before.bytes[word - 1] == ' ';
}

/* What a cell of prose is not: several cells, a number, a bullet. */
static bool is_odd(const struct page *page, struct row cells)
{
    struct slice text = row_text(page, cells);
    size_t letters = 0;
    for (size_t i = 0, size; i < text.len && letters < 2; i += size)
        letters += utf8_is_letter(utf8_decode(text, i, &size));
    return cells.cell_count > 1 || letters < 2;
}

/* One of the two columns, while its rows are read downwards. */
struct column {
    uint32_t start;
    uint32_t widest;   /* where the widest row ends that another follows */
    size_t width_sum;  /* over all rows */
    struct slice text; /* of the last row that was not blank */
    uint32_t text_end;
    size_t flowing; /* rows that go on with the row before */
    size_t odd;
};

enum step { STEP_BLANK, STEP_STARTS, STEP_FLOWS };

static struct column measure_column(const struct page *page, const struct region *region, enum side side)
{
    struct column column = {.start = side == SIDE_LEFT ? page->indent : region->split};
    uint32_t end_before = 0;
    for (size_t i = region->first; i <= region->last; i++) {
        struct row cells = cells_on(page, i, region->split, side);
        if (cells.cell_count > 0 && end_before > column.widest)
            column.widest = end_before;
        end_before = 0;
        if (cells.cell_count == 0)
            continue;
        end_before = page->cells[cells.first_cell + cells.cell_count - 1].to_column;
        column.width_sum += end_before - page->cells[cells.first_cell].from_column;
    }
    return column;
}

/* Whether the last row was broken for want of room. */
static bool is_full(const struct column *column)
{
    return column->text_end > column->start && column->widest > column->start &&
           (size_t)(column->text_end - column->start) * 100 >=
               (size_t)(column->widest - column->start) * FULL_ROW_PERCENT;
}

/* Read the next row of a column; whether it flows is asked across blank rows too. */
static enum step column_step(const struct page *page, struct column *column, struct row cells)
{
    struct slice text = row_text(page, cells);
    if (text.len == 0)
        return STEP_BLANK;
    bool flowing = flows(column->text, text, is_full(column));
    column->text = text;
    column->text_end = page->cells[cells.first_cell + cells.cell_count - 1].to_column;
    column->flowing += flowing;
    return flowing ? STEP_FLOWS : STEP_STARTS;
}

/* How the two sides of a region keep step. But for free_starts, only rows with text on both sides count. */
struct steps {
    size_t paired;
    size_t together; /* both sides begin something, but for the first row */
    size_t apart;    /* one side begins something while the other goes on */
    size_t both_flow;
    size_t free_starts; /* the wide column begins something where the other one does not, blank or not */
};

static struct steps count_steps(const struct page *page, const struct region *region, struct column columns[2],
                                enum side wide)
{
    struct steps count = {0};
    enum side narrow = wide == SIDE_LEFT ? SIDE_RIGHT : SIDE_LEFT;
    for (size_t i = region->first; i <= region->last; i++) {
        enum step steps[2];
        struct row cells[2];
        for (enum side side = SIDE_LEFT; side <= SIDE_RIGHT; side++) {
            cells[side] = cells_on(page, i, region->split, side);
            steps[side] = column_step(page, &columns[side], cells[side]);
        }
        count.free_starts += i > region->first && steps[wide] == STEP_STARTS && steps[narrow] != STEP_STARTS;
        if (steps[SIDE_LEFT] == STEP_BLANK || steps[SIDE_RIGHT] == STEP_BLANK)
            continue;
        columns[SIDE_LEFT].odd += is_odd(page, cells[SIDE_LEFT]);
        columns[SIDE_RIGHT].odd += is_odd(page, cells[SIDE_RIGHT]);
        count.apart += steps[SIDE_LEFT] != steps[SIDE_RIGHT];
        count.together += steps[SIDE_LEFT] == STEP_STARTS && steps[SIDE_RIGHT] == STEP_STARTS && count.paired > 0;
        count.both_flow += steps[SIDE_LEFT] == STEP_FLOWS && steps[SIDE_RIGHT] == STEP_FLOWS;
        count.paired++;
    }
    return count;
}

/* Whether the two sides are columns to be read one after the other. Rows of a table begin on both sides together;
 * in columns of prose each side goes its own way. */
static bool are_columns(const struct page *page, const struct region *region)
{
    struct column columns[] = {
        [SIDE_LEFT] = measure_column(page, region, SIDE_LEFT), [SIDE_RIGHT] = measure_column(page, region, SIDE_RIGHT)};
    enum side wide = columns[SIDE_LEFT].width_sum > columns[SIDE_RIGHT].width_sum ? SIDE_LEFT : SIDE_RIGHT;
    struct steps count = count_steps(page, region, columns, wide);
    size_t most_odd = columns[columns[SIDE_LEFT].odd > columns[SIDE_RIGHT].odd ? SIDE_LEFT : SIDE_RIGHT].odd;
    if (count.paired < MIN_PAIRED_ROWS || columns[wide].flowing < MIN_PROSE_ROWS ||
        most_odd * ODD_CELLS_ONE_IN > count.paired)
        return false;
    if (count.together == 0)
        return count.apart > 0 || count.both_flow > 0;
    return count.free_starts > 0 && 2 * count.apart >= count.together;
}

/* The next rows from `from` on, with text on both sides of the split and none across it, and the rows that hang
 * together with them above and below. */
static bool next_region(const struct page *page, size_t from, struct region *region)
{
    uint32_t split = region->split;
    size_t row = from, blank = 0;
    while (row < page->row_count &&
           (page->rows[row].split || crosses(page, row, split) || !is_paired(page, row, split)))
        row++;
    if (row == page->row_count)
        return false;
    region->first = region->last = row;
    while (region->first > from && page->rows[region->first - 1].cell_count > 0 &&
           !page->rows[region->first - 1].split && !crosses(page, region->first - 1, split))
        region->first--;
    for (; row < page->row_count && !page->rows[row].split && !crosses(page, row, split); row++) {
        blank = page->rows[row].cell_count == 0 ? blank + 1 : 0;
        if (blank > MAX_BLANK_ROWS)
            break;
        if (is_paired(page, row, split) || (blank == 0 && region->last + 1 == row))
            region->last = row;
    }
    return true;
}

/* Take over the places where the column to the right of `split` begins. */
static void split_rows(struct page *page, uint32_t split)
{
    struct region region = {.split = split};
    for (size_t from = 0; next_region(page, from, &region); from = region.last + 1) {
        bool columns = are_columns(page, &region);
        for (size_t i = region.first; columns && i <= region.last; i++)
            page->rows[i].split = split;
    }
}

/* Try the columns at which most cells begin that have text before them. */
static void find_columns(struct page *page)
{
    uint32_t starts[MAX_COLUMNS + 2] = {0};
    for (size_t i = 0; i < page->row_count; i++)
        for (size_t c = 1; c < page->rows[i].cell_count; c++)
            starts[cells_of(page, i)[c].from_column]++;
    for (int tried = 0; tried < MAX_CANDIDATES; tried++) {
        uint32_t best = 0, best_count = 0;
        for (uint32_t column = 1; column <= MAX_COLUMNS; column++) {
            uint32_t count = starts[column] + starts[column + 1];
            if (starts[column] > 0 && count > best_count) {
                best = column;
                best_count = count;
            }
        }
        if (best_count < MIN_PAIRED_ROWS)
            return;
        split_rows(page, best);
        starts[best] = starts[best + 1] = 0;
    }
}

static void add_spaces(struct buffer *out, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        buffer_add_byte(out, ' ');
}

/* Cells on one line, indented from column `margin`; the gaps as printed where the row is part of a table. */
static void add_cells(struct buffer *out, const struct page *page, struct row row, uint32_t margin, bool in_table)
{
    const struct cell *cells = page->cells + row.first_cell;
    for (size_t i = 0; i < row.cell_count; i++) {
        if (i == 0)
            add_spaces(out, cells[i].from_column > margin ? cells[i].from_column - margin : 0);
        else
            add_spaces(out, in_table ? cells[i].from_column - cells[i - 1].to_column : CELL_GAP_COLUMNS);
        buffer_add_slice(out, text_between(page, &cells[i], &cells[i]));
    }
    buffer_add_byte(out, '\n');
}

/* One column of a region. A row left blank only because the other column has a line there is no break in a sentence. */
static void add_column(struct buffer *out, const struct page *page, const struct region *region, enum side side)
{
    struct column column = measure_column(page, region, side);
    bool first = true, blank = false;
    for (size_t i = region->first; i <= region->last; i++) {
        struct row cells = cells_on(page, i, region->split, side);
        enum step step = column_step(page, &column, cells);
        if (step == STEP_STARTS && blank && !first)
            buffer_add_byte(out, '\n');
        blank = step == STEP_BLANK;
        if (blank)
            continue;
        add_cells(out, page, cells, column.start, false);
        first = false;
    }
}

/* Whether a row next to `row` shares its cells' places: both are lines of a table, or one goes on under a cell. */
static bool is_in_step(const struct page *page, struct row row, struct row next)
{
    if (row.cell_count < 2 || next.cell_count != 1)
        return next.cell_count > 1;
    for (size_t i = 1; i < row.cell_count; i++)
        if (page->cells[row.first_cell + i].from_column == page->cells[next.first_cell].from_column)
            return true;
    return false;
}

static void add_rows(struct buffer *out, const struct page *page)
{
    for (size_t i = 0; i < page->row_count; i++) {
        const struct row *row = page->rows + i;
        if (row->split == 0) {
            bool in_table = (i > 0 && is_in_step(page, *row, row[-1])) ||
                            (i + 1 < page->row_count && is_in_step(page, *row, row[1]));
            add_cells(out, page, *row, row->margin > page->indent ? row->margin : page->indent, in_table);
            continue;
        }
        struct region region = {i, i, row->split};
        while (region.last + 1 < page->row_count && page->rows[region.last + 1].split == region.split)
            region.last++;
        add_column(out, page, &region, SIDE_LEFT);
        buffer_add_byte(out, '\n');
        add_column(out, page, &region, SIDE_RIGHT);
        i = region.last;
    }
}

static void read_page(struct buffer *out, struct page *page, struct slice text)
{
    struct slice rest = text, line;
    page->text = text;
    page->cell_count = page->row_count = 0;
    while (slice_next_line(&rest, &line))
        add_line(page, line, (size_t)(line.bytes - text.bytes));
    lift_stamp(page);
    page->indent = shared_indent(page);
    find_columns(page);
    add_rows(out, page);
}

void layout_reading_order(struct buffer *out, struct slice text)
{
    struct page page = {0};
    struct buffer unbarred = {0};
    page.cells = grow(NULL, 0, &page.cell_capacity, sizeof *page.cells); /* never NULL: rows point into it */
    while (text.len > 0) {
        size_t end = slice_find_byte(text, '\f', 0);
        buffer_clear(&unbarred);
        bars_take_off(&unbarred, slice_range(text, 0, end == SLICE_NONE ? text.len : end));
        read_page(out, &page, buffer_get(&unbarred));
        if (end == SLICE_NONE)
            break;
        buffer_add_byte(out, '\f');
        text = slice_skip(text, end + 1);
    }
    buffer_free(&unbarred);
    free(page.cells);
    free(page.rows);
}

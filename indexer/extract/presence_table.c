#include "extract/presence_table.h"

#include <string.h>

enum {
    CELL_GAP = 2, /* blanks that divide two cells */
    LONGEST_HEAD_BYTES = 40
};

/* The next cell of the line at or after `at`, blanks trimmed; false at its end. An empty cell between bars counts. */
static bool next_cell(const struct document *document, size_t line, bool has_bars, size_t *at, struct span *cell)
{
    struct slice folded = document->folded;
    size_t to = document->lines[line].end;
    size_t start = skip_blanks(folded, *at);
    if (start >= to)
        return false;
    size_t end = start;
    while (end < to && (has_bars ? folded.bytes[end] != '|' : skip_blanks(folded, end) < end + CELL_GAP))
        end++;
    *at = end + has_bars;
    while (end > start && folded.bytes[end - 1] == ' ')
        end--;
    *cell = (struct span){start, end};
    return true;
}

static size_t column_of(const struct document *document, size_t at)
{
    size_t column = 0;
    while (at > 0 && document->folded.bytes[at - 1] != '\n' && document->folded.bytes[at - 1] != '\f') {
        at--;
        column += ((unsigned char)document->folded.bytes[at] & 0xC0) != 0x80; /* bytes that begin a character */
    }
    return column;
}

static bool is_head(const struct document *document, struct span cell, struct table_column *column)
{
    static const struct {
        const char *phrase;
        enum table_status status;
    } heads[] = {{"present*", STATUS_PRESENT},      {"absent*", STATUS_ABSENT},     {"excuse*", STATUS_ABSENT},
                 {"pouvoir*", STATUS_PROXY},        {"procuration*", STATUS_PROXY}, {"represente* par", STATUS_PROXY},
                 {"donne* pouvoir*", STATUS_PROXY}, {"mandataire*", STATUS_PROXY}};
    static const char *const names[] = {"nom*",    "prenom*",    "delegue*", "elu*",    "conseiller*",
                                        "membre*", "titulaire*", "civilite", "qualite", NULL};
    enum { NAME_HEADS = 7 };
    size_t end;
    *column = (struct table_column){.head = cell, .from_column = column_of(document, cell.start)};
    if (cell.end - cell.start > LONGEST_HEAD_BYTES)
        return false;
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        if (phrase_at(document->folded, cell.start, heads[i].phrase) != SLICE_NONE)
            column->status = heads[i].status;
    int which = phrases_at(document->folded, cell.start, names, &end);
    column->is_name = which >= 0 && which < NAME_HEADS;
    return true;
}

/* Heads with the least gap between all of them come from a format that knows cells, not columns: its rows are to be
 * counted, and have bars when one of their cells is empty. */
static bool is_aligned(const struct document *document, size_t line)
{
    struct slice folded = document->folded;
    for (size_t at = document->lines[line].start; at < document->lines[line].end; at++)
        if (skip_blanks(folded, at) > at + CELL_GAP)
            return true;
    return false;
}

/* « COMMUNE | DÉLÉGUÉ | PRÉSENT | ABSENT | POUVOIR À »: two heads that tell how members took part, and no list. */
static bool read_head(struct presence_table *out, const struct document *document, size_t line)
{
    size_t statuses = 0;
    size_t at = document->lines[line].start;
    struct slice text = line_text(document, line);
    struct span cell;
    *out = (struct presence_table){.head_line = line, .has_bars = slice_find_byte(text, '|', 0) != SLICE_NONE};
    out->is_aligned = out->has_bars || is_aligned(document, line);
    if (slice_find_byte(text, ':', 0) != SLICE_NONE || slice_find_byte(text, ',', 0) != SLICE_NONE)
        return false;
    while (next_cell(document, line, out->has_bars, &at, &cell)) {
        if (out->count == MAX_TABLE_COLUMNS || !is_head(document, cell, &out->columns[out->count]))
            return false;
        statuses += out->columns[out->count++].status != STATUS_NONE;
    }
    return statuses >= 2 && out->count > statuses;
}

/* The index of the column that a cell stands in: by count between bars, else the head that begins nearest. */
static size_t column_at(const struct presence_table *table, const struct document *document, struct span cell,
                        size_t index)
{
    if (table->has_bars || !table->is_aligned)
        return index < table->count ? index : table->count - 1;
    size_t from = column_of(document, cell.start);
    size_t best = 0;
    for (size_t i = 1; i < table->count; i++) {
        size_t here = table->columns[i].from_column;
        size_t there = table->columns[best].from_column;
        size_t distance = here > from ? here - from : from - here;
        if (distance < (there > from ? there - from : from - there))
            best = i;
    }
    return best;
}

/* « X », « 1 », « ✓ », « oui » */
static bool is_mark(const struct document *document, struct span cell)
{
    struct slice text = slice_range(document->folded, cell.start, cell.end);
    return (text.len == 1 && memchr("x1*+v", text.bytes[0], 5)) || slice_equal(text, SLICE("oui")) ||
           slice_equal(text, SLICE("✓")) || slice_equal(text, SLICE("✔")) || slice_equal(text, SLICE("•"));
}

static bool has_name_column(const struct presence_table *table)
{
    for (size_t i = 0; i < table->count; i++)
        if (table->columns[i].is_name)
            return true;
    return false;
}

static bool row_has_bars(const struct presence_table *table, const struct document *document, size_t line)
{
    return table->has_bars || slice_find_byte(line_text(document, line), '|', 0) != SLICE_NONE;
}

bool presence_table_tells(const struct presence_table *table, const struct document *document, size_t line)
{
    return table->is_aligned || row_has_bars(table, document, line) || !is_aligned(document, line);
}

enum table_status presence_table_row(const struct presence_table *table, const struct document *document, size_t line,
                                     struct span *name, struct span *holder)
{
    enum table_status status = STATUS_NONE;
    size_t at = document->lines[line].start;
    bool named = has_name_column(table);
    bool has_bars = row_has_bars(table, document, line);
    struct span cell;
    *name = *holder = (struct span){0, 0};
    for (size_t index = 0; next_cell(document, line, has_bars, &at, &cell); index++) {
        const struct table_column *column = &table->columns[column_at(table, document, cell, index)];
        bool marked = is_mark(document, cell);
        if (cell.end == cell.start)
            continue;
        if (column->status == STATUS_PROXY && !marked)
            *holder = cell;
        else if (column->status == STATUS_NONE && !marked && (column->is_name || !named))
            *name = (struct span){column->is_name && name->end > 0 ? name->start : cell.start, cell.end};
        if (column->status == STATUS_PROXY || (column->status != STATUS_NONE && marked && status != STATUS_PROXY))
            status = column->status;
    }
    return name->end > name->start ? status : STATUS_NONE;
}

bool presence_table_find(struct presence_table *out, const struct document *document, size_t to)
{
    struct span name;
    struct span holder;
    for (size_t line = 0; line + 1 < document->line_count && document->lines[line].start < to; line++) {
        if (!read_head(out, document, line))
            continue;
        for (size_t row = line + 1; row < document->line_count && row <= line + 3; row++)
            if (presence_table_row(out, document, row, &name, &holder) != STATUS_NONE)
                return true;
    }
    return false;
}

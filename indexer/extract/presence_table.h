/* Those present in a table: a row for each member, a cross in the column « Présent » or « Absent », the holder's name
 * in the column « Pouvoir à ». Cells are divided by bars, or stand under the heads of their columns. */
#ifndef DELIB_INDEXER_EXTRACT_PRESENCE_TABLE_H
#define DELIB_INDEXER_EXTRACT_PRESENCE_TABLE_H

#include "extract/document.h"

enum table_status { STATUS_NONE, STATUS_PRESENT, STATUS_ABSENT, STATUS_PROXY };

enum { MAX_TABLE_COLUMNS = 12 };

struct table_column {
    struct span head;
    size_t from_column; /* in characters from the start of the line */
    enum table_status status;
    bool is_name;
};

struct presence_table {
    struct table_column columns[MAX_TABLE_COLUMNS];
    size_t count;
    size_t head_line;
    bool has_bars;
    bool is_aligned; /* crosses stand under their heads; else cells are counted */
};

/* The first table above `to`; false when there is none. */
bool presence_table_find(struct presence_table *out, const struct document *document, size_t to);

/* What the row on `line` says: whose it is, how he or she took part, who held the proxy (start == end: nobody named).
 * STATUS_NONE when the line is no row. */
enum table_status presence_table_row(const struct presence_table *table, const struct document *document, size_t line,
                                     struct span *name, struct span *holder);

/* Whether it is sure under which head the crosses of a row stand. Where heads stand too near to each other for columns
 * and the cells of the row cannot be counted, it is not: the row belongs to the table, but says nothing. */
bool presence_table_tells(const struct presence_table *table, const struct document *document, size_t line);

#endif

/* Text put down block by block. What stands between two pieces (a space, two for a tab, a line end, an empty line) is
 * only written when the second one comes, so that blocks can open and close in any nesting and leave no empty lines
 * behind. */
#ifndef DELIB_INDEXER_READERS_FLOW_H
#define DELIB_INDEXER_READERS_FLOW_H

#include "base/buffer.h"

/* The larger one asked for wins. */
enum flow_gap { GAP_NONE, GAP_SPACE, GAP_TAB, GAP_LINE, GAP_PARAGRAPH };

enum {
    FLOW_MAX_LISTS = 32, /* lists nested deeper get bullets: nobody numbers that deep */
    FLOW_MAX_CELLS = 24  /* of a row whose empty cells are told: wider tables hold accounts, not members */
};

struct flow_list {
    unsigned next; /* number of the next item; 0: bullets */
    char mark;     /* after the number: '.' or ')' */
};

/* Start with flow_begin. */
struct flow {
    struct buffer *out;
    size_t start_bytes; /* of this text in `out` */
    enum flow_gap gap;
    bool row_has_text;            /* since the table row began */
    bool row_has_lines;           /* since then: its cells are blocks of text side by side, not values */
    size_t cells[FLOW_MAX_CELLS]; /* where the text of each cell of the row begins in `out`; 0: it is empty */
    size_t cell_count;            /* past FLOW_MAX_CELLS: the row is left as it is */
    bool cell_ended;              /* two spaces are due */
    bool at_cell_start;           /* the blocks in a cell ask for gaps between each other, not before the first one */
    bool item_begun;              /* the mark of a list item is due */
    struct flow_list lists[FLOW_MAX_LISTS];
    size_t list_depth;
};

void flow_begin(struct flow *flow, struct buffer *out);

void flow_ask(struct flow *flow, enum flow_gap gap);
void flow_break(struct flow *flow); /* a line end; a second one in a row gives an empty line */

void flow_words(struct flow *flow, struct slice text);    /* every run of white space is one space */
void flow_drop_end(struct flow *flow, char sign);         /* what was put down last, if it is that sign */
void flow_verbatim(struct flow *flow, struct slice text); /* as it is */

void flow_row(struct flow *flow); /* a table row begins */
void flow_cell(struct flow *flow);
void flow_cell_end(struct flow *flow); /* the next text of the row comes after two spaces; after an empty
                                           line when a cell has had several lines */
void flow_row_end(struct flow *flow);  /* a row with an empty cell before another gets bars between all of its cells */

void flow_list_begin(struct flow *flow, unsigned first_number, char mark); /* first_number 0: bullets */
void flow_list_end(struct flow *flow);
void flow_item(struct flow *flow);

/* What an element does to the text around it, whatever the format calls it. */
enum flow_block {
    BLOCK_NONE,
    BLOCK_LINE,  /* stands on lines of its own */
    BLOCK_APART, /* between empty lines */
    BLOCK_ROW,
    BLOCK_CELL,
    BLOCK_BREAK,
    BLOCK_TAB
};

void flow_block_begin(struct flow *flow, enum flow_block block);
void flow_block_end(struct flow *flow, enum flow_block block);

/* Append what was put down, safe to show and ending in \n, below an empty line when there is text already. */
void flow_take(struct buffer *out, const struct buffer *text);

#endif

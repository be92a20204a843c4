/* A cell of a CSV table (RFC 4180). */
#ifndef DELIB_QUERY_PRINT_TABLE_H
#define DELIB_QUERY_PRINT_TABLE_H

#include "base/buffer.h"

/* Quoted when need be. For spreadsheets, a text that would be taken for a formula gets an apostrophe before it; a
 * number does not. Line ends inside become blanks: a row is a line. */
void table_add_cell(struct buffer *out, struct slice text, char separator, bool for_spreadsheets);

#endif

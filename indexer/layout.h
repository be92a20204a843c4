/* Lines as they lie on the page → lines in the order in which they are read.
 *
 * `pdftotext -layout` prints what stands side by side on the page side by side in a line, so the letterhead in the left
 * margin cuts every sentence of the text beside it. Here the margin comes out first, then the text beside it; a
 * transmission stamp in a corner comes out before the lines that it stands beside. Page by page, and only where a
 * column of prose stands beside another column that does not keep step with it: tables, lists, signatures side by
 * side and centred titles stay in place, line by line, their cells apart by at least two spaces.
 * Text without columns comes out as it was, but for the indentation that all its lines share. */
#ifndef DELIB_INDEXER_LAYOUT_H
#define DELIB_INDEXER_LAYOUT_H

#include "base/buffer.h"
#include "base/slice.h"

/* Append `text` (valid UTF-8; pages end in a form feed) in reading order. Takes time in proportion to the text. */
void layout_reading_order(struct buffer *out, struct slice text);

#endif

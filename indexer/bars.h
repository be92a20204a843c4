/* Tables drawn with bars, as antiword and others print them: « |Date de la convocation : |Le maire expose … | ».
 *
 * Minutes are often one table with a narrow margin (letterhead, counts of members) beside the text: there the bars only
 * cut sentences, and the columns are read one after the other. A table of data, whose rows mostly fill several cells,
 * stays as it is. */
#ifndef DELIB_INDEXER_BARS_H
#define DELIB_INDEXER_BARS_H

#include "base/buffer.h"
#include "base/slice.h"

/* Append `text` with the barred columns of prose put one below the other. */
void bars_take_off(struct buffer *out, struct slice text);

#endif

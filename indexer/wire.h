/* Numbers and texts in a row of bytes, between this program and its children on the same machine. */
#ifndef DELIB_INDEXER_WIRE_H
#define DELIB_INDEXER_WIRE_H

#include <stdint.h>

#include "base/buffer.h"

void wire_add_number(struct buffer *out, uint64_t number);
void wire_add_text(struct buffer *out, struct slice text);

/* Take the next one off `rest`: 0 or empty when the bytes end before it, and then `rest` is empty too. */
uint64_t wire_take_number(struct slice *rest);
struct slice wire_take_text(struct slice *rest); /* lent */

#endif

/* Numbers, texts and hashes put into a row of bytes one after the other, and taken out of it again.
 *
 * Numbers lie in groups of seven bits, the lowest first, all but the last with the eighth bit set; texts after their
 * lengths; hexadecimal figures two in a byte; a hash as a text of 32 bytes, none as an empty one. Bytes taken are not
 * trusted: what makes no sense is marked in the rest, and gives 0 or nothing. */
#ifndef DELIB_BASE_PACKED_H
#define DELIB_BASE_PACKED_H

#include <stdint.h>

#include "base/arena.h"
#include "base/buffer.h"

void packed_add_number(struct buffer *out, uint64_t number);
void packed_add_text(struct buffer *out, struct slice text);
void packed_add_figures(struct buffer *out, struct slice hex);
void packed_add_hash(struct buffer *out, struct slice hex); /* one that is not 64 figures is left out */

/* What is left, and whether it made sense so far. */
struct packed_rest {
    struct slice bytes;
    bool is_cut;
};

unsigned packed_take_byte(struct packed_rest *rest);
uint64_t packed_take_number(struct packed_rest *rest);
struct slice packed_take_bytes(struct packed_rest *rest, uint64_t len); /* lent, like the next */
struct slice packed_take_text(struct packed_rest *rest);
struct slice packed_take_figures(struct arena *arena, struct packed_rest *rest, size_t count);
struct slice packed_take_hash(struct arena *arena, struct packed_rest *rest); /* its 64 figures, or none */

#endif

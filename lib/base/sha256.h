/* SHA-256, to tell whether two contents are the same and to name things by their content. */
#ifndef DELIB_BASE_SHA256_H
#define DELIB_BASE_SHA256_H

#include <stdint.h>

#include "base/slice.h"

enum { SHA256_HEX_BYTES = 64 };

struct sha256 {
    char hex[SHA256_HEX_BYTES + 1]; /* lower case, ends in NUL; "" stands for no content */
};

struct sha256 sha256_of(struct slice bytes);

/* The first eight bytes of it as a number: for many small contents that are to be known again, not to be named. */
uint64_t sha256_start_of(struct slice bytes);

/* The same of bytes that come one after the other. */
struct sha256_sum;

struct sha256_sum *sha256_begin(void);
void sha256_add(struct sha256_sum *sum, struct slice bytes);
struct sha256 sha256_end(struct sha256_sum *sum); /* frees it */

#endif

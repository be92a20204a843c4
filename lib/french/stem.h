/* A folded word → its stem, by libstemmer's french algorithm with the corrections in stem.c.
 *
 * A stemmer keeps the stems it has found (most words of a text have come before), in bounded memory. */
#ifndef DELIB_FRENCH_STEM_H
#define DELIB_FRENCH_STEM_H

#include "base/slice.h"

struct stemmer;

struct stemmer *stemmer_new(void);
void stemmer_free(struct stemmer *stemmer);

/* Lent until the next call. Numbers and words with digits come back as they are. A stem begins with the first two bytes
 * of its word. */
struct slice stemmer_stem(struct stemmer *stemmer, struct slice folded_word);

#endif

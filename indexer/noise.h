/* Whether a text looks like a poor recognition of scanned pages: signs that stand alone where no one writes them, and
 * words with capitals or figures in the middle. Its words can still be found, but fields may be misread. */
#ifndef DELIB_INDEXER_NOISE_H
#define DELIB_INDEXER_NOISE_H

#include "base/slice.h"

bool text_is_noisy(struct slice text);

/* Signs and words that nobody writes, in a thousand; 0 where there are too few words to tell. */
unsigned text_odd_per_thousand(struct slice text);

#endif

/* Words too common to rank by (data/stopwords.txt, folded, compiled in). */
#ifndef DELIB_FRENCH_STOPWORDS_H
#define DELIB_FRENCH_STOPWORDS_H

#include "base/slice.h"

bool is_stopword(struct slice folded_word);

#endif

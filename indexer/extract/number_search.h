/* Where a number or a date may begin, in figures or in words, by what the document has been gone through for. */
#ifndef DELIB_INDEXER_EXTRACT_NUMBER_SEARCH_H
#define DELIB_INDEXER_EXTRACT_NUMBER_SEARCH_H

#include "extract/document.h"
#include "french/numbers.h"

/* The next word in [from, to) that may open a number (« 12 », « douze »); SLICE_NONE when there is none. */
size_t next_number(const struct document *document, size_t from, size_t to);
size_t next_figures(const struct document *document, size_t from, size_t to); /* « 12 » only */

/* The first date that begins in [from, to); false when there is none. */
bool next_date(struct french_date *out, const struct document *document, size_t from, size_t to);

#endif

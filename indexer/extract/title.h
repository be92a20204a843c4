/* Where a title ends: titles run over lines, and nothing marks their end but the look of the next line. */
#ifndef DELIB_INDEXER_EXTRACT_TITLE_H
#define DELIB_INDEXER_EXTRACT_TITLE_H

#include "extract/document.h"

enum { MAX_TITLE_BYTES = 700 /* the longest real ones are near 500 */ };

/* End of the title that begins at `start` on `line`. */
size_t title_end(const struct document *document, size_t line, size_t start);

/* The end of start..end without the punctuation and blanks that close it. */
size_t title_trim(struct slice folded, size_t start, size_t end);

/* Whether a line cannot end a phrase: « … de la », « … et », a comma or a hyphen. */
bool line_hangs(const struct document *document, size_t line);
/* Whether the margin broke `line`: the first word of the next one had no room on it. A line broken before that was
 * ended on purpose. There must be a next line. */
bool line_is_wrapped(const struct document *document, size_t line);

bool line_starts_lower(const struct document *document, size_t line);
bool line_ends_sentence(const struct document *document, size_t line);
bool line_is_capitals(const struct document *document, size_t line);

bool line_names_service(const struct document *document, size_t line); /* « (Direction de la culture) » */

/* How the matter under a title opens: « Monsieur le Maire expose », « Vu », « Le conseil municipal ». */
bool line_opens_matter(const struct document *document, size_t line);

#endif

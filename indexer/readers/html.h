/* HTML → text: blocks become lines, table rows one line each with two spaces between the cells, list items « - ».
 * Scripts, styles, menus (nav) and form controls are left out. Nothing outside the document is ever fetched. */
#ifndef DELIB_INDEXER_READERS_HTML_H
#define DELIB_INDEXER_READERS_HTML_H

#include "readers/flow.h"
#include "readers/reader.h"

bool html_is(struct slice text);        /* it says so itself */
bool html_is_likely(struct slice text); /* it begins with a tag, and more follow */
bool html_has_tags(struct slice text);  /* else it is text, whatever its name says */

void read_html(struct reading *out, struct slice text);

/* Put a document or a piece of one into `flow`, and its <title> into `title` (may be NULL). False when tags are nested
 * too deep; `flow` then has the text up to there. */
bool html_flow(struct flow *flow, struct slice html, struct buffer *title);

#endif

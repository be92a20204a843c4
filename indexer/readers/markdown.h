/* Markdown → text without its marks: paragraphs and headings apart by an empty line, line ends kept, list items with
 * « - » or their number, table rows one line each with two spaces between the cells. */
#ifndef DELIB_INDEXER_READERS_MARKDOWN_H
#define DELIB_INDEXER_READERS_MARKDOWN_H

#include "readers/reader.h"

void read_markdown(struct reading *out, struct slice text);

#endif

/* OpenDocument texts (.odt, and .sxw before it): the text as it is printed once all changes are accepted.
 *
 * In order: the header of the first page, the text, the footnotes and endnotes. Left out: tracked deletions, comments,
 * hidden text, footers. Numbers of lists and headings, which are not in the text, are written out. Pages are not
 * known. */
#ifndef DELIB_INDEXER_READERS_ODT_H
#define DELIB_INDEXER_READERS_ODT_H

#include "readers/zip_members.h"

void read_odt(struct reading *out, struct arena *arena, struct zip_members *zip);

/* The same once the parts are unpacked; `styles` may be empty. */
void read_odt_parts(struct reading *out, struct arena *arena, struct slice content, struct slice styles);

#endif

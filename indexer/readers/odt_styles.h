/* The styles of an OpenDocument text → office_styles.h. They stand in styles.xml and, those that the user made in
 * passing, in content.xml. What is wrong in them costs only what they would have said. */
#ifndef DELIB_INDEXER_READERS_ODT_STYLES_H
#define DELIB_INDEXER_READERS_ODT_STYLES_H

#include "readers/office_styles.h"
#include "readers/xml_walk.h"

#define ODT_OUTLINE "outline" /* the list that numbered headings belong to */

void odt_styles_read(struct office_styles *styles, struct arena *arena, struct slice xml);

/* Which header the first page has: the element of that name in the master page of that name. */
struct odt_header {
    struct slice page;
    const char *element;
};

/* False when there is none in `styles` (styles.xml). */
bool odt_header_find(struct odt_header *out, struct arena *arena, struct slice styles);

#endif

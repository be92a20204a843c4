/* word/styles.xml and word/numbering.xml → office_styles.h. What is wrong in them costs only what they would have said.
 */
#ifndef DELIB_INDEXER_READERS_DOCX_STYLES_H
#define DELIB_INDEXER_READERS_DOCX_STYLES_H

#include "readers/office_styles.h"
#include "readers/xml_walk.h"

void docx_styles_read(struct office_styles *styles, struct arena *arena, struct slice xml);
void docx_numbering_read(struct office_styles *styles, struct arena *arena, struct slice xml);

/* Take in one element of a paragraph's (or a style's) properties. */
void docx_paragraph_take(struct office_paragraph *paragraph, struct arena *arena, const char *name,
                         const struct xml_attributes *attributes);

#endif

/* Text in XML: nothing of a document can end an element or an attribute, and nothing that XML 1.0 forbids gets in. */
#ifndef DELIB_QUERY_PRINT_XML_H
#define DELIB_QUERY_PRINT_XML_H

#include "base/buffer.h"

void xml_add_text(struct buffer *out, struct slice text);
void xml_add_element(struct buffer *out, const char *name, struct slice text); /* nothing when the text is empty */
/* As part of an address: what is no letter, figure or -._~/: is written %XX. */
void xml_add_address(struct buffer *out, struct slice text);

#endif

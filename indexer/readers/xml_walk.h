/* XML from outside, element by element, without building a tree.
 *
 * Nothing is ever fetched: no DTD, no external entity, no network. A document that declares entities of its own is
 * refused (what for, but to swell when they are expanded?), and so is one nested too deep. Elements and attributes go
 * by their local names: the prefixes are the producers' choice. */
#ifndef DELIB_INDEXER_READERS_XML_WALK_H
#define DELIB_INDEXER_READERS_XML_WALK_H

#include "base/slice.h"
#include "base/status.h"

enum { XML_WALK_MAX_DEPTH = 200 }; /* tables in tables in text boxes reach 40; libxml2 itself stops at 256 */

struct xml_attributes; /* lent to `start` */

/* The value of the attribute; bytes are NULL when the element has none of that name. */
struct slice xml_attribute(const struct xml_attributes *attributes, const char *name);

struct xml_visitor {
    void (*start)(void *context, const char *name, const struct xml_attributes *attributes);
    void (*end)(void *context, const char *name);
    void (*text)(void *context, struct slice text); /* valid UTF-8; may come in pieces; NULL: not wanted */
};

/* DELIB_OK; DELIB_INVALID when the XML is not well-formed or refused, with the line and the reason. What was visited
 * before stays visited. With `lenient` faults in the form are passed over as far as libxml2 can. */
enum delib_status xml_walk(const struct xml_visitor *visitor, void *context, struct slice xml, bool lenient,
                           struct delib_error *error);

/* Have libxml2 end the process when memory runs out (base/memory.h), rather than go on with half a document; to be
 * called before it is used, any number of times. xml_walk does. */
void xml_set_memory(void);

#endif

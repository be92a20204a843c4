#include "readers/xml_walk.h"

#include <libxml/parser.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/words.h"

/* As libxml2 hands them over: local name, prefix, namespace, start and end of the value. */
struct xml_attributes {
    const xmlChar **parts;
    int count;
};

enum { PARTS_AN_ATTRIBUTE = 5, PART_VALUE = 3, PART_END = 4 };

struct walk {
    const struct xml_visitor *visitor;
    void *context;
    xmlParserCtxtPtr parser;
    size_t depth;
    const char *refused; /* words for a person; NULL: not refused */
};

struct slice xml_attribute(const struct xml_attributes *attributes, const char *name)
{
    for (int i = 0; i < attributes->count; i++) {
        const xmlChar **parts = attributes->parts + (ptrdiff_t)i * PARTS_AN_ATTRIBUTE;
        if (strcmp((const char *)parts[0], name) == 0)
            return (struct slice){(const char *)parts[PART_VALUE], (size_t)(parts[PART_END] - parts[PART_VALUE])};
    }
    return (struct slice){0};
}

static void refuse(struct walk *walk, const char *words)
{
    walk->refused = words;
    xmlStopParser(walk->parser);
}

static void on_start(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri, int namespace_count,
                     const xmlChar **namespaces, int count, int default_count, const xmlChar **parts)
{
    struct walk *walk = context;
    struct xml_attributes attributes = {parts, count};
    (void)prefix, (void)uri, (void)namespace_count, (void)namespaces, (void)default_count;
    if (walk->refused)
        return;
    if (++walk->depth > XML_WALK_MAX_DEPTH)
        refuse(walk, N_("elements are nested too deep"));
    else
        walk->visitor->start(walk->context, (const char *)name, &attributes);
}

static void on_end(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
    struct walk *walk = context;
    (void)prefix, (void)uri;
    if (walk->refused)
        return;
    walk->depth--;
    walk->visitor->end(walk->context, (const char *)name);
}

static void on_characters(void *context, const xmlChar *characters, int len)
{
    struct walk *walk = context;
    if (!walk->refused && walk->visitor->text)
        walk->visitor->text(walk->context, (struct slice){(const char *)characters, (size_t)len});
}

static void on_entity(void *context, const xmlChar *name, int type, const xmlChar *public_id, const xmlChar *system_id,
                      xmlChar *content)
{
    (void)name, (void)type, (void)public_id, (void)system_id, (void)content;
    refuse(context, N_("it declares entities of its own"));
}

static enum delib_status fail_malformed(const xmlParserCtxt *parser, struct delib_error *error)
{
    struct slice message = slice_trim(slice_of(parser->lastError.message ? parser->lastError.message : "XML"));
    return delib_fail(error, DELIB_INVALID, _("line %d: %.*s"), parser->lastError.line, (int)message.len,
                      message.bytes);
}

static void *xml_allocate(size_t size_bytes)
{
    return memory_resize(NULL, 1, size_bytes);
}

static void *xml_resize(void *block, size_t size_bytes)
{
    return memory_resize(block, 1, size_bytes);
}

static char *xml_copy(const char *string)
{
    return memory_dup(string, strlen(string));
}

void xml_set_memory(void)
{
    xmlMemSetup(free, xml_allocate, xml_resize, xml_copy);
}

enum delib_status xml_walk(const struct xml_visitor *visitor, void *context, struct slice xml, bool lenient,
                           struct delib_error *error)
{
    if (xml.len > INT_MAX)
        return delib_fail(error, DELIB_INVALID, _("larger than %d MB"), INT_MAX >> 20);
    xml_set_memory();
    xmlParserCtxtPtr parser = xmlNewParserCtxt();
    if (!parser)
        memory_exhausted();
    struct walk walk = {.visitor = visitor, .context = context, .parser = parser};
    *parser->sax = (xmlSAXHandler){.initialized = XML_SAX2_MAGIC,
                                   .startElementNs = on_start,
                                   .endElementNs = on_end,
                                   .characters = on_characters,
                                   .ignorableWhitespace = on_characters,
                                   .entityDecl = on_entity};
    parser->userData = &walk;
    int options = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | (lenient ? XML_PARSE_RECOVER : 0);
    xmlDocPtr document = xmlCtxtReadMemory(parser, xml.bytes, (int)xml.len, NULL, NULL, options);
    enum delib_status status = DELIB_OK;
    if (walk.refused)
        status = delib_fail(error, DELIB_INVALID, "%s", _(walk.refused));
    else if (!parser->wellFormed && !lenient)
        status = fail_malformed(parser, error);
    xmlFreeDoc(document); /* none is built: the handlers above take everything */
    xmlFreeParserCtxt(parser);
    return status;
}

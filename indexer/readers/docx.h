/* Word documents (.docx): the text as it is printed once all changes are accepted.
 *
 * In order: the header of the first page, the text, the footnotes and endnotes. Left out: tracked deletions, hidden
 * text, comments, the codes of fields, footers, what stands in for drawings in old versions. Numbers that Word puts in
 * front of paragraphs by itself are written out. Pages are not known: Word makes them when it prints. */
#ifndef DELIB_INDEXER_READERS_DOCX_H
#define DELIB_INDEXER_READERS_DOCX_H

#include "readers/zip_members.h"

/* The parts of a document, as XML; all but the body may be empty. */
struct docx_parts {
    struct buffer styles;
    struct buffer numbering;
    struct buffer header;
    struct buffer body;
    struct buffer footnotes;
    struct buffer endnotes;
};

void docx_parts_free(struct docx_parts *parts);

void read_docx(struct reading *out, struct arena *arena, struct zip_members *zip);

/* The same once the parts are unpacked. */
void read_docx_parts(struct reading *out, struct arena *arena, const struct docx_parts *parts);

#endif

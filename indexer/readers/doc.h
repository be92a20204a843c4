/* Word documents of before 2007 (.doc), through antiword: paragraphs, tables row by row, footnotes after the text. */
#ifndef DELIB_INDEXER_READERS_DOC_H
#define DELIB_INDEXER_READERS_DOC_H

#include "readers/reader.h"

/* Whether these are the bytes of an OLE container: a Word document, or another of that family. */
bool ole_is(struct slice bytes);

/* Stops the reading when the container holds no Word document. */
void read_doc(struct reading *out, struct slice bytes);

/* The text of what antiword writes, DocBook. */
void read_docbook(struct reading *out, struct slice docbook);

#endif

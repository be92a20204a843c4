/* PDF → text, by pdftotext in a child with limits (child.h). Pictures of text are not read: "needs-ocr" says so. */
#ifndef DELIB_INDEXER_READERS_PDF_H
#define DELIB_INDEXER_READERS_PDF_H

#include "readers/reader.h"

bool pdf_is(struct slice bytes);

void read_pdf(struct reading *out, struct slice bytes, const struct read_options *options);

/* What pdftotext printed of it: every page ends with a form feed; in out->text they stand between pages. */
void pdf_take_pages(struct reading *out, struct slice bytes, struct slice pages, const struct read_options *options);

#endif

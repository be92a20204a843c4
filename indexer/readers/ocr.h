/* Pages that are pictures, brought to text by pdftoppm and tesseract (French), a child process for each page.
 *
 * Recognising a page takes seconds, so what came of a document is kept in a folder under its SHA-256 by the run that
 * asked for it (ocr_cache.h); here that folder is only read. */
#ifndef DELIB_INDEXER_READERS_OCR_H
#define DELIB_INDEXER_READERS_OCR_H

#include "readers/reader.h"

/* Make out->recognised the text of the pages of a PDF, a form feed behind each. False when that cannot be: `out` says
 * why. A page that cannot be recognised is empty and told in the notes. */
bool ocr_pdf(struct reading *out, struct slice pdf, size_t page_count, const struct read_options *options);

#endif

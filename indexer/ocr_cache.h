/* Texts of scanned documents as they were recognised, one file each under the document's SHA-256. Losing them costs
 * time only. */
#ifndef DELIB_INDEXER_OCR_CACHE_H
#define DELIB_INDEXER_OCR_CACHE_H

#include "base/buffer.h"
#include "base/status.h"

/* $XDG_CACHE_HOME/delib/ocr, else ~/.cache/delib/ocr; the caller's, to free(). NULL when neither is set. */
char *ocr_cache_folder(void);

/* Append where the text of a document is kept. */
void ocr_cache_path(struct buffer *out, const char *folder, const char *sha256);

/* Keep a text, whole or not at all; makes the folder. DELIB_IO. */
enum delib_status ocr_cache_keep(const char *folder, const char *sha256, struct slice text, struct delib_error *error);

#endif

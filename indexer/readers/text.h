/* Plain text. Nothing is dropped; lines that were printed by `pdftotext -layout` are put in reading order. */
#ifndef DELIB_INDEXER_READERS_TEXT_H
#define DELIB_INDEXER_READERS_TEXT_H

#include "readers/reader.h"

void read_text(struct reading *out, struct slice text);

#endif

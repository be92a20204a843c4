/* What the lines above the matter are (enum line_kind): shared by the fields that must know where the header ends. */
#ifndef DELIB_INDEXER_EXTRACT_HEADER_H
#define DELIB_INDEXER_EXTRACT_HEADER_H

#include "extract/document.h"

/* Set document->kinds: the kind of each line; lists that run over several lines are followed. */
void header_classify(struct document *document);

#endif

/* RTF documents, through unrtf and then as HTML. */
#ifndef DELIB_INDEXER_READERS_RTF_H
#define DELIB_INDEXER_READERS_RTF_H

#include "readers/reader.h"

bool rtf_is(struct slice bytes);
void read_rtf(struct reading *out, struct slice bytes);

/* Append `rtf` as unrtf can read it without losing anything: what is deleted or hidden is left out, and the stand-in
 * behind a character given by its number, which it takes to reach to the next blank, is written by its code. */
void rtf_prepare(struct buffer *out, struct slice rtf);

#endif

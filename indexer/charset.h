/* Bytes in one of the encodings that French town halls have used → UTF-8.
 *
 * In this order: a byte order mark, UTF-16 without one, valid (or nearly valid) UTF-8, what the document declares of
 * itself, else the 8-bit encoding in which the bytes give the most French letters; Windows-1252 when nothing tells.
 * The result is valid UTF-8 whatever comes in: without byte order mark, lines ending in \n, control characters other
 * than tab, line feed and form feed made spaces, malformed bytes made U+FFFD. */
#ifndef DELIB_INDEXER_CHARSET_H
#define DELIB_INDEXER_CHARSET_H

#include "base/buffer.h"
#include "base/slice.h"

/* Append `bytes` as text; returns the name of their encoding ("UTF-8", "WINDOWS-1252"; static storage). `repaired`
 * tells whether it was text encoded twice, as charset_repair knows it. */
const char *charset_decode(struct buffer *out, struct slice bytes, bool *repaired);

/* Repair text that was taken for Windows-1252 once too often, « dÃ©libÃ©ration », where nothing else can be meant:
 * nearly all that is not ASCII in it comes in such pairs. Returns whether that was so; any other text stays as it is.
 */
bool charset_repair(struct buffer *text);

/* Whether these bytes are no text in any encoding: too many control characters. */
bool charset_is_binary(struct slice bytes);

#endif

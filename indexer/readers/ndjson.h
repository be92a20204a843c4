/* One act a line, as JSON with the record's names (act_json.h). Empty lines mean nothing; a line that cannot be read,
 * or has neither a text nor an objet, is counted and the others stand. */
#ifndef DELIB_INDEXER_READERS_NDJSON_H
#define DELIB_INDEXER_READERS_NDJSON_H

#include "readers/reader.h"

enum { NDJSON_LINE_MAX_BYTES = 16 * 1024 * 1024 }; /* one act with all its annexes; bounds what one line can cost */

/* Whether the first line that is not empty is an act. */
bool ndjson_is(struct slice text);

void read_ndjson(struct reading *out, struct arena *arena, struct slice text);

/* The lines that could not be read, in words for a person. */
struct slice bad_lines_words(struct arena *arena, const struct bad_lines *lines);

#endif

/* The XML that a council sends beside an act when it transmits it to the prefecture by @CTES: number, day, objet,
 * nature and matière of the act, and the name of the file that holds it.
 *
 * It completes that file's act as a sidecar does, after the sidecars: what people wrote by hand is later and wins. */
#ifndef DELIB_INDEXER_ENVELOPE_H
#define DELIB_INDEXER_ENVELOPE_H

#include "act/act.h"
#include "base/status.h"

enum { ENVELOPE_MAX_BYTES = 256 * 1024 }; /* one with all its annexes listed has 5 kB */

/* Whether this is XML of that kind; `bytes` may be the start of it. */
bool envelope_is(struct slice bytes);

/* The name in the first <NomFichier> at or after `*at`, and `*at` behind it; empty when there is no more. This only
 * finds envelopes fast; what they really say tells envelope_read. */
struct slice envelope_next_name(struct slice xml, size_t *at);

struct envelope {
    struct act *act; /* its fields; NULL when it speaks of no act (an envelope of envelopes, a receipt of annexes) */
    struct slice *names; /* of the files that hold the act; its annexes are left out */
    size_t name_count;
};

/* DELIB_INVALID when the XML cannot be read. Everything lives in `arena`. */
enum delib_status envelope_read(struct envelope *out, struct arena *arena, struct slice xml, struct delib_error *error);

bool envelope_names(const struct envelope *envelope, struct slice file_name);

#endif

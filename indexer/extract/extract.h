/* Text of an act → its record. One file of this folder finds one field; extract.c calls them in the order in which
 * they help each other, then merges what was given, checks the fields against each other and names the act. */
#ifndef DELIB_INDEXER_EXTRACT_EXTRACT_H
#define DELIB_INDEXER_EXTRACT_EXTRACT_H

#include "extract/document.h"

/* Fill in `act` (new) from its text, its file's path and what was `given` with it (by a sidecar or by NDJSON; may be
 * NULL), which wins. Sets the id, the pages when `has_pages`, and the warnings. */
void extract_act(struct act *act, struct slice text, struct slice path, const struct act *given, bool has_pages);

/* The same for a text made ready before, its lines classified. */
void extract_whole(struct act *act, const struct document *document, const struct act *given, bool has_pages);

/* What is said once for all acts of minutes: day, council, presence, secretary, kind of paper. `document` is the whole
 * text, its lines classified; those present are the ones listed above its first act, when they are. */
void extract_session(struct act *act, const struct document *document, size_t first_act_line);

/* One act of several in a text: `body` is its own matter, `number` and `title` its own where the way of splitting knows
 * them (else empty). With `has_session` what minutes say once for all is not looked for: it has been merged before;
 * but a roll that is called anew for this act is its own. */
void extract_part(struct act *act, struct slice body, struct slice path, struct slice number, struct slice title,
                  bool has_session);

#endif

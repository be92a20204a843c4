/* Text of an act → its record. One file of this folder finds one field; extract.c calls them in the order in which
 * they help each other, then merges what was given, checks the fields against each other and names the act. */
#ifndef DELIB_INDEXER_EXTRACT_EXTRACT_H
#define DELIB_INDEXER_EXTRACT_EXTRACT_H

#include "act/act.h"

/* Fill in `act` (new) from its text, its file's path and what was `given` with it (by a sidecar or by NDJSON; may be
 * NULL), which wins. Sets the id, the pages when `has_pages`, and the warnings. */
void extract_act(struct act *act, struct slice text, struct slice path, const struct act *given, bool has_pages);

#endif

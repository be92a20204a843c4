/* The record as JSON: one writer and one reader for results, the stored record, NDJSON input and sidecars. */
#ifndef DELIB_ACT_ACT_JSON_H
#define DELIB_ACT_ACT_JSON_H

#include "act/act.h"
#include "base/json_writer.h"
#include "base/status.h"

/* Write the record's members (no braces), so that a caller can add rank, score and snippets to the object. */
void act_write_json(struct json_writer *json, const struct act *act);
/* The member "provenance": {"date":{"source":"sentence","confidence":"high","start":12,"end":40}, …}. */
void act_write_provenance(struct json_writer *json, const struct act *act);

/* Read a JSON object with the record's names into `act`. Unknown members are ignored; `title` is accepted for `objet`,
 * and for `matiere` a code alone. Every field is given `source` with high confidence, unless the object has a
 * "provenance" (as act_write_provenance writes). *text is the member "text", copied; empty when there is none.
 * DELIB_INVALID: no JSON object, or a member of the wrong type: `error` names it (with line and column for bad JSON).
 */
enum delib_status act_read_json(struct act *act, struct slice json, enum field_source source, struct slice *text,
                                struct delib_error *error);

#endif

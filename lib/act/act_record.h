/* The record as a row of bytes, as processes hand it to one another and as an archive keeps it: what was not read costs
 * nothing, and nothing is looked up by name. Texts are made safe to show (utf8_add_clean) as they are written.
 *
 * Numbers of enums are in it: a new value of one goes to its end, a new member of the record to the end of the table in
 * act_record.c. */
#ifndef DELIB_ACT_ACT_RECORD_H
#define DELIB_ACT_ACT_RECORD_H

#include "act/act.h"
#include "base/buffer.h"
#include "base/status.h"

void act_write_record(struct buffer *out, const struct act *act);

/* Into an act that is new. DELIB_CORRUPT for bytes that make no sense: nothing in them is taken on trust. */
enum delib_status act_read_record(struct act *act, struct slice record, struct delib_error *error);

#endif

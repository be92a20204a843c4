/* Writing what archive.h's stored_act_read reads: the data of an act's document. */
#ifndef DELIB_ARCHIVE_STORED_ACT_H
#define DELIB_ARCHIVE_STORED_ACT_H

#include "archive/archive.h"
#include "base/buffer.h"

/* `as_read` is the act before rows of tables completed it; NULL when none did. */
void stored_act_write(struct buffer *out, const struct act *act, const struct act *as_read, struct slice text);

/* The act before rows of tables completed it. */
enum delib_status stored_act_as_read(struct act **out, struct arena *arena, const struct stored_act *stored,
                                     struct delib_error *error);

#endif

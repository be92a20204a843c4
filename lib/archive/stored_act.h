/* Writing what archive.h's stored_act_read reads: the data of an act's document. */
#ifndef DELIB_ARCHIVE_STORED_ACT_H
#define DELIB_ARCHIVE_STORED_ACT_H

#include "archive/archive.h"
#include "base/buffer.h"

void stored_act_write(struct buffer *out, const struct act *act, struct slice text);

#endif

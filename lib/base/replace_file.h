/* A file is replaced whole or not at all. */
#ifndef DELIB_BASE_REPLACE_FILE_H
#define DELIB_BASE_REPLACE_FILE_H

#include "base/slice.h"
#include "base/status.h"

/* Put `content` in the place of the file, whole or not at all, also when the power fails. */
enum delib_status replace_file(const char *path, struct slice content, struct delib_error *error);

#endif

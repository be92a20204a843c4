/* The folder that an archive lies in. */
#ifndef DELIB_ARCHIVE_FOLDER_H
#define DELIB_ARCHIVE_FOLDER_H

#include "base/status.h"

/* Make the folders above `path`. */
enum delib_status folder_make_parents(const char *path, struct delib_error *error);

/* Make the folder, and those above; DELIB_INVALID when something is in it. */
enum delib_status folder_make_empty(const char *path, struct delib_error *error);

/* DELIB_INVALID when there is anything in the folder that is no part of an archive: it is somebody's own. DELIB_OK when
 * there is no folder. */
enum delib_status folder_check_ours(const char *path, struct delib_error *error);

/* Make durable what is in the folder: each file, and their names. */
enum delib_status folder_sync(const char *path, struct delib_error *error);

/* Make durable that the folder is in the one above. */
enum delib_status folder_sync_parent(const char *path, struct delib_error *error);

#endif

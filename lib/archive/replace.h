/* An archive made beside another, and put in its place by one rename.
 *
 * What is made beside lies in ARCHIVE.new, so that it is on the same file system. The two folders change names in one
 * step (RENAME_EXCHANGE): at every moment there is an archive under the name, the old one or the new, whole. Readers
 * that have the old one open go on with it until they open anew. The old one is removed afterwards. To be called under
 * the exclusive lock of the archive in place, where there is one. */
#ifndef DELIB_ARCHIVE_REPLACE_H
#define DELIB_ARCHIVE_REPLACE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/status.h"

/* ARCHIVE.new; the caller's, to free(). */
char *archive_beside(const char *archive);

/* What the files of an archive's folder take, as ls shows it. */
enum delib_status archive_folder_size(uint64_t *out, const char *folder, struct delib_error *error);

/* DELIB_IO, with the figures, when the file system that `folder` is or will be on has less than `needed_bytes` left. */
enum delib_status archive_check_space(const char *folder, uint64_t needed_bytes, struct delib_error *error);

/* Before hours of work: DELIB_UNSUPPORTED when the file system cannot exchange two names, DELIB_IO. Makes the folders
 * above the archive. */
enum delib_status archive_check_exchange(const char *archive, struct delib_error *error);

/* Put the archive `made`, closed and verified, in the place of `archive`, which need not exist; durable. What was there
 * is under the name `made` then. */
enum delib_status archive_replace(const char *made, const char *archive, struct delib_error *error);

/* Remove an archive's folder with its files and parts; DELIB_OK when there is none. DELIB_INVALID when it holds other
 * things: those and the folder are left. */
enum delib_status archive_remove(const char *folder, struct delib_error *error);

/* Copy the files of an archive, which must be locked, to the folder `to`, which is made, or must be empty; durable. The
 * manifest comes last: a copy that was cut off has none. */
enum delib_status archive_copy(const char *from, const char *to, struct delib_error *error);

#endif

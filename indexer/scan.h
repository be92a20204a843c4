/* The files under the sources given: what the run is to look at, each once, in an order that does not change.
 *
 * Folders are walked whole. Hidden files and folders are left out (editors' and systems' own), and symbolic links
 * inside a folder are not followed: what they point at is read where it lies, and nothing outside the source is
 * reached. */
#ifndef DELIB_INDEXER_SCAN_H
#define DELIB_INDEXER_SCAN_H

#include "base/arena.h"
#include "base/status.h"

struct source {
    const char *root;  /* absolute, without symbolic links */
    const char *given; /* without a slash at its end */
    bool is_folder;
};

struct scanned_file {
    const char *path;    /* absolute */
    const char *shown;   /* as the user names it: the source as given, and what is below it */
    const char *root;    /* of its source: sidecars of folders are looked for up to here */
    const char *problem; /* NULL, or why the walk could not go in here */
};

struct scan {
    struct source *sources;
    size_t source_count;
    struct scanned_file *files; /* in byte order of their paths, each once; sidecars are not among them */
    size_t file_count;
    struct scanned_file *sidecars; /* in the same order */
    size_t sidecar_count;
};

/* DELIB_NOT_FOUND when a source does not exist: `error` names it, and nothing must then be deleted. */
enum delib_status scan_sources(struct scan *out, struct arena *arena, char *const *sources, size_t count,
                               struct delib_error *error);

bool is_sidecar_name(const char *path);

#endif

/* The files under the sources given: what the run is to look at, each once, in an order that does not change.
 *
 * Folders are walked whole. Hidden files and folders are left out (editors' and systems' own), and so is the archive
 * itself. Symbolic links inside a folder are not followed: what they point at is read where it lies, and nothing
 * outside the source is reached. Whatever else is found and is not read is in the list too, with the reason. */
#ifndef DELIB_INDEXER_SCAN_H
#define DELIB_INDEXER_SCAN_H

#include "base/arena.h"
#include "base/status.h"
#include "file_content.h"

struct source {
    const char *root;  /* absolute, without symbolic links */
    const char *given; /* without a slash at its end */
    bool is_folder;
};

enum scanned_kind {
    SCANNED_DOCUMENT,
    SCANNED_SIDECAR,
    SCANNED_PASSED_OVER, /* a link, a device: never a document */
    SCANNED_OUT_OF_REACH /* could not be looked at; what is below a folder of this kind is not gone */
};

struct scanned_file {
    const char *path;   /* absolute */
    const char *shown;  /* as the user names it: the source as given, and what is below it */
    const char *root;   /* sidecars of folders are looked for up to here; "" (all above) when the file is the source */
    const char *reason; /* code, for the last two kinds */
    const char *detail; /* words for a person, for the last two kinds */
    enum scanned_kind kind;
    struct file_identity identity; /* when it was found; of documents and sidecars */
};

struct scan {
    struct source *sources;
    size_t source_count;
    struct scanned_file *files; /* in byte order of their paths, each once */
    size_t file_count;
    bool
        may_have_sidecars; /* or envelopes: false when no name among the files is one's, and all lie in folders given */
};

/* `archive` is the folder to leave out; NULL when there is none. DELIB_NOT_FOUND when a source does not exist: `error`
 * names it, and nothing must then be deleted. */
enum delib_status scan_sources(struct scan *out, struct arena *arena, char *const *sources, size_t count,
                               const char *archive, struct delib_error *error);

/* The file of this absolute path; NULL when the scan did not find it. */
const struct scanned_file *scan_find(const struct scan *scan, struct slice path);

bool source_holds(const struct source *source, struct slice path);

/* `path`, which the source holds, as the user names it. */
const char *source_shown(struct arena *arena, const struct source *source, struct slice path);

#endif

#include "scan.h"

#include <errno.h>
#include <fts.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "base/words.h"
#include "sidecar.h"

/* One walk, and the folder that it stays out of. */
struct walk {
    struct scan *scan;
    struct arena *arena;
    const struct source *source;
    struct stat archive; /* st_ino 0: none */
};

static bool is_sidecar(const char *path)
{
    return slice_ends(slice_of(path), slice_of(SIDECAR_SUFFIX)); /* delib.meta.json ends so too */
}

static bool is_envelope_name(const char *path)
{
    const char *point = strrchr(path, '.');
    return point && strcasecmp(point, ".xml") == 0;
}

bool source_holds(const struct source *source, struct slice path)
{
    struct slice root = slice_of(source->root);
    return source->is_folder && path.len > root.len && slice_starts(path, root) &&
           (path.bytes[root.len] == '/' || root.len == 1);
}

const char *source_shown(struct arena *arena, const struct source *source, struct slice path)
{
    struct slice below = slice_skip(path, strlen(source->root));
    size_t given_len = strlen(source->given);
    if (!source->is_folder)
        return source->given;
    char *shown = arena_alloc(arena, given_len + below.len + 1);
    memcpy(shown, source->given, given_len);
    memcpy(shown + given_len, below.bytes, below.len);
    return shown;
}

static struct scanned_file *add_file(struct walk *walk, const char *path, enum scanned_kind kind)
{
    struct scan *scan = walk->scan;
    const struct source *source = walk->source;
    scan->files = arena_grow(walk->arena, scan->files, scan->file_count, sizeof *scan->files);
    struct scanned_file *file = &scan->files[scan->file_count++];
    scan->may_have_sidecars |= !source->is_folder || is_sidecar(path) || is_envelope_name(path);
    *file = (struct scanned_file){
        .path = arena_string(walk->arena, slice_of(path)),
        .shown = source_shown(walk->arena, source, slice_of(path)),
        .root = source->is_folder ? source->root : "",
        .kind = kind,
    };
    return file;
}

static void add_noted(struct walk *walk, const char *path, enum scanned_kind kind, const char *reason,
                      const char *detail)
{
    struct scanned_file *file = add_file(walk, path, kind);
    file->reason = reason;
    file->detail = arena_string(walk->arena, slice_of(detail));
}

static void add_readable(struct walk *walk, const char *path, const struct stat *info)
{
    add_file(walk, path, is_sidecar(path) ? SCANNED_SIDECAR : SCANNED_DOCUMENT)->identity = file_identity_in(info);
}

static int by_name(const FTSENT **a, const FTSENT **b)
{
    return strcmp((*a)->fts_name, (*b)->fts_name);
}

/* Hidden, or the archive that is written to. */
static bool is_left_out(const struct walk *walk, const FTSENT *entry)
{
    if (entry->fts_level > 0 && entry->fts_name[0] == '.')
        return true;
    return entry->fts_info == FTS_D && walk->archive.st_ino != 0 && entry->fts_ino == walk->archive.st_ino &&
           entry->fts_dev == walk->archive.st_dev;
}

static void take_entry(struct walk *walk, FTS *tree, FTSENT *entry)
{
    if (is_left_out(walk, entry)) {
        fts_set(tree, entry, FTS_SKIP);
        return;
    }
    switch (entry->fts_info) {
    case FTS_F:
        add_readable(walk, entry->fts_path, entry->fts_statp);
        break;
    case FTS_SL:
    case FTS_SLNONE:
        add_noted(walk, entry->fts_path, SCANNED_PASSED_OVER, "symlink",
                  N_("links are not followed; give what it points at as a source"));
        break;
    case FTS_DEFAULT:
        add_noted(walk, entry->fts_path, SCANNED_PASSED_OVER, "special-file", N_("is no regular file"));
        break;
    case FTS_DNR:
    case FTS_ERR:
    case FTS_NS:
        add_noted(walk, entry->fts_path, SCANNED_OUT_OF_REACH, "unreadable", strerror(entry->fts_errno));
        break;
    default: /* folders, on the way in and out */
        break;
    }
}

static enum delib_status walk_folder(struct walk *walk, struct delib_error *error)
{
    char *const paths[] = {arena_string(walk->arena, slice_of(walk->source->root)), NULL};
    FTS *tree = fts_open(paths, FTS_PHYSICAL, by_name);
    if (!tree)
        return delib_fail(error, DELIB_IO, _("%s: cannot be read: %s"), walk->source->given, strerror(errno));
    errno = 0;
    for (FTSENT *entry; (entry = fts_read(tree)) != NULL; errno = 0)
        take_entry(walk, tree, entry);
    int problem = errno;
    fts_close(tree);
    return problem == 0 ? DELIB_OK : delib_fail(error, DELIB_IO, "%s: %s", walk->source->given, strerror(problem));
}

static enum delib_status take_source(struct walk *walk, const char *path, struct delib_error *error)
{
    struct stat info;
    char real[PATH_MAX];
    struct scan *scan = walk->scan;
    if (!realpath(path, real) || stat(real, &info) != 0)
        return delib_fail(error, DELIB_NOT_FOUND, "%s: %s", path, strerror(errno));
    struct slice given = slice_of(path);
    while (given.len > 1 && given.bytes[given.len - 1] == '/')
        given.len--;
    scan->sources = arena_grow(walk->arena, scan->sources, scan->source_count, sizeof *scan->sources);
    struct source *source = &scan->sources[scan->source_count++];
    *source = (struct source){.root = arena_string(walk->arena, slice_of(real)),
                              .given = arena_string(walk->arena, given),
                              .is_folder = S_ISDIR(info.st_mode)};
    walk->source = source;
    if (source->is_folder)
        return walk_folder(walk, error);
    add_readable(walk, source->root, &info);
    return DELIB_OK;
}

static int by_path(const void *a, const void *b)
{
    return strcmp(((const struct scanned_file *)a)->path, ((const struct scanned_file *)b)->path);
}

static bool is_sorted(const struct scan *scan)
{
    size_t i = 1;
    while (i < scan->file_count && by_path(&scan->files[i - 1], &scan->files[i]) <= 0)
        i++;
    return i >= scan->file_count;
}

/* Sources may overlap: a file reached twice is kept once. */
static void sort_and_unite(struct scan *scan)
{
    size_t kept = 0;
    if (scan->file_count == 0)
        return;
    if (!is_sorted(scan)) /* as it often is: a folder comes where its name stands, a file's name may sort before it */
        qsort(scan->files, scan->file_count, sizeof *scan->files, by_path);
    for (size_t i = 0; i < scan->file_count; i++)
        if (kept == 0 || strcmp(scan->files[kept - 1].path, scan->files[i].path) != 0)
            scan->files[kept++] = scan->files[i];
    scan->file_count = kept;
}

enum delib_status scan_sources(struct scan *out, struct arena *arena, char *const *sources, size_t count,
                               const char *archive, struct delib_error *error)
{
    struct walk walk = {.scan = out, .arena = arena};
    *out = (struct scan){0};
    if (!archive || stat(archive, &walk.archive) != 0)
        walk.archive = (struct stat){0};
    for (size_t i = 0; i < count; i++) {
        enum delib_status status = take_source(&walk, sources[i], error);
        if (status != DELIB_OK)
            return status;
    }
    sort_and_unite(out);
    return DELIB_OK;
}

const struct scanned_file *scan_find(const struct scan *scan, struct slice path)
{
    size_t low = 0;
    size_t high = scan->file_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = slice_compare(path, slice_of(scan->files[middle].path));
        if (order == 0)
            return &scan->files[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

#include "scan.h"

#include <errno.h>
#include <fts.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "sidecar.h"

static struct slice base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slice_of(slash ? slash + 1 : path);
}

bool is_sidecar_name(const char *path)
{
    struct slice name = base_name(path);
    return slice_ends(name, slice_of(SIDECAR_SUFFIX)) || slice_equal(name, slice_of(SIDECAR_OF_FOLDER));
}

/* The folder of a source that is a file. */
static const char *folder_of(struct arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/');
    return arena_string(arena, (struct slice){path, slash > path ? (size_t)(slash - path) : 1});
}

static void add_file(struct scan *scan, struct arena *arena, const char *path, const struct source *source,
                     const char *problem)
{
    struct scanned_file file = {
        .path = arena_string(arena, slice_of(path)),
        .shown =
            source->is_folder ? arena_printf(arena, "%s%s", source->given, path + strlen(source->root)) : source->given,
        .root = source->is_folder ? source->root : folder_of(arena, source->root),
        .problem = problem ? arena_string(arena, slice_of(problem)) : NULL,
    };
    if (!problem && is_sidecar_name(path)) {
        scan->sidecars = arena_grow(arena, scan->sidecars, scan->sidecar_count, sizeof *scan->sidecars);
        scan->sidecars[scan->sidecar_count++] = file;
        return;
    }
    scan->files = arena_grow(arena, scan->files, scan->file_count, sizeof *scan->files);
    scan->files[scan->file_count++] = file;
}

static int by_name(const FTSENT **a, const FTSENT **b)
{
    return strcmp((*a)->fts_name, (*b)->fts_name);
}

static bool is_hidden(const FTSENT *entry)
{
    return entry->fts_level > 0 && entry->fts_name[0] == '.';
}

static void take_entry(struct scan *scan, struct arena *arena, FTS *walk, FTSENT *entry, const struct source *source)
{
    if (is_hidden(entry)) {
        fts_set(walk, entry, FTS_SKIP);
        return;
    }
    switch (entry->fts_info) {
    case FTS_F:
        add_file(scan, arena, entry->fts_path, source, NULL);
        break;
    case FTS_DNR:
    case FTS_ERR:
    case FTS_NS:
        add_file(scan, arena, entry->fts_path, source, strerror(entry->fts_errno));
        break;
    default: /* folders, links, devices, sockets */
        break;
    }
}

static enum delib_status walk_folder(struct scan *scan, struct arena *arena, const struct source *source,
                                     struct delib_error *error)
{
    char *const paths[] = {arena_string(arena, slice_of(source->root)), NULL};
    FTS *walk = fts_open(paths, FTS_PHYSICAL | FTS_NOCHDIR, by_name);
    if (!walk)
        return delib_fail(error, DELIB_IO, "%s: cannot be read: %s", source->given, strerror(errno));
    errno = 0;
    for (FTSENT *entry; (entry = fts_read(walk)) != NULL; errno = 0)
        take_entry(scan, arena, walk, entry, source);
    int problem = errno;
    fts_close(walk);
    return problem == 0 ? DELIB_OK : delib_fail(error, DELIB_IO, "%s: %s", source->given, strerror(problem));
}

static enum delib_status take_source(struct scan *scan, struct arena *arena, const char *path,
                                     struct delib_error *error)
{
    struct stat info;
    char real[PATH_MAX];
    if (!realpath(path, real) || stat(real, &info) != 0)
        return delib_fail(error, errno == ENOENT ? DELIB_NOT_FOUND : DELIB_IO, "%s: %s", path, strerror(errno));
    struct slice given = slice_of(path);
    while (given.len > 1 && given.bytes[given.len - 1] == '/')
        given.len--;
    struct source source = {.root = arena_string(arena, slice_of(real)),
                            .given = arena_string(arena, given),
                            .is_folder = S_ISDIR(info.st_mode)};
    scan->sources = arena_grow(arena, scan->sources, scan->source_count, sizeof *scan->sources);
    scan->sources[scan->source_count++] = source;
    if (source.is_folder)
        return walk_folder(scan, arena, &source, error);
    add_file(scan, arena, source.root, &source, NULL);
    return DELIB_OK;
}

static int by_path(const void *a, const void *b)
{
    return strcmp(((const struct scanned_file *)a)->path, ((const struct scanned_file *)b)->path);
}

/* Sources may overlap: a file reached twice is kept once. */
static void sort_and_unite(struct scan *scan)
{
    size_t kept = 0;
    if (scan->sidecar_count > 0)
        qsort(scan->sidecars, scan->sidecar_count, sizeof *scan->sidecars, by_path);
    if (scan->file_count == 0)
        return;
    qsort(scan->files, scan->file_count, sizeof *scan->files, by_path);
    for (size_t i = 0; i < scan->file_count; i++)
        if (kept == 0 || strcmp(scan->files[kept - 1].path, scan->files[i].path) != 0)
            scan->files[kept++] = scan->files[i];
    scan->file_count = kept;
}

enum delib_status scan_sources(struct scan *out, struct arena *arena, char *const *sources, size_t count,
                               struct delib_error *error)
{
    *out = (struct scan){0};
    for (size_t i = 0; i < count; i++) {
        enum delib_status status = take_source(out, arena, sources[i], error);
        if (status != DELIB_OK)
            return status;
    }
    sort_and_unite(out);
    return DELIB_OK;
}

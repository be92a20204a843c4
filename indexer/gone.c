#include "gone.h"

#include <stdlib.h>
#include <string.h>

#include "archive/file_state.h"
#include "base/words.h"

enum {
    GUARDED_PERCENT = 10, /* losing a larger part is suspicious */
    GUARDED_FILES = 5     /* … unless it is a handful of files */
};

/* Files with acts below one source. */
struct tally {
    size_t seen; /* by the scan */
    size_t known;
    size_t lost;
};

struct search {
    struct gone *gone;
    struct arena *arena;
    const struct scan *scan;
    struct tally *tallies; /* one a source, and one for what lies below none */
    bool elsewhere;        /* that is gone too */
    size_t known;          /* files with acts, in all */
    enum delib_status status;
    struct delib_error *error;
};

static bool is_out_of_reach(const struct scan *scan, struct slice path)
{
    while (path.len > 1) {
        const struct scanned_file *found = scan_find(scan, path);
        if (found && found->kind == SCANNED_OUT_OF_REACH)
            return true;
        do
            path.len--;
        while (path.len > 1 && path.bytes[path.len] != '/');
    }
    return false;
}

/* The first of the sources that holds the path; source_count when none does. */
static size_t source_of(const struct scan *scan, struct slice path)
{
    size_t i = 0;
    while (i < scan->source_count && !source_holds(&scan->sources[i], path))
        i++;
    return i;
}

/* A sidecar that is well has no note in the archive: one that is kept there is of the past. */
static bool is_there(const struct known_file *file)
{
    return file->is_moved || (file->scanned && (file->scanned->kind != SCANNED_SIDECAR || file->scanned->reason));
}

static bool visit(const struct known_file *file, void *payload)
{
    struct search *search = payload;
    struct gone *gone = search->gone;
    size_t index = source_of(search->scan, file->path);
    bool is_elsewhere = index == search->scan->source_count;
    bool has_acts = file->act_count > 0;
    if (is_elsewhere && !search->elsewhere)
        return true;
    search->tallies[index].known += has_acts;
    search->known += has_acts;
    if (is_there(file) || is_out_of_reach(search->scan, file->path))
        return true;
    search->tallies[index].lost += has_acts;
    gone->files = arena_grow(search->arena, gone->files, gone->count, sizeof *gone->files);
    gone->files[gone->count] = (struct gone_file){
        .path = arena_string(search->arena, file->path),
        .shown = is_elsewhere ? arena_string(search->arena, file->path)
                              : source_shown(search->arena, &search->scan->sources[index], file->path),
        .has_acts = has_acts};
    search->status = file_state_read(&gone->files[gone->count++].state, search->arena, file->stored, search->error);
    return search->status == DELIB_OK;
}

bool gone_is_much(size_t lost, size_t known)
{
    return lost > GUARDED_FILES && lost * 100 > known * GUARDED_PERCENT;
}

static bool is_suspicious(const struct tally *tally)
{
    return tally->lost > 0 && (tally->seen == 0 || gone_is_much(tally->lost, tally->known));
}

static int by_path(const void *a, const void *b)
{
    return strcmp(((const struct gone_file *)a)->path, ((const struct gone_file *)b)->path);
}

/* The first that lost too much; what lies elsewhere is a part of all that is known. */
static void find_suspicious(struct gone *out, const struct search *search)
{
    static const struct source elsewhere = {.root = "", .given = N_("elsewhere than the sources")};
    const struct scan *scan = search->scan;
    const struct tally *tally = NULL;
    for (size_t i = 0; i < scan->source_count && !out->suspicious; i++)
        if (is_suspicious(&search->tallies[i])) {
            tally = &search->tallies[i];
            out->suspicious = &scan->sources[i];
        }
    const struct tally outside = {.seen = 1, .known = search->known, .lost = search->tallies[scan->source_count].lost};
    if (!out->suspicious && search->elsewhere && is_suspicious(&outside)) {
        tally = &outside;
        out->suspicious = &elsewhere;
    }
    out->suspicious_lost = tally ? tally->lost : 0;
    out->suspicious_known = tally ? tally->known : 0;
}

enum delib_status gone_find(struct gone *out, struct arena *arena, const struct scan *scan,
                            const struct known_files *known, bool elsewhere, struct delib_error *error)
{
    struct search search = {.gone = out,
                            .arena = arena,
                            .scan = scan,
                            .tallies = arena_alloc(arena, (scan->source_count + 1) * sizeof *search.tallies),
                            .elsewhere = elsewhere,
                            .error = error};
    *out = (struct gone){0};
    for (size_t i = 0; i < scan->file_count; i++)
        search.tallies[source_of(scan, slice_of(scan->files[i].path))].seen++;
    known_files_each(known, visit, &search);
    if (out->count > 0)
        qsort(out->files, out->count, sizeof *out->files, by_path);
    find_suspicious(out, &search);
    return search.status;
}

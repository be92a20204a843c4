#include "room.h"

#include <string.h>
#include <strings.h>

#include "archive/replace.h"

/* What an archive takes for a byte of a file, in hundredths; less than was ever measured (docs/federation.md tells 165
 * for text), so that nobody is sent away for nothing. Scanned pages take next to nothing. */
enum {
    OF_TEXT = 100,
    OF_PACKED_TEXT = 300,
    OF_OTHERS = 1,
    FIRST_TIMES = 2 /* a new archive is merged of parts, which are there as long as it is made */
};

static unsigned share_of(const char *path)
{
    static const char *const text[] = {".txt", ".md", ".html", ".htm", ".ndjson", ".csv"};
    size_t len = strlen(path);
    bool is_packed = len > 3 && strcasecmp(path + len - 3, ".gz") == 0;
    len -= is_packed ? 3 : 0;
    for (size_t i = 0; i < sizeof text / sizeof *text; i++) {
        size_t ending = strlen(text[i]);
        if (len > ending && strncasecmp(path + len - ending, text[i], ending) == 0)
            return is_packed ? OF_PACKED_TEXT : OF_TEXT;
    }
    return OF_OTHERS;
}

static uint64_t least_of(const struct scanned_file *file)
{
    return file->kind == SCANNED_DOCUMENT ? file->identity.size_bytes / 100 * share_of(file->path) : 0;
}

static bool is_known(const struct scanned_file *file, struct arena *arena, const struct known_files *known)
{
    struct file_state state;
    struct delib_error why;
    arena_reset(arena);
    return known_files_get(&state, arena, known, file, &why) == DELIB_OK &&
           state.size_bytes == file->identity.size_bytes;
}

/* Of all files, or of those that the archive does not know as they are. */
static uint64_t sum_of(const struct scan *scan, const struct known_files *known, bool only_new)
{
    uint64_t sum = 0;
    struct arena *arena = arena_new();
    for (size_t i = 0; i < scan->file_count; i++)
        if (!only_new || !is_known(&scan->files[i], arena, known))
            sum += least_of(&scan->files[i]);
    arena_free(arena);
    return sum;
}

enum delib_status room_check(const struct scan *scan, const struct known_files *known, struct xapian_reader *reader,
                             const char *archive, struct delib_error *error)
{
    uint32_t revision = 0;
    enum delib_status status = archive_revision(&revision, reader, error);
    if (status != DELIB_OK)
        return status;
    if (revision == 0)
        return archive_check_space(archive, sum_of(scan, known, false) * FIRST_TIMES, error);
    /* Mostly there is room for all of them, which need not be looked up then. */
    if (archive_check_space(archive, sum_of(scan, known, false), error) == DELIB_OK)
        return DELIB_OK;
    return archive_check_space(archive, sum_of(scan, known, true), error);
}

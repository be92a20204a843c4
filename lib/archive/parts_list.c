#include "archive/parts_list.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/buffer.h"
#include "base/words.h"

enum {
    FILE_MAX_BYTES = 1 << 20, /* some ten thousand parts */
    PLACES_MAX = 8            /* of one part */
};

/* A line of the file, for messages. */
struct line {
    const char *path;
    size_t number;
    struct arena *arena;
    struct slice folder; /* that paths are relative to, with its last slash */
};

static enum delib_status refuse(const struct line *line, const char *why, struct delib_error *error)
{
    return delib_fail(error, DELIB_INVALID, "%s:%zu: %s", line->path, line->number, why);
}

/* « HOST:PORT », « [::1]:7001 » */
static enum delib_status read_remote(struct part_place *out, const struct line *line, struct slice text,
                                     struct delib_error *error)
{
    size_t colon = text.len;
    char *end = NULL;
    while (colon > 0 && text.bytes[colon - 1] != ':')
        colon--;
    struct slice host = slice_range(text, 0, colon > 0 ? colon - 1 : 0);
    if (host.len > 2 && host.bytes[0] == '[' && host.bytes[host.len - 1] == ']')
        host = slice_range(host, 1, host.len - 1);
    const char *digits = arena_string(line->arena, slice_skip(text, colon));
    unsigned long port = strtoul(digits, &end, 10);
    if (host.len == 0 || *digits < '0' || *digits > '9' || *end || port == 0 || port > UINT16_MAX)
        return refuse(line, _("after remote stands HOST:PORT"), error);
    *out = (struct part_place){
        .shown = arena_string(line->arena, text), .host = arena_string(line->arena, host), .port = (uint16_t)port};
    return DELIB_OK;
}

static enum delib_status read_local(struct part_place *out, const struct line *line, struct slice text,
                                    struct delib_error *error)
{
    struct slice above = text.len > 0 && text.bytes[0] == '/' ? (struct slice){0} : line->folder;
    if (text.len == 0)
        return refuse(line, _("after local stands a folder"), error);
    out->path = arena_printf(line->arena, "%.*s%.*s", (int)above.len, above.bytes, (int)text.len, text.bytes);
    out->shown = out->path;
    return DELIB_OK;
}

static enum delib_status read_place(struct part_place *out, const struct line *line, struct slice text,
                                    struct delib_error *error)
{
    size_t blank = 0;
    while (blank < text.len && text.bytes[blank] != ' ' && text.bytes[blank] != '\t')
        blank++;
    struct slice kind = slice_range(text, 0, blank);
    struct slice rest = slice_trim(slice_skip(text, blank));
    if (slice_equal(kind, SLICE("local")))
        return read_local(out, line, rest, error);
    if (slice_equal(kind, SLICE("remote")))
        return read_remote(out, line, rest, error);
    return refuse(line, _("a part is « local FOLDER » or « remote HOST:PORT »"), error);
}

static enum delib_status read_line(struct part_places *out, const struct line *line, struct slice text,
                                   struct delib_error *error)
{
    enum delib_status status = DELIB_OK;
    *out = (struct part_places){.items = arena_alloc(line->arena, PLACES_MAX * sizeof *out->items)};
    for (bool more = true; more && status == DELIB_OK;) {
        size_t bar = slice_find_byte(text, '|', 0);
        more = bar != SLICE_NONE;
        if (out->count == PLACES_MAX)
            return refuse(line, _("a part has 8 places at most"), error);
        status =
            read_place(&out->items[out->count++], line, slice_trim(slice_range(text, 0, more ? bar : text.len)), error);
        text = slice_skip(text, more ? bar + 1 : text.len);
    }
    return status;
}

static void add(struct parts_list *list, struct arena *arena, const struct part_places *part)
{
    list->parts = arena_grow(arena, list->parts, list->count, sizeof *list->parts);
    list->parts[list->count++] = *part;
}

enum delib_status parts_list_add_lines(struct parts_list *list, struct arena *arena, const char *path,
                                       struct slice content, struct delib_error *error)
{
    enum delib_status status = DELIB_OK;
    size_t before = list->count;
    const char *slash = strrchr(path, '/');
    struct line line = {.path = path, .arena = arena};
    line.folder = slice_range(slice_of(path), 0, slash ? (size_t)(slash - path) + 1 : 0);
    for (struct slice text; status == DELIB_OK && slice_next_line(&content, &text);) {
        struct part_places part;
        line.number++;
        text = slice_trim(text);
        if (text.len == 0 || text.bytes[0] == '#')
            continue;
        if (slice_equal(text, SLICE(PARTS_ARE_MOVING))) {
            list->is_moving = true;
            continue;
        }
        status = read_line(&part, &line, text, error);
        if (status == DELIB_OK)
            add(list, arena, &part);
    }
    if (status == DELIB_OK && list->count == before)
        status = delib_fail(error, DELIB_INVALID, _("%s: the list names no part"), path);
    return status;
}

static enum delib_status read_content(struct slice *out, struct arena *arena, const char *path,
                                      struct delib_error *error)
{
    char *content = arena_alloc(arena, FILE_MAX_BYTES + 1);
    FILE *file = fopen(path, "re");
    if (!file)
        return delib_fail(error, DELIB_IO, "%s: %s", path, strerror(errno));
    size_t len = fread(content, 1, FILE_MAX_BYTES + 1, file);
    bool failed = ferror(file) != 0;
    fclose(file);
    if (failed)
        return delib_fail(error, DELIB_IO, _("%s: cannot be read"), path);
    if (len > FILE_MAX_BYTES)
        return delib_fail(error, DELIB_INVALID, _("%s: too large for a list of parts"), path);
    *out = (struct slice){content, len};
    return DELIB_OK;
}

static enum delib_status read_file(struct parts_list *list, struct arena *arena, const char *path,
                                   struct delib_error *error)
{
    enum delib_status status = read_content(&list->content, arena, path, error);
    list->file = path;
    return status == DELIB_OK ? parts_list_add_lines(list, arena, path, list->content, error) : status;
}

void parts_list_add_folder(struct parts_list *list, struct arena *arena, const char *path)
{
    struct part_place *place = arena_alloc(arena, sizeof *place);
    *place = (struct part_place){.shown = path, .path = path};
    add(list, arena, &(struct part_places){place, 1});
}

static bool is_file(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 && S_ISREG(info.st_mode);
}

enum delib_status parts_list_add(struct parts_list *list, struct arena *arena, const char *archive,
                                 struct delib_error *error)
{
    const char *inside = arena_printf(arena, "%s/%s", archive, PARTS_FILE_NAME);
    if (is_file(archive))
        return read_file(list, arena, archive, error);
    if (is_file(inside))
        return read_file(list, arena, inside, error);
    parts_list_add_folder(list, arena, archive);
    return DELIB_OK;
}

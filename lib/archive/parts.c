#include "archive/parts.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>

#include "archive/archive.h"
#include "archive/parts_list.h"
#include "base/buffer.h"
#include "base/memory.h"
#include "base/words.h"

enum {
    AT_ONCE = 32,         /* parts of other machines that are waited for at the same time */
    REPLICA_BYTES = 4096, /* of the file in which xapian-replicate says which copy is the live one: a few lines */
    FILES_A_PART = 8,     /* that Xapian holds open */
    OPEN_TRIES = 10,      /* a writer that commits so often without a pause would be a fault of its own */
    LIST_TRIES = 3        /* a list is replaced twice while acts change their part */
};

/* Why a part is not there, or what it told when it was opened or refreshed last. */
struct part {
    const struct part_places *places;
    struct xapian_reader *reader; /* NULL: missing */
    const struct part_place *from;
    char *opened; /* the folder that was opened, of a replica the live copy */
    struct delib_error why;
    bool changed;        /* opened or lost in this round */
    struct arena *arena; /* of what follows */
    uint32_t revision;
    struct slice committed_at;
    struct slice family;
};

/* A list of parts as it was read: what tells whether it was replaced. */
struct list_stamp {
    dev_t device;
    ino_t inode;
    struct timespec modified;
};

struct parts {
    struct arena *arena; /* of the list and what is made of it */
    const char **archives;
    size_t archive_count;
    struct list_stamp *stamps; /* of their lists */
    struct parts_list list;
    struct part *items;
    size_t count;
    uint32_t timeout_ms;
    struct xapian_reader *reader; /* the one part that is there, or all joined */
    bool is_joined;
    bool has_failed;
    bool is_fresh; /* opened and not asked yet */
    uint32_t generation;
    int64_t dialled_ms; /* when those that are missing were tried last */
    struct missing_part *missing;
    size_t missing_count;
};

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* --- one part ------------------------------------------------------------------------------------------------------
 */

/* The folder to open: of a replica kept by xapian-replicate, the copy that its XAPIANDB names. Xapian would follow any
 * such file, also to a program to run; here only a name within the folder is taken. */
static void live_copy(struct buffer *out, const char *folder)
{
    char text[REPLICA_BYTES];
    buffer_clear(out);
    buffer_printf(out, "%s/XAPIANDB", folder);
    FILE *file = fopen(out->bytes, "re");
    struct slice rest = {text, file ? fread(text, 1, sizeof text, file) : 0};
    if (file)
        fclose(file);
    buffer_clear(out);
    buffer_add_string(out, folder);
    for (struct slice line; slice_next_line(&rest, &line);) {
        struct slice name = slice_skip(slice_trim(line), strlen("auto "));
        if (slice_starts(line, SLICE("auto replica_")) && slice_find_byte(name, '/', 0) == SLICE_NONE) {
            buffer_printf(out, "/%.*s", (int)name.len, name.bytes);
            break;
        }
    }
}

/* What is asked of every part for every question, at the time when it is waited for anyway. */
static enum delib_status read_facts(struct part *part, struct delib_error *error)
{
    arena_reset(part->arena);
    enum delib_status status = archive_revision(&part->revision, part->reader, error);
    if (status == DELIB_OK)
        status = archive_committed_at(&part->committed_at, part->arena, part->reader, error);
    if (status == DELIB_OK)
        status = archive_family(&part->family, part->arena, part->reader, error);
    return status;
}

static void lose(struct part *part)
{
    part->changed |= part->reader != NULL;
    xapian_reader_free(part->reader);
    part->reader = NULL;
    free(part->opened);
    part->opened = NULL;
}

static enum delib_status open_folder(struct part *part, const char *folder, struct delib_error *error)
{
    struct buffer path = {0};
    live_copy(&path, folder);
    part->opened = buffer_detach(&path);
    return archive_open(&part->reader, part->opened, error);
}

static enum delib_status try_place(struct part *part, const struct part_place *place, uint32_t timeout_ms,
                                   struct delib_error *error)
{
    enum delib_status status = place->path
                                   ? open_folder(part, place->path, error)
                                   : archive_open_remote(&part->reader, place->host, place->port, timeout_ms, error);
    if (status == DELIB_OK)
        status = read_facts(part, error);
    if (status != DELIB_OK)
        lose(part);
    return status;
}

/* A writer that commits twice while a part is opened makes it impossible to read what was opened. */
static enum delib_status open_place(struct part *part, const struct part_place *place, uint32_t timeout_ms,
                                    struct delib_error *error)
{
    enum delib_status status = try_place(part, place, timeout_ms, error);
    for (int tries = 1; status == DELIB_MODIFIED && tries < OPEN_TRIES; tries++)
        status = try_place(part, place, timeout_ms, error);
    return status;
}

/* Open the first place that answers; `why` tells why the first of them did not. */
static void dial(struct part *part, uint32_t timeout_ms)
{
    part->why = (struct delib_error){0};
    for (size_t i = 0; i < part->places->count && !part->reader; i++) {
        struct delib_error error;
        if (open_place(part, &part->places->items[i], timeout_ms, &error) == DELIB_OK)
            part->from = &part->places->items[i];
        else if (i == 0)
            part->why = error;
    }
    part->changed |= part->reader != NULL;
}

static bool has_moved(const struct part *part)
{
    struct buffer path = {0};
    if (part->from->host)
        return false;
    live_copy(&path, part->from->path);
    bool moved = strcmp(path.bytes, part->opened) != 0;
    buffer_free(&path);
    return moved;
}

static void refresh(struct part *part, uint32_t timeout_ms, bool anew)
{
    struct delib_error error;
    part->changed = false;
    if (part->reader && !(anew && part->from->host) && !has_moved(part) &&
        xapian_reader_reopen(part->reader, &error) == DELIB_OK && read_facts(part, &error) == DELIB_OK)
        return;
    lose(part);
    dial(part, timeout_ms);
}

/* --- all of them ---------------------------------------------------------------------------------------------------
 */

struct round {
    struct parts *parts;
    bool anew;         /* connect again */
    bool with_missing; /* try those that are missing */
    atomic_size_t next;
};

static void *take_part(void *payload)
{
    struct round *round = payload;
    size_t i;
    while ((i = atomic_fetch_add(&round->next, 1)) < round->parts->count) {
        struct part *part = &round->parts->items[i];
        part->changed = false;
        if (part->reader || round->with_missing)
            refresh(part, round->parts->timeout_ms, round->anew);
    }
    return NULL;
}

static bool has_remote(const struct part *part)
{
    for (size_t i = 0; i < part->places->count; i++)
        if (part->places->items[i].host)
            return true;
    return false;
}

/* Bring all parts up to date, those of other machines side by side. */
static void go_round(struct round *round)
{
    pthread_t threads[AT_ONCE - 1];
    size_t remote = 0;
    size_t started = 0;
    for (size_t i = 0; i < round->parts->count; i++)
        remote += has_remote(&round->parts->items[i]);
    while (started + 1 < remote && started < AT_ONCE - 1 &&
           pthread_create(&threads[started], NULL, take_part, round) == 0)
        started++;
    take_part(round);
    for (size_t i = 0; i < started; i++)
        pthread_join(threads[i], NULL);
}

static void unjoin(struct parts *parts)
{
    if (parts->is_joined)
        xapian_reader_unjoin(parts->reader);
    parts->reader = NULL;
    parts->is_joined = false;
}

static void join(struct parts *parts)
{
    struct xapian_reader **there = memory_alloc(parts->count * sizeof *there);
    size_t count = 0;
    for (size_t i = 0; i < parts->count; i++)
        if (parts->items[i].reader)
            there[count++] = parts->items[i].reader;
    parts->is_joined = count > 1;
    parts->reader = count > 1 ? xapian_reader_join_take(there, count) : there[0];
    free(there);
}

static void note_missing(struct parts *parts)
{
    parts->missing_count = 0;
    for (size_t i = 0; i < parts->count; i++)
        if (!parts->items[i].reader)
            parts->missing[parts->missing_count++] =
                (struct missing_part){parts->items[i].places->items[0].shown, parts->items[i].why.message};
}

static enum delib_status fail_without_parts(const struct parts *parts, struct delib_error *error)
{
    const struct delib_error *why = &parts->items[0].why;
    if (parts->count == 1) {
        *error = *why;
        return parts->items[0].places->items[0].path ? why->status
                                                     : delib_fail_in(error, parts->items[0].places->items[0].shown);
    }
    return delib_fail(error, why->status, _("none of the %zu parts answers; the first: %s: %.500s"), parts->count,
                      parts->items[0].places->items[0].shown, why->message);
}

static enum delib_status bring_up(struct parts *parts, bool with_missing, struct delib_error *error)
{
    bool changed = false;
    struct round round = {.parts = parts, .anew = parts->has_failed, .with_missing = with_missing};
    if (parts->has_failed)
        unjoin(parts);
    go_round(&round);
    parts->has_failed = false;
    if (with_missing)
        parts->dialled_ms = now_ms();
    for (size_t i = 0; i < parts->count; i++)
        changed |= parts->items[i].changed;
    note_missing(parts);
    if (!changed && parts->is_joined)
        xapian_reader_rejoin(parts->reader);
    if (changed || !parts->reader) {
        unjoin(parts);
        parts->generation++;
        if (parts->missing_count < parts->count)
            join(parts);
    }
    return parts->reader ? DELIB_OK : fail_without_parts(parts, error);
}

/* A federation of many folders needs more open files than a process usually has. */
static void allow_files(size_t part_count)
{
    struct rlimit limit;
    rlim_t wanted = part_count * FILES_A_PART + 100;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= wanted)
        return;
    limit.rlim_cur = wanted < limit.rlim_max ? wanted : limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
}

/* Zero for an archive that is no list. */
static struct list_stamp stamp_of(const char *archive)
{
    struct stat info;
    struct buffer inside = {0};
    buffer_printf(&inside, "%s/" PARTS_FILE_NAME, archive);
    bool is_list = (stat(archive, &info) == 0 && S_ISREG(info.st_mode)) ||
                   (stat(inside.bytes, &info) == 0 && S_ISREG(info.st_mode));
    buffer_free(&inside);
    return is_list ? (struct list_stamp){info.st_dev, info.st_ino, info.st_mtim} : (struct list_stamp){0};
}

static bool same_stamp(const struct list_stamp *a, const struct list_stamp *b)
{
    return a->device == b->device && a->inode == b->inode && a->modified.tv_sec == b->modified.tv_sec &&
           a->modified.tv_nsec == b->modified.tv_nsec;
}

static bool lists_have_changed(const struct parts *parts)
{
    for (size_t i = 0; i < parts->archive_count; i++) {
        struct list_stamp now = stamp_of(parts->archives[i]);
        if (!same_stamp(&now, &parts->stamps[i]))
            return true;
    }
    return false;
}

static void prepare(struct parts *parts)
{
    parts->count = parts->list.count;
    parts->items = arena_alloc(parts->arena, parts->count * sizeof *parts->items);
    parts->missing = arena_alloc(parts->arena, parts->count * sizeof *parts->missing);
    for (size_t i = 0; i < parts->count; i++)
        parts->items[i] = (struct part){.places = &parts->list.parts[i], .arena = arena_new()};
    allow_files(parts->count);
}

static void forget_list(struct parts *parts)
{
    unjoin(parts);
    for (size_t i = 0; i < parts->count; i++) {
        lose(&parts->items[i]);
        arena_free(parts->items[i].arena);
    }
    arena_free(parts->arena);
}

/* Read the lists, in place of those read before. What cannot be read leaves all as it was. */
static enum delib_status read_lists(struct parts *parts, struct delib_error *error)
{
    struct parts fresh = {.arena = arena_new(),
                          .archives = parts->archives,
                          .archive_count = parts->archive_count,
                          .timeout_ms = parts->timeout_ms,
                          .generation = parts->generation};
    enum delib_status status = DELIB_OK;
    fresh.stamps = arena_alloc(fresh.arena, (fresh.archive_count + 1) * sizeof *fresh.stamps);
    for (size_t i = 0; i < fresh.archive_count && status == DELIB_OK; i++) {
        fresh.stamps[i] = stamp_of(fresh.archives[i]); /* before it is read: what comes later is seen as a change */
        status = parts_list_add(&fresh.list, fresh.arena, fresh.archives[i], error);
    }
    if (status != DELIB_OK) {
        arena_free(fresh.arena);
        return status;
    }
    forget_list(parts);
    *parts = fresh;
    prepare(parts);
    return DELIB_OK;
}

/* Bring the parts up, those of the list that is there when all of them are open: acts may have gone to a part that an
 * older one does not name. */
static enum delib_status bring_up_listed(struct parts *parts, bool with_missing, struct delib_error *error)
{
    struct delib_error why;
    enum delib_status status = bring_up(parts, with_missing, error);
    for (int tries = 0; tries < LIST_TRIES && lists_have_changed(parts); tries++)
        if (read_lists(parts, &why) == DELIB_OK)
            status = bring_up(parts, true, error);
    return status;
}

enum delib_status parts_open(struct parts **out, const char *const *archives, size_t count, uint32_t timeout_ms,
                             struct delib_error *error)
{
    struct parts *parts = memory_alloc(sizeof *parts);
    *parts = (struct parts){.arena = arena_new(), .timeout_ms = timeout_ms, .archive_count = count};
    parts->archives = memory_alloc((count + 1) * sizeof *parts->archives);
    memcpy(parts->archives, archives, count * sizeof *parts->archives);
    enum delib_status status = read_lists(parts, error);
    if (status == DELIB_OK)
        status = bring_up_listed(parts, true, error);
    parts->is_fresh = true;
    if (status == DELIB_OK)
        *out = parts;
    else
        parts_free(parts);
    return status;
}

void parts_free(struct parts *parts)
{
    if (!parts)
        return;
    forget_list(parts);
    free(parts->archives);
    free(parts);
}

enum delib_status parts_refresh(struct xapian_reader **out, struct parts *parts, struct delib_error *error)
{
    bool with_missing = now_ms() - parts->dialled_ms >= (int64_t)parts->timeout_ms;
    enum delib_status status = DELIB_OK;
    if (!parts->is_fresh || parts->has_failed)
        status = bring_up_listed(parts, with_missing || !parts->reader, error);
    parts->is_fresh = false;
    *out = parts->reader;
    return status;
}

void parts_have_failed(struct parts *parts)
{
    parts->has_failed = true;
}

uint32_t parts_generation(const struct parts *parts)
{
    return parts->generation;
}

const struct missing_part *parts_missing(const struct parts *parts, size_t *count)
{
    *count = parts->missing_count;
    return parts->missing;
}

uint64_t parts_stamp(const struct parts *parts)
{
    uint64_t stamp = UINT64_C(14695981039346656037); /* FNV-1a */
    for (size_t i = 0; i < parts->count; i++) {
        uint64_t part = parts->items[i].reader ? (uint64_t)parts->items[i].revision + 1 : 0;
        stamp = (stamp ^ part) * UINT64_C(1099511628211);
    }
    return stamp;
}

uint32_t parts_revision(const struct parts *parts, bool *known)
{
    const struct part *first = NULL;
    uint32_t least = UINT32_MAX;
    *known = true;
    for (size_t i = 0; i < parts->count; i++) {
        const struct part *part = &parts->items[i];
        if (!part->reader)
            continue;
        first = first ? first : part;
        *known &= part == first || (part->family.len > 0 && slice_equal(part->family, first->family));
        least = part->revision < least ? part->revision : least;
    }
    return least;
}

bool parts_are_moving(const struct parts *parts)
{
    return parts->list.is_moving;
}

bool parts_are_remote(const struct parts *parts)
{
    for (size_t i = 0; i < parts->count; i++)
        if (has_remote(&parts->items[i]))
            return true;
    return false;
}

struct slice parts_committed_at(const struct parts *parts)
{
    struct slice latest = {0};
    for (size_t i = 0; i < parts->count; i++)
        if (parts->items[i].reader && slice_compare(parts->items[i].committed_at, latest) > 0)
            latest = parts->items[i].committed_at;
    return latest;
}

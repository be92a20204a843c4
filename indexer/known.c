#include "known.h"

#include <stdlib.h>
#include <string.h>

#include "archive/file_state.h"
#include "base/memory.h"

enum { FIRST_ENTRIES = 1024 };

struct entry {
    size_t start_bytes; /* of the stored state */
    uint32_t len_bytes;
    uint32_t path_bytes; /* its end */
    uint32_t act_count;
    bool is_moved;
    bool is_plain;
    struct file_identity identity;
    const struct scanned_file *scanned;
};

/* The mark spares most looks at a path that is another. */
struct slot {
    uint32_t number; /* of an entry and one more; 0: free */
    uint32_t mark;
};

struct meeting {
    uint32_t number; /* as in a slot; 0: the file is new */
    bool is_same;
};

struct known_files {
    const struct scan *scan;
    struct buffer stored; /* states, one after the other */
    struct entry *entries;
    size_t count;
    size_t capacity;
    struct slot *slots; /* by the paths */
    size_t slot_count;
    struct meeting *meetings; /* for each file of the scan */
    enum delib_status status;
    struct delib_error *error;
};

static struct slice path_of(const struct known_files *known, const struct entry *entry)
{
    size_t end = entry->start_bytes + entry->len_bytes;
    return slice_range(buffer_get(&known->stored), end - entry->path_bytes, end);
}

static bool take_state(struct slice stored, void *payload)
{
    struct known_files *known = payload;
    struct file_outline outline;
    known->status = file_state_skim(&outline, stored, known->error);
    if (known->status != DELIB_OK)
        return false;
    const struct entry entry = {
        .start_bytes = known->stored.len,
        .len_bytes = (uint32_t)stored.len,
        .path_bytes = (uint32_t)outline.path.len,
        .act_count = outline.act_count,
        .is_plain = outline.is_plain,
        .identity = {.size_bytes = outline.size_bytes, .modified_ns = outline.modified_ns, .inode = outline.inode}};
    buffer_add_slice(&known->stored, stored);
    if (known->count == known->capacity) {
        known->capacity = known->capacity ? 2 * known->capacity : FIRST_ENTRIES;
        known->entries = memory_resize(known->entries, known->capacity, sizeof *known->entries);
    }
    known->entries[known->count++] = entry;
    return true;
}

/* --- by their paths ---------------------------------------------------------------------------------------------- */

static uint64_t hash_of(struct slice path)
{
    enum { HALF = 32 };
    const uint64_t odd = UINT64_C(0x9E3779B97F4A7C15); /* the golden ratio: spreads what differs in few bits */
    uint64_t hash = path.len;
    for (size_t at = 0; at < path.len; at += sizeof hash) {
        uint64_t part = 0;
        size_t left = path.len - at;
        memcpy(&part, path.bytes + at, left < sizeof part ? left : sizeof part);
        hash = (hash ^ part) * odd;
        hash ^= hash >> HALF;
    }
    return hash;
}

static uint32_t mark_of(uint64_t hash)
{
    return (uint32_t)(hash >> 32);
}

/* A path that comes twice, from two parts of an archive, is the one that came first. */
static void index_entries(struct known_files *known)
{
    known->slot_count = 2;
    while (known->slot_count < 2 * known->count)
        known->slot_count *= 2;
    known->slots = memory_alloc(known->slot_count * sizeof *known->slots);
    for (size_t i = 0; i < known->count; i++) {
        uint64_t hash = hash_of(path_of(known, &known->entries[i]));
        size_t slot = hash & (known->slot_count - 1);
        while (known->slots[slot].number != 0)
            slot = (slot + 1) & (known->slot_count - 1);
        known->slots[slot] = (struct slot){(uint32_t)i + 1, mark_of(hash)};
    }
}

/* The number of the entry with this path and one more; 0 when there is none. */
static uint32_t find(const struct known_files *known, struct slice path)
{
    uint64_t hash = hash_of(path);
    for (size_t at = hash & (known->slot_count - 1);; at = (at + 1) & (known->slot_count - 1)) {
        const struct slot *slot = &known->slots[at];
        if (slot->number == 0 ||
            (slot->mark == mark_of(hash) && slice_equal(path, path_of(known, &known->entries[slot->number - 1]))))
            return slot->number;
    }
}

static bool is_same(const struct entry *entry, const struct file_identity *now)
{
    return entry->is_plain && entry->identity.size_bytes == now->size_bytes &&
           entry->identity.modified_ns == now->modified_ns && entry->identity.inode == now->inode;
}

static void meet_scan(struct known_files *known)
{
    const struct scan *scan = known->scan;
    known->meetings = memory_alloc((scan->file_count + 1) * sizeof *known->meetings);
    for (size_t i = 0; i < scan->file_count; i++) {
        uint32_t number = find(known, slice_of(scan->files[i].path));
        struct entry *entry = number > 0 ? &known->entries[number - 1] : NULL;
        known->meetings[i] = (struct meeting){number, entry && is_same(entry, &scan->files[i].identity)};
        if (entry)
            entry->scanned = &scan->files[i];
    }
}

/* --- for a run --------------------------------------------------------------------------------------------------- */

enum delib_status known_files_read(struct known_files **out, const struct scan *scan, struct xapian_reader *reader,
                                   struct delib_error *error)
{
    struct known_files *known = memory_alloc(sizeof *known);
    *known = (struct known_files){.scan = scan, .error = error};
    enum delib_status status = reader ? archive_each_state(reader, take_state, known, error) : DELIB_OK;
    if (status == DELIB_OK)
        status = known->status;
    if (status == DELIB_OK) {
        index_entries(known);
        meet_scan(known);
        *out = known;
    } else {
        known_files_free(known);
    }
    return status;
}

void known_files_free(struct known_files *known)
{
    if (!known)
        return;
    buffer_free(&known->stored);
    free(known->entries);
    free(known->slots);
    free(known->meetings);
    free(known);
}

static struct slice stored_of(const struct known_files *known, const struct entry *entry)
{
    return slice_range(buffer_get(&known->stored), entry->start_bytes, entry->start_bytes + entry->len_bytes);
}

enum delib_status known_files_get(struct file_state *out, struct arena *arena, const struct known_files *known,
                                  const struct scanned_file *file, struct delib_error *error)
{
    uint32_t number = known->meetings[file - known->scan->files].number;
    return number == 0 ? DELIB_NOT_FOUND
                       : file_state_read(out, arena, stored_of(known, &known->entries[number - 1]), error);
}

bool known_files_is_same(const struct known_files *known, const struct scanned_file *file)
{
    return known->meetings[file - known->scan->files].is_same;
}

void known_files_move(struct known_files *known, struct slice path)
{
    uint32_t number = find(known, path);
    if (number > 0)
        known->entries[number - 1].is_moved = true;
}

void known_files_each(const struct known_files *known, known_file_visit *visit, void *payload)
{
    for (size_t i = 0; i < known->count; i++) {
        const struct entry *entry = &known->entries[i];
        const struct known_file file = {.path = path_of(known, entry),
                                        .act_count = entry->act_count,
                                        .scanned = entry->scanned,
                                        .is_moved = entry->is_moved,
                                        .stored = stored_of(known, entry)};
        if (!visit(&file, payload))
            return;
    }
}

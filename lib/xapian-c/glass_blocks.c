#include "xapian-c/glass_blocks.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/words.h"

enum {
    UUID_BYTES = 16,
    ROOT_FILE_BYTES = 1024,   /* Xapian itself reads no more than 256 */
    BLOCK_BYTES_MAX = 65536,  /* Xapian's own limit */
    BLOCK_UNIT_BYTES = 2048,  /* in which the size of a block is stored */
    LIST_BASE = 8,            /* where the entries of a block of the list of free blocks begin */
    LIST_ENTRY_BYTES = 4,     /* the last of a block names the next block */
    NUMBER_BITS = 7,          /* in each byte of a number; the top bit: more follow */
    NUMBER_SHIFT_MAX = 64 - 8 /* longer numbers are none of ours */
};

/* Xapian's mark and the date of the format, 2016-03-14. */
static const char magic[] = "\x0f\x0dXapian Glass\x04\x6e";

/* A place in the list of free blocks. */
struct cursor {
    uint64_t block;
    uint64_t offset;
};

/* One walk over the list of one table. */
struct walk {
    struct arena *arena;
    struct glass_table *table;
    const char *name;
    int file;
    unsigned char *block;
};

const char *glass_table_file(size_t table)
{
    /* In the order in which iamglass tells of them. */
    static const char *const files[GLASS_TABLE_COUNT] = {"postlist.glass", "docdata.glass",  "termlist.glass",
                                                         "position.glass", "spelling.glass", "synonym.glass"};
    return files[table];
}

static bool take_number(uint64_t *out, struct slice *from)
{
    *out = 0;
    for (unsigned shift = 0; from->len > 0 && shift <= NUMBER_SHIFT_MAX; shift += NUMBER_BITS) {
        unsigned char byte = (unsigned char)from->bytes[0];
        *from = slice_skip(*from, 1);
        *out |= (uint64_t)(byte & 0x7F) << shift;
        if (byte < 0x80)
            return true;
    }
    return false;
}

static bool take_cursor(struct cursor *out, struct slice *from)
{
    if (!take_number(&out->block, from) || !take_number(&out->offset, from))
        return false;
    out->offset *= LIST_ENTRY_BYTES;
    return true;
}

static uint32_t entry_at(const unsigned char *bytes)
{
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

static enum delib_status fail_list(const char *name, struct delib_error *error)
{
    return delib_fail(error, DELIB_CORRUPT, _("%s: the list of free blocks is damaged"), name);
}

static enum delib_status read_block(struct walk *walk, const struct cursor *at, struct delib_error *error)
{
    uint32_t size = walk->table->block_bytes;
    if (at->block >= walk->table->end || at->offset < LIST_BASE || at->offset > size - LIST_ENTRY_BYTES)
        return fail_list(walk->name, error);
    ssize_t got = pread(walk->file, walk->block, size, (off_t)(at->block * size));
    if (got < 0)
        return delib_fail(error, DELIB_IO, "%s: %s", walk->name, strerror(errno));
    return (size_t)got == size ? DELIB_OK : fail_list(walk->name, error);
}

static void add_writable(struct walk *walk, uint32_t block)
{
    struct glass_table *table = walk->table;
    table->writable = arena_grow(walk->arena, table->writable, table->writable_count, sizeof *table->writable);
    table->writable[table->writable_count++] = block;
}

/* From the first entry not yet used to the place where the next is to be written. */
static enum delib_status walk_list(struct walk *walk, struct cursor at, struct cursor end, struct delib_error *error)
{
    enum delib_status status = read_block(walk, &at, error);
    while (status == DELIB_OK && (at.block != end.block || at.offset != end.offset)) {
        uint32_t entry = entry_at(walk->block + at.offset);
        if (entry >= walk->table->end || walk->table->writable_count > walk->table->end)
            return fail_list(walk->name, error);
        if (at.offset == walk->table->block_bytes - LIST_ENTRY_BYTES) {
            at = (struct cursor){entry, LIST_BASE};
            status = read_block(walk, &at, error);
        } else {
            add_writable(walk, entry);
            at.offset += LIST_ENTRY_BYTES;
        }
    }
    if (status == DELIB_OK)
        add_writable(walk, (uint32_t)end.block);
    return status;
}

static enum delib_status read_list(struct glass_table *table, struct arena *arena, int folder, const char *name,
                                   struct slice list, struct delib_error *error)
{
    uint64_t revision;
    uint64_t end_block;
    struct cursor first;
    struct cursor end;
    if (list.len == 0)
        return DELIB_OK;
    if (!take_number(&revision, &list) || !take_number(&end_block, &list) || end_block > UINT32_MAX ||
        !take_cursor(&first, &list) || !take_cursor(&end, &list))
        return fail_list(name, error);
    table->end = (uint32_t)end_block;
    if (end.offset == 0) /* no block was ever freed */
        return DELIB_OK;
    struct walk walk = {.arena = arena, .table = table, .name = name};
    walk.block = arena_alloc(arena, table->block_bytes);
    walk.file = openat(folder, name, O_RDONLY | O_CLOEXEC);
    if (walk.file < 0)
        return delib_fail(error, errno == ENOENT ? DELIB_CORRUPT : DELIB_IO, "%s: %s", name, strerror(errno));
    enum delib_status status = walk_list(&walk, first, end, error);
    close(walk.file);
    return status;
}

static enum delib_status take_table(struct glass_table *out, struct arena *arena, int folder, const char *name,
                                    struct slice *from, struct delib_error *error)
{
    uint64_t root, level, entries, block_units, compress_min, list_len;
    if (!take_number(&root, from) || !take_number(&level, from) || !take_number(&entries, from) ||
        !take_number(&block_units, from) || !take_number(&compress_min, from) || !take_number(&list_len, from) ||
        list_len > from->len || block_units == 0 || block_units > BLOCK_BYTES_MAX / BLOCK_UNIT_BYTES)
        return delib_fail(error, DELIB_CORRUPT, _("%s: the file is damaged"), GLASS_ROOT_FILE);
    struct slice list = slice_range(*from, 0, list_len);
    *from = slice_skip(*from, list_len);
    *out = (struct glass_table){.block_bytes = (uint32_t)block_units * BLOCK_UNIT_BYTES};
    return read_list(out, arena, folder, name, list, error);
}

static enum delib_status read_root(struct glass_blocks *out, struct arena *arena, int folder, struct slice root,
                                   struct delib_error *error)
{
    struct slice wanted = {magic, sizeof magic - 1};
    if (!slice_starts(root, slice_range(wanted, 0, wanted.len - 2)))
        return delib_fail(error, DELIB_CORRUPT, _("%s: the file is damaged"), GLASS_ROOT_FILE);
    if (!slice_starts(root, wanted))
        return delib_fail(error, DELIB_VERSION, _("%s: a format of another Xapian"), GLASS_ROOT_FILE);
    root = slice_skip(root, wanted.len + UUID_BYTES);
    if (!take_number(&out->revision, &root))
        return delib_fail(error, DELIB_CORRUPT, _("%s: the file is damaged"), GLASS_ROOT_FILE);
    enum delib_status status = DELIB_OK;
    for (size_t i = 0; i < GLASS_TABLE_COUNT && status == DELIB_OK; i++)
        status = take_table(&out->tables[i], arena, folder, glass_table_file(i), &root, error);
    return status;
}

enum delib_status glass_blocks_read(struct glass_blocks *out, struct arena *arena, const char *folder,
                                    struct delib_error *error)
{
    char bytes[ROOT_FILE_BYTES];
    enum delib_status status;
    *out = (struct glass_blocks){0};
    int directory = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int root = directory < 0 ? -1 : openat(directory, GLASS_ROOT_FILE, O_RDONLY | O_CLOEXEC);
    ssize_t got = root < 0 ? -1 : read(root, bytes, sizeof bytes);
    if (got < 0)
        status = delib_fail(error, errno == ENOENT ? DELIB_NOT_FOUND : DELIB_IO, "%s/%s: %s", folder, GLASS_ROOT_FILE,
                            strerror(errno));
    else
        status = read_root(out, arena, directory, (struct slice){bytes, (size_t)got}, error);
    if (root >= 0)
        close(root);
    if (directory >= 0)
        close(directory);
    return status;
}

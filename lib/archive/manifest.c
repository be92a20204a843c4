#include "archive/manifest.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "archive/folder.h"
#include "base/buffer.h"
#include "base/memory.h"
#include "base/sha256.h"
#include "base/words.h"
#include "xapian-c/glass_blocks.h"

#define HEAD SLICE("delib-manifest 1\n")
#define BESIDE_FILE MANIFEST_FILE ".new"

enum {
    WIDE_BYTES = 8, /* of a sum or a size; little-endian, so that an archive may be carried to any machine */
    NARROW_BYTES = 4,
    BLOCK_BYTES_MAX = 65536, /* of Xapian */
    REVISIONS_AHEAD = 2,     /* of a commit that came after the manifest, or failed and had its number skipped */
    BITS = 8
};

struct table_sums {
    uint64_t size_bytes; /* of the file; 0 also when there is none */
    uint32_t block_bytes;
    uint32_t count; /* of blocks; the last may be cut short */
    uint64_t *sums;
    unsigned char *writable; /* a bit each: the next commit may write it */
};

struct manifest {
    uint64_t revision;
    uint64_t root_sum; /* of iamglass */
    bool is_empty;     /* nothing was summed yet */
    struct table_sums tables[GLASS_TABLE_COUNT];
};

struct manifest *manifest_new(void)
{
    struct manifest *manifest = memory_alloc(sizeof *manifest);
    manifest->is_empty = true;
    return manifest;
}

void manifest_free(struct manifest *manifest)
{
    for (size_t i = 0; manifest && i < GLASS_TABLE_COUNT; i++) {
        free(manifest->tables[i].sums);
        free(manifest->tables[i].writable);
    }
    free(manifest);
}

/* --- blocks -------------------------------------------------------------------------------------------------- */

static bool is_writable(const struct table_sums *table, uint32_t block)
{
    return table->writable[block / BITS] >> block % BITS & 1;
}

static void set_writable(struct table_sums *table, uint32_t block)
{
    if (block < table->count)
        table->writable[block / BITS] |= (unsigned char)(1U << block % BITS);
}

static size_t bitmap_bytes(uint32_t count)
{
    return ((size_t)count + BITS - 1) / BITS;
}

static void resize(struct table_sums *table, uint32_t count, uint64_t size_bytes)
{
    table->sums = memory_resize(table->sums, (size_t)count + 1, sizeof *table->sums);
    free(table->writable);
    table->writable = memory_alloc(bitmap_bytes(count) + 1);
    table->count = count;
    table->size_bytes = size_bytes;
}

static bool block_count(uint32_t *out, uint64_t size_bytes, uint32_t block_bytes)
{
    uint64_t count = (size_bytes + block_bytes - 1) / block_bytes;
    *out = (uint32_t)count;
    return count < UINT32_MAX;
}

static enum delib_status fail_file(const char *folder, const char *name, struct delib_error *error)
{
    return delib_fail(error, DELIB_IO, "%s/%s: %s", folder, name, strerror(errno));
}

/* A table's file, open, with its size; -1 in *file when there is none, which is an empty one. */
static enum delib_status open_table(int *file, uint64_t *size_bytes, const char *folder, const char *name,
                                    struct delib_error *error)
{
    struct stat info;
    struct buffer path = {0};
    enum delib_status status = DELIB_OK;
    *size_bytes = 0;
    buffer_printf(&path, "%s/%s", folder, name);
    *file = open(path.bytes, O_RDONLY | O_CLOEXEC);
    buffer_free(&path);
    if (*file < 0)
        return errno == ENOENT ? DELIB_OK : fail_file(folder, name, error);
    if (fstat(*file, &info) != 0) {
        status = fail_file(folder, name, error);
        close(*file);
        *file = -1;
    } else {
        *size_bytes = (uint64_t)info.st_size;
    }
    return status;
}

/* The sum of one block; of what is there of it when the file ends within. */
static enum delib_status sum_block(uint64_t *out, int file, uint32_t block, uint32_t block_bytes, char *room,
                                   struct delib_error *error)
{
    size_t got = 0;
    while (got < block_bytes) {
        ssize_t more = pread(file, room + got, block_bytes - got, (off_t)((uint64_t)block * block_bytes + got));
        if (more < 0 && errno == EINTR)
            continue;
        if (more < 0)
            return delib_fail(error, DELIB_IO, _("a block cannot be read: %s"), strerror(errno));
        if (more == 0)
            break;
        got += (size_t)more;
    }
    *out = sha256_start_of((struct slice){room, got});
    return DELIB_OK;
}

static enum delib_status read_small_file(struct buffer *out, const char *folder, const char *name,
                                         struct delib_error *error)
{
    int file;
    uint64_t size_bytes;
    enum delib_status status = open_table(&file, &size_bytes, folder, name, error);
    if (status == DELIB_OK && file < 0)
        return delib_fail(error, DELIB_NOT_FOUND, _("%s/%s: there is no such file"), folder, name);
    while (status == DELIB_OK) {
        enum { PIECE_BYTES = 1 << 16 };
        buffer_reserve(out, PIECE_BYTES);
        ssize_t got = read(file, out->bytes + out->len, PIECE_BYTES);
        if (got < 0 && errno != EINTR)
            status = fail_file(folder, name, error);
        if (got == 0)
            break;
        out->len += got > 0 ? (size_t)got : 0;
    }
    if (file >= 0)
        close(file);
    return status;
}

/* 0 when there is no iamglass. */
static enum delib_status sum_root(uint64_t *out, const char *folder, struct delib_error *error)
{
    struct buffer bytes = {0};
    enum delib_status status = read_small_file(&bytes, folder, GLASS_ROOT_FILE, error);
    *out = status == DELIB_OK ? sha256_start_of(buffer_get(&bytes)) : 0;
    buffer_free(&bytes);
    return status;
}

/* --- the file ------------------------------------------------------------------------------------------------ */

static void write_number(struct buffer *out, uint64_t number, unsigned bytes)
{
    for (unsigned i = 0; i < bytes; i++)
        buffer_add_byte(out, (char)(number >> BITS * i & 0xFF));
}

static uint64_t take_number(struct slice *from, unsigned bytes)
{
    uint64_t number = 0;
    for (unsigned i = 0; i < bytes && i < from->len; i++)
        number |= (uint64_t)(unsigned char)from->bytes[i] << BITS * i;
    *from = slice_skip(*from, bytes);
    return number;
}

static void write_manifest(struct buffer *out, const struct manifest *manifest)
{
    buffer_add_slice(out, HEAD);
    write_number(out, manifest->revision, WIDE_BYTES);
    write_number(out, manifest->root_sum, WIDE_BYTES);
    for (size_t i = 0; i < GLASS_TABLE_COUNT; i++) {
        const struct table_sums *table = &manifest->tables[i];
        write_number(out, table->block_bytes, NARROW_BYTES);
        write_number(out, table->size_bytes, WIDE_BYTES);
        for (uint32_t block = 0; block < table->count; block++)
            write_number(out, table->sums[block], WIDE_BYTES);
        buffer_add(out, table->writable, bitmap_bytes(table->count));
    }
    write_number(out, sha256_start_of(buffer_get(out)), WIDE_BYTES);
}

static bool take_table(struct table_sums *table, struct slice *from)
{
    uint32_t count;
    table->block_bytes = (uint32_t)take_number(from, NARROW_BYTES);
    uint64_t size_bytes = take_number(from, WIDE_BYTES);
    if (table->block_bytes == 0 || table->block_bytes > BLOCK_BYTES_MAX ||
        !block_count(&count, size_bytes, table->block_bytes) || (uint64_t)count * WIDE_BYTES > from->len)
        return false;
    resize(table, count, size_bytes);
    for (uint32_t block = 0; block < count; block++)
        table->sums[block] = take_number(from, WIDE_BYTES);
    bool whole = from->len >= bitmap_bytes(count);
    if (whole && count > 0)
        memcpy(table->writable, from->bytes, bitmap_bytes(count));
    *from = slice_skip(*from, bitmap_bytes(count));
    return whole;
}

static bool read_manifest(struct manifest *out, struct slice bytes)
{
    if (bytes.len < HEAD.len + WIDE_BYTES || !slice_starts(bytes, HEAD))
        return false;
    struct slice body = slice_range(bytes, 0, bytes.len - WIDE_BYTES);
    struct slice sum = slice_skip(bytes, body.len);
    if (take_number(&sum, WIDE_BYTES) != sha256_start_of(body))
        return false;
    body = slice_skip(body, HEAD.len);
    out->revision = take_number(&body, WIDE_BYTES);
    out->root_sum = take_number(&body, WIDE_BYTES);
    out->is_empty = false;
    bool whole = true;
    for (size_t i = 0; i < GLASS_TABLE_COUNT && whole; i++)
        whole = take_table(&out->tables[i], &body);
    return whole && body.len == 0;
}

enum delib_status manifest_load(struct manifest **out, const char *folder, struct delib_error *error)
{
    struct buffer bytes = {0};
    struct manifest *manifest = manifest_new();
    enum delib_status status = read_small_file(&bytes, folder, MANIFEST_FILE, error);
    if (status == DELIB_OK && !read_manifest(manifest, buffer_get(&bytes)))
        status = delib_fail(error, DELIB_CORRUPT, _("%s/%s: the file is damaged"), folder, MANIFEST_FILE);
    buffer_free(&bytes);
    if (status == DELIB_OK)
        *out = manifest;
    else
        manifest_free(manifest);
    return status;
}

static enum delib_status sync_folder(int folder, const char *path, struct delib_error *error)
{
    return fsync(folder) == 0 ? DELIB_OK
                              : delib_fail(error, DELIB_IO, _("%s: cannot sync the folder: %s"), path, strerror(errno));
}

static enum delib_status open_folder(int *out, const char *path, struct delib_error *error)
{
    *out = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    return *out >= 0 ? DELIB_OK : delib_fail(error, DELIB_IO, "%s: %s", path, strerror(errno));
}

static bool write_whole(int file, struct slice bytes)
{
    while (bytes.len > 0) {
        ssize_t written = write(file, bytes.bytes, bytes.len);
        if (written < 0 && errno != EINTR)
            return false;
        bytes = slice_skip(bytes, written > 0 ? (size_t)written : 0);
    }
    return true;
}

/* Whole or not at all, and durable. */
static enum delib_status save(const struct manifest *manifest, const char *path, struct delib_error *error)
{
    int folder;
    struct buffer bytes = {0};
    enum delib_status status = open_folder(&folder, path, error);
    if (status != DELIB_OK)
        return status;
    write_manifest(&bytes, manifest);
    int file = openat(folder, BESIDE_FILE, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    bool written = file >= 0 && write_whole(file, buffer_get(&bytes)) && fsync(file) == 0;
    if (file >= 0)
        written = close(file) == 0 && written;
    if (!written || renameat(folder, BESIDE_FILE, folder, MANIFEST_FILE) != 0)
        status = fail_file(path, MANIFEST_FILE, error);
    if (status == DELIB_OK)
        status = sync_folder(folder, path, error);
    else
        unlinkat(folder, BESIDE_FILE, 0);
    close(folder);
    buffer_free(&bytes);
    return status;
}

/* --- bringing it up to date ---------------------------------------------------------------------------------- */

static bool is_near(const struct manifest *manifest, uint64_t revision)
{
    return revision >= manifest->revision && revision - manifest->revision <= REVISIONS_AHEAD;
}

/* What the blocks now writable are, those behind the end included. */
static void mark_writable(struct table_sums *table, const struct glass_table *now)
{
    memset(table->writable, 0, bitmap_bytes(table->count));
    for (size_t i = 0; i < now->writable_count; i++)
        set_writable(table, now->writable[i]);
    for (uint32_t block = now->end; block < table->count; block++)
        set_writable(table, block);
}

/* Sum the blocks that may have been written since, or all of them. */
static enum delib_status sum_table(struct table_sums *table, int file, uint64_t size_bytes, bool all,
                                   struct delib_error *error)
{
    uint32_t count;
    enum delib_status status = DELIB_OK;
    struct table_sums before = *table;
    if (!block_count(&count, size_bytes, table->block_bytes))
        return delib_fail(error, DELIB_CORRUPT, _("a table is larger than any can be"));
    for (uint32_t block = count; block < before.count && !all; block++)
        if (!is_writable(&before, block))
            return delib_fail(error, DELIB_CORRUPT, _("a table was cut short; make the archive again with --rebuild"));
    before.writable = memory_alloc(bitmap_bytes(before.count) + 1);
    memcpy(before.writable, table->writable ? table->writable : before.writable, bitmap_bytes(before.count));
    resize(table, count, size_bytes);
    char *room = memory_alloc(table->block_bytes);
    for (uint32_t block = 0; block < count && status == DELIB_OK; block++)
        if (all || block >= before.count || is_writable(&before, block))
            status = sum_block(&table->sums[block], file, block, table->block_bytes, room, error);
    free(room);
    free(before.writable);
    return status;
}

static enum delib_status update_table(struct table_sums *table, const struct glass_table *now, const char *folder,
                                      const char *name, bool all, struct delib_error *error)
{
    int file;
    uint64_t size_bytes;
    enum delib_status status = open_table(&file, &size_bytes, folder, name, error);
    if (status != DELIB_OK)
        return status;
    table->block_bytes = now->block_bytes;
    status = sum_table(table, file, size_bytes, all, error);
    if (status == DELIB_OK)
        mark_writable(table, now);
    else
        delib_fail_in(error, name);
    if (file >= 0)
        close(file);
    return status;
}

/* Whether only the blocks that are marked may differ from what the manifest says. */
static bool can_be_carried_on(const struct manifest *manifest, const struct glass_blocks *now)
{
    if (manifest->is_empty || !is_near(manifest, now->revision))
        return false;
    for (size_t i = 0; i < GLASS_TABLE_COUNT; i++)
        if (manifest->tables[i].block_bytes != now->tables[i].block_bytes)
            return false;
    return true;
}

enum delib_status manifest_update(struct manifest *manifest, const char *folder, struct delib_error *error)
{
    struct glass_blocks now;
    struct arena *arena = arena_new();
    enum delib_status status = glass_blocks_read(&now, arena, folder, error);
    bool all = status != DELIB_OK || !can_be_carried_on(manifest, &now);
    if (status == DELIB_OK)
        status = sum_root(&manifest->root_sum, folder, error);
    for (size_t i = 0; i < GLASS_TABLE_COUNT && status == DELIB_OK; i++)
        status = update_table(&manifest->tables[i], &now.tables[i], folder, glass_table_file(i), all, error);
    manifest->revision = now.revision;
    manifest->is_empty = status != DELIB_OK; /* half brought up to date it is of no use */
    arena_free(arena);
    return status == DELIB_OK ? save(manifest, folder, error) : status;
}

enum delib_status manifest_make(const char *folder, struct delib_error *error)
{
    struct manifest *manifest = manifest_new();
    enum delib_status status = folder_sync(folder, error);
    if (status == DELIB_OK)
        status = manifest_update(manifest, folder, error);
    manifest_free(manifest);
    return status;
}

/* --- ahead of the manifest ----------------------------------------------------------------------------------- */

enum delib_status manifest_begin_writing(const char *folder, struct delib_error *error)
{
    int directory;
    enum delib_status status = open_folder(&directory, folder, error);
    if (status != DELIB_OK)
        return status;
    int file = openat(directory, MANIFEST_WRITING_FILE, O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
    if (file < 0)
        status = fail_file(folder, MANIFEST_WRITING_FILE, error);
    else
        close(file);
    if (status == DELIB_OK)
        status = sync_folder(directory, folder, error);
    close(directory);
    return status;
}

enum delib_status manifest_end_writing(const char *folder, struct delib_error *error)
{
    struct buffer path = {0};
    buffer_printf(&path, "%s/%s", folder, MANIFEST_WRITING_FILE);
    int failed = unlink(path.bytes) != 0 && errno != ENOENT;
    buffer_free(&path);
    return failed ? fail_file(folder, MANIFEST_WRITING_FILE, error) : DELIB_OK;
}

static bool has_file(const char *folder, const char *name)
{
    struct buffer path = {0};
    buffer_printf(&path, "%s/%s", folder, name);
    bool is_there = access(path.bytes, F_OK) == 0;
    buffer_free(&path);
    return is_there;
}

bool manifest_is_writing(const char *folder)
{
    return has_file(folder, MANIFEST_WRITING_FILE);
}

bool manifest_exists(const char *folder)
{
    return has_file(folder, MANIFEST_FILE);
}

/* --- comparing ----------------------------------------------------------------------------------------------- */

struct comparing {
    struct manifest_comparison *out;
    const char *folder;
    bool cut_off; /* what a run that was cut off may have written is excused */
    manifest_damage_visit *visit;
    void *payload;
};

static void tell(struct comparing *comparing, const char *what)
{
    comparing->out->damages++;
    comparing->visit(what, comparing->payload);
}

static void tell_bytes(struct comparing *comparing, const char *name, uint64_t from, uint64_t to)
{
    struct buffer what = {0};
    buffer_printf(&what, _("%s/%s: bytes %llu to %llu are not as they were committed"), comparing->folder, name,
                  (unsigned long long)from, (unsigned long long)to - 1);
    tell(comparing, what.bytes);
    buffer_free(&what);
}

static void tell_size(struct comparing *comparing, const char *name, uint64_t now_bytes, uint64_t then_bytes)
{
    struct buffer what = {0};
    buffer_printf(&what, _("%s/%s: has %llu bytes, had %llu when it was committed"), comparing->folder, name,
                  (unsigned long long)now_bytes, (unsigned long long)then_bytes);
    tell(comparing, what.bytes);
    buffer_free(&what);
}

/* Bytes of one block that are there now. */
static uint64_t bytes_of_block(const struct table_sums *table, uint32_t block)
{
    uint64_t from = (uint64_t)block * table->block_bytes;
    return table->size_bytes - from < table->block_bytes ? table->size_bytes - from : table->block_bytes;
}

static enum delib_status compare_blocks(struct comparing *comparing, const struct table_sums *table, int file,
                                        const char *name, struct delib_error *error)
{
    uint64_t altered_from = 0;
    bool altered = false;
    enum delib_status status = DELIB_OK;
    char *room = memory_alloc(table->block_bytes);
    for (uint32_t block = 0; block < table->count && status == DELIB_OK; block++) {
        uint64_t sum = table->sums[block];
        bool excused = comparing->cut_off && is_writable(table, block);
        if (!excused)
            status = sum_block(&sum, file, block, table->block_bytes, room, error);
        *(excused ? &comparing->out->excused_bytes : &comparing->out->compared_bytes) += bytes_of_block(table, block);
        uint64_t from = (uint64_t)block * table->block_bytes;
        bool differs = status == DELIB_OK && sum != table->sums[block];
        if (altered && !differs)
            tell_bytes(comparing, name, altered_from, from);
        else if (!altered && differs)
            altered_from = from;
        altered = differs;
    }
    if (altered)
        tell_bytes(comparing, name, altered_from, table->size_bytes);
    free(room);
    return status;
}

/* Shorter by blocks that may be written is excused after a run that was cut off; so is longer. */
static bool size_is_right(const struct comparing *comparing, const struct table_sums *table, uint64_t size_bytes)
{
    if (size_bytes == table->size_bytes || (comparing->cut_off && size_bytes > table->size_bytes))
        return true;
    uint32_t block = (uint32_t)(size_bytes / table->block_bytes);
    while (comparing->cut_off && block < table->count && is_writable(table, block))
        block++;
    return block == table->count;
}

static enum delib_status compare_table(struct comparing *comparing, const struct table_sums *table, const char *name,
                                       struct delib_error *error)
{
    int file;
    uint64_t size_bytes;
    enum delib_status status = open_table(&file, &size_bytes, comparing->folder, name, error);
    if (status != DELIB_OK)
        return status;
    if (!size_is_right(comparing, table, size_bytes))
        tell_size(comparing, name, size_bytes, table->size_bytes);
    if (file < 0)
        return DELIB_OK;
    posix_fadvise(file, 0, 0, POSIX_FADV_SEQUENTIAL);
    status = compare_blocks(comparing, table, file, name, error);
    close(file);
    return status;
}

/* The root file changes with each commit. After a run that was cut off it may be that of the next. */
static enum delib_status compare_root(struct comparing *comparing, const struct manifest *manifest,
                                      struct delib_error *error)
{
    struct glass_blocks now;
    uint64_t sum;
    struct delib_error why;
    enum delib_status status = sum_root(&sum, comparing->folder, error);
    if (status == DELIB_IO || (status == DELIB_OK && sum == manifest->root_sum))
        return status;
    struct arena *arena = arena_new();
    enum delib_status readable = glass_blocks_read(&now, arena, comparing->folder, &why);
    bool is_next = readable == DELIB_OK && now.revision != manifest->revision && is_near(manifest, now.revision);
    arena_free(arena);
    if (comparing->cut_off && is_next)
        return DELIB_OK;
    struct buffer what = {0};
    buffer_printf(&what, _("%s/%s: is not as it was committed"), comparing->folder, GLASS_ROOT_FILE);
    tell(comparing, what.bytes);
    buffer_free(&what);
    return DELIB_OK;
}

enum delib_status manifest_compare(struct manifest_comparison *out, const char *folder, manifest_damage_visit *visit,
                                   void *payload, struct delib_error *error)
{
    struct manifest *manifest = NULL;
    struct comparing comparing = {
        .out = out, .folder = folder, .cut_off = manifest_is_writing(folder), .visit = visit, .payload = payload};
    *out = (struct manifest_comparison){0};
    enum delib_status status = manifest_load(&manifest, folder, error);
    if (status == DELIB_OK)
        status = compare_root(&comparing, manifest, error);
    for (size_t i = 0; i < GLASS_TABLE_COUNT && status == DELIB_OK; i++)
        status = compare_table(&comparing, &manifest->tables[i], glass_table_file(i), error);
    manifest_free(manifest);
    return status;
}

/* Any bytes as iamglass, as a table's list of free blocks and as the manifest of an archive: they are read or called
 * damaged, and no block is named that the table has not. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "archive/manifest.h"
#include "base/buffer.h"
#include "xapian-c/glass_blocks.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const names[] = {GLASS_ROOT_FILE, MANIFEST_FILE, "postlist.glass"};
enum { NAMES = sizeof names / sizeof *names };

static void put_files(const char *folder, const uint8_t *data, size_t size)
{
    for (size_t i = 0; i < NAMES; i++) {
        struct buffer path = {0};
        buffer_printf(&path, "%s/%s", folder, names[i]);
        FILE *file = fopen(path.bytes, "wb");
        if (!file || fwrite(data, 1, size, file) != size || fclose(file) != 0)
            abort();
        buffer_free(&path);
    }
}

static void remove_files(const char *folder)
{
    for (size_t i = 0; i < NAMES; i++) {
        struct buffer path = {0};
        buffer_printf(&path, "%s/%s", folder, names[i]);
        unlink(path.bytes);
        buffer_free(&path);
    }
    rmdir(folder);
}

static void check_blocks(const struct glass_blocks *blocks)
{
    for (size_t i = 0; i < GLASS_TABLE_COUNT; i++)
        for (size_t j = 0; j < blocks->tables[i].writable_count; j++)
            if (blocks->tables[i].writable[j] >= blocks->tables[i].end)
                abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char folder[] = "/tmp/delib-fuzz-XXXXXX";
    struct glass_blocks blocks = {0};
    struct manifest *manifest = NULL;
    struct delib_error error;
    struct arena *arena = arena_new();
    if (!mkdtemp(folder))
        abort();
    put_files(folder, data, size);
    if (glass_blocks_read(&blocks, arena, folder, &error) == DELIB_OK)
        check_blocks(&blocks);
    if (manifest_load(&manifest, folder, &error) == DELIB_OK)
        manifest_free(manifest);
    remove_files(folder);
    arena_free(arena);
    return 0;
}

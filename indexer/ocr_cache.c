#include "ocr_cache.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/words.h"

char *ocr_cache_folder(void)
{
    const char *cache = getenv("XDG_CACHE_HOME");
    const char *home = getenv("HOME");
    struct buffer folder = {0};
    if (cache && *cache == '/')
        buffer_printf(&folder, "%s/delib/ocr", cache);
    else if (home && *home == '/')
        buffer_printf(&folder, "%s/.cache/delib/ocr", home);
    else
        return NULL;
    return buffer_detach(&folder);
}

void ocr_cache_path(struct buffer *out, const char *folder, const char *sha256)
{
    buffer_printf(out, "%s/%s.txt", folder, sha256);
}

static void make_folders(const char *folder)
{
    char *copy = memory_dup(folder, strlen(folder));
    for (char *slash = strchr(copy + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        mkdir(copy, 0700); /* what fails here fails when the file is made */
        *slash = '/';
    }
    mkdir(copy, 0700);
    free(copy);
}

enum delib_status ocr_cache_keep(const char *folder, const char *sha256, struct slice text, struct delib_error *error)
{
    struct buffer path = {0};
    struct buffer beside = {0};
    enum delib_status status = DELIB_OK;
    make_folders(folder);
    ocr_cache_path(&path, folder, sha256);
    buffer_printf(&beside, "%s.%ld", path.bytes, (long)getpid());
    FILE *file = fopen(beside.bytes, "we");
    bool written = file && fwrite(text.bytes, 1, text.len, file) == text.len;
    written = file && fclose(file) == 0 && written;
    if (!written || rename(beside.bytes, path.bytes) != 0) {
        status = delib_fail(error, DELIB_IO, _("%s: cannot be written: %s"), path.bytes, strerror(errno));
        unlink(beside.bytes);
    }
    buffer_free(&path);
    buffer_free(&beside);
    return status;
}

/* Replays files through a fuzz target without libFuzzer: every file given, and every file directly in a folder given,
 * in the order of their names. A folder that cannot be read or holds no file is a failure, so that a corpus that was
 * lost does not pass for one that was replayed. */
#include <dirent.h>
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/buffer.h"
#include "base/memory.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { READ_BYTES = 65536 };

static bool read_whole(struct buffer *content, const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        return false;
    char part[READ_BYTES];
    for (size_t len; (len = fread(part, 1, sizeof part, file)) > 0;)
        buffer_add(content, part, len);
    bool complete = !ferror(file);
    fclose(file);
    return complete;
}

/* The target gets a block of exactly the file's size, so that reading past its end is noticed. */
static bool replay_file(const char *path)
{
    struct buffer content = {0};
    fprintf(stderr, "%s\n", path);
    bool complete = read_whole(&content, path);
    if (complete) {
        uint8_t *data = memory_alloc(content.len);
        if (content.len)
            memcpy(data, content.bytes, content.len);
        LLVMFuzzerTestOneInput(data, content.len);
        free(data);
    } else {
        fprintf(stderr, "%s: %s\n", path, strerror(errno));
    }
    buffer_free(&content);
    return complete;
}

static bool is_folder(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

/* Adds to *replayed the files that were. */
static bool replay_entry(const char *folder, const char *name, size_t *replayed)
{
    struct buffer path = {0};
    buffer_printf(&path, "%s/%s", folder, name);
    bool fine = true;
    if (!is_folder(path.bytes)) {
        fine = replay_file(path.bytes);
        *replayed += fine;
    }
    buffer_free(&path);
    return fine;
}

static bool replay_folder(const char *folder)
{
    struct dirent **entries = NULL;
    int count = scandir(folder, &entries, NULL, alphasort);
    if (count < 0) {
        fprintf(stderr, "%s: %s\n", folder, strerror(errno));
        return false;
    }
    size_t replayed = 0;
    bool fine = true;
    for (int i = 0; i < count; i++) {
        fine = replay_entry(folder, entries[i]->d_name, &replayed) && fine;
        free(entries[i]);
    }
    free(entries);
    if (replayed == 0)
        fprintf(stderr, "%s: no file to replay\n", folder);
    return fine && replayed > 0;
}

int main(int argc, char **argv)
{
    bool fine = argc > 1;
    if (!fine)
        fprintf(stderr, "usage: %s FILE|FOLDER...\n", argv[0]);
    for (int i = 1; i < argc; i++)
        fine = (is_folder(argv[i]) ? replay_folder(argv[i]) : replay_file(argv[i])) && fine;
    return fine ? EXIT_SUCCESS : EXIT_FAILURE;
}

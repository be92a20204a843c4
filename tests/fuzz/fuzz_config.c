/* Any bytes as the file of --config: they give options, or a line on stderr says which line cannot be used. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "options.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char path[32];
    struct options options = {0};
    char program[] = "delib-index", option[] = "--config", source[] = "source";
    int file = memfd_create("config", MFD_CLOEXEC);
    if (file < 0 || write(file, data, size) != (ssize_t)size)
        return 0;
    snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    char *arguments[] = {program, option, path, source, NULL};
    if (options_parse(&options, 4, arguments) && options.verb == VERB_INDEX &&
        (options.jobs == 0 || options.source_count != 1 || options.sources[0] != source))
        abort();
    options_free(&options);
    close(file);
    return 0;
}

#include "base/memory.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *exit_name = "delib";
static int exit_code = 4;

void memory_set_exit(const char *program_name, int code)
{
    exit_name = program_name;
    exit_code = code;
}

void memory_end(const char *why)
{
    /* Nothing more can be done about a failed write here. */
    if (exit_name && (write(STDERR_FILENO, exit_name, strlen(exit_name)) < 0 || write(STDERR_FILENO, ": ", 2) < 0 ||
                      write(STDERR_FILENO, why, strlen(why)) < 0 || write(STDERR_FILENO, "\n", 1) < 0))
        _exit(exit_code);
    _exit(exit_code);
}

void memory_exhausted(void)
{
    memory_end("out of memory: what was committed is safe; free some memory and run again");
}

void *memory_alloc(size_t size_bytes)
{
    void *block = calloc(1, size_bytes ? size_bytes : 1);
    if (!block)
        memory_exhausted();
    return block;
}

void *memory_resize(void *block, size_t count, size_t each)
{
    if (each && count > SIZE_MAX / each)
        memory_exhausted();
    size_t size_bytes = count * each;
    void *moved = realloc(block, size_bytes ? size_bytes : 1);
    if (!moved)
        memory_exhausted();
    return moved;
}

char *memory_dup(const char *bytes, size_t len_bytes)
{
    char *copy = memory_resize(NULL, len_bytes + 1, 1);
    if (len_bytes)
        memcpy(copy, bytes, len_bytes);
    copy[len_bytes] = '\0';
    return copy;
}

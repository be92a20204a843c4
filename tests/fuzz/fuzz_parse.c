/* Any bytes as a question: a tree or an error with a message, never a crash. */
#include <stdint.h>
#include <stdlib.h>

#include "parse.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new();
    struct node *tree = NULL;
    struct delib_error error = {0};
    enum delib_status status = question_parse(&tree, arena, (struct slice){(const char *)data, size}, &error);
    if (status != DELIB_OK && error.message[0] == '\0')
        abort();
    arena_free(arena);
    return 0;
}

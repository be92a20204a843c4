/* A file of cases, read whole. */
#ifndef DELIB_TESTS_UNIT_TEST_FILE_H
#define DELIB_TESTS_UNIT_TEST_FILE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/buffer.h"

/* The caller frees it. */
static inline char *read_test_file(const char *path, size_t *len)
{
    struct buffer content = {0};
    char chunk[4096];
    size_t count;
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    while ((count = fread(chunk, 1, sizeof chunk, file)) > 0)
        buffer_add(&content, chunk, count);
    fclose(file);
    *len = content.len;
    return buffer_detach(&content);
}

#endif

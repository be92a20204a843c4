/* Any bytes unpack or are refused, within the size allowed. */
#include <stdint.h>
#include <stdlib.h>

#include "gzip.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    enum { MAX_BYTES = 1 << 20 };
    struct buffer out = {0};
    struct delib_error error = {0};
    if (gzip_unpack(&out, (struct slice){(const char *)data, size}, MAX_BYTES, &error) == DELIB_OK &&
        out.len > MAX_BYTES)
        abort();
    buffer_free(&out);
    return 0;
}

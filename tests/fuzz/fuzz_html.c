/* Any HTML becomes valid text. */
#include <stdint.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "readers/html.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct buffer text = {0};
    struct reading reading = {.reason = ""};
    utf8_add_clean(&text, (struct slice){(const char *)data, size});
    read_html(&reading, buffer_get(&text));
    if (!utf8_is_valid(buffer_get(&reading.text)))
        abort();
    reading_free(&reading);
    buffer_free(&text);
    return 0;
}

/* Any bytes as what pdftotext prints of a PDF: they come to UTF-8 with as many pages, or to a reason why not. */
#include <stdint.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "readers/pdf.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static size_t count_of(struct slice text, char byte)
{
    size_t count = 0;
    for (size_t i = 0; i < text.len; i++)
        count += text.bytes[i] == byte;
    return count;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct slice pages = {(const char *)data, size};
    struct reading reading = {.reason = ""};
    pdf_take_pages(&reading, (struct slice){0}, pages, &(struct read_options){0});
    struct slice text = buffer_get(&reading.text);
    size_t ends = count_of(pages, '\f') - slice_ends(pages, SLICE("\f"));
    if (!utf8_is_valid(text) || (reading.outcome == READ_OK) != (reading.reason[0] == '\0') ||
        (reading.outcome == READ_OK && count_of(text, '\f') != ends) || (reading.outcome != READ_OK && text.len > 0))
        abort();
    reading_free(&reading);
    return 0;
}

/* Any text as dates and spelled numbers: they lie within the text, come in order, and are possible. */
#include <stdint.h>
#include <stdlib.h>

#include "base/date.h"
#include "base/utf8.h"
#include "french/normalise.h"
#include "french/numbers.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct slice text = {(const char *)data, size};
    struct buffer folded = {0};
    struct french_date date;
    size_t len;
    if (!utf8_is_valid(text))
        return 0;
    fold(&folded, text);
    struct slice words = buffer_get(&folded);
    for (size_t from = 0; french_date_next(&date, words, from); from = date.start + date.len)
        if (date.start < from || date.len == 0 || date.start + date.len > words.len || date.day < 1 || date.day > 31 ||
            date.month < 1 || date.month > 12)
            abort();
    if (french_spelled_number(words, &len) >= 0 && (len == 0 || len > words.len))
        abort();
    buffer_free(&folded);
    return 0;
}

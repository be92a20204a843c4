#include "readers/text.h"

#include "base/words.h"
#include "layout.h"

enum { TEXT_MAX_BYTES = 32 * 1024 * 1024 }; /* ten thousand pages: more than any council's register in one file */

void read_text(struct reading *out, struct slice text)
{
    if (text.len > TEXT_MAX_BYTES) {
        reading_stop(out, REASON_TOO_BIG, _("this text is larger than %d MB: cut it into one file a session"),
                     TEXT_MAX_BYTES >> 20);
        return;
    }
    out->has_pages = slice_find_byte(text, '\f', 0) != SLICE_NONE;
    if (slice_ends(text, SLICE("\f")))
        text.len--;
    layout_reading_order(&out->text, text);
}

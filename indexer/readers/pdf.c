#include "readers/pdf.h"

#include "base/utf8.h"
#include "base/words.h"
#include "child.h"
#include "layout.h"

enum {
    HEADER_WITHIN_BYTES = 1024, /* the standard lets other bytes come before the header, up to here */
    OUTPUT_MAX_BYTES = 64 * 1024 * 1024,
    MIN_LETTERS_A_PAGE = 20 /* a scanned page has none, or those of a stamp put on it afterwards */
};

static const struct child_limits limits = {
    .cpu_s = 30,          /* a thousand pages take three seconds */
    .wall_ms = 50 * 1000, /* less than intake.c gives for the whole file, so that the reason is known */
    .memory_bytes = (size_t)1 << 30,
    .output_bytes = OUTPUT_MAX_BYTES,
};

bool pdf_is(struct slice bytes)
{
    return slice_find(slice_range(bytes, 0, HEADER_WITHIN_BYTES), SLICE("%PDF-")) != SLICE_NONE;
}

/* What pdftotext complained of, on one line. */
static struct slice first_complaint(struct child_result *result)
{
    struct slice rest = buffer_get(&result->diagnostics), line = {0};
    slice_next_line(&rest, &line);
    return line;
}

/* Whether the child came to a good end; otherwise `out` says what happened. */
static bool came_through(struct reading *out, struct child_result *result, const struct delib_error *error)
{
    struct slice complaint = first_complaint(result);
    switch (result->end) {
    case CHILD_EXITED:
        if (result->code == 0)
            return true;
        if (slice_find(buffer_get(&result->diagnostics), SLICE("Incorrect password")) != SLICE_NONE)
            reading_stop(out, REASON_ENCRYPTED, _("this PDF asks for a password: save a copy without one"));
        else
            reading_stop(out, REASON_DAMAGED, _("this PDF cannot be read: %.*s"), (int)complaint.len, complaint.bytes);
        return false;
    case CHILD_KILLED:
        reading_stop(out, REASON_DAMAGED, _("this PDF cannot be read: pdftotext crashed (signal %d)"), result->code);
        return false;
    case CHILD_TIMEOUT:
        reading_stop(out, REASON_TIMEOUT, _("pdftotext took longer than %u s"), limits.cpu_s);
        return false;
    case CHILD_TOO_MUCH_OUTPUT:
        reading_stop(out, REASON_TOO_BIG, _("this PDF holds more than %d MB of text"), OUTPUT_MAX_BYTES >> 20);
        return false;
    case CHILD_NOT_FOUND:
        reading_stop(out, REASON_MISSING_HELPER, _("pdftotext is not installed: install the package poppler-utils"));
        return false;
    case CHILD_NOT_STARTED:
        reading_stop(out, REASON_HELPER_FAILED, "%s", error->message);
        return false;
    }
    return false;
}

static size_t count_letters(struct slice text)
{
    size_t count = 0;
    for (size_t i = 0, size; i < text.len; i += size)
        count += utf8_is_letter(utf8_decode(text, i, &size));
    return count;
}

static size_t count_pages(struct slice text)
{
    size_t count = 0;
    for (size_t at = slice_find_byte(text, '\f', 0); at != SLICE_NONE; at = slice_find_byte(text, '\f', at + 1))
        count++;
    return count;
}

/* pdftotext ends every page with a form feed; here they stand between pages. */
static void take_text(struct reading *out, struct slice pages)
{
    size_t page_count = count_pages(pages);
    struct buffer clean = {0};
    if (page_count == 0) {
        reading_stop(out, REASON_DAMAGED, _("this PDF has no pages"));
        return;
    }
    if (count_letters(pages) < page_count * MIN_LETTERS_A_PAGE) {
        reading_stop(out, REASON_NEEDS_OCR,
                     _("next to no text on %zu page(s), surely scanned: make it searchable, for example with ocrmypdf"),
                     page_count);
        return;
    }
    utf8_add_clean(&clean, slice_range(pages, 0, pages.len - slice_ends(pages, SLICE("\f"))));
    layout_reading_order(&out->text, buffer_get(&clean));
    buffer_free(&clean);
}

void read_pdf(struct reading *out, struct slice bytes)
{
    static const char *const command[] = {"pdftotext", "-layout", "-enc", "UTF-8", "-eol", "unix", "-", "-", NULL};
    struct child_result result = {0};
    struct delib_error error = {0};
    out->has_pages = true;
    out->charset = "UTF-8";
    child_run(&result, command, bytes, &limits, &error);
    if (came_through(out, &result, &error))
        take_text(out, buffer_get(&result.output));
    child_result_free(&result);
}

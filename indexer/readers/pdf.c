#include "readers/pdf.h"

#include "base/utf8.h"
#include "base/words.h"
#include "layout.h"
#include "readers/helper.h"
#include "readers/ocr.h"

enum {
    HEADER_WITHIN_BYTES = 1024, /* the standard lets other bytes come before the header, up to here */
    MIN_LETTERS_A_PAGE = 20     /* a scanned page has none, or those of a stamp put on it afterwards */
};

bool pdf_is(struct slice bytes)
{
    return slice_find(slice_range(bytes, 0, HEADER_WITHIN_BYTES), SLICE("%PDF-")) != SLICE_NONE;
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

/* Pages with next to no letters, as scanned annexes have them; a blank one here and there is no news. */
static bool lacks_text(struct slice pages, size_t page_count)
{
    enum { ONE_IN = 3, MANY = 5 }; /* every third page, or that many */
    size_t without = 0;
    for (size_t at = 0; at < pages.len;) {
        size_t end = slice_find_byte(pages, '\f', at);
        end = end == SLICE_NONE ? pages.len : end;
        without += count_letters(slice_range(pages, at, end)) < MIN_LETTERS_A_PAGE;
        at = end + 1;
    }
    return without >= 1 && (without >= MANY || without * ONE_IN >= page_count);
}

/* A document without a text layer: its pages are pictures. */
static void take_scanned(struct reading *out, struct slice bytes, size_t page_count, const struct read_options *options)
{
    if (!options->ocr_cache || !*options->ocr_cache)
        reading_stop(out, REASON_NEEDS_OCR, _("next to no text on %zu page(s), surely scanned: read it with --ocr"),
                     page_count);
    else if (ocr_pdf(out, bytes, page_count, options) && count_letters(buffer_get(&out->text)) < MIN_LETTERS_A_PAGE)
        reading_stop(out, REASON_NEEDS_OCR, _("no text could be recognised on %zu page(s)"), page_count);
    else
        out->warning = "ocr";
}

void pdf_take_pages(struct reading *out, struct slice bytes, struct slice pages, const struct read_options *options)
{
    size_t page_count = count_pages(pages);
    struct buffer clean = {0};
    if (page_count == 0) {
        reading_stop(out, REASON_DAMAGED, _("this PDF has no pages"));
        return;
    }
    if (count_letters(pages) < page_count * MIN_LETTERS_A_PAGE) {
        take_scanned(out, bytes, page_count, options);
        return;
    }
    if (lacks_text(pages, page_count))
        out->warning = "pages-without-text";
    utf8_add_clean(&clean, slice_range(pages, 0, pages.len - slice_ends(pages, SLICE("\f"))));
    layout_reading_order(&out->text, buffer_get(&clean));
    buffer_free(&clean);
}

void read_pdf(struct reading *out, struct slice bytes, const struct read_options *options)
{
    static const char *const command[] = {"pdftotext", "-layout", "-enc", "UTF-8", "-eol", "unix", "-", "-", NULL};
    static const struct helper helper = {command, "poppler-utils", "Incorrect password"};
    struct child_result result = {0};
    out->has_pages = true;
    out->charset = "UTF-8";
    if (helper_run(out, &result, &helper, bytes))
        pdf_take_pages(out, bytes, buffer_get(&result.output), options);
    child_result_free(&result);
}

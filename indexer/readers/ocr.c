#include "readers/ocr.h"

#include <stdio.h>

#include "base/utf8.h"
#include "base/words.h"
#include "child.h"
#include "file_content.h"
#include "ocr_cache.h"

/* At 300 dots an inch a page of A4 in grey takes 9 MB, of A2 35 MB. */
static const struct child_limits picture_limits = {
    .cpu_s = 30, .wall_ms = 40 * 1000, .memory_bytes = (size_t)1 << 30, .output_bytes = (size_t)64 << 20};
/* A dense page takes five seconds. */
static const struct child_limits text_limits = {
    .cpu_s = 60, .wall_ms = 90 * 1000, .memory_bytes = (size_t)1 << 30, .output_bytes = (size_t)1 << 20};

/* One that cannot be read counts as missing: the pages are then recognised again. */
static bool take_cached(struct reading *out, const struct read_options *options)
{
    struct file_identity identity;
    struct delib_error error;
    struct buffer path = {0};
    struct buffer text = {0};
    ocr_cache_path(&path, options->ocr_cache, options->sha256);
    bool found = file_content_read(&text, &identity, path.bytes, &error) == DELIB_OK;
    if (found)
        utf8_add_clean(&out->text, buffer_get(&text));
    buffer_free(&path);
    buffer_free(&text);
    return found;
}

static bool is_installed(struct reading *out, const struct child_result *result, const char *program,
                         const char *package)
{
    if (result->end == CHILD_NOT_FOUND)
        reading_stop(out, REASON_MISSING_HELPER, _("%s is not installed: install the package %s"), program, package);
    return result->end != CHILD_NOT_FOUND;
}

/* The text of one page at the end of `text`; false when a program is missing. */
static bool recognise_page(struct reading *out, struct buffer *text, struct slice pdf, size_t page)
{
    char number[24];
    snprintf(number, sizeof number, "%zu", page);
    const char *const draw[] = {"pdftoppm", "-r", "300", "-gray", "-f", number, "-l", number, "-", NULL};
    const char *const read[] = {"tesseract", "stdin", "stdout", "-l", "fra", NULL};
    struct child_result picture = {0};
    struct child_result words = {0};
    struct delib_error error = {0};
    bool drawn = child_run(&picture, draw, pdf, &picture_limits, &error) == DELIB_OK && picture.end == CHILD_EXITED &&
                 picture.code == 0;
    bool recognised = drawn && child_run(&words, read, buffer_get(&picture.output), &text_limits, &error) == DELIB_OK &&
                      words.end == CHILD_EXITED && words.code == 0;
    bool installed = is_installed(out, &picture, "pdftoppm", "poppler-utils") &&
                     (!drawn || is_installed(out, &words, "tesseract", "tesseract-ocr-fra"));
    if (recognised)
        utf8_add_clean(text, buffer_get(&words.output));
    else if (installed)
        buffer_printf(&out->notes, _("page %zu: the text on it could not be recognised\n"), page);
    child_result_free(&picture);
    child_result_free(&words);
    return installed;
}

bool ocr_pdf(struct reading *out, struct slice pdf, size_t page_count, const struct read_options *options)
{
    if (take_cached(out, options))
        return true;
    for (size_t page = 1; page <= page_count; page++) {
        if (!recognise_page(out, &out->recognised, pdf, page))
            return false;
        while (out->recognised.len > 0 && out->recognised.bytes[out->recognised.len - 1] == '\f')
            out->recognised.len--; /* tesseract ends a page with one of its own */
        if (page < page_count)
            buffer_add_byte(&out->recognised, '\f');
    }
    buffer_add_slice(&out->text, buffer_get(&out->recognised));
    return true;
}

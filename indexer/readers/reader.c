#include "readers/reader.h"

#include <stdarg.h>
#include <stdio.h>
#include <strings.h>

#include "base/utf8.h"
#include "base/words.h"
#include "charset.h"
#include "gzip.h"
#include "readers/html.h"
#include "readers/markdown.h"
#include "readers/ndjson.h"
#include "readers/pdf.h"
#include "readers/text.h"

enum { DOCUMENT_MAX_BYTES = 256 * 1024 * 1024 }; /* a scanned budget with its annexes; bounds memory and time */

static const char *const format_names[] = {
    [FORMAT_UNKNOWN] = "unknown", [FORMAT_TEXT] = "text", [FORMAT_MARKDOWN] = "markdown",
    [FORMAT_HTML] = "html",       [FORMAT_PDF] = "pdf",   [FORMAT_NDJSON] = "ndjson",
};

static const struct {
    const char *code;
    enum read_outcome outcome;
    enum delib_status status;
} reasons[] = {
    [REASON_NONE] = {"", READ_OK, DELIB_OK},
    [REASON_EMPTY] = {"empty", READ_SKIPPED, DELIB_INVALID},
    [REASON_UNKNOWN_FORMAT] = {"unknown-format", READ_SKIPPED, DELIB_UNSUPPORTED},
    [REASON_UNSUPPORTED_FORMAT] = {"unsupported-format", READ_FAILED, DELIB_UNSUPPORTED},
    [REASON_BINARY] = {"binary", READ_FAILED, DELIB_INVALID},
    [REASON_DAMAGED] = {"damaged", READ_FAILED, DELIB_INVALID},
    [REASON_ENCRYPTED] = {"encrypted", READ_FAILED, DELIB_UNSUPPORTED},
    [REASON_NEEDS_OCR] = {"needs-ocr", READ_FAILED, DELIB_UNSUPPORTED},
    [REASON_TOO_BIG] = {"too-big", READ_FAILED, DELIB_TOO_BIG},
    [REASON_TIMEOUT] = {"timeout", READ_FAILED, DELIB_TIMEOUT},
    [REASON_MISSING_HELPER] = {"missing-helper", READ_FAILED, DELIB_UNSUPPORTED},
    [REASON_HELPER_FAILED] = {"helper-failed", READ_FAILED, DELIB_IO},
    [REASON_BAD_LINES] = {"bad-lines", READ_FAILED, DELIB_INVALID},
};

/* What a file name promises: a format, or words for a kind of document that cannot be read yet. */
struct extension {
    const char *name;
    enum document_format format;
    const char *unsupported;
};

static const struct extension extensions[] = {
    {"csv", FORMAT_UNKNOWN, N_("a CSV table")},
    {"doc", FORMAT_UNKNOWN, N_("a Word document")},
    {"docx", FORMAT_UNKNOWN, N_("a Word document")},
    {"htm", FORMAT_HTML, NULL},
    {"html", FORMAT_HTML, NULL},
    {"jsonl", FORMAT_NDJSON, NULL},
    {"markdown", FORMAT_MARKDOWN, NULL},
    {"md", FORMAT_MARKDOWN, NULL},
    {"ndjson", FORMAT_NDJSON, NULL},
    {"ods", FORMAT_UNKNOWN, N_("a spreadsheet")},
    {"odt", FORMAT_UNKNOWN, N_("an OpenDocument text")},
    {"pdf", FORMAT_PDF, NULL},
    {"rtf", FORMAT_UNKNOWN, N_("an RTF document")},
    {"text", FORMAT_TEXT, NULL},
    {"txt", FORMAT_TEXT, NULL},
    {"xhtml", FORMAT_HTML, NULL},
    {"xls", FORMAT_UNKNOWN, N_("a spreadsheet")},
    {"xlsx", FORMAT_UNKNOWN, N_("a spreadsheet")},
    {"xml", FORMAT_UNKNOWN, N_("an XML file")},
    {"zip", FORMAT_UNKNOWN, N_("a zip archive")},
};

/* What a file's first bytes give away. */
static const struct {
    struct slice magic;
    enum read_reason reason;
    const char *kind;
} signatures[] = {
    {{"PK\x03\x04", 4}, REASON_UNSUPPORTED_FORMAT, N_("a zip archive")},
    {{"\xD0\xCF\x11\xE0", 4}, REASON_UNSUPPORTED_FORMAT, N_("an Office document")},
    {{"{\\rtf", 5}, REASON_UNSUPPORTED_FORMAT, N_("an RTF document")},
    {{"\x89PNG", 4}, REASON_UNKNOWN_FORMAT, N_("a picture")},
    {{"\xFF\xD8\xFF", 3}, REASON_UNKNOWN_FORMAT, N_("a picture")},
    {{"GIF8", 4}, REASON_UNKNOWN_FORMAT, N_("a picture")},
    {{"II*\0", 4}, REASON_UNKNOWN_FORMAT, N_("a picture")},
    {{"MM\0*", 4}, REASON_UNKNOWN_FORMAT, N_("a picture")},
    {{"\x7F"
      "ELF",
      4},
     REASON_UNKNOWN_FORMAT,
     N_("a program")},
};

const char *document_format_name(enum document_format format)
{
    return format_names[format];
}

void reading_stop(struct reading *reading, enum read_reason reason, const char *format, ...)
{
    char words[DELIB_MESSAGE_BYTES];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(words, sizeof words, format, arguments);
    va_end(arguments);
    reading->outcome = reasons[reason].outcome;
    reading->reason = reasons[reason].code;
    delib_fail(&reading->error, reasons[reason].status, "%s", words);
}

static bool equal_ignoring_case(struct slice text, const char *name)
{
    return text.len == strlen(name) && strncasecmp(text.bytes, name, text.len) == 0;
}

/* What follows the last point of the file's name; empty when there is none. */
static struct slice extension_of(struct slice name)
{
    size_t point = name.len;
    while (point > 0 && name.bytes[point - 1] != '.' && name.bytes[point - 1] != '/')
        point--;
    bool found = point > 1 && name.bytes[point - 1] == '.' && name.bytes[point - 2] != '/';
    return found ? slice_skip(name, point) : (struct slice){0};
}

static struct slice without_gz(struct slice name)
{
    return equal_ignoring_case(extension_of(name), "gz") ? slice_range(name, 0, name.len - 3) : name;
}

static const struct extension *find_extension(struct slice extension)
{
    for (size_t i = 0; i < sizeof extensions / sizeof *extensions; i++)
        if (equal_ignoring_case(extension, extensions[i].name))
            return &extensions[i];
    return NULL;
}

static void stop_unsupported(struct reading *out, enum read_reason reason, const char *kind)
{
    if (reason == REASON_UNKNOWN_FORMAT)
        reading_stop(out, reason, _("this is %s, not a document"), _(kind));
    else
        reading_stop(out, reason, _("this is %s, which is not read: save it as PDF or text"), _(kind));
}

/* Whether the first bytes are those of a format that is not read. */
static bool stop_by_signature(struct reading *out, struct slice bytes, const struct extension *extension)
{
    for (size_t i = 0; i < sizeof signatures / sizeof *signatures; i++) {
        if (!slice_starts(bytes, signatures[i].magic))
            continue;
        bool better_named = signatures[i].reason == REASON_UNSUPPORTED_FORMAT && extension && extension->unsupported;
        stop_unsupported(out, signatures[i].reason, better_named ? extension->unsupported : signatures[i].kind);
        return true;
    }
    return false;
}

static void stop_binary(struct reading *out, const struct extension *extension)
{
    if (!extension)
        reading_stop(out, REASON_UNKNOWN_FORMAT, _("this kind of file is not a document"));
    else if (extension->unsupported)
        stop_unsupported(out, REASON_UNSUPPORTED_FORMAT, extension->unsupported);
    else if (extension->format == FORMAT_PDF)
        reading_stop(out, REASON_DAMAGED, _("there is no PDF in this file"));
    else
        reading_stop(out, REASON_BINARY, _("this file holds bytes that are no text"));
}

/* The format of a text, by its content first and its name second. */
static enum document_format format_of_text(struct slice text, struct slice name, const struct extension *extension)
{
    bool may_be_html = !extension || extension->format == FORMAT_TEXT; /* Markdown may begin with tags, too */
    if (html_is(text) || (may_be_html && html_is_likely(text)))
        return FORMAT_HTML;
    if (extension)
        return extension->format;
    struct slice unknown = extension_of(name);
    if (unknown.len == 0)
        return FORMAT_TEXT;
    return equal_ignoring_case(unknown, "json") && ndjson_is(text) ? FORMAT_NDJSON : FORMAT_UNKNOWN;
}

static void read_decoded(struct reading *out, struct arena *arena, struct slice text, const struct extension *extension)
{
    switch (out->format) {
    case FORMAT_TEXT:
        read_text(out, text);
        break;
    case FORMAT_MARKDOWN:
        read_markdown(out, text);
        break;
    case FORMAT_HTML:
        read_html(out, text);
        break;
    case FORMAT_NDJSON:
        read_ndjson(out, arena, text);
        break;
    case FORMAT_PDF:
        reading_stop(out, REASON_DAMAGED, _("there is no PDF in this file"));
        break;
    case FORMAT_UNKNOWN:
        if (extension)
            stop_unsupported(out, REASON_UNSUPPORTED_FORMAT, extension->unsupported);
        else
            reading_stop(out, REASON_UNKNOWN_FORMAT, _("this kind of file is not a document"));
        break;
    }
}

static bool is_blank(struct slice text)
{
    for (size_t i = 0, size; i < text.len; i += size)
        if (!utf8_is_space(utf8_decode(text, i, &size)))
            return false;
    return true;
}

static void stop_if_blank(struct reading *out, struct slice text)
{
    if (out->outcome == READ_OK && is_blank(text))
        reading_stop(out, REASON_EMPTY, _("there is no text in this file"));
}

/* Read bytes that are a text in some encoding. */
static void read_as_text(struct reading *out, struct arena *arena, struct slice bytes, struct slice name)
{
    const struct extension *extension = find_extension(extension_of(name));
    struct buffer decoded = {0};
    out->charset = charset_decode(&decoded, bytes);
    struct slice text = buffer_get(&decoded);
    stop_if_blank(out, text);
    if (out->outcome == READ_OK) {
        out->format = format_of_text(text, name, extension);
        read_decoded(out, arena, text, extension);
    }
    if (out->format != FORMAT_NDJSON)
        stop_if_blank(out, buffer_get(&out->text));
    buffer_free(&decoded);
}

static void read_unpacked(struct reading *out, struct arena *arena, struct slice bytes, struct slice name)
{
    const struct extension *extension = find_extension(extension_of(name));
    if (bytes.len > DOCUMENT_MAX_BYTES) {
        reading_stop(out, REASON_TOO_BIG, _("larger than %d MB"), DOCUMENT_MAX_BYTES >> 20);
    } else if (pdf_is(bytes)) {
        out->format = FORMAT_PDF;
        read_pdf(out, bytes);
    } else if (!stop_by_signature(out, bytes, extension)) {
        if (charset_is_binary(bytes))
            stop_binary(out, extension);
        else
            read_as_text(out, arena, bytes, name);
    }
}

void read_document(struct reading *out, struct arena *arena, struct slice bytes, const char *path)
{
    struct slice name = slice_of(path);
    *out = (struct reading){.reason = "", .charset = ""};
    if (!gzip_is(bytes)) {
        read_unpacked(out, arena, bytes, without_gz(name));
        return;
    }
    struct buffer unpacked = {0};
    struct delib_error error = {0};
    enum delib_status status = gzip_unpack(&unpacked, bytes, DOCUMENT_MAX_BYTES, &error);
    if (status == DELIB_OK)
        read_unpacked(out, arena, buffer_get(&unpacked), without_gz(name));
    else
        reading_stop(out, status == DELIB_TOO_BIG ? REASON_TOO_BIG : REASON_DAMAGED, "%s", error.message);
    buffer_free(&unpacked);
}

void reading_free(struct reading *reading)
{
    buffer_free(&reading->text);
}

#include "readers/reader.h"

#include <stdarg.h>
#include <stdio.h>
#include <strings.h>

#include "base/utf8.h"
#include "base/words.h"
#include "charset.h"
#include "envelope.h"
#include "gzip.h"
#include "readers/doc.h"
#include "readers/docx.h"
#include "readers/html.h"
#include "readers/markdown.h"
#include "readers/ndjson.h"
#include "readers/odt.h"
#include "readers/office_zip.h"
#include "readers/pdf.h"
#include "readers/rtf.h"
#include "readers/scdl_table.h"
#include "readers/text.h"
#include "scdl.h"

enum { DOCUMENT_MAX_BYTES = 256 * 1024 * 1024 }; /* a scanned budget with its annexes; bounds memory and time */

#define DOUBLE_ENCODED "double-encoded"

static const char *const format_names[] = {
    [FORMAT_UNKNOWN] = "unknown", [FORMAT_TEXT] = "text", [FORMAT_MARKDOWN] = "markdown", [FORMAT_HTML] = "html",
    [FORMAT_PDF] = "pdf",         [FORMAT_DOCX] = "docx", [FORMAT_ODT] = "odt",           [FORMAT_DOC] = "doc",
    [FORMAT_RTF] = "rtf",         [FORMAT_ZIP] = "zip",   [FORMAT_ENVELOPE] = "envelope", [FORMAT_NDJSON] = "ndjson",
    [FORMAT_SCDL] = "scdl",
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
    [REASON_BAD_MEMBERS] = {"bad-members", READ_FAILED, DELIB_INVALID},
    [REASON_NESTED] = {"nested-archive", READ_FAILED, DELIB_UNSUPPORTED},
    [REASON_UNSAFE_NAME] = {"unsafe-name", READ_FAILED, DELIB_INVALID},
    [REASON_ENVELOPE] = {"envelope", READ_SKIPPED, DELIB_UNSUPPORTED},
};

/* What a file name promises. */
struct extension {
    const char *name;
    enum document_format format;
    const char *kind; /* what is told by its bytes, or not read: words for a person. NULL for a text */
};

static const struct extension extensions[] = {
    {"csv", FORMAT_UNKNOWN, N_("a CSV table")},
    {"doc", FORMAT_DOC, N_("Word document")},
    {"docx", FORMAT_DOCX, N_("Word document")},
    {"htm", FORMAT_HTML, NULL},
    {"html", FORMAT_HTML, NULL},
    {"jsonl", FORMAT_NDJSON, NULL},
    {"markdown", FORMAT_MARKDOWN, NULL},
    {"md", FORMAT_MARKDOWN, NULL},
    {"ndjson", FORMAT_NDJSON, NULL},
    {"ods", FORMAT_UNKNOWN, N_("a spreadsheet")},
    {"odt", FORMAT_ODT, N_("OpenDocument text")},
    {"pdf", FORMAT_PDF, N_("PDF")},
    {"rtf", FORMAT_RTF, N_("RTF document")},
    {"text", FORMAT_TEXT, NULL},
    {"txt", FORMAT_TEXT, NULL},
    {"xhtml", FORMAT_HTML, NULL},
    {"xls", FORMAT_UNKNOWN, N_("a spreadsheet")},
    {"xlsx", FORMAT_UNKNOWN, N_("a spreadsheet")},
    {"xml", FORMAT_UNKNOWN, N_("an XML file")},
    {"zip", FORMAT_ZIP, N_("zip file")},
};

/* What the first bytes of files that are no documents give away. */
static const struct {
    struct slice magic;
    const char *kind;
} signatures[] = {
    {{"\x89PNG", 4}, N_("a picture")},
    {{"\xFF\xD8\xFF", 3}, N_("a picture")},
    {{"GIF8", 4}, N_("a picture")},
    {{"II*\0", 4}, N_("a picture")},
    {{"MM\0*", 4}, N_("a picture")},
    {{"\x7F"
      "ELF",
      4},
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

/* Whether the first bytes are those of a file that is no document. */
static bool stop_by_signature(struct reading *out, struct slice bytes)
{
    for (size_t i = 0; i < sizeof signatures / sizeof *signatures; i++)
        if (slice_starts(bytes, signatures[i].magic)) {
            stop_unsupported(out, REASON_UNKNOWN_FORMAT, signatures[i].kind);
            return true;
        }
    return false;
}

/* The name promises a format that the bytes do not keep. */
static void stop_misnamed(struct reading *out, const struct extension *extension)
{
    if (extension->format == FORMAT_UNKNOWN)
        stop_unsupported(out, REASON_UNSUPPORTED_FORMAT, extension->kind);
    else
        reading_stop(out, REASON_DAMAGED, _("there is no %s in this file"), _(extension->kind));
}

static void stop_binary(struct reading *out, const struct extension *extension)
{
    if (!extension)
        reading_stop(out, REASON_UNKNOWN_FORMAT, _("this kind of file is not a document"));
    else if (extension->kind)
        stop_misnamed(out, extension);
    else
        reading_stop(out, REASON_BINARY, _("this file holds bytes that are no text"));
}

/* The format of a text, by its content first and its name second. */
static enum document_format format_of_text(struct slice text, struct slice name, const struct extension *extension)
{
    bool may_be_html = !extension || extension->format == FORMAT_TEXT; /* Markdown may begin with tags, too */
    if (scdl_is(text))
        return FORMAT_SCDL;
    if (html_is(text) || (may_be_html && html_is_likely(text)))
        return FORMAT_HTML;
    if (extension && extension->format == FORMAT_HTML && !html_has_tags(text))
        return FORMAT_TEXT;
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
    case FORMAT_SCDL:
        read_scdl_table(out, arena, text);
        break;
    default:
        if (extension && extension->kind)
            stop_misnamed(out, extension);
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
    if (envelope_is(bytes)) {
        out->format = FORMAT_ENVELOPE;
        reading_stop(out, REASON_ENVELOPE, _("an @CTES envelope: what it says goes to the document that it names"));
        return;
    }
    bool repaired;
    out->charset = charset_decode(&decoded, bytes, &repaired);
    out->warning = repaired ? DOUBLE_ENCODED : "";
    struct slice text = buffer_get(&decoded);
    stop_if_blank(out, text);
    if (out->outcome == READ_OK) {
        out->format = format_of_text(text, name, extension);
        read_decoded(out, arena, text, extension);
    }
    if (out->format != FORMAT_NDJSON && out->format != FORMAT_SCDL)
        stop_if_blank(out, buffer_get(&out->text));
    buffer_free(&decoded);
}

/* Read a zip file that is a document; a bundle is only told to be one. */
static void read_zip(struct reading *out, struct arena *arena, struct slice bytes)
{
    const char *kind = NULL;
    struct zip_members *zip = zip_members_open(out, bytes);
    if (!zip)
        return;
    out->format = office_zip_format(zip, &kind);
    if (out->format == FORMAT_ZIP)
        out->bundle = bytes;
    if (out->format == FORMAT_DOCX)
        read_docx(out, arena, zip);
    else if (out->format == FORMAT_ODT)
        read_odt(out, arena, zip);
    else if (out->format == FORMAT_UNKNOWN)
        stop_unsupported(out, REASON_UNSUPPORTED_FORMAT, kind);
    if (out->format != FORMAT_ZIP && out->outcome == READ_OK && is_blank(buffer_get(&out->text)) &&
        office_zip_has_pictures(zip))
        reading_stop(out, REASON_NEEDS_OCR,
                     _("pictures without text, surely scanned: save it as PDF and make that "
                       "searchable, for example with ocrmypdf"));
    zip_members_free(zip);
}

/* Read bytes whose format is told by how they begin; false when it is not. */
static bool read_by_content(struct reading *out, struct arena *arena, struct slice bytes,
                            const struct read_options *options)
{
    if (zip_is(bytes)) { /* before PDF, which may lie unpacked at the start of a bundle */
        read_zip(out, arena, bytes);
    } else if (ole_is(bytes)) {
        read_doc(out, bytes);
    } else if (rtf_is(bytes)) {
        out->format = FORMAT_RTF;
        read_rtf(out, bytes);
    } else if (pdf_is(bytes)) {
        out->format = FORMAT_PDF;
        read_pdf(out, bytes, options);
    } else {
        return stop_by_signature(out, bytes);
    }
    if (charset_repair(&out->text))
        out->warning = DOUBLE_ENCODED;
    if (out->format != FORMAT_ZIP)
        stop_if_blank(out, buffer_get(&out->text));
    return true;
}

static void read_unpacked(struct reading *out, struct arena *arena, struct slice bytes, struct slice name,
                          const struct read_options *options)
{
    if (bytes.len > DOCUMENT_MAX_BYTES)
        reading_stop(out, REASON_TOO_BIG, _("larger than %d MB"), DOCUMENT_MAX_BYTES >> 20);
    else if (read_by_content(out, arena, bytes, options))
        return;
    else if (charset_is_binary(bytes))
        stop_binary(out, find_extension(extension_of(name)));
    else
        read_as_text(out, arena, bytes, name);
}

void read_document(struct reading *out, struct arena *arena, struct slice bytes, const char *path,
                   const struct read_options *options)
{
    struct slice name = slice_of(path);
    *out = (struct reading){.reason = "", .warning = "", .charset = ""};
    if (!gzip_is(bytes)) {
        read_unpacked(out, arena, bytes, without_gz(name), options);
        return;
    }
    struct delib_error error = {0};
    enum delib_status status = gzip_unpack(&out->unpacked, bytes, DOCUMENT_MAX_BYTES, &error);
    if (status == DELIB_OK)
        read_unpacked(out, arena, buffer_get(&out->unpacked), without_gz(name), options);
    else
        reading_stop(out, status == DELIB_TOO_BIG ? REASON_TOO_BIG : REASON_DAMAGED, "%s", error.message);
    if (out->format != FORMAT_ZIP)
        buffer_free(&out->unpacked);
}

void read_lines(struct reading *out, struct arena *arena, struct slice lines)
{
    struct buffer decoded = {0};
    bool repaired;
    *out = (struct reading){.reason = "", .format = FORMAT_NDJSON};
    out->charset = charset_decode(&decoded, lines, &repaired);
    out->warning = repaired ? DOUBLE_ENCODED : "";
    read_ndjson(out, arena, buffer_get(&decoded));
    buffer_free(&decoded);
}

void reading_free(struct reading *reading)
{
    buffer_free(&reading->notes);
    buffer_free(&reading->recognised);
    buffer_free(&reading->text);
    buffer_free(&reading->unpacked);
}

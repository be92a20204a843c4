#include "readers/office_zip.h"

#include "base/words.h"

enum { PART_MAX_BYTES = 64 * 1024 * 1024 }; /* a thousand pages are 10 MB of XML */

/* An OpenDocument file says what it is in its member "mimetype". */
static const struct {
    struct slice start;
    enum document_format format;
    const char *kind;
} mimetypes[] = {
    {{"application/vnd.oasis.opendocument.text", 39}, FORMAT_ODT, NULL}, /* -template, -master too */
    {{"application/vnd.sun.xml.writer", 30}, FORMAT_ODT, NULL},
    {{"application/vnd.oasis.opendocument.spreadsheet", 46}, FORMAT_UNKNOWN, N_("a spreadsheet")},
    {{"application/vnd.oasis.opendocument.presentation", 47}, FORMAT_UNKNOWN, N_("a presentation")},
    {{"application/", 12}, FORMAT_UNKNOWN, N_("an OpenDocument file that is no text")},
};

static enum document_format format_of_mimetype(struct slice mimetype, const char **kind)
{
    for (size_t i = 0; i < sizeof mimetypes / sizeof *mimetypes; i++)
        if (slice_starts(mimetype, mimetypes[i].start)) {
            *kind = mimetypes[i].kind;
            return mimetypes[i].format;
        }
    return FORMAT_ZIP;
}

/* An Office file, by the folder that its parts lie in. */
static enum document_format format_of_package(const struct zip_members *zip, const char **kind)
{
    static const struct {
        struct slice folder;
        enum document_format format;
        const char *kind;
    } folders[] = {{{"word/", 5}, FORMAT_DOCX, NULL},
                   {{"xl/", 3}, FORMAT_UNKNOWN, N_("a spreadsheet")},
                   {{"ppt/", 4}, FORMAT_UNKNOWN, N_("a presentation")}};
    for (size_t i = 0; i < zip_members_count(zip); i++)
        for (size_t j = 0; j < sizeof folders / sizeof *folders; j++)
            if (slice_starts(slice_of(zip_members_name(zip, i)), folders[j].folder)) {
                *kind = folders[j].kind;
                return folders[j].format;
            }
    return FORMAT_ZIP;
}

enum document_format office_zip_format(struct zip_members *zip, const char **kind)
{
    size_t index;
    enum document_format format = FORMAT_ZIP;
    if (zip_members_find(zip, "[Content_Types].xml", &index)) {
        format = format_of_package(zip, kind);
    } else if (zip_members_find(zip, "mimetype", &index)) {
        struct buffer mimetype = {0};
        struct reading ignored = {0};
        if (zip_members_read(&ignored, &mimetype, zip, index))
            format = format_of_mimetype(buffer_get(&mimetype), kind);
        buffer_free(&mimetype);
    }
    return format;
}

bool office_zip_optional_part(struct reading *out, struct buffer *part, struct zip_members *zip, const char *name)
{
    size_t index;
    if (!zip_members_find(zip, name, &index))
        return true;
    if (!zip_members_read(out, part, zip, index))
        return false;
    if (part->len <= PART_MAX_BYTES)
        return true;
    reading_stop(out, REASON_TOO_BIG, _("%s in it is larger than %d MB"), name, PART_MAX_BYTES >> 20);
    return false;
}

bool office_zip_part(struct reading *out, struct buffer *part, struct zip_members *zip, const char *name)
{
    if (zip_members_has(zip, name))
        return office_zip_optional_part(out, part, zip, name);
    reading_stop(out, REASON_DAMAGED, _("%s is missing in it"), name);
    return false;
}

bool office_zip_has_pictures(const struct zip_members *zip)
{
    for (size_t i = 0; i < zip_members_count(zip); i++) {
        struct slice name = slice_of(zip_members_name(zip, i));
        if (slice_starts(name, SLICE("word/media/")) || slice_starts(name, SLICE("Pictures/")))
            return true;
    }
    return false;
}

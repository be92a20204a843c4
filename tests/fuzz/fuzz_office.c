/* Any bytes as a zip file, as the XML of a Word document (its body, styles and numbering at once), as that of an
 * OpenDocument text, as DocBook and as RTF: what comes out is valid text. */
#include <stdint.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "readers/doc.h"
#include "readers/docx.h"
#include "readers/odt.h"
#include "readers/rtf.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(struct reading *reading)
{
    if (!utf8_is_valid(buffer_get(&reading->text)))
        abort();
    reading_free(reading);
    *reading = (struct reading){.reason = ""};
}

static void read_as_word(struct reading *reading, struct arena *arena, struct slice xml)
{
    struct docx_parts parts = {0};
    buffer_add_slice(&parts.body, xml);
    buffer_add_slice(&parts.styles, xml);
    buffer_add_slice(&parts.numbering, xml);
    read_docx_parts(reading, arena, &parts);
    docx_parts_free(&parts);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct slice bytes = {(const char *)data, size};
    struct arena *arena = arena_new();
    struct reading reading = {.reason = ""};
    struct buffer prepared = {0};
    if (zip_is(bytes)) {
        read_document(&reading, arena, bytes, "a.docx", &(struct read_options){0});
        check(&reading);
    }
    read_as_word(&reading, arena, bytes);
    check(&reading);
    read_odt_parts(&reading, arena, bytes, bytes);
    check(&reading);
    read_docbook(&reading, bytes);
    check(&reading);
    rtf_prepare(&prepared, bytes);
    buffer_free(&prepared);
    arena_free(arena);
    return 0;
}

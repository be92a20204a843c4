/* The answer as BibTeX, for those who cite deliberations in a paper. */
#include <string.h>

#include "base/utf8.h"
#include "base/words.h"
#include "print/print.h"

/* What TeX gives a meaning is written so that it prints. */
static void add_tex(struct buffer *out, struct slice text)
{
    struct buffer clean = {0};
    utf8_add_clean(&clean, text);
    for (size_t i = 0; i < clean.len; i++) {
        char byte = clean.bytes[i];
        if (byte == '\\')
            buffer_add_string(out, "\\textbackslash{}");
        else if (byte == '{' || byte == '}') /* a lone one, even escaped, unbalances the entry */
            buffer_add_string(out, byte == '{' ? "\\textbraceleft{}" : "\\textbraceright{}");
        else if (byte == '~' || byte == '^')
            buffer_printf(out, "\\%c{}", byte);
        else if (byte && strchr("&%$#_", byte))
            buffer_printf(out, "\\%c", byte);
        else
            buffer_add_byte(out, byte == '\n' ? ' ' : byte);
    }
    buffer_free(&clean);
}

static void add_field(struct buffer *out, const char *name, const char *before, struct slice text)
{
    if (text.len == 0)
        return;
    buffer_printf(out, ",\n  %s = {%s", name, before);
    add_tex(out, text);
    buffer_add_byte(out, '}');
}

static void add_key(struct buffer *out, struct slice id)
{
    for (size_t i = 0; i < id.len; i++) {
        unsigned char byte = (unsigned char)id.bytes[i];
        bool plain = (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z') ||
                     (byte && strchr("-.:+/", byte));
        if (plain)
            buffer_add_byte(out, (char)byte);
        else
            buffer_printf(out, "+%02X", byte);
    }
}

void bibtex_result(struct printer *printer, const struct result *result)
{
    char iso[DATE_ISO_BYTES];
    struct buffer *out = printer->out;
    const struct act *act = result->act;
    buffer_add_string(out, "@misc{");
    add_key(out, act->id);
    if (act->council.len > 0) { /* in braces of its own: a council is no first and last name */
        buffer_add_string(out, ",\n  author = {{");
        add_tex(out, act->council);
        buffer_add_string(out, "}}");
    }
    add_field(out, "title", "", act->objet);
    add_field(out, "howpublished", _("Délibération n° "), act->number);
    if (act->date) {
        date_format_iso(act->date, iso);
        buffer_printf(out, ",\n  year = {%04d},\n  date = {%s}", date_year(act->date), iso);
    }
    add_field(out, "note", "", act->source_path);
    buffer_add_string(out, "\n}\n\n");
}

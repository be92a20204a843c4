#include "web/html.h"

#include <stdio.h>

#include "base/utf8.h"
#include "print/xml.h"

#define NARROW_BLANK "\u202f"

void html_text(struct buffer *out, struct slice text)
{
    xml_add_text(out, text); /* what XML must not hold, HTML must not either */
}

void html_attribute(struct buffer *out, struct slice text)
{
    xml_add_text(out, text); /* which writes double quotes as &quot; */
}

void html_url_argument(struct buffer *out, struct slice text)
{
    xml_add_address(out, text);
}

void html_script_string(struct buffer *out, struct slice json)
{
    for (size_t i = 0; i < json.len; i++) {
        if (json.bytes[i] == '<' || json.bytes[i] == '>' || json.bytes[i] == '&')
            buffer_printf(out, "\\u%04x", (unsigned)json.bytes[i]);
        else
            buffer_add_byte(out, json.bytes[i]);
    }
}

void html_words(struct buffer *out, const char *words)
{
    html_text(out, slice_of(words));
}

static void add_class(struct buffer *out, const char *class)
{
    if (!class)
        return;
    buffer_add_string(out, " class=\"");
    html_attribute(out, slice_of(class));
    buffer_add_byte(out, '"');
}

void html_element(struct buffer *out, const char *name, const char *class, struct slice text)
{
    if (text.len == 0)
        return;
    buffer_printf(out, "<%s", name);
    add_class(out, class);
    buffer_add_byte(out, '>');
    html_text(out, text);
    buffer_printf(out, "</%s>\n", name);
}

void html_link(struct buffer *out, const char *class, struct slice address, struct slice text)
{
    buffer_add_string(out, "<a");
    add_class(out, class);
    buffer_add_string(out, " href=\"");
    html_attribute(out, address);
    buffer_add_string(out, "\">");
    html_text(out, text);
    buffer_add_string(out, "</a>");
}

void html_marked(struct buffer *out, const struct snippet *snippet)
{
    struct snippet_walk walk = {.snippet = snippet};
    while (snippet_next_piece(&walk)) {
        if (walk.is_found)
            buffer_add_string(out, "<mark>");
        html_text(out, walk.piece);
        if (walk.is_found)
            buffer_add_string(out, "</mark>");
    }
}

void html_count(struct buffer *out, uint32_t count)
{
    char figures[16];
    int len = snprintf(figures, sizeof figures, "%u", (unsigned)count);
    for (int i = 0; i < len; i++) {
        if (i > 0 && (len - i) % 3 == 0)
            buffer_add_string(out, NARROW_BLANK);
        buffer_add_byte(out, figures[i]);
    }
}

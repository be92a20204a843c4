/* The answer as an Atom feed (RFC 4287) with the figures of OpenSearch 1.1. An act's id here is a tag: address made of
 * its own id, so that a reader knows it again; `published` is its séance, `updated` when the archive was. */
#include "base/words.h"
#include "print/print.h"
#include "print/xml.h"

#define NEVER "1970-01-01T00:00:00Z" /* an archive without a commit has no time */

static struct slice updated_at(const struct printer *printer)
{
    return printer->options->committed_at.len > 0 ? printer->options->committed_at : SLICE(NEVER);
}

void atom_begin(struct printer *printer)
{
    struct buffer *out = printer->out;
    const struct print_options *options = printer->options;
    buffer_add_string(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" "
                           "xmlns:opensearch=\"http://a9.com/-/spec/opensearch/1.1/\" xml:lang=\"fr\">\n"
                           "<id>tag:delib,2026:question:");
    xml_add_address(out, options->question);
    buffer_add_string(out, "</id>\n<title>");
    xml_add_text(out, options->question.len > 0 ? options->question : slice_of(_("All deliberations")));
    buffer_add_string(out, "</title>\n");
    xml_add_element(out, "updated", updated_at(printer));
    buffer_add_string(out, "<generator>delib</generator>\n<author><name>delib</name></author>\n");
    buffer_printf(out, "<opensearch:totalResults>%u</opensearch:totalResults>\n", (unsigned)printer->answer->matches);
    buffer_printf(out, "<opensearch:startIndex>%u</opensearch:startIndex>\n", (unsigned)options->request->offset + 1);
}

static void add_links(struct buffer *out, const struct act *act)
{
    if (act->source_path.len == 0 || act->source_path.bytes[0] != '/')
        return;
    buffer_add_string(out, "<link rel=\"alternate\" href=\"file://");
    xml_add_address(out, act->source_path);
    buffer_add_string(out, "\"/>\n");
}

void atom_result(struct printer *printer, const struct result *result)
{
    char iso[DATE_ISO_BYTES];
    struct buffer *out = printer->out;
    const struct act *act = result->act;
    buffer_add_string(out, "<entry>\n<id>tag:delib,2026:acte:");
    xml_add_address(out, act->id);
    buffer_add_string(out, "</id>\n<title>");
    xml_add_text(out, act->objet.len > 0 ? act->objet : slice_of(_("(no objet was read)")));
    buffer_add_string(out, "</title>\n");
    xml_add_element(out, "updated", updated_at(printer));
    if (act->date)
        buffer_printf(out, "<published>%sT00:00:00Z</published>\n", date_format_iso(act->date, iso));
    buffer_add_string(out, "<author><name>");
    xml_add_text(out, act->council.len > 0 ? act->council : slice_of(_("(council not read)")));
    buffer_add_string(out, "</name></author>\n");
    for (size_t i = 0; i < act->topics.count; i++) {
        buffer_add_string(out, "<category term=\"");
        xml_add_text(out, act->topics.items[i]);
        buffer_add_string(out, "\"/>\n");
    }
    add_links(out, act);
    if (result->snippets.count > 0)
        xml_add_element(out, "summary", result->snippets.items[0].text);
    buffer_add_string(out, "</entry>\n");
}

void atom_end(struct printer *printer)
{
    buffer_add_string(printer->out, "</feed>\n");
}

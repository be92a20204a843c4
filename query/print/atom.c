/* The answer as an Atom feed (RFC 4287) with the figures of OpenSearch 1.1. An act's id here is a tag: address made of
 * its own id, so that a reader knows it again; `published` is its séance, `updated` when it came to the archive as it
 * is. */
#include "base/words.h"
#include "print/print.h"
#include "print/xml.h"

#define NEVER "1970-01-01T00:00:00Z" /* an archive without a commit has no time */

static struct slice time_or_never(struct slice time)
{
    return time.len > 0 ? time : SLICE(NEVER);
}

/* Two feeds that differ by a filter are two feeds. */
static void add_filters(struct buffer *out, const struct filters *filters)
{
    const char *const values[] = {filters->council, filters->rapporteur, filters->topic, filters->number,
                                  filters->matiere, filters->vote,       filters->like};
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        buffer_add_byte(out, ';');
        if (values[i])
            xml_add_address(out, slice_of(values[i]));
    }
    buffer_printf(out, ";%d;%d", (int)filters->from, (int)filters->to);
    for (size_t i = 0; i < filters->chosen_count; i++) {
        buffer_printf(out, ";%s:", facet_name(filters->chosen[i].facet));
        xml_add_address(out, filters->chosen[i].value);
    }
}

static void add_link(struct buffer *out, const char *relation, const char *type, struct slice address)
{
    if (address.len == 0)
        return;
    buffer_printf(out, "<link rel=\"%s\" type=\"%s\" href=\"", relation, type);
    xml_add_text(out, address);
    buffer_add_string(out, "\"/>\n");
}

static void add_site(struct buffer *out, const struct print_site *site)
{
    add_link(out, "self", "application/atom+xml", site->self);
    add_link(out, "previous", "application/atom+xml", site->previous);
    add_link(out, "next", "application/atom+xml", site->next);
    add_link(out, "alternate", "text/html", site->page);
}

void atom_begin(struct printer *printer)
{
    struct buffer *out = printer->out;
    const struct print_options *options = printer->options;
    buffer_add_string(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" "
                           "xmlns:opensearch=\"http://a9.com/-/spec/opensearch/1.1/\" xml:lang=\"fr\">\n"
                           "<id>tag:delib,2026:question:");
    xml_add_address(out, options->question);
    add_filters(out, &options->request->filters);
    buffer_add_string(out, "</id>\n<title>");
    xml_add_text(out, options->question.len > 0 ? options->question : slice_of(_("All deliberations")));
    buffer_add_string(out, "</title>\n");
    xml_add_element(out, "updated", time_or_never(printer->answer->committed_at));
    buffer_add_string(out, "<generator>delib</generator>\n<author><name>delib</name></author>\n");
    buffer_printf(out, "<opensearch:totalResults>%u</opensearch:totalResults>\n", (unsigned)printer->answer->matches);
    buffer_printf(out, "<opensearch:startIndex>%u</opensearch:startIndex>\n", (unsigned)options->request->offset + 1);
    if (options->site) {
        buffer_printf(out, "<opensearch:itemsPerPage>%u</opensearch:itemsPerPage>\n",
                      (unsigned)options->request->limit);
        add_site(out, options->site);
    }
}

static void add_links(struct buffer *out, const struct act *act, const struct print_site *site)
{
    if (site) {
        buffer_add_string(out, "<link rel=\"alternate\" type=\"text/html\" href=\"");
        xml_add_text(out, site->root);
        buffer_add_string(out, "/acte/");
        xml_add_address(out, act->id);
        buffer_add_string(out, "\"/>\n");
        return;
    }
    if (act->source_path.len == 0) { /* an entry has a link or a content */
        buffer_add_string(out, "<content type=\"text\">");
        xml_add_text(out, act->objet);
        buffer_add_string(out, "</content>\n");
        return;
    }
    buffer_printf(out, "<link rel=\"alternate\" href=\"%s", act->source_path.bytes[0] == '/' ? "file://" : "");
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
    xml_add_element(out, "updated", time_or_never(result->came_at));
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
    add_links(out, act, printer->options->site);
    if (result->snippets.count > 0)
        xml_add_element(out, "summary", result->snippets.items[0].text);
    buffer_add_string(out, "</entry>\n");
}

void atom_end(struct printer *printer)
{
    buffer_add_string(printer->out, "</feed>\n");
}

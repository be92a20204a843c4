/* The answer for a person at a terminal, or for less(1) and mail: what was found stands between brackets when there is
 * no colour to show it. */
#include "base/utf8.h"
#include "base/words.h"
#include "print/print.h"

#define BOLD "\033[1m"
#define FOUND "\033[1;33m"
#define FAINT "\033[2m"
#define PLAIN "\033[0m"

static void add_styled(struct buffer *out, bool colour, const char *style, struct slice text)
{
    if (colour)
        buffer_add_string(out, style);
    utf8_add_clean(out, text);
    if (colour)
        buffer_add_string(out, PLAIN);
}

static void add_field(struct buffer *out, const char *label, struct slice text)
{
    if (text.len == 0)
        return;
    buffer_add_string(out, " · ");
    buffer_add_string(out, label);
    utf8_add_clean(out, text);
}

static size_t offset_of(struct slice text, size_t from, size_t code_points)
{
    size_t size;
    for (; code_points > 0 && from < text.len; code_points--, from += size)
        utf8_decode(text, from, &size);
    return from;
}

static void add_snippet(struct buffer *out, const struct snippet *snippet, bool colour)
{
    size_t at = 0;
    uint32_t at_cp = 0;
    buffer_add_string(out, "   ");
    if (snippet->page > 0)
        buffer_printf(out, _("p. %u: "), (unsigned)snippet->page);
    for (size_t i = 0; i < snippet->highlight_count; i++) {
        const struct highlight *highlight = &snippet->highlights[i];
        size_t start = offset_of(snippet->text, at, highlight->start_cp - at_cp);
        size_t end = offset_of(snippet->text, start, highlight->end_cp - highlight->start_cp);
        utf8_add_clean(out, slice_range(snippet->text, at, start));
        buffer_add_string(out, colour ? FOUND : "[");
        utf8_add_clean(out, slice_range(snippet->text, start, end));
        buffer_add_string(out, colour ? PLAIN : "]");
        at = end;
        at_cp = highlight->end_cp;
    }
    utf8_add_clean(out, slice_skip(snippet->text, at));
    buffer_add_byte(out, '\n');
}

static const char *vote_words(const struct vote *vote)
{
    if (vote->unanimous == TRUTH_TRUE)
        return _("unanimous");
    switch (vote->outcome) {
    case OUTCOME_ADOPTE:
        return _("adopted");
    case OUTCOME_REJETE:
        return _("rejected");
    case OUTCOME_AJOURNE:
        return _("adjourned");
    case OUTCOME_RETIRE:
        return _("withdrawn");
    case OUTCOME_PREND_ACTE:
        return _("noted");
    case OUTCOME_AVIS:
        return _("opinion given");
    case OUTCOME_UNREAD:
        break;
    }
    return "";
}

static void add_result(struct buffer *out, const struct result *result, bool colour)
{
    char iso[DATE_ISO_BYTES];
    const struct act *act = result->act;
    buffer_printf(out, "%u. ", (unsigned)result->rank);
    add_styled(out, colour, BOLD, act->objet.len > 0 ? act->objet : slice_of(_("(no objet was read)")));
    buffer_add_string(out, "\n   ");
    buffer_add_string(out, act->date ? date_format_iso(act->date, iso) : _("undated"));
    add_field(out, "", act->council);
    add_field(out, _("no. "), act->number);
    add_field(out, _("rapporteur "), act->rapporteur);
    add_field(out, "", slice_of(vote_words(&act->vote)));
    buffer_add_byte(out, '\n');
    for (size_t i = 0; i < result->snippets.count; i++)
        add_snippet(out, &result->snippets.items[i], colour);
    buffer_add_string(out, "   ");
    add_styled(out, colour, FAINT, act->source_path);
    buffer_add_string(out, "\n\n");
}

static void add_facet(struct buffer *out, const char *name, const struct facet_counts *counts, bool colour)
{
    add_styled(out, colour, BOLD, slice_of(name));
    buffer_add_byte(out, '\n');
    for (size_t i = 0; i < counts->count; i++) {
        buffer_printf(out, "%8u  ", (unsigned)counts->values[i].count);
        utf8_add_clean(out, counts->values[i].value);
        buffer_add_byte(out, '\n');
    }
    buffer_add_byte(out, '\n');
}

void text_begin(struct printer *printer)
{
    const struct print_options *options = printer->options;
    if (options->qid.len > 0) {
        add_styled(printer->out, options->colour, BOLD, options->qid);
        buffer_add_byte(printer->out, '\n');
    }
    for (int facet = 0; facet < FACET_COUNT; facet++)
        if (options->request->facets[facet])
            add_facet(printer->out, facet_name((enum facet)facet), &printer->answer->facets[facet], options->colour);
}

void text_result(struct printer *printer, const struct result *result)
{
    add_result(printer->out, result, printer->options->colour);
}

void text_end(struct printer *printer)
{
    uint32_t offset = printer->options->request->offset;
    if (printer->printed > 0)
        buffer_printf(printer->out, _("%u to %u of %u acts\n"), (unsigned)offset + 1,
                      (unsigned)(offset + printer->printed), (unsigned)printer->answer->matches);
}

/* The answer for a person at a terminal, or for less(1) and mail: what was found stands between brackets when there is
 * no colour to show it. */
#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/utf8.h"
#include "base/words.h"
#include "print/print.h"
#include "print/xml.h"

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

/* The passage with what was found marked. */
static void add_marked(struct buffer *out, const struct snippet *snippet, bool colour)
{
    struct snippet_walk walk = {.snippet = snippet};
    while (snippet_next_piece(&walk)) {
        if (walk.is_found)
            buffer_add_string(out, colour ? FOUND : "[");
        buffer_add_slice(out, walk.piece);
        if (walk.is_found)
            buffer_add_string(out, colour ? PLAIN : "]");
    }
}

/* Columns that a word takes: colours take none. */
static size_t width_of(struct slice word)
{
    size_t width = 0;
    size_t size;
    for (size_t at = 0; at < word.len; at += size) {
        size = 1;
        if (word.bytes[at] == '\033') {
            while (at + size < word.len && word.bytes[at + size] != 'm')
                size++;
            size++;
            continue;
        }
        utf8_decode(word, at, &size);
        width++;
    }
    return width;
}

/* Each line of `text` below the last, the first at column `used`; wrapped at `columns` unless that is 0. */
static void add_wrapped(struct buffer *out, struct slice text, size_t used, size_t columns)
{
    enum { INDENT = 3 };
    for (size_t at = 0; at < text.len;) {
        size_t end = at;
        while (end < text.len && text.bytes[end] != ' ' && text.bytes[end] != '\n')
            end++;
        size_t width = width_of(slice_range(text, at, end));
        if (columns > 0 && used > INDENT && used + width > columns) {
            while (out->len > 0 && out->bytes[out->len - 1] == ' ')
                out->bytes[--out->len] = '\0';
            buffer_add_string(out, "\n   ");
            used = INDENT;
        }
        buffer_add_slice(out, slice_range(text, at, end));
        used += width;
        if (end < text.len)
            buffer_add_string(out, text.bytes[end] == '\n' ? "\n   " : " ");
        used = end < text.len && text.bytes[end] == '\n' ? INDENT : used + 1;
        at = end + 1;
    }
    buffer_add_byte(out, '\n');
}

/* A concordance has what was found one below the other. */
static void add_kwic_margin(struct buffer *out, const struct snippet *snippet, uint32_t around)
{
    uint32_t before = snippet->highlight_count > 0 ? snippet->highlights[0].start_cp : 0;
    for (; before < around; before++)
        buffer_add_byte(out, ' ');
}

static void add_snippet(struct buffer *out, const struct snippet *snippet, const struct print_options *options)
{
    enum { PAGE_BYTES = 32 };
    struct buffer marked = {0};
    char page[PAGE_BYTES] = "";
    bool is_kwic = options->request->passages == PASSAGES_KWIC;
    buffer_add_string(out, "   ");
    if (snippet->page > 0)
        snprintf(page, sizeof page, is_kwic ? "%4u: " : _("p. %u: "), (unsigned)snippet->page);
    buffer_add_string(out, page);
    if (is_kwic)
        add_kwic_margin(out, snippet, options->request->around);
    add_marked(&marked, snippet, options->colour);
    add_wrapped(out, buffer_get(&marked), 3 + utf8_count(slice_of(page)),
                options->request->passages == PASSAGES_BEST ? options->columns : 0);
    buffer_free(&marked);
}

/* The path, as a link where the terminal can follow one and the file is there. */
static void add_path(struct buffer *out, struct slice path, const struct print_options *options)
{
    char *copy = options->links ? memory_dup(path.bytes, path.len) : NULL;
    char *absolute = copy ? realpath(copy, NULL) : NULL;
    if (absolute) {
        buffer_add_string(out, "\033]8;;file://");
        xml_add_address(out, slice_of(absolute));
        buffer_add_string(out, "\033\\");
    }
    add_styled(out, options->colour, FAINT, path);
    if (absolute)
        buffer_add_string(out, "\033]8;;\033\\");
    free(absolute);
    free(copy);
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

static void add_result(struct buffer *out, const struct result *result, const struct print_options *options)
{
    bool colour = options->colour;
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
    for (size_t i = 0; i < result->snippets.count; i++) {
        if (i > 0 && options->request->passages == PASSAGES_LINES)
            buffer_add_string(out, "   --\n");
        add_snippet(out, &result->snippets.items[i], options);
    }
    buffer_add_string(out, "   ");
    add_path(out, act->source_path, options);
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
    add_result(printer->out, result, printer->options);
}

void text_end(struct printer *printer)
{
    uint32_t offset = printer->options->request->offset;
    if (printer->printed > 0)
        buffer_printf(printer->out, _("%u to %u of %u acts\n"), (unsigned)offset + 1,
                      (unsigned)(offset + printer->printed), (unsigned)printer->answer->matches);
}

/* How to ask, and for whom the page works. */
#include "web/html.h"
#include "web/layout.h"
#include "web/pages.h"

struct example {
    const char *question;
    const char *meaning;
};

static const struct example words[] = {
    {"eau potable",
     N_("acts with these words in any of their forms, the best first; accents and capitals do not matter")},
    {"\"redevance incitative\"", N_("these words in this order")},
    {"+école -musique", N_("the first must be there, the second must not")},
    {"=commune", N_("this form only, not « communes » or « communal »")},
    {"assain*", N_("words that begin so")},
    {"cantine OU restauration", N_("one or the other; ET and SAUF likewise, in capitals, with parentheses")},
    {"piscine PROCHE/5 travaux", N_("both within five words")},
};

static const struct example fields[] = {
    {"objet:voirie", N_("in the objet")},
    {"conseil:arvette", N_("in the name of the council")},
    {"rapporteur:coudeyrette", N_("reported by")},
    {"present:massabie", N_("present, president or secretary")},
    {"sujet:urbanisme", N_("on a topic")},
    {"numero:44/2021", N_("with this number")},
    {"date:2018..2020", N_("in these years; a day is written 2019-09-30")},
    {"matiere:7.5", N_("of this code of @CTES")},
    {"vote:rejete", N_("adopte, rejete, ajourne, retire, prend-acte, avis, unanime or majorite")},
    {"montant:>100000", N_("with an amount in euros")},
};

static void add_examples(struct buffer *out, const struct web_request *request, const struct example *examples,
                         size_t count)
{
    buffer_add_string(out, "<dl>\n");
    for (size_t i = 0; i < count; i++) {
        struct web_request none = {.arena = request->arena, .acts = REQUEST_ACTS_USUAL};
        struct slice question = slice_of(examples[i].question);
        buffer_add_string(out, "<dt>");
        html_link(out, NULL, request_address(&none, &(struct variation){.question = &question}), question);
        buffer_add_string(out, "</dt>\n<dd>");
        html_words(out, _(examples[i].meaning));
        buffer_add_string(out, "</dd>\n");
    }
    buffer_add_string(out, "</dl>\n");
}

static void add_paragraph(struct buffer *out, const char *text)
{
    html_element(out, "p", NULL, slice_of(text));
}

enum delib_status page_help(struct reply *reply, struct desk *desk, const struct web_request *request,
                            struct delib_error *error)
{
    struct buffer *out = &reply->body;
    (void)desk;
    (void)error;
    layout_begin(reply, request, &(struct layout){.title = slice_of(_("Help")), .current = "/aide"});
    buffer_add_string(out, "<div class=\"prose\">\n");
    html_element(out, "h1", NULL, slice_of(_("How to search")));
    add_paragraph(out,
                  _("Write what you look for as you would say it. A word that no act has is replaced by the nearest "
                    "one that is known, and the page says so."));
    html_element(out, "h2", NULL, slice_of(_("Words")));
    add_examples(out, request, words, sizeof words / sizeof *words);
    html_element(out, "h2", NULL, slice_of(_("Fields")));
    add_examples(out, request, fields, sizeof fields / sizeof *fields);
    html_element(out, "h2", NULL, slice_of(_("Refining")));
    add_paragraph(out,
                  _("Beside the results, values are counted: several of one list widen the search, values of several "
                    "lists narrow it. A filter is taken away by a click on it above the results."));
    html_element(out, "h2", NULL, slice_of(_("Keeping and citing")));
    add_paragraph(out,
                  _("The address of every page says all that it shows: keep it, send it. The acts of any search can "
                    "be taken along as a table, as a finding aid or for programs, and followed as an Atom feed. "
                    "The page of an act gives its citation."));
    html_element(out, "h2", NULL, slice_of(_("What is not sure")));
    add_paragraph(out,
                  _("Fields are read from the texts by a program. The page of an act tells for each where it was "
                    "found and how sure it is; what was not read is left out and never taken for zero. The original "
                    "document alone is authoritative."));
    buffer_add_string(out, "</div>\n");
    layout_end(reply, request);
    return DELIB_OK;
}

enum delib_status page_accessibility(struct reply *reply, struct desk *desk, const struct web_request *request,
                                     struct delib_error *error)
{
    struct buffer *out = &reply->body;
    (void)desk;
    (void)error;
    layout_begin(reply, request, &(struct layout){.title = slice_of(_("Accessibility"))});
    buffer_add_string(out, "<div class=\"prose\">\n");
    html_element(out, "h1", NULL, slice_of(_("Accessibility")));
    add_paragraph(out, _("These pages are made to follow RGAA 4.1 and WCAG 2.2 at level AA. They work without a mouse, "
                         "without JavaScript, without colours, at four times the usual size of text and on paper."));
    html_element(out, "h2", NULL, slice_of(_("State of conformity")));
    add_paragraph(out,
                  _("Partially compliant: every kind of page is tested by a program (axe-core) that reports nothing, "
                    "and by keyboard; no audit by a person has taken place yet."));
    html_element(out, "h2", NULL, slice_of(_("What is not accessible")));
    add_paragraph(out,
                  _("Original documents are those of the councils: scanned PDFs may have no text. The text that was "
                    "read of them is on the page of each act."));
    html_element(out, "h2", NULL, slice_of(_("To say that something does not work")));
    add_paragraph(out,
                  _("Write to whoever keeps this server. If no answer comes, the Défenseur des droits can be asked: "
                    "https://www.defenseurdesdroits.fr/"));
    buffer_add_string(out, "</div>\n");
    layout_end(reply, request);
    return DELIB_OK;
}

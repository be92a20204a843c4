/* The answer as a finding aid in EAD 2002 by its DTD, which archive portals take in: a fonds, in it a subfonds a
 * council, in it a series a year, in it a file a séance, in it an item an act. It comes in that order. */
#include "base/words.h"
#include "print/print.h"
#include "print/xml.h"

void ead_begin(struct printer *printer)
{
    struct buffer *out = printer->out;
    struct slice title = printer->options->question;
    title = title.len > 0 ? title : slice_of(_("All deliberations"));
    buffer_add_string(
        out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\n<!DOCTYPE ead PUBLIC \"+//ISBN 1-931666-00-8//DTD ead.dtd "
             "(Encoded Archival Description (EAD) Version 2002)//EN\" \"ead.dtd\">\n<ead>\n"
             "<eadheader langencoding=\"iso639-2b\" repositoryencoding=\"iso15511\" "
             "countryencoding=\"iso3166-1\" dateencoding=\"iso8601\">\n<eadid>delib:");
    xml_add_address(out, printer->options->question);
    buffer_add_string(out, "</eadid>\n<filedesc><titlestmt>\n");
    xml_add_element(out, "titleproper", title);
    buffer_add_string(out, "</titlestmt></filedesc>\n<profiledesc>\n<creation>delib");
    if (printer->answer->committed_at.len > 0) {
        buffer_add_string(out, " <date>");
        xml_add_text(out, printer->answer->committed_at);
        buffer_add_string(out, "</date>");
    }
    buffer_add_string(out, "</creation>\n<langusage><language langcode=\"fre\">français</language></langusage>\n"
                           "</profiledesc>\n</eadheader>\n<archdesc level=\"fonds\">\n<did>\n");
    xml_add_element(out, "unittitle", title);
    buffer_printf(out, "<physdesc><extent>%u</extent></physdesc>\n</did>\n<dsc type=\"combined\">\n",
                  (unsigned)printer->answer->matches);
}

static void open_council(struct buffer *out, struct slice council)
{
    struct slice name = council.len > 0 ? council : slice_of(_("(council not read)"));
    buffer_add_string(out, "<c level=\"subfonds\">\n<did>\n");
    xml_add_element(out, "unittitle", name);
    buffer_add_string(out, "<origination><corpname>");
    xml_add_text(out, name);
    buffer_add_string(out, "</corpname></origination>\n</did>\n");
}

static void open_series(struct buffer *out, date_yyyymmdd date)
{
    buffer_add_string(out, "<c level=\"series\">\n<did>\n<unittitle>");
    if (date)
        buffer_printf(out, "%04d</unittitle>\n<unitdate normal=\"%04d\">%04d</unitdate>\n</did>\n", date_year(date),
                      date_year(date), date_year(date));
    else
        buffer_printf(out, "%s</unittitle>\n</did>\n", _("undated"));
}

static void add_date(struct buffer *out, date_yyyymmdd date)
{
    char iso[DATE_ISO_BYTES];
    if (!date)
        return;
    date_format_iso(date, iso);
    buffer_printf(out, "<unitdate normal=\"%s\">%s</unitdate>\n", iso, iso);
}

static void open_seance(struct buffer *out, const struct act *act)
{
    buffer_add_string(out, "<c level=\"file\">\n<did>\n<unittitle>");
    buffer_add_string(out, _("Séance"));
    buffer_add_string(out, "</unittitle>\n");
    add_date(out, act->date);
    buffer_add_string(out, "</did>\n");
}

/* Close what the act is no longer in, and open what it is in. */
static void change_group(struct printer *printer, const struct act *act)
{
    bool first = printer->printed == 0;
    bool other_council = first || !slice_equal(buffer_get(&printer->group_council), act->council);
    bool other_year = other_council || date_year(printer->group_date) != date_year(act->date);
    if (!other_year && printer->group_date == act->date)
        return;
    if (!first)
        buffer_add_string(printer->out, other_council ? "</c>\n</c>\n</c>\n" : other_year ? "</c>\n</c>\n" : "</c>\n");
    if (other_council)
        open_council(printer->out, act->council);
    if (other_year)
        open_series(printer->out, act->date);
    open_seance(printer->out, act);
    printer->group_date = act->date;
    buffer_clear(&printer->group_council);
    buffer_add_slice(&printer->group_council, act->council);
}

static void add_subjects(struct buffer *out, const struct act *act)
{
    if (act->topics.count == 0 && act->matiere_label.len == 0 && act->rapporteur.len == 0)
        return;
    buffer_add_string(out, "<controlaccess>\n");
    for (size_t i = 0; i < act->topics.count; i++)
        xml_add_element(out, "subject", act->topics.items[i]);
    xml_add_element(out, "subject", act->matiere_label);
    xml_add_element(out, "persname", act->rapporteur);
    buffer_add_string(out, "</controlaccess>\n");
}

/* The act's page where there is one, else its file. */
static void add_digital_object(struct buffer *out, const struct act *act, const struct print_site *site)
{
    if (!site && act->source_path.len == 0)
        return;
    buffer_add_string(out, "<dao href=\"");
    if (site) {
        xml_add_text(out, site->root);
        buffer_add_string(out, "/acte/");
    }
    xml_add_address(out, site ? act->id : act->source_path);
    buffer_add_string(out, "\"/>\n");
}

void ead_result(struct printer *printer, const struct result *result)
{
    struct buffer *out = printer->out;
    const struct act *act = result->act;
    change_group(printer, act);
    buffer_add_string(out, "<c level=\"item\">\n<did>\n");
    xml_add_element(out, "unitid", act->number.len > 0 ? act->number : act->id);
    xml_add_element(out, "unittitle", act->objet.len > 0 ? act->objet : slice_of(_("(no objet was read)")));
    add_date(out, act->date);
    add_digital_object(out, act, printer->options->site);
    buffer_add_string(out, "</did>\n");
    if (act->decisions.count > 0) {
        buffer_add_string(out, "<scopecontent>\n");
        for (size_t i = 0; i < act->decisions.count; i++)
            xml_add_element(out, "p", act->decisions.items[i]);
        buffer_add_string(out, "</scopecontent>\n");
    }
    add_subjects(out, act);
    buffer_add_string(out, "</c>\n");
}

void ead_end(struct printer *printer)
{
    buffer_add_string(printer->out, printer->printed > 0 ? "</c>\n</c>\n</c>\n" : "");
    buffer_add_string(printer->out, "</dsc>\n</archdesc>\n</ead>\n");
}

#include "web/citation.h"

#include "base/json_writer.h"
#include "base/words.h"
#include "web/names.h"

/* What minutes and lists tell of is a deliberation. */
static const char *kind_of(const struct act *act)
{
    bool is_other = act->document_type == DOCUMENT_DECISION || act->document_type == DOCUMENT_ARRETE;
    return is_other ? name_of_value(FACET_DOCUMENT_TYPE, slice_of(document_type_name(act->document_type)))
                    : _("Deliberation");
}

void citation_add(struct buffer *out, const struct act *act)
{
    buffer_add_string(out, kind_of(act));
    if (act->number.len > 0) {
        buffer_add_string(out, _(" no. "));
        buffer_add_slice(out, act->number);
    }
    if (act->date) {
        buffer_add_string(out, _(" of "));
        add_date(out, act->date);
    }
    if (act->council.len > 0) {
        buffer_add_string(out, ", ");
        buffer_add_slice(out, act->council);
    }
    if (act->objet.len > 0) {
        buffer_add_string(out, ", «\u00a0");
        buffer_add_slice(out, act->objet);
        buffer_add_string(out, "\u00a0»");
    }
    buffer_add_byte(out, '.');
}

static void add_text(struct json_writer *json, const char *key, struct slice text)
{
    if (text.len == 0)
        return;
    json_write_key(json, key);
    json_write_string(json, text);
}

void citation_add_json_ld(struct buffer *out, const struct act *act, struct slice address)
{
    char iso[DATE_ISO_BYTES];
    struct json_writer json = json_writer_to(out, 0);
    json_begin_object(&json);
    add_text(&json, "@context", SLICE("https://schema.org"));
    add_text(&json, "@type", SLICE("Legislation"));
    add_text(&json, "@id", address);
    add_text(&json, "url", address);
    add_text(&json, "inLanguage", SLICE("fr"));
    add_text(&json, "name", act->objet);
    add_text(&json, "legislationIdentifier", act->number.len > 0 ? act->number : act->id);
    add_text(&json, "legislationType", slice_of(kind_of(act)));
    if (act->date)
        add_text(&json, "legislationDate", slice_of(date_format_iso(act->date, iso)));
    if (act->council.len > 0) {
        json_write_key(&json, "legislationPassedBy");
        json_begin_object(&json);
        add_text(&json, "@type", SLICE("GovernmentOrganization"));
        add_text(&json, "name", act->council);
        json_end_object(&json);
    }
    if (act->topics.count > 0) {
        json_write_key(&json, "about");
        json_begin_array(&json);
        for (size_t i = 0; i < act->topics.count; i++)
            json_write_string(&json, act->topics.items[i]);
        json_end_array(&json);
    }
    json_end_object(&json);
}

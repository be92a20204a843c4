#include "act/act_json.h"

static void write_text(struct json_writer *json, const char *key, struct slice text)
{
    json_write_key(json, key);
    if (text.len > 0)
        json_write_string(json, text);
    else
        json_write_null(json);
}

static void write_name(struct json_writer *json, const char *key, const char *name)
{
    json_write_key(json, key);
    json_write_text(json, name);
}

static void write_date(struct json_writer *json, const char *key, date_yyyymmdd date)
{
    char iso[DATE_ISO_BYTES];
    write_name(json, key, date ? date_format_iso(date, iso) : NULL);
}

static void write_count(struct json_writer *json, const char *key, int32_t count)
{
    json_write_key(json, key);
    if (count == COUNT_UNREAD)
        json_write_null(json);
    else
        json_write_integer(json, count);
}

static void write_list(struct json_writer *json, const char *key, const struct text_list *list)
{
    json_write_key(json, key);
    if (!list->read) {
        json_write_null(json);
        return;
    }
    json_begin_array(json);
    for (size_t i = 0; i < list->count; i++)
        json_write_string(json, list->items[i]);
    json_end_array(json);
}

static void write_matiere(struct json_writer *json, const struct act *act)
{
    json_write_key(json, "matiere");
    if (!act_has(act, FIELD_MATIERE)) {
        json_write_null(json);
        return;
    }
    json_begin_object(json);
    write_text(json, "code", act->matiere_code);
    write_text(json, "label", act->matiere_label);
    json_end_object(json);
}

static void write_truth(struct json_writer *json, const char *key, enum truth truth)
{
    json_write_key(json, key);
    if (truth == TRUTH_UNREAD)
        json_write_null(json);
    else
        json_write_boolean(json, truth == TRUTH_TRUE);
}

static void write_vote(struct json_writer *json, const struct vote *vote)
{
    json_write_key(json, "vote");
    json_begin_object(json);
    write_name(json, "outcome", vote_outcome_name(vote->outcome));
    write_truth(json, "unanimous", vote->unanimous);
    write_count(json, "pour", vote->pour);
    write_count(json, "contre", vote->contre);
    write_count(json, "abstention", vote->abstention);
    write_count(json, "nppv", vote->nppv);
    write_count(json, "effectif", vote->effectif);
    write_count(json, "votants", vote->votants);
    json_end_object(json);
}

static void write_proxies(struct json_writer *json, const struct act *act)
{
    json_write_key(json, "proxies");
    if (!act->proxies_read) {
        json_write_null(json);
        return;
    }
    json_begin_array(json);
    for (size_t i = 0; i < act->proxy_count; i++) {
        json_begin_object(json);
        write_text(json, "giver", act->proxies[i].giver);
        write_text(json, "holder", act->proxies[i].holder);
        json_end_object(json);
    }
    json_end_array(json);
}

static void write_amounts(struct json_writer *json, const struct act *act)
{
    json_write_key(json, "amounts");
    if (!act->amounts_read) {
        json_write_null(json);
        return;
    }
    json_begin_array(json);
    for (size_t i = 0; i < act->amount_count; i++) {
        json_begin_object(json);
        json_write_key(json, "eur");
        json_write_number(json, act->amounts[i].eur);
        write_text(json, "text", act->amounts[i].text);
        json_end_object(json);
    }
    json_end_array(json);
}

static void write_source(struct json_writer *json, const struct act *act)
{
    json_write_key(json, "source");
    json_begin_object(json);
    write_text(json, "path", act->source_path);
    if (act->source_line > 0)
        write_count(json, "line", (int32_t)(act->source_line & INT32_MAX));
    if (act->source_url.len > 0)
        write_text(json, "url", act->source_url);
    write_count(json, "page_first", act->page_first ? (int32_t)act->page_first : COUNT_UNREAD);
    write_count(json, "page_last", act->page_last ? (int32_t)act->page_last : COUNT_UNREAD);
    write_text(json, "sha256", act->source_sha256);
    write_name(json, "split", split_proof_name(act->split));
    json_end_object(json);
}

/* Warnings are ours, not the text's: none is an empty list, never null. */
static void write_warnings(struct json_writer *json, const struct text_list *warnings)
{
    struct text_list list = *warnings;
    list.read = true;
    write_list(json, "warnings", &list);
}

void act_write_json(struct json_writer *json, const struct act *act)
{
    write_text(json, "id", act->id);
    write_text(json, "number", act->number);
    write_date(json, "date", act->date);
    write_date(json, "convocation_date", act->convocation_date);
    write_text(json, "council", act->council);
    write_name(json, "council_type", council_type_name(act->council_type));
    write_text(json, "siren", act->siren);
    if (act->siret.len > 0)
        write_text(json, "siret", act->siret);
    write_text(json, "president", act->president);
    write_text(json, "secretary", act->secretary);
    write_text(json, "rapporteur", act->rapporteur);
    write_text(json, "objet", act->objet);
    write_list(json, "topics", &act->topics);
    write_matiere(json, act);
    write_name(json, "document_type", document_type_name(act->document_type));
    write_vote(json, &act->vote);
    write_list(json, "present", &act->present);
    write_list(json, "absent", &act->absent);
    write_proxies(json, act);
    write_list(json, "decisions", &act->decisions);
    write_amounts(json, act);
    write_list(json, "legal_refs", &act->legal_refs);
    write_source(json, act);
    write_warnings(json, &act->warnings);
}

void act_write_provenance(struct json_writer *json, const struct act *act)
{
    json_write_key(json, "provenance");
    json_begin_object(json);
    for (enum act_field field = 0; field < FIELD_COUNT; field++) {
        const struct provenance *found = &act->provenance[field];
        if (found->source == SOURCE_NONE)
            continue;
        json_write_key(json, act_field_name(field));
        json_begin_object(json);
        write_name(json, "source", field_source_name(found->source));
        write_name(json, "confidence", confidence_name(found->confidence));
        if (found->end_bytes > 0) {
            json_write_key(json, "start");
            json_write_integer(json, found->start_bytes);
            json_write_key(json, "end");
            json_write_integer(json, found->end_bytes);
        }
        json_end_object(json);
    }
    json_end_object(json);
}

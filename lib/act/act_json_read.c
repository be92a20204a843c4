#include "act/act_json.h"

#include <inttypes.h>
#include <string.h>

#include "act/other_names.h"
#include "base/json_reader.h"
#include "base/words.h"

/* One reading: the act to fill in, and the first complaint. */
struct act_reader {
    struct act *act;
    const struct json_value *root;
    enum field_source source;
    struct delib_error *error;
    enum delib_status status;
};

static void complain(struct act_reader *reader, const char *member, const char *wanted)
{
    if (reader->status == DELIB_OK)
        reader->status = delib_fail(reader->error, DELIB_INVALID, _("\"%s\" must be %s"), member, wanted);
}

/* The member, NULL when it is not there or null. */
static const struct json_value *member_of(const struct json_value *object, const char *name)
{
    const struct json_value *value = json_member(object, name);
    return value && value->kind != JSON_NULL ? value : NULL;
}

static bool is(const struct json_value *value, enum json_kind kind)
{
    return value && value->kind == kind;
}

static struct slice string_of(const struct json_value *value)
{
    return is(value, JSON_STRING) ? value->string : (struct slice){0};
}

static void given(struct act_reader *reader, enum act_field field)
{
    act_set_provenance(reader->act, field,
                       (struct provenance){.source = reader->source, .confidence = CONFIDENCE_HIGH});
}

static struct slice read_string(struct act_reader *reader, const struct json_value *object, const char *name)
{
    const struct json_value *value = member_of(object, name);
    if (!value)
        return (struct slice){0};
    if (!is(value, JSON_STRING)) {
        complain(reader, name, "a string");
        return (struct slice){0};
    }
    return arena_copy(reader->act->arena, slice_trim(string_of(value)));
}

static void read_text_field(struct act_reader *reader, struct slice *out, const char *name, enum act_field field)
{
    struct slice text = read_string(reader, reader->root, name);
    if (text.len == 0)
        return;
    *out = text;
    given(reader, field);
}

/* Numbers of acts and ids are often written without quotes: 12. */
static void read_number(struct act_reader *reader, struct slice *out, const char *name, enum act_field field)
{
    const struct json_value *value = member_of(reader->root, name);
    if (!is(value, JSON_INTEGER)) {
        read_text_field(reader, out, name, field);
        return;
    }
    *out = slice_of(arena_printf(reader->act->arena, "%" PRId64, value->integer));
    given(reader, field);
}

/* « 2021-03-12 », « 2021-03-12T18:00:00 », « 12/03/2021 » */
static date_yyyymmdd day_of(struct slice text)
{
    enum { ISO_BYTES = 10 };
    char iso[ISO_BYTES];
    if (text.len > ISO_BYTES && text.bytes[ISO_BYTES] == 'T')
        text = slice_range(text, 0, ISO_BYTES);
    if (text.len != ISO_BYTES || text.bytes[2] != '/' || text.bytes[5] != '/')
        return date_parse_iso(text);
    memcpy(iso, text.bytes + 6, 4);
    memcpy(iso + 5, text.bytes + 3, 2);
    memcpy(iso + 8, text.bytes, 2);
    iso[4] = iso[7] = '-';
    return date_parse_iso((struct slice){iso, ISO_BYTES});
}

static void read_date(struct act_reader *reader, date_yyyymmdd *out, const char *name, enum act_field field)
{
    struct slice text = read_string(reader, reader->root, name);
    if (text.len == 0)
        return;
    *out = day_of(text);
    if (*out)
        given(reader, field);
    else
        complain(reader, name, "a day written AAAA-MM-JJ");
}

static void read_list(struct act_reader *reader, struct text_list *out, const char *name)
{
    const struct json_value *value = member_of(reader->root, name);
    if (!value)
        return;
    if (!is(value, JSON_ARRAY)) {
        complain(reader, name, "a list of strings");
        return;
    }
    *out = (struct text_list){.read = true};
    for (const struct json_value *item = value->first; item; item = item->next) {
        if (is(item, JSON_STRING))
            text_list_add(reader->act->arena, out, string_of(item));
        else
            complain(reader, name, "a list of strings");
    }
}

static void read_list_field(struct act_reader *reader, struct text_list *out, const char *name, enum act_field field)
{
    read_list(reader, out, name);
    if (out->read)
        given(reader, field);
}

static void read_count(struct act_reader *reader, int32_t *out, const struct json_value *object, const char *name)
{
    enum { MAX_COUNT = 1000000 }; /* no assembly is larger; keeps the value in an int32_t */
    const struct json_value *value = member_of(object, name);
    if (!value)
        return;
    if (is(value, JSON_INTEGER) && value->integer >= 0 && value->integer <= MAX_COUNT)
        *out = (int32_t)value->integer;
    else
        complain(reader, name, "a whole number that is not negative");
}

static void read_vote(struct act_reader *reader)
{
    const struct json_value *value = member_of(reader->root, "vote");
    struct vote *vote = &reader->act->vote;
    if (!value)
        return;
    if (!is(value, JSON_OBJECT)) {
        complain(reader, "vote", "an object");
        return;
    }
    struct slice outcome = read_string(reader, value, "outcome");
    vote->outcome = vote_outcome_of(outcome);
    if (outcome.len > 0 && vote->outcome == OUTCOME_UNREAD)
        complain(reader, "outcome", "one of adopte, rejete, ajourne, retire, prend-acte, avis");
    const struct json_value *unanimous = member_of(value, "unanimous");
    if (unanimous && !is(unanimous, JSON_TRUE) && !is(unanimous, JSON_FALSE))
        complain(reader, "unanimous", "true or false");
    else if (unanimous)
        vote->unanimous = is(unanimous, JSON_TRUE) ? TRUTH_TRUE : TRUTH_FALSE;
    read_count(reader, &vote->pour, value, "pour");
    read_count(reader, &vote->contre, value, "contre");
    read_count(reader, &vote->abstention, value, "abstention");
    read_count(reader, &vote->nppv, value, "nppv");
    read_count(reader, &vote->effectif, value, "effectif");
    read_count(reader, &vote->votants, value, "votants");
    if (act_has(reader->act, FIELD_VOTE))
        given(reader, FIELD_VOTE);
}

/* « 7 », « 7.5.1 »: digits and points between them. */
static bool is_matiere_code(struct slice text)
{
    bool after_digit = false;
    for (size_t i = 0; i < text.len; i++) {
        bool digit = is_digit(text.bytes[i]);
        if (!digit && (text.bytes[i] != '.' || !after_digit))
            return false;
        after_digit = digit;
    }
    return after_digit;
}

/* A name alone, « Finances », is one of the source's own: the label without a code of the nomenclature. */
static void read_matiere(struct act_reader *reader)
{
    const struct json_value *value = member_of(reader->root, "matiere");
    struct act *act = reader->act;
    if (!value)
        return;
    if (is(value, JSON_STRING)) {
        struct slice text = read_string(reader, reader->root, "matiere");
        *(is_matiere_code(text) ? &act->matiere_code : &act->matiere_label) = text;
    } else if (is(value, JSON_OBJECT)) {
        act->matiere_code = read_string(reader, value, "code");
        act->matiere_label = read_string(reader, value, "label");
    } else {
        complain(reader, "matiere", "a code, a name or an object with code and label");
    }
    if (act_has(act, FIELD_MATIERE))
        given(reader, FIELD_MATIERE);
}

static void read_proxies(struct act_reader *reader)
{
    const struct json_value *value = member_of(reader->root, "proxies");
    if (!value)
        return;
    if (!is(value, JSON_ARRAY)) {
        complain(reader, "proxies", "a list of objects with giver and holder");
        return;
    }
    reader->act->proxies_read = true;
    for (const struct json_value *item = value->first; item; item = item->next) {
        if (is(item, JSON_OBJECT))
            act_add_proxy(reader->act, read_string(reader, item, "giver"), read_string(reader, item, "holder"));
        else
            complain(reader, "proxies", "a list of objects with giver and holder");
    }
    given(reader, FIELD_PROXIES);
}

static void read_amounts(struct act_reader *reader)
{
    const struct json_value *value = member_of(reader->root, "amounts");
    if (!value)
        return;
    if (!is(value, JSON_ARRAY)) {
        complain(reader, "amounts", "a list of objects with eur and text");
        return;
    }
    reader->act->amounts_read = true;
    for (const struct json_value *item = value->first; item; item = item->next) {
        const struct json_value *eur = json_member(item, "eur");
        if (is(eur, JSON_INTEGER) || is(eur, JSON_REAL))
            act_add_amount(reader->act, eur->kind == JSON_REAL ? eur->real : (double)eur->integer,
                           read_string(reader, item, "text"));
        else
            complain(reader, "amounts", "a list of objects with eur and text");
    }
    given(reader, FIELD_AMOUNTS);
}

static void read_council_type(struct act_reader *reader)
{
    struct slice name = read_string(reader, reader->root, "council_type");
    if (name.len == 0)
        return;
    reader->act->council_type = council_type_of(name);
    if (reader->act->council_type == COUNCIL_UNREAD)
        complain(reader, "council_type", "municipal, communautaire, departemental … (docs/record.md)");
    else
        given(reader, FIELD_COUNCIL_TYPE);
}

static void read_document_type(struct act_reader *reader)
{
    struct slice name = read_string(reader, reader->root, "document_type");
    if (name.len == 0)
        return;
    reader->act->document_type = document_type_of(name);
    if (reader->act->document_type == DOCUMENT_UNREAD)
        complain(reader, "document_type", "deliberation, proces-verbal … (docs/record.md)");
    else
        given(reader, FIELD_DOCUMENT_TYPE);
}

static uint32_t natural_of(const struct json_value *object, const char *name)
{
    const struct json_value *value = json_member(object, name);
    return is(value, JSON_INTEGER) && value->integer > 0 && value->integer <= UINT32_MAX ? (uint32_t)value->integer : 0;
}

static void read_source(struct act_reader *reader)
{
    const struct json_value *value = member_of(reader->root, "source");
    int32_t first = 0;
    int32_t last = 0;
    if (!is(value, JSON_OBJECT))
        return; /* other programs' records have a source of another shape: not ours to judge */
    reader->act->source_path = read_string(reader, value, "path");
    reader->act->source_sha256 = read_string(reader, value, "sha256");
    reader->act->source_url = read_string(reader, value, "url");
    reader->act->split = split_proof_of(read_string(reader, value, "split"));
    read_count(reader, &first, value, "page_first");
    read_count(reader, &last, value, "page_last");
    reader->act->source_line = natural_of(value, "line");
    reader->act->page_first = (uint32_t)first;
    reader->act->page_last = (uint32_t)last;
}

static void read_provenance(struct act_reader *reader)
{
    const struct json_value *value = member_of(reader->root, "provenance");
    for (enum act_field field = 0; field < FIELD_COUNT; field++) {
        const struct json_value *found = json_member(value, act_field_name(field));
        if (!is(found, JSON_OBJECT) || !act_has(reader->act, field))
            continue;
        struct provenance provenance = {
            .source = field_source_of(string_of(json_member(found, "source"))),
            .confidence = confidence_of(string_of(json_member(found, "confidence"))),
            .start_bytes = natural_of(found, "start"),
            .end_bytes = natural_of(found, "end"),
        };
        act_set_provenance(reader->act, field, provenance);
    }
}

static void read_members(struct act_reader *reader)
{
    struct act *act = reader->act;
    read_number(reader, &act->id, "id", FIELD_ID);
    read_number(reader, &act->number, "number", FIELD_NUMBER);
    read_date(reader, &act->date, "date", FIELD_DATE);
    read_date(reader, &act->convocation_date, "convocation_date", FIELD_CONVOCATION_DATE);
    read_text_field(reader, &act->council, "council", FIELD_COUNCIL);
    read_council_type(reader);
    read_text_field(reader, &act->siren, "siren", FIELD_SIREN);
    act->siret = read_string(reader, reader->root, "siret");
    read_text_field(reader, &act->president, "president", FIELD_PRESIDENT);
    read_text_field(reader, &act->secretary, "secretary", FIELD_SECRETARY);
    read_text_field(reader, &act->rapporteur, "rapporteur", FIELD_RAPPORTEUR);
    read_text_field(reader, &act->objet, "title", FIELD_OBJET);
    read_text_field(reader, &act->objet, "objet", FIELD_OBJET);
    read_list_field(reader, &act->topics, "topics", FIELD_TOPICS);
    read_matiere(reader);
    read_document_type(reader);
    read_vote(reader);
    read_list_field(reader, &act->present, "present", FIELD_PRESENT);
    read_list_field(reader, &act->absent, "absent", FIELD_ABSENT);
    read_proxies(reader);
    read_list_field(reader, &act->decisions, "decisions", FIELD_DECISIONS);
    read_amounts(reader);
    read_list_field(reader, &act->legal_refs, "legal_refs", FIELD_LEGAL_REFS);
    read_source(reader);
    read_list(reader, &act->warnings, "warnings");
    read_provenance(reader);
}

/* Whether the text is lent from what was read; else the arena has it already. */
static bool is_within(struct slice text, struct slice json)
{
    return text.bytes >= json.bytes && text.bytes < json.bytes + json.len;
}

enum delib_status act_read_json(struct act *act, struct slice json, enum field_source source, struct slice *text,
                                struct delib_error *error)
{
    struct act_reader reader = {.act = act, .source = source, .error = error, .status = DELIB_OK};
    struct json_value *root = NULL;
    *text = (struct slice){0};
    enum delib_status status = json_read(&root, act->arena, json, error);
    if (status != DELIB_OK)
        return status;
    if (!is(root, JSON_OBJECT))
        return delib_fail(error, DELIB_INVALID, _("not a JSON object"));
    other_names_replace(root);
    reader.root = root;
    read_members(&reader);
    const struct json_value *body = member_of(reader.root, "text");
    if (body && !is(body, JSON_STRING))
        complain(&reader, "text", "a string");
    else if (body)
        *text = is_within(string_of(body), json) ? arena_copy(act->arena, string_of(body)) : string_of(body);
    return reader.status;
}

#include "act/act_record.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

#include "base/packed.h"
#include "base/utf8.h"
#include "base/words.h"

/* Layout: each member that has something, as its number and its value; amounts, proxies; where the fields come from. */

enum kind {
    KIND_TEXT, /* trimmed */
    KIND_HASH, /* of 64 figures; one of another shape is a text */
    KIND_LIST,
    KIND_NUMBER, /* at most `most`; 0: not read */
    KIND_DATE,
    KIND_COUNT /* COUNT_UNREAD: not read */
};

enum { MOST_COUNT = INT32_MAX, MOST_NUMBER = INT32_MAX };

struct member {
    enum kind kind;
    size_t offset;
    uint32_t most;
};

#define MEMBER(kind, name)                                                                                             \
    {                                                                                                                  \
        kind, offsetof(struct act, name), MOST_NUMBER                                                                  \
    }
#define ENUM_MEMBER(name, last)                                                                                        \
    {                                                                                                                  \
        KIND_NUMBER, offsetof(struct act, name), last                                                                  \
    }

/* What the acts of a file have in common comes first, in one run, which packs best. */
static const struct member members[] = {
    MEMBER(KIND_TEXT, source_path),
    MEMBER(KIND_HASH, source_sha256),
    ENUM_MEMBER(split, SPLIT_VOTES),
    MEMBER(KIND_TEXT, council),
    ENUM_MEMBER(council_type, COUNCIL_AUTRE),
    MEMBER(KIND_TEXT, siren),
    MEMBER(KIND_TEXT, siret),
    MEMBER(KIND_DATE, date),
    MEMBER(KIND_DATE, convocation_date),
    MEMBER(KIND_TEXT, president),
    MEMBER(KIND_TEXT, secretary),
    ENUM_MEMBER(document_type, DOCUMENT_AUTRE),
    MEMBER(KIND_LIST, present),
    MEMBER(KIND_LIST, absent),
    MEMBER(KIND_NUMBER, page_first),
    MEMBER(KIND_NUMBER, page_last),
    MEMBER(KIND_NUMBER, source_line),
    MEMBER(KIND_TEXT, source_url),
    MEMBER(KIND_TEXT, id),
    MEMBER(KIND_TEXT, number),
    MEMBER(KIND_TEXT, objet),
    MEMBER(KIND_TEXT, rapporteur),
    MEMBER(KIND_LIST, topics),
    MEMBER(KIND_TEXT, matiere_code),
    MEMBER(KIND_TEXT, matiere_label),
    ENUM_MEMBER(vote.outcome, OUTCOME_AVIS),
    ENUM_MEMBER(vote.unanimous, TRUTH_TRUE),
    MEMBER(KIND_COUNT, vote.pour),
    MEMBER(KIND_COUNT, vote.contre),
    MEMBER(KIND_COUNT, vote.abstention),
    MEMBER(KIND_COUNT, vote.nppv),
    MEMBER(KIND_COUNT, vote.effectif),
    MEMBER(KIND_COUNT, vote.votants),
    MEMBER(KIND_LIST, decisions),
    MEMBER(KIND_LIST, legal_refs),
    MEMBER(KIND_LIST, warnings),
};

enum {
    MEMBER_COUNT = sizeof members / sizeof *members,
    NUMBER_HASH_AS_TEXT = 250, /* a hash of another shape */
    NUMBER_PROXIES,
    NUMBER_AMOUNTS,
    NUMBER_PROVENANCE, /* the last */
    SOURCE_BITS = 4
};

_Static_assert(sizeof(enum vote_outcome) == sizeof(uint32_t) && sizeof(date_yyyymmdd) == sizeof(uint32_t),
               "a number of any type is read and written as 32 bits");

/* --- writing ----------------------------------------------------------------------------------------------------- */

/* The text made safe to show, in `clean` where it is not yet. */
static struct slice safe_text(struct buffer *clean, struct slice text)
{
    if (utf8_clean_length(text) == text.len)
        return text;
    utf8_add_clean(clean, text);
    return buffer_get(clean);
}

static void add_text(struct buffer *out, struct slice text)
{
    struct buffer clean = {0};
    packed_add_text(out, safe_text(&clean, text));
    buffer_free(&clean);
}

static void add_trimmed(struct buffer *out, struct slice text)
{
    struct buffer clean = {0};
    packed_add_text(out, slice_trim(safe_text(&clean, text)));
    buffer_free(&clean);
}

static void add_text_member(struct buffer *out, size_t number, struct slice text)
{
    size_t before = out->len;
    if (text.len == 0)
        return;
    buffer_add_byte(out, (char)number);
    add_trimmed(out, text);
    if (out->len == before + 2) /* there was only white space */
        out->len = before;
}

static void add_hash_member(struct buffer *out, size_t number, struct slice hex)
{
    size_t before = out->len;
    buffer_add_byte(out, (char)number);
    packed_add_hash(out, hex);
    if (out->len > before + 2)
        return;
    out->len = before;
    add_text_member(out, NUMBER_HASH_AS_TEXT, hex);
}

static void add_list_member(struct buffer *out, size_t number, const struct text_list *list)
{
    if (!list->read && list->count == 0)
        return;
    buffer_add_byte(out, (char)number);
    packed_add_number(out, list->count);
    for (size_t i = 0; i < list->count; i++)
        add_text(out, list->items[i]);
}

static void add_number_member(struct buffer *out, size_t number, uint32_t value, bool is_read)
{
    if (!is_read)
        return;
    buffer_add_byte(out, (char)number);
    packed_add_number(out, value);
}

static void add_member(struct buffer *out, size_t number, const struct act *act)
{
    const struct member *member = &members[number];
    const void *value = (const char *)act + member->offset;
    uint32_t figure;
    switch (member->kind) {
    case KIND_TEXT:
        add_text_member(out, number, *(const struct slice *)value);
        break;
    case KIND_HASH:
        add_hash_member(out, number, *(const struct slice *)value);
        break;
    case KIND_LIST:
        add_list_member(out, number, value);
        break;
    case KIND_NUMBER:
    case KIND_DATE:
        memcpy(&figure, value, sizeof figure);
        add_number_member(out, number, figure & INT32_MAX, figure != 0);
        break;
    case KIND_COUNT:
        memcpy(&figure, value, sizeof figure);
        add_number_member(out, number, figure, figure <= MOST_COUNT);
        break;
    }
}

static void add_proxies(struct buffer *out, const struct act *act)
{
    if (!act->proxies_read)
        return;
    buffer_add_byte(out, (char)NUMBER_PROXIES);
    packed_add_number(out, act->proxy_count);
    for (size_t i = 0; i < act->proxy_count; i++) {
        add_trimmed(out, act->proxies[i].giver);
        add_trimmed(out, act->proxies[i].holder);
    }
}

static uint64_t bits_of(double number)
{
    uint64_t bits;
    memcpy(&bits, &number, sizeof bits);
    return bits;
}

/* Cents where that says it all, as it nearly always does. */
static void add_euros(struct buffer *out, double eur)
{
    enum { MOST_EUROS = 1000000000 };
    uint64_t cents = eur >= 0 && eur <= MOST_EUROS ? (uint64_t)llround(eur * 100) : 0;
    bool is_exact = bits_of((double)cents / 100) == bits_of(eur);
    packed_add_number(out, is_exact ? cents + 1 : 0);
    if (!is_exact)
        buffer_add(out, &eur, sizeof eur);
}

static void add_amounts(struct buffer *out, const struct act *act)
{
    if (!act->amounts_read)
        return;
    buffer_add_byte(out, (char)NUMBER_AMOUNTS);
    packed_add_number(out, act->amount_count);
    for (size_t i = 0; i < act->amount_count; i++) {
        add_euros(out, act->amounts[i].eur);
        add_trimmed(out, act->amounts[i].text);
    }
}

static void add_provenance(struct buffer *out, const struct act *act)
{
    buffer_add_byte(out, (char)NUMBER_PROVENANCE);
    for (enum act_field field = 0; field < FIELD_COUNT; field++) {
        const struct provenance *found = &act->provenance[field];
        if (found->source == SOURCE_NONE || !act_has(act, field))
            continue;
        buffer_add_byte(out, (char)field);
        buffer_add_byte(out, (char)((unsigned)found->source | (unsigned)found->confidence << SOURCE_BITS));
        packed_add_number(out, found->end_bytes);
        if (found->end_bytes > 0)
            packed_add_number(out, found->start_bytes);
    }
}

void act_write_record(struct buffer *out, const struct act *act)
{
    for (size_t i = 0; i < MEMBER_COUNT; i++)
        add_member(out, i, act);
    add_proxies(out, act);
    add_amounts(out, act);
    add_provenance(out, act);
}

/* --- reading ----------------------------------------------------------------------------------------------------- */

struct record_reader {
    struct act *act;
    struct packed_rest rest;
};

static struct slice take_text(struct record_reader *reader)
{
    struct slice text = packed_take_text(&reader->rest);
    reader->rest.is_cut |= utf8_clean_length(text) != text.len;
    return reader->rest.is_cut ? (struct slice){0} : text;
}

static struct slice copy_text(struct record_reader *reader)
{
    return arena_copy(reader->act->arena, take_text(reader));
}

/* How many follow, of which each takes a byte at least. */
static uint64_t take_count(struct record_reader *reader)
{
    uint64_t count = packed_take_number(&reader->rest);
    reader->rest.is_cut |= count > reader->rest.bytes.len;
    return reader->rest.is_cut ? 0 : count;
}

static void take_list(struct record_reader *reader, struct text_list *list)
{
    struct arena *arena = reader->act->arena;
    size_t count = take_count(reader);
    *list = (struct text_list){.read = true};
    if (count > 0)
        list->items = arena_alloc(arena, count * sizeof *list->items);
    while (list->count < count && !reader->rest.is_cut)
        list->items[list->count++] = copy_text(reader);
}

static bool is_day(uint64_t figure)
{
    date_yyyymmdd date = figure <= INT32_MAX ? (date_yyyymmdd)figure : 0;
    return date != 0 && date_make(date_year(date), date_month(date), date_day(date)) == date;
}

static void take_member(struct record_reader *reader, const struct member *member)
{
    void *value = (char *)reader->act + member->offset;
    uint64_t figure = 0;
    switch (member->kind) {
    case KIND_TEXT:
        *(struct slice *)value = copy_text(reader);
        break;
    case KIND_HASH:
        *(struct slice *)value = packed_take_hash(reader->act->arena, &reader->rest);
        break;
    case KIND_LIST:
        take_list(reader, value);
        break;
    case KIND_NUMBER:
    case KIND_DATE:
    case KIND_COUNT:
        figure = packed_take_number(&reader->rest);
        reader->rest.is_cut |= figure > member->most || (member->kind == KIND_DATE && !is_day(figure));
        if (!reader->rest.is_cut)
            memcpy(value, &(uint32_t){(uint32_t)figure}, sizeof(uint32_t));
        break;
    }
}

static void take_proxies(struct record_reader *reader)
{
    size_t count = take_count(reader);
    reader->act->proxies_read = true;
    for (size_t i = 0; i < count && !reader->rest.is_cut; i++) {
        struct slice giver = take_text(reader);
        act_add_proxy(reader->act, giver, take_text(reader));
    }
}

static double take_euros(struct record_reader *reader)
{
    uint64_t cents = packed_take_number(&reader->rest);
    double eur = 0;
    if (cents > 0)
        return (double)(cents - 1) / 100;
    struct slice bytes = packed_take_bytes(&reader->rest, sizeof eur);
    if (!reader->rest.is_cut)
        memcpy(&eur, bytes.bytes, sizeof eur);
    reader->rest.is_cut |= !isfinite(eur);
    return eur;
}

static void take_amounts(struct record_reader *reader)
{
    size_t count = take_count(reader);
    reader->act->amounts_read = true;
    for (size_t i = 0; i < count && !reader->rest.is_cut; i++) {
        double eur = take_euros(reader);
        act_add_amount(reader->act, eur, take_text(reader));
    }
}

static bool is_provenance(const struct provenance *provenance, unsigned field)
{
    return field < FIELD_COUNT && provenance->source != SOURCE_NONE && provenance->source <= SOURCE_DERIVED &&
           provenance->confidence <= CONFIDENCE_HIGH;
}

/* To the end. A field of which nobody says where it comes from was given. */
static void take_provenance(struct record_reader *reader)
{
    struct packed_rest *rest = &reader->rest;
    for (enum act_field field = 0; field < FIELD_COUNT; field++)
        if (act_has(reader->act, field))
            act_set_provenance(reader->act, field, (struct provenance){.confidence = CONFIDENCE_HIGH});
    while (rest->bytes.len > 0 && !rest->is_cut) {
        unsigned field = packed_take_byte(rest);
        unsigned byte = packed_take_byte(rest);
        uint64_t end = packed_take_number(rest);
        uint64_t start = end > 0 ? packed_take_number(rest) : 0;
        struct provenance found = {.source = (enum field_source)(byte & ((1U << SOURCE_BITS) - 1)),
                                   .confidence = (enum confidence)(byte >> SOURCE_BITS),
                                   .start_bytes = (uint32_t)start,
                                   .end_bytes = (uint32_t)end};
        rest->is_cut |= !is_provenance(&found, field) || start > UINT32_MAX || end > UINT32_MAX;
        if (!rest->is_cut && act_has(reader->act, (enum act_field)field))
            act_set_provenance(reader->act, (enum act_field)field, found);
    }
}

/* False after the last. */
static bool take_next(struct record_reader *reader)
{
    unsigned number = packed_take_byte(&reader->rest);
    if (reader->rest.is_cut)
        return false;
    if (number < MEMBER_COUNT)
        take_member(reader, &members[number]);
    else if (number == NUMBER_HASH_AS_TEXT)
        reader->act->source_sha256 = copy_text(reader);
    else if (number == NUMBER_PROXIES)
        take_proxies(reader);
    else if (number == NUMBER_AMOUNTS)
        take_amounts(reader);
    else if (number == NUMBER_PROVENANCE)
        take_provenance(reader);
    else
        reader->rest.is_cut = true;
    return number != NUMBER_PROVENANCE && !reader->rest.is_cut;
}

enum delib_status act_read_record(struct act *act, struct slice record, struct delib_error *error)
{
    struct record_reader reader = {act, {record, false}};
    while (take_next(&reader))
        ;
    if (reader.rest.is_cut)
        return delib_fail(error, DELIB_CORRUPT,
                          _("a stored act is not readable; rebuild the archive from its sources"));
    return DELIB_OK;
}

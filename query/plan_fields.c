#include <stdlib.h>

#include "act/act_id.h"
#include "archive/archive.h"
#include "archive/terms.h"
#include "base/words.h"
#include "french/normalise.h"
#include "planner.h"

enum { AMOUNT_DIGITS = 16 };

/* --- fields ------------------------------------------------------------------------------------------------------ */

static struct xapian_query *refuse(struct planner *planner, size_t column_cp, const char *why)
{
    if (planner->status == DELIB_OK)
        planner->status = column_cp > 0 ? delib_fail(planner->error, DELIB_INVALID, _("column %zu: %s"), column_cp, why)
                                        : delib_fail(planner->error, DELIB_INVALID, "%s", why);
    return xapian_query_none();
}

static struct xapian_query *all_words(struct planner *planner, const char *prefix, enum word_form form,
                                      struct slice text)
{
    struct place places[MAX_TOKENS];
    return planner_all_places(planner, places, planner_read_places(planner, places, text), prefix, form);
}

/* The words of a field's value: « rapporteur:"LEROY Christian" ». Those of text are shown in the passages. */
static struct xapian_query *field_words(struct planner *planner, const char *prefix, enum word_form form,
                                        struct slice text)
{
    struct place places[MAX_TOKENS];
    size_t count = planner_read_corrected(planner, places, text, prefix, form);
    if (form == STEMMED)
        planner_want_places(planner, places, count);
    return planner_all_places(planner, places, count, prefix, form);
}

static struct slice day_value(struct planner *planner, date_yyyymmdd day)
{
    return day ? slice_of(arena_printf(planner->arena, "%08d", day)) : (struct slice){0};
}

static struct xapian_query *date_range(struct planner *planner, date_yyyymmdd first, date_yyyymmdd last)
{
    return xapian_query_value_range(SLOT_DATE, day_value(planner, first ? first : 1), day_value(planner, last));
}

bool read_date_range(struct slice text, date_yyyymmdd *first, date_yyyymmdd *last)
{
    date_yyyymmdd unused;
    size_t dots = slice_find(text, SLICE(".."));
    *first = *last = 0;
    if (dots != SLICE_NONE) {
        struct slice left = slice_range(text, 0, dots);
        struct slice right = slice_skip(text, dots + 2);
        return (left.len > 0 || right.len > 0) && (left.len == 0 || date_parse_period(left, first, &unused)) &&
               (right.len == 0 || date_parse_period(right, &unused, last));
    }
    if (slice_starts(text, SLICE(">=")))
        return date_parse_period(slice_skip(text, 2), first, &unused);
    if (slice_starts(text, SLICE("<=")))
        return date_parse_period(slice_skip(text, 2), &unused, last);
    if (slice_starts(text, SLICE(">"))) {
        bool read = date_parse_period(slice_skip(text, 1), &unused, first);
        *first += 1; /* days are compared as numbers: the 32nd of a month is fine as a bound */
        return read;
    }
    if (slice_starts(text, SLICE("<"))) {
        bool read = date_parse_period(slice_skip(text, 1), last, &unused);
        *last -= 1;
        return read;
    }
    return date_parse_period(text, first, last);
}

/* « 100000 », « 100 000 », « 1,5M », « 10k€ » in cents; -1 when it is no amount. */
static long long read_cents(struct slice text)
{
    double value = 0;
    double scale = 1;
    double factor = 1;
    bool any = false;
    bool fraction = false;
    for (size_t i = 0; i < text.len; i++) {
        char byte = text.bytes[i];
        if (is_digit(byte) && factor == 1) {
            value = value * 10 + (byte - '0');
            scale *= fraction ? 10 : 1;
            any = true;
        } else if ((byte == ',' || byte == '.') && !fraction) {
            fraction = true;
        } else if ((byte == 'k' || byte == 'K') && factor == 1) {
            factor = 1e3;
        } else if ((byte == 'm' || byte == 'M') && factor == 1) {
            factor = 1e6;
        } else if (byte != ' ' && (unsigned char)byte < 0x80) {
            return -1;
        }
    }
    value = value / scale * factor * 100;
    return any && value < 1e15 ? (long long)(value + 0.5) : -1;
}

static struct slice cents_value(struct planner *planner, long long cents)
{
    return slice_of(arena_printf(planner->arena, "%0*lld", AMOUNT_DIGITS, cents));
}

static struct xapian_query *plan_amount(struct planner *planner, const struct node *node)
{
    const char *wrong = _("an amount is written 100000, >50k, <=1,5M or 1000..5000");
    struct slice text = node->text;
    size_t dots = slice_find(text, SLICE(".."));
    bool more = text.bytes[0] == '>';
    bool less = text.bytes[0] == '<';
    bool equal = text.len > 1 && text.bytes[1] == '=';
    long long low = 0;
    long long high = -1;
    if (dots != SLICE_NONE) {
        low = dots > 0 ? read_cents(slice_range(text, 0, dots)) : 0;
        high = read_cents(slice_skip(text, dots + 2));
        if (low < 0 || (high < 0 && dots + 2 < text.len))
            return refuse(planner, node->column_cp, wrong);
    } else {
        long long value = read_cents(slice_skip(text, more || less ? 1 + (size_t)equal : 0));
        if (value < 0)
            return refuse(planner, node->column_cp, wrong);
        low = less ? 0 : more ? value + !equal : value;
        high = more ? -1 : less ? value - !equal : value;
        if (high < 0 && !more)
            return xapian_query_none();
    }
    return xapian_query_value_range(SLOT_AMOUNT, cents_value(planner, low),
                                    high < 0 ? (struct slice){0} : cents_value(planner, high));
}

static struct slice folded_value(struct planner *planner, struct slice text)
{
    struct buffer folded = {0};
    fold(&folded, text);
    struct slice value = arena_copy(planner->arena, slice_trim(buffer_get(&folded)));
    buffer_free(&folded);
    return value;
}

static struct xapian_query *plan_date(struct planner *planner, const struct node *node)
{
    date_yyyymmdd first;
    date_yyyymmdd last;
    if (!read_date_range(node->text, &first, &last))
        return refuse(planner, node->column_cp, _("a date is written 2019, 2019-03, 2019-03-25, 2018..2020 or >2018"));
    return date_range(planner, first, last);
}

/* Topics go by their names: « sujet:plu » is the plan local d'urbanisme. */
static struct xapian_query *topic_query(struct planner *planner, struct slice text)
{
    struct text_list names = {0};
    struct place places[MAX_TOKENS];
    planner_read_synonyms(planner, &names, text);
    if (names.count == 0)
        return field_words(planner, TERM_TOPIC, STEMMED, text);
    size_t count = planner_read_places(planner, places, text);
    planner_want_places(planner, places, count);
    struct xapian_query *query = planner_all_places(planner, places, count, TERM_TOPIC, STEMMED);
    for (size_t i = 0; i < names.count; i++)
        query = planner_two(planner, XAPIAN_OR, query, all_words(planner, TERM_TOPIC, STEMMED, names.items[i]));
    return query;
}

static struct xapian_query *vote_query(struct planner *planner, const struct node *node)
{
    struct slice value = folded_value(planner, node->text);
    if (vote_outcome_of(value) == OUTCOME_UNREAD && !slice_equal(value, SLICE("unanime")) &&
        !slice_equal(value, SLICE("majorite")))
        return refuse(planner, node->column_cp,
                      _("a vote is adopte, rejete, ajourne, retire, prend-acte, avis, unanime or majorite"));
    return xapian_query_term(planner_term(planner, TERM_VOTE, value));
}

struct xapian_query *plan_field(struct planner *planner, const struct node *node)
{
    switch (node->field) {
    case QUESTION_OBJET:
        return field_words(planner, TERM_OBJET, STEMMED, node->text);
    case QUESTION_TOPIC:
        return topic_query(planner, node->text);
    case QUESTION_COUNCIL:
        return field_words(planner, TERM_COUNCIL, AS_WRITTEN, node->text);
    case QUESTION_RAPPORTEUR:
        return field_words(planner, TERM_RAPPORTEUR, AS_WRITTEN, node->text);
    case QUESTION_PRESENT:
        return field_words(planner, TERM_PRESENT, AS_WRITTEN, node->text);
    case QUESTION_PRESIDENT:
        return field_words(planner, TERM_PRESIDENT, AS_WRITTEN, node->text);
    case QUESTION_SECRETARY:
        return field_words(planner, TERM_SECRETARY, AS_WRITTEN, node->text);
    case QUESTION_NUMBER:
        return xapian_query_term(planner_term(planner, TERM_NUMBER, number_key(planner->arena, node->text)));
    case QUESTION_MATIERE:
        return xapian_query_term(planner_term(planner, TERM_MATIERE, folded_value(planner, node->text)));
    case QUESTION_VOTE:
        return vote_query(planner, node);
    case QUESTION_DATE:
        return plan_date(planner, node);
    case QUESTION_AMOUNT:
        return plan_amount(planner, node);
    }
    return xapian_query_none();
}

/* --- filters of the command line --------------------------------------------------------------------------------- */

/* Acts of the council and the day of this one. */
static struct xapian_query *same_seance(struct planner *planner, struct slice id)
{
    xapian_docid docid;
    char *value = NULL;
    size_t len = 0;
    enum delib_status status = archive_docid_of(&docid, planner->arena, planner->reader, id, planner->error);
    if (status == DELIB_OK && docid == 0)
        status =
            delib_fail(planner->error, DELIB_INVALID, _("--seance: no act has the id %.*s"), (int)id.len, id.bytes);
    if (status == DELIB_OK)
        status = xapian_reader_document_value(&value, &len, planner->reader, docid, SLOT_SEANCE, planner->error);
    if (planner->status == DELIB_OK)
        planner->status = status;
    if (status != DELIB_OK)
        return xapian_query_none();
    struct slice seance = arena_copy(planner->arena, (struct slice){value, len});
    free(value);
    while (seance.len > 0 && seance.bytes[seance.len - 1] != SLOT_SEPARATOR) /* without the number */
        seance.len--;
    struct slice last = slice_of(arena_printf(planner->arena, "%.*s\xFF", (int)seance.len, seance.bytes));
    return xapian_query_value_range(SLOT_SEANCE, seance, last);
}

/* The value itself in `slot`. A range of values alone would look at every act: the words of the value come first. */
static struct xapian_query *exact_value(struct planner *planner, const char *prefix, enum value_slot slot,
                                        struct slice value)
{
    return planner_two(planner, XAPIAN_AND, all_words(planner, prefix, AS_WRITTEN, value),
                       xapian_query_value_range(slot, value, value));
}

static struct xapian_query *chosen_query(struct planner *planner, const struct chosen_value *chosen)
{
    struct slice value = chosen->value;
    switch (chosen->facet) {
    case FACET_YEAR:
        return xapian_query_term(planner_term(planner, TERM_YEAR, value));
    case FACET_COUNCIL:
        return exact_value(planner, TERM_COUNCIL, SLOT_COUNCIL, value);
    case FACET_RAPPORTEUR:
        return exact_value(planner, TERM_RAPPORTEUR, SLOT_RAPPORTEUR, value);
    case FACET_TOPIC: /* one of several in its slot, where no range finds it */
        return all_words(planner, TERM_TOPIC, STEMMED, value);
    case FACET_COUNCIL_TYPE:
        return xapian_query_term(planner_term(planner, TERM_COUNCIL_TYPE, value));
    case FACET_MATIERE:
        return xapian_query_term(planner_term(planner, TERM_MATIERE, folded_value(planner, value)));
    case FACET_VOTE:
        return xapian_query_term(planner_term(planner, TERM_VOTE, value));
    case FACET_DOCUMENT_TYPE:
        return xapian_query_term(planner_term(planner, TERM_DOCUMENT_TYPE, value));
    case FACET_MONTH:
    case FACET_DECISION:
    case FACET_SEANCE:
    case FACET_COUNT:
        break;
    }
    return xapian_query_none();
}

static struct xapian_query *with_chosen(struct planner *planner, struct xapian_query *query,
                                        const struct filters *filters)
{
    for (int facet = 0; facet < FACET_COUNT; facet++) {
        struct xapian_query *any = NULL;
        for (size_t i = 0; i < filters->chosen_count; i++)
            if ((int)filters->chosen[i].facet == facet) {
                struct xapian_query *one = chosen_query(planner, &filters->chosen[i]);
                any = any ? planner_two(planner, XAPIAN_OR, any, one) : one;
            }
        if (any)
            query = planner_two(planner, XAPIAN_FILTER, query, any);
    }
    return query;
}

struct xapian_query *plan_filtered(struct planner *planner, struct xapian_query *query, const struct filters *filters)
{
    const struct {
        const char *value;
        enum question_field field;
    } options[] = {
        {filters->council, QUESTION_COUNCIL}, {filters->rapporteur, QUESTION_RAPPORTEUR},
        {filters->topic, QUESTION_TOPIC},     {filters->number, QUESTION_NUMBER},
        {filters->matiere, QUESTION_MATIERE}, {filters->vote, QUESTION_VOTE},
    };
    for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
        if (!options[i].value)
            continue;
        struct node node = {.kind = NODE_FIELD, .field = options[i].field, .text = slice_of(options[i].value)};
        query = planner_two(planner, XAPIAN_FILTER, query, plan_field(planner, &node));
    }
    if (filters->from || filters->to)
        query = planner_two(planner, XAPIAN_FILTER, query, date_range(planner, filters->from, filters->to));
    if (filters->seance)
        query = planner_two(planner, XAPIAN_FILTER, query, same_seance(planner, slice_of(filters->seance)));
    if (filters->id)
        query = planner_two(planner, XAPIAN_FILTER, query,
                            xapian_query_term(term_of_id(planner->arena, slice_of(filters->id))));
    query = with_chosen(planner, query, filters);
    uint32_t duplicates = 0;
    if (!filters->with_duplicates && planner->status == DELIB_OK)
        planner->status =
            xapian_reader_term_frequency(&duplicates, planner->reader, SLICE(TERM_DUPLICATE), planner->error);
    if (duplicates > 0)
        query = planner_two(planner, XAPIAN_AND_NOT, query, xapian_query_term(SLICE(TERM_DUPLICATE)));
    if (filters->are_moving)
        query = planner_two(planner, XAPIAN_AND_NOT, query, xapian_query_term(SLICE(TERM_LEFT)));
    if (filters->has_since_revision) {
        struct slice after = archive_revision_value(planner->arena, filters->since_revision + 1);
        struct slice last = archive_revision_value(planner->arena, filters->up_to_revision);
        query = planner_two(
            planner, XAPIAN_FILTER, query,
            xapian_query_value_range(SLOT_REVISION, after, filters->up_to_revision ? last : (struct slice){0}));
    }
    return query;
}

/* The answer as a table for spreadsheets: a row an act, the columns that --fields names. Lists are joined by " ; ". */
#include <stddef.h>

#include "print/print.h"
#include "print/table.h"

enum cell_kind {
    CELL_TEXT,
    CELL_DATE,
    CELL_LIST,
    CELL_COUNT, /* int32_t, COUNT_UNREAD is empty */
    CELL_PAGE,  /* uint32_t, 0 is empty */
    CELL_RANK,
    CELL_SCORE,
    CELL_COUNCIL_TYPE,
    CELL_DOCUMENT_TYPE,
    CELL_OUTCOME,
    CELL_UNANIMOUS,
    CELL_PROXIES,
    CELL_AMOUNTS,
    CELL_AMOUNT_MAX,
    CELL_SPLIT,
    CELL_SNIPPET
};

static const struct {
    const char *name;
    enum cell_kind kind;
    size_t offset; /* in struct act */
    bool usual;    /* shown without --fields */
} fields[] = {
    {"rank", CELL_RANK, 0, false},
    {"score", CELL_SCORE, 0, false},
    {"id", CELL_TEXT, offsetof(struct act, id), true},
    {"number", CELL_TEXT, offsetof(struct act, number), true},
    {"date", CELL_DATE, offsetof(struct act, date), true},
    {"convocation_date", CELL_DATE, offsetof(struct act, convocation_date), false},
    {"council", CELL_TEXT, offsetof(struct act, council), true},
    {"council_type", CELL_COUNCIL_TYPE, 0, false},
    {"siren", CELL_TEXT, offsetof(struct act, siren), false},
    {"president", CELL_TEXT, offsetof(struct act, president), false},
    {"secretary", CELL_TEXT, offsetof(struct act, secretary), false},
    {"rapporteur", CELL_TEXT, offsetof(struct act, rapporteur), true},
    {"objet", CELL_TEXT, offsetof(struct act, objet), true},
    {"topics", CELL_LIST, offsetof(struct act, topics), false},
    {"matiere.code", CELL_TEXT, offsetof(struct act, matiere_code), true},
    {"matiere.label", CELL_TEXT, offsetof(struct act, matiere_label), false},
    {"document_type", CELL_DOCUMENT_TYPE, 0, false},
    {"vote.outcome", CELL_OUTCOME, 0, true},
    {"vote.unanimous", CELL_UNANIMOUS, 0, false},
    {"vote.pour", CELL_COUNT, offsetof(struct act, vote.pour), true},
    {"vote.contre", CELL_COUNT, offsetof(struct act, vote.contre), true},
    {"vote.abstention", CELL_COUNT, offsetof(struct act, vote.abstention), true},
    {"vote.nppv", CELL_COUNT, offsetof(struct act, vote.nppv), false},
    {"vote.effectif", CELL_COUNT, offsetof(struct act, vote.effectif), false},
    {"vote.votants", CELL_COUNT, offsetof(struct act, vote.votants), false},
    {"present", CELL_LIST, offsetof(struct act, present), false},
    {"absent", CELL_LIST, offsetof(struct act, absent), false},
    {"proxies", CELL_PROXIES, 0, false},
    {"decisions", CELL_LIST, offsetof(struct act, decisions), false},
    {"amounts", CELL_AMOUNTS, 0, false},
    {"amount_max", CELL_AMOUNT_MAX, 0, true},
    {"legal_refs", CELL_LIST, offsetof(struct act, legal_refs), false},
    {"source.path", CELL_TEXT, offsetof(struct act, source_path), true},
    {"source.page_first", CELL_PAGE, offsetof(struct act, page_first), false},
    {"source.page_last", CELL_PAGE, offsetof(struct act, page_last), false},
    {"source.sha256", CELL_TEXT, offsetof(struct act, source_sha256), false},
    {"source.split", CELL_SPLIT, 0, false},
    {"warnings", CELL_LIST, offsetof(struct act, warnings), false},
    {"snippet", CELL_SNIPPET, 0, false},
};

#define FIELDS (sizeof fields / sizeof *fields)
_Static_assert(FIELDS <= (size_t)CSV_FIELDS_MAX, "every field can be asked for once");

int csv_field_of(struct slice name)
{
    for (int i = 0; i < (int)FIELDS; i++)
        if (slice_equal(name, slice_of(fields[i].name)))
            return i;
    return -1;
}

void csv_add_field_names(struct buffer *out)
{
    for (size_t i = 0; i < FIELDS; i++)
        buffer_printf(out, "%s%s", i > 0 ? " " : "", fields[i].name);
}

static void add_joint(struct buffer *out)
{
    if (out->len > 0)
        buffer_add_string(out, " ; ");
}

static void add_list(struct buffer *out, const struct text_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        add_joint(out);
        buffer_add_slice(out, list->items[i]);
    }
}

static void add_proxies(struct buffer *out, const struct act *act)
{
    for (size_t i = 0; i < act->proxy_count; i++) {
        add_joint(out);
        buffer_add_slice(out, act->proxies[i].giver);
        buffer_add_string(out, " → ");
        buffer_add_slice(out, act->proxies[i].holder);
    }
}

static void add_amounts(struct buffer *out, const struct act *act)
{
    for (size_t i = 0; i < act->amount_count; i++) {
        add_joint(out);
        buffer_printf(out, "%.2f", act->amounts[i].eur);
    }
}

static void add_largest(struct buffer *out, const struct act *act)
{
    double largest = -1;
    for (size_t i = 0; i < act->amount_count; i++)
        largest = act->amounts[i].eur > largest ? act->amounts[i].eur : largest;
    if (largest >= 0)
        buffer_printf(out, "%.2f", largest);
}

static void add_name(struct buffer *out, const char *name)
{
    if (name)
        buffer_add_string(out, name);
}

static void add_truth(struct buffer *out, enum truth truth)
{
    if (truth != TRUTH_UNREAD)
        buffer_add_string(out, truth == TRUTH_TRUE ? "true" : "false");
}

static void add_date(struct buffer *out, date_yyyymmdd date)
{
    char iso[DATE_ISO_BYTES];
    if (date)
        buffer_add_string(out, date_format_iso(date, iso));
}

static void add_value(struct buffer *out, const struct result *result, size_t field)
{
    const struct act *act = result->act;
    const void *member = (const char *)act + fields[field].offset;
    switch (fields[field].kind) {
    case CELL_TEXT:
        buffer_add_slice(out, *(const struct slice *)member);
        break;
    case CELL_DATE:
        add_date(out, *(const date_yyyymmdd *)member);
        break;
    case CELL_LIST:
        add_list(out, member);
        break;
    case CELL_COUNT:
        if (*(const int32_t *)member != COUNT_UNREAD)
            buffer_printf(out, "%d", (int)*(const int32_t *)member);
        break;
    case CELL_PAGE:
        if (*(const uint32_t *)member > 0)
            buffer_printf(out, "%u", (unsigned)*(const uint32_t *)member);
        break;
    case CELL_RANK:
        buffer_printf(out, "%u", (unsigned)result->rank);
        break;
    case CELL_SCORE:
        buffer_printf(out, "%.4f", result->score);
        break;
    case CELL_COUNCIL_TYPE:
        add_name(out, council_type_name(act->council_type));
        break;
    case CELL_DOCUMENT_TYPE:
        add_name(out, document_type_name(act->document_type));
        break;
    case CELL_OUTCOME:
        add_name(out, vote_outcome_name(act->vote.outcome));
        break;
    case CELL_UNANIMOUS:
        add_truth(out, act->vote.unanimous);
        break;
    case CELL_PROXIES:
        add_proxies(out, act);
        break;
    case CELL_AMOUNTS:
        add_amounts(out, act);
        break;
    case CELL_AMOUNT_MAX:
        add_largest(out, act);
        break;
    case CELL_SPLIT:
        add_name(out, split_proof_name(act->split));
        break;
    case CELL_SNIPPET:
        if (result->snippets.count > 0)
            buffer_add_slice(out, result->snippets.items[0].text);
        break;
    }
}

/* The columns asked for; returns how many. */
static size_t columns_of(size_t *columns, const struct print_options *options)
{
    size_t count = options->csv_field_count;
    for (size_t i = 0; i < count; i++)
        columns[i] = options->csv_fields[i];
    for (size_t i = 0; options->csv_field_count == 0 && i < FIELDS; i++)
        if (fields[i].usual)
            columns[count++] = i;
    return count;
}

static void begin_row(struct printer *printer, struct slice qid)
{
    if (printer->options->qid.len == 0)
        return;
    table_add_cell(printer->out, qid, printer->options->csv_separator, true);
    buffer_add_byte(printer->out, printer->options->csv_separator);
}

void csv_begin(struct printer *printer)
{
    size_t columns[CSV_FIELDS_MAX];
    size_t count = columns_of(columns, printer->options);
    if (printer->options->question_index > 0)
        return;
    if (printer->options->csv_mark)
        buffer_add_string(printer->out, "\xEF\xBB\xBF");
    begin_row(printer, SLICE("qid"));
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            buffer_add_byte(printer->out, printer->options->csv_separator);
        buffer_add_string(printer->out, fields[columns[i]].name);
    }
    buffer_add_string(printer->out, "\r\n");
}

void csv_result(struct printer *printer, const struct result *result)
{
    size_t columns[CSV_FIELDS_MAX];
    size_t count = columns_of(columns, printer->options);
    struct buffer value = {0};
    begin_row(printer, printer->options->qid);
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            buffer_add_byte(printer->out, printer->options->csv_separator);
        buffer_clear(&value);
        add_value(&value, result, columns[i]);
        table_add_cell(printer->out, buffer_get(&value), printer->options->csv_separator, true);
    }
    buffer_add_string(printer->out, "\r\n");
    buffer_free(&value);
}

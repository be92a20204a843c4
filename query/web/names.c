#include "web/names.h"

#include "base/words.h"

struct code_name {
    const char *code;
    const char *name;
};

static const struct code_name council_types[] = {{"municipal", N_("Municipal council")},
                                                 {"communautaire", N_("Community council")},
                                                 {"metropolitain", N_("Metropolitan council")},
                                                 {"territorial", N_("Territorial council")},
                                                 {"departemental", N_("Departmental council")},
                                                 {"regional", N_("Regional council")},
                                                 {"collectivite-unique", N_("Single authority")},
                                                 {"commission-permanente", N_("Standing commission")},
                                                 {"bureau", N_("Bureau")},
                                                 {"syndical", N_("Syndicate committee")},
                                                 {"ca", N_("Board of directors")},
                                                 {"autre", N_("Other")},
                                                 {NULL, NULL}};

static const struct code_name document_types[] = {{"deliberation", N_("Deliberation")},
                                                  {"proces-verbal", N_("Minutes")},
                                                  {"compte-rendu", N_("Record of a séance")},
                                                  {"liste", N_("List of deliberations")},
                                                  {"decision", N_("Decision of the executive")},
                                                  {"arrete", N_("Order")},
                                                  {"autre", N_("Other")},
                                                  {NULL, NULL}};

static const struct code_name votes[] = {
    {"adopte", N_("Adopted")},    {"rejete", N_("Rejected")},      {"ajourne", N_("Adjourned")},
    {"retire", N_("Withdrawn")},  {"prend-acte", N_("Noted")},     {"avis", N_("Opinion given")},
    {"unanime", N_("Unanimous")}, {"majorite", N_("By majority")}, {NULL, NULL}};

static const struct code_name warnings[] = {
    {"date-conflict", N_("The text gives two days for the séance; the better supported one is kept.")},
    {"weekday-mismatch", N_("The weekday printed is not that of the date.")},
    {"stamp-date-differs", N_("The day of the stamp is not that of the séance.")},
    {"convocation-not-before-seance", N_("The convocation is not within the sixty days before the séance.")},
    {"more-votes-than-voters", N_("There are more votes than voters.")},
    {"more-voters-than-members", N_("There are more voters than members in office.")},
    {"unanimous-with-opposition", N_("The vote is said to be unanimous, and somebody was against or abstained.")},
    {"siren-checksum", N_("The SIREN that was given has a wrong key.")},
    {"pages-without-text", N_("Many pages have no text: scanned annexes, surely.")},
    {"noisy-text", N_("The text reads like a poor recognition of scanned pages: fields may be misread.")},
    {"scdl-vote-differs", N_("The published table gives another vote than the text; the table's is kept.")},
    {"scdl-invalid", N_("The row of the published table breaks a rule of SCDL.")},
    {"ocr", N_("The text was recognised from scanned pages: words may be wrong.")},
    {"double-encoded", N_("The text had been encoded twice and was repaired.")},
    {"envelope-unreadable", N_("The @CTES envelope that names the file could not be read.")},
    {"sidecar-unreadable", N_("A file of fields beside the document could not be read.")},
    {NULL, NULL}};

static const char *name_in(const struct code_name *names, struct slice code)
{
    for (; names->code; names++)
        if (slice_equal(code, slice_of(names->code)))
            return _(names->name);
    return NULL;
}

const char *name_of_value(enum facet facet, struct slice value)
{
    switch (facet) {
    case FACET_COUNCIL_TYPE:
        return name_in(council_types, value);
    case FACET_DOCUMENT_TYPE:
        return name_in(document_types, value);
    case FACET_VOTE:
        return name_in(votes, value);
    default:
        return NULL;
    }
}

const char *name_of_facet(enum facet facet)
{
    static const char *const names[FACET_COUNT] = {
        [FACET_YEAR] = N_("Year"),
        [FACET_COUNCIL] = N_("Council"),
        [FACET_COUNCIL_TYPE] = N_("Type of council"),
        [FACET_RAPPORTEUR] = N_("Rapporteur"),
        [FACET_TOPIC] = N_("Topic"),
        [FACET_MATIERE] = N_("Matière (@CTES)"),
        [FACET_VOTE] = N_("Vote"),
        [FACET_DOCUMENT_TYPE] = N_("Nature of the act"),
        [FACET_MONTH] = N_("Month"),
        [FACET_DECISION] = N_("Decision"),
        [FACET_SEANCE] = N_("Séance"),
    };
    return _(names[facet]);
}

const char *name_of_field(enum act_field field)
{
    static const char *const names[FIELD_COUNT] = {
        [FIELD_ID] = N_("Identifier"),
        [FIELD_NUMBER] = N_("Number"),
        [FIELD_DATE] = N_("Date of the séance"),
        [FIELD_CONVOCATION_DATE] = N_("Date of the convocation"),
        [FIELD_COUNCIL] = N_("Council"),
        [FIELD_COUNCIL_TYPE] = N_("Type of council"),
        [FIELD_SIREN] = N_("SIREN"),
        [FIELD_PRESIDENT] = N_("President of the séance"),
        [FIELD_SECRETARY] = N_("Secretary of the séance"),
        [FIELD_RAPPORTEUR] = N_("Rapporteur"),
        [FIELD_OBJET] = N_("Objet"),
        [FIELD_TOPICS] = N_("Topics"),
        [FIELD_MATIERE] = N_("Matière (@CTES)"),
        [FIELD_DOCUMENT_TYPE] = N_("Nature of the act"),
        [FIELD_VOTE] = N_("Vote"),
        [FIELD_PRESENT] = N_("Present"),
        [FIELD_ABSENT] = N_("Absent"),
        [FIELD_PROXIES] = N_("Proxies"),
        [FIELD_DECISIONS] = N_("Decisions"),
        [FIELD_AMOUNTS] = N_("Amounts"),
        [FIELD_LEGAL_REFS] = N_("Legal references"),
    };
    return _(names[field]);
}

const char *name_of_source(enum field_source source)
{
    static const char *const names[] = {
        [SOURCE_NONE] = N_("not read"),
        [SOURCE_SIDECAR] = N_("given beside the file"),
        [SOURCE_SCDL] = N_("SCDL table"),
        [SOURCE_ENVELOPE] = N_("@CTES envelope"),
        [SOURCE_STAMP] = N_("@CTES stamp"),
        [SOURCE_LABEL] = N_("printed label"),
        [SOURCE_SENTENCE] = N_("sentence of the text"),
        [SOURCE_HEURISTIC] = N_("place on the page"),
        [SOURCE_DERIVED] = N_("derived from other fields"),
    };
    return _(names[source]);
}

const char *name_of_confidence(enum confidence confidence)
{
    static const char *const names[] = {
        [CONFIDENCE_NONE] = N_("none"),
        [CONFIDENCE_LOW] = N_("low: to be checked"),
        [CONFIDENCE_MEDIUM] = N_("medium"),
        [CONFIDENCE_HIGH] = N_("high"),
    };
    return _(names[confidence]);
}

const char *name_of_warning(struct slice code)
{
    return name_in(warnings, code);
}

const char *name_of_vote(const struct vote *vote)
{
    if (vote->outcome == OUTCOME_UNREAD)
        return vote->unanimous == TRUTH_TRUE ? _("Unanimous") : "";
    if (vote->outcome == OUTCOME_ADOPTE && vote->unanimous == TRUTH_TRUE)
        return _("Adopted unanimously");
    if (vote->outcome == OUTCOME_ADOPTE && vote->unanimous == TRUTH_FALSE)
        return _("Adopted by majority");
    return name_of_value(FACET_VOTE, slice_of(vote_outcome_name(vote->outcome)));
}

struct slice name_of_matiere(struct arena *arena, struct slice code)
{
    static const char *const chapters[] = {N_("Public procurement"),
                                           N_("Town planning"),
                                           N_("Property and land"),
                                           N_("Civil service"),
                                           N_("Institutions and political life"),
                                           N_("Public liberties and police powers"),
                                           N_("Local finance"),
                                           N_("Fields of competence by theme"),
                                           N_("Other fields of competence")};
    static const char *const rows[] = {
#include "data/nomenclature-actes.inc"
    };
    if (code.len == 1 && code.bytes[0] >= '1' && code.bytes[0] <= '9')
        return slice_of(_(chapters[code.bytes[0] - '1']));
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct slice row = slice_of(rows[i]);
        size_t tab = slice_find_byte(row, '\t', 0);
        if (tab == SLICE_NONE || !slice_equal(slice_range(row, 0, tab), code))
            continue;
        size_t end = slice_find_byte(row, '\t', tab + 1);
        return arena_copy(arena, slice_range(row, tab + 1, end == SLICE_NONE ? row.len : end));
    }
    return (struct slice){0};
}

void add_date(struct buffer *out, date_yyyymmdd date)
{
    static const char *const months[] = {N_("January"),   N_("February"), N_("March"),    N_("April"),
                                         N_("May"),       N_("June"),     N_("July"),     N_("August"),
                                         N_("September"), N_("October"),  N_("November"), N_("December")};
    if (!date)
        return;
    if (date_day(date) == 1)
        buffer_add_string(out, _("1st"));
    else
        buffer_printf(out, "%d", date_day(date));
    buffer_printf(out, " %s %d", _(months[date_month(date) - 1]), date_year(date));
}

void add_full_date(struct buffer *out, date_yyyymmdd date)
{
    static const char *const days[] = {N_("Monday"), N_("Tuesday"),  N_("Wednesday"), N_("Thursday"),
                                       N_("Friday"), N_("Saturday"), N_("Sunday")};
    if (!date)
        return;
    buffer_printf(out, "%s ", _(days[date_weekday(date) - 1]));
    add_date(out, date);
}

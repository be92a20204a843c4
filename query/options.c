#include "options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/option_table.h"
#include "base/words.h"

enum { DEFAULT_LIMIT = 10, DEFAULT_TIMEOUT_MS = 10000 };

static const struct option_row rows[] = {
    {"archive", 'a', "FOLDER", N_("the archive, or each of several; else $DELIB_ARCHIVE")},
    {"format", 'f', "FORMAT", N_("text json csv scdl atom ead bibtex ris … (see man)")},
    {"limit", 'n', "N", N_("at most N acts (10)")},
    {"sort", 's', "ORDER", N_("relevance, date, -date, council or number")},
    {"from", 0, "DATE", N_("from a year, month or day on: 2019, 2019-03, 2019-03-25")},
    {"to", 0, "DATE", N_("up to and with a year, month or day")},
    {"count", 'c', NULL, N_("print only how many acts match")},
    {"by", 0, "NAME", N_("count by year, month, council, vote, topic … as bars")},
    {"offset", 0, "N", N_("leave out the first N acts")},
    {"all", 0, NULL, N_("every act that matches")},
    {"council", 0, "WORDS", N_("of the councils whose name has these words")},
    {"rapporteur", 0, "WORDS", N_("reported by a person of this name")},
    {"topic", 0, "WORDS", N_("on a topic with these words")},
    {"number", 0, "NUMBER", N_("with this number")},
    {"matiere", 0, "CODE", N_("of this @CTES code: 7 or 7.5")},
    {"vote", 0, "WORD", N_("adopte, rejete, ajourne, retire, prend-acte, avis, unanime or majorite")},
    {"like", 0, "ID", N_("those that resemble the act of this id")},
    {"seance", 0, "ID", N_("those of the same council and day as the act of this id")},
    {"duplicates", 0, NULL, N_("the same act from every file that has it")},
    {"since-revision", 0, "N", N_("only what came or changed after this revision (json tells it)")},
    {"no-synonyms", 0, NULL, N_("do not look for acronyms and abbreviations by their other names")},
    {"relative", 0, NULL, N_("with --by: the share of all acts")},
    {"facets", 0, "NAMES",
     N_("count by year,council,council_type,rapporteur,topic,matiere,vote,document_type,month,decision")},
    {"save", 0, "NAME", N_("keep the question with its options under a name")},
    {"saved", 0, NULL, N_("print the questions that are kept; with a NAME, ask that one")},
    {"alerts", 0, "FOLDER",
     N_("put what is new for each kept question into FOLDER; with --format text, ndjson or atom")},
    {"batch", 0, "FILE", N_("answer each line « name<TAB>question » of FILE; - is the standard input")},
    {"fields", 0, "NAMES", N_("with csv: the columns, such as date,number,vote.pour")},
    {"csv-sep", 0, "CHAR", N_("with csv: what divides the columns (,)")},
    {"csv-bom", 0, NULL, N_("with csv: begin with a byte order mark")},
    {"incomplete", 0, "HOW", N_("with scdl, acts that lack what it requires: skip, blank or fail")},
    {"null", '0', NULL, N_("with ids: end each with a NUL byte")},
    {"context", 0, "N", N_("every line with a word that was found, and N lines on each side")},
    {"kwic", 0, "N", N_("every word that was found, with N characters on each side: a concordance")},
    {"provenance", 0, NULL, N_("with json and ndjson: where each field was found and how sure it is")},
    {"explain", 0, NULL, N_("say on stderr how the question was understood")},
    {"color", 0, "WHEN", N_("auto, always or never")},
    {"strict", 0, NULL, N_("no answer when a part of the archive does not answer")},
    {"timeout", 0, "SECONDS", N_("wait so long for a part on another machine (10)")},
    {"completion", 0, "SHELL", N_("print what bash, zsh or fish needs to complete the options")},
    {"help", 'h', NULL, N_("print this help")},
    {"version", 0, NULL, N_("print the version")},
};
enum { USUAL_OPTIONS = 8 };
static const struct option_table table = {"delib-query", rows, sizeof rows / sizeof *rows, USUAL_OPTIONS};
_Static_assert(sizeof rows / sizeof *rows <= OPTION_ROWS_MAX, "the table of options is too long");

bool options_print_completion(const char *shell)
{
    return option_table_print_completion(&table, shell);
}

void options_print_help(void)
{
    puts(_("Usage: delib-query [-a ARCHIVE] [OPTION...] [QUESTION...]\n"
           "Words are ranked, any may match; \"a phrase\" and +word must be there, -word not;\n"
           "=word as written, word* by its beginning; ET OU SAUF PROCHE/5 ( ) combine them;\n"
           "objet: conseil: rapporteur: date: vote: montant: and others look in one field."));
    option_table_print(&table);
    puts(_("Examples:\n"
           "  delib-query tarif cantine\n"
           "  delib-query --from 2018 --sort date '\"eau potable\" SAUF assainissement'\n"
           "  delib-query --by year --relative 'objet:subvention vote:rejete'\n"
           "  delib-query --all --format csv 'montant:>100000' > acts.csv"));
}

static bool wrong(const char *what, const char *value)
{
    fprintf(stderr, "delib-query: %s%s%s\n", what, value ? ": " : "", value ? value : "");
    option_table_hint(&table);
    return false;
}

static bool take_count(uint32_t *out, const char *name, const char *value)
{
    char *end;
    long number = strtol(value, &end, 10);
    if (end == value || *end || number < 0 || number > 1000000000)
        return wrong(name, _("a whole number is wanted"));
    *out = (uint32_t)number;
    return true;
}

static bool take_period(date_yyyymmdd *out, const char *name, const char *value, bool last)
{
    date_yyyymmdd first_day;
    date_yyyymmdd last_day;
    if (!date_parse_period(slice_of(value), &first_day, &last_day))
        return wrong(name, _("a date is written 2019, 2019-03 or 2019-03-25"));
    *out = last ? last_day : first_day;
    return true;
}

static bool take_timeout(struct options *out, const char *value)
{
    enum { LONGEST_S = 3600 };
    uint32_t seconds;
    if (!take_count(&seconds, "--timeout", value))
        return false;
    if (seconds == 0 || seconds > LONGEST_S)
        return wrong("--timeout", _("1 to 3600 seconds"));
    out->timeout_ms = seconds * 1000;
    return true;
}

static void add_archive(struct options *out, const char *value)
{
    out->archives = memory_resize(out->archives, out->archive_count + 1, sizeof *out->archives);
    out->archives[out->archive_count++] = value;
}

static bool take_sort(struct options *out, const char *value)
{
    static const struct {
        const char *name;
        enum sort_order order;
    } orders[] = {{"relevance", SORT_RELEVANCE},
                  {"date", SORT_DATE},
                  {"-date", SORT_DATE_DESCENDING},
                  {"council", SORT_COUNCIL},
                  {"number", SORT_NUMBER}};
    for (size_t i = 0; i < sizeof orders / sizeof *orders; i++)
        if (strcmp(value, orders[i].name) == 0) {
            out->request.sort = orders[i].order;
            return true;
        }
    return wrong("--sort", _("relevance, date, -date, council or number"));
}

static bool take_facets(struct options *out, const char *value)
{
    struct slice rest = slice_of(value);
    while (rest.len > 0) {
        size_t comma = slice_find_byte(rest, ',', 0);
        struct slice name = slice_range(rest, 0, comma == SLICE_NONE ? rest.len : comma);
        int facet = facet_of(slice_trim(name));
        if (facet < 0)
            return wrong("--facets", facet_names());
        out->request.facets[facet] = true;
        rest = slice_skip(rest, name.len + 1);
    }
    return true;
}

static bool take_colour(struct options *out, const char *value)
{
    if (strcmp(value, "auto") != 0 && strcmp(value, "always") != 0 && strcmp(value, "never") != 0)
        return wrong("--color", _("auto, always or never"));
    if (strcmp(value, "auto") != 0)
        out->print.colour = strcmp(value, "always") == 0;
    return true;
}

static bool take_format(struct options *out, const char *value)
{
    out->format = print_format_of(slice_of(value));
    return out->format ? true : wrong("--format", print_format_names());
}

/* Options whose value is kept as it is. */
static const char **plain_value(struct options *out, const char *name)
{
    struct filters *filters = &out->request.filters;
    const struct {
        const char *name;
        const char **value;
    } values[] = {{"council", &filters->council}, {"rapporteur", &filters->rapporteur},
                  {"topic", &filters->topic},     {"number", &filters->number},
                  {"matiere", &filters->matiere}, {"vote", &filters->vote},
                  {"like", &filters->like},       {"batch", &out->batch},
                  {"seance", &filters->seance}};
    for (size_t i = 0; i < sizeof values / sizeof *values; i++)
        if (strcmp(name, values[i].name) == 0)
            return values[i].value;
    return NULL;
}

static bool take_by(struct options *out, const char *value)
{
    int facet = facet_of(slice_of(value));
    if (facet < 0)
        return wrong("--by", facet_names());
    out->verb = VERB_BY;
    out->by = (enum facet)facet;
    return true;
}

static bool take_fields(struct options *out, const char *value)
{
    struct slice rest = slice_of(value);
    while (rest.len > 0) {
        size_t comma = slice_find_byte(rest, ',', 0);
        struct slice name = slice_trim(slice_range(rest, 0, comma == SLICE_NONE ? rest.len : comma));
        int field = csv_field_of(name);
        if (field < 0 || out->print.csv_field_count == CSV_FIELDS_MAX) {
            struct buffer names = {0};
            buffer_printf(&names, "%.*s (", (int)name.len, name.bytes);
            csv_add_field_names(&names);
            buffer_add_byte(&names, ')');
            buffer_add_byte(&names, '\0');
            wrong(_("--fields: no such field"), names.bytes);
            buffer_free(&names);
            return false;
        }
        out->print.csv_fields[out->print.csv_field_count++] = (size_t)field;
        rest = comma == SLICE_NONE ? (struct slice){0} : slice_skip(rest, comma + 1);
    }
    return true;
}

static bool take_separator(struct options *out, const char *value)
{
    bool tab = strcmp(value, "\\t") == 0 || strcmp(value, "tab") == 0;
    if (!tab && (strlen(value) != 1 || !strchr(",;|\t", value[0])))
        return wrong("--csv-sep", _("a comma, a semicolon, a bar or tab"));
    out->print.csv_separator = tab ? '\t' : value[0];
    return true;
}

static bool take_incomplete(struct options *out, const char *value)
{
    static const char *const names[] = {
        [INCOMPLETE_SKIP] = "skip", [INCOMPLETE_BLANK] = "blank", [INCOMPLETE_FAIL] = "fail"};
    for (int i = 0; i < 3; i++)
        if (strcmp(value, names[i]) == 0) {
            out->print.incomplete = (enum incomplete)i;
            return true;
        }
    return wrong("--incomplete", _("skip, blank or fail"));
}

static bool take_switch(struct options *out, const char *name)
{
    if (strcmp(name, "all") == 0)
        out->request.limit = UINT32_MAX;
    else if (strcmp(name, "count") == 0)
        out->verb = VERB_COUNT;
    else if (strcmp(name, "provenance") == 0)
        out->print.provenance = true;
    else if (strcmp(name, "explain") == 0)
        out->explain = true;
    else if (strcmp(name, "no-synonyms") == 0)
        out->request.without_synonyms = true;
    else if (strcmp(name, "relative") == 0)
        out->relative = true;
    else if (strcmp(name, "csv-bom") == 0)
        out->print.csv_mark = true;
    else if (strcmp(name, "null") == 0)
        out->print.nul = true;
    else if (strcmp(name, "strict") == 0)
        out->request.only_all_parts = true;
    else if (strcmp(name, "duplicates") == 0)
        out->request.filters.with_duplicates = true;
    else if (strcmp(name, "saved") == 0)
        out->verb = VERB_SAVED;
    else if (strcmp(name, "help") == 0)
        out->verb = VERB_HELP;
    else
        out->verb = VERB_VERSION;
    return true;
}

/* Options that say which acts are meant. */
static bool belongs_to_question(const char *name)
{
    static const char *const names[] = {"council", "rapporteur", "topic", "number", "matiere",     "vote",       "like",
                                        "from",    "to",         "sort",  "seance", "no-synonyms", "duplicates", NULL};
    size_t i = 0;
    while (names[i] && strcmp(names[i], name) != 0)
        i++;
    return names[i] != NULL;
}

static bool take(void *payload, const char *name, const char *value)
{
    struct options *out = payload;
    if (belongs_to_question(name))
        buffer_printf(&out->selection, value ? "%s=%s\n" : "%s\n", name, value);
    const char **plain = plain_value(out, name);
    if (plain) {
        *plain = value;
        return true;
    }
    if (strcmp(name, "archive") == 0) {
        add_archive(out, value);
        return true;
    }
    if (strcmp(name, "timeout") == 0)
        return take_timeout(out, value);
    if (strcmp(name, "format") == 0)
        return take_format(out, value);
    if (strcmp(name, "limit") == 0)
        return take_count(&out->request.limit, "--limit", value);
    if (strcmp(name, "offset") == 0)
        return take_count(&out->request.offset, "--offset", value);
    if (strcmp(name, "sort") == 0)
        return take_sort(out, value);
    if (strcmp(name, "from") == 0)
        return take_period(&out->request.filters.from, "--from", value, false);
    if (strcmp(name, "to") == 0)
        return take_period(&out->request.filters.to, "--to", value, true);
    if (strcmp(name, "facets") == 0)
        return take_facets(out, value);
    if (strcmp(name, "completion") == 0) {
        out->verb = VERB_COMPLETION;
        out->shell = value;
        return true;
    }
    if (strcmp(name, "by") == 0)
        return take_by(out, value);
    if (strcmp(name, "context") == 0 || strcmp(name, "kwic") == 0) {
        bool lines = strcmp(name, "context") == 0;
        out->request.passages = lines ? PASSAGES_LINES : PASSAGES_KWIC;
        return take_count(&out->request.around, lines ? "--context" : "--kwic", value);
    }
    if (strcmp(name, "save") == 0) {
        out->verb = VERB_SAVE;
        out->save = value;
        return true;
    }
    if (strcmp(name, "alerts") == 0) {
        out->verb = VERB_ALERTS;
        out->alerts = value;
        return true;
    }
    if (strcmp(name, "since-revision") == 0) {
        out->request.filters.has_since_revision = true;
        out->request.only_as_typed = true;
        return take_count(&out->request.filters.since_revision, "--since-revision", value);
    }
    if (strcmp(name, "fields") == 0)
        return take_fields(out, value);
    if (strcmp(name, "csv-sep") == 0)
        return take_separator(out, value);
    if (strcmp(name, "incomplete") == 0)
        return take_incomplete(out, value);
    if (strcmp(name, "color") == 0)
        return take_colour(out, value);
    return take_switch(out, name);
}

static bool check(struct options *options)
{
    bool facets = false;
    for (int i = 0; i < FACET_COUNT; i++)
        facets |= options->request.facets[i];
    if (facets && !options->format->has_facets)
        return wrong("--facets", _("goes with --format text or json"));
    if (options->verb == VERB_BY && !options->format->has_bars)
        return wrong("--by", _("goes with --format text, csv, json or svg"));
    if (options->verb != VERB_BY && (options->relative || !(options->format->result)))
        return wrong(options->relative ? "--relative" : "--format svg", _("goes with --by"));
    if (options->batch && !options->format->in_batch)
        return wrong("--batch", _("goes with --format text, json, ndjson, csv, trec or ids"));
    if (options->batch && options->question.len > 0)
        return wrong("--batch", _("the questions are in the file; none goes on the command line"));
    if (options->request.passages != PASSAGES_BEST && options->format->snippets < 2)
        return wrong("--context, --kwic", _("goes with --format text, json or ndjson"));
    if (options->request.filters.seance && options->question.len == 0 && options->request.sort == SORT_DEFAULT)
        options->request.sort = SORT_NUMBER;
    static const char *const of_alerts[] = {"text", "ndjson", "atom"};
    bool tells = false;
    for (size_t i = 0; i < sizeof of_alerts / sizeof *of_alerts; i++)
        tells |= strcmp(options->format->name, of_alerts[i]) == 0;
    if (options->verb == VERB_ALERTS && (!tells || options->question.len > 0))
        return wrong("--alerts", _("takes the questions that are kept; goes with --format text, ndjson or atom"));
    if (options->verb == VERB_SAVE && options->question.len == 0 && options->selection.len == 0)
        return wrong("--save", _("the question is missing: delib-query --save NAME QUESTION"));
    if (options->verb == VERB_SAVE && options->question.len > 0 &&
        memchr(options->question.bytes, '\n', options->question.len))
        return wrong("--save", _("a question is one line"));
    if (slice_equal(slice_of(options->format->name), SLICE("ead")) && options->request.sort == SORT_DEFAULT)
        options->request.sort = SORT_COUNCIL; /* its levels are councils, years and séances */
    const struct filters *filters = &options->request.filters;
    if (filters->from && filters->to && filters->from > filters->to)
        return wrong("--from", _("is later than --to"));
    return true;
}

bool options_take_saved(struct options *out, const char *name, const char *value)
{
    if (strcmp(name, "question") == 0) {
        buffer_clear(&out->question);
        buffer_add_string(&out->question, value ? value : "");
        return true;
    }
    bool is_switch = strcmp(name, "no-synonyms") == 0 || strcmp(name, "duplicates") == 0;
    return belongs_to_question(name) && is_switch == (value == NULL) && take(out, name, value);
}

bool options_parse(struct options *out, int argc, char **argv)
{
    int rest;
    *out = (struct options){.verb = VERB_ASK, .format = print_format_of(SLICE("text"))};
    out->request.limit = DEFAULT_LIMIT;
    out->timeout_ms = DEFAULT_TIMEOUT_MS;
    out->print.csv_separator = ',';
    out->print.colour = isatty(STDOUT_FILENO) && !getenv("NO_COLOR");
    if (!option_table_parse(&table, argc, argv, take, out, &rest))
        return false;
    for (int i = rest; i < argc; i++) {
        buffer_add_string(&out->question, i > rest ? " " : "");
        buffer_add_string(&out->question, argv[i]);
    }
    return check(out);
}

void options_free(struct options *options)
{
    free(options->archives);
    buffer_free(&options->question);
    buffer_free(&options->selection);
}

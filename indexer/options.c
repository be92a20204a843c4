#include "options.h"

#include <getopt.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "archive/spread.h"
#include "base/memory.h"
#include "base/option_table.h"
#include "base/words.h"
#include "config.h"
#include "pool.h"

static const struct option_row rows[] = {
    {"archive", 'a', "FOLDER", N_("the archive; else $DELIB_ARCHIVE")},
    {"dry-run", 'n', NULL, N_("say what would be added (A), updated (U), removed (D)")},
    {"explain", 0, NULL, N_("print what is read from each FILE and where")},
    {"status", 0, NULL, N_("print what the archive holds")},
    {"failures", 0, NULL, N_("list the files that failed or were skipped, and why")},
    {"ocr", 0, NULL, N_("recognise the text of scanned PDFs (seconds a page)")},
    {"jobs", 'j', "N", N_("read N files at the same time")},
    {"format", 0, "FORMAT", N_("of --explain: text (on a terminal) or ndjson (elsewhere)")},
    {"validate-scdl", 0, NULL, N_("say where each FILE breaks the rules of SCDL, by line and column")},
    {"prune", 0, NULL, N_("forget what lies below none of the sources, too")},
    {"check-content", 0, NULL, N_("open every file, also those that look unchanged")},
    {"verify", 0, NULL, N_("say whether every byte of the archive is as it was committed")},
    {"backup", 0, "FOLDER", N_("copy the archive to a new FOLDER, and verify the copy")},
    {"restore", 0, "FOLDER", N_("put a verified copy of a backup in the archive's place")},
    {"rebuild", 0, NULL, N_("make the archive anew from SOURCE beside the old one, then exchange the two")},
    {"compact", 0, NULL, N_("make the archive smaller, in the same way")},
    {"log", 0, "FORMAT", N_("what a run says: text, logfmt or json")},
    {"metrics", 0, "FILE", N_("write the figures of the run to FILE, for Prometheus")},
    {"config", 0, "FILE", N_("take options from FILE, a line each: option=value, source=PATH")},
    {"wait", 0, "SECONDS", N_("wait for an archive that another process holds")},
    {"allow-mass-delete", 0, NULL, N_("remove acts even when a large part of a source's files is gone")},
    {"parts", 0, "N", N_("make the archive of N parts, or bring it to N")},
    {"quiet", 'q', NULL, N_("print errors only")},
    {"completion", 0, "SHELL", N_("print what bash, zsh or fish needs to complete the options")},
    {"help", 'h', NULL, N_("print this help")},
    {"version", 0, NULL, N_("print the version")},
};
enum { USUAL_OPTIONS = 7, WAIT_MAX_S = 7 * 24 * 3600 };
static const struct option_table table = {"delib-index", rows, sizeof rows / sizeof *rows, USUAL_OPTIONS};
_Static_assert(sizeof rows / sizeof *rows <= OPTION_ROWS_MAX, "the table of options is too long");

bool options_print_completion(const char *shell)
{
    return option_table_print_completion(&table, shell);
}

void options_print_help(void)
{
    puts(_("Usage: delib-index [-a ARCHIVE] SOURCE...\n"
           "Brings the archive up to date with files and folders of deliberations: what has\n"
           "not changed is not read again, and the acts of files that are gone are removed."));
    option_table_print(&table);
    puts(_("Examples:\n"
           "  delib-index -a /srv/delib/archive /srv/delib/sources\n"
           "  delib-index --explain act.pdf\n"
           "  delib-index --failures"));
}

static bool wrong(const char *what)
{
    fprintf(stderr, "delib-index: %s\n", what);
    option_table_hint(&table);
    return false;
}

static bool take_format(struct options *out, const char *value)
{
    if (strcmp(value, "text") == 0)
        out->format = EXPLAIN_TEXT;
    else if (strcmp(value, "ndjson") == 0)
        out->format = EXPLAIN_NDJSON;
    else
        return wrong(_("--format: text or ndjson"));
    return true;
}

static bool take_log(struct options *out, const char *value)
{
    static const char *const formats[] = {[LOG_TEXT] = "text", [LOG_LOGFMT] = "logfmt", [LOG_JSON] = "json"};
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (strcmp(value, formats[i]) == 0) {
            out->log = (enum log_format)i;
            return true;
        }
    return wrong(_("--log: text, logfmt or json"));
}

static bool take_wait(struct options *out, const char *value)
{
    char *end;
    long seconds = strtol(value, &end, 10);
    if (end == value || *end || seconds < 0 || seconds > WAIT_MAX_S)
        return wrong(_("--wait: a number of seconds, a week at most"));
    out->wait_s = (unsigned)seconds;
    return true;
}

static bool take_parts(struct options *out, const char *value)
{
    char *end;
    long parts = strtol(value, &end, 10);
    if (end == value || *end || parts < 1 || parts > SPREAD_PARTS_MAX)
        return wrong(_("--parts: a number from 1 to 4096"));
    out->parts = (size_t)parts;
    return true;
}

static bool take_jobs(struct options *out, const char *value)
{
    char *end;
    long jobs = strtol(value, &end, 10);
    if (end == value || *end || jobs < 1 || jobs > POOL_MAX_CHILDREN)
        return wrong(_("--jobs: a number from 1 to 64"));
    out->jobs = (size_t)jobs;
    return true;
}

/* The processors that this process may run on. */
static size_t processors(void)
{
    cpu_set_t set;
    int count = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
    return count < POOL_MAX_CHILDREN ? (size_t)count : POOL_MAX_CHILDREN;
}

/* What is asked for by its name alone. */
static const struct {
    const char *name;
    enum verb verb;
} verbs[] = {{"explain", VERB_EXPLAIN}, {"validate-scdl", VERB_VALIDATE_SCDL},
             {"status", VERB_STATUS},   {"failures", VERB_FAILURES},
             {"verify", VERB_VERIFY},   {"backup", VERB_BACKUP},
             {"restore", VERB_RESTORE}, {"rebuild", VERB_REBUILD},
             {"compact", VERB_COMPACT}, {"completion", VERB_COMPLETION},
             {"help", VERB_HELP},       {"version", VERB_VERSION}};

/* False when the option is no verb. */
static bool is_verb(enum verb *out, const char *name)
{
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
        if (strcmp(verbs[i].name, name) == 0) {
            *out = verbs[i].verb;
            return true;
        }
    return false;
}

static bool take_verb(struct options *out, enum verb verb, const char *value)
{
    if (out->verb != VERB_INDEX && out->verb != verb)
        return wrong(_("one thing at a time: two options ask for different ones"));
    out->verb = verb;
    out->verb_value = value;
    return true;
}

static bool take(void *payload, const char *name, const char *value)
{
    struct options *out = payload;
    enum verb verb;
    if (is_verb(&verb, name))
        return take_verb(out, verb, value);
    if (strcmp(name, "archive") == 0)
        out->archive = value;
    else if (strcmp(name, "format") == 0)
        return take_format(out, value);
    else if (strcmp(name, "dry-run") == 0)
        out->dry_run = true;
    else if (strcmp(name, "wait") == 0)
        return take_wait(out, value);
    else if (strcmp(name, "log") == 0)
        return take_log(out, value);
    else if (strcmp(name, "metrics") == 0)
        out->metrics = value;
    else if (strcmp(name, "config") == 0)
        out->config = value;
    else if (strcmp(name, "allow-mass-delete") == 0)
        out->allow_mass_delete = true;
    else if (strcmp(name, "prune") == 0)
        out->prune = true;
    else if (strcmp(name, "check-content") == 0)
        out->check_content = true;
    else if (strcmp(name, "ocr") == 0)
        out->ocr = true;
    else if (strcmp(name, "jobs") == 0)
        return take_jobs(out, value);
    else if (strcmp(name, "parts") == 0)
        return take_parts(out, value);
    else
        out->quiet = true;
    return true;
}

int exit_code_of(enum delib_status status)
{
    switch (status) {
    case DELIB_OK:
        return EXIT_DONE;
    case DELIB_LOCKED:
        return EXIT_LOCKED;
    case DELIB_INVALID:
    case DELIB_NOT_FOUND:
        return EXIT_USAGE;
    default:
        return EXIT_DAMAGED;
    }
}

static bool takes_sources(enum verb verb)
{
    return verb == VERB_INDEX || verb == VERB_REBUILD || verb == VERB_EXPLAIN || verb == VERB_VALIDATE_SCDL;
}

static bool check(const struct options *options)
{
    bool indexes = options->verb == VERB_INDEX || options->verb == VERB_REBUILD;
    bool needs_sources = takes_sources(options->verb);
    if (needs_sources && options->source_count == 0)
        return wrong(_("no SOURCE is given: name files or folders"));
    if (!needs_sources && options->verb != VERB_HELP && options->verb != VERB_VERSION && options->source_count > 0)
        return wrong(_("what is asked for takes no SOURCE"));
    if (options->format != EXPLAIN_AUTO && options->verb != VERB_EXPLAIN)
        return wrong(_("--format goes with --explain"));
    if (options->ocr && !indexes && options->verb != VERB_EXPLAIN)
        return wrong(_("--ocr goes with indexing and --explain only"));
    if (options->ocr && !getenv("XDG_CACHE_HOME") && !getenv("HOME"))
        return wrong(_("--ocr keeps what it recognised: set XDG_CACHE_HOME to a folder for it"));
    if ((options->dry_run || options->check_content || options->prune) && options->verb != VERB_INDEX)
        return wrong(_("--dry-run, --check-content and --prune go with indexing only"));
    if (options->allow_mass_delete && !indexes)
        return wrong(_("--allow-mass-delete goes with indexing and --rebuild only"));
    return true;
}

/* An option of the config file: one that sets something, not one that asks for something. */
static bool take_configured(void *payload, const char *name, const char *value)
{
    struct options *out = payload;
    enum verb verb;
    if (is_verb(&verb, name) || strcmp(name, "config") == 0)
        return false;
    if (strcmp(name, "source") != 0)
        return take(out, name, value);
    out->config_sources = memory_resize(out->config_sources, out->config_source_count + 1, sizeof *out->config_sources);
    out->config_sources[out->config_source_count++] = (char *)value;
    return true;
}

/* What the command line says comes after what the file says, and wins. */
static bool parse_all(struct options *out, int argc, char **argv, int *rest)
{
    if (!option_table_parse(&table, argc, argv, take, out, rest))
        return false;
    if (!out->config)
        return true;
    const char *config = out->config;
    *out = (struct options){.verb = VERB_INDEX, .jobs = processors()};
    optind = 0; /* getopt's way to begin again */
    return config_read(&out->config_text, config, &table, take_configured, out) &&
           option_table_parse(&table, argc, argv, take, out, rest);
}

bool options_parse(struct options *out, int argc, char **argv)
{
    int rest;
    *out = (struct options){.verb = VERB_INDEX, .jobs = processors()};
    if (!parse_all(out, argc, argv, &rest))
        return false;
    bool has_sources = rest < argc || !takes_sources(out->verb);
    out->sources = has_sources ? argv + rest : out->config_sources;
    out->source_count = has_sources ? (size_t)(argc - rest) : out->config_source_count;
    return check(out);
}

void options_free(struct options *options)
{
    free(options->config_sources);
    buffer_free(&options->config_text);
}

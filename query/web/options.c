#include "web/options.h"

#include <stdio.h>
#include <string.h>

#include "base/option_table.h"
#include "base/words.h"

#define USUAL_ADDRESS "127.0.0.1:8017"

static const struct option_row rows[] = {
    {"archive", 'a', "FOLDER", N_("the archive; else $DELIB_ARCHIVE")},
    {"listen", 'l', "ADDRESS", N_("where to listen (127.0.0.1:8017)")},
    {"host", 0, "NAME", N_("a name it answers to; may be repeated")},
    {"address", 0, "URL", N_("its public address, https://…")},
    {"originals", 0, "FOLDER", N_("give out original files of this folder")},
    {"completion", 0, "SHELL", N_("for bash, zsh or fish")},
    {"help", 'h', NULL, N_("print this help")},
    {"version", 0, NULL, N_("print the version")},
};
static const struct option_table table = {"delib-serve", rows, sizeof rows / sizeof *rows, sizeof rows / sizeof *rows};

bool serve_options_print_completion(const char *shell)
{
    return option_table_print_completion(&table, shell);
}

void serve_options_print_help(void)
{
    puts(_("Usage: delib-serve [-a ARCHIVE] [OPTION...]\n"
           "\n"
           "Shows an archive as a web page and answers programs, until it is stopped.\n"));
    option_table_print(&table);
    puts(_("\nExit codes: 0 stopped, 2 usage, 3 no archive, or the address cannot be used."));
}

static bool add_host(struct serve_options *out, const char *name)
{
    if (out->host_count == SERVE_HOSTS_MOST) {
        fprintf(stderr, _("delib-serve: --host: at most %d names\n"), SERVE_HOSTS_MOST);
        return false;
    }
    out->hosts[out->host_count++] = name;
    return true;
}

static bool take(void *payload, const char *name, const char *value)
{
    struct serve_options *out = payload;
    if (strcmp(name, "archive") == 0)
        out->archive = value;
    else if (strcmp(name, "listen") == 0)
        out->listen = value;
    else if (strcmp(name, "host") == 0)
        return add_host(out, value);
    else if (strcmp(name, "address") == 0)
        out->address = value;
    else if (strcmp(name, "originals") == 0)
        out->originals = value;
    else if (strcmp(name, "completion") == 0)
        out->shell = value;
    if (strcmp(name, "completion") == 0)
        out->verb = SERVE_COMPLETION;
    else if (strcmp(name, "help") == 0)
        out->verb = SERVE_HELP;
    else if (strcmp(name, "version") == 0)
        out->verb = SERVE_VERSION;
    return true;
}

bool serve_options_parse(struct serve_options *out, int argc, char **argv)
{
    int rest;
    *out =
        (struct serve_options){.listen = USUAL_ADDRESS, .hosts = {"localhost", "127.0.0.1", "[::1]"}, .host_count = 3};
    if (!option_table_parse(&table, argc, argv, take, out, &rest))
        return false;
    if (rest < argc) {
        fprintf(stderr, "delib-serve: %s: %s\n", argv[rest], _("an option is wanted"));
        option_table_hint(&table);
        return false;
    }
    return true;
}

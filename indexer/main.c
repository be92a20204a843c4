/* delib-index: brings an archive up to date with files and folders of deliberations. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "archive/archive.h"
#include "backup.h"
#include "base/crash.h"
#include "base/memory.h"
#include "base/words.h"
#include "explain.h"
#include "options.h"
#include "rebuild.h"
#include "report.h"
#include "run.h"
#include "validate.h"
#include "verify.h"

static int run_on(const struct options *options, const char *archive)
{
    switch (options->verb) {
    case VERB_INDEX:
        return run(options, archive, NULL);
    case VERB_VERIFY:
        return verify(options, archive);
    case VERB_BACKUP:
        return backup(options, archive);
    case VERB_RESTORE:
        return restore(options, archive);
    case VERB_REBUILD:
        return rebuild(options, archive);
    case VERB_COMPACT:
        return compact(options, archive);
    default:
        return report(options->verb, archive);
    }
}

static int with_archive(const struct options *options)
{
    struct delib_error error;
    char *path = NULL;
    if (!options->archive && archive_default_path(&path, &error) != DELIB_OK) {
        fprintf(stderr, "delib-index: %s\n", error.message);
        return EXIT_USAGE;
    }
    int code = run_on(options, options->archive ? options->archive : path);
    free(path);
    return code;
}

static int run_verb(const struct options *options)
{
    switch (options->verb) {
    case VERB_HELP:
        options_print_help();
        return EXIT_DONE;
    case VERB_COMPLETION:
        return options_print_completion(options->verb_value) ? EXIT_DONE : EXIT_USAGE;
    case VERB_VERSION:
        puts("delib-index " DELIB_VERSION_STRING);
        return EXIT_DONE;
    case VERB_EXPLAIN:
        return explain(options);
    case VERB_VALIDATE_SCDL:
        return validate_scdl(options);
    default:
        return with_archive(options);
    }
}

/* Output that did not get out is an error, unless the reader of a pipe has seen enough. */
static int close_output(int code)
{
    if ((fflush(stdout) == 0 && !ferror(stdout)) || errno == EPIPE)
        return code;
    fprintf(stderr, "delib-index: %s: %s\n", _("cannot write the output"), strerror(errno));
    return EXIT_DAMAGED;
}

int main(int argc, char **argv)
{
    struct options options;
    memory_set_exit("delib-index", EXIT_DAMAGED);
    words_init();
    crash_set_words(
        _("reading the archive brought the program down: most likely it is damaged; see delib-index --verify"));
    int code = options_parse(&options, argc, argv) ? close_output(run_verb(&options)) : EXIT_USAGE;
    options_free(&options);
    return code;
}

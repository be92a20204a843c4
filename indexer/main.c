/* delib-index: brings an archive up to date with files and folders of deliberations. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "archive/archive.h"
#include "archive/parts_list.h"
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

static bool is_in_parts(const char *archive)
{
    struct arena *arena = arena_new();
    struct parts_list list = {0};
    struct delib_error error;
    parts_list_add(&list, arena, archive, &error);
    bool in_parts = list.file != NULL;
    arena_free(arena);
    return in_parts;
}

static int refuse_parts(const char *archive)
{
    fprintf(stderr, _("delib-index: %s: an archive in parts: index into a new folder with --parts\n"), archive);
    return EXIT_USAGE;
}

static int with_archive(const struct options *options)
{
    struct delib_error error;
    char *path = NULL;
    if (!options->archive && archive_default_path(&path, &error) != DELIB_OK) {
        fprintf(stderr, "delib-index: %s\n", error.message);
        return EXIT_USAGE;
    }
    const char *archive = options->archive ? options->archive : path;
    int code = options->verb == VERB_REBUILD && is_in_parts(archive) ? refuse_parts(archive) : run_on(options, archive);
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

/* delib-query: answers a question from the archive. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

#include "archive/archive.h"
#include "ask.h"
#include "base/memory.h"
#include "base/words.h"

static int with_archive(struct options *options)
{
    struct delib_error error;
    struct xapian_reader *reader = NULL;
    char *path = NULL;
    if (!options->archive && archive_default_path(&path, &error) != DELIB_OK)
        return complain(&error);
    int code;
    if (archive_open(&reader, options->archive ? options->archive : path, &error) == DELIB_OK) {
        code = options->batch ? ask_batch(options, reader) : ask(options, reader);
    } else {
        complain(&error);
        code = EXIT_ARCHIVE;
    }
    xapian_reader_free(reader);
    free(path);
    return code;
}

int main(int argc, char **argv)
{
    struct options options;
    int code = EXIT_QUESTION;
    memory_set_exit("delib-query", EXIT_ARCHIVE);
    words_init();
    signal(SIGPIPE, SIG_DFL); /* `delib-query … | head` ends in silence */
    if (options_parse(&options, argc, argv)) {
        code = EXIT_FOUND;
        if (options.verb == VERB_HELP)
            options_print_help();
        else if (options.verb == VERB_COMPLETION)
            code = options_print_completion(options.shell) ? EXIT_FOUND : EXIT_QUESTION;
        else if (options.verb == VERB_VERSION)
            puts("delib-query " DELIB_VERSION_STRING);
        else
            code = with_archive(&options);
    }
    options_free(&options);
    return code;
}

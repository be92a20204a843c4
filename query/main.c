/* delib-query: answers a question from the archive. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

#include "alerts.h"
#include "archive/archive.h"
#include "archive/parts.h"
#include "ask.h"
#include "base/crash.h"
#include "base/memory.h"
#include "base/words.h"
#include "saved.h"

static int with_parts(struct options *options, struct parts *parts)
{
    struct searcher *searcher = searcher_new(parts);
    int code = options->verb == VERB_ALERTS ? alerts(options, searcher)
               : options->batch             ? ask_batch(options, searcher)
                                            : ask(options, searcher);
    searcher_free(searcher);
    return code;
}

static int with_archive(struct options *options)
{
    struct delib_error error;
    struct parts *parts = NULL;
    char *path = NULL;
    if (options->archive_count == 0) {
        if (archive_default_path(&path, &error) != DELIB_OK)
            return complain(&error);
        options->archives = memory_resize(options->archives, 1, sizeof *options->archives);
        options->archives[options->archive_count++] = path;
    }
    int code;
    if (parts_open(&parts, options->archives, options->archive_count, options->timeout_ms, &error) != DELIB_OK)
        code = complain(&error);
    else
        code = with_parts(options, parts);
    parts_free(parts);
    free(path);
    return code;
}

/* A question that cannot be read is not kept. */
static int keep(const struct options *options)
{
    struct delib_error error;
    struct node *tree = NULL;
    struct arena *arena = arena_new();
    enum delib_status status = question_parse(&tree, arena, buffer_get(&options->question), &error);
    if (status == DELIB_OK)
        status = saved_keep(options, options->save, &error);
    arena_free(arena);
    return status == DELIB_OK ? EXIT_FOUND : complain(&error);
}

/* --saved prints them all; with a name it asks that one. */
static int saved(struct options *options)
{
    struct saved_questions questions;
    struct delib_error error;
    int code = EXIT_QUESTION;
    if (saved_read(&questions, &error) != DELIB_OK) {
        code = complain(&error);
    } else if (options->question.len == 0) {
        saved_print(&questions);
        code = questions.count > 0 ? EXIT_FOUND : EXIT_NOTHING;
    } else {
        struct saved_question *question = saved_find(&questions, buffer_get(&options->question));
        options->verb = VERB_ASK;
        if (!question)
            fprintf(stderr, _("delib-query: no question is kept as « %s »; see delib-query --saved\n"),
                    options->question.bytes);
        buffer_clear(&options->question);
        if (question && saved_take(options, question))
            code = with_archive(options);
    }
    saved_free(&questions);
    return code;
}

int main(int argc, char **argv)
{
    struct options options;
    int code = EXIT_QUESTION;
    memory_set_exit("delib-query", EXIT_ARCHIVE);
    words_init();
    crash_set_words(
        _("reading the archive brought the program down: most likely it is damaged; see delib-index --verify"));
    signal(SIGPIPE, SIG_DFL); /* `delib-query … | head` ends in silence */
    if (options_parse(&options, argc, argv)) {
        code = EXIT_FOUND;
        if (options.verb == VERB_HELP)
            options_print_help();
        else if (options.verb == VERB_COMPLETION)
            code = options_print_completion(options.shell) ? EXIT_FOUND : EXIT_QUESTION;
        else if (options.verb == VERB_VERSION)
            puts("delib-query " DELIB_VERSION_STRING);
        else if (options.verb == VERB_SAVE)
            code = keep(&options);
        else if (options.verb == VERB_SAVED)
            code = saved(&options);
        else
            code = with_archive(&options);
    }
    options_free(&options);
    return code;
}

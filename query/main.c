/* delib-query: answers a question from the archive. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "archive/archive.h"
#include "base/memory.h"
#include "base/words.h"
#include "options.h"

static int complain(const struct delib_error *error)
{
    fprintf(stderr, "delib-query: %s\n", error->message);
    return error->status == DELIB_INVALID ? EXIT_QUESTION : EXIT_ARCHIVE;
}

/* All at once, so that a reader that goes away is told of by write(2) alone. */
static int write_out(const struct buffer *out)
{
    for (size_t at = 0; at < out->len;) {
        ssize_t count = write(STDOUT_FILENO, out->bytes + at, out->len - at);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0) {
            fprintf(stderr, "delib-query: %s: %s\n", _("the output cannot be written"), strerror(errno));
            return EXIT_ARCHIVE;
        }
        at += (size_t)count;
    }
    return EXIT_FOUND;
}

static void tell_corrections(const struct answer *answer)
{
    for (size_t i = 0; i < answer->correction_count; i++) {
        const struct correction *one = &answer->corrections[i];
        fprintf(stderr, _("delib-query: no act has « %.*s »; looked for « %.*s » instead\n"), (int)one->typed.len,
                one->typed.bytes, (int)one->instead.len, one->instead.bytes);
    }
}

static int print_answer(const struct options *options, const struct answer *answer)
{
    struct buffer out = {0};
    struct print_options print = {.question = buffer_get(&options->question),
                                  .request = &options->request,
                                  .colour = options->colour,
                                  .provenance = options->provenance};
    if (options->verb == VERB_COUNT)
        buffer_printf(&out, "%u\n", (unsigned)answer->matches);
    else
        options->format->print(&out, answer, &print);
    int code = write_out(&out);
    buffer_free(&out);
    if (code == EXIT_FOUND && answer->matches == 0)
        return EXIT_NOTHING;
    return code;
}

static int ask(struct options *options, struct xapian_reader *reader, struct arena *arena)
{
    struct delib_error error;
    struct answer answer;
    struct node *tree = NULL;
    if (question_parse(&tree, arena, buffer_get(&options->question), &error) != DELIB_OK)
        return complain(&error);
    options->request.tree = tree;
    options->request.exact_count = true;
    options->request.snippets_each = options->verb == VERB_COUNT ? 0 : options->format->snippets;
    if (options->verb == VERB_COUNT)
        options->request.limit = 0;
    if (search(&answer, arena, reader, &options->request, &error) != DELIB_OK)
        return complain(&error);
    tell_corrections(&answer);
    if (options->explain)
        fprintf(stderr, "delib-query: %s\n", answer.described);
    if (answer.matches == 0)
        fprintf(stderr, "delib-query: %s\n", _("nothing found"));
    return print_answer(options, &answer);
}

static int with_archive(struct options *options)
{
    struct delib_error error;
    struct xapian_reader *reader = NULL;
    char *path = NULL;
    if (!options->archive && archive_default_path(&path, &error) != DELIB_OK)
        return complain(&error);
    int code;
    if (archive_open(&reader, options->archive ? options->archive : path, &error) == DELIB_OK) {
        struct arena *arena = arena_new();
        code = ask(options, reader, arena);
        arena_free(arena);
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
        else if (options.verb == VERB_VERSION)
            puts("delib-query " DELIB_VERSION_STRING);
        else
            code = with_archive(&options);
    }
    options_free(&options);
    return code;
}

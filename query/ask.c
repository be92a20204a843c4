#include "ask.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "archive/archive.h"
#include "base/utf8.h"
#include "base/words.h"
#include "explain.h"

enum {
    OUT_BYTES = 64 << 10, /* written at once; one act more may stand behind */
    HELD_ACTS = 1000,     /* so many are read before the first byte goes out: a commit in the middle goes unseen */
    MOST_TRIES = 5
};

/* One run of the program: what questions share. */
struct asking {
    struct options *options;
    struct searcher *searcher;
    struct arena *arena; /* of the question's tree */
    struct arena *acts;  /* of the acts read so far and not yet written */
    struct print_options print;
    struct buffer out;
    int file; /* where the answer goes */
    bool quiet;
    int code;              /* of a write that failed */
    uint32_t told_missing; /* the generation of the parts of which it was told which are missing */
};

int complain(const struct delib_error *error)
{
    fprintf(stderr, "delib-query: %s\n", error->message);
    return error->status == DELIB_INVALID ? EXIT_QUESTION : EXIT_ARCHIVE;
}

/* By write(2) alone, so that a reader that goes away is told of at once. */
static void write_out(struct asking *asking)
{
    struct buffer *out = &asking->out;
    for (size_t at = 0; at < out->len && asking->code == EXIT_FOUND;) {
        ssize_t count = write(asking->file, out->bytes + at, out->len - at);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0) {
            fprintf(stderr, "delib-query: %s: %s\n", _("the output cannot be written"), strerror(errno));
            asking->code = EXIT_ARCHIVE;
            break;
        }
        at += (size_t)count;
    }
    buffer_clear(out);
}

static void tell_corrections(const struct answer *answer)
{
    for (size_t i = 0; i < answer->correction_count; i++) {
        const struct correction *one = &answer->corrections[i];
        fprintf(stderr, _("delib-query: no act has « %.*s »; looked for « %.*s » instead\n"), (int)one->typed.len,
                one->typed.bytes, (int)one->instead.len, one->instead.bytes);
    }
}

/* Write the results one after the other. DELIB_MODIFIED only while nothing has gone out. */
static enum delib_status print_results(struct asking *asking, struct printer *printer, struct search *search,
                                       struct delib_error *error)
{
    const struct print_format *format = asking->options->format;
    struct result result;
    bool gone_out = false;
    for (;;) {
        enum delib_status status = search_next(&result, search, asking->acts, error);
        if (status == DELIB_MODIFIED && gone_out)
            return delib_fail(
                error, DELIB_IO,
                _("the archive was changed twice while its answer was read; the answer is cut: ask again"));
        if (status != DELIB_OK || !result.act)
            return status;
        format->result(printer, &result);
        if (printer->status != DELIB_OK) {
            *error = printer->error;
            return printer->status;
        }
        printer->printed++;
        arena_reset(asking->acts);
        if (asking->out.len >= OUT_BYTES && printer->printed >= HELD_ACTS) {
            gone_out = true;
            write_out(asking);
            if (asking->code != EXIT_FOUND)
                return DELIB_OK;
        }
    }
}

static enum delib_status print_answer(struct asking *asking, struct search *search, const struct answer *answer,
                                      struct delib_error *error)
{
    const struct print_format *format = asking->options->format;
    struct printer printer = {.out = &asking->out, .options = &asking->print, .answer = answer};
    if (format->begin)
        format->begin(&printer);
    enum delib_status status = print_results(asking, &printer, search, error);
    if (status == DELIB_OK && format->end)
        format->end(&printer);
    if (status == DELIB_OK && printer.left_out > 0)
        fprintf(stderr, _("delib-query: %u acts lack what the table requires and are left out; see --incomplete\n"),
                (unsigned)printer.left_out);
    buffer_free(&printer.group_council);
    return status;
}

static size_t terminal_columns(void)
{
    enum { USUAL = 80, NARROW = 20, WIDE = 500 };
    struct winsize size;
    const char *columns = getenv("COLUMNS");
    long count = columns ? strtol(columns, NULL, 10) : 0;
    if (count <= 0 && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0)
        count = size.ws_col;
    return count < NARROW || count > WIDE ? USUAL : (size_t)count;
}

/* The counts of the matches; with --relative, their shares of all acts that there are. */
static enum delib_status print_by(struct asking *asking, const struct answer *answer, struct delib_error *error)
{
    enum facet facet = asking->options->by;
    struct search *all = NULL;
    const struct answer *whole = NULL;
    struct search_request everything = {0};
    enum delib_status status = DELIB_OK;
    everything.facets[facet] = true;
    if (asking->options->relative)
        status = search_begin(&all, &whole, asking->searcher, &everything, error);
    if (status == DELIB_OK)
        print_bars(&asking->out, asking->options->format, facet, &answer->facets[facet],
                   whole ? &whole->facets[facet] : NULL, terminal_columns());
    search_free(all);
    return status;
}

/* Once for all the questions of a run, until the parts change. */
static void tell_missing(struct asking *asking, const struct answer *answer)
{
    if (asking->told_missing == parts_generation(asking->searcher->parts))
        return;
    asking->told_missing = parts_generation(asking->searcher->parts);
    for (size_t i = 0; i < answer->missing_count; i++)
        fprintf(stderr, _("delib-query: the answer is partial: %s does not answer: %s\n"), answer->missing[i].name,
                answer->missing[i].why);
}

static void tell(struct asking *asking, const struct answer *answer)
{
    tell_missing(asking, answer);
    tell_corrections(answer);
    for (size_t i = 0; i < answer->suggestion_count && asking->print.qid.len == 0; i++)
        fprintf(stderr, _("delib-query: few acts have « %.*s »; did you mean « %.*s »?\n"),
                (int)answer->suggestions[i].typed.len, answer->suggestions[i].typed.bytes,
                (int)answer->suggestions[i].instead.len, answer->suggestions[i].instead.bytes);
    if (answer->is_unchecked)
        fprintf(stderr, "delib-query: %s\n",
                _("parts are on other machines: phrases are looked for in the best 1,000 acts with their words"));
    for (size_t i = 0; i < answer->cut.count; i++)
        fprintf(stderr, _("delib-query: many words begin with « %.*s »: the most frequent 100 are looked for\n"),
                (int)answer->cut.items[i].len, answer->cut.items[i].bytes);
    if (asking->options->explain)
        explain(asking->options->request.tree, answer);
    if (answer->matches == 0 && asking->print.qid.len == 0)
        fprintf(stderr, "delib-query: %s\n", _("nothing found"));
}

static enum delib_status answer_once(struct asking *asking, struct asked *asked, struct delib_error *error)
{
    struct search *search = NULL;
    const struct answer *answer = NULL;
    enum delib_status status = search_begin(&search, &answer, asking->searcher, &asking->options->request, error);
    if (status == DELIB_OK) {
        *asked = (struct asked){answer->matches, answer->revision};
        if (asking->options->verb == VERB_COUNT)
            buffer_printf(&asking->out, "%.*s%s%u\n", (int)asking->print.qid.len, asking->print.qid.bytes,
                          asking->print.qid.len > 0 ? "\t" : "", (unsigned)answer->matches);
        else if (asking->options->verb == VERB_BY)
            status = print_by(asking, answer, error);
        else
            status = print_answer(asking, search, answer, error);
    }
    if (status == DELIB_OK && !asking->quiet)
        tell(asking, answer);
    search_free(search);
    return status;
}

static enum delib_status answer_question(struct asking *asking, struct slice question, struct asked *asked,
                                         struct delib_error *error)
{
    struct node *tree = NULL;
    size_t before = asking->out.len;
    enum delib_status status = question_parse(&tree, asking->arena, question, error);
    if (status != DELIB_OK)
        return status;
    asking->options->request.tree = tree;
    asking->print.question = question;
    status = DELIB_MODIFIED;
    for (int tries = 0; status == DELIB_MODIFIED && tries < MOST_TRIES; tries++) {
        if (asking->out.len > before)
            asking->out.len = before; /* what a broken try left there */
        status = answer_once(asking, asked, error);
    }
    arena_reset(asking->arena);
    return status;
}

static void asking_begin(struct asking *asking, struct options *options, struct searcher *searcher)
{
    struct search_request *request = &options->request;
    *asking = (struct asking){.options = options,
                              .searcher = searcher,
                              .arena = arena_new(),
                              .acts = arena_new(),
                              .print = options->print,
                              .file = STDOUT_FILENO};
    asking->print.request = request;
    asking->print.columns = isatty(STDOUT_FILENO) || getenv("COLUMNS") ? terminal_columns() : 0;
    asking->print.links = asking->print.colour && isatty(STDOUT_FILENO);
    request->exact_count = true;
    request->snippets_each = options->verb == VERB_COUNT ? 0 : options->format->snippets;
    request->with_times = slice_equal(slice_of(options->format->name), SLICE("atom"));
    request->with_text = slice_equal(slice_of(options->format->name), SLICE("opensearch-bulk"));
    if (options->verb == VERB_COUNT || options->verb == VERB_BY)
        request->limit = 0;
    if (options->verb == VERB_BY)
        request->facets[options->by] = true;
}

static void asking_end(struct asking *asking)
{
    arena_free(asking->arena);
    arena_free(asking->acts);
    buffer_free(&asking->out);
}

static int ask_one(struct asking *asking, struct asked *asked)
{
    struct delib_error error;
    enum delib_status status = answer_question(asking, buffer_get(&asking->options->question), asked, &error);
    if (status != DELIB_OK)
        return complain(&error);
    write_out(asking);
    return asking->code != EXIT_FOUND ? asking->code : asked->matches == 0 ? EXIT_NOTHING : EXIT_FOUND;
}

int ask(struct options *options, struct searcher *searcher)
{
    struct asking asking;
    struct asked asked = {0};
    asking_begin(&asking, options, searcher);
    int code = ask_one(&asking, &asked);
    asking_end(&asking);
    return code;
}

int ask_into(struct options *options, struct searcher *searcher, int file, struct asked *out)
{
    struct asking asking;
    asking_begin(&asking, options, searcher);
    asking.file = file;
    asking.quiet = true;
    int code = ask_one(&asking, out);
    asking_end(&asking);
    return code;
}

/* --- a file of questions --------------------------------------------------------------------------------------- */

/* « qid<TAB>question »; false when there is no tab. */
static bool split_line(struct slice *qid, struct slice *question, struct slice line)
{
    size_t tab = slice_find_byte(line, '\t', 0);
    if (tab == SLICE_NONE || tab == 0)
        return false;
    *qid = slice_range(line, 0, tab);
    *question = slice_trim(slice_skip(line, tab + 1));
    return true;
}

/* The codes of all the lines as one: the worst of what failed, else found when any was. */
static int worse(int code, int other)
{
    if (code >= EXIT_QUESTION || other >= EXIT_QUESTION)
        return code > other ? code : other;
    return code < other ? code : other;
}

static int ask_line(struct asking *asking, const char *path, size_t number, struct slice line)
{
    struct delib_error error = {0};
    struct slice question;
    struct asked asked = {0};
    if (!split_line(&asking->print.qid, &question, line)) {
        fprintf(stderr, _("delib-query: %s:%zu: a line is a name, a tab and a question\n"), path, number);
        return EXIT_QUESTION;
    }
    enum delib_status status = answer_question(asking, question, &asked, &error);
    if (status != DELIB_OK) {
        fprintf(stderr, "delib-query: %s:%zu: %s\n", path, number, error.message);
        return error.status == DELIB_INVALID ? EXIT_QUESTION : EXIT_ARCHIVE;
    }
    asking->print.question_index++;
    if (asking->out.len >= OUT_BYTES)
        write_out(asking);
    return asking->code != EXIT_FOUND ? asking->code : asked.matches == 0 ? EXIT_NOTHING : EXIT_FOUND;
}

/* Whoever writes the questions one by one wants each answer before the next. */
static bool is_waited_for(FILE *file)
{
    struct stat info;
    return fstat(fileno(file), &info) != 0 || !S_ISREG(info.st_mode);
}

static int ask_lines(struct asking *asking, const char *path, FILE *file)
{
    char *line = NULL;
    size_t room = 0;
    ssize_t len;
    int code = EXIT_NOTHING;
    bool waited_for = is_waited_for(file);
    for (size_t number = 1; (len = getline(&line, &room, file)) >= 0 && code != EXIT_ARCHIVE; number++) {
        struct slice text = {line, (size_t)len};
        while (text.len > 0 && (text.bytes[text.len - 1] == '\n' || text.bytes[text.len - 1] == '\r'))
            text.len--;
        if (text.len > 0)
            code = worse(code, ask_line(asking, path, number, text));
        if (waited_for)
            write_out(asking);
    }
    free(line);
    if (asking->code == EXIT_FOUND)
        write_out(asking);
    return worse(code, asking->code == EXIT_FOUND ? EXIT_NOTHING : asking->code);
}

int ask_batch(struct options *options, struct searcher *searcher)
{
    struct asking asking;
    bool standard_input = strcmp(options->batch, "-") == 0;
    FILE *file = standard_input ? stdin : fopen(options->batch, "r");
    if (!file) {
        fprintf(stderr, "delib-query: %s: %s\n", options->batch, strerror(errno));
        return EXIT_QUESTION;
    }
    asking_begin(&asking, options, searcher);
    int code = ask_lines(&asking, options->batch, file);
    asking_end(&asking);
    if (!standard_input)
        fclose(file);
    return code;
}

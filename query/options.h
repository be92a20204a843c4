/* The command line of delib-query: one table drives the parsing and the help. */
#ifndef DELIB_QUERY_OPTIONS_H
#define DELIB_QUERY_OPTIONS_H

#include "base/buffer.h"
#include "print/print.h"
#include "search.h"

/* The exit codes of delib-query. */
enum exit_code {
    EXIT_FOUND = 0,
    EXIT_NOTHING = 1,
    EXIT_QUESTION = 2, /* a question or an option that cannot be read */
    EXIT_ARCHIVE = 3   /* missing, damaged or unreadable; or the output cannot be written */
};

enum verb {
    VERB_ASK,
    VERB_COUNT,
    VERB_BY,
    VERB_SAVE,
    VERB_SAVED,
    VERB_ALERTS,
    VERB_COMPLETION,
    VERB_HELP,
    VERB_VERSION
};

struct options {
    enum verb verb;
    const char **archives; /* none: the default (archive_default_path) */
    size_t archive_count;
    uint32_t timeout_ms; /* of each wait for a part on another machine */
    const struct print_format *format;
    struct search_request request; /* but for the tree */
    struct buffer question;        /* the arguments joined by blanks */
    struct buffer selection;       /* the options that belong to a question, « name=value » a line, for --save */
    const char *save;              /* of VERB_SAVE: the name */
    const char *alerts;            /* of VERB_ALERTS: the folder */
    enum facet by;                 /* of VERB_BY */
    bool relative;
    const char *shell; /* of VERB_COMPLETION */
    const char *batch; /* a file of questions, "-" for stdin; NULL: none */
    bool explain;
    struct print_options print; /* but for what is known when a question is asked */
};

/* False when the command line is wrong: one line on stderr said why. */
bool options_parse(struct options *out, int argc, char **argv);
/* Take one line of a saved question: "question", or an option that belongs to one; `value` must outlive the options.
 * False when it is neither or wrong: stderr may have said why. */
bool options_take_saved(struct options *out, const char *name, const char *value);
void options_free(struct options *options);
void options_print_help(void);
bool options_print_completion(const char *shell); /* false for an unknown one: stderr said so */

#endif

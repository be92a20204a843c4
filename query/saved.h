/* Questions kept under a name: a small text file each, « option=value » a line, in $XDG_CONFIG_HOME/delib/questions
 * (else
 * ~/.config/delib/questions). People may edit, copy and remove these files. */
#ifndef DELIB_QUERY_SAVED_H
#define DELIB_QUERY_SAVED_H

#include "options.h"

struct saved_question {
    char *name;
    char *text; /* of the file; options taken from it point into it */
};

struct saved_questions {
    struct saved_question *items; /* in the order of their names */
    size_t count;
};

/* Keep the question and the filters of the command line under a name. DELIB_INVALID for a name that is no file's. */
enum delib_status saved_keep(const struct options *options, const char *name, struct delib_error *error);

/* All of them; none when the folder is not there. */
enum delib_status saved_read(struct saved_questions *out, struct delib_error *error);
void saved_free(struct saved_questions *questions);

/* NULL when there is none of that name. */
struct saved_question *saved_find(const struct saved_questions *questions, struct slice name);

/* Put what the file says into `options`; false when it makes no sense: one line on stderr said why. Not twice for one
 * question: its text is cut in pieces. */
bool saved_take(struct options *options, struct saved_question *question);

/* Print each with its name, in the form of a command line. */
void saved_print(const struct saved_questions *questions);

#endif

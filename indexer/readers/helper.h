/* A format that another program reads better than we could: run it on the file's bytes, with limits (child.h), and say
 * in the reading what went wrong. */
#ifndef DELIB_INDEXER_READERS_HELPER_H
#define DELIB_INDEXER_READERS_HELPER_H

#include "child.h"
#include "readers/reader.h"

struct helper {
    const char *const *command; /* as child_run takes it */
    const char *package;        /* the Debian package to install where it is missing */
    const char *locked_words;   /* what it complains of when a file asks for a password */
};

/* Whether the program came to a good end: then result->output is what it wrote. Otherwise `out` says what happened.
 * Start from a zeroed result; free it in either case. */
bool helper_run(struct reading *out, struct child_result *result, const struct helper *helper, struct slice bytes);

#endif

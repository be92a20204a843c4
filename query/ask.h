/* Questions in, answers on stdout: one from the command line, or a file of them (--batch). */
#ifndef DELIB_QUERY_ASK_H
#define DELIB_QUERY_ASK_H

#include "options.h"

/* Ends with the exit code of the program. */
int ask(struct options *options, struct searcher *searcher);
int ask_batch(struct options *options, struct searcher *searcher);

/* What an answer was given to. */
struct asked {
    uint32_t matches;
    uint32_t revision; /* of the archive as it was asked */
};

/* The same into a file that is open, without a word on stderr about the answer. */
int ask_into(struct options *options, struct searcher *searcher, int file, struct asked *out);

/* Say on stderr why it failed; the exit code for it. */
int complain(const struct delib_error *error);

#endif

/* What is new for each saved question, told once (--alerts DIR).
 *
 * The state of each question, the last revision of the archive that was told, lies in DIR and moves on only after what
 * is new lies there whole: a run that was stopped anywhere is made good by the next, and nothing is told twice. */
#ifndef DELIB_QUERY_ALERTS_H
#define DELIB_QUERY_ALERTS_H

#include "options.h"

/* Ends with the exit code of the program: EXIT_NOTHING when nothing is new. */
int alerts(struct options *options, struct searcher *searcher);

#endif

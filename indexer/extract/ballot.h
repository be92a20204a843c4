/* The votes that a text counts: « par 12 voix pour, 3 contre », « Abstentions : / », a table of counters.
 *
 * Counts that stand together are one ballot. What speaks of another assembly's vote (a commission's, a jury's) or of
 * a rule (visas, recitals) is left out. Nothing is summed or guessed: a count that is not printed is COUNT_UNREAD. */
#ifndef DELIB_INDEXER_EXTRACT_BALLOT_H
#define DELIB_INDEXER_EXTRACT_BALLOT_H

#include "extract/document.h"

enum counter { COUNTER_POUR, COUNTER_CONTRE, COUNTER_ABSTENTION, COUNTER_NPPV, COUNTER_COUNT, COUNTER_NONE };

struct ballot {
    int32_t counts[COUNTER_COUNT];
    size_t first_line;
    size_t last_line;
    struct span place;
};

struct ballots {
    struct ballot last; /* the act's own: amendments are voted on first */
    size_t count;       /* different ones, those on amendments aside */
    bool opposed;       /* somebody was against or abstained in one of them, counted or named */
    bool any;
    bool draft; /* « par x voix pour »: the vote is still to be filled in */
};

struct ballots read_ballots(const struct document *document, const struct act *act);

/* A count in figures or letters, « aucune » and « néant » included, at `at`: its value and end; -1 when there is none.
 */
int count_at(struct slice folded, size_t at, size_t *end);

/* Whether the full stop at `dot` ends a sentence: not after « M. », « Mme. », « art. » */
bool is_full_stop(struct slice folded, size_t dot);

/* Whether the sentence around `at` tells what somebody other than the council did: a commission, a jury, a visa. */
bool is_about_others(const struct document *document, const struct act *act, size_t at);

#endif

/* The passages of an act that tell why it was found.
 *
 * A snippet quotes the text as it is printed, white space aside, cut at word bounds, with the exact places of the words
 * looked for. Lists of those present, stamps and letterheads are the last resort: a passage of the matter is better. */
#ifndef DELIB_QUERY_SNIPPET_H
#define DELIB_QUERY_SNIPPET_H

#include "act/act.h"
#include "plan.h"

struct highlight {
    uint32_t start_cp; /* code points in the snippet's text */
    uint32_t end_cp;
};

struct snippet {
    struct slice text;
    struct highlight *highlights;
    size_t highlight_count;
    uint32_t page; /* from 1; 0 when the source has no pages */
};

/* The snippet in pieces, those that were found and those between, one after the other; set all but `snippet` to 0. */
struct snippet_walk {
    const struct snippet *snippet;
    size_t at_byte;
    uint32_t at_cp;
    size_t next;
    struct slice piece;
    bool is_found;
};

/* False at the end. */
bool snippet_next_piece(struct snippet_walk *walk);

struct snippets {
    struct snippet *items;
    size_t count;
};

struct snippeter;
struct tokeniser;
struct stemmer;

/* For the acts of one search. What it is given must outlive it. */
struct snippeter *snippeter_new(const struct wanted_words *wanted, struct tokeniser *tokeniser,
                                struct stemmer *stemmer);
void snippeter_free(struct snippeter *snippeter); /* NULL is allowed */

/* The best passages of the act, at most `most`, in the arena. There is always one when the act has any words. */
void snippets_find(struct snippets *out, struct snippeter *snippeter, struct arena *arena, const struct act *act,
                   struct slice text, size_t most);

/* Every line with a word that was found and `around` lines on each side, like grep -C; lines that touch are one
 * snippet, with its line ends. */
void snippets_lines(struct snippets *out, struct snippeter *snippeter, struct arena *arena, const struct act *act,
                    struct slice text, uint32_t around);

/* Every word that was found with `around` code points on each side, in one line each. */
void snippets_kwic(struct snippets *out, struct snippeter *snippeter, struct arena *arena, const struct act *act,
                   struct slice text, uint32_t around_cp);

/* The whole text with every word that was found, a snippet a page, with its line ends. */
void snippets_pages(struct snippets *out, struct snippeter *snippeter, struct arena *arena, const struct act *act,
                    struct slice text);

#endif

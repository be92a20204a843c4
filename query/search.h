/* A question put to the archive: its matches, with their records and snippets, and the facets. */
#ifndef DELIB_QUERY_SEARCH_H
#define DELIB_QUERY_SEARCH_H

#include "archive/parts.h"
#include "plan.h"
#include "snippet.h"

enum sort_order {
    SORT_DEFAULT,
    SORT_RELEVANCE,
    SORT_DATE,
    SORT_DATE_DESCENDING,
    SORT_COUNCIL,
    SORT_NUMBER,
    SORT_REVISION_DESCENDING
};

const char *facet_name(enum facet facet); /* "year", "council" … */
const char *facet_names(void);            /* all of them, for messages */
int facet_of(struct slice name);          /* -1 when there is none */

enum passages {
    PASSAGES_BEST,  /* those that tell most */
    PASSAGES_LINES, /* every line with a word that was found, with lines around it */
    PASSAGES_KWIC,  /* every word that was found, with text around it: a concordance */
    PASSAGES_PAGES  /* the whole text, a page each */
};

struct search_request {
    const struct node *tree; /* NULL: no question */
    struct filters filters;
    uint32_t offset;
    uint32_t limit;
    enum sort_order sort;
    bool facets[FACET_COUNT];
    bool exact_count;
    size_t snippets_each;
    enum passages passages;
    uint32_t around; /* lines, or code points, on each side */
    bool without_synonyms;
    bool only_as_typed;     /* no word is replaced, no phrase becomes its words: what is new is asked for so */
    bool with_times;        /* tell when each act came */
    bool with_text;         /* lend the whole text of each act */
    uint32_t time_limit_ms; /* after which matches are no longer counted; 0: none */
    bool only_all_parts;    /* no answer when a part is missing */
};

struct result {
    uint32_t rank; /* from 1 */
    double score;
    const struct act *act;
    struct snippets snippets;
    struct slice came_at; /* with_times: AAAA-MM-JJTHH:MM:SSZ */
    struct slice text;    /* with_text; form feeds stand between its pages */
};

struct facet_value {
    struct slice value;
    uint32_t count;
};

struct facet_counts {
    struct facet_value *values; /* the most frequent first; years in order */
    size_t count;
};

/* To keep counts longer than the search that has them. */
void facet_copy(struct facet_counts *out, struct arena *arena, const struct facet_counts *counts);

/* What is known of an answer as a whole. */
struct answer {
    uint32_t matches;
    bool cut_by_time; /* there may be more: the counts are of what was seen in time */
    struct facet_counts facets[FACET_COUNT];
    struct correction *corrections;
    size_t correction_count;
    struct correction *suggestions; /* not looked for: to be offered */
    size_t suggestion_count;
    struct expansion *expansions;
    size_t expansion_count;
    bool is_unchecked;                  /* where words stand was looked at in the best acts only */
    struct text_list cut;               /* beginnings that more words have than were looked for */
    uint32_t revision;                  /* of the archive that was asked */
    bool is_revision_known;             /* else its parts do not count alike */
    struct slice committed_at;          /* when it came to that; "" when it never was changed */
    char *described;                    /* Xapian's words for the query */
    const struct missing_part *missing; /* that were left out; lent until the next search */
    size_t missing_count;
};

/* What one search after the other uses, for one thread. */
struct searcher {
    struct parts *parts; /* lent */
    struct tokeniser *tokeniser;
    struct stemmer *stemmer;
};

struct searcher *searcher_new(struct parts *parts);
void searcher_free(struct searcher *searcher); /* NULL is allowed */

/* A search under way. */
struct search;

/* Ask, and lend what is known of the answer as a whole until search_free. A commit in the middle is waited out, and a
 * part that is lost in the middle is left out: the archive is opened anew and asked again. *out is to be freed whatever
 * comes back. */
enum delib_status search_begin(struct search **out, const struct answer **answer, struct searcher *searcher,
                               const struct search_request *request, struct delib_error *error);

/* The next result in the arena; its act is NULL at the end. DELIB_MODIFIED when a writer committed twice since the
 * search began, or a part was lost: what has not been read yet cannot be any more, so begin again. */
enum delib_status search_next(struct result *out, struct search *search, struct arena *arena,
                              struct delib_error *error);
void search_free(struct search *search); /* NULL is allowed */

#endif

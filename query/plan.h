/* The tree of a question, and the filters of the command line → the query that Xapian runs, and the words that snippets
 * look for.
 *
 * Plain words are ranked: any may match, each weighs as a stem in the body and more in the objet. Phrases, fields and
 * what has a + must match. Stop words count only inside phrases, or when there is nothing else. A word that no act has
 * is replaced by the nearest one that the archive knows, which is told in `corrections`. */
#ifndef DELIB_QUERY_PLAN_H
#define DELIB_QUERY_PLAN_H

#include "act/act.h"
#include "parse.h"
#include "xapian-c/xapian_c.h"

/* What acts are counted by. FACET_MATIERE counts the chapters ("7") and what is in them ("7.5"). */
enum facet {
    FACET_YEAR,
    FACET_COUNCIL,
    FACET_COUNCIL_TYPE,
    FACET_RAPPORTEUR,
    FACET_TOPIC,
    FACET_MATIERE,
    FACET_VOTE,
    FACET_DOCUMENT_TYPE,
    FACET_MONTH,
    FACET_DECISION,
    FACET_SEANCE, /* « 2021-06-24 Council » */
    FACET_COUNT
};

/* A value of a facet, as the facet shows it. */
struct chosen_value {
    enum facet facet; /* not FACET_MONTH, FACET_DECISION, FACET_SEANCE: acts cannot be chosen by those */
    struct slice value;
};

struct filters {
    date_yyyymmdd from; /* 0: none */
    date_yyyymmdd to;
    const char *council; /* NULL: none; likewise below */
    const char *rapporteur;
    const char *topic;
    const char *number;
    const char *matiere;
    const char *vote;
    const char *like;                  /* the id of an act: those that resemble it */
    const char *seance;                /* the id of an act: those of its séance */
    const char *id;                    /* of the one act that is meant */
    const struct chosen_value *chosen; /* of those of one facet any will do; every facet must */
    size_t chosen_count;
    bool with_duplicates;    /* the same act from other files too */
    bool are_moving;         /* acts change their part: those that are in the other one, too, are passed over */
    bool has_since_revision; /* only what came or changed after this one */
    uint32_t since_revision;
    uint32_t up_to_revision; /* with since_revision: and no later; 0: any */
};

/* What to look for in a text. */
struct wanted_words {
    struct text_list stems;
    struct text_list exact;    /* folded, as written */
    struct text_list prefixes; /* folded */
    struct text_list phrases;  /* stems with a blank between, stop words included */
};

/* A word to rank by, besides what the index knows: where it stands, and how it was typed. */
struct ranked_word {
    struct slice typed; /* folded */
    struct text_list stems;
    double rarity; /* the logarithm of how many acts there are for one that has it */
};

enum { MAX_RANKED_WORDS = 32 };

struct correction {
    struct slice typed;
    struct slice instead;
};

/* What a word of the question was also looked for as. */
struct expansion {
    struct slice typed;
    struct slice also;
};

struct plan {
    struct xapian_query *query; /* to be freed by plan_clear */
    bool has_words;             /* something to rank by */
    struct wanted_words wanted;
    struct ranked_word ranked[MAX_RANKED_WORDS];
    size_t ranked_count;
    struct correction *corrections;
    size_t correction_count;
    struct correction *suggestions; /* words that are known, but rare and near to a far more frequent one */
    size_t suggestion_count;
    struct expansion *expansions;
    size_t expansion_count;
    struct text_list cut;  /* beginnings that more words have than are looked for */
    bool has_loose_phrase; /* a phrase stands beside plain words, so its words might do */
    bool is_unchecked;     /* where words stand was looked at in the best acts only (remote_test.h) */
};

struct plan_options {
    bool without_synonyms;
    bool only_as_typed;   /* no word is replaced */
    bool loosens_phrases; /* a phrase beside plain words that no act has becomes its words, told in `corrections` */
};

struct tokeniser;
struct stemmer;

/* What a plan is made of, and with. */
struct planning {
    const struct node *tree; /* NULL: no question */
    const struct filters *filters;
    struct plan_options options;
    struct tokeniser *tokeniser;
    struct stemmer *stemmer;
};

/* Everything but the query lives in the arena. DELIB_INVALID for a field's value that cannot be read, with its column;
 * else what Xapian says. */
enum delib_status plan_make(struct plan *out, struct arena *arena, struct xapian_reader *reader,
                            const struct planning *planning, struct delib_error *error);
void plan_clear(struct plan *plan);

/* « 2019 », « 2019-03 », « 2019-03-25 », « 2018..2020 », « ..2019 », « >2018 » as the days from *first to *last (0:
 * open); false when it is none of these. */
bool read_date_range(struct slice text, date_yyyymmdd *first, date_yyyymmdd *last);

#endif

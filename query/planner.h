/* What the parts of the plan share: plan.c walks the tree, plan_words.c makes queries of words, plan_fields.c of fields
 * and of the command line's filters.
 *
 * A planner lasts for one question. The first failure stays in its status, and what is made after it is thrown away, so
 * that nothing in between has to look. Queries that are given are taken. */
#ifndef DELIB_QUERY_PLANNER_H
#define DELIB_QUERY_PLANNER_H

#include "placed_words.h"
#include "plan.h"

enum { MAX_TOKENS = WORDS_LOOKED_FOR }; /* of one phrase or value */

struct planner {
    struct plan_options options;
    struct plan *plan;
    struct arena *arena;
    struct xapian_reader *reader;
    struct tokeniser *tokeniser;
    struct stemmer *stemmer;
    struct delib_error *error;
    enum delib_status status;
};

enum word_form { STEMMED, AS_WRITTEN };

/* A place of the question's text: the word and its other forms. */
struct place {
    struct text_list forms; /* folded; the first is the main one */
};

/* --- plan_words.c: small queries ------------------------------------------------------------------------------- */

struct xapian_query *planner_combine(struct planner *planner, enum xapian_operator op, struct xapian_query **queries,
                                     size_t count);
struct xapian_query *planner_two(struct planner *planner, enum xapian_operator op, struct xapian_query *left,
                                 struct xapian_query *right);
struct slice planner_term(struct planner *planner, const char *prefix, struct slice word);

/* --- plan_words.c: places -------------------------------------------------------------------------------------- */

/* The words of a text by position, with their alternates; returns how many places. */
size_t planner_read_places(struct planner *planner, struct place places[MAX_TOKENS], struct slice text);
/* Likewise, words that no act has under the prefix replaced. */
size_t planner_read_corrected(struct planner *planner, struct place places[MAX_TOKENS], struct slice text,
                              const char *prefix, enum word_form form);
/* All the places, in any order; small words only when there is nothing else. */
struct xapian_query *planner_all_places(struct planner *planner, const struct place *places, size_t count,
                                        const char *prefix, enum word_form form);
/* What is to be looked for in the stream of an act's words, and of the acts of a query those where it stands so. */
struct placed_words *planner_placed_words(struct planner *planner, const struct place *places, size_t count,
                                          enum word_form form);
struct xapian_query *planner_tested(struct planner *planner, struct xapian_query *query, struct placed_words *words);

/* What passages show as found. */
void planner_want(struct planner *planner, struct text_list *list, struct slice word);
void planner_want_places(struct planner *planner, const struct place *places, size_t count);

void planner_note_correction(struct planner *planner, struct slice typed, struct slice instead);

/* --- plan_words.c: words --------------------------------------------------------------------------------------- */

/* The written words of a text: « L. 2121-29 » and « 8 800 » are one each, though blanks are inside. */
size_t planner_split_words(struct planner *planner, struct slice words[MAX_TOKENS], struct slice text);
bool planner_is_only_stopwords(struct planner *planner, struct slice text);

/* What else the word is called (synonyms.h). */
void planner_read_synonyms(struct planner *planner, struct text_list *out, struct slice word);

/* A written word, or what else it is called. NULL when there is no word in it. */
struct xapian_query *plan_word(struct planner *planner, struct slice word);
/* The acronyms of the names that words in a row make; NULL when there are none. */
struct xapian_query *plan_acronyms(struct planner *planner, const struct slice *words, size_t count);
struct xapian_query *plan_phrase(struct planner *planner, struct slice text);
struct xapian_query *plan_exact(struct planner *planner, struct slice text);
struct xapian_query *plan_prefix(struct planner *planner, struct slice text);

/* Whether an act has the phrase; the plan keeps nothing of the asking. */
bool planner_is_phrase_known(struct planner *planner, const struct node *phrase);

/* --- plan_fields.c --------------------------------------------------------------------------------------------- */

struct xapian_query *plan_field(struct planner *planner, const struct node *node);
/* Of the acts of the query those that the command line lets through. */
struct xapian_query *plan_filtered(struct planner *planner, struct xapian_query *query, const struct filters *filters);

#endif

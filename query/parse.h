/* A question as people type it → a tree.
 *
 * Words and "phrases" in a row; + and - before what must and must not be there; =word as written, word* by its
 * beginning; field:value; ET OU SAUF (AND OR NOT) in capitals, PROCHE/5 (NEAR/5); parentheses. SAUF binds like ET, ET
 * before OU. What cannot be read is an error that names the column. The tree lives in the arena given. */
#ifndef DELIB_QUERY_PARSE_H
#define DELIB_QUERY_PARSE_H

#include "base/arena.h"
#include "base/status.h"

enum { MAX_QUESTION_BYTES = 8192, MAX_DEPTH = 32, MAX_NODES = 512, DEFAULT_NEAR = 5 };

enum node_kind {
    NODE_LIST, /* items in a row: each with its sign */
    NODE_AND,
    NODE_OR,
    NODE_SAUF,  /* the first without the second */
    NODE_NEAR,  /* two items within `window` words */
    NODE_WORDS, /* as typed; without a sign a whole run: saint-omer l'avocat L. 2121-29 */
    NODE_PHRASE,
    NODE_EXACT,  /* =word */
    NODE_PREFIX, /* word* */
    NODE_FIELD   /* field:value */
};

/* What can stand before a colon. */
enum question_field {
    QUESTION_OBJET,
    QUESTION_COUNCIL,
    QUESTION_RAPPORTEUR,
    QUESTION_TOPIC,
    QUESTION_NUMBER,
    QUESTION_DATE,
    QUESTION_MATIERE,
    QUESTION_PRESENT,
    QUESTION_PRESIDENT,
    QUESTION_SECRETARY,
    QUESTION_VOTE,
    QUESTION_AMOUNT
};

struct node {
    enum node_kind kind;
    char sign; /* of an item of a list: '+', '-' or 0 */
    enum question_field field;
    unsigned window;
    struct slice text; /* of words, phrases and values */
    size_t column_cp;  /* from 1 */
    struct node **items;
    size_t count;
};

/* *out is NULL for a question without words. DELIB_INVALID: "column N: why". */
enum delib_status question_parse(struct node **out, struct arena *arena, struct slice question,
                                 struct delib_error *error);

/* The field's first name; static storage. */
const char *question_field_name(enum question_field field);

/* The field of a name, French or English; -1 when there is none. */
int question_field_of(struct slice name);

#endif

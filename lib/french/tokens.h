/* Text → the words it is found by. The same code serves the index, the questions and the snippets.
 *
 * A token is one place in the text. Its `form` is folded (see normalise.h). What is written as one word but may be
 * looked for as another (« L'ORPHELIN » as lorphelin, « élu·e·s » as elues, « co-voiturage » as covoiturage,
 * « délibéra-/tion » as delibera and tion) gives further tokens with `alternate` set, at the position of the first.
 * Numbers: « 8 800,00 » is 8800, « 8 800,50 » is 8800.50 with alternate 8800; identifiers are split into their parts at
 * following positions (« 19-09-107 » 19 09 107; « L. 2121-29 » l2121 29; « 2013 / 12 » 2013 12). « S.I.V.O.M. » is
 * sivom; « aujourd'hui » aujourdhui; « d'affirmer » is affirmer, its « d' » no token at all. */
#ifndef DELIB_FRENCH_TOKENS_H
#define DELIB_FRENCH_TOKENS_H

#include "french/normalise.h"

enum {
    TOKEN_MAX_BYTES = 64 /* longer runs (base64, OCR garbage) are cut off here: no French word comes near */
};

enum token_kind { TOKEN_WORD, TOKEN_NUMBER };

struct token {
    struct slice form;    /* folded; valid until the next call */
    uint32_t start_bytes; /* place in the original: start_bytes <= … < end_bytes, on code point bounds */
    uint32_t end_bytes;
    uint32_t position; /* from 0, one more for each token that is no alternate */
    enum token_kind kind;
    bool alternate;
    bool part; /* belongs to the same written word as the token before (Saint-Omer: omer; 19-09-107: 09, 107) */
};

struct tokeniser;

struct tokeniser *tokeniser_new(void);
void tokeniser_free(struct tokeniser *tokeniser);

/* Begin a text of valid UTF-8, which must stay in place until the last token. */
void tokeniser_begin(struct tokeniser *tokeniser, struct slice text);

/* False at the end. Tokens come in order of start_bytes; alternates right after the token whose position they share,
 * though they may begin before it (« L'ORPHELIN »: orphelin, lorphelin). */
bool tokeniser_next(struct tokeniser *tokeniser, struct token *token);

#endif

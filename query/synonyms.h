/* What a word of a question is also called: abbreviations, acronyms and plain words of data/, and the acronyms that the
 * archive's own texts introduce. */
#ifndef DELIB_QUERY_SYNONYMS_H
#define DELIB_QUERY_SYNONYMS_H

#include "act/act.h"
#include "base/status.h"
#include "xapian-c/xapian_c.h"

enum { SYNONYMS_OF_A_WORD = 4 }; /* the most frequent; an acronym means few things in one archive */

/* Adds the other writings of a folded word to the list, folded, words with one blank between. `capitals` tells that it
 * was typed so: « AMI » is an acronym, « ami » a friend. */
enum delib_status synonyms_of_word(struct text_list *out, struct arena *arena, struct xapian_reader *reader,
                                   struct slice folded_word, bool capitals, struct delib_error *error);

/* Adds the acronyms of a name as it is written. */
enum delib_status acronyms_of_name(struct text_list *out, struct arena *arena, struct xapian_reader *reader,
                                   struct slice name, struct delib_error *error);

#endif

/* The words that people read for the codes of the record, and days written out, in the language of the thread. */
#ifndef DELIB_QUERY_WEB_NAMES_H
#define DELIB_QUERY_WEB_NAMES_H

#include "act/act.h"
#include "base/buffer.h"
#include "plan.h"

/* « communautaire » → "Community council"; NULL for a code that has no words, such as a name. */
const char *name_of_value(enum facet facet, struct slice value);
const char *name_of_facet(enum facet facet);
const char *name_of_field(enum act_field field);
const char *name_of_source(enum field_source source);
const char *name_of_confidence(enum confidence confidence);
/* What a warning of docs/record.md means. */
const char *name_of_warning(struct slice code);
/* « Adopted unanimously », "" when no vote was read. */
const char *name_of_vote(const struct vote *vote);
/* The label of a code of the @CTES nomenclature, in the arena; empty for none. */
struct slice name_of_matiere(struct arena *arena, struct slice code);

/* « lundi 30 septembre 2019 »; nothing for no date. */
void add_full_date(struct buffer *out, date_yyyymmdd date);
/* The same without the weekday. */
void add_date(struct buffer *out, date_yyyymmdd date);

#endif

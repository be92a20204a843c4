/* The @CTES nomenclature of matières (data/nomenclature-actes.tsv). */
#ifndef DELIB_INDEXER_EXTRACT_MATIERE_H
#define DELIB_INDEXER_EXTRACT_MATIERE_H

#include "base/slice.h"

/* Whether the nomenclature has the code, "7.5". */
bool matiere_is_code(struct slice code);

/* "7" of « finances locales », whatever the capitals and accents; "" when it names none of the nine chapters. */
const char *matiere_chapter(struct slice name);

#endif

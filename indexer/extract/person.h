/* A person's name as minutes print it: « Monsieur Christian LEROY (reçoit pouvoir de …), Président » is Christian
 * LEROY.
 *
 * Names keep their print (case, accents, OCR errors); only the civility goes. A function without a name (« Monsieur le
 * Maire ») is nobody. */
#ifndef DELIB_INDEXER_EXTRACT_PERSON_H
#define DELIB_INDEXER_EXTRACT_PERSON_H

#include "extract/document.h"

/* Read one name at or just after `at` (civilities, « le Maire, » and blanks are skipped): its place in *name, true when
 * there is one. */
bool person_at(const struct document *document, size_t at, struct span *name);

/* The same for a name that a mark closes (« ; » in a list): lines may break anywhere in it. */
bool person_before(const struct document *document, size_t at, size_t mark, struct span *name);

/* Bytes of a civility (« m. », « madame », « mmes et mm. ») at `at`, blanks after it included; 0 when there is none. */
size_t civility_at(struct slice folded, size_t at);

/* End of a function such as « le maire », « le president de seance » at `at`; SLICE_NONE when there is none. */
size_t office_at(struct slice folded, size_t at);

#endif

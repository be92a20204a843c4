/* The stable name of an act: {siren or slug}:{AAAA-MM-JJ}:{number}.
 *
 * A missing part is replaced by a hash of the normalised text, so that the same text keeps its id wherever its file
 * lies. The id is what permalinks, exports and alerts hold on to. */
#ifndef DELIB_ACT_ACT_ID_H
#define DELIB_ACT_ACT_ID_H

#include "act/act.h"

/* Set act->id unless the source gave one. `text` is the act's own text. */
void act_set_id(struct act *act, struct slice text);

/* A council's name as an id and URL part: « Ville de Montreuil-sur-Mer » → "ville-de-montreuil-sur-mer". */
struct slice council_slug(struct arena *arena, struct slice council);

/* A number in the one form that two writings of it share: folded, without spaces, its separators all '-':
 * « 2013 / 12 », « 2013/12 » → "2013-12"; « DE_2026_086 » → "de-2026-086". */
struct slice canonical_number(struct arena *arena, struct slice number);

/* The form under which a number is looked for: the canonical one without the zeros before its figures, so that
 * « 2020-45 » finds « 2020-045 ». An id keeps them: they are printed. */
struct slice number_key(struct arena *arena, struct slice number);

#endif

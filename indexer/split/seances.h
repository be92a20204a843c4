/* One file of several séances (minutes bound together, the register of a year) → where each begins.
 *
 * A séance begins at a title with its day (« PROCÈS-VERBAL DE LA SÉANCE DU 4 MARS 2021 », « Séance du … ») below which
 * those present are listed before anything is decided. Two such titles with different days are the proof; a title
 * that names the minutes of another day (« Approbation du compte rendu du … ») has no such list below it. */
#ifndef DELIB_INDEXER_SPLIT_SEANCES_H
#define DELIB_INDEXER_SPLIT_SEANCES_H

#include "extract/document.h"

struct seances {
    size_t *starts; /* bytes of the original text; the first is 0 */
    size_t count;   /* fewer than two: no proof of several */
};

/* In the document's arena. */
void seances_find(struct seances *out, const struct document *document);

#endif

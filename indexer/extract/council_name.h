/* The name of a council as an archivist would write it, however loudly it is printed.
 *
 * « COMMUNAUTE DE COMMUNES DU VAL D'ARVETTE » and « Communauté de communes du Val d'Arvette » are one council, and
 * must be one line in a list of councils. Words in capitals get small letters, common ones their accents back, and
 * abbreviations stay; what is printed in small letters is left as it is. */
#ifndef DELIB_INDEXER_EXTRACT_COUNCIL_NAME_H
#define DELIB_INDEXER_EXTRACT_COUNCIL_NAME_H

#include "base/arena.h"
#include "base/slice.h"

struct slice council_name_shown(struct arena *arena, struct slice printed);

#endif

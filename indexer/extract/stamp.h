/* The identifier that the @CTES transmission stamps on an act, « 062-200069037-20190930-19-09-107-DE »: department,
 * SIREN, day of the act, number given by the council, nature. Also found in file names (« 99_DE-062-… »). */
#ifndef DELIB_INDEXER_EXTRACT_STAMP_H
#define DELIB_INDEXER_EXTRACT_STAMP_H

#include "base/date.h"
#include "base/slice.h"

struct stamp {
    struct slice siren;
    struct slice number; /* may hold hyphens itself */
    date_yyyymmdd date;
    size_t start; /* bytes in the text searched */
    size_t end;
};

/* The next identifier at or after `from` in folded text. Blanks that OCR put around the hyphens are allowed. */
bool stamp_next(struct stamp *out, struct slice folded, size_t from);

/* Whether fields of an act are read from the name of its file when it has this name. */
bool file_name_tells(struct slice name);

/* Nine digits whose Luhn sum is right. */
bool is_siren(struct slice digits);

#endif

#include "extract/number_search.h"

/* Those of french/numbers.c, which may be run on (« deuxmille »). What else begins like them is found, too, and is no
 * number for who reads it. */
#define FIGURES "0*", "1*", "2*", "3*", "4*", "5*", "6*", "7*", "8*", "9*"
#define NUMBER_WORDS                                                                                                   \
    "zero*", "un", "une", "unmil*", "uncent*", "unvingt*", "premier*", "deux*", "trois*", "quatre*", "cinq*", "six*",  \
        "sept*", "huit*", "neuf*", "dix*", "onze*", "douze*", "treize*", "quatorze*", "quinze*", "seize*", "vingt*",   \
        "trente*", "quarante*", "soixante*", "octante*", "nonante*", "cent*", "mil*"
#define WEEKDAYS "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"

static const char *const figures[] = {FIGURES, NULL};
static const char *const numbers[] = {FIGURES, NUMBER_WORDS, NULL};
static const char *const dates[] = {FIGURES, NUMBER_WORDS, WEEKDAYS, NULL};

static size_t next_of(const struct document *document, size_t from, size_t to, const char *const *openings)
{
    struct span found;
    return document_find(document, from, to, openings, &found) < 0 ? SLICE_NONE : found.start;
}

size_t next_number(const struct document *document, size_t from, size_t to)
{
    return next_of(document, from, to, numbers);
}

size_t next_figures(const struct document *document, size_t from, size_t to)
{
    return next_of(document, from, to, figures);
}

bool next_date(struct french_date *out, const struct document *document, size_t from, size_t to)
{
    for (size_t at; (at = next_of(document, from, to, dates)) != SLICE_NONE; from = at + 1)
        if (french_date_at(out, document->folded, at))
            return true;
    return false;
}

#include "split/seances.h"

#include "extract/title.h"
#include "french/numbers.h"
#include "split/heading.h"

enum {
    TITLE_BYTES = 160,     /* longer lines are sentences */
    LIST_WITHIN_LINES = 60 /* below the title: letterhead, ordre du jour, session sentence */
};

/* The day in a line that opens like the title of minutes; 0 when it is none. */
static date_yyyymmdd day_in_title(const struct document *document, size_t line)
{
    static const char *const titles[] = {
        "proces-verb*", "proces verb*",      "compte rendu*",         "compte-rendu*",         "seance*",
        "reunion*",     "conseil municipal", "conseil communautaire", "conseil syndical",      "comite syndical",
        "releve de*",   "conseil de*",       "deliberations d*",      "conseil departemental", NULL};
    struct french_date date;
    size_t end;
    const struct line *place = &document->lines[line];
    size_t start = skip_to_word(document->folded, place->start, place->end);
    if (place->end - place->start > TITLE_BYTES || !document_is_capital_at(document, start) ||
        phrases_at(document->folded, start, titles, &end) < 0)
        return 0;
    if (!french_date_next(&date, slice_range(document->folded, 0, place->end), start) || date.start >= place->end)
        return 0;
    return date.date;
}

/* Whether a list of those present stands below the title before anything is decided. */
static bool has_roll(const struct document *document, const struct closings *closings, size_t line)
{
    static const char *const labels[] = {"present*",
                                         "etai* present*",
                                         "sont present*",
                                         "membres present*",
                                         "conseiller* present*",
                                         "elus present*",
                                         "delegue* present*",
                                         NULL};
    for (size_t next = line + 1; next < document->line_count && next <= line + LIST_WITHIN_LINES; next++) {
        const struct line *place = &document->lines[next];
        size_t end;
        if (phrases_at(document->folded, skip_to_word(document->folded, place->start, place->end), labels, &end) >= 0)
            return true;
        if (closings_between(closings, next, next + 1) || day_in_title(document, next) > 0)
            return false;
    }
    return false;
}

/* The first line of the letterhead that ends in the title. */
static size_t letterhead_line(const struct document *document, size_t line)
{
    static const char *const words[] = {"republique", "departement",  "arrondissement", "canton*",  "commune",
                                        "ville",      "mairie",       "communaute",     "syndicat", "conseil*",
                                        "registre*",  "proces-verb*", "compte rendu*",  NULL};
    enum { MOST_LINES = 12 };
    size_t first = line;
    for (size_t above = line; above > 0 && line - above < MOST_LINES; above--) {
        const struct line *place = &document->lines[above - 1];
        size_t end;
        if (line_is_empty(document, above - 1))
            continue;
        if (place->end - place->start > TITLE_BYTES || line_ends_sentence(document, above - 1) ||
            phrases_at(document->folded, place->start, words, &end) < 0)
            break;
        first = above - 1;
    }
    return first;
}

void seances_find(struct seances *out, const struct document *document)
{
    struct closings closings;
    date_yyyymmdd before = 0;
    *out = (struct seances){0};
    closings_find(&closings, document);
    for (size_t line = 0; line < document->line_count; line++) {
        date_yyyymmdd day = day_in_title(document, line);
        if (day == 0 || day == before || !has_roll(document, &closings, line))
            continue;
        size_t start = out->count == 0 ? 0 : document->origin[document->lines[letterhead_line(document, line)].start];
        before = day;
        out->starts = arena_grow(document->arena, out->starts, out->count, sizeof *out->starts);
        out->starts[out->count++] = start;
    }
}

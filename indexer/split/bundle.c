/* Bundles: extracts of the register bound one after the other, each complete in itself. */
#include "act/act_id.h"
#include "extract/fields.h"
#include "extract/header.h"
#include "extract/stamp.h"
#include "split/heading.h"

enum {
    MAX_LETTERHEAD_LINES = 12, /* what may stand above « Extrait du registre »: state, department, town, stamps */
    TOP_LINES = 40             /* an extract's title stands in the first lines of its page */
};

/* --- by stamps ------------------------------------------------------------------------------------------------ */

/* The number of the first @CTES identifier on the page that begins at `line`; empty when it has none. */
static struct slice stamped_number(const struct document *document, size_t line, size_t *next_page_line)
{
    uint32_t page = document->lines[line].page;
    size_t end = line;
    while (end < document->line_count && document->lines[end].page == page)
        end++;
    *next_page_line = end;
    struct stamp stamp;
    bool found = stamp_next(&stamp, document->folded, document->lines[line].start);
    size_t page_end = end < document->line_count ? document->lines[end].start : document->folded.len;
    return found && stamp.start < page_end ? stamp.number : (struct slice){0};
}

static bool is_known(const struct slice *numbers, size_t count, struct slice number)
{
    for (size_t i = 0; i < count; i++)
        if (slice_equal(numbers[i], number))
            return true;
    return false;
}

void headings_by_stamp(struct headings *out, const struct document *document, const struct closings *closings)
{
    (void)closings;
    struct slice *numbers = NULL;
    size_t count = 0;
    size_t next = 0;
    for (size_t line = 0; line < document->line_count; line = next) {
        struct slice number = stamped_number(document, line, &next);
        if (number.len == 0 || (count > 0 && slice_equal(numbers[count - 1], number)))
            continue;
        if (is_known(numbers, count, number)) { /* it comes back: the stamps do not follow the acts */
            *out = (struct headings){0};
            return;
        }
        numbers = arena_grow(document->arena, numbers, count, sizeof *numbers);
        numbers[count++] = number;
        headings_add(out, document, document->lines[line].start, (struct span){0});
    }
}

/* --- by titles of extracts ------------------------------------------------------------------------------------ */

static bool is_extract_title(const struct document *document, size_t line)
{
    static const char *const titles[] = {"extrait* du registre",
                                         "extrait* du proces-verb*",
                                         "extrait* des proces-verb*",
                                         "extrait* de deliberation*",
                                         "extrait* des deliberation*",
                                         "registre des deliberations",
                                         "deliberation du conseil*",
                                         "deliberation du bureau*",
                                         "deliberation du comite*",
                                         "deliberation de la commission permanente",
                                         NULL};
    size_t at = document->lines[line].start;
    size_t end;
    at = skip_to_word(document->folded, at, document->lines[line].end);
    return phrases_at(document->folded, at, titles, &end) >= 0;
}

static bool is_letterhead(const struct document *document, size_t line)
{
    static const char *const words[] = {
        "republique", "departement", "arrondissement", "canton",    "commune",  "ville",
        "mairie",     "liberte",     "communaute",     "metropole", "region",   "envoye",
        "recu",       "publie",      "affiche",        "id",        "syndicat", NULL};
    size_t end;
    return line_is_empty(document, line) || phrases_at(document->folded, document->lines[line].start, words, &end) >= 0;
}

/* The extract with its letterhead: up to the top of the page, or over the lines that look like one. */
static size_t extract_start(const struct document *document, size_t line)
{
    size_t top = line;
    uint32_t page = document->lines[line].page;
    for (size_t i = 0; i < MAX_LETTERHEAD_LINES && top > 0 && document->lines[top - 1].page == page &&
                       is_letterhead(document, top - 1);
         i++)
        top--;
    if (top == 0 || document->lines[top - 1].page != page)
        return document->lines[top].start;
    size_t first = line;
    while (first > 0 && document->lines[first - 1].page == page && line - first < TOP_LINES)
        first--;
    bool near_top = first == 0 || document->lines[first - 1].page != page;
    return document->lines[near_top && page > 1 ? first : top].start;
}

/* What tells one act from another in the text from `start` to `end`: its number, else its objet; empty when it shows
 * neither (the second page of an act under the running title). */
static struct slice identity_of(const struct document *document, size_t start, size_t end)
{
    struct document extract;
    struct act *act = act_new(document->arena);
    struct slice text = slice_range(document->original, document->origin[start], document->origin[end]);
    document_begin(&extract, document->arena, text, (struct slice){0});
    header_classify(&extract);
    extract_stamp(act, &extract);
    extract_number(act, &extract);
    if (act->number.len == 0)
        extract_objet(act, &extract);
    document_end(&extract);
    return act->number.len > 0 ? canonical_number(document->arena, act->number) : act->objet;
}

void headings_by_extract(struct headings *out, const struct document *document, const struct closings *closings)
{
    (void)closings;
    size_t *starts = NULL;
    size_t count = 0;
    for (size_t line = 0; line < document->line_count; line++) {
        if (!is_extract_title(document, line))
            continue;
        size_t start = extract_start(document, line);
        if (count > 0 && start <= starts[count - 1]) /* « Extrait du registre / des délibérations » over two lines */
            continue;
        starts = arena_grow(document->arena, starts, count, sizeof *starts);
        starts[count++] = start;
    }
    struct slice current = {0};
    for (size_t i = 0; i < count && count > 1; i++) {
        size_t end = i + 1 < count ? starts[i + 1] : document->folded.len;
        struct slice identity = identity_of(document, starts[i], end);
        if (identity.len == 0 || slice_equal(identity, current))
            continue;
        current = identity;
        headings_add(out, document, starts[i], (struct span){0});
    }
}

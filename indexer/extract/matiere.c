/* The matière of the @CTES nomenclature where the paper prints it: on the receipt of transmission (« Matière:
 * 6.1-Police municipale ») or beside the number (« Nomenclature : 7.5 Subventions »). It is never guessed. */
#include "extract/fields.h"

static const char *const labels[] = {"matiere de l'acte",  "matiere",           "code matiere",
                                     "nomenclature actes", "nomenclature",      "classification actes",
                                     "classification",     "code nomenclature", NULL};

static bool is_digit(struct slice text, size_t at)
{
    return at < text.len && text.bytes[at] >= '0' && text.bytes[at] <= '9';
}

/* « 7.5 », « 7-10 »: the end of a code that the nomenclature has, its two figures in out; SLICE_NONE otherwise. */
static size_t code_at(struct slice text, size_t at, unsigned *first, unsigned *second)
{
    static const unsigned last_second[] = {7, 3, 6, 5, 8, 5, 10, 9, 4}; /* of the first figures 1 to 9 */
    if (!is_digit(text, at) || text.bytes[at] == '0' || !is_digit(text, at + 2) ||
        (text.bytes[at + 1] != '.' && text.bytes[at + 1] != '-'))
        return SLICE_NONE;
    *first = (unsigned)(text.bytes[at] - '0');
    *second = (unsigned)(text.bytes[at + 2] - '0');
    size_t end = at + 3;
    if (is_digit(text, end))
        *second = *second * 10 + (unsigned)(text.bytes[end++] - '0');
    bool known = *second >= 1 && *second <= last_second[*first - 1];
    return known && !is_digit(text, end) ? end : SLICE_NONE;
}

/* « Matière 7.5: Subventions », « Nomenclature ACTES : 7.5 » */
static bool read_matiere(struct act *act, const struct document *document, const struct line *line)
{
    struct slice folded = document->folded;
    unsigned first;
    unsigned second;
    size_t after;
    size_t start = skip_to_word(folded, line->start, line->end);
    if (phrases_at(folded, start, labels, &after) < 0)
        return false;
    size_t at = skip_separators(folded, after);
    size_t end = code_at(folded, at, &first, &second);
    if (end == SLICE_NONE || !document_claim(document, act, FIELD_MATIERE, SOURCE_LABEL, CONFIDENCE_HIGH, at, end))
        return false;
    act->matiere_code = slice_of(arena_printf(act->arena, "%u.%u", first, second));
    size_t name = skip_separators(folded, end);
    if (name < line->end)
        act->matiere_label = document_printed(document, name, line->end);
    return true;
}

void extract_matiere(struct act *act, const struct document *document)
{
    for (size_t line = 0; line < document->line_count; line++)
        if (read_matiere(act, document, &document->lines[line]))
            return;
}

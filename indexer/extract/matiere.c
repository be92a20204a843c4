/* The matière of the @CTES nomenclature where the paper prints it: on the receipt of transmission (« Matière:
 * 6.1-Police municipale ») or beside the number (« Nomenclature : 7.5 Subventions »). Where it does not, one is
 * suggested by the words of the objet, with low confidence. */
#include "extract/matiere.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "extract/fields.h"
#include "extract/phrase_set.h"

/* CODE<TAB>label<TAB>strong words<TAB>hints; the head of the table tells how. */
static const char *const nomenclature[] = {
#include "data/nomenclature-actes.inc"
    NULL};

/* What is done (7.5 Subventions) tells more than what it is done for (8.1 Enseignement). */
enum { STRONG_POINTS = 4, THEME_POINTS = 2, HINT_POINTS = 1, ENOUGH_POINTS = 2 };

static const char *const labels[] = {"matiere de l'acte",  "matiere",           "code matiere",
                                     "nomenclature actes", "nomenclature",      "classification actes",
                                     "classification",     "code nomenclature", NULL};

bool matiere_is_code(struct slice code)
{
    for (size_t i = 0; code.len > 0 && nomenclature[i]; i++)
        if (slice_starts(slice_of(nomenclature[i]), code) && nomenclature[i][code.len] == '\t')
            return true;
    return false;
}

const char *matiere_chapter(struct slice name)
{
    static const char *const chapters[][2] = {
        {"commande publique", "1"},
        {"urbanisme", "2"},
        {"domaine et patrimoine", "3"},
        {"fonction publique", "4"},
        {"institutions et vie politique", "5"},
        {"libertes publiques et pouvoirs de police", "6"},
        {"finances locales", "7"},
        {"domaines de competences par themes", "8"},
        {"autres domaines de competences", "9"},
    };
    struct buffer folded = {0};
    const char *found = "";
    fold(&folded, slice_trim(name));
    for (size_t i = 0; i < sizeof chapters / sizeof *chapters; i++)
        if (slice_equal(buffer_get(&folded), slice_of(chapters[i][0])))
            found = chapters[i][1];
    buffer_free(&folded);
    return found;
}

/* « 7.5 », « 7-10 »: the end of a code that the nomenclature has, its two numbers in out; SLICE_NONE otherwise. */
static size_t code_at(struct slice text, size_t at, unsigned *first, unsigned *second)
{
    char code[8];
    if (!digit_at(text, at) || text.bytes[at] == '0' || !digit_at(text, at + 2) ||
        (text.bytes[at + 1] != '.' && text.bytes[at + 1] != '-'))
        return SLICE_NONE;
    *first = (unsigned)(text.bytes[at] - '0');
    *second = (unsigned)(text.bytes[at + 2] - '0');
    size_t end = at + 3;
    if (digit_at(text, end))
        *second = *second * 10 + (unsigned)(text.bytes[end++] - '0');
    snprintf(code, sizeof code, "%u.%u", *first, *second);
    return matiere_is_code(slice_of(code)) && !digit_at(text, end) ? end : SLICE_NONE;
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

/* --- suggested ------------------------------------------------------------------------------------------------- */

static struct slice take_until(struct slice *rest, char divider)
{
    size_t end = slice_find_byte(*rest, divider, 0);
    struct slice part = slice_range(*rest, 0, end == SLICE_NONE ? rest->len : end);
    *rest = slice_skip(*rest, part.len + 1);
    return part;
}

enum { MATIERES = sizeof nomenclature / sizeof *nomenclature - 1 };

/* A word of the nomenclature speaks for one matière. */
struct keyword {
    size_t matiere; /* its line */
    unsigned points;
};

/* The words of all lines, by the number that the set knows them by. */
struct keywords {
    struct phrase_set *set;
    struct keyword *words;
    size_t count;
};

static void add_keywords(struct keywords *keywords, size_t matiere, struct slice words, unsigned points)
{
    while (words.len > 0) {
        struct slice word = slice_trim(take_until(&words, ','));
        if (word.len < 2)
            continue;
        phrase_set_add(keywords->set, word);
        keywords->words = memory_resize(keywords->words, keywords->count + 1, sizeof *keywords->words);
        keywords->words[keywords->count++] = (struct keyword){matiere, points};
    }
}

/* Made once for the whole run. */
static const struct keywords *nomenclature_keywords(void)
{
    static struct keywords keywords;
    if (keywords.set)
        return &keywords;
    keywords.set = phrase_set_new();
    for (size_t i = 0; i < MATIERES; i++) {
        struct slice rest = slice_of(nomenclature[i]);
        struct slice code = take_until(&rest, '\t');
        bool is_theme = slice_starts(code, SLICE("8.")) || slice_starts(code, SLICE("9."));
        take_until(&rest, '\t');
        add_keywords(&keywords, i, take_until(&rest, '\t'), is_theme ? THEME_POINTS : STRONG_POINTS);
        add_keywords(&keywords, i, take_until(&rest, '\t'), HINT_POINTS);
    }
    return &keywords;
}

struct suggestion {
    unsigned points;
    size_t first; /* where the first word for it stands in the objet */
};

/* Points for the words of each line that stand in the objet, each once. Words within words that have counted, « bail »
 * in « promesse de bail », count again: they agree. */
static void weigh(struct suggestion *suggestions, struct slice objet)
{
    const struct keywords *keywords = nomenclature_keywords();
    const struct phrase_found *found;
    bool *has_counted = memory_alloc(keywords->count * sizeof *has_counted);
    size_t count = phrase_set_find(keywords->set, objet, &found);
    for (size_t i = 0; i < count; i++) {
        const struct keyword *word = &keywords->words[found[i].which];
        struct suggestion *suggestion = &suggestions[word->matiere];
        if (has_counted[found[i].which])
            continue;
        has_counted[found[i].which] = true;
        if (suggestion->points == 0)
            suggestion->first = found[i].start;
        suggestion->points += word->points;
    }
    free(has_counted);
}

/* « Vœu n° 3 », « MOTION » above the title or before it on its line, « … émet le vœu que » in the decision. */
static bool is_wish(const struct act *act, const struct document *document)
{
    static const char *const wishes[] = {"voeu", "voeux", "motion", NULL};
    enum { LINES = 4 };
    size_t end;
    size_t line = 0;
    size_t objet = act->provenance[FIELD_OBJET].start_bytes;
    while (line + 1 < document->line_count && document->origin[document->lines[line + 1].start] <= objet)
        line++;
    for (size_t i = 0; objet > 0 && i < LINES && i <= line; i++)
        if (phrases_at(document->folded,
                       skip_to_word(document->folded, document->lines[line - i].start, document->lines[line - i].end),
                       wishes, &end) >= 0)
            return true;
    return false;
}

static size_t matiere_of(struct slice code)
{
    size_t i = 0;
    while (i + 1 < MATIERES && !(slice_starts(slice_of(nomenclature[i]), code) && nomenclature[i][code.len] == '\t'))
        i++;
    return i;
}

/* One hint alone suggests nothing. */
static void suggest(struct act *act, const struct document *document)
{
    struct suggestion suggestions[MATIERES] = {0};
    struct buffer folded = {0};
    size_t best = 0;
    fold(&folded, act->objet);
    weigh(suggestions, buffer_get(&folded));
    if (is_wish(act, document))
        suggestions[matiere_of(SLICE("9.4"))] = (struct suggestion){2 * STRONG_POINTS, 0};
    buffer_free(&folded);
    for (size_t i = 1; i < MATIERES; i++)
        if (suggestions[i].points > suggestions[best].points ||
            (suggestions[i].points == suggestions[best].points && suggestions[i].first < suggestions[best].first))
            best = i;
    if (suggestions[best].points < ENOUGH_POINTS ||
        !document_claim(document, act, FIELD_MATIERE, SOURCE_DERIVED, CONFIDENCE_LOW, 0, 0))
        return;
    struct slice rest = slice_of(nomenclature[best]);
    act->matiere_code = take_until(&rest, '\t');
    act->matiere_label = take_until(&rest, '\t');
}

/* The nomenclature's name for a code; empty when it has none. */
static struct slice label_of(struct slice code)
{
    for (size_t i = 0; nomenclature[i]; i++) {
        struct slice rest = slice_of(nomenclature[i]);
        if (slice_equal(take_until(&rest, '\t'), code))
            return take_until(&rest, '\t');
    }
    return (struct slice){0};
}

void extract_matiere(struct act *act, const struct document *document)
{
    bool is_printed = false;
    for (size_t line = 0; line < document->line_count && !is_printed; line++)
        is_printed = read_matiere(act, document, &document->lines[line]);
    if (!is_printed && !act_has(act, FIELD_MATIERE))
        suggest(act, document);
    if (!is_printed && act->matiere_label.len == 0) /* given as a code alone */
        act->matiere_label = label_of(act->matiere_code);
}

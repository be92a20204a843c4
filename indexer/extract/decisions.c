/* The verbs by which the council decides (« APPROUVE », « AUTORISE », « PREND ACTE »), in the order of the text.
 *
 * In the decision proper they open lines or stand in capitals; the proposal above it uses infinitives of the same verbs
 * (« D'affirmer »), which are no decisions. */
#include <string.h>

#include "base/utf8.h"
#include "extract/fields.h"

/* Third persons, folded. Two words where the verb alone says too little. */
static const char *const verbs[] = {
    "abroge",       "accepte",       "accorde",      "adhere",        "admet",      "adopte",
    "affecte",      "affirme",       "ajourne",      "alloue",        "appelle",    "approuve",
    "arrete",       "attribue",      "autorise",     "cede",          "charge",     "choisit",
    "clot",         "confirme",      "constate",     "consent",       "cree",       "decide",
    "definit",      "delegue",       "demande",      "designe",       "dit",        "donne acte",
    "donne mandat", "donne pouvoir", "donne quitus", "donne un avis", "donne avis", "donne son accord",
    "donne",        "elit",          "emet un avis", "emet",          "engage",     "enterine",
    "etablit",      "fixe",          "habilite",     "inscrit",       "instaure",   "institue",
    "invite",       "mandate",       "modifie",      "nomme",         "octroie",    "precise",
    "prend acte",   "prend note",    "procede",      "prononce",      "propose",    "rappelle",
    "rapporte",     "ratifie",       "refuse",       "rejette",       "renouvelle", "repartit",
    "retient",      "retire",        "se prononce",  "sollicite",     "soutient",   "supprime",
    "transfere",    "valide",        "vend",         "vote",          NULL};

enum { MAX_DECISIONS = 40 };

static bool is_known(const struct text_list *list, struct slice verb)
{
    for (size_t i = 0; i < list->count; i++)
        if (slice_equal(list->items[i], verb))
            return true;
    return false;
}

/* The verb in capitals with its accents: « Approuve » → APPROUVE. */
static struct slice in_capitals(const struct document *document, size_t start, size_t end)
{
    struct slice printed = document_printed(document, start, end);
    struct buffer out = {0};
    size_t size;
    size_t first = 0;
    utf8_decode(printed, 0, &first);
    bool spaced = printed.len > first && printed.bytes[first] == ' '; /* « D É C I D E » */
    for (size_t at = 0; at < printed.len; at += size) {
        int32_t letter = utf8_decode(printed, at, &size);
        if (!spaced || letter != ' ')
            utf8_add(&out, utf8_to_upper(letter));
    }
    struct slice capitals = arena_copy(document->arena, buffer_get(&out));
    buffer_free(&out);
    return capitals;
}

/* Where the words of a line or list item begin: after dashes, numbers and « ARTICLE 1 : », « Article 2 - ». */
static size_t item_start(const struct document *document, size_t line)
{
    static const char *const openings[] = {"article premier", "article", "art.", NULL};
    struct slice folded = document->folded;
    size_t at = document->lines[line].start;
    size_t end;
    while (at < document->lines[line].end && !is_word_start(folded, at))
        at++;
    if (phrases_at(folded, at, openings, &end) >= 0) {
        at = skip_separators(folded, end);
        while (at < document->lines[line].end && is_word_byte(folded.bytes[at]) && folded.bytes[at] >= '0' &&
               folded.bytes[at] <= '9')
            at++;
        size_t ordinal = phrase_at(folded, at, "er");
        at = skip_separators(folded, ordinal != SLICE_NONE ? ordinal : at);
    }
    while (at < document->lines[line].end && !is_word_start(folded, at))
        at++;
    return at;
}

/* « APPROUVÉ À L'UNANIMITÉ » tells how the vote went, « VOTE CONTRE DU GROUPE » who voted how: neither decides. */
static bool is_of_the_vote(const struct document *document, size_t start, size_t end)
{
    static const char *const votes[] = {"contre", "pour", "a l'unanimite", "a la majorite", NULL};
    struct slice printed = document_printed(document, start, end);
    size_t after;
    size_t next = skip_separators(document->folded, end);
    bool noun = phrase_at(document->folded, start, "vote") != SLICE_NONE;
    return slice_ends(printed, SLICE("É")) || slice_ends(printed, SLICE("é")) ||
           (noun && (next > end + 1 || phrases_at(document->folded, next, votes, &after) >= 0));
}

static void add_decision(struct act *act, const struct document *document, struct text_list *list, size_t start,
                         size_t end, struct span *place)
{
    if (is_of_the_vote(document, start, end))
        return;
    struct slice verb = in_capitals(document, start, end);
    if (list->count >= MAX_DECISIONS || is_known(list, verb))
        return;
    text_list_add(act->arena, list, verb);
    if (list->count == 1)
        place->start = start;
    place->end = end;
}

static bool is_in_heading(const struct document *document, size_t at)
{
    const struct line *line = &document->lines[document_line_of(document, at)];
    return at > line->start + 4 && document_is_capitals(document, line->start, line->end);
}

/* Verbs in capitals among other words: « Le Comité, par 8 voix, AUTORISE le président et s'ENGAGE à ». */
static void verbs_in_capitals(struct act *act, const struct document *document, size_t from, struct text_list *list,
                              struct span *place)
{
    struct span verb;
    for (; document_find(document, from, document->folded.len, verbs, &verb) >= 0; from = verb.end)
        if (document_is_capitals(document, verb.start, verb.end) && !is_in_heading(document, verb.start))
            add_decision(act, document, list, verb.start, verb.end, place);
}

/* Verbs that open lines or items below the formula of deliberation, in any case. */
static void verbs_that_open_lines(struct act *act, const struct document *document, size_t from, struct text_list *list,
                                  struct span *place)
{
    size_t end;
    for (size_t line = document_line_of(document, from); line < document->line_count; line++) {
        size_t start = item_start(document, line);
        if (start < from || phrases_at(document->folded, start, verbs, &end) < 0)
            continue;
        add_decision(act, document, list, start, end, place);
    }
}

/* « , à l'unanimité, approuve le projet »: the verb after the formula, in running text. */
static void verb_after_formula(struct act *act, const struct document *document, size_t from, struct text_list *list,
                               struct span *place)
{
    enum { FORMULA_BYTES = 300 };
    struct span verb;
    size_t to = from + FORMULA_BYTES;
    if (document_find(document, from, to, verbs, &verb) >= 0)
        add_decision(act, document, list, verb.start, verb.end, place);
}

void extract_decisions(struct act *act, const struct document *document)
{
    static const char *const formulas[] = {"apres en avoir delibere",
                                           "apres avoir delibere",
                                           "apres deliberation",
                                           "ayant delibere",
                                           "decide :",
                                           "decident :",
                                           "apres en avoir debattu",
                                           NULL};
    struct text_list list = {0};
    struct span place = {0, 0};
    struct span formula;
    size_t from = 0;
    size_t objet_end = act->provenance[FIELD_OBJET].end_bytes;
    while (from < document->folded.len && document->origin[from] < objet_end)
        from++;
    verbs_in_capitals(act, document, from, &list, &place);
    bool decided = document_find(document, from, document->folded.len, formulas, &formula) >= 0;
    if (list.count == 0 && decided)
        verbs_that_open_lines(act, document, formula.end, &list, &place);
    if (list.count == 0 && decided)
        verb_after_formula(act, document, formula.end, &list, &place);
    if (list.count > 0 && document_claim(document, act, FIELD_DECISIONS, SOURCE_SENTENCE,
                                         decided ? CONFIDENCE_HIGH : CONFIDENCE_MEDIUM, place.start, place.end))
        act->decisions = list;
}

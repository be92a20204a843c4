/* Minutes whose ordre du jour lists the titles that stand again above what was said of each.
 *
 * Every line of the agenda is looked for further down, in full lines and in the cells of a line (minutes in tables, or
 * with a margin beside the text). A title that stands again in the same order is a heading; OCR may have spoilt either
 * printing. */
#include <string.h>

#include "extract/person.h"
#include "extract/title.h"
#include "split/heading.h"

enum {
    MAX_AGENDA_LINES = 150,
    MAX_CELLS_A_LINE = 6,
    CELL_GAP = 3,            /* blanks that divide two cells of a line */
    LONG_LETTERS = 24,       /* a line of so many is no chance likeness */
    MIN_LETTERS = 8,         /* a shorter line proves nothing */
    MAX_LETTERS = 90,        /* of a title that are compared: as much as one line holds */
    FIRST_PERCENT = 70,      /* the same for the first title, which is often worded otherwise the second time */
    SAME_PERCENT = 82,       /* letters in common for two printings of one title */
    PARAPHRASE_PERCENT = 30, /* what other words for the same weigh: copies letter by letter come first */
    SHORT_PERCENT = 60, /* of the agenda's line that the other must hold at least: it may have been wrapped earlier */
    NEAR_LINES = 4,     /* two items may begin alike: a copy this near is no second printing */
    MAX_PAIRS = 5000,   /* chains are found in quadratic time; real minutes have some hundred */
    MAX_CELLS = 20000   /* of one text: bounds the time for hostile ones; a hundred pages hold 6,000 lines */
};

/* The letters and digits of a cell, for comparing. */
struct cell {
    size_t line;
    size_t start; /* bytes in the folded text */
    size_t end;
    uint8_t length;
    char letters[MAX_LETTERS];
};

struct cells {
    struct cell *items;
    size_t count;
};

static size_t skip_ordinal(struct slice folded, size_t at, size_t end)
{
    size_t start = at;
    while (at < end && is_digit(folded.bytes[at]))
        at++;
    return at > start && at < end && memchr(".)-:/ ", folded.bytes[at], 6) ? at : start;
}

/* « Objet : », « Délibération – » before a title is no word of it. */
static size_t skip_objet_label(struct slice folded, size_t at, size_t end)
{
    static const char *const labels[] = {
        "objet de la deliberation", "objet", "deliberation", "sujet", "intitule", "titre", NULL};
    size_t label;
    if (phrases_at(folded, at, labels, &label) < 0)
        return at;
    size_t title = skip_separators(folded, label);
    return title > label + 1 && title < end ? title : at;
}

static void add_cell(struct cells *cells, const struct document *document, size_t line, size_t start, size_t end)
{
    struct slice folded = document->folded;
    start = skip_objet_label(document->folded, skip_to_word(document->folded, start, end), end);
    struct cell cell = {.line = line, .start = start, .end = end};
    for (size_t at = skip_ordinal(folded, start, end); at < end && cell.length < MAX_LETTERS; at++)
        if (is_word_byte(folded.bytes[at]))
            cell.letters[cell.length++] = folded.bytes[at];
    if (cell.length < MIN_LETTERS)
        return;
    cells->items = arena_grow(document->arena, cells->items, cells->count, sizeof *cells->items);
    cells->items[cells->count++] = cell;
}

/* The whole line, and, when bars or wide gaps divide it, each cell of it. */
static void read_cells(struct cells *cells, const struct document *document, size_t line)
{
    struct slice folded = document->folded;
    const struct line *place = &document->lines[line];
    size_t start = place->start;
    size_t gap = 0;
    size_t found = 0;
    for (size_t at = place->start; at <= place->end && found < MAX_CELLS_A_LINE; at++) {
        char byte = at < place->end ? folded.bytes[at] : '|';
        gap = byte == ' ' ? gap + 1 : 0;
        if (byte != '|' && gap != CELL_GAP)
            continue;
        if (at > start) {
            size_t before = cells->count;
            add_cell(cells, document, line, start, at);
            found += cells->count > before;
        }
        start = at + 1;
    }
    if (start < place->end && found > 0 && found < MAX_CELLS_A_LINE)
        add_cell(cells, document, line, start, place->end);
}

/* Letters that differ between a and b, b being allowed to go on after a's end; at most `limit` + 1. */
static unsigned difference(const struct cell *a, const struct cell *b, unsigned limit)
{
    uint8_t above[MAX_LETTERS + 1];
    uint8_t row[MAX_LETTERS + 1];
    for (unsigned j = 0; j <= b->length; j++)
        above[j] = (uint8_t)j;
    for (unsigned i = 1; i <= a->length; i++) {
        unsigned least = row[0] = (uint8_t)i;
        for (unsigned j = 1; j <= b->length; j++) {
            unsigned cost = above[j - 1] + (unsigned)(a->letters[i - 1] != b->letters[j - 1]);
            cost = cost < above[j] + 1U ? cost : above[j] + 1U;
            cost = cost < row[j - 1] + 1U ? cost : row[j - 1] + 1U;
            row[j] = (uint8_t)cost;
            least = cost < least ? cost : least;
        }
        if (least > limit)
            return limit + 1;
        memcpy(above, row, b->length + 1U);
    }
    unsigned best = above[b->length];
    for (unsigned j = 0; j <= b->length; j++)
        best = above[j] < best ? above[j] : best;
    return best;
}

/* How like the agenda's line `item` and a cell below are: 0 when they are not one title, at most 100. */
static unsigned likeness(const struct cell *item, const struct cell *cell, unsigned same_percent)
{
    const struct cell *shorter = item->length <= cell->length ? item : cell;
    const struct cell *longer = shorter == item ? cell : item;
    if ((unsigned)cell->length * 100 < (unsigned)item->length * SHORT_PERCENT)
        return 0;
    unsigned limit = (unsigned)shorter->length * (100 - same_percent) / 100;
    unsigned letters = difference(shorter, longer, limit);
    return letters > limit ? 0 : 100 - letters * 100 / shorter->length;
}

static bool is_same(const struct cell *a, const struct cell *b)
{
    return a->length == b->length && memcmp(a->letters, b->letters, a->length) == 0;
}

/* The same title, of which the second printing may be shorter (« …, achat de logiciel » without its brackets): never
 * longer, for a sentence may open with what a short line says. */
static bool stands_again(const struct cell *item, const struct cell *cell)
{
    return is_same(item, cell) ||
           (cell->length < item->length && cell->length >= LONG_LETTERS && likeness(item, cell, SAME_PERCENT) > 0);
}

/* --- the agenda ----------------------------------------------------------------------------------------------- */

/* « L'ordre du jour est le suivant : »; not « Ce point est retiré de l'ordre du jour. ». */
static bool is_agenda_label(const struct document *document, size_t line)
{
    static const char *const labels[] = {"ordre du jour", NULL};
    static const char *const tellings[] = {"retir*",  "epuis*",  "ajout*",   "rajout*",
                                           "report*", "ajourn*", "inscrit*", NULL};
    enum { LABEL_LINE_BYTES = 100 };
    struct span found;
    struct span telling;
    const struct line *place = &document->lines[line];
    if (place->end - place->start >= LABEL_LINE_BYTES ||
        document_find(document, place->start, place->end, labels, &found) < 0)
        return false;
    return found.start == skip_to_word(document->folded, place->start, place->end) ||
           document_find(document, place->start, place->end, tellings, &telling) < 0;
}

struct agenda {
    size_t first; /* cells of the agenda */
    size_t end;   /* the first cell below it */
};

/* The first title of the agenda is often worded a little otherwise the second time (« Approbation du compte rendu … »);
 * where it stands again before `stop` the agenda ends there. */
static size_t first_repeated(const struct cells *cells, size_t first, size_t stop)
{
    for (size_t j = first + 2; j < stop && stop < cells->count; j++)
        if (cells->items[j].line > cells->items[first].line + 2 &&
            likeness(&cells->items[first], &cells->items[j], FIRST_PERCENT) > 0)
            return j;
    return stop;
}

/* The agenda runs from below its label to where the first of its lines stands again. */
static bool find_agenda(struct agenda *out, const struct cells *cells, size_t label_line)
{
    size_t first = 0;
    while (first < cells->count && cells->items[first].line <= label_line)
        first++;
    size_t stop = cells->count;
    for (size_t i = first; i < stop && i - first < MAX_AGENDA_LINES; i++)
        for (size_t j = i + 1; j < stop; j++)
            if (cells->items[j].line > cells->items[i].line + NEAR_LINES &&
                stands_again(&cells->items[i], &cells->items[j])) {
                stop = j;
                break;
            }
    stop = first_repeated(cells, first, stop);
    *out = (struct agenda){first, stop};
    return stop < cells->count && stop > first && stop - first <= MAX_AGENDA_LINES * 2;
}

/* --- pairs ---------------------------------------------------------------------------------------------------- */

struct pair {
    size_t item; /* cells */
    size_t cell;
    unsigned likeness;
    uint32_t value; /* best sum of likeness of an increasing chain that ends here */
    size_t before;
};

struct pairs {
    struct pair *items;
    size_t count;
};

/* A line that stands on page after page (« Date de la convocation : »). */
static bool is_running(const struct cells *cells, size_t item)
{
    enum { RUNNING_COPIES = 3 };
    size_t copies = 0;
    for (size_t i = 0; i < cells->count && copies < RUNNING_COPIES; i++)
        copies += is_same(&cells->items[item], &cells->items[i]);
    return copies >= RUNNING_COPIES;
}

/* Whether the cell opens like a title below an empty one of its column, or an empty line. */
static bool may_be_title(const struct document *document, const struct cell *cell)
{
    struct slice folded = document->folded;
    size_t bars = 0;
    for (size_t at = document->lines[cell->line].start; at < cell->start; at++)
        bars += folded.bytes[at] == '|';
    static const char *const sentences[] = {"le conseil*",  "le maire*", "monsieur*", "madame*", "vu",
                                            "considerant*", "apres*",    "m.",        "mme",     NULL};
    size_t ignored;
    if (cell->line == 0 || !document_is_capital_at(document, cell->start) || folded.bytes[cell->end - 1] == '.' ||
        phrases_at(folded, cell->start, sentences, &ignored) >= 0)
        return false;
    const struct line *above = &document->lines[cell->line - 1];
    for (size_t at = above->start, seen = 0; at < above->end && seen <= bars; at++) {
        seen += folded.bytes[at] == '|';
        if (seen == bars && is_word_byte(folded.bytes[at]))
            return false;
    }
    return true;
}

/* Whether a title says half of the words of the agenda's line in others' company: « Avenant à la convention du centre
 * social » for « Centre social – avenant n° 2 à la convention ». Endings do not count. */
static bool is_paraphrase(const struct document *document, const struct cell *item, const struct cell *cell)
{
    enum { WORD_LETTERS = 4, COMPARED_LETTERS = 6, FEWEST_WORDS = 2 };
    struct slice folded = document->folded;
    size_t words = 0;
    size_t said = 0;
    struct slice word;
    for (size_t at = item->start; (word = word_after(folded, &at, item->end)).len > 0;) {
        struct slice other;
        bool found = false;
        if (word.len < WORD_LETTERS)
            continue;
        for (size_t from = cell->start; !found && (other = word_after(folded, &from, cell->end)).len > 0;)
            found = other.len >= WORD_LETTERS &&
                    slice_equal(slice_range(word, 0, COMPARED_LETTERS < word.len ? COMPARED_LETTERS : word.len),
                                slice_range(other, 0, COMPARED_LETTERS < other.len ? COMPARED_LETTERS : other.len));
        words++;
        said += found;
    }
    return said >= FEWEST_WORDS && said * 2 >= words;
}

static void add_pair(struct pairs *pairs, const struct document *document, size_t item, size_t cell, unsigned like)
{
    if (pairs->count == MAX_PAIRS)
        return;
    pairs->items = arena_grow(document->arena, pairs->items, pairs->count, sizeof *pairs->items);
    pairs->items[pairs->count++] = (struct pair){.item = item, .cell = cell, .likeness = like, .before = SLICE_NONE};
}

/* A line of the lists of those present is no title, however like it is to another. */
static bool is_of_roll(const struct document *document, const struct cell *cell)
{
    enum line_kind kind = document->kinds[cell->line];
    return kind == LINE_PRESENCE || kind == LINE_SECRETARY || civility_at(document->folded, cell->start) > 0;
}

static void find_pairs(struct pairs *pairs, const struct document *document, const struct cells *cells,
                       const struct agenda *agenda)
{
    bool *titles = arena_alloc(document->arena, (cells->count - agenda->end + 1) * sizeof *titles);
    for (size_t j = agenda->end; j < cells->count; j++)
        titles[j - agenda->end] = may_be_title(document, &cells->items[j]);
    for (size_t i = agenda->first; i < agenda->end; i++) {
        if (is_running(cells, i) || is_running_line(document, cells->items[i].line) ||
            is_of_roll(document, &cells->items[i]) || line_opens_matter(document, cells->items[i].line))
            continue;
        for (size_t j = agenda->end; j < cells->count; j++) {
            if (is_of_roll(document, &cells->items[j]))
                continue;
            unsigned like =
                likeness(&cells->items[i], &cells->items[j], i == agenda->first ? FIRST_PERCENT : SAME_PERCENT);
            if (like == 0 && titles[j - agenda->end] && is_paraphrase(document, &cells->items[i], &cells->items[j]))
                like = PARAPHRASE_PERCENT;
            if (like > 0)
                add_pair(pairs, document, i, j, like);
        }
    }
}

/* The chain of pairs, increasing on both sides, that is alike in most letters: index of its last pair. */
static size_t best_pairs(struct pairs *pairs)
{
    size_t best = SLICE_NONE;
    for (size_t i = 0; i < pairs->count; i++) {
        struct pair *pair = &pairs->items[i];
        pair->value = pair->likeness;
        for (size_t j = 0; j < i; j++) {
            const struct pair *other = &pairs->items[j];
            if (other->item < pair->item && other->cell < pair->cell && other->value + pair->likeness > pair->value) {
                pair->value = other->value + pair->likeness;
                pair->before = j;
            }
        }
        if (best == SLICE_NONE || pair->value > pairs->items[best].value)
            best = i;
    }
    return best;
}

/* Whether nothing stands between the title that ends on line `above` and `line`: it is the title's next line. */
static bool is_next_line(const struct document *document, size_t above, size_t line)
{
    while (above + 1 < line && line_is_empty(document, above + 1))
        above++;
    return line <= above + 1;
}

static void add_titles(struct headings *out, const struct document *document, const struct cells *cells,
                       const struct pairs *pairs, size_t last)
{
    size_t count = 0;
    for (size_t i = last; i != SLICE_NONE; i = pairs->items[i].before)
        count++;
    const struct pair **chain = arena_alloc(document->arena, (count + 1) * sizeof *chain);
    for (size_t i = last, k = count; i != SLICE_NONE; i = pairs->items[i].before)
        chain[--k] = &pairs->items[i];
    for (size_t i = 0; i < count; i++) {
        const struct cell *cell = &cells->items[chain[i]->cell];
        size_t end = cell->end;
        bool fills_line = cell->end == document->lines[cell->line].end;
        bool whole = is_same(&cells->items[chain[i]->item], cell) && cell->length < MAX_LETTERS &&
                     cell->line + 1 < document->line_count && !line_starts_lower(document, cell->line + 1);
        if (fills_line && !whole) /* else what stands below is the matter */
            end = title_end(document, cell->line, cell->start);
        while (i + 1 < count &&
               is_next_line(document, document_line_of(document, end - 1), cells->items[chain[i + 1]->cell].line)) {
            i++;
            end = cells->items[chain[i]->cell].end > end ? cells->items[chain[i]->cell].end : end;
        }
        headings_add(out, document, cell->start,
                     (struct span){cell->start, title_trim(document->folded, cell->start, end)});
    }
}

/* Half of the acts must end in a decision; a third when many titles come again, which is a proof of its own: those who
 * sit on committees are often just named. */
static bool is_proof(const struct headings *headings, const struct document *document, const struct closings *closings)
{
    enum { MANY_TITLES = 5 };
    size_t acts = 0;
    size_t closed = 0;
    for (size_t i = 0; i < headings->count; i++) {
        size_t line = document_line_of(document, headings->items[i].start);
        size_t end =
            i + 1 < headings->count ? document_line_of(document, headings->items[i + 1].start) : document->line_count;
        acts += !headings->items[i].no_act;
        closed += !headings->items[i].no_act && closings_between(closings, line, end);
    }
    return acts >= 2 && closed * (acts >= MANY_TITLES ? 3 : 2) >= acts;
}

void headings_by_agenda(struct headings *out, const struct document *document, const struct closings *closings)
{
    struct cells cells = {0};
    for (size_t line = 0; line < document->line_count && cells.count < MAX_CELLS; line++)
        read_cells(&cells, document, line);
    for (size_t line = 0; line < document->line_count; line++) {
        struct agenda agenda;
        struct pairs pairs = {0};
        if (!is_agenda_label(document, line) || !find_agenda(&agenda, &cells, line))
            continue;
        find_pairs(&pairs, document, &cells, &agenda);
        *out = (struct headings){0};
        if (pairs.count > 0)
            add_titles(out, document, &cells, &pairs, best_pairs(&pairs));
        if (is_proof(out, document, closings)) {
            headings_fill(out, document);
            return;
        }
    }
    *out = (struct headings){0};
}

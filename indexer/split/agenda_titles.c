/* Titles from the ordre du jour for acts of minutes whose own are lost: printed in white on a bar, cut off, spoilt by
 * the recognition of a scan.
 *
 * Acts come in the order of the agenda. Each of its items is laid beside the act that says most of its words, both in
 * their order; an item and an act left alone between two such pairs belong together. An act's own title stays unless
 * the text is a poor recognition and the two differ. */
#include <string.h>

#include "extract/title.h"
#include "noise.h"
#include "split/heading.h"

enum {
    MAX_ITEMS = 100,
    MAX_ACTS = 200,
    LOOKED_AT_BYTES = 700,   /* from an act's beginning, for the words of an item */
    WORD_LETTERS = 4,        /* shorter words prove nothing */
    COMPARED_LETTERS = 7,    /* of a word: endings differ, and are misread */
    ENOUGH_PERCENT = 60,     /* of an item's letters, to lay it beside an act */
    SAME_TITLE_PERCENT = 80, /* of an item's letters in the act's own title: it is not spoilt */
    POOR_PER_THOUSAND = 2    /* odd signs and words, for a text in which titles may be spoilt */
};

struct item {
    size_t start; /* bytes in the folded text */
    size_t end;
};

struct items {
    struct item list[MAX_ITEMS];
    size_t count;
};

/* --- the agenda --------------------------------------------------------------------------------------------------- */

static bool ends_agenda(const struct document *document, size_t line)
{
    static const char *const ends[] = {"ouverture de la seance",
                                       "le quorum",
                                       "la seance est ouverte",
                                       "nomination d*",
                                       "designation du secretaire",
                                       "designation d'un secretaire",
                                       "election du secretaire",
                                       "secretaire de seance",
                                       "questions diverses",
                                       "question diverse",
                                       "vote :",
                                       NULL};
    size_t ignored;
    size_t at = skip_to_word(document->folded, document->lines[line].start, document->lines[line].end);
    return phrases_at(document->folded, at, ends, &ignored) >= 0 || line_opens_matter(document, line) ||
           document->kinds[line] == LINE_SECRETARY;
}

static bool is_label(const struct document *document, size_t line)
{
    static const char *const labels[] = {"ordre du jour", NULL};
    enum { LABEL_LINE_BYTES = 60 };
    struct span found;
    const struct line *place = &document->lines[line];
    return place->end - place->start < LABEL_LINE_BYTES &&
           document_find(document, place->start, place->end, labels, &found) >= 0;
}

/* A line that opens with a sign or a capital after a line that can end a title is the next item. */
static bool opens_item(const struct document *document, const struct items *items, size_t line)
{
    if (items->count == 0)
        return true;
    size_t above = document_line_of(document, items->list[items->count - 1].end - 1);
    return !line_starts_lower(document, line) && !line_hangs(document, above);
}

static void read_items(struct items *out, const struct document *document, size_t label, size_t stop)
{
    out->count = 0;
    for (size_t line = label + 1; line < stop && out->count < MAX_ITEMS; line++) {
        const struct line *place = &document->lines[line];
        if (line_is_empty(document, line) || is_running_line(document, line))
            continue;
        if (ends_agenda(document, line))
            break;
        size_t start = skip_to_word(document->folded, place->start, place->end);
        if (opens_item(document, out, line))
            out->list[out->count++] = (struct item){start, place->end};
        else
            out->list[out->count - 1].end = place->end;
    }
    for (size_t i = 0; i < out->count; i++)
        out->list[i].end = title_trim(document->folded, out->list[i].start, out->list[i].end);
}

/* --- how much of an item an act says ----------------------------------------------------------------------------- */

static unsigned percent_said(struct slice folded, const struct item *item, struct slice said)
{
    size_t all = 0;
    size_t found = 0;
    struct slice word;
    for (size_t at = item->start; (word = word_after(folded, &at, item->end)).len > 0;) {
        if (word.len < WORD_LETTERS)
            continue;
        all += word.len;
        if (slice_find(said, slice_range(word, 0, COMPARED_LETTERS < word.len ? COMPARED_LETTERS : word.len)) !=
            SLICE_NONE)
            found += word.len;
    }
    return all > 0 ? (unsigned)(found * 100 / all) : 0;
}

static struct slice act_text(const struct document *document, const struct headings *headings, size_t which)
{
    size_t start = headings->items[which].start;
    size_t next = which + 1 < headings->count ? headings->items[which + 1].start : document->folded.len;
    size_t end = start + LOOKED_AT_BYTES;
    return slice_range(document->folded, start, end < next ? end : next);
}

/* --- laying them side by side ------------------------------------------------------------------------------------ */

struct table {
    size_t acts[MAX_ACTS]; /* headings */
    size_t act_count;
    int partner[MAX_ACTS]; /* items; -1: none */
    uint8_t said[MAX_ITEMS][MAX_ACTS];
    uint32_t best[MAX_ITEMS + 1][MAX_ACTS + 1]; /* of the items from i and the acts from j */
};

static void lay_out(struct table *table, const struct document *document, const struct headings *headings,
                    const struct items *items)
{
    for (size_t i = 0; i < headings->count && table->act_count < MAX_ACTS; i++)
        if (!headings->items[i].no_act)
            table->acts[table->act_count++] = i;
    for (size_t i = 0; i < items->count; i++)
        for (size_t j = 0; j < table->act_count; j++) {
            unsigned said =
                percent_said(document->folded, &items->list[i], act_text(document, headings, table->acts[j]));
            table->said[i][j] = (uint8_t)(said >= ENOUGH_PERCENT ? said : 0);
        }
    for (size_t i = items->count; i-- > 0;)
        for (size_t j = table->act_count; j-- > 0;) {
            uint32_t both = table->said[i][j] > 0 ? table->said[i][j] + table->best[i + 1][j + 1] : 0;
            uint32_t one = table->best[i + 1][j];
            uint32_t other = table->best[i][j + 1];
            table->best[i][j] = both >= one && both >= other ? both : one > other ? one : other;
        }
}

static void pair_up(struct table *table, const struct items *items)
{
    size_t i = 0;
    size_t j = 0;
    for (size_t k = 0; k < table->act_count; k++)
        table->partner[k] = -1;
    while (i < items->count && j < table->act_count) {
        uint32_t here = table->best[i][j];
        if (table->said[i][j] > 0 && here == table->said[i][j] + table->best[i + 1][j + 1])
            table->partner[j++] = (int)i++;
        else if (here == table->best[i + 1][j])
            i++;
        else
            j++;
    }
}

/* One item and one act alone between two pairs, or before the first: nothing else can be meant. */
static void pair_leftovers(struct table *table, const struct headings *headings, bool is_poor)
{
    int before = -1;
    for (size_t j = 0; j + 1 < table->act_count; j++) {
        bool alone = table->partner[j] < 0 && table->partner[j + 1] == before + 2;
        const struct heading *heading = &headings->items[table->acts[j]];
        if (alone && (is_poor || heading->title.start == heading->title.end))
            table->partner[j] = before + 1;
        if (table->partner[j] >= 0)
            before = table->partner[j];
        else
            before = -2 - (int)MAX_ITEMS; /* several acts alone: not to be told apart */
    }
}

/* --- whose title ------------------------------------------------------------------------------------------------- */

/* Whether two words differ in no more letters than a scan misreads: one in five or so. */
static bool is_like(struct slice a, struct slice b)
{
    size_t head = 0;
    size_t tail = 0;
    size_t shorter = a.len < b.len ? a.len : b.len;
    size_t longer = a.len < b.len ? b.len : a.len;
    while (head < shorter && a.bytes[head] == b.bytes[head])
        head++;
    while (tail < shorter - head && a.bytes[a.len - 1 - tail] == b.bytes[b.len - 1 - tail])
        tail++;
    return longer - head - tail <= longer / 5;
}

/* Whether the act's own title lacks words of the item, however they were read. */
static bool is_spoilt(const struct document *document, const struct heading *heading, const struct item *item)
{
    size_t all = 0;
    size_t found = 0;
    struct slice word;
    for (size_t at = item->start; (word = word_after(document->folded, &at, item->end)).len > 0;) {
        struct slice own;
        bool has = false;
        if (word.len < WORD_LETTERS)
            continue;
        for (size_t from = heading->title.start;
             !has && (own = word_after(document->folded, &from, heading->title.end)).len > 0;)
            has = is_like(word, own);
        all += word.len;
        found += has ? word.len : 0;
    }
    return found * 100 < all * SAME_TITLE_PERCENT;
}

static void take_titles(struct headings *headings, const struct document *document, const struct items *items,
                        const struct table *table, bool is_poor)
{
    for (size_t j = 0; j < table->act_count; j++) {
        struct heading *heading = &headings->items[table->acts[j]];
        if (table->partner[j] < 0)
            continue;
        const struct item *item = &items->list[table->partner[j]];
        bool has_title = heading->title.end > heading->title.start;
        if (!has_title || (is_poor && is_spoilt(document, heading, item)))
            heading->title = (struct span){item->start, item->end};
    }
}

void headings_take_titles(struct headings *headings, const struct document *document)
{
    if (headings->count == 0)
        return;
    struct items *items = arena_alloc(document->arena, sizeof *items);
    struct table *table = arena_alloc(document->arena, sizeof *table);
    size_t stop = document_line_of(document, headings->items[0].start);
    memset(items, 0, sizeof *items);
    for (size_t line = 0; line < stop && items->count == 0; line++)
        if (is_label(document, line))
            read_items(items, document, line, stop);
    if (items->count < 2)
        return;
    memset(table, 0, sizeof *table);
    lay_out(table, document, headings, items);
    pair_up(table, items);
    bool is_poor = text_odd_per_thousand(document->original) >= POOR_PER_THOUSAND;
    pair_leftovers(table, headings, is_poor);
    take_titles(headings, document, items, table, is_poor);
}

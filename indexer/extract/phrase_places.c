#include "extract/phrase_places.h"

#include <stdlib.h>

#include "base/memory.h"

/* The phrases of all lists that were ever looked for, and which list each is of. Kept to the end of the run. */
static struct {
    struct phrase_set *set;
    struct phrase_found *rows; /* by phrase: `start` is the number of its list, `which` its place there */
    uint32_t list_count;
} searched;

/* The places of one list. */
struct run {
    struct phrase_found *places;
    uint32_t count;
    bool is_found;
    bool is_own; /* by itself, not in `all` */
};

/* Where phrases may begin, by letter_pair and then in the order of the text: for phrases that come late. */
struct starts {
    uint32_t *items;
    uint32_t first[LETTER_PAIRS + 1]; /* where in `items` those of each pair begin */
};

struct phrase_places {
    struct slice folded;
    struct starts *starts; /* NULL until a phrase comes late */
    struct run *runs;      /* by number of list */
    uint32_t run_count;
    struct phrase_found *all;
};

static void add_to_searched(struct phrase_list *list)
{
    if (!searched.set)
        searched.set = phrase_set_new();
    list->number = ++searched.list_count;
    for (size_t i = 0; i < list->count; i++) {
        uint32_t phrase = phrase_set_add(searched.set, slice_of(phrase_list_get(list, i)));
        searched.rows = memory_resize(searched.rows, (size_t)phrase + 1, sizeof *searched.rows);
        searched.rows[phrase] = (struct phrase_found){.which = (uint32_t)i, .start = list->number};
    }
}

/* One more place of a list. Of the phrases that start at one place the first of the list counts. */
static void add_place(struct run *run, struct phrase_found place)
{
    struct phrase_found *last = run->count > 0 ? &run->places[run->count - 1] : NULL;
    if (!last || last->start != place.start)
        run->places[run->count++] = place;
    else if (place.which < last->which)
        *last = place;
}

/* A counting sort of what the pass found: how many of each list, where each begins, and each to its place. */
static void sort_by_list(struct phrase_places *places, const struct phrase_found *found, size_t count)
{
    size_t before = 0;
    places->all = memory_resize(NULL, count + 1, sizeof *places->all);
    for (size_t i = 0; i < count; i++)
        places->runs[searched.rows[found[i].which].start].count++;
    for (uint32_t list = 0; list < places->run_count; list++) {
        struct run *run = &places->runs[list];
        size_t next = before + run->count;
        *run = (struct run){.places = places->all + before, .is_found = true};
        before = next;
    }
    for (size_t i = 0; i < count; i++) {
        const struct phrase_found *row = &searched.rows[found[i].which];
        add_place(&places->runs[row->start], (struct phrase_found){row->which, found[i].start, found[i].end});
    }
}

struct phrase_places *phrase_places_new(struct slice folded)
{
    struct phrase_places *places = memory_alloc(sizeof *places);
    const struct phrase_found *found;
    places->folded = folded;
    places->run_count = searched.list_count + 1;
    places->runs = memory_alloc(places->run_count * sizeof *places->runs);
    if (searched.set) {
        size_t count = phrase_set_find(searched.set, folded, &found);
        sort_by_list(places, found, count);
    }
    return places;
}

void phrase_places_free(struct phrase_places *places)
{
    if (!places)
        return;
    for (uint32_t i = 0; i < places->run_count; i++)
        if (places->runs[i].is_own)
            free(places->runs[i].places);
    if (places->starts)
        free(places->starts->items);
    free(places->starts);
    free(places->runs);
    free(places->all);
    free(places);
}

static bool may_begin(struct slice folded, size_t at)
{
    bool in_word = at > 0 && is_word_byte(folded.bytes[at - 1]);
    return !in_word && folded.bytes[at] != ' ' && folded.bytes[at] != '\n';
}

/* A counting sort: how many begin with each pair, where those of each are, and each to its place. */
static struct starts *sort_starts(struct slice folded)
{
    struct starts *starts = memory_alloc(sizeof *starts);
    uint32_t next[LETTER_PAIRS];
    for (size_t at = 0; at < folded.len; at++)
        if (may_begin(folded, at))
            starts->first[letter_pair(folded, at) + 1]++;
    for (size_t i = 0; i < LETTER_PAIRS; i++) {
        next[i] = starts->first[i];
        starts->first[i + 1] += starts->first[i];
    }
    starts->items = memory_resize(NULL, starts->first[LETTER_PAIRS] + 1, sizeof *starts->items);
    for (size_t at = 0; at < folded.len; at++)
        if (may_begin(folded, at))
            starts->items[next[letter_pair(folded, at)]++] = (uint32_t)at;
    return starts;
}

static const struct starts *starts_of(struct phrase_places *places)
{
    if (!places->starts)
        places->starts = sort_starts(places->folded);
    return places->starts;
}

bool phrase_places_have(struct phrase_places *places, const char *phrase)
{
    const struct starts *starts = starts_of(places);
    unsigned pair = letter_pair(slice_of(phrase), 0);
    for (uint32_t i = starts->first[pair]; i < starts->first[pair + 1]; i++)
        if (phrase_at(places->folded, starts->items[i], phrase) != SLICE_NONE)
            return true;
    return false;
}

static bool find_first(struct phrase_found *out, struct slice folded, uint32_t at, const struct phrase_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        size_t end = phrase_at(folded, at, phrase_list_get(list, i));
        if (end == SLICE_NONE)
            continue;
        *out = (struct phrase_found){(uint32_t)i, at, (uint32_t)end};
        return true;
    }
    return false;
}

static int by_start(const void *a, const void *b)
{
    const struct phrase_found *first = a;
    const struct phrase_found *second = b;
    return (first->start > second->start) - (first->start < second->start);
}

static void find_alone(struct run *run, struct phrase_places *places, const struct phrase_list *list)
{
    size_t room = 0;
    const struct starts *starts = starts_of(places);
    *run = (struct run){.is_found = true, .is_own = true};
    for (unsigned pair = 0; pair < LETTER_PAIRS; pair++) {
        if (!letter_pairs_have(&list->beginnings, pair))
            continue;
        for (uint32_t i = starts->first[pair]; i < starts->first[pair + 1]; i++) {
            if (run->count == room) {
                room = room ? room * 2 : 16;
                run->places = memory_resize(run->places, room, sizeof *run->places);
            }
            run->count += find_first(&run->places[run->count], places->folded, starts->items[i], list);
        }
    }
    if (run->count > 0)
        qsort(run->places, run->count, sizeof *run->places, by_start);
}

static const struct run *run_of(struct phrase_places *places, struct phrase_list *list)
{
    if (list->number == 0)
        add_to_searched(list);
    if (list->number >= places->run_count) {
        size_t room = searched.list_count + 1;
        places->runs = memory_resize(places->runs, room, sizeof *places->runs);
        while (places->run_count < room)
            places->runs[places->run_count++] = (struct run){0};
    }
    struct run *run = &places->runs[list->number];
    if (!run->is_found)
        find_alone(run, places, list);
    return run;
}

const struct phrase_found *phrase_places_next(struct phrase_places *places, struct phrase_list *list, size_t from)
{
    const struct run *run = run_of(places, list);
    size_t low = 0;
    size_t high = run->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (run->places[middle].start < from)
            low = middle + 1;
        else
            high = middle;
    }
    return low < run->count ? &run->places[low] : NULL;
}

#include "extract/phrase_set.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/memory.h"

struct entry {
    const char *phrase;
    size_t which;
    uint64_t seen_in; /* the last search that found it */
};

struct phrase_set {
    struct arena *arena;   /* holds the phrases */
    struct entry *entries; /* sorted at the first search */
    size_t count;
    bool is_sorted;
    size_t first[WORD_BEGINNINGS + 1]; /* where in `entries` those of each beginning start */
    struct phrase_found *found;        /* room for each phrase */
    uint64_t searches;
};

struct phrase_set *phrase_set_new(void)
{
    struct phrase_set *set = memory_alloc(sizeof *set);
    set->arena = arena_new();
    return set;
}

void phrase_set_free(struct phrase_set *set)
{
    if (!set)
        return;
    arena_free(set->arena);
    free(set->entries);
    free(set->found);
    free(set);
}

void phrase_set_add(struct phrase_set *set, struct slice phrase)
{
    set->entries = memory_resize(set->entries, set->count + 1, sizeof *set->entries);
    set->entries[set->count] = (struct entry){.phrase = arena_string(set->arena, phrase), .which = set->count};
    set->count++;
    set->is_sorted = false;
}

static unsigned beginning_of(const struct entry *entry)
{
    return word_beginning((struct slice){entry->phrase, strnlen(entry->phrase, 2)}, 0);
}

static int by_beginning(const void *a, const void *b)
{
    unsigned first = beginning_of(a);
    unsigned second = beginning_of(b);
    return (first > second) - (first < second);
}

static void sort(struct phrase_set *set)
{
    if (set->count > 0)
        qsort(set->entries, set->count, sizeof *set->entries, by_beginning);
    size_t at = 0;
    for (unsigned i = 0; i <= WORD_BEGINNINGS; i++) {
        while (at < set->count && beginning_of(&set->entries[at]) < i)
            at++;
        set->first[i] = at;
    }
    set->found = memory_resize(set->found, set->count + 1, sizeof *set->found);
    set->is_sorted = true;
}

/* The third character rules out most phrases of one beginning; a blank or a star may stand for another one. */
static bool may_stand_at(const struct entry *entry, struct slice folded, size_t at)
{
    bool tells = entry->phrase[1] != '\0' && is_word_byte(entry->phrase[2]);
    return !tells || (at + 2 < folded.len && folded.bytes[at + 2] == entry->phrase[2]);
}

size_t phrase_set_find(struct phrase_set *set, struct slice folded, const struct phrase_found **found)
{
    size_t count = 0;
    if (!set->is_sorted)
        sort(set);
    set->searches++;
    for (size_t at = 0; at < folded.len; at++) {
        if (!is_word_start(folded, at))
            continue;
        unsigned beginning = word_beginning(folded, at);
        for (size_t i = set->first[beginning]; i < set->first[beginning + 1]; i++) {
            struct entry *entry = &set->entries[i];
            if (entry->seen_in == set->searches || !may_stand_at(entry, folded, at) ||
                phrase_at(folded, at, entry->phrase) == SLICE_NONE)
                continue;
            entry->seen_in = set->searches;
            set->found[count++] = (struct phrase_found){entry->which, at};
        }
    }
    *found = set->found;
    return count;
}

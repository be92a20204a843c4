#include "extract/phrase_set.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/memory.h"

struct entry {
    const char *phrase;
    size_t which;
    struct entry *next; /* that begins in the same way */
    uint64_t seen_in;   /* the last search that found it */
};

struct phrase_set {
    struct arena *arena;
    struct entry *entries[WORD_BEGINNINGS + 1]; /* by their beginning; where NO_BEGINNING is, nothing looks */
    struct phrase_found *found;                 /* room for each phrase */
    size_t count;
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
    free(set);
}

void phrase_set_add(struct phrase_set *set, struct slice phrase)
{
    struct entry *entry = arena_alloc(set->arena, sizeof *entry);
    struct entry **first = &set->entries[word_beginning(phrase, 0)];
    *entry = (struct entry){.phrase = arena_string(set->arena, phrase), .which = set->count, .next = *first};
    *first = entry;
    set->found = arena_grow(set->arena, set->found, set->count++, sizeof *set->found);
}

size_t phrase_set_find(struct phrase_set *set, struct slice folded, const struct phrase_found **found)
{
    size_t count = 0;
    set->searches++;
    for (size_t at = 0; at < folded.len; at++) {
        if (!is_word_start(folded, at))
            continue;
        for (struct entry *entry = set->entries[word_beginning(folded, at)]; entry; entry = entry->next) {
            if (entry->seen_in == set->searches || phrase_at(folded, at, entry->phrase) == SLICE_NONE)
                continue;
            entry->seen_in = set->searches;
            set->found[count++] = (struct phrase_found){entry->which, at};
        }
    }
    *found = set->found;
    return count;
}

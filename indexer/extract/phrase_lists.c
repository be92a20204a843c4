#include "extract/phrase_lists.h"

#include <stdlib.h>

#include "base/memory.h"

enum { FIRST_SLOTS = 1024 }; /* a power of two, as all others */

/* By their addresses: open addressing, half of the places empty at least. Kept to the end of the run. */
static struct phrase_list *first_slots[FIRST_SLOTS];
static struct {
    struct phrase_list **slots;
    size_t slot_count;
    size_t count;
} known = {first_slots, FIRST_SLOTS, 0};

static struct phrase_list **slot_of(const void *rows)
{
    uint64_t hash = (uint64_t)(uintptr_t)rows * UINT64_C(0x9E3779B97F4A7C15); /* Fibonacci: the upper bits are mixed */
    size_t slot = (size_t)(hash >> 32) & (known.slot_count - 1);
    while (known.slots[slot] && known.slots[slot]->rows != rows)
        slot = (slot + 1) & (known.slot_count - 1);
    return &known.slots[slot];
}

static void make_room(void)
{
    struct phrase_list **before = known.slots;
    size_t count = known.slot_count;
    if (known.count * 2 < count)
        return;
    known.slot_count = count * 2;
    known.slots = memory_alloc(known.slot_count * sizeof(struct phrase_list *));
    for (size_t i = 0; i < count; i++)
        if (before[i])
            *slot_of(before[i]->rows) = before[i];
    if (before != first_slots)
        free(before);
}

static void add_beginning(struct letter_pairs *pairs, struct slice phrase)
{
    bool any_second = (phrase.len > 1 && phrase.bytes[1] == '*') || (phrase.len == 1 && !is_word_byte(phrase.bytes[0]));
    letter_pairs_add(pairs, letter_pair(phrase, 0));
    for (unsigned second = 0; any_second && second < 32; second++)
        letter_pairs_add(pairs, letter_pair(phrase, 0) / 32 * 32 + second);
}

static struct phrase_list *add(const void *rows, size_t count, size_t row_bytes)
{
    struct phrase_list *list = memory_alloc(sizeof *list);
    *list = (struct phrase_list){.rows = rows, .count = count, .row_bytes = row_bytes};
    for (size_t i = 0; i < count; i++)
        add_beginning(&list->beginnings, slice_of(phrase_list_get(list, i)));
    make_room();
    *slot_of(rows) = list;
    known.count++;
    return list;
}

struct phrase_list *phrase_list_of(const char *const *phrases)
{
    struct phrase_list *list = *slot_of(phrases);
    size_t count = 0;
    if (list)
        return list;
    while (phrases[count])
        count++;
    return add(phrases, count, sizeof *phrases);
}

struct phrase_list *phrase_list_of_rows(const void *rows, size_t count, size_t row_bytes)
{
    struct phrase_list *list = *slot_of(rows);
    return list ? list : add(rows, count, row_bytes);
}

struct phrase_list *phrase_list_of_one(const char *phrase)
{
    enum { ONE = 0 }; /* the phrase itself is the row */
    struct phrase_list *list = *slot_of(phrase);
    return list ? list : add(phrase, 1, ONE);
}

const char *phrase_list_get(const struct phrase_list *list, size_t which)
{
    const char *row = list->rows;
    return list->row_bytes == 0 ? row : *(const char *const *)(const void *)(row + which * list->row_bytes);
}

#include "archive/word_codes.h"

#include "archive/word_table.inc"

static struct slice text_at(const char *bytes, const uint32_t *starts, unsigned index)
{
    return (struct slice){bytes + starts[index], starts[index + 1] - starts[index]};
}

unsigned word_code_of(struct slice form)
{
    for (unsigned slot = word_hash(form) % WORD_HASH_SLOTS; word_slots[slot] != 0; slot = (slot + 1) % WORD_HASH_SLOTS)
        if (slice_equal(form, text_at(word_bytes, word_starts, word_slots[slot] - 1U)))
            return word_slots[slot] - 1U;
    return WORD_NO_CODE;
}

unsigned word_stem_number(struct slice stem)
{
    unsigned low = 0;
    unsigned high = STEM_COUNT;
    while (low < high) {
        unsigned middle = low + (high - low) / 2;
        int order = slice_compare(stem, text_at(stem_bytes, stem_starts, middle));
        if (order == 0)
            return middle;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return WORD_NO_CODE;
}

const uint16_t *word_stem_numbers(void)
{
    return stem_of_word;
}

#include "placed_words.h"

static uint64_t bit(unsigned number)
{
    return (uint64_t)1 << number;
}

/* Bit i of `reached` tells that the words 0..i stand one after the other up to here. */
static bool stand_in_order(const struct placed_words *words, struct slice stream)
{
    struct word_walk walk;
    struct word_hit hit;
    uint64_t reached = 0;
    uint64_t before = 0; /* what `reached` was at the place before */
    uint32_t position = UINT32_MAX;
    if (words->count > 1 && !word_pair_may_stand(words->matcher, stream))
        return false;
    word_walk_begin(&walk, words->matcher, stream);
    while (word_walk_next(&walk, &hit)) {
        if (hit.position != position) {
            before = hit.position == position + 1 ? reached : 0;
            reached = 0;
            position = hit.position;
        }
        reached |= (before << 1 | 1) & hit.bits;
        if (reached & bit(words->count - 1))
            return true;
    }
    return false;
}

enum { PLACES_KEPT = 256 }; /* in a window: a power of two; wider windows see the last ones */

struct place_with_word {
    uint32_t position;
    uint64_t bits;
};

/* Whether places at..end have every word, and as many places for a word as it was asked for. */
static bool have_all(const struct placed_words *words, const struct place_with_word *places, size_t at, size_t end)
{
    unsigned counts[WORDS_LOOKED_FOR] = {0};
    for (; at < end; at++)
        for (unsigned i = 0; i < words->count; i++)
            counts[i] += (places[at % PLACES_KEPT].bits & bit(i)) != 0;
    for (unsigned i = 0; i < words->count; i++)
        if (counts[i] < words->alike[i])
            return false;
    return true;
}

static bool stand_near(const struct placed_words *words, struct slice stream)
{
    struct word_walk walk;
    struct word_hit hit;
    struct place_with_word places[PLACES_KEPT];
    size_t first = 0;
    size_t end = 0;
    word_walk_begin(&walk, words->matcher, stream);
    while (word_walk_next(&walk, &hit)) {
        if (end > first && places[(end - 1) % PLACES_KEPT].position == hit.position) {
            places[(end - 1) % PLACES_KEPT].bits |= hit.bits;
        } else {
            first += end - first == PLACES_KEPT;
            places[end++ % PLACES_KEPT] = (struct place_with_word){hit.position, hit.bits};
        }
        while (hit.position - places[first % PLACES_KEPT].position >= words->window)
            first++;
        if (end - first >= words->count && have_all(words, places, first, end))
            return true;
    }
    return false;
}

bool placed_words_stand(struct slice stream, void *payload)
{
    const struct placed_words *words = payload;
    return words->in_order ? stand_in_order(words, stream) : stand_near(words, stream);
}

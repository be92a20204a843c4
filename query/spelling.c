#include "spelling.h"

#include <string.h>

#include "archive/terms.h"

enum {
    SHORTEST_WORD = 4, /* below, nearly every word is near another */
    LONG_WORD = 6,     /* from here on two edits are allowed */
    MAX_WORD = 40
};

unsigned edit_distance(struct slice a, struct slice b, unsigned most)
{
    unsigned rows[3][MAX_WORD + 1]; /* the last two rows and the one being filled */
    size_t gap = a.len > b.len ? a.len - b.len : b.len - a.len;
    if (a.len > MAX_WORD || b.len > MAX_WORD || gap > most)
        return most + 1;
    for (size_t j = 0; j <= b.len; j++)
        rows[0][j] = (unsigned)j;
    for (size_t i = 1; i <= a.len; i++) {
        unsigned *row = rows[i % 3];
        const unsigned *above = rows[(i + 2) % 3];
        const unsigned *above_that = rows[(i + 1) % 3];
        row[0] = (unsigned)i;
        for (size_t j = 1; j <= b.len; j++) {
            unsigned cost = a.bytes[i - 1] != b.bytes[j - 1];
            row[j] = above[j - 1] + cost;
            row[j] = above[j] + 1 < row[j] ? above[j] + 1 : row[j];
            row[j] = row[j - 1] + 1 < row[j] ? row[j - 1] + 1 : row[j];
            bool swapped = i > 1 && j > 1 && a.bytes[i - 1] == b.bytes[j - 2] && a.bytes[i - 2] == b.bytes[j - 1];
            if (swapped && above_that[j - 2] + 1 < row[j])
                row[j] = above_that[j - 2] + 1;
        }
    }
    return rows[a.len % 3][b.len];
}

struct search {
    struct arena *arena;
    struct slice word;
    struct slice best;
    unsigned best_distance;
    uint32_t best_frequency;
    uint32_t least_frequency; /* of a candidate */
};

static bool consider(struct slice term, uint32_t frequency, void *payload)
{
    struct search *search = payload;
    struct slice candidate = slice_skip(term, strlen(TERM_EXACT));
    if (frequency < search->least_frequency)
        return true;
    unsigned distance = edit_distance(search->word, candidate, search->best_distance);
    if (distance > search->best_distance ||
        (distance == search->best_distance && search->best.len > 0 && frequency <= search->best_frequency))
        return true;
    search->best = arena_copy(search->arena, candidate);
    search->best_distance = distance;
    search->best_frequency = frequency;
    return true;
}

enum delib_status nearest_word(struct slice *out, struct arena *arena, struct xapian_reader *reader,
                               struct slice folded_word, struct delib_error *error)
{
    struct search search = {.arena = arena, .word = folded_word, .best_distance = folded_word.len >= LONG_WORD ? 2 : 1};
    *out = (struct slice){0};
    if (folded_word.len < SHORTEST_WORD || folded_word.len > MAX_WORD)
        return DELIB_OK;
    struct slice prefix = slice_of(arena_printf(arena, TERM_EXACT "%c", folded_word.bytes[0]));
    enum delib_status status = xapian_reader_each_term(reader, prefix, consider, &search, error);
    *out = search.best;
    return status;
}

enum delib_status likelier_word(struct slice *out, struct arena *arena, struct xapian_reader *reader,
                                struct slice folded_word, struct delib_error *error)
{
    enum { RARE = 3, TIMES = 20, SHORTEST_RARE = 6 }; /* short words have frequent neighbours of their own right */
    uint32_t frequency = 0;
    *out = (struct slice){0};
    if (folded_word.len < SHORTEST_RARE || folded_word.len > MAX_WORD)
        return DELIB_OK;
    struct slice term = slice_of(arena_printf(arena, TERM_EXACT "%.*s", (int)folded_word.len, folded_word.bytes));
    enum delib_status status = xapian_reader_term_frequency(&frequency, reader, term, error);
    if (status != DELIB_OK || frequency > RARE)
        return status;
    struct search search = {.arena = arena,
                            .word = folded_word,
                            .best_distance = 1,
                            .least_frequency = frequency > 0 ? frequency * TIMES : TIMES};
    struct slice prefix = slice_of(arena_printf(arena, TERM_EXACT "%c", folded_word.bytes[0]));
    status = xapian_reader_each_term(reader, prefix, consider, &search, error);
    *out = search.best;
    return status;
}

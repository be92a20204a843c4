#include "spelling.h"

#include <string.h>

#include "archive/terms.h"
#include "archive/vocabulary.h"

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

/* What a scan makes of letters that look alike, said one way: « rnunicipal » and « municipal » come to the same. */
static struct slice as_scanned(char out[MAX_WORD], struct slice word)
{
    static const struct {
        const char *printed;
        char read;
    } alike[] = {{"rn", 'm'}, {"vv", 'w'}, {"cl", 'd'}, {"1", 'l'}, {"i", 'l'}, {"0", 'o'}};
    size_t len = 0;
    for (size_t i = 0; i < word.len && len < MAX_WORD;) {
        size_t row = 0;
        while (row < sizeof alike / sizeof *alike && !slice_starts(slice_skip(word, i), slice_of(alike[row].printed)))
            row++;
        bool found = row < sizeof alike / sizeof *alike;
        out[len++] = found ? alike[row].read : word.bytes[i];
        i += found ? strlen(alike[row].printed) : 1;
    }
    return (struct slice){out, len};
}

struct search {
    struct arena *arena;
    struct xapian_reader *reader;
    struct stemmer *stemmer;
    const char *prefix;
    struct slice word;
    struct slice scanned; /* the word as_scanned; empty: letters that look alike are none */
    struct slice best;
    unsigned best_distance;
    uint32_t best_frequency;
    uint32_t least_frequency; /* of a candidate */
    enum delib_status status;
    struct delib_error *error;
};

/* Letters that only look alike count as one edit, however many they are. */
static unsigned distance_to(struct search *search, struct slice candidate)
{
    char scanned[MAX_WORD];
    unsigned distance = edit_distance(search->word, candidate, search->best_distance);
    if (distance <= 1 || search->scanned.len == 0)
        return distance;
    return slice_equal(search->scanned, as_scanned(scanned, candidate)) ? 1 : distance;
}

static void consider(struct search *search, struct slice candidate, unsigned distance, uint32_t frequency)
{
    bool as_near = distance == search->best_distance && search->best.len > 0;
    if (frequency < search->least_frequency || (as_near && frequency <= search->best_frequency))
        return;
    search->best = arena_copy(search->arena, candidate);
    search->best_distance = distance;
    search->best_frequency = frequency;
}

static bool consider_term(struct slice term, uint32_t frequency, void *payload)
{
    struct search *search = payload;
    struct slice candidate = slice_skip(term, strlen(search->prefix));
    unsigned distance = distance_to(search, candidate);
    if (distance <= search->best_distance)
        consider(search, candidate, distance, frequency);
    return true;
}

/* A form of the vocabulary: as frequent as its stem. */
static bool consider_form(struct slice form, void *payload)
{
    struct search *search = payload;
    uint32_t frequency = 0;
    unsigned distance = distance_to(search, form);
    if (distance > search->best_distance)
        return true;
    search->status =
        xapian_reader_term_frequency(&frequency, search->reader, stemmer_stem(search->stemmer, form), search->error);
    if (search->status == DELIB_OK)
        consider(search, form, distance, frequency);
    return search->status == DELIB_OK;
}

/* Words that begin with the byte; those of all others are too many to look at. */
static enum delib_status look_at(struct search *search, char first)
{
    enum delib_status status;
    if (*search->prefix)
        return xapian_reader_each_term(search->reader,
                                       slice_of(arena_printf(search->arena, "%s%c", search->prefix, first)),
                                       consider_term, search, search->error);
    status = vocabulary_each(search->reader, (struct slice){&first, 1}, consider_form, search, search->error);
    return status == DELIB_OK ? search->status : status;
}

enum delib_status nearest_word(struct slice *out, struct arena *arena, struct xapian_reader *reader,
                               struct stemmer *stemmer, const char *prefix, struct slice folded_word,
                               struct delib_error *error)
{
    char scanned[MAX_WORD];
    *out = (struct slice){0};
    if (folded_word.len < SHORTEST_WORD || folded_word.len > MAX_WORD)
        return DELIB_OK;
    struct search search = {.arena = arena,
                            .reader = reader,
                            .stemmer = stemmer,
                            .prefix = prefix,
                            .word = folded_word,
                            .scanned = as_scanned(scanned, folded_word),
                            .best_distance = folded_word.len >= LONG_WORD ? 2 : 1,
                            .least_frequency = 1,
                            .error = error};
    /* As typed; its first two letters the wrong way round, or one too many; as a scan would have it. */
    char firsts[] = {folded_word.bytes[0], folded_word.bytes[1], search.scanned.bytes[0], '\0'};
    enum delib_status status = DELIB_OK;
    for (char *first = firsts; *first && status == DELIB_OK; first++)
        if (strchr(firsts, *first) == first)
            status = look_at(&search, *first);
    *out = search.best;
    return status;
}

enum delib_status likelier_word(struct slice *out, struct arena *arena, struct xapian_reader *reader,
                                struct stemmer *stemmer, struct slice folded_word, struct delib_error *error)
{
    enum { RARE = 3, TIMES = 20, SHORTEST_RARE = 6 }; /* short words have frequent neighbours of their own right */
    uint32_t frequency = 0;
    *out = (struct slice){0};
    if (folded_word.len < SHORTEST_RARE || folded_word.len > MAX_WORD)
        return DELIB_OK;
    enum delib_status status =
        xapian_reader_term_frequency(&frequency, reader, stemmer_stem(stemmer, folded_word), error);
    if (status != DELIB_OK || frequency > RARE)
        return status;
    struct search search = {.arena = arena,
                            .reader = reader,
                            .stemmer = stemmer,
                            .prefix = TERM_BODY,
                            .word = folded_word,
                            .best_distance = 1,
                            .least_frequency = frequency > 0 ? frequency * TIMES : TIMES,
                            .error = error};
    status = look_at(&search, folded_word.bytes[0]);
    *out = search.best;
    return status;
}

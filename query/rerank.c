#include "rerank.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "archive/terms.h"
#include "archive/word_stream.h"

enum {
    AS_TYPED = MAX_RANKED_WORDS, /* bit of a word as it was typed, from that of its stem */
    NEAR_PLACES = 8,
    DENSE_PLACES = 20,
    EARLY_PLACES = 100 /* a word that comes first so far from the start tells half as much as at the start */
};

/* What each kind of evidence counts, times the rarity of the words. Chosen on half of the questions of three sets and
 * confirmed on the other half (scripts/evaluate). Each adds a little to all three, « early » much to long texts. */
#define TYPED_WEIGHT 2.2  /* words as they were typed, as BM25 weighs them */
#define NEAR_WEIGHT 1.0   /* neighbours in the question that are near each other in the act, likewise */
#define DENSE_WEIGHT 0.35 /* the most of the words that stand together in one place */
#define EARLY_WEIGHT 2.0  /* words of the objet, or near the beginning of the text: what an act is about comes first */

#define SCORE_STEPS 1e8 /* of one, below which scores are equal */

/* As the search weighs words (search.c). */
#define K1 1.2
#define B 0.75

/* What the stream of an act tells. */
struct evidence {
    double typed[MAX_RANKED_WORDS];   /* how often */
    double near[MAX_RANKED_WORDS];    /* how often near the word before it in the question */
    uint32_t last[MAX_RANKED_WORDS];  /* place where it was seen, and one more; 0 before it was */
    uint32_t first[MAX_RANKED_WORDS]; /* likewise, of the text */
    uint64_t in_objet;
    double densest;
};

struct reranking {
    const struct plan *plan;
    struct word_matcher *matcher;
    double average_length;
    struct ranked_act *acts;
    size_t *order; /* of the acts, by docid */
    struct arena *arena;
    struct slice *seances; /* of the acts, and their */
    struct slice *fingerprints;
};

static bool has_bit(uint64_t bits, size_t number)
{
    return bits >> number & 1;
}

static bool is_near(const struct evidence *found, size_t word, uint32_t position)
{
    uint32_t apart = position + 1 - found->last[word];
    return found->last[word] > 0 && apart > 0 && apart <= NEAR_PLACES;
}

/* Pairs of neighbours of which this is the second to come. */
static void count_near(struct evidence *found, size_t count, const struct word_hit *hit)
{
    for (size_t i = 0; i < count; i++) {
        if (!has_bit(hit->bits, i))
            continue;
        found->near[i] += i > 0 && is_near(found, i - 1, hit->position);
        if (i + 1 < count)
            found->near[i + 1] += is_near(found, i + 1, hit->position);
    }
}

static void take_hit(struct evidence *found, const struct plan *plan, const struct word_hit *hit)
{
    double dense = 0;
    count_near(found, plan->ranked_count, hit);
    for (size_t i = 0; i < plan->ranked_count; i++) {
        found->typed[i] += has_bit(hit->bits, i + AS_TYPED);
        if (has_bit(hit->bits, i)) {
            found->last[i] = hit->position + 1;
            if (hit->field > 0 && found->first[i] == 0)
                found->first[i] = hit->position + 1;
        }
        if (found->last[i] > 0 && hit->position + 1 - found->last[i] < DENSE_PLACES)
            dense += plan->ranked[i].rarity;
    }
    if (hit->field == 0)
        found->in_objet |= hit->bits;
    found->densest = fmax(found->densest, dense);
}

static double saturated(double count, double length)
{
    return (K1 + 1) * count / (count + K1 * (1 - B + B * length));
}

static double score(const struct reranking *reranking, const struct evidence *found, uint32_t places,
                    uint32_t text_start)
{
    const struct plan *plan = reranking->plan;
    double length = reranking->average_length > 0 ? places / reranking->average_length : 1;
    double sum = DENSE_WEIGHT * found->densest;
    for (size_t i = 0; i < plan->ranked_count; i++) {
        double rarity = plan->ranked[i].rarity;
        sum += TYPED_WEIGHT * rarity * saturated(found->typed[i], length);
        if (i > 0)
            sum += NEAR_WEIGHT * fmin(rarity, plan->ranked[i - 1].rarity) * saturated(found->near[i], length);
        if (has_bit(found->in_objet, i))
            sum += EARLY_WEIGHT * rarity;
        else if (found->first[i] > 0)
            sum += EARLY_WEIGHT * rarity / (1 + (double)(found->first[i] - 1 - text_start) / EARLY_PLACES);
    }
    return sum;
}

static void read_stream(size_t index, struct slice stream, void *payload)
{
    const struct reranking *reranking = payload;
    struct evidence found = {0};
    struct word_walk walk;
    struct word_hit hit;
    word_walk_begin(&walk, reranking->matcher, stream);
    while (word_walk_next(&walk, &hit))
        take_hit(&found, reranking->plan, &hit);
    uint32_t text_start = walk.first_field_places + FIELD_GAP;
    reranking->acts[reranking->order[index]].score += score(reranking, &found, walk.next_position, text_start);
}

static void keep_seance(size_t index, struct slice value, void *payload)
{
    const struct reranking *reranking = payload;
    reranking->seances[reranking->order[index]] = arena_copy(reranking->arena, value);
}

static void keep_fingerprint(size_t index, struct slice value, void *payload)
{
    const struct reranking *reranking = payload;
    reranking->fingerprints[reranking->order[index]] = arena_copy(reranking->arena, value);
}

/* --- orders ------------------------------------------------------------------------------------------------------- */

static int by_docid(const void *a, const void *b, void *payload)
{
    const struct reranking *reranking = payload;
    xapian_docid left = reranking->acts[*(const size_t *)a].docid;
    xapian_docid right = reranking->acts[*(const size_t *)b].docid;
    return left < right ? -1 : left > right;
}

/* Scores are sums whose last figures hang on the parts they were added up in. */
static double steps_of(const struct ranked_act *act)
{
    return round(act->score * SCORE_STEPS);
}

/* Those that are equal come in the order of a finding aid, once that is known. */
static int by_score(const void *a, const void *b, void *payload)
{
    const struct reranking *reranking = payload;
    size_t left = *(const size_t *)a;
    size_t right = *(const size_t *)b;
    double left_score = steps_of(&reranking->acts[left]);
    double right_score = steps_of(&reranking->acts[right]);
    if (left_score > right_score || left_score < right_score)
        return left_score > right_score ? -1 : 1;
    int order = slice_compare(reranking->seances[left], reranking->seances[right]);
    if (order == 0)
        order = slice_compare(reranking->fingerprints[left], reranking->fingerprints[right]);
    return order != 0 ? order : left < right ? -1 : left > right;
}

typedef int compare_acts(const void *a, const void *b, void *reranking);

static void sort_order(struct reranking *reranking, size_t count, compare_acts *compare)
{
    for (size_t i = 0; i < count; i++)
        reranking->order[i] = i;
    qsort_r(reranking->order, count, sizeof *reranking->order, compare, reranking);
}

static bool has_equal_scores(const struct reranking *reranking, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        double before = steps_of(&reranking->acts[reranking->order[i - 1]]);
        if (!(before > steps_of(&reranking->acts[reranking->order[i]])))
            return true;
    }
    return false;
}

/* `docids` ascend. */
static enum delib_status part_equal_scores(struct reranking *reranking, const xapian_docid *docids, size_t count,
                                           struct xapian_reader *reader, struct delib_error *error)
{
    sort_order(reranking, count, by_docid);
    enum delib_status status = xapian_reader_values(reader, SLOT_SEANCE, docids, count, keep_seance, reranking, error);
    if (status == DELIB_OK)
        status = xapian_reader_values(reader, SLOT_FINGERPRINT, docids, count, keep_fingerprint, reranking, error);
    sort_order(reranking, count, by_score);
    return status;
}

static struct word_matcher *matcher_of(struct arena *arena, const struct plan *plan)
{
    struct word_matcher *matcher = word_matcher_new(arena);
    for (unsigned i = 0; i < plan->ranked_count; i++) {
        const struct ranked_word *word = &plan->ranked[i];
        for (size_t j = 0; j < word->stems.count; j++)
            word_matcher_add_stem(matcher, i, word->stems.items[j]);
        word_matcher_add_form(matcher, i + AS_TYPED, word->typed, word->stems.items[0]);
    }
    return matcher;
}

enum delib_status rerank(struct ranked_act *acts, size_t count, struct arena *arena, struct xapian_reader *reader,
                         const struct plan *plan, struct delib_error *error)
{
    struct reranking reranking = {.plan = plan, .matcher = matcher_of(arena, plan), .acts = acts, .arena = arena};
    xapian_docid *docids = arena_alloc(arena, (count + 1) * sizeof *docids);
    struct ranked_act *before = arena_alloc(arena, (count + 1) * sizeof *before);
    reranking.order = arena_alloc(arena, (count + 1) * sizeof *reranking.order);
    reranking.seances = arena_alloc(arena, (count + 1) * sizeof *reranking.seances);
    reranking.fingerprints = arena_alloc(arena, (count + 1) * sizeof *reranking.fingerprints);
    sort_order(&reranking, count, by_docid);
    for (size_t i = 0; i < count; i++)
        docids[i] = acts[reranking.order[i]].docid;
    enum delib_status status = xapian_reader_average_length(&reranking.average_length, reader, error);
    if (status == DELIB_OK)
        status = xapian_reader_values(reader, SLOT_WORDS, docids, count, read_stream, &reranking, error);
    if (status != DELIB_OK || count == 0)
        return status;
    sort_order(&reranking, count, by_score);
    if (has_equal_scores(&reranking, count))
        status = part_equal_scores(&reranking, docids, count, reader, error);
    memcpy(before, acts, count * sizeof *acts);
    for (size_t i = 0; i < count; i++)
        acts[i] = before[reranking.order[i]];
    return status;
}

#include "like.h"

#include <math.h>
#include <stdlib.h>

#include "archive/archive.h"
#include "base/memory.h"
#include "base/words.h"
#include "french/stopwords.h"

enum {
    TELLING = 25,       /* stems: more bring little and cost time */
    OBJET_TIMES = 3,    /* a word of the objet counts for so many of the text */
    MAX_WORDS = 100000, /* of a text, read so far: its beginning tells what it is about */
    SHORTEST_STEM = 3
};

struct stem_count {
    struct slice stem;
    unsigned count;
    double weight;
};

struct counting {
    struct arena *arena;
    struct stem_count *stems; /* one a word at first */
    size_t count;
};

static void add_words(struct counting *counting, struct tokeniser *tokeniser, struct stemmer *stemmer,
                      struct slice text, unsigned times)
{
    struct token token;
    tokeniser_begin(tokeniser, text);
    while (counting->count < MAX_WORDS && tokeniser_next(tokeniser, &token)) {
        if (token.alternate || token.kind != TOKEN_WORD || is_stopword(token.form) || token.form.len < SHORTEST_STEM)
            continue;
        counting->stems[counting->count++] =
            (struct stem_count){arena_copy(counting->arena, stemmer_stem(stemmer, token.form)), times, 0};
    }
}

static int by_stem(const void *a, const void *b)
{
    return slice_compare(((const struct stem_count *)a)->stem, ((const struct stem_count *)b)->stem);
}

static int by_weight(const void *a, const void *b)
{
    const struct stem_count *left = a;
    const struct stem_count *right = b;
    if (left->weight > right->weight || left->weight < right->weight)
        return left->weight > right->weight ? -1 : 1;
    return slice_compare(left->stem, right->stem);
}

static void join_equal(struct counting *counting)
{
    size_t kept = 0;
    if (counting->count == 0)
        return;
    qsort(counting->stems, counting->count, sizeof *counting->stems, by_stem);
    for (size_t i = 1; i < counting->count; i++) {
        if (slice_equal(counting->stems[kept].stem, counting->stems[i].stem))
            counting->stems[kept].count += counting->stems[i].count;
        else
            counting->stems[++kept] = counting->stems[i];
    }
    counting->count = kept + 1;
}

static enum delib_status weigh(struct counting *counting, struct xapian_reader *reader, struct delib_error *error)
{
    uint32_t documents = 0;
    enum delib_status status = xapian_reader_document_count(&documents, reader, error);
    for (size_t i = 0; i < counting->count && status == DELIB_OK; i++) {
        uint32_t having = 0;
        struct stem_count *stem = &counting->stems[i];
        status = xapian_reader_term_frequency(&having, reader, stem->stem, error);
        /* one that no other act has tells nothing of others */
        stem->weight = having < 2 ? 0 : (1 + log(stem->count)) * log((double)documents / having);
    }
    if (counting->count > 0)
        qsort(counting->stems, counting->count, sizeof *counting->stems, by_weight);
    return status;
}

static enum delib_status read_act(struct stored_act *out, struct arena *arena, struct xapian_reader *reader,
                                  struct slice id, struct delib_error *error)
{
    xapian_docid docid;
    enum delib_status status = archive_docid_of(&docid, arena, reader, id, error);
    if (status == DELIB_OK && docid == 0)
        return delib_fail(error, DELIB_INVALID, _("--like: no act has the id %.*s"), (int)id.len, id.bytes);
    return status == DELIB_OK ? archive_act(out, arena, reader, docid, error) : status;
}

enum delib_status telling_stems(struct text_list *out, struct arena *arena, struct xapian_reader *reader,
                                struct tokeniser *tokeniser, struct stemmer *stemmer, struct slice id,
                                struct delib_error *error)
{
    struct stored_act stored;
    struct counting counting = {.arena = arena};
    enum delib_status status = read_act(&stored, arena, reader, id, error);
    if (status == DELIB_OK) {
        counting.stems = memory_resize(NULL, MAX_WORDS, sizeof *counting.stems);
        add_words(&counting, tokeniser, stemmer, stored.act->objet, OBJET_TIMES);
        add_words(&counting, tokeniser, stemmer, stored.text, 1);
        join_equal(&counting);
        status = weigh(&counting, reader, error);
    }
    for (size_t i = 0; status == DELIB_OK && i < counting.count && i < TELLING && counting.stems[i].weight > 0; i++)
        text_list_add(arena, out, counting.stems[i].stem);
    free(counting.stems);
    return status;
}

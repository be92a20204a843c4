#include "archive/duplicates.h"

#include <stdlib.h>
#include <string.h>

#include "archive/member.h"
#include "archive/terms.h"
#include "french/normalise.h"

enum {
    COPIES_MAX = 64,       /* of one act; more of one id are an accident, and all of them show */
    COMPARED_BYTES = 3000, /* of texts without an objet */
    WORDS_MAX = 512,
    SAME_PERCENT = 50 /* of the words of both, in common */
};

enum delib_status duplicates_exist(bool *out, struct archive_writer *writer, struct delib_error *error)
{
    uint32_t count = 0;
    enum delib_status status = xapian_reader_term_frequency(&count, writer->reader, SLICE(TERM_DUPLICATE), error);
    *out = count > 0;
    return status;
}

/* --- one matter -------------------------------------------------------------------------------------------------- */

struct words {
    uint32_t hashes[WORDS_MAX]; /* sorted, each once */
    size_t count;
};

static int by_value(const void *a, const void *b)
{
    const uint32_t one = *(const uint32_t *)a, other = *(const uint32_t *)b;
    return one < other ? -1 : one > other;
}

static void read_words(struct words *out, struct slice text)
{
    struct buffer folded = {0};
    uint32_t hash = 0;
    size_t kept = 0;
    out->count = 0;
    fold(&folded, text);
    buffer_add_byte(&folded, ' ');
    for (size_t i = 0; i < folded.len && out->count < WORDS_MAX; i++) {
        char byte = folded.bytes[i];
        bool is_word = is_folded_word_byte(byte);
        if (is_word)
            hash = (hash ^ (unsigned char)byte) * 16777619U + 1; /* FNV, so that it is not 0 within a word */
        else if (hash != 0)
            out->hashes[out->count++] = hash;
        hash = is_word ? hash : 0;
    }
    buffer_free(&folded);
    qsort(out->hashes, out->count, sizeof *out->hashes, by_value);
    for (size_t i = 0; i < out->count; i++)
        if (kept == 0 || out->hashes[kept - 1] != out->hashes[i])
            out->hashes[kept++] = out->hashes[i];
    out->count = kept;
}

static bool are_alike(struct slice a, struct slice b)
{
    struct words one;
    struct words other;
    size_t common = 0;
    read_words(&one, a);
    read_words(&other, b);
    for (size_t i = 0, j = 0; i < one.count && j < other.count;) {
        common += one.hashes[i] == other.hashes[j];
        if (one.hashes[i] <= other.hashes[j])
            i++;
        else
            j++;
    }
    return common * 100 >= (one.count + other.count - common) * SAME_PERCENT;
}

static bool same_matter(const struct member *a, const struct member *b)
{
    struct slice one = a->shown->objet;
    struct slice other = b->shown->objet;
    if (one.len > 0 && other.len > 0)
        return are_alike(one, other);
    return a->text.len > 0 && b->text.len > 0 &&
           are_alike(slice_range(a->text, 0, COMPARED_BYTES), slice_range(b->text, 0, COMPARED_BYTES));
}

/* --- the acts of one id ------------------------------------------------------------------------------------------ */

static int by_path(const void *a, const void *b)
{
    const struct member *one = a, *other = b;
    int order = slice_compare(one->shown->source_path, other->shown->source_path);
    if (order != 0)
        return order;
    if (one->shown->source_line != other->shown->source_line)
        return one->shown->source_line < other->shown->source_line ? -1 : 1;
    return (one->docid > other->docid) - (one->docid < other->docid);
}

/* Bring the mark of the act to what it should be. */
static enum delib_status mark(struct archive_writer *writer, const struct member *member, bool is_duplicate,
                              struct delib_error *error)
{
    struct slice marked;
    enum delib_status status =
        archive_first_term(&marked, writer->arena, writer->reader, member->docid, SLICE(TERM_DUPLICATE), error);
    if (status != DELIB_OK || (marked.len > 0) == is_duplicate)
        return status;
    writer->has_duplicates |= is_duplicate;
    return xapian_writer_mark(writer->database, member->docid, SLICE(TERM_DUPLICATE), is_duplicate, error);
}

static enum delib_status settle_id(struct archive_writer *writer, struct slice id_term, struct delib_error *error)
{
    struct docids docids;
    enum delib_status status = writer_docids(&docids, writer, id_term, COPIES_MAX + 1, error);
    if (status != DELIB_OK || docids.count == 0 || (docids.count == 1 && !writer->has_duplicates))
        return status;
    bool is_one_act = docids.count <= COPIES_MAX;
    struct member *members = arena_alloc(writer->arena, docids.count * sizeof *members);
    bool *hidden = arena_alloc(writer->arena, docids.count);
    for (size_t i = 0; i < docids.count && status == DELIB_OK; i++) {
        status = member_read(&members[i], writer, docids.items[i], false, error);
        if (status == DELIB_OK && act_is_row(members[i].shown))
            status = member_read(&members[i], writer, docids.items[i], true, error);
    }
    if (status != DELIB_OK)
        return status;
    qsort(members, docids.count, sizeof *members, by_path);
    for (size_t i = 0; i < docids.count && status == DELIB_OK; i++) {
        hidden[i] = false;
        for (size_t j = 0; j < i && is_one_act && !hidden[i]; j++)
            hidden[i] = !hidden[j] && same_matter(&members[j], &members[i]);
        status = mark(writer, &members[i], hidden[i], error);
    }
    return status;
}

static int by_bytes(const void *a, const void *b)
{
    return slice_compare(*(const struct slice *)a, *(const struct slice *)b);
}

enum delib_status duplicates_settle(struct archive_writer *writer, struct delib_error *error)
{
    enum delib_status status = DELIB_OK;
    struct slice *ids = writer->touched;
    size_t count = writer->touched_count;
    if (count > 1)
        qsort(ids, count, sizeof *ids, by_bytes);
    for (size_t i = 0; i < count && status == DELIB_OK; i++)
        if (i == 0 || !slice_equal(ids[i], ids[i - 1])) {
            arena_reset(writer->arena);
            status = settle_id(writer, ids[i], error);
        }
    return status;
}

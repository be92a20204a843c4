#include "archive/vocabulary.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

enum {
    BUCKET_BYTES = 3, /* a bucket of a million forms has some thousands: read, and written anew, in no time */
    MAX_FORM_BYTES = 255
};

struct vocabulary {
    struct arena *arena;
    struct slice *forms;
    size_t count;
};

struct vocabulary *vocabulary_new(void)
{
    struct vocabulary *vocabulary = memory_alloc(sizeof *vocabulary);
    vocabulary->arena = arena_new();
    return vocabulary;
}

void vocabulary_free(struct vocabulary *vocabulary)
{
    if (!vocabulary)
        return;
    arena_free(vocabulary->arena);
    free(vocabulary);
}

void vocabulary_add(struct vocabulary *vocabulary, struct slice form)
{
    if (form.len == 0 || form.len > MAX_FORM_BYTES)
        return;
    vocabulary->forms = arena_grow(vocabulary->arena, vocabulary->forms, vocabulary->count, sizeof *vocabulary->forms);
    vocabulary->forms[vocabulary->count++] = arena_copy(vocabulary->arena, form);
}

/* --- a bucket ----------------------------------------------------------------------------------------------- */

struct bucket_walk {
    struct slice rest;
    char bytes[MAX_FORM_BYTES];
    size_t len;
};

/* The next form, lent until the next call; false at the end, or where the bytes make no sense. */
static bool next_form(struct bucket_walk *walk, struct slice *form)
{
    if (walk->rest.len < 2)
        return false;
    size_t shared = (unsigned char)walk->rest.bytes[0];
    size_t own = (unsigned char)walk->rest.bytes[1];
    if (shared > walk->len || shared + own > MAX_FORM_BYTES || own > walk->rest.len - 2)
        return false;
    memcpy(walk->bytes + shared, walk->rest.bytes + 2, own);
    walk->len = shared + own;
    walk->rest = slice_skip(walk->rest, 2 + own);
    *form = (struct slice){walk->bytes, walk->len};
    return true;
}

struct bucket_writer {
    struct buffer *out;
    char last[MAX_FORM_BYTES];
    size_t len;
};

static void write_form(struct bucket_writer *writer, struct slice form)
{
    size_t shared = 0;
    while (shared < form.len && shared < writer->len && form.bytes[shared] == writer->last[shared])
        shared++;
    buffer_add_byte(writer->out, (char)shared);
    buffer_add_byte(writer->out, (char)(form.len - shared));
    buffer_add_slice(writer->out, slice_skip(form, shared));
    memcpy(writer->last, form.bytes, form.len);
    writer->len = form.len;
}

/* Both in byte order, into `out`; how many of the forms the bucket did not have. */
static size_t merge_forms(struct buffer *out, struct slice bucket, const struct slice *forms, size_t count)
{
    struct bucket_walk walk = {.rest = bucket};
    struct bucket_writer writer = {.out = out};
    struct slice had;
    bool more = next_form(&walk, &had);
    size_t added = 0;
    size_t i = 0;
    while (more || i < count) {
        int order = !more ? 1 : i == count ? -1 : slice_compare(had, forms[i]);
        write_form(&writer, order <= 0 ? had : forms[i]);
        added += order > 0;
        if (order <= 0)
            more = next_form(&walk, &had);
        i += order >= 0;
    }
    return added;
}

void vocabulary_merge(struct buffer *out, const struct slice *values, size_t count)
{
    struct vocabulary *all = vocabulary_new();
    buffer_clear(out);
    buffer_add_slice(out, values[0]);
    for (size_t i = 1; i < count; i++) {
        struct bucket_walk walk = {.rest = values[i]};
        struct buffer merged = {0};
        struct slice form;
        all->count = 0;
        while (next_form(&walk, &form))
            vocabulary_add(all, form);
        merge_forms(&merged, buffer_get(out), all->forms, all->count);
        buffer_free(out);
        *out = merged;
    }
    vocabulary_free(all);
}

/* --- storing ------------------------------------------------------------------------------------------------ */

static int by_form(const void *a, const void *b)
{
    return slice_compare(*(const struct slice *)a, *(const struct slice *)b);
}

static size_t sort_forms(struct slice *forms, size_t count)
{
    size_t kept = 0;
    if (count == 0)
        return 0;
    qsort(forms, count, sizeof *forms, by_form);
    for (size_t i = 1; i < count; i++)
        if (!slice_equal(forms[i], forms[kept]))
            forms[++kept] = forms[i];
    return kept + 1;
}

static struct slice bucket_of(struct slice form)
{
    return slice_range(form, 0, form.len < BUCKET_BYTES ? form.len : BUCKET_BYTES);
}

static struct slice key_of(struct arena *arena, struct slice bucket)
{
    return slice_of(arena_printf(arena, VOCABULARY_KEY "%.*s", (int)bucket.len, bucket.bytes));
}

static enum delib_status store_bucket(struct arena *arena, const struct slice *forms, size_t count,
                                      struct xapian_writer *writer, struct xapian_reader *reader,
                                      struct delib_error *error)
{
    char *had = NULL;
    size_t len = 0;
    struct buffer merged = {0};
    struct slice key = key_of(arena, bucket_of(forms[0]));
    enum delib_status status = xapian_reader_metadata(&had, &len, reader, key, error);
    if (status == DELIB_OK && merge_forms(&merged, (struct slice){had, len}, forms, count) > 0)
        status = xapian_writer_set_metadata(writer, key, buffer_get(&merged), error);
    free(had);
    buffer_free(&merged);
    return status;
}

enum delib_status vocabulary_store(struct vocabulary *vocabulary, struct xapian_writer *writer,
                                   struct xapian_reader *reader, struct delib_error *error)
{
    enum delib_status status = DELIB_OK;
    struct slice *forms = vocabulary->forms;
    size_t count = sort_forms(forms, vocabulary->count);
    for (size_t start = 0, end; start < count && status == DELIB_OK; start = end) {
        for (end = start + 1; end < count && slice_equal(bucket_of(forms[end]), bucket_of(forms[start])); end++)
            ;
        status = store_bucket(vocabulary->arena, forms + start, end - start, writer, reader, error);
    }
    arena_reset(vocabulary->arena);
    vocabulary->forms = NULL;
    vocabulary->count = 0;
    return status;
}

/* --- reading ------------------------------------------------------------------------------------------------ */

struct form_search {
    struct slice beginning;
    vocabulary_visit *visit;
    void *payload;
};

static bool visit_bucket(struct slice key, struct slice value, void *payload)
{
    const struct form_search *search = payload;
    struct bucket_walk walk = {.rest = value};
    struct slice form;
    (void)key;
    while (next_form(&walk, &form))
        if (slice_starts(form, search->beginning) && !search->visit(form, search->payload))
            return false;
    return true;
}

static enum delib_status each_of_part(struct xapian_reader *reader, struct slice beginning, vocabulary_visit *visit,
                                      void *payload, struct delib_error *error)
{
    struct form_search search = {beginning, visit, payload};
    struct arena *arena = arena_new();
    struct slice key = key_of(arena, bucket_of(beginning));
    enum delib_status status = xapian_reader_each_metadata(reader, key, visit_bucket, &search, error);
    arena_free(arena);
    return status;
}

static bool collect_form(struct slice form, void *payload)
{
    vocabulary_add(payload, form);
    return true;
}

/* Each part has forms of its own, and many in common. */
static enum delib_status each_of_parts(struct xapian_reader *reader, struct slice beginning, vocabulary_visit *visit,
                                       void *payload, struct delib_error *error)
{
    enum delib_status status = DELIB_OK;
    struct vocabulary *all = vocabulary_new();
    for (size_t i = 0; i < xapian_reader_part_count(reader) && status == DELIB_OK; i++)
        status = each_of_part(xapian_reader_part(reader, i), beginning, collect_form, all, error);
    all->count = sort_forms(all->forms, all->count);
    for (size_t i = 0; i < all->count && status == DELIB_OK && visit(all->forms[i], payload); i++)
        ;
    vocabulary_free(all);
    return status;
}

enum delib_status vocabulary_each(struct xapian_reader *reader, struct slice beginning, vocabulary_visit *visit,
                                  void *payload, struct delib_error *error)
{
    return xapian_reader_part_count(reader) > 1 ? each_of_parts(reader, beginning, visit, payload, error)
                                                : each_of_part(reader, beginning, visit, payload, error);
}

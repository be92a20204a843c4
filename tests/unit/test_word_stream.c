/* The stream of an act's words: what is put in is found again, in its place, by stem and by form; nonsense ends it. And
 * the vocabulary's values: made one, they have every form once. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "archive/vocabulary.h"
#include "archive/word_codes.h"
#include "archive/word_stream.h"
#include "base/memory.h"
#include "french/stem.h"
#include "placed_words.h"

/* A word that is in the list, one that is late in it, and words that nobody has. */
static const char *const known_words[] = {"de", "conseil", "municipal", "tarifs", "zzyqua", "zzyquas", "wrvtx", NULL};

struct fixture {
    struct arena *arena;
    struct stemmer *stemmer;
    struct word_stream_writer *writer;
};

static int begin(void **state)
{
    struct fixture *fixture = test_malloc(sizeof *fixture);
    *fixture = (struct fixture){arena_new(), stemmer_new(), word_stream_writer_new()};
    *state = fixture;
    return 0;
}

static int end(void **state)
{
    struct fixture *fixture = *state;
    arena_free(fixture->arena);
    stemmer_free(fixture->stemmer);
    word_stream_writer_free(fixture->writer);
    test_free(fixture);
    return 0;
}

static struct slice stem_of(struct fixture *fixture, const char *form)
{
    return arena_copy(fixture->arena, stemmer_stem(fixture->stemmer, slice_of(form)));
}

/* Words with blanks between: « | » ends a field, « word/other » are in one place. */
static struct slice stream_of(struct fixture *fixture, const char *words)
{
    char *copy = arena_string(fixture->arena, slice_of(words));
    word_stream_begin(fixture->writer);
    for (char *save, *word = strtok_r(copy, " ", &save); word; word = strtok_r(NULL, " ", &save)) {
        if (strcmp(word, "|") == 0) {
            word_stream_end_field(fixture->writer);
            continue;
        }
        char *other = strchr(word, '/');
        if (other)
            *other++ = '\0';
        word_stream_add(fixture->writer, word_code_make(slice_of(word), stem_of(fixture, word)), false);
        if (other)
            word_stream_add(fixture->writer, word_code_make(slice_of(other), stem_of(fixture, other)), true);
    }
    return arena_copy(fixture->arena, word_stream_get(fixture->writer));
}

/* The positions of the word, « 0 3 104 ». */
static const char *places_of(struct fixture *fixture, struct slice stream, const char *form, bool as_written)
{
    struct word_matcher *matcher = word_matcher_new(fixture->arena);
    struct word_walk *walk = arena_alloc(fixture->arena, sizeof *walk);
    struct word_hit hit;
    const char *places = "";
    if (as_written)
        word_matcher_add_form(matcher, 3, slice_of(form), stem_of(fixture, form));
    else
        word_matcher_add_stem(matcher, 3, stem_of(fixture, form));
    word_walk_begin(walk, matcher, stream);
    while (word_walk_next(walk, &hit)) {
        assert_int_equal(hit.bits, 1 << 3);
        places = arena_printf(fixture->arena, "%s%s%u", places, *places ? " " : "", (unsigned)hit.position);
    }
    return places;
}

static void words_are_found_in_their_places(void **state)
{
    struct fixture *fixture = *state;
    struct slice stream = stream_of(fixture, "tarif de zzyqua | conseil tarifs/zzyquas de wrvtx wrvtx zzyqua");
    assert_string_equal(places_of(fixture, stream, "tarif", false), "0 104");
    assert_string_equal(places_of(fixture, stream, "tarif", true), "0");
    assert_string_equal(places_of(fixture, stream, "tarifs", true), "104");
    assert_string_equal(places_of(fixture, stream, "zzyqua", true), "2 108");
    assert_string_equal(places_of(fixture, stream, "zzyquas", true), "104");
    assert_string_equal(places_of(fixture, stream, "wrvtx", false), "106 107");
    assert_string_equal(places_of(fixture, stream, "municipal", false), "");
}

static void every_word_of_the_list_has_its_code(void **state)
{
    struct fixture *fixture = *state;
    unsigned known = 0;
    for (size_t i = 0; known_words[i]; i++) {
        unsigned code = word_code_of(slice_of(known_words[i]));
        known += code != WORD_NO_CODE;
        if (code != WORD_NO_CODE)
            assert_int_equal(word_stem_numbers()[code], word_stem_number(stem_of(fixture, known_words[i])));
    }
    assert_int_equal(known, 4);
    assert_true(word_code_of(SLICE("de")) < WORD_CODE_SHORT);
    assert_int_equal(word_stem_number(SLICE("zzyqu")), WORD_NO_CODE);
}

/* More words of an act's own than can be named in two bytes. */
static void a_long_act_keeps_every_word(void **state)
{
    struct fixture *fixture = *state;
    word_stream_begin(fixture->writer);
    for (unsigned round = 0; round < 2; round++)
        for (unsigned i = 0; i < WORD_STREAM_OWN + 100; i++) {
            struct slice word = slice_of(arena_printf(fixture->arena, "xq%u", i));
            word_stream_add(fixture->writer, word_code_make(word, word), false);
        }
    struct slice stream = word_stream_get(fixture->writer);
    const char *last = arena_printf(fixture->arena, "xq%u", WORD_STREAM_OWN + 99);
    assert_string_equal(places_of(fixture, stream, "xq0", true),
                        arena_printf(fixture->arena, "0 %u", WORD_STREAM_OWN + 100));
    assert_string_equal(places_of(fixture, stream, last, true),
                        arena_printf(fixture->arena, "%u %u", WORD_STREAM_OWN + 99, 2 * (WORD_STREAM_OWN + 100) - 1));
}

static void a_damaged_stream_ends(void **state)
{
    struct fixture *fixture = *state;
    struct slice whole = stream_of(fixture, "conseil zzyqua | tarifs/zzyquas wrvtx zzyqua");
    struct word_matcher *matcher = word_matcher_new(fixture->arena);
    struct word_walk *walk = arena_alloc(fixture->arena, sizeof *walk);
    word_matcher_add_stem(matcher, 0, stem_of(fixture, "zzyqua"));
    srand(1);
    for (int round = 0; round < 20000; round++) {
        struct word_hit hit;
        size_t len = (size_t)rand() % (whole.len + 1);
        char *bytes = memory_dup(whole.bytes, len); /* of its very size, for the sanitizers */
        if (len > 0)
            bytes[(size_t)rand() % len] = (char)rand();
        word_walk_begin(walk, matcher, (struct slice){bytes, len});
        for (size_t hits = 0; word_walk_next(walk, &hit); hits++)
            assert_true(hits < whole.len);
        free(bytes);
    }
}

static bool stands(struct fixture *fixture, const char *words, bool in_order, uint32_t window, const char *text)
{
    struct placed_words placed = {.matcher = word_matcher_new(fixture->arena), .in_order = in_order, .window = window};
    char *copy = arena_string(fixture->arena, slice_of(words));
    for (char *save, *word = strtok_r(copy, " ", &save); word; word = strtok_r(NULL, " ", &save)) {
        placed.alike[placed.count] = 1;
        word_matcher_add_stem(placed.matcher, placed.count++, stem_of(fixture, word));
    }
    return placed_words_stand(stream_of(fixture, text), &placed);
}

static void phrases_and_near_words(void **state)
{
    struct fixture *fixture = *state;
    assert_true(stands(fixture, "conseil de tarif", true, 0, "conseil conseil de tarifs"));
    assert_false(stands(fixture, "conseil de tarif", true, 0, "conseil zzyqua de tarifs"));
    assert_false(stands(fixture, "conseil de tarif", true, 0, "conseil de | tarifs"));
    assert_true(stands(fixture, "conseil zzyquas", true, 0, "conseil tarifs/zzyqua"));
    assert_true(stands(fixture, "tarif conseil", false, 3, "conseil de tarifs"));
    assert_false(stands(fixture, "tarif conseil", false, 3, "conseil de wrvtx tarifs"));
    assert_true(stands(fixture, "tarif conseil wrvtx", false, 4, "tarif de de conseil de wrvtx tarif"));
}

static void remove_database(const char *folder)
{
    static const char *const files[] = {"flintlock",      "iamglass",       "postlist.glass", "docdata.glass",
                                        "termlist.glass", "position.glass", "spelling.glass", "synonym.glass"};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        char path[64];
        snprintf(path, sizeof path, "%s/%s", folder, files[i]);
        unlink(path);
    }
    assert_int_equal(rmdir(folder), 0);
}

static bool join_forms(struct slice form, void *payload)
{
    buffer_add_slice(payload, form);
    buffer_add_byte(payload, ' ');
    return true;
}

/* A vocabulary stored in an archive of its own, and read back. */
static void a_vocabulary_is_read_back(void **state)
{
    struct vocabulary *vocabulary = vocabulary_new();
    struct xapian_writer *writer;
    struct xapian_reader *reader;
    struct delib_error error;
    struct buffer forms = {0};
    char folder[] = "/tmp/test_vocabulary.XXXXXX";
    static const char *const batches[] = {"eaux abri abris a eau", "abris abricot ea eau"};
    (void)state;
    assert_non_null(mkdtemp(folder));
    assert_int_equal(xapian_writer_open(&writer, folder, XAPIAN_OPEN_OR_CREATE, &error), DELIB_OK);
    assert_int_equal(xapian_reader_of_writer(&reader, writer, &error), DELIB_OK);
    for (size_t i = 0; i < 2; i++) {
        for (struct slice rest = slice_of(batches[i]); rest.len > 0;) {
            size_t blank = slice_find_byte(rest, ' ', 0);
            vocabulary_add(vocabulary, slice_range(rest, 0, blank == SLICE_NONE ? rest.len : blank));
            rest = blank == SLICE_NONE ? (struct slice){0} : slice_skip(rest, blank + 1);
        }
        assert_int_equal(vocabulary_store(vocabulary, writer, reader, &error), DELIB_OK);
    }
    assert_int_equal(vocabulary_each(reader, (struct slice){0}, join_forms, &forms, &error), DELIB_OK);
    assert_string_equal(forms.bytes, "a abri abricot abris ea eau eaux ");
    buffer_clear(&forms);
    assert_int_equal(vocabulary_each(reader, SLICE("abri"), join_forms, &forms, &error), DELIB_OK);
    assert_string_equal(forms.bytes, "abri abricot abris ");
    buffer_free(&forms);
    xapian_reader_free(reader);
    xapian_writer_free(writer);
    vocabulary_free(vocabulary);
    remove_database(folder);
}

static void values_are_made_one(void **state)
{
    static const struct slice values[] = {{"\0\4abri\4\1s", 9}, {"\0\7abricot\4\1s", 12}, {"\0\3abc", 5}};
    struct buffer out = {0};
    (void)state;
    vocabulary_merge(&out, values, 3);
    assert_int_equal(out.len, 5 + 4 + 5 + 3);
    assert_memory_equal(out.bytes, "\0\3abc\2\2ri\4\3cot\4\1s", out.len);
    buffer_free(&out);
}

/* A stream of random words, some in one place, some behind the end of a field. */
static struct slice random_stream(struct fixture *fixture, unsigned *chance)
{
    struct buffer words = {0};
    for (unsigned i = 0; i < 12; i++) {
        *chance = *chance * 1664525 + 1013904223;
        const char *word = known_words[(*chance >> 16) % 7];
        const char *other = known_words[(*chance >> 20) % 7];
        unsigned kind = (*chance >> 24) % 8;
        buffer_add_string(&words, word);
        if (kind == 0)
            buffer_printf(&words, "/%s", other);
        buffer_add_string(&words, kind == 1 ? " | " : " ");
    }
    struct slice stream = stream_of(fixture, words.bytes);
    buffer_free(&words);
    return stream;
}

static bool stand_by_walk(const struct word_matcher *matcher, struct slice stream)
{
    struct word_walk walk;
    struct word_hit hit;
    uint32_t last = UINT32_MAX - 1; /* where the word with bit 0 was */
    uint32_t before = UINT32_MAX - 1;
    word_walk_begin(&walk, matcher, stream);
    while (word_walk_next(&walk, &hit)) {
        if ((hit.bits & 2) != 0 && (hit.position == last + 1 || hit.position == before + 1))
            return true;
        if ((hit.bits & 1) != 0 && hit.position != last) {
            before = last;
            last = hit.position;
        }
    }
    return false;
}

static void words_that_follow_one_another_are_never_passed_over(void **state)
{
    struct fixture *fixture = *state;
    unsigned chance = 1;
    unsigned ruled_out = 0;
    for (unsigned i = 0; i < 2000; i++) {
        struct slice stream = random_stream(fixture, &chance);
        struct word_matcher *matcher = word_matcher_new(fixture->arena);
        const char *first = known_words[i % 7];
        const char *second = known_words[i / 7 % 7];
        if (i % 3 > 0)
            word_matcher_add_stem(matcher, 0, stem_of(fixture, first));
        else
            word_matcher_add_form(matcher, 0, slice_of(first), stem_of(fixture, first));
        word_matcher_add_stem(matcher, 1, stem_of(fixture, second));
        bool may_stand = word_pair_may_stand(matcher, stream);
        ruled_out += !may_stand;
        if (!may_stand && stand_by_walk(matcher, stream))
            fail_msg("%s %s in stream %u", first, second, i);
        arena_reset(fixture->arena);
    }
    assert_true(ruled_out > 500);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(words_are_found_in_their_places, begin, end),
        cmocka_unit_test_setup_teardown(every_word_of_the_list_has_its_code, begin, end),
        cmocka_unit_test_setup_teardown(a_long_act_keeps_every_word, begin, end),
        cmocka_unit_test_setup_teardown(a_damaged_stream_ends, begin, end),
        cmocka_unit_test_setup_teardown(phrases_and_near_words, begin, end),
        cmocka_unit_test_setup_teardown(words_that_follow_one_another_are_never_passed_over, begin, end),
        cmocka_unit_test(a_vocabulary_is_read_back),
        cmocka_unit_test(values_are_made_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

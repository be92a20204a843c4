/* The manifest of an archive, brought up to date commit by commit, says of every byte what is there: also when changes
 * are dropped, and when blocks are freed by the thousand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "archive/archive.h"
#include "archive/manifest.h"
#include "archive/replace.h"
#include "base/buffer.h"

enum {
    FILES = 20,
    ROUNDS = 8,
    WORDS = 300,
    VOCABULARY = 5000,
    LIST_BLOCK_ENTRIES = 2045, /* of the list of free blocks, in one of its own blocks */
    BLOCK_BYTES = 8192
};

struct fixture {
    char folder[64];
    char archive[80];
    struct arena *arena;
    uint32_t random;
};

static uint32_t next_random(struct fixture *fixture)
{
    fixture->random = fixture->random * 1664525U + 1013904223U;
    return fixture->random >> 8;
}

static int set_up(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);
    snprintf(fixture->folder, sizeof fixture->folder, "/tmp/delib-manifest-XXXXXX");
    assert_non_null(mkdtemp(fixture->folder));
    snprintf(fixture->archive, sizeof fixture->archive, "%.60s/archive", fixture->folder);
    fixture->arena = arena_new();
    fixture->random = 2021;
    *state = fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    struct delib_error error;
    assert_int_equal(archive_remove(fixture->archive, &error), DELIB_OK);
    assert_int_equal(rmdir(fixture->folder), 0);
    arena_free(fixture->arena);
    free(fixture);
    return 0;
}

static void put_file(struct fixture *fixture, struct archive_writer *writer, unsigned which, struct slice text)
{
    struct delib_error error;
    arena_reset(fixture->arena);
    struct act *act = act_new(fixture->arena);
    act->id = slice_of(arena_printf(fixture->arena, "kervalo:%u", which));
    struct file_state file = {.path = slice_of(arena_printf(fixture->arena, "/kervalo/%u.txt", which)), .act_count = 1};
    struct new_act put = {act, text};
    assert_int_equal(archive_put_file(writer, &file, &put, 1, &error), DELIB_OK);
}

static void put_random_file(struct fixture *fixture, struct archive_writer *writer)
{
    struct buffer text = {0};
    unsigned which = next_random(fixture) % FILES;
    size_t words = next_random(fixture) % WORDS;
    for (size_t i = 0; i < words; i++)
        buffer_printf(&text, "mot%u ", next_random(fixture) % VOCABULARY);
    buffer_add_string(&text, ".");
    put_file(fixture, writer, which, buffer_get(&text));
    buffer_free(&text);
}

/* A text that fills so many blocks, compressed as it may be, and has no word that is indexed. */
static void put_large_file(struct fixture *fixture, struct archive_writer *writer, size_t blocks)
{
    struct buffer text = {0};
    while (text.len < blocks * BLOCK_BYTES * 3 / 2)
        buffer_add_byte(&text,
                        "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_"[next_random(fixture) % 64]);
    put_file(fixture, writer, 0, buffer_get(&text));
    buffer_free(&text);
}

static void put_some(struct fixture *fixture, struct archive_writer *writer)
{
    for (unsigned count = 1 + next_random(fixture) % FILES; count > 0; count--)
        put_random_file(fixture, writer);
}

static struct archive_writer *open_writer(struct fixture *fixture)
{
    struct archive_writer *writer;
    struct delib_error error;
    assert_int_equal(archive_writer_open(&writer, fixture->archive, &error), DELIB_OK);
    return writer;
}

static void print_damage(const char *what, void *payload)
{
    (void)payload;
    print_message("%s\n", what);
}

static void assert_whole(struct fixture *fixture, bool is_writing)
{
    struct delib_error error;
    struct manifest_comparison comparison;
    assert_int_equal(manifest_is_writing(fixture->archive), is_writing);
    assert_int_equal(manifest_compare(&comparison, fixture->archive, print_damage, NULL, &error), DELIB_OK);
    assert_int_equal(comparison.damages, 0);
    assert_true(comparison.compared_bytes > 0);
    assert_true(is_writing || comparison.excused_bytes == 0);
}

/* Carried on from commit to commit it says the same as one made of what is there. */
static void assert_same_as_new(struct fixture *fixture)
{
    struct delib_error error;
    struct buffer carried = {0};
    struct buffer made = {0};
    char path[128];
    snprintf(path, sizeof path, "%.80s/%s", fixture->archive, MANIFEST_FILE);
    for (int i = 0; i < 2; i++) {
        struct buffer *out = i == 0 ? &carried : &made;
        FILE *file = fopen(path, "rb");
        assert_non_null(file);
        for (int byte; (byte = fgetc(file)) != EOF;)
            buffer_add_byte(out, (char)byte);
        fclose(file);
        assert_int_equal(manifest_make(fixture->archive, &error), DELIB_OK);
    }
    assert_int_equal(carried.len, made.len);
    assert_memory_equal(carried.bytes, made.bytes, made.len);
    buffer_free(&carried);
    buffer_free(&made);
}

static void test_carried_on(void **state)
{
    struct fixture *fixture = *state;
    struct delib_error error;
    struct archive_writer *writer = open_writer(fixture);
    for (int round = 0; round < ROUNDS; round++) {
        put_some(fixture, writer);
        assert_whole(fixture, true);
        assert_int_equal(archive_commit(writer, &error), DELIB_OK);
        assert_whole(fixture, true);
        if (next_random(fixture) % 4 == 0) {
            archive_writer_free(writer);
            assert_whole(fixture, false);
            assert_same_as_new(fixture);
            writer = open_writer(fixture);
        }
        if (next_random(fixture) % 4 == 0) { /* changes that are dropped */
            put_some(fixture, writer);
            archive_writer_free(writer);
            assert_whole(fixture, false);
            writer = open_writer(fixture);
        }
    }
    archive_writer_free(writer);
    assert_whole(fixture, false);
    assert_same_as_new(fixture);
}

/* The list of free blocks becomes one of several blocks, is used up from its start and made longer at its end. */
static void test_long_list(void **state)
{
    struct fixture *fixture = *state;
    struct delib_error error;
    static const size_t blocks[] = {LIST_BLOCK_ENTRIES * 9 / 8, 1, LIST_BLOCK_ENTRIES * 9 / 8, 1};
    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++) {
        struct archive_writer *writer = open_writer(fixture);
        put_large_file(fixture, writer, blocks[i]);
        assert_int_equal(archive_commit(writer, &error), DELIB_OK);
        assert_whole(fixture, true);
        archive_writer_free(writer);
        assert_whole(fixture, false);
        assert_same_as_new(fixture);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test_setup_teardown(test_carried_on, set_up, tear_down),
                                       cmocka_unit_test_setup_teardown(test_long_list, set_up, tear_down)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

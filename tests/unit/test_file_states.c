/* States of files in groups: put, replaced, forgotten, gone through in order, and merged. */
#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "archive/file_states.h"

/* The first three are of one group. */
#define FIRST "aaa0000000000001"
#define SECOND "aaa0000000000002"
#define THIRD "aaaf000000000000"
#define OTHER "bbb0000000000000"

static char folder[] = "/tmp/delib-states-XXXXXX";

struct fixture {
    struct xapian_writer *writer;
    struct xapian_reader *reader;
    struct arena *arena;
    struct delib_error error;
};

static int set_up(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);
    if (!fixture || !mkdtemp(folder))
        return -1;
    fixture->arena = arena_new();
    *state = fixture;
    return xapian_writer_open(&fixture->writer, folder, XAPIAN_OPEN_OR_CREATE, &fixture->error) != DELIB_OK ||
           xapian_reader_of_writer(&fixture->reader, fixture->writer, &fixture->error) != DELIB_OK;
}

static int remove_one(const char *path, const struct stat *info, int kind, struct FTW *place)
{
    (void)info;
    (void)kind;
    (void)place;
    return remove(path);
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    xapian_reader_free(fixture->reader);
    xapian_writer_free(fixture->writer);
    arena_free(fixture->arena);
    free(fixture);
    return nftw(folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

static void put(struct fixture *fixture, const char *file, const char *state)
{
    assert_int_equal(
        file_states_put(fixture->writer, fixture->reader, slice_of(file), slice_of(state), &fixture->error), DELIB_OK);
}

static void assert_state(struct fixture *fixture, const char *file, const char *wanted)
{
    struct slice state;
    assert_int_equal(file_states_get(&state, fixture->arena, fixture->reader, slice_of(file), &fixture->error),
                     DELIB_OK);
    assert_true(slice_equal(state, slice_of(wanted)));
}

static bool add_to_list(struct slice state, void *payload)
{
    buffer_add_slice(payload, state);
    buffer_add_byte(payload, ' ');
    return true;
}

static void assert_all(struct fixture *fixture, const char *wanted)
{
    struct buffer all = {0};
    assert_int_equal(file_states_each(fixture->reader, add_to_list, &all, &fixture->error), DELIB_OK);
    assert_string_equal(all.bytes ? all.bytes : "", wanted);
    buffer_free(&all);
}

static struct slice group_of(struct fixture *fixture)
{
    char *bytes;
    size_t len;
    assert_int_equal(
        xapian_reader_metadata(&bytes, &len, fixture->reader, SLICE(FILE_STATES_KEY "aaa"), &fixture->error), DELIB_OK);
    struct slice group = arena_copy(fixture->arena, (struct slice){bytes, len});
    free(bytes);
    return group;
}

static void states_are_put_replaced_and_forgotten(void **state)
{
    struct fixture *fixture = *state;
    put(fixture, THIRD, "third");
    put(fixture, OTHER, "other");
    put(fixture, FIRST, "first");
    put(fixture, SECOND, "second");
    assert_all(fixture, "first second third other ");
    put(fixture, SECOND, "changed");
    assert_state(fixture, SECOND, "changed");
    put(fixture, FIRST, "");
    assert_state(fixture, FIRST, "");
    assert_state(fixture, THIRD, "third");
    assert_all(fixture, "changed third other ");
    put(fixture, SECOND, "");
    put(fixture, THIRD, "");
    put(fixture, OTHER, "");
    assert_all(fixture, "");
}

static void groups_of_several_databases_become_one(void **state)
{
    struct fixture *fixture = *state;
    struct buffer merged = {0};
    struct slice groups[3];
    put(fixture, SECOND, "second");
    groups[0] = group_of(fixture);
    put(fixture, SECOND, "");
    put(fixture, THIRD, "third");
    groups[1] = group_of(fixture);
    put(fixture, THIRD, "");
    put(fixture, FIRST, "first");
    groups[2] = group_of(fixture);
    file_states_merge(&merged, groups, 3);
    assert_int_equal(
        xapian_writer_set_metadata(fixture->writer, SLICE(FILE_STATES_KEY "aaa"), buffer_get(&merged), &fixture->error),
        DELIB_OK);
    assert_all(fixture, "first second third ");
    put(fixture, FIRST, "");
    put(fixture, SECOND, "");
    put(fixture, THIRD, "");
    buffer_free(&merged);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(states_are_put_replaced_and_forgotten),
        cmocka_unit_test(groups_of_several_databases_become_one),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}

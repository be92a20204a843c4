/* The list of parts: what its lines come to, and what is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "archive/parts_list.h"

struct scene {
    struct arena *arena;
    struct parts_list list;
    struct delib_error error;
};

static enum delib_status read_list(struct scene *scene, const char *content)
{
    scene->list = (struct parts_list){0};
    return parts_list_add_lines(&scene->list, scene->arena, "/tmp/x.parts", slice_of(content), &scene->error);
}

static void test_places(void **state)
{
    struct scene scene = {.arena = arena_new()};
    (void)state;
    assert_int_equal(read_list(&scene, "local a b\n\n# c\nremote h:1|local /d | remote [::1]:65535"), DELIB_OK);
    assert_int_equal(scene.list.count, 2);
    assert_string_equal(scene.list.parts[0].items[0].path, "/tmp/a b");
    assert_null(scene.list.parts[0].items[0].host);
    assert_int_equal(scene.list.parts[1].count, 3);
    assert_string_equal(scene.list.parts[1].items[0].host, "h");
    assert_int_equal(scene.list.parts[1].items[0].port, 1);
    assert_string_equal(scene.list.parts[1].items[1].path, "/d");
    assert_string_equal(scene.list.parts[1].items[2].host, "::1");
    assert_int_equal(scene.list.parts[1].items[2].port, 65535);
    assert_string_equal(scene.list.parts[1].items[2].shown, "[::1]:65535");
    arena_free(scene.arena);
}

static void test_refused(void **state)
{
    static const char too_many[] = "local a|local b|local c|local d|local e|local f|local g|local h|local i";
    static const char *const lines[] = {
        "",           "x",           "locale a",       "local |",     "remote h",   "remote :1", "remote h:",
        "remote h:0", "remote h:1x", "remote h:65536", "remote h:-1", "local a | ", "| local a", too_many};
    struct scene scene = {.arena = arena_new()};
    (void)state;
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        assert_int_equal(read_list(&scene, lines[i]), DELIB_INVALID);
    arena_free(scene.arena);
}

static void test_one_folder(void **state)
{
    struct scene scene = {.arena = arena_new()};
    (void)state;
    assert_int_equal(parts_list_add(&scene.list, scene.arena, "/nowhere", &scene.error), DELIB_OK);
    assert_int_equal(scene.list.count, 1);
    assert_string_equal(scene.list.parts[0].items[0].path, "/nowhere");
    arena_free(scene.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_places),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_one_folder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

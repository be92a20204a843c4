/* A child that behaves, and children that do not: each is stopped by its own limit and said to be. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "child.h"

static const struct child_limits usual = {
    .cpu_s = 10, .wall_ms = 10000, .memory_bytes = (size_t)256 << 20, .output_bytes = 1 << 20};

static struct child_result run(const char *const arguments[], struct slice input, struct child_limits limits)
{
    struct child_result result = {0};
    struct delib_error error = {0};
    assert_int_equal(child_run(&result, arguments, input, &limits, &error), DELIB_OK);
    return result;
}

static struct child_result run_shell(const char *script, struct child_limits limits)
{
    const char *const arguments[] = {"sh", "-c", script, NULL};
    return run(arguments, (struct slice){0}, limits);
}

static void assert_output(struct child_result *result, const char *expected)
{
    assert_int_equal(result->end, CHILD_EXITED);
    assert_int_equal(result->code, 0);
    assert_string_equal(result->output.bytes, expected);
    child_result_free(result);
}

static void input_goes_through(void **state)
{
    (void)state;
    const char *const arguments[] = {"cat", NULL};
    struct child_result result = run(arguments, SLICE("Vu le code général"), usual);
    assert_output(&result, "Vu le code général");
}

static void large_input_and_output_go_through(void **state)
{
    (void)state;
    const char *const arguments[] = {"cat", NULL};
    struct buffer input = {0};
    for (int i = 0; i < 100000; i++)
        buffer_printf(&input, "%09d\n", i);
    struct child_result result = run(arguments, buffer_get(&input), usual);
    assert_true(slice_equal(buffer_get(&result.output), buffer_get(&input)));
    child_result_free(&result);
    buffer_free(&input);
}

static void input_can_be_read_from_any_place(void **state)
{
    (void)state;
    const char *const arguments[] = {"tail", "-c", "3", NULL};
    struct child_result result = run(arguments, SLICE("un deux trois"), usual);
    assert_output(&result, "ois");
}

static void input_cannot_be_written(void **state)
{
    (void)state;
    struct child_result result = run_shell("env echo x >&0 || echo refused", usual);
    assert_output(&result, "refused\n");
}

static void exit_code_and_complaints_are_kept(void **state)
{
    (void)state;
    struct child_result result = run_shell("echo 'no such page' >&2; exit 3", usual);
    assert_int_equal(result.end, CHILD_EXITED);
    assert_int_equal(result.code, 3);
    assert_string_equal(result.diagnostics.bytes, "no such page\n");
    child_result_free(&result);
}

static void complaints_are_kept_up_to_a_limit(void **state)
{
    (void)state;
    struct child_result result =
        run_shell("i=0; while [ $i -lt 3000 ]; do echo complaint >&2; i=$((i+1)); done", usual);
    assert_int_equal(result.end, CHILD_EXITED);
    assert_int_equal(result.diagnostics.len, CHILD_DIAGNOSTICS_BYTES);
    child_result_free(&result);
}

static void environment_is_cleared(void **state)
{
    (void)state;
    setenv("DELIB_TEST_SECRET", "secret", 1);
    struct child_result result = run_shell("echo ${DELIB_TEST_SECRET-none} $LC_ALL; pwd", usual);
    assert_output(&result, "none C.UTF-8\n/\n");
}

static void other_files_are_closed(void **state)
{
    (void)state;
    struct child_result result =
        run_shell("for fd in 3 4 5 6 7 8 9; do [ -e /proc/self/fd/$fd ] && echo $fd; done; echo end", usual);
    assert_int_equal(result.end, CHILD_EXITED);
    assert_string_equal(result.output.bytes, "end\n");
    child_result_free(&result);
}

static void files_cannot_be_written(void **state)
{
    (void)state;
    char path[] = "/tmp/test_child_XXXXXX";
    assert_int_not_equal(mkstemp(path), -1);
    struct buffer script = {0};
    buffer_printf(&script, "echo something > %s", path);
    struct child_result result = run_shell(script.bytes, usual);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    assert_int_equal(fgetc(file), EOF);
    fclose(file);
    remove(path);
    buffer_free(&script);
    child_result_free(&result);
}

static void ignored_signals_are_back_to_normal(void **state)
{
    (void)state;
    signal(SIGPIPE, SIG_IGN);
    struct child_result result = run_shell("kill -PIPE $$; echo survived", usual);
    signal(SIGPIPE, SIG_DFL);
    assert_int_equal(result.end, CHILD_KILLED);
    assert_int_equal(result.code, SIGPIPE);
    child_result_free(&result);
}

static void hanging_child_is_stopped(void **state)
{
    (void)state;
    struct child_limits limits = usual;
    limits.wall_ms = 200;
    struct child_result result = run_shell("echo started; sleep 60", limits);
    assert_int_equal(result.end, CHILD_TIMEOUT);
    assert_string_equal(result.output.bytes, "started\n");
    child_result_free(&result);
}

static void child_that_closed_its_output_is_stopped(void **state)
{
    (void)state;
    struct child_limits limits = usual;
    limits.wall_ms = 200;
    struct child_result result = run_shell("exec >&- 2>&-; sleep 60", limits);
    assert_int_equal(result.end, CHILD_TIMEOUT);
    child_result_free(&result);
}

static void grandchildren_are_stopped_too(void **state)
{
    (void)state;
    struct child_limits limits = usual;
    limits.wall_ms = 300;
    struct child_result result = run_shell("sleep 60 & echo $!; wait", limits);
    assert_int_equal(result.end, CHILD_TIMEOUT);
    pid_t grandchild = (pid_t)strtol(result.output.bytes, NULL, 10);
    assert_true(grandchild > 1);
    for (int tries = 0; tries < 100 && kill(grandchild, 0) == 0; tries++)
        nanosleep(&(struct timespec){.tv_nsec = 10000000}, NULL);
    struct buffer path = {0};
    buffer_printf(&path, "/proc/%d/cmdline", (int)grandchild);
    FILE *file = fopen(path.bytes, "r");
    int first = file ? fgetc(file) : EOF; /* gone, or a zombie that nobody has reaped: its command line is empty */
    if (file)
        fclose(file);
    assert_int_equal(first, EOF);
    buffer_free(&path);
    child_result_free(&result);
}

static void busy_child_is_stopped(void **state)
{
    (void)state;
    struct child_limits limits = usual;
    limits.cpu_s = 1;
    struct child_result result = run_shell("while :; do :; done", limits);
    assert_int_equal(result.end, CHILD_TIMEOUT);
    child_result_free(&result);
}

static void flood_is_stopped(void **state)
{
    (void)state;
    const char *const arguments[] = {"yes", NULL};
    struct child_limits limits = usual;
    limits.output_bytes = 100000;
    struct child_result result = run(arguments, (struct slice){0}, limits);
    assert_int_equal(result.end, CHILD_TOO_MUCH_OUTPUT);
    assert_int_equal(result.output.len, 100000);
    child_result_free(&result);
}

static void memory_is_limited(void **state)
{
    (void)state;
    struct child_result result = run_shell("head -c 400000000 /dev/zero | tail -n 1 | wc -c; exit 0", usual);
    assert_output(&result, "0\n"); /* tail, which must keep a line of 400 MB, gave up */
}

static void crash_is_told_from_an_exit(void **state)
{
    (void)state;
    struct child_result result = run_shell("kill -SEGV $$", usual);
    assert_int_equal(result.end, CHILD_KILLED);
    assert_int_equal(result.code, SIGSEGV);
    child_result_free(&result);
}

static void missing_program_is_said(void **state)
{
    (void)state;
    const char *const arguments[] = {"no-such-converter", NULL};
    struct child_result result = run(arguments, (struct slice){0}, usual);
    assert_int_equal(result.end, CHILD_NOT_FOUND);
    child_result_free(&result);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(input_goes_through),
        cmocka_unit_test(large_input_and_output_go_through),
        cmocka_unit_test(input_can_be_read_from_any_place),
        cmocka_unit_test(input_cannot_be_written),
        cmocka_unit_test(exit_code_and_complaints_are_kept),
        cmocka_unit_test(complaints_are_kept_up_to_a_limit),
        cmocka_unit_test(environment_is_cleared),
        cmocka_unit_test(other_files_are_closed),
        cmocka_unit_test(files_cannot_be_written),
        cmocka_unit_test(ignored_signals_are_back_to_normal),
        cmocka_unit_test(hanging_child_is_stopped),
        cmocka_unit_test(child_that_closed_its_output_is_stopped),
        cmocka_unit_test(grandchildren_are_stopped_too),
        cmocka_unit_test(busy_child_is_stopped),
        cmocka_unit_test(flood_is_stopped),
        cmocka_unit_test(memory_is_limited),
        cmocka_unit_test(crash_is_told_from_an_exit),
        cmocka_unit_test(missing_program_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

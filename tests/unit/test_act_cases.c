/* Runs tests/acts.test: what must be read from whole acts. The head of that file tells how to add a case. */
#include "extraction.h"
#include "test_file.h"

struct whole_act {
    struct slice name;
    struct slice text;
    struct slice expected; /* lines, each a piece of the record's JSON */
};

/* What stands before the next line that begins with `mark`, and the rest of that line; false when there is none. */
static bool take_until_mark(struct slice *rest, const char *mark, struct slice *before, struct slice *title)
{
    size_t at = slice_find(*rest, slice_of(mark));
    if (at == SLICE_NONE)
        return false;
    *before = slice_range(*rest, 0, at);
    *rest = slice_skip(*rest, at + strlen(mark));
    return slice_next_line(rest, title);
}

static bool next_act(struct slice *rest, struct whole_act *out)
{
    struct slice none;
    struct slice ignored;
    if (!take_until_mark(rest, "=== ", &ignored, &out->name))
        return false;
    assert_true(take_until_mark(rest, "\n---", &out->text, &none));
    size_t end = slice_find(*rest, SLICE("=== "));
    out->expected = slice_range(*rest, 0, end == SLICE_NONE ? rest->len : end);
    *rest = slice_skip(*rest, out->expected.len);
    return true;
}

static size_t count_failures(const struct whole_act *one)
{
    struct arena *arena = arena_new();
    struct extraction_case as_case = {.text = arena_string(arena, one->text)};
    const char *record = record_of(arena, &as_case);
    struct slice rest = one->expected;
    struct slice line;
    size_t failed = 0;
    while (slice_next_line(&rest, &line)) {
        if (line.len == 0 || strstr(record, arena_string(arena, line)))
            continue;
        print_message("acts.test, %.*s:\n  wanted %.*s\n  in %s\n", (int)one->name.len, one->name.bytes, (int)line.len,
                      line.bytes, record);
        failed++;
    }
    arena_free(arena);
    return failed;
}

static void every_act_is_read(void **state)
{
    enum { FEWEST_ACTS = 70 };
    struct whole_act one;
    size_t acts = 0;
    size_t failed = 0;
    size_t len;
    char *content = read_test_file(TESTS_DIR "/acts.test", &len);
    struct slice rest = {content, len};
    (void)state;
    for (; next_act(&rest, &one); acts++)
        failed += count_failures(&one);
    print_message("%zu acts\n", acts);
    assert_int_equal(failed, 0);
    assert_true(acts >= FEWEST_ACTS);
    free(content);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_act_is_read)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

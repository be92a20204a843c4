#include <float.h>
#include <limits.h>
#include <math.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/date.h"
#include "base/json_reader.h"
#include "base/json_writer.h"
#include "base/memory.h"
#include "base/sha256.h"
#include "base/slice.h"
#include "base/status.h"
#include "base/utf8.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static void assert_slice(struct slice actual, const char *expected)
{
    assert_int_equal(actual.len, strlen(expected));
    if (actual.len)
        assert_memory_equal(actual.bytes, expected, actual.len);
}

/* --- status ------------------------------------------------------------------------------------------------- */

static void every_status_has_a_name_of_its_own(void **state)
{
    (void)state;
    for (enum delib_status a = DELIB_OK; a <= DELIB_BUG; a++) {
        assert_string_not_equal(delib_status_name(a), "unknown");
        for (enum delib_status b = DELIB_OK; b < a; b++)
            assert_string_not_equal(delib_status_name(a), delib_status_name(b));
    }
    assert_string_equal(delib_status_name((enum delib_status)1000), "unknown");
}

static void errors_carry_status_message_and_context(void **state)
{
    (void)state;
    struct delib_error error = {0};
    assert_int_equal(delib_fail(NULL, DELIB_IO, "no %s", "matter"), DELIB_IO);
    assert_int_equal(delib_fail(&error, DELIB_IO, "disk %d full", 3), DELIB_IO);
    assert_int_equal(delib_fail_in(&error, "archive"), DELIB_IO);
    assert_string_equal(error.message, "archive: disk 3 full");
    assert_int_equal(error.status, DELIB_IO);
}

static void long_error_messages_are_cut(void **state)
{
    (void)state;
    struct delib_error error = {0};
    char context[2 * DELIB_MESSAGE_BYTES];
    memset(context, 'x', sizeof context - 1);
    context[sizeof context - 1] = '\0';
    delib_fail(&error, DELIB_BUG, "%s", context);
    assert_int_equal(strlen(error.message), DELIB_MESSAGE_BYTES - 1);
    delib_fail_in(&error, context);
    assert_int_equal(strlen(error.message), DELIB_MESSAGE_BYTES - 1);
    assert_int_equal(error.status, DELIB_BUG);
}

/* --- memory ------------------------------------------------------------------------------------------------- */

static void memory_is_zeroed_resized_and_copied(void **state)
{
    (void)state;
    char *block = memory_alloc(1000);
    for (size_t i = 0; i < 1000; i++)
        assert_int_equal(block[i], 0);
    block[999] = 'x';
    block = memory_resize(block, 2000, 2);
    assert_int_equal(block[999], 'x');
    free(block);
    free(memory_alloc(0));
    free(memory_resize(NULL, 0, 8));
    char *copy = memory_dup("abc", 2);
    assert_string_equal(copy, "ab");
    free(copy);
    copy = memory_dup(NULL, 0);
    assert_string_equal(copy, "");
    free(copy);
}

/* Runs `body` in a child; its wait status. */
static int ended_in_child(void (*body)(void))
{
    pid_t child = fork();
    if (child == 0) {
        body();
        _exit(0);
    }
    int ended = 0;
    assert_int_equal(waitpid(child, &ended, 0), child);
    return ended;
}

static void resize_over_the_largest_size(void)
{
    close(STDERR_FILENO);
    memory_set_exit("test", 77);
    free(memory_resize(NULL, SIZE_MAX / 2, 3));
}

static void reserve_over_the_largest_size(void)
{
    struct buffer buffer = {0};
    close(STDERR_FILENO);
    memory_set_exit("test", 77);
    buffer_reserve(&buffer, SIZE_MAX - 10);
}

static void arena_over_the_largest_size(void)
{
    close(STDERR_FILENO);
    memory_set_exit("test", 77);
    arena_alloc(arena_new(), SIZE_MAX - 3);
}

static void sizes_that_overflow_end_the_program(void **state)
{
    (void)state;
    void (*bodies[])(void) = {resize_over_the_largest_size, reserve_over_the_largest_size, arena_over_the_largest_size};
    for (size_t i = 0; i < COUNT(bodies); i++) {
        int ended = ended_in_child(bodies[i]);
        assert_true(WIFEXITED(ended));
        assert_int_equal(WEXITSTATUS(ended), 77);
    }
}

static void running_out_of_memory_says_so(void **state)
{
    (void)state;
    int said[2];
    char message[256] = "";
    assert_int_equal(pipe(said), 0);
    pid_t child = fork();
    if (child == 0) {
        dup2(said[1], STDERR_FILENO);
        memory_set_exit("delib-test", 5);
        memory_exhausted();
    }
    close(said[1]);
    size_t len = 0;
    for (ssize_t more; (more = read(said[0], message + len, sizeof message - 1 - len)) > 0;)
        len += (size_t)more;
    close(said[0]);
    int ended = 0;
    waitpid(child, &ended, 0);
    assert_int_equal(WEXITSTATUS(ended), 5);
    assert_int_equal(strncmp(message, "delib-test: out of memory", 25), 0);
    assert_int_equal(message[len - 1], '\n');
}

/* --- slices ------------------------------------------------------------------------------------------------- */

static void slices_compare_by_bytes(void **state)
{
    (void)state;
    struct slice none = {NULL, 0};
    assert_true(slice_equal(none, SLICE("")));
    assert_true(slice_equal(slice_of(NULL), none));
    assert_true(slice_equal(SLICE("a\0b"), SLICE("a\0b")));
    assert_false(slice_equal(SLICE("a\0b"), SLICE("a\0c")));
    assert_false(slice_equal(SLICE("a"), SLICE("ab")));
    assert_true(slice_compare(SLICE("a"), SLICE("ab")) < 0);
    assert_true(slice_compare(SLICE("b"), SLICE("ab")) > 0);
    assert_true(slice_compare(SLICE("\x7f"), SLICE("\x80")) < 0);
    assert_true(slice_compare(none, SLICE("a")) < 0);
    assert_int_equal(slice_compare(SLICE("ab"), SLICE("ab")), 0);
    assert_int_equal(slice_compare(none, none), 0);
}

static void slices_start_end_and_are_cut(void **state)
{
    (void)state;
    struct slice text = SLICE("commune");
    assert_true(slice_starts(text, SLICE("com")));
    assert_true(slice_starts(text, SLICE("")));
    assert_false(slice_starts(text, SLICE("communes")));
    assert_true(slice_ends(text, SLICE("une")));
    assert_true(slice_ends(text, text));
    assert_false(slice_ends(text, SLICE("uns")));
    assert_false(slice_ends(SLICE("e"), SLICE("ne")));
    assert_slice(slice_skip(text, 3), "mune");
    assert_slice(slice_skip(text, 7), "");
    assert_slice(slice_skip(text, 8), "");
    assert_slice(slice_skip((struct slice){NULL, 0}, 1), "");
    assert_slice(slice_range(text, 1, 3), "om");
    assert_slice(slice_range(text, 5, 100), "ne");
    assert_slice(slice_range(text, 3, 3), "");
    assert_slice(slice_range(text, 4, 3), "");
    assert_slice(slice_range(text, 100, 200), "");
}

static void slices_are_trimmed_of_ascii_space(void **state)
{
    (void)state;
    assert_slice(slice_trim(SLICE(" \t\r\n\v\f le budget \n")), "le budget");
    assert_slice(slice_trim(SLICE(" \n ")), "");
    assert_slice(slice_trim(SLICE("")), "");
    assert_slice(slice_trim(SLICE("\xc2\xa0x")), "\xc2\xa0x"); /* NBSP is not ASCII */
}

static void slices_are_searched(void **state)
{
    (void)state;
    struct slice text = SLICE("le conseil le vote");
    assert_int_equal(slice_find(text, SLICE("le")), 0);
    assert_int_equal(slice_find_from(text, SLICE("le"), 1), 11);
    assert_int_equal(slice_find_from(text, SLICE("le"), 12), SLICE_NONE);
    assert_int_equal(slice_find(text, SLICE("votes")), SLICE_NONE);
    assert_int_equal(slice_find(text, text), 0);
    assert_int_equal(slice_find(text, SLICE("")), 0);
    assert_int_equal(slice_find_from(text, SLICE(""), text.len), text.len);
    assert_int_equal(slice_find_from(text, SLICE(""), text.len + 1), SLICE_NONE);
    assert_int_equal(slice_find((struct slice){NULL, 0}, SLICE("a")), SLICE_NONE);
    assert_int_equal(slice_find(SLICE("a\0b"), SLICE("\0b")), 1);
    assert_int_equal(slice_find_byte(text, ' ', 0), 2);
    assert_int_equal(slice_find_byte(text, ' ', 3), 10);
    assert_int_equal(slice_find_byte(text, 'z', 0), SLICE_NONE);
    assert_int_equal(slice_find_byte(text, 'l', 100), SLICE_NONE);
}

static void lines_end_in_lf_or_crlf(void **state)
{
    (void)state;
    static const char *const expected[] = {"un", "deux\rbis", "", "", "trois"};
    struct slice rest = SLICE("un\r\ndeux\rbis\n\n\r\ntrois"), line;
    for (size_t i = 0; i < COUNT(expected); i++) {
        assert_true(slice_next_line(&rest, &line));
        assert_slice(line, expected[i]);
    }
    assert_false(slice_next_line(&rest, &line));
    rest = SLICE("fin\n");
    assert_true(slice_next_line(&rest, &line));
    assert_false(slice_next_line(&rest, &line));
}

/* --- buffers ------------------------------------------------------------------------------------------------ */

static void buffers_grow_and_end_in_nul(void **state)
{
    (void)state;
    struct buffer buffer = {0};
    assert_int_equal(buffer_get(&buffer).len, 0);
    buffer_add(&buffer, NULL, 0);
    assert_string_equal(buffer.bytes, "");
    for (int i = 0; i < 10000; i++) {
        buffer_add_byte(&buffer, (char)('a' + i % 26));
        assert_int_equal(buffer.bytes[buffer.len], '\0');
    }
    assert_int_equal(buffer.len, 10000);
    for (size_t i = 0; i < 10000; i++)
        assert_int_equal(buffer.bytes[i], 'a' + (int)(i % 26));
    buffer_clear(&buffer);
    assert_string_equal(buffer.bytes, "");
    buffer_add_slice(&buffer, SLICE("a\0b"));
    buffer_add_string(&buffer, "c");
    assert_int_equal(buffer.len, 4);
    assert_memory_equal(buffer.bytes, "a\0bc", 5);
    buffer_free(&buffer);
    assert_null(buffer.bytes);
    buffer_clear(&buffer);
    buffer_free(&buffer);
}

static void buffers_are_printed_into(void **state)
{
    (void)state;
    struct buffer buffer = {0};
    buffer_printf(&buffer, "%s", "");
    assert_int_equal(buffer.len, 0);
    buffer_printf(&buffer, "%d/%s;", 7, "x");
    buffer_printf(&buffer, "%1000d", 1);
    assert_int_equal(buffer.len, 1004);
    assert_memory_equal(buffer.bytes, "7/x; ", 5);
    assert_string_equal(buffer.bytes + 1003, "1");
    buffer_free(&buffer);
}

static void detached_bytes_are_the_callers(void **state)
{
    (void)state;
    struct buffer buffer = {0};
    char *bytes = buffer_detach(&buffer);
    assert_string_equal(bytes, "");
    free(bytes);
    buffer_add_string(&buffer, "texte");
    bytes = buffer_detach(&buffer);
    assert_int_equal(buffer.len, 0);
    buffer_add_string(&buffer, "autre");
    assert_string_equal(bytes, "texte");
    free(bytes);
    buffer_free(&buffer);
}

/* --- arenas ------------------------------------------------------------------------------------------------- */

static void assert_zeroed_and_aligned(const char *block, size_t size_bytes)
{
    assert_int_equal((uintptr_t)block % _Alignof(max_align_t), 0);
    for (size_t i = 0; i < size_bytes; i++)
        assert_int_equal(block[i], 0);
}

/* Sizes below and above an arena's block, again after a reset. */
static void arena_blocks_are_zeroed_and_aligned(void **state)
{
    (void)state;
    static const size_t sizes[] = {1, 3, 0, 17, 60000, 8000, 200000, 5, 65536};
    struct arena *arena = arena_new();
    for (int round = 0; round < 3; round++) {
        for (size_t i = 0; i < COUNT(sizes); i++) {
            char *block = arena_alloc(arena, sizes[i]);
            assert_zeroed_and_aligned(block, sizes[i]);
            memset(block, 0xEE, sizes[i]);
        }
        arena_reset(arena);
    }
    arena_free(arena);
    arena_free(NULL);
}

static void an_arena_goes_back_to_a_mark(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct slice kept = arena_copy(arena, SLICE("kept"));
    struct arena_mark mark = arena_mark(arena);
    char *first = arena_alloc(arena, 100);
    for (int round = 0; round < 3; round++) {
        memset(first, 0xEE, 100);
        memset(arena_alloc(arena, 200000), 0xEE, 200000);
        arena_rewind(arena, mark);
        assert_ptr_equal(arena_alloc(arena, 100), first);
        assert_zeroed_and_aligned(first, 100);
    }
    assert_memory_equal(kept.bytes, "kept", 4);
    arena_free(arena);
}

static void arena_copies_and_prints(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct slice copy = arena_copy(arena, SLICE("a\0b"));
    assert_int_equal(copy.len, 3);
    assert_memory_equal(copy.bytes, "a\0b", 4);
    assert_slice(arena_copy(arena, (struct slice){NULL, 0}), "");
    assert_string_equal(arena_string(arena, SLICE("mot")), "mot");
    assert_string_equal(arena_printf(arena, "%04d-%s", 12, "x"), "0012-x");
    assert_string_equal(arena_printf(arena, "%s", ""), "");
    assert_int_equal(strlen(arena_printf(arena, "%100000d", 1)), 100000);
    arena_free(arena);
}

static void arena_arrays_keep_their_elements_while_they_grow(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    uint64_t *numbers = NULL;
    for (size_t count = 0; count < 5000; count++) {
        numbers = arena_grow(arena, numbers, count, sizeof *numbers);
        numbers[count] = count * count;
    }
    for (size_t i = 0; i < 5000; i++)
        assert_int_equal(numbers[i], i * i);
    arena_free(arena);
}

/* --- UTF-8 -------------------------------------------------------------------------------------------------- */

static bool is_scalar(int32_t code_point)
{
    return code_point < 0xD800 || code_point > 0xDFFF;
}

static void every_code_point_is_encoded_and_decoded(void **state)
{
    (void)state;
    for (int32_t code_point = 0; code_point <= 0x10FFFF; code_point++) {
        if (!is_scalar(code_point))
            continue;
        char bytes[UTF8_MAX_BYTES];
        size_t len = utf8_encode(code_point, bytes), size = 0;
        struct slice text = {bytes, len};
        if (utf8_decode(text, 0, &size) != code_point || size != len || !utf8_is_valid(text) || utf8_count(text) != 1)
            fail_msg("U+%04X", (unsigned)code_point);
    }
}

static void malformed_utf8_is_seen_byte_by_byte(void **state)
{
    (void)state;
    static const char *const rows[] = {
        "\x80",             /* a continuation alone */
        "\xBF\xBF",         /* two */
        "\xC3",             /* cut after the first byte */
        "\xE2\x82",         /* cut after the second */
        "\xF0\x9F\x98",     /* cut after the third */
        "\xC3(",            /* not followed by a continuation */
        "\xE2\x82(",        /* same, later */
        "\xC0\x80",         /* overlong NUL */
        "\xC1\xBF",         /* overlong DEL */
        "\xE0\x9F\xBF",     /* overlong, three bytes */
        "\xF0\x8F\xBF\xBF", /* overlong, four bytes */
        "\xED\xA0\x80",     /* surrogate */
        "\xED\xBF\xBF",     /* surrogate */
        "\xF4\x90\x80\x80", /* past U+10FFFF */
        "\xF5\x80\x80\x80", /* never */
        "\xFE",             /* never */
        "\xFF\xFF",         /* never */
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct slice text = slice_of(rows[i]);
        size_t size = 0;
        assert_int_equal(utf8_decode(text, 0, &size), UTF8_REPLACEMENT);
        assert_int_equal(size, 1);
        assert_false(utf8_is_valid(text));
    }
    assert_false(utf8_is_valid(SLICE("bon\xE9")));
    assert_true(utf8_is_valid(SLICE("")));
    assert_true(utf8_is_valid(SLICE("\xEF\xBF\xBD"))); /* U+FFFD itself */
    assert_true(utf8_is_valid(SLICE("d\xC3\xA9lib\xC3\xA9r\xC3\xA9 \xE2\x82\xAC \xF0\x9F\x98\x80\0")));
}

static void code_points_are_walked_backwards(void **state)
{
    (void)state;
    struct slice text = SLICE("a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80z");
    static const size_t starts[] = {10, 6, 3, 1, 0};
    size_t offset = text.len;
    for (size_t i = 0; i < COUNT(starts); i++) {
        offset = utf8_previous(text, offset);
        assert_int_equal(offset, starts[i]);
    }
    struct slice malformed = SLICE("\x80\x80\x80\x80\x80\x80");
    for (offset = malformed.len; offset > 0; offset--)
        assert_int_equal(utf8_previous(malformed, offset), offset - 1);
}

static void code_points_have_their_kind(void **state)
{
    (void)state;
    static const struct {
        int32_t code_point;
        bool letter, mark, digit, upper, lower, space;
    } rows[] = {
        {'a', .letter = true, .lower = true},
        {'Z', .letter = true, .upper = true},
        {'@', .letter = false},
        {'[', .letter = false},
        {'0', .digit = true},
        {'9', .digit = true},
        {'/', .digit = false},
        {':', .digit = false},
        {' ', .space = true},
        {'\f', .space = true},
        {0xA0, .space = true},   /* NBSP */
        {0x202F, .space = true}, /* narrow NBSP */
        {0x2028, .space = true}, /* line separator */
        {0x200B, .space = false},
        {0xE9, .letter = true, .lower = true},   /* é */
        {0xC9, .letter = true, .upper = true},   /* É */
        {0x152, .letter = true, .upper = true},  /* Œ */
        {0xAA, .letter = true},                  /* ª */
        {0x301, .mark = true},                   /* combining acute */
        {0x661, .digit = true},                  /* Arabic one */
        {0xBD, .digit = false},                  /* ½ */
        {0x4E2D, .letter = true},                /* 中 */
        {0x1D400, .letter = true, .upper = true} /* mathematical A */
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        int32_t code_point = rows[i].code_point;
        assert_int_equal(utf8_is_letter(code_point), rows[i].letter);
        assert_int_equal(utf8_is_mark(code_point), rows[i].mark);
        assert_int_equal(utf8_is_digit(code_point), rows[i].digit);
        assert_int_equal(utf8_is_upper(code_point), rows[i].upper);
        assert_int_equal(utf8_is_lower(code_point), rows[i].lower);
        assert_int_equal(utf8_is_space(code_point), rows[i].space);
    }
}

static void code_points_change_case(void **state)
{
    (void)state;
    static const struct {
        int32_t upper, lower;
    } rows[] = {{'A', 'a'}, {'Z', 'z'}, {0xC9, 0xE9}, {0x152, 0x153}, {'5', '5'}, {'[', '['}, {0x20AC, 0x20AC}};
    for (size_t i = 0; i < COUNT(rows); i++) {
        assert_int_equal(utf8_to_lower(rows[i].upper), rows[i].lower);
        assert_int_equal(utf8_to_lower(rows[i].lower), rows[i].lower);
        assert_int_equal(utf8_to_upper(rows[i].lower), rows[i].upper);
        assert_int_equal(utf8_to_upper(rows[i].upper), rows[i].upper);
    }
}

static void text_is_made_safe_to_show(void **state)
{
    (void)state;
    static const struct {
        struct slice raw;
        const char *clean;
    } rows[] = {
        {{"", 0}, ""},
        {{"d\xC3\xA9j\xC3\xA0", 6}, "d\xC3\xA9j\xC3\xA0"},
        {{"\x1b[31m", 5}, " [31m"},
        {{"a\0b", 3}, "a b"},
        {{"\t\n\f\r\v\x7f", 6}, "\t\n\f   "},
        {{"\xC2\x9B"
          "1m",
          4},
         " 1m"}, /* the escape sequence's other form */
        {{"\xE9t\xE9", 3}, "\xEF\xBF\xBDt\xEF\xBF\xBD"},
        {{"\xED\xA0\x80", 3}, "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"},
        {{"x\xE2\x82", 3}, "x\xEF\xBF\xBD\xEF\xBF\xBD"},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct buffer buffer = {0};
        buffer_add_string(&buffer, "|");
        utf8_add_clean(&buffer, rows[i].raw);
        assert_string_equal(buffer.bytes + 1, rows[i].clean);
        assert_true(utf8_is_valid(buffer_get(&buffer)));
        buffer_free(&buffer);
    }
}

/* --- SHA-256 ------------------------------------------------------------------------------------------------ */

static void contents_are_hashed(void **state)
{
    (void)state;
    assert_string_equal(sha256_of(SLICE("abc")).hex,
                        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_string_equal(sha256_of((struct slice){NULL, 0}).hex,
                        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assert_string_not_equal(sha256_of(SLICE("a\0b")).hex, sha256_of(SLICE("a\0c")).hex);
}

/* --- JSON --------------------------------------------------------------------------------------------------- */

static enum delib_status read_json(struct json_value **out, struct arena *arena, const char *text)
{
    struct delib_error error;
    return json_read(out, arena, slice_of(text), &error);
}

static void json_is_read_into_a_tree(void **state)
{
    struct arena *arena = arena_new();
    struct json_value *root = NULL;
    (void)state;
    assert_int_equal(
        read_json(&root, arena,
                  " {\"a\": [1, -2.5e1, true, null, \"x\"],\n \"b\":{\"c\":\"\\u00e9\\ud83d\\ude00\\n\"}} "),
        DELIB_OK);
    const struct json_value *item = json_member(root, "a")->first;
    assert_int_equal(item->integer, 1);
    item = item->next;
    assert_int_equal(item->kind, JSON_REAL);
    assert_true(item->real < -24.9 && item->real > -25.1);
    assert_int_equal(item->next->kind, JSON_TRUE);
    assert_int_equal(item->next->next->kind, JSON_NULL);
    assert_true(slice_equal(item->next->next->next->string, SLICE("x")));
    assert_null(item->next->next->next->next);
    assert_true(slice_equal(json_member(json_member(root, "b"), "c")->string, SLICE("é\xF0\x9F\x98\x80\n")));
    assert_null(json_member(root, "c"));
    assert_null(json_member(item, "a"));
    arena_free(arena);
}

static void what_is_no_json_is_refused(void **state)
{
    static const char *const wrong[] = {
        "",
        "1",
        "\"a\"",
        "{",
        "[1",
        "[1,]",
        "{\"a\":1,}",
        "[1 2]",
        "{\"a\" 1}",
        "{a:1}",
        "{\"a\":1}x",
        "[01]",
        "[1.]",
        "[.5]",
        "[1e]",
        "[-]",
        "[+1]",
        "[nul]",
        "[\"a]",
        "[\"\\x\"]",
        "[\"\\u12\"]",
        "[\"\t\"]",
        "[\"\\u0000\"]",
        "[\"\\ud800\"]",
        "[\"\xC3\"]",
        "[\"\xED\xA0\x80\"]",
        "{\"a\":1,\"a\":2}",
        "[1e999]",
    };
    struct arena *arena = arena_new();
    struct json_value *root = NULL;
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        if (read_json(&root, arena, wrong[i]) != DELIB_INVALID)
            fail_msg("taken for JSON: %s", wrong[i]);
    arena_free(arena);
}

static void nesting_and_members_of_json_are_without_end_but_bounded(void **state)
{
    struct arena *arena = arena_new();
    struct buffer text = {0};
    struct json_value *root = NULL;
    (void)state;
    for (int depth = 0; depth <= JSON_DEPTH_MOST; depth++)
        buffer_add_byte(&text, '[');
    assert_int_equal(read_json(&root, arena, text.bytes), DELIB_INVALID);
    buffer_clear(&text);
    buffer_add_byte(&text, '{');
    for (unsigned i = 0; i < 1000; i++)
        buffer_printf(&text, "\"m%u\":%u,", i, i);
    buffer_add_string(&text, "\"last\":0}");
    assert_int_equal(read_json(&root, arena, text.bytes), DELIB_OK);
    assert_int_equal(json_member(root, "m999")->integer, 999);
    text.len -= strlen("\"last\":0}");
    buffer_add_string(&text, "\"m500\":0}");
    assert_int_equal(read_json(&root, arena, text.bytes), DELIB_INVALID);
    buffer_free(&text);
    arena_free(arena);
}

static void assert_json(struct buffer *out, const char *expected)
{
    assert_string_equal(out->bytes, expected);
    buffer_free(out);
}

static void json_puts_in_the_commas(void **state)
{
    (void)state;
    struct buffer out = {0};
    struct json_writer json = json_writer_to(&out, 0);
    json_begin_object(&json);
    json_write_key(&json, "a");
    json_write_integer(&json, 1);
    json_write_key(&json, "b");
    json_begin_array(&json);
    json_write_boolean(&json, true);
    json_begin_object(&json);
    json_end_object(&json);
    json_begin_array(&json);
    json_end_array(&json);
    json_write_null(&json);
    json_end_array(&json);
    json_write_key(&json, "c");
    json_write_text(&json, NULL);
    json_write_key(&json, "d");
    json_write_text(&json, "x");
    json_end_object(&json);
    assert_json(&out, "{\"a\":1,\"b\":[true,{},[],null],\"c\":null,\"d\":\"x\"}");
}

static void json_is_indented(void **state)
{
    (void)state;
    struct buffer out = {0};
    struct json_writer json = json_writer_to(&out, 2);
    json_begin_object(&json);
    json_write_key(&json, "a");
    json_begin_array(&json);
    json_write_integer(&json, 1);
    json_write_integer(&json, 2);
    json_end_array(&json);
    json_write_key(&json, "b");
    json_begin_array(&json);
    json_end_array(&json);
    json_end_object(&json);
    assert_json(&out, "{\n  \"a\": [\n    1,\n    2\n  ],\n  \"b\": []\n}");
}

static void json_strings_are_escaped_and_cleaned(void **state)
{
    (void)state;
    static const struct {
        struct slice raw;
        const char *json;
    } rows[] = {
        {{NULL, 0}, "\"\""},
        {{"a\"b\\c/", 6}, "\"a\\\"b\\\\c/\""},
        {{"a\nb\tc\fd", 7}, "\"a\\nb\\tc\\u000cd\""},
        {{"\x01\0\r\x7f", 4}, "\"    \""},
        {{"\xE9", 1}, "\"\xEF\xBF\xBD\""},
        {{"\xE2\x82\xAC \xF0\x9F\x98\x80", 8}, "\"\xE2\x82\xAC \xF0\x9F\x98\x80\""},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct buffer out = {0};
        struct json_writer json = json_writer_to(&out, 0);
        json_write_string(&json, rows[i].raw);
        assert_json(&out, rows[i].json);
    }
    struct buffer out = {0};
    struct json_writer json = json_writer_to(&out, 0);
    json_begin_object(&json);
    json_write_key(&json, "a\"b");
    json_write_boolean(&json, false);
    json_end_object(&json);
    assert_json(&out, "{\"a\\\"b\":false}");
}

static void json_numbers_read_back_the_same(void **state)
{
    (void)state;
    static const double numbers[] = {0.1, 1.0 / 3, 1e300, 5e-324, DBL_MAX, DBL_MIN, 123456789.125, -2.5, 1e21};
    for (size_t i = 0; i < COUNT(numbers); i++) {
        struct buffer out = {0};
        struct json_writer json = json_writer_to(&out, 0);
        json_write_number(&json, numbers[i]);
        assert_true(strtod(out.bytes, NULL) == numbers[i]);
        buffer_free(&out);
    }
    static const struct {
        double value;
        const char *json;
    } rows[] = {{0, "0"}, {0.1, "0.1"}, {12, "12"}, {NAN, "null"}, {INFINITY, "null"}, {-INFINITY, "null"}};
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct buffer out = {0};
        struct json_writer json = json_writer_to(&out, 0);
        json_write_number(&json, rows[i].value);
        assert_json(&out, rows[i].json);
    }
}

static void json_integers_of_any_size(void **state)
{
    (void)state;
    struct buffer out = {0};
    struct json_writer json = json_writer_to(&out, 0);
    json_begin_array(&json);
    json_write_integer(&json, LLONG_MIN);
    json_write_integer(&json, LLONG_MAX);
    json_end_array(&json);
    assert_json(&out, "[-9223372036854775808,9223372036854775807]");
}

static void nest(int levels)
{
    struct buffer out = {0};
    struct json_writer json = json_writer_to(&out, 0);
    for (int i = 0; i < levels; i++)
        json_begin_array(&json);
    for (int i = 0; i < levels; i++)
        json_end_array(&json);
    assert_int_equal(out.len, 2 * levels);
    buffer_free(&out);
}

static void nest_too_deep(void)
{
    signal(SIGABRT, SIG_DFL);
    nest(JSON_MAX_DEPTH + 1);
}

static void json_nests_up_to_its_limit(void **state)
{
    (void)state;
    nest(JSON_MAX_DEPTH);
    int ended = ended_in_child(nest_too_deep);
    assert_true(WIFSIGNALED(ended));
    assert_int_equal(WTERMSIG(ended), SIGABRT);
}

/* --- dates -------------------------------------------------------------------------------------------------- */

static void days_that_exist(void **state)
{
    (void)state;
    static const struct {
        int year, month, day;
        date_yyyymmdd date;
    } rows[] = {
        {2019, 9, 30, 20190930}, {2024, 2, 29, 20240229},  {2023, 2, 29, 0},         {2000, 2, 29, 20000229},
        {1900, 2, 29, 0},        {2019, 4, 31, 0},         {2019, 12, 31, 20191231}, {2019, 13, 1, 0},
        {2019, 0, 1, 0},         {2019, 1, 0, 0},          {2019, 1, 32, 0},         {1790, 1, 1, 17900101},
        {1789, 12, 31, 0},       {2099, 12, 31, 20991231}, {2100, 1, 1, 0},          {-1, 1, 1, 0},
        {INT_MAX, 1, 1, 0},      {2019, INT_MIN, 1, 0},    {2019, 1, INT_MAX, 0},
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_int_equal(date_make(rows[i].year, rows[i].month, rows[i].day), rows[i].date);
    assert_int_equal(date_year(20190930), 2019);
    assert_int_equal(date_month(20190930), 9);
    assert_int_equal(date_day(20190930), 30);
}

static void weekdays_and_distances_follow_the_calendar(void **state)
{
    (void)state;
    assert_int_equal(date_weekday(19000101), 1); /* a Monday */
    assert_int_equal(date_weekday(20240229), 4);
    assert_int_equal(date_weekday(17900714), 3); /* the Fête de la Fédération, a Wednesday */
    assert_int_equal(date_days_between(20230101, 20240101), 365);
    assert_int_equal(date_days_between(20240101, 20250101), 366);
    assert_int_equal(date_days_between(20240301, 20240228), -2);
    int days = 0;
    date_yyyymmdd first = date_make(DATE_FIRST_YEAR, 1, 1), previous = 0;
    for (int year = DATE_FIRST_YEAR; year <= DATE_LAST_YEAR; year++)
        for (int month_day = 101; month_day <= 1231; month_day++) {
            date_yyyymmdd date = date_make(year, month_day / 100, month_day % 100);
            if (!date)
                continue;
            assert_int_equal(date_days_between(first, date), days++);
            if (previous)
                assert_int_equal(date_weekday(date), date_weekday(previous) % 7 + 1);
            previous = date;
        }
    assert_int_equal(days, 310 * 365 + 75); /* leap years: one in four but 1800 and 1900 */
}

static void iso_days_are_read_and_written(void **state)
{
    (void)state;
    static const char *const not_days[] = {"",           "2019-09-3",  "2019-09-300", "2019/09/30", "2019-9-30 ",
                                           "2019-02-29", "20190930",   "abcd-ef-gh",  "2019-09-3x", "-019-09-30",
                                           "0000-00-00", "2019-00-10", "2019-09-00",  " 2019-9-30", "+019-09-30"};
    for (size_t i = 0; i < COUNT(not_days); i++)
        assert_int_equal(date_parse_iso(slice_of(not_days[i])), 0);
    assert_int_equal(date_parse_iso(SLICE("2019-09-30")), 20190930);
    assert_int_equal(date_parse_iso((struct slice){"2019-09-30suite", 10}), 20190930);
    char text[DATE_ISO_BYTES];
    assert_string_equal(date_format_iso(20190930, text), "2019-09-30");
    assert_string_equal(date_format_iso(17900101, text), "1790-01-01");
    assert_string_equal(date_format_iso(0, text), "0000-00-00");
}

static void periods_are_days_months_or_years(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        date_yyyymmdd first, last;
    } rows[] = {
        {"2019-09-30", 20190930, 20190930}, {"2019-09", 20190901, 20190930}, {"2024-02", 20240201, 20240229},
        {"2023-02", 20230201, 20230228},    {"2019-12", 20191201, 20191231}, {"2019", 20190101, 20191231},
    };
    date_yyyymmdd first = 0, last = 0;
    for (size_t i = 0; i < COUNT(rows); i++) {
        assert_true(date_parse_period(slice_of(rows[i].text), &first, &last));
        assert_int_equal(first, rows[i].first);
        assert_int_equal(last, rows[i].last);
    }
    static const char *const not_periods[] = {"",     "201",     "2019-",   "2019-13",    "2019-00", "2019/09",
                                              "1789", "2019-1x", "x019-01", "2019-02-30", "2100",    "20199"};
    for (size_t i = 0; i < COUNT(not_periods); i++)
        assert_false(date_parse_period(slice_of(not_periods[i]), &first, &last));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_status_has_a_name_of_its_own),
        cmocka_unit_test(errors_carry_status_message_and_context),
        cmocka_unit_test(long_error_messages_are_cut),
        cmocka_unit_test(memory_is_zeroed_resized_and_copied),
        cmocka_unit_test(sizes_that_overflow_end_the_program),
        cmocka_unit_test(running_out_of_memory_says_so),
        cmocka_unit_test(slices_compare_by_bytes),
        cmocka_unit_test(slices_start_end_and_are_cut),
        cmocka_unit_test(slices_are_trimmed_of_ascii_space),
        cmocka_unit_test(slices_are_searched),
        cmocka_unit_test(lines_end_in_lf_or_crlf),
        cmocka_unit_test(buffers_grow_and_end_in_nul),
        cmocka_unit_test(buffers_are_printed_into),
        cmocka_unit_test(detached_bytes_are_the_callers),
        cmocka_unit_test(arena_blocks_are_zeroed_and_aligned),
        cmocka_unit_test(an_arena_goes_back_to_a_mark),
        cmocka_unit_test(arena_copies_and_prints),
        cmocka_unit_test(arena_arrays_keep_their_elements_while_they_grow),
        cmocka_unit_test(every_code_point_is_encoded_and_decoded),
        cmocka_unit_test(malformed_utf8_is_seen_byte_by_byte),
        cmocka_unit_test(code_points_are_walked_backwards),
        cmocka_unit_test(code_points_have_their_kind),
        cmocka_unit_test(code_points_change_case),
        cmocka_unit_test(text_is_made_safe_to_show),
        cmocka_unit_test(contents_are_hashed),
        cmocka_unit_test(json_puts_in_the_commas),
        cmocka_unit_test(json_is_read_into_a_tree),
        cmocka_unit_test(what_is_no_json_is_refused),
        cmocka_unit_test(nesting_and_members_of_json_are_without_end_but_bounded),
        cmocka_unit_test(json_is_indented),
        cmocka_unit_test(json_strings_are_escaped_and_cleaned),
        cmocka_unit_test(json_numbers_read_back_the_same),
        cmocka_unit_test(json_integers_of_any_size),
        cmocka_unit_test(json_nests_up_to_its_limit),
        cmocka_unit_test(days_that_exist),
        cmocka_unit_test(weekdays_and_distances_follow_the_calendar),
        cmocka_unit_test(iso_days_are_read_and_written),
        cmocka_unit_test(periods_are_days_months_or_years),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Runs tests/french.test: what the words of a text are found by. The head of that file tells how to add a case. */
#include "test_file.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "french/stem.h"
#include "french/stopwords.h"
#include "french/tokens.h"

enum { MAX_WORDS = 400 };

struct word {
    struct slice written; /* what of the text it stands for */
    struct slice form;
    struct slice stem;
    uint32_t position;
    bool alternate;
    bool part;
};

struct words {
    struct word items[MAX_WORDS];
    size_t count;
};

struct runner {
    struct arena *arena;
    struct tokeniser *tokeniser;
    struct stemmer *stemmer;
};

static void read_words(struct runner *runner, struct words *out, struct slice text)
{
    struct token token;
    out->count = 0;
    tokeniser_begin(runner->tokeniser, text);
    while (out->count < MAX_WORDS && tokeniser_next(runner->tokeniser, &token))
        out->items[out->count++] = (struct word){
            .written = slice_range(text, token.start_bytes, token.end_bytes),
            .form = arena_copy(runner->arena, token.form),
            .stem = arena_copy(runner->arena, stemmer_stem(runner->stemmer, token.form)),
            .position = token.position,
            .alternate = token.alternate,
            .part = token.part,
        };
}

/* Whether the question's word at place `q` stands in the text at `position` (any position when UINT32_MAX). */
static bool stands_at(const struct words *text, const struct words *question, uint32_t q, uint32_t position)
{
    for (size_t i = 0; i < question->count; i++) {
        if (question->items[i].position != q)
            continue;
        for (size_t j = 0; j < text->count; j++)
            if ((position == UINT32_MAX || text->items[j].position == position) &&
                slice_equal(text->items[j].stem, question->items[i].stem))
                return true;
    }
    return false;
}

static bool is_phrase_at(const struct words *text, const struct words *question, uint32_t places, uint32_t position)
{
    for (uint32_t q = 0; q < places; q++)
        if (!stands_at(text, question, q, position + q))
            return false;
    return true;
}

/* The places of a phrase, or of one written word, one after the other. */
static bool finds_phrase(struct runner *runner, const struct words *text, struct slice phrase)
{
    struct words question;
    read_words(runner, &question, phrase);
    uint32_t places = question.count > 0 ? question.items[question.count - 1].position + 1 : 0;
    uint32_t last = text->count > 0 ? text->items[text->count - 1].position : 0;
    for (uint32_t position = 0; places > 0 && position <= last; position++)
        if (is_phrase_at(text, &question, places, position))
            return true;
    return places == 0;
}

static bool finds_form(const struct words *text, struct slice folded, bool prefix)
{
    for (size_t i = 0; i < text->count; i++)
        if (prefix ? slice_starts(text->items[i].form, folded) : slice_equal(text->items[i].form, folded))
            return true;
    return false;
}

/* =word or word* */
static bool finds_special(const struct words *text, struct slice word)
{
    struct buffer folded = {0};
    bool exact = word.bytes[0] == '=';
    fold(&folded, exact ? slice_skip(word, 1) : slice_range(word, 0, word.len - 1));
    bool found = finds_form(text, buffer_get(&folded), !exact);
    buffer_free(&folded);
    return found;
}

/* Each written word of a run of plain ones: « L. 2121-29 » and « 8 800 » are one. */
static bool finds_words(struct runner *runner, const struct words *text, struct slice run)
{
    struct words question;
    read_words(runner, &question, run);
    for (size_t first = 0, next; first < question.count; first = next) {
        next = first + 1;
        size_t last = first;
        for (; next < question.count && (question.items[next].part || question.items[next].alternate); next++)
            last = question.items[next].alternate ? last : next;
        const char *start = question.items[first].written.bytes;
        const char *end = question.items[last].written.bytes + question.items[last].written.len;
        if (!is_stopword(question.items[first].form) &&
            !finds_phrase(runner, text, (struct slice){start, (size_t)(end - start)}))
            return false;
    }
    return true;
}

static bool is_special(struct slice item)
{
    return item.len > 1 && (item.bytes[0] == '=' || item.bytes[item.len - 1] == '*');
}

/* The next item of the question: a phrase, a special word, or a run of plain words. */
static struct slice next_item(struct slice question, bool *phrase)
{
    *phrase = question.bytes[0] == '"';
    size_t end = slice_find_byte(question, *phrase ? '"' : ' ', 1);
    end = end == SLICE_NONE ? question.len : end;
    if (*phrase || is_special(slice_range(question, 0, end)))
        return slice_range(question, 0, end);
    while (end < question.len && question.bytes[end + 1] != '"') {
        size_t next = slice_find_byte(question, ' ', end + 1);
        next = next == SLICE_NONE ? question.len : next;
        if (is_special(slice_range(question, end + 1, next)))
            break;
        end = next;
    }
    return slice_range(question, 0, end);
}

/* Every word of the question is in the text; a phrase in quotation marks as such. */
static bool finds(struct runner *runner, const struct words *text, struct slice question)
{
    while ((question = slice_trim(question)).len > 0) {
        bool phrase;
        struct slice item = next_item(question, &phrase);
        bool found = phrase             ? finds_phrase(runner, text, slice_skip(item, 1))
                     : is_special(item) ? finds_special(text, item)
                                        : finds_words(runner, text, item);
        if (!found)
            return false;
        question = slice_skip(question, item.len + phrase);
    }
    return true;
}

/* `\n` stands for a line end, `\uXXXX` for a character that cannot be seen. */
static struct slice unescape(struct arena *arena, struct slice line)
{
    struct buffer out = {0};
    for (size_t at = 0; at < line.len; at++) {
        unsigned code_point = 0;
        if (line.bytes[at] != '\\' || at + 1 == line.len) {
            buffer_add_byte(&out, line.bytes[at]);
        } else if (line.bytes[at + 1] == 'n') {
            buffer_add_byte(&out, '\n');
            at++;
        } else if (sscanf(line.bytes + at, "\\u%4x", &code_point) == 1) {
            utf8_add(&out, (int32_t)code_point);
            at += 5;
        }
    }
    struct slice text = arena_copy(arena, buffer_get(&out));
    buffer_free(&out);
    return text;
}

static int expectation_of(struct slice line)
{
    if (slice_equal(line, SLICE("trouvé")) || slice_equal(line, SLICE("found")))
        return 1;
    if (slice_equal(line, SLICE("pas trouvé")) || slice_equal(line, SLICE("not found")))
        return 0;
    return -1;
}

/* The next line that is neither empty nor a comment; *number counts all lines. */
static bool next_line(struct slice *rest, struct slice *line, size_t *number)
{
    while (slice_next_line(rest, line)) {
        ++*number;
        *line = slice_trim(*line);
        if (line->len > 0 && line->bytes[0] != '#')
            return true;
    }
    return false;
}

static bool run_case(struct runner *runner, struct slice text, struct slice question, bool expected, size_t line)
{
    struct words words;
    arena_reset(runner->arena);
    read_words(runner, &words, unescape(runner->arena, text));
    bool found = finds(runner, &words, unescape(runner->arena, question));
    if (found != expected)
        print_message("french.test:%zu: « %.*s » is %sfound by « %.*s »\n", line, (int)text.len, text.bytes,
                      found ? "" : "not ", (int)question.len, question.bytes);
    return found == expected;
}

static void every_case_holds(void **state)
{
    enum { FEWEST_CASES = 150 };
    struct runner runner = {arena_new(), tokeniser_new(), stemmer_new()};
    struct slice text;
    struct slice question;
    struct slice expected;
    size_t line = 0;
    size_t cases = 0;
    size_t failed = 0;
    size_t len;
    char *content = read_test_file(TESTS_DIR "/french.test", &len);
    struct slice rest = {content, len};
    (void)state;
    while (next_line(&rest, &text, &line)) {
        bool whole = next_line(&rest, &question, &line) && next_line(&rest, &expected, &line);
        if (!whole || expectation_of(expected) < 0) {
            print_message("french.test:%zu: a case is three lines: text, question, trouvé or pas trouvé\n", line);
            fail();
        }
        failed += !run_case(&runner, text, question, expectation_of(expected) == 1, line);
        cases++;
    }
    print_message("%zu cases\n", cases);
    assert_int_equal(failed, 0);
    assert_true(cases >= FEWEST_CASES);
    free(content);
    stemmer_free(runner.stemmer);
    tokeniser_free(runner.tokeniser);
    arena_free(runner.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_case_holds)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

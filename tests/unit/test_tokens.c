/* Words of texts made at random, from a fixed seed, of all that makes French hard to cut into words: each token must
 * lie where it says, and what stands there must be the token. Plain cases are in tests/french.test. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/utf8.h"
#include "french/stem.h"
#include "french/tokens.h"

enum { TEXTS = 4000, PIECES_A_TEXT = 30, SEED = 20190930 };

static const char *const pieces[] = {
    "l’avocat",
    "d'affirmer",
    "aujourd'hui",
    "presqu'île",
    "L'ORPHELIN",
    "qu’elle",
    "cœur",
    "ŒUVRE",
    "ﬁnances",
    "ﬂeuve",
    "Ægidius",
    "straße",
    "É\xCC\x81t\xC3\xA9",
    "D E L I B E R",
    "C O N S E I L",
    "délibéra-\ntion",
    "co-\nvoiturage",
    "S.I.V.O.M.",
    "P.L.U.",
    "élu·e·s",
    "élu(e)s",
    "conseiller.ère",
    "19-09-107",
    "2013 / 12",
    "L. 2121-29",
    "8 800,50",
    "8\xC2\xA0"
    "800,00",
    "236.000",
    "n°12",
    "N° 2019/04",
    "30/09/2019",
    "Saint-Omer",
    "co­voi­turage",
    "e\xCC\x81"
    "cole",
    "100%",
    "m²",
    "1er",
    "XIXe",
    "’",
    "-",
    "·",
    "\n",
    "\f",
    " ",
    "\t",
    "«",
    "»",
    "…",
    "日本",
    "Ω",
    "\xF0\x9F\x8F\x9B",
    "a",
    "BÈS-LACAZE",
    "www.exemple.fr",
    "mairie@exemple.fr",
};
enum { PIECE_COUNT = sizeof pieces / sizeof *pieces };

static uint32_t next_random(uint32_t *state)
{
    *state = *state * UINT32_C(1664525) + UINT32_C(1013904223);
    return *state >> 8;
}

static void make_text(struct buffer *text, uint32_t *state)
{
    buffer_clear(text);
    for (int i = 0; i < PIECES_A_TEXT; i++) {
        buffer_add_string(text, pieces[next_random(state) % PIECE_COUNT]);
        if (next_random(state) % 4 > 0)
            buffer_add_byte(text, ' ');
    }
}

/* The letters and digits of a text, folded. */
static void folded_letters(struct buffer *out, struct slice text)
{
    struct buffer folded = {0};
    buffer_clear(out);
    fold(&folded, text);
    for (size_t i = 0, size; i < folded.len; i += size) {
        int32_t code_point = utf8_decode(buffer_get(&folded), i, &size);
        if (utf8_is_letter(code_point) || (code_point >= '0' && code_point <= '9'))
            buffer_add(out, folded.bytes + i, size);
    }
    buffer_free(&folded);
}

static bool is_bound(struct slice text, size_t at)
{
    return at == text.len || ((unsigned char)text.bytes[at] & 0xC0) != 0x80;
}

/* Whether the bytes of `part` come in `whole` in this order, others between them or not. */
static bool is_within(struct slice part, struct slice whole)
{
    size_t found = 0;
    for (size_t i = 0; i < whole.len && found < part.len; i++)
        found += whole.bytes[i] == part.bytes[found];
    return found == part.len;
}

static void assert_token(struct slice text, const struct token *token)
{
    struct buffer form = {0};
    struct buffer quoted = {0};
    assert_true(token->start_bytes < token->end_bytes && token->end_bytes <= text.len);
    assert_true(is_bound(text, token->start_bytes) && is_bound(text, token->end_bytes));
    assert_in_range(token->form.len, 1, TOKEN_MAX_BYTES);
    folded_letters(&form, token->form);
    folded_letters(&quoted, slice_range(text, token->start_bytes, token->end_bytes));
    if (!is_within(buffer_get(&form), buffer_get(&quoted)))
        fail_msg("« %.*s » is said to be « %.*s »", (int)(token->end_bytes - token->start_bytes),
                 text.bytes + token->start_bytes, (int)token->form.len, token->form.bytes);
    buffer_free(&form);
    buffer_free(&quoted);
}

static void every_token_is_where_it_says(void **state)
{
    uint32_t random = SEED;
    size_t token_count = 0;
    struct buffer text = {0};
    struct tokeniser *tokeniser = tokeniser_new();
    (void)state;
    for (int i = 0; i < TEXTS; i++) {
        struct token token;
        uint32_t last_start = 0;
        uint32_t next_position = 0;
        make_text(&text, &random);
        tokeniser_begin(tokeniser, buffer_get(&text));
        while (tokeniser_next(tokeniser, &token)) {
            assert_token(buffer_get(&text), &token);
            if (!token.alternate && token.start_bytes < last_start)
                fail_msg("« %.*s » comes too late in: %s", (int)token.form.len, token.form.bytes, text.bytes);
            assert_int_equal(token.position, token.alternate ? next_position - 1 : next_position);
            next_position = token.position + 1;
            last_start = token.alternate ? last_start : token.start_bytes;
            token_count++;
        }
    }
    assert_true(token_count > (size_t)TEXTS * PIECES_A_TEXT / 2);
    tokeniser_free(tokeniser);
    buffer_free(&text);
}

/* An inclusive ending behind a word longer than any token. */
static void endings_of_long_words_keep_within_a_token(void **state)
{
    static const char *const endings[] = {"(s)", "·e·s", ".e.s", "s(e)s", "(e)s"};
    enum { LONG_BYTES = 3 * TOKEN_MAX_BYTES };
    struct tokeniser *tokeniser = tokeniser_new();
    (void)state;
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        struct buffer text = {0};
        struct token token;
        size_t count = 0;
        for (size_t letter = 0; letter < LONG_BYTES; letter++)
            buffer_add_byte(&text, 'a');
        buffer_add_string(&text, endings[i]);
        tokeniser_begin(tokeniser, buffer_get(&text));
        for (; tokeniser_next(tokeniser, &token); count++)
            assert_int_equal(token.form.len, TOKEN_MAX_BYTES);
        assert_int_equal(count, 2);
        buffer_free(&text);
    }
    tokeniser_free(tokeniser);
}

/* What was cut off before must not change what follows. */
static void a_tokeniser_starts_anew_with_each_text(void **state)
{
    struct tokeniser *tokeniser = tokeniser_new();
    struct token token;
    (void)state;
    tokeniser_begin(tokeniser, SLICE("élu·e·s et conseil"));
    assert_true(tokeniser_next(tokeniser, &token));
    tokeniser_begin(tokeniser, SLICE("mairie"));
    assert_true(tokeniser_next(tokeniser, &token));
    assert_true(slice_equal(token.form, SLICE("mairie")));
    assert_int_equal(token.position, 0);
    assert_false(tokeniser_next(tokeniser, &token));
    tokeniser_free(tokeniser);
}

static void every_normal_byte_knows_its_origin(void **state)
{
    uint32_t random = SEED;
    struct buffer text = {0};
    struct normal_text normal = {0};
    (void)state;
    for (int i = 0; i < TEXTS; i++) {
        make_text(&text, &random);
        normalise(&normal, buffer_get(&text), (unsigned)i % 4);
        assert_true(utf8_is_valid(buffer_get(&normal.text)));
        assert_int_equal(normal.origin[normal.text.len], text.len);
        for (size_t at = 0; at < normal.text.len; at++) {
            assert_true(normal.origin[at] <= normal.origin[at + 1]);
            assert_true(is_bound(buffer_get(&text), normal.origin[at]));
        }
    }
    normal_text_free(&normal);
    buffer_free(&text);
}

/* A stem must not depend on what the cache holds. */
static void a_stem_is_the_same_new_and_remembered(void **state)
{
    struct stemmer *used = stemmer_new();
    char word[16];
    (void)state;
    for (int round = 0; round < 2; round++)
        for (uint32_t i = 0; i < 40000; i++) {
            struct stemmer *fresh = i % 1000 == 0 ? stemmer_new() : NULL;
            int len = snprintf(word, sizeof word, "%cation%uments", 'a' + (char)(i % 26), i / 26);
            for (int at = 0; at < len; at++) /* digits to letters: numbers are not stemmed */
                word[at] = word[at] >= '0' && word[at] <= '9' ? (char)(word[at] - '0' + 'a') : word[at];
            struct slice stem = stemmer_stem(used, slice_of(word));
            if (fresh)
                assert_true(slice_equal(stem, stemmer_stem(fresh, slice_of(word))));
            stemmer_free(fresh);
        }
    stemmer_free(used);
}

/* Snippets pass over words by it (query/snippet.c). */
static void a_stem_begins_as_its_word_does(void **state)
{
    static const char *const syllables[] = {"a",  "be", "ou", "qu", "y",   "par", "col", "i",  "cha", "eu", "ll",
                                            "oi", "un", "r",  "se", "tap", "gi",  "ue",  "nt", "aye", "ph", "s"};
    static const char *const endings[] = {"",     "s",      "e",      "es",    "ee",     "ees",   "eaux",  "aux",
                                          "ais",  "ois",    "us",     "trice", "trices", "euse",  "euses", "aises",
                                          "iere", "elle",   "ives",   "er",    "ait",    "ons",   "ation", "ement",
                                          "iez",  "issant", "amment", "ence",  "logie",  "ution", "ite",   "ier"};
    enum { SYLLABLES = sizeof syllables / sizeof *syllables, ENDINGS = sizeof endings / sizeof *endings };
    struct stemmer *stemmer = stemmer_new();
    char word[32];
    (void)state;
    for (unsigned i = 0; i < SYLLABLES * SYLLABLES * SYLLABLES * ENDINGS; i++) {
        unsigned rest = i / ENDINGS;
        snprintf(word, sizeof word, "%s%s%s%s", syllables[rest % SYLLABLES], syllables[rest / SYLLABLES % SYLLABLES],
                 syllables[rest / SYLLABLES / SYLLABLES], endings[i % ENDINGS]);
        struct slice stem = stemmer_stem(stemmer, slice_of(word));
        if (stem.len < 2 ? !slice_equal(stem, slice_of(word)) : memcmp(stem.bytes, word, 2) != 0)
            fail_msg("%s has the stem %.*s", word, (int)stem.len, stem.bytes);
    }
    stemmer_free(stemmer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_token_is_where_it_says),
        cmocka_unit_test(endings_of_long_words_keep_within_a_token),
        cmocka_unit_test(a_tokeniser_starts_anew_with_each_text),
        cmocka_unit_test(every_normal_byte_knows_its_origin),
        cmocka_unit_test(a_stem_is_the_same_new_and_remembered),
        cmocka_unit_test(a_stem_begins_as_its_word_does),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

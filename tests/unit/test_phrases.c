/* Phrases are found in the same places whichever way they are looked for. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "extract/document.h"
#include "extract/phrase_set.h"

static const char text[] = "Le Conseil municipal de Valmorne\n"
                           "décide à l’unanimité d'approuver\nla convention, l'avenant n° 2 et les 12 lots ;\n\n"
                           "les conseiller·e·s présents : quinze. ÉTUDE œuvre, fin du conseil";

static const char *const *const lists[] = {
    (const char *const[]){"conseil", NULL},
    (const char *const[]){"decide", "conseil municipal", "conseil*", NULL},
    (const char *const[]){"a l'unanimite", "l'avenant", "d'approuver la", NULL},
    (const char *const[]){"n°", "12", "etude oeuvre", "oeuvre", NULL},
    (const char *const[]){"lots conseillers", "les conseiller*", NULL}, /* an empty line lies between */
    (const char *const[]){"; les", ": quinze", "fin", NULL},            /* one that begins with no letter */
    (const char *const[]){"absent", "xylophone", NULL},
};

static void a_document_is_searched_as_its_text_is(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct document document;
    size_t found = 0;
    document_begin(&document, arena, slice_of(text), slice_of("acte.txt"));
    for (size_t list = 0; list < sizeof lists / sizeof *lists; list++)
        for (size_t from = 0; from <= document.folded.len; from++)
            for (size_t to = from; to <= document.folded.len; to += 7) {
                struct span expected = {0, 0};
                struct span span = {0, 0};
                int which = phrases_find(document.folded, from, to, lists[list], &expected);
                assert_int_equal(document_find(&document, from, to, lists[list], &span), which);
                assert_int_equal(span.start, expected.start);
                assert_int_equal(span.end, expected.end);
                found += which >= 0;
            }
    assert_true(found > 0);
    document_end(&document);
    arena_free(arena);
}

static void a_search_goes_on_behind_what_it_found(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct document document;
    document_begin(&document, arena, slice_of(text), slice_of("acte.txt"));
    for (size_t list = 0; list < sizeof lists / sizeof *lists; list++) {
        struct phrase_search search;
        struct span expected = {0, 0};
        struct span span = {0, 0};
        int which;
        phrase_search_begin(&search, &document, 0, document.folded.len, lists[list]);
        do {
            which = phrases_find(document.folded, expected.end, document.folded.len, lists[list], &expected);
            assert_int_equal(phrase_search_next(&search, &span), which);
            assert_int_equal(span.start, expected.start);
            assert_int_equal(span.end, expected.end);
        } while (which >= 0);
    }
    document_end(&document);
    arena_free(arena);
}

/* More ways to begin than a search keeps apart. */
static void long_lists_are_found_too(void **state)
{
    (void)state;
    enum { LETTERS = 26, SECONDS = 5, PHRASES = LETTERS * SECONDS };
    char words[PHRASES][4];
    const char *phrases[PHRASES + 1] = {NULL};
    struct arena *arena = arena_new();
    struct buffer whole = {0};
    struct document document;
    for (size_t i = 0; i < PHRASES; i++) {
        snprintf(words[i], sizeof words[i], "%c%c", (char)('a' + i % LETTERS), (char)('a' + i / LETTERS));
        phrases[PHRASES - 1 - i] = words[i];
        buffer_printf(&whole, "%s, ", words[i]);
    }
    document_begin(&document, arena, buffer_get(&whole), slice_of("acte.txt"));
    for (size_t i = 0; i < PHRASES; i++) {
        struct span span;
        assert_int_equal(document_find(&document, i * 4, document.folded.len, phrases, &span), PHRASES - 1 - i);
        assert_int_equal(span.start, i * 4);
    }
    document_end(&document);
    buffer_free(&whole);
    arena_free(arena);
}

static void a_set_finds_each_phrase_once_where_it_first_stands(void **state)
{
    (void)state;
    const struct phrase_found *found;
    struct phrase_set *set = phrase_set_new();
    phrase_set_add(set, SLICE("lot*"));
    phrase_set_add(set, SLICE("marche*"));
    phrase_set_add(set, SLICE("marche public"));
    phrase_set_add(set, SLICE("marches publics"));
    for (int again = 0; again < 2; again++) {
        assert_int_equal(phrase_set_find(set, SLICE("avenant au marche public, lots 1 et 2 du marche"), &found), 3);
        assert_int_equal(found[0].start, 11);
        assert_int_equal(found[1].start, 11);
        assert_int_equal(found[0].which + found[1].which, 1 + 2);
        assert_int_equal(found[2].which, 0);
        assert_int_equal(found[2].start, 26);
    }
    assert_int_equal(phrase_set_find(set, SLICE(""), &found), 0);
    phrase_set_free(set);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_document_is_searched_as_its_text_is),
        cmocka_unit_test(a_search_goes_on_behind_what_it_found),
        cmocka_unit_test(long_lists_are_found_too),
        cmocka_unit_test(a_set_finds_each_phrase_once_where_it_first_stands),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

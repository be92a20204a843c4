/* Phrases are found in the same places whichever way they are looked for. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

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
        struct span expected = {0, 0};
        struct span span = {0, 0};
        int which;
        do {
            which = phrases_find(document.folded, expected.end, document.folded.len, lists[list], &expected);
            assert_int_equal(document_find(&document, span.end, document.folded.len, lists[list], &span), which);
            assert_int_equal(span.start, expected.start);
            assert_int_equal(span.end, expected.end);
        } while (which >= 0);
    }
    document_end(&document);
    arena_free(arena);
}

/* A list that is looked for when texts have been gone through already is found all the same, and in the next texts. */
static void a_list_may_come_late(void **state)
{
    (void)state;
    static const char *const early[] = {"lots", NULL};
    static const char *const late[] = {"convention", "la convention, l'avenant", NULL};
    struct arena *arena = arena_new();
    for (int again = 0; again < 2; again++) {
        struct document document;
        struct span span;
        document_begin(&document, arena, slice_of(text), slice_of("acte.txt"));
        assert_int_equal(document_find(&document, 0, document.folded.len, early, &span), 0);
        struct document beginning = document;
        beginning.folded.len = span.start;
        assert_int_equal(document_find(&beginning, 0, beginning.folded.len, late, &span), 1);
        assert_int_equal(document_find(&beginning, span.start + 1, beginning.folded.len, late, &span), 0);
        assert_int_equal(document_find(&document, 0, document.folded.len, early, &span), 0);
        assert_int_equal(document_find(&document, span.end, document.folded.len, late, &span), -1);
        assert_true(phrase_places_have(document.places, "les conseiller* presents"));
        assert_false(phrase_places_have(document.places, "lot"));
        document_end(&document);
    }
    arena_free(arena);
}

static const struct {
    const char *phrase;
    int number;
} rows[] = {{"absent*", 1}, {"lots", 2}, {"conseiller* present*", 3}, {"conseil", 4}};

static void rows_and_single_phrases_are_found(void **state)
{
    (void)state;
    enum { ROWS = sizeof rows / sizeof *rows };
    struct arena *arena = arena_new();
    struct document document;
    struct span span;
    size_t end;
    document_begin(&document, arena, slice_of(text), slice_of("acte.txt"));
    int first = document_find_row(&document, 0, document.folded.len, rows, ROWS, sizeof *rows, &span);
    assert_int_equal(rows[first].number, 4);
    assert_int_equal(document_row_at(&document, span.start, rows, ROWS, sizeof *rows, &end), first);
    assert_int_equal(end, span.end);
    assert_int_equal(document_row_at(&document, span.start + 1, rows, ROWS, sizeof *rows, &end), -1);
    assert_true(document_find_one(&document, 0, document.folded.len, "conseiller* present*", &span));
    assert_false(document_find_one(&document, span.end, document.folded.len, "conseiller* present*", &span));
    document_end(&document);
    arena_free(arena);
}

static void a_set_finds_all_places_of_all_phrases(void **state)
{
    (void)state;
    const struct phrase_found *found;
    struct phrase_set *set = phrase_set_new();
    phrase_set_add(set, SLICE("lot*"));
    phrase_set_add(set, SLICE("marche*"));
    phrase_set_add(set, SLICE("marche public"));
    phrase_set_add(set, SLICE("marches publics"));
    phrase_set_add(set, SLICE("lot*"));
    for (int again = 0; again < 2; again++) {
        static const struct slice folded = {"avenant au marche public, lots 1 et 2 du marche", 47};
        size_t of_each[5] = {0};
        size_t count = phrase_set_find(set, folded, &found);
        assert_int_equal(count, 5);
        for (size_t i = 0; i < count; i++) {
            assert_true(i == 0 || found[i].start >= found[i - 1].start);
            assert_true(found[i].start == 11 || found[i].start == 26 || found[i].start == 41);
            of_each[found[i].which]++;
        }
        assert_int_equal(of_each[0] + of_each[4], 2);
        assert_int_equal(of_each[1], 2);
        assert_int_equal(of_each[2], 1);
        assert_int_equal(of_each[3], 0);
    }
    assert_int_equal(phrase_set_find(set, SLICE(""), &found), 0);
    phrase_set_free(set);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_document_is_searched_as_its_text_is),
        cmocka_unit_test(a_search_goes_on_behind_what_it_found),
        cmocka_unit_test(a_list_may_come_late),
        cmocka_unit_test(rows_and_single_phrases_are_found),
        cmocka_unit_test(a_set_finds_all_places_of_all_phrases),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

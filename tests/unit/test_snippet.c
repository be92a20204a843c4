/* Which passage is shown, what of it is marked, and that it is the text's own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/utf8.h"
#include "french/stem.h"
#include "french/tokens.h"
#include "snippet.h"
#include "spelling.h"

static struct arena *arena;

static int set_up(void **state)
{
    (void)state;
    arena = arena_new();
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

static struct snippets find(const char *text, const char *const *stems, const struct act *act, size_t most)
{
    struct wanted_words wanted = {0};
    struct snippets found;
    for (; *stems; stems++)
        text_list_add(arena, &wanted.stems, slice_of(*stems));
    struct tokeniser *tokeniser = tokeniser_new();
    struct stemmer *stemmer = stemmer_new();
    struct snippeter *snippeter = snippeter_new(&wanted, tokeniser, stemmer);
    snippets_find(&found, snippeter, arena, act ? act : act_new(arena), slice_of(text), most);
    snippeter_free(snippeter);
    stemmer_free(stemmer);
    tokeniser_free(tokeniser);
    return found;
}

/* The text of a highlight. */
static const char *marked(const struct snippet *snippet, size_t index)
{
    size_t size;
    size_t at = 0;
    size_t start = 0;
    for (uint32_t cp = 0; cp < snippet->highlights[index].end_cp; cp++) {
        if (cp == snippet->highlights[index].start_cp)
            start = at;
        utf8_decode(snippet->text, at, &size);
        at += size;
    }
    return arena_string(arena, slice_range(snippet->text, start, at));
}

static void an_elided_word_is_marked_without_its_article(void **state)
{
    static const char *const stems[] = {"avocat", NULL};
    (void)state;
    struct snippets found = find("Considérant que l’avocat de la commune plaidera,", stems, NULL, 1);
    assert_int_equal(found.count, 1);
    assert_int_equal(found.items[0].highlight_count, 1);
    assert_string_equal(marked(&found.items[0], 0), "avocat");
}

static void the_list_of_those_present_is_the_last_resort(void **state)
{
    static const char *const stems[] = {"martin", NULL};
    static const char text[] = "Présents : Jean MARTIN, Paul DURAND, Rose BELIN, Anne COLAS, Luc DORE.\n\n"
                               "Objet : bail\n\nMonsieur Martin demande la résiliation de son bail rural.\n";
    (void)state;
    struct snippets found = find(text, stems, NULL, 1);
    assert_non_null(strstr(arena_string(arena, found.items[0].text), "bail rural"));
    found = find("Présents : Jean MARTIN, Paul DURAND, Rose BELIN, Anne COLAS, Luc DORE.\n", stems, NULL, 1);
    assert_string_equal(marked(&found.items[0], 0), "MARTIN");
}

static void the_passage_with_most_of_the_words_wins(void **state)
{
    static const char *const stems[] = {"tarif", "cantin", NULL};
    struct buffer text = {0};
    (void)state;
    buffer_add_string(&text, "Le tarif de l'eau est fixé.\n\n");
    for (int i = 0; i < 40; i++)
        buffer_add_string(&text, "Une phrase qui ne dit rien de ce que l'on cherche ici. ");
    buffer_add_string(&text, "\n\nLe tarif de la cantine passe à quatre euros.\n");
    struct snippets found = find(text.bytes, stems, NULL, 1);
    assert_non_null(strstr(arena_string(arena, found.items[0].text), "Le tarif de la cantine passe"));
    assert_int_equal(found.items[0].highlight_count, 2);
    buffer_free(&text);
}

static void white_space_is_made_single_and_pages_are_counted(void **state)
{
    static const char *const stems[] = {"eau", NULL};
    struct act *act = act_new(arena);
    (void)state;
    act->page_first = 1;
    struct snippets found = find("Première page.\fLe   prix\n   de l'eau\n", stems, act, 1);
    assert_string_equal(arena_string(arena, found.items[0].text), "Le prix de l'eau");
    assert_int_equal(found.items[0].page, 2);
    assert_string_equal(marked(&found.items[0], 0), "eau");
}

static void without_a_match_the_matter_begins_the_snippet(void **state)
{
    static const char *const stems[] = {NULL};
    static const char text[] =
        "RÉPUBLIQUE FRANÇAISE\n\nPrésents : A. BERT, C. DURAND, E. FABRE, G. HUET.\n\n"
        "Le pont de la Grenouillère, construit en 1902, menace ruine et doit être refait cette année.\n";
    (void)state;
    struct snippets found = find(text, stems, NULL, 2);
    assert_int_equal(found.count, 1);
    assert_true(slice_starts(found.items[0].text, SLICE("Le pont de la Grenouillère")));
}

static void a_match_in_the_objet_alone_shows_the_objet(void **state)
{
    static const char *const stems[] = {"cantin", NULL};
    struct act *act = act_new(arena);
    (void)state;
    act->objet = SLICE("Tarifs de la cantine");
    struct snippets found =
        find("Le conseil approuve les prix proposés par la commission des écoles pour la rentrée.", stems, act, 2);
    assert_string_equal(arena_string(arena, found.items[0].text), "Tarifs de la cantine");
    assert_string_equal(marked(&found.items[0], 0), "cantine");
}

static void an_empty_act_has_no_snippet(void **state)
{
    static const char *const stems[] = {"eau", NULL};
    (void)state;
    assert_int_equal(find("", stems, NULL, 2).count, 0);
}

static void edits_are_counted(void **state)
{
    (void)state;
    assert_int_equal(edit_distance(SLICE("subvention"), SLICE("subvention"), 2), 0);
    assert_int_equal(edit_distance(SLICE("subvansion"), SLICE("subvention"), 2), 2);
    assert_int_equal(edit_distance(SLICE("ecloe"), SLICE("ecole"), 2), 1);
    assert_int_equal(edit_distance(SLICE("ecole"), SLICE("ecoles"), 2), 1);
    assert_int_equal(edit_distance(SLICE("eau"), SLICE("voirie"), 2), 3);
    assert_int_equal(edit_distance(SLICE(""), SLICE("ab"), 2), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(an_elided_word_is_marked_without_its_article, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_list_of_those_present_is_the_last_resort, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_passage_with_most_of_the_words_wins, set_up, tear_down),
        cmocka_unit_test_setup_teardown(white_space_is_made_single_and_pages_are_counted, set_up, tear_down),
        cmocka_unit_test_setup_teardown(without_a_match_the_matter_begins_the_snippet, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_match_in_the_objet_alone_shows_the_objet, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_empty_act_has_no_snippet, set_up, tear_down),
        cmocka_unit_test(edits_are_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

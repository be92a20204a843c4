/* Questions as trees, and what cannot be read as an error with its column. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "parse.h"
#include "plan.h"

static const char *const kinds[] = {"list", "and", "or", "sauf", "near", "words", "phrase", "exact", "prefix", "field"};

/* The tree in one line: (list words:tarif -words:eau). */
static void describe(struct buffer *out, const struct node *node)
{
    if (node->sign)
        buffer_add_byte(out, node->sign);
    if (node->count == 0) {
        buffer_printf(out, "%s:%.*s", kinds[node->kind], (int)node->text.len, node->text.bytes);
        return;
    }
    buffer_printf(out, "(%s", kinds[node->kind]);
    if (node->kind == NODE_NEAR)
        buffer_printf(out, "/%u", node->window);
    for (size_t i = 0; i < node->count; i++) {
        buffer_add_byte(out, ' ');
        describe(out, node->items[i]);
    }
    buffer_add_byte(out, ')');
}

static void questions_become_trees(void **state)
{
    static const char *const cases[][2] = {
        {"tarif", "(list words:tarif)"},
        {"tarif de la cantine", "(list words:tarif de la cantine)"},
        {"+tarif -eau", "(list +words:tarif -words:eau)"},
        {"\"maison pour tous\" tarif", "(list phrase:maison pour tous words:tarif)"},
        {"« débat d’orientation »", "(list phrase: débat d’orientation )"},
        {"tarif OU prix", "(or (list words:tarif) (list words:prix))"},
        {"a b ET c OU d", "(or (and (list words:a b) (list words:c)) (list words:d))"},
        {"tarif SAUF eau", "(sauf (list words:tarif) (list words:eau))"},
        {"(tarif OU prix) AND eau", "(and (list (or (list words:tarif) (list words:prix))) (list words:eau))"},
        {"eau PROCHE/3 potable", "(list (near/3 words:eau words:potable))"},
        {"eau NEAR potable", "(list (near/5 words:eau words:potable))"},
        {"=tarifs assain*", "(list exact:tarifs prefix:assain)"},
        {"rapporteur:leroy objet:\"vente de bois\"", "(list field:leroy field:vente de bois)"},
        {"numéro:12", "(list field:12)"},
        {"date:2018..2020 montant:>100000", "(list field:2018..2020 field:>100000)"},
        {"l'avocat aujourd'hui saint-omer C.C.A.S. n°12", "(list words:l'avocat aujourd'hui saint-omer C.C.A.S. n°12)"},
        {"L. 2121-29 19-09-107", "(list words:L. 2121-29 19-09-107)"},
        {"18:30 http://a.fr/b", "(list words:18:30 http://a.fr/b)"},
        {"élu(e)s", "(list words:élu(e)s)"},
        {"PISCINE: TARIFS", "(list words:PISCINE: TARIFS)"},
        {"Objet: tarifs du port", "(list words:Objet: tarifs du port)"},
        {"écoles communales:Augmentation", "(list words:écoles communales:Augmentation)"},
        {"Voirie:travaux", "(list words:Voirie:travaux)"},
        {"Objet:travaux", "(list field:travaux)"},
        {"tarif - eau ? /", "(list words:tarif - eau)"},
        {"et ou sauf", "(list words:et ou sauf)"},
        {"-", ""},
        {"", ""},
        {"   ", ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct arena *arena = arena_new();
        struct buffer out = {0};
        struct node *tree;
        struct delib_error error;
        assert_int_equal(question_parse(&tree, arena, slice_of(cases[i][0]), &error), DELIB_OK);
        buffer_add_string(&out, "");
        if (tree)
            describe(&out, tree);
        assert_string_equal(out.bytes, cases[i][1]);
        buffer_free(&out);
        arena_free(arena);
    }
}

static void what_cannot_be_read_names_its_column(void **state)
{
    static const struct {
        const char *question;
        const char *column;
    } cases[] = {
        {"tarif \"eau", "column 7:"},
        {"(tarif", "column 1:"},
        {"tarif)", "column 6:"},
        {"()", "column 1:"},
        {"objt:eau", "column 1:"},
        {"été objet:", "column 5:"},
        {"tarif OU", "column 7:"},
        {"OU tarif", "column 1:"},
        {"ET", "column 1:"},
        {"a SAUF", "column 3:"},
        {"PROCHE/3 eau", "column 1:"},
        {"eau PROCHE", "column 5:"},
        {"a*", "column 1:"},
        {"\"...\"", "column 1:"},
        {"tarif \"\"", "column 7:"},
        {"\"a\" PROCHE/2 b", "column 5:"},
        {"((((((((((((((((((((((((((((((((((((a", "column"},
        {"a \xff", "UTF-8"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct arena *arena = arena_new();
        struct node *tree;
        struct delib_error error = {0};
        enum delib_status status = question_parse(&tree, arena, slice_of(cases[i].question), &error);
        if (status != DELIB_INVALID || !strstr(error.message, cases[i].column))
            print_message("%s: %s\n", cases[i].question, error.message);
        assert_int_equal(status, DELIB_INVALID);
        assert_non_null(strstr(error.message, cases[i].column));
        arena_free(arena);
    }
}

static void dates_are_ranges_of_days(void **state)
{
    static const struct {
        const char *text;
        date_yyyymmdd first;
        date_yyyymmdd last;
    } cases[] = {
        {"2019", 20190101, 20191231},
        {"2019-03", 20190301, 20190331},
        {"2019-03-25", 20190325, 20190325},
        {"2018..2020", 20180101, 20201231},
        {"..2019-06", 0, 20190630},
        {"2019..", 20190101, 0},
        {">=2019", 20190101, 0},
        {"<=2019", 0, 20191231},
    };
    static const char *const wrong[] = {"hier", "2019-13", "..", "25/03/2019", "2019-02-30"};
    date_yyyymmdd first;
    date_yyyymmdd last;
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_true(read_date_range(slice_of(cases[i].text), &first, &last));
        assert_int_equal(first, cases[i].first);
        assert_int_equal(last, cases[i].last);
    }
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_false(read_date_range(slice_of(wrong[i]), &first, &last));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(questions_become_trees),
        cmocka_unit_test(what_cannot_be_read_names_its_column),
        cmocka_unit_test(dates_are_ranges_of_days),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

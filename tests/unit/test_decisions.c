/* The verbs of the decision. All names are invented. */
#include "extraction.h"

static const struct extraction_case cases[] = {
    {"Il est proposé :\n- D'affirmer le soutien\n\nAprès en avoir délibéré, à l'unanimité,\n- AFFIRME le soutien\n- "
     "AUTORISE le Président",
     NULL, "\"decisions\":[\"AFFIRME\",\"AUTORISE\"]"},
    {"Après en avoir délibéré, le conseil :\n- approuve le projet ;\n- crée un emploi", NULL,
     "\"decisions\":[\"APPROUVE\",\"CRÉE\"]"},
};

static void every_way_of_writing_is_read(void **state)
{
    (void)state;
    assert_cases(cases, sizeof cases / sizeof *cases);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_way_of_writing_is_read)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

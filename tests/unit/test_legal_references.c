/* The law that an act cites, and numbers that cite none. */
#include "extraction.h"

static const struct extraction_case cases[] = {
    {"Vu l'article L 2121-29 du Code Général des Collectivités Territoriales,", NULL,
     "\"legal_refs\":[\"article L. 2121-29 du code général des collectivités territoriales\"]"},
    {"VU les articles L.5211 - 1, L. 5211-2 et R*. 12-3 du CGCT", NULL,
     "[\"article L. 5211-1 du code général des collectivités territoriales\",\"article L. 5211-2 du"},
    {"Vu la loi n°2015-991 du 7 août 2015 portant", NULL, "[\"loi n° 2015-991 du 7 août 2015\"]"},
    {"Vu la loi du 1er juillet 1901", NULL, "[\"loi du 1er juillet 1901\"]"},
    {"Vu le décret n° 91-875 du 6/09/1991 ; vu le décret n° 91-875 du 6 septembre 1991", NULL,
     "[\"décret n° 91-875 du 6 septembre 1991\"]"},
    {"l'article 1609 nonies C du CGI", NULL, "[\"article 1609 nonies C du code général des impôts\"]"},
    {"la loi est la loi ; article 2 : le maire signera ; article 3 du marché", NULL, "\"legal_refs\":null"},
    {"au titre du code de l’urbanisme", NULL, "[\"code de l'urbanisme\"]"},
};

static void every_way_of_citing_is_read(void **state)
{
    (void)state;
    assert_cases(cases, sizeof cases / sizeof *cases);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_way_of_citing_is_read)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

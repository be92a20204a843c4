/* Sums of money, and the numbers that are none. All names are invented. */
#include "extraction.h"

static const struct extraction_case cases[] = {
    {"une subvention de 8 800,50 € et 1,5 M€", NULL, "{\"eur\":8800.5,\"text\":\"8 800,50 €\"},{\"eur\":1500000,"},
    {"CD30 145 834,00 €", NULL, "[{\"eur\":145834,\"text\":\"145 834,00 €\"}]"},
    {"236.000 euros sur 12 ans", NULL, "[{\"eur\":236000,"},
    {"Le coût de la manifestation est estimé à 73\n111,50 euros.", NULL, "[{\"eur\":73111.5,"},
    {"Lot n° 12\n500 euros", NULL, "[{\"eur\":500,"},
    {"adhésion 36€92 ou 35 €", NULL, "[{\"eur\":36.92,\"text\":\"36€92\"},{\"eur\":35,"},
    {"en euros\nClub 300 000   200 000\nTotal          366 616      292 752", NULL,
     "[{\"eur\":366616,\"text\":\"366 616\"},{\"eur\":292752,"},
    {"Total des voix   12   13\nVoté : 300 €", NULL, "[{\"eur\":300,\"text\":\"300 €\"}]"},
    {"1'234'567 €", NULL, "[{\"eur\":1234567,"},
    {"1 234 ,56 € et 12, 50 €", NULL, "[{\"eur\":1234.56,\"text\":\"1 234 ,56 €\"},{\"eur\":12.5,"},
    {"fixé à € 1.200,00 hors taxes", NULL, "[{\"eur\":1200,\"text\":\"1.200,00\"}]"},
    {"tarif 12 € 15 enfants", NULL, "[{\"eur\":12,\"text\":\"12 €\"}]"},
    {"12 millions € et 2,5 Md€", NULL, "[{\"eur\":12000000,\"text\":\"12 millions €\"},{\"eur\":2500000000,"},
    {"la somme de trois mille cinq cents euros", NULL, "[{\"eur\":3500,\"text\":\"trois mille cinq cents euros\"}]"},
    {"La décision  modificative  s'équilibre à la  somme de 2 345  678,90 €.", NULL, "[{\"eur\":2345678.9,"},
    {"Club de football         1 200   300 €", NULL, "[{\"eur\":300,"}, /* two columns */
    {"Total  366 616", NULL, "\"amounts\":null"},                       /* of what? */
    {"article 12 345 du code", NULL, "\"amounts\":null"},
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

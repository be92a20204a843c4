/* Reading order of pages printed by columns: what is put in order, and what must stay in place. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "layout.h"

static void assert_order(const char *page, const char *expected)
{
    struct buffer out = {0};
    layout_reading_order(&out, slice_of(page));
    buffer_add_string(&out, "");
    assert_string_equal(out.bytes, expected);
    buffer_free(&out);
}

static void assert_unchanged(const char *page)
{
    assert_order(page, page);
}

static void margin_comes_before_the_text_beside_it(void **state)
{
    (void)state;
    assert_order(
        "Direction des              Convoqué le mardi 3 mai 2016, le Conseil Municipal de la Ville d'Ambrelune\n"
        "Espaces verts              s'est réuni en mairie, salle du Conseil, le lundi 9 mai 2016 à 18 heures, sous\n"
        "                           la présidence de Madame le Maire.\n"
        "Extrait du registre des    Présents :\n"
        "délibérations du Conseil   Anne BRULOIS, Paul CARVENAC, Jeanne DESMOULINETS, Marc ESCALIGNE, Louise\n"
        "Municipal                  FONTARABIE, Hugues GARANCIER, Rose HAUTECLAIRE, Yves JOUVENAL, Odile\n"
        "n° 2016 / 41               LANGREVIN.\n"
        "\n"
        "                      Jardins de la Butte - Règlement\n"
        "\n"
        "Les jardins de la Butte comptent quarante parcelles, dont douze attendent un jardinier depuis un an.\n",
        "Direction des\n"
        "Espaces verts\n"
        "\n"
        "Extrait du registre des\n"
        "délibérations du Conseil\n"
        "Municipal\n"
        "n° 2016 / 41\n"
        "\n"
        "Convoqué le mardi 3 mai 2016, le Conseil Municipal de la Ville d'Ambrelune\n"
        "s'est réuni en mairie, salle du Conseil, le lundi 9 mai 2016 à 18 heures, sous\n"
        "la présidence de Madame le Maire.\n"
        "Présents :\n"
        "Anne BRULOIS, Paul CARVENAC, Jeanne DESMOULINETS, Marc ESCALIGNE, Louise\n"
        "FONTARABIE, Hugues GARANCIER, Rose HAUTECLAIRE, Yves JOUVENAL, Odile\n"
        "LANGREVIN.\n"
        "\n"
        "                      Jardins de la Butte - Règlement\n"
        "\n"
        "Les jardins de la Butte comptent quarante parcelles, dont douze attendent un jardinier depuis un an.\n");
}

static void rows_that_fall_between_those_beside_do_not_cut_a_sentence(void **state)
{
    (void)state;
    assert_order("Extrait du registre des\n"
                 "                           Convoqué le mardi 3 mai 2016, le Conseil Municipal de la Ville\n"
                 "délibérations du Conseil\n"
                 "                           d'Ambrelune s'est réuni en mairie, salle du Conseil, le lundi\n"
                 "Municipal de la Ville      9 mai 2016 à 18 heures, sous la présidence de Madame le Maire,\n"
                 "d'Ambrelune                assistée de Monsieur Paul CARVENAC, premier adjoint au maire,\n"
                 "n° 41                      et de Madame Anne BRULOIS.\n",
                 "Extrait du registre des\n"
                 "délibérations du Conseil\n"
                 "Municipal de la Ville\n"
                 "d'Ambrelune\n"
                 "n° 41\n"
                 "\n"
                 "Convoqué le mardi 3 mai 2016, le Conseil Municipal de la Ville\n"
                 "d'Ambrelune s'est réuni en mairie, salle du Conseil, le lundi\n"
                 "9 mai 2016 à 18 heures, sous la présidence de Madame le Maire,\n"
                 "assistée de Monsieur Paul CARVENAC, premier adjoint au maire,\n"
                 "et de Madame Anne BRULOIS.\n");
}

static void two_columns_of_prose_are_read_one_after_the_other(void **state)
{
    (void)state;
    assert_order("Le maire rappelle que la halle, bâtie    toiture. Monsieur Carvenac demande si\n"
                 "en 1887, n'a plus reçu de travaux        la charpente a été examinée ; elle le\n"
                 "depuis trente ans et que les pluies      sera en septembre par un bureau de\n"
                 "du printemps ont traversé la             contrôle choisi par la commune.\n",
                 "Le maire rappelle que la halle, bâtie\n"
                 "en 1887, n'a plus reçu de travaux\n"
                 "depuis trente ans et que les pluies\n"
                 "du printemps ont traversé la\n"
                 "\n"
                 "toiture. Monsieur Carvenac demande si\n"
                 "la charpente a été examinée ; elle le\n"
                 "sera en septembre par un bureau de\n"
                 "contrôle choisi par la commune.\n");
}

static void stamp_comes_out_before_the_lines_beside_it(void **state)
{
    (void)state;
    assert_order("                                         Envoyé en préfecture le 04/10/2022\n"
                 "Commune d'Ambrelune                      Reçu en préfecture le 04/10/2022\n"
                 "sur Orne                                 ID : 099-219900016-20220929-12-DE\n"
                 "Séance du 29 septembre 2022, sous la présidence de Madame le Maire\n",
                 "Envoyé en préfecture le 04/10/2022\n"
                 "Reçu en préfecture le 04/10/2022\n"
                 "ID : 099-219900016-20220929-12-DE\n"
                 "\n"
                 "Commune d'Ambrelune\n"
                 "sur Orne\n"
                 "Séance du 29 septembre 2022, sous la présidence de Madame le Maire\n");
}

static void counts_side_by_side_stay(void **state)
{
    (void)state;
    assert_unchanged("Nombre de conseillers en exercice : 15     Date de la convocation : 12 mars 2020\n"
                     "Présents : 12                              Date d'affichage : 13 mars 2020\n"
                     "Votants : 14                               Absents : 3\n");
}

static void tables_stay(void **state)
{
    (void)state;
    assert_unchanged("Chapitre                              Dépenses          Recettes\n"
                     "011 - Charges à caractère général   120 300,00\n"
                     "012 - Charges de personnel          310 250,00          2 400,00\n"
                     "70 - Produits des services                             48 600,00\n"
                     "Total                               430 550,00         51 000,00\n");
}

static void table_with_long_cells_stays(void **state)
{
    (void)state;
    assert_unchanged("Article 1     Le tarif de la cantine est fixé à trois euros pour les enfants de la\n"
                     "              commune et à quatre euros pour les autres.\n"
                     "Article 2     Le tarif de la garderie est fixé à un euro l'heure, toute heure commencée\n"
                     "              étant due.\n"
                     "Article 3     Ces tarifs s'appliquent à compter du premier septembre et jusqu'à la fin\n"
                     "              de l'année scolaire.\n");
}

static void table_with_long_cells_on_both_sides_stays(void **state)
{
    (void)state;
    assert_unchanged("Association          Achat de matériel pour les équipes de jeunes et remise en état\n"
                     "Sportive             du vestiaire que la crue de janvier a inondé.\n"
                     "Comité               Organisation de la fête patronale et du concert donné dans\n"
                     "Patronal             l'église pour les cent ans de l'orgue, avec l'aide de la\n"
                     "                     fanfare.\n"
                     "Amicale              Voyage des anciens à la mer et repas de Noël, comme chaque\n"
                     "Laïque               année depuis la guerre.\n");
}

static void labels_beside_lists_stay(void **state)
{
    (void)state;
    assert_unchanged("Présents :      Anne BRULOIS, Paul CARVENAC, Jeanne DESMOULINETS, Marc ESCALIGNE,\n"
                     "                Louise FONTARABIE, Hugues GARANCIER, Rose HAUTECLAIRE.\n"
                     "Absents :       Yves JOUVENAL, Odile LANGREVIN, Pierre MONTCORNET, Simone NARDILLAC,\n"
                     "                Jules OSTRICOURT.\n"
                     "Secrétaire :    Rose HAUTECLAIRE\n");
}

static void names_in_two_columns_stay(void **state)
{
    (void)state;
    assert_unchanged("Mme Anne BRULOIS              M. Paul CARVENAC\n"
                     "Mme Jeanne DESMOULINETS       M. Marc ESCALIGNE\n"
                     "Mme Louise FONTARABIE         M. Hugues GARANCIER\n"
                     "Mme Rose HAUTECLAIRE          M. Yves JOUVENAL\n");
}

static void signatures_side_by_side_stay(void **state)
{
    (void)state;
    assert_unchanged("Fait et délibéré les jour, mois et an susdits.\n"
                     "\n"
                     "Le secrétaire de séance,                Le maire,\n"
                     "Paul CARVENAC                           Anne BRULOIS\n");
}

static void bullets_and_centred_titles_stay(void **state)
{
    (void)state;
    assert_unchanged("                     DÉLIBÉRATION\n"
                     "               du conseil municipal\n"
                     "Le conseil décide :\n"
                     "  •   d'approuver la convention avec le département pour l'entretien de la\n"
                     "      route de la Butte ;\n"
                     "  •   d'autoriser le maire à la signer et à demander toutes les subventions\n"
                     "      possibles.\n");
}

static void prose_stays(void **state)
{
    (void)state;
    assert_unchanged("Le maire rappelle que la halle, bâtie en 1887, n'a plus reçu de travaux depuis trente ans.\n"
                     "\n"
                     "   Un alinéa commence parfois par des espaces ; on les garde.\n"
                     "Fin.\n");
}

static void wide_gap_in_a_line_alone_is_two_spaces(void **state)
{
    (void)state;
    assert_order("Convention avec l'État,\nMichel ASTIER,         Nancy CANDOLLE.\n",
                 "Convention avec l'État,\nMichel ASTIER,  Nancy CANDOLLE.\n");
}

static void shared_indentation_goes(void **state)
{
    (void)state;
    assert_order("      Un\n        deux\n      trois\n", "Un\n  deux\ntrois\n");
}

static void pages_stay_apart(void **state)
{
    (void)state;
    assert_order("page un\n\f  page deux\n\f\fpage quatre", "page un\n\fpage deux\n\f\fpage quatre\n");
}

static void columns_end_with_their_page(void **state)
{
    (void)state;
    assert_order("Ville de      Le maire rappelle que la halle, bâtie en 1887, n'a plus reçu\n"
                 "Brie          de travaux depuis trente ans et que les pluies du printemps ont\n"
                 "n° 12         traversé la toiture, de sorte que le marché se tient sur la\n"
                 "              place et que les commerçants demandent à ne pas payer leur\n"
                 "\f"
                 "              emplacement depuis le mois de mai.\n",
                 "Ville de\nBrie\nn° 12\n\n"
                 "Le maire rappelle que la halle, bâtie en 1887, n'a plus reçu\n"
                 "de travaux depuis trente ans et que les pluies du printemps ont\n"
                 "traversé la toiture, de sorte que le marché se tient sur la\n"
                 "place et que les commerçants demandent à ne pas payer leur\n"
                 "\f"
                 "emplacement depuis le mois de mai.\n");
}

static void very_long_lines_are_left_alone(void **state)
{
    (void)state;
    struct buffer text = {0}, out = {0};
    for (int i = 0; i < 5000; i++)
        buffer_add_string(&text, "mot   ");
    buffer_add_string(&text, "fin\n");
    layout_reading_order(&out, buffer_get(&text));
    assert_true(slice_equal(buffer_get(&out), buffer_get(&text)));
    buffer_free(&text);
    buffer_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(margin_comes_before_the_text_beside_it),
        cmocka_unit_test(rows_that_fall_between_those_beside_do_not_cut_a_sentence),
        cmocka_unit_test(two_columns_of_prose_are_read_one_after_the_other),
        cmocka_unit_test(stamp_comes_out_before_the_lines_beside_it),
        cmocka_unit_test(counts_side_by_side_stay),
        cmocka_unit_test(tables_stay),
        cmocka_unit_test(table_with_long_cells_stays),
        cmocka_unit_test(table_with_long_cells_on_both_sides_stays),
        cmocka_unit_test(labels_beside_lists_stay),
        cmocka_unit_test(names_in_two_columns_stay),
        cmocka_unit_test(signatures_side_by_side_stay),
        cmocka_unit_test(bullets_and_centred_titles_stay),
        cmocka_unit_test(prose_stays),
        cmocka_unit_test(wide_gap_in_a_line_alone_is_two_spaces),
        cmocka_unit_test(shared_indentation_goes),
        cmocka_unit_test(pages_stay_apart),
        cmocka_unit_test(columns_end_with_their_page),
        cmocka_unit_test(very_long_lines_are_left_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Names of councils as printed and as shown. All names are invented. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "extract/council_name.h"

static void names_are_written_in_one_way(void **state)
{
    static const char *const cases[][2] = {
        {"COMMUNE DE VALBRUNE-SUR-ARVETTE", "Commune de Valbrune-sur-Arvette"},
        {"Commune DE VALBRUNE-SUR-ARVETTE", "Commune de Valbrune-sur-Arvette"},
        {"Commune de Valbrune-sur-Arvette", "Commune de Valbrune-sur-Arvette"},
        {"VILLE DE LA TRESNE", "Ville de La Tresne"},
        {"Ville de L'ÉPINETTE", "Ville de L'Épinette"},
        {"COMMUNE DE VILLE-SOUS-BOIS", "Commune de Ville-sous-Bois"},
        {"COMMUNAUTE DE COMMUNES DE LA VALLEE D'ARVETTE", "Communauté de communes de la Vallee d'Arvette"},
        {"COMMUNAUTÉ D’AGGLOMERATION DU GRAND MONTCAUBEL", "Communauté d'agglomération du Grand Montcaubel"},
        {"ESTREVIELLE METROPOLE", "Estrevielle Métropole"},
        {"SIVOM DE LA VALLÉE DU GOUR", "SIVOM de la Vallée du Gour"},
        {"S.I.V.O.M. de la Vallée du Gour", "SIVOM de la Vallée du Gour"},
        {"CCPVL", "CCPVL"},
        {"DEPARTEMENT DE LA HAUTE-LISSARDE", "Département de la Haute-Lissarde"},
        {"ville de Montcaubel", "Ville de Montcaubel"},
        {"", ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct arena *arena = arena_new();
        const char *shown = arena_string(arena, council_name_shown(arena, slice_of(cases[i][0])));
        assert_string_equal(shown, cases[i][1]);
        arena_free(arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(names_are_written_in_one_way)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

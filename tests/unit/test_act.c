/* The record: what wins a field, its JSON out and in, its id. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "act/act.h"
#include "act/act_id.h"
#include "act/act_json.h"

#define assert_slice(slice, expected) assert_string_equal(arena_string(arena, slice), expected)

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

static struct act *read_act(const char *json, enum field_source source)
{
    struct delib_error error;
    struct slice text;
    struct act *act = act_new(arena);
    assert_int_equal(act_read_json(act, slice_of(json), source, &text, &error), DELIB_OK);
    return act;
}

static const char *written(const struct act *act)
{
    struct buffer out = {0};
    struct json_writer json = json_writer_to(&out, 0);
    json_begin_object(&json);
    act_write_json(&json, act);
    act_write_provenance(&json, act);
    json_end_object(&json);
    const char *copy = arena_string(arena, buffer_get(&out));
    buffer_free(&out);
    return copy;
}

static void unread_fields_are_null(void **state)
{
    (void)state;
    const char *json = written(act_new(arena));
    assert_non_null(strstr(json, "\"number\":null"));
    assert_non_null(strstr(json, "\"present\":null"));
    assert_non_null(strstr(json, "\"contre\":null"));
    assert_non_null(strstr(json, "\"warnings\":[]"));
    assert_non_null(strstr(json, "\"provenance\":{}"));
}

static void what_is_written_reads_back(void **state)
{
    (void)state;
    const char *json = "{\"id\":\"x:1\",\"number\":\"19-09-107\",\"date\":\"2019-09-30\",\"council\":\"Ville d'Été\","
                       "\"council_type\":\"municipal\",\"objet\":\"Tarifs\",\"topics\":[\"Eau\"],"
                       "\"matiere\":{\"code\":\"7.5\",\"label\":\"Subventions\"},"
                       "\"vote\":{\"outcome\":\"adopte\",\"unanimous\":false,\"pour\":12,\"contre\":0},"
                       "\"present\":[],\"proxies\":[{\"giver\":\"A\",\"holder\":\"B\"}],"
                       "\"amounts\":[{\"eur\":8800.5,\"text\":\"8 800,50 €\"}]}";
    struct act *act = read_act(json, SOURCE_SIDECAR);
    struct act *again = read_act(written(act), SOURCE_HEURISTIC);
    assert_string_equal(written(act), written(again));
    assert_int_equal(again->vote.contre, 0);
    assert_int_equal(again->vote.abstention, COUNT_UNREAD);
    assert_true(again->present.read);
    assert_int_equal(again->present.count, 0);
    assert_int_equal(again->provenance[FIELD_DATE].source, SOURCE_SIDECAR);
}

static void other_spellings_are_accepted(void **state)
{
    (void)state;
    struct act *act = read_act(
        "{\"title\":\"Tarifs\",\"number\":12,\"matiere\":\"7.5\",\"date\":\"2019-09-30T00:00:00Z\"}", SOURCE_SIDECAR);
    assert_slice(act->objet, "Tarifs");
    assert_slice(act->number, "12");
    assert_slice(act->matiere_code, "7.5");
    assert_int_equal(act->date, 20190930);
    act = read_act("{\"matiere\":\"Petite enfance\"}", SOURCE_SIDECAR);
    assert_slice(act->matiere_code, "");
    assert_slice(act->matiere_label, "Petite enfance");
}

static void names_of_other_programs_are_known(void **state)
{
    (void)state;
    const struct act *act =
        read_act("{\"Intitulé\":\"Tarifs\",\"nom\":\"x\",\"NUMERO\":12,\"date_séance\":\"30/09/2019\","
                 "\"Collectivité\":\"Commune de Kervalo\",\"secrétaire de séance\":\"Yann MADEC\"}",
                 SOURCE_SIDECAR);
    assert_slice(act->objet, "Tarifs");
    assert_slice(act->number, "12");
    assert_slice(act->council, "Commune de Kervalo");
    assert_slice(act->secretary, "Yann MADEC");
    assert_int_equal(act->date, 20190930);
    act = read_act("{\"nom\":\"Tarifs\",\"DELIB_ID\":\"2019-7\",\"numero\":\"8\",\"sujet\":{\"a\":1}}", SOURCE_SIDECAR);
    assert_slice(act->objet, "Tarifs");
    assert_slice(act->number, "2019-7");
    act = read_act("{\"title\":\"Tarifs\",\"titre\":\"x\"}", SOURCE_SIDECAR);
    assert_slice(act->objet, "Tarifs");
}

static void wrong_members_are_named(void **state)
{
    static const char *const wrong[][2] = {
        {"{\"date\":\"30/09/19\"}", "date"},
        {"{\"objet\":12}", "objet"},
        {"{\"council_type\":\"x\"}", "council_type"},
        {"{\"vote\":{\"pour\":-1}}", "pour"},
        {"{\"topics\":\"Eau\"}", "topics"},
        {"{\"text\":1}", "text"},
        {"[]", "object"},
        {"{\"a\":", "line 1"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct delib_error error;
        struct slice text;
        assert_int_equal(act_read_json(act_new(arena), slice_of(wrong[i][0]), SOURCE_SIDECAR, &text, &error),
                         DELIB_INVALID);
        assert_non_null(strstr(error.message, wrong[i][1]));
    }
}

static void a_sidecar_wins_and_confidence_counts(void **state)
{
    (void)state;
    struct act *act = act_new(arena);
    act->number = SLICE("1");
    act_set_provenance(act, FIELD_NUMBER, (struct provenance){.source = SOURCE_LABEL, .confidence = CONFIDENCE_MEDIUM});
    assert_true(act_accepts(act, FIELD_NUMBER, SOURCE_HEURISTIC, CONFIDENCE_HIGH));
    assert_true(act_accepts(act, FIELD_NUMBER, SOURCE_STAMP, CONFIDENCE_MEDIUM));
    assert_false(act_accepts(act, FIELD_NUMBER, SOURCE_LABEL, CONFIDENCE_MEDIUM));
    assert_false(act_accepts(act, FIELD_NUMBER, SOURCE_STAMP, CONFIDENCE_LOW));
    act_merge(act, read_act("{\"number\":\"2\",\"vote\":{\"outcome\":\"rejete\"}}", SOURCE_SIDECAR));
    assert_slice(act->number, "2");
    assert_int_equal(act->vote.outcome, OUTCOME_REJETE);
    assert_false(act_accepts(act, FIELD_NUMBER, SOURCE_STAMP, CONFIDENCE_HIGH));
}

static void ids_name_council_day_and_number(void **state)
{
    (void)state;
    struct act *act = read_act(
        "{\"council\":\"Commune de Saint-Émilion\",\"date\":\"2019-09-30\",\"number\":\"2019 / 36\"}", SOURCE_SIDECAR);
    act_set_id(act, SLICE("texte"));
    assert_slice(act->id, "commune-de-saint-emilion:2019-09-30:2019-36");
    act = read_act("{\"siren\":\"213401722\",\"date\":\"2019-09-30\"}", SOURCE_SIDECAR);
    act_set_id(act, SLICE("Le texte"));
    struct act *same = read_act("{\"siren\":\"213401722\",\"date\":\"2019-09-30\"}", SOURCE_SIDECAR);
    act_set_id(same, SLICE("LE\n  TEXTE"));
    assert_true(slice_equal(act->id, same->id));
    assert_true(slice_starts(act->id, SLICE("213401722:2019-09-30:text-")));
    struct act *given = read_act("{\"id\":\"mine\"}", SOURCE_SIDECAR);
    act_set_id(given, SLICE("x"));
    assert_slice(given->id, "mine");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(unread_fields_are_null, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_written_reads_back, set_up, tear_down),
        cmocka_unit_test_setup_teardown(other_spellings_are_accepted, set_up, tear_down),
        cmocka_unit_test_setup_teardown(names_of_other_programs_are_known, set_up, tear_down),
        cmocka_unit_test_setup_teardown(wrong_members_are_named, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_sidecar_wins_and_confidence_counts, set_up, tear_down),
        cmocka_unit_test_setup_teardown(ids_name_council_day_and_number, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Text in the encodings of French town halls, told apart by their bytes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/utf8.h"
#include "charset.h"

static void assert_decoded(struct slice bytes, const char *charset, const char *text)
{
    struct buffer out = {0};
    bool repaired;
    assert_string_equal(charset_decode(&out, bytes, &repaired), charset);
    buffer_add_string(&out, "");
    assert_string_equal(out.bytes, text);
    buffer_free(&out);
}

static void utf8_stays(void **state)
{
    (void)state;
    assert_decoded(SLICE("délibération n° 12 — cœur"), "UTF-8", "délibération n° 12 — cœur");
    assert_decoded(SLICE("\xEF\xBB\xBF"
                         "Objet"),
                   "UTF-8", "Objet");
    assert_decoded(SLICE(""), "UTF-8", "");
}

static void assert_repaired(const char *text, const char *wanted)
{
    struct buffer out = {0};
    bool repaired;
    assert_string_equal(charset_decode(&out, slice_of(text), &repaired), "UTF-8");
    assert_string_equal(out.bytes, wanted);
    assert_int_equal(repaired, strcmp(text, wanted) != 0);
    buffer_free(&out);
}

static void text_encoded_twice_is_repaired(void **state)
{
    (void)state;
    assert_repaired("La dÃ©libÃ©ration du 3 aoÃ»t, lâ€™Å“uvre Ã\u00A0 suivre : Â« EntitÃ© Â», 12 â‚¬",
                    "La délibération du 3 août, l’œuvre à suivre : « Entité », 12 €");
    assert_repaired("Ã‰tat, dÃ©libÃ©rÃ©, donnÃ© Ã tous", "État, délibéré, donné à tous");
    /* taken for Latin 1: the second halves are control characters */
    assert_repaired("Ã\xC2\x89tat, lâ\xC2\x80\xC2\x99Å\xC2\x93uvre, dÃ©jÃ\u00A0", "État, l’œuvre, déjà");
}

static void text_that_only_looks_so_is_left_alone(void **state)
{
    (void)state;
    assert_repaired("VOTÉ À L’UNANIMITÉ\u00A0: « ADOPTÉ\u00A0» — MAJORITÉ\u00A0; ÂGE, FORÊT",
                    "VOTÉ À L’UNANIMITÉ\u00A0: « ADOPTÉ\u00A0» — MAJORITÉ\u00A0; ÂGE, FORÊT");
    assert_repaired("« Ã© » se lit « é », « Ã¨ » se lit « è », « Ãª » se lit « ê »",
                    "« Ã© » se lit « é », « Ã¨ » se lit « è », « Ãª » se lit « ê »");
    assert_repaired("un seul mot dÃ©cidÃ©", "un seul mot dÃ©cidÃ©"); /* two letters are no proof */
    assert_repaired("São João, Šárka, Łódź", "São João, Šárka, Łódź");
}

static void line_ends_become_one(void **state)
{
    (void)state;
    assert_decoded(SLICE("un\r\ndeux\rtrois\n\r\nquatre"), "UTF-8", "un\ndeux\ntrois\n\nquatre");
}

static void control_characters_become_spaces(void **state)
{
    (void)state;
    assert_decoded(SLICE("a\x1B[31mb\tc\fd\0e"), "UTF-8", "a [31mb\tc\fd e");
}

static void utf16_is_read(void **state)
{
    (void)state;
    assert_decoded(SLICE("\xFF\xFE"
                         "V\0u\0 \0\xE9\0\xAC\x20"),
                   "UTF-16LE", "Vu é€");
    assert_decoded(SLICE("\xFE\xFF\0V\0u\0 \0\xE9\x20\xAC"), "UTF-16BE", "Vu é€");
    assert_decoded(SLICE("\xFF\xFE\x3D\xD8\x00\xDE"), "UTF-16LE", "\xF0\x9F\x98\x80");
    assert_decoded(SLICE("\xFF\xFE\x3D\xD8"
                         "a\0"),
                   "UTF-16LE", "\uFFFDa");
}

static void utf16_without_a_mark_is_known_by_its_zeros(void **state)
{
    (void)state;
    assert_decoded(SLICE("O\0b\0j\0e\0t\0 \0:\0"), "UTF-16LE", "Objet :");
    assert_decoded(SLICE("\0O\0b\0j\0e\0t"), "UTF-16BE", "Objet");
}

static void windows_1252_is_the_usual_guess(void **state)
{
    (void)state;
    assert_decoded(SLICE("d\xE9lib\xE9ration du conseil, l\x92\xE9t\xE9, c\x9Cur, 12 \x80"), "WINDOWS-1252",
                   "délibération du conseil, l’été, cœur, 12 €");
    assert_decoded(SLICE("\xC0 l'unanimit\xE9"), "WINDOWS-1252", "À l'unanimité");
    assert_decoded(SLICE("\xC9TAIENT PR\xC9SENTS : M. L\xC9V\xCAQUE"), "WINDOWS-1252", "ÉTAIENT PRÉSENTS : M. LÉVÊQUE");
}

static void latin_9_is_known_by_its_ligature_or_euro(void **state)
{
    (void)state;
    assert_decoded(SLICE("ma\xEEtrise d'\xBDuvre"), "ISO-8859-15", "maîtrise d'œuvre");
    assert_decoded(SLICE("soit 1 200 \xA4"), "ISO-8859-15", "soit 1 200 €");
}

static void mac_roman_is_known_by_its_letters(void **state)
{
    (void)state;
    assert_decoded(SLICE("d\x8Elib\x8Eration \x88 l\xD5unanimit\x8E, \xC7 for\x90t \xC8"), "MACINTOSH",
                   "délibération à l’unanimité, « forêt »");
}

static void what_is_declared_is_believed(void **state)
{
    (void)state;
    assert_decoded(SLICE("<html><meta charset=\"iso-8859-15\"><p>\xE9\xBD"), "ISO-8859-15",
                   "<html><meta charset=\"iso-8859-15\"><p>éœ");
    assert_decoded(SLICE("<META http-equiv=Content-Type content='text/html; charset=macintosh'>\x8E"), "MACINTOSH",
                   "<META http-equiv=Content-Type content='text/html; charset=macintosh'>é");
    assert_decoded(SLICE("<?xml version='1.0' encoding='ISO-8859-1'?>\xE9"), "WINDOWS-1252",
                   "<?xml version='1.0' encoding='ISO-8859-1'?>é");
}

static void a_wrong_declaration_does_not_spoil_utf8(void **state)
{
    (void)state;
    assert_decoded(SLICE("<meta charset=iso-8859-1>été"), "UTF-8", "<meta charset=iso-8859-1>été");
}

static void utf8_that_was_cut_off_is_still_utf8(void **state)
{
    (void)state;
    assert_decoded(SLICE("éàéàéàéàéàéàéàéàéàéà\xC3"), "UTF-8", "éàéàéàéàéàéàéàéàéàéà\uFFFD");
}

static void result_is_always_valid(void **state)
{
    (void)state;
    char bytes[256];
    struct buffer out = {0};
    for (int i = 0; i < 256; i++)
        bytes[i] = (char)i;
    bool repaired;
    charset_decode(&out, (struct slice){bytes, sizeof bytes}, &repaired);
    assert_true(utf8_is_valid(buffer_get(&out)));
    buffer_free(&out);
}

static void binary_is_told_from_text(void **state)
{
    (void)state;
    assert_true(charset_is_binary(SLICE("\0\1\2\3binary")));
    assert_true(charset_is_binary(SLICE("\0\0\0\0\0\0\0\0")));
    assert_false(charset_is_binary(SLICE("Le maire\tM. Dupont\r\n\f\x1A")));
    assert_false(charset_is_binary(SLICE("\xFF\xFE"
                                         "a\0")));
    assert_false(charset_is_binary(SLICE("")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(utf8_stays),
        cmocka_unit_test(line_ends_become_one),
        cmocka_unit_test(control_characters_become_spaces),
        cmocka_unit_test(utf16_is_read),
        cmocka_unit_test(utf16_without_a_mark_is_known_by_its_zeros),
        cmocka_unit_test(windows_1252_is_the_usual_guess),
        cmocka_unit_test(latin_9_is_known_by_its_ligature_or_euro),
        cmocka_unit_test(mac_roman_is_known_by_its_letters),
        cmocka_unit_test(what_is_declared_is_believed),
        cmocka_unit_test(a_wrong_declaration_does_not_spoil_utf8),
        cmocka_unit_test(utf8_that_was_cut_off_is_still_utf8),
        cmocka_unit_test(result_is_always_valid),
        cmocka_unit_test(text_encoded_twice_is_repaired),
        cmocka_unit_test(text_that_only_looks_so_is_left_alone),
        cmocka_unit_test(binary_is_told_from_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Every format and every reason not to read, through read_document. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/stat.h>

#include <cmocka.h>
#include <zlib.h>

#include "readers/reader.h"

static struct arena *arena;
static struct reading reading;

static int set_up(void **state)
{
    (void)state;
    arena = arena_new();
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    reading_free(&reading);
    arena_free(arena);
    return 0;
}

static void read_bytes(struct slice bytes, const char *path)
{
    reading_free(&reading);
    read_document(&reading, arena, bytes, path, &(struct read_options){0});
    buffer_add_string(&reading.text, ""); /* so that it can be compared as a string when nothing was read */
    assert_int_equal(reading.outcome == READ_OK, reading.reason[0] == '\0');
    assert_int_equal(reading.outcome == READ_OK, reading.error.message[0] == '\0');
}

static void assert_text(struct slice bytes, const char *path, const char *text)
{
    read_bytes(bytes, path);
    assert_string_equal(reading.reason, "");
    assert_string_equal(reading.text.bytes, text);
}

static void assert_reason(struct slice bytes, const char *path, enum read_outcome outcome, const char *reason)
{
    read_bytes(bytes, path);
    assert_string_equal(reading.reason, reason);
    assert_int_equal(reading.outcome, outcome);
}

static void assert_contains(const char *part)
{
    if (!strstr(reading.text.bytes, part))
        fail_msg("not in the text: %s\n%s", part, reading.text.bytes);
}

static void pack(struct buffer *out, struct slice bytes)
{
    z_stream stream = {0};
    assert_int_equal(deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
    size_t room = deflateBound(&stream, bytes.len);
    buffer_reserve(out, room);
    stream.next_in = (z_const Bytef *)bytes.bytes;
    stream.avail_in = (uInt)bytes.len;
    stream.next_out = (Bytef *)out->bytes;
    stream.avail_out = (uInt)room;
    assert_int_equal(deflate(&stream, Z_FINISH), Z_STREAM_END);
    out->len = stream.total_out;
    deflateEnd(&stream);
}

static void read_packed(struct slice bytes, const char *path)
{
    struct buffer packed = {0};
    pack(&packed, bytes);
    read_bytes(buffer_get(&packed), path);
    buffer_free(&packed);
}

/* A PDF of one page a content stream; `trailer` is more of its trailer. */
static void make_pdf(struct buffer *pdf, const char *const contents[], size_t count, const char *trailer)
{
    enum { MAX_OBJECTS = 32 };
    size_t offsets[MAX_OBJECTS] = {0}, object = 3;
    buffer_add_string(pdf, "%PDF-1.4\n");
    offsets[1] = pdf->len;
    buffer_add_string(pdf, "1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n");
    offsets[2] = pdf->len;
    buffer_add_string(pdf, "2 0 obj <</Type/Pages/Kids[");
    for (size_t i = 0; i < count; i++)
        buffer_printf(pdf, "%zu 0 R ", object + 1 + 2 * i);
    buffer_printf(pdf, "]/Count %zu>> endobj\n", count);
    offsets[object] = pdf->len;
    buffer_printf(pdf, "%zu 0 obj <</Type/Font/Subtype/Type1/BaseFont/Courier/Encoding/WinAnsiEncoding>> endobj\n",
                  object);
    for (size_t i = 0; i < count; i++) {
        offsets[++object] = pdf->len;
        buffer_printf(pdf,
                      "%zu 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %zu 0 R"
                      "/Resources<</Font<</F 3 0 R>>>>>> endobj\n",
                      object, object + 1);
        offsets[++object] = pdf->len;
        buffer_printf(pdf, "%zu 0 obj <</Length %zu>> stream\n%s\nendstream endobj\n", object, strlen(contents[i]),
                      contents[i]);
    }
    size_t table = pdf->len;
    buffer_printf(pdf, "xref\n0 %zu\n0000000000 65535 f \n", object + 1);
    for (size_t i = 1; i <= object; i++)
        buffer_printf(pdf, "%010zu 00000 n \n", offsets[i]);
    buffer_printf(pdf, "trailer <</Size %zu/Root 1 0 R%s>>\nstartxref\n%zu\n%%%%EOF\n", object + 1, trailer, table);
}

static const char *const two_pages[] = {
    "BT /F 10 Tf 14 TL 60 700 Td (Le conseil municipal, apr\\350s en avoir d\\351lib\\351r\\351,) Tj T* "
    "(approuve la convention.) Tj ET",
    "BT /F 10 Tf 60 700 Td (Pour extrait conforme, la maire) Tj ET"};
static const char *const picture[] = {"0 0 300 300 re f"};

static void read_pdf_bytes(const char *const contents[], size_t count, const char *trailer)
{
    struct buffer pdf = {0};
    make_pdf(&pdf, contents, count, trailer);
    read_bytes(buffer_get(&pdf), "acte.pdf");
    buffer_free(&pdf);
}

static void read_sample(const char *name)
{
    struct buffer path = {0}, content = {0};
    char part[4096];
    buffer_printf(&path, "%s/../data/sample/%s", TESTS_DIR, name);
    FILE *file = fopen(path.bytes, "rb");
    assert_non_null(file);
    for (size_t len; (len = fread(part, 1, sizeof part, file)) > 0;)
        buffer_add(&content, part, len);
    fclose(file);
    read_bytes(buffer_get(&content), path.bytes);
    buffer_free(&path);
    buffer_free(&content);
}

static void text_is_kept(void **state)
{
    (void)state;
    assert_text(SLICE("Séance du 12 mars\n\nObjet : voirie\n"), "a.txt", "Séance du 12 mars\n\nObjet : voirie\n");
    assert_int_equal(reading.format, FORMAT_TEXT);
    assert_string_equal(reading.charset, "UTF-8");
    assert_false(reading.has_pages);
}

static void text_in_other_encodings(void **state)
{
    (void)state;
    assert_text(SLICE("d\xE9lib\xE9r\xE9\r\n"), "a.txt", "délibéré\n");
    assert_string_equal(reading.charset, "WINDOWS-1252");
    assert_text(SLICE("\xFF\xFE"
                      "d\0\xE9\0l\0"),
                "a.TXT", "dél\n");
    assert_string_equal(reading.charset, "UTF-16LE");
}

static void text_with_form_feeds_has_pages(void **state)
{
    (void)state;
    assert_text(SLICE("page un\n\fpage deux\n\f"), "a.txt", "page un\n\fpage deux\n");
    assert_true(reading.has_pages);
}

static void file_without_extension_is_text(void **state)
{
    (void)state;
    assert_text(SLICE("Objet : voirie\n"), "/archives.d/deliberation", "Objet : voirie\n");
    assert_int_equal(reading.format, FORMAT_TEXT);
}

static void markdown_loses_its_marks(void **state)
{
    (void)state;
    assert_text(
        SLICE("# Séance *publique*\n\n**Présents :** Anne\\_B ; Paul C.  \nAbsent : 2<sup>ème</sup> adjoint\nsuite\n\n"
              "- approuve l'_avis_ ;\n- `code`\n\n1. un\n2. deux\n\n&eacute;t&#233; &inconnu;\n\n"
              "| Pour | Contre |\n|---|---|\n| 12 | 3 |\n\n    pas du code\n\n[lien](http://x.example)\n"),
        "a.md",
        "Séance publique\n\nPrésents : Anne_B ; Paul C.\nAbsent : 2ème adjoint\nsuite\n\n"
        "- approuve l'avis ;\n- code\n\n1. un\n2. deux\n\nété &inconnu;\n\n"
        "Pour  Contre\n12  3\n\npas du code\n\nlien\n");
    assert_int_equal(reading.format, FORMAT_MARKDOWN);
}

static void html_inside_markdown_is_read(void **state)
{
    (void)state;
    assert_text(SLICE("Avant\n\n<table>\n<tr><td>Pour</td><td>12</td></tr>\n</table>\n\nun<br>deux\n"), "a.md",
                "Avant\n\nPour  12\n\nun\ndeux\n");
}

static void html_becomes_lines(void **state)
{
    (void)state;
    assert_text(SLICE("<!DOCTYPE html><html><head><title>Séance</title><style>p{}</style><script>var x='<p>';</script>"
                      "</head><body><nav><ul><li>Accueil</li></ul></nav><h1>Séance du\n 12 mars</h1>"
                      "<p>La 2<sup>ème</sup>&nbsp;adjointe<br>rapporte &laquo;</p><div>un</div><div>deux</div>"
                      "<table><tr><th>Pour</th><th></th><th>Contre</th></tr><tr><td><p>12</p></td><td>a</td><td><p>3"
                      "</p></td></tr></table>"
                      "<ul><li>approuve</li><li><b>autorise</b></li></ul><ol start='4'><li>quatre<li>cinq</ol>"
                      "<pre>a\n  b</pre><template>x</template></body></html>"),
                "a.html",
                "Séance du 12 mars\n\nLa 2ème\u00A0adjointe\nrapporte «\n\nun\ndeux\n\nPour | | Contre\n12  a  3\n\n"
                "- approuve\n- autorise\n\n4. quatre\n5. cinq\n\na\n  b\n");
    assert_int_equal(reading.format, FORMAT_HTML);
}

static void what_a_site_puts_around_its_pages_is_left_out(void **state)
{
    (void)state;
    assert_text(SLICE("<html><body><header>Ville de Kervalo</header><div id='cookie-banner'><p>Objet : mesure</p>"
                      "<button>Oui</button></div><div role=navigation><ul><li>Accueil</ul></div><main><article>"
                      "<p>Objet : voirie</p><footer>Le maire</footer></article></main><aside>Agenda</aside>"
                      "<footer>Mairie de Kervalo</footer></body></html>"),
                "a.html", "Ville de Kervalo\n\nObjet : voirie\n\nLe maire\n\nMairie de Kervalo\n");
}

static void html_title_is_kept_when_the_body_lacks_it(void **state)
{
    (void)state;
    assert_text(SLICE("<html><title>Délibération 12</title><body><p>Objet : voirie"), "a.html",
                "Délibération 12\n\nObjet : voirie\n");
}

static void html_is_known_by_its_content(void **state)
{
    (void)state;
    assert_text(SLICE("  <html><body>Objet"), "acte.txt", "Objet\n");
    assert_int_equal(reading.format, FORMAT_HTML);
    assert_text(SLICE("<html><meta charset=iso-8859-15><p>\xBDuvre"), "acte.doc", "œuvre\n");
    assert_string_equal(reading.charset, "ISO-8859-15");
    assert_text(SLICE("5 < 6 et <p> n'est pas une page\n"), "acte.txt", "5 < 6 et <p> n'est pas une page\n");
}

static void html_nested_without_end_is_refused(void **state)
{
    (void)state;
    struct buffer html = {0};
    buffer_add_string(&html, "<html>");
    for (int i = 0; i < 100000; i++)
        buffer_add_string(&html, "<div>");
    assert_reason(buffer_get(&html), "a.html", READ_FAILED, "damaged");
    buffer_free(&html);
}

static void html_entities_from_outside_are_not_read(void **state)
{
    (void)state;
    read_bytes(SLICE("<!DOCTYPE html [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><html><p>a &x; b"), "a.html");
    assert_contains("a &x; b\n");
}

static void ndjson_gives_acts(void **state)
{
    (void)state;
    read_bytes(SLICE("{\"id\":\"a:1\",\"title\":\"Voirie\",\"text\":\"Le conseil\\r\\napprouve \\u001b\"}\r\n\n"
                     "{\"objet\":\"Budget\",\"date\":\"2019-03-14\"}"),
               "actes.ndjson");
    assert_int_equal(reading.outcome, READ_OK);
    assert_int_equal(reading.format, FORMAT_NDJSON);
    assert_int_equal(reading.given_count, 2);
    assert_string_equal(arena_string(arena, reading.given[0].act->objet), "Voirie");
    assert_string_equal(arena_string(arena, reading.given[0].text), "Le conseil\napprouve  ");
    assert_int_equal(reading.given[1].act->date, 20190314);
    assert_int_equal(reading.given[1].text.len, 0);
}

static void bad_lines_are_counted_and_the_others_stand(void **state)
{
    (void)state;
    assert_reason(SLICE("{\"text\":\"un\"}\n\n{\"text\":\n{\"number\":\"12\"}\n[]\n{\"text\":\"deux\"}\n"), "a.jsonl",
                  READ_FAILED, "bad-lines");
    assert_int_equal(reading.given_count, 2);
    assert_string_equal(arena_string(arena, reading.given[1].text), "deux");
    assert_non_null(strstr(reading.error.message, "3 of 5"));
    assert_non_null(strstr(reading.error.message, "line 3"));
}

static void a_page_without_tags_is_text(void **state)
{
    (void)state;
    assert_text(SLICE("Tarifs < 5 €\nAdopté\n"), "a.html", "Tarifs < 5 €\nAdopté\n");
}

static void json_is_only_read_when_it_is_one_act_a_line(void **state)
{
    (void)state;
    read_bytes(SLICE("{\"text\":\"un\"}\n{\"text\":\"deux\"}\n"), "actes.json");
    assert_int_equal(reading.given_count, 2);
    read_bytes(SLICE("[\n{\"titre\": \"Tarifs {d'été}\", \"texte\": \"un [\\\"deux\\\"]\"},\n{\"objet\": \"Eau\"}]"),
               "actes.json");
    assert_int_equal(reading.given_count, 2);
    assert_true(slice_equal(reading.given[0].act->objet, SLICE("Tarifs {d'été}")));
    assert_true(slice_equal(reading.given[0].text, SLICE("un [\"deux\"]")));
    assert_reason(SLICE("{\n \"text\": \"un\"\n}\n"), "x.json", READ_SKIPPED, "unknown-format");
}

static void pdf_text_and_pages(void **state)
{
    (void)state;
    read_pdf_bytes(two_pages, 2, "");
    assert_string_equal(reading.reason, "");
    assert_int_equal(reading.format, FORMAT_PDF);
    assert_true(reading.has_pages);
    assert_contains("Le conseil municipal, après en avoir délibéré,\napprouve la convention.\n");
    assert_contains("\fPour extrait conforme, la maire\n");
    assert_int_not_equal(reading.text.bytes[reading.text.len - 1], '\f');
}

static void pdf_columns_of_the_sample_are_in_reading_order(void **state)
{
    (void)state;
    read_sample("ville-de-montcaubel/2012-12-17-0000044310.pdf");
    assert_contains("Extrait du registre des\ndélibérations du Conseil\nMunicipal de la Ville de\nMontcaubel\n");
    assert_contains("\nn° 2012 / 311\n");
    assert_contains(
        "Convoqué le mardi 11 décembre 2012, le Conseil Municipal de la Ville de Montcaubel s'est\nréuni en "
        "mairie, Salle des Consuls, le lundi 17 décembre 2012 à 18H00, sous la présidence\nde Monsieur le "
        "Maire, Philippe Roucayrol\nPrésents :\n");
    assert_contains("Prêt                                                         Montant                  Durée\n");
    read_sample("estrevielle-metropole/CM_20190418_delib_037.pdf");
    assert_contains("L'an deux mille-dix-neuf et le dix-huit avril, les membres du Conseil de Métropole, légalement\n"
                    "convoqués, se sont assemblés au lieu ordinaire des séances, salle du Conseil, sous la\n"
                    "présidence de M. Lucien ALBERTAZZO.\n");
    assert_contains("Séance du\njeudi 18 avril 2019\n");
    read_sample("kerarvor/DCM220617_04.pdf");
    assert_contains("à 20h00, le Conseil\nMunicipal de la commune de Kerarvor s'est réuni en séance ordinaire à la "
                    "salle\npolyvalente, sous la présidence");
}

static void packed_files_are_unpacked(void **state)
{
    (void)state;
    read_packed(SLICE("d\xE9lib\xE9r\xE9\n"), "a.txt.gz");
    assert_string_equal(reading.text.bytes, "délibéré\n");
    read_packed(SLICE("# Objet\n"), "a.md.GZ");
    assert_string_equal(reading.text.bytes, "Objet\n");
    read_packed(SLICE("<html><p>Objet"), "a.html.gz");
    assert_string_equal(reading.text.bytes, "Objet\n");
    read_packed(SLICE("{\"text\":\"un\"}\n"), "a.ndjson.gz");
    assert_int_equal(reading.given_count, 1);
    struct buffer pdf = {0};
    make_pdf(&pdf, two_pages, 2, "");
    read_packed(buffer_get(&pdf), "a.pdf.gz");
    assert_contains("approuve la convention.");
    buffer_free(&pdf);
    assert_text(SLICE("not packed after all\n"), "a.txt.gz", "not packed after all\n");
}

static void nothing_but_white_space_is_empty(void **state)
{
    (void)state;
    assert_reason(SLICE(""), "a.txt", READ_SKIPPED, "empty");
    assert_reason(SLICE(" \r\n\t\f\n"), "a.md", READ_SKIPPED, "empty");
    assert_reason(SLICE("\xEF\xBB\xBF"), "a.ndjson", READ_SKIPPED, "empty");
    assert_reason(SLICE(""), "a.pdf", READ_SKIPPED, "empty");
    assert_reason(SLICE("<html><script>var x = 1;</script><body></body>"), "a.html", READ_SKIPPED, "empty");
    read_packed(SLICE(""), "a.txt.gz");
    assert_string_equal(reading.reason, "empty");
}

static void what_is_no_document_is_skipped(void **state)
{
    (void)state;
    assert_reason(SLICE("\x89PNG\r\n\x1A\n\0\0\0\rIHDR"), "logo.png", READ_SKIPPED, "unknown-format");
    assert_reason(SLICE("\xFF\xD8\xFF\xE0\0\x10JFIF"), "photo.txt", READ_SKIPPED, "unknown-format");
    assert_reason(SLICE("\0\1\2\3\4\5"), "index.dat", READ_SKIPPED, "unknown-format");
    assert_reason(SLICE("p { color: red }"), "style.css", READ_SKIPPED, "unknown-format");
}

static void documents_that_no_reader_reads_fail(void **state)
{
    (void)state;
    assert_reason(SLICE("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0\0"), "acte.doc", READ_FAILED, "unsupported-format");
    assert_reason(SLICE("COLL_NOM;DELIB_ID\n"), "scdl.csv", READ_FAILED, "unsupported-format");
    assert_reason(SLICE("<?xml version='1.0'?><actes/>"), "acte_0.xml", READ_FAILED, "unsupported-format");
}

static void names_that_promise_more_than_there_is_are_told(void **state)
{
    (void)state;
    assert_reason(SLICE("PK\x03\x04\x14\0\6\0"), "acte.docx", READ_FAILED, "damaged");
    assert_reason(SLICE("\1\2\3\4\5\6"), "acte.docx", READ_FAILED, "damaged");
    assert_non_null(strstr(reading.error.message, "Word"));
    assert_reason(SLICE("Objet : tarifs"), "acte.odt", READ_FAILED, "damaged");
}

static void text_file_of_zeros_is_binary(void **state)
{
    (void)state;
    char zeros[1000] = {0};
    assert_reason((struct slice){zeros, sizeof zeros}, "a.txt", READ_FAILED, "binary");
    assert_reason(SLICE("\1\2\3\4\5\6"), "a.html", READ_FAILED, "binary");
}

static void damaged_files_are_told(void **state)
{
    (void)state;
    struct buffer packed = {0};
    pack(&packed, SLICE("Le conseil municipal"));
    assert_reason((struct slice){packed.bytes, packed.len - 3}, "a.txt.gz", READ_FAILED, "damaged");
    buffer_free(&packed);
    assert_reason(SLICE("%PDF-1.4\nnothing else\n"), "a.pdf", READ_FAILED, "damaged");
    assert_reason(SLICE("Objet : voirie\n"), "a.pdf", READ_FAILED, "damaged");
    assert_reason(SLICE("\0\1\2\3\4\5\6"), "a.pdf", READ_FAILED, "damaged");
    read_pdf_bytes(two_pages, 0, "");
    assert_string_equal(reading.reason, "damaged");
}

static void locked_pdf_is_told(void **state)
{
    (void)state;
    read_pdf_bytes(two_pages, 2,
                   "/ID[<00112233445566778899AABBCCDDEEFF><00112233445566778899AABBCCDDEEFF>]/Encrypt"
                   "<</Filter/Standard/V 1/R 2/P -4"
                   "/O<AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA>"
                   "/U<BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB>>>");
    assert_string_equal(reading.reason, "encrypted");
}

static void scanned_pdf_needs_ocr(void **state)
{
    (void)state;
    read_pdf_bytes(picture, 1, "");
    assert_string_equal(reading.reason, "needs-ocr");
    assert_non_null(strstr(reading.error.message, "--ocr"));
    assert_int_equal(reading.text.len, 0);
}

static void too_big_is_told(void **state)
{
    (void)state;
    struct buffer text = {0};
    for (int i = 0; i < 34 << 10; i++)
        buffer_printf(&text, "%01023d\n", i);
    assert_reason(buffer_get(&text), "a.txt", READ_FAILED, "too-big");
    assert_reason(buffer_get(&text), "a.html", READ_FAILED, "too-big");
    assert_reason(buffer_get(&text), "a.md", READ_FAILED, "too-big");
    memset(text.bytes, ' ', text.len);
    read_packed(buffer_get(&text), "a.txt.gz");
    assert_string_equal(reading.reason, "too-big"); /* packed a thousand to one */
    buffer_free(&text);
}

/* Put a pdftotext of our own before the one of the system, for one reading. */
static void read_pdf_with(const char *script, const char *reason)
{
    char folder[] = "/tmp/test_readers_XXXXXX";
    const char *usual_path = arena_string(arena, slice_of(getenv("PATH")));
    assert_non_null(mkdtemp(folder));
    const char *program = arena_printf(arena, "%s/pdftotext", folder);
    if (script) {
        FILE *file = fopen(program, "w");
        assert_non_null(file);
        fprintf(file, "#!/bin/sh\n%s\n", script);
        fclose(file);
        chmod(program, 0755);
    }
    setenv("PATH", folder, 1);
    read_pdf_bytes(two_pages, 2, "");
    setenv("PATH", usual_path, 1);
    remove(program);
    remove(folder);
    assert_string_equal(reading.reason, reason);
}

static void trouble_with_pdftotext_is_told(void **state)
{
    (void)state;
    read_pdf_with(NULL, "missing-helper");
    assert_non_null(strstr(reading.error.message, "poppler-utils"));
    read_pdf_with("kill -SEGV $$", "damaged");
    read_pdf_with("yes", "too-big");
    read_pdf_with("kill -XCPU $$", "timeout");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(text_is_kept, set_up, tear_down),
        cmocka_unit_test_setup_teardown(text_in_other_encodings, set_up, tear_down),
        cmocka_unit_test_setup_teardown(text_with_form_feeds_has_pages, set_up, tear_down),
        cmocka_unit_test_setup_teardown(file_without_extension_is_text, set_up, tear_down),
        cmocka_unit_test_setup_teardown(markdown_loses_its_marks, set_up, tear_down),
        cmocka_unit_test_setup_teardown(html_inside_markdown_is_read, set_up, tear_down),
        cmocka_unit_test_setup_teardown(html_becomes_lines, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_a_site_puts_around_its_pages_is_left_out, set_up, tear_down),
        cmocka_unit_test_setup_teardown(html_title_is_kept_when_the_body_lacks_it, set_up, tear_down),
        cmocka_unit_test_setup_teardown(html_is_known_by_its_content, set_up, tear_down),
        cmocka_unit_test_setup_teardown(html_nested_without_end_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(html_entities_from_outside_are_not_read, set_up, tear_down),
        cmocka_unit_test_setup_teardown(ndjson_gives_acts, set_up, tear_down),
        cmocka_unit_test_setup_teardown(bad_lines_are_counted_and_the_others_stand, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_page_without_tags_is_text, set_up, tear_down),
        cmocka_unit_test_setup_teardown(json_is_only_read_when_it_is_one_act_a_line, set_up, tear_down),
        cmocka_unit_test_setup_teardown(pdf_text_and_pages, set_up, tear_down),
        cmocka_unit_test_setup_teardown(pdf_columns_of_the_sample_are_in_reading_order, set_up, tear_down),
        cmocka_unit_test_setup_teardown(packed_files_are_unpacked, set_up, tear_down),
        cmocka_unit_test_setup_teardown(nothing_but_white_space_is_empty, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_no_document_is_skipped, set_up, tear_down),
        cmocka_unit_test_setup_teardown(documents_that_no_reader_reads_fail, set_up, tear_down),
        cmocka_unit_test_setup_teardown(names_that_promise_more_than_there_is_are_told, set_up, tear_down),
        cmocka_unit_test_setup_teardown(text_file_of_zeros_is_binary, set_up, tear_down),
        cmocka_unit_test_setup_teardown(damaged_files_are_told, set_up, tear_down),
        cmocka_unit_test_setup_teardown(locked_pdf_is_told, set_up, tear_down),
        cmocka_unit_test_setup_teardown(scanned_pdf_needs_ocr, set_up, tear_down),
        cmocka_unit_test_setup_teardown(too_big_is_told, set_up, tear_down),
        cmocka_unit_test_setup_teardown(trouble_with_pdftotext_is_told, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

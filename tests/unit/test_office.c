/* The text of word processors' documents, from the XML that they are made of, and RTF as unrtf is given it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <zip.h>

#include "readers/doc.h"
#include "readers/docx.h"
#include "readers/odt.h"
#include "readers/rtf.h"
#include "readers/xml_walk.h"

static struct arena *arena;
static struct reading reading;

static int set_up(void **state)
{
    (void)state;
    arena = arena_new();
    reading = (struct reading){.reason = ""};
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    reading_free(&reading);
    arena_free(arena);
    return 0;
}

static void assert_text(const char *text)
{
    buffer_add_string(&reading.text, "");
    assert_string_equal(reading.reason, "");
    assert_string_equal(reading.text.bytes, text);
}

/* --- Word ------------------------------------------------------------------------------------------------------ */

#define RUN(text) "<w:r><w:t xml:space='preserve'>" text "</w:t></w:r>"
#define PARAGRAPH(text) "<w:p>" RUN(text) "</w:p>"
#define STYLED(style, text) "<w:p><w:pPr><w:pStyle w:val='" style "'/></w:pPr>" RUN(text) "</w:p>"
#define NUMBERED(list, level, text)                                                                                    \
    "<w:p><w:pPr><w:numPr><w:ilvl w:val='" level "'/><w:numId w:val='" list "'/></w:numPr></w:pPr>" RUN(text) "</w:p>"
#define WORD(body) "<w:document xmlns:w='w' xmlns:mc='m'><w:body>" body "</w:body></w:document>"

static void read_word(struct docx_parts *parts, const char *body)
{
    buffer_add_string(&parts->body, body);
    read_docx_parts(&reading, arena, parts);
    docx_parts_free(parts);
}

static void assert_word(const char *body, const char *text)
{
    struct docx_parts parts = {0};
    reading_free(&reading);
    reading = (struct reading){.reason = ""};
    read_word(&parts, body);
    assert_text(text);
}

static void word_paragraphs_are_lines(void **state)
{
    (void)state;
    assert_word(WORD(PARAGRAPH("Le conseil,") PARAGRAPH("Vu le code,") "<w:p/><w:p/>" PARAGRAPH("Décide")),
                "Le conseil,\nVu le code,\n\nDécide\n");
    assert_word(WORD("<w:p>" RUN("Le ") RUN("conseil") "<w:r><w:br/><w:t>vote</w:t><w:tab/><w:t>10</w:t></w:r></w:p>"),
                "Le conseil\nvote  10\n");
    assert_word(
        WORD("<w:p><w:pPr><w:tabs><w:tab w:val='left'/></w:tabs></w:pPr>" RUN("Vingt") "<w:r><w:noBreakHyphen/>"
                                                                                       "</w:r>" RUN("deux") "</w:p>"),
        "Vingt-deux\n");
}

#define BOLD(text) "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>" text "</w:t></w:r></w:p>"

/* Minutes whose titles stand apart by their letters alone. */
static void word_titles_in_bold_stand_apart(void **state)
{
    (void)state;
    assert_word(WORD(BOLD("Tarifs de la") BOLD("cantine") PARAGRAPH("Adopté.") PARAGRAPH("La suite.")
                         BOLD("Voirie") "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>Vote :</w:t></w:r>" RUN(" oui") "</w:p>"),
                "Tarifs de la\ncantine\n\nAdopté.\nLa suite.\n\nVoirie\n\nVote : oui\n");
    assert_word(WORD(PARAGRAPH("un") "<w:p><w:r><w:rPr><w:b w:val='0'/></w:rPr><w:t>deux</w:t></w:r></w:p>"),
                "un\ndeux\n");
    assert_word(WORD("<w:tbl><w:tr><w:tc>" BOLD("Pour") "</w:tc><w:tc>" PARAGRAPH("12") "</w:tc></w:tr></w:tbl>"),
                "Pour  12\n");
}

static void word_rows_are_lines(void **state)
{
    (void)state;
    assert_word(WORD("<w:tbl><w:tr><w:tc>" PARAGRAPH("Dépense") "</w:tc><w:tc>" PARAGRAPH(
                    "12") "</w:tc></w:tr>"
                          "<w:tr><w:tc>" PARAGRAPH("Recette") "</w:tc><w:tc><w:p/></w:tc><w:tc>" PARAGRAPH(
                              "13") "</w:tc></w:tr></w:tbl>" PARAGRAPH("Fin")),
                "Dépense  12\nRecette | | 13\n\nFin\n");
    assert_word(WORD("<w:tbl><w:tr><w:tc>" PARAGRAPH("Mairie de")
                         PARAGRAPH("Kervalo") "</w:tc><w:tc>" PARAGRAPH("Séance") "</w:tc></w:tr></w:tbl>"),
                "Mairie de\nKervalo\n\nSéance\n");
}

static void word_leaves_out_what_is_not_printed(void **state)
{
    (void)state;
    assert_word(
        WORD("<w:p><w:del><w:r><w:delText>dix</w:delText><w:t>dix</w:t></w:r></w:del><w:ins>" RUN(
            "douze") "</w:ins><w:moveFrom>" RUN("parti") "</w:moveFrom><w:r><w:instrText>PAGE</w:instrText></w:r>"
                                                         "<w:r><w:rPr><w:vanish/></w:rPr><w:t>caché</w:t></w:r>" RUN(
                                                             " voix") "</w:p>"),
        "douze voix\n");
    assert_word(
        WORD("<w:p><mc:AlternateContent><mc:Choice><w:txbxContent>" PARAGRAPH(
            "Cadre") "</w:txbxContent>"
                     "</mc:Choice><mc:Fallback>" PARAGRAPH("Cadre") "</mc:Fallback></mc:AlternateContent></w:p>"),
        "Cadre\n");
}

static void word_numbers_are_written_out(void **state)
{
    (void)state;
    struct docx_parts parts = {0};
    buffer_add_string(
        &parts.numbering,
        "<w:numbering xmlns:w='w'><w:abstractNum w:abstractNumId='4'><w:lvl w:ilvl='0'><w:start w:val='2'/>"
        "<w:numFmt w:val='upperRoman'/><w:lvlText w:val='%1 -'/></w:lvl><w:lvl w:ilvl='1'><w:start "
        "w:val='1'/><w:numFmt w:val='lowerLetter'/><w:lvlText w:val='%1.%2)'/></w:lvl><w:lvl w:ilvl='2'>"
        "<w:numFmt w:val='bullet'/><w:lvlText w:val='o'/></w:lvl></w:abstractNum><w:num w:numId='1'>"
        "<w:abstractNumId w:val='4'/></w:num><w:num w:numId='10'><w:abstractNumId w:val='4'/><w:lvlOverride"
        " w:ilvl='0'><w:startOverride w:val='7'/></w:lvlOverride></w:num></w:numbering>");
    buffer_add_string(&parts.styles,
                      "<w:styles xmlns:w='w'><w:style w:type='paragraph' w:styleId='Titre'><w:pPr><w:numPr>"
                      "<w:numId w:val='1'/></w:numPr></w:pPr></w:style></w:styles>");
    read_word(&parts, WORD(NUMBERED("1", "0", "A") NUMBERED("1", "1", "B") NUMBERED("1", "1", "C") NUMBERED(
                          "1", "2", "D") STYLED("Titre", "E") NUMBERED("1", "1", "F") NUMBERED("10", "0", "G")
                               NUMBERED("10", "0", "H") NUMBERED("0", "0", "I") NUMBERED("99", "0", "J")));
    assert_text("II - A\nII.a) B\nII.b) C\n- D\nIII - E\nIII.a) F\nVII - G\nVIII - H\nI\nJ\n");
}

static void word_spacing_is_an_empty_line(void **state)
{
    (void)state;
    struct docx_parts parts = {0};
    buffer_add_string(
        &parts.styles,
        "<w:styles xmlns:w='w'><w:docDefaults><w:pPrDefault><w:pPr><w:spacing w:after='0'/></w:pPr>"
        "</w:pPrDefault></w:docDefaults><w:style w:type='paragraph' w:default='1' w:styleId='Normal'/>"
        "<w:style w:type='paragraph' w:styleId='Corps'><w:pPr><w:spacing w:after='200'/></w:pPr></w:style>"
        "<w:style w:type='paragraph' w:styleId='Liste'><w:basedOn w:val='Corps'/><w:pPr>"
        "<w:contextualSpacing/></w:pPr></w:style></w:styles>");
    read_word(&parts, WORD(PARAGRAPH("a") PARAGRAPH("b") STYLED("Corps", "c") STYLED("Corps", "d") STYLED("Liste", "e")
                               STYLED("Liste", "f") PARAGRAPH("g")));
    assert_text("a\nb\nc\n\nd\n\ne\nf\n\ng\n");
}

static void word_notes_come_last(void **state)
{
    (void)state;
    struct docx_parts parts = {0};
    buffer_add_string(&parts.header, "<w:hdr xmlns:w='w'>" PARAGRAPH("Commune") "</w:hdr>");
    buffer_add_string(&parts.footnotes, "<w:footnotes xmlns:w='w'><w:footnote>" PARAGRAPH("une note") "</w:footnote>"
                                                                                                      "</w:footnotes>");
    read_word(&parts, WORD(PARAGRAPH("Texte")));
    assert_text("Commune\n\nTexte\n\nune note\n");
}

/* --- OpenDocument ---------------------------------------------------------------------------------------------- */

#define ODT_PARAGRAPH(text) "<t:p>" text "</t:p>"
#define ODT(styles, body) "<o:c xmlns:o='o' xmlns:t='t'><o:s>" styles "</o:s><o:text>" body "</o:text></o:c>"

static void assert_odt(const char *content, const char *styles, const char *text)
{
    reading_free(&reading);
    reading = (struct reading){.reason = ""};
    read_odt_parts(&reading, arena, slice_of(content), slice_of(styles));
    assert_text(text);
}

static void odt_titles_in_bold_stand_apart(void **state)
{
    (void)state;
    assert_odt(ODT("<t:style t:name='T' t:family='paragraph'><t:text-properties t:font-weight='bold'/></t:style>"
                   "<t:style t:name='U' t:family='paragraph' t:parent-style-name='T'/>",
                   "<t:p t:style-name='T'>Tarifs</t:p>" ODT_PARAGRAPH("Adopté.")
                       ODT_PARAGRAPH("La suite.") "<t:p t:style-name='U'>Voirie</t:p>" ODT_PARAGRAPH("Refusé.")),
               "", "Tarifs\n\nAdopté.\nLa suite.\n\nVoirie\n\nRefusé.\n");
}

static void odt_paragraphs_are_lines(void **state)
{
    (void)state;
    assert_odt(
        ODT("", "<t:h t:outline-level='1'>TITRE</t:h>" ODT_PARAGRAPH("Le<t:s t:c='4'/>conseil<t:line-break/>vote"
                                                                     "<t:tab/>10") "<t:p/>" ODT_PARAGRAPH("Décide")),
        "", "TITRE\nLe conseil\nvote  10\n\nDécide\n");
    assert_odt(
        ODT("", "<t:tracked-changes>" ODT_PARAGRAPH("ôté") "</t:tracked-changes><t:p>a<o:annotation>" ODT_PARAGRAPH(
                    "remarque") "</o:annotation>b<t:note><t:note-citation>1</"
                                "t:note-citation><t:note-body>" ODT_PARAGRAPH("une note") "</t:note-body></t:note>c</"
                                                                                          "t:p>"),
        "", "abc\n\nune note\n");
    assert_odt(ODT("", "<t:table><t:table-row><t:table-cell>" ODT_PARAGRAPH(
                           "Dépense") "</t:table-cell><t:table-cell>" ODT_PARAGRAPH("12") "</t:table-cell></"
                                                                                          "t:table-row></t:table>"),
               "", "Dépense  12\n");
}

static void odt_numbers_are_written_out(void **state)
{
    (void)state;
    static const char styles[] =
        "<t:list-style t:name='L'><t:list-level-style-number t:level='1' t:num-prefix='Article '"
        " t:num-format='1' t:num-suffix=' :'/><t:list-level-style-number t:level='2' "
        "t:num-format='a' t:num-suffix=')' t:display-levels='2'/></t:list-style>";
    struct buffer content = {0};
    buffer_printf(
        &content,
        ODT("%s", "<t:list t:style-name='L'><t:list-item>" ODT_PARAGRAPH("A") "<t:list><t:list-item>" ODT_PARAGRAPH("B")
                      ODT_PARAGRAPH("suite") "</t:list-item></t:list></t:list-item>"
                                             "<t:list-item>" ODT_PARAGRAPH("C") "</t:list-item></t:list>" ODT_PARAGRAPH(
                                                 "entre") "<t:list t:style-name='L' "
                                                          "t:continue-numbering='true'><t:list-item>" ODT_PARAGRAPH(
                                                              "D") "</t:list-item></"
                                                                   "t:list><t:list "
                                                                   "t:style-name='L'>"
                                                                   "<t:list-"
                                                                   "item"
                                                                   ">" ODT_PARAGRAPH("E") "</t:list-item></t:list>"),
        styles);
    assert_odt(content.bytes, "", "Article 1 : A\n1.a) B\nsuite\nArticle 2 : C\nentre\nArticle 3 : D\nArticle 1 : E\n");
    buffer_free(&content);
}

static void odt_margins_and_header(void **state)
{
    (void)state;
    assert_odt(
        ODT("<t:style t:name='P1' t:family='paragraph' t:parent-style-name='Corps'/>",
            ODT_PARAGRAPH("a") "<t:p t:style-name='P1'>b</t:p>"),
        "<s xmlns:t='t'><t:style t:name='Corps' t:family='paragraph'><t:paragraph-properties t:margin-top='0.5cm'/>"
        "</t:style><t:master-page t:name='Autre'><t:header><t:p>non</t:p></t:header></t:master-page>"
        "<t:master-page t:name='Standard'><t:header><t:p>Commune</t:p></t:header><t:footer><t:p>pied</t:p>"
        "</t:footer></t:master-page></s>",
        "Commune\n\na\n\nb\n");
}

/* --- zip files ------------------------------------------------------------------------------------------------- */

static void add_member(zip_t *zip, const char *name, const char *content, bool locked)
{
    zip_int64_t index = zip_file_add(zip, name, zip_source_buffer(zip, content, strlen(content), 0), 0);
    assert_true(index >= 0);
    if (locked)
        assert_int_equal(zip_file_set_encryption(zip, (zip_uint64_t)index, ZIP_EM_AES_256, "secret"), 0);
    else
        assert_int_equal(zip_set_file_compression(zip, (zip_uint64_t)index, ZIP_CM_STORE, 0), 0);
}

/* A zip file of one member beside what makes it a Word document. */
static void make_zip(struct buffer *out, const char *name, const char *content, bool locked)
{
    zip_error_t error;
    zip_source_t *source = zip_source_buffer_create(NULL, 0, 0, &error);
    zip_source_keep(source);
    zip_t *zip = zip_open_from_source(source, ZIP_TRUNCATE, &error);
    assert_non_null(zip);
    add_member(zip, name, content, locked);
    if (strncmp(name, "word/", 5) == 0)
        add_member(zip, "[Content_Types].xml", "<Types/>", false);
    assert_int_equal(zip_close(zip), 0);
    zip_stat_t stat;
    assert_int_equal(zip_source_stat(source, &stat), 0);
    buffer_reserve(out, stat.size);
    assert_int_equal(zip_source_open(source), 0);
    out->len = (size_t)zip_source_read(source, out->bytes, stat.size);
    zip_source_close(source);
    zip_source_free(source);
}

static void zip_files_are_told_apart(void **state)
{
    (void)state;
    struct buffer zip = {0};
    make_zip(&zip, "word/document.xml", WORD(PARAGRAPH("Objet")), false);
    read_document(&reading, arena, buffer_get(&zip), "sans nom", &(struct read_options){0});
    assert_int_equal(reading.format, FORMAT_DOCX);
    assert_text("Objet\n");
    buffer_clear(&zip);
    reading_free(&reading);
    make_zip(&zip, "word/document.xml", WORD(PARAGRAPH("Objet")), true);
    read_document(&reading, arena, buffer_get(&zip), "acte.docx", &(struct read_options){0});
    assert_string_equal(reading.reason, "encrypted");
    buffer_clear(&zip);
    reading_free(&reading);
    make_zip(&zip, "acte.pdf", "%PDF-1.4 stored as it is", false);
    read_document(&reading, arena, buffer_get(&zip), "lot.zip", &(struct read_options){0});
    assert_int_equal(reading.format, FORMAT_ZIP);
    assert_string_equal(reading.reason, "");
    assert_int_equal(reading.bundle.len, zip.len);
    buffer_free(&zip);
}

/* --- what is wrong, what is old -------------------------------------------------------------------------------- */

static void hostile_xml_is_refused(void **state)
{
    (void)state;
    read_odt_parts(&reading, arena, SLICE("<!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'>]><x><p>&b;</p></x>"),
                   SLICE(""));
    assert_string_equal(reading.reason, "damaged");
    assert_non_null(strstr(reading.error.message, "entities"));
    struct buffer deep = {0};
    for (int i = 0; i <= XML_WALK_MAX_DEPTH; i++)
        buffer_add_string(&deep, "<t>");
    read_odt_parts(&reading, arena, buffer_get(&deep), SLICE(""));
    assert_non_null(strstr(reading.error.message, "deep"));
    buffer_free(&deep);
}

static void docbook_of_antiword_is_read(void **state)
{
    (void)state;
    read_docbook(&reading,
                 SLICE("<?xml version='1.0'?><!DOCTYPE book PUBLIC '-//OASIS//DTD DocBook XML V4.1.2//EN' "
                       "'http://www.oasis-open.org/docbook/xml/4.1.2/docbookx.dtd'><book><title>Modèle</title>"
                       "<chapter><title/><para>\nLe conseil\nvote\n\n</para><para>Article&amp;1<footnote><para>"
                       "note</para></footnote> fin</para><informaltable><tgroup><tbody><row><entry>\na\n</entry>"
                       "<entry>b\nc</entry></row></tbody></tgroup></informaltable></chapter></book>"));
    assert_text("Le conseil\nvote\n\nArticle&1 fin\n\na  b\nc\n\nnote\n");
}

static void assert_prepared(const char *rtf, const char *prepared)
{
    struct buffer out = {0};
    rtf_prepare(&out, slice_of(rtf));
    buffer_add_string(&out, "");
    assert_string_equal(out.bytes, prepared);
    buffer_free(&out);
}

static void rtf_is_prepared_for_unrtf(void **state)
{
    (void)state;
    assert_prepared("{\\rtf1 d\\u233?lib}", "{\\rtf1 d\\u233\\'3flib}");
    assert_prepared("{\\rtf1 d\\u233 ?lib}", "{\\rtf1 d\\u233\\'3flib}");
    assert_prepared("{\\rtf1 d\\u233\\'e9lib}", "{\\rtf1 d\\u233\\'e9lib}");
    assert_prepared("{\\rtf1\\uc0 d\\u233 lib}", "{\\rtf1{}d\\u233\\'3flib}");
    assert_prepared("{\\rtf1 \\u-4051?}", "{\\rtf1 \\u61485\\'3f}");
    assert_prepared("{a\\b{\\deleted x{y\\}}z}b}", "{a\\b{}b}");
    assert_prepared("{a{\\v cach\\'e9}{\\v0 vu}}", "{a{}{\\v0 vu}}");
    assert_prepared("{\\pict\\bin4 }}}}x}", "{\\pict{}x}");
    assert_prepared("{\xC3\xA9 \xE9 a\\_b\\\\}", "{\\u233\\'3f \\'e9 a-b\\\\}");
    assert_prepared("{\\deleted", "{}");
    assert_prepared("\\", "\\");
    assert_prepared("\\bin99999999999 x", "{}");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(word_paragraphs_are_lines, set_up, tear_down),
        cmocka_unit_test_setup_teardown(word_titles_in_bold_stand_apart, set_up, tear_down),
        cmocka_unit_test_setup_teardown(word_rows_are_lines, set_up, tear_down),
        cmocka_unit_test_setup_teardown(word_leaves_out_what_is_not_printed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(word_numbers_are_written_out, set_up, tear_down),
        cmocka_unit_test_setup_teardown(word_spacing_is_an_empty_line, set_up, tear_down),
        cmocka_unit_test_setup_teardown(word_notes_come_last, set_up, tear_down),
        cmocka_unit_test_setup_teardown(odt_titles_in_bold_stand_apart, set_up, tear_down),
        cmocka_unit_test_setup_teardown(odt_paragraphs_are_lines, set_up, tear_down),
        cmocka_unit_test_setup_teardown(odt_numbers_are_written_out, set_up, tear_down),
        cmocka_unit_test_setup_teardown(odt_margins_and_header, set_up, tear_down),
        cmocka_unit_test_setup_teardown(zip_files_are_told_apart, set_up, tear_down),
        cmocka_unit_test_setup_teardown(hostile_xml_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(docbook_of_antiword_is_read, set_up, tear_down),
        cmocka_unit_test_setup_teardown(rtf_is_prepared_for_unrtf, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* An archive merged of parts is the one that a single writer makes: number by number, term by term, byte by byte. */
#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "act/act_id.h"
#include "archive/part.h"

enum { FILES = 12, ACTS_A_FILE = 5, FILES_A_PART = 4, TABLE = 9, COPY = 7, SLOTS = 32 };

static char folder[] = "/tmp/delib-part-XXXXXX";

static char *path_of(const char *name)
{
    static char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

/* --- what is put ------------------------------------------------------------------------------------------------- */

/* File TABLE is a table: its rows complete the acts of file 3, but for the last. File COPY has acts of file 1 again. */
static void make_act(struct new_act *out, struct arena *arena, int file, int which)
{
    int number = file == TABLE ? 3 * 100 + which : file == COPY && which < 2 ? 100 + which : file * 100 + which;
    struct act *act = act_new(arena);
    struct provenance given = {.source = file == TABLE ? SOURCE_SCDL : SOURCE_LABEL, .confidence = CONFIDENCE_HIGH};
    if (file == TABLE && which == ACTS_A_FILE - 1)
        number = 9999;
    act->number = slice_of(arena_printf(arena, "%d", number));
    act_set_provenance(act, FIELD_NUMBER, given);
    act->date = 20210300 + 1 + number % 28;
    act_set_provenance(act, FIELD_DATE, given);
    act->council = SLICE("Vaubreuil");
    act_set_provenance(act, FIELD_COUNCIL, given);
    act->objet = slice_of(arena_printf(arena, "Entretien du chemin rural numéro %d", number));
    act_set_provenance(act, FIELD_OBJET, given);
    if (file == TABLE) {
        act->vote.pour = 10 + which;
        act_set_provenance(act, FIELD_VOTE, given);
        act->source_line = (uint32_t)which + 2;
    }
    act->source_path = slice_of(arena_printf(arena, "actes/%02d.txt", file));
    out->act = act;
    out->text = file == TABLE
                    ? (struct slice){0}
                    : slice_of(arena_printf(arena, "Le conseil décide d’entretenir le chemin n° %d.", number));
    act_set_id(act, out->text);
}

static void put_file(struct archive_writer *writer, int file)
{
    struct delib_error error;
    struct arena *arena = arena_new();
    struct new_act acts[ACTS_A_FILE];
    for (int i = 0; i < ACTS_A_FILE; i++)
        make_act(&acts[i], arena, file, i);
    struct file_state state = {.path = slice_of(arena_printf(arena, "/actes/%02d.txt", file)),
                               .outcome = FILE_INDEXED,
                               .since_s = 1,
                               .size_bytes = 100,
                               .act_count = ACTS_A_FILE};
    if (file % 2 == 0) {
        assert_int_equal(archive_put_file(writer, &state, acts, ACTS_A_FILE, &error), DELIB_OK);
    } else {
        assert_int_equal(archive_begin_file(writer, state.path, &error), DELIB_OK);
        for (int i = 0; i < ACTS_A_FILE; i += 2)
            assert_int_equal(
                archive_put_part(writer, state.path, (size_t)i, acts + i, i + 1 < ACTS_A_FILE ? 2 : 1, &error),
                DELIB_OK);
        assert_int_equal(archive_end_file(writer, &state, &error), DELIB_OK);
    }
    arena_free(arena);
}

static void make_serial(const char *path)
{
    struct delib_error error;
    struct archive_writer *writer;
    assert_int_equal(archive_writer_open(&writer, path, &error), DELIB_OK);
    for (int file = 0; file < FILES; file++)
        put_file(writer, file);
    assert_int_equal(archive_commit(writer, &error), DELIB_OK);
    archive_writer_free(writer);
}

static void make_of_parts(const char *path)
{
    struct delib_error error;
    struct archive_writer *writer;
    char *parts[FILES / FILES_A_PART];
    for (int part = 0; part < FILES / FILES_A_PART; part++) {
        char name[32];
        snprintf(name, sizeof name, "part-%d", part);
        parts[part] = strdup(path_of(name));
        assert_int_equal(part_writer_open(&writer, parts[part], "", &error), DELIB_OK);
        for (int i = 0; i < FILES_A_PART; i++)
            put_file(writer, part * FILES_A_PART + i);
        assert_int_equal(part_writer_close(writer, &error), DELIB_OK);
    }
    assert_int_equal(parts_merge(path, parts, FILES / FILES_A_PART, &error), DELIB_OK);
    assert_int_equal(parts_complete(&writer, path, "", &error), DELIB_OK);
    assert_int_equal(archive_commit(writer, &error), DELIB_OK);
    archive_writer_free(writer);
    for (int part = 0; part < FILES / FILES_A_PART; part++)
        free(parts[part]);
}

/* --- what is there ----------------------------------------------------------------------------------------------- */

static bool print_term(struct slice term, uint32_t frequency, void *payload)
{
    buffer_printf(payload, "  %.*s %u\n", (int)term.len, term.bytes, (unsigned)frequency);
    return true;
}

/* All but the moment of the commit. */
static bool print_metadata(struct slice key, struct slice value, void *payload)
{
    if (slice_starts(key, SLICE("delib:committed")) || slice_starts(key, SLICE("delib:when")))
        return true;
    buffer_add_slice(payload, key);
    buffer_add_byte(payload, '=');
    buffer_add_slice(payload, value);
    buffer_add_byte(payload, '\n');
    return true;
}

static bool print_document(xapian_docid docid, void *payload)
{
    struct delib_error error;
    void **both = payload;
    struct buffer *out = both[0];
    struct xapian_reader *reader = both[1];
    char *bytes;
    size_t len;
    buffer_printf(out, "document %u\n", (unsigned)docid);
    assert_int_equal(xapian_reader_document_data(&bytes, &len, reader, docid, &error), DELIB_OK);
    buffer_add(out, bytes, len);
    free(bytes);
    assert_int_equal(xapian_reader_each_document_term(reader, docid, SLICE(""), print_term, out, &error), DELIB_OK);
    for (xapian_slot slot = 0; slot < SLOTS; slot++) {
        assert_int_equal(xapian_reader_document_value(&bytes, &len, reader, docid, slot, &error), DELIB_OK);
        buffer_printf(out, "  slot %u ", (unsigned)slot);
        buffer_add(out, bytes, len);
        free(bytes);
    }
    return true;
}

static void print_archive(struct buffer *out, const char *path)
{
    struct delib_error error;
    struct xapian_reader *reader;
    assert_int_equal(archive_open(&reader, path, &error), DELIB_OK);
    void *both[] = {out, reader};
    assert_int_equal(xapian_reader_each_docid(reader, SLICE(""), print_document, both, &error), DELIB_OK);
    assert_int_equal(xapian_reader_each_term(reader, SLICE(""), print_term, out, &error), DELIB_OK);
    assert_int_equal(xapian_reader_each_metadata(reader, SLICE(""), print_metadata, out, &error), DELIB_OK);
    xapian_reader_free(reader);
}

static void parts_come_to_what_one_writer_makes(void **state)
{
    (void)state;
    struct buffer serial = {0}, merged = {0};
    assert_non_null(mkdtemp(folder));
    make_serial(path_of("serial"));
    print_archive(&serial, path_of("serial"));
    char *path = strdup(path_of("merged"));
    make_of_parts(path);
    print_archive(&merged, path);
    free(path);
    assert_int_equal(serial.len, merged.len);
    assert_memory_equal(serial.bytes, merged.bytes, serial.len);
    /* The table's rows have gone to the acts that they speak of, and the copies are marked: not by luck the same. */
    assert_true(slice_find(buffer_get(&serial), SLICE("\nrow:")) != SLICE_NONE);
    assert_true(slice_find(buffer_get(&serial), SLICE("\n  XU ")) != SLICE_NONE);
    buffer_free(&serial);
    buffer_free(&merged);
}

static int remove_one(const char *path, const struct stat *info, int kind, struct FTW *place)
{
    (void)info;
    (void)kind;
    (void)place;
    return remove(path);
}

static int remove_folder(void **state)
{
    (void)state;
    return nftw(folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(parts_come_to_what_one_writer_makes)};
    return cmocka_run_group_tests(tests, NULL, remove_folder);
}

/* Acts of one file lie packed together, are read as they were put, and go with their file. */
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
#include "archive/act_pack.h"
#include "archive/invariants.h"

enum { MOST_ACTS = 40, TEXT_BYTES = 3000 };

static char folder[] = "/tmp/delib-pack-XXXXXX";

/* --- acts and files ---------------------------------------------------------------------------------------------- */

/* Texts of different lengths, of which several and some half fill a pack. */
static void make_act(struct new_act *out, struct arena *arena, int number)
{
    struct act *act = act_new(arena);
    struct buffer text = {0};
    act->number = slice_of(arena_printf(arena, "%d", number));
    act_set_provenance(act, FIELD_NUMBER, (struct provenance){.source = SOURCE_LABEL, .confidence = CONFIDENCE_HIGH});
    act->source_path = SLICE("actes.ndjson");
    for (int i = 0; text.len < (size_t)(number * 97 % TEXT_BYTES); i++)
        buffer_printf(&text, "Article %d de l'acte %d. ", i, number);
    out->act = act;
    out->text = arena_copy(arena, buffer_get(&text));
    buffer_free(&text);
    act_set_id(act, out->text);
}

static void put_acts(struct archive_writer *writer, const char *path, int first, int count)
{
    struct delib_error error;
    struct arena *arena = arena_new();
    struct new_act acts[MOST_ACTS];
    for (int i = 0; i < count; i++)
        make_act(&acts[i], arena, first + i);
    struct file_state state = {.path = slice_of(path), .outcome = FILE_INDEXED, .act_count = (uint32_t)count};
    assert_int_equal(archive_put_file(writer, &state, acts, (size_t)count, &error), DELIB_OK);
    assert_int_equal(archive_commit(writer, &error), DELIB_OK);
    arena_free(arena);
}

static bool count_key(struct slice key, struct slice value, void *payload)
{
    assert_int_equal(act_pack_file(key).len, 16);
    assert_true(value.len > 0);
    ++*(size_t *)payload;
    return true;
}

static size_t pack_count(struct archive_writer *writer)
{
    size_t count = 0;
    struct delib_error error;
    assert_int_equal(
        xapian_reader_each_metadata(archive_writer_reader(writer), SLICE(ACT_PACK_KEY), count_key, &count, &error),
        DELIB_OK);
    return count;
}

struct reading {
    struct xapian_reader *reader;
    int next; /* the number of the act that should come */
};

static bool check_act(xapian_docid docid, void *payload)
{
    struct reading *reading = payload;
    struct arena *arena = arena_new();
    struct delib_error error;
    struct stored_act stored;
    struct new_act wanted;
    make_act(&wanted, arena, reading->next++);
    assert_int_equal(archive_act(&stored, arena, reading->reader, docid, &error), DELIB_OK);
    assert_true(slice_equal(stored.act->number, wanted.act->number));
    assert_true(slice_equal(stored.act->id, wanted.act->id));
    assert_true(slice_equal(stored.text, wanted.text));
    arena_free(arena);
    return true;
}

static void check_acts(struct archive_writer *writer, int first, int count)
{
    struct delib_error error;
    struct reading reading = {archive_writer_reader(writer), first};
    assert_int_equal(xapian_reader_each_docid(reading.reader, SLICE(""), check_act, &reading, &error), DELIB_OK);
    assert_int_equal(reading.next, first + count);
}

static void print_breach(const char *what, void *payload)
{
    (void)payload;
    fail_msg("%s", what);
}

static struct archive_writer *open_archive(const char *name)
{
    char path[256];
    struct delib_error error;
    struct archive_writer *writer;
    snprintf(path, sizeof path, "%s/%s", folder, name);
    assert_int_equal(archive_writer_open(&writer, path, &error), DELIB_OK);
    return writer;
}

/* --- what must hold ---------------------------------------------------------------------------------------------- */

static void acts_are_read_as_they_were_put(void **state)
{
    struct archive_writer *writer = open_archive("read");
    struct delib_error error;
    (void)state;
    put_acts(writer, "/a", 1, MOST_ACTS);
    assert_true(pack_count(writer) > 1);
    check_acts(writer, 1, MOST_ACTS);
    assert_int_equal(archive_check_invariants(archive_writer_reader(writer), print_breach, NULL, &error), DELIB_OK);
    archive_writer_free(writer);
}

static void an_act_alone_needs_no_pack(void **state)
{
    struct archive_writer *writer = open_archive("alone");
    (void)state;
    put_acts(writer, "/a", 7, 1);
    assert_int_equal(pack_count(writer), 0);
    check_acts(writer, 7, 1);
    archive_writer_free(writer);
}

static void packs_go_with_the_acts_of_their_file(void **state)
{
    struct archive_writer *writer = open_archive("gone");
    struct delib_error error;
    (void)state;
    put_acts(writer, "/a", 1, MOST_ACTS);
    put_acts(writer, "/b", 100, 2);
    size_t both = pack_count(writer);
    put_acts(writer, "/a", 50, 2);
    assert_int_equal(pack_count(writer), 2);
    assert_true(both > 2);
    assert_int_equal(archive_remove_file(writer, SLICE("/b"), &error), DELIB_OK);
    assert_int_equal(archive_commit(writer, &error), DELIB_OK);
    assert_int_equal(pack_count(writer), 1);
    check_acts(writer, 50, 2);
    archive_writer_free(writer);
}

static int remove_one(const char *path, const struct stat *info, int kind, struct FTW *place)
{
    (void)info;
    (void)kind;
    (void)place;
    return remove(path);
}

static int make_folder(void **state)
{
    (void)state;
    return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state)
{
    (void)state;
    return nftw(folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(acts_are_read_as_they_were_put),
        cmocka_unit_test(an_act_alone_needs_no_pack),
        cmocka_unit_test(packs_go_with_the_acts_of_their_file),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}

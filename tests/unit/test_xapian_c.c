#include "xapian-c/xapian_c.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <math.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buffer.h"

enum {
    SLOT_DATE = 0,
    SLOT_THEME = 1,
    SLOT_NOWHERE = 7, /* no document has a value there */
    PATH_BYTES = 128,
    CHILD_FAILED = 99
};

#define assert_ok(call) assert_int_equal(call, DELIB_OK)

struct fixture {
    char folder[PATH_BYTES]; /* removed after the test */
    char path[PATH_BYTES];   /* of the database in it */
    struct delib_error error;
};

static int make_folder(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);
    if (!fixture)
        return -1;
    snprintf(fixture->folder, sizeof fixture->folder, "/tmp/delib-xapian-XXXXXX");
    if (!mkdtemp(fixture->folder))
        return -1;
    snprintf(fixture->path, sizeof fixture->path, "%.64s/archive", fixture->folder);
    *state = fixture;
    return 0;
}

static int remove_one(const char *path, const struct stat *status, int kind, struct FTW *place)
{
    (void)status, (void)kind, (void)place;
    return remove(path);
}

static int remove_folder(void **state)
{
    struct fixture *fixture = *state;
    int removed = nftw(fixture->folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
    free(fixture);
    return removed;
}

static const char *file_in(const struct fixture *fixture, const char *name)
{
    static char path[2 * PATH_BYTES];
    snprintf(path, sizeof path, "%s/%s", fixture->path, name);
    return path;
}

/* --- making databases --------------------------------------------------------------------------------------- */

static struct xapian_writer *writer_of(struct fixture *fixture)
{
    struct xapian_writer *writer = NULL;
    assert_ok(xapian_writer_open(&writer, fixture->path, XAPIAN_OPEN_OR_CREATE, &fixture->error));
    return writer;
}

static struct xapian_reader *reader_of(struct fixture *fixture)
{
    struct xapian_reader *reader = NULL;
    assert_ok(xapian_reader_open(&reader, fixture->path, &fixture->error));
    return reader;
}

/* A document of words divided by spaces; a NULL date or theme is no value. */
static struct xapian_document *document_of(const char *words, const char *date, const char *theme)
{
    struct xapian_document *document = xapian_document_new();
    for (struct slice rest = slice_of(words); rest.len;) {
        size_t end = slice_find_byte(rest, ' ', 0);
        struct slice word = slice_range(rest, 0, end);
        rest = end == SLICE_NONE ? slice_of("") : slice_skip(rest, end + 1);
        assert_ok(xapian_document_add_term(document, word, 1, NULL));
    }
    assert_ok(xapian_document_set_data(document, slice_of(words), NULL));
    assert_ok(xapian_document_set_value(document, SLOT_DATE, slice_of(date), NULL));
    assert_ok(xapian_document_set_value(document, SLOT_THEME, slice_of(theme), NULL));
    return document;
}

static void add(struct xapian_writer *writer, const char *words, const char *date, const char *theme)
{
    struct xapian_document *document = document_of(words, date, theme);
    assert_ok(xapian_writer_add(writer, document, NULL));
    xapian_document_free(document);
}

static void commit_and_free(struct xapian_writer *writer)
{
    assert_ok(xapian_writer_commit(writer, NULL));
    xapian_writer_free(writer);
}

/* Six documents; the reader is the caller's. */
static struct xapian_reader *acts(struct fixture *fixture)
{
    struct xapian_writer *writer = writer_of(fixture);
    add(writer, "le conseil municipal vote le budget", "20190321", "finances");
    add(writer, "le conseil approuve le budget annexe de l eau", "20200312", "eau");
    add(writer, "municipal conseil", "20180101", "finances");
    add(writer, "travaux de voirie", NULL, "voirie");
    add(writer, "conseil de quartier municipal", "20190321", NULL);
    add(writer, "voirie voirie voirie budget", "20210601", "voirie");
    commit_and_free(writer);
    return reader_of(fixture);
}

/* --- asking ------------------------------------------------------------------------------------------------- */

static const struct xapian_search TOP_10 = {
    .limit = 10, .exact_count = true, .bm25 = {.k1 = 1.2, .k3 = 1, .b = 0.75, .min_normlen = 0.5}};

static struct xapian_query *term(const char *word)
{
    return xapian_query_term(slice_of(word));
}

static struct xapian_query *combine(enum xapian_operator op, struct xapian_query *a, struct xapian_query *b)
{
    struct xapian_query *both[] = {a, b}, *combined = NULL;
    assert_ok(xapian_query_combine_take(&combined, op, both, 2, NULL));
    return combined;
}

static struct xapian_results *results_of(struct xapian_reader *reader, struct xapian_query *query,
                                         const struct xapian_search *search)
{
    struct xapian_results *results = NULL;
    struct delib_error error = {0};
    enum delib_status status = xapian_search(&results, reader, query, search, &error);
    xapian_query_free(query);
    if (status != DELIB_OK)
        fail_msg("%s", error.message);
    return results;
}

/* Documents found in their order, as "3 1 2". */
static const char *found_by(struct xapian_reader *reader, struct xapian_query *query,
                            const struct xapian_search *search)
{
    static char text[1024];
    struct xapian_results *results = results_of(reader, query, search);
    size_t len = 0;
    text[0] = '\0';
    for (uint32_t i = 0; i < xapian_results_count(results); i++)
        len += (size_t)snprintf(text + len, sizeof text - len, "%s%u", i ? " " : "", xapian_results_docid(results, i));
    xapian_results_free(results);
    return text;
}

static int compare_docids(const void *a, const void *b)
{
    return strcmp(a, b);
}

/* Documents found in the order of their numbers (which have one digit here), as "1 2 3". */
static const char *found(struct xapian_reader *reader, struct xapian_query *query)
{
    static char sorted[1024];
    snprintf(sorted, sizeof sorted, "%s ", found_by(reader, query, &TOP_10));
    qsort(sorted, strlen(sorted) / 2, 2, compare_docids);
    size_t len = strlen(sorted);
    sorted[len - 1] = '\0';
    return sorted;
}

static double top_weight(struct xapian_reader *reader, struct xapian_query *query)
{
    struct xapian_results *results = results_of(reader, query, &TOP_10);
    double weight = xapian_results_weight(results, 0);
    xapian_results_free(results);
    return weight;
}

static const char *describe(struct xapian_query *query)
{
    static char text[1024];
    char *description = xapian_query_describe(query);
    snprintf(text, sizeof text, "%s", description);
    free(description);
    xapian_query_free(query);
    return text;
}

static uint32_t document_count(struct xapian_reader *reader)
{
    uint32_t count = 0;
    assert_ok(xapian_reader_document_count(&count, reader, NULL));
    return count;
}

static uint32_t committed_documents(struct fixture *fixture)
{
    struct xapian_reader *reader = reader_of(fixture);
    uint32_t count = document_count(reader);
    xapian_reader_free(reader);
    return count;
}

static uint32_t frequency(struct xapian_reader *reader, struct slice word)
{
    uint32_t count = 0;
    assert_ok(xapian_reader_term_frequency(&count, reader, word, NULL));
    return count;
}

static void assert_metadata(struct xapian_reader *reader, struct slice key, struct slice expected)
{
    char *value = NULL;
    size_t len = 0;
    assert_ok(xapian_reader_metadata(&value, &len, reader, key, NULL));
    assert_int_equal(len, expected.len);
    assert_memory_equal(value, expected.bytes, len);
    assert_int_equal(value[len], '\0');
    free(value);
}

/* Add what a visit sees to a buffer, as "key=value;" or "term:frequency;". */
struct seen {
    struct buffer text;
    int left; /* items until the visit stops */
};

static bool see_metadata(struct slice key, struct slice value, void *payload)
{
    struct seen *seen = payload;
    buffer_add_slice(&seen->text, key);
    buffer_add_byte(&seen->text, '=');
    buffer_add_slice(&seen->text, value);
    buffer_add_byte(&seen->text, ';');
    return --seen->left > 0;
}

static bool see_term(struct slice word, uint32_t document_frequency, void *payload)
{
    struct seen *seen = payload;
    buffer_add_slice(&seen->text, word);
    buffer_printf(&seen->text, ":%u;", document_frequency);
    return --seen->left > 0;
}

static bool see_docid(xapian_docid docid, void *payload)
{
    struct seen *seen = payload;
    buffer_printf(&seen->text, "%u;", docid);
    return --seen->left > 0;
}

static void assert_seen(struct seen *seen, const char *expected)
{
    struct slice text = buffer_get(&seen->text);
    assert_int_equal(text.len, strlen(expected));
    if (text.len)
        assert_memory_equal(text.bytes, expected, text.len);
    buffer_free(&seen->text);
}

/* --- documents ---------------------------------------------------------------------------------------------- */

static void terms_over_the_limit_are_refused(void **state)
{
    (void)state;
    struct delib_error error = {0};
    static char bytes[XAPIAN_TERM_MAX_BYTES + 1];
    memset(bytes, 'x', sizeof bytes);
    struct xapian_document *document = xapian_document_new();
    struct slice longest = {bytes, XAPIAN_TERM_MAX_BYTES}, too_long = {bytes, sizeof bytes}, empty = {NULL, 0};
    assert_ok(xapian_document_add_term(document, longest, 1, &error));
    assert_int_equal(xapian_document_add_term(document, too_long, 1, &error), DELIB_INVALID);
    assert_non_null(strstr(error.message, "246"));
    assert_int_equal(xapian_document_add_term(document, empty, 1, &error), DELIB_INVALID);
    bytes[0] = '\0';
    assert_int_equal(xapian_document_add_term(document, longest, 1, &error), DELIB_INVALID);
    xapian_document_free(document);
}

static void terms_may_have_any_bytes_up_to_the_limit(void **state)
{
    struct fixture *fixture = *state;
    static char nuls[XAPIAN_TERM_MAX_BYTES / 2];
    struct slice terms[] = {{nuls, sizeof nuls}, {"\0", 1}, {"a\0b", 3}, {"\xff\xfe", 2}, {"a\0", 2}};
    struct xapian_writer *writer = writer_of(fixture);
    struct xapian_document *document = xapian_document_new();
    for (size_t i = 0; i < sizeof terms / sizeof terms[0]; i++)
        assert_ok(xapian_document_add_term(document, terms[i], 3, NULL));
    for (int i = 0; i < 300; i++)
        assert_ok(xapian_writer_add(writer, document, NULL));
    xapian_document_free(document);
    commit_and_free(writer);
    struct xapian_reader *reader = reader_of(fixture);
    for (size_t i = 0; i < sizeof terms / sizeof terms[0]; i++) {
        assert_int_equal(frequency(reader, terms[i]), 300);
        struct xapian_results *results = results_of(reader, xapian_query_term(terms[i]), &TOP_10);
        assert_int_equal(xapian_results_matches(results), 300);
        xapian_results_free(results);
    }
    assert_int_equal(frequency(reader, SLICE("a")), 0);
    xapian_reader_free(reader);
}

static void cleared_document_is_as_new(void **state)
{
    struct fixture *fixture = *state;
    struct xapian_writer *writer = writer_of(fixture);
    struct xapian_document *document = document_of("ancien", "2019", "eau");
    xapian_document_clear(document);
    assert_ok(xapian_document_add_term(document, SLICE("neuf"), 1, NULL));
    assert_ok(xapian_writer_add(writer, document, NULL));
    xapian_document_free(document);
    commit_and_free(writer);
    struct xapian_reader *reader = reader_of(fixture);
    assert_int_equal(frequency(reader, SLICE("ancien")), 0);
    assert_int_equal(frequency(reader, SLICE("neuf")), 1);
    assert_string_equal(found(reader, xapian_query_value_range(SLOT_DATE, SLICE(""), SLICE(""))), "");
    char *data = NULL;
    size_t len = 1;
    assert_ok(xapian_reader_document_data(&data, &len, reader, 1, NULL));
    assert_int_equal(len, 0);
    free(data);
    xapian_reader_free(reader);
}

static void assert_data(struct xapian_reader *reader, xapian_docid docid, const char *wanted)
{
    char *data = NULL;
    size_t len = 0;
    assert_ok(xapian_reader_document_data(&data, &len, reader, docid, NULL));
    assert_string_equal(data, wanted);
    free(data);
}

static void documents_go_to_another_database_as_they_stand(void **state)
{
    struct fixture *fixture = *state;
    struct xapian_reader *reader = acts(fixture);
    struct xapian_writer *writer = NULL;
    char path[2 * PATH_BYTES];
    snprintf(path, sizeof path, "%s-2", fixture->path);
    assert_ok(xapian_writer_open(&writer, path, XAPIAN_OPEN_OR_CREATE, &fixture->error));
    assert_ok(xapian_writer_add_from(writer, reader, 6, (struct slice){0}, NULL));
    assert_ok(xapian_writer_add_from(writer, reader, 2, SLICE("autrement"), NULL));
    assert_ok(xapian_writer_commit(writer, NULL));
    struct xapian_reader *other = NULL;
    assert_ok(xapian_reader_open(&other, path, &fixture->error));
    assert_string_equal(found(other, term("budget")), "1 2");
    assert_string_equal(found(other, xapian_query_value_range(SLOT_THEME, SLICE("eau"), SLICE("eau"))), "2");
    assert_true(top_weight(other, term("voirie")) > 0);
    assert_data(other, 1, "voirie voirie voirie budget");
    assert_data(other, 2, "autrement");
    assert_int_equal(xapian_writer_add_from(writer, reader, 99, (struct slice){0}, NULL), DELIB_NOT_FOUND);
    xapian_reader_free(other);
    xapian_writer_free(writer);
    xapian_reader_free(reader);
}

static void marks_come_and_go_and_weigh_nothing(void **state)
{
    struct fixture *fixture = *state;
    xapian_reader_free(acts(fixture));
    struct xapian_writer *writer = writer_of(fixture);
    for (int again = 0; again < 2; again++)
        assert_ok(xapian_writer_mark(writer, 4, SLICE("XL"), true, NULL));
    assert_ok(xapian_writer_mark(writer, 5, SLICE("XL"), true, NULL));
    assert_ok(xapian_writer_mark(writer, 5, SLICE("XL"), false, NULL));
    assert_ok(xapian_writer_mark(writer, 6, SLICE("XL"), false, NULL));
    assert_ok(xapian_writer_commit(writer, NULL));
    struct xapian_reader *reader = reader_of(fixture);
    assert_string_equal(found(reader, term("XL")), "4");
    assert_string_equal(found(reader, combine(XAPIAN_AND_NOT, term("voirie"), term("XL"))), "6");
    assert_string_equal(found(reader, term("quartier")), "5");
    assert_data(reader, 4, "travaux de voirie");
    assert_int_equal(xapian_writer_mark(writer, 99, SLICE("XL"), true, NULL), DELIB_NOT_FOUND);
    xapian_reader_free(reader);
    xapian_writer_free(writer);
}

/* Weight grows with wdf, and a boolean term neither weighs nor lengthens the document. */
static void wdf_counts_and_boolean_terms_do_not(void **state)
{
    struct fixture *fixture = *state;
    struct xapian_writer *writer = writer_of(fixture);
    struct xapian_document *document = xapian_document_new();
    assert_ok(xapian_document_add_term(document, SLICE("mot"), 1, NULL));
    assert_ok(xapian_writer_add(writer, document, NULL));
    for (char extra = 'a'; extra < 'k'; extra++)
        assert_ok(xapian_document_add_term(document, (struct slice){&extra, 1}, 0, NULL));
    assert_ok(xapian_writer_add(writer, document, NULL));
    xapian_document_clear(document);
    assert_ok(xapian_document_add_term(document, SLICE("mot"), 3, NULL));
    assert_ok(xapian_writer_add(writer, document, NULL));
    xapian_document_free(document);
    add(writer, "autre", NULL, NULL);
    commit_and_free(writer);
    struct xapian_reader *reader = reader_of(fixture);
    struct xapian_search search = TOP_10;
    search.bm25.b = 0;
    assert_string_equal(found_by(reader, term("mot"), &search), "3 1 2");
    struct xapian_results *results = results_of(reader, term("mot"), &TOP_10);
    assert_int_equal(xapian_results_count(results), 3);
    double weight[4] = {0};
    for (uint32_t i = 0; i < 3; i++)
        weight[xapian_results_docid(results, i)] = xapian_results_weight(results, i);
    assert_true(weight[1] == weight[2]);
    xapian_results_free(results);
    xapian_reader_free(reader);
}

/* --- writing ------------------------------------------------------------------------------------------------ */

static void assert_writer_status(struct fixture *fixture, enum xapian_open_mode mode, enum delib_status expected)
{
    struct xapian_writer *writer = NULL;
    fixture->error.message[0] = '\0';
    assert_int_equal(xapian_writer_open(&writer, fixture->path, mode, &fixture->error), expected);
    assert_null(writer);
    assert_int_equal(fixture->error.status, expected);
    assert_true(strlen(fixture->error.message) > 10);
}

static void opening_a_database_that_is_not_there(void **state)
{
    struct fixture *fixture = *state;
    struct xapian_reader *reader = NULL;
    assert_writer_status(fixture, XAPIAN_OPEN_EXISTING, DELIB_NOT_FOUND);
    assert_int_equal(xapian_reader_open(&reader, fixture->path, &fixture->error), DELIB_NOT_FOUND);
    assert_non_null(strstr(fixture->error.message, fixture->path));
    assert_int_not_equal(access(fixture->path, F_OK), 0);

    assert_int_equal(mkdir(fixture->path, 0755), 0);
    assert_writer_status(fixture, XAPIAN_OPEN_EXISTING, DELIB_NOT_FOUND);
    assert_int_equal(xapian_reader_open(&reader, fixture->path, &fixture->error), DELIB_NOT_FOUND);
    assert_int_equal(rmdir(fixture->path), 0); /* it was left empty */

    int fd = open(fixture->path, O_WRONLY | O_CREAT, 0644);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, "inmemory\n", 9), 9); /* a Xapian stub file */
    close(fd);
    assert_writer_status(fixture, XAPIAN_OPEN_EXISTING, DELIB_NOT_FOUND);
    assert_int_equal(xapian_reader_open(&reader, fixture->path, &fixture->error), DELIB_NOT_FOUND);
    assert_null(reader);
}

static void folder_that_cannot_be_made_is_an_io_error(void **state)
{
    struct fixture *fixture = *state;
    snprintf(fixture->path, sizeof fixture->path, "%.64s/no/such/folder", fixture->folder);
    assert_writer_status(fixture, XAPIAN_OPEN_OR_CREATE, DELIB_IO);
}

static void lock_file_that_cannot_be_opened_is_an_io_error(void **state)
{
    struct fixture *fixture = *state;
    xapian_writer_free(writer_of(fixture));
    assert_int_equal(remove(file_in(fixture, "flintlock")), 0);
    assert_int_equal(mkdir(file_in(fixture, "flintlock"), 0755), 0);
    assert_writer_status(fixture, XAPIAN_OPEN_OR_CREATE, DELIB_IO);
}

/* Holds the writer until it is killed. */
static void hold_writer(const char *path, int ready_fd)
{
    struct xapian_writer *writer = NULL;
    if (xapian_writer_open(&writer, path, XAPIAN_OPEN_OR_CREATE, NULL) != DELIB_OK || write(ready_fd, "x", 1) != 1)
        _exit(CHILD_FAILED);
    for (;;)
        pause();
}

static void second_writer_is_refused_and_told_who_holds_the_lock(void **state)
{
    struct fixture *fixture = *state;
    int ready[2];
    char byte;
    assert_int_equal(pipe(ready), 0);
    pid_t child = fork();
    if (child == 0)
        hold_writer(fixture->path, ready[1]);
    close(ready[1]);
    assert_int_equal(read(ready[0], &byte, 1), 1);
    close(ready[0]);

    char holder[32];
    snprintf(holder, sizeof holder, "process %d", (int)child);
    assert_writer_status(fixture, XAPIAN_OPEN_EXISTING, DELIB_LOCKED);
    assert_non_null(strstr(fixture->error.message, holder));
    assert_writer_status(fixture, XAPIAN_OPEN_OR_CREATE, DELIB_LOCKED);
    assert_int_equal(committed_documents(fixture), 0); /* readers are not kept out */

    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    xapian_writer_free(writer_of(fixture));
}

static void second_writer_in_the_same_process_is_refused_too(void **state)
{
    struct fixture *fixture = *state;
    struct xapian_writer *writer = writer_of(fixture);
    assert_writer_status(fixture, XAPIAN_OPEN_OR_CREATE, DELIB_LOCKED);
    xapian_writer_free(writer);
}

static void nothing_shows_before_commit_and_free_drops_it(void **state)
{
    struct fixture *fixture = *state;
    struct xapian_writer *writer = writer_of(fixture);
    add(writer, "premier", NULL, NULL);
    assert_int_equal(committed_documents(fixture), 0);
    commit_and_free(writer);
    assert_int_equal(committed_documents(fixture), 1);

    writer = writer_of(fixture);
    add(writer, "second", NULL, NULL);
    assert_ok(xapian_writer_delete_term(writer, SLICE("premier"), NULL));
    assert_ok(xapian_writer_set_metadata(writer, SLICE("etat"), SLICE("perdu"), NULL));
    xapian_writer_free(writer);

    struct xapian_reader *reader = reader_of(fixture);
    assert_int_equal(frequency(reader, SLICE("premier")), 1);
    assert_int_equal(frequency(reader, SLICE("second")), 0);
    assert_metadata(reader, SLICE("etat"), SLICE(""));
    xapian_reader_free(reader);
}

/* Metadata alone is dropped or committed just as well as documents are. */
static void metadata_alone_is_committed_and_dropped(void **state)
{
    struct fixture *fixture = *state;
    struct xapian_writer *writer = writer_of(fixture);
    assert_ok(xapian_writer_set_metadata(writer, SLICE("etat"), SLICE("un"), NULL));
    commit_and_free(writer);
    writer = writer_of(fixture);
    assert_ok(xapian_writer_set_metadata(writer, SLICE("etat"), SLICE("deux"), NULL));
    xapian_writer_free(writer);
    struct xapian_reader *reader = reader_of(fixture);
    assert_metadata(reader, SLICE("etat"), SLICE("un"));
    xapian_reader_free(reader);
}

static void flush_threshold_never_commits(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(setenv("XAPIAN_FLUSH_THRESHOLD", "2", 1), 0);
    struct xapian_writer *writer = writer_of(fixture);
    unsetenv("XAPIAN_FLUSH_THRESHOLD");
    for (int i = 0; i < 9; i++)
        add(writer, "mot", NULL, NULL);
    assert_int_equal(committed_documents(fixture), 0);
    xapian_writer_free(writer);
    assert_int_equal(committed_documents(fixture), 0);
}

static void one_writer_commits_many_times(void **state)
{
    struct fixture *fixture = *state;
    struct xapian_writer *writer = writer_of(fixture);
    for (uint32_t i = 1; i <= 3; i++) {
        add(writer, "mot", NULL, NULL);
        assert_ok(xapian_writer_commit(writer, NULL));
        assert_int_equal(committed_documents(fixture), i);
    }
    add(writer, "mot", NULL, NULL);
    xapian_writer_free(writer);
    assert_int_equal(committed_documents(fixture), 3);
}

static void delete_term_deletes_committed_and_pending_documents(void **state)
{
    struct fixture *fixture = *state;
    struct xapian_writer *writer = writer_of(fixture);
    add(writer, "fichier1 acte", NULL, NULL);
    add(writer, "fichier2 acte", NULL, NULL);
    assert_ok(xapian_writer_commit(writer, NULL));
    add(writer, "fichier1 encore", NULL, NULL);
    assert_ok(xapian_writer_delete_term(writer, SLICE("fichier1"), NULL));
    assert_ok(xapian_writer_delete_term(writer, SLICE("fichier3"), NULL));
    commit_and_free(writer);
    struct xapian_reader *reader = reader_of(fixture);
    assert_int_equal(document_count(reader), 1);
    assert_string_equal(found(reader, term("acte")), "2");
    xapian_reader_free(reader);
}

static void refused_arguments_leave_the_writer_usable(void **state)
{
    struct fixture *fixture = *state;
    static char bytes[XAPIAN_KEY_MAX_BYTES + 1];
    memset(bytes, 'k', sizeof bytes);
    struct slice too_long = {bytes, sizeof bytes}, empty = {NULL, 0};
    struct xapian_writer *writer = writer_of(fixture);
    add(writer, "mot", NULL, NULL);
    assert_int_equal(xapian_writer_set_metadata(writer, empty, SLICE("v"), NULL), DELIB_INVALID);
    assert_int_equal(xapian_writer_set_metadata(writer, too_long, SLICE("v"), NULL), DELIB_INVALID);
    assert_int_equal(xapian_writer_delete_term(writer, empty, NULL), DELIB_INVALID);
    assert_int_equal(xapian_writer_delete_term(writer, too_long, NULL), DELIB_INVALID);
    commit_and_free(writer);
    assert_int_equal(committed_documents(fixture), 1);
}

/* Fills the database until its files may not grow; gives 0 when everything came as it should. */
static int write_past_the_file_size_limit(const char *path, int documents_a_commit)
{
    struct xapian_writer *writer = NULL;
    struct delib_error error = {0};
    enum delib_status status = xapian_writer_open(&writer, path, XAPIAN_OPEN_EXISTING, &error);
    struct rlimit limit = {256 * 1024, 256 * 1024};
    signal(SIGXFSZ, SIG_IGN);
    if (status != DELIB_OK || setrlimit(RLIMIT_FSIZE, &limit) != 0)
        return 1;
    for (int i = 0; i < 100000 && status == DELIB_OK; i++) {
        char word[32];
        snprintf(word, sizeof word, "mot%d", i);
        struct xapian_document *document = document_of(word, NULL, NULL);
        status = xapian_writer_add(writer, document, &error);
        xapian_document_free(document);
        if (status == DELIB_OK && i % 100 == 99)
            status = xapian_writer_set_metadata(writer, SLICE("etat"), SLICE("perdu"), &error);
        if (status == DELIB_OK && i % documents_a_commit == documents_a_commit - 1)
            status = xapian_writer_commit(writer, &error);
    }
    if (status != DELIB_IO || error.status != DELIB_IO || !strstr(error.message, strerror(EFBIG)))
        return 2;
    if (xapian_writer_commit(writer, &error) != DELIB_BUG)
        return 3;
    if (xapian_writer_set_metadata(writer, SLICE("etat"), SLICE("perdu"), &error) != DELIB_BUG)
        return 4;
    xapian_writer_free(writer);
    return 0;
}

static void assert_last_commit_stands(struct fixture *fixture, int documents_a_commit)
{
    struct xapian_writer *writer = writer_of(fixture);
    add(writer, "debut", NULL, NULL);
    assert_ok(xapian_writer_set_metadata(writer, SLICE("etat"), SLICE("debut"), NULL));
    commit_and_free(writer);
    pid_t child = fork();
    if (child == 0)
        _exit(write_past_the_file_size_limit(fixture->path, documents_a_commit));
    int ended;
    assert_int_equal(waitpid(child, &ended, 0), child);
    assert_true(WIFEXITED(ended));
    assert_int_equal(WEXITSTATUS(ended), 0);
    struct xapian_reader *reader = reader_of(fixture);
    assert_int_equal(document_count(reader) % (uint32_t)documents_a_commit, 1);
    assert_int_equal(frequency(reader, SLICE("debut")), 1);
    xapian_reader_free(reader);
    writer = writer_of(fixture);
    add(writer, "ensuite", NULL, NULL);
    commit_and_free(writer);
}

static void failed_add_is_an_io_error_and_the_last_commit_stands(void **state)
{
    assert_last_commit_stands(*state, 50000); /* more than Xapian keeps in memory */
}

static void failed_commit_is_an_io_error_and_the_last_commit_stands(void **state)
{
    assert_last_commit_stands(*state, 500);
}

/* --- metadata ----------------------------------------------------------------------------------------------- */

static void metadata_is_kept_replaced_and_deleted(void **state)
{
    struct fixture *fixture = *state;
    static char longest[XAPIAN_KEY_MAX_BYTES];
    static char large[200000];
    for (size_t i = 0; i < sizeof large; i++)
        large[i] = (char)(i * i >> 3);
    struct slice key = {longest, sizeof longest}, value = {large, sizeof large};
    struct xapian_writer *writer = writer_of(fixture);
    assert_ok(xapian_writer_set_metadata(writer, key, value, NULL));
    memset(longest, 'k', sizeof longest);
    assert_ok(xapian_writer_set_metadata(writer, key, SLICE("a\0b"), NULL));
    assert_ok(xapian_writer_set_metadata(writer, SLICE("ancien"), SLICE("x"), NULL));
    assert_ok(xapian_writer_commit(writer, NULL));
    assert_ok(xapian_writer_set_metadata(writer, SLICE("ancien"), SLICE(""), NULL));
    commit_and_free(writer);
    struct xapian_reader *reader = reader_of(fixture);
    assert_metadata(reader, key, SLICE("a\0b"));
    memset(longest, 0, sizeof longest);
    assert_metadata(reader, key, value);
    assert_metadata(reader, SLICE("ancien"), SLICE(""));
    static char too_long[2 * XAPIAN_KEY_MAX_BYTES];
    assert_metadata(reader, (struct slice){too_long, sizeof too_long}, SLICE(""));
    char *none = NULL;
    size_t len = 0;
    assert_int_equal(xapian_reader_metadata(&none, &len, reader, SLICE(""), NULL), DELIB_INVALID);
    assert_null(none);
    xapian_reader_free(reader);
}

static void each_metadata_goes_in_byte_order_within_a_prefix(void **state)
{
    struct fixture *fixture = *state;
    struct xapian_writer *writer = writer_of(fixture);
    const char *keys[] = {"fichier/\xc3\xa9", "fichier/b", "etat", "fichier/", "fichier/a", "fichier0"};
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
        assert_ok(xapian_writer_set_metadata(writer, slice_of(keys[i]), SLICE("v"), NULL));
    commit_and_free(writer);
    struct xapian_reader *reader = reader_of(fixture);
    struct seen seen = {.left = 100};
    assert_ok(xapian_reader_each_metadata(reader, SLICE("fichier/"), see_metadata, &seen, NULL));
    assert_seen(&seen, "fichier/=v;fichier/a=v;fichier/b=v;fichier/\xc3\xa9=v;");
    seen.left = 2;
    assert_ok(xapian_reader_each_metadata(reader, SLICE(""), see_metadata, &seen, NULL));
    assert_seen(&seen, "etat=v;fichier/=v;");
    assert_ok(xapian_reader_each_metadata(reader, SLICE("z"), see_metadata, &seen, NULL));
    assert_seen(&seen, "");
    xapian_reader_free(reader);
}

/* --- reading ------------------------------------------------------------------------------------------------ */

static void each_term_and_each_docid_go_in_order(void **state)
{
    struct fixture *fixture = *state;
    struct xapian_reader *reader = acts(fixture);
    struct seen seen = {.left = 100};
    assert_ok(xapian_reader_each_term(reader, SLICE("vo"), see_term, &seen, NULL));
    assert_seen(&seen, "voirie:2;vote:1;");
    seen.left = 3;
    assert_ok(xapian_reader_each_term(reader, SLICE(""), see_term, &seen, NULL));
    assert_seen(&seen, "annexe:1;approuve:1;budget:3;");
    seen.left = 100;
    assert_ok(xapian_reader_each_docid(reader, SLICE("conseil"), see_docid, &seen, NULL));
    assert_seen(&seen, "1;2;3;5;");
    assert_ok(xapian_reader_each_docid(reader, SLICE(""), see_docid, &seen, NULL));
    assert_seen(&seen, "1;2;3;4;5;6;");
    assert_ok(xapian_reader_each_docid(reader, SLICE("absent"), see_docid, &seen, NULL));
    assert_seen(&seen, "");
    seen.left = 1;
    assert_ok(xapian_reader_each_docid(reader, SLICE("conseil"), see_docid, &seen, NULL));
    assert_seen(&seen, "1;");
    xapian_reader_free(reader);
}

static void document_data_is_given_back(void **state)
{
    struct fixture *fixture = *state;
    struct xapian_reader *reader = acts(fixture);
    char *data = NULL;
    size_t len = 0;
    assert_ok(xapian_reader_document_data(&data, &len, reader, 4, NULL));
    assert_string_equal(data, "travaux de voirie");
    assert_int_equal(len, strlen(data));
    free(data);
    data = NULL;
    assert_int_equal(xapian_reader_document_data(&data, &len, reader, 7, &fixture->error), DELIB_NOT_FOUND);
    assert_int_equal(xapian_reader_document_data(&data, &len, reader, 0, &fixture->error), DELIB_INVALID);
    assert_null(data);
    xapian_reader_free(reader);
}

static void reader_of_a_writer_sees_what_is_pending(void **state)
{
    struct fixture *fixture = *state;
    struct xapian_writer *writer = writer_of(fixture);
    struct xapian_reader *reader = NULL;
    assert_ok(xapian_reader_of_writer(&reader, writer, NULL));
    add(writer, "premier mot", "2019", "eau");
    assert_int_equal(document_count(reader), 1);
    assert_string_equal(found(reader, combine(XAPIAN_AND, term("premier"), term("mot"))), "1");
    assert_string_equal(found(reader, xapian_query_value_range(SLOT_DATE, SLICE("2019"), SLICE(""))), "1");
    assert_ok(xapian_writer_set_metadata(writer, SLICE("etat"), SLICE("v"), NULL));
    assert_metadata(reader, SLICE("etat"), SLICE("v"));
    assert_ok(xapian_writer_commit(writer, NULL));
    add(writer, "second mot", "2020", "eau");
    assert_int_equal(frequency(reader, SLICE("mot")), 2);
    struct seen seen = {.left = 9};
    assert_ok(xapian_reader_each_term(reader, SLICE("s"), see_term, &seen, NULL));
    assert_seen(&seen, "second:1;");
    assert_ok(xapian_reader_reopen(reader, NULL));
    assert_int_equal(document_count(reader), 2);
    xapian_reader_free(reader);
    xapian_writer_free(writer); /* reading must not have committed anything */
    assert_int_equal(committed_documents(fixture), 1);
}

static uint64_t revision(struct xapian_reader *reader)
{
    uint64_t number = 0;
    assert_ok(xapian_reader_revision(&number, reader, NULL));
    return number;
}

static void reader_stays_at_its_commit_until_reopened(void **state)
{
    struct fixture *fixture = *state;
    struct xapian_writer *writer = writer_of(fixture);
    add(writer, "mot", NULL, NULL);
    assert_ok(xapian_writer_commit(writer, NULL));
    struct xapian_reader *reader = reader_of(fixture);
    uint64_t before = revision(reader);
    assert_ok(xapian_writer_commit(writer, NULL)); /* nothing to commit */
    assert_ok(xapian_reader_reopen(reader, NULL));
    assert_int_equal(revision(reader), before);
    add(writer, "mot", NULL, NULL);
    assert_ok(xapian_writer_commit(writer, NULL));
    assert_int_equal(document_count(reader), 1);
    assert_int_equal(revision(reader), before);
    assert_ok(xapian_reader_reopen(reader, NULL));
    assert_int_equal(document_count(reader), 2);
    assert_true(revision(reader) > before);
    xapian_reader_free(reader);
    xapian_writer_free(writer);
}

enum { MANY_TERMS = 5000 };

static void add_many_terms(struct xapian_writer *writer, int from, int count)
{
    struct xapian_document *document = xapian_document_new();
    for (int i = from; i < from + count; i++) {
        char word[32];
        snprintf(word, sizeof word, "mot%07d", i);
        assert_ok(xapian_document_add_term(document, slice_of(word), 1, NULL));
    }
    assert_ok(xapian_writer_add(writer, document, NULL));
    xapian_document_free(document);
}

/* Any of the terms that add_many_terms(writer, 0, MANY_TERMS) adds. */
static struct xapian_query *any_of_many_terms(void)
{
    struct xapian_query *any[MANY_TERMS], *query = NULL;
    for (int i = 0; i < MANY_TERMS; i++) {
        char word[32];
        snprintf(word, sizeof word, "mot%07d", i);
        any[i] = term(word);
    }
    assert_ok(xapian_query_combine_take(&query, XAPIAN_OR, any, MANY_TERMS, NULL));
    return query;
}

static void reader_that_slept_through_commits_is_told(void **state)
{
    struct fixture *fixture = *state;
    struct xapian_writer *writer = writer_of(fixture);
    add_many_terms(writer, 0, MANY_TERMS);
    assert_ok(xapian_writer_commit(writer, NULL));
    struct xapian_reader *reader = reader_of(fixture);
    enum delib_status status = DELIB_OK;
    for (int i = 0; i < 50 && status == DELIB_OK; i++) {
        add_many_terms(writer, 0, MANY_TERMS);
        assert_ok(xapian_writer_commit(writer, NULL));
        struct seen seen = {.left = MANY_TERMS};
        status = xapian_reader_each_term(reader, SLICE(""), see_term, &seen, &fixture->error);
        buffer_free(&seen.text);
    }
    assert_int_equal(status, DELIB_MODIFIED);
    assert_int_equal(fixture->error.status, DELIB_MODIFIED);
    struct xapian_results *results = NULL;
    struct xapian_query *query = any_of_many_terms();
    assert_int_equal(xapian_search(&results, reader, query, &TOP_10, NULL), DELIB_MODIFIED);
    assert_null(results);
    assert_ok(xapian_reader_reopen(reader, NULL));
    assert_ok(xapian_search(&results, reader, query, &TOP_10, NULL));
    xapian_results_free(results);
    xapian_query_free(query);
    xapian_reader_free(reader);
    xapian_writer_free(writer);
}

/* --- damage ------------------------------------------------------------------------------------------------- */

static void overwrite(const struct fixture *fixture, const char *name, off_t offset, const void *bytes, size_t len)
{
    int fd = open(file_in(fixture, name), O_WRONLY);
    assert_true(fd >= 0);
    assert_int_equal(pwrite(fd, bytes, len, offset), len);
    close(fd);
}

static void assert_reader_status(struct fixture *fixture, enum delib_status expected)
{
    struct xapian_reader *reader = NULL;
    assert_int_equal(xapian_reader_open(&reader, fixture->path, &fixture->error), expected);
    assert_null(reader);
    assert_writer_status(fixture, XAPIAN_OPEN_EXISTING, expected);
}

static void damaged_head_file_is_corrupt(void **state)
{
    struct fixture *fixture = *state;
    xapian_reader_free(acts(fixture));
    overwrite(fixture, "iamglass", 0, "garbage", 7);
    assert_reader_status(fixture, DELIB_CORRUPT);
    assert_int_equal(truncate(file_in(fixture, "iamglass"), 3), 0);
    assert_reader_status(fixture, DELIB_CORRUPT);
}

static void database_of_another_format_is_another_version(void **state)
{
    enum { FORMAT_OFFSET = 14 }; /* after the magic */
    struct fixture *fixture = *state;
    xapian_reader_free(acts(fixture));
    overwrite(fixture, "iamglass", FORMAT_OFFSET, "\x12\x34", 2);
    assert_reader_status(fixture, DELIB_VERSION);
}

static void missing_table_is_corrupt(void **state)
{
    struct fixture *fixture = *state;
    xapian_reader_free(acts(fixture));
    assert_int_equal(remove(file_in(fixture, "postlist.glass")), 0);
    assert_reader_status(fixture, DELIB_CORRUPT);
}

/* What comes of reading document 1 after the first `len` bytes of every block of its table were overwritten. */
static enum delib_status status_of_damaged_data(struct fixture *fixture, size_t len, char fill)
{
    enum { BLOCK_BYTES = 8192 };
    static char garbage[BLOCK_BYTES];
    memset(garbage, fill, sizeof garbage);
    xapian_reader_free(acts(fixture));
    struct stat file;
    assert_int_equal(stat(file_in(fixture, "docdata.glass"), &file), 0);
    for (off_t offset = 0; offset < file.st_size; offset += BLOCK_BYTES)
        overwrite(fixture, "docdata.glass", offset, garbage, len);
    struct xapian_reader *reader = NULL;
    enum delib_status status = xapian_reader_open(&reader, fixture->path, &fixture->error);
    char *data = NULL;
    size_t data_len = 0;
    if (status == DELIB_OK)
        status = xapian_reader_document_data(&data, &data_len, reader, 1, &fixture->error);
    assert_null(data);
    xapian_reader_free(reader);
    return status;
}

static void overwritten_blocks_are_corrupt(void **state)
{
    assert_int_equal(status_of_damaged_data(*state, 8192, '\xA5'), DELIB_CORRUPT);
}

static void damage_may_look_like_a_newer_commit(void **state)
{
    assert_int_equal(status_of_damaged_data(*state, 4, '\x7F'), DELIB_MODIFIED); /* the block's revision */
}

/* --- questions ---------------------------------------------------------------------------------------------- */

static void operators_find_what_they_say(void **state)
{
    struct fixture *fixture = *state;
    struct xapian_reader *reader = acts(fixture);
    assert_string_equal(found(reader, xapian_query_all()), "1 2 3 4 5 6");
    assert_string_equal(found(reader, xapian_query_none()), "");
    assert_string_equal(found(reader, term("")), "");
    assert_string_equal(found(reader, term("voirie")), "4 6");
    assert_string_equal(found(reader, combine(XAPIAN_OR, term("voirie"), term("quartier"))), "4 5 6");
    assert_string_equal(found(reader, combine(XAPIAN_AND, term("conseil"), term("budget"))), "1 2");
    assert_string_equal(found(reader, combine(XAPIAN_AND_NOT, term("conseil"), term("budget"))), "3 5");
    assert_string_equal(found(reader, combine(XAPIAN_AND_MAYBE, term("conseil"), term("voirie"))), "1 2 3 5");
    assert_string_equal(found(reader, combine(XAPIAN_FILTER, term("conseil"), term("de"))), "2 5");
    assert_string_equal(found(reader, combine(XAPIAN_SYNONYM, term("voirie"), term("quartier"))), "4 5 6");
    assert_string_equal(found(reader, combine(XAPIAN_MAX, term("voirie"), term("quartier"))), "4 5 6");
    xapian_reader_free(reader);
}

static void operators_take_any_number_of_operands(void **state)
{
    struct fixture *fixture = *state;
    struct xapian_reader *reader = acts(fixture);
    struct xapian_query *query = NULL;
    for (enum xapian_operator op = XAPIAN_OR; op <= XAPIAN_MAX; op++) {
        assert_ok(xapian_query_combine_take(&query, op, NULL, 0, NULL));
        assert_string_equal(found(reader, query), "");
        query = term("voirie");
        assert_ok(xapian_query_combine_take(&query, op, &query, 1, NULL)); /* into its own array */
        assert_string_equal(found(reader, query), "4 6");
    }
    struct xapian_query *not_these[] = {term("conseil"), term("budget"), term("quartier")};
    assert_ok(xapian_query_combine_take(&query, XAPIAN_AND_NOT, not_these, 3, NULL));
    assert_string_equal(found(reader, query), "3");
    struct xapian_query *all_these[] = {term("conseil"), term("de"), term("municipal")};
    assert_ok(xapian_query_combine_take(&query, XAPIAN_FILTER, all_these, 3, NULL));
    assert_string_equal(found(reader, query), "5");
    static struct xapian_query *wide[5000];
    for (size_t i = 0; i < 5000; i++)
        wide[i] = term(i == 4321 ? "quartier" : "absent");
    assert_ok(xapian_query_combine_take(&query, XAPIAN_OR, wide, 5000, NULL));
    assert_string_equal(found(reader, query), "5");
    xapian_reader_free(reader);
}

static void filters_add_no_weight(void **state)
{
    struct fixture *fixture = *state;
    struct xapian_reader *reader = acts(fixture);
    double alone = top_weight(reader, term("quartier"));
    assert_true(alone > 0);
    assert_true(top_weight(reader, combine(XAPIAN_FILTER, term("quartier"), term("municipal"))) == alone);
    assert_true(top_weight(reader, combine(XAPIAN_AND, term("quartier"), term("municipal"))) > alone);
    assert_true(top_weight(reader, combine(XAPIAN_AND_MAYBE, term("quartier"), term("municipal"))) > alone);
    assert_true(top_weight(reader, xapian_query_all()) == 0);
    struct xapian_query *range = xapian_query_value_range(SLOT_DATE, SLICE("2019"), SLICE("2020"));
    assert_true(top_weight(reader, range) == 0);
    xapian_reader_free(reader);
}

static void synonyms_count_as_one_term_and_scaling_multiplies(void **state)
{
    struct fixture *fixture = *state;
    struct xapian_reader *reader = acts(fixture);
    double vote = top_weight(reader, term("vote"));
    double either = top_weight(reader, combine(XAPIAN_OR, term("vote"), term("budget")));
    double synonym = top_weight(reader, combine(XAPIAN_SYNONYM, term("vote"), term("budget")));
    double best = top_weight(reader, combine(XAPIAN_MAX, term("vote"), term("quartier")));
    assert_true(synonym < either);
    assert_true(best < either && best >= vote);
    assert_true(fabs(top_weight(reader, xapian_query_scale_take(term("vote"), 2.5)) - 2.5 * vote) < 1e-9);
    assert_true(top_weight(reader, xapian_query_scale_take(term("vote"), 0)) == 0);
    assert_string_equal(found(reader, xapian_query_scale_take(xapian_query_none(), 2)), "");
    xapian_reader_free(reader);
}

static void value_ranges(void **state)
{
    struct fixture *fixture = *state;
    struct xapian_reader *reader = acts(fixture);
    static const struct {
        xapian_slot slot;
        const char *from, *to, *found;
    } rows[] = {
        {SLOT_DATE, "20190321", "20200312", "1 2 5"},
        {SLOT_DATE, "20190322", "20200311", ""},
        {SLOT_DATE, "20200101", "", "2 6"},
        {SLOT_DATE, "", "20190321", "1 3 5"},
        {SLOT_DATE, "", "99999999", "1 2 3 5 6"},
        {SLOT_DATE, "", "", "1 2 3 5 6"},
        {SLOT_DATE, "20200101", "20190101", ""},
        {SLOT_THEME, "eau", "eau", "2"},
        {SLOT_NOWHERE, "", "", ""},
        {SLOT_NOWHERE, "", "z", ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        assert_string_equal(
            found(reader, xapian_query_value_range(rows[i].slot, slice_of(rows[i].from), slice_of(rows[i].to))),
            rows[i].found);
    xapian_reader_free(reader);
}

static void terms_too_long_to_exist_find_nothing(void **state)
{
    struct fixture *fixture = *state;
    struct xapian_reader *reader = acts(fixture);
    static char bytes[1000];
    struct slice too_long = {bytes, sizeof bytes};
    for (int fill = 0; fill <= 'x'; fill += 'x') {
        memset(bytes, fill, sizeof bytes);
        struct seen seen = {.left = 1};
        assert_int_equal(frequency(reader, too_long), 0);
        assert_string_equal(found(reader, xapian_query_term(too_long)), "");
        assert_ok(xapian_reader_each_term(reader, too_long, see_term, &seen, NULL));
        assert_ok(xapian_reader_each_docid(reader, too_long, see_docid, &seen, NULL));
        assert_ok(xapian_reader_each_metadata(reader, too_long, see_metadata, &seen, NULL));
        assert_seen(&seen, "");
    }
    xapian_reader_free(reader);
}

static void queries_are_described(void **state)
{
    (void)state;
    assert_string_equal(describe(combine(XAPIAN_AND_NOT, term("a"), term("b"))), "Query((a AND_NOT b))");
    assert_string_equal(describe(xapian_query_none()), "Query()");
}

/* --- results ------------------------------------------------------------------------------------------------ */

static void results_are_sorted_by_value_then_weight_then_docid(void **state)
{
    struct fixture *fixture = *state;
    struct xapian_reader *reader = acts(fixture);
    struct xapian_search search = TOP_10;
    search.sort_slot = SLOT_DATE;
    assert_string_equal(found_by(reader, xapian_query_all(), &search), "1 2 3 4 5 6");
    search.sort = XAPIAN_SORT_VALUE;
    assert_string_equal(found_by(reader, xapian_query_all(), &search), "4 3 1 5 2 6");
    search.sort = XAPIAN_SORT_VALUE_DESCENDING;
    assert_string_equal(found_by(reader, xapian_query_all(), &search), "6 2 1 5 3 4");
    struct xapian_query *five_first = combine(XAPIAN_AND_MAYBE, term("conseil"), term("quartier"));
    assert_string_equal(found_by(reader, five_first, &search), "2 5 1 3");
    xapian_reader_free(reader);
}

static void weight_follows_bm25(void **state)
{
    struct fixture *fixture = *state;
    struct xapian_reader *reader = acts(fixture);
    struct xapian_search search = TOP_10;
    assert_string_equal(found_by(reader, term("voirie"), &search), "6 4");
    search.bm25.k1 = 0; /* frequency in the document no longer counts */
    assert_string_equal(found_by(reader, term("voirie"), &search), "4 6");
    assert_string_equal(found_by(reader, term("budget"), &search), "1 2 6");
    search.bm25 = (struct xapian_bm25){.k1 = 1.2, .b = 1, .min_normlen = 0.01}; /* short documents first */
    assert_string_equal(found_by(reader, term("conseil"), &search), "3 5 1 2");
    search.bm25.min_normlen = 100; /* but all of these are short */
    assert_string_equal(found_by(reader, term("conseil"), &search), "1 2 3 5");
    search.bm25.min_normlen = 0.01;
    search.bm25.b = 0;
    assert_string_equal(found_by(reader, term("conseil"), &search), "1 2 3 5");
    xapian_reader_free(reader);
}

static void pages_of_results(void **state)
{
    struct fixture *fixture = *state;
    struct xapian_reader *reader = acts(fixture);
    struct xapian_search search = TOP_10;
    search.limit = 2;
    assert_string_equal(found_by(reader, xapian_query_all(), &search), "1 2");
    search.offset = 4;
    assert_string_equal(found_by(reader, xapian_query_all(), &search), "5 6");
    search.offset = 5;
    assert_string_equal(found_by(reader, xapian_query_all(), &search), "6");
    search.offset = 6;
    assert_string_equal(found_by(reader, xapian_query_all(), &search), "");
    search.offset = search.limit = UINT32_MAX;
    assert_string_equal(found_by(reader, xapian_query_all(), &search), "");
    search.offset = 0;
    assert_string_equal(found_by(reader, xapian_query_all(), &search), "1 2 3 4 5 6");
    search.limit = 0;
    struct xapian_results *results = results_of(reader, term("conseil"), &search);
    assert_int_equal(xapian_results_count(results), 0);
    assert_int_equal(xapian_results_matches(results), 4);
    assert_true(xapian_results_is_exact(results));
    xapian_results_free(results);
    xapian_reader_free(reader);
}

static void assert_facet(const struct xapian_results *results, size_t facet, const char *expected)
{
    struct buffer text = {0};
    for (uint32_t i = 0; i < xapian_results_facet_size(results, facet); i++) {
        uint32_t matches = 0;
        buffer_add_slice(&text, xapian_results_facet_get(results, facet, i, &matches));
        buffer_printf(&text, ":%u;", matches);
    }
    buffer_add_string(&text, "");
    assert_string_equal(text.bytes, expected);
    buffer_free(&text);
}

static void facets_count_every_match(void **state)
{
    struct fixture *fixture = *state;
    struct xapian_reader *reader = acts(fixture);
    static const xapian_slot slots[] = {SLOT_THEME, SLOT_DATE, SLOT_NOWHERE};
    struct xapian_search search = TOP_10;
    search.limit = 1;
    search.exact_count = false;
    search.facet_slots = slots;
    search.facet_count = 3;
    struct xapian_results *all = results_of(reader, xapian_query_all(), &search);
    struct xapian_results *council = results_of(reader, term("conseil"), &search);
    struct xapian_results *none = results_of(reader, xapian_query_none(), &search);
    xapian_reader_free(reader); /* results need it no longer */
    assert_facet(all, 0, "eau:1;finances:2;voirie:2;");
    assert_facet(all, 1, "20180101:1;20190321:2;20200312:1;20210601:1;");
    assert_facet(all, 2, "");
    assert_int_equal(xapian_results_count(all), 1);
    assert_int_equal(xapian_results_matches(all), 6);
    assert_facet(council, 0, "eau:1;finances:2;");
    assert_int_equal(xapian_results_matches(council), 4);
    assert_true(xapian_results_is_exact(council));
    assert_facet(none, 0, "");
    assert_int_equal(xapian_results_matches(none), 0);
    assert_true(xapian_results_is_exact(none));
    xapian_results_free(all);
    xapian_results_free(council);
    xapian_results_free(none);
}

/* Enough matches that counting them takes far longer than a millisecond. */
static struct xapian_reader *many_acts(struct fixture *fixture, int count)
{
    struct xapian_writer *writer = writer_of(fixture);
    struct xapian_document *document = xapian_document_new();
    for (int i = 0; i < count; i++) {
        char theme[16];
        snprintf(theme, sizeof theme, "%d", i % 7);
        xapian_document_clear(document);
        assert_ok(xapian_document_add_term(document, SLICE("mot"), (uint32_t)(i % 5 + 1), NULL));
        assert_ok(xapian_document_set_value(document, SLOT_THEME, slice_of(theme), NULL));
        assert_ok(xapian_writer_add(writer, document, NULL));
    }
    xapian_document_free(document);
    commit_and_free(writer);
    return reader_of(fixture);
}

static void time_limit_cuts_counts_but_not_results(void **state)
{
    enum { COUNT = 20000, FACETS = 10 };
    struct fixture *fixture = *state;
    struct xapian_reader *reader = many_acts(fixture, COUNT);
    xapian_slot slots[FACETS];
    for (size_t i = 0; i < FACETS; i++)
        slots[i] = SLOT_THEME;
    struct xapian_search search = TOP_10;
    search.facet_slots = slots;
    search.facet_count = FACETS;
    struct xapian_results *whole = results_of(reader, term("mot"), &search);
    assert_int_equal(xapian_results_matches(whole), COUNT);
    assert_true(xapian_results_is_exact(whole));
    search.time_limit_ms = 1;
    struct xapian_results *cut = results_of(reader, term("mot"), &search);
    assert_false(xapian_results_is_exact(cut));
    assert_in_range(xapian_results_matches(cut), 1, COUNT - 1);
    uint32_t matches = 0;
    xapian_results_facet_get(cut, 0, 0, &matches);
    assert_in_range(matches, 1, COUNT / 7);
    assert_int_equal(xapian_results_count(cut), 10);
    for (uint32_t i = 0; i < 10; i++)
        assert_int_equal(xapian_results_docid(cut, i), xapian_results_docid(whole, i));
    search.time_limit_ms = 60000;
    struct xapian_results *in_time = results_of(reader, term("mot"), &search);
    assert_int_equal(xapian_results_matches(in_time), COUNT);
    assert_true(xapian_results_is_exact(in_time));
    xapian_results_free(whole);
    xapian_results_free(cut);
    xapian_results_free(in_time);
    xapian_reader_free(reader);
}

/* Acts of words that are more or less frequent, of many lengths, some of a theme. */
static struct xapian_reader *various_acts(struct fixture *fixture, int count)
{
    static const char *const words[] = {"eau", "budget", "voirie", "ecole", "maire", "port"};
    struct xapian_writer *writer = writer_of(fixture);
    struct xapian_document *document = xapian_document_new();
    uint32_t chance = 1;
    for (int i = 0; i < count; i++) {
        char value[16];
        xapian_document_clear(document);
        for (uint32_t j = 0; j < sizeof words / sizeof *words; j++) {
            chance = chance * 1664525 + 1013904223;
            if ((chance >> 16) % (j + 1) == 0)
                assert_ok(xapian_document_add_term(document, slice_of(words[j]), (chance >> 8) % 9 + 1, NULL));
        }
        snprintf(value, sizeof value, "%u", (unsigned)(chance >> 20) % 50);
        if (i % 3 > 0)
            assert_ok(xapian_document_set_value(document, SLOT_THEME, slice_of(value), NULL));
        assert_ok(xapian_writer_add(writer, document, NULL));
    }
    xapian_document_free(document);
    commit_and_free(writer);
    return reader_of(fixture);
}

static bool is_not_ten(struct slice value, void *payload)
{
    (void)payload;
    return !slice_equal(value, SLICE("10"));
}

static struct xapian_query *question(int number)
{
    struct xapian_query *any = combine(XAPIAN_OR, term("eau"), combine(XAPIAN_OR, term("ecole"), term("port")));
    switch (number) {
    case 0:
        return any;
    case 1:
        return combine(XAPIAN_OR, any,
                       combine(XAPIAN_MAX, term("budget"), xapian_query_scale_take(term("maire"), 0.5)));
    case 2:
        return combine(
            XAPIAN_OR,
            xapian_query_test_take(combine(XAPIAN_AND, term("maire"), term("budget")), SLOT_THEME, is_not_ten, NULL),
            any);
    case 3:
        return combine(XAPIAN_OR, combine(XAPIAN_AND, term("voirie"), term("port")), any);
    case 4:
        return combine(XAPIAN_FILTER, any, xapian_query_value_range(SLOT_THEME, SLICE("2"), SLICE("4")));
    case 5:
        return combine(XAPIAN_AND_NOT, any, term("budget"));
    case 6:
        return combine(XAPIAN_AND_MAYBE, term("budget"), any);
    case 7:
        return combine(XAPIAN_SYNONYM, term("budget"), any);
    case 8:
        return combine(XAPIAN_FILTER, xapian_query_all(), any);
    default:
        xapian_query_free(any);
        return term("eau");
    }
}

static void assert_same_hits(const struct xapian_results *a, const struct xapian_results *b)
{
    assert_int_equal(xapian_results_matches(a), xapian_results_matches(b));
    assert_int_equal(xapian_results_count(a), xapian_results_count(b));
    for (uint32_t i = 0; i < xapian_results_count(a); i++) {
        assert_int_equal(xapian_results_docid(a, i), xapian_results_docid(b, i));
        assert_true(fabs(xapian_results_weight(a, i) - xapian_results_weight(b, i)) <= 0);
    }
}

static void assert_same_facet(const struct xapian_results *a, const struct xapian_results *b)
{
    assert_int_equal(xapian_results_facet_size(a, 0), xapian_results_facet_size(b, 0));
    for (uint32_t i = 0; i < xapian_results_facet_size(a, 0); i++) {
        uint32_t of_a = 0;
        uint32_t of_b = 0;
        assert_true(slice_equal(xapian_results_facet_get(a, 0, i, &of_a), xapian_results_facet_get(b, 0, i, &of_b)));
        assert_int_equal(of_a, of_b);
    }
}

/* What a reader keeps of what it has looked at makes it faster and nothing else. */
static void a_reader_that_searches_again_finds_the_same(void **state)
{
    enum { COUNT = 5000, QUESTIONS = 10, SORTS = 3 };
    struct fixture *fixture = *state;
    xapian_reader_free(various_acts(fixture, COUNT));
    struct xapian_reader *again = reader_of(fixture);
    xapian_slot slot = SLOT_THEME;
    for (int i = 0; i < QUESTIONS * SORTS; i++) {
        struct xapian_search search = TOP_10;
        search.sort = (enum xapian_sort)(i / QUESTIONS);
        search.sort_slot = SLOT_THEME;
        search.offset = (uint32_t)i % 3 * 7;
        search.facet_slots = &slot;
        search.facet_count = i % 2 ? 1 : 0;
        for (int times = 0; times < 3; times++) {
            struct xapian_reader *fresh = reader_of(fixture);
            struct xapian_results *expected = results_of(fresh, question(i % QUESTIONS), &search);
            struct xapian_results *results = results_of(again, question(i % QUESTIONS), &search);
            assert_same_hits(results, expected);
            if (search.facet_count > 0)
                assert_same_facet(results, expected);
            xapian_results_free(expected);
            xapian_results_free(results);
            xapian_reader_free(fresh);
        }
    }
    xapian_reader_free(again);
}

static void count_is_an_estimate_unless_asked_for(void **state)
{
    enum { COUNT = 5000 };
    struct fixture *fixture = *state;
    struct xapian_reader *reader = many_acts(fixture, COUNT);
    struct xapian_search search = TOP_10;
    search.exact_count = false;
    struct xapian_query *some = xapian_query_value_range(SLOT_THEME, SLICE("2"), SLICE("4"));
    struct xapian_results *estimate = results_of(reader, combine(XAPIAN_AND, term("mot"), some), &search);
    assert_false(xapian_results_is_exact(estimate));
    assert_in_range(xapian_results_matches(estimate), 10, COUNT);
    search.exact_count = true;
    some = xapian_query_value_range(SLOT_THEME, SLICE("2"), SLICE("4"));
    struct xapian_results *exact = results_of(reader, combine(XAPIAN_AND, term("mot"), some), &search);
    assert_true(xapian_results_is_exact(exact));
    assert_int_equal(xapian_results_matches(exact), 2142);
    xapian_results_free(estimate);
    xapian_results_free(exact);
    xapian_reader_free(reader);
}

/* --- ownership ---------------------------------------------------------------------------------------------- */

static void null_may_be_freed(void **state)
{
    (void)state;
    xapian_document_free(NULL);
    xapian_writer_free(NULL);
    xapian_reader_free(NULL);
    xapian_query_free(NULL);
    xapian_results_free(NULL);
}

#define WITH_FOLDER(test) cmocka_unit_test_setup_teardown(test, make_folder, remove_folder)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(terms_over_the_limit_are_refused),
        WITH_FOLDER(terms_may_have_any_bytes_up_to_the_limit),
        WITH_FOLDER(cleared_document_is_as_new),
        WITH_FOLDER(documents_go_to_another_database_as_they_stand),
        WITH_FOLDER(marks_come_and_go_and_weigh_nothing),
        WITH_FOLDER(wdf_counts_and_boolean_terms_do_not),
        WITH_FOLDER(opening_a_database_that_is_not_there),
        WITH_FOLDER(folder_that_cannot_be_made_is_an_io_error),
        WITH_FOLDER(lock_file_that_cannot_be_opened_is_an_io_error),
        WITH_FOLDER(second_writer_is_refused_and_told_who_holds_the_lock),
        WITH_FOLDER(second_writer_in_the_same_process_is_refused_too),
        WITH_FOLDER(nothing_shows_before_commit_and_free_drops_it),
        WITH_FOLDER(metadata_alone_is_committed_and_dropped),
        WITH_FOLDER(flush_threshold_never_commits),
        WITH_FOLDER(one_writer_commits_many_times),
        WITH_FOLDER(delete_term_deletes_committed_and_pending_documents),
        WITH_FOLDER(refused_arguments_leave_the_writer_usable),
        WITH_FOLDER(failed_add_is_an_io_error_and_the_last_commit_stands),
        WITH_FOLDER(failed_commit_is_an_io_error_and_the_last_commit_stands),
        WITH_FOLDER(metadata_is_kept_replaced_and_deleted),
        WITH_FOLDER(each_metadata_goes_in_byte_order_within_a_prefix),
        WITH_FOLDER(each_term_and_each_docid_go_in_order),
        WITH_FOLDER(document_data_is_given_back),
        WITH_FOLDER(reader_of_a_writer_sees_what_is_pending),
        WITH_FOLDER(reader_stays_at_its_commit_until_reopened),
        WITH_FOLDER(reader_that_slept_through_commits_is_told),
        WITH_FOLDER(damaged_head_file_is_corrupt),
        WITH_FOLDER(database_of_another_format_is_another_version),
        WITH_FOLDER(missing_table_is_corrupt),
        WITH_FOLDER(overwritten_blocks_are_corrupt),
        WITH_FOLDER(damage_may_look_like_a_newer_commit),
        WITH_FOLDER(operators_find_what_they_say),
        WITH_FOLDER(operators_take_any_number_of_operands),

        WITH_FOLDER(filters_add_no_weight),
        WITH_FOLDER(synonyms_count_as_one_term_and_scaling_multiplies),
        WITH_FOLDER(value_ranges),

        WITH_FOLDER(terms_too_long_to_exist_find_nothing),

        cmocka_unit_test(queries_are_described),
        WITH_FOLDER(results_are_sorted_by_value_then_weight_then_docid),
        WITH_FOLDER(weight_follows_bm25),
        WITH_FOLDER(pages_of_results),
        WITH_FOLDER(facets_count_every_match),
        WITH_FOLDER(time_limit_cuts_counts_but_not_results),
        WITH_FOLDER(a_reader_that_searches_again_finds_the_same),
        WITH_FOLDER(count_is_an_estimate_unless_asked_for),
        cmocka_unit_test(null_may_be_freed),

    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

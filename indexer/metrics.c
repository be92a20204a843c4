#include "metrics.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "archive/replace.h"
#include "archive/terms.h"
#include "base/buffer.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "base/words.h"

#define PREFIX "delib_index_"
#define LAST_SUCCESS PREFIX "last_success_timestamp_seconds"

enum { OLD_FILE_BYTES = 1 << 20 }; /* more is not ours */

struct writing {
    struct buffer out;
    struct arena *arena;
    const struct metrics *metrics;
    uint32_t acts;
};

static void describe(struct writing *writing, const char *name, const char *help)
{
    buffer_printf(&writing->out, "# HELP " PREFIX "%s %s\n# TYPE " PREFIX "%s gauge\n", name, help, name);
}

static void gauge(struct writing *writing, const char *name, const char *help, double value)
{
    describe(writing, name, help);
    buffer_printf(&writing->out, PREFIX "%s %.15g\n", name, value);
}

/* NAME{LABEL="value"} */
static void labelled(struct writing *writing, const char *name, const char *label, struct slice value, double number)
{
    buffer_printf(&writing->out, PREFIX "%s{%s=\"", name, label);
    for (const char *byte = utf8_line(writing->arena, value); *byte; byte++) {
        if (*byte == '"' || *byte == '\\')
            buffer_add_byte(&writing->out, '\\');
        buffer_add_byte(&writing->out, *byte);
    }
    buffer_printf(&writing->out, "\"} %.15g\n", number);
}

/* --- the last success ---------------------------------------------------------------------------------------- */

/* What the file said before; 0 when it said nothing. */
static double last_success(const char *path)
{
    double value = 0;
    FILE *file = fopen(path, "re");
    char *text = file ? memory_alloc(OLD_FILE_BYTES + 1) : NULL;
    if (file && fread(text, 1, OLD_FILE_BYTES, file) > 0) {
        const char *line = strstr(text, "\n" LAST_SUCCESS " ");
        value = line ? strtod(line + strlen("\n" LAST_SUCCESS " "), NULL) : 0;
    }
    if (file)
        fclose(file);
    free(text);
    return value;
}

/* --- the run ------------------------------------------------------------------------------------------------- */

static void write_run(struct writing *writing, const char *path)
{
    enum { MS = 1000 };
    const struct metrics *metrics = writing->metrics;
    const struct run_counts *counts = metrics->counts;
    double success = metrics->has_succeeded ? (double)time(NULL) : last_success(path);
    gauge(writing, "last_success_timestamp_seconds", "When a run last ended with 0 or 1.", success);
    gauge(writing, "last_run_timestamp_seconds", "When a run last ended.", (double)time(NULL));
    gauge(writing, "last_run_duration_seconds", "How long it took.", (double)metrics->duration_ms / MS);
    gauge(writing, "last_exit_code", "What it ended with.", metrics->exit_code);
    gauge(writing, "files_added", "Files that it added.", (double)counts->added);
    gauge(writing, "files_updated", "Files that it read again.", (double)counts->updated);
    gauge(writing, "files_unchanged", "Files that it found unchanged.", (double)counts->unchanged);
    gauge(writing, "files_moved", "Files that it found under another name.", (double)counts->moved);
    gauge(writing, "files_removed", "Files that were gone.", (double)counts->removed);
    gauge(writing, "files_skipped", "Files with nothing to index.", (double)counts->skipped);
    gauge(writing, "files_failed", "Files that could not be read.", (double)counts->failed);
    describe(writing, "build_info", "The program.");
    buffer_printf(&writing->out, PREFIX "build_info{version=\"%s\",layout=\"%d\"} 1\n", DELIB_VERSION_STRING,
                  ARCHIVE_VERSION);
}

/* --- the archive --------------------------------------------------------------------------------------------- */

struct council {
    struct slice name;
    uint64_t acts;
};

struct councils {
    struct arena *arena;
    struct council *items; /* by year, then by name: one name may come several times */
    size_t count;
};

static bool take_council(struct slice name, int year, uint32_t acts, void *payload)
{
    struct councils *councils = payload;
    (void)year;
    councils->items = arena_grow(councils->arena, councils->items, councils->count, sizeof *councils->items);
    councils->items[councils->count++] = (struct council){arena_copy(councils->arena, name), acts};
    return true;
}

static int by_name(const void *a, const void *b)
{
    return slice_compare(((const struct council *)a)->name, ((const struct council *)b)->name);
}

static enum delib_status write_councils(struct writing *writing, struct delib_error *error)
{
    struct councils councils = {.arena = writing->arena};
    enum delib_status status =
        archive_each_coverage(writing->metrics->reader, COVERAGE_COUNCIL, take_council, &councils, error);
    describe(writing, "documents", "Acts of each council.");
    if (councils.count > 0)
        qsort(councils.items, councils.count, sizeof *councils.items, by_name);
    for (size_t i = 0; i < councils.count && status == DELIB_OK; i++) {
        if (i + 1 < councils.count && slice_equal(councils.items[i].name, councils.items[i + 1].name))
            councils.items[i + 1].acts += councils.items[i].acts;
        else
            labelled(writing, "documents", "council", councils.items[i].name, (double)councils.items[i].acts);
    }
    return status;
}

static bool write_field(struct slice name, int year, uint32_t acts, void *payload)
{
    struct writing *writing = payload;
    (void)year;
    labelled(writing, "field_coverage_ratio", "field", name, (double)acts / writing->acts);
    return true;
}

static bool write_warning(struct slice name, int year, uint32_t acts, void *payload)
{
    (void)year;
    labelled(payload, "warnings", "code", name, acts);
    return true;
}

/* The day of the newest act as seconds since 1970; nothing when none is dated. */
static enum delib_status write_newest(struct writing *writing, struct delib_error *error)
{
    char *value = NULL;
    size_t len = 0;
    struct tm day = {0};
    struct xapian_results *found = NULL;
    struct xapian_reader *reader = writing->metrics->reader;
    struct xapian_query *all = xapian_query_all();
    const struct xapian_search newest = {
        .limit = 1, .bm25 = {1, 1, 0.5, 0.5}, .sort = XAPIAN_SORT_VALUE_DESCENDING, .sort_slot = SLOT_DATE};
    enum delib_status status = xapian_search(&found, reader, all, &newest, error);
    if (status == DELIB_OK && xapian_results_count(found) > 0)
        status = xapian_reader_document_value(&value, &len, reader, xapian_results_docid(found, 0), SLOT_DATE, error);
    if (status == DELIB_OK && value && strptime(value, "%Y%m%d", &day))
        gauge(writing, "newest_seance_timestamp_seconds", "The day of the newest act.", (double)timegm(&day));
    free(value);
    xapian_results_free(found);
    xapian_query_free(all);
    return status;
}

static enum delib_status write_archive(struct writing *writing, struct delib_error *error)
{
    uint64_t size_bytes = 0;
    uint32_t revision = 0;
    struct xapian_reader *reader = writing->metrics->reader;
    enum delib_status status = xapian_reader_document_count(&writing->acts, reader, error);
    if (status == DELIB_OK)
        status = archive_revision(&revision, reader, error);
    if (status == DELIB_OK)
        status = archive_folder_size(&size_bytes, writing->metrics->archive, error);
    if (status == DELIB_OK)
        status = write_councils(writing, error);
    gauge(writing, "size_bytes", "What the archive takes on the disk.", (double)size_bytes);
    gauge(writing, "revision", "How often the archive was changed.", revision);
    describe(writing, "field_coverage_ratio", "The share of acts that have the field.");
    if (status == DELIB_OK)
        status = archive_each_coverage(reader, COVERAGE_FIELD, write_field, writing, error);
    describe(writing, "warnings", "Acts that have the warning.");
    if (status == DELIB_OK)
        status = archive_each_coverage(reader, COVERAGE_WARNING, write_warning, writing, error);
    return status == DELIB_OK ? write_newest(writing, error) : status;
}

/* --- the file ------------------------------------------------------------------------------------------------ */

static enum delib_status replace_file(const char *path, struct slice text, struct delib_error *error)
{
    struct buffer beside = {0};
    buffer_printf(&beside, "%s.%ld", path, (long)getpid());
    FILE *file = fopen(beside.bytes, "we");
    bool written = file && fwrite(text.bytes, 1, text.len, file) == text.len;
    written = file && fclose(file) == 0 && written;
    enum delib_status status = DELIB_OK;
    if (!written || rename(beside.bytes, path) != 0) {
        status = delib_fail(error, DELIB_IO, _("%s: cannot be written: %s"), path, strerror(errno));
        unlink(beside.bytes);
    }
    buffer_free(&beside);
    return status;
}

enum delib_status metrics_write(const struct metrics *metrics, const char *path, struct delib_error *error)
{
    struct writing writing = {.arena = arena_new(), .metrics = metrics};
    enum delib_status status = DELIB_OK;
    write_run(&writing, path);
    if (metrics->reader)
        status = write_archive(&writing, error);
    if (status == DELIB_OK)
        status = replace_file(path, buffer_get(&writing.out), error);
    buffer_free(&writing.out);
    arena_free(writing.arena);
    return status;
}

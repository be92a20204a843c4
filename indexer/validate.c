#include "validate.h"

#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "base/words.h"
#include "charset.h"
#include "file_content.h"
#include "scdl.h"

static void print_finding(struct arena *arena, const char *path, const struct scdl_finding *finding)
{
    const char *column = scdl_column_name(finding->column);
    printf("%s:%zu:%s%s %s\n", utf8_line(arena, slice_of(path)), finding->line, column, *column ? ":" : "",
           utf8_line(arena, slice_of(finding->message)));
}

/* The encoding is a rule too: UTF-8 without a mark at the start. */
static void check_encoding(struct scdl_table *table, struct slice bytes, const char *charset)
{
    if (strcmp(charset, "UTF-8") != 0)
        scdl_add_finding(table, 1, SCDL_COLUMN_COUNT, _("the table is in %s, not in UTF-8"), charset);
    else if (slice_starts(bytes, SLICE("\xEF\xBB\xBF")))
        scdl_add_finding(table, 1, SCDL_COLUMN_COUNT, _("the table begins with a byte order mark"));
}

static int validate_text(struct arena *arena, const char *path, struct slice bytes)
{
    struct scdl_table table;
    struct buffer text = {0};
    bool repaired;
    const char *charset = charset_decode(&text, bytes, &repaired);
    int code = EXIT_SOME_FAILED;
    if (scdl_is(buffer_get(&text))) {
        scdl_read(&table, arena, buffer_get(&text));
        check_encoding(&table, bytes, charset);
        scdl_check(&table);
        for (size_t i = 0; i < table.finding_count; i++)
            print_finding(arena, path, &table.findings[i]);
        fprintf(stderr, _("delib-index: %s: %zu rows, %zu breaches of SCDL 2.1.5\n"), path, table.row_count,
                table.finding_count);
        code = table.finding_count > 0 ? EXIT_SOME_FAILED : EXIT_DONE;
    } else {
        fprintf(stderr, _("delib-index: %s: no SCDL table: its first line does not name the columns\n"), path);
    }
    buffer_free(&text);
    return code;
}

static int validate_file(const char *path)
{
    struct file_identity identity;
    struct delib_error error;
    struct buffer bytes = {0};
    struct arena *arena = arena_new();
    int code = EXIT_SOME_FAILED;
    if (file_content_read(&bytes, &identity, path, &error) == DELIB_OK)
        code = validate_text(arena, path, buffer_get(&bytes));
    else
        fprintf(stderr, "delib-index: %s: %s\n", path, error.message);
    buffer_free(&bytes);
    arena_free(arena);
    return code;
}

int validate_scdl(const struct options *options)
{
    int code = EXIT_DONE;
    for (size_t i = 0; i < options->source_count; i++)
        if (validate_file(options->sources[i]) != EXIT_DONE)
            code = EXIT_SOME_FAILED;
    return code;
}

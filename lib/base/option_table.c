#include "base/option_table.h"

#include <getopt.h>
#include <stdio.h>

#include "base/buffer.h"
#include "base/words.h"

enum { FIRST_LONG_ONLY = 256 };

/* getopt's tables from ours. */
static void fill_tables(const struct option_table *table, struct option *longs, char *shorts)
{
    size_t letters = 0;
    for (size_t i = 0; i < table->count; i++) {
        const struct option_row *row = &table->rows[i];
        longs[i] = (struct option){.name = row->name,
                                   .has_arg = row->argument ? required_argument : no_argument,
                                   .val = row->letter ? row->letter : FIRST_LONG_ONLY + (int)i};
        if (row->letter)
            shorts[letters++] = row->letter;
        if (row->letter && row->argument)
            shorts[letters++] = ':';
    }
    longs[table->count] = (struct option){0};
    shorts[letters] = '\0';
}

static const struct option_row *row_of(const struct option_table *table, int value)
{
    for (size_t i = 0; i < table->count; i++)
        if (table->rows[i].letter ? table->rows[i].letter == value : FIRST_LONG_ONLY + (int)i == value)
            return &table->rows[i];
    return NULL;
}

void option_table_hint(const struct option_table *table)
{
    fprintf(stderr, _("%s: try: %s --help\n"), table->program, table->program);
}

bool option_table_parse(const struct option_table *table, int argc, char **argv, option_take *take, void *payload,
                        int *rest)
{
    struct option longs[OPTION_ROWS_MAX + 1];
    char shorts[2 * OPTION_ROWS_MAX + 1];
    int value;
    fill_tables(table, longs, shorts);
    while ((value = getopt_long(argc, argv, shorts, longs, NULL)) != -1) {
        const struct option_row *row = row_of(table, value);
        if (!row) /* getopt has told which one it is */
            option_table_hint(table);
        if (!row || !take(payload, row->name, optarg))
            return false;
    }
    *rest = optind;
    return true;
}

/* « -a, --archive FOLDER » */
static void add_left(struct buffer *out, const struct option_row *row)
{
    if (row->letter)
        buffer_printf(out, "-%c, --%s", row->letter, row->name);
    else
        buffer_printf(out, "    --%s", row->name);
    if (row->argument)
        buffer_printf(out, " %s", row->argument);
}

void option_table_print(const struct option_table *table)
{
    struct buffer left = {0};
    size_t widest = 0;
    for (size_t i = 0; i < table->count; i++) {
        buffer_clear(&left);
        add_left(&left, &table->rows[i]);
        widest = left.len > widest ? left.len : widest;
    }
    for (size_t i = 0; i < table->count; i++) {
        buffer_clear(&left);
        add_left(&left, &table->rows[i]);
        printf("  %-*s  %s\n", (int)widest, left.bytes, _(table->rows[i].help));
    }
    buffer_free(&left);
}

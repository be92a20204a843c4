#include "base/option_table.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "base/buffer.h"
#include "base/utf8.h"
#include "base/words.h"

enum { FIRST_LONG_ONLY = 256, HELP_COLUMNS = 79 };

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

const struct option_row *option_table_find(const struct option_table *table, const char *name)
{
    for (size_t i = 0; i < table->count; i++)
        if (strcmp(table->rows[i].name, name) == 0)
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

/* The names of the options that are not usual, in lines of HELP_COLUMNS. */
static void print_others(const struct option_table *table)
{
    struct buffer line = {0};
    buffer_printf(&line, _("Others (man %s tells them):"), table->program);
    size_t column = utf8_count(buffer_get(&line));
    for (size_t i = table->usual_count; i < table->count; i++) {
        size_t width = strlen(" --") + strlen(table->rows[i].name);
        bool breaks = column + width > HELP_COLUMNS;
        buffer_printf(&line, "%s--%s", breaks ? "\n  " : " ", table->rows[i].name);
        column = breaks ? width + 1 : column + width;
    }
    puts(line.bytes);
    buffer_free(&line);
}

void option_table_print(const struct option_table *table)
{
    struct buffer left = {0};
    size_t widest = 0;
    for (size_t i = 0; i < table->usual_count; i++) {
        buffer_clear(&left);
        add_left(&left, &table->rows[i]);
        widest = left.len > widest ? left.len : widest;
    }
    for (size_t i = 0; i < table->usual_count; i++) {
        buffer_clear(&left);
        add_left(&left, &table->rows[i]);
        printf("  %-*s  %s\n", (int)widest, left.bytes, _(table->rows[i].help));
    }
    buffer_free(&left);
    if (table->usual_count < table->count)
        print_others(table);
}

static void print_bash(const struct option_table *table)
{
    printf("_%s()\n{\n    local words='", strchr(table->program, '-') + 1);
    for (size_t i = 0; i < table->count; i++)
        printf("%s--%s", i > 0 ? " " : "", table->rows[i].name);
    printf("'\n    case ${COMP_WORDS[COMP_CWORD]} in\n"
           "    -*) mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"${COMP_WORDS[COMP_CWORD]}\") ;;\n"
           "    esac\n}\ncomplete -o default -F _%s %s\n",
           strchr(table->program, '-') + 1, table->program);
}

/* Between single quotes of a shell; brackets and colons mean something to zsh inside them. */
static void print_quoted(const char *text, const char *special)
{
    for (; *text; text++) {
        if (*text == '\'')
            fputs("'\\''", stdout);
        else if (strchr(special, *text))
            printf("\\%c", *text);
        else
            putchar(*text);
    }
}

static void print_zsh(const struct option_table *table)
{
    printf("#compdef %s\n_arguments -s \\\n", table->program);
    for (size_t i = 0; i < table->count; i++) {
        const struct option_row *row = &table->rows[i];
        printf("  '--%s%s[", row->name, row->argument ? "=" : "");
        print_quoted(_(row->help), "[]:\\");
        if (row->argument)
            printf("]:%s:_files' \\\n", row->argument);
        else
            puts("]' \\");
    }
    puts("  '*:file:_files'");
}

static void print_fish(const struct option_table *table)
{
    for (size_t i = 0; i < table->count; i++) {
        const struct option_row *row = &table->rows[i];
        printf("complete -c %s -l %s", table->program, row->name);
        if (row->letter)
            printf(" -s %c", row->letter);
        printf("%s -d '", row->argument ? " -r" : "");
        for (const char *text = _(row->help); *text; text++) {
            if (*text == '\'' || *text == '\\')
                putchar('\\');
            putchar(*text);
        }
        puts("'");
    }
}

bool option_table_print_completion(const struct option_table *table, const char *shell)
{
    static const struct {
        const char *shell;
        void (*print)(const struct option_table *table);
    } shells[] = {{"bash", print_bash}, {"zsh", print_zsh}, {"fish", print_fish}};
    for (size_t i = 0; i < sizeof shells / sizeof *shells; i++)
        if (strcmp(shell, shells[i].shell) == 0) {
            shells[i].print(table);
            return true;
        }
    fprintf(stderr, "%s: --completion: %s\n", table->program, _("bash, zsh or fish"));
    return false;
}

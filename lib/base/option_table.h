/* The options of a program as one table, which parses the command line and prints the help. */
#ifndef DELIB_BASE_OPTION_TABLE_H
#define DELIB_BASE_OPTION_TABLE_H

#include <stdbool.h>
#include <stddef.h>

struct option_row {
    const char *name;
    char letter;          /* 0: none */
    const char *argument; /* NULL: takes none */
    const char *help;     /* N_() */
};

enum { OPTION_ROWS_MAX = 64 }; /* the names of more would not fit a screen of help */

struct option_table {
    const char *program; /* "delib-index" */
    const struct option_row *rows;
    size_t count;
    size_t usual_count; /* the first rows: those that the help explains, so that it fits a screen */
};

/* Called for each option with its long name and its argument (NULL when it takes none); false ends the parsing. */
typedef bool option_take(void *payload, const char *name, const char *value);

/* False when an option is unknown or lacks its argument (stderr says so), or when `take` said false.
 * *rest is the index in argv of the first argument that is no option. */
bool option_table_parse(const struct option_table *table, int argc, char **argv, option_take *take, void *payload,
                        int *rest);

/* The option of this long name; NULL when there is none. */
const struct option_row *option_table_find(const struct option_table *table, const char *name);

/* Say on stderr how to get help. */
void option_table_hint(const struct option_table *table);

/* On stdout, what bash, zsh or fish needs to complete the program's options; false for another shell. */
bool option_table_print_completion(const struct option_table *table, const char *shell);

/* The help: a line for each usual option, then the names of the others. */
void option_table_print(const struct option_table *table);

#endif

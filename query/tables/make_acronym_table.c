/* data/topics.tsv and data/plain-words.txt → the acronyms of synonyms.c, at build time: folded, {"acronym", "a name"}.
 *
 * Usage: make_acronym_table TOPICS PLAIN-WORDS >TABLE */
#include <stdio.h>
#include <stdlib.h>

#include "french/normalise.h"

static void print_row(struct slice acronym, struct slice name)
{
    struct buffer left = {0};
    struct buffer right = {0};
    fold_words(&left, acronym);
    fold_words(&right, name);
    if (left.len > 0 && right.len > 0)
        printf("{\"%s\", \"%s\"},\n", left.bytes, right.bytes);
    buffer_free(&left);
    buffer_free(&right);
}

/* « ACRONYM<TAB>name » */
static void print_topic(struct slice line)
{
    size_t tab = slice_find_byte(line, '\t', 0);
    if (tab != SLICE_NONE)
        print_row(slice_range(line, 0, tab), slice_skip(line, tab + 1));
}

/* « word = name, name » */
static void print_plain_word(struct slice line)
{
    size_t equals = slice_find_byte(line, '=', 0);
    for (size_t at = equals + 1; equals != SLICE_NONE && at < line.len;) {
        size_t comma = slice_find_byte(line, ',', at);
        size_t end = comma == SLICE_NONE ? line.len : comma;
        print_row(slice_range(line, 0, equals), slice_range(line, at, end));
        at = end + 1;
    }
}

static bool print_rows_of(const char *path, void (*print)(struct slice line))
{
    char *line = NULL;
    size_t room = 0;
    FILE *file = fopen(path, "r");
    if (!file) {
        fprintf(stderr, "make_acronym_table: %s: cannot be read\n", path);
        return false;
    }
    for (ssize_t len; (len = getline(&line, &room, file)) > 0;)
        if (line[0] != '#')
            print(slice_trim((struct slice){line, (size_t)len}));
    free(line);
    fclose(file);
    return true;
}

int main(int count, char **arguments)
{
    bool made = count == 3 && print_rows_of(arguments[1], print_topic) && print_rows_of(arguments[2], print_plain_word);
    return made ? EXIT_SUCCESS : EXIT_FAILURE;
}

/* data/frequent-words.list → the tables of word_codes.c, at build time: the forms in the order of their codes, the stem
 * of each, and a hash table from form to code.
 *
 * Usage: make_word_table LIST >TABLE */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "archive/word_codes.h"
#include "base/memory.h"
#include "french/stem.h"

struct stem {
    char *text;
    unsigned code; /* of the word */
};

static char *words[WORD_CODE_COUNT];
static struct stem stems[WORD_CODE_COUNT];
static unsigned stem_of_word[WORD_CODE_COUNT];
static char *distinct[WORD_CODE_COUNT];
static unsigned slots[WORD_HASH_SLOTS];

static int by_text(const void *a, const void *b)
{
    return strcmp(((const struct stem *)a)->text, ((const struct stem *)b)->text);
}

static unsigned read_words(FILE *file)
{
    char *line = NULL;
    size_t room = 0;
    unsigned count = 0;
    for (ssize_t len; count < WORD_CODE_COUNT && (len = getline(&line, &room, file)) > 0; count++) {
        len -= line[len - 1] == '\n';
        words[count] = memory_dup(line, (size_t)len);
    }
    free(line);
    return count;
}

static unsigned number_stems(unsigned count)
{
    struct stemmer *stemmer = stemmer_new();
    unsigned used = 0;
    for (unsigned code = 0; code < count; code++) {
        struct slice stem = stemmer_stem(stemmer, slice_of(words[code]));
        stems[code] = (struct stem){memory_dup(stem.bytes, stem.len), code};
    }
    qsort(stems, count, sizeof *stems, by_text);
    for (unsigned i = 0; i < count; i++) {
        if (i == 0 || strcmp(stems[i].text, stems[i - 1].text) != 0)
            distinct[used++] = stems[i].text;
        stem_of_word[stems[i].code] = used - 1;
    }
    stemmer_free(stemmer);
    return used;
}

static void fill_slots(unsigned count)
{
    for (unsigned code = 0; code < count; code++) {
        unsigned slot = word_hash(slice_of(words[code])) % WORD_HASH_SLOTS;
        while (slots[slot] != 0)
            slot = (slot + 1) % WORD_HASH_SLOTS;
        slots[slot] = code + 1;
    }
}

static void print_texts(const char *name, char *const *texts, unsigned count)
{
    printf("static const char %s_bytes[] =\n", name);
    for (unsigned i = 0; i < count; i++)
        printf("    \"%s\"\n", texts[i]);
    printf("    ;\nstatic const uint32_t %s_starts[] = {\n", name);
    size_t start = 0;
    for (unsigned i = 0; i < count; start += strlen(texts[i++]))
        printf("%zu,\n", start);
    printf("%zu};\n", start);
}

static void print_numbers(const char *name, const unsigned *numbers, unsigned count)
{
    printf("static const uint16_t %s[] = {\n", name);
    for (unsigned i = 0; i < count; i++)
        printf("%u,\n", numbers[i]);
    printf("};\n");
}

int main(int count, char **arguments)
{
    FILE *file = count == 2 ? fopen(arguments[1], "r") : NULL;
    if (!file) {
        fprintf(stderr, "make_word_table: %s: cannot be read\n", count == 2 ? arguments[1] : "LIST");
        return EXIT_FAILURE;
    }
    unsigned word_count = read_words(file);
    fclose(file);
    if (word_count != WORD_CODE_COUNT) {
        fprintf(stderr, "make_word_table: %s: %u words, %u are needed\n", arguments[1], word_count,
                (unsigned)WORD_CODE_COUNT);
        return EXIT_FAILURE;
    }
    unsigned stem_count = number_stems(word_count);
    fill_slots(word_count);
    print_texts("word", words, word_count);
    print_texts("stem", distinct, stem_count);
    printf("enum { STEM_COUNT = %u };\n", stem_count);
    print_numbers("stem_of_word", stem_of_word, word_count);
    print_numbers("word_slots", slots, WORD_HASH_SLOTS);
    return EXIT_SUCCESS;
}

#include "french/stem.h"

#include <libstemmer.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "french/stopwords.h"

/* Why anything stands before Snowball's own algorithm: it counts on accents, and folded words have none. Without é it
 * takes « adoptee » and « adopte » for other words than « adopter », and « generale » for « generer ». The endings
 * below bring feminine and plural to the masculine singular first; the table of whole words keeps apart what must not
 * meet. */

enum {
    CACHE_WORDS = 1 << 12, /* most words of a text have come before; half a megabyte is made ready in no time */
    MAX_WORD_BYTES = 64,   /* longer ones are no words and come back as they are */
    SHORTEST_STEM = 3
};

struct rewrite {
    const char *ending;
    const char *instead;
    size_t shortest; /* bytes that must stand before the ending */
};

/* The first ending that fits is replaced; longer ones before those that they end with. */
static const struct rewrite endings[] = {
    {"trices", "teur", 2},  {"trice", "teur", 2}, /* directrice: directeur */
    {"euses", "eux", 2},    {"euse", "eux", 2},   /* heureuse: heureux */
    {"aises", "ai", 2},     {"aise", "ai", 2},    /* française: français */
    {"oises", "oi", 2},     {"oise", "oi", 2},    /* lilloise: lillois */
    {"ais", "ai", 2},       {"ois", "oi", 1},     /* délais: délai; emplois: emploi */
    {"us", "u", 2},                               /* élus: élu */
    {"eaux", "eau", 1},                           /* bureaux: bureau */
    {"aux", "al", 2},                             /* municipaux: municipal */
    {"ees", "e", 2},        {"ee", "e", 2},       /* adoptées, adoptée: adopté, folded « adopte » */
    {"ieres", "ier", 3},    {"iere", "ier", 3},   /* financière: financier */
    {"elles", "el", 3},     {"elle", "el", 3},    /* culturelle: culturel */
    {"ales", "al", 3},      {"ale", "al", 3},     /* municipale: municipal */
    {"ennes", "en", 3},     {"enne", "en", 3},    /* citoyenne: citoyen */
    {"ives", "if", 3},      {"ive", "if", 3},     /* sportive: sportif */
    {"tionner", "tion", 2},                       /* subventionner: subvention */
};

/* Whole words, in byte order: what Snowball would confuse in this field. */
static const struct rewrite words[] = {
    {"commun", "commun_", 0},
    {"communal", "communal_", 0},
    {"communale", "communal_", 0},
    {"communales", "communal_", 0},
    {"communaute", "communaut_", 0},
    {"communautes", "communaut_", 0},
    {"communaux", "communal_", 0},
    {"commune", "commune_", 0},
    {"communes", "commune_", 0},
    {"communs", "commun_", 0},
    {"conseiller", "conseiller_", 0},
    {"conseillere", "conseiller_", 0},
    {"conseilleres", "conseiller_", 0},
    {"conseillers", "conseiller_", 0},
    {"departement", "departement_", 0},
    {"departements", "departement_", 0},
    {"franc", "franc_", 0},
    {"francs", "franc_", 0},
    {"general", "general_", 0},
    {"generale", "general_", 0},
    {"generales", "general_", 0},
    {"generaux", "general_", 0},
    {"mairie", "mairie_", 0},
    {"mairies", "mairie_", 0},
    {"organe", "organe_", 0},
    {"organes", "organe_", 0},
    {"police", "police_", 0},
    {"polices", "police_", 0},
    {"port", "port_", 0},
    {"ports", "port_", 0},
    {"publique", "public", 0},
    {"publiques", "public", 0},
    {"voirie", "voirie_", 0},
    {"voiries", "voirie_", 0},
};

struct entry {
    char word[MAX_WORD_BYTES];
    char stem[MAX_WORD_BYTES];
    uint8_t word_len; /* 0: free */
    uint8_t stem_len;
};

struct stemmer {
    struct sb_stemmer *snowball;
    struct entry *cache;
    size_t used;
};

struct stemmer *stemmer_new(void)
{
    struct stemmer *stemmer = memory_alloc(sizeof *stemmer);
    stemmer->snowball = sb_stemmer_new("french", "UTF_8");
    if (!stemmer->snowball)
        memory_exhausted(); /* the algorithm is built in: nothing else can fail */
    stemmer->cache = memory_alloc(CACHE_WORDS * sizeof *stemmer->cache);
    return stemmer;
}

void stemmer_free(struct stemmer *stemmer)
{
    if (!stemmer)
        return;
    sb_stemmer_delete(stemmer->snowball);
    free(stemmer->cache);
    free(stemmer);
}

static bool has_digit(struct slice word)
{
    for (size_t i = 0; i < word.len; i++)
        if (is_digit(word.bytes[i]))
            return true;
    return false;
}

static const char *whole_word(struct slice word)
{
    size_t low = 0;
    size_t high = sizeof words / sizeof *words;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = slice_compare(word, slice_of(words[middle].ending));
        if (order == 0)
            return words[middle].instead;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

static size_t rewrite_ending(char *word, size_t len)
{
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        struct slice ending = slice_of(endings[i].ending);
        if (len < ending.len + endings[i].shortest || memcmp(word + len - ending.len, ending.bytes, ending.len) != 0)
            continue;
        struct slice instead = slice_of(endings[i].instead);
        memcpy(word + len - ending.len, instead.bytes, instead.len);
        return len - ending.len + instead.len;
    }
    return len;
}

static size_t copy(char *to, struct slice text)
{
    memcpy(to, text.bytes, text.len);
    return text.len;
}

/* Stem of `word` into `out` (MAX_WORD_BYTES): never longer than the word but for the mark of a whole word. */
static size_t snowball_stem(struct stemmer *stemmer, char *out, struct slice word)
{
    char even[MAX_WORD_BYTES];
    const char *whole = whole_word(word);
    if (whole)
        return copy(out, slice_of(whole));
    size_t len = rewrite_ending(even, copy(even, word));
    const sb_symbol *stem = sb_stemmer_stem(stemmer->snowball, (const sb_symbol *)even, (int)len);
    if (!stem)
        memory_exhausted();
    size_t stem_len = (size_t)sb_stemmer_length(stemmer->snowball);
    if (stem_len < SHORTEST_STEM || stem_len >= MAX_WORD_BYTES)
        return copy(out, (struct slice){even, len});
    return copy(out, (struct slice){(const char *)stem, stem_len});
}

/* A stem that reads like a word too common to rank by, which the word is not, gets a mark: « verser » is not « vers ».
 */
static size_t find_stem(struct stemmer *stemmer, char *out, struct slice word)
{
    size_t len = snowball_stem(stemmer, out, word);
    if (len + 1 < MAX_WORD_BYTES && is_stopword((struct slice){out, len}) && !is_stopword(word))
        out[len++] = '_';
    return len;
}

static size_t slot_of(struct slice word)
{
    uint32_t hash = 2166136261u; /* FNV-1a */
    for (size_t i = 0; i < word.len; i++)
        hash = (hash ^ (unsigned char)word.bytes[i]) * 16777619u;
    return hash & (CACHE_WORDS - 1);
}

/* The word's entry, or the free one where it belongs. The cache is emptied when it is three quarters full. */
static struct entry *find_entry(struct stemmer *stemmer, struct slice word)
{
    if (stemmer->used > CACHE_WORDS / 4 * 3) {
        memset(stemmer->cache, 0, CACHE_WORDS * sizeof *stemmer->cache);
        stemmer->used = 0;
    }
    size_t slot = slot_of(word);
    while (stemmer->cache[slot].word_len > 0 &&
           !slice_equal(word, (struct slice){stemmer->cache[slot].word, stemmer->cache[slot].word_len}))
        slot = (slot + 1) & (CACHE_WORDS - 1);
    return &stemmer->cache[slot];
}

struct slice stemmer_stem(struct stemmer *stemmer, struct slice folded_word)
{
    if (folded_word.len == 0 || folded_word.len >= MAX_WORD_BYTES || has_digit(folded_word))
        return folded_word;
    struct entry *entry = find_entry(stemmer, folded_word);
    if (entry->word_len == 0) {
        entry->word_len = (uint8_t)copy(entry->word, folded_word);
        entry->stem_len = (uint8_t)find_stem(stemmer, entry->stem, folded_word);
        stemmer->used++;
    }
    return (struct slice){entry->stem, entry->stem_len};
}

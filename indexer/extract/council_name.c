#include "extract/council_name.h"

#include <string.h>

#include "base/buffer.h"
#include "base/utf8.h"
#include "french/normalise.h"

/* Common words, folded → as they are written; they take no capital but at the start. */
static const char *const common_words[][2] = {
    {"agglomeration", "agglomération"},
    {"action", "action"},
    {"administration", "administration"},
    {"alimentation", "alimentation"},
    {"arrondissement", "arrondissement"},
    {"assainissement", "assainissement"},
    {"bureau", "bureau"},
    {"bassin", "bassin"},
    {"canton", "canton"},
    {"centre", "centre"},
    {"collectivite", "collectivité"},
    {"commission", "commission"},
    {"communal", "communal"},
    {"communale", "communale"},
    {"communaute", "communauté"},
    {"communautaire", "communautaire"},
    {"commune", "commune"},
    {"communes", "communes"},
    {"conseil", "conseil"},
    {"departement", "département"},
    {"departemental", "départemental"},
    {"departementale", "départementale"},
    {"eau", "eau"},
    {"eaux", "eaux"},
    {"electrification", "électrification"},
    {"energie", "énergie"},
    {"energies", "énergies"},
    {"gestion", "gestion"},
    {"general", "général"},
    {"incendie", "incendie"},
    {"intercommunal", "intercommunal"},
    {"intercommunale", "intercommunale"},
    {"mairie", "mairie"},
    {"menageres", "ménagères"},
    {"metropole", "métropole"},
    {"metropolitain", "métropolitain"},
    {"mixte", "mixte"},
    {"multiple", "multiple"},
    {"municipal", "municipal"},
    {"ordures", "ordures"},
    {"permanente", "permanente"},
    {"pole", "pôle"},
    {"potable", "potable"},
    {"production", "production"},
    {"region", "région"},
    {"regional", "régional"},
    {"scolaire", "scolaire"},
    {"secours", "secours"},
    {"service", "service"},
    {"social", "social"},
    {"sociale", "sociale"},
    {"syndicat", "syndicat"},
    {"territoire", "territoire"},
    {"traitement", "traitement"},
    {"transports", "transports"},
    {"unique", "unique"},
    {"urbaine", "urbaine"},
    {"ville", "ville"},
    {"vocation", "vocation"},
};

/* Small words within a name. */
static const char *const small_words[][2] = {
    {"a", "à"},     {"au", "au"},   {"aux", "aux"},   {"d", "d"},       {"de", "de"},     {"des", "des"},
    {"du", "du"},   {"en", "en"},   {"et", "et"},     {"l", "l"},       {"la", "la"},     {"le", "le"},
    {"les", "les"}, {"lez", "lez"}, {"pour", "pour"}, {"pres", "près"}, {"sous", "sous"}, {"sur", "sur"},
};

static const char *const abbreviations[] = {"ccas",   "cias",    "clect", "epci",  "pays",  "petr",  "sdis", "sictom",
                                            "sicto",  "sictoba", "sitom", "siaep", "sivom", "sivos", "sivu", "smictom",
                                            "smitom", "symtom",  "scot",  "ept",   "sage",  "smage", "sdee"};

#define COUNT_OF(array) (sizeof(array) / sizeof(array)[0])

static const char *written(struct slice folded, const char *const (*table)[2], size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (slice_equal(folded, slice_of(table[i][0])))
            return table[i][1];
    return NULL;
}

static bool is_abbreviation(struct slice folded)
{
    size_t vowels = 0;
    for (size_t i = 0; i < COUNT_OF(abbreviations); i++)
        if (slice_equal(folded, slice_of(abbreviations[i])))
            return true;
    for (size_t i = 0; i < folded.len; i++)
        vowels += memchr("aeiouy", folded.bytes[i], 6) != NULL;
    return vowels == 0 && folded.len > 1; /* CCPVL; a name has a vowel */
}

/* The letters at `at` of `text`: their end. */
static size_t word_end(struct slice text, size_t at)
{
    size_t size;
    while (at < text.len && utf8_is_letter(utf8_decode(text, at, &size)))
        at += size;
    return at;
}

static bool is_in_capitals(struct slice word)
{
    for (size_t i = 0, size; i < word.len; i += size)
        if (!utf8_is_upper(utf8_decode(word, i, &size)))
            return false;
    return true;
}

/* What the words so far make of the next one. */
struct name_words {
    struct buffer *out;
    bool first;      /* there is none yet */
    bool of_place;   /* « commune de », « ville de »: what follows is the place, its article too (« La Teste ») */
    bool after_name; /* « Estrevielle »: « métropole » and the like then belong to it, with a capital */
};

static bool is_one_of(struct slice word, const char *const *words)
{
    for (; *words; words++)
        if (slice_equal(word, slice_of(*words)))
            return true;
    return false;
}

static void add_with_case(struct buffer *out, struct slice word, bool capital, bool small)
{
    for (size_t i = 0, size; i < word.len; i += size) {
        int32_t code_point = utf8_decode(word, i, &size);
        if (i == 0 && capital)
            code_point = utf8_to_upper(code_point);
        else if (small)
            code_point = utf8_to_lower(code_point);
        utf8_add(out, code_point);
    }
}

static void add_word(struct name_words *name, struct slice word)
{
    static const char *const places[] = {"commune", "ville", "mairie", NULL};
    static const char *const articles[] = {"la", "le", "les", "l", NULL};
    struct buffer folded = {0};
    fold(&folded, word);
    struct slice plain = buffer_get(&folded);
    const char *common = written(plain, common_words, COUNT_OF(common_words));
    const char *small = written(plain, small_words, COUNT_OF(small_words));
    bool article_of_place = name->of_place && is_one_of(plain, articles);
    if (!is_in_capitals(word) || (!small && is_abbreviation(plain)))
        add_with_case(name->out, word, name->first, false);
    else if (small)
        add_with_case(name->out, slice_of(small), name->first || article_of_place, false);
    else if (common)
        add_with_case(name->out, slice_of(common), name->first || name->of_place || name->after_name, false);
    else
        add_with_case(name->out, word, true, true);
    name->of_place = !article_of_place && (is_one_of(plain, places) || (name->of_place && small));
    name->after_name = !common && !small;
    name->first = false;
    buffer_free(&folded);
}

static bool is_dotted_capital(struct slice text, size_t at)
{
    return at + 1 < text.len && text.bytes[at] >= 'A' && text.bytes[at] <= 'Z' && text.bytes[at + 1] == '.';
}

/* « S.I.V.O.M. » is SIVOM, and there is one apostrophe. */
static void add_plain(struct buffer *out, struct slice printed)
{
    for (size_t at = 0; at < printed.len;) {
        size_t end = at;
        while (is_dotted_capital(printed, end))
            end += 2;
        bool dotted = end > at + 2 && (at == 0 || printed.bytes[at - 1] == ' ');
        for (; dotted && at < end; at += 2)
            buffer_add_byte(out, printed.bytes[at]);
        if (dotted)
            continue;
        bool apostrophe = slice_starts(slice_skip(printed, at), SLICE("’"));
        buffer_add_byte(out, apostrophe ? '\'' : printed.bytes[at]);
        at += apostrophe ? strlen("’") : 1;
    }
}

struct slice council_name_shown(struct arena *arena, struct slice printed)
{
    struct buffer plain = {0};
    struct buffer out = {0};
    add_plain(&plain, printed);
    printed = buffer_get(&plain);
    struct name_words name = {.out = &out, .first = true};
    for (size_t at = 0; at < printed.len;) {
        size_t end = word_end(printed, at);
        if (end > at) {
            add_word(&name, slice_range(printed, at, end));
            at = end;
        } else {
            buffer_add_byte(&out, printed.bytes[at++]);
        }
    }
    struct slice shown = arena_copy(arena, buffer_get(&out));
    buffer_free(&plain);
    buffer_free(&out);
    return shown;
}

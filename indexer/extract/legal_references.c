/* The law that an act cites: « articles L. 2121-29 et R. 2121-9 du CGCT », « loi n° 2015-991 du 7 août 2015 ».
 *
 * Each is written in one way however it is printed (« L2121-29 », « l. 2121 - 29 »), once, in the order of the text. An
 * article without a letter counts only with its code or law, a law only with its number or day. */
#include <string.h>

#include "base/date.h"
#include "extract/fields.h"
#include "extract/number.h"
#include "french/numbers.h"

enum {
    MAX_REFERENCES = 100, /* a consolidated regulation cites hundreds */
    MAX_ARTICLES = 12,    /* of one list, « articles L. 1, L. 2 et L. 3 » */
    MAX_ARTICLE_BYTES = 24,
};

struct named {
    const char *phrase; /* folded */
    const char *name;
};

/* Longer phrases before those that they begin with. */
static const struct named codes[] = {
    {"cgct", "code général des collectivités territoriales"},
    {"code general des collectivites territoriales", "code général des collectivités territoriales"},
    {"cgppp", "code général de la propriété des personnes publiques"},
    {"cg3p", "code général de la propriété des personnes publiques"},
    {"code general de la propriete des personnes publiques", "code général de la propriété des personnes publiques"},
    {"cgfp", "code général de la fonction publique"},
    {"code general de la fonction publique", "code général de la fonction publique"},
    {"cgi", "code général des impôts"},
    {"code general des impots", "code général des impôts"},
    {"code de la commande publique", "code de la commande publique"},
    {"code des marches publics", "code des marchés publics"},
    {"code de l'urbanisme", "code de l'urbanisme"},
    {"code de l'environnement", "code de l'environnement"},
    {"code de l'education", "code de l'éducation"},
    {"code de l'energie", "code de l'énergie"},
    {"code de l'action sociale et des familles", "code de l'action sociale et des familles"},
    {"casf", "code de l'action sociale et des familles"},
    {"code de la construction et de l'habitation", "code de la construction et de l'habitation"},
    {"cch", "code de la construction et de l'habitation"},
    {"code de la sante publique", "code de la santé publique"},
    {"code de la securite interieure", "code de la sécurité intérieure"},
    {"code de la securite sociale", "code de la sécurité sociale"},
    {"code de la voirie routiere", "code de la voirie routière"},
    {"code de la route", "code de la route"},
    {"code de la propriete intellectuelle", "code de la propriété intellectuelle"},
    {"code de la famille et de l'aide sociale", "code de la famille et de l'aide sociale"},
    {"code de justice administrative", "code de justice administrative"},
    {"code de procedure penale", "code de procédure pénale"},
    {"code de commerce", "code de commerce"},
    {"code des communes", "code des communes"},
    {"code des juridictions financieres", "code des juridictions financières"},
    {"code des relations entre le public et l'administration",
     "code des relations entre le public et l'administration"},
    {"crpa", "code des relations entre le public et l'administration"},
    {"code des transports", "code des transports"},
    {"code des assurances", "code des assurances"},
    {"code du commerce", "code de commerce"},
    {"code du domaine de l'etat", "code du domaine de l'État"},
    {"code du patrimoine", "code du patrimoine"},
    {"code du sport", "code du sport"},
    {"code du tourisme", "code du tourisme"},
    {"code du travail", "code du travail"},
    {"code electoral", "code électoral"},
    {"code forestier", "code forestier"},
    {"code monetaire et financier", "code monétaire et financier"},
    {"code penal", "code pénal"},
    {"code rural et de la peche maritime", "code rural et de la pêche maritime"},
    {"code rural", "code rural"},
    {"code civil", "code civil"},
};

static const struct named acts[] = {
    {"loi organique", "loi organique"},
    {"loi constitutionnelle", "loi constitutionnelle"},
    {"loi de finances", "loi de finances"},
    {"loi", "loi"},
    {"decret-loi", "décret-loi"},
    {"decret", "décret"},
    {"ordonnance", "ordonnance"},
    {"arrete interprefectoral", "arrêté interpréfectoral"},
    {"arrete inter-prefectoral", "arrêté interpréfectoral"},
    {"arrete prefectoral", "arrêté préfectoral"},
    {"arrete interministeriel", "arrêté interministériel"},
    {"arrete ministeriel", "arrêté ministériel"},
    {"arrete municipal", "arrêté municipal"},
    {"arrete", "arrêté"},
    {"circulaire interministerielle", "circulaire interministérielle"},
    {"circulaire ministerielle", "circulaire ministérielle"},
    {"circulaire prefectorale", "circulaire préfectorale"},
    {"circulaire", "circulaire"},
    {"directive europeenne", "directive"},
    {"directive", "directive"},
    {"reglement (ue)", "règlement (UE)"},
    {"reglement (ce)", "règlement (CE)"},
    {"reglement ue", "règlement (UE)"},
};

#define COUNT_OF(array) (sizeof(array) / sizeof(array)[0])

struct finder {
    struct act *act;
    const struct document *document;
    struct text_list found;
    struct span place; /* of the first */
};

static const struct named *named_at(const struct document *document, size_t at, const struct named *table, size_t count,
                                    size_t *end)
{
    int which = document_row_at(document, at, table, count, sizeof *table, end);
    return which < 0 ? NULL : &table[which];
}

static void add_reference(struct finder *finder, struct slice text, size_t start, size_t end)
{
    for (size_t i = 0; i < finder->found.count; i++)
        if (slice_equal(finder->found.items[i], text))
            return;
    if (finder->found.count >= MAX_REFERENCES)
        return;
    if (finder->found.count == 0)
        finder->place = (struct span){start, end};
    text_list_add(finder->act->arena, &finder->found, text);
}

static void add_upper(struct buffer *out, struct slice text)
{
    for (size_t i = 0; i < text.len; i++)
        buffer_add_byte(out, text.bytes[i] >= 'a' && text.bytes[i] <= 'z' ? (char)(text.bytes[i] - 32) : text.bytes[i]);
}

/* « 2121-29 », « 2121 - 29 », « 1609 nonies c »: copied without the blanks around the hyphens; where it ends. */
static size_t article_number(struct slice folded, size_t at, struct buffer *out)
{
    static const char *const repeats[] = {"bis",     "ter",    "quater", "quinquies", "sexies",
                                          "septies", "octies", "nonies", "decies",    NULL};
    size_t end;
    if (!digit_at(folded, at))
        return SLICE_NONE;
    while (out->len < MAX_ARTICLE_BYTES) {
        while (digit_at(folded, at))
            buffer_add_byte(out, folded.bytes[at++]);
        size_t hyphen = skip_blanks(folded, at);
        bool goes_on =
            hyphen < folded.len && folded.bytes[hyphen] == '-' && digit_at(folded, skip_blanks(folded, hyphen + 1));
        if (!goes_on)
            break;
        buffer_add_byte(out, '-');
        at = skip_blanks(folded, hyphen + 1);
    }
    size_t next = skip_blanks(folded, at);
    if (phrases_at(folded, next, repeats, &end) >= 0) {
        buffer_add_byte(out, ' ');
        buffer_add_slice(out, slice_range(folded, next, end));
        at = end;
        next = skip_blanks(folded, at);
        if (next > at && is_word_start(folded, next) && next + 1 < folded.len &&
            !is_word_byte(folded.bytes[next + 1]) && folded.bytes[next] >= 'a' && folded.bytes[next] <= 'f') {
            buffer_add_byte(out, ' ');
            add_upper(out, slice_range(folded, next, next + 1));
            at = next + 1;
        }
    }
    return at;
}

/* « L. 2121-29 », « LO1112-1 », « 78 »: its text and end; *lettered tells whether it says of itself what it is. */
static size_t article_at(struct slice folded, size_t at, struct buffer *out, bool *lettered)
{
    static const char *const letters[] = {"l.o.", "lo", "l", "r", "d", "a"};
    static const char *const shown[] = {"LO ", "LO ", "L. ", "R. ", "D. ", "A. "};
    *lettered = false;
    for (size_t i = 0; i < COUNT_OF(letters) && !*lettered; i++) {
        if (!slice_starts(slice_skip(folded, at), slice_of(letters[i])))
            continue;
        size_t next = at + strlen(letters[i]);
        while (next < folded.len && memchr(".* ", folded.bytes[next], 3))
            next++;
        if (!digit_at(folded, next))
            continue;
        buffer_add_string(out, shown[i]);
        at = next;
        *lettered = true;
    }
    return article_number(folded, at, out);
}

static size_t skip_space_and_commas(struct slice folded, size_t at)
{
    at = skip_space(folded, at);
    while (at < folded.len && folded.bytes[at] == ',')
        at = skip_space(folded, at + 1);
    return at;
}

/* The articles of a list, « L. 5211-1, L. 5211-2 et suivants »: how many; *end is where it ends. */
static size_t article_list(struct finder *finder, size_t at, struct slice articles[MAX_ARTICLES],
                           bool lettered[MAX_ARTICLES], size_t *end)
{
    static const char *const links[] = {"et", "ou", "a", "et l'article", "et r", NULL};
    static const char *const more[] = {"et suivants", "et s.", "et suivant", "alinea*", NULL};
    struct slice folded = finder->document->folded;
    size_t count = 0;
    while (count < MAX_ARTICLES) {
        struct buffer text = {0};
        size_t after = article_at(folded, at, &text, &lettered[count]);
        if (after != SLICE_NONE)
            articles[count] = arena_copy(finder->act->arena, buffer_get(&text));
        buffer_free(&text);
        if (after == SLICE_NONE)
            break;
        count++;
        *end = after;
        size_t rest;
        size_t next = skip_space(folded, after);
        if (phrases_at(folded, next, more, &rest) >= 0)
            next = *end = rest;
        next = skip_space_and_commas(folded, next);
        at = phrases_at(folded, next, links, &rest) >= 0 ? skip_space(folded, rest) : next;
    }
    return count;
}

static void add_day(struct buffer *out, date_yyyymmdd day)
{
    static const char *const months[] = {"janvier", "février", "mars",      "avril",   "mai",      "juin",
                                         "juillet", "août",    "septembre", "octobre", "novembre", "décembre"};
    int number = date_day(day);
    buffer_printf(out, " du %d%s %s %d", number, number == 1 ? "er" : "", months[date_month(day) - 1], date_year(day));
}

/* « n° 2015-991 », « 2014/24/UE »: its text and end. Without the sign only numbers that hold a hyphen or slash. */
static size_t act_number(const struct document *document, size_t at, struct buffer *out)
{
    struct slice folded = document->folded;
    size_t sign = number_sign_at(folded, at);
    size_t start = sign == SLICE_NONE ? at : sign;
    size_t end = start;
    bool parted = false;
    while (end < folded.len && (is_word_byte(folded.bytes[end]) || memchr("-/._", folded.bytes[end], 4))) {
        parted |= end > start && memchr("-/", folded.bytes[end], 2);
        end++;
    }
    while (end > start && !is_word_byte(folded.bytes[end - 1]))
        end--;
    bool numbered = digit_at(folded, start) || (sign != SLICE_NONE && end > start && digit_at(folded, end - 1));
    if (end - start > MAX_ARTICLE_BYTES || !numbered || (sign == SLICE_NONE && !parted))
        return at;
    buffer_add_string(out, sign == SLICE_NONE ? " " : " n° ");
    buffer_add_slice(out, document_printed(document, start, end));
    return end;
}

/* « loi n° 2015-991 du 7 août 2015 » at `at`: its text and end; SLICE_NONE when neither number nor day is told. */
static size_t act_at(const struct document *document, size_t at, struct buffer *out)
{
    static const char *const links[] = {"modifiee du", "modifie du", "en date du", "du", NULL};
    struct slice folded = document->folded;
    struct french_date date;
    size_t end;
    const struct named *act = named_at(document, at, acts, COUNT_OF(acts), &end);
    if (!act)
        return SLICE_NONE;
    buffer_add_string(out, act->name);
    size_t kind_len = out->len;
    size_t after = skip_space(folded, end);
    size_t number_end = act_number(document, after, out);
    bool numbered = out->len > kind_len;
    end = numbered ? number_end : end;
    size_t link;
    if (phrases_at(folded, skip_space(folded, end), links, &link) >= 0) {
        link = skip_space(folded, link);
        if (french_date_at(&date, folded, link) && date.date) {
            add_day(out, date.date);
            return date.start + date.len;
        }
    }
    return numbered ? end : SLICE_NONE;
}

/* What the articles are of, « du CGCT », « de la loi n° … », « du même code »: its words and end. */
static size_t articles_of(struct finder *finder, size_t at, struct buffer *out)
{
    static const char *const links[] = {"du", "de la", "de l'", "des", "au", NULL};
    struct slice folded = finder->document->folded;
    size_t end;
    size_t next = skip_space_and_commas(folded, at);
    int which = phrases_at(folded, next, links, &end);
    if (which < 0)
        return SLICE_NONE;
    next = skip_space(folded, end);
    const struct named *code = named_at(finder->document, next, codes, COUNT_OF(codes), &end);
    buffer_add_string(out, which == 1 ? " de la " : which == 2 ? " de l'" : " du ");
    if (code) {
        buffer_add_string(out, code->name);
        return end;
    }
    return act_at(finder->document, next, out);
}

static size_t add_articles(struct finder *finder, size_t start, size_t at)
{
    struct slice articles[MAX_ARTICLES];
    bool lettered[MAX_ARTICLES];
    size_t end = at;
    size_t count = article_list(finder, at, articles, lettered, &end);
    struct buffer whole = {0};
    size_t whole_end = count ? articles_of(finder, end, &whole) : SLICE_NONE;
    if (whole_end == SLICE_NONE)
        buffer_clear(&whole);
    for (size_t i = 0; i < count; i++) {
        struct buffer text = {0};
        buffer_add_string(&text, "article ");
        buffer_add_slice(&text, articles[i]);
        buffer_add_slice(&text, buffer_get(&whole));
        if (lettered[i] || whole.len > 0)
            add_reference(finder, arena_copy(finder->act->arena, buffer_get(&text)), start, end);
        buffer_free(&text);
    }
    buffer_free(&whole);
    return whole_end != SLICE_NONE ? whole_end : end;
}

static const char *const articles[] = {"article*", "art.", NULL};

/* What stands at `at`, the start of a word: its end, or `at` when it is no reference. */
static size_t add_at(struct finder *finder, size_t at)
{
    struct slice folded = finder->document->folded;
    struct buffer text = {0};
    size_t end;
    if (document_phrases_at(finder->document, at, articles, &end) >= 0)
        return add_articles(finder, at, skip_space(folded, end));
    const struct named *code = named_at(finder->document, at, codes, COUNT_OF(codes), &end);
    if (code) {
        add_reference(finder, slice_of(code->name), at, end);
        return end;
    }
    end = act_at(finder->document, at, &text);
    if (end != SLICE_NONE)
        add_reference(finder, arena_copy(finder->act->arena, buffer_get(&text)), at, end);
    buffer_free(&text);
    return end != SLICE_NONE ? end : at;
}

/* Where the next word stands that may open a reference. */
static size_t next_at(const struct document *document, size_t from)
{
    struct span found[3];
    size_t to = document->folded.len;
    size_t at = SLICE_NONE;
    bool are_found[] = {
        document_find(document, from, to, articles, &found[0]) >= 0,
        document_find_row(document, from, to, codes, COUNT_OF(codes), sizeof *codes, &found[1]) >= 0,
        document_find_row(document, from, to, acts, COUNT_OF(acts), sizeof *acts, &found[2]) >= 0,
    };
    for (size_t i = 0; i < COUNT_OF(found); i++)
        if (are_found[i] && found[i].start < at)
            at = found[i].start;
    return at;
}

void extract_legal_references(struct act *act, const struct document *document)
{
    struct finder finder = {.act = act, .document = document};
    for (size_t at = 0; (at = next_at(document, at)) != SLICE_NONE;) {
        size_t end = add_at(&finder, at);
        at = end > at ? end : at + 1;
    }
    if (finder.found.count > 0 && document_claim(document, act, FIELD_LEGAL_REFS, SOURCE_SENTENCE, CONFIDENCE_HIGH,
                                                 finder.place.start, finder.place.end))
        act->legal_refs = finder.found;
}

/* Which assembly voted: its type by the words of the closed list, its name from a sentence or from the letterhead. */
#include <string.h>

#include "extract/council_name.h"
#include "extract/fields.h"
#include "french/numbers.h"

enum {
    HEADER_BYTES = 5000,
    MAX_NAME_BYTES = 110, /* « Syndicat mixte de traitement des ordures ménagères … » */
    LETTERHEAD_LINES = 60
};

struct type_phrase {
    const char *phrase;
    enum council_type type;
};

/* More telling ones first: a « bureau » or « commission permanente » also names the council that it belongs to. */
static const struct type_phrase strong_types[] = {
    {"commission permanente", COUNCIL_COMMISSION_PERMANENTE},
    {"bureau communautaire", COUNCIL_BUREAU},
    {"bureau syndical", COUNCIL_BUREAU},
    {"bureau metropolitain", COUNCIL_BUREAU},
    {"bureau de la communaute", COUNCIL_BUREAU},
    {"bureau de la metropole", COUNCIL_BUREAU},
    {"deliberation* du bureau", COUNCIL_BUREAU},
    {"decision* du bureau", COUNCIL_BUREAU},
    {"membres du bureau se sont", COUNCIL_BUREAU},
    {"reunion du bureau", COUNCIL_BUREAU},
    {"seance du bureau", COUNCIL_BUREAU},
    {"le bureau s'est", COUNCIL_BUREAU},
};

static const struct type_phrase types[] = {
    {"conseil municipal", COUNCIL_MUNICIPAL},
    {"conseil* municip*", COUNCIL_MUNICIPAL},
    {"conseil d'arrondissement", COUNCIL_MUNICIPAL},
    {"conseil de paris", COUNCIL_MUNICIPAL},
    {"conseil communal", COUNCIL_MUNICIPAL},
    {"college communal", COUNCIL_MUNICIPAL},
    {"conseil communautaire", COUNCIL_COMMUNAUTAIRE},
    {"conseil de communaute", COUNCIL_COMMUNAUTAIRE},
    {"conseil de la communaute", COUNCIL_COMMUNAUTAIRE},
    {"conseil d'agglomeration", COUNCIL_COMMUNAUTAIRE},
    {"conseil intercommunal", COUNCIL_COMMUNAUTAIRE},
    {"conseil d'agglo", COUNCIL_COMMUNAUTAIRE},
    {"conseil de metropole", COUNCIL_METROPOLITAIN},
    {"conseil de la metropole", COUNCIL_METROPOLITAIN},
    {"conseil metropolitain", COUNCIL_METROPOLITAIN},
    {"conseil de territoire", COUNCIL_TERRITORIAL},
    {"conseil departemental", COUNCIL_DEPARTEMENTAL},
    {"conseil general", COUNCIL_DEPARTEMENTAL},
    {"assemblee departementale", COUNCIL_DEPARTEMENTAL},
    {"conseil regional", COUNCIL_REGIONAL},
    {"assemblee pleniere", COUNCIL_REGIONAL},
    {"assemblee de corse", COUNCIL_COLLECTIVITE_UNIQUE},
    {"assemblee de guyane", COUNCIL_COLLECTIVITE_UNIQUE},
    {"assemblee de martinique", COUNCIL_COLLECTIVITE_UNIQUE},
    {"collectivite europeenne d'alsace", COUNCIL_COLLECTIVITE_UNIQUE},
    {"comite syndical", COUNCIL_SYNDICAL},
    {"conseil syndical", COUNCIL_SYNDICAL},
    {"comite du syndicat", COUNCIL_SYNDICAL},
    {"conseil d'administration", COUNCIL_CA},
    {"commission administrative", COUNCIL_CA},
};

/* Letterheads, when no assembly is named; weaker. */
static const struct type_phrase bodies[] = {
    {"centre communal d'action sociale", COUNCIL_CA},
    {"centre intercommunal d'action sociale", COUNCIL_CA},
    {"communaute de communes", COUNCIL_COMMUNAUTAIRE},
    {"communaute d'agglomeration", COUNCIL_COMMUNAUTAIRE},
    {"communaute urbaine", COUNCIL_COMMUNAUTAIRE},
    {"syndicat", COUNCIL_SYNDICAL},
    {"sivom", COUNCIL_SYNDICAL},
    {"s.i.v.o.m.", COUNCIL_SYNDICAL},
    {"sivu", COUNCIL_SYNDICAL},
    {"sivos", COUNCIL_SYNDICAL},
    {"siaep", COUNCIL_SYNDICAL},
    {"sictom", COUNCIL_SYNDICAL},
    {"smictom", COUNCIL_SYNDICAL},
    {"petr", COUNCIL_SYNDICAL},
    {"metropole", COUNCIL_METROPOLITAIN},
    {"ville de", COUNCIL_MUNICIPAL},
    {"commune de", COUNCIL_MUNICIPAL},
    {"mairie de", COUNCIL_MUNICIPAL},
};

#define COUNT_OF(array) (sizeof(array) / sizeof(array)[0])

/* « Monsieur le Président du Conseil Régional » speaks of another assembly. */
static bool is_of_someone(struct slice folded, size_t at)
{
    static const char *const persons[] = {"president* d*", "vice-president* d*", "membre* d*", "aupres d*", NULL};
    struct span span;
    size_t from = at > 24 ? at - 24 : 0;
    return phrases_find(folded, from, at, persons, &span) >= 0 && span.end + 2 >= at;
}

/* The type of the phrase that stands first in folded[0..to). */
static enum council_type first_type(const struct document *document, const struct type_phrase *table, size_t count,
                                    size_t to, struct span *where)
{
    int which;
    for (size_t from = 0; (which = document_find_row(document, from, to, table, count, sizeof *table, where)) >= 0;
         from = where->start + 1)
        if (!is_of_someone(document->folded, where->start))
            return table[which].type;
    return COUNCIL_UNREAD;
}

static void claim_type(struct act *act, const struct document *document, enum council_type type,
                       enum confidence confidence, struct span where)
{
    if (type != COUNCIL_UNREAD &&
        document_claim(document, act, FIELD_COUNCIL_TYPE, SOURCE_SENTENCE, confidence, where.start, where.end))
        act->council_type = type;
}

/* Where the matter begins: the objet, the first recital or line of exposé. */
static size_t matter_start(const struct document *document)
{
    size_t line = 0;
    while (line < document->line_count && line < document->recital_line && document->kinds[line] != LINE_OBJET &&
           document->kinds[line] != LINE_BODY)
        line++;
    return line < document->line_count ? document->lines[line].start : document->folded.len;
}

static bool speaks_of_type(const struct document *document, enum council_type type)
{
    struct span where;
    for (size_t i = 0; i < COUNT_OF(types); i++)
        if (types[i].type == type && document_find_one(document, 0, document->folded.len, types[i].phrase, &where))
            return true;
    return false;
}

/* « VILLE DE TREVENAC … Par délibération du 4 mai, le conseil communautaire a décidé … Le conseil municipal approuve »:
 * an assembly that the matter alone names is not the own one when the letterhead's speaks, too. */
static enum council_type type_of_letterhead(const struct document *document, enum council_type type, struct span where)
{
    size_t matter = matter_start(document);
    struct span head;
    if (type == COUNCIL_UNREAD || where.start < matter)
        return type;
    enum council_type own = first_type(document, bodies, COUNT_OF(bodies), matter, &head);
    return own != COUNCIL_UNREAD && own != type && speaks_of_type(document, own) ? own : type;
}

/* « Bureau du 6 juillet 2020 » near the top. */
static bool is_of_bureau(const struct document *document, struct span *where)
{
    enum { TOP_LINES = 12 };
    struct french_date date;
    for (size_t line = 0; line < TOP_LINES && line < document->line_count; line++) {
        where->start = document->lines[line].start;
        where->end = phrase_at(document->folded, where->start, "bureau du");
        if (where->end != SLICE_NONE &&
            french_date_at(&date, document->folded, skip_blanks(document->folded, where->end)))
            return true;
    }
    return false;
}

static void extract_type(struct act *act, const struct document *document)
{
    enum { TITLE_BYTES = 2500 };
    struct span where;
    if (is_of_bureau(document, &where))
        claim_type(act, document, COUNCIL_BUREAU, CONFIDENCE_HIGH, where);
    claim_type(act, document, first_type(document, strong_types, COUNT_OF(strong_types), TITLE_BYTES, &where),
               CONFIDENCE_HIGH, where);
    if (act_has(act, FIELD_COUNCIL_TYPE))
        return;
    enum council_type type = first_type(document, types, COUNT_OF(types), HEADER_BYTES, &where);
    claim_type(act, document, type_of_letterhead(document, type, where), CONFIDENCE_HIGH, where);
    if (act_has(act, FIELD_COUNCIL_TYPE))
        return;
    claim_type(act, document, first_type(document, bodies, COUNT_OF(bodies), TITLE_BYTES, &where), CONFIDENCE_MEDIUM,
               where);
    if (act_has(act, FIELD_COUNCIL_TYPE))
        return;
    claim_type(act, document, first_type(document, types, COUNT_OF(types), document->folded.len, &where),
               CONFIDENCE_LOW, where);
}

/* How a letterhead names a collectivity, and what stands for those words in its name (« Mairie de X » is that of the
 * « Commune de X »). */
struct name_opening {
    const char *phrase;
    const char *instead;    /* NULL: as printed */
    enum council_type only; /* COUNCIL_UNREAD: of any type */
    enum council_type of;   /* what its assembly is */
};

static const struct name_opening openings[] = {
    {"ville d*", NULL, COUNCIL_MUNICIPAL, COUNCIL_MUNICIPAL},
    {"commune d*", NULL, COUNCIL_MUNICIPAL, COUNCIL_MUNICIPAL},
    {"commune nouvelle d*", NULL, COUNCIL_MUNICIPAL, COUNCIL_MUNICIPAL},
    {"commune :", "Commune de", COUNCIL_MUNICIPAL, COUNCIL_MUNICIPAL},
    {"commune:", "Commune de", COUNCIL_MUNICIPAL, COUNCIL_MUNICIPAL},
    {"mairie", "Commune", COUNCIL_MUNICIPAL, COUNCIL_MUNICIPAL},
    {"communaute de communes", NULL, COUNCIL_UNREAD, COUNCIL_COMMUNAUTAIRE},
    {"communaute d'agglomeration", NULL, COUNCIL_UNREAD, COUNCIL_COMMUNAUTAIRE},
    {"communaute urbaine", NULL, COUNCIL_UNREAD, COUNCIL_COMMUNAUTAIRE},
    {"syndicat", NULL, COUNCIL_UNREAD, COUNCIL_SYNDICAL},
    {"sivom", NULL, COUNCIL_UNREAD, COUNCIL_SYNDICAL},
    {"s.i.v.o.m. d*", NULL, COUNCIL_UNREAD, COUNCIL_SYNDICAL},
    {"sivu", NULL, COUNCIL_UNREAD, COUNCIL_SYNDICAL},
    {"sivos d*", NULL, COUNCIL_UNREAD, COUNCIL_SYNDICAL},
    {"sictom d*", NULL, COUNCIL_UNREAD, COUNCIL_SYNDICAL},
    {"smictom d*", NULL, COUNCIL_UNREAD, COUNCIL_SYNDICAL},
    {"siaep d*", NULL, COUNCIL_UNREAD, COUNCIL_SYNDICAL},
    {"s.i.v.u. d*", NULL, COUNCIL_UNREAD, COUNCIL_SYNDICAL},
    {"pole d'equilibre territorial et rural", NULL, COUNCIL_UNREAD, COUNCIL_SYNDICAL},
    {"petr d*", NULL, COUNCIL_UNREAD, COUNCIL_SYNDICAL},
    {"centre communal d'action sociale", NULL, COUNCIL_UNREAD, COUNCIL_CA},
    {"centre intercommunal d'action sociale", NULL, COUNCIL_UNREAD, COUNCIL_CA},
    {"c.c.a.s. d*", NULL, COUNCIL_UNREAD, COUNCIL_CA},
    {"ccas d*", NULL, COUNCIL_UNREAD, COUNCIL_CA},
    {"cias d*", NULL, COUNCIL_UNREAD, COUNCIL_CA},
    {"service departemental d'incendie et de secours", NULL, COUNCIL_CA, COUNCIL_CA},
    {"centre de gestion", NULL, COUNCIL_CA, COUNCIL_CA},
    {"caisse des ecoles", NULL, COUNCIL_CA, COUNCIL_CA},
    {"office public de l'habitat", NULL, COUNCIL_CA, COUNCIL_CA},
    {"departement d*", NULL, COUNCIL_DEPARTEMENTAL, COUNCIL_DEPARTEMENTAL},
    {"departement d*", NULL, COUNCIL_COMMISSION_PERMANENTE, COUNCIL_DEPARTEMENTAL},
    {"conseil general", "Département", COUNCIL_DEPARTEMENTAL, COUNCIL_DEPARTEMENTAL},
    {"conseil departemental", "Département", COUNCIL_DEPARTEMENTAL, COUNCIL_DEPARTEMENTAL},
    {"region", NULL, COUNCIL_REGIONAL, COUNCIL_REGIONAL},
    {"region", NULL, COUNCIL_COMMISSION_PERMANENTE, COUNCIL_REGIONAL},
    {"conseil regional", "Région", COUNCIL_REGIONAL, COUNCIL_REGIONAL},
    {"conseil regional", "Région", COUNCIL_COMMISSION_PERMANENTE, COUNCIL_REGIONAL},
    {"conseil departemental", "Département", COUNCIL_COMMISSION_PERMANENTE, COUNCIL_DEPARTEMENTAL},
    {"metropole d*", NULL, COUNCIL_UNREAD, COUNCIL_METROPOLITAIN},
    {"metropole europeenne d*", NULL, COUNCIL_UNREAD, COUNCIL_METROPOLITAIN},
    {"eurometropole d*", NULL, COUNCIL_UNREAD, COUNCIL_METROPOLITAIN},
    {"metropole", NULL, COUNCIL_METROPOLITAIN, COUNCIL_METROPOLITAIN},
    {"pole metropolitain", NULL, COUNCIL_UNREAD, COUNCIL_SYNDICAL},
    {"parc naturel regional", NULL, COUNCIL_UNREAD, COUNCIL_SYNDICAL},
    {"collectivite europeenne d*", NULL, COUNCIL_UNREAD, COUNCIL_COLLECTIVITE_UNIQUE},
    {"collectivite territoriale d*", NULL, COUNCIL_UNREAD, COUNCIL_COLLECTIVITE_UNIQUE},
    {"etablissement public", NULL, COUNCIL_UNREAD, COUNCIL_UNREAD},
};

/* A commune, a department, a region speak of communities and syndicates, but are none; nor is a community the syndicate
 * whose statutes it approves. */
static bool is_of_another_kind(const struct act *act, const struct name_opening *opening)
{
    switch (act->council_type) {
    case COUNCIL_MUNICIPAL:
    case COUNCIL_DEPARTEMENTAL:
    case COUNCIL_REGIONAL:
        return opening->only != act->council_type;
    case COUNCIL_COMMUNAUTAIRE:
    case COUNCIL_METROPOLITAIN:
        return opening->of != COUNCIL_COMMUNAUTAIRE && opening->of != COUNCIL_METROPOLITAIN;
    case COUNCIL_SYNDICAL:
        return opening->of == COUNCIL_COMMUNAUTAIRE || opening->of == COUNCIL_CA;
    default:
        return false;
    }
}

/* « Métropole d' », « ville de », « métropole »: a name must follow, not « d'accepter ». */
static bool ends_open(const char *phrase)
{
    return strcmp(phrase, "metropole") == 0 || slice_ends(slice_of(phrase), SLICE(" d*"));
}

static bool leads_to_name(const struct document *document, size_t at)
{
    static const char *const articles[] = {"la", "le", "les", "l'", "du", "de", "des", NULL};
    struct slice folded = document->folded;
    size_t end;
    for (;;) {
        at = skip_space(folded, at);
        if (at < folded.len && folded.bytes[at] == '\'')
            at++;
        if (document_is_capital_at(document, at) || phrases_at(folded, at, articles, &end) < 0)
            break;
        at = end;
    }
    return document_is_capital_at(document, at) || at >= folded.len || !is_word_start(folded, at);
}

static const struct name_opening *opening_at(const struct act *act, const struct document *document, size_t at,
                                             size_t *end)
{
    struct slice folded = document->folded;
    int first = document_row_at(document, at, openings, COUNT_OF(openings), sizeof *openings, end);
    for (size_t i = first < 0 ? COUNT_OF(openings) : (size_t)first; i < COUNT_OF(openings); i++) {
        *end = phrase_at(folded, at, openings[i].phrase);
        if (*end == SLICE_NONE)
            continue;
        if (openings[i].only != COUNCIL_UNREAD && act->council_type != COUNCIL_UNREAD &&
            openings[i].only != act->council_type)
            continue;
        if (!is_of_another_kind(act, &openings[i]) && (!ends_open(openings[i].phrase) || leads_to_name(document, *end)))
            return &openings[i];
    }
    return NULL;
}

/* « centre communal d'action sociale du 18 janvier »: a day, after « du ». */
static bool tells_day_at(struct slice folded, size_t at)
{
    at = skip_blanks(folded, at);
    return digit_at(folded, at);
}

/* « COMMUNAUTÉ DE COMMUNES DE⏎BEAUVAL »: no name ends at `at`, after a small word or a hyphen. */
static bool is_unfinished(struct slice folded, size_t at)
{
    static const char *const links[] = {"de", "du", "des", "de la", "la", "les", "sur", "et", NULL};
    size_t end;
    size_t word = at;
    while (word > 0 && is_word_byte(folded.bytes[word - 1]))
        word--;
    return (at > 0 && folded.bytes[at - 1] == '-') || (phrases_at(folded, word, links, &end) >= 0 && end == at);
}

/* « de », « d' », « du » before another word of a name; but « la Ville de Montcaubel de 2019 ». */
static bool links_to_capital(const struct document *document, size_t at)
{
    static const char *const links[] = {"de la", "de l'", "de", "du", "des", "d'", NULL};
    size_t end;
    return phrases_at(document->folded, at, links, &end) >= 0 &&
           document_is_capital_at(document, skip_space(document->folded, end));
}

/* « Neuville aux Bois » and « Marcq en Barœul », but « la commune de Valbrune aux Assemblées générales », « … et la
 * Société des eaux », « … en séance »: a small word that goes on with the name of a commune leads to another capital.
 */
static bool links_in_commune(const struct document *document, size_t at)
{
    static const char *const links[] = {"le", "la", "les", "en", "sur", "sous", "aux", "au", "lez", "pres", NULL};
    static const char *const others[] = {"assemblee*", "conseil*", "comite*",   "college*", "bureau*", "secteur*",
                                         "sein",       "societe*", "syndicat*", "service*", "titre",   NULL};
    struct slice folded = document->folded;
    size_t end;
    if (phrases_at(folded, at, links, &end) < 0)
        return false;
    size_t next = skip_space(folded, end);
    bool goes_on = document_is_capital_at(document, next) || links_to_capital(document, next) ||
                   phrases_at(folded, next, links, &(size_t){0}) >= 0;
    return goes_on && phrases_at(folded, next, others, &end) < 0;
}

/* « Syndicat des eaux du Canton de Valroche »: such a word belongs to the name after « du ». */
static bool is_linked(struct slice folded, size_t at)
{
    static const char *const words[] = {"canton", "departement", "arrondissement", NULL};
    size_t end;
    struct slice before = slice_range(folded, 0, at);
    return phrases_at(folded, at, words, &end) >= 0 &&
           (slice_ends(before, SLICE(" du ")) || slice_ends(before, SLICE("'")));
}

/* Where a name that began before `at` ends: at a comma, a dash between blanks, a verb, the end of the line …; a strict
 * one (of a commune) also at the first small word that no name of a place holds. */
static size_t name_end(const struct document *document, size_t at, bool strict)
{
    static const char *const days[] = {"du", "le", NULL};
    static const char *const stops[] = {"s'est",
                                        "se sont",
                                        "dument",
                                        "legalement",
                                        "regulierement",
                                        "convoque*",
                                        "reuni*",
                                        "seance*",
                                        "etant",
                                        "a ete",
                                        "proces-verbal*",
                                        "du conseil*",
                                        "deliberation*",
                                        "extrait*",
                                        "a l'unanimite",
                                        "est",
                                        "sont",
                                        "a",
                                        "et de",
                                        "en date",
                                        "canton*",
                                        "arrondissement*",
                                        "departement",
                                        "n°",
                                        "sous la",
                                        "au nombre",
                                        "dans",
                                        "qui",
                                        "apres",
                                        "sur",
                                        "pour",
                                        "afin",
                                        "par",
                                        NULL};
    struct slice folded = document->folded;
    size_t to = at + MAX_NAME_BYTES < folded.len ? at + MAX_NAME_BYTES : folded.len;
    size_t end;
    for (; at < to; at++) {
        char byte = folded.bytes[at];
        if (memchr(",;:.|(\"\n\f", byte, 9) && !(byte == '\n' && at + 1 < folded.len &&
                                                 ((is_word_start(folded, at + 1) && folded.bytes[at + 1] >= 'a' &&
                                                   !document_is_capital_at(document, at + 1)) ||
                                                  is_unfinished(folded, at))))
            break;
        if (byte == ' ' && at + 1 < to &&
            (folded.bytes[at + 1] == ' ' || folded.bytes[at + 1] == '-' ||
             (unsigned char)folded.bytes[at + 1] == 0xC2 || (unsigned char)folded.bytes[at + 1] >= 0xE2))
            break;

        bool word = is_word_start(folded, at) && at > 0 && memchr(" \n", folded.bytes[at - 1], 2);
        if (word && strict && !document_is_capital_at(document, at) && !links_to_capital(document, at) &&
            !links_in_commune(document, at))
            break;
        if (word && phrases_at(folded, at, days, &end) >= 0 && tells_day_at(folded, end))
            break;
        if (word && phrases_at(folded, at, stops, &end) >= 0 && !is_linked(folded, at) &&
            !(document_is_capitals(document, at, end) && end - at <= 4))
            break;
    }
    while (at > 0 && (folded.bytes[at - 1] == ' ' || folded.bytes[at - 1] == '\n' || folded.bytes[at - 1] == '-'))
        at--;
    return at;
}

/* « Communauté de communes⏎Arvette et Combes »: the name alone on the next line. */
static bool is_name_line(const struct document *document, size_t line)
{
    enum { LONGEST_NAME_BYTES = 50 };
    struct slice text = line_text(document, line);
    if (text.len == 0 || text.len > LONGEST_NAME_BYTES || document->kinds[line] != LINE_OTHER ||
        !document_is_capital_at(document, document->lines[line].start))
        return false;
    for (size_t i = 0; i < text.len; i++)
        if (memchr(":.,;()0123456789", text.bytes[i], 16) ||
            (i > 0 && text.bytes[i] == ' ' && text.bytes[i - 1] == ' '))
            return false;
    return true;
}

/* « COMMUNAUTÉ D'AGGLOMÉRATION⏎DU GRAND VALMONT », « MAIRIE⏎DE⏎PUYMARTEL »: the name begins on the next line. */
static size_t name_below(const struct document *document, size_t at)
{
    static const char *const links[] = {"de", "du", "des", "d'", NULL};
    size_t end;
    size_t line_end = document->lines[document_line_of(document, at)].end;
    size_t next = skip_space(document->folded, at);
    bool linked = at + 1 >= line_end && phrases_at(document->folded, next, links, &end) >= 0;
    size_t below = document_line_of(document, at) + 1;
    if (!linked && at + 1 >= line_end && below < document->line_count && is_name_line(document, below))
        return document->lines[below].start;
    return linked && !tells_day_at(document->folded, end) ? next : at;
}

static void claim_name(struct act *act, const struct document *document, const struct name_opening *opening,
                       enum field_source source, enum confidence confidence, size_t start, size_t opening_end)
{
    enum { SHORTEST_NAME = 3 };
    size_t end = name_end(document, name_below(document, opening_end), opening->only == COUNCIL_MUNICIPAL);
    if (end < opening_end + SHORTEST_NAME || end - start > MAX_NAME_BYTES || is_unfinished(document->folded, end) ||
        (end < document->folded.len && document->folded.bytes[end] == '-') ||
        !document_claim(document, act, FIELD_COUNCIL, source, confidence, start, end))
        return;
    struct slice name = document_printed(document, start, end);
    if (opening->instead) {
        struct slice rest = document_printed(document, opening_end, end);
        name = slice_of(arena_printf(act->arena, "%s %.*s", opening->instead, (int)rest.len, rest.bytes));
    }
    act->council = name;
}

/* Where the next « conseil » or other assembly stands near the top, and its end. */
static bool next_council(const struct document *document, size_t from, struct span *out)
{
    struct span plain;
    bool typed = document_find_row(document, from, HEADER_BYTES, types, COUNT_OF(types), sizeof *types, out) >= 0;
    bool is_plain = document_find_one(document, from, HEADER_BYTES, "conseil", &plain);
    if (is_plain && (!typed || plain.start < out->start))
        *out = plain;
    return typed || is_plain;
}

/* « le Conseil Municipal de la Ville de Montpellier » */
static void name_in_sentence(struct act *act, const struct document *document)
{
    static const char *const links[] = {"de la", "du", "de l'", "de", NULL};
    struct slice folded = document->folded;
    struct span found;
    for (size_t from = 0; next_council(document, from, &found); from = found.start + 1) {
        size_t end;
        struct span where;
        size_t at = found.start;
        size_t council = found.end;
        bool linked = phrases_at(folded, skip_space(folded, council), links, &end) >= 0;
        if (!linked) /* « le conseil de la communauté de communes Arvette et Combes », « de la métropole européenne de »
                      */
            council = phrase_at(folded, at, "conseil");
        if (council == SLICE_NONE || is_of_someone(folded, at) ||
            (!linked && phrases_at(folded, skip_space(folded, council), links, &end) < 0))
            continue;
        where.start = skip_space(folded, end);
        const struct name_opening *opening = opening_at(act, document, where.start, &where.end);
        if (opening && !opening->instead)
            claim_name(act, document, opening, SOURCE_SENTENCE, CONFIDENCE_HIGH, where.start, where.end);
    }
}

/* « Conseil municipal de Valbrune-sur-Arvette »: the commune without the word. */
static void name_of_commune(struct act *act, const struct document *document)
{
    static const char *const councils[] = {"conseil municipal de", "conseil municipal d'", NULL};
    enum { SHORTEST_NAME = 2 };
    struct slice folded = document->folded;
    struct span council;
    for (size_t from = 0; document_find(document, from, HEADER_BYTES, councils, &council) >= 0; from = council.end) {
        size_t place = skip_space(folded, council.end);
        size_t end = name_end(document, place, true);
        if (!document_is_capital_at(document, place) || end < place + SHORTEST_NAME)
            continue;
        size_t link = council.end - (folded.bytes[council.end - 1] == '\'' ? strlen("d'") : strlen("de"));
        if (!document_claim(document, act, FIELD_COUNCIL, SOURCE_DERIVED, CONFIDENCE_MEDIUM, council.start, end))
            return;
        struct slice name = document_printed(document, link, end);
        act->council = slice_of(arena_printf(act->arena, "Commune %.*s", (int)name.len, name.bytes));
        return;
    }
}

static void name_in_letterhead(struct act *act, const struct document *document)
{
    static const char *const meetings[] = {"reunion de la", "reunion du", "reunion", "conseil de la", NULL};
    struct slice folded = document->folded;
    for (size_t line = 0; line < document->line_count && line < LETTERHEAD_LINES; line++) {
        size_t end;
        size_t start = document->lines[line].start;
        while (start < document->lines[line].end && !is_word_start(folded, start))
            start++;
        if (phrases_at(folded, start, meetings, &end) >= 0)
            start = skip_separators(folded, end);
        const struct name_opening *opening = opening_at(act, document, start, &end);
        if (opening && end <= document->lines[line].end)
            claim_name(act, document, opening, SOURCE_LABEL, CONFIDENCE_MEDIUM, start, end);
    }
}

/* « d'Uzès », « du Grand Montcaubel », « des Combes »: the link between a kind of collectivity and its name. */
static const char *link_before(struct slice folded, size_t at)
{
    static const char *const masculine[] = {"grand", "pays", "val", "bassin", "haut", "plateau", "pont", NULL};
    static const char *const le[] = {"le", NULL}, *const les[] = {"les", NULL};
    size_t end;
    if (phrases_at(folded, at, masculine, &end) >= 0)
        return "du ";
    if (phrases_at(folded, at, les, &end) >= 0 || phrases_at(folded, at, le, &end) >= 0)
        return NULL; /* « du », « des » in the place of the article: not to be guessed in capitals */
    return memchr("aeiouyh", folded.bytes[at], 7) ? "d'" : "de ";
}

/* « KERARVOR - Compte-rendu du conseil municipal du 4 avril », « GRAND MONTCAUBEL - COMMUNAUTÉ D'AGGLOMÉRATION »: the
 * name stands before the dash that opens the line's other half. */
static void name_before_dash(struct act *act, const struct document *document)
{
    static const struct {
        const char *phrase, *kind;
        enum council_type type;
    } halves[] = {
        {"conseil municipal", "Commune", COUNCIL_MUNICIPAL},
        {"communaute d'agglomeration", "Communauté d'agglomération", COUNCIL_COMMUNAUTAIRE},
        {"communaute de communes", "Communauté de communes", COUNCIL_COMMUNAUTAIRE},
        {"communaute urbaine", "Communauté urbaine", COUNCIL_COMMUNAUTAIRE},
    };
    enum { LINES = 12, SHORTEST_NAME = 3, LONGEST_NAME = 50 };
    struct slice folded = document->folded;
    for (size_t line = 0; line < document->line_count && line < LINES && !act_has(act, FIELD_COUNCIL); line++) {
        size_t to = document->lines[line].end;
        size_t start = skip_to_word(folded, document->lines[line].start, to);
        size_t end = name_end(document, start, true);
        size_t dash = skip_blanks(folded, end);
        if (end < start + SHORTEST_NAME || end > start + LONGEST_NAME || dash >= to || dash == end ||
            (folded.bytes[dash] != '-' && (unsigned char)folded.bytes[dash] != 0xE2) ||
            !document_is_capital_at(document, start) || document->kinds[line] == LINE_PRESENCE)
            continue;
        for (size_t i = 0; i < COUNT_OF(halves); i++) {
            const char *link = link_before(folded, start);
            struct span found;
            if (!link || !document_find_one(document, dash, to, halves[i].phrase, &found) ||
                (act->council_type != COUNCIL_UNREAD && act->council_type != halves[i].type) ||
                !document_claim(document, act, FIELD_COUNCIL, SOURCE_HEURISTIC, CONFIDENCE_MEDIUM, start, end))
                continue;
            struct slice name = council_name_shown(act->arena, document_printed(document, start, end));
            act->council =
                slice_of(arena_printf(act->arena, "%s %s%.*s", halves[i].kind, link, (int)name.len, name.bytes));
            break;
        }
    }
}

/* « Flaux de la » is « Flaux ». */
static size_t without_small_words(const struct document *document, size_t start, size_t end)
{
    for (;;) {
        size_t word = end;
        while (word > start && !memchr(" \n", document->folded.bytes[word - 1], 2))
            word--;
        if (word <= start || document_is_capital_at(document, word))
            return end;
        end = word - 1;
    }
}

/* A conseil municipal that never says its name speaks of « la commune de Flaux »: the only one it speaks of, or the one
 * that it names twice as often as any other. */
static void name_of_own_commune(struct act *act, const struct document *document)
{
    static const char *const words[] = {"la commune de", "la commune d'", NULL};
    enum { MAX_COMMUNES = 20, SHORTEST_NAME = 3 };
    struct slice folded = document->folded;
    struct span names[MAX_COMMUNES];
    size_t times[MAX_COMMUNES] = {0};
    size_t count = 0;
    size_t best = 0;
    struct span found;
    for (size_t from = 0; document_find(document, from, folded.len, words, &found) >= 0; from = found.end) {
        size_t start = skip_space(folded, found.end);
        size_t end = without_small_words(document, start, name_end(document, start, true));
        size_t same = 0;
        if (!document_is_capital_at(document, start) || end < start + SHORTEST_NAME)
            continue;
        while (same < count &&
               !slice_equal(slice_range(folded, names[same].start, names[same].end), slice_range(folded, start, end)))
            same++;
        if (same == MAX_COMMUNES)
            return;
        if (same == count)
            names[count++] = (struct span){start, end};
        times[same]++;
        best = times[same] > times[best] ? same : best;
    }
    for (size_t i = 0; i < count; i++)
        if (i != best && times[i] * 2 > times[best])
            return;
    if (count == 0 || !document_claim(document, act, FIELD_COUNCIL, SOURCE_HEURISTIC, CONFIDENCE_LOW, names[best].start,
                                      names[best].end))
        return;
    struct slice name = council_name_shown(act->arena, document_printed(document, names[best].start, names[best].end));
    bool is_vowel = memchr("aeiouyh", folded.bytes[names[best].start], 7) != NULL;
    act->council =
        slice_of(arena_printf(act->arena, "Commune %s%.*s", is_vowel ? "d'" : "de ", (int)name.len, name.bytes));
}

/* « ESTREVIELLE MÉTROPOLE » alone on a line. */
static void name_before_metropole(struct act *act, const struct document *document)
{
    static const char *const words[] = {"metropole", "agglomeration", "communaute", NULL};
    static const char *const not_names[] = {"le",         "la",       "conseil*", "les",        "bureau*",
                                            "president*", "seance*",  "extrait*", "direction*", "service*",
                                            "registre*",  "reunion*", "compte*",  "proces*",    "deliberation*",
                                            "releve*",    "pv",       "vu",       NULL};
    enum { MAX_LINE_BYTES = 60 };
    struct span word;
    for (size_t line = 0; line < document->line_count && line < LETTERHEAD_LINES; line++) {
        const struct line *place = &document->lines[line];
        size_t start_end;
        if (phrases_at(document->folded, place->start, not_names, &start_end) >= 0)
            continue;
        if (place->end - place->start > MAX_LINE_BYTES || place->end == place->start ||
            document_find(document, place->start, place->end, words, &word) < 0 || word.start == place->start)
            continue;
        size_t end = name_end(document, place->start, false);
        if (word.end <= end && end - place->start > 8 && document_is_capital_at(document, place->start) &&
            document_claim(document, act, FIELD_COUNCIL, SOURCE_HEURISTIC, CONFIDENCE_LOW, place->start, end))
            act->council = document_printed(document, place->start, end);
    }
}

/* Whether the initials of the name, « ccpl », stand as a word somewhere: the text then speaks of itself by them. */
static bool has_initials(const struct document *document, struct span name)
{
    static const char *const small[] = {"de", "du", "des", "la", "le", "les", "d", "l", "et", NULL};
    enum { MAX_INITIALS = 10 };
    char initials[MAX_INITIALS + 1];
    size_t count = 0;
    size_t end;
    for (size_t at = name.start; at < name.end && count < MAX_INITIALS; at++)
        if (is_word_start(document->folded, at) && phrases_at(document->folded, at, small, &end) < 0)
            initials[count++] = document->folded.bytes[at];
    initials[count] = '\0';
    return count >= 3 && phrase_places_have(document->places, initials);
}

/* A community named in the matter: a guess, better when the text uses its initials. */
static void name_in_body(struct act *act, const struct document *document)
{
    struct span best = {0, 0};
    bool best_has_initials = false;
    const struct name_opening *opening = NULL;
    struct span found;
    for (size_t from = 0; document_find_row(document, from, document->folded.len, openings, COUNT_OF(openings),
                                            sizeof *openings, &found) >= 0;) {
        size_t end;
        size_t at = found.start;
        const struct name_opening *here = opening_at(act, document, at, &end);
        from = at + 1;
        if (!here || here->instead || !document_is_capital_at(document, at))
            continue;
        struct span name = {at, name_end(document, end, here->only == COUNCIL_MUNICIPAL)};
        bool initials = has_initials(document, name);
        if (!opening || (initials && !best_has_initials)) {
            opening = here;
            best = (struct span){at, end};
            best_has_initials = initials;
        }
        from = end + 1;
    }
    if (opening)
        claim_name(act, document, opening, SOURCE_HEURISTIC, CONFIDENCE_LOW, best.start, best.end);
}

/* « Communauté de communes … » is a conseil communautaire, when nothing says otherwise. */
static void type_by_name(struct act *act, const struct document *document)
{
    static const struct {
        const char *word;
        enum council_type type;
    } words[] = {
        {"bureau", COUNCIL_BUREAU},
        {"metropole", COUNCIL_METROPOLITAIN},
        {"eurometropole", COUNCIL_METROPOLITAIN},
        {"communaute", COUNCIL_COMMUNAUTAIRE},
        {"agglomeration", COUNCIL_COMMUNAUTAIRE},
        {"syndicat", COUNCIL_SYNDICAL},
        {"sivom", COUNCIL_SYNDICAL},
        {"sivu", COUNCIL_SYNDICAL},
        {"ccas", COUNCIL_CA},
        {"centre communal d'action sociale", COUNCIL_CA},
        {"departement", COUNCIL_DEPARTEMENTAL},
        {"region", COUNCIL_REGIONAL},
        {"commune", COUNCIL_MUNICIPAL},
        {"ville", COUNCIL_MUNICIPAL},
        {"mairie", COUNCIL_MUNICIPAL},
    };
    struct buffer folded = {0};
    enum council_type type = COUNCIL_UNREAD;
    fold(&folded, act->council);
    for (size_t i = 0; i < COUNT_OF(words) && type == COUNCIL_UNREAD; i++) {
        const char *const phrases[] = {words[i].word, NULL};
        struct span found;
        if (phrases_find(buffer_get(&folded), 0, folded.len, phrases, &found) >= 0)
            type = words[i].type;
    }
    buffer_free(&folded);
    if (type != COUNCIL_UNREAD &&
        document_claim(document, act, FIELD_COUNCIL_TYPE, SOURCE_DERIVED, CONFIDENCE_MEDIUM, 0, 0))
        act->council_type = type;
}

void extract_council(struct act *act, const struct document *document)
{
    extract_type(act, document);
    name_in_sentence(act, document);
    name_in_letterhead(act, document);
    if (!act_has(act, FIELD_COUNCIL))
        name_of_commune(act, document);
    if (!act_has(act, FIELD_COUNCIL))
        name_before_dash(act, document);
    if (!act_has(act, FIELD_COUNCIL))
        name_before_metropole(act, document);
    if (!act_has(act, FIELD_COUNCIL))
        name_in_body(act, document);
    if (!act_has(act, FIELD_COUNCIL) && act->council_type == COUNCIL_MUNICIPAL)
        name_of_own_commune(act, document);
    if (act->provenance[FIELD_COUNCIL].source > SOURCE_ENVELOPE) /* not given, but read just now */
        act->council = council_name_shown(act->arena, act->council);
    if (!act_has(act, FIELD_COUNCIL_TYPE))
        type_by_name(act, document);
}

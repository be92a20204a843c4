/* The objet: the title under which the act was put on the agenda.
 *
 * In the order of trust: after « Objet : »; above « X rapporte : » or « Rapporteur : »; after the number that opens its
 * line; the first title-like lines between the header and the matter. */
#include <string.h>

#include "extract/fields.h"
#include "extract/number.h"
#include "extract/person.h"
#include "extract/title.h"
#include "french/numbers.h"

enum { MAX_TITLE_LINES = 8 };

/* « 2015/77 : SCHEMA … », « N° 15-09 – ACHAT … », « Délibération n° 12 : … » */
static size_t after_number(const struct document *document, size_t line)
{
    static const char *const words[] = {"deliberation", "affaire", "dossier", "rapport", "question",
                                        "point",        "voeu",    "motion",  NULL};
    struct slice folded = document->folded;
    struct span number;
    size_t end;
    size_t title;
    size_t at = document->lines[line].start;
    if (number_before_title(document, line, &number, &title))
        return title;
    if (phrases_at(folded, at, words, &end) >= 0)
        at = skip_separators(folded, end);
    size_t sign = number_sign_at(folded, at);
    if (sign == SLICE_NONE && at > document->lines[line].start)
        sign = at; /* « Délibération 2023-DPE-76 : … » */
    if (sign == SLICE_NONE || !number_at(document, sign, &number))
        return SLICE_NONE;
    title = skip_separators(folded, number.end);
    bool colon = slice_find(slice_range(folded, number.end, title), SLICE(":")) != SLICE_NONE;
    bool begins = title < document->lines[line].end && (colon || document_is_capital_at(document, title));
    bool composed = number_is_composed(folded, number) ||
                    slice_find_byte(slice_range(folded, number.start, number.end), ' ', 0) != SLICE_NONE;
    bool divided = title > number.end + 1 || (title > number.end && composed);
    return divided && begins ? title : SLICE_NONE; /* « DÉLIBÉRATION : DEL 20-86 APPROBATION … » needs no dash */
}

/* « EXONÉRATION DES DROITS DE TERRASSE : 2020-93 »: some print the number after the title. */
static size_t without_number(const struct act *act, const struct document *document, size_t start, size_t end)
{
    static const char *const marks[] = {"(", "–", "n°", "delib", "deliberation", NULL};
    struct slice folded = document->folded;
    end = title_trim(folded, start, end);
    size_t last = end > start && folded.bytes[end - 1] == ')' ? title_trim(folded, start, end - 1) : end;
    size_t word = last;
    while (word > start && !memchr(" (\n", folded.bytes[word - 1], 3))
        word--;
    if (act->number.len == 0 || !slice_equal(document_printed(document, word, last), act->number))
        return end;
    for (size_t i = 0; marks[i];) { /* « … - délib (n° 2023-21) » */
        struct slice before = slice_range(folded, start, title_trim(folded, start, word));
        bool marked = slice_ends(before, slice_of(marks[i])) && before.len > strlen(marks[i]);
        word = marked ? start + before.len - strlen(marks[i]) : word;
        i = marked ? 0 : i + 1;
    }
    return word;
}

/* « ■ Approbation … », « • … »: signs that open a title; quotation marks and brackets belong to it. */
static size_t after_bullets(const struct document *document, size_t start, size_t end)
{
    static const char *const kept[] = {"«", "“", "\"", "(", "'", "‘"};
    size_t word = skip_to_word(document->folded, start, end);
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
        if (slice_find(slice_range(document->folded, start, word), slice_of(kept[i])) != SLICE_NONE)
            return start;
    return word < end ? word : start;
}

/* « 26 – Pôle du Vieux-Bac – … »: past the rank in the séance that opens a title. */
static size_t after_rank(const struct document *document, size_t start)
{
    enum { MAX_FIGURES = 3 };
    struct slice folded = document->folded;
    size_t end = start;
    while (digit_at(folded, end))
        end++;
    size_t sign = end;
    if (slice_starts(slice_skip(folded, sign), SLICE("°")))
        sign += strlen("°"); /* « 3°) » */
    if (sign < folded.len && folded.bytes[sign] == ')' && end > start)
        end = sign + 1;
    size_t title = skip_separators(folded, end);
    bool bracket = end > start && folded.bytes[end - 1] == ')';
    bool divided = (bracket && title > end) || title > end + 1 || (title == end + 1 && folded.bytes[end] != ' ');
    return end > start && end - start <= MAX_FIGURES && divided && title < folded.len &&
                   document_is_capital_at(document, title)
               ? title
               : start;
}

/* « SUBVENTION AU COS - Rapporteur : Mme X », « CONVENTION AVEC LA CAF (Mme X, rapporteur) »: the title ends before. */
static size_t without_rapporteur(const struct document *document, size_t start, size_t end)
{
    static const char *const words[] = {"rapporteur*", "rapporteuse*", NULL};
    struct slice folded = document->folded;
    struct span word;
    if (document_find(document, start, end, words, &word) < 0)
        return end;
    for (size_t at = word.start; at > start && folded.bytes[at - 1] != ')'; at--)
        if (folded.bytes[at - 1] == '(')
            return at - 1;
    size_t after = skip_separators(folded, word.end);
    bool labels = after < end && slice_find_byte(slice_range(folded, word.end, after), ':', 0) != SLICE_NONE;
    size_t cut = title_trim(folded, start, word.start);
    while (slice_ends(slice_range(folded, start, cut), SLICE("–")))
        cut = title_trim(folded, start, cut - strlen("–"));
    return labels && cut > start ? cut : end;
}

/* « N° 2017-175     OBJET : … »: the label in the middle of a line. */
static size_t after_label(struct slice folded, size_t start)
{
    size_t end = phrase_at(folded, start, "objet");
    size_t colon = end == SLICE_NONE ? end : skip_blanks(folded, end);
    return colon < folded.len && folded.bytes[colon] == ':' ? skip_blanks(folded, colon + 1) : start;
}

static bool claim_objet(struct act *act, const struct document *document, enum field_source source,
                        enum confidence confidence, size_t start, size_t end)
{
    start = after_bullets(document, skip_separators(document->folded, skip_space(document->folded, start)), end);
    size_t named = after_number(document, document_line_of(document, start));
    start = after_label(document->folded, after_rank(document, start));
    if (named != SLICE_NONE && named > start && named < end)
        start = after_label(document->folded, named);
    end = without_rapporteur(document, start, end);
    end = title_trim(document->folded, start, without_number(act, document, start, end));
    if (end <= start || end - start < 4 || end - start > MAX_TITLE_BYTES)
        return false;
    if (!document_claim(document, act, FIELD_OBJET, source, confidence, start, end))
        return false;
    act->objet = document_printed(document, start, end);
    return true;
}

/* « Objet : », « OBJET DE LA DELIBERATION – », « Objet » alone above its text: where the text begins. */
static size_t after_objet_label(const struct document *document, size_t line)
{
    static const char *const openings[] = {"objet de la deliberation",
                                           "objet de la presente deliberation",
                                           "l'objet de la presente deliberation",
                                           "objet de la seance",
                                           "objet de l'acte",
                                           "intitule de la deliberation",
                                           "titre de la deliberation",
                                           "libelle",
                                           "objet acte",
                                           "objet*",
                                           "sujet",
                                           "intitule",
                                           "titre",
                                           "affaire",
                                           NULL};
    struct slice folded = document->folded;
    size_t at = document->lines[line].start;
    size_t end;
    while (at < document->lines[line].end && !is_word_start(folded, at))
        at++;
    if (phrases_at(folded, at, openings, &end) < 0)
        return SLICE_NONE;
    size_t sign = number_sign_at(folded, skip_blanks(folded, end));
    struct span rank;
    if (sign != SLICE_NONE && number_at(document, sign, &rank) && rank.end < document->lines[line].end)
        return skip_separators(folded, rank.end); /* « OBJET N° 12 : … » */
    size_t after = skip_separators(folded, end);
    if (after == end + 1 && after < folded.len && folded.bytes[after] == '/')
        return skip_blanks(folded, after + 1); /* « Objet / Tarifs » */
    bool separated =
        slice_find(slice_range(folded, end, after), SLICE(" ")) != SLICE_NONE ? after > end + 1 : after > end;
    bool capitals = document_is_capitals(document, at, end);
    if (after >= document->lines[line].end || separated || (capitals && document_is_capital_at(document, after)))
        return after;
    return SLICE_NONE;
}

/* « N° 2017-175 / 7.1          OBJET : … »: the label in the second column of a line; where the text begins. */
static size_t after_label_in_line(const struct document *document, size_t line)
{
    static const char *const words[] = {"objet", NULL};
    struct slice folded = document->folded;
    const struct line *place = &document->lines[line];
    struct span word;
    if (line >= document->recital_line || document_find(document, place->start, place->end, words, &word) < 0 ||
        !slice_ends(slice_range(folded, place->start, word.start), SLICE("  ")) ||
        !document_is_capital_at(document, word.start))
        return SLICE_NONE;
    size_t start = after_label(folded, word.start);
    return start > word.start && start < place->end ? start : SLICE_NONE;
}

static void labelled_objet(struct act *act, const struct document *document)
{
    enum { MOST_EMPTY_LINES = 3 };
    for (size_t line = 0; line < document->line_count; line++) {
        size_t start = after_label_in_line(document, line);
        if (start != SLICE_NONE &&
            claim_objet(act, document, SOURCE_LABEL, CONFIDENCE_HIGH, start, title_end(document, line, start)))
            return;
        if (document->kinds[line] != LINE_OBJET)
            continue;
        start = after_objet_label(document, line);
        if (start == SLICE_NONE || (line > document->recital_line && start >= document->lines[line].end))
            continue; /* « Objet » alone below recitals heads a column or an article */
        size_t from = line;
        if (start >= document->lines[line].end) {
            for (from = line + 1; from < document->line_count && line_is_empty(document, from); from++)
                ;
            if (from >= document->line_count || from > line + MOST_EMPTY_LINES)
                continue;
            start = document->lines[from].start;
        }
        bool receipt = phrase_at(document->folded, document->lines[line].start, "objet acte") != SLICE_NONE;
        bool found = claim_objet(act, document, SOURCE_LABEL, receipt ? CONFIDENCE_MEDIUM : CONFIDENCE_HIGH, start,
                                 title_end(document, from, start));
        if (found && !receipt) /* the receipt of transmission shortens objets: one further down is better */
            return;
    }
}

static bool is_title_block(const struct document *document, size_t first, size_t end)
{
    enum { SHORTEST_TITLE_BYTES = 8, LONGEST_TITLE_BYTES = 420, SENTENCE_BYTES = 150 };
    size_t bytes = document->lines[end - 1].end - document->lines[first].start;
    bool sentence = line_ends_sentence(document, end - 1) && (end - first > 1 || bytes > SENTENCE_BYTES);
    static const char *const counters[] = {"abstention*", "voix", "contre", "pour", NULL};
    size_t start = document->lines[first].start;
    size_t word;
    while (is_digit(document->folded.bytes[start]))
        start++;
    if (phrases_at(document->folded, skip_blanks(document->folded, start), counters, &word) >= 0 &&
        start > document->lines[first].start)
        return false; /* « 0 ABSTENTION » */
    bool opens_matter =
        line_opens_matter(document, first) && civility_at(document->folded, document->lines[first].start) == 0;
    return !opens_matter && end - first <= MAX_TITLE_LINES && bytes >= SHORTEST_TITLE_BYTES &&
           bytes <= LONGEST_TITLE_BYTES && !line_starts_lower(document, first) && !sentence;
}

static bool may_be_title(const struct document *document, size_t line)
{
    return (document->kinds[line] == LINE_OTHER || document->kinds[line] == LINE_LETTERHEAD) &&
           document->lines[line].end - document->lines[line].start < MAX_TITLE_BYTES;
}

/* « Direction générale adjointe Ressources » above the title */
static bool names_department(const struct document *document, size_t line)
{
    static const char *const departments[] = {"direction*", "service*", "dga*", "pole", "departement d*", NULL};
    static const char *const labels[] = {
        "competence :", "domaine :", "theme :", "thematique :", "politique :", "commission :", "axe :", NULL};
    size_t end;
    if (phrases_at(document->folded, document->lines[line].start, labels, &end) >= 0)
        return true;
    return document->kinds[line] == LINE_LETTERHEAD && !line_hangs(document, line) &&
           phrases_at(document->folded, document->lines[line].start, departments, &end) >= 0 &&
           slice_find_byte(line_text(document, line), ':', 0) == SLICE_NONE;
}

/* The lines just above `below`, up to an empty line; titles with an empty line inside are short lines throughout. */
static bool title_above(struct act *act, const struct document *document, size_t below)
{
    size_t last = below;
    while (last > 0 && (line_is_empty(document, last - 1) || line_names_service(document, last - 1)))
        last--;
    size_t first = last;
    while (first > 0 && last - first < MAX_TITLE_LINES && may_be_title(document, first - 1))
        first--;
    while (last > first && line_opens_matter(document, last - 1) &&
           civility_at(document->folded, document->lines[last - 1].start) == 0)
        last--; /* « Le Conseil départemental / Sur le rapport de … » */
    while (first + 1 < last && names_department(document, first))
        first++;
    for (size_t line = first; line < last; line++)
        if (after_number(document, line) != SLICE_NONE)
            first = line; /* the letterhead stands above it */
    if (first == last || (document->kinds[first] == LINE_LETTERHEAD && first == 0))
        return false;
    if (!is_title_block(document, first, last))
        return false;
    return claim_objet(act, document, SOURCE_HEURISTIC, CONFIDENCE_MEDIUM, document->lines[first].start,
                       document->lines[last - 1].end);
}

static void objet_above_rapporteur(struct act *act, const struct document *document)
{
    for (size_t line = 0; line < document->line_count; line++)
        if (document->kinds[line] == LINE_RAPPORTEUR && title_above(act, document, line))
            return;
}

static void objet_after_number(struct act *act, const struct document *document)
{
    static const char *const not_titles[] = {"du",
                                             "seance*",
                                             "conseil municipal*",
                                             "date*",
                                             "rapporteur*",
                                             "objet*",
                                             "page*",
                                             "reunion*",
                                             "conseil communautaire*",
                                             "de la seance*",
                                             "conseil du",
                                             "lundi",
                                             "mardi",
                                             "mercredi",
                                             "jeudi",
                                             "vendredi",
                                             "samedi",
                                             NULL};
    static const char *const councils[] = {
        "du conseil", "de l'assemblee", "de la commission permanente",
        "du comite",  "du bureau",      NULL}; /* « N° 23/045 AC DE L'ASSEMBLÉE … » */
    enum { NEAR_BYTES = 8 };
    struct span council;
    size_t end;
    for (size_t line = 0; line < document->line_count; line++) {
        size_t start = document->kinds[line] == LINE_EMPTY || document->kinds[line] == LINE_OBJET
                           ? SLICE_NONE
                           : after_number(document, line);
        if (start == SLICE_NONE || phrases_at(document->folded, start, not_titles, &end) >= 0 ||
            document_find(document, start, start + NEAR_BYTES, councils, &council) >= 0)
            continue;
        if (claim_objet(act, document, SOURCE_HEURISTIC, CONFIDENCE_MEDIUM, start, title_end(document, line, start)))
            return;
    }
}

static bool is_prose(const struct document *document, size_t line)
{
    enum { PROSE_BYTES = 180 };
    if (document->kinds[line] == LINE_BODY)
        return true;
    bool title = document->kinds[line] == LINE_OTHER && !line_ends_sentence(document, line);
    return document->kinds[line] == LINE_OTHER && !title &&
           document->lines[line].end - document->lines[line].start > PROSE_BYTES;
}

/* The first line of the matter; line_count when the text is all header. */
static size_t body_line(const struct document *document)
{
    size_t line = 0;
    while (line < document->line_count && !is_prose(document, line))
        line++;
    return line;
}

/* « M. Paul VASSEUR : « Chers collègues … » » */
static bool opens_speech(const struct document *document, size_t line)
{
    struct span name;
    size_t start = document->lines[line].start;
    if (civility_at(document->folded, start) == 0 || !person_at(document, start, &name))
        return false;
    size_t after = skip_blanks(document->folded, name.end);
    return after < document->lines[line].end && document->folded.bytes[after] == ':';
}

/* The block of lines of `first`: where the next block begins. */
static size_t block_end(const struct document *document, size_t first)
{
    size_t line = first;
    while (line < document->line_count && document->kinds[line] == LINE_OTHER && !line_is_empty(document, line) &&
           !(line > first &&
             (opens_speech(document, line) ||
              (line_opens_matter(document, line) && civility_at(document->folded, document->lines[line].start) == 0))))
        line++;
    return line;
}

/* The first or the last title-like block from line `from` up to and with line `to`; SLICE_NONE when there is none. */
static size_t title_block(const struct document *document, size_t from, size_t to, bool last)
{
    size_t found = SLICE_NONE;
    for (size_t line = from; line <= to && line < document->line_count;) {
        size_t end = block_end(document, line);
        if (end > line && is_title_block(document, line, end)) {
            found = line;
            if (!last)
                return found;
        }
        line = end > line ? end : line + 1;
    }
    return found;
}

/* The block below a line that ends with the act's number: « Réunion du 2 avril 2015 — Délibération n° 1 ». */
static void objet_below_number(struct act *act, const struct document *document)
{
    const struct provenance *number = &act->provenance[FIELD_NUMBER];
    for (size_t line = 0; number->end_bytes > 0 && line + 1 < document->line_count; line++) {
        const struct line *place = &document->lines[line];
        if (document->origin[place->end] < number->end_bytes)
            continue;
        size_t next = line + 1;
        while (next < document->line_count && line_is_empty(document, next))
            next++;
        size_t end = block_end(document, next);
        bool ends_line = document->origin[place->end] <= number->end_bytes + 1;
        if (ends_line && end > next && (line_starts_lower(document, next) || is_title_block(document, next, end)))
            claim_objet(act, document, SOURCE_HEURISTIC, CONFIDENCE_MEDIUM, document->lines[next].start,
                        title_end(document, next, document->lines[next].start));
        return;
    }
}

/* « DÉLIBÉRATION N° 45/2023 du 12 mai 2023 / portant attribution … »: the title goes on from the head of the paper. */
static void objet_of_participle(struct act *act, const struct document *document)
{
    static const char *const heads[] = {"deliberation*", "arrete*", "decision*", "voeu*", "motion*", NULL};
    static const char *const openings[] = {"portant",    "approuvant", "autorisant", "relati* a*",   "fixant",
                                           "modifiant",  "habilitant", "adoptant",   "prenant acte", "instituant",
                                           "concernant", "abrogeant",  NULL};
    enum { LINES = 4 };
    size_t end;
    size_t head = SLICE_NONE;
    for (size_t line = 0; line < document->line_count && line < document->recital_line; line++) {
        size_t start = skip_to_word(document->folded, document->lines[line].start, document->lines[line].end);
        if (head != SLICE_NONE && line <= head + LINES && phrases_at(document->folded, start, openings, &end) >= 0 &&
            claim_objet(act, document, SOURCE_HEURISTIC, CONFIDENCE_MEDIUM, start, title_end(document, line, start)))
            return;
        if (phrases_at(document->folded, start, heads, &end) >= 0)
            head = line;
    }
}

/* « Conseil métropolitain du 16 décembre 2022 » */
static bool tells_a_day(const struct document *document, size_t line)
{
    struct french_date date;
    struct slice above = slice_range(document->folded, 0, document->lines[line].end);
    return french_date_next(&date, above, document->lines[line].start);
}

/* A text without a header that begins with its title, the matter on the very next line. */
static bool title_opens_text(struct act *act, const struct document *document)
{
    enum { LONGEST_TITLE_BYTES = 300, LONG_LINE_BYTES = 40 }; /* « Conseil communal - Démission d'une conseillère » */
    size_t line = 0;
    while (line < document->line_count && line_is_empty(document, line))
        line++;
    if (line == document->line_count || line_starts_lower(document, line))
        return false;
    bool letterhead = document->kinds[line] == LINE_LETTERHEAD && !line_is_capitals(document, line) &&
                      document->lines[line].end - document->lines[line].start >= LONG_LINE_BYTES &&
                      !tells_a_day(document, line);
    if (document->kinds[line] != LINE_OTHER && !letterhead)
        return false;
    size_t start = document->lines[line].start;
    size_t end = title_end(document, line, start);
    return end - start <= LONGEST_TITLE_BYTES &&
           claim_objet(act, document, SOURCE_HEURISTIC, CONFIDENCE_LOW, start, end);
}

/* The first title-like block below the last line of séance, presence, secretary or number; some papers print the title
 * above all that. */
static void objet_below_header(struct act *act, const struct document *document)
{
    size_t body = body_line(document);
    size_t header = 0;
    for (size_t line = 0; line < body; line++)
        if (document->kinds[line] == LINE_SEANCE || document->kinds[line] == LINE_PRESENCE ||
            document->kinds[line] == LINE_SECRETARY || document->kinds[line] == LINE_NUMBER)
            header = line + 1;
    if (header == 0 && title_opens_text(act, document))
        return;
    size_t title = title_block(document, header, body, false);
    if (title == SLICE_NONE)
        title = title_block(document, 0, header, true);
    if (title == SLICE_NONE)
        return;
    size_t start = document->lines[title].start;
    claim_objet(act, document, SOURCE_HEURISTIC, CONFIDENCE_LOW, after_rank(document, start),
                title_end(document, title, start));
}

/* What surely heads a paper or a list, wherever it stands. */
static bool is_surely_header(const struct document *document, size_t line)
{
    static const char *const openings[] = {"presents",
                                           "presentes",
                                           "present",
                                           "etai*",
                                           "absents",
                                           "absentes",
                                           "absent",
                                           "excuses",
                                           "excusees",
                                           "excuse",
                                           "procurations",
                                           "procuration",
                                           "votants :",
                                           "pouvoirs :",
                                           "secretaire*",
                                           "date*",
                                           "nombre de con*",
                                           "nombre de me*",
                                           "le quorum",
                                           "membres en*",
                                           "membres presents",
                                           "republique*",
                                           "extrait du re*",
                                           "seance du*",
                                           "seance",
                                           "proces-verbal de la*",
                                           "proces-verbal du con*",
                                           "compte rendu de la*",
                                           "compte-rendu de la*",
                                           "compte rendu du con*",
                                           "ordre du jour",
                                           "sous la*",
                                           "l'an",
                                           "liberte*",
                                           NULL};
    static const char *const councils[] = {
        "conseil municipal*", "conseil communautaire",    "conseil departemental", "conseil regional",
        "comite syndical",    "conseil d'administration", "conseil metropolitain", NULL};
    struct slice folded = document->folded;
    const struct line *place = &document->lines[line];
    struct span span;
    size_t end;
    size_t start = skip_to_word(folded, place->start, place->end);
    if (phrases_at(folded, start, openings, &end) >= 0 || tells_a_day(document, line) ||
        document_find(document, place->start, place->end, councils, &span) >= 0)
        return true;
    for (size_t at = start; at < place->end; at++) /* names */
        if (is_word_start(folded, at) && at > start && civility_at(folded, at) > 0)
            return true;
    return false;
}

/* The paragraph between two empty lines just above the rapporteur or the matter, whatever its first word: « Effectifs
 * communaux : mise à jour », « Service de l'eau : tarifs » open like lists and letterheads. */
static void objet_before_matter(struct act *act, const struct document *document)
{
    enum { MOST_LINES = 4, SHORTEST_BYTES = 8, LONGEST_BYTES = 300 };
    size_t matter = 0;
    while (matter < document->line_count && document->kinds[matter] != LINE_BODY &&
           document->kinds[matter] != LINE_RAPPORTEUR)
        matter++;
    size_t last = matter;
    while (last > 0 && line_is_empty(document, last - 1))
        last--;
    size_t first = last;
    while (first > 0 && !line_is_empty(document, first - 1))
        first--;
    if (matter == document->line_count || last == matter || first == last || first == 0 || last - first > MOST_LINES)
        return;
    for (size_t line = first; line < last; line++)
        if (document->kinds[line] == LINE_NUMBER || document->kinds[line] == LINE_OBJET ||
            is_surely_header(document, line))
            return;
    size_t start = document->lines[first].start;
    size_t end = document->lines[last - 1].end;
    char closing = document->folded.bytes[end - 1];
    if (end - start >= SHORTEST_BYTES && end - start <= LONGEST_BYTES && !line_starts_lower(document, first) &&
        closing != ':' && closing != '.' && closing != ',')
        claim_objet(act, document, SOURCE_HEURISTIC, CONFIDENCE_LOW, start, end);
}

void extract_objet(struct act *act, const struct document *document)
{
    labelled_objet(act, document);
    if (!act_has(act, FIELD_OBJET))
        objet_above_rapporteur(act, document);
    if (!act_has(act, FIELD_OBJET))
        objet_after_number(act, document);
    if (!act_has(act, FIELD_OBJET))
        objet_of_participle(act, document);
    if (!act_has(act, FIELD_OBJET))
        objet_below_number(act, document);
    if (!act_has(act, FIELD_OBJET))
        objet_below_header(act, document);
    if (!act_has(act, FIELD_OBJET))
        objet_before_matter(act, document);
}

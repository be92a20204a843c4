#include "extract/presence_lists.h"

#include <string.h>

#include "extract/person.h"

enum {
    MAX_LIST_BYTES = 9000,
    COLUMN_GAP = 2 /* blanks that divide two columns of a page */
};

struct list_label {
    const char *phrase;
    enum list_kind kind;
};

/* Longer phrases first: the first that stands at a place is taken. */
static const struct list_label labels[] = {
    {"absent* ayant donne*", LIST_PROXY},
    {"absent* ayant vote*", LIST_PROXY},
    {"absent* excuse* ayant donne*", LIST_PROXY},
    {"absent* represente*", LIST_PROXY},
    {"absent* et represente*", LIST_PROXY},
    {"absent*, represente*", LIST_PROXY},
    {"absent* excuse* represente*", LIST_PROXY},
    {"absent* excuse* et represente*", LIST_PROXY},
    {"absent*, excuse* et represente*", LIST_PROXY},
    {"excuse* represente*", LIST_PROXY},
    {"excuse* ayant donne*", LIST_PROXY},
    {"excuse* et represente*", LIST_PROXY},
    {"ont donne*", LIST_PROXY},
    {"avai* donne*", LIST_PROXY},
    {"a donne*", LIST_PROXY},
    {"ayant donne*", LIST_PROXY},
    {"procuration*", LIST_PROXY},
    {"pouvoir*", LIST_PROXY},
    {"represente*", LIST_PROXY},
    {"etai* represente*", LIST_PROXY},
    {"mandats", LIST_PROXY},
    {"mandat", LIST_PROXY},
    {"etai* presente* et present*", LIST_PRESENT},
    {"etai* present* et presente*", LIST_PRESENT},
    {"present* et presente*", LIST_PRESENT},
    {"presente* et present*", LIST_PRESENT},
    {"etai* present*", LIST_PRESENT},
    {"sont present*", LIST_PRESENT},
    {"membres present*", LIST_PRESENT},
    {"conseiller* present*", LIST_PRESENT},
    {"elus present*", LIST_PRESENT},
    {"present*", LIST_PRESENT},
    {"absent* et procuration*", LIST_ABSENT},
    {"absent* et pouvoir*", LIST_ABSENT},
    {"excuse* et procuration*", LIST_ABSENT},
    {"excuse* et pouvoir*", LIST_ABSENT},
    {"absent* et excuse*", LIST_ABSENT},
    {"absent* excuse*", LIST_ABSENT},
    {"absent* non excuse*", LIST_ABSENT},
    {"est absent* et represente*", LIST_ABSENT},
    {"sont absent* et represente*", LIST_ABSENT},
    {"est absent*", LIST_ABSENT},
    {"sont absent*", LIST_ABSENT},
    {"est excuse*", LIST_ABSENT},
    {"sont excuse*", LIST_ABSENT},
    {"etai* absent*, excuse*", LIST_ABSENT},
    {"etai* absent* et excuse*", LIST_ABSENT},
    {"etai* absent* ou excuse*", LIST_ABSENT},
    {"absent*, excuse*", LIST_ABSENT},
    {"absent* ou excuse*", LIST_ABSENT},
    {"etai* absent* excuse*", LIST_ABSENT},
    {"etai* absent*", LIST_ABSENT},
    {"etai* excuse*", LIST_ABSENT},
    {"s'etai* fait excuser", LIST_ABSENT},
    {"s'etai* excuse*", LIST_ABSENT},
    {"absent*", LIST_ABSENT},
    {"excuse*", LIST_ABSENT},
    {"secretaire*", LIST_STOP},
    {"objet*", LIST_STOP},
    {"quorum*", LIST_STOP},
    {"le quorum", LIST_STOP},
    {"convocation*", LIST_STOP},
    {"date d*", LIST_STOP},
    {"nombre d*", LIST_STOP},
    {"membres en exercice", LIST_STOP},
    {"ordre du jour", LIST_STOP},
    {"rapporteur*", LIST_STOP},
    {"deliberation*", LIST_STOP},
    {"votant*", LIST_STOP},
    {"assistai*", LIST_STOP},
    {"suppleant*", LIST_STOP},
};

enum { LABELS = sizeof labels / sizeof *labels };

/* « Présents à l'écran : », « Étaient présents, sous la présidence de M. BERT :⏎ » */
static bool ends_in_colon(struct slice folded, size_t end)
{
    enum { SHORT_REST = 30, LONGEST_REST = 90 };
    size_t line_end = slice_find_byte(folded, '\n', end);
    size_t colon = slice_find_byte(folded, ':', end);
    if (colon == SLICE_NONE || line_end == SLICE_NONE || colon > line_end || colon > end + LONGEST_REST)
        return false;
    if (skip_blanks(folded, colon + 1) == line_end)
        return true;
    return colon <= end + SHORT_REST && !memchr(folded.bytes + end, ',', colon - end) &&
           !memchr(folded.bytes + end, '.', colon - end) && !memchr(folded.bytes + end, ';', colon - end);
}

/* What ends a label: « : », a count, the end of the line, a civility or a capital after blanks. */
static bool ends_label(const struct document *document, size_t end)
{
    struct slice folded = document->folded;
    size_t at = skip_blanks(folded, end);
    if (ends_in_colon(folded, end))
        return true;
    if (at >= folded.len || memchr(":(\n|-", folded.bytes[at], 5) || (unsigned char)folded.bytes[at] == 0xE2)
        return true;
    return civility_at(folded, at) > 0 || document_is_capital_at(document, at) || is_digit(folded.bytes[at]);
}

/* Whether start..at says only whose presence is told: « Les membres », « Administrateurs », « Conseillers titulaires ».
 */
static bool names_members(struct slice folded, size_t start, size_t at)
{
    static const char *const words[] = {
        "les",        "membres",   "conseiller*", "elu*",         "delegue*", "administrateur*", "titulaire*",
        "suppleant*", "municipa*", "communaut*",  "departement*", "syndica*", "vice-president*", "adjoint*",
        "mesdames",   "messieurs", "mmes",        "mm.",          "et",       "du conseil",      "du comite",
        "du bureau",  NULL};
    size_t end;
    start = skip_to_word(folded, start, at);
    if (start == at)
        return false;
    while (start < at && phrases_at(folded, start, words, &end) >= 0 && end <= at)
        start = skip_blanks(folded, end);
    return start == at;
}

/* « (reçoit⏎pouvoir de Mme BERT) » */
static bool is_in_brackets(struct slice folded, size_t at)
{
    enum { BRACKET_BYTES = 60 };
    for (size_t i = at; i > 0 && at - i < BRACKET_BYTES; i--) {
        if (folded.bytes[i - 1] == ')')
            return false;
        if (folded.bytes[i - 1] == '(')
            return true;
    }
    return false;
}

/* A label opens a line, or follows a full stop or a dash within one. */
static bool may_open(const struct document *document, size_t at)
{
    struct slice folded = document->folded;
    size_t before = at;
    while (before > 0 && (folded.bytes[before - 1] == ' ' || folded.bytes[before - 1] == '*'))
        before--;
    if (is_in_brackets(folded, at))
        return false;
    bool is_degree = slice_ends(slice_range(folded, 0, before), SLICE("°")); /* « dont 3° procurations » */
    if (before == 0 || at - before >= COLUMN_GAP || memchr("\n\f.;-|/", folded.bytes[before - 1], 7) ||
        ((unsigned char)folded.bytes[before - 1] >= 0x80 && !is_degree))
        return true;
    return names_members(folded, document->lines[document_line_of(document, at)].start, at);
}

/* « a donné pouvoir à Mme BERT », « représentée par M. DENIS »: what is said of somebody, not the label of a list. */
static bool tells_to_whom(struct slice folded, const char *label, size_t end)
{
    static const char *const things[] = {"pouvoir*", "procuration*", "mandat*", "delegation*", "de vote", NULL};
    static const char *const links[] = {"a", "pour voter en son nom a", NULL};
    static const char *const by[] = {"par", NULL};
    size_t next;
    end = skip_space(folded, end);
    while (phrases_at(folded, end, things, &next) >= 0)
        end = skip_space(folded, next);
    if (phrases_at(folded, end, strstr(label, "represente") ? by : links, &next) < 0)
        return false;
    next = skip_blanks(folded, next);
    return next < folded.len && folded.bytes[next] != ':';
}

/* The rest of a label such as « ayant voté par procuration en application de l'article L 2121-20 … : » is skipped. */
static size_t label_end(struct slice folded, size_t end)
{
    enum { LONGEST_REST = 170 };
    size_t colon = slice_find_byte(folded, ':', end);
    size_t stop = slice_find_from(folded, SLICE("\n\n"), end);
    static const char *const things[] = {"pouvoir*", "procuration*", "mandat*", NULL};
    size_t thing;
    if (colon != SLICE_NONE && ends_in_colon(folded, end))
        return colon + 1;
    if (phrases_at(folded, skip_blanks(folded, end), things, &thing) >= 0)
        end = thing;
    if (slice_starts(slice_skip(folded, skip_blanks(folded, end)),
                     SLICE("\n"))) /* the label stands alone on its line */
        return end;
    if (colon != SLICE_NONE && colon < end + LONGEST_REST && colon < stop &&
        memchr(folded.bytes + end, ';', colon - end) == NULL && memchr(folded.bytes + end, ',', colon - end) == NULL)
        return colon + 1;
    return end;
}

static const struct list_label *label_at(const struct document *document, size_t at, size_t *end)
{
    int first = document_row_at(document, at, labels, LABELS, sizeof *labels, end);
    for (size_t i = first < 0 ? LABELS : (size_t)first; i < LABELS; i++) {
        *end = phrase_at(document->folded, at, labels[i].phrase);
        if (*end == SLICE_NONE)
            continue;
        if (!may_open(document, at) ||
            (labels[i].kind == LIST_PROXY && tells_to_whom(document->folded, labels[i].phrase, *end)))
            return NULL;
        bool below_matter =
            document->recital_line < document->line_count && at >= document->lines[document->recital_line].start;
        if (labels[i].kind == LIST_STOP || (labels[i].kind == LIST_PROXY && !below_matter) ||
            (ends_label(document, *end) && !below_matter))
            return &labels[i];
    }
    return NULL;
}

/* « …, M. BERT,⏎Président, M. DENIS »: the office of who stands at the end of the line above. */
static bool is_office_of_above(const struct document *document, size_t line)
{
    static const char *const offices[] = {"president*", "maire*", "vice-president*", "adjoint*", "rapporteur*", NULL};
    struct slice above = line_text(document, line - 1);
    struct slice here = line_text(document, line);
    size_t end;
    if (slice_starts(here, SLICE("(")))
        return phrases_at(document->folded, document->lines[line].start + 1, offices, &end) >= 0;
    if (above.len == 0 || above.bytes[above.len - 1] != ',' ||
        phrases_at(document->folded, document->lines[line].start, offices, &end) < 0)
        return false;
    end = skip_blanks(document->folded, end);
    return end >= document->folded.len || memchr(",;\n", document->folded.bytes[end], 3) != NULL;
}

/* Whether the matter begins on this line: the list above it is over. */
static bool closes_list(const struct document *document, size_t line)
{
    enum line_kind kind = document->kinds[line];
    if (is_office_of_above(document, line))
        return false;
    return kind == LINE_BODY || kind == LINE_OBJET || kind == LINE_RAPPORTEUR || kind == LINE_SECRETARY ||
           kind == LINE_SEANCE || kind == LINE_STAMP || kind == LINE_NUMBER;
}

bool opens_with_place(struct slice folded, size_t at)
{
    static const char *const places[] = {"commune* d*", "ville* d*", "pour la commune*", NULL};
    size_t end;
    return phrases_at(folded, skip_to_word(folded, at, folded.len), places, &end) >= 0;
}

/* A name of two words or with a civility, not a title that opens with a capital. */
static bool names_person(const struct document *document, size_t line)
{
    struct span name;
    size_t start = skip_to_word(document->folded, document->lines[line].start, document->lines[line].end);
    if (civility_at(document->folded, start) > 0)
        return true;
    return person_at(document, start, &name) &&
           memchr(document->folded.bytes + name.start, ' ', name.end - name.start) != NULL;
}

/* « Mesdames et Messieurs les conseillers municipaux : » heads the names and is none. */
static bool heads_names(const struct document *document, size_t line)
{
    struct slice text = line_text(document, line);
    size_t start = document->lines[line].start;
    size_t polite = civility_at(document->folded, start);
    return text.len > 0 && text.bytes[text.len - 1] == ':' &&
           names_members(document->folded, start + polite, document->lines[line].end - 1);
}

/* The line on which the names begin: that of the label, or the next one that is neither empty nor a heading. */
static size_t first_line_of_list(const struct document *document, size_t start)
{
    enum { LINES_BETWEEN = 6 };
    size_t line = document_line_of(document, start);
    size_t next = line + 1;
    if (skip_blanks(document->folded, start) < document->lines[line].end)
        return line;
    while (next <= line + LINES_BETWEEN && next < document->line_count &&
           (line_is_empty(document, next) || heads_names(document, next)))
        next++;
    return next < document->line_count && names_person(document, next) ? next : line + 1;
}

/* « 1. Budget », « 2) Tarifs »; but not « (arrivée à 20 h⏎10), M. BERT » */
/* « Absents :⏎Monsieur BERT est élu secrétaire »: what stands below the label is no list. */
static bool is_empty_list(const struct document *document, size_t line)
{
    enum line_kind kind = document->kinds[line];
    return kind == LINE_SECRETARY || kind == LINE_OBJET || kind == LINE_NUMBER || kind == LINE_RAPPORTEUR;
}

static bool has_rank(const struct document *document, size_t line)
{
    struct slice text = line_text(document, line);
    size_t at = 0;
    while (digit_at(text, at))
        at++;
    if (at == 0 || at > 2 || at + 2 >= text.len)
        return false;
    at = skip_blanks(text, at);
    return at + 2 < text.len && memchr(".)-/", text.bytes[at], 4) && text.bytes[at + 1] == ' ' &&
           !is_in_brackets(document->folded, document->lines[line].start);
}

/* « 1. Budget primitif » below a list whose own lines are not numbered. */
static bool opens_point(const struct document *document, size_t first, size_t line)
{
    return has_rank(document, line) && !has_rank(document, first) && !has_rank(document, first + 1);
}

/* « - Anne BERT », nothing else on the line: a list in Markdown stands below an empty line. */
static bool is_bulleted_name(const struct document *document, size_t line)
{
    struct span name;
    if (line >= document->line_count || !is_bullet(document->folded, document->lines[line].start))
        return false;
    size_t start = skip_to_word(document->folded, document->lines[line].start, document->lines[line].end);
    return names_person(document, line) && person_at(document, start, &name) &&
           (name.end >= document->lines[line].end ||
            memchr(",;(", document->folded.bytes[skip_blanks(document->folded, name.end)], 3));
}

/* Where the list that begins at `start` ends: at the next label, or at a line that is another part of the act. */
static size_t list_end(const struct document *document, size_t start)
{
    struct slice folded = document->folded;
    size_t to = start + MAX_LIST_BYTES < folded.len ? start + MAX_LIST_BYTES : folded.len;
    size_t first = first_line_of_list(document, start);
    for (size_t at = start; at < to; at++) {
        size_t end;
        size_t line = document_line_of(document, at);
        bool line_start = at == document->lines[line].start;
        if (label_at(document, at, &end))
            return at;
        if (line_start && line == first && at > start && is_empty_list(document, line))
            return at;
        if (line_start && line > first && (closes_list(document, line) || opens_point(document, first, line)))
            return at;
        bool after_blank = line_start && line > first && line_is_empty(document, line - 1);
        if (after_blank && is_bulleted_name(document, line) && is_bulleted_name(document, line + 1))
            continue;
        if (after_blank && document->kinds[line] != LINE_PRESENCE && civility_at(folded, at) == 0 &&
            !opens_with_place(folded, at))
            return at;
    }
    return to;
}

/* --- what the lines of a list are ------------------------------------------------------------------------------- */

bool is_bullet(struct slice folded, size_t at)
{
    static const char *const bullets[] = {"- ", "– ", "• ", "* ", "· ", "▪ ", NULL};
    at = skip_blanks(folded, at);
    for (size_t i = 0; bullets[i]; i++)
        if (slice_starts(slice_skip(folded, at), slice_of(bullets[i])))
            return true;
    return false;
}

/* Whether a list has more lines than marks between names: then each line holds one. */
static bool has_one_a_line(const struct document *document, const struct span *place)
{
    enum { FEWEST_LINES = 3 };
    struct slice folded = document->folded;
    size_t lines = 0;
    size_t marks = 0;
    for (size_t at = place->start; at < place->end; at++) {
        char byte = folded.bytes[at];
        if (byte == '(') {
            size_t close = slice_find_byte(folded, ')', at);
            at = close != SLICE_NONE && close < place->end ? close : at;
        }
        marks += byte == ',' || byte == ';' || byte == '/' || byte == '|';
        marks += byte == ' ' && at + 1 < place->end &&
                 (phrase_at(folded, at + 1, "-") == at + 2 || slice_starts(slice_skip(folded, at + 1), SLICE("–")));
        lines += byte == '\n' && at + 1 < place->end && folded.bytes[at + 1] != '\n';
    }
    bool are_two = lines == 2 && marks == 0 && folded.bytes[place->start] == '\n' &&
                   names_person(document, document_line_of(document, place->start) + 2);
    return are_two || (lines >= FEWEST_LINES && marks * 2 < lines);
}

/* « CERISIERS Monsieur BERT »: one person on the line, whose civility stands behind other words, without a mark. */
static bool has_place_before_civility(const struct document *document, size_t line)
{
    struct slice folded = document->folded;
    size_t end = document->lines[line].end;
    size_t start = skip_to_word(folded, document->lines[line].start, end);
    size_t civilities = 0;
    if (civility_at(folded, start) > 0)
        return false;
    for (size_t at = start + 1; at < end; at++) {
        bool is_dash =
            (folded.bytes[at] == '-' || (unsigned char)folded.bytes[at] == 0xE2) && folded.bytes[at - 1] == ' ';
        if (memchr(",;:/", folded.bytes[at], 4) || is_dash)
            return false;
        civilities += is_word_start(folded, at) && memchr(" |", folded.bytes[at - 1], 2) &&
                      civility_at(folded, at) > 0 && document_is_capital_at(document, at);
    }
    return civilities == 1;
}

static bool names_places(const struct document *document, const struct span *place)
{
    enum { FEWEST_LINES = 3 };
    size_t lines = 0;
    size_t with_place = 0;
    for (size_t line = document_line_of(document, place->start) + 1;
         line < document->line_count && document->lines[line].start < place->end; line++) {
        lines += !line_is_empty(document, line);
        with_place += has_place_before_civility(document, line);
    }
    return lines >= FEWEST_LINES && with_place * 4 >= lines * 3;
}

/* --- lists in a column -------------------------------------------------------------------------------------------- */

static size_t characters_before(const struct document *document, size_t at)
{
    size_t count = 0;
    while (at > 0 && document->folded.bytes[at - 1] != '\n' && document->folded.bytes[at - 1] != '\f')
        count += ((unsigned char)document->folded.bytes[--at] & 0xC0) != 0x80; /* bytes that begin a character */
    return count;
}

static size_t bars_before(const struct document *document, size_t line, size_t at)
{
    size_t bars = 0;
    for (size_t i = document->lines[line].start; i < at; i++)
        bars += document->folded.bytes[i] == '|';
    return bars;
}

/* « Présents | Secteur », « Présents     Commune »: the label heads a column of a table, beside one of something else.
 */
static bool is_column_head(struct name_list *list, const struct document *document, size_t label, size_t end)
{
    static const char *const heads[] = {"secteur*",   "commune*",    "canton*",    "fonction*",
                                        "qualite*",   "groupe*",     "ville*",     "collectivite*",
                                        "signature*", "emargement*", "structure*", NULL};
    struct slice folded = document->folded;
    size_t line = document_line_of(document, label);
    size_t next = skip_blanks(folded, end);
    size_t ignored;
    bool bar = next < document->lines[line].end && folded.bytes[next] == '|';
    if (bar)
        next = skip_blanks(folded, next + 1);
    if ((!bar && next < end + COLUMN_GAP) || phrases_at(folded, next, heads, &ignored) < 0)
        return false;
    list->has_columns = true;
    list->has_bars = bar;
    list->column = bar ? bars_before(document, line, label) : characters_before(document, label);
    list->next_column = characters_before(document, next);
    return true;
}

struct span list_cell(const struct name_list *list, const struct document *document, size_t line)
{
    struct slice folded = document->folded;
    size_t at = document->lines[line].start;
    size_t end = document->lines[line].end;
    if (list->has_bars) {
        for (size_t bars = list->column; bars > 0 && at < end; at++)
            bars -= folded.bytes[at] == '|';
        size_t bar = slice_find_byte(folded, '|', at);
        return (struct span){at, bar < end ? bar : at};
    }
    size_t cell = at;
    while (cell < end && skip_blanks(folded, cell) < cell + COLUMN_GAP)
        cell++;
    return characters_before(document, at) < list->next_column ? (struct span){at, cell} : (struct span){at, at};
}

/* The rows below the head: up to the first line that is none. */
static size_t column_end(const struct name_list *list, const struct document *document, size_t line)
{
    for (line++; line < document->line_count; line++) {
        struct span cell = list_cell(list, document, line);
        if (cell.start == cell.end)
            break;
    }
    return line < document->line_count ? document->lines[line].start : document->folded.len;
}

/* --- one list after the other ------------------------------------------------------------------------------------- */

void list_search_begin(struct list_search *search, const struct document *document, size_t to)
{
    *search = (struct list_search){.document = document, .to = to};
}

static void place_list(struct name_list *out, const struct document *document, size_t label, size_t end)
{
    if (is_column_head(out, document, label, end)) {
        size_t line = document_line_of(document, label);
        out->place = (struct span){document->lines[line].end, column_end(out, document, line)};
        return;
    }
    static const char *const proxies[] = {"pouvoir*", "procuration*", "mandat*", "delegation*", "represente*", NULL};
    struct span word;
    out->place.start = label_end(document->folded, end);
    out->may_give = out->kind == LIST_PROXY || document_find(document, label, out->place.start, proxies, &word) >= 0;
    out->place.end = list_end(document, out->place.start);
    out->by_line = has_one_a_line(document, &out->place);
    out->by_place = names_places(document, &out->place);
}

/* « Pouvoirs : 0 » */
static bool counts_nobody(struct slice folded, size_t end)
{
    size_t at = skip_separators(folded, end);
    return at + 1 < folded.len && folded.bytes[at] == '0' && memchr(" \n\f/;,.", folded.bytes[at + 1], 7);
}

bool list_search_next(struct list_search *search, struct span skipped, struct name_list *out)
{
    struct span found;
    while (document_find_row(search->document, search->from, search->to, labels, LABELS, sizeof *labels, &found) >= 0) {
        size_t end;
        size_t at = found.start;
        search->from = at + 1;
        bool is_taken = at < search->done || (at >= skipped.start && at < skipped.end);
        const struct list_label *label = is_taken ? NULL : label_at(search->document, at, &end);
        if (!label || label->kind == LIST_STOP || counts_nobody(search->document->folded, end))
            continue;
        *out = (struct name_list){.kind = label->kind};
        place_list(out, search->document, at, end);
        search->done = out->place.end;
        return true;
    }
    return false;
}

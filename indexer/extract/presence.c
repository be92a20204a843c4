/* Who was present, who was absent, who voted for whom.
 *
 * A label opens a list (« Présents : », « Absents excusés : », « Ont donné procuration : »), the next label or the next
 * part of the act closes it. In brackets or after the name stand the proxies: « (reçoit pouvoir de R. DENUNCQ) »,
 * « donne pouvoir à M. le Maire ». Who gave a proxy is not counted as absent. Both ends of a proxy may be printed: it
 * is kept once. */
#include <string.h>

#include "base/utf8.h"
#include "extract/fields.h"
#include "extract/person.h"
#include "extract/presence_table.h"

enum {
    HEADER_BYTES = 12000, /* the largest assemblies list 250 names above the matter */
    MAX_LIST_BYTES = 9000,
    MAX_NAMES = 600,
    COLUMN_GAP = 2 /* blanks that divide two columns of a page */
};

enum list_kind { LIST_NONE, LIST_PRESENT, LIST_ABSENT, LIST_PROXY, LIST_STOP };

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

struct list {
    enum list_kind kind;
    struct span place; /* the names, after the label */
    bool by_line;      /* one name a line, not names wrapped over lines */
};

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
    return civility_at(folded, at) > 0 || document_is_capital_at(document, at) ||
           (folded.bytes[at] >= '0' && folded.bytes[at] <= '9');
}

/* A label opens a line, or follows a full stop or a dash within one. */
static bool may_open(const struct document *document, size_t at)
{
    struct slice folded = document->folded;
    size_t before = at;
    while (before > 0 && (folded.bytes[before - 1] == ' ' || folded.bytes[before - 1] == '*'))
        before--;
    bool is_degree = slice_ends(slice_range(folded, 0, before), SLICE("°")); /* « dont 3° procurations » */
    if (before == 0 || at - before >= COLUMN_GAP || memchr("\n\f.;-|", folded.bytes[before - 1], 6) ||
        ((unsigned char)folded.bytes[before - 1] >= 0x80 && !is_degree))
        return true;
    size_t end;
    static const char *const articles[] = {"les", "membres", "conseillers", NULL};
    size_t start = document->lines[document_line_of(document, at)].start;
    return phrases_at(folded, start, articles, &end) >= 0 && end + 1 >= at;
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
    if (colon != SLICE_NONE && colon < end + LONGEST_REST && colon < stop &&
        memchr(folded.bytes + end, ';', colon - end) == NULL && memchr(folded.bytes + end, ',', colon - end) == NULL)
        return colon + 1;
    return end;
}

static const struct list_label *label_at(const struct document *document, size_t at, size_t *end)
{
    if (!is_word_start(document->folded, at))
        return NULL;
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++) {
        *end = phrase_at(document->folded, at, labels[i].phrase);
        if (*end == SLICE_NONE)
            continue;
        if (!may_open(document, at))
            return NULL;
        bool below_matter =
            document->recital_line < document->line_count && at >= document->lines[document->recital_line].start;
        if (labels[i].kind == LIST_STOP || (labels[i].kind == LIST_PROXY && !below_matter) ||
            (ends_label(document, *end) && !below_matter))
            return &labels[i];
    }
    return NULL;
}

/* Whether the matter begins on this line: the list above it is over. */
static bool closes_list(const struct document *document, size_t line)
{
    enum line_kind kind = document->kinds[line];
    return kind == LINE_BODY || kind == LINE_OBJET || kind == LINE_RAPPORTEUR || kind == LINE_SECRETARY ||
           kind == LINE_SEANCE || kind == LINE_STAMP || kind == LINE_NUMBER;
}

/* « Commune de Valbrune | Monsieur Jean BERT »: a row of a table by communes. */
static bool opens_with_place(struct slice folded, size_t at)
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

/* The line on which the names begin: that of the label, or the next one that is not empty. */
static size_t first_line_of_list(const struct document *document, size_t start)
{
    enum { EMPTY_LINES = 4 };
    size_t line = document_line_of(document, start);
    size_t next = line + 1;
    if (skip_blanks(document->folded, start) < document->lines[line].end)
        return line;
    while (next <= line + EMPTY_LINES && line_is_empty(document, next))
        next++;
    return next < document->line_count && names_person(document, next) ? next : line + 1;
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
        if (line_start && line > first && closes_list(document, line))
            return at;
        bool after_blank = line_start && line > first && line_is_empty(document, line - 1);
        if (after_blank && document->kinds[line] != LINE_PRESENCE && civility_at(folded, at) == 0 &&
            !opens_with_place(folded, at))
            return at;
    }
    return to;
}

/* « R. DENUNCQ » and « DENUNCQ R. » are one: the words of a name without initials' dots, in byte order. */
static struct slice name_key(struct arena *arena, struct slice name)
{
    enum { MAX_WORDS = 8 };
    struct slice words[MAX_WORDS];
    size_t count = 0;
    struct buffer folded = {0};
    struct buffer key = {0};
    fold(&folded, name);
    struct slice text = buffer_get(&folded);
    for (size_t at = 0; at < text.len && count < MAX_WORDS; at++) {
        if (!is_word_start(text, at))
            continue;
        size_t end = at;
        while (end < text.len && is_word_byte(text.bytes[end]))
            end++;
        words[count++] = slice_range(text, at, end);
        at = end;
    }
    for (size_t i = 1; i < count; i++)
        for (size_t j = i; j > 0 && slice_compare(words[j], words[j - 1]) < 0; j--) {
            struct slice other = words[j];
            words[j] = words[j - 1];
            words[j - 1] = other;
        }
    for (size_t i = 0; i < count; i++)
        if (words[i].len > 2) /* initials are written in too many ways */
            buffer_add_slice(&key, words[i]);
    struct slice result = arena_copy(arena, buffer_get(&key));
    buffer_free(&folded);
    buffer_free(&key);
    return result;
}

static bool same_person(struct arena *arena, struct slice a, struct slice b)
{
    return slice_equal(name_key(arena, a), name_key(arena, b));
}

static bool is_listed(const struct text_list *list, struct slice name)
{
    for (size_t i = 0; i < list->count; i++)
        if (slice_equal(list->items[i], name))
            return true;
    return false;
}

/* Both ends may be printed: what stands with the giver is kept. */
static void add_proxy(struct act *act, struct slice giver, struct slice holder, bool by_giver)
{
    for (size_t i = 0; i < act->proxy_count; i++) {
        if (!same_person(act->arena, act->proxies[i].giver, giver))
            continue;
        if (by_giver && holder.len > 0)
            act->proxies[i] = (struct proxy){arena_copy(act->arena, giver), arena_copy(act->arena, holder)};
        return;
    }
    act_add_proxy(act, giver, holder);
}

/* « (reçoit pouvoir de R. DENUNCQ) », « donne pouvoir à X », « pouvoir M. X », « procuration à X », « par X », « à X »:
 * which way, and where the other name begins. */
static int proxy_words(struct slice folded, size_t from, size_t to, size_t *after)
{
    static const char *const words[] = {"recoi* pouvoir d*", "a pouvoir d*", "a recu pouvoir d*",
                                        "recoi* procuration d*", "porteur d* pouvoir d*", "pouvoir de", "mandataire d*",
                                        /* from here on the name before gives */
                                        "donne* pouvoir a", "donne* pouvoir pour voter en son nom a",
                                        "donne* procuration a", "pouvoir donne a", "procuration donnee a",
                                        "a donne pouvoir a", "a donne procuration a", "ont donne pouvoir a",
                                        "delegation de vote a", "donne* mandat a", "pouvoir a", "procuration a",
                                        "mandat a", "represente* par", "pouvoir", "procuration", NULL};
    enum { FIRST_GIVES = 7 };
    struct span span;
    int which = phrases_find(folded, from, to, words, &span);
    if (which < 0)
        return 0;
    *after = span.end;
    return which < FIRST_GIVES ? -1 : 1;
}

/* The name or office at `at`, as printed: « Monsieur le Maire » holds proxies too. */
static struct slice holder_at(const struct document *document, size_t at)
{
    struct span name;
    size_t start = skip_separators(document->folded, skip_space(document->folded, at));
    size_t office = office_at(document->folded, start + civility_at(document->folded, start));
    if (start < document->folded.len && document->folded.bytes[start] == '\'')
        start++;
    if (office != SLICE_NONE)
        return document_printed(document, start, office);
    if (person_at(document, start, &name) && name.start < start + 40)
        return document_printed(document, name.start, name.end);
    return (struct slice){0};
}

struct lists {
    struct text_list present;
    struct text_list absent;
    struct span present_place;
    struct span absent_place;
};

static void add_name(struct act *act, struct text_list *list, struct slice name)
{
    if (list->count < MAX_NAMES && !is_listed(list, name))
        text_list_add(act->arena, list, name);
}

/* « Commune de Valbrune Monsieur Jean BERT »: the item without the place that heads it; false when it names nobody. */
static bool skip_commune(const struct document *document, struct span *item)
{
    struct slice folded = document->folded;
    if (!opens_with_place(folded, item->start))
        return true;
    for (size_t at = item->start + 1; at < item->end; at++)
        if (is_word_start(folded, at) && civility_at(folded, at) > 0) {
            item->start = at;
            return true;
        }
    return false;
}

/* « CHARTRANGES : M. Éric VILLEPREUX, … », « Titulaires : »: past what heads the names of a row, a place or a quality
 * in one spelling; « L'ORPHELIN Samuel : MARCHÉ Damien » is a slip of the pen between two people. */
static size_t skip_heading(const struct document *document, const struct span *item)
{
    enum { LONGEST_HEADING = 45 };
    struct slice folded = document->folded;
    size_t line = document_line_of(document, item->start);
    size_t line_end = document->lines[line].end;
    size_t start = skip_to_word(folded, document->lines[line].start, line_end);
    size_t colon = slice_find_byte(folded, ':', item->start);
    if (start != skip_to_word(folded, item->start, line_end) || colon >= line_end || colon > start + LONGEST_HEADING ||
        civility_at(folded, start) > 0 || memchr(folded.bytes + start, ',', colon - start) ||
        memchr(folded.bytes + start, '(', colon - start))
        return item->start;
    size_t next = skip_blanks(folded, colon + 1);
    bool names = next >= line_end || civility_at(folded, next) > 0;
    bool capitals = document_is_capitals(document, start, colon);
    bool mixed = false; /* a word in capitals among others: the name of a person */
    for (size_t at = start; at < colon && !capitals; at++)
        mixed |= is_word_start(folded, at) && document_is_capital_at(document, at) && at + 1 < colon &&
                 is_word_byte(folded.bytes[at + 1]) && document_is_capital_at(document, at + 1);
    return names || (!mixed && document_is_capital_at(document, next)) ? colon + 1 : item->start;
}

/* « X, qui a donné pouvoir à Y », « X, pouvoir à Y »: the comma does not end what is said of X. */
static bool tells_of_proxy(struct slice folded, size_t at)
{
    static const char *const words[] = {"qui a donne*", "qui donne*",  "ayant donne*",  "a donne*",
                                        "donne*",       "pouvoir*",    "procuration*",  "represente*",
                                        "ayant remis",  "delegation*", "mandataire d*", NULL};
    size_t end;
    return phrases_at(folded, skip_space(folded, at), words, &end) >= 0;
}

static size_t word_end(struct slice folded, size_t at)
{
    while (at < folded.len && (is_word_byte(folded.bytes[at]) || folded.bytes[at] == '-' || folded.bytes[at] == '\''))
        at++;
    return at;
}

/* « Philippe ROUVIER - COROUGE »: among people with first names, a lone name in capitals after a dash is the second
 * part of a double name. */
static bool joins_names(const struct document *document, size_t start, size_t dash)
{
    struct slice folded = document->folded;
    size_t first = word_end(folded, start);
    size_t at = skip_space(folded, dash + 1);
    size_t end = word_end(folded, at);
    if (folded.bytes[dash] != '-' || first - start < 3 || document_is_capitals(document, start, first) ||
        skip_blanks(folded, first) >= dash || end - at < 3 || !document_is_capitals(document, at, end))
        return false;
    size_t next = skip_blanks(folded, end);
    return next >= folded.len || memchr("\n-,;(", folded.bytes[next], 5) || !document_is_capital_at(document, next);
}

/* One item of a list, with what stands in brackets after it. Returns where somebody else begins in it who is not
 * divided by a mark; else its end. */
static size_t read_item(struct act *act, const struct document *document, enum list_kind kind, struct span item,
                        struct lists *lists)
{
    static const char *const to[] = {"a", "par", NULL};
    struct slice folded = document->folded;
    struct span name;
    struct span link;
    size_t after = 0;
    item.start = skip_heading(document, &item);
    if (item.start >= item.end || !skip_commune(document, &item) || !person_at(document, item.start, &name) ||
        name.end > item.end + 1 || name.start > item.start + 60)
        return item.end;
    if (phrase_at(folded, skip_blanks(folded, name.end), "-") != SLICE_NONE &&
        joins_names(document, name.start, skip_blanks(folded, name.end)))
        name.end = word_end(folded, skip_space(folded, skip_blanks(folded, name.end) + 1));
    struct slice printed = document_printed(document, name.start, name.end);
    int way = proxy_words(folded, name.end, item.end, &after);
    if (way == 0 && kind == LIST_PROXY && document_find(document, name.end, item.end, to, &link) >= 0) {
        way = 1;
        after = link.end;
    }
    struct slice other = way ? holder_at(document, after) : (struct slice){0};
    if (way > 0)
        add_proxy(act, printed, other, true);
    else if (way < 0 && other.len > 0)
        add_proxy(act, other, printed, false);
    if (kind == LIST_PROXY && way == 0)
        add_proxy(act, printed, (struct slice){0}, true);
    if (kind == LIST_PRESENT && way <= 0)
        add_name(act, &lists->present, printed);
    if (kind == LIST_ABSENT && way <= 0)
        add_name(act, &lists->absent, printed);
    size_t next = skip_space(folded, name.end);
    bool others =
        way == 0 && kind != LIST_PROXY && next > name.end && next < item.end && document_is_capital_at(document, next);
    return others ? next : item.end;
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
    return lines >= FEWEST_LINES && marks * 2 < lines;
}

/* A dash or bullet that opens a line. */
static bool is_bullet(struct slice folded, size_t at)
{
    static const char *const bullets[] = {"- ", "– ", "• ", "* ", "· ", "▪ ", NULL};
    at = skip_blanks(folded, at);
    for (size_t i = 0; bullets[i]; i++)
        if (slice_starts(slice_skip(folded, at), slice_of(bullets[i])))
            return true;
    return false;
}

/* « a donné pouvoir à⏎Mme BERT »: the line ends within what it says of the proxy. */
static bool awaits_name(struct slice folded, size_t line_end)
{
    static const char *const words[] = {" a", " par", " de", " pouvoir", " procuration", " et", " mme", NULL};
    while (line_end > 0 && folded.bytes[line_end - 1] == ' ')
        line_end--;
    for (size_t i = 0; words[i]; i++)
        if (slice_ends(slice_range(folded, 0, line_end), slice_of(words[i])))
            return true;
    return false;
}

static bool gives_proxy(const struct document *document, size_t start)
{
    size_t after;
    size_t line = document_line_of(document, start);
    struct span name;
    return person_at(document, start, &name) && name.start < document->lines[line].end &&
           proxy_words(document->folded, start, document->lines[line].end, &after) > 0;
}

/* Whether start..end names giver and holder already. */
static bool names_two(const struct document *document, size_t start, size_t end)
{
    size_t after;
    return proxy_words(document->folded, start, end, &after) > 0 && holder_at(document, after).len > 0;
}

/* End of the item at `at`: a comma, semicolon, dash between blanks, « et », line end before a capital; brackets whole.
 */
static size_t item_end(const struct document *document, size_t at, const struct list *list)
{
    enum list_kind kind = list->kind;
    size_t to = list->place.end;
    struct slice folded = document->folded;
    for (size_t start = at; at < to; at++) {
        char byte = folded.bytes[at];
        if (byte == '(') {
            size_t close = slice_find_byte(folded, ')', at);
            at = close != SLICE_NONE && close < to ? close : at;
            continue;
        }
        if (byte == ',' && tells_of_proxy(folded, at + 1))
            continue;
        if (byte == ',' || byte == ';' || byte == '|')
            return at;
        if (byte == ':' && at > start && kind != LIST_PROXY)
            return at;
        bool blank_before = at > start && folded.bytes[at - 1] == ' ';
        bool is_sign = byte == '-' || byte == '/' || (unsigned char)byte == 0xE2 || (unsigned char)byte == 0xC2;
        if (blank_before && at + 1 < to && is_sign && !joins_names(document, start, at))
            return at;
        if (byte == '\n' && kind == LIST_PROXY && names_two(document, start, at) && gives_proxy(document, at + 1))
            return at;
        if (byte == '\n' && awaits_name(folded, at))
            continue;
        if (byte == '\n' && (list->by_line || is_bullet(folded, at + 1)))
            return at;
        if (blank_before && phrase_at(folded, at, "et") != SLICE_NONE && is_word_start(folded, at))
            return at;
        if (byte == '\n' && at + 1 < to && !line_is_empty(document, document_line_of(document, at)) &&
            (folded.bytes[at + 1] == '\n' || civility_at(folded, skip_space(folded, at)) > 0))
            return at;
    }
    return to;
}

static size_t next_item(struct slice folded, size_t at, size_t to)
{
    while (at < to && (!is_word_start(folded, at) || phrase_at(folded, at, "et") != SLICE_NONE ||
                       (folded.bytes[at] >= '0' && folded.bytes[at] <= '9')))
        at++;
    return at;
}

static void read_list(struct act *act, const struct document *document, const struct list *list, struct lists *lists)
{
    size_t at = list->place.start;
    while ((at = next_item(document->folded, at, list->place.end)) < list->place.end) {
        size_t end = item_end(document, at, list);
        size_t next = read_item(act, document, list->kind, (struct span){at, end}, lists);
        at = next < end ? next : end + 1;
    }
}

/* Names of those who gave a proxy are taken off the absent. */
static void drop_givers(struct act *act, struct text_list *absent)
{
    size_t kept = 0;
    for (size_t i = 0; i < absent->count; i++) {
        bool gave = false;
        for (size_t j = 0; j < act->proxy_count && !gave; j++)
            gave = same_person(act->arena, act->proxies[j].giver, absent->items[i]);
        if (!gave)
            absent->items[kept++] = absent->items[i];
    }
    absent->count = kept;
}

/* « Monsieur ROUGERON a donné pouvoir à Monsieur COUDEYRETTE. » on a line of its own, under no label. */
static void read_told_proxies(struct act *act, const struct document *document, size_t to)
{
    struct lists ignored = {0};
    for (size_t line = 0; line < document->line_count && document->lines[line].start < to; line++) {
        const struct line *place = &document->lines[line];
        if (document->kinds[line] == LINE_BODY)
            return;
        if (civility_at(document->folded, place->start) > 0 && gives_proxy(document, place->start))
            read_item(act, document, LIST_PROXY, (struct span){place->start, place->end}, &ignored);
    }
}

/* « MM. MARTRENCHAR, ROUCAYROL … formant la majorité des membres », « A. BERT, C. DENIS étaient présents. »: the names
 * stand before the words, in the same paragraph. */
static void read_closed_list(struct act *act, const struct document *document, struct lists *lists)
{
    static const char *const words[] = {"formant la majorite", "etaient present*", "etaient tous present*", NULL};
    enum { MIN_MARKS = 2 };
    struct slice folded = document->folded;
    struct span found;
    size_t to = folded.len < HEADER_BYTES ? folded.len : HEADER_BYTES;
    if (document_find(document, 0, to, words, &found) < 0)
        return;
    size_t line = document_line_of(document, found.start);
    while (line > 0 && !line_is_empty(document, line - 1) && document->kinds[line - 1] != LINE_SEANCE &&
           document->kinds[line - 1] != LINE_LETTERHEAD)
        line--;
    struct list list = {.kind = LIST_PRESENT, .place = {document->lines[line].start, found.start}};
    size_t colon = slice_find_byte(folded, ':', list.place.start);
    if (colon < found.start)
        list.place.start = colon + 1;
    size_t marks = 0;
    for (size_t at = list.place.start; at < list.place.end; at++)
        marks += folded.bytes[at] == ',' || folded.bytes[at] == ';';
    if (marks < MIN_MARKS)
        return;
    read_list(act, document, &list, lists);
    lists->present.read = true;
    lists->present_place = list.place;
}

/* « VASSEROT | Lydie » over two cells is VASSEROT Lydie. */
static struct slice name_in_cells(const struct document *document, size_t start, size_t end)
{
    size_t bar = slice_find_byte(document->folded, '|', start);
    if (bar >= end)
        return document_printed(document, start, end);
    struct slice first = document_printed(document, start, bar);
    struct slice rest = document_printed(document, bar + 1, end);
    return slice_of(arena_printf(document->arena, "%.*s %.*s", (int)first.len, first.bytes, (int)rest.len, rest.bytes));
}

/* The rows of a table of members; its place, which is empty when there is none. */
static struct span read_table(struct act *act, const struct document *document, size_t to, struct lists *lists)
{
    enum { FEWEST_ROWS = 2, EMPTY_LINES = 2 };
    struct presence_table table;
    struct span name;
    struct span holder;
    if (!presence_table_find(&table, document, to))
        return (struct span){0, 0};
    struct span place = {document->lines[table.head_line].start, document->lines[table.head_line].end};
    size_t rows = 0;
    for (size_t line = table.head_line + 1, empty = 0; line < document->line_count && empty <= EMPTY_LINES; line++) {
        enum table_status status = presence_table_row(&table, document, line, &name, &holder);
        empty = status == STATUS_NONE ? empty + 1 : 0;
        struct span person;
        if (status == STATUS_NONE || !person_at(document, name.start, &person))
            continue;
        place.end = document->lines[line].end;
        if (!table.is_aligned)
            continue;
        struct slice printed = name_in_cells(document, person.start, name.end);
        rows++;
        if (status == STATUS_PROXY)
            add_proxy(act, printed, holder.end > 0 ? holder_at(document, holder.start) : (struct slice){0}, true);
        else
            add_name(act, status == STATUS_PRESENT ? &lists->present : &lists->absent, printed);
    }
    if (rows < FEWEST_ROWS)
        return place;
    lists->present.read = lists->absent.read = true;
    lists->present_place = lists->absent_place = place;
    return place;
}

void extract_presence(struct act *act, const struct document *document)
{
    struct lists lists = {0};
    struct span proxies = {0, 0};
    size_t to = document->folded.len < HEADER_BYTES ? document->folded.len : HEADER_BYTES;
    bool given = act->proxies_read;
    struct span table = read_table(act, document, to, &lists);
    struct word_search search;
    size_t done = 0;
    word_search_begin(&search, &document->words, 0);
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
        word_search_add(&search, labels[i].phrase);
    for (size_t at; (at = word_search_next(&search)) < to;) {
        size_t end;
        bool is_taken = at < done || (at >= table.start && at < table.end);
        const struct list_label *label = is_taken ? NULL : label_at(document, at, &end);
        if (!label || label->kind == LIST_STOP)
            continue;
        struct list list = {.kind = label->kind, .place = {label_end(document->folded, end), 0}};
        list.place.end = list_end(document, list.place.start);
        list.by_line = has_one_a_line(document, &list.place);
        if (label->kind == LIST_PRESENT) {
            lists.present.read = true;
            lists.present_place = list.place;
        } else if (label->kind == LIST_ABSENT) {
            lists.absent.read = true;
            lists.absent_place = list.place;
        } else {
            proxies = list.place;
        }
        if (!given || label->kind != LIST_PROXY)
            read_list(act, document, &list, &lists);
        done = list.place.end;
    }
    if (!given)
        read_told_proxies(act, document, to);
    if (lists.present.count == 0)
        read_closed_list(act, document, &lists);
    drop_givers(act, &lists.absent);
    if (lists.present.count > 0 && document_claim(document, act, FIELD_PRESENT, SOURCE_LABEL, CONFIDENCE_MEDIUM,
                                                  lists.present_place.start, lists.present_place.end))
        act->present = lists.present;
    if (lists.absent.read && document_claim(document, act, FIELD_ABSENT, SOURCE_LABEL, CONFIDENCE_MEDIUM,
                                            lists.absent_place.start, lists.absent_place.end))
        act->absent = lists.absent;
    if (act->proxies_read && !given)
        document_claim(document, act, FIELD_PROXIES, SOURCE_LABEL, CONFIDENCE_MEDIUM, proxies.start, proxies.end);
}

/* Who was present, who was absent, who voted for whom.
 *
 * presence_lists.h finds the lists, this reads their names. In brackets or after the name stand the proxies: « (reçoit
 * pouvoir de R. DENUNCQ) », « donne pouvoir à M. le Maire ». Who gave a proxy is not counted as absent. Both ends of a
 * proxy may be printed: it is kept once. */
#include <string.h>

#include "base/utf8.h"
#include "extract/fields.h"
#include "extract/person.h"
#include "extract/presence_lists.h"
#include "extract/presence_table.h"

enum {
    HEADER_BYTES = 12000, /* the largest assemblies list 250 names above the matter */
    MAX_NAMES = 600
};

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

/* The name or office at `at`: « Monsieur le Maire » holds proxies too. Lines may break in it before `mark`. */
static bool holder_at(const struct document *document, size_t at, size_t mark, struct span *holder)
{
    size_t start = skip_separators(document->folded, skip_space(document->folded, at));
    size_t office = office_at(document->folded, start + civility_at(document->folded, start));
    if (start < document->folded.len && document->folded.bytes[start] == '\'')
        start++;
    *holder = (struct span){start, office};
    return office != SLICE_NONE || (person_before(document, start, mark, holder) && holder->start < start + 40);
}

static struct slice printed_holder(const struct document *document, size_t at, size_t mark)
{
    struct span holder;
    return holder_at(document, at, mark, &holder) ? document_printed(document, holder.start, holder.end)
                                                  : (struct slice){0};
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
static bool skip_place(const struct document *document, const struct name_list *list, struct span *item)
{
    struct slice folded = document->folded;
    bool is_place = opens_with_place(folded, item->start);
    if (!is_place && !list->by_place)
        return true;
    for (size_t at = item->start + 1; at < item->end; at++)
        if (is_word_start(folded, at) && civility_at(folded, at) > 0 && folded.bytes[at - 1] != '\'') {
            item->start = at;
            return true;
        }
    return !is_place;
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
    static const char *const words[] = {"qui",         "ayant donne*",  "a donne*",    "donne*",
                                        "pouvoir*",    "procuration*",  "represente*", "ayant remis",
                                        "delegation*", "mandataire d*", NULL};
    size_t end;
    return phrases_at(folded, skip_space(folded, at), words, &end) >= 0;
}

static size_t word_end(struct slice folded, size_t at)
{
    while (at < folded.len && (is_word_byte(folded.bytes[at]) || folded.bytes[at] == '-' || folded.bytes[at] == '\''))
        at++;
    return at;
}

/* « Luc MARTEVAL - ROUGEMAS »: among people with first names, a lone name in capitals after a dash is the second
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

/* « Paul MEUR → Anne LEGOFF », « MEUR Paul (LEGOFF Anne) » in a list of proxies. */
static int arrow_or_bracket(const struct document *document, size_t from, size_t to, size_t *after)
{
    static const char *const signs[] = {"→", "=>", "->", "("};
    struct slice folded = document->folded;
    size_t at = skip_blanks(folded, from);
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        struct slice sign = slice_of(signs[i]);
        struct span name;
        if (at < to && slice_starts(slice_skip(folded, at), sign) && person_at(document, at + sign.len, &name) &&
            name.end <= to && name.start <= at + sign.len + 2 && document_is_capital_at(document, name.start)) {
            *after = at + sign.len;
            return 1;
        }
    }
    return 0;
}

/* Which way a proxy goes that the words from..to tell, and where the other name begins; in a list of proxies « à » is
 * enough. 0 when they tell of none. */
static int proxy_way(const struct document *document, bool may_give, size_t from, size_t to, size_t *after)
{
    static const char *const links[] = {"a", "par", NULL};
    struct span link;
    int way = proxy_words(document->folded, from, to, after);
    if (way != 0 || !may_give)
        return way;
    if (document_find(document, from, to, links, &link) < 0)
        return arrow_or_bracket(document, from, to, after);
    *after = link.end;
    return 1;
}

/* Where lines may break in the names of an item: before the mark that closes it. An item at the end of its list, or in
 * one that has a name a line, is closed by none. */
static size_t closing_mark(const struct document *document, const struct name_list *list, struct span item)
{
    struct slice folded = document->folded;
    if (item.end >= list->place.end || list->by_line || list->has_columns ||
        folded.bytes[item.end] == ':') /* « …, Mme BERT⏎CERISIERS : M. DENIS » */
        return 0;
    bool is_mark = folded.bytes[item.end] != '\n' || civility_at(folded, skip_blanks(folded, item.end + 1)) > 0;
    return is_mark ? item.end : 0;
}

/* « Texte avec … », « Budget primitif » below the list: a capital, then the rest of a sentence. A name of one word is
 * in capitals, follows a civility or is followed by what it did. */
static bool is_sentence(const struct document *document, size_t start, const struct span *name)
{
    static const char *const additions[] = {"et",          "a",
                                            "qui",         "ayant",
                                            "adjoint*",    "maire*",
                                            "conseill*",   "president*",
                                            "excuse*",     "absent*",
                                            "arrive*",     "parti*",
                                            "donn*",       "represent*",
                                            "delegu*",     "suppleant*",
                                            "titulaire*",  "remplac*",
                                            "pouvoir*",    "procuration*",
                                            "par",         "vice-president*",
                                            "secretaire*", "jusqu*",
                                            "dit",         "ainsi",
                                            NULL};
    struct slice folded = document->folded;
    size_t next = skip_blanks(folded, name->end);
    size_t end;
    if (next == name->end || next >= folded.len || folded.bytes[next] < 'a' || folded.bytes[next] > 'z' ||
        document_is_capital_at(document, next) || memchr(folded.bytes + name->start, ' ', name->end - name->start))
        return false;
    return civility_at(folded, start) == 0 && !document_is_capitals(document, name->start, name->end) &&
           phrases_at(folded, next, additions, &end) < 0;
}

static bool is_followed_by_figure(struct slice folded, size_t at)
{
    at = skip_blanks(folded, at);
    if (slice_starts(slice_skip(folded, at), SLICE("°")))
        return true;
    return digit_at(folded, at);
}

/* « …, COLAS⏎Texte avec … »: the last name of the list, and a sentence on the next line. */
static void cut_at_sentence(const struct document *document, struct span *name)
{
    struct span last;
    size_t line_end = slice_find_byte(document->folded, '\n', name->start);
    if (line_end >= name->end)
        return;
    last = (struct span){skip_space(document->folded, line_end), name->end};
    if (is_sentence(document, last.start, &last))
        name->end = line_end;
}

static size_t name_end_before(struct slice folded, size_t end)
{
    while (end > 0 && (folded.bytes[end - 1] == ' ' || folded.bytes[end - 1] == '\n'))
        end--;
    return end;
}

/* « …, André MIRAL, Adjoints⏎Ghislaine TOUPAIN, … »: what the people above are stands before the next name. */
static void skip_office_line(const struct document *document, struct span *item)
{
    static const char *const offices[] = {"adjoint*", "conseiller*", "maire*",     "president*", "vice-president*",
                                          "delegue*", "titulaire*",  "suppleant*", NULL};
    size_t end;
    size_t line_end = slice_find_byte(document->folded, '\n', item->start);
    if (line_end < item->end && phrases_at(document->folded, item->start, offices, &end) >= 0)
        item->start = skip_to_word(document->folded, line_end, item->end);
}

/* « …, Yann MADEC⏎Rozenn TANGUY (pouvoir à …) »: where somebody else begins on the next line, without a mark between;
 * what is said there is not said of the first. `to` when nobody does. */
static size_t other_person_below(const struct document *document, enum list_kind kind, size_t name_end, size_t to)
{
    struct slice folded = document->folded;
    struct span other;
    size_t after;
    size_t next = skip_space(folded, name_end);
    if (kind == LIST_PROXY || next >= to || memchr(folded.bytes + name_end, '\n', next - name_end) == NULL ||
        !document_is_capital_at(document, next) || !person_at(document, next, &other) || other.start != next)
        return to;
    return proxy_words(folded, next, other.end, &after) == 0 ? next : to;
}

static bool names_nobody(struct slice folded, size_t at)
{
    static const char *const words[] = {"neant", "aucun*", "personne", "tous", "toutes", "sans objet", NULL};
    size_t end;
    return phrases_at(folded, at, words, &end) >= 0;
}

/* One item of a list, with what stands in brackets after it. Returns where somebody else begins in it who is not
 * divided by a mark; else its end. */
static size_t read_item(struct act *act, const struct document *document, const struct name_list *list,
                        struct span item, struct lists *lists)
{
    struct slice folded = document->folded;
    enum list_kind kind = list->kind;
    struct span name;
    size_t after = 0;
    item.start = skip_heading(document, &item);
    skip_office_line(document, &item);
    size_t mark = closing_mark(document, list, item);
    if (item.start >= item.end || names_nobody(folded, item.start) || !skip_place(document, list, &item) ||
        !person_before(document, item.start, mark, &name))
        return item.end;
    if (name.end > item.end) /* the next column, line or label */
        name.end = name_end_before(folded, item.end);
    cut_at_sentence(document, &name);
    if (is_followed_by_figure(folded, name.end)) /* « DÉCISION MODIFICATIVE N° 3 » */
        return item.end;
    if (name.end < name.start + 2 || name.start > item.start + 60 || is_sentence(document, item.start, &name))
        return item.end;
    if (phrase_at(folded, skip_blanks(folded, name.end), "-") != SLICE_NONE &&
        joins_names(document, name.start, skip_blanks(folded, name.end)))
        name.end = word_end(folded, skip_space(folded, skip_blanks(folded, name.end) + 1));
    struct slice printed = document_printed(document, name.start, name.end);
    size_t said_to = other_person_below(document, kind, name.end, item.end);
    int way = proxy_way(document, list->may_give, name.end, said_to, &after);
    struct slice other = way ? printed_holder(document, after, mark) : (struct slice){0};
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
    bool others = said_to < item.end || (way == 0 && kind != LIST_PROXY && next > name.end && next < item.end &&
                                         document_is_capital_at(document, next));
    return others ? next : item.end;
}

/* « a donné pouvoir à⏎Mme BERT »: the line ends within what it says of the proxy. */
static bool awaits_name(struct slice folded, size_t line_end)
{
    static const char *const words[] = {" a",  " par", " de", " pouvoir", " procuration", " et", " mme",
                                        " le", " la",  " du", NULL};
    while (line_end > 0 && folded.bytes[line_end - 1] == ' ')
        line_end--;
    for (size_t i = 0; words[i]; i++)
        if (slice_ends(slice_range(folded, 0, line_end), slice_of(words[i])))
            return true;
    return false;
}

/* « … à M. Joël⏎PERDUCHAT »: a civility and a first name, and one word alone on the next line. */
static bool awaits_surname(const struct document *document, size_t start, size_t line_end)
{
    struct slice folded = document->folded;
    size_t first = line_end;
    while (first > start && is_word_byte(folded.bytes[first - 1]))
        first--;
    size_t polite = first;
    while (polite > start && folded.bytes[polite - 1] == ' ')
        polite--;
    while (polite > start && folded.bytes[polite - 1] != ' ' && folded.bytes[polite - 1] != '\n')
        polite--;
    size_t next = skip_blanks(folded, line_end + 1);
    size_t end = word_end(folded, next);
    return first < line_end && polite < first && polite + civility_at(folded, polite) == first &&
           !document_is_capitals(document, first, line_end) && end > next && document_is_capital_at(document, next) &&
           (end >= folded.len || folded.bytes[end] == '\n');
}

static bool gives_proxy(const struct document *document, bool may_give, size_t start)
{
    size_t after;
    size_t line = document_line_of(document, start);
    struct span name;
    return person_at(document, start, &name) && name.start < document->lines[line].end &&
           proxy_way(document, may_give, start, document->lines[line].end, &after) > 0;
}

/* Whether start..end names giver and holder already. */
static bool names_two(const struct document *document, size_t start, size_t end)
{
    size_t after;
    struct span holder;
    return proxy_way(document, true, start, end, &after) > 0 && holder_at(document, after, 0, &holder) &&
           holder.end <= end;
}

/* « Lionel DEBELLE- Francis BERT », « BERT G.– DENIS S. »: a dash that is glued to the name before it alone. */
static bool is_glued_dash(const struct document *document, size_t start, size_t dash)
{
    struct slice folded = document->folded;
    bool is_long = slice_starts(slice_skip(folded, dash), SLICE("–"));
    size_t after = dash + (is_long ? strlen("–") : 1);
    if ((!is_long && folded.bytes[dash] != '-') || after >= folded.len || folded.bytes[after] != ' ' || dash == start)
        return false;
    if (is_long || folded.bytes[dash - 1] == '.')
        return true;
    size_t next = skip_blanks(folded, after);
    size_t word = dash;
    while (word > start && is_word_byte(folded.bytes[word - 1]))
        word--;
    return word < dash && document_is_capitals(document, word, dash) && document_is_capital_at(document, next) &&
           !document_is_capitals(document, next, word_end(folded, next));
}

static bool is_and(struct slice folded, size_t at, size_t *end)
{
    static const char *const words[] = {"et", "ainsi que", NULL};
    return phrases_at(folded, at, words, end) >= 0;
}

/* « M. BERT »; but « M. ; », the initial of the name above. */
static bool opens_with_civility(struct slice folded, size_t at)
{
    size_t polite = civility_at(folded, at);
    return polite > 0 && at + polite < folded.len && !memchr(",;/-)", folded.bytes[at + polite], 5);
}

/* End of the item at `at`, before `to`: a comma, semicolon, dash between blanks, « et », line end before a capital;
 * brackets whole. */
static size_t item_end(const struct document *document, size_t at, const struct name_list *list, size_t to)
{
    enum list_kind kind = list->kind;
    struct slice folded = document->folded;
    size_t end;
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
        bool opens_line = at > start && folded.bytes[at - 1] == '\n';
        bool is_sign = byte == '-' || byte == '/' || (unsigned char)byte == 0xE2 || (unsigned char)byte == 0xC2;
        bool is_arrow = kind == LIST_PROXY && slice_starts(slice_skip(folded, at), SLICE("→"));
        if ((blank_before || opens_line) && at + 1 < to && is_sign && !is_arrow && !joins_names(document, start, at))
            return at;
        if (is_glued_dash(document, start, at))
            return at;
        if (byte == '\n' && list->may_give && names_two(document, start, at) &&
            gives_proxy(document, true, skip_blanks(folded, at + 1)))
            return at;
        if (byte == '\n' && (awaits_name(folded, at) || awaits_surname(document, start, at)))
            continue;
        if (byte == '\n' && (list->by_line || is_bullet(folded, at + 1)))
            return at;
        if ((blank_before || opens_line) && is_word_start(folded, at) && is_and(folded, at, &end))
            return at;
        if (byte == '\n' && at + 1 < to && !line_is_empty(document, document_line_of(document, at)) &&
            (folded.bytes[at + 1] == '\n' || opens_with_civility(folded, skip_space(folded, at))))
            return at;
    }
    return to;
}

static size_t next_item(struct slice folded, size_t at, size_t to)
{
    while ((at = skip_to_word(folded, at, to)) < to) {
        size_t end = at + 1;
        bool digit = is_digit(folded.bytes[at]);
        if (is_word_start(folded, at) && !digit && !is_and(folded, at, &end))
            break;
        at = end;
    }
    return at < to ? at : to;
}

static void read_names(struct act *act, const struct document *document, const struct name_list *list,
                       struct span place, struct lists *lists)
{
    size_t at = place.start;
    while ((at = next_item(document->folded, at, place.end)) < place.end) {
        size_t end = item_end(document, at, list, place.end);
        size_t next = read_item(act, document, list, (struct span){at, end}, lists);
        at = next < end ? next : end + 1;
    }
}

static void read_list(struct act *act, const struct document *document, const struct name_list *list,
                      struct lists *lists)
{
    if (!list->has_columns) {
        read_names(act, document, list, list->place, lists);
        return;
    }
    for (size_t line = document_line_of(document, list->place.start) + 1;
         line < document->line_count && document->lines[line].start < list->place.end; line++)
        read_names(act, document, list, list_cell(list, document, line), lists);
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

/* « ROUGERON Guy donne pouvoir à COUDEYRETTE Luc. »: two names and nothing but these words between them. */
static bool tells_proxy_alone(const struct document *document, size_t line)
{
    static const char *const words[] = {"donne* pouvoir a",
                                        "a donne pouvoir a",
                                        "donne* procuration a",
                                        "a donne mandat a",
                                        "a donne procuration a",
                                        "avai* donne pouvoir a",
                                        NULL};
    struct span name;
    struct span holder;
    size_t after;
    size_t end = document->lines[line].end;
    return person_at(document, document->lines[line].start, &name) && name.start == document->lines[line].start &&
           name.end < end &&
           phrases_at(document->folded, skip_blanks(document->folded, name.end), words, &after) >= 0 &&
           holder_at(document, after, 0, &holder) && holder.end <= end && holder.end + 2 >= end;
}

/* « Monsieur ROUGERON a donné pouvoir à Monsieur COUDEYRETTE. » on a line of its own, under no label. */
static void read_told_proxies(struct act *act, const struct document *document, size_t to)
{
    struct lists ignored = {0};
    for (size_t line = 0; line < document->line_count && document->lines[line].start < to; line++) {
        const struct line *place = &document->lines[line];
        struct name_list list = {.kind = LIST_PROXY, .may_give = true, .place = {place->start, place->end}};
        size_t mark = place->start; /* behind it somebody else may be told of */
        while (mark < place->end && !memchr(",;/)", document->folded.bytes[mark], 4))
            mark++;
        if (document->kinds[line] == LINE_BODY)
            return;
        if ((civility_at(document->folded, place->start) > 0 && names_two(document, place->start, mark) &&
             gives_proxy(document, false, place->start)) ||
            tells_proxy_alone(document, line))
            read_item(act, document, &list, list.place, &ignored);
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
    struct name_list list = {.kind = LIST_PRESENT, .place = {document->lines[line].start, found.start}};
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

/* A full stop that ends no initial (« P. COLAS ») and no civility (« M. »). */
static bool ends_sentence_at(struct slice folded, size_t at)
{
    bool is_short = at < 2 || !is_word_byte(folded.bytes[at - 2]) ||
                    slice_ends(slice_range(folded, 0, at), SLICE("mm")) ||
                    slice_ends(slice_range(folded, 0, at), SLICE("mme"));
    return folded.bytes[at] == '.' && !is_short;
}

/* « Sous la présidence de M. BERT, étaient présents A. DENIS et P. COLAS, adjoints, ainsi que … .»: the names stand
 * after the words, up to the end of the sentence. */
static void read_told_list(struct act *act, const struct document *document, struct lists *lists)
{
    static const char *const words[] = {"etaient present*", "sont present*", NULL};
    struct slice folded = document->folded;
    struct span found;
    size_t to = folded.len < HEADER_BYTES ? folded.len : HEADER_BYTES;
    if (document_find(document, 0, to, words, &found) < 0)
        return;
    size_t start = skip_space(folded, found.end);
    size_t end = start;
    while (end < to && folded.bytes[end] != '\n' && !ends_sentence_at(folded, end))
        end++;
    struct name_list list = {.kind = LIST_PRESENT, .place = {start, end}};
    if (civility_at(folded, start) == 0 && !document_is_capital_at(document, start))
        return;
    read_list(act, document, &list, lists);
    lists->present.read = lists->present.count > 0;
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
        if (!presence_table_tells(&table, document, line))
            continue;
        struct slice printed = name_in_cells(document, person.start, name.end);
        rows++;
        if (status == STATUS_PROXY)
            add_proxy(act, printed, holder.end > 0 ? printed_holder(document, holder.start, 0) : (struct slice){0},
                      true);
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
    struct list_search search;
    struct name_list list;
    list_search_begin(&search, document, to);
    while (list_search_next(&search, table, &list)) {
        if (list.kind == LIST_PRESENT) {
            lists.present.read = true;
            lists.present_place = list.place;
        } else if (list.kind == LIST_ABSENT) {
            lists.absent.read = true;
            lists.absent_place = list.place;
        } else {
            proxies = list.place;
        }
        if (!given || list.kind != LIST_PROXY)
            read_list(act, document, &list, &lists);
    }
    if (!given)
        read_told_proxies(act, document, to);
    if (lists.present.count == 0)
        read_told_list(act, document, &lists);
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

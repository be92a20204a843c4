/* Named topics of the objet: a programme, plan or scheme that has a name of its own.
 *
 * Recognised by the table of acronyms (data/topics.tsv), by a definition in the text (« Campus des Métiers et des
 * Qualifications (CMQ) »), or because the text gives the words of the objet in quotation marks or again and again with
 * capitals; the last two only when nothing surer is found. The name is shown as the matter spells it, for objets are
 * often in plain capitals. */
#include <string.h>

#include "extract/fields.h"
#include "extract/phrase_set.h"
#include "french/stopwords.h"

enum {
    MAX_TOPICS = 8,
    MIN_NAME_WORDS = 2,
    MAX_NAME_BYTES = 120,
    MENTIONS = 3 /* a name in capitals counts from its third mention; once in quotation marks is enough twice */
};

static const char *const acronyms[] = {
#include "data/topics.inc"
    NULL};

static bool has_topic(const struct text_list *list, struct slice topic)
{
    struct buffer a = {0};
    struct buffer b = {0};
    bool found = false;
    fold(&a, topic);
    for (size_t i = 0; i < list->count && !found; i++) {
        buffer_clear(&b);
        fold(&b, list->items[i]);
        found = slice_find(buffer_get(&b), buffer_get(&a)) != SLICE_NONE;
    }
    buffer_free(&a);
    buffer_free(&b);
    return found;
}

static void add_topic(struct act *act, struct text_list *list, struct slice topic)
{
    if (list->count < MAX_TOPICS && !has_topic(list, topic))
        text_list_add(act->arena, list, topic);
}

/* Whether folded `words` stand in folded `text` as whole words, white space aside. */
static bool holds_words(struct slice text, struct slice words, struct arena *arena)
{
    const char *const phrase[] = {arena_string(arena, words), NULL};
    struct span span;
    return words.len > 0 && phrases_find(text, 0, text.len, phrase, &span) >= 0;
}

/* Folded, with single spaces. */
static struct slice folded_words(struct arena *arena, struct slice text)
{
    struct buffer folded = {0};
    struct buffer out = {0};
    fold(&folded, text);
    for (size_t i = 0; i < folded.len; i++) {
        bool space = folded.bytes[i] == ' ' || folded.bytes[i] == '\n';
        if (!space || (out.len > 0 && out.bytes[out.len - 1] != ' '))
            buffer_add_byte(&out, space ? ' ' : folded.bytes[i]);
    }
    struct slice words = arena_copy(arena, slice_trim(buffer_get(&out)));
    buffer_free(&folded);
    buffer_free(&out);
    return words;
}

enum { NAMED_TOPICS = sizeof acronyms / sizeof *acronyms - 1 };

/* A line of the table is « ACRONYM<TAB>name ». */
static void take_line(size_t topic, struct slice *acronym, struct slice *name)
{
    struct slice line = slice_of(acronyms[topic]);
    size_t tab = slice_find_byte(line, '\t', 0);
    *acronym = slice_range(line, 0, tab == SLICE_NONE ? line.len : tab);
    *name = slice_skip(line, acronym->len + 1);
}

/* The acronym and the name of each line, one after the other; made once for the whole run. */
static struct phrase_set *table_phrases(void)
{
    static struct phrase_set *set;
    if (set)
        return set;
    struct arena *arena = arena_new();
    set = phrase_set_new();
    for (size_t i = 0; i < NAMED_TOPICS; i++) {
        struct slice acronym;
        struct slice name;
        take_line(i, &acronym, &name);
        phrase_set_add(set, folded_words(arena, acronym));
        phrase_set_add(set, folded_words(arena, name));
    }
    arena_free(arena);
    return set;
}

/* Acronyms count only as printed in capitals (« SRU », not « sru »). */
static void topics_of_table(struct act *act, struct text_list *list, struct slice objet)
{
    bool is_said[NAMED_TOPICS][2] = {0};
    const struct phrase_found *found;
    size_t count = phrase_set_find(table_phrases(), objet, &found);
    for (size_t i = 0; i < count; i++)
        is_said[found[i].which / 2][found[i].which % 2] = true;
    for (size_t i = 0; i < NAMED_TOPICS; i++) {
        struct slice acronym;
        struct slice name;
        take_line(i, &acronym, &name);
        if (is_said[i][1] || (is_said[i][0] && slice_find(act->objet, acronym) != SLICE_NONE))
            add_topic(act, list, name);
    }
}

static size_t word_count(struct slice words)
{
    size_t count = 0;
    for (size_t at = 0; at < words.len; at++)
        count += is_word_start(words, at);
    return count;
}

/* Where the matter's words with a capital begin: names begin there. */
struct capitals {
    size_t *starts;
    size_t count;
    struct letter_pairs pairs;
};

static void find_capitals(struct capitals *out, const struct document *document)
{
    struct slice folded = document->folded;
    bool in_word = false;
    *out = (struct capitals){0};
    for (size_t at = 0; at < folded.len; at++) {
        bool starts = !in_word;
        in_word = is_word_byte(folded.bytes[at]);
        if (!in_word || !starts || !document_is_capital_at(document, at))
            continue;
        out->starts = arena_grow(document->arena, out->starts, out->count, sizeof *out->starts);
        out->starts[out->count++] = at;
        letter_pairs_add(&out->pairs, letter_pair(folded, at));
    }
}

/* How often the words stand in the matter with capitals that are not plain capitals. */
static size_t mentions(const struct document *document, const struct capitals *capitals, struct slice words,
                       struct span *first)
{
    size_t count = 0;
    size_t from = 0;
    if (!letter_pairs_have_at(&capitals->pairs, words, 0))
        return 0;
    const char *phrase = arena_string(document->arena, words);
    for (size_t i = 0; i < capitals->count; i++) {
        size_t start = capitals->starts[i];
        size_t end = start < from ? SLICE_NONE : phrase_at(document->folded, start, phrase);
        if (end == SLICE_NONE)
            continue;
        from = end;
        if (document_is_capitals(document, start, end))
            continue;
        if (count++ == 0)
            *first = (struct span){start, end};
    }
    return count;
}

/* « Industrie et Transition numérique » in quotation marks whose words are in the objet. */
static void topics_in_quotes(struct act *act, const struct document *document, const struct capitals *capitals,
                             struct text_list *list, struct slice objet)
{
    struct slice folded = document->folded;
    for (size_t at = 0; (at = slice_find_from(folded, SLICE("«"), at)) != SLICE_NONE; at += strlen("«")) {
        size_t close = slice_find_from(folded, SLICE("»"), at);
        if (close == SLICE_NONE || close - at > MAX_NAME_BYTES)
            continue;
        size_t start = at + strlen("«");
        struct slice words = slice_trim(slice_range(folded, start, close));
        struct span first;
        if (word_count(words) >= MIN_NAME_WORDS && holds_words(objet, folded_words(act->arena, words), act->arena) &&
            mentions(document, capitals, folded_words(act->arena, words), &first) >= 2)
            add_topic(act, list, document_printed(document, start, close));
    }
}

/* « Campus des Métiers et des Qualifications (CMQ) »: the words before the bracket whose initials make the acronym. */
static void topics_defined(struct act *act, const struct document *document, struct text_list *list, struct slice objet)
{
    enum { MIN_INITIALS = 3, MAX_INITIALS = 10 };
    struct slice folded = document->folded;
    for (size_t open = 0; (open = slice_find_byte(folded, '(', open)) != SLICE_NONE; open++) {
        size_t close = slice_find_byte(folded, ')', open);
        size_t initials = close == SLICE_NONE ? 0 : close - open - 1;
        if (initials < MIN_INITIALS || initials > MAX_INITIALS || !document_is_capitals(document, open + 1, close))
            continue;
        size_t at = open;
        size_t left = initials;
        while (left > 0 && at > 0 && open - at < MAX_NAME_BYTES && folded.bytes[at - 1] != '.') {
            at--;
            if (is_word_start(folded, at) && folded.bytes[at] == folded.bytes[open + left])
                left--;
        }
        if (left > 0)
            continue;
        struct slice words = folded_words(act->arena, slice_range(folded, at, open));
        if (word_count(words) >= MIN_NAME_WORDS && holds_words(objet, words, act->arena))
            add_topic(act, list, document_printed(document, at, open));
    }
}

/* The longest run of the objet's words that the matter repeats as a name. */
static void topics_repeated(struct act *act, const struct document *document, const struct capitals *capitals,
                            struct text_list *list, struct slice objet)
{
    for (size_t start = 0; start < objet.len; start++) {
        struct span first = {0, 0};
        size_t found = 0;
        if (!is_word_start(objet, start) || !letter_pairs_have_at(&capitals->pairs, objet, start))
            continue;
        for (size_t end = start + 1; end <= objet.len && end - start <= MAX_NAME_BYTES; end++) {
            struct slice words = slice_range(objet, start, end);
            struct span span;
            bool whole = end == objet.len || !is_word_byte(objet.bytes[end]);
            if (!whole || !is_word_byte(objet.bytes[end - 1]) || word_count(words) < MIN_NAME_WORDS)
                continue;
            size_t last = end;
            while (last > start && is_word_byte(objet.bytes[last - 1]))
                last--;
            if (mentions(document, capitals, words, &span) < MENTIONS)
                break;
            if (!is_stopword(slice_range(objet, last, end))) {
                found = end;
                first = span;
            }
        }
        if (found == 0)
            continue;
        size_t word_end = start;
        while (word_end < objet.len && is_word_byte(objet.bytes[word_end]))
            word_end++;
        if (!is_stopword(slice_range(objet, start, word_end)))
            add_topic(act, list, document_printed(document, first.start, first.end));
        start = found;
    }
}

void extract_topics(struct act *act, const struct document *document)
{
    struct text_list list = {0};
    struct capitals capitals;
    if (act->objet.len == 0)
        return;
    struct slice objet = folded_words(act->arena, act->objet);
    topics_of_table(act, &list, objet);
    topics_defined(act, document, &list, objet);
    if (list.count == 0)
        find_capitals(&capitals, document);
    if (list.count == 0)
        topics_in_quotes(act, document, &capitals, &list, objet);
    if (list.count == 0)
        topics_repeated(act, document, &capitals, &list, objet);
    if (list.count > 0 && document_claim(document, act, FIELD_TOPICS, SOURCE_HEURISTIC, CONFIDENCE_MEDIUM, 0, 0))
        act->topics = list;
}

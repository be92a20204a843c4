#include "snippet.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/utf8.h"
#include "french/stem.h"
#include "french/tokens.h"

enum {
    SNIPPET_BYTES = 230, /* two to three lines of a terminal */
    LEAD_BYTES = 90,     /* before the first word found, to begin at a sentence */
    MAX_MATCHES = 4000,  /* of one act: a long one is searched to here */
    MAX_WANTED = 64,
    MAX_PHRASE_WORDS = 16,    /* longer phrases are shown word by word */
    MAX_TEXT_BYTES = 4 << 20, /* of one act */
    FOLDED_LINE_BYTES = 400
};

/* The objet is shown anyway: a passage of the matter tells more. */
#define OBJET_WEIGHT 0.5F
/* What was decided tells more than what was proposed. */
#define DISPOSITIF_WEIGHT 1.25F
/* A phrase that was asked for as such tells more than its words here and there. */
#define PHRASE_WEIGHT 3.0F

struct match {
    uint32_t start; /* bytes in the text */
    uint32_t end;
    uint32_t position;
    uint16_t wanted;
    float weight; /* of its line */
};

/* The last words of the text, to see a phrase end. */
struct recent {
    char form[TOKEN_MAX_BYTES];
    size_t len;
    uint32_t start;
};

/* Which stems may be among some, told by their first two bytes, which a word shares with its stem (stem.h): few words
 * of a text need to be stemmed. */
enum { BEGINNING_BITS = 1024 };
struct beginnings {
    uint64_t bits[BEGINNING_BITS / 64];
};

struct snippeter {
    struct recent recent[MAX_PHRASE_WORDS]; /* by position modulo their number */
    const struct wanted_words *wanted;
    struct beginnings stems;   /* of the wanted ones */
    struct beginnings endings; /* of the last words of the wanted phrases */
    struct tokeniser *tokeniser;
    struct stemmer *stemmer;
    struct match *matches;
    size_t count;
    size_t room;
    double rarity[MAX_WANTED]; /* of each wanted word in this act */
};

static unsigned beginning_of(struct slice word)
{
    unsigned first = word.len > 0 ? (unsigned char)word.bytes[0] : 0;
    unsigned second = word.len > 1 ? (unsigned char)word.bytes[1] : 0;
    return (first << 5 | (second & 31)) % BEGINNING_BITS;
}

static void add_beginning(struct beginnings *beginnings, struct slice stem)
{
    unsigned bit = beginning_of(stem);
    beginnings->bits[bit / 64] |= (uint64_t)1 << bit % 64;
}

static bool may_begin(const struct beginnings *beginnings, struct slice word)
{
    unsigned bit = beginning_of(word);
    return beginnings->bits[bit / 64] >> bit % 64 & 1;
}

static struct slice last_word(struct slice phrase)
{
    size_t start = phrase.len;
    while (start > 0 && phrase.bytes[start - 1] != ' ')
        start--;
    return slice_skip(phrase, start);
}

struct snippeter *snippeter_new(const struct wanted_words *wanted, struct tokeniser *tokeniser, struct stemmer *stemmer)
{
    struct snippeter *snippeter = memory_alloc(sizeof *snippeter);
    snippeter->wanted = wanted;
    snippeter->tokeniser = tokeniser;
    snippeter->stemmer = stemmer;
    for (size_t i = 0; i < wanted->stems.count; i++)
        add_beginning(&snippeter->stems, wanted->stems.items[i]);
    for (size_t i = 0; i < wanted->phrases.count; i++)
        add_beginning(&snippeter->endings, last_word(wanted->phrases.items[i]));
    return snippeter;
}

void snippeter_free(struct snippeter *snippeter)
{
    if (!snippeter)
        return;
    free(snippeter->matches);
    free(snippeter);
}

/* --- what is found where
 * ------------------------------------------------------------------------------------------------ */

static int index_in(const struct text_list *list, struct slice word)
{
    for (size_t i = 0; i < list->count && i < MAX_WANTED; i++)
        if (slice_equal(list->items[i], word))
            return (int)i;
    return -1;
}

/* Which wanted word a token is; -1 when it is none. */
static int wanted_index(struct snippeter *snippeter, const struct token *token)
{
    const struct wanted_words *wanted = snippeter->wanted;
    int found = -1;
    if (may_begin(&snippeter->stems, token->form))
        found = index_in(&wanted->stems, stemmer_stem(snippeter->stemmer, token->form));
    if (found >= 0)
        return found;
    found = index_in(&wanted->exact, token->form);
    if (found >= 0)
        return (int)(((size_t)found + wanted->stems.count) % MAX_WANTED);
    for (size_t i = 0; i < wanted->prefixes.count; i++)
        if (slice_starts(token->form, wanted->prefixes.items[i]))
            return (int)((i + wanted->stems.count + wanted->exact.count) % MAX_WANTED);
    return -1;
}

static void remember(struct snippeter *snippeter, const struct token *token)
{
    struct recent *recent = &snippeter->recent[token->position % MAX_PHRASE_WORDS];
    recent->len = token->form.len < sizeof recent->form ? token->form.len : sizeof recent->form;
    memcpy(recent->form, token->form.bytes, recent->len);
    recent->start = token->start_bytes;
}

/* Where the phrase begins that the word at `position` ends; UINT32_MAX when it ends none. */
static uint32_t phrase_start(const struct snippeter *snippeter, struct slice phrase, uint32_t position)
{
    uint32_t start = UINT32_MAX;
    for (size_t words = 0; phrase.len > 0; words++, position--) {
        const struct recent *recent = &snippeter->recent[position % MAX_PHRASE_WORDS];
        struct slice stem = stemmer_stem(snippeter->stemmer, (struct slice){recent->form, recent->len});
        if (words == MAX_PHRASE_WORDS || stem.len == 0 || !slice_ends(phrase, stem))
            return UINT32_MAX;
        phrase.len -= stem.len;
        if (phrase.len > 0 && phrase.bytes[--phrase.len] != ' ')
            return UINT32_MAX;
        start = recent->start;
    }
    return start;
}

static size_t line_start(struct slice text, size_t at)
{
    while (at > 0 && text.bytes[at - 1] != '\n' && text.bytes[at - 1] != '\f')
        at--;
    return at;
}

static size_t line_end(struct slice text, size_t at)
{
    while (at < text.len && text.bytes[at] != '\n' && text.bytes[at] != '\f')
        at++;
    return at;
}

static bool opens_with(struct slice folded, const char *const *openings)
{
    for (; *openings; openings++)
        if (slice_starts(folded, slice_of(*openings)))
            return true;
    return false;
}

/* Names between commas or semicolons: most items are short and begin with a capital. */
static bool is_name_list(struct slice line)
{
    enum { FEW_NAMES = 4, LONGEST_NAME_BYTES = 45 };
    size_t items = 0;
    size_t names = 0;
    size_t size;
    for (size_t at = 0; at < line.len;) {
        size_t stop = at;
        while (stop < line.len && line.bytes[stop] != ',' && line.bytes[stop] != ';')
            stop++;
        while (at < stop && line.bytes[at] == ' ')
            at++;
        items++;
        names += at < stop && stop - at < LONGEST_NAME_BYTES && utf8_is_upper(utf8_decode(line, at, &size));
        at = stop + 1;
    }
    return names >= FEW_NAMES && names * 10 >= items * 7;
}

/* How much a line says of the matter. */
static float line_weight(struct slice text, size_t at)
{
    static const char *const presence[] = {
        "present",     "absent",      "etaient present", "excuse",     "pouvoir",
        "procuration", "represente",  "ont donne",       "secretaire", "membres present",
        "votants",     "en exercice", "mesdames",        "messieurs",  "mmes",
        "mm.",         NULL};
    static const char *const letterhead[] = {"republique",
                                             "departement de",
                                             "arrondissement",
                                             "canton",
                                             "accuse de reception",
                                             "envoye en",
                                             "recu en",
                                             "affiche le",
                                             "publie le",
                                             "id :",
                                             "extrait du registre",
                                             "convocation",
                                             "date de",
                                             "page ",
                                             "nombre de",
                                             "tel",
                                             NULL};
    static const char *const visas[] = {"vu ", "vu:", NULL};
    struct slice line = slice_trim(slice_range(text, line_start(text, at), line_end(text, at)));
    struct buffer folded = {0};
    float weight = 1;
    fold(&folded, slice_range(line, 0, line.len > FOLDED_LINE_BYTES ? FOLDED_LINE_BYTES : line.len));
    struct slice start = buffer_get(&folded);
    while (start.len > 0 && (start.bytes[0] == '-' || start.bytes[0] == ' ' || start.bytes[0] == '*'))
        start = slice_skip(start, 1);
    if (is_name_list(line) || opens_with(start, presence))
        weight = 0.05F;
    else if (opens_with(start, letterhead))
        weight = 0.3F;
    else if (opens_with(start, visas))
        weight = 0.6F;
    buffer_free(&folded);
    return weight;
}

/* Whether a line holds part of what a field was read from. */
static bool stands_in(const struct provenance *found, size_t start, size_t end)
{
    return found->end_bytes > 0 && start < found->end_bytes && end > found->start_bytes;
}

/* Whether the line stands where the decisions begin, or below. */
static bool is_in_dispositif(const struct act *act, size_t line)
{
    const struct provenance *decisions = &act->provenance[FIELD_DECISIONS];
    return decisions->end_bytes > 0 && line + 1 >= decisions->start_bytes;
}

/* Where the wanted phrase begins that the token ends; UINT32_MAX when it ends none. */
static uint32_t ended_phrase(struct snippeter *snippeter, const struct token *token)
{
    const struct text_list *phrases = &snippeter->wanted->phrases;
    uint32_t start = UINT32_MAX;
    if (phrases->count == 0 || token->alternate)
        return start;
    remember(snippeter, token);
    if (!may_begin(&snippeter->endings, token->form))
        return start;
    for (size_t i = 0; i < phrases->count && start == UINT32_MAX; i++)
        start = phrase_start(snippeter, phrases->items[i], token->position);
    return start;
}

static void add_match(struct snippeter *snippeter, struct match match)
{
    enum { FIRST_ROOM = 64 };
    if (snippeter->count == snippeter->room) {
        snippeter->room = snippeter->room > 0 ? 2 * snippeter->room : FIRST_ROOM;
        snippeter->matches = memory_resize(snippeter->matches, snippeter->room, sizeof *snippeter->matches);
    }
    snippeter->matches[snippeter->count++] = match;
}

static void find_matches(struct snippeter *snippeter, const struct act *act, struct slice text)
{
    struct token token;
    size_t weighed = SLICE_NONE;
    float weight = 1;
    snippeter->count = 0;
    memset(snippeter->recent, 0, sizeof snippeter->recent);
    tokeniser_begin(snippeter->tokeniser, text);
    while (snippeter->count < MAX_MATCHES && tokeniser_next(snippeter->tokeniser, &token)) {
        int index = wanted_index(snippeter, &token);
        uint32_t phrase = ended_phrase(snippeter, &token);
        float telling = phrase != UINT32_MAX ? PHRASE_WEIGHT : 1;
        if (phrase != UINT32_MAX) { /* the whole of it, in the place of its words */
            while (snippeter->count > 0 && snippeter->matches[snippeter->count - 1].start >= phrase)
                index = snippeter->matches[--snippeter->count].wanted;
            token.start_bytes = phrase;
        }
        if (index < 0)
            continue;
        size_t line = line_start(text, token.start_bytes);
        if (line != weighed) {
            weighed = line;
            weight = line_weight(text, line);
            weight *= is_in_dispositif(act, line) ? DISPOSITIF_WEIGHT : 1;
            weight *= stands_in(&act->provenance[FIELD_OBJET], line, line_end(text, line)) ? OBJET_WEIGHT : 1;
        }
        add_match(snippeter, (struct match){.start = token.start_bytes,
                                            .end = token.end_bytes,
                                            .position = token.position,
                                            .wanted = (uint16_t)index,
                                            .weight = weight * telling});
    }
}

static void weigh_words(struct snippeter *snippeter)
{
    unsigned found[MAX_WANTED] = {0};
    for (size_t i = 0; i < snippeter->count; i++)
        found[snippeter->matches[i].wanted]++;
    for (size_t i = 0; i < MAX_WANTED; i++)
        snippeter->rarity[i] = 1.0 / (1.0 + log(1.0 + found[i]));
}

/* --- the best window
 * ---------------------------------------------------------------------------------------------------------- */

struct window {
    size_t first; /* matches first..last */
    size_t last;
    double score;
};

/* Different words count most, then how many there are, then words that follow one another as in the question. */
static double score_window(const struct snippeter *snippeter, size_t first, size_t last, const bool *used)
{
    double best[MAX_WANTED] = {0};
    double score = 0;
    for (size_t i = first; i <= last; i++) {
        const struct match *match = &snippeter->matches[i];
        double value = snippeter->rarity[match->wanted] * (double)match->weight * (used[match->wanted] ? 0.3 : 1.0);
        best[match->wanted] = value > best[match->wanted] ? value : best[match->wanted];
        score += 0.05 * value;
        bool follows = i > first && match->position == match[-1].position + 1 && match->wanted != match[-1].wanted;
        score += follows ? 0.3 * value : 0;
    }
    for (size_t i = 0; i < MAX_WANTED; i++)
        score += best[i];
    return score;
}

static bool overlaps(const struct snippeter *snippeter, size_t first, const struct window *taken, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        uint32_t start = snippeter->matches[taken[i].first].start;
        uint32_t end = snippeter->matches[taken[i].last].end;
        uint32_t at = snippeter->matches[first].start;
        if (at + SNIPPET_BYTES > start && at < end + SNIPPET_BYTES)
            return true;
    }
    return false;
}

static bool best_window(struct window *out, const struct snippeter *snippeter, const struct window *taken, size_t count,
                        const bool *used)
{
    *out = (struct window){0};
    size_t last = 0;
    for (size_t first = 0; first < snippeter->count; first++) {
        last = last < first ? first : last;
        while (last + 1 < snippeter->count &&
               snippeter->matches[last + 1].end < snippeter->matches[first].start + SNIPPET_BYTES - LEAD_BYTES)
            last++;
        if (overlaps(snippeter, first, taken, count))
            continue;
        double score = score_window(snippeter, first, last, used);
        if (score > out->score)
            *out = (struct window){first, last, score};
    }
    return out->score > 0;
}

/* --- from window to quotation
 * ----------------------------------------------------------------------------------------------------- */

static bool is_space_at(struct slice text, size_t at)
{
    size_t size;
    return utf8_is_space(utf8_decode(text, at, &size));
}

/* The start of the sentence or list item that holds `at`, if it is near; else a word's, as far back as allowed. */
static size_t find_start(struct slice text, size_t at)
{
    size_t limit = at > LEAD_BYTES ? at - LEAD_BYTES : 0;
    size_t word = at;
    for (size_t start = at; start > limit; start--) {
        char before = text.bytes[start - 1];
        bool after_stop = start >= 2 && memchr("\n.;:", text.bytes[start - 2], 4);
        bool new_line = before == '\n' && (after_stop || text.bytes[start] == '-');
        bool sentence = before == ' ' && start >= 4 && memchr(".!?", text.bytes[start - 2], 3) &&
                        text.bytes[start - 3] != ' ' && text.bytes[start - 4] != ' ' && text.bytes[start - 4] != '.';
        if (new_line || before == '\f' || sentence)
            return start;
        if (before == ' ' || before == '\n')
            word = start;
    }
    return limit == 0 ? 0 : word;
}

static size_t find_end(struct slice text, size_t start, size_t at_least)
{
    size_t end = start + SNIPPET_BYTES > at_least ? start + SNIPPET_BYTES : at_least;
    if (end >= text.len)
        return text.len;
    for (size_t stop = end; stop > at_least && stop > start + SNIPPET_BYTES / 2; stop--)
        if (text.bytes[stop] == '\n' && stop + 1 < text.len && text.bytes[stop + 1] == '\n')
            return stop;
    while (end > at_least && text.bytes[end] != ' ' && text.bytes[end] != '\n')
        end--;
    while (end < text.len && ((unsigned char)text.bytes[end] & 0xC0) == 0x80)
        end++;
    return end;
}

struct quotation {
    struct buffer text;
    size_t length_cp;
    struct snippet *snippet;
    struct arena *arena;
    bool keeps_lines;
};

static void add_highlight(struct quotation *quotation, size_t start_cp, size_t end_cp)
{
    struct snippet *snippet = quotation->snippet;
    size_t count = snippet->highlight_count;
    if (count > 0 && snippet->highlights[count - 1].end_cp > start_cp) { /* alternates share a place */
        if (snippet->highlights[count - 1].end_cp < end_cp)
            snippet->highlights[count - 1].end_cp = (uint32_t)end_cp;
        return;
    }
    snippet->highlights = arena_grow(quotation->arena, snippet->highlights, count, sizeof *snippet->highlights);
    snippet->highlights[snippet->highlight_count++] = (struct highlight){(uint32_t)start_cp, (uint32_t)end_cp};
}

/* Add text[start..end) with its white space made single blanks. */
static void quote(struct quotation *quotation, struct slice text, size_t start, size_t end)
{
    size_t size;
    for (size_t at = start; at < end; at += size) {
        int32_t code_point = utf8_decode(text, at, &size);
        bool space = utf8_is_space(code_point) || code_point < 0x20;
        if (code_point == '\n' && quotation->keeps_lines) {
            buffer_add_byte(&quotation->text, '\n');
            quotation->length_cp++;
            continue;
        }
        if (space && (quotation->text.len == 0 || quotation->text.bytes[quotation->text.len - 1] == ' '))
            continue;
        if (space)
            buffer_add_byte(&quotation->text, ' ');
        else
            utf8_add_clean(&quotation->text, slice_range(text, at, at + size));
        quotation->length_cp++;
    }
}

static void add_string(struct quotation *quotation, const char *string)
{
    buffer_add_string(&quotation->text, string);
    quotation->length_cp += utf8_count(slice_of(string));
}

static bool starts_whole(struct slice text, size_t start)
{
    return start == 0 || text.bytes[start - 1] == '\n' || text.bytes[start - 1] == '\f' ||
           (start >= 2 && memchr(".!?", text.bytes[start - 2], 3));
}

static uint32_t page_at(const struct act *act, struct slice text, size_t at)
{
    uint32_t page = act->page_first;
    for (size_t i = 0; page > 0 && i < at; i++)
        page += text.bytes[i] == '\f';
    return page;
}

/* Add text[start..end) with the matches from `first` on that lie in it. */
static void quote_matches(struct quotation *quotation, const struct snippeter *snippeter, struct slice text,
                          size_t start, size_t end, size_t first)
{
    size_t at = start;
    for (size_t i = first; i < snippeter->count && snippeter->matches[i].end <= end; i++) {
        const struct match *match = &snippeter->matches[i];
        if (match->start < at && match->end <= at)
            continue;
        size_t from = match->start > at ? match->start : at;
        quote(quotation, text, at, from);
        size_t start_cp = quotation->length_cp;
        quote(quotation, text, from, match->end);
        add_highlight(quotation, start_cp, quotation->length_cp);
        at = match->end;
    }
    quote(quotation, text, at, end);
}

static void trim_end(struct buffer *text)
{
    while (text->len > 0 && memchr(" \n", text->bytes[text->len - 1], 2))
        text->bytes[--text->len] = '\0';
}

/* The passage from `start` that holds the matches from `first` on, as far as it reaches. */
static struct snippet make_snippet(struct snippeter *snippeter, struct arena *arena, const struct act *act,
                                   struct slice text, size_t start, size_t at_least, size_t first)
{
    struct snippet snippet = {.page = page_at(act, text, start)};
    struct quotation quotation = {.snippet = &snippet, .arena = arena};
    while (start < at_least && is_space_at(text, start))
        start++;
    size_t end = find_end(text, start, at_least);
    if (!starts_whole(text, start))
        add_string(&quotation, "… ");
    quote_matches(&quotation, snippeter, text, start, end, first);
    trim_end(&quotation.text);
    if (end < text.len && slice_trim(slice_skip(text, end)).len > 0)
        add_string(&quotation, " …");
    snippet.text = arena_copy(arena, buffer_get(&quotation.text));
    buffer_free(&quotation.text);
    return snippet;
}

static void add_snippet(struct snippets *out, struct arena *arena, struct snippet snippet)
{
    out->items = arena_grow(arena, out->items, out->count, sizeof *out->items);
    out->items[out->count++] = snippet;
}

/* Where the matter begins: the first telling line behind the objet. */
static size_t body_start(const struct act *act, struct slice text)
{
    enum { TELLING_BYTES = 60 };
    size_t from = act->provenance[FIELD_OBJET].end_bytes;
    from = from < text.len ? line_end(text, from) : 0;
    for (size_t at = from; at < text.len; at = line_end(text, at) + 1) {
        struct slice line = slice_trim(slice_range(text, at, line_end(text, at)));
        if (line.len >= TELLING_BYTES && line_weight(text, at) >= 1)
            return at;
    }
    return from;
}

/* Nothing of what was looked for is in the text: its objet, when that is what matched, else how the matter begins. */
static void without_matches(struct snippets *out, struct snippeter *snippeter, struct arena *arena,
                            const struct act *act, struct slice text)
{
    struct act no_provenance = {.page_first = 0};
    find_matches(snippeter, &no_provenance, act->objet);
    if (snippeter->count > 0 || slice_trim(text).len == 0) {
        if (act->objet.len > 0)
            add_snippet(out, arena, make_snippet(snippeter, arena, &no_provenance, act->objet, 0, act->objet.len, 0));
        return;
    }
    size_t start = body_start(act, text);
    add_snippet(out, arena, make_snippet(snippeter, arena, act, text, start, start, 0));
}

void snippets_find(struct snippets *out, struct snippeter *snippeter, struct arena *arena, const struct act *act,
                   struct slice text, size_t most)
{
    struct window taken[4];
    bool used[MAX_WANTED] = {false};
    size_t count = 0;
    *out = (struct snippets){0};
    if (most == 0)
        return;
    text = slice_range(text, 0, text.len > MAX_TEXT_BYTES ? MAX_TEXT_BYTES : text.len);
    find_matches(snippeter, act, text);
    weigh_words(snippeter);
    while (count < most && count < sizeof taken / sizeof *taken &&
           best_window(&taken[count], snippeter, taken, count, used)) {
        struct window *window = &taken[count++];
        for (size_t i = window->first; i <= window->last; i++)
            used[snippeter->matches[i].wanted] = true;
        size_t start = find_start(text, snippeter->matches[window->first].start);
        size_t first = window->first;
        while (first > 0 && snippeter->matches[first - 1].start >= start)
            first--;
        add_snippet(out, arena,
                    make_snippet(snippeter, arena, act, text, start, snippeter->matches[window->last].end, first));
    }
    if (out->count == 0)
        without_matches(out, snippeter, arena, act, text);
}

/* --- every place ------------------------------------------------------------------------------------------------- */

enum { MOST_PLACES = 1000 }; /* of one act */

static struct snippet make_plain(struct snippeter *snippeter, struct arena *arena, const struct act *act,
                                 struct slice text, size_t start, size_t end, size_t first, bool keeps_lines)
{
    struct snippet snippet = {.page = page_at(act, text, snippeter->matches[first].start)};
    struct quotation quotation = {.snippet = &snippet, .arena = arena, .keeps_lines = keeps_lines};
    quote_matches(&quotation, snippeter, text, start, end, first);
    trim_end(&quotation.text);
    snippet.text = arena_copy(arena, buffer_get(&quotation.text));
    buffer_free(&quotation.text);
    return snippet;
}

static size_t lines_above(struct slice text, size_t at, uint32_t count)
{
    size_t start = line_start(text, at);
    for (; count > 0 && start > 0 && text.bytes[start - 1] == '\n'; count--)
        start = line_start(text, start - 1);
    return start;
}

static size_t lines_below(struct slice text, size_t at, uint32_t count)
{
    size_t end = line_end(text, at);
    for (; count > 0 && end < text.len && text.bytes[end] == '\n'; count--)
        end = line_end(text, end + 1);
    return end;
}

/* The objet where the text has none of the words. */
static void places_begin(struct snippeter *snippeter, struct slice *text, const struct act **act, struct arena *arena)
{
    *text = slice_range(*text, 0, text->len > MAX_TEXT_BYTES ? MAX_TEXT_BYTES : text->len);
    find_matches(snippeter, *act, *text);
    if (snippeter->count > 0)
        return;
    *text = (*act)->objet;
    *act = act_new(arena);
    find_matches(snippeter, *act, *text);
}

void snippets_lines(struct snippets *out, struct snippeter *snippeter, struct arena *arena, const struct act *act,
                    struct slice text, uint32_t around)
{
    *out = (struct snippets){0};
    places_begin(snippeter, &text, &act, arena);
    for (size_t first = 0, next; first < snippeter->count && out->count < MOST_PLACES; first = next) {
        size_t start = lines_above(text, snippeter->matches[first].start, around);
        size_t end = lines_below(text, snippeter->matches[first].end, around);
        for (next = first + 1;
             next < snippeter->count && lines_above(text, snippeter->matches[next].start, around) <= end + 1; next++)
            end = lines_below(text, snippeter->matches[next].end, around);
        add_snippet(out, arena, make_plain(snippeter, arena, act, text, start, end, first, true));
    }
}

static size_t code_points_before(struct slice text, size_t at, uint32_t count)
{
    for (; count > 0 && at > 0 && text.bytes[at - 1] != '\f'; count--)
        do
            at--;
        while (at > 0 && ((unsigned char)text.bytes[at] & 0xC0) == 0x80);
    return at;
}

static size_t code_points_after(struct slice text, size_t at, uint32_t count)
{
    size_t size;
    for (; count > 0 && at < text.len && text.bytes[at] != '\f'; count--, at += size)
        utf8_decode(text, at, &size);
    return at;
}

void snippets_kwic(struct snippets *out, struct snippeter *snippeter, struct arena *arena, const struct act *act,
                   struct slice text, uint32_t around_cp)
{
    *out = (struct snippets){0};
    places_begin(snippeter, &text, &act, arena);
    size_t count = snippeter->count;
    for (size_t i = 0; i < count && out->count < MOST_PLACES; i++) {
        const struct match *match = &snippeter->matches[i];
        if (i > 0 && match->start < match[-1].end) /* another reading of the same word */
            continue;
        snippeter->count = i + 1; /* only this one is shown */
        add_snippet(out, arena,
                    make_plain(snippeter, arena, act, text, code_points_before(text, match->start, around_cp),
                               code_points_after(text, match->end, around_cp), i, false));
        snippeter->count = count;
    }
}

void snippets_pages(struct snippets *out, struct snippeter *snippeter, struct arena *arena, const struct act *act,
                    struct slice text)
{
    *out = (struct snippets){0};
    text = slice_range(text, 0, text.len > MAX_TEXT_BYTES ? MAX_TEXT_BYTES : text.len);
    find_matches(snippeter, act, text);
    uint32_t page = act->page_first;
    size_t first = 0;
    for (size_t start = 0, end; start < text.len; start = end + 1) {
        end = slice_find_byte(text, '\f', start);
        end = end == SLICE_NONE ? text.len : end;
        struct snippet snippet = {.page = page > 0 ? page++ : 0};
        struct quotation quotation = {.snippet = &snippet, .arena = arena, .keeps_lines = true};
        while (first < snippeter->count && snippeter->matches[first].start < start)
            first++;
        quote_matches(&quotation, snippeter, text, start, end, first);
        snippet.text = arena_copy(arena, buffer_get(&quotation.text));
        buffer_free(&quotation.text);
        add_snippet(out, arena, snippet);
    }
}

/* --- pieces ----------------------------------------------------------------------------------------------------- */

bool snippet_next_piece(struct snippet_walk *walk)
{
    struct slice text = walk->snippet->text;
    size_t start = walk->at_byte;
    size_t end = text.len;
    walk->is_found = false;
    if (walk->next < walk->snippet->highlight_count) {
        const struct highlight *highlight = &walk->snippet->highlights[walk->next];
        walk->is_found = highlight->start_cp == walk->at_cp;
        uint32_t end_cp = walk->is_found ? highlight->end_cp : highlight->start_cp;
        walk->next += walk->is_found;
        end = utf8_skip(text, start, end_cp - walk->at_cp);
        walk->at_cp = end_cp;
    }
    walk->piece = slice_range(text, start, end);
    walk->at_byte = end;
    return walk->piece.len > 0;
}

#include "french/acronyms.h"

#include "base/utf8.h"
#include "french/normalise.h"
#include "french/stopwords.h"

enum {
    WINDOW_BYTES = 160,   /* of text beside a parenthesis: names are shorter */
    LONGEST_INSIDE = 160, /* of a parenthesis */
    WORDS_MAX = 64
};

struct words {
    struct buffer folded;
    struct slice items[WORDS_MAX];
    size_t count;
};

/* The words of a piece of text; of more than WORDS_MAX the last ones would be lost, but a window is shorter. */
static void read_words(struct words *out, struct slice text)
{
    buffer_clear(&out->folded);
    out->count = 0;
    fold(&out->folded, text);
    struct slice folded = buffer_get(&out->folded);
    for (size_t at = 0; at < folded.len && out->count < WORDS_MAX;) {
        size_t end = at;
        while (end < folded.len && is_folded_word_byte(folded.bytes[end]))
            end++;
        if (end > at)
            out->items[out->count++] = slice_range(folded, at, end);
        at = end + 1;
    }
}

/* Two to ten letters, most of them capitals. */
static bool is_acronym(struct slice text)
{
    size_t size;
    size_t letters = 0;
    size_t capitals = 0;
    for (size_t at = 0; at < text.len; at += size) {
        int32_t code_point = utf8_decode(text, at, &size);
        if (!utf8_is_letter(code_point))
            return false;
        letters++;
        capitals += utf8_is_upper(code_point);
    }
    return letters >= ACRONYM_SHORTEST && letters <= ACRONYM_LONGEST && capitals >= 2 && capitals * 2 > letters;
}

/* Whether the words from `first` on say the letters in order; every word that is not small must. */
static bool spells(const struct words *name, size_t first, size_t end, struct slice letters)
{
    size_t letter = 0;
    for (size_t i = first; i < end; i++) {
        if (letter < letters.len && name->items[i].bytes[0] == letters.bytes[letter])
            letter++;
        else if (!is_stopword(name->items[i]))
            return false;
    }
    return letter == letters.len;
}

/* Say the words first..end as the name of the acronym. */
static void tell(const struct words *name, size_t first, size_t end, struct slice acronym, acronym_visit *visit,
                 void *payload)
{
    struct buffer joined = {0};
    for (size_t i = first; i < end; i++) {
        buffer_add_string(&joined, i > first ? " " : "");
        buffer_add_slice(&joined, name->items[i]);
    }
    visit(acronym, buffer_get(&joined), payload);
    buffer_free(&joined);
}

static size_t window_start(struct slice text, size_t end)
{
    size_t start = end > WINDOW_BYTES ? end - WINDOW_BYTES : 0;
    while (start < end && ((unsigned char)text.bytes[start] & 0xC0) == 0x80)
        start++;
    return start;
}

/* « name (ACRONYM) »: the words just before, as few of them as spell it. */
static void find_name_before(struct words *words, struct slice text, size_t open, struct slice acronym,
                             acronym_visit *visit, void *payload)
{
    read_words(words, slice_range(text, window_start(text, open), open));
    for (size_t count = 2; count <= ACRONYM_NAME_WORDS && count <= words->count; count++) {
        size_t first = words->count - count;
        if (!is_stopword(words->items[first]) && spells(words, first, words->count, acronym)) {
            tell(words, first, words->count, acronym, visit, payload);
            return;
        }
    }
}

/* « ACRONYM (name) »: all the words inside. */
static void find_name_inside(struct words *words, struct slice inside, struct slice acronym, acronym_visit *visit,
                             void *payload)
{
    read_words(words, inside);
    if (words->count >= 2 && words->count <= ACRONYM_NAME_WORDS && spells(words, 0, words->count, acronym))
        tell(words, 0, words->count, acronym, visit, payload);
}

static struct slice word_before(struct slice text, size_t end)
{
    while (end > 0 && text.bytes[end - 1] == ' ')
        end--;
    size_t start = end;
    while (start > 0 && (unsigned char)text.bytes[start - 1] > ' ' && end - start <= ACRONYM_LONGEST * 2)
        start--;
    return slice_range(text, start, end);
}

void acronyms_find(struct slice text, acronym_visit *visit, void *payload)
{
    struct words words = {0};
    struct buffer folded = {0};
    for (size_t open = 0; (open = slice_find_byte(text, '(', open)) != SLICE_NONE; open++) {
        size_t close = slice_find_byte(
            slice_range(text, 0, open + LONGEST_INSIDE < text.len ? open + LONGEST_INSIDE : text.len), ')', open);
        if (close == SLICE_NONE)
            continue;
        struct slice inside = slice_trim(slice_range(text, open + 1, close));
        bool acronym_inside = is_acronym(inside);
        struct slice acronym = acronym_inside ? inside : word_before(text, open);
        if (!acronym_inside && !is_acronym(acronym))
            continue;
        buffer_clear(&folded);
        fold(&folded, acronym);
        if (acronym_inside)
            find_name_before(&words, text, open, buffer_get(&folded), visit, payload);
        else
            find_name_inside(&words, inside, buffer_get(&folded), visit, payload);
    }
    buffer_free(&words.folded);
    buffer_free(&folded);
}

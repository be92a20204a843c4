#include "french/tokens.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/utf8.h"

enum {
    MAX_PARTS = 12,              /* of one written word; more go on as parts of the next */
    MAX_PENDING = 3 * MAX_PARTS, /* a part may have two alternates */
    MAX_INCLUSIVE_BYTES = 7,     /* « trices » */
    MAX_ACRONYM_LETTERS = 12
};

struct pending {
    char bytes[TOKEN_MAX_BYTES];
    struct token token;
};

struct tokeniser {
    struct slice original;
    struct normal_text normal;
    struct slice folded;
    size_t at;
    uint32_t position; /* of the next token that is no alternate */
    bool goes_on;      /* the next word is a part of the last one */
    struct pending pending[MAX_PENDING];
    size_t count;
    size_t given;
};

struct tokeniser *tokeniser_new(void)
{
    return memory_alloc(sizeof(struct tokeniser));
}

void tokeniser_free(struct tokeniser *tokeniser)
{
    if (!tokeniser)
        return;
    normal_text_free(&tokeniser->normal);
    free(tokeniser);
}

void tokeniser_begin(struct tokeniser *tokeniser, struct slice text)
{
    normalise(&tokeniser->normal, text, NORMALISE_FOLD);
    tokeniser->original = text;
    tokeniser->folded = buffer_get(&tokeniser->normal.text);
    tokeniser->at = 0;
    tokeniser->position = 0;
    tokeniser->goes_on = false;
    tokeniser->count = tokeniser->given = 0;
}

/* --- characters of the folded text ------------------------------------------------------------------------------ */

static char byte_at(const struct tokeniser *t, size_t at)
{
    return at < t->folded.len ? t->folded.bytes[at] : '\0';
}

/* Bytes of the letter or digit at `at`; 0 when there is none. */
static size_t word_char(const struct tokeniser *t, size_t at)
{
    unsigned char byte = (unsigned char)byte_at(t, at);
    size_t size;
    if ((byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9'))
        return 1;
    if (byte < 0x80)
        return 0;
    int32_t code_point = utf8_decode(t->folded, at, &size);
    return utf8_is_letter(code_point) || utf8_is_digit(code_point) ? size : 0;
}

static size_t run_end(const struct tokeniser *t, size_t at)
{
    for (size_t size; (size = word_char(t, at)) > 0;)
        at += size;
    return at;
}

static size_t digits_end(const struct tokeniser *t, size_t at)
{
    while (is_digit(byte_at(t, at)))
        at++;
    return at;
}

static size_t blanks_end(const struct tokeniser *t, size_t at)
{
    while (byte_at(t, at) == ' ')
        at++;
    return at;
}

static bool all_digits(const struct tokeniser *t, size_t start, size_t end)
{
    return digits_end(t, start) >= end;
}

static bool has_digit(const struct tokeniser *t, size_t start, size_t end)
{
    for (; start < end; start++)
        if (is_digit(t->folded.bytes[start]))
            return true;
    return false;
}

static bool is_capital(const struct tokeniser *t, size_t at)
{
    size_t size;
    return at < t->folded.len && utf8_is_upper(utf8_decode(t->original, t->normal.origin[at], &size));
}

static bool is(const struct tokeniser *t, size_t start, size_t end, const char *word)
{
    return slice_equal(slice_range(t->folded, start, end), slice_of(word));
}

/* --- what comes out ----------------------------------------------------------------------------------------------- */

static size_t cut_length(struct slice form)
{
    size_t len = form.len;
    if (len <= TOKEN_MAX_BYTES)
        return len;
    len = TOKEN_MAX_BYTES;
    while (len > 0 && ((unsigned char)form.bytes[len] & 0xC0) == 0x80)
        len--;
    return len;
}

static void add(struct tokeniser *t, struct slice form, size_t start, size_t end, bool alternate, bool part)
{
    if (t->count == MAX_PENDING || form.len == 0)
        return;
    while (end < t->folded.len && t->normal.origin[end] == t->normal.origin[end - 1])
        end++; /* « ½ » is three characters folded: a word ends where the printed character does */
    struct pending *pending = &t->pending[t->count++];
    size_t len = cut_length(form);
    memcpy(pending->bytes, form.bytes, len);
    pending->token = (struct token){
        .form = {pending->bytes, len},
        .start_bytes = t->normal.origin[start],
        .end_bytes = t->normal.origin[end],
        .position = alternate ? t->position - 1 : t->position++,
        .kind = is_digit(form.bytes[0]) ? TOKEN_NUMBER : TOKEN_WORD,
        .alternate = alternate,
        .part = part,
    };
}

static void add_range(struct tokeniser *t, size_t start, size_t end, bool alternate, bool part)
{
    add(t, slice_range(t->folded, start, end), start, end, alternate, part);
}

/* Two runs of the folded text made one word. */
static void add_joined(struct tokeniser *t, size_t start, size_t end, size_t next, size_t next_end, bool alternate)
{
    char bytes[2 * TOKEN_MAX_BYTES];
    size_t first = end - start > TOKEN_MAX_BYTES ? TOKEN_MAX_BYTES : end - start;
    size_t second = next_end - next > TOKEN_MAX_BYTES ? TOKEN_MAX_BYTES : next_end - next;
    memcpy(bytes, t->folded.bytes + start, first);
    memcpy(bytes + first, t->folded.bytes + next, second);
    add(t, (struct slice){bytes, first + second}, start, next_end, alternate, alternate ? false : t->goes_on);
}

/* --- elisions ------------------------------------------------------------------------------------------------------
 */

static bool is_elision(const struct tokeniser *t, size_t start, size_t end)
{
    static const char *const elided[] = {"c",  "d",     "j",      "l",      "m",      "n",      "s",      "t",
                                         "qu", "jusqu", "lorsqu", "puisqu", "quoiqu", "quelqu", "presqu", NULL};
    for (size_t i = 0; elided[i]; i++)
        if (is(t, start, end, elided[i]))
            return true;
    return false;
}

/* « aujourd'hui », « prud'homme », « presqu'île », « entr'ouvert »: one word in spite of the apostrophe. */
static bool stays_whole(const struct tokeniser *t, size_t start, size_t end, size_t next, size_t next_end)
{
    struct slice rest = slice_range(t->folded, next, next_end);
    if (is(t, start, end, "aujourd"))
        return slice_equal(rest, SLICE("hui"));
    if (is(t, start, end, "prud"))
        return slice_starts(rest, SLICE("hom"));
    if (is(t, start, end, "presqu"))
        return slice_starts(rest, SLICE("il")) && rest.len >= strlen("ile");
    return is(t, start, end, "entr") || is(t, start, end, "grand");
}

/* A run followed by an apostrophe and a word: true when it was dealt with, *at being where to go on. */
static bool take_apostrophe(struct tokeniser *t, size_t start, size_t end, size_t *at)
{
    size_t next = end + 1;
    if (byte_at(t, end) != '\'' || word_char(t, next) == 0)
        return false;
    size_t next_end = run_end(t, next);
    if (stays_whole(t, start, end, next, next_end)) {
        add_joined(t, start, end, next, next_end, false);
        *at = next_end;
        return true;
    }
    if (is(t, start, end, "o")) { /* O'Brien */
        add_joined(t, start, end, next, next_end, false);
        add_range(t, next, next_end, true, false);
        *at = next_end;
        return true;
    }
    if (!is_elision(t, start, end))
        return false;
    *at = next;
    return true;
}

/* L'ORPHELIN, D'ANGIO may be names written without the apostrophe elsewhere. */
static bool is_elided_name(const struct tokeniser *t, size_t start)
{
    return start >= 2 && t->folded.bytes[start - 1] == '\'' && is_capital(t, start) && is_capital(t, start - 2) &&
           (t->folded.bytes[start - 2] == 'l' || t->folded.bytes[start - 2] == 'd') &&
           (start < 3 || word_char(t, start - 3) == 0);
}

/* --- acronyms, articles of law, numbers ------------------------------------------------------------------------------
 */

/* « S.I.V.O.M. », « J.C. »: single letters with a dot after each (the last may lack it). End, or `at`. */
static size_t acronym_end(const struct tokeniser *t, size_t at)
{
    size_t letters = 0;
    size_t next = at;
    while (letters < MAX_ACRONYM_LETTERS && byte_at(t, next) >= 'a' && byte_at(t, next) <= 'z' &&
           word_char(t, next + 1) == 0) {
        letters++;
        if (byte_at(t, next + 1) != '.') {
            next++;
            break;
        }
        next += 2;
    }
    bool whole = word_char(t, next) == 0 || letters == MAX_ACRONYM_LETTERS;
    return letters >= 2 && whole ? next : at;
}

static void add_acronym(struct tokeniser *t, size_t start, size_t end)
{
    char letters[MAX_ACRONYM_LETTERS];
    size_t count = 0;
    for (size_t at = start; at < end; at++)
        if (t->folded.bytes[at] != '.')
            letters[count++] = t->folded.bytes[at];
    add(t, (struct slice){letters, count}, start, end, false, t->goes_on);
}

/* « L. 2121-29 », « L 2121-29 », « R.123-4 »: where the digits begin; SLICE_NONE when it is no article of law. */
static size_t article_digits(const struct tokeniser *t, size_t start, size_t end)
{
    enum { SURE_DIGITS = 3 };
    if (end - start != 1 || !memchr("lrda", t->folded.bytes[start], 4))
        return SLICE_NONE;
    bool dot = byte_at(t, end) == '.';
    size_t digits = blanks_end(t, end + dot);
    size_t after = digits_end(t, digits);
    if (after == digits || digits == end)
        return SLICE_NONE;
    bool sure = after - digits >= SURE_DIGITS && byte_at(t, after) == '-' && is_digit(byte_at(t, after + 1));
    return dot || (sure && t->folded.bytes[start] != 'a') ? digits : SLICE_NONE;
}

/* « 8 800 », « 1.234.567 »: groups of three digits after a first of one to three, all with the same divider. */
static size_t grouped_end(const struct tokeniser *t, size_t start, size_t end)
{
    char divider = byte_at(t, end);
    if (end - start > 3 || (divider != ' ' && divider != '.'))
        return end;
    for (size_t next = end; byte_at(t, next) == divider;) {
        size_t group_end = digits_end(t, next + 1);
        if (group_end != next + 4 || (group_end < t->folded.len && word_char(t, group_end) > 0))
            break;
        next = end = group_end;
    }
    return end;
}

/* « ,50 » after the whole part; a full stop counts only before two digits that nothing follows. */
static size_t decimals_end(const struct tokeniser *t, size_t end)
{
    char divider = byte_at(t, end);
    size_t after = digits_end(t, end + 1);
    size_t count = after - end - 1;
    if ((divider != ',' && divider != '.') || count == 0 || word_char(t, after) > 0)
        return end;
    if (divider == '.' &&
        (count != 2 || byte_at(t, after) == '.' || byte_at(t, after) == '-' || byte_at(t, after) == '/'))
        return end;
    return count <= 3 ? after : end;
}

static bool take_amount(struct tokeniser *t, size_t start, size_t *at)
{
    char bytes[TOKEN_MAX_BYTES];
    size_t count = 0;
    size_t plain = digits_end(t, start);
    size_t whole = grouped_end(t, start, plain);
    size_t end = decimals_end(t, whole);
    if (end == plain || word_char(t, end) > 0)
        return false;
    for (size_t i = start; i < whole && count < sizeof bytes; i++)
        if (is_digit(t->folded.bytes[i]))
            bytes[count++] = t->folded.bytes[i];
    size_t integer = count;
    bool fraction = false;
    for (size_t i = whole + 1; i < end; i++)
        fraction |= t->folded.bytes[i] != '0';
    for (size_t i = whole; fraction && i < end && count < sizeof bytes; i++)
        bytes[count++] = i == whole ? '.' : t->folded.bytes[i];
    add(t, (struct slice){bytes, count}, start, end, false, t->goes_on);
    if (fraction)
        add(t, (struct slice){bytes, integer}, start, end, true, false);
    *at = end;
    return true;
}

/* « 1er », « 2ème », « 3e »: also found by the number. */
static bool is_ordinal(const struct tokeniser *t, size_t digits, size_t end)
{
    static const char *const endings[] = {"er", "ere", "re", "e", "eme", "nd", "nde", "es", "emes", NULL};
    for (size_t i = 0; endings[i]; i++)
        if (is(t, digits, end, endings[i]))
            return true;
    return false;
}

/* « 18h30 », as « 18 h 30 »: the minutes begin after the h; SLICE_NONE otherwise. */
static size_t minutes_at(const struct tokeniser *t, size_t digits, size_t end)
{
    bool hour = byte_at(t, digits) == 'h' && end == digits + 3 && is_digit(byte_at(t, digits + 1));
    return hour ? digits + 1 : SLICE_NONE;
}

/* --- words
 * ------------------------------------------------------------------------------------------------------------ */

/* One mark of an inclusive spelling after a word: the letters of the ending (« e » in « ·e » or « (e) ») and where it
 * ends. False when there is none. */
static bool inclusive_at(const struct tokeniser *t, size_t at, size_t *start, size_t *end, size_t *after)
{
    static const char *const plain[] = {"e", "es", "s", "ne", "le", "te", "ere", "trice", "rice", "euse", "ive", NULL};
    bool dot = slice_starts(slice_skip(t->folded, at), SLICE("·"));
    if (!dot && byte_at(t, at) != '(' && byte_at(t, at) != '.' && byte_at(t, at) != '-')
        return false; /* nearly all words */
    *start = at + (dot ? strlen("·") : 1);
    *end = run_end(t, *start);
    *after = *end;
    if (*end == *start || *end - *start > MAX_INCLUSIVE_BYTES || has_digit(t, *start, *end))
        return false;
    if (dot)
        return true;
    if (byte_at(t, at) == '(') {
        *after = *end + 1;
        return byte_at(t, *end) == ')';
    }
    for (size_t i = 0; plain[i]; i++)
        if (is(t, *start, *end, plain[i]))
            return byte_at(t, at) == '.' ? (byte_at(t, *end) == '.' || word_char(t, *end) == 0) && *end - *start < 6
                                         : is(t, *start, *end, "e") && is(t, *end, *end + 2, "-s");
    return false;
}

/* The feminine of `base` by its ending: conseiller + ere, citoyen + ne, directeur + rice, tous + tes. */
static size_t feminine(char *out, struct slice base, struct slice ending)
{
    size_t keep = base.len;
    char first = ending.bytes[0];
    char last = base.len > 0 ? base.bytes[base.len - 1] : '\0';
    if (slice_ends(base, SLICE("teur")) && slice_ends(ending, SLICE("rice"))) {
        keep = base.len - (ending.bytes[0] == 't' ? 4 : 3);
    } else if (last == 's' && first == 't') {
        keep = base.len - 1;
    } else if (ending.len > 1 && !(ending.len == 2 && first == last)) {
        for (size_t i = base.len; i-- > 1;)
            if (base.bytes[i] == first) {
                keep = i;
                break;
            }
    }
    keep = keep > TOKEN_MAX_BYTES ? TOKEN_MAX_BYTES : keep;
    memcpy(out, base.bytes, keep);
    memcpy(out + keep, ending.bytes, ending.len);
    return keep + ending.len;
}

/* « élu·e·s », « habitant(e)s », « conseiller.ère.s »: both words. True when it was one. */
static bool take_inclusive(struct tokeniser *t, size_t start, size_t end, size_t *at)
{
    size_t ending;
    size_t ending_end;
    size_t after;
    size_t plural;
    size_t plural_end;
    char form[2 * TOKEN_MAX_BYTES];
    if (end - start < 2 || has_digit(t, start, end) || !inclusive_at(t, end, &ending, &ending_end, &after))
        return false;
    bool is_plural = false;
    size_t stop = after;
    if (byte_at(t, after) == 's' && byte_at(t, end) == '(' && word_char(t, after + 1) == 0) {
        is_plural = true;
        stop = after + 1;
    } else if (inclusive_at(t, after, &plural, &plural_end, &stop) && is(t, plural, plural_end, "s")) {
        is_plural = true;
    } else if (byte_at(t, end) == '-' && is(t, after, after + 2, "-s")) {
        is_plural = true;
        stop = after + 2;
    } else {
        stop = after;
    }
    struct slice base = slice_range(t->folded, start, end);
    bool s_only = is(t, ending, ending_end, "s");
    base.len = cut_length(base); /* what comes after its limit is no part of a token */
    size_t len = base.len;
    memcpy(form, base.bytes, len);
    if (is_plural && form[len - 1] != 's' && form[len - 1] != 'x')
        form[len++] = 's';
    add(t, (struct slice){form, len}, start, stop, false, t->goes_on);
    len = s_only ? base.len : feminine(form, base, slice_range(t->folded, ending, ending_end));
    if (s_only || (is_plural && form[len - 1] != 's'))
        form[len++] = 's';
    add(t, (struct slice){form, len}, start, stop, true, false);
    *at = stop;
    return true;
}

/* A word cut by a hyphen at a line end goes on in small letters: where; SLICE_NONE when it does not. */
static size_t next_line_word(const struct tokeniser *t, size_t end)
{
    if (byte_at(t, end) != '-')
        return SLICE_NONE;
    size_t next = blanks_end(t, end + 1);
    if (byte_at(t, next) != '\n')
        return SLICE_NONE;
    next = blanks_end(t, next + 1);
    bool small = byte_at(t, next) >= 'a' && byte_at(t, next) <= 'z' && !is_capital(t, next);
    return small || is_digit(byte_at(t, next)) ? next : SLICE_NONE;
}

/* What joins two parts of one written word: - _ / and, between digits, also « . » and « / » with blanks around. */
static size_t joiner_end(const struct tokeniser *t, size_t start, size_t end)
{
    char byte = byte_at(t, end);
    if ((byte == '-' || byte == '_' || byte == '/') && word_char(t, end + 1) > 0)
        return end + 1;
    bool digit = end > start && is_digit(t->folded.bytes[end - 1]);
    if (byte == '.' && digit && is_digit(byte_at(t, end + 1)))
        return end + 1;
    size_t slash = blanks_end(t, end);
    if (digit && byte_at(t, slash) == '/' && is_digit(byte_at(t, blanks_end(t, slash + 1))))
        return blanks_end(t, slash + 1);
    size_t line = digit ? next_line_word(t, end) : SLICE_NONE;
    return line != SLICE_NONE && is_digit(byte_at(t, line)) ? line : SLICE_NONE;
}

/* « co-voiturage » is looked for as covoiturage too: all the parts as one, when they are letters. */
static void add_compound_form(struct tokeniser *t, size_t start, size_t end)
{
    char form[TOKEN_MAX_BYTES];
    size_t len = 0;
    size_t dashes = 0;
    for (size_t at = start; at < end; at++) {
        char byte = t->folded.bytes[at];
        if (byte == '-')
            dashes++;
        else if (is_digit(byte) || len == sizeof form || byte == '_' || byte == '/' || byte == '\n' || byte == '\'')
            return;
        else
            form[len++] = byte;
    }
    if (dashes > 0)
        add(t, (struct slice){form, len}, start, end, true, false);
}

/* The end of a written word of several parts, for the form that joins them. */
static size_t compound_end(const struct tokeniser *t, size_t start, size_t end)
{
    for (size_t parts = 1; parts < MAX_PARTS; parts++) {
        if (byte_at(t, end) != '-' || word_char(t, end + 1) == 0)
            break;
        end = run_end(t, end + 1);
    }
    return end > start ? end : start;
}

static void add_plain(struct tokeniser *t, size_t start, size_t end)
{
    size_t digits = digits_end(t, start);
    size_t minutes = digits > start ? minutes_at(t, digits, end) : SLICE_NONE;
    if (minutes != SLICE_NONE) {
        add_range(t, start, digits, false, t->goes_on);
        add_range(t, start, end, true, false);
        add_range(t, minutes, end, false, true);
        return;
    }
    bool first = !t->goes_on;
    add_range(t, start, end, false, t->goes_on);
    if (digits > start && digits < end && is_ordinal(t, digits, end))
        add_range(t, start, digits, true, false);
    if (first && is_elided_name(t, start))
        add_joined(t, start - 2, start - 1, start, end, true);
    if (first && byte_at(t, end) == '-')
        add_compound_form(t, start, compound_end(t, start, end));
}

/* « 18 h 30 »: the h between two numbers says nothing. */
static bool is_hour_mark(const struct tokeniser *t, size_t start, size_t end)
{
    return is(t, start, end, "h") && start >= 2 && t->folded.bytes[start - 1] == ' ' &&
           is_digit(t->folded.bytes[start - 2]) && byte_at(t, end) == ' ' && is_digit(byte_at(t, end + 1));
}

/* « n° 12 »: the n° is no word. */
static bool is_number_sign(const struct tokeniser *t, size_t start, size_t end)
{
    return is(t, start, end, "n") && slice_starts(slice_skip(t->folded, end), SLICE("°"));
}

/* A word that goes on after a line end: the whole, and both halves in case the hyphen is its own. */
static bool take_cut_word(struct tokeniser *t, size_t start, size_t end, size_t *at)
{
    size_t next = next_line_word(t, end);
    if (next == SLICE_NONE || is_digit(byte_at(t, next)) || all_digits(t, start, end))
        return false;
    size_t next_end = run_end(t, next);
    add_joined(t, start, end, next, next_end, false);
    add_range(t, start, end, true, false);
    add_range(t, next, next_end, true, false);
    *at = next_end;
    return true;
}

static bool take_article(struct tokeniser *t, size_t start, size_t end, size_t *at)
{
    size_t digits = article_digits(t, start, end);
    if (digits == SLICE_NONE)
        return false;
    size_t digits_stop = run_end(t, digits);
    add_joined(t, start, end, digits, digits_stop, false);
    *at = digits_stop;
    return true;
}

/* The written word, or the part of one, at `start`: its tokens are pending afterwards. */
static void take_word(struct tokeniser *t, size_t start)
{
    size_t at = acronym_end(t, start);
    size_t end = run_end(t, start);
    if (at > start && article_digits(t, start, end) == SLICE_NONE) {
        add_acronym(t, start, at);
    } else if (is_hour_mark(t, start, end) || is_number_sign(t, start, end)) {
        at = end;
    } else if (is_digit(t->folded.bytes[start]) && !t->goes_on && take_amount(t, start, &at)) {
        ;
    } else if (!take_apostrophe(t, start, end, &at) && !take_article(t, start, end, &at) &&
               !take_inclusive(t, start, end, &at) && !take_cut_word(t, start, end, &at)) {
        add_plain(t, start, end);
        at = end;
    }
    size_t joined = t->count > 0 ? joiner_end(t, start, at) : SLICE_NONE;
    t->goes_on = joined != SLICE_NONE;
    t->at = t->goes_on ? joined : at;
}

static void fill(struct tokeniser *t)
{
    t->count = t->given = 0;
    while (t->count == 0 && t->at < t->folded.len) {
        size_t size = word_char(t, t->at);
        if (size > 0) {
            take_word(t, t->at);
        } else {
            utf8_decode(t->folded, t->at, &size);
            t->at += size;
            t->goes_on = false;
        }
    }
}

bool tokeniser_next(struct tokeniser *tokeniser, struct token *token)
{
    if (tokeniser->given == tokeniser->count)
        fill(tokeniser);
    if (tokeniser->given == tokeniser->count)
        return false;
    *token = tokeniser->pending[tokeniser->given++].token;
    return true;
}

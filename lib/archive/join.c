#include "archive/join.h"

#include <string.h>

#include "act/act_id.h"
#include "base/sha256.h"
#include "french/normalise.h"

enum {
    KEY_FIGURES = 16,    /* of the hash: enough to tell apart what one archive holds */
    MAX_NAME_BYTES = 120 /* of a council's or a file's name, for a key */
};

bool act_is_row(const struct act *act)
{
    return act->source_line > 0;
}

/* --- what a name or a number comes to ---------------------------------------------------------------------------- */

static bool is_one_of(struct slice word, const char *const *words)
{
    for (; *words; words++)
        if (slice_equal(word, slice_of(*words)))
            return true;
    return false;
}

static struct slice next_word(struct slice *rest)
{
    size_t start = 0;
    while (start < rest->len && !is_folded_word_byte(rest->bytes[start]))
        start++;
    size_t end = start;
    while (end < rest->len && is_folded_word_byte(rest->bytes[end]))
        end++;
    struct slice word = slice_range(*rest, start, end);
    *rest = slice_skip(*rest, end);
    return word;
}

/* « CC du Val d'Arvette » is « Communauté de communes du Val d'Arvette », « Ville de Die » is « Die »; but no commune
 * is its community. */
static const char *spelled_out(struct slice word, bool is_first)
{
    static const struct {
        const char *word, *full;
        bool must_be_first;
    } short_words[] = {{"cc", "communaute-communes", true},
                       {"ca", "communaute-agglomeration", true},
                       {"cu", "communaute-urbaine", true},
                       {"st", "saint", false},
                       {"ste", "sainte", false},
                       {"commune", "", true},
                       {"ville", "", true},
                       {"mairie", "", true}};
    for (size_t i = 0; i < sizeof short_words / sizeof *short_words; i++)
        if (slice_equal(word, slice_of(short_words[i].word)) && (is_first || !short_words[i].must_be_first))
            return short_words[i].full;
    return NULL;
}

static void add_word(struct buffer *out, struct slice word)
{
    if (word.len == 0)
        return;
    if (out->len > 0)
        buffer_add_byte(out, '-');
    buffer_add_slice(out, word);
}

/* The words of a council's name that tell it from others: without articles, or what stands in brackets. */
static struct slice council_core(struct arena *arena, struct slice council)
{
    static const char *const articles[] = {"de", "du", "des", "d", "l", "la", "le", "les", "et", NULL};
    struct buffer folded = {0};
    struct buffer core = {0};
    fold(&folded, council);
    struct slice rest = buffer_get(&folded);
    size_t bracket = slice_find_byte(rest, '(', 0);
    if (bracket != SLICE_NONE && bracket > 0)
        rest.len = bracket;
    bool is_first = true;
    for (struct slice word; (word = next_word(&rest)).len > 0 && core.len < MAX_NAME_BYTES; is_first = false) {
        const char *full = spelled_out(word, is_first);
        if (full || !is_one_of(word, articles))
            add_word(&core, full ? slice_of(full) : word);
    }
    struct slice result = arena_copy(arena, buffer_get(&core));
    buffer_free(&folded);
    buffer_free(&core);
    return result;
}

/* What two writings of a number share, « 2023-045 », « DEL2023_45 » and « 45 »: its figures without zeros before them
 * and without the year of the act. Letters stand apart: both may have them, and then they must be the same. */
struct number_parts {
    struct slice figures;
    struct slice letters;
};

static struct slice run_of(struct slice *rest, bool *is_figures)
{
    size_t end = 0;
    *is_figures = is_digit(rest->bytes[0]);
    while (end < rest->len && rest->bytes[end] != '-' && is_digit(rest->bytes[end]) == *is_figures)
        end++;
    struct slice run = slice_range(*rest, 0, end);
    *rest = slice_skip(*rest, end > 0 ? end : 1);
    return run;
}

static bool is_year(struct slice figures, int year)
{
    int value = 0;
    for (size_t i = 0; figures.len == 4 && i < figures.len; i++)
        value = value * 10 + (figures.bytes[i] - '0');
    return year > 0 && value == year;
}

static struct number_parts parts_of(struct arena *arena, const struct act *act)
{
    struct buffer figures = {0};
    struct buffer letters = {0};
    struct slice rest = canonical_number(arena, act->number);
    bool is_figures;
    while (rest.len > 0) {
        struct slice run = run_of(&rest, &is_figures);
        if (is_figures && is_year(run, act->date ? date_year(act->date) : 0))
            continue;
        while (is_figures && run.len > 1 && run.bytes[0] == '0')
            run = slice_skip(run, 1);
        add_word(is_figures ? &figures : &letters, run);
    }
    struct number_parts parts = {arena_copy(arena, buffer_get(&figures)), arena_copy(arena, buffer_get(&letters))};
    buffer_free(&figures);
    buffer_free(&letters);
    return parts;
}

/* --- keys -------------------------------------------------------------------------------------------------------- */

static struct slice hashed(struct arena *arena, const char *key)
{
    return slice_range(arena_copy(arena, slice_of(sha256_of(slice_of(key)).hex)), 0, KEY_FIGURES);
}

static int hex_value(char byte)
{
    const char *figures = "0123456789abcdef";
    const char *found = byte ? strchr(figures, byte | 0x20) : NULL;
    return is_digit(byte) ? byte - '0' : found ? (int)(found - figures) : -1;
}

/* The name at the end of a path or an address, folded, without what follows its point; "" when it has no figure, which
 * a name that tells one act from another has (« deliberation.pdf » and « download » have none). */
static struct slice file_name_core(struct arena *arena, struct slice path)
{
    struct buffer plain = {0};
    struct buffer folded = {0};
    size_t start = 0;
    size_t end = path.len;
    bool has_figure = false;
    for (size_t at = 0; at < path.len && (path.bytes[at] != '?' && path.bytes[at] != '#'); at++)
        end = at + 1;
    for (size_t at = 0; at < end; at++)
        start = path.bytes[at] == '/' ? at + 1 : start;
    for (size_t at = start; at < end; at++) {
        int high = path.bytes[at] == '%' && at + 2 < end ? hex_value(path.bytes[at + 1]) : -1;
        int low = high >= 0 ? hex_value(path.bytes[at + 2]) : -1;
        buffer_add_byte(&plain, low >= 0 ? (char)(high * 16 + low) : path.bytes[at]);
        at += low >= 0 ? 2 : 0;
    }
    fold(&folded, buffer_get(&plain));
    struct slice name = buffer_get(&folded);
    if (slice_ends(name, SLICE(".gz")))
        name.len -= 3;
    for (size_t at = name.len; at > 1 && name.len - at < 6; at--)
        if (name.bytes[at - 1] == '.') {
            name.len = at - 1;
            break;
        }
    for (size_t i = 0; i < name.len; i++)
        has_figure |= is_digit(name.bytes[i]);
    struct slice core = has_figure ? arena_copy(arena, slice_range(name, 0, MAX_NAME_BYTES)) : (struct slice){0};
    buffer_free(&plain);
    buffer_free(&folded);
    return core;
}

void joinable_of(struct joinable *out, struct arena *arena, const struct act *act, bool is_alone)
{
    *out = (struct joinable){.act = act};
    struct slice council = council_core(arena, act->council);
    struct slice figures = parts_of(arena, act).figures;
    struct slice name = act_is_row(act) ? file_name_core(arena, act->source_url)
                        : is_alone      ? file_name_core(arena, act->source_path)
                                        : (struct slice){0};
    if (act->siren.len > 0 && act->date && figures.len > 0)
        out->keys[JOIN_BY_SIREN] =
            hashed(arena, arena_printf(arena, "s:%.*s:%d:%.*s", (int)act->siren.len, act->siren.bytes, act->date,
                                       (int)figures.len, figures.bytes));
    if (council.len > 0 && act->date && figures.len > 0)
        out->keys[JOIN_BY_COUNCIL] =
            hashed(arena, arena_printf(arena, "c:%.*s:%d:%.*s", (int)council.len, council.bytes, act->date,
                                       (int)figures.len, figures.bytes));
    if (name.len > 0)
        out->keys[JOIN_BY_FILE] = hashed(arena, arena_printf(arena, "f:%.*s", (int)name.len, name.bytes));
}

/* --- which belong together --------------------------------------------------------------------------------------- */

enum agreement { DISAGREE, UNKNOWN, AGREE };

static enum agreement agree(bool both_known, bool same)
{
    return !both_known ? UNKNOWN : same ? AGREE : DISAGREE;
}

static enum agreement same_number(struct arena *arena, const struct act *a, const struct act *b)
{
    struct number_parts one = parts_of(arena, a);
    struct number_parts other = parts_of(arena, b);
    bool letters = one.letters.len == 0 || other.letters.len == 0 || slice_equal(one.letters, other.letters);
    return agree(a->number.len > 0 && b->number.len > 0, letters && slice_equal(one.figures, other.figures));
}

enum bond {
    BOND_NONE,
    BOND_FILE,  /* the file's name, and nothing that speaks against it */
    BOND_NUMBER /* council, date and number */
};

static enum bond bond_of(struct arena *arena, const struct joinable *act, const struct joinable *row)
{
    const struct act *a = act->act;
    const struct act *b = row->act;
    enum agreement siren = agree(a->siren.len > 0 && b->siren.len > 0, slice_equal(a->siren, b->siren));
    enum agreement date = agree(a->date && b->date, a->date == b->date);
    enum agreement number = same_number(arena, a, b);
    enum agreement name = agree(a->council.len > 0 && b->council.len > 0,
                                slice_equal(council_core(arena, a->council), council_core(arena, b->council)));
    enum agreement council = siren != UNKNOWN ? siren : name;
    struct slice file = act->keys[JOIN_BY_FILE];
    if (siren == DISAGREE || date == DISAGREE || number == DISAGREE)
        return BOND_NONE;
    if (council == AGREE && date == AGREE && number == AGREE)
        return BOND_NUMBER;
    if (file.len == 0 || !slice_equal(file, row->keys[JOIN_BY_FILE]))
        return BOND_NONE;
    if (council == DISAGREE) /* its name may be misread where all the rest is right */
        return date == AGREE && number == AGREE ? BOND_FILE : BOND_NONE;
    return council == AGREE || date == AGREE || number == AGREE ? BOND_FILE : BOND_NONE;
}

/* --- what they come to ------------------------------------------------------------------------------------------- */

static bool differ(int32_t read, int32_t given)
{
    return read != COUNT_UNREAD && given != COUNT_UNREAD && read != given;
}

static bool votes_differ(const struct vote *read, const struct vote *given)
{
    return differ(read->pour, given->pour) || differ(read->contre, given->contre) ||
           differ(read->abstention, given->abstention) ||
           (read->outcome != OUTCOME_UNREAD && given->outcome != OUTCOME_UNREAD && read->outcome != given->outcome);
}

static struct act *copy_of(struct arena *arena, const struct act *act)
{
    struct act *copy = arena_alloc(arena, sizeof *copy);
    *copy = *act;
    copy->arena = arena;
    copy->warnings = (struct text_list){.read = act->warnings.read};
    for (size_t i = 0; i < act->warnings.count; i++)
        text_list_add(arena, &copy->warnings, act->warnings.items[i]);
    return copy;
}

static void forget_derived_id(struct act *act)
{
    if (act->provenance[FIELD_ID].source == SOURCE_DERIVED)
        act_clear(act, FIELD_ID);
}

const struct act *join_complete(struct arena *arena, const struct joinable *act, struct slice text,
                                const struct joinable *rows, size_t row_count, bool *taken)
{
    enum bond best = BOND_NONE;
    enum bond *bonds = arena_alloc(arena, (row_count + 1) * sizeof *bonds);
    for (size_t i = 0; i < row_count; i++) {
        bonds[i] = bond_of(arena, act, &rows[i]);
        best = bonds[i] > best ? bonds[i] : best;
    }
    if (best == BOND_NONE)
        return act->act;
    struct act *completed = copy_of(arena, act->act);
    for (size_t i = 0; i < row_count; i++) {
        if (bonds[i] != best)
            continue;
        struct act *row = copy_of(arena, rows[i].act);
        forget_derived_id(row); /* the row's own, when it stood alone */
        if (votes_differ(&act->act->vote, &row->vote))
            act_warn(completed, "scdl-vote-differs");
        act_merge(completed, row);
        taken[i] = true;
    }
    forget_derived_id(completed);
    act_set_id(completed, text);
    return completed;
}

#include "parse.h"

#include <string.h>

#include "base/utf8.h"
#include "base/words.h"
#include "french/normalise.h"

struct field_name {
    const char *name;
    enum question_field field;
};

static const struct field_name field_names[] = {
    {"objet", QUESTION_OBJET},         {"titre", QUESTION_OBJET},         {"title", QUESTION_OBJET},
    {"conseil", QUESTION_COUNCIL},     {"council", QUESTION_COUNCIL},     {"rapporteur", QUESTION_RAPPORTEUR},
    {"sujet", QUESTION_TOPIC},         {"topic", QUESTION_TOPIC},         {"numero", QUESTION_NUMBER},
    {"number", QUESTION_NUMBER},       {"date", QUESTION_DATE},           {"matiere", QUESTION_MATIERE},
    {"present", QUESTION_PRESENT},     {"president", QUESTION_PRESIDENT}, {"secretaire", QUESTION_SECRETARY},
    {"secretary", QUESTION_SECRETARY}, {"vote", QUESTION_VOTE},           {"montant", QUESTION_AMOUNT},
    {"amount", QUESTION_AMOUNT},
};

const char *question_field_name(enum question_field field)
{
    for (size_t i = 0; i < sizeof field_names / sizeof *field_names; i++)
        if (field_names[i].field == field)
            return field_names[i].name;
    return "";
}

struct parser {
    struct slice text;
    size_t at;
    size_t depth;
    size_t nodes;
    struct arena *arena;
    struct delib_error *error;
    enum delib_status status;
};

int question_field_of(struct slice name)
{
    struct buffer folded = {0};
    int field = -1;
    fold(&folded, name);
    for (size_t i = 0; i < sizeof field_names / sizeof *field_names; i++)
        if (slice_equal(buffer_get(&folded), slice_of(field_names[i].name)))
            field = (int)field_names[i].field;
    buffer_free(&folded);
    return field;
}

static size_t column_of(const struct parser *parser, size_t at)
{
    return utf8_count(slice_range(parser->text, 0, at)) + 1;
}

static void *refuse(struct parser *parser, size_t at, const char *why)
{
    if (parser->status == DELIB_OK)
        parser->status = delib_fail(parser->error, DELIB_INVALID, _("column %zu: %s"), column_of(parser, at), why);
    return NULL;
}

static struct node *new_node(struct parser *parser, enum node_kind kind, size_t at)
{
    if (++parser->nodes > MAX_NODES)
        return refuse(parser, at, _("too many words in one question"));
    struct node *node = arena_alloc(parser->arena, sizeof *node);
    node->kind = kind;
    node->column_cp = column_of(parser, at);
    return node;
}

static void add_item(struct parser *parser, struct node *node, struct node *item)
{
    node->items = arena_grow(parser->arena, node->items, node->count, sizeof *node->items);
    node->items[node->count++] = item;
}

/* --- characters ----------------------------------------------------------------------------------------------------
 */

static int32_t peek(const struct parser *parser, size_t at, size_t *size)
{
    *size = 0;
    return at < parser->text.len ? utf8_decode(parser->text, at, size) : 0;
}

static size_t skip_blanks(const struct parser *parser, size_t at)
{
    size_t size;
    while (at < parser->text.len && utf8_is_space(peek(parser, at, &size)))
        at += size;
    return at;
}

enum { GUILLEMET_OPEN = 0xAB, GUILLEMET_CLOSE = 0xBB, QUOTE_OPEN = 0x201C, QUOTE_CLOSE = 0x201D };

static bool opens_phrase(int32_t code_point)
{
    return code_point == '"' || code_point == GUILLEMET_OPEN || code_point == QUOTE_OPEN;
}

static int32_t closing_of(int32_t opening)
{
    return opening == GUILLEMET_OPEN ? GUILLEMET_CLOSE : opening == QUOTE_OPEN ? QUOTE_CLOSE : '"';
}

/* What ends a word: blanks, parentheses, quotation marks. */
static bool ends_word(int32_t code_point)
{
    return code_point == 0 || utf8_is_space(code_point) || code_point == '(' || code_point == ')' ||
           opens_phrase(code_point) || code_point == GUILLEMET_CLOSE || code_point == QUOTE_CLOSE;
}

static size_t word_end(const struct parser *parser, size_t at)
{
    size_t size;
    while (at < parser->text.len && !ends_word(peek(parser, at, &size)))
        at += size;
    return at;
}

static bool holds_word(struct slice text)
{
    size_t size;
    for (size_t at = 0; at < text.len; at += size) {
        int32_t code_point = utf8_decode(text, at, &size);
        if (utf8_is_letter(code_point) || utf8_is_digit(code_point))
            return true;
    }
    return false;
}

/* « élu(e)s »: brackets inside a word belong to it. */
static size_t inclusive_word_end(const struct parser *parser, size_t at)
{
    enum { LONGEST_ENDING = 8 };
    size_t end = word_end(parser, at);
    while (end > at && end < parser->text.len && parser->text.bytes[end] == '(') {
        size_t close = slice_find_byte(parser->text, ')', end);
        if (close == SLICE_NONE || close > end + LONGEST_ENDING ||
            slice_find_byte(slice_range(parser->text, end, close), ' ', 0) != SLICE_NONE)
            break;
        end = word_end(parser, close + 1);
    }
    return end;
}

/* --- operators ------------------------------------------------------------------------------------------------------
 */

enum operator{ OPERATOR_NONE, OPERATOR_AND, OPERATOR_OR, OPERATOR_SAUF, OPERATOR_NEAR };

static enum operator operator_at(const struct parser *parser, size_t at, size_t *end, unsigned *window)
{
    static const struct {
        const char *word;
        enum operator operator;
    } words[] = {{"ET", OPERATOR_AND},    {"AND", OPERATOR_AND},  {"OU", OPERATOR_OR},       {"OR", OPERATOR_OR},
                 {"SAUF", OPERATOR_SAUF}, {"NOT", OPERATOR_SAUF}, {"PROCHE", OPERATOR_NEAR}, {"NEAR", OPERATOR_NEAR}};
    *end = word_end(parser, at);
    *window = DEFAULT_NEAR;
    struct slice word = slice_range(parser->text, at, *end);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        struct slice name = slice_of(words[i].word);
        if (slice_equal(word, name))
            return words[i].operator;
        if (words[i].operator!= OPERATOR_NEAR || !slice_starts(word, name) || word.bytes[name.len] != '/')
            continue;
        unsigned value = 0;
        for (size_t digit = name.len + 1; digit < word.len && value < 1000; digit++)
            value = is_digit(word.bytes[digit]) ? value * 10 + (unsigned)(word.bytes[digit] - '0') : 1000;
        if (value > 0 && value < 1000) {
            *window = value;
            return OPERATOR_NEAR;
        }
    }
    return OPERATOR_NONE;
}

static enum operator next_operator(const struct parser *parser, size_t *end, unsigned *window)
{
    return operator_at(parser, skip_blanks(parser, parser->at), end, window);
}

/* --- items
 * ------------------------------------------------------------------------------------------------------------ */

static struct node *parse_or(struct parser *parser);

static struct node *parse_phrase(struct parser *parser)
{
    size_t size;
    size_t start = parser->at;
    int32_t closing = closing_of(peek(parser, start, &size));
    size_t at = start + size;
    size_t first = at;
    while (at < parser->text.len && peek(parser, at, &size) != closing)
        at += size;
    if (at >= parser->text.len)
        return refuse(parser, start, _("this quotation mark is never closed"));
    struct node *node = new_node(parser, NODE_PHRASE, start);
    if (node)
        node->text = slice_range(parser->text, first, at);
    parser->at = at + size;
    return node && !holds_word(node->text) ? refuse(parser, start, _("there is no word in this phrase")) : node;
}

static struct node *parse_group(struct parser *parser)
{
    size_t start = parser->at++;
    if (++parser->depth > MAX_DEPTH)
        return refuse(parser, start, _("parentheses are nested too deep"));
    struct node *node = parse_or(parser);
    parser->depth--;
    parser->at = skip_blanks(parser, parser->at);
    if (parser->status == DELIB_OK && (parser->at >= parser->text.len || parser->text.bytes[parser->at] != ')'))
        return refuse(parser, start, _("this parenthesis is never closed"));
    parser->at++;
    return node ? node : refuse(parser, start, _("there is nothing between these parentheses"));
}

static struct node *unknown_field(struct parser *parser, size_t start, struct slice name)
{
    struct buffer why = {0};
    buffer_printf(&why, _("« %.*s » is no field; the fields are"), (int)(name.len > 40 ? 40 : name.len), name.bytes);
    for (size_t i = 0; i < sizeof field_names / sizeof *field_names; i++)
        buffer_printf(&why, " %s:", field_names[i].name);
    refuse(parser, start, why.bytes);
    buffer_free(&why);
    return NULL;
}

static bool is_in_small_ascii(struct slice name)
{
    for (size_t i = 0; i < name.len; i++)
        if (name.bytes[i] < 'a' || name.bytes[i] > 'z')
            return false;
    return true;
}

/* Whether the colon of a title that was pasted, « Piscine: tarifs », « Écoles:Travaux », rather than of a field. */
static bool is_prose_colon(const struct parser *parser, struct slice name, size_t colon)
{
    size_t size;
    int32_t next = peek(parser, colon + 1, &size);
    bool has_value = next != 0 && !utf8_is_space(next);
    if (question_field_of(name) >= 0)
        return !has_value && utf8_is_upper(peek(parser, colon - name.len, &size));
    return !has_value || utf8_is_upper(next) || !is_in_small_ascii(name);
}

/* A word before a colon that is followed by a value: a field's name. « 18:30 » and « http://… » are words. */
static size_t field_colon(const struct parser *parser, size_t start, size_t end)
{
    size_t colon = slice_find_byte(slice_range(parser->text, 0, end), ':', start);
    if (colon == SLICE_NONE || colon == start)
        return SLICE_NONE;
    size_t size;
    for (size_t at = start; at < colon; at += size)
        if (!utf8_is_letter(peek(parser, at, &size)))
            return SLICE_NONE;
    if (slice_starts(slice_skip(parser->text, colon), SLICE("://")))
        return SLICE_NONE;
    return is_prose_colon(parser, slice_range(parser->text, start, colon), colon) ? SLICE_NONE : colon;
}

static struct node *parse_field(struct parser *parser, size_t start, size_t colon)
{
    size_t size;
    struct slice name = slice_range(parser->text, start, colon);
    int field = question_field_of(name);
    if (field < 0)
        return unknown_field(parser, start, name);
    parser->at = colon + 1;
    struct node *node = new_node(parser, NODE_FIELD, start);
    if (!node)
        return NULL;
    node->field = (enum question_field)field;
    if (opens_phrase(peek(parser, parser->at, &size))) {
        struct node *phrase = parse_phrase(parser);
        if (!phrase)
            return NULL;
        node->text = phrase->text;
    } else {
        size_t end = word_end(parser, parser->at);
        node->text = slice_range(parser->text, parser->at, end);
        parser->at = end;
    }
    return holds_word(node->text) ? node : refuse(parser, start, _("this field has no value"));
}

static struct node *parse_word(struct parser *parser)
{
    size_t start = parser->at;
    size_t end = inclusive_word_end(parser, start);
    size_t colon = field_colon(parser, start, end);
    if (colon != SLICE_NONE)
        return parse_field(parser, start, colon);
    parser->at = end;
    struct slice text = slice_range(parser->text, start, end);
    bool exact = text.len > 1 && text.bytes[0] == '=';
    bool prefix = text.len > 1 && text.bytes[text.len - 1] == '*';
    struct node *node = new_node(parser, exact ? NODE_EXACT : prefix ? NODE_PREFIX : NODE_WORDS, start);
    if (!node)
        return NULL;
    node->text = exact ? slice_skip(text, 1) : prefix ? slice_range(text, 0, text.len - 1) : text;
    if (prefix && utf8_count(node->text) < 2)
        return refuse(parser, start, _("a beginning needs at least two letters before the *"));
    return node;
}

static struct node *parse_primary(struct parser *parser)
{
    size_t size;
    int32_t first = peek(parser, parser->at, &size);
    if (opens_phrase(first))
        return parse_phrase(parser);
    if (first == '(')
        return parse_group(parser);
    return parse_word(parser);
}

/* An item and those that PROCHE ties to it. */
static struct node *parse_near(struct parser *parser)
{
    size_t end;
    unsigned window;
    struct node *left = parse_primary(parser);
    while (left && next_operator(parser, &end, &window) == OPERATOR_NEAR) {
        size_t at = skip_blanks(parser, parser->at);
        parser->at = skip_blanks(parser, end);
        if (parser->at >= parser->text.len || parser->text.bytes[parser->at] == ')')
            return refuse(parser, at, _("PROCHE needs a word on both sides"));
        struct node *right = parse_primary(parser);
        struct node *near = right ? new_node(parser, NODE_NEAR, at) : NULL;
        if (!near)
            return NULL;
        if ((left->kind != NODE_WORDS && left->kind != NODE_NEAR) || right->kind != NODE_WORDS)
            return refuse(parser, at, _("PROCHE ties plain words only"));
        near->window = window;
        add_item(parser, near, left);
        add_item(parser, near, right);
        left = near;
    }
    return left;
}

/* A sign counts when it stands before something; alone, or a dash between blanks, it is nothing. */
static char take_sign(struct parser *parser)
{
    size_t size;
    char byte = parser->text.bytes[parser->at];
    if (byte != '+' && byte != '-')
        return 0;
    int32_t next = peek(parser, parser->at + 1, &size);
    if (!opens_phrase(next) && next != '(' && next != '=' && !utf8_is_letter(next) && !utf8_is_digit(next))
        return 0;
    parser->at++;
    return byte;
}

static bool at_end(struct parser *parser)
{
    size_t end;
    unsigned window;
    parser->at = skip_blanks(parser, parser->at);
    if (parser->at >= parser->text.len || parser->text.bytes[parser->at] == ')')
        return true;
    enum operator operator= next_operator(parser, &end, &window);
    return operator!= OPERATOR_NONE && operator!= OPERATOR_NEAR;
}

/* Plain words in a row are one run: blanks may be inside a written word, « L. 2121-29 », « 8 800 ». */
static bool joins_run(struct node *list, const struct node *item)
{
    struct node *last = list->count > 0 ? list->items[list->count - 1] : NULL;
    if (!last || last->kind != NODE_WORDS || item->kind != NODE_WORDS || last->sign || item->sign)
        return false;
    struct slice between = {last->text.bytes + last->text.len,
                            (size_t)(item->text.bytes - last->text.bytes) - last->text.len};
    if (holds_word(between) || slice_find(between, SLICE("(")) != SLICE_NONE)
        return false;
    last->text.len = (size_t)(item->text.bytes - last->text.bytes) + item->text.len;
    return true;
}

/* Items in a row; NULL when there is none. Signs and marks that say nothing are passed over. */
static struct node *parse_list(struct parser *parser)
{
    struct node *list = new_node(parser, NODE_LIST, parser->at);
    while (parser->status == DELIB_OK && !at_end(parser)) {
        size_t start = parser->at;
        size_t end;
        unsigned window;
        size_t size;
        char sign = take_sign(parser);
        if (operator_at(parser, start, &end, &window) == OPERATOR_NEAR)
            return refuse(parser, start, _("PROCHE needs a word on both sides"));
        int32_t first = peek(parser, parser->at, &size);
        bool stray = !opens_phrase(first) && first != '(' &&
                     !holds_word(slice_range(parser->text, parser->at, word_end(parser, parser->at)));
        if (stray && (first == GUILLEMET_CLOSE || first == QUOTE_CLOSE || first == ')'))
            return refuse(parser, start, _("this closes nothing"));
        if (stray) {
            size_t stop = word_end(parser, parser->at);
            parser->at = stop > parser->at ? stop : parser->at + size;
            continue;
        }
        struct node *item = parse_near(parser);
        if (!item)
            return NULL;
        item->sign = sign;
        if (!joins_run(list, item))
            add_item(parser, list, item);
    }
    return list && list->count > 0 ? list : NULL;
}

static struct node *combine(struct parser *parser, enum node_kind kind, size_t at, struct node *left,
                            struct node *right)
{
    struct node *node = new_node(parser, kind, at);
    if (!node)
        return NULL;
    add_item(parser, node, left);
    add_item(parser, node, right);
    return node;
}

static struct node *parse_and(struct parser *parser)
{
    size_t end;
    unsigned window;
    struct node *left = parse_list(parser);
    for (enum operator operator;
         parser->status == DELIB_OK &&
         ((operator= next_operator(parser, &end, &window)) == OPERATOR_AND || operator== OPERATOR_SAUF);) {
        size_t at = skip_blanks(parser, parser->at);
        parser->at = end;
        struct node *right = parse_list(parser);
        if (parser->status == DELIB_OK && (!left || !right))
            return refuse(parser, at, _("this operator needs words on both sides"));
        left = combine(parser, operator== OPERATOR_AND ? NODE_AND : NODE_SAUF, at, left, right);
    }
    return left;
}

static struct node *parse_or(struct parser *parser)
{
    size_t end;
    unsigned window;
    struct node *left = parse_and(parser);
    while (parser->status == DELIB_OK && next_operator(parser, &end, &window) == OPERATOR_OR) {
        size_t at = skip_blanks(parser, parser->at);
        parser->at = end;
        struct node *right = parse_and(parser);
        if (parser->status == DELIB_OK && (!left || !right))
            return refuse(parser, at, _("this operator needs words on both sides"));
        left = combine(parser, NODE_OR, at, left, right);
    }
    return left;
}

enum delib_status question_parse(struct node **out, struct arena *arena, struct slice question,
                                 struct delib_error *error)
{
    struct parser parser = {.text = question, .arena = arena, .error = error, .status = DELIB_OK};
    *out = NULL;
    if (question.len > MAX_QUESTION_BYTES)
        return delib_fail(error, DELIB_INVALID, _("the question is longer than %d bytes"), MAX_QUESTION_BYTES);
    if (!utf8_is_valid(question))
        return delib_fail(error, DELIB_INVALID,
                          _("the question is not UTF-8; is the terminal set to another encoding?"));
    struct node *tree = parse_or(&parser);
    if (parser.status == DELIB_OK && parser.at < question.len)
        refuse(&parser, parser.at, _("this parenthesis closes nothing"));
    if (parser.status == DELIB_OK)
        *out = tree;
    return parser.status;
}

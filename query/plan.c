#include "plan.h"

#include "archive/archive.h"
#include "archive/terms.h"
#include "like.h"
#include "planner.h"

/* --- the tree ---------------------------------------------------------------------------------------------------- */

static struct xapian_query *plan_node(struct planner *planner, const struct node *node);

static bool is_required(const struct node *item)
{
    return item->sign == '+' || item->kind == NODE_PHRASE || item->kind == NODE_EXACT || item->kind == NODE_FIELD ||
           item->kind == NODE_NEAR;
}

/* Whether a list has words that may match, one at least more than a stop word. */
static bool has_plain_words(struct planner *planner, const struct node *list)
{
    for (size_t i = 0; i < list->count; i++) {
        const struct node *item = list->items[i];
        if (item->kind == NODE_WORDS && !item->sign && !planner_is_only_stopwords(planner, item->text))
            return true;
    }
    return false;
}

/* Whether a list has something to look for that is more than a stop word. */
static bool has_content(struct planner *planner, const struct node *list)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i]->sign != '-' &&
            (list->items[i]->kind != NODE_WORDS || !planner_is_only_stopwords(planner, list->items[i]->text)))
            return true;
    return false;
}

struct parts {
    struct xapian_query **required;
    struct xapian_query **filters; /* fields: they must match and weigh nothing */
    struct xapian_query **optional;
    struct xapian_query **forbidden;
    size_t required_count;
    size_t filter_count;
    size_t optional_count;
    size_t forbidden_count;
};

static struct xapian_query **more_room(struct planner *planner, struct xapian_query **queries, size_t count,
                                       size_t more)
{
    struct xapian_query **larger = arena_alloc(planner->arena, (count + more + 1) * sizeof(struct xapian_query *));
    for (size_t i = 0; i < count; i++)
        larger[i] = queries[i];
    return larger;
}

/* Each word of a run may match; stop words only when the question has nothing else. */
static void sort_run(struct planner *planner, struct parts *parts, const struct node *run, bool drop_stopwords)
{
    struct slice words[MAX_TOKENS];
    size_t count = planner_split_words(planner, words, run->text);
    parts->optional = more_room(planner, parts->optional, parts->optional_count, count + 1);
    for (size_t i = 0; i < count; i++) {
        bool is_dropped = drop_stopwords && planner_is_only_stopwords(planner, words[i]);
        struct xapian_query *query = is_dropped ? NULL : plan_word(planner, words[i]);
        if (query)
            parts->optional[parts->optional_count++] = query;
    }
    struct xapian_query *acronyms = plan_acronyms(planner, words, count);
    if (acronyms)
        parts->optional[parts->optional_count++] = acronyms;
}

static void sort_item(struct planner *planner, struct parts *parts, const struct node *item, bool drop_stopwords)
{
    if (item->kind == NODE_WORDS && item->sign == 0) {
        sort_run(planner, parts, item, drop_stopwords);
        return;
    }
    size_t wanted[] = {planner->plan->wanted.stems.count, planner->plan->wanted.exact.count,
                       planner->plan->wanted.prefixes.count};
    size_t ranked = planner->plan->ranked_count;
    struct xapian_query *query = plan_node(planner, item);
    if (!query)
        return;
    if (item->sign == '-') {
        parts->forbidden[parts->forbidden_count++] = query;
        planner->plan->wanted.stems.count = wanted[0]; /* what is not wanted is not highlighted */
        planner->plan->wanted.exact.count = wanted[1];
        planner->plan->wanted.prefixes.count = wanted[2];
        planner->plan->ranked_count = ranked;
    } else if (item->kind == NODE_FIELD) {
        parts->filters[parts->filter_count++] = query;
    } else if (is_required(item)) {
        parts->required[parts->required_count++] = query;
    } else {
        parts->optional = more_room(planner, parts->optional, parts->optional_count, 1);
        parts->optional[parts->optional_count++] = query;
    }
}

static struct xapian_query *join(struct planner *planner, enum xapian_operator op, struct xapian_query **queries,
                                 size_t count)
{
    return count == 0 ? NULL : count == 1 ? queries[0] : planner_combine(planner, op, queries, count);
}

/* Must (and filters), may, must not. */
static struct xapian_query *assemble(struct planner *planner, struct parts *parts)
{
    struct xapian_query *required = join(planner, XAPIAN_AND, parts->required, parts->required_count);
    struct xapian_query *optional = join(planner, XAPIAN_OR, parts->optional, parts->optional_count);
    struct xapian_query *query = required && optional ? planner_two(planner, XAPIAN_AND_MAYBE, required, optional)
                                 : required           ? required
                                                      : optional;
    planner->plan->has_words |= query != NULL;
    if (!query)
        query = xapian_query_all();
    for (size_t i = 0; i < parts->filter_count; i++)
        query = planner_two(planner, XAPIAN_FILTER, query, parts->filters[i]);
    for (size_t i = 0; i < parts->forbidden_count; i++)
        query = planner_two(planner, XAPIAN_AND_NOT, query, parts->forbidden[i]);
    return query;
}

/* A phrase without a sign that no act has, as the words it is made of. */
static bool loosen(struct planner *planner, struct node *words, const struct node *item)
{
    if (item->kind != NODE_PHRASE || item->sign)
        return false;
    planner->plan->has_loose_phrase = true;
    if (!planner->options.loosens_phrases || planner_is_phrase_known(planner, item))
        return false;
    *words = *item;
    words->kind = NODE_WORDS;
    words->text = slice_trim(item->text);
    planner_note_correction(planner,
                            slice_of(arena_printf(planner->arena, "\"%.*s\"", (int)words->text.len, words->text.bytes)),
                            words->text);
    return true;
}

static struct xapian_query *plan_list(struct planner *planner, const struct node *list)
{
    struct parts parts = {.required = more_room(planner, NULL, 0, list->count),
                          .filters = more_room(planner, NULL, 0, list->count),
                          .forbidden = more_room(planner, NULL, 0, list->count)};
    bool drop = has_content(planner, list);
    bool has_words = has_plain_words(planner, list);
    for (size_t i = 0; i < list->count; i++) {
        struct node words;
        bool loose = has_words && loosen(planner, &words, list->items[i]);
        sort_item(planner, &parts, loose ? &words : list->items[i], drop);
    }
    return assemble(planner, &parts);
}

static struct xapian_query *plan_near(struct planner *planner, const struct node *node)
{
    struct place places[MAX_TOKENS];
    size_t count = 0;
    const struct node *at = node;
    const struct node *chain[MAX_TOKENS];
    size_t length = 0;
    while (at->kind == NODE_NEAR && length < MAX_TOKENS - 1) {
        chain[length++] = at->items[1];
        at = at->items[0];
    }
    chain[length++] = at;
    for (size_t i = length; i-- > 0;) {
        struct place read[MAX_TOKENS];
        size_t found = planner_read_corrected(planner, read, chain[i]->text, TERM_BODY, STEMMED);
        planner_want_places(planner, read, found);
        for (size_t j = 0; j < found && count < MAX_TOKENS; j++)
            places[count++] = read[j];
    }
    if (count == 0)
        return NULL;
    struct placed_words *words = planner_placed_words(planner, places, count, STEMMED);
    words->window = node->window + (uint32_t)count - 1;
    return planner_tested(planner, planner_all_places(planner, places, count, TERM_BODY, STEMMED), words);
}

static struct xapian_query *plan_pair(struct planner *planner, const struct node *node, enum xapian_operator op)
{
    struct xapian_query *left = plan_node(planner, node->items[0]);
    size_t ranked = planner->plan->ranked_count;
    struct xapian_query *right = plan_node(planner, node->items[1]);
    if (op == XAPIAN_AND_NOT)
        planner->plan->ranked_count = ranked;
    return planner_two(planner, op, left ? left : xapian_query_none(), right ? right : xapian_query_none());
}

/* NULL when there is nothing to look for. The depth is bounded by the parser. */
static struct xapian_query *plan_node(struct planner *planner, const struct node *node)
{
    switch (node->kind) {
    case NODE_LIST:
        return plan_list(planner, node);
    case NODE_AND:
        return plan_pair(planner, node, XAPIAN_AND);
    case NODE_OR:
        return plan_pair(planner, node, XAPIAN_OR);
    case NODE_SAUF:
        return plan_pair(planner, node, XAPIAN_AND_NOT);
    case NODE_NEAR:
        return plan_near(planner, node);
    case NODE_WORDS:
        return plan_word(planner, node->text);
    case NODE_PHRASE:
        return plan_phrase(planner, node->text);
    case NODE_EXACT:
        return plan_exact(planner, node->text);
    case NODE_PREFIX:
        return plan_prefix(planner, node->text);
    case NODE_FIELD:
        return plan_field(planner, node);
    }
    return NULL;
}

/* Acts that resemble one, of those that match the question. */
static struct xapian_query *plan_like(struct planner *planner, struct xapian_query *question, struct slice id)
{
    struct text_list stems = {0};
    enum delib_status status = telling_stems(&stems, planner->arena, planner->reader, planner->tokeniser,
                                             planner->stemmer, id, planner->error);
    if (planner->status == DELIB_OK)
        planner->status = status;
    struct xapian_query **terms = arena_alloc(planner->arena, (stems.count + 1) * sizeof(struct xapian_query *));
    for (size_t i = 0; i < stems.count; i++) {
        terms[i] = xapian_query_term(stems.items[i]);
        planner_want(planner, &planner->plan->wanted.stems, stems.items[i]);
    }
    struct xapian_query *like = planner_combine(planner, XAPIAN_OR, terms, stems.count);
    like = planner_two(planner, XAPIAN_AND_NOT, like, xapian_query_term(term_of_id(planner->arena, id)));
    planner->plan->has_words = true;
    planner->plan->ranked_count = 0; /* the question only chooses among them */
    return question ? planner_two(planner, XAPIAN_FILTER, like, question) : like;
}

enum delib_status plan_make(struct plan *out, struct arena *arena, struct xapian_reader *reader,
                            const struct planning *planning, struct delib_error *error)
{
    *out = (struct plan){0};
    const struct filters *filters = planning->filters;
    struct planner planner = {.options = planning->options,
                              .plan = out,
                              .arena = arena,
                              .reader = reader,
                              .tokeniser = planning->tokeniser,
                              .stemmer = planning->stemmer,
                              .error = error,
                              .status = DELIB_OK};
    struct xapian_query *query = planning->tree ? plan_node(&planner, planning->tree) : NULL;
    if (filters->like)
        query = plan_like(&planner, query, slice_of(filters->like));
    out->query = plan_filtered(&planner, query ? query : xapian_query_all(), filters);
    if (planner.status != DELIB_OK)
        plan_clear(out);
    return planner.status;
}

void plan_clear(struct plan *plan)
{
    xapian_query_free(plan->query);
    plan->query = NULL;
}

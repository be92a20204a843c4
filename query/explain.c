#include "explain.h"

#include <stdio.h>

#include "base/words.h"

static const char *kind_words(const struct node *node)
{
    switch (node->kind) {
    case NODE_LIST:
        return _("these, the best first");
    case NODE_AND:
        return _("both");
    case NODE_OR:
        return _("either");
    case NODE_SAUF:
        return _("the first without the second");
    case NODE_NEAR:
        return _("near each other");
    case NODE_WORDS:
        return _("words");
    case NODE_PHRASE:
        return _("phrase");
    case NODE_EXACT:
        return _("as written");
    case NODE_PREFIX:
        return _("beginning");
    case NODE_FIELD:
        return question_field_name(node->field);
    }
    return "";
}

/* One line a node, what is inside further to the right. The depth is bounded by the parser. */
static void explain_node(const struct node *node, int depth)
{
    fprintf(stderr, "%*s%s%s", depth * 2, "",
            node->sign == '+'   ? _("must: ")
            : node->sign == '-' ? _("must not: ")
                                : "",
            kind_words(node));
    if (node->kind == NODE_NEAR)
        fprintf(stderr, " (%u)", node->window);
    if (node->text.len > 0)
        fprintf(stderr, ": %.*s", (int)node->text.len, node->text.bytes);
    fputc('\n', stderr);
    for (size_t i = 0; i < node->count; i++)
        explain_node(node->items[i], depth + 1);
}

void explain(const struct node *tree, const struct answer *answer)
{
    if (tree)
        explain_node(tree, 0);
    else
        fprintf(stderr, "%s\n", _("every act that the filters leave"));
    for (size_t i = 0; i < answer->expansion_count; i++) {
        const struct expansion *one = &answer->expansions[i];
        fprintf(stderr, "%.*s = %.*s\n", (int)one->typed.len, one->typed.bytes, (int)one->also.len, one->also.bytes);
    }
    fprintf(stderr, "%s\n", answer->described);
}

#include "extract/phrase_set.h"

#include <stdlib.h>

#include "base/memory.h"

/* The phrases as a tree: a node is what several of them begin with. `*` and a space lead on by ways of their own, all
 * other bytes by `edges`. */
struct node {
    uint32_t phrase;   /* + 1: one that ends here; the others that do are in `same`; 0: none */
    uint32_t ending;   /* the node behind `*`; 0: none, as nothing leads back to the root */
    uint32_t space;    /* likewise */
    bool ends_in_word; /* no letter may follow */
};

struct edge {
    uint32_t from; /* node × 256 + byte, + 1; 0: empty */
    uint32_t to;
};

struct phrase_set {
    struct node *nodes;
    uint32_t node_count;
    struct edge *edges; /* open addressing, half of the places empty at least */
    size_t edge_slots;  /* a power of two */
    size_t edge_count;
    uint32_t *same; /* by phrase: the next + 1 that ends at the same node */
    uint32_t count;
    struct phrase_found *found;
    size_t found_count;
    size_t found_room;
};

static uint32_t add_node(struct phrase_set *set)
{
    if ((set->node_count & (set->node_count - 1)) == 0)
        set->nodes = memory_resize(set->nodes, (size_t)set->node_count * 2 + 1, sizeof *set->nodes);
    set->nodes[set->node_count] = (struct node){0};
    return set->node_count++;
}

struct phrase_set *phrase_set_new(void)
{
    enum { FIRST_EDGES = 256 };
    struct phrase_set *set = memory_alloc(sizeof *set);
    set->edge_slots = FIRST_EDGES;
    set->edges = memory_alloc(set->edge_slots * sizeof *set->edges);
    add_node(set);
    return set;
}

void phrase_set_free(struct phrase_set *set)
{
    if (!set)
        return;
    free(set->nodes);
    free(set->edges);
    free(set->same);
    free(set->found);
    free(set);
}

static uint32_t edge_from(uint32_t node, char byte)
{
    return node * 256 + (unsigned char)byte + 1;
}

/* The place of the edge, or the empty one where it would be. */
static struct edge *edge_of(const struct phrase_set *set, uint32_t node, char byte)
{
    uint32_t from = edge_from(node, byte);
    size_t slot = (size_t)(from * UINT64_C(0x9E3779B97F4A7C15) >> 32) & (set->edge_slots - 1);
    while (set->edges[slot].from != from && set->edges[slot].from != 0)
        slot = (slot + 1) & (set->edge_slots - 1);
    return &set->edges[slot];
}

static void make_room_for_edge(struct phrase_set *set)
{
    struct edge *before = set->edges;
    size_t slots = set->edge_slots;
    if (set->edge_count * 2 < slots)
        return;
    set->edge_slots = slots * 2;
    set->edges = memory_alloc(set->edge_slots * sizeof *set->edges);
    for (size_t i = 0; i < slots; i++)
        if (before[i].from != 0)
            *edge_of(set, (before[i].from - 1) / 256, (char)(unsigned char)(before[i].from - 1)) = before[i];
    free(before);
}

static uint32_t step_to(struct phrase_set *set, uint32_t node, char byte)
{
    uint32_t to;
    make_room_for_edge(set);
    struct edge *edge = edge_of(set, node, byte);
    if (edge->from != 0)
        return edge->to;
    to = add_node(set);
    *edge = (struct edge){edge_from(node, byte), to};
    set->edge_count++;
    set->nodes[to].ends_in_word = is_word_byte(byte);
    return to;
}

static uint32_t step_aside(struct phrase_set *set, uint32_t node, char sign)
{
    uint32_t to = sign == '*' ? set->nodes[node].ending : set->nodes[node].space;
    if (to != 0)
        return to;
    to = add_node(set);
    *(sign == '*' ? &set->nodes[node].ending : &set->nodes[node].space) = to;
    return to;
}

uint32_t phrase_set_add(struct phrase_set *set, struct slice phrase)
{
    uint32_t node = 0;
    for (size_t i = 0; i < phrase.len && i < PHRASE_MAX_BYTES; i++)
        node = phrase.bytes[i] == '*' || phrase.bytes[i] == ' ' ? step_aside(set, node, phrase.bytes[i])
                                                                : step_to(set, node, phrase.bytes[i]);
    if ((set->count & (set->count - 1)) == 0)
        set->same = memory_resize(set->same, (size_t)set->count * 2 + 1, sizeof *set->same);
    set->same[set->count] = set->nodes[node].phrase;
    set->nodes[node].phrase = set->count + 1;
    return set->count++;
}

static void add_found(struct phrase_set *set, uint32_t phrase, size_t start, size_t end)
{
    if (set->found_count == set->found_room) {
        set->found_room = set->found_room ? set->found_room * 2 : 256;
        set->found = memory_resize(set->found, set->found_room, sizeof *set->found);
    }
    set->found[set->found_count++] = (struct phrase_found){phrase, (uint32_t)start, (uint32_t)end};
}

/* Follow all phrases that begin at `start`: straight on while bytes are the same, the ways aside put by for later. */
static void find_at(struct phrase_set *set, struct slice folded, size_t start)
{
    struct {
        uint32_t node;
        size_t at;
    } aside[2 * PHRASE_MAX_BYTES + 1]; /* two at each byte of the longest phrase */
    size_t count = 0;
    aside[count].node = 0;
    aside[count++].at = start;
    while (count > 0) {
        uint32_t node = aside[--count].node;
        size_t at = aside[count].at;
        for (;;) {
            const struct node *here = &set->nodes[node];
            bool cut = here->ends_in_word && at < folded.len && is_word_byte(folded.bytes[at]);
            for (uint32_t phrase = cut ? 0 : here->phrase; phrase != 0; phrase = set->same[phrase - 1])
                add_found(set, phrase - 1, start, at);
            size_t next = here->space ? phrase_space(folded, at) : SLICE_NONE;
            if (next != SLICE_NONE) {
                aside[count].node = here->space;
                aside[count++].at = next;
            }
            if (here->ending) {
                aside[count].node = here->ending;
                aside[count++].at = word_rest(folded, at);
            }
            const struct edge *edge = at < folded.len ? edge_of(set, node, folded.bytes[at]) : NULL;
            if (!edge || edge->from == 0)
                break;
            node = edge->to;
            at++;
        }
    }
}

size_t phrase_set_find(struct phrase_set *set, struct slice folded, const struct phrase_found **found)
{
    bool in_word = false;
    set->found_count = 0;
    for (size_t at = 0; at < folded.len; at++) {
        bool starts = !in_word;
        in_word = is_word_byte(folded.bytes[at]);
        if (starts && edge_of(set, 0, folded.bytes[at])->from != 0)
            find_at(set, folded, at);
    }
    *found = set->found;
    return set->found_count;
}

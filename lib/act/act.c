#include "act/act.h"

#include <string.h>

static const char *const field_names[FIELD_COUNT] = {
    [FIELD_ID] = "id",
    [FIELD_NUMBER] = "number",
    [FIELD_DATE] = "date",
    [FIELD_CONVOCATION_DATE] = "convocation_date",
    [FIELD_COUNCIL] = "council",
    [FIELD_COUNCIL_TYPE] = "council_type",
    [FIELD_SIREN] = "siren",
    [FIELD_PRESIDENT] = "president",
    [FIELD_SECRETARY] = "secretary",
    [FIELD_RAPPORTEUR] = "rapporteur",
    [FIELD_OBJET] = "objet",
    [FIELD_TOPICS] = "topics",
    [FIELD_MATIERE] = "matiere",
    [FIELD_DOCUMENT_TYPE] = "document_type",
    [FIELD_VOTE] = "vote",
    [FIELD_PRESENT] = "present",
    [FIELD_ABSENT] = "absent",
    [FIELD_PROXIES] = "proxies",
    [FIELD_DECISIONS] = "decisions",
    [FIELD_AMOUNTS] = "amounts",
    [FIELD_LEGAL_REFS] = "legal_refs",
};

static const char *const source_names[] = {"none",  "sidecar",  "scdl",      "envelope", "stamp",
                                           "label", "sentence", "heuristic", "derived"};
static const char *const confidence_names[] = {"none", "low", "medium", "high"};
static const char *const council_type_names[] = {
    NULL,       "municipal",           "communautaire",         "metropolitain", "territorial", "departemental",
    "regional", "collectivite-unique", "commission-permanente", "bureau",        "syndical",    "ca",
    "autre"};
static const char *const document_type_names[] = {NULL,    "deliberation", "proces-verbal", "compte-rendu",
                                                  "liste", "decision",     "arrete",        "autre"};
static const char *const outcome_names[] = {NULL, "adopte", "rejete", "ajourne", "retire", "prend-acte", "avis"};
static const char *const split_names[] = {"none",   "stamps", "extracts", "list", "numbers",
                                          "agenda", "objets", "titles",   "votes"};

#define COUNT_OF(array) (sizeof(array) / sizeof(array)[0])

/* The index of `name` in a table of names, 0 when it is not there. */
static size_t index_of(const char *const *names, size_t count, struct slice name)
{
    for (size_t i = 0; i < count; i++)
        if (names[i] && slice_equal(slice_of(names[i]), name))
            return i;
    return 0;
}

const char *act_field_name(enum act_field field)
{
    return field_names[field];
}

const char *field_source_name(enum field_source source)
{
    return source_names[source];
}

const char *confidence_name(enum confidence confidence)
{
    return confidence_names[confidence];
}

const char *council_type_name(enum council_type type)
{
    return council_type_names[type];
}

const char *document_type_name(enum document_type type)
{
    return document_type_names[type];
}

const char *vote_outcome_name(enum vote_outcome outcome)
{
    return outcome_names[outcome];
}

enum field_source field_source_of(struct slice name)
{
    return (enum field_source)index_of(source_names, COUNT_OF(source_names), name);
}

enum confidence confidence_of(struct slice name)
{
    return (enum confidence)index_of(confidence_names, COUNT_OF(confidence_names), name);
}

const char *split_proof_name(enum split_proof proof)
{
    return split_names[proof];
}

enum council_type council_type_of(struct slice name)
{
    return (enum council_type)index_of(council_type_names, COUNT_OF(council_type_names), name);
}

enum document_type document_type_of(struct slice name)
{
    return (enum document_type)index_of(document_type_names, COUNT_OF(document_type_names), name);
}

enum vote_outcome vote_outcome_of(struct slice name)
{
    return (enum vote_outcome)index_of(outcome_names, COUNT_OF(outcome_names), name);
}

enum split_proof split_proof_of(struct slice name)
{
    return (enum split_proof)index_of(split_names, COUNT_OF(split_names), name);
}

struct act *act_new(struct arena *arena)
{
    struct act *act = arena_alloc(arena, sizeof *act);
    act->arena = arena;
    act->vote = (struct vote){.pour = COUNT_UNREAD,
                              .contre = COUNT_UNREAD,
                              .abstention = COUNT_UNREAD,
                              .nppv = COUNT_UNREAD,
                              .effectif = COUNT_UNREAD,
                              .votants = COUNT_UNREAD};
    return act;
}

static bool vote_was_read(const struct vote *vote)
{
    return vote->outcome != OUTCOME_UNREAD || vote->unanimous != TRUTH_UNREAD || vote->pour != COUNT_UNREAD ||
           vote->contre != COUNT_UNREAD || vote->abstention != COUNT_UNREAD || vote->nppv != COUNT_UNREAD ||
           vote->effectif != COUNT_UNREAD || vote->votants != COUNT_UNREAD;
}

/* The text that holds a field of one text; NULL for the other fields. */
static struct slice *text_field(struct act *act, enum act_field field)
{
    switch (field) {
    case FIELD_ID:
        return &act->id;
    case FIELD_NUMBER:
        return &act->number;
    case FIELD_COUNCIL:
        return &act->council;
    case FIELD_SIREN:
        return &act->siren;
    case FIELD_PRESIDENT:
        return &act->president;
    case FIELD_SECRETARY:
        return &act->secretary;
    case FIELD_RAPPORTEUR:
        return &act->rapporteur;
    case FIELD_OBJET:
        return &act->objet;
    case FIELD_MATIERE:
        return &act->matiere_code;
    default:
        return NULL;
    }
}

static struct text_list *list_field(struct act *act, enum act_field field)
{
    switch (field) {
    case FIELD_TOPICS:
        return &act->topics;
    case FIELD_PRESENT:
        return &act->present;
    case FIELD_ABSENT:
        return &act->absent;
    case FIELD_DECISIONS:
        return &act->decisions;
    case FIELD_LEGAL_REFS:
        return &act->legal_refs;
    default:
        return NULL;
    }
}

bool act_has(const struct act *act, enum act_field field)
{
    struct act *any = (struct act *)act; /* only read through */
    const struct slice *text = text_field(any, field);
    if (text)
        return text->len > 0 || (field == FIELD_MATIERE && act->matiere_label.len > 0);
    const struct text_list *list = list_field(any, field);
    if (list)
        return list->read;
    switch (field) {
    case FIELD_DATE:
        return act->date != 0;
    case FIELD_CONVOCATION_DATE:
        return act->convocation_date != 0;
    case FIELD_COUNCIL_TYPE:
        return act->council_type != COUNCIL_UNREAD;
    case FIELD_DOCUMENT_TYPE:
        return act->document_type != DOCUMENT_UNREAD;
    case FIELD_VOTE:
        return vote_was_read(&act->vote);
    case FIELD_PROXIES:
        return act->proxies_read;
    case FIELD_AMOUNTS:
        return act->amounts_read;
    default:
        return false;
    }
}

bool act_accepts(const struct act *act, enum act_field field, enum field_source source, enum confidence confidence)
{
    const struct provenance *held = &act->provenance[field];
    if (held->source == SOURCE_NONE)
        return true;
    if ((held->source == SOURCE_SIDECAR) != (source == SOURCE_SIDECAR))
        return source == SOURCE_SIDECAR;
    if (confidence != held->confidence)
        return confidence > held->confidence;
    return source < held->source;
}

void act_set_provenance(struct act *act, enum act_field field, struct provenance provenance)
{
    act->provenance[field] = provenance;
}

void text_list_add(struct arena *arena, struct text_list *list, struct slice text)
{
    list->items = arena_grow(arena, list->items, list->count, sizeof *list->items);
    list->items[list->count++] = arena_copy(arena, text);
    list->read = true;
}

void act_add_proxy(struct act *act, struct slice giver, struct slice holder)
{
    act->proxies = arena_grow(act->arena, act->proxies, act->proxy_count, sizeof *act->proxies);
    act->proxies[act->proxy_count++] = (struct proxy){arena_copy(act->arena, giver), arena_copy(act->arena, holder)};
    act->proxies_read = true;
}

void act_add_amount(struct act *act, double eur, struct slice text)
{
    act->amounts = arena_grow(act->arena, act->amounts, act->amount_count, sizeof *act->amounts);
    act->amounts[act->amount_count++] = (struct amount){eur, arena_copy(act->arena, text)};
    act->amounts_read = true;
}

void act_warn(struct act *act, const char *code)
{
    for (size_t i = 0; i < act->warnings.count; i++)
        if (slice_equal(act->warnings.items[i], slice_of(code)))
            return;
    text_list_add(act->arena, &act->warnings, slice_of(code));
}

static void copy_list(struct arena *arena, struct text_list *to, const struct text_list *from)
{
    *to = (struct text_list){.read = from->read};
    for (size_t i = 0; i < from->count; i++)
        text_list_add(arena, to, from->items[i]);
}

static void copy_proxies(struct act *act, const struct act *from)
{
    act->proxies = NULL;
    act->proxy_count = 0;
    for (size_t i = 0; i < from->proxy_count; i++)
        act_add_proxy(act, from->proxies[i].giver, from->proxies[i].holder);
    act->proxies_read = from->proxies_read;
}

static void copy_amounts(struct act *act, const struct act *from)
{
    act->amounts = NULL;
    act->amount_count = 0;
    for (size_t i = 0; i < from->amount_count; i++)
        act_add_amount(act, from->amounts[i].eur, from->amounts[i].text);
    act->amounts_read = from->amounts_read;
}

static void keep_count(int32_t *held, int32_t given)
{
    if (given != COUNT_UNREAD)
        *held = given;
}

/* What is given of a vote wins, part by part: a sidecar with the outcome alone leaves the counts as read. */
static void merge_vote(struct vote *held, const struct vote *given)
{
    if (given->outcome != OUTCOME_UNREAD)
        held->outcome = given->outcome;
    if (given->unanimous != TRUTH_UNREAD)
        held->unanimous = given->unanimous;
    keep_count(&held->pour, given->pour);
    keep_count(&held->contre, given->contre);
    keep_count(&held->abstention, given->abstention);
    keep_count(&held->nppv, given->nppv);
    keep_count(&held->effectif, given->effectif);
    keep_count(&held->votants, given->votants);
}

static void copy_field(struct act *act, const struct act *from, enum act_field field)
{
    struct act *any = (struct act *)from; /* only read through */
    struct slice *text = text_field(act, field);
    if (text)
        *text = arena_copy(act->arena, *text_field(any, field));
    struct text_list *list = list_field(act, field);
    if (list)
        copy_list(act->arena, list, list_field(any, field));
    switch (field) {
    case FIELD_MATIERE:
        act->matiere_label = arena_copy(act->arena, from->matiere_label);
        break;
    case FIELD_DATE:
        act->date = from->date;
        break;
    case FIELD_CONVOCATION_DATE:
        act->convocation_date = from->convocation_date;
        break;
    case FIELD_COUNCIL_TYPE:
        act->council_type = from->council_type;
        break;
    case FIELD_DOCUMENT_TYPE:
        act->document_type = from->document_type;
        break;
    case FIELD_VOTE:
        merge_vote(&act->vote, &from->vote);
        break;
    case FIELD_PROXIES:
        copy_proxies(act, from);
        break;
    case FIELD_AMOUNTS:
        copy_amounts(act, from);
        break;
    default:
        break;
    }
}

void act_clear(struct act *act, enum act_field field)
{
    const struct act *nothing = act_new(act->arena);
    if (field == FIELD_VOTE)
        act->vote = nothing->vote;
    else
        copy_field(act, nothing, field);
    act->provenance[field] = (struct provenance){0};
}

void act_merge(struct act *act, const struct act *from)
{
    for (enum act_field field = 0; field < FIELD_COUNT; field++) {
        const struct provenance *given = &from->provenance[field];
        if (!act_has(from, field) || !act_accepts(act, field, given->source, given->confidence))
            continue;
        copy_field(act, from, field);
        act->provenance[field] = *given;
    }
    if (act->siret.len == 0)
        act->siret = arena_copy(act->arena, from->siret);
    if (act->source_url.len == 0)
        act->source_url = arena_copy(act->arena, from->source_url);
    for (size_t i = 0; i < from->warnings.count; i++)
        act_warn(act, arena_string(act->arena, from->warnings.items[i]));
}

#include "archive/index_act.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "act/act_id.h"
#include "archive/archive.h"
#include "archive/lexicon.h"
#include "archive/stored_act.h"
#include "archive/terms.h"
#include "archive/word_stream.h"
#include "base/memory.h"
#include "base/packed.h"
#include "base/sha256.h"
#include "french/acronyms.h"
#include "french/stem.h"
#include "french/tokens.h"

enum {
    MAX_VALUE_BYTES = 200, /* a name shown in a facet */
    NUMBER_DIGITS = 10,    /* runs of digits in a number are padded to this, so that 9 sorts before 10 */
    AMOUNT_DIGITS = 16
};

/* A term that is no word of the body, before they are sorted and handed over. */
struct posting {
    uint32_t term_offset; /* in `terms` */
    uint32_t term_len;
    uint32_t wdf; /* 0 keeps it out of the ranking */
};

struct act_indexer {
    struct tokeniser *tokeniser;
    struct stemmer *stemmer;
    struct lexicon *lexicon;
    struct word_stream_writer *stream;
    struct xapian_document *document;
    struct arena *arena;
    struct buffer terms;
    struct act_packer *packer;
    struct buffer plain; /* the act, before it is packed into: */
    struct buffer data;
    struct posting *postings;
    size_t posting_count;
    size_t posting_capacity;
};

struct act_indexer *act_indexer_new(void)
{
    struct act_indexer *indexer = memory_alloc(sizeof *indexer);
    indexer->tokeniser = tokeniser_new();
    indexer->stemmer = stemmer_new();
    indexer->lexicon = lexicon_new();
    indexer->stream = word_stream_writer_new();
    indexer->document = xapian_document_new();
    indexer->arena = arena_new();
    indexer->packer = act_packer_new();
    return indexer;
}

void act_indexer_free(struct act_indexer *indexer)
{
    if (!indexer)
        return;
    tokeniser_free(indexer->tokeniser);
    stemmer_free(indexer->stemmer);
    lexicon_free(indexer->lexicon);
    word_stream_writer_free(indexer->stream);
    xapian_document_free(indexer->document);
    arena_free(indexer->arena);
    buffer_free(&indexer->terms);
    buffer_free(&indexer->plain);
    buffer_free(&indexer->data);
    act_packer_free(indexer->packer);
    free(indexer->postings);
    free(indexer);
}

void act_indexer_each_new_form(struct act_indexer *indexer, lexicon_visit *visit, void *payload)
{
    lexicon_each_new(indexer->lexicon, visit, payload);
}

static void add_posting(struct act_indexer *indexer, const char *prefix, struct slice word, uint32_t wdf)
{
    if (indexer->posting_count == indexer->posting_capacity) {
        indexer->posting_capacity = indexer->posting_capacity ? indexer->posting_capacity * 2 : 4096;
        indexer->postings = memory_resize(indexer->postings, indexer->posting_capacity, sizeof *indexer->postings);
    }
    size_t start = indexer->terms.len;
    buffer_add_string(&indexer->terms, prefix);
    buffer_add_slice(&indexer->terms, word);
    indexer->postings[indexer->posting_count++] = (struct posting){
        .term_offset = (uint32_t)start,
        .term_len = (uint32_t)(indexer->terms.len - start),
        .wdf = wdf,
    };
}

/* A whole value as a filter; one that is too long for a term is left out (ids are hashed, see term_of_id). */
static void add_filter(struct act_indexer *indexer, const char *prefix, struct slice value)
{
    if (value.len > 0 && strlen(prefix) + value.len <= XAPIAN_TERM_MAX_BYTES)
        add_posting(indexer, prefix, value, 0);
}

enum word_form { STEMMED, AS_WRITTEN };

/* The words of a field under its prefix. */
static void add_words(struct act_indexer *indexer, const char *prefix, enum word_form form, struct slice text)
{
    struct token token;
    tokeniser_begin(indexer->tokeniser, text);
    while (tokeniser_next(indexer->tokeniser, &token))
        add_posting(indexer, prefix, form == STEMMED ? stemmer_stem(indexer->stemmer, token.form) : token.form, 0);
}

static void add_list(struct act_indexer *indexer, const char *prefix, enum word_form form, const struct text_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        add_words(indexer, prefix, form, list->items[i]);
}

/* A field of the stream. Each of its words weighs `times` as a stem; 0 leaves it out of the ranking. Its stems become
 * terms under the field's own prefix, too, when it has one. */
static void add_body(struct act_indexer *indexer, const char *prefix, struct slice text, uint32_t times)
{
    struct token token;
    tokeniser_begin(indexer->tokeniser, text);
    while (tokeniser_next(indexer->tokeniser, &token)) {
        const struct lexicon_word *word = lexicon_find(indexer->lexicon, token.form);
        word_stream_add(indexer->stream, word->code, token.alternate);
        if (times > 0)
            lexicon_count(indexer->lexicon, word, times);
        if (*prefix)
            add_posting(indexer, prefix, lexicon_stem(indexer->lexicon, word), 0);
    }
    word_stream_end_field(indexer->stream);
}

/* Whether the words of the objet are already in the text, as they are unless a sidecar or NDJSON gave it. */
static bool objet_is_in_text(const struct act *act)
{
    return act->objet.len == 0 || act->provenance[FIELD_OBJET].end_bytes > 0;
}

/* How many times more than a word of the body one of the objet counts. An objet guessed from its looks counts no more:
 * on texts without a title the first line is taken for one, and to trust it cost a tenth of the ranking's quality. */
static unsigned objet_weight(const struct act *act)
{
    switch (act->provenance[FIELD_OBJET].confidence) {
    case CONFIDENCE_HIGH:
        return 2;
    case CONFIDENCE_MEDIUM:
        return 1;
    default:
        return 0;
    }
}

static void add_text_fields(struct act_indexer *indexer, const struct act *act, struct slice text)
{
    word_stream_begin(indexer->stream);
    add_body(indexer, TERM_OBJET, act->objet, objet_weight(act) + !objet_is_in_text(act));
    add_body(indexer, "", text, 1);
    add_list(indexer, TERM_TOPIC, STEMMED, &act->topics);
    add_words(indexer, TERM_COUNCIL, AS_WRITTEN, act->council);
    add_words(indexer, TERM_RAPPORTEUR, AS_WRITTEN, act->rapporteur);
    add_words(indexer, TERM_PRESIDENT, AS_WRITTEN, act->president);
    add_words(indexer, TERM_SECRETARY, AS_WRITTEN, act->secretary);
    add_list(indexer, TERM_PRESENT, AS_WRITTEN, &act->present);
    add_words(indexer, TERM_PRESENT, AS_WRITTEN, act->president);
    add_words(indexer, TERM_PRESENT, AS_WRITTEN, act->secretary);
}

static void add_folded_filter(struct act_indexer *indexer, const char *prefix, struct slice value)
{
    struct buffer folded = {0};
    fold(&folded, value);
    add_filter(indexer, prefix, buffer_get(&folded));
    buffer_free(&folded);
}

/* The code; for an act whose source has names of its own, that. */
static struct slice matiere_of(const struct act *act)
{
    return act->matiere_code.len > 0 ? act->matiere_code : act->matiere_label;
}

static void add_vote_filters(struct act_indexer *indexer, const struct vote *vote)
{
    add_filter(indexer, TERM_VOTE, slice_of(vote_outcome_name(vote->outcome)));
    if (vote->unanimous != TRUTH_UNREAD)
        add_filter(indexer, TERM_VOTE, vote->unanimous == TRUTH_TRUE ? SLICE("unanime") : SLICE("majorite"));
}

static void add_filters(struct act_indexer *indexer, const struct act *act, struct slice file)
{
    struct slice id = term_of_id(indexer->arena, act->id);
    size_t dot = slice_find_byte(act->matiere_code, '.', 0);
    add_posting(indexer, "", id, 0);
    add_filter(indexer, TERM_FILE, file);
    struct slice number = number_key(indexer->arena, act->number);
    if (number.len > 0) /* it weighs: a number asked for puts its act first */
        add_posting(indexer, TERM_NUMBER, number, 1);
    add_filter(indexer, TERM_COUNCIL_TYPE, slice_of(council_type_name(act->council_type)));
    add_folded_filter(indexer, TERM_MATIERE, matiere_of(act));
    if (dot != SLICE_NONE)
        add_filter(indexer, TERM_MATIERE, slice_range(act->matiere_code, 0, dot));
    add_vote_filters(indexer, &act->vote);
    add_filter(indexer, TERM_DOCUMENT_TYPE, slice_of(document_type_name(act->document_type)));
    if (act->date)
        add_filter(indexer, TERM_YEAR, slice_of(arena_printf(indexer->arena, "%04d", date_year(act->date))));
}

/* What delib-index --status counts. */
static void add_coverage(struct act_indexer *indexer, const struct act *act)
{
    enum { NAME_MAX_BYTES = 200 }; /* of a term's 245 */
    size_t len = act->council.len;
    while (len > NAME_MAX_BYTES || (len < act->council.len && ((unsigned char)act->council.bytes[len] & 0xC0) == 0x80))
        len--;
    unsigned fields = 0;
    for (enum act_field field = 0; field < FIELD_COUNT; field++)
        fields |= (unsigned)act_has(act, field) << field;
    add_filter(indexer, TERM_HAS, slice_of(arena_printf(indexer->arena, "%x", fields)));
    for (size_t i = 0; i < act->warnings.count; i++)
        add_filter(indexer, TERM_WARNING, act->warnings.items[i]);
    add_filter(indexer, TERM_COVERAGE,
               slice_of(arena_printf(indexer->arena, "%04d%c%.*s", act->date ? date_year(act->date) : 0, SLOT_SEPARATOR,
                                     (int)len, act->council.bytes)));
}

static void add_join_keys(struct act_indexer *indexer, const struct act *act, const struct act_place *place)
{
    for (enum join_key kind = 0; kind < JOIN_KEY_COUNT; kind++)
        if (place->keys[kind].len > 0)
            add_posting(indexer, "", join_term(indexer->arena, act_is_row(act), kind, place->keys[kind]), 0);
}

static void add_acronym(struct slice acronym, struct slice name, void *payload)
{
    struct act_indexer *indexer = payload;
    add_filter(indexer, TERM_ACRONYM,
               slice_of(arena_printf(indexer->arena, "%.*s%c%.*s", (int)acronym.len, acronym.bytes, SLOT_SEPARATOR,
                                     (int)name.len, name.bytes)));
    add_filter(indexer, TERM_NAME,
               slice_of(arena_printf(indexer->arena, "%.*s%c%.*s", (int)name.len, name.bytes, SLOT_SEPARATOR,
                                     (int)acronym.len, acronym.bytes)));
}

/* --- handing over ------------------------------------------------------------------------------------------------ */

static struct slice term_of(const struct act_indexer *indexer, const struct posting *posting)
{
    return (struct slice){indexer->terms.bytes + posting->term_offset, posting->term_len};
}

static enum delib_status hand_over_postings(struct act_indexer *indexer, struct delib_error *error)
{
    enum delib_status status = DELIB_OK;
    size_t count = indexer->posting_count;
    const struct posting *postings = indexer->postings;
    for (size_t i = 0; i < count && status == DELIB_OK; i++)
        status = xapian_document_add_term(indexer->document, term_of(indexer, &postings[i]), postings[i].wdf, error);
    return status;
}

static enum delib_status hand_over_words(struct act_indexer *indexer, struct delib_error *error)
{
    enum delib_status status = DELIB_OK;
    size_t count;
    const struct stem_count *counts = lexicon_counts(indexer->lexicon, &count);
    for (size_t i = 0; i < count && status == DELIB_OK; i++)
        status = xapian_document_add_term(indexer->document, counts[i].stem, counts[i].times, error);
    return status;
}

/* The number with its runs of digits padded: byte order is then the order of the numbers. */
static struct slice sortable_number(struct arena *arena, struct slice number)
{
    struct slice canonical = canonical_number(arena, number);
    struct buffer out = {0};
    for (size_t at = 0; at < canonical.len;) {
        size_t end = at;
        while (digit_at(canonical, end))
            end++;
        for (size_t pad = end - at; end > at && pad < NUMBER_DIGITS; pad++)
            buffer_add_byte(&out, '0');
        end = end > at ? end : at + 1;
        buffer_add_slice(&out, slice_range(canonical, at, end));
        at = end;
    }
    struct slice sortable = arena_copy(arena, buffer_get(&out));
    buffer_free(&out);
    return sortable;
}

/* The largest amount in cents, with its zeros; empty when there is none. */
static struct slice largest_amount(struct arena *arena, const struct act *act)
{
    double most = -1;
    for (size_t i = 0; i < act->amount_count; i++)
        most = act->amounts[i].eur > most ? act->amounts[i].eur : most;
    if (most < 0 || most > 1e13)
        return (struct slice){0};
    return slice_of(arena_printf(arena, "%0*lld", AMOUNT_DIGITS, llround(most * 100)));
}

static struct slice joined(struct arena *arena, const struct text_list *list)
{
    struct buffer out = {0};
    for (size_t i = 0; i < list->count; i++) {
        if (i > 0)
            buffer_add_byte(&out, SLOT_SEPARATOR);
        buffer_add_slice(&out, list->items[i]);
    }
    struct slice result = arena_copy(arena, buffer_get(&out));
    buffer_free(&out);
    return result;
}

static struct slice seance_value(struct arena *arena, const struct act *act)
{
    struct slice council = slice_range(act->council, 0, MAX_VALUE_BYTES);
    struct slice number = sortable_number(arena, act->number);
    return slice_of(arena_printf(arena, "%.*s%c%08d%c%.*s", (int)council.len, council.bytes, SLOT_SEPARATOR, act->date,
                                 SLOT_SEPARATOR, (int)number.len, number.bytes));
}

static enum delib_status add_values(struct act_indexer *indexer, const struct act *act, const struct act_place *place,
                                    struct delib_error *error)
{
    struct arena *arena = indexer->arena;
    enum delib_status status = DELIB_OK;
    const struct {
        enum value_slot slot;
        struct slice value;
    } values[] = {
        {SLOT_DATE, act->date ? slice_of(arena_printf(arena, "%08d", act->date)) : (struct slice){0}},
        {SLOT_YEAR, act->date ? slice_of(arena_printf(arena, "%04d", date_year(act->date))) : (struct slice){0}},
        {SLOT_COUNCIL, slice_range(act->council, 0, MAX_VALUE_BYTES)},
        {SLOT_COUNCIL_TYPE, slice_of(council_type_name(act->council_type))},
        {SLOT_RAPPORTEUR, slice_range(act->rapporteur, 0, MAX_VALUE_BYTES)},
        {SLOT_TOPICS, joined(arena, &act->topics)},
        {SLOT_MATIERE, matiere_of(act)},
        {SLOT_VOTE, slice_of(vote_outcome_name(act->vote.outcome))},
        {SLOT_NUMBER, sortable_number(arena, act->number)},
        {SLOT_AMOUNT, largest_amount(arena, act)},
        {SLOT_DOCUMENT_TYPE, slice_of(document_type_name(act->document_type))},
        {SLOT_SEANCE, seance_value(arena, act)},
        {SLOT_DECISIONS, joined(arena, &act->decisions)},
        {SLOT_REVISION, archive_revision_value(arena, place->revision)},
        {SLOT_FINGERPRINT, place->fingerprint},
        {SLOT_WORDS, word_stream_get(indexer->stream)},
    };
    for (size_t i = 0; i < sizeof values / sizeof *values && status == DELIB_OK; i++)
        if (values[i].value.len > 0)
            status = xapian_document_set_value(indexer->document, values[i].slot, values[i].value, error);
    return status;
}

struct slice join_term(struct arena *arena, bool of_row, enum join_key kind, struct slice key)
{
    return slice_of(arena_printf(arena, "%s%c%.*s", of_row ? TERM_JOIN_ROW : TERM_JOIN_ACT, JOIN_KEY_LETTERS[kind],
                                 (int)key.len, key.bytes));
}

struct slice act_fingerprint(struct arena *arena, const struct act *act, struct slice text)
{
    enum { FIGURES = 16 };
    struct buffer stored = {0};
    struct buffer packed = {0};
    struct act plain = *act;
    plain.source_path = (struct slice){0};
    plain.source_sha256 = (struct slice){0};
    plain.source_line = 0;
    stored_act_write(&stored, &plain, NULL, text);
    packed_add_figures(&packed, slice_range(slice_of(sha256_of(buffer_get(&stored)).hex), 0, FIGURES));
    struct slice fingerprint = arena_copy(arena, buffer_get(&packed));
    buffer_free(&stored);
    buffer_free(&packed);
    return fingerprint;
}

struct act_packer *act_indexer_packer(struct act_indexer *indexer)
{
    return indexer->packer;
}

static void add_data(struct act_indexer *indexer, const struct act *act, struct slice text,
                     const struct act_place *place)
{
    buffer_clear(&indexer->data);
    buffer_add_slice(&indexer->data, place->ref);
    if (place->ref.len > 0)
        return;
    buffer_clear(&indexer->plain);
    stored_act_write(&indexer->plain, act, place->as_read, text);
    act_packer_pack(&indexer->data, indexer->packer, buffer_get(&indexer->plain));
}

enum delib_status act_indexer_document(struct xapian_document **out, struct act_indexer *indexer, const struct act *act,
                                       struct slice text, const struct act_place *place, struct delib_error *error)
{
    arena_reset(indexer->arena);
    buffer_clear(&indexer->terms);
    indexer->posting_count = 0;
    lexicon_begin(indexer->lexicon);
    xapian_document_clear(indexer->document);
    add_text_fields(indexer, act, text);
    add_filters(indexer, act, place->file);
    add_coverage(indexer, act);
    add_join_keys(indexer, act, place);
    acronyms_find(text, add_acronym, indexer);
    add_data(indexer, act, text, place);
    enum delib_status status = hand_over_words(indexer, error);
    if (status == DELIB_OK)
        status = hand_over_postings(indexer, error);
    if (status == DELIB_OK)
        status = add_values(indexer, act, place, error);
    if (status == DELIB_OK)
        status = xapian_document_set_data(indexer->document, buffer_get(&indexer->data), error);
    if (status == DELIB_OK)
        *out = indexer->document;
    return status;
}

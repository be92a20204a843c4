#include "split/acts.h"

#include "act/act_id.h"
#include "extract/extract.h"
#include "extract/header.h"
#include "split/seances.h"
#include "split/split.h"

static void add(struct acts *out, struct arena *arena, struct act *act, struct slice text,
                const struct act_source *source)
{
    act->source_path = source->path;
    act->source_sha256 = source->sha256;
    act->source_line = source->line;
    if (source->warning && *source->warning)
        act_warn(act, source->warning);
    out->items = arena_grow(arena, out->items, out->count, sizeof *out->items);
    out->items[out->count++] = (struct new_act){.act = act, .text = text};
}

static bool names_one_act(const struct act *given)
{
    return given && (given->id.len > 0 || given->number.len > 0 || given->objet.len > 0);
}

/* Places found in the body of a part, as places in the part's text; and those of the session's fields where they stand
 * in this very part. */
static void place_fields(struct act *act, const struct part *part, const struct act *session)
{
    uint32_t shift = (uint32_t)(part->body_start_bytes - part->start_bytes);
    for (enum act_field field = 0; field < FIELD_COUNT; field++) {
        struct provenance *found = &act->provenance[field];
        const struct provenance *of_session = &session->provenance[field];
        if (found->end_bytes > 0) {
            found->start_bytes += shift;
            found->end_bytes += shift;
        } else if (found->source != SOURCE_NONE && found->source == of_session->source &&
                   found->confidence == of_session->confidence && of_session->start_bytes >= part->start_bytes &&
                   of_session->end_bytes > 0 && of_session->end_bytes <= part->end_bytes) {
            found->start_bytes = of_session->start_bytes - (uint32_t)part->start_bytes;
            found->end_bytes = of_session->end_bytes - (uint32_t)part->start_bytes;
        }
    }
}

/* The session's record as its acts inherit it: values and trust, but not places in another act's text. */
static void inherit(struct act *act, const struct act *session)
{
    act_merge(act, session);
    for (enum act_field field = 0; field < FIELD_COUNT; field++)
        act->provenance[field].start_bytes = act->provenance[field].end_bytes = 0;
}

static uint32_t page_breaks(struct slice text)
{
    uint32_t count = 0;
    for (size_t at = slice_find_byte(text, '\f', 0); at != SLICE_NONE; at = slice_find_byte(text, '\f', at + 1))
        count += at + 1 < text.len; /* one at the very end opens the next act's page */
    return count;
}

static struct act *act_of_part(struct arena *arena, const struct document *document, const struct part *part,
                               bool has_session, const struct act *session, const struct act *given)
{
    struct act *act = act_new(arena);
    struct slice body = slice_range(document->original, part->body_start_bytes, part->body_end_bytes);
    if (given)
        act_merge(act, given);
    inherit(act, session);
    extract_part(act, body, document->path, part->number, part->title, has_session);
    if (!act_has(act, FIELD_NUMBER) && part->rank.len > 0) {
        act->number = part->rank;
        act_set_provenance(act, FIELD_NUMBER,
                           (struct provenance){.source = SOURCE_HEURISTIC, .confidence = CONFIDENCE_LOW});
    }
    place_fields(act, part, session);
    return act;
}

/* The first line at or after `bytes` of the original text. */
static size_t line_at(const struct document *document, size_t bytes)
{
    size_t line = 0;
    while (line < document->line_count && document->origin[document->lines[line].start] < bytes)
        line++;
    return line;
}

/* A piece of a file, whole or one séance of it. */
struct piece {
    struct document *document;
    uint32_t pages_before;
};

static void add_parts(struct acts *out, struct arena *arena, const struct piece *piece, const struct split *split,
                      const struct act_source *source, const struct act *given)
{
    const struct document *document = piece->document;
    struct act *session = act_new(arena);
    if (split->has_session)
        extract_session(session, document, line_at(document, split->parts[0].body_start_bytes));
    for (size_t i = 0; i < split->count; i++) {
        const struct part *part = &split->parts[i];
        struct act *act = act_of_part(arena, document, part, split->has_session, session, given);
        struct slice text = slice_range(document->original, part->start_bytes, part->end_bytes);
        act->split = split->proof;
        if (source->has_pages) {
            act->page_first = piece->pages_before + part->page_first;
            act->page_last = act->page_first + page_breaks(text);
        }
        act_set_id(act, text);
        add(out, arena, act, text, source);
    }
}

static void add_piece(struct acts *out, struct arena *arena, const struct piece *piece, const struct split *split,
                      const struct act_source *source, const struct act *given)
{
    if (split->count > 1) {
        add_parts(out, arena, piece, split, source, given);
        return;
    }
    struct act *act = act_new(arena);
    extract_whole(act, piece->document, given, source->has_pages);
    act->page_first += source->has_pages ? piece->pages_before : 0;
    act->page_last += source->has_pages ? piece->pages_before : 0;
    add(out, arena, act, piece->document->original, source);
}

/* What was given with the file, and the council that its first séance names: all of them are of one. */
static const struct act *given_for_others(struct arena *arena, const struct act *given, const struct act *first)
{
    static const enum act_field fields[] = {FIELD_COUNCIL, FIELD_COUNCIL_TYPE, FIELD_SIREN};
    struct act *out = act_new(arena);
    struct act *council = act_new(arena);
    inherit(council, first);
    for (enum act_field field = 0; field < FIELD_COUNT; field++) {
        bool is_kept = false;
        for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
            is_kept |= field == fields[i];
        if (!is_kept)
            act_clear(council, field);
    }
    council->warnings = (struct text_list){0};
    if (given)
        act_merge(out, given);
    act_merge(out, council);
    return out;
}

/* Each séance is read as if it were a file of its own. */
static void add_seances(struct acts *out, struct arena *arena, struct slice text, const struct seances *seances,
                        const struct act_source *source, const struct act *given)
{
    for (size_t i = 0; i < seances->count; i++) {
        size_t start = seances->starts[i];
        size_t end = i + 1 < seances->count ? seances->starts[i + 1] : text.len;
        struct document document;
        struct split split = {0};
        struct piece piece = {&document, page_breaks(slice_range(text, 0, start + 1))};
        document_begin(&document, arena, slice_range(text, start, end), source->path);
        header_classify(&document);
        split_document(&split, &document);
        size_t first = out->count;
        add_piece(out, arena, &piece, &split, source, given);
        given = i == 0 ? given_for_others(arena, given, out->items[first].act) : given;
        document_end(&document);
    }
}

void acts_of_text(struct acts *out, struct arena *arena, struct slice text, const struct act_source *source,
                  const struct act *given)
{
    struct document document;
    struct split split = {0};
    struct seances seances = {0};
    struct piece whole = {&document, 0};
    document_begin(&document, arena, text, source->path);
    header_classify(&document);
    if (!source->is_one_act && !names_one_act(given)) {
        split_document(&split, &document);
        if (split.has_session || split.count <= 1) /* each act of a bundle tells its own séance */
            seances_find(&seances, &document);
    }
    if (seances.count > 1)
        add_seances(out, arena, text, &seances, source, given);
    else
        add_piece(out, arena, &whole, &split, source, given);
    document_end(&document);
}

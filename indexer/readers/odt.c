#include "readers/odt.h"

#include <stdlib.h>
#include <string.h>

#include "base/words.h"
#include "readers/flow.h"
#include "readers/odt_styles.h"
#include "readers/office_zip.h"

enum element_kind {
    ELEMENT_SKIPPED,
    ELEMENT_PARAGRAPH,
    ELEMENT_HEADING,
    ELEMENT_SPACE,
    ELEMENT_TAB,
    ELEMENT_BREAK,
    ELEMENT_TABLE,
    ELEMENT_ROW,
    ELEMENT_CELL,
    ELEMENT_BOX,
    ELEMENT_LIST,
    ELEMENT_ITEM,
    ELEMENT_NOTE
};

/* Local names of OpenDocument, sorted. Text stands in <p> and <h> only; what is not listed is passed through. */
static const struct element {
    const char *name;
    enum element_kind kind;
} elements[] = {
    {"annotation", ELEMENT_SKIPPED},
    {"covered-table-cell", ELEMENT_SKIPPED},
    {"desc", ELEMENT_SKIPPED},
    {"endnote", ELEMENT_NOTE}, /* so until OpenOffice 1 */
    {"endnote-citation", ELEMENT_SKIPPED},
    {"footnote", ELEMENT_NOTE},
    {"footnote-citation", ELEMENT_SKIPPED},
    {"h", ELEMENT_HEADING},
    {"hidden-paragraph", ELEMENT_SKIPPED},
    {"hidden-text", ELEMENT_SKIPPED},
    {"line-break", ELEMENT_BREAK},
    {"list", ELEMENT_LIST},
    {"list-item", ELEMENT_ITEM},
    {"note", ELEMENT_NOTE},
    {"note-citation", ELEMENT_SKIPPED},
    {"ordered-list", ELEMENT_LIST}, /* OpenOffice 1 */
    {"p", ELEMENT_PARAGRAPH},
    {"ruby-text", ELEMENT_SKIPPED},
    {"s", ELEMENT_SPACE},
    {"tab", ELEMENT_TAB},
    {"tab-stop", ELEMENT_TAB}, /* OpenOffice 1 */
    {"table", ELEMENT_TABLE},
    {"table-cell", ELEMENT_CELL},
    {"table-row", ELEMENT_ROW},
    {"text-box", ELEMENT_BOX},
    {"title", ELEMENT_SKIPPED},           /* of a picture */
    {"tracked-changes", ELEMENT_SKIPPED}, /* holds what was deleted */
    {"unordered-list", ELEMENT_LIST},     /* OpenOffice 1 */
};

enum {
    MAX_OPEN_PARAGRAPHS = 16 /* paragraphs in text boxes in paragraphs; deeper ones have no spacing or number */
};

/* Text goes to the body, and to the notes while inside one. */
struct odt_state {
    struct flow body;
    struct flow notes;
    struct flow *flow;
    struct arena *arena;
    struct office_styles *styles;
    struct office_paragraph paragraphs[MAX_OPEN_PARAGRAPHS];
    size_t depth;   /* paragraphs open */
    size_t skipped; /* elements open whose content is left out */
    size_t notes_open;
    long list_level; /* of the innermost list open */
    struct slice list_styles[OFFICE_MAX_LEVELS];
    bool item_begun; /* the number of a list item is due */
    bool settled;    /* the spacing and the number of this paragraph are written */
    struct office_paragraph previous;
    size_t paragraph_start_bytes; /* length of the text when this paragraph began */
};

static int compare_name(const void *name, const void *element)
{
    return strcmp(name, ((const struct element *)element)->name);
}

static const struct element *find_element(const char *name)
{
    return bsearch(name, elements, sizeof elements / sizeof *elements, sizeof *elements, compare_name);
}

static struct office_paragraph *paragraph_of(struct odt_state *state)
{
    return state->depth > 0 && state->depth <= MAX_OPEN_PARAGRAPHS ? &state->paragraphs[state->depth - 1] : NULL;
}

/* The first text of a paragraph comes: write what stands before it. */
static void settle(struct odt_state *state)
{
    struct office_paragraph *paragraph = paragraph_of(state);
    if (state->settled || !paragraph)
        return;
    state->settled = true;
    office_paragraph_complete(paragraph, state->styles);
    if (office_paragraphs_stand_apart(&state->previous, paragraph))
        flow_ask(state->flow, GAP_PARAGRAPH);
    struct buffer number = {0};
    office_number_add(&number, state->styles, paragraph);
    flow_words(state->flow, buffer_get(&number));
    buffer_free(&number);
}

static void begin_paragraph(struct odt_state *state, const struct xml_attributes *attributes, bool is_heading)
{
    flow_ask(state->flow, GAP_LINE);
    state->depth++;
    state->settled = false;
    state->paragraph_start_bytes = state->flow->out->len;
    struct office_paragraph *paragraph = paragraph_of(state);
    if (!paragraph)
        return;
    office_paragraph_begin(paragraph);
    paragraph->style = arena_copy(state->arena, xml_attribute(attributes, "style-name"));
    paragraph->list = SLICE("");
    if (state->item_begun && state->list_level >= 0 && state->list_level < OFFICE_MAX_LEVELS) {
        paragraph->list = state->list_styles[state->list_level];
        paragraph->level = state->list_level;
    } else if (is_heading) {
        long level = office_number_of(xml_attribute(attributes, "outline-level"), 1);
        paragraph->list = SLICE(ODT_OUTLINE);
        paragraph->level = level > 0 ? level - 1 : 0;
    }
    state->item_begun = false;
}

/* An empty paragraph is an empty line. */
static void end_paragraph(struct odt_state *state)
{
    bool is_empty = state->flow->out->len == state->paragraph_start_bytes;
    flow_ask(state->flow, is_empty ? GAP_PARAGRAPH : GAP_LINE);
    if (state->settled && paragraph_of(state))
        state->previous = *paragraph_of(state);
    state->depth--;
    state->settled = true; /* of the one around: it goes on */
}

static void begin_list(struct odt_state *state, const struct xml_attributes *attributes)
{
    struct slice style = xml_attribute(attributes, "style-name");
    bool goes_on = slice_equal(xml_attribute(attributes, "continue-numbering"), SLICE("true")) ||
                   xml_attribute(attributes, "continue-list").bytes;
    long level = ++state->list_level;
    if (level >= OFFICE_MAX_LEVELS)
        return;
    bool inherits = !style.bytes && level > 0;
    state->list_styles[level] = inherits ? state->list_styles[level - 1] : arena_copy(state->arena, style);
    if (level == 0 && !goes_on)
        office_list_restart(state->styles, style);
}

static void begin_note(struct odt_state *state)
{
    if (state->notes_open++ > 0)
        return;
    state->flow = &state->notes;
    flow_ask(state->flow, GAP_LINE);
}

static void end_note(struct odt_state *state)
{
    if (--state->notes_open == 0)
        state->flow = &state->body;
}

static void begin_cell(struct odt_state *state)
{
    flow_cell(state->flow);
    office_paragraph_begin(&state->previous); /* the first paragraph of a cell stands below none */
}

static void open_element(struct odt_state *state, enum element_kind kind, const struct xml_attributes *attributes)
{
    switch (kind) {
    case ELEMENT_PARAGRAPH:
    case ELEMENT_HEADING:
        begin_paragraph(state, attributes, kind == ELEMENT_HEADING);
        break;
    case ELEMENT_SPACE:
        flow_ask(state->flow, GAP_SPACE);
        break;
    case ELEMENT_TAB:
        flow_ask(state->flow, GAP_TAB);
        break;
    case ELEMENT_BREAK:
        flow_break(state->flow);
        break;
    case ELEMENT_TABLE:
        flow_ask(state->flow, GAP_PARAGRAPH);
        break;
    case ELEMENT_ROW:
        flow_row(state->flow);
        break;
    case ELEMENT_CELL:
        begin_cell(state);
        break;
    case ELEMENT_BOX:
        flow_ask(state->flow, GAP_LINE);
        break;
    case ELEMENT_LIST:
        begin_list(state, attributes);
        break;
    case ELEMENT_ITEM:
        state->item_begun = true;
        break;
    case ELEMENT_NOTE:
        begin_note(state);
        break;
    default:
        break;
    }
}

static void close_element(struct odt_state *state, enum element_kind kind)
{
    switch (kind) {
    case ELEMENT_PARAGRAPH:
    case ELEMENT_HEADING:
        end_paragraph(state);
        break;
    case ELEMENT_TABLE:
        flow_ask(state->flow, GAP_PARAGRAPH);
        break;
    case ELEMENT_ROW:
        flow_row_end(state->flow);
        break;
    case ELEMENT_CELL:
        flow_cell_end(state->flow);
        break;
    case ELEMENT_BOX:
        flow_ask(state->flow, GAP_LINE);
        break;
    case ELEMENT_LIST:
        state->list_level--;
        state->item_begun = false;
        break;
    case ELEMENT_ITEM:
        state->item_begun = false;
        break;
    case ELEMENT_NOTE:
        end_note(state);
        break;
    default:
        break;
    }
}

static bool is_skipped(const struct element *element)
{
    return element && element->kind == ELEMENT_SKIPPED;
}

static void on_start(void *context, const char *name, const struct xml_attributes *attributes)
{
    struct odt_state *state = context;
    const struct element *element = find_element(name);
    state->skipped += is_skipped(element);
    if (element && state->skipped == 0)
        open_element(state, element->kind, attributes);
}

static void on_end(void *context, const char *name)
{
    struct odt_state *state = context;
    const struct element *element = find_element(name);
    if (element && state->skipped == 0)
        close_element(state, element->kind);
    state->skipped -= is_skipped(element);
}

static void on_text(void *context, struct slice text)
{
    struct odt_state *state = context;
    if (state->depth == 0 || state->skipped > 0)
        return;
    if (slice_trim(text).len > 0)
        settle(state);
    flow_words(state->flow, text);
}

/* --- the header of the first page ------------------------------------------------------------------------------ */

/* The header that is wanted of styles.xml, and the walk through it. */
struct header_walk {
    struct odt_state *state;
    struct odt_header wanted;
    bool in_page;
    size_t depth; /* elements open in the header, itself included; 0: outside */
};

static void on_header_start(void *context, const char *name, const struct xml_attributes *attributes)
{
    struct header_walk *walk = context;
    if (walk->depth > 0) {
        walk->depth++;
        on_start(walk->state, name, attributes);
    } else if (strcmp(name, "master-page") == 0) {
        walk->in_page = slice_equal(xml_attribute(attributes, "name"), walk->wanted.page);
    } else if (walk->in_page && strcmp(name, walk->wanted.element) == 0 &&
               !slice_equal(xml_attribute(attributes, "display"), SLICE("false"))) {
        walk->depth = 1;
    }
}

static void on_header_end(void *context, const char *name)
{
    struct header_walk *walk = context;
    if (walk->depth > 1)
        on_end(walk->state, name);
    walk->depth -= walk->depth > 0;
}

static void on_header_text(void *context, struct slice text)
{
    struct header_walk *walk = context;
    if (walk->depth > 0)
        on_text(walk->state, text);
}

static void add_header(struct odt_state *state, struct slice styles)
{
    static const struct xml_visitor visitor = {on_header_start, on_header_end, on_header_text};
    struct header_walk walk = {.state = state};
    if (odt_header_find(&walk.wanted, state->arena, styles))
        xml_walk(&visitor, &walk, styles, true, NULL);
    flow_ask(state->flow, GAP_PARAGRAPH);
}

/* --- the document ---------------------------------------------------------------------------------------------- */

void read_odt_parts(struct reading *out, struct arena *arena, struct slice content, struct slice styles)
{
    static const struct xml_visitor visitor = {on_start, on_end, on_text};
    struct buffer text = {0}, notes = {0};
    struct delib_error error;
    struct odt_state state = {.arena = arena, .styles = office_styles_new(arena), .list_level = -1};
    odt_styles_read(state.styles, arena, styles);
    odt_styles_read(state.styles, arena, content);
    office_styles_seal(state.styles);
    flow_begin(&state.body, &text);
    flow_begin(&state.notes, &notes);
    state.flow = &state.body;
    office_paragraph_begin(&state.previous);
    add_header(&state, styles);
    if (xml_walk(&visitor, &state, content, false, &error) == DELIB_OK) {
        flow_take(&out->text, &text);
        flow_take(&out->text, &notes);
    } else {
        reading_stop(out, REASON_DAMAGED, _("this OpenDocument text cannot be read: %s"), error.message);
    }
    buffer_free(&text);
    buffer_free(&notes);
}

/* With a password the parts are there, but scrambled; the manifest tells. */
static bool is_encrypted(struct zip_members *zip)
{
    struct buffer manifest = {0};
    struct reading ignored = {0};
    office_zip_optional_part(&ignored, &manifest, zip, "META-INF/manifest.xml");
    bool encrypted = slice_find(buffer_get(&manifest), SLICE("encryption-data")) != SLICE_NONE;
    buffer_free(&manifest);
    return encrypted;
}

void read_odt(struct reading *out, struct arena *arena, struct zip_members *zip)
{
    struct buffer content = {0}, styles = {0};
    if (is_encrypted(zip))
        reading_stop(out, REASON_ENCRYPTED, _("this document asks for a password: save a copy without one"));
    else if (office_zip_part(out, &content, zip, "content.xml") &&
             office_zip_optional_part(out, &styles, zip, "styles.xml"))
        read_odt_parts(out, arena, buffer_get(&content), buffer_get(&styles));
    buffer_free(&content);
    buffer_free(&styles);
}

#include "readers/odt.h"

#include <stdlib.h>
#include <string.h>

#include "base/words.h"
#include "readers/odt_styles.h"
#include "readers/office_text.h"
#include "readers/office_zip.h"

enum element_kind {
    ELEMENT_BLOCK, /* nothing but what `block` says */
    ELEMENT_SKIPPED,
    ELEMENT_PARAGRAPH,
    ELEMENT_HEADING,
    ELEMENT_SPACE,
    ELEMENT_LIST,
    ELEMENT_ITEM,
    ELEMENT_NOTE
};

/* Local names of OpenDocument, and of OpenOffice 1 where it had others, sorted. Text stands in <p> and <h> only; what
 * is not listed is passed through. */
static const struct element {
    const char *name;
    enum element_kind kind;
    enum flow_block block;
} elements[] = {
    {"annotation", ELEMENT_SKIPPED, BLOCK_NONE},
    {"covered-table-cell", ELEMENT_SKIPPED, BLOCK_NONE},
    {"desc", ELEMENT_SKIPPED, BLOCK_NONE},
    {"endnote", ELEMENT_NOTE, BLOCK_NONE},
    {"endnote-citation", ELEMENT_SKIPPED, BLOCK_NONE},
    {"footnote", ELEMENT_NOTE, BLOCK_NONE},
    {"footnote-citation", ELEMENT_SKIPPED, BLOCK_NONE},
    {"h", ELEMENT_HEADING, BLOCK_NONE},
    {"hidden-paragraph", ELEMENT_SKIPPED, BLOCK_NONE},
    {"hidden-text", ELEMENT_SKIPPED, BLOCK_NONE},
    {"line-break", ELEMENT_BLOCK, BLOCK_BREAK},
    {"list", ELEMENT_LIST, BLOCK_NONE},
    {"list-item", ELEMENT_ITEM, BLOCK_NONE},
    {"note", ELEMENT_NOTE, BLOCK_NONE},
    {"note-citation", ELEMENT_SKIPPED, BLOCK_NONE},
    {"ordered-list", ELEMENT_LIST, BLOCK_NONE},
    {"p", ELEMENT_PARAGRAPH, BLOCK_NONE},
    {"ruby-text", ELEMENT_SKIPPED, BLOCK_NONE},
    {"s", ELEMENT_SPACE, BLOCK_NONE},
    {"tab", ELEMENT_BLOCK, BLOCK_TAB},
    {"tab-stop", ELEMENT_BLOCK, BLOCK_TAB},
    {"table", ELEMENT_BLOCK, BLOCK_APART},
    {"table-cell", ELEMENT_BLOCK, BLOCK_CELL},
    {"table-row", ELEMENT_BLOCK, BLOCK_ROW},
    {"text-box", ELEMENT_BLOCK, BLOCK_LINE},
    {"title", ELEMENT_SKIPPED, BLOCK_NONE},           /* of a picture */
    {"tracked-changes", ELEMENT_SKIPPED, BLOCK_NONE}, /* holds what was deleted */
    {"unordered-list", ELEMENT_LIST, BLOCK_NONE},
};

/* Text goes to the body, and to the notes while inside one. */
struct odt_state {
    struct flow body;
    struct flow notes;
    struct office_text text;
    struct arena *arena;
    size_t skipped; /* elements open whose content is left out */
    size_t notes_open;
    long list_level; /* of the innermost list open; -1: none */
    struct slice list_styles[OFFICE_MAX_LEVELS];
    bool item_begun; /* the number of a list item is due */
    size_t cells;    /* open */
};

static int compare_name(const void *name, const void *element)
{
    return strcmp(name, ((const struct element *)element)->name);
}

static const struct element *find_element(const char *name)
{
    return bsearch(name, elements, sizeof elements / sizeof *elements, sizeof *elements, compare_name);
}

static void begin_paragraph(struct odt_state *state, const struct xml_attributes *attributes, bool is_heading)
{
    office_paragraph_open(&state->text);
    struct office_paragraph *paragraph = office_paragraph_of(&state->text);
    if (!paragraph)
        return;
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
        office_list_restart(state->text.styles, style);
}

static void begin_note(struct odt_state *state)
{
    if (state->notes_open++ > 0)
        return;
    state->text.flow = &state->notes;
    flow_ask(&state->notes, GAP_LINE);
}

static void end_note(struct odt_state *state)
{
    if (--state->notes_open == 0)
        state->text.flow = &state->body;
}

static void open_element(struct odt_state *state, const struct element *element,
                         const struct xml_attributes *attributes)
{
    office_block_begin(&state->text, element->block);
    state->cells += element->block == BLOCK_CELL;
    switch (element->kind) {
    case ELEMENT_PARAGRAPH:
    case ELEMENT_HEADING:
        begin_paragraph(state, attributes, element->kind == ELEMENT_HEADING);
        break;
    case ELEMENT_SPACE:
        flow_ask(state->text.flow, GAP_SPACE);
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

static void close_element(struct odt_state *state, const struct element *element)
{
    flow_block_end(state->text.flow, element->block);
    state->cells -= element->block == BLOCK_CELL && state->cells > 0;
    const struct office_paragraph *paragraph = office_paragraph_of(&state->text);
    switch (element->kind) {
    case ELEMENT_PARAGRAPH:
    case ELEMENT_HEADING:
        state->text.is_title = paragraph && paragraph->is_bold && state->cells == 0;
        office_paragraph_close(&state->text);
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
        open_element(state, element, attributes);
}

static void on_end(void *context, const char *name)
{
    struct odt_state *state = context;
    const struct element *element = find_element(name);
    if (element && state->skipped == 0)
        close_element(state, element);
    state->skipped -= is_skipped(element);
}

static void on_text(void *context, struct slice text)
{
    struct odt_state *state = context;
    if (state->text.depth > 0 && state->skipped == 0)
        office_words(&state->text, text);
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
    flow_ask(&state->body, GAP_PARAGRAPH);
}

/* --- the document ---------------------------------------------------------------------------------------------- */

void read_odt_parts(struct reading *out, struct arena *arena, struct slice content, struct slice styles)
{
    static const struct xml_visitor visitor = {on_start, on_end, on_text};
    struct buffer text = {0}, notes = {0};
    struct delib_error error;
    struct odt_state state = {.arena = arena, .list_level = -1};
    struct office_styles *known = office_styles_new(arena);
    odt_styles_read(known, arena, styles);
    odt_styles_read(known, arena, content);
    office_styles_seal(known);
    flow_begin(&state.body, &text);
    flow_begin(&state.notes, &notes);
    office_text_begin(&state.text, &state.body, known);
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

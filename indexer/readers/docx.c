#include "readers/docx.h"

#include <stdlib.h>
#include <string.h>

#include "base/words.h"
#include "readers/docx_styles.h"
#include "readers/office_text.h"
#include "readers/office_zip.h"

enum element_kind {
    ELEMENT_BLOCK, /* nothing but what `block` says */
    ELEMENT_SKIPPED,
    ELEMENT_PARAGRAPH,
    ELEMENT_PROPERTIES,
    ELEMENT_RUN,
    ELEMENT_HIDDEN,
    ELEMENT_BOLD,
    ELEMENT_TEXT,
    ELEMENT_HYPHEN
};

/* Local names of WordprocessingML, sorted. Text stands in <t> only; what is not listed is passed through. */
static const struct element {
    const char *name;
    enum element_kind kind;
    enum flow_block block;
} elements[] = {
    {"Fallback", ELEMENT_SKIPPED, BLOCK_NONE}, /* of a drawing: the same again for old versions */
    {"b", ELEMENT_BOLD, BLOCK_NONE},
    {"br", ELEMENT_BLOCK, BLOCK_BREAK},
    {"cr", ELEMENT_BLOCK, BLOCK_BREAK},
    {"del", ELEMENT_SKIPPED, BLOCK_NONE},
    {"endnote", ELEMENT_BLOCK, BLOCK_LINE},
    {"footnote", ELEMENT_BLOCK, BLOCK_LINE},
    {"moveFrom", ELEMENT_SKIPPED, BLOCK_NONE},
    {"noBreakHyphen", ELEMENT_HYPHEN, BLOCK_NONE},
    {"p", ELEMENT_PARAGRAPH, BLOCK_NONE},
    {"pPr", ELEMENT_PROPERTIES, BLOCK_NONE},
    {"pPrChange", ELEMENT_SKIPPED, BLOCK_NONE}, /* what the properties were before a tracked change */
    {"r", ELEMENT_RUN, BLOCK_NONE},
    {"t", ELEMENT_TEXT, BLOCK_NONE},
    {"tab", ELEMENT_BLOCK, BLOCK_TAB},
    {"tbl", ELEMENT_BLOCK, BLOCK_APART},
    {"tc", ELEMENT_BLOCK, BLOCK_CELL},
    {"tr", ELEMENT_BLOCK, BLOCK_ROW},
    {"txbxContent", ELEMENT_BLOCK, BLOCK_LINE},
    {"u", ELEMENT_BOLD, BLOCK_NONE},
    {"vanish", ELEMENT_HIDDEN, BLOCK_NONE},
};

struct docx_state {
    struct flow flow;
    struct office_text text;
    struct arena *arena;
    size_t skipped;  /* elements open whose content is left out */
    size_t texts;    /* <t> open */
    bool properties; /* in a <pPr> */
    bool hidden;     /* this run is */
    bool bold;       /* this run is, or underlined */
    bool has_bold;   /* this paragraph has words that are */
    bool has_plain;
    size_t cells; /* open */
};

static int compare_name(const void *name, const void *element)
{
    return strcmp(name, ((const struct element *)element)->name);
}

static const struct element *find_element(const char *name)
{
    return bsearch(name, elements, sizeof elements / sizeof *elements, sizeof *elements, compare_name);
}

static bool is_off(struct slice value)
{
    return slice_equal(value, SLICE("0")) || slice_equal(value, SLICE("false")) || slice_equal(value, SLICE("none"));
}

static void open_element(struct docx_state *state, const struct element *element,
                         const struct xml_attributes *attributes)
{
    state->cells += element->block == BLOCK_CELL;
    if (!state->properties) /* there a <tab> is a tab stop */
        office_block_begin(&state->text, element->block);
    switch (element->kind) {
    case ELEMENT_PARAGRAPH:
        office_paragraph_open(&state->text);
        state->has_bold = state->has_plain = false;
        break;
    case ELEMENT_BOLD:
        state->bold |= !state->properties && !is_off(xml_attribute(attributes, "val"));
        break;
    case ELEMENT_PROPERTIES:
        state->properties = true;
        break;
    case ELEMENT_RUN:
        state->hidden = state->bold = false;
        break;
    case ELEMENT_HIDDEN: /* before the text of its run; that of the paragraph's mark comes before any run */
        state->hidden = !is_off(xml_attribute(attributes, "val"));
        break;
    case ELEMENT_TEXT:
        state->texts++;
        break;
    case ELEMENT_HYPHEN:
        office_words(&state->text, SLICE("-"));
        break;
    default:
        break;
    }
}

static void close_element(struct docx_state *state, const struct element *element)
{
    flow_block_end(&state->flow, element->block);
    state->cells -= element->block == BLOCK_CELL && state->cells > 0;
    if (element->kind == ELEMENT_PARAGRAPH) {
        state->text.is_title = state->has_bold && !state->has_plain && state->cells == 0;
        office_paragraph_close(&state->text);
    } else if (element->kind == ELEMENT_PROPERTIES)
        state->properties = false;
    else if (element->kind == ELEMENT_TEXT)
        state->texts--;
}

static void on_start(void *context, const char *name, const struct xml_attributes *attributes)
{
    struct docx_state *state = context;
    const struct element *element = find_element(name);
    struct office_paragraph *paragraph = office_paragraph_of(&state->text);
    state->skipped += element && element->kind == ELEMENT_SKIPPED;
    if (state->skipped > 0)
        return;
    if (element)
        open_element(state, element, attributes);
    else if (state->properties && paragraph)
        docx_paragraph_take(paragraph, state->arena, name, attributes);
}

static void on_end(void *context, const char *name)
{
    struct docx_state *state = context;
    const struct element *element = find_element(name);
    if (element && state->skipped == 0)
        close_element(state, element);
    state->skipped -= element && element->kind == ELEMENT_SKIPPED;
}

static void on_text(void *context, struct slice text)
{
    struct docx_state *state = context;
    if (state->texts == 0 || state->skipped > 0 || state->hidden)
        return;
    bool has_words = slice_trim(text).len > 0;
    state->has_bold |= has_words && state->bold;
    state->has_plain |= has_words && !state->bold;
    office_words(&state->text, text);
}

/* Add the text of one part below what is there. False, and `out` says why, when its XML cannot be read. */
static bool add_part(struct reading *out, struct docx_state *state, const struct buffer *part)
{
    static const struct xml_visitor visitor = {on_start, on_end, on_text};
    struct delib_error error;
    if (part->len == 0)
        return true;
    flow_ask(&state->flow, GAP_PARAGRAPH);
    if (xml_walk(&visitor, state, buffer_get(part), false, &error) == DELIB_OK)
        return true;
    reading_stop(out, REASON_DAMAGED, _("this Word document cannot be read: %s"), error.message);
    return false;
}

void read_docx_parts(struct reading *out, struct arena *arena, const struct docx_parts *parts)
{
    struct buffer text = {0};
    struct docx_state state = {.arena = arena};
    struct office_styles *styles = office_styles_new(arena);
    docx_styles_read(styles, arena, buffer_get(&parts->styles));
    docx_numbering_read(styles, arena, buffer_get(&parts->numbering));
    office_styles_seal(styles);
    flow_begin(&state.flow, &text);
    office_text_begin(&state.text, &state.flow, styles);
    if (add_part(out, &state, &parts->header) && add_part(out, &state, &parts->body) &&
        add_part(out, &state, &parts->footnotes) && add_part(out, &state, &parts->endnotes))
        flow_take(&out->text, &text);
    buffer_free(&text);
}

/* --- parts ----------------------------------------------------------------------------------------------------- */

enum relation {
    RELATION_DOCUMENT,
    RELATION_STYLES,
    RELATION_NUMBERING,
    RELATION_FOOTNOTES,
    RELATION_ENDNOTES,
    RELATION_HEADER,
    RELATION_OTHER
};

/* Where a part is, as the .rels beside another tells. */
struct relations {
    struct arena *arena;
    const char *folder; /* that targets start from: "" or one with a slash at its end */
    const char *targets[RELATION_OTHER];
    struct slice header_id; /* the header wanted; empty: none */
};

static enum relation relation_of(struct slice type)
{
    static const char *const types[] = {
        [RELATION_DOCUMENT] = "/officeDocument", [RELATION_STYLES] = "/styles",     [RELATION_NUMBERING] = "/numbering",
        [RELATION_FOOTNOTES] = "/footnotes",     [RELATION_ENDNOTES] = "/endnotes", [RELATION_HEADER] = "/header"};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (slice_ends(type, slice_of(types[i])))
            return (enum relation)i;
    return RELATION_OTHER;
}

static void on_relation(void *context, const char *name, const struct xml_attributes *attributes)
{
    struct relations *relations = context;
    struct slice target = xml_attribute(attributes, "Target");
    enum relation relation = relation_of(xml_attribute(attributes, "Type"));
    bool is_wanted = relation != RELATION_HEADER || slice_equal(xml_attribute(attributes, "Id"), relations->header_id);
    if (strcmp(name, "Relationship") != 0 || relation == RELATION_OTHER || !is_wanted)
        return;
    if (slice_starts(target, SLICE("/")))
        relations->targets[relation] = arena_string(relations->arena, slice_skip(target, 1));
    else
        relations->targets[relation] =
            arena_printf(relations->arena, "%s%.*s", relations->folder, (int)target.len, target.bytes);
}

static void on_nothing(void *context, const char *name)
{
    (void)context, (void)name;
}

/* Which header the first page has. */
struct sections {
    struct arena *arena;
    struct slice first_id;    /* for a first page unlike the others */
    struct slice standard_id; /* for all */
    bool has_first;
    bool ended; /* the first section: later ones do not count */
};

static void on_section_start(void *context, const char *name, const struct xml_attributes *attributes)
{
    struct sections *sections = context;
    if (sections->ended)
        return;
    struct slice type = xml_attribute(attributes, "type");
    if (strcmp(name, "titlePg") == 0)
        sections->has_first = true;
    else if (strcmp(name, "headerReference") == 0 && slice_equal(type, SLICE("first")))
        sections->first_id = arena_copy(sections->arena, xml_attribute(attributes, "id"));
    else if (strcmp(name, "headerReference") == 0 && slice_equal(type, SLICE("default")))
        sections->standard_id = arena_copy(sections->arena, xml_attribute(attributes, "id"));
}

static void on_section_end(void *context, const char *name)
{
    struct sections *sections = context;
    sections->ended |= strcmp(name, "sectPr") == 0;
}

static struct slice header_id(struct arena *arena, const struct buffer *body)
{
    static const struct xml_visitor visitor = {on_section_start, on_section_end, NULL};
    struct sections sections = {.arena = arena};
    xml_walk(&visitor, &sections, buffer_get(body), true, NULL);
    return sections.has_first ? sections.first_id : sections.standard_id;
}

/* What the .rels of the part at `path` ("" for the package) says. False when it cannot be read. */
static bool read_relations(struct reading *out, struct relations *relations, struct zip_members *zip, const char *path)
{
    static const struct xml_visitor visitor = {on_relation, on_nothing, NULL};
    struct buffer xml = {0};
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;
    relations->folder = arena_string(relations->arena, (struct slice){path, (size_t)(name - path)});
    const char *rels = arena_printf(relations->arena, "%s_rels/%s.rels", relations->folder, name);
    bool good = office_zip_optional_part(out, &xml, zip, rels);
    if (good && xml.len > 0)
        xml_walk(&visitor, relations, buffer_get(&xml), true, NULL);
    buffer_free(&xml);
    return good;
}

static bool load_parts(struct reading *out, struct arena *arena, struct docx_parts *parts, struct zip_members *zip)
{
    struct relations package = {.arena = arena}, own = {.arena = arena};
    if (!read_relations(out, &package, zip, ""))
        return false;
    const char *body = package.targets[RELATION_DOCUMENT] ? package.targets[RELATION_DOCUMENT] : "word/document.xml";
    if (!office_zip_part(out, &parts->body, zip, body))
        return false;
    own.header_id = header_id(arena, &parts->body);
    if (!read_relations(out, &own, zip, body))
        return false;
    struct {
        enum relation relation;
        struct buffer *part;
    } wanted[] = {{RELATION_STYLES, &parts->styles},
                  {RELATION_NUMBERING, &parts->numbering},
                  {RELATION_HEADER, &parts->header},
                  {RELATION_FOOTNOTES, &parts->footnotes},
                  {RELATION_ENDNOTES, &parts->endnotes}};
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        const char *target = own.targets[wanted[i].relation];
        if (target && !office_zip_optional_part(out, wanted[i].part, zip, target))
            return false;
    }
    return true;
}

void docx_parts_free(struct docx_parts *parts)
{
    buffer_free(&parts->styles);
    buffer_free(&parts->numbering);
    buffer_free(&parts->header);
    buffer_free(&parts->body);
    buffer_free(&parts->footnotes);
    buffer_free(&parts->endnotes);
}

void read_docx(struct reading *out, struct arena *arena, struct zip_members *zip)
{
    struct docx_parts parts = {0};
    if (load_parts(out, arena, &parts, zip))
        read_docx_parts(out, arena, &parts);
    docx_parts_free(&parts);
}

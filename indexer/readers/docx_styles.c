#include "readers/docx_styles.h"

#include <string.h>

static long number_of(const struct xml_attributes *attributes, const char *name, long otherwise)
{
    return office_number_of(xml_attribute(attributes, name), otherwise);
}

static bool is_true(struct slice value)
{
    return slice_equal(value, SLICE("1")) || slice_equal(value, SLICE("true")) || slice_equal(value, SLICE("on"));
}

void docx_paragraph_take(struct office_paragraph *paragraph, struct arena *arena, const char *name,
                         const struct xml_attributes *attributes)
{
    struct slice value = xml_attribute(attributes, "val");
    if (strcmp(name, "pStyle") == 0) {
        paragraph->style = arena_copy(arena, value);
    } else if (strcmp(name, "spacing") == 0) { /* that of letters has the same name, and other attributes */
        paragraph->before_twips = number_of(attributes, "before", paragraph->before_twips);
        paragraph->after_twips = number_of(attributes, "after", paragraph->after_twips);
    } else if (strcmp(name, "contextualSpacing") == 0) {
        paragraph->is_tight = !value.bytes || is_true(value);
    } else if (strcmp(name, "numId") == 0) {
        paragraph->list = arena_copy(arena, value);
    } else if (strcmp(name, "ilvl") == 0) {
        paragraph->level = office_number_of(value, paragraph->level);
    }
}

/* --- styles.xml ------------------------------------------------------------------------------------------------ */

struct style_walk {
    struct office_styles *styles;
    struct arena *arena;
    struct office_style *style;         /* open now; NULL: none */
    struct office_paragraph *paragraph; /* that the properties met belong to; NULL: nobody's */
};

static void begin_style(struct style_walk *walk, const struct xml_attributes *attributes)
{
    walk->style = NULL;
    if (slice_equal(xml_attribute(attributes, "type"), SLICE("paragraph")))
        walk->style = office_styles_add(walk->styles, xml_attribute(attributes, "styleId"));
    walk->paragraph = walk->style ? &walk->style->paragraph : NULL;
    if (walk->style)
        walk->style->is_standard = is_true(xml_attribute(attributes, "default"));
}

static void on_style_start(void *context, const char *name, const struct xml_attributes *attributes)
{
    struct style_walk *walk = context;
    if (strcmp(name, "style") == 0)
        begin_style(walk, attributes);
    else if (strcmp(name, "pPrDefault") == 0)
        walk->paragraph = office_styles_defaults(walk->styles);
    else if (strcmp(name, "basedOn") == 0 && walk->style)
        walk->style->base = arena_copy(walk->arena, xml_attribute(attributes, "val"));
    else if (walk->paragraph)
        docx_paragraph_take(walk->paragraph, walk->arena, name, attributes);
}

static void on_style_end(void *context, const char *name)
{
    struct style_walk *walk = context;
    if (strcmp(name, "style") == 0 || strcmp(name, "pPrDefault") == 0) {
        walk->style = NULL;
        walk->paragraph = NULL;
    }
}

void docx_styles_read(struct office_styles *styles, struct arena *arena, struct slice xml)
{
    static const struct xml_visitor visitor = {on_style_start, on_style_end, NULL};
    struct style_walk walk = {.styles = styles, .arena = arena};
    if (xml.len > 0)
        xml_walk(&visitor, &walk, xml, true, NULL);
}

/* --- numbering.xml --------------------------------------------------------------------------------------------- */

struct number_walk {
    struct office_styles *styles;
    struct arena *arena;
    struct office_list_kind *kind; /* open now; NULL: none */
    struct office_list *list;
    long level; /* -1: none */
};

static enum number_format format_of(struct slice name)
{
    static const struct {
        const char *name;
        enum number_format format;
    } formats[] = {{"decimal", NUMBER_DECIMAL},          {"decimalZero", NUMBER_DECIMAL},
                   {"ordinal", NUMBER_DECIMAL},          {"upperRoman", NUMBER_ROMAN},
                   {"lowerRoman", NUMBER_ROMAN_LOWER},   {"upperLetter", NUMBER_LETTER},
                   {"lowerLetter", NUMBER_LETTER_LOWER}, {"bullet", NUMBER_BULLET}};
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (slice_equal(name, slice_of(formats[i].name)))
            return formats[i].format;
    return NUMBER_NONE;
}

static void take_level(struct number_walk *walk, const char *name, const struct xml_attributes *attributes)
{
    struct slice value = xml_attribute(attributes, "val");
    if (walk->level < 0 || walk->level >= OFFICE_MAX_LEVELS)
        return;
    if (walk->list && strcmp(name, "startOverride") == 0)
        walk->list->starts[walk->level] = office_number_of(value, 1);
    if (!walk->kind)
        return;
    struct office_level *level = &walk->kind->levels[walk->level];
    if (strcmp(name, "start") == 0)
        level->start = office_number_of(value, 1);
    else if (strcmp(name, "numFmt") == 0)
        level->format = format_of(value);
    else if (strcmp(name, "lvlText") == 0)
        level->text = arena_copy(walk->arena, value);
}

static void on_number_start(void *context, const char *name, const struct xml_attributes *attributes)
{
    struct number_walk *walk = context;
    if (strcmp(name, "abstractNum") == 0)
        walk->kind = office_styles_add_kind(walk->styles, xml_attribute(attributes, "abstractNumId"));
    else if (strcmp(name, "num") == 0)
        walk->list = office_styles_add_list(walk->styles, xml_attribute(attributes, "numId"), (struct slice){0});
    else if (strcmp(name, "abstractNumId") == 0 && walk->list)
        walk->list->kind = arena_copy(walk->arena, xml_attribute(attributes, "val"));
    else if (strcmp(name, "lvl") == 0 || strcmp(name, "lvlOverride") == 0)
        walk->level = number_of(attributes, "ilvl", -1);
    else
        take_level(walk, name, attributes);
}

static void on_number_end(void *context, const char *name)
{
    struct number_walk *walk = context;
    if (strcmp(name, "abstractNum") == 0)
        walk->kind = NULL;
    else if (strcmp(name, "num") == 0)
        walk->list = NULL;
}

void docx_numbering_read(struct office_styles *styles, struct arena *arena, struct slice xml)
{
    static const struct xml_visitor visitor = {on_number_start, on_number_end, NULL};
    struct number_walk walk = {.styles = styles, .arena = arena, .level = -1};
    if (xml.len > 0)
        xml_walk(&visitor, &walk, xml, true, NULL);
}

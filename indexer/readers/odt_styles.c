#include "readers/odt_styles.h"

#include <string.h>

struct style_walk {
    struct office_styles *styles;
    struct arena *arena;
    struct office_style *style;         /* open now; NULL: none */
    struct office_paragraph *paragraph; /* that the properties met belong to; NULL: nobody's */
    struct office_list_kind *kind;
};

/* A length, « 0.212cm », in twentieths of a point; -1 when it is none. */
static long twips_of(struct slice length)
{
    static const struct {
        const char *name;
        double twips;
    } units[] = {{"cm", 566.929}, {"mm", 56.6929}, {"in", 1440}, {"inch", 1440}, {"pt", 20}, {"pc", 240}, {"px", 15}};
    double value = 0, place = 1;
    size_t i = 0;
    bool fraction = false;
    for (; i < length.len && (is_digit(length.bytes[i]) || length.bytes[i] == '.'); i++) {
        if (length.bytes[i] == '.') {
            fraction = true;
            continue;
        }
        value = value * 10 + (length.bytes[i] - '0');
        place *= fraction ? 10 : 1;
    }
    enum { MAX_DIGITS = 12 };
    for (size_t u = 0; i > 0 && i < MAX_DIGITS && u < sizeof units / sizeof *units; u++)
        if (slice_equal(slice_skip(length, i), slice_of(units[u].name)))
            return (long)(value / place * units[u].twips);
    return -1;
}

static void take_margins(struct office_paragraph *paragraph, const struct xml_attributes *attributes)
{
    long all = twips_of(xml_attribute(attributes, "margin"));
    long before = twips_of(xml_attribute(attributes, "margin-top"));
    long after = twips_of(xml_attribute(attributes, "margin-bottom"));
    paragraph->before_twips = before >= 0 ? before : all;
    paragraph->after_twips = after >= 0 ? after : all;
    paragraph->is_tight = slice_equal(xml_attribute(attributes, "contextual-spacing"), SLICE("true"));
}

static void take_letters(struct office_paragraph *paragraph, const struct xml_attributes *attributes)
{
    struct slice underline = xml_attribute(attributes, "text-underline-style");
    paragraph->is_bold |= slice_equal(xml_attribute(attributes, "font-weight"), SLICE("bold")) ||
                          (underline.len > 0 && !slice_equal(underline, SLICE("none")));
}

static void begin_style(struct style_walk *walk, const struct xml_attributes *attributes)
{
    walk->style = NULL;
    if (slice_equal(xml_attribute(attributes, "family"), SLICE("paragraph")))
        walk->style = office_styles_add(walk->styles, xml_attribute(attributes, "name"));
    walk->paragraph = walk->style ? &walk->style->paragraph : NULL;
    if (walk->style)
        walk->style->base = arena_copy(walk->arena, xml_attribute(attributes, "parent-style-name"));
}

static enum number_format format_of(struct slice format)
{
    static const char names[] = "1IiAa";
    static const enum number_format formats[] = {NUMBER_DECIMAL, NUMBER_ROMAN, NUMBER_ROMAN_LOWER, NUMBER_LETTER,
                                                 NUMBER_LETTER_LOWER};
    const char *found = format.len == 1 ? strchr(names, format.bytes[0]) : NULL;
    return found && *found ? formats[found - names] : NUMBER_NONE;
}

/* « %1.%2 » and what stands around it. */
static struct slice text_of(struct arena *arena, const struct xml_attributes *attributes, long level)
{
    struct buffer text = {0};
    long shown = office_number_of(xml_attribute(attributes, "display-levels"), 1);
    buffer_add_slice(&text, xml_attribute(attributes, "num-prefix"));
    for (long i = shown < level ? level - shown + 1 : 1; i <= level; i++)
        buffer_printf(&text, "%%%ld%s", i, i < level ? "." : "");
    buffer_add_slice(&text, xml_attribute(attributes, "num-suffix"));
    struct slice copy = arena_copy(arena, buffer_get(&text));
    buffer_free(&text);
    return copy;
}

static void take_level(struct style_walk *walk, const struct xml_attributes *attributes, bool is_bullet)
{
    long level = office_number_of(xml_attribute(attributes, "level"), 0);
    if (level < 1 || level > OFFICE_MAX_LEVELS)
        return;
    walk->kind->levels[level - 1] =
        (struct office_level){.start = office_number_of(xml_attribute(attributes, "start-value"), 1),
                              .format = is_bullet ? NUMBER_BULLET : format_of(xml_attribute(attributes, "num-format")),
                              .text = text_of(walk->arena, attributes, level)};
}

static void begin_kind(struct style_walk *walk, struct slice name)
{
    walk->kind = office_styles_add_kind(walk->styles, name);
    office_styles_add_list(walk->styles, name, name);
}

static void on_style_start(void *context, const char *name, const struct xml_attributes *attributes)
{
    struct style_walk *walk = context;
    if (strcmp(name, "style") == 0)
        begin_style(walk, attributes);
    else if (strcmp(name, "default-style") == 0 && slice_equal(xml_attribute(attributes, "family"), SLICE("paragraph")))
        walk->paragraph = office_styles_defaults(walk->styles);
    else if (walk->paragraph && (strcmp(name, "paragraph-properties") == 0 || strcmp(name, "properties") == 0))
        take_margins(walk->paragraph, attributes);
    else if (walk->style && strcmp(name, "text-properties") == 0)
        take_letters(walk->paragraph, attributes);
    else if (strcmp(name, "list-style") == 0)
        begin_kind(walk, xml_attribute(attributes, "name"));
    else if (strcmp(name, "outline-style") == 0)
        begin_kind(walk, SLICE(ODT_OUTLINE));
    else if (walk->kind && (strcmp(name, "list-level-style-number") == 0 || strcmp(name, "outline-level-style") == 0))
        take_level(walk, attributes, false);
    else if (walk->kind && strcmp(name, "list-level-style-bullet") == 0)
        take_level(walk, attributes, true);
}

static void on_style_end(void *context, const char *name)
{
    struct style_walk *walk = context;
    if (strcmp(name, "style") == 0 || strcmp(name, "default-style") == 0) {
        walk->style = NULL;
        walk->paragraph = NULL;
    } else if (strcmp(name, "list-style") == 0 || strcmp(name, "outline-style") == 0) {
        walk->kind = NULL;
    }
}

void odt_styles_read(struct office_styles *styles, struct arena *arena, struct slice xml)
{
    static const struct xml_visitor visitor = {on_style_start, on_style_end, NULL};
    struct style_walk walk = {.styles = styles, .arena = arena};
    if (xml.len > 0)
        xml_walk(&visitor, &walk, xml, true, NULL);
}

/* --- master pages ---------------------------------------------------------------------------------------------- */

struct page_walk {
    struct odt_header *found;
    struct arena *arena;
    bool is_wanted; /* the page open now */
    bool is_sure;   /* the standard page was met */
};

static void on_page_start(void *context, const char *name, const struct xml_attributes *attributes)
{
    struct page_walk *walk = context;
    if (strcmp(name, "master-page") == 0) {
        struct slice page = xml_attribute(attributes, "name");
        bool is_standard = slice_equal(page, SLICE("Standard"));
        walk->is_wanted = is_standard || (!walk->is_sure && walk->found->page.len == 0);
        walk->is_sure |= is_standard;
        if (walk->is_wanted)
            *walk->found = (struct odt_header){.page = arena_copy(walk->arena, page)};
    } else if (walk->is_wanted && strcmp(name, "header-first") == 0) {
        walk->found->element = "header-first";
    } else if (walk->is_wanted && strcmp(name, "header") == 0 && !walk->found->element) {
        walk->found->element = "header";
    }
}

static void on_page_end(void *context, const char *name)
{
    struct page_walk *walk = context;
    if (strcmp(name, "master-page") == 0)
        walk->is_wanted = false;
}

bool odt_header_find(struct odt_header *out, struct arena *arena, struct slice styles)
{
    static const struct xml_visitor visitor = {on_page_start, on_page_end, NULL};
    struct page_walk walk = {.found = out, .arena = arena};
    *out = (struct odt_header){0};
    if (styles.len > 0)
        xml_walk(&visitor, &walk, styles, true, NULL);
    return out->element != NULL;
}

#include "envelope.h"

#include <string.h>

#include "base/buffer.h"
#include "base/date.h"
#include "base/utf8.h"
#include "readers/xml_walk.h"

enum {
    SNIFF_BYTES = 4096,
    MATIERE_LEVELS = 2, /* those that are the same for all councils; departments add more */
    MAX_NAMES = 1000
};

bool envelope_is(struct slice bytes)
{
    return slice_find(slice_range(bytes, 0, SNIFF_BYTES), SLICE("interieur.gouv.fr/ACTES#")) != SLICE_NONE;
}

struct slice envelope_next_name(struct slice xml, size_t *at)
{
    const struct slice tag = SLICE("NomFichier>");
    for (size_t found = slice_find_from(xml, tag, *at); found != SLICE_NONE;
         found = slice_find_from(xml, tag, found + 1)) {
        size_t end = slice_find_byte(xml, '<', found);
        struct slice name = slice_trim(slice_range(xml, found + tag.len, end == SLICE_NONE ? xml.len : end));
        *at = found + tag.len;
        if (name.len > 0) /* else an end tag */
            return name;
    }
    *at = xml.len;
    return (struct slice){0};
}

struct envelope_walk {
    struct envelope *out;
    struct arena *arena;
    struct act *act;
    struct buffer text; /* of the element open now */
    struct slice levels[MATIERE_LEVELS];
    size_t acts;      /* <Acte> open, or <ActeRecu> in the prefecture's answer */
    size_t documents; /* <Document> open */
};

static void set(struct act *act, enum act_field field, enum confidence confidence)
{
    act_set_provenance(act, field, (struct provenance){.source = SOURCE_ENVELOPE, .confidence = confidence});
}

static struct slice printed(struct arena *arena, struct slice text)
{
    return slice_trim(slice_of(utf8_line(arena, slice_trim(text))));
}

/* The nature of the act, of those that a kind of document answers to. */
static enum document_type type_of(struct slice nature)
{
    if (slice_equal(nature, SLICE("1")))
        return DOCUMENT_DELIBERATION;
    return slice_equal(nature, SLICE("2")) || slice_equal(nature, SLICE("3")) ? DOCUMENT_ARRETE : DOCUMENT_UNREAD;
}

/* The number is as @CTES allows it, capitals and underscores: one that is printed is nearer to what the council calls
 * it. */
static void take_act(struct envelope_walk *walk, const struct xml_attributes *attributes)
{
    struct act *act = walk->act;
    act->number = printed(walk->arena, xml_attribute(attributes, "NumeroInterne"));
    act->date = date_parse_iso(xml_attribute(attributes, "Date"));
    act->document_type = type_of(xml_attribute(attributes, "CodeNatureActe"));
    if (act->number.len > 0)
        set(act, FIELD_NUMBER, CONFIDENCE_MEDIUM);
    if (act->date)
        set(act, FIELD_DATE, CONFIDENCE_HIGH);
    if (act->document_type != DOCUMENT_UNREAD)
        set(act, FIELD_DOCUMENT_TYPE, CONFIDENCE_HIGH);
}

static void take_matiere(struct envelope_walk *walk, const char *name, const struct xml_attributes *attributes)
{
    size_t level = (size_t)(name[strlen("CodeMatiere")] - '1');
    if (level < MATIERE_LEVELS)
        walk->levels[level] = arena_copy(walk->arena, slice_trim(xml_attribute(attributes, "CodeMatiere")));
}

static void on_start(void *context, const char *name, const struct xml_attributes *attributes)
{
    struct envelope_walk *walk = context;
    buffer_clear(&walk->text);
    if (strcmp(name, "Acte") == 0 || strcmp(name, "ActeRecu") == 0) {
        if (walk->acts++ == 0)
            take_act(walk, attributes);
    } else if (strncmp(name, "CodeMatiere", strlen("CodeMatiere")) == 0) {
        take_matiere(walk, name, attributes);
    } else if (strcmp(name, "Document") == 0) {
        walk->documents++;
    }
}

static void take_name(struct envelope_walk *walk, struct slice name)
{
    struct envelope *out = walk->out;
    if (name.len == 0 || out->name_count == MAX_NAMES)
        return;
    out->names = arena_grow(walk->arena, out->names, out->name_count, sizeof *out->names);
    out->names[out->name_count++] = name;
}

static void on_end(void *context, const char *name)
{
    struct envelope_walk *walk = context;
    struct slice text = buffer_get(&walk->text);
    if (strcmp(name, "Document") == 0) {
        walk->documents -= walk->documents > 0;
    } else if (walk->acts > 0 && walk->documents > 0 && strcmp(name, "NomFichier") == 0) {
        take_name(walk, printed(walk->arena, text));
    } else if (walk->acts > 0 && strcmp(name, "Objet") == 0 && slice_trim(text).len > 0) {
        walk->act->objet = printed(walk->arena, text);
        set(walk->act, FIELD_OBJET, CONFIDENCE_HIGH);
    }
    buffer_clear(&walk->text);
}

static void on_text(void *context, struct slice text)
{
    struct envelope_walk *walk = context;
    buffer_add_slice(&walk->text, text);
}

static bool is_level(struct slice level)
{
    bool is_number = level.len > 0 && level.len <= 2;
    for (size_t i = 0; i < level.len; i++)
        is_number &= is_digit(level.bytes[i]);
    return is_number && level.bytes[0] != '0';
}

static void set_matiere(struct envelope_walk *walk)
{
    struct slice first = walk->levels[0], second = walk->levels[1];
    if (!is_level(first) || !is_level(second))
        return;
    walk->act->matiere_code =
        slice_of(arena_printf(walk->arena, "%.*s.%.*s", (int)first.len, first.bytes, (int)second.len, second.bytes));
    set(walk->act, FIELD_MATIERE, CONFIDENCE_HIGH);
}

enum delib_status envelope_read(struct envelope *out, struct arena *arena, struct slice xml, struct delib_error *error)
{
    static const struct xml_visitor visitor = {on_start, on_end, on_text};
    struct envelope_walk walk = {.out = out, .arena = arena, .act = act_new(arena)};
    *out = (struct envelope){0};
    enum delib_status status = xml_walk(&visitor, &walk, xml, false, error);
    set_matiere(&walk);
    if (status == DELIB_OK && out->name_count > 0)
        out->act = walk.act;
    buffer_free(&walk.text);
    return status;
}

bool envelope_names(const struct envelope *envelope, struct slice file_name)
{
    for (size_t i = 0; i < envelope->name_count; i++)
        if (slice_equal(envelope->names[i], file_name))
            return true;
    return false;
}

#include "readers/doc.h"

#include <stdlib.h>
#include <string.h>

#include "base/words.h"
#include "readers/flow.h"
#include "readers/helper.h"
#include "readers/xml_walk.h"

/* The streams that tell what an OLE container holds, by their names in UTF-16 as its directory has them. A text may
 * have tables embedded, so it is looked for first. */
static const struct {
    struct slice name;
    enum read_reason reason; /* REASON_NONE: to be read */
    const char *words;
} streams[] = {
    {{"W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0", 24}, REASON_NONE, NULL},
    {{"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0", 32},
     REASON_ENCRYPTED,
     N_("this document asks for a password: save a copy without one")},
    {{"W\0o\0r\0k\0b\0o\0o\0k\0", 16},
     REASON_UNSUPPORTED_FORMAT,
     N_("this is a spreadsheet, which is not read: save it as PDF or text")},
    {{"P\0o\0w\0e\0r\0P\0o\0i\0n\0t\0", 20},
     REASON_UNSUPPORTED_FORMAT,
     N_("this is a presentation, which is not read: save it as PDF or text")},
};

bool ole_is(struct slice bytes)
{
    return slice_starts(bytes, SLICE("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"));
}

static bool is_word(struct reading *out, struct slice bytes)
{
    for (size_t i = 0; i < sizeof streams / sizeof *streams; i++) {
        if (slice_find(bytes, streams[i].name) == SLICE_NONE)
            continue;
        if (streams[i].reason != REASON_NONE)
            reading_stop(out, streams[i].reason, "%s", _(streams[i].words));
        return streams[i].reason == REASON_NONE;
    }
    reading_stop(out, REASON_UNSUPPORTED_FORMAT,
                 _("this is an Office document, which is not read: save it as PDF or text"));
    return false;
}

/* --- DocBook --------------------------------------------------------------------------------------------------- */

enum element_kind {
    ELEMENT_BLOCK, /* nothing but what `block` says */
    ELEMENT_CHAPTER,
    ELEMENT_BULLETS,
    ELEMENT_ITEM,
    ELEMENT_NOTE
};

/* What antiword writes, sorted. Lists with numbers are left out: it begins each anew with every paragraph. */
static const struct element {
    const char *name;
    enum element_kind kind;
    enum flow_block block;
} elements[] = {
    {"chapter", ELEMENT_CHAPTER, BLOCK_NONE},      {"entry", ELEMENT_BLOCK, BLOCK_CELL},
    {"footnote", ELEMENT_NOTE, BLOCK_NONE},        {"informaltable", ELEMENT_BLOCK, BLOCK_APART},
    {"itemizedlist", ELEMENT_BULLETS, BLOCK_NONE}, {"listitem", ELEMENT_ITEM, BLOCK_NONE},
    {"para", ELEMENT_BLOCK, BLOCK_LINE},           {"row", ELEMENT_BLOCK, BLOCK_ROW},
    {"table", ELEMENT_BLOCK, BLOCK_APART},         {"title", ELEMENT_BLOCK, BLOCK_LINE},
};

struct docbook_state {
    struct flow body;
    struct flow notes;
    struct flow *flow;
    size_t chapters; /* open: before the first stand the document's properties, which are no text */
    size_t bullets;  /* lists open */
    size_t notes_open;
};

static int compare_name(const void *name, const void *element)
{
    return strcmp(name, ((const struct element *)element)->name);
}

static const struct element *find_element(const char *name)
{
    return bsearch(name, elements, sizeof elements / sizeof *elements, sizeof *elements, compare_name);
}

static void on_start(void *context, const char *name, const struct xml_attributes *attributes)
{
    struct docbook_state *state = context;
    const struct element *element = find_element(name);
    (void)attributes;
    if (!element)
        return;
    flow_block_begin(state->flow, element->block);
    switch (element->kind) {
    case ELEMENT_BLOCK:
        break;
    case ELEMENT_CHAPTER:
        state->chapters++;
        break;
    case ELEMENT_BULLETS:
        state->bullets++;
        flow_list_begin(state->flow, 0, '.');
        break;
    case ELEMENT_ITEM:
        if (state->bullets > 0)
            flow_item(state->flow);
        break;
    case ELEMENT_NOTE:
        state->notes_open++;
        state->flow = &state->notes;
        flow_ask(state->flow, GAP_LINE);
        break;
    }
}

static void on_end(void *context, const char *name)
{
    struct docbook_state *state = context;
    const struct element *element = find_element(name);
    if (!element)
        return;
    flow_block_end(state->flow, element->block);
    switch (element->kind) {
    case ELEMENT_BLOCK:
        break;
    case ELEMENT_CHAPTER:
        state->chapters--;
        break;
    case ELEMENT_BULLETS:
        state->bullets--;
        flow_list_end(state->flow);
        break;
    case ELEMENT_ITEM:
        flow_ask(state->flow, GAP_LINE);
        break;
    case ELEMENT_NOTE:
        if (--state->notes_open == 0)
            state->flow = &state->body;
        break;
    }
}

/* antiword ends a paragraph, and a line within it, by a line end; it indents only what holds no text. */
static void on_text(void *context, struct slice text)
{
    struct docbook_state *state = context;
    while (state->chapters > 0 && text.len > 0) {
        size_t end = slice_find_byte(text, '\n', 0);
        size_t line_end = end == SLICE_NONE ? text.len : end;
        flow_words(state->flow, slice_range(text, 0, line_end));
        if (end != SLICE_NONE)
            flow_break(state->flow);
        text = slice_skip(text, line_end + 1);
    }
}

void read_docbook(struct reading *out, struct slice docbook)
{
    static const struct xml_visitor visitor = {on_start, on_end, on_text};
    struct buffer text = {0}, notes = {0};
    struct delib_error error;
    struct docbook_state state = {0};
    flow_begin(&state.body, &text);
    flow_begin(&state.notes, &notes);
    state.flow = &state.body;
    if (xml_walk(&visitor, &state, docbook, true, &error) == DELIB_OK) {
        flow_take(&out->text, &text);
        flow_take(&out->text, &notes);
    } else {
        reading_stop(out, REASON_DAMAGED, _("this Word document cannot be read: %s"), error.message);
    }
    buffer_free(&text);
    buffer_free(&notes);
}

void read_doc(struct reading *out, struct slice bytes)
{
    static const char *const command[] = {"antiword", "-x", "db", "/dev/stdin", NULL};
    static const struct helper helper = {command, "antiword", "ncrypted"};
    struct child_result result = {0};
    if (!is_word(out, bytes))
        return;
    out->format = FORMAT_DOC;
    if (helper_run(out, &result, &helper, bytes))
        read_docbook(out, buffer_get(&result.output));
    child_result_free(&result);
}

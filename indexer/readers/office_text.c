#include "readers/office_text.h"

#include <string.h>

void office_text_begin(struct office_text *text, struct flow *flow, struct office_styles *styles)
{
    *text = (struct office_text){.flow = flow, .styles = styles};
    office_paragraph_begin(&text->previous);
}

struct office_paragraph *office_paragraph_of(struct office_text *text)
{
    return text->depth > 0 && text->depth <= OFFICE_MAX_OPEN ? &text->open[text->depth - 1] : NULL;
}

void office_paragraph_open(struct office_text *text)
{
    flow_ask(text->flow, GAP_LINE);
    text->depth++;
    text->settled = false;
    text->is_title = false;
    text->start_bytes = text->flow->out->len;
    if (office_paragraph_of(text))
        office_paragraph_begin(office_paragraph_of(text));
}

/* A title that only its bold letters set apart is set apart by empty lines. Titles over two paragraphs stay together.
 */
static void set_title_apart(struct office_text *text)
{
    struct buffer *out = text->flow->out;
    struct slice words = slice_skip(buffer_get(out), text->start_bytes);
    bool is_apart = !slice_starts(words, SLICE("\n")) || slice_starts(words, SLICE("\n\n"));
    if (text->is_title != text->was_title && text->depth == 1 && !is_apart) {
        buffer_add_byte(out, '\n');
        memmove(out->bytes + text->start_bytes + 1, out->bytes + text->start_bytes, out->len - 1 - text->start_bytes);
    }
    text->was_title = text->is_title;
}

/* An empty paragraph is an empty line. */
void office_paragraph_close(struct office_text *text)
{
    bool is_empty = text->flow->out->len == text->start_bytes;
    if (is_empty)
        text->was_title = false;
    else
        set_title_apart(text);
    flow_ask(text->flow, is_empty ? GAP_PARAGRAPH : GAP_LINE);
    if (text->settled && office_paragraph_of(text))
        text->previous = *office_paragraph_of(text);
    text->depth--;
    text->settled = true; /* of the one around: it goes on */
}

/* The first words of a paragraph come: write what stands before them. */
static void settle(struct office_text *text)
{
    struct office_paragraph *paragraph = office_paragraph_of(text);
    if (text->settled || !paragraph)
        return;
    text->settled = true;
    office_paragraph_complete(paragraph, text->styles);
    if (office_paragraphs_stand_apart(&text->previous, paragraph))
        flow_ask(text->flow, GAP_PARAGRAPH);
    struct buffer number = {0};
    office_number_add(&number, text->styles, paragraph);
    flow_words(text->flow, buffer_get(&number));
    buffer_free(&number);
}

void office_words(struct office_text *text, struct slice words)
{
    if (slice_trim(words).len > 0)
        settle(text);
    flow_words(text->flow, words);
}

void office_block_begin(struct office_text *text, enum flow_block block)
{
    flow_block_begin(text->flow, block);
    if (block == BLOCK_CELL)
        office_paragraph_begin(&text->previous); /* its first paragraph stands below none */
}

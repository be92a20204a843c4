/* The paragraphs of a word processor's document put down as text: each a line, an empty one where there is none or
 * where its style leaves space, its number in front. The same for Word and for OpenDocument. */
#ifndef DELIB_INDEXER_READERS_OFFICE_TEXT_H
#define DELIB_INDEXER_READERS_OFFICE_TEXT_H

#include "readers/flow.h"
#include "readers/office_styles.h"

enum { OFFICE_MAX_OPEN = 16 }; /* paragraphs in text boxes in paragraphs; deeper ones have no spacing or number */

struct office_text {
    struct flow *flow; /* where text goes now; may be changed between paragraphs */
    struct office_styles *styles;
    struct office_paragraph open[OFFICE_MAX_OPEN];
    size_t depth; /* paragraphs open */
    bool settled; /* the spacing and the number of the innermost are written */
    struct office_paragraph previous;
    bool is_title;      /* all words of the innermost are bold or underlined: the reader says so before it closes */
    bool was_title;     /* those of the one before it */
    size_t start_bytes; /* length of the text when the innermost began */
};

void office_text_begin(struct office_text *text, struct flow *flow, struct office_styles *styles);

void office_paragraph_open(struct office_text *text);
void office_paragraph_close(struct office_text *text);

/* The innermost paragraph, to be told its style; NULL outside of any and too deep inside. */
struct office_paragraph *office_paragraph_of(struct office_text *text);

void office_words(struct office_text *text, struct slice words);

/* An element that is no paragraph: what it does to the text, and that a cell begins anew. */
void office_block_begin(struct office_text *text, enum flow_block block);

#endif

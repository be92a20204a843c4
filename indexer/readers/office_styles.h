/* What a word processor's document says of its paragraphs elsewhere than in the text, as far as the text needs it: how
 * far apart they stand, and the numbers that are put in front of them without being written into the text.
 *
 * Fill in the styles and lists, then office_styles_seal, then ask. The same for Word and for OpenDocument. */
#ifndef DELIB_INDEXER_READERS_OFFICE_STYLES_H
#define DELIB_INDEXER_READERS_OFFICE_STYLES_H

#include "base/arena.h"
#include "base/buffer.h"

enum { OFFICE_MAX_LEVELS = 10 }; /* of a numbered list: Word has nine, OpenDocument ten */

/* Of a style or a paragraph; what is not said comes from the style, the styles that it is based on, the defaults. */
struct office_paragraph {
    struct slice style;
    long before_twips; /* space above; -1: not said */
    long after_twips;
    struct slice list; /* that it belongs to; bytes NULL: not said */
    long level;        /* in the list, from 0; -1: not said */
    bool is_tight;     /* no space between paragraphs of the same style */
    bool is_bold;      /* all its letters are, or underlined */
};

void office_paragraph_begin(struct office_paragraph *paragraph);

/* Whether the space between these two shows as an empty line. */
bool office_paragraphs_stand_apart(const struct office_paragraph *above, const struct office_paragraph *below);

struct office_style {
    struct slice id;
    struct slice base;
    bool is_standard; /* of paragraphs that name no style */
    struct office_paragraph paragraph;
};

enum number_format {
    NUMBER_NONE,
    NUMBER_DECIMAL,
    NUMBER_ROMAN,
    NUMBER_ROMAN_LOWER,
    NUMBER_LETTER,
    NUMBER_LETTER_LOWER,
    NUMBER_BULLET
};

struct office_level {
    long start;
    enum number_format format;
    struct slice text; /* « Article %1 - », « %1.%2 » */
};

/* How the levels of lists are numbered, and how far each has come. Several lists may share it and go on from each
 * other. */
struct office_list_kind {
    struct slice id;
    struct office_level levels[OFFICE_MAX_LEVELS];
    long next[OFFICE_MAX_LEVELS]; /* -1: not begun */
};

struct office_list {
    struct slice id;
    struct slice kind;
    long starts[OFFICE_MAX_LEVELS]; /* where this list starts anew; -1: it goes on */
    bool begun[OFFICE_MAX_LEVELS];
};

struct office_styles;

struct office_styles *office_styles_new(struct arena *arena);
struct office_paragraph *office_styles_defaults(struct office_styles *styles);

/* A new one to be filled in, until the next is asked for; NULL when there are too many. */
struct office_style *office_styles_add(struct office_styles *styles, struct slice id);
struct office_list_kind *office_styles_add_kind(struct office_styles *styles, struct slice id);
struct office_list *office_styles_add_list(struct office_styles *styles, struct slice id, struct slice kind);

void office_styles_seal(struct office_styles *styles);

/* Fill in what the paragraph does not say itself. */
void office_paragraph_complete(struct office_paragraph *paragraph, const struct office_styles *styles);

/* Append the number that goes in front of the next paragraph of its list, « 3. », « Article 2 - »; "- " for a bullet;
 * nothing when it belongs to no list. Counts. */
void office_number_add(struct buffer *out, struct office_styles *styles, const struct office_paragraph *paragraph);

/* Let the list start from its first number again. */
void office_list_restart(struct office_styles *styles, struct slice list);

/* A whole number from 0 to a million; `otherwise` when there is none. */
long office_number_of(struct slice digits, long otherwise);

#endif

/* An act's text as extraction sees it: folded, cut into lines, with the way back to what is printed.
 *
 * All places are bytes of `folded` unless said otherwise. The header is what comes before the matter itself:
 * letterhead, séance, presence; the body begins at the objet, the first visa or the first line of exposé. */
#ifndef DELIB_INDEXER_EXTRACT_DOCUMENT_H
#define DELIB_INDEXER_EXTRACT_DOCUMENT_H

#include "act/act.h"
#include "extract/match.h"
#include "extract/phrase_places.h"
#include "french/normalise.h"

/* What a line near the top is; see header.h. */
enum line_kind {
    LINE_OTHER, /* a title or the matter */
    LINE_EMPTY,
    LINE_LETTERHEAD, /* state, department, council, service, kind of document */
    LINE_STAMP,      /* transmission, publication, page numbers */
    LINE_SEANCE,     /* day, hour, place, convocation, president */
    LINE_PRESENCE,   /* labels and lists of those present, absent, represented; counts */
    LINE_SECRETARY,
    LINE_NUMBER,     /* holds the act's number and nothing else */
    LINE_OBJET,      /* « Objet : » */
    LINE_RAPPORTEUR, /* « Rapporteur : », « X rapporte : » */
    LINE_BODY        /* surely the matter: visas, « Monsieur le Maire expose », articles */
};

struct line {
    size_t start; /* without the blanks at both ends; start == end when the line is empty */
    size_t end;
    uint32_t page; /* from 1 */
};

struct document {
    struct arena *arena;
    struct slice original;
    struct slice path;
    struct slice folded;
    const uint32_t *origin;
    struct line *lines;
    size_t line_count;
    const enum line_kind *kinds; /* of each line */
    size_t recital_line; /* the first that opens with « Vu », « Considérant »: all below is surely the matter */
    struct phrase_places *places; /* of the whole text, even where `folded` is but its beginning */
    uint32_t page_count;
    struct normal_text normal; /* owns folded and origin */
};

void document_begin(struct document *document, struct arena *arena, struct slice text, struct slice path);
void document_end(struct document *document);

/* As phrases_find, for a list that is known by its address (phrase_lists.h). Looking for it costs next to nothing, as
 * the document has been gone through for all lists. */
int document_find(const struct document *document, size_t from, size_t to, const char *const *phrases,
                  struct span *out);

/* The same for one phrase, and for the rows of a table that begin with one. */
bool document_find_one(const struct document *document, size_t from, size_t to, const char *phrase, struct span *out);
int document_find_row(const struct document *document, size_t from, size_t to, const void *rows, size_t count,
                      size_t row_bytes, struct span *out);

/* As phrases_at, at the start of a word. */
int document_phrases_at(const struct document *document, size_t at, const char *const *phrases, size_t *end);
int document_row_at(const struct document *document, size_t at, const void *rows, size_t count, size_t row_bytes,
                    size_t *end);

/* Index of the line that holds `at`. */
size_t document_line_of(const struct document *document, size_t at);
struct slice line_text(const struct document *document, size_t line); /* folded; empty past the last line */
bool line_is_empty(const struct document *document, size_t line);

/* What is printed there, as a field shows it: white space and line ends made single spaces, words cut at a line end
 * joined, quotation marks and accents as they are; ends trimmed. In the document's arena. */
struct slice document_printed(const struct document *document, size_t start, size_t end);

/* Whether the letters printed there are capitals, but for one in ten (OCR, « n° », « d' »). False without letters. */
bool document_is_capitals(const struct document *document, size_t start, size_t end);
bool document_is_capital_at(const struct document *document, size_t at);

/* Give a field to the act if it takes it (act_accepts): sets the provenance and returns true. */
bool document_claim(const struct document *document, struct act *act, enum act_field field, enum field_source source,
                    enum confidence confidence, size_t start, size_t end);

#endif

/* An act's text as extraction sees it: folded, cut into lines, with the way back to what is printed.
 *
 * All places are bytes of `folded` unless said otherwise. The header is what comes before the matter itself:
 * letterhead, séance, presence; the body begins at the objet, the first visa or the first line of exposé. */
#ifndef DELIB_INDEXER_EXTRACT_DOCUMENT_H
#define DELIB_INDEXER_EXTRACT_DOCUMENT_H

#include "act/act.h"
#include "extract/match.h"
#include "extract/word_index.h"
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
    struct word_index words;
    uint32_t page_count;
    struct normal_text normal; /* owns folded and origin */
};

void document_begin(struct document *document, struct arena *arena, struct slice text, struct slice path);
void document_end(struct document *document);

/* A search that goes on behind each phrase that it has found. */
struct phrase_search {
    struct slice folded;
    size_t from;
    size_t to;
    const char *const *phrases;
    struct word_search words;
    struct likely_phrase {
        int which;
        size_t kind; /* of the words that begin as it does */
    } likely[128];
    size_t likely_count;
    bool by_text; /* phrases that the words cannot tell are looked for in the text */
};
void phrase_search_begin(struct phrase_search *search, const struct document *document, size_t from, size_t to,
                         const char *const *phrases);
int phrase_search_next(struct phrase_search *search, struct span *out); /* as phrases_find */

/* As phrases_find, by the document's words. */
int document_find(const struct document *document, size_t from, size_t to, const char *const *phrases,
                  struct span *out);

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

/* Where the lists of those present, absent and represented stand: each is opened by a label (« Présents : », « Absents
 * excusés : », « Ont donné procuration : ») and closed by the next one or by the next part of the act. */
#ifndef DELIB_INDEXER_EXTRACT_PRESENCE_LISTS_H
#define DELIB_INDEXER_EXTRACT_PRESENCE_LISTS_H

#include "extract/document.h"

enum list_kind { LIST_NONE, LIST_PRESENT, LIST_ABSENT, LIST_PROXY, LIST_STOP };

struct name_list {
    enum list_kind kind;
    struct span place; /* the names, after the label */
    bool may_give;     /* « Excusés et ayant donné pouvoir : »: « X à Y » gives a proxy, X alone does not */
    bool by_line;      /* one name a line, not names wrapped over lines */
    bool by_place;     /* each line names a place before the person: « CERISIERS Mme BERT » */
    bool has_columns;  /* one column of a table (« Présents | Secteur »): the names are in it alone */
    size_t column;     /* of the characters of a line, or of the cells that bars divide */
    size_t next_column;
    bool has_bars;
};

/* The lists of a text, one after the other. */
struct list_search {
    const struct document *document;
    size_t to;
    size_t from; /* labels before it have been looked at */
    size_t done; /* what stands before belongs to a list already given */
};

void list_search_begin(struct list_search *search, const struct document *document, size_t to);

/* The next list; false when there is none. Labels in `skipped` (a table read otherwise) are passed over. */
bool list_search_next(struct list_search *search, struct span skipped, struct name_list *out);

/* Where a row of a list with columns has its name; start == end when the line is no row. */
struct span list_cell(const struct name_list *list, const struct document *document, size_t line);

/* A dash or bullet that opens what stands at `at`. */
bool is_bullet(struct slice folded, size_t at);

/* « Commune de Valbrune | Monsieur Jean BERT »: a row of a table by communes. */
bool opens_with_place(struct slice folded, size_t at);

#endif

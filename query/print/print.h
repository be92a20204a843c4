/* An answer as bytes: one file of this folder writes one format.
 *
 * An answer is written in three steps, so that one of a million acts needs no more memory than one of ten: `begin` once
 * what is known of the whole is known, `result` for each act in order, `end`. Any of them may be NULL. */
#ifndef DELIB_QUERY_PRINT_PRINT_H
#define DELIB_QUERY_PRINT_PRINT_H

#include "base/buffer.h"
#include "search.h"

/* What --format scdl does with an act that lacks what the table requires. */
enum incomplete { INCOMPLETE_SKIP, INCOMPLETE_BLANK, INCOMPLETE_FAIL };

enum { CSV_FIELDS_MAX = 64 };

/* The page that shows the same (delib-serve), for formats that hold links; whole addresses, empty where there is none.
 */
struct print_site {
    struct slice root; /* without a / at its end: an act is at root/acte/ID */
    struct slice page;
    struct slice self;
    struct slice previous;
    struct slice next;
};

struct print_options {
    struct slice question;
    struct slice qid;      /* of a batch; empty without one */
    size_t question_index; /* in a batch, from 0 */
    const struct search_request *request;
    size_t csv_fields[CSV_FIELDS_MAX];
    size_t csv_field_count; /* 0: the usual ones */
    char csv_separator;
    bool csv_mark; /* begin with a byte order mark, as some spreadsheets want */
    bool nul;      /* ids end with a NUL byte instead of a line end */
    enum incomplete incomplete;
    bool colour;
    bool links;     /* the terminal may open a file that is named */
    size_t columns; /* to wrap passages at; 0: do not */
    bool provenance;
    const struct print_site *site; /* NULL: there is none */
};

struct printer {
    struct buffer *out;
    const struct print_options *options;
    const struct answer *answer;
    uint32_t printed;
    uint32_t left_out;        /* acts that the format cannot hold */
    enum delib_status status; /* not DELIB_OK: stop, `error` says why */
    struct delib_error error;
    date_yyyymmdd group_date;    /* ead: the séance that is open */
    struct buffer group_council; /* freed by who made the printer */
};

struct print_format {
    const char *name;
    void (*begin)(struct printer *printer);
    void (*result)(struct printer *printer, const struct result *result);
    void (*end)(struct printer *printer);
    bool has_facets; /* has a place for facets */
    bool has_bars;   /* can show the counts of --by */
    bool in_batch;   /* answers may follow one another */
    size_t snippets; /* wanted for each act */
};

/* NULL when there is no format of that name. */
const struct print_format *print_format_of(struct slice name);
/* Their names with ", " between; static storage. */
const char *print_format_names(void);

/* The counts of one facet, the acts that match by year for one. `all` is NULL, or the counts of every act, which make
 * the shares. `columns` is the width of the terminal. */
void print_bars(struct buffer *out, const struct print_format *format, enum facet facet,
                const struct facet_counts *counts, const struct facet_counts *all, size_t columns);

/* The column of a name, -1 when there is none. */
int csv_field_of(struct slice name);
void csv_add_field_names(struct buffer *out); /* all of them, with blanks between */

void text_begin(struct printer *printer);
void text_result(struct printer *printer, const struct result *result);
void text_end(struct printer *printer);
void json_begin(struct printer *printer);
void json_result(struct printer *printer, const struct result *result);
void json_end(struct printer *printer);
void ndjson_result(struct printer *printer, const struct result *result);
void csv_begin(struct printer *printer);
void csv_result(struct printer *printer, const struct result *result);
void scdl_begin(struct printer *printer);
void scdl_result(struct printer *printer, const struct result *result);
void atom_begin(struct printer *printer);
void atom_result(struct printer *printer, const struct result *result);
void atom_end(struct printer *printer);
void ead_begin(struct printer *printer);
void ead_result(struct printer *printer, const struct result *result);
void ead_end(struct printer *printer);
void bibtex_result(struct printer *printer, const struct result *result);
void ris_result(struct printer *printer, const struct result *result);
void trec_result(struct printer *printer, const struct result *result);
void opensearch_result(struct printer *printer, const struct result *result);
void ids_result(struct printer *printer, const struct result *result);

#endif

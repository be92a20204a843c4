/* SCDL Délibérations 2.1.5, the common CSV table in which councils publish their acts: reading it as it comes, and
 * saying where it breaks its rules.
 *
 * What councils really publish has other columns between, another separator, dates the French way, empty cells. All of
 * that is read, and each breach of a rule is a finding with its line and column. */
#ifndef DELIB_INDEXER_SCDL_H
#define DELIB_INDEXER_SCDL_H

#include "act/act.h"
#include "base/buffer.h"

enum scdl_column {
    SCDL_COLL_NOM,
    SCDL_COLL_SIRET,
    SCDL_DELIB_ID,
    SCDL_DELIB_DATE,
    SCDL_DELIB_MATIERE_CODE,
    SCDL_DELIB_MATIERE_NOM,
    SCDL_DELIB_OBJET,
    SCDL_BUDGET_ANNEE,
    SCDL_BUDGET_NOM,
    SCDL_PREF_ID,
    SCDL_PREF_DATE,
    SCDL_VOTE_EFFECTIF,
    SCDL_VOTE_REEL,
    SCDL_VOTE_POUR,
    SCDL_VOTE_CONTRE,
    SCDL_VOTE_ABSTENTION,
    SCDL_DELIB_URL,
    SCDL_COLUMN_COUNT /* in a finding: the line as a whole */
};

const char *scdl_column_name(enum scdl_column column); /* "COLL_NOM"; "" for SCDL_COLUMN_COUNT */

struct scdl_row {
    size_t line;                           /* of the file, where the row begins; from 1 */
    struct slice cells[SCDL_COLUMN_COUNT]; /* trimmed; empty where the table has no such column */
};

struct scdl_finding {
    size_t line;
    enum scdl_column column;
    const char *message; /* for a person, translated */
};

struct scdl_table {
    struct arena *arena; /* holds all of it */
    struct scdl_row *rows;
    size_t row_count;
    struct scdl_finding *findings; /* in the order of the lines */
    size_t finding_count;
    bool has_column[SCDL_COLUMN_COUNT];
};

/* Whether the first line names columns of SCDL, the objet among them. */
bool scdl_is(struct slice text);

/* Read a text that scdl_is, in UTF-8. */
void scdl_read(struct scdl_table *out, struct arena *arena, struct slice text);

/* Find every breach of the rules for rows. scdl_read has found those of the first line and of the CSV itself. */
void scdl_check(struct scdl_table *table);

void scdl_add_finding(struct scdl_table *table, size_t line, enum scdl_column column, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* What a row says of an act; a cell that breaks its rule is left out, but for votes, which stand as they are given. */
void scdl_fill_act(struct act *act, const struct scdl_row *row);

/* AAAA-MM-JJ, or the French way JJ/MM/AAAA; 0 when it is neither. */
date_yyyymmdd scdl_date(struct slice cell, bool *is_iso);

#endif

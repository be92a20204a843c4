/* What a deliberation is: the record of one act, with where each field came from.
 *
 * A zeroed struct act is an act of which nothing was read: texts empty, dates 0, counts COUNT_UNREAD after act_new.
 * "Not read" is never 0: it is written as null. Everything in an act lives in the arena that it was made with, and
 * texts are UTF-8 as printed in the source (line breaks joined by a space). */
#ifndef DELIB_ACT_ACT_H
#define DELIB_ACT_ACT_H

#include <stdint.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/slice.h"

enum act_field {
    FIELD_ID,
    FIELD_NUMBER,
    FIELD_DATE,
    FIELD_CONVOCATION_DATE,
    FIELD_COUNCIL,
    FIELD_COUNCIL_TYPE,
    FIELD_SIREN,
    FIELD_PRESIDENT,
    FIELD_SECRETARY,
    FIELD_RAPPORTEUR,
    FIELD_OBJET,
    FIELD_TOPICS,
    FIELD_MATIERE,
    FIELD_DOCUMENT_TYPE,
    FIELD_VOTE,
    FIELD_PRESENT,
    FIELD_ABSENT,
    FIELD_PROXIES,
    FIELD_DECISIONS,
    FIELD_AMOUNTS,
    FIELD_LEGAL_REFS,
    FIELD_COUNT
};

/* The record's name of a field, as in the JSON ("convocation_date"); static storage. */
const char *act_field_name(enum act_field field);

/* Where a value was found, the most trusted first. */
enum field_source {
    SOURCE_NONE, /* not read */
    SOURCE_SIDECAR,
    SOURCE_SCDL,
    SOURCE_ENVELOPE,
    SOURCE_STAMP,
    SOURCE_LABEL,     /* after a printed label, « Rapporteur : » */
    SOURCE_SENTENCE,  /* in a sentence of known form, « sous la présidence de » */
    SOURCE_HEURISTIC, /* by its place or look: a file name, a title in capitals */
    SOURCE_DERIVED    /* computed from other fields */
};

enum confidence { CONFIDENCE_NONE, CONFIDENCE_LOW, CONFIDENCE_MEDIUM, CONFIDENCE_HIGH };

const char *field_source_name(enum field_source source); /* "none", "sidecar", … */
const char *confidence_name(enum confidence confidence); /* "none", "low", … */
enum field_source field_source_of(struct slice name);    /* SOURCE_NONE when unknown */
enum confidence confidence_of(struct slice name);        /* CONFIDENCE_NONE when unknown */

struct provenance {
    enum field_source source;
    enum confidence confidence;
    uint32_t start_bytes; /* place in the act's text; end_bytes 0 when the value is not in the text */
    uint32_t end_bytes;
};

enum council_type {
    COUNCIL_UNREAD,
    COUNCIL_MUNICIPAL,
    COUNCIL_COMMUNAUTAIRE,
    COUNCIL_METROPOLITAIN,
    COUNCIL_TERRITORIAL,
    COUNCIL_DEPARTEMENTAL,
    COUNCIL_REGIONAL,
    COUNCIL_COLLECTIVITE_UNIQUE,
    COUNCIL_COMMISSION_PERMANENTE,
    COUNCIL_BUREAU,
    COUNCIL_SYNDICAL,
    COUNCIL_CA, /* conseil d'administration: CCAS, SDIS, régie … */
    COUNCIL_AUTRE
};

enum document_type {
    DOCUMENT_UNREAD,
    DOCUMENT_DELIBERATION,
    DOCUMENT_PROCES_VERBAL,
    DOCUMENT_COMPTE_RENDU,
    DOCUMENT_LISTE,
    DOCUMENT_DECISION, /* décision du maire or du président: not voted */
    DOCUMENT_ARRETE,
    DOCUMENT_AUTRE
};

enum vote_outcome {
    OUTCOME_UNREAD,
    OUTCOME_ADOPTE,
    OUTCOME_REJETE,
    OUTCOME_AJOURNE,
    OUTCOME_RETIRE,
    OUTCOME_PREND_ACTE,
    OUTCOME_AVIS
};

/* What proved that a file holds several acts (indexer/split/). */
enum split_proof {
    SPLIT_NONE,     /* nothing: the whole text is one act */
    SPLIT_STAMPS,   /* @CTES identifiers that change from page to page */
    SPLIT_EXTRACTS, /* the title of an extract again and again, each with its number */
    SPLIT_LIST,     /* the rows of a list of deliberations */
    SPLIT_NUMBERS,  /* numbers that follow each other */
    SPLIT_AGENDA,   /* the titles of the ordre du jour again above what was said of each */
    SPLIT_OBJETS,   /* « Objet : » again and again */
    SPLIT_TITLES,   /* titles of one look, nearly all followed by a decision */
    SPLIT_VOTES     /* a closing line, « Vote : à l'unanimité », under each */
};

/* Names as in the JSON ("municipal", "proces-verbal", "prend-acte"); NULL for the _UNREAD value. */
const char *council_type_name(enum council_type type);
const char *document_type_name(enum document_type type);
const char *vote_outcome_name(enum vote_outcome outcome);
const char *split_proof_name(enum split_proof proof); /* "none", "stamps" … */
enum council_type council_type_of(struct slice name); /* COUNCIL_UNREAD when unknown, and so on */
enum document_type document_type_of(struct slice name);
enum vote_outcome vote_outcome_of(struct slice name);
enum split_proof split_proof_of(struct slice name); /* SPLIT_NONE when unknown */

enum truth { TRUTH_UNREAD, TRUTH_FALSE, TRUTH_TRUE };

enum { COUNT_UNREAD = -1 };

struct vote {
    enum vote_outcome outcome;
    enum truth unanimous;
    int32_t pour; /* COUNT_UNREAD unless printed */
    int32_t contre;
    int32_t abstention;
    int32_t nppv;     /* « ne prend pas part au vote » */
    int32_t effectif; /* members in office */
    int32_t votants;
};

struct text_list {
    struct slice *items;
    size_t count;
    bool read; /* false: the text has no such list (null); true with count 0: it has one and it is empty */
};

struct proxy {
    struct slice giver;
    struct slice holder;
};

struct amount {
    double eur;
    struct slice text; /* as printed */
};

struct act {
    struct arena *arena;
    struct slice id;
    struct slice number; /* as printed, without « n° » */
    date_yyyymmdd date;  /* of the séance */
    date_yyyymmdd convocation_date;
    struct slice council;
    enum council_type council_type;
    struct slice siren;
    struct slice siret; /* of the seat, 14 digits, where a table gave it; begins with the SIREN */
    struct slice president;
    struct slice secretary;
    struct slice rapporteur;
    struct slice objet;
    struct text_list topics;
    struct slice matiere_code; /* @CTES, "7.5" */
    struct slice matiere_label;
    enum document_type document_type;
    struct vote vote;
    struct text_list present;
    struct text_list absent;
    struct proxy *proxies;
    size_t proxy_count;
    bool proxies_read;
    struct text_list decisions; /* verbs as printed: AFFIRME, AUTORISE */
    struct amount *amounts;
    size_t amount_count;
    bool amounts_read;
    struct text_list legal_refs;
    struct text_list warnings; /* codes, "weekday-mismatch"; see docs/record.md */

    struct slice source_path; /* as given to delib-index */
    struct slice source_url;  /* where its council publishes it, when a table says so */
    uint32_t source_line;     /* of the table, when the act is a row of one; from 1, else 0 */
    uint32_t page_first;      /* from 1; 0 when the source has no pages */
    uint32_t page_last;
    struct slice source_sha256; /* hexadecimal */
    enum split_proof split;     /* how this act was told from the others in its file */

    struct provenance provenance[FIELD_COUNT];
};

struct act *act_new(struct arena *arena);

/* Whether a field holds a value (an empty list that was read counts). */
bool act_has(const struct act *act, enum act_field field);

/* Forget a field and where it came from. */
void act_clear(struct act *act, enum act_field field);

/* True when a value of this source and confidence should replace what the act holds for the field: more confidence
 * wins, then the more trusted source; a sidecar wins over everything. */
bool act_accepts(const struct act *act, enum act_field field, enum field_source source, enum confidence confidence);

void act_set_provenance(struct act *act, enum act_field field, struct provenance provenance);

void text_list_add(struct arena *arena, struct text_list *list, struct slice text); /* copies; sets read */
void act_add_proxy(struct act *act, struct slice giver, struct slice holder);       /* copies; sets proxies_read */
void act_add_amount(struct act *act, double eur, struct slice text);                /* copies; sets amounts_read */
void act_warn(struct act *act, const char *code);                                   /* each code once */

/* Take over every field that `from` has and that it holds by a better right (act_accepts). */
void act_merge(struct act *act, const struct act *from);

#endif

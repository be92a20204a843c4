/* The inside of an archive's writer, for archive.c and what it is made of. */
#ifndef DELIB_ARCHIVE_WRITER_H
#define DELIB_ARCHIVE_WRITER_H

#include "archive/archive.h"
#include "archive/index_act.h"
#include "archive/manifest.h"
#include "archive/vocabulary.h"

/* An act that was taken out, to be known again when it comes back as it was. */
struct dropped_act {
    struct slice fingerprint;
    uint32_t revision;
};

struct archive_writer {
    char *path;
    struct xapian_writer *database;
    struct xapian_reader *reader; /* of the writer; made when first asked for */
    struct xapian_reader *past;   /* the archive that this one is to replace; NULL when there is none */
    struct act_indexer *indexer;
    struct vocabulary *vocabulary; /* what the acts since the last commit brought */
    struct arena *arena;           /* for one call */
    struct dropped_act *dropped;   /* in this call, in its arena */
    size_t dropped_count;
    struct slice *touched; /* terms of the ids of acts that came, changed or went in this call */
    size_t touched_count;
    size_t pending_bytes;
    struct manifest *manifest; /* loaded by the first change */
    bool is_writing;           /* delib.writing was made by this writer */
    bool is_ahead;             /* blocks may have been written since the manifest was */
    uint32_t revision;         /* of the next commit */
    bool has_rows;             /* of tables: without any there is nothing to join */
    bool has_duplicates;       /* without any no mark can be out of date */
};

struct docids {
    struct arena *arena; /* the call's */
    xapian_docid *items;
    size_t count;
    size_t max;
};

/* The documents that have the term, `max` of them at most. */
enum delib_status writer_docids(struct docids *out, struct archive_writer *writer, struct slice term, size_t max,
                                struct delib_error *error);

/* Remember what is to be taken out. */
enum delib_status writer_drop(struct archive_writer *writer, xapian_docid docid, struct delib_error *error);

/* Set fingerprint and revision of the act: that of the same act, word for word, where the archive has or had it. */
enum delib_status writer_date(struct act_place *place, struct archive_writer *writer, const struct act *act,
                              struct slice text, struct delib_error *error);

/* Add the act, or put it in the place of the document `docid` when that is not 0. */
enum delib_status writer_store(struct archive_writer *writer, xapian_docid docid, const struct act *act,
                               struct slice text, const struct act_place *place, struct delib_error *error);

#endif

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
    bool is_readable_past;        /* its acts can be known again: it is of this version */
    struct act_indexer *indexer;
    struct vocabulary *vocabulary; /* what the acts since the last commit brought */
    struct arena *arena;           /* for one call; while things are settled, for one id or one key */
    struct arena *file_arena;      /* for one file; holds the three lists: */
    struct dropped_act *dropped;
    size_t dropped_count;
    size_t sorted_count;   /* of these, by fingerprint */
    struct slice *touched; /* terms of the ids of acts that came, changed or went */
    size_t touched_count;
    struct row_seeds *seeds; /* keys of what came and went */
    size_t pending_bytes;
    struct manifest *manifest;      /* loaded by the first change */
    bool is_writing;                /* delib.writing was made by this writer */
    bool is_ahead;                  /* blocks may have been written since the manifest was */
    uint32_t revision;              /* of the next commit */
    bool is_of_part;                /* of an archive (part.h): nothing is looked up or settled */
    struct archive_writer **others; /* of an archive in parts of which this is the first (spread.h) */
    size_t other_count;
    struct xapian_reader *whole; /* of all parts; NULL where there is one */
    bool has_rows;               /* of tables: without any there is nothing to join */
    bool has_duplicates;         /* without any no mark can be out of date */
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

/* Whether the database is an archive of this version; one that is none yet is new. DELIB_VERSION. In archive_read.c. */
enum delib_status archive_check_version(struct xapian_reader *reader, const char *path, bool *is_new,
                                        struct delib_error *error);
/* A database without the mark of an archive is a new one, or belongs to another program. */
enum delib_status archive_check_empty(struct xapian_reader *reader, const char *path, struct delib_error *error);

struct archive_writer *writer_new(void); /* without a database yet */
enum delib_status writer_set_version(struct archive_writer *writer, struct delib_error *error);

/* Count revisions on from those of the archive `old`, and know its acts again where it can be read. */
void writer_take_past(struct archive_writer *writer, const char *old);

/* Before anything is written. */
enum delib_status writer_begin(struct archive_writer *writer, struct delib_error *error);

/* Set down when another archive came to its revisions, for acts that keep theirs. */
enum delib_status writer_take_times(struct archive_writer *writer, struct xapian_reader *other,
                                    struct delib_error *error);

/* Make the lists of what a file had and has empty. */
void writer_forget_file(struct archive_writer *writer);

/* Put the word forms of the acts since the last commit into the vocabulary. */
enum delib_status writer_store_forms(struct archive_writer *writer, struct delib_error *error);

/* An act of this id came, changed or went. */
void writer_touch(struct archive_writer *writer, struct slice id_term);

/* Whether an act with this fingerprint was among those that the file had. */
bool writer_has_dropped(const struct archive_writer *writer, struct slice fingerprint);

/* Take out all that came from the file with this key (file_key). */
enum delib_status writer_drop_file(struct archive_writer *writer, struct slice file, struct delib_error *error);

enum delib_status writer_set_family(struct archive_writer *writer, struct slice family, struct delib_error *error);

/* Remember what is to be taken out. */
enum delib_status writer_drop(struct archive_writer *writer, xapian_docid docid, struct delib_error *error);

/* Set fingerprint and revision of the act: that of the same act, word for word, where the archive has or had it. */
enum delib_status writer_date(struct act_place *place, struct archive_writer *writer, const struct act *act,
                              struct slice text, struct delib_error *error);

/* Add the act, or put it in the place of the document `docid` when that is not 0. */
enum delib_status writer_store(struct archive_writer *writer, xapian_docid docid, const struct act *act,
                               struct slice text, const struct act_place *place, struct delib_error *error);

#endif

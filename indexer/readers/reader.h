/* Bytes of a file → text, or the acts that the file itself spells out (NDJSON).
 *
 * One file of this folder reads one format; reader.c says which by the content first and the name second, takes off
 * .gz and brings text to UTF-8. What cannot be read is a failure with a reason code and words for a person; it never
 * stops the run. */
#ifndef DELIB_INDEXER_READERS_READER_H
#define DELIB_INDEXER_READERS_READER_H

#include "act/act.h"
#include "base/buffer.h"
#include "base/status.h"

enum document_format {
    FORMAT_UNKNOWN,
    FORMAT_TEXT,
    FORMAT_MARKDOWN,
    FORMAT_HTML,
    FORMAT_PDF,
    FORMAT_DOCX,
    FORMAT_ODT,
    FORMAT_DOC,
    FORMAT_RTF,
    FORMAT_ZIP,      /* a bundle of files: bundle.h reads its members */
    FORMAT_ENVELOPE, /* of @CTES: completes the document beside it */
    FORMAT_NDJSON,
    FORMAT_SCDL
};

const char *document_format_name(enum document_format format); /* "text", "pdf", … */

enum read_outcome {
    READ_OK,
    READ_SKIPPED, /* rightly nothing to index: an empty file, a kind of file that is no document */
    READ_FAILED   /* should have been read and could not be */
};

/* Why there is nothing, or not everything, to index. The code is what --failures prints and what stays in the archive.
 */
enum read_reason {
    REASON_NONE,
    REASON_EMPTY,              /* "empty": nothing but white space */
    REASON_UNKNOWN_FORMAT,     /* "unknown-format": pictures, programs … */
    REASON_UNSUPPORTED_FORMAT, /* "unsupported-format": a document that no reader here can read */
    REASON_BINARY,             /* "binary": named as a text, and is none */
    REASON_DAMAGED,            /* "damaged" */
    REASON_ENCRYPTED,          /* "encrypted" */
    REASON_NEEDS_OCR,          /* "needs-ocr" */
    REASON_TOO_BIG,            /* "too-big" */
    REASON_TIMEOUT,            /* "timeout" */
    REASON_MISSING_HELPER,     /* "missing-helper": a program to be installed */
    REASON_HELPER_FAILED,      /* "helper-failed": the system would not start one */
    REASON_BAD_LINES,          /* "bad-lines": some lines of NDJSON */
    REASON_BAD_MEMBERS,        /* "bad-members": some files of a bundle */
    REASON_NESTED,             /* "nested-archive": a zip file in a zip file */
    REASON_UNSAFE_NAME,        /* "unsafe-name": of a file in a bundle, that leads out of it */
    REASON_ENVELOPE            /* "envelope": what @CTES says of the document beside it */
};

/* One act that the file spells out by fields; text is what is to be indexed (may be empty). */
struct given_act {
    struct act *act;
    struct slice text;
};

/* Lines of NDJSON that cannot be read. */
struct bad_lines {
    size_t count;
    size_t of;              /* lines that are not empty */
    size_t first;           /* its number, from 1 */
    struct delib_error why; /* that one */
};

struct reading {
    enum read_outcome outcome;
    const char *reason;       /* code of an enum read_reason, "" when READ_OK; static storage */
    struct delib_error error; /* words for a person, with the next step where there is one */
    enum document_format format;
    const char *warning;     /* code of a warning for each of its acts, "" when there is none; static storage */
    const char *charset;     /* "UTF-8", "WINDOWS-1252", "" when unknown; static storage */
    struct buffer text;      /* UTF-8, lines end in \n, a form feed between pages; in reading order (layout.h) */
    bool has_pages;          /* the source has pages, even if only one */
    struct given_act *given; /* NDJSON, SCDL: the acts (in the arena); `text` is then empty */
    size_t given_count;
    struct bad_lines bad_lines; /* NDJSON */
    struct buffer recognised;   /* the text, when it was recognised from pictures just now: for ocr_cache_keep */
    struct buffer notes;        /* lines for a person about what was read all the same */
    struct slice bundle;    /* FORMAT_ZIP: the zip file, in the bytes read or in `unpacked`; there is no text then */
    struct buffer unpacked; /* what was in a .gz */
};

struct read_options {
    const char *ocr_cache; /* recognise scanned pages, those not in this folder yet; NULL or "": do not */
    const char *sha256;    /* of the file, its name in that folder */
};

/* Read `bytes`, the content of the file `path` (used for its name only: extension, messages). Given acts and their
 * texts live in `arena`. NDJSON with some bad lines gives the good ones with READ_FAILED and "bad-lines". */
void read_document(struct reading *out, struct arena *arena, struct slice bytes, const char *path,
                   const struct read_options *options);
/* Read `lines`, a part of a file of NDJSON. */
void read_lines(struct reading *out, struct arena *arena, struct slice lines);
void reading_free(struct reading *reading);

/* For the readers: say that the reading came to this, in words for a person (without the path). */
void reading_stop(struct reading *reading, enum read_reason reason, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif

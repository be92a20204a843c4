/* A large file of lines (NDJSON, also .gz) → pieces of whole lines, so that several readers share it and none holds it.
 *
 * A child with the bonds of every other reader (pool.h) goes through the file: it hashes it, unpacks it and hands out
 * one piece after the other, each within the limits of a file of its own. What the lines say is for others to read. */
#ifndef DELIB_INDEXER_PIECES_H
#define DELIB_INDEXER_PIECES_H

#include "base/arena.h"
#include "base/sha256.h"
#include "file_content.h"

struct pieces;

struct pieces *pieces_new(void);
void pieces_free(struct pieces *pieces); /* NULL is allowed */

/* Whether a file of this name and size is worth it. */
bool pieces_are_for(const char *path, uint64_t size_bytes);

enum pieces_end {
    PIECES_LINES, /* to be read piece by piece */
    PIECES_SAME,  /* the content is the known one */
    PIECES_OTHER  /* no lines of JSON, or it cannot be read: a case for whoever reads any other file */
};

struct pieces_file {
    enum pieces_end end;
    struct file_identity identity;
    struct sha256 sha256;
};

/* Begin with a file; what was begun before must have come to its end. `known_sha256` may be empty. */
void pieces_begin(struct pieces_file *out, struct pieces *pieces, const char *path, struct slice known_sha256);

struct piece {
    struct slice lines; /* whole ones; lent until the next call. One that is far too long is cut. */
    size_t first_line;  /* of the file, from 1 */
    const char *reason; /* code: why the file could not be read any further; "" when it could. In the arena given */
    const char *detail; /* words for a person */
};

/* The next piece; false when there is none. `reason` may come with either. */
bool pieces_next(struct piece *out, struct pieces *pieces, struct arena *arena);

#endif

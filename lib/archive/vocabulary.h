/* The word forms of an archive, for beginnings of words and for words perhaps meant. Forms are put in and never taken
 * out: which of them acts still have, and how many, is told by the documents of their stems.
 *
 * Forms that begin alike (BUCKET_BYTES) share a metadata key; its value has them in byte order, each as the bytes that
 * it shares with the one before, the bytes of its own, and these. */
#ifndef DELIB_ARCHIVE_VOCABULARY_H
#define DELIB_ARCHIVE_VOCABULARY_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/status.h"
#include "xapian-c/xapian_c.h"

/* The prefix of the metadata keys. */
#define VOCABULARY_KEY "words:"

/* Forms to be put in. */
struct vocabulary;

struct vocabulary *vocabulary_new(void);
void vocabulary_free(struct vocabulary *vocabulary);
void vocabulary_add(struct vocabulary *vocabulary, struct slice form);
/* Put those in that the archive does not have; empties it. */
enum delib_status vocabulary_store(struct vocabulary *vocabulary, struct xapian_writer *writer,
                                   struct xapian_reader *reader, struct delib_error *error);

/* The value of a key that several databases have, from theirs: when they are made one. */
void vocabulary_merge(struct buffer *out, const struct slice *values, size_t count);

/* Calls `visit` for each form that begins with `beginning`, in byte order; return false to stop. */
typedef bool vocabulary_visit(struct slice form, void *payload);
enum delib_status vocabulary_each(struct xapian_reader *reader, struct slice beginning, vocabulary_visit *visit,
                                  void *payload, struct delib_error *error);

#endif

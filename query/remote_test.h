/* Where words stand in acts of parts on other machines: their servers know nothing of our streams of words, so that the
 * acts that have the words are looked at here, and named by their ids in the question that is put. */
#ifndef DELIB_QUERY_REMOTE_TEST_H
#define DELIB_QUERY_REMOTE_TEST_H

#include "base/arena.h"
#include "placed_words.h"
#include "xapian-c/xapian_c.h"

/* Of the acts of `query`, which is taken, those where the words stand as they must; of very many the best ones only are
 * looked at, and *cut says so. */
enum delib_status remote_test_take(struct xapian_query **out, struct xapian_query *query, struct arena *arena,
                                   struct xapian_reader *reader, struct placed_words *words, bool *cut,
                                   struct delib_error *error);

#endif

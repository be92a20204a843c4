/* The archives that a question is put to, asked as one: folders, and archives served by other machines.
 *
 * Each part is opened by itself, those of other machines at the same time, so that one that does not answer is known
 * and left out, by name, within the time limit; what stands in for it (parts_list.h) is tried first. What is in more
 * than one part comes as it would from one archive, but for metadata, which are asked part by part. */
#ifndef DELIB_ARCHIVE_PARTS_H
#define DELIB_ARCHIVE_PARTS_H

#include "base/slice.h"
#include "base/status.h"
#include "xapian-c/xapian_c.h"

struct parts;

/* `archives` are names for parts_list_add, which must outlive the parts. Of a single one that cannot be opened the
 * status tells why; of several it is enough that one can. `timeout_ms` bounds each wait for another machine. */
enum delib_status parts_open(struct parts **out, const char *const *archives, size_t count, uint32_t timeout_ms,
                             struct delib_error *error);
void parts_free(struct parts *parts); /* NULL is allowed */
/* Whether any part, or what stands in for it, is on another machine. */
bool parts_are_remote(const struct parts *parts);

/* Whether acts are on their way from one part to another, so that those with TERM_LEFT are to be passed over. */
bool parts_are_moving(const struct parts *parts);

/* All that can be reached as one reader, of the newest commits; those that did not answer a while ago are tried again.
 * Lent until parts_generation changes. To be called when a question begins. */
enum delib_status parts_refresh(struct xapian_reader **out, struct parts *parts, struct delib_error *error);
/* A question ended by DELIB_MODIFIED or DELIB_UNREACHABLE: what other machines still had to say is of no use, so the
 * next parts_refresh connects anew. */
void parts_have_failed(struct parts *parts);
/* Changes with the parts that are there: numbers of documents mean others from then on. */
uint32_t parts_generation(const struct parts *parts);

/* Tells states of the parts apart: their revisions, and which are missing. */
uint64_t parts_stamp(const struct parts *parts);

/* What is left out. */
struct missing_part {
    const char *name;
    const char *why;
};
const struct missing_part *parts_missing(const struct parts *parts, size_t *count);

/* The revision that all parts have come to; they count alike when one `delib-index --parts` fills them, and *known says
 * whether that is so. */
uint32_t parts_revision(const struct parts *parts, bool *known);
/* When the last commit was, as AAAA-MM-JJTHH:MM:SSZ; "" when there was none. */
struct slice parts_committed_at(const struct parts *parts);

#endif

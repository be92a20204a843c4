/* The members of a zip file that nobody vouches for.
 *
 * Reading one costs at most what the limits below allow, whatever the zip says of itself: a bomb is found out while it
 * goes off. */
#ifndef DELIB_INDEXER_READERS_ZIP_MEMBERS_H
#define DELIB_INDEXER_READERS_ZIP_MEMBERS_H

#include "readers/reader.h"

struct zip_members;

bool zip_is(struct slice bytes);

/* NULL, and `out` says why, when this is no sound zip file or holds too many members. `bytes` must outlive it. */
struct zip_members *zip_members_open(struct reading *out, struct slice bytes);
void zip_members_free(struct zip_members *zip); /* NULL is allowed */

size_t zip_members_count(const struct zip_members *zip);
const char *zip_members_name(const struct zip_members *zip, size_t index); /* UTF-8, as written in the zip */
uint64_t zip_members_size(const struct zip_members *zip,
                          size_t index); /* unpacked, as the zip says; UINT64_MAX unknown */
bool zip_members_find(const struct zip_members *zip, const char *name, size_t *index);
bool zip_members_has(const struct zip_members *zip, const char *name);

/* Append the content of a member. False, and `out` says why: damaged, encrypted, too big. */
bool zip_members_read(struct reading *out, struct buffer *content, struct zip_members *zip, size_t index);

#endif

/* A zip file of documents: each of its members is read as a document of its own, « bundle.zip/member.pdf » in the
 * record. What becomes of the file (unchanged, replaced, gone) becomes of all their acts.
 *
 * A member that cannot be read costs the others nothing: the bundle then fails with the reason, and their acts are
 * kept. Zip files in zip files and names that lead out of the bundle are refused. */
#ifndef DELIB_INDEXER_BUNDLE_H
#define DELIB_INDEXER_BUNDLE_H

#include "readers/reader.h"
#include "split/acts.h"

/* A member to be read, and what came of it. */
struct bundle_member {
    const char *name;
    struct slice path; /* as its acts' records have it */
    struct slice content;
    const struct act *given; /* may be NULL */
    enum read_outcome outcome;
    const char *reason;
    const char *detail;
};

/* Reads a member somewhere that its faults cannot reach the others from, and appends its acts. What it says of the
 * outcome, and the acts, must live as long as the arena. */
struct bundle_reader {
    void (*read)(void *context, struct bundle_member *member, struct acts *acts);
    void *context;
};

/* Append the acts of the members to `acts`; `reading` (of the bundle: its format is FORMAT_ZIP) says at the end how it
 * went. `path` is the bundle's as the user gave it, `given` the fields that came with it (may be NULL). */
void bundle_acts(struct acts *acts, struct arena *arena, struct reading *reading, struct slice path,
                 const struct act *given, const struct bundle_reader *reader);

#endif

/* One text → the acts that it holds: minutes, bundles of extracts, lists of deliberations.
 *
 * A text is cut on proof only, in the order of enum split_proof: cutting by mere look made four acts of five false
 * where it was measured. Without proof the text stays whole. The parts cover the text without gap or overlap, so
 * nothing of it can be lost: what stands above the first act belongs to the first part, what is no act (« Questions
 * diverses ») to the part before it. Only body_start..body_end of a part is the act's own matter. All places are bytes
 * of the original text. */
#ifndef DELIB_INDEXER_SPLIT_SPLIT_H
#define DELIB_INDEXER_SPLIT_SPLIT_H

#include "extract/document.h"

struct part {
    size_t start_bytes;
    size_t end_bytes;
    size_t body_start_bytes;
    size_t body_end_bytes;
    struct slice title;  /* as printed, where the proof names it; otherwise empty, and the objet is to be looked for */
    struct slice number; /* likewise */
    struct slice rank;   /* in the minutes (« 3) »), its number when its text tells no other; may be empty */
    uint32_t page_first; /* from 1, of start_bytes */
};

struct split {
    enum split_proof proof;
    bool has_session; /* what stands above the first act is said of all of them: day, council, presence */
    struct part *parts;
    size_t count;
};

/* Fills `out` with one part when there is no proof of several acts. In the document's arena. */
void split_document(struct split *out, const struct document *document);

#endif

/* An act and its text in a row of bytes: plain, as it goes from one process to another, and packed, as an archive keeps
 * it: by itself, or with others (act_pack.h).
 *
 * Packed is deflated, beginning from what acts say again and again (data/stored-phrases.txt). */
#ifndef DELIB_ARCHIVE_STORED_ACT_H
#define DELIB_ARCHIVE_STORED_ACT_H

#include "archive/archive.h"
#include "base/buffer.h"

/* The plain form. `as_read` is the act before rows of tables completed it; NULL when none did. */
void stored_act_write(struct buffer *out, const struct act *act, const struct act *as_read, struct slice text);
/* The text is lent: it lives as long as `plain`. */
enum delib_status stored_act_read_plain(struct stored_act *out, struct arena *arena, struct slice plain,
                                        struct delib_error *error);

/* The first byte of a document's data. */
enum stored_kind {
    STORED_ALONE,  /* the act itself */
    STORED_IN_PACK /* where it is */
};

bool stored_act_is_in_pack(struct slice data);
/* An act that is packed by itself. */
enum delib_status stored_act_read(struct stored_act *out, struct arena *arena, struct slice data,
                                  struct delib_error *error);
/* Says that it cannot be read; DELIB_CORRUPT. */
enum delib_status stored_act_unreadable(struct delib_error *error);

/* Packs one act after the other. */
struct act_packer;

struct act_packer *act_packer_new(void);
void act_packer_free(struct act_packer *packer); /* NULL is allowed */
void act_packer_pack(struct buffer *out, struct act_packer *packer, struct slice plain);
/* Nothing but the deflated bytes of whatever it is. */
void act_packer_deflate(struct buffer *out, struct act_packer *packer, struct slice plain);
/* The first `len` bytes of what was deflated, in the arena; false when there are not so many. */
bool act_inflate(struct slice *out, struct arena *arena, struct slice packed, size_t len);

/* The act before rows of tables completed it. */
enum delib_status stored_act_as_read(struct act **out, struct arena *arena, const struct stored_act *stored,
                                     struct delib_error *error);

#endif

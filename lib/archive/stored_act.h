/* An act and its text in a row of bytes: plain, as it goes from one process to another, and packed, as an archive keeps
 * it: what archive.h's stored_act_read reads.
 *
 * Packed is the plain form deflated by itself, beginning from what acts say again and again (data/stored-phrases.txt).
 */
#ifndef DELIB_ARCHIVE_STORED_ACT_H
#define DELIB_ARCHIVE_STORED_ACT_H

#include "archive/archive.h"
#include "base/buffer.h"

/* The plain form. `as_read` is the act before rows of tables completed it; NULL when none did. */
void stored_act_write(struct buffer *out, const struct act *act, const struct act *as_read, struct slice text);
/* The text is lent: it lives as long as `plain`. */
enum delib_status stored_act_read_plain(struct stored_act *out, struct arena *arena, struct slice plain,
                                        struct delib_error *error);

/* Packs one act after the other. */
struct act_packer;

struct act_packer *act_packer_new(void);
void act_packer_free(struct act_packer *packer); /* NULL is allowed */
void act_packer_pack(struct buffer *out, struct act_packer *packer, struct slice plain);

/* The act before rows of tables completed it. */
enum delib_status stored_act_as_read(struct act **out, struct arena *arena, const struct stored_act *stored,
                                     struct delib_error *error);

#endif

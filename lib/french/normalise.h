/* Text made even, with the way back.
 *
 * normalise() gives the same words in one spelling: NFC, one apostrophe ('), plain spaces, no soft hyphen, spaced
 * capitals closed up (« D E L I B E R A T I O N »), and, when asked, words cut by a hyphen at a line end joined and
 * everything folded to lower case without accents or ligatures. Every byte of the result knows the byte of the
 * original that it came from, so that whatever is found in it can be quoted from the original.
 * Line ends and form feeds stay (as \n and \f): lines are what extraction reads. */
#ifndef DELIB_FRENCH_NORMALISE_H
#define DELIB_FRENCH_NORMALISE_H

#include <stdint.h>

#include "base/buffer.h"

enum normalise_flags {
    NORMALISE_FOLD = 1,      /* lower case, no accents, œ → oe, æ → ae, ﬁ → fi, ß → ss */
    NORMALISE_JOIN_LINES = 2 /* « délibéra-\ntion » → « délibération » (a lower-case letter must follow) */
};

/* Offsets are 32 bits: a text is at most NORMALISE_MAX_BYTES long (readers refuse larger ones). */
#define NORMALISE_MAX_BYTES ((size_t)1 << 30)

struct normal_text {
    struct buffer text;
    uint32_t *origin; /* origin[i]: offset_bytes in the original of the code point that text byte i came from;
                         origin[text.len] is the length of the original */
    size_t origin_capacity;
};

/* Start from a zeroed struct; it may be used again and again, keeping its memory. */
void normalise(struct normal_text *out, struct slice original, unsigned flags);
void normal_text_free(struct normal_text *text);

/* The original bytes of text[from..to). */
struct slice normal_text_origin(const struct normal_text *text, struct slice original, size_t from, size_t to);

/* In folded text: of a letter or a figure. */
static inline bool is_folded_word_byte(char byte)
{
    return (byte >= 'a' && byte <= 'z') || is_digit(byte) || (unsigned char)byte >= 0x80;
}

/* `text` folded as by NORMALISE_FOLD, without a map: for words, names and labels. */
void fold(struct buffer *out, struct slice text);

/* The same with one blank for every run of what is no letter or figure: « plan local d urbanisme ». */
void fold_words(struct buffer *out, struct slice text);

#endif

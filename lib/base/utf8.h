/* UTF-8 and Unicode properties; the tables are utf8proc's. Nothing here depends on the locale. */
#ifndef DELIB_BASE_UTF8_H
#define DELIB_BASE_UTF8_H

#include <stdint.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/slice.h"

#define UTF8_REPLACEMENT 0xFFFD
enum { UTF8_MAX_BYTES = 4 };

/* Decode the code point at `offset` (which must be < text.len) and set *size to its bytes, at least 1.
 * A malformed byte gives UTF8_REPLACEMENT and size 1. */
int32_t utf8_decode(struct slice text, size_t offset, size_t *size);

/* Start of the code point before `offset` (offset > 0). */
size_t utf8_previous(struct slice text, size_t offset);

/* Write a code point to `out` (UTF8_MAX_BYTES); returns the bytes written. */
size_t utf8_encode(int32_t code_point, char *out);
void utf8_add(struct buffer *buffer, int32_t code_point);

bool utf8_is_valid(struct slice text);
size_t utf8_count(struct slice text); /* code points */
size_t utf8_skip(struct slice text, size_t offset,
                 size_t code_points); /* the offset so many further, at most the end */

bool utf8_is_letter(int32_t code_point); /* categories L* */
bool utf8_is_mark(int32_t code_point);   /* categories M* */
bool utf8_is_digit(int32_t code_point);  /* category Nd */
bool utf8_is_upper(int32_t code_point);
bool utf8_is_lower(int32_t code_point);
bool utf8_is_space(int32_t code_point); /* ASCII white space, NBSP and the other Unicode spaces */
int32_t utf8_to_lower(int32_t code_point);
int32_t utf8_to_upper(int32_t code_point);

/* How many bytes at the start of `text` utf8_add_clean would leave as they are. */
size_t utf8_clean_length(struct slice text);

/* Append `text` made safe to show: malformed bytes become U+FFFD, control characters other than tab, line feed and
 * form feed become spaces (so that a document cannot send escape sequences to a terminal). */
void utf8_add_clean(struct buffer *buffer, struct slice text);

/* The same on one line: tabs and ends of lines become spaces too. For file names and quotations. */
char *utf8_line(struct arena *arena, struct slice text);

#endif

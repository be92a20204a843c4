/* JSON read into a tree, in one pass and without recursion.
 *
 * Strings without escapes are lent from the bytes that were read; all else is in the arena. What RFC 8259 forbids is
 * refused, and also: text that is not UTF-8, U+0000 in a string, a name twice in one object, more than JSON_DEPTH_MOST
 * levels, anything but an object or a list at the top. */
#ifndef DELIB_BASE_JSON_READER_H
#define DELIB_BASE_JSON_READER_H

#include <stdint.h>

#include "base/arena.h"
#include "base/slice.h"
#include "base/status.h"

enum { JSON_DEPTH_MOST = 512 }; /* records need four; what nests deeper is meant to do harm */

enum json_kind { JSON_NULL, JSON_FALSE, JSON_TRUE, JSON_INTEGER, JSON_REAL, JSON_STRING, JSON_ARRAY, JSON_OBJECT };

struct json_value {
    struct json_value *next; /* the next item or member */
    struct slice name;       /* of a member */
    enum json_kind kind;
    union {
        struct slice string;
        int64_t integer;
        double real; /* also of a whole number too large for 64 bits */
        struct {
            struct json_value *first; /* item or member; NULL: it is empty */
            struct json_value *last;
        };
    };
};

/* DELIB_INVALID with the line and the column in bytes where it is not JSON. */
enum delib_status json_read(struct json_value **out, struct arena *arena, struct slice text, struct delib_error *error);

/* NULL when there is none, or `object` is none. */
const struct json_value *json_member(const struct json_value *object, const char *name);

#endif

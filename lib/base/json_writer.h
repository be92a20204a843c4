/* JSON written straight into a buffer, in the order of the calls; commas are put in by the writer.
 *
 * Strings are cleaned on the way (see utf8_add_clean), so what comes out is always valid UTF-8 and valid JSON. The
 * caller balances begin and end; at most JSON_MAX_DEPTH levels. */
#ifndef DELIB_BASE_JSON_WRITER_H
#define DELIB_BASE_JSON_WRITER_H

#include "base/buffer.h"

enum { JSON_MAX_DEPTH = 32 };

struct json_writer {
    struct buffer *out;
    int indent; /* spaces a level; 0 writes everything on one line */
    int depth;
    bool has_member[JSON_MAX_DEPTH];
    bool after_key;
};

struct json_writer json_writer_to(struct buffer *out, int indent);
void json_begin_object(struct json_writer *json);
void json_end_object(struct json_writer *json);
void json_begin_array(struct json_writer *json);
void json_end_array(struct json_writer *json);
void json_write_key(struct json_writer *json, const char *key);
void json_write_string(struct json_writer *json, struct slice text);
void json_write_text(struct json_writer *json, const char *string); /* NULL writes null */
void json_write_integer(struct json_writer *json, long long value);
void json_write_number(struct json_writer *json, double value); /* shortest form that reads back the same */
void json_write_boolean(struct json_writer *json, bool value);
void json_write_null(struct json_writer *json);

#endif

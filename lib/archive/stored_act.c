#include "archive/stored_act.h"

#include <string.h>

#include "act/act_json.h"
#include "base/words.h"

/* Layout: four bytes, the length of the record (little-endian); the record; the text to the end. */
enum { LENGTH_BYTES = 4 };

void stored_act_write(struct buffer *out, const struct act *act, struct slice text)
{
    struct buffer record = {0};
    struct json_writer json = json_writer_to(&record, 0);
    json_begin_object(&json);
    act_write_json(&json, act);
    act_write_provenance(&json, act);
    json_end_object(&json);
    for (int shift = 0; shift < LENGTH_BYTES * 8; shift += 8)
        buffer_add_byte(out, (char)((record.len >> shift) & 0xFF));
    buffer_add_slice(out, buffer_get(&record));
    buffer_add_slice(out, text);
    buffer_free(&record);
}

enum delib_status stored_act_read(struct stored_act *out, struct arena *arena, struct slice data,
                                  struct delib_error *error)
{
    size_t len = 0;
    struct slice no_text;
    for (size_t i = 0; data.len >= LENGTH_BYTES && i < LENGTH_BYTES; i++)
        len |= (size_t)(unsigned char)data.bytes[i] << (8 * i);
    if (data.len < LENGTH_BYTES || len > data.len - LENGTH_BYTES)
        return delib_fail(error, DELIB_CORRUPT, _("a stored act is cut short; rebuild the archive from its sources"));
    out->act = act_new(arena);
    out->text = slice_skip(data, LENGTH_BYTES + len);
    enum delib_status status =
        act_read_json(out->act, slice_range(data, LENGTH_BYTES, LENGTH_BYTES + len), SOURCE_NONE, &no_text, error);
    if (status == DELIB_OK)
        return DELIB_OK;
    delib_fail_in(error, "a stored act is not readable");
    return error ? (error->status = DELIB_CORRUPT) : DELIB_CORRUPT;
}

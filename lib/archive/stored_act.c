#include "archive/stored_act.h"

#include "act/act_json.h"
#include "base/words.h"

/* Layout: the length of the record and that of the record as read (0: the same), four bytes each, little-endian; the
 * two; the text to the end. */
enum { LENGTH_BYTES = 4, HEADER_BYTES = 2 * LENGTH_BYTES };

static void write_record(struct buffer *out, const struct act *act)
{
    struct json_writer json = json_writer_to(out, 0);
    json_begin_object(&json);
    act_write_json(&json, act);
    act_write_provenance(&json, act);
    json_end_object(&json);
}

static void write_length(struct buffer *out, size_t len)
{
    for (int shift = 0; shift < LENGTH_BYTES * 8; shift += 8)
        buffer_add_byte(out, (char)((len >> shift) & 0xFF));
}

void stored_act_write(struct buffer *out, const struct act *act, const struct act *as_read, struct slice text)
{
    struct buffer records = {0};
    write_record(&records, act);
    size_t len = records.len;
    if (as_read)
        write_record(&records, as_read);
    write_length(out, len);
    write_length(out, records.len - len);
    buffer_add_slice(out, buffer_get(&records));
    buffer_add_slice(out, text);
    buffer_free(&records);
}

static size_t read_length(struct slice data)
{
    size_t len = 0;
    for (size_t i = 0; i < LENGTH_BYTES; i++)
        len |= (size_t)(unsigned char)data.bytes[i] << (8 * i);
    return len;
}

static enum delib_status read_record(struct act **out, struct arena *arena, struct slice record,
                                     struct delib_error *error)
{
    struct slice no_text;
    *out = act_new(arena);
    if (act_read_json(*out, record, SOURCE_NONE, &no_text, error) == DELIB_OK)
        return DELIB_OK;
    delib_fail_in(error, "a stored act is not readable");
    return error ? (error->status = DELIB_CORRUPT) : DELIB_CORRUPT;
}

enum delib_status stored_act_read(struct stored_act *out, struct arena *arena, struct slice data,
                                  struct delib_error *error)
{
    size_t len = data.len >= HEADER_BYTES ? read_length(data) : 0;
    size_t as_read_len = data.len >= HEADER_BYTES ? read_length(slice_skip(data, LENGTH_BYTES)) : 0;
    if (data.len < HEADER_BYTES || len > data.len - HEADER_BYTES || as_read_len > data.len - HEADER_BYTES - len)
        return delib_fail(error, DELIB_CORRUPT, _("a stored act is cut short; rebuild the archive from its sources"));
    struct slice records = slice_range(data, HEADER_BYTES, HEADER_BYTES + len + as_read_len);
    out->text = slice_skip(data, HEADER_BYTES + records.len);
    out->as_read = slice_skip(records, len);
    return read_record(&out->act, arena, slice_range(records, 0, len), error);
}

enum delib_status stored_act_as_read(struct act **out, struct arena *arena, const struct stored_act *stored,
                                     struct delib_error *error)
{
    *out = stored->act;
    return stored->as_read.len > 0 ? read_record(out, arena, stored->as_read, error) : DELIB_OK;
}

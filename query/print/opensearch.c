/* The body of a bulk request to OpenSearch or Elasticsearch: for each act a line that says what to do and one with the
 * act. The index is named by the address that it is sent to, its mapping is docs/opensearch-mapping.json. */
#include "act/act_json.h"
#include "print/print.h"

/* The id is the act's: to send an act again replaces it. */
static void write_action(struct buffer *out, struct slice id)
{
    struct json_writer json = json_writer_to(out, 0);
    json_begin_object(&json);
    json_write_key(&json, "index");
    json_begin_object(&json);
    json_write_key(&json, "_id");
    json_write_string(&json, id);
    json_end_object(&json);
    json_end_object(&json);
    buffer_add_byte(out, '\n');
}

void opensearch_result(struct printer *printer, const struct result *result)
{
    struct json_writer json = json_writer_to(printer->out, 0);
    write_action(printer->out, result->act->id);
    json_begin_object(&json);
    act_write_json(&json, result->act);
    json_write_key(&json, "text");
    json_write_string(&json, result->text);
    json_end_object(&json);
    buffer_add_byte(printer->out, '\n');
}

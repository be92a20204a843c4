/* The answer for programs; the schema is written down in docs/json-schema.md and carries its version. */
#include "act/act_json.h"
#include "print/print.h"

#define SCHEMA "delib/1"

static void write_snippet(struct json_writer *json, const struct snippet *snippet)
{
    json_begin_object(json);
    json_write_key(json, "text");
    json_write_string(json, snippet->text);
    json_write_key(json, "highlights");
    json_begin_array(json);
    for (size_t i = 0; i < snippet->highlight_count; i++) {
        json_begin_array(json);
        json_write_integer(json, snippet->highlights[i].start_cp);
        json_write_integer(json, snippet->highlights[i].end_cp);
        json_end_array(json);
    }
    json_end_array(json);
    json_write_key(json, "page");
    if (snippet->page > 0)
        json_write_integer(json, snippet->page);
    else
        json_write_null(json);
    json_end_object(json);
}

static void write_qid(struct json_writer *json, const struct print_options *options)
{
    if (options->qid.len == 0)
        return;
    json_write_key(json, "qid");
    json_write_string(json, options->qid);
}

static void write_result(struct json_writer *json, const struct result *result, const struct print_options *options,
                         bool with_schema)
{
    json_begin_object(json);
    if (with_schema) {
        json_write_key(json, "schema");
        json_write_text(json, SCHEMA);
        write_qid(json, options);
    }
    json_write_key(json, "rank");
    json_write_integer(json, result->rank);
    json_write_key(json, "score");
    json_write_number(json, result->score);
    act_write_json(json, result->act);
    json_write_key(json, "snippets");
    json_begin_array(json);
    for (size_t i = 0; i < result->snippets.count; i++)
        write_snippet(json, &result->snippets.items[i]);
    json_end_array(json);
    if (options->provenance)
        act_write_provenance(json, result->act);
    json_end_object(json);
}

static void write_facets(struct json_writer *json, const struct answer *answer, const struct print_options *options)
{
    json_write_key(json, "facets");
    json_begin_object(json);
    for (int facet = 0; facet < FACET_COUNT; facet++) {
        if (!options->request->facets[facet])
            continue;
        json_write_key(json, facet_name((enum facet)facet));
        json_begin_array(json);
        for (size_t i = 0; i < answer->facets[facet].count; i++) {
            json_begin_object(json);
            json_write_key(json, "value");
            json_write_string(json, answer->facets[facet].values[i].value);
            json_write_key(json, "count");
            json_write_integer(json, answer->facets[facet].values[i].count);
            json_end_object(json);
        }
        json_end_array(json);
    }
    json_end_object(json);
}

static void write_words(struct json_writer *json, const char *key, const struct correction *words, size_t count)
{
    json_write_key(json, key);
    json_begin_array(json);
    for (size_t i = 0; i < count; i++) {
        json_begin_object(json);
        json_write_key(json, "typed");
        json_write_string(json, words[i].typed);
        json_write_key(json, "instead");
        json_write_string(json, words[i].instead);
        json_end_object(json);
    }
    json_end_array(json);
}

/* Where the parts of a site lie is nobody's business. */
static void write_missing(struct json_writer *json, const struct answer *answer, bool is_site)
{
    json_write_key(json, "partial");
    json_write_boolean(json, answer->missing_count > 0);
    if (is_site)
        return;
    json_write_key(json, "missing_parts");
    json_begin_array(json);
    for (size_t i = 0; i < answer->missing_count; i++) {
        json_begin_object(json);
        json_write_key(json, "part");
        json_write_text(json, answer->missing[i].name);
        json_write_key(json, "why");
        json_write_text(json, answer->missing[i].why);
        json_end_object(json);
    }
    json_end_array(json);
}

/* The writer of the whole answer, at the place where the results stand. */
static struct json_writer writer_inside(struct printer *printer)
{
    struct json_writer json = json_writer_to(printer->out, 2);
    json.depth = 2;
    json.has_member[0] = true;
    json.has_member[1] = printer->printed > 0;
    return json;
}

void json_begin(struct printer *printer)
{
    struct json_writer json = json_writer_to(printer->out, 2);
    const struct print_options *options = printer->options;
    json_begin_object(&json);
    json_write_key(&json, "schema");
    json_write_text(&json, SCHEMA);
    write_qid(&json, options);
    json_write_key(&json, "question");
    json_write_string(&json, options->question);
    json_write_key(&json, "matches");
    json_write_integer(&json, printer->answer->matches);
    json_write_key(&json, "offset");
    json_write_integer(&json, options->request->offset);
    json_write_key(&json, "revision");
    if (printer->answer->is_revision_known)
        json_write_integer(&json, printer->answer->revision);
    else
        json_write_null(&json);
    write_missing(&json, printer->answer, options->site != NULL);
    write_words(&json, "corrections", printer->answer->corrections, printer->answer->correction_count);
    write_words(&json, "suggestions", printer->answer->suggestions, printer->answer->suggestion_count);
    write_facets(&json, printer->answer, options);
    json_write_key(&json, "results");
    json_begin_array(&json);
}

void json_result(struct printer *printer, const struct result *result)
{
    struct json_writer json = writer_inside(printer);
    write_result(&json, result, printer->options, false);
}

void json_end(struct printer *printer)
{
    struct json_writer json = writer_inside(printer);
    json_end_array(&json);
    json_end_object(&json);
    buffer_add_byte(printer->out, '\n');
}

void ndjson_result(struct printer *printer, const struct result *result)
{
    struct json_writer json = json_writer_to(printer->out, 0);
    write_result(&json, result, printer->options, true);
    buffer_add_byte(printer->out, '\n');
}

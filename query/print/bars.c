/* The counts of --by: bars for a terminal, a table, JSON, or a picture. */
#include "base/json_writer.h"
#include "base/utf8.h"
#include "print/print.h"
#include "print/table.h"
#include "print/xml.h"

enum { LABEL_CP = 28, FIGURES = 18, SHORTEST_BAR = 10, ROW_PIXELS = 22, LABEL_PIXELS = 220, BAR_PIXELS = 480 };

static uint32_t count_of(const struct facet_counts *counts, struct slice value)
{
    for (size_t i = 0; i < counts->count; i++)
        if (slice_equal(counts->values[i].value, value))
            return counts->values[i].count;
    return 0;
}

/* Of 100; of the matches without `all`, of the acts of the same value with it. */
static double share_of(const struct facet_value *value, const struct facet_counts *all)
{
    uint32_t whole = count_of(all, value->value);
    return whole > 0 ? 100.0 * value->count / whole : 0;
}

/* What the bar of a value stands for. */
static double length_of(const struct facet_value *value, const struct facet_counts *all)
{
    return all ? share_of(value, all) : value->count;
}

static double longest_of(const struct facet_counts *counts, const struct facet_counts *all)
{
    double longest = 0;
    for (size_t i = 0; i < counts->count; i++)
        longest = length_of(&counts->values[i], all) > longest ? length_of(&counts->values[i], all) : longest;
    return longest > 0 ? longest : 1;
}

static void add_label(struct buffer *out, struct slice value)
{
    size_t size;
    size_t at = 0;
    size_t shown = 0;
    for (; at < value.len && shown < LABEL_CP; at += size, shown++)
        utf8_decode(value, at, &size);
    utf8_add_clean(out, slice_range(value, 0, at));
    buffer_printf(out, "%*s", (int)(LABEL_CP - shown), "");
}

static void text_bars(struct buffer *out, const struct facet_counts *counts, const struct facet_counts *all,
                      size_t columns)
{
    size_t room = columns > LABEL_CP + FIGURES + SHORTEST_BAR ? columns - LABEL_CP - FIGURES : SHORTEST_BAR;
    double longest = longest_of(counts, all);
    for (size_t i = 0; i < counts->count; i++) {
        const struct facet_value *value = &counts->values[i];
        add_label(out, value->value);
        buffer_printf(out, " %8u", (unsigned)value->count);
        if (all)
            buffer_printf(out, " %5.1f %%", share_of(value, all));
        buffer_add_byte(out, ' ');
        for (size_t bar = (size_t)(length_of(value, all) / longest * (double)room + 0.5); bar > 0; bar--)
            buffer_add_string(out, "█");
        buffer_add_byte(out, '\n');
    }
}

static void csv_bars(struct buffer *out, enum facet facet, const struct facet_counts *counts,
                     const struct facet_counts *all)
{
    buffer_printf(out, "%s,count%s\r\n", facet_name(facet), all ? ",share" : "");
    for (size_t i = 0; i < counts->count; i++) {
        table_add_cell(out, counts->values[i].value, ',', true);
        buffer_printf(out, ",%u", (unsigned)counts->values[i].count);
        if (all)
            buffer_printf(out, ",%.2f", share_of(&counts->values[i], all));
        buffer_add_string(out, "\r\n");
    }
}

static void json_bars(struct buffer *out, enum facet facet, const struct facet_counts *counts,
                      const struct facet_counts *all)
{
    struct json_writer json = json_writer_to(out, 2);
    json_begin_object(&json);
    json_write_key(&json, "schema");
    json_write_text(&json, "delib/1");
    json_write_key(&json, "by");
    json_write_text(&json, facet_name(facet));
    json_write_key(&json, "values");
    json_begin_array(&json);
    for (size_t i = 0; i < counts->count; i++) {
        json_begin_object(&json);
        json_write_key(&json, "value");
        json_write_string(&json, counts->values[i].value);
        json_write_key(&json, "count");
        json_write_integer(&json, counts->values[i].count);
        if (all) {
            json_write_key(&json, "share");
            json_write_number(&json, share_of(&counts->values[i], all));
        }
        json_end_object(&json);
    }
    json_end_array(&json);
    json_end_object(&json);
    buffer_add_byte(out, '\n');
}

static void svg_bars(struct buffer *out, const struct facet_counts *counts, const struct facet_counts *all)
{
    double longest = longest_of(counts, all);
    buffer_printf(out,
                  "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%zu\" font-family=\"sans-serif\" "
                  "font-size=\"13\" role=\"img\">\n",
                  LABEL_PIXELS + BAR_PIXELS + 100, (counts->count + 1) * ROW_PIXELS);
    for (size_t i = 0; i < counts->count; i++) {
        const struct facet_value *value = &counts->values[i];
        size_t top = i * ROW_PIXELS + ROW_PIXELS / 2;
        double width = length_of(value, all) / longest * BAR_PIXELS;
        buffer_printf(out, "<text x=\"%d\" y=\"%zu\" text-anchor=\"end\">", LABEL_PIXELS - 8, top + 14);
        xml_add_text(out, value->value);
        buffer_printf(out, "</text><rect x=\"%d\" y=\"%zu\" width=\"%.1f\" height=\"%d\" fill=\"#1a5fb4\"/>",
                      LABEL_PIXELS, top, width, ROW_PIXELS - 4);
        buffer_printf(out, "<text x=\"%.1f\" y=\"%zu\">", LABEL_PIXELS + width + 6, top + 14);
        if (all)
            buffer_printf(out, "%.1f %% (%u)</text>\n", share_of(value, all), (unsigned)value->count);
        else
            buffer_printf(out, "%u</text>\n", (unsigned)value->count);
    }
    buffer_add_string(out, "</svg>\n");
}

void print_bars(struct buffer *out, const struct print_format *format, enum facet facet,
                const struct facet_counts *counts, const struct facet_counts *all, size_t columns)
{
    struct slice name = slice_of(format->name);
    if (slice_equal(name, SLICE("csv")))
        csv_bars(out, facet, counts, all);
    else if (slice_equal(name, SLICE("json")))
        json_bars(out, facet, counts, all);
    else if (slice_equal(name, SLICE("svg")))
        svg_bars(out, counts, all);
    else
        text_bars(out, counts, all, columns);
}

#include "web/timeline.h"

#include <stdlib.h>

#include "web/html.h"
#include "web/names.h"

enum {
    YEARS_MOST = 120, /* a bar of each must be wide enough to be hit */
    HEIGHT_UNITS = 100,
    LEAST_UNITS = 3, /* one act among thousands is to be seen */
    LABELS_MOST = 10 /* fit on a telephone */
};

/* From the first year to the last, also those without acts: a gap is to be seen. */
struct years {
    int first;
    int last;
    uint32_t counts[YEARS_MOST];
    uint32_t most;
};

static bool read_years(struct years *out, const struct facet_counts *counts)
{
    *out = (struct years){0};
    if (counts->count < 2)
        return false;
    out->last = atoi(counts->values[counts->count - 1].value.bytes);
    out->first = atoi(counts->values[0].value.bytes);
    if (out->last - out->first >= YEARS_MOST)
        out->first = out->last - YEARS_MOST + 1;
    for (size_t i = 0; i < counts->count; i++) {
        int year = atoi(counts->values[i].value.bytes);
        if (year < out->first || year > out->last)
            continue;
        out->counts[year - out->first] = counts->values[i].count;
        out->most = counts->values[i].count > out->most ? counts->values[i].count : out->most;
    }
    return true;
}

static struct slice year_address(const struct web_request *request, struct slice year)
{
    struct chosen_value chosen = {FACET_YEAR, year};
    bool is_chosen = request_has_choice(request, FACET_YEAR, year);
    return request_address(
        request, &(struct variation){.with = is_chosen ? NULL : &chosen, .without = is_chosen ? &chosen : NULL});
}

/* Every year, every second, fifth, tenth … */
static int label_every(const struct years *years)
{
    static const int steps[] = {1, 2, 5, 10, 20};
    size_t i = 0;
    while (i + 1 < sizeof steps / sizeof *steps && (years->last - years->first + 1) / steps[i] > LABELS_MOST)
        i++;
    return steps[i];
}

static void add_bar(struct buffer *out, const struct web_request *request, const struct years *years, int year)
{
    uint32_t count = years->counts[year - years->first];
    unsigned height = (unsigned)((uint64_t)count * HEIGHT_UNITS / years->most);
    struct slice name = slice_of(arena_printf(request->arena, "%d", year));
    bool is_named = year % label_every(years) == 0;
    buffer_printf(out, "<li data-annee=\"%d\"%s>", year, is_named ? " class=\"named\"" : "");
    if (count > 0) {
        height = height > LEAST_UNITS ? height : LEAST_UNITS;
        buffer_add_string(out, "<a tabindex=\"-1\" rel=\"nofollow\" href=\"");
        html_attribute(out, year_address(request, name));
        buffer_printf(out, "\" title=\"%d : %u\"%s>", year, (unsigned)count,
                      request_has_choice(request, FACET_YEAR, name) ? " class=\"chosen\"" : "");
        buffer_printf(out,
                      "<svg viewBox=\"0 0 1 %d\" preserveAspectRatio=\"none\"><rect y=\"%u\" width=\"1\" "
                      "height=\"%u\"/></svg></a>",
                      HEIGHT_UNITS, HEIGHT_UNITS - height, height);
    }
    buffer_printf(out, "<span>%d</span></li>\n", year);
}

/* For the pointer; the table says the same to keyboards and screen readers. */
static void add_picture(struct buffer *out, const struct web_request *request, const struct years *years)
{
    buffer_add_string(out, "<ol class=\"bars\" aria-hidden=\"true\">\n");
    for (int year = years->first; year <= years->last; year++)
        add_bar(out, request, years, year);
    buffer_add_string(out, "</ol>\n");
}

static void add_table(struct buffer *out, const struct web_request *request, const struct facet_counts *counts)
{
    buffer_add_string(out, "<details>\n<summary>");
    html_words(out, _("The same as a table"));
    buffer_add_string(out, "</summary>\n<table>\n<thead><tr><th scope=\"col\">");
    html_words(out, _("Year"));
    buffer_add_string(out, "</th><th scope=\"col\" class=\"figure\">");
    html_words(out, _("Acts"));
    buffer_add_string(out, "</th></tr></thead>\n<tbody>\n");
    for (size_t i = 0; i < counts->count; i++) {
        buffer_add_string(out, "<tr><td>");
        html_link(out, NULL, year_address(request, counts->values[i].value), counts->values[i].value);
        buffer_add_string(out, "</td><td class=\"figure\">");
        html_count(out, counts->values[i].count);
        buffer_add_string(out, "</td></tr>\n");
    }
    buffer_add_string(out, "</tbody>\n</table>\n</details>\n");
}

void timeline_add(struct buffer *out, const struct web_request *request, const struct facet_counts *counts)
{
    struct years years;
    if (!read_years(&years, counts))
        return;
    buffer_add_string(out, "<section class=\"timeline\">\n<h2>");
    html_words(out, _("Acts by year"));
    buffer_add_string(out, "</h2>\n");
    add_picture(out, request, &years);
    add_table(out, request, counts);
    buffer_add_string(out, "</section>\n");
}

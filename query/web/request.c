#include "web/request.h"

#include <string.h>

#include "base/utf8.h"
#include "web/html.h"

static const char *const facet_arguments[FACET_COUNT] = {
    [FACET_YEAR] = "annee",        [FACET_COUNCIL] = "conseil",
    [FACET_COUNCIL_TYPE] = "type", [FACET_RAPPORTEUR] = "rapporteur",
    [FACET_TOPIC] = "sujet",       [FACET_MATIERE] = "matiere",
    [FACET_VOTE] = "vote",         [FACET_DOCUMENT_TYPE] = "nature",
};

static const char *const sort_arguments[] = {
    [SORT_DEFAULT] = NULL,      [SORT_RELEVANCE] = "pertinence", [SORT_DATE] = "date", [SORT_DATE_DESCENDING] = "-date",
    [SORT_COUNCIL] = "conseil", [SORT_NUMBER] = "numero",
};

const char *argument_of_facet(enum facet facet)
{
    return facet_arguments[facet];
}

const char *argument_of_sort(enum sort_order sort)
{
    return sort_arguments[sort];
}

struct web_request *request_new(struct arena *arena)
{
    struct web_request *request = arena_alloc(arena, sizeof *request);
    *request = (struct web_request){.arena = arena, .page = 1, .acts = REQUEST_ACTS_USUAL};
    return request;
}

/* --- reading ----------------------------------------------------------------------------------------------------- */

static enum delib_status take_text(struct slice *out, struct web_request *request, struct slice value, size_t most,
                                   struct delib_error *error)
{
    struct slice text = slice_trim(slice_of(utf8_line(request->arena, value)));
    if (text.len > most)
        return delib_fail(error, DELIB_INVALID, _("the question is too long: at most %zu bytes"), most);
    *out = arena_copy(request->arena, text);
    return DELIB_OK;
}

static enum delib_status take_question(struct web_request *request, struct slice value, struct delib_error *error)
{
    enum delib_status status = take_text(&request->question, request, value, REQUEST_QUESTION_BYTES, error);
    size_t words = request->question.len > 0;
    for (size_t i = 0; i < request->question.len; i++)
        words += request->question.bytes[i] == ' ';
    if (words > REQUEST_WORDS)
        return delib_fail(error, DELIB_INVALID, _("the question is too long: at most %d words"), REQUEST_WORDS);
    return status;
}

static enum delib_status take_count(uint32_t *out, struct slice value, uint32_t most, struct delib_error *error)
{
    uint32_t count = 0;
    for (size_t i = 0; i < value.len; i++) {
        if (value.bytes[i] < '0' || value.bytes[i] > '9' || count > most)
            return delib_fail(error, DELIB_INVALID, _("a number from 1 to %u is wanted"), (unsigned)most);
        count = count * 10 + (uint32_t)(value.bytes[i] - '0');
    }
    if (count == 0 || count > most)
        return delib_fail(error, DELIB_INVALID, _("a number from 1 to %u is wanted"), (unsigned)most);
    *out = count;
    return DELIB_OK;
}

static enum delib_status take_day(struct slice *out, struct web_request *request, struct slice value,
                                  struct delib_error *error)
{
    date_yyyymmdd first;
    date_yyyymmdd last;
    enum delib_status status = take_text(out, request, value, REQUEST_VALUE_BYTES, error);
    if (status == DELIB_OK && out->len > 0 && !date_parse_period(*out, &first, &last))
        return delib_fail(error, DELIB_INVALID, _("a date is written 2019, 2019-03 or 2019-03-25"));
    return status;
}

static enum delib_status take_sort(struct web_request *request, struct slice value, struct delib_error *error)
{
    for (size_t i = 0; i < sizeof sort_arguments / sizeof *sort_arguments; i++)
        if (sort_arguments[i] && slice_equal(value, slice_of(sort_arguments[i]))) {
            request->sort = (enum sort_order)i;
            return DELIB_OK;
        }
    return delib_fail(error, DELIB_INVALID, _("the order is pertinence, date, -date, conseil or numero"));
}

static enum delib_status take_choice(struct web_request *request, enum facet facet, struct slice value,
                                     struct delib_error *error)
{
    struct slice text;
    enum delib_status status = take_text(&text, request, value, REQUEST_VALUE_BYTES, error);
    if (status != DELIB_OK || text.len == 0 || request_has_choice(request, facet, text))
        return status;
    if (request->chosen_count == REQUEST_CHOSEN)
        return delib_fail(error, DELIB_INVALID, _("too many filters: at most %d"), REQUEST_CHOSEN);
    request->chosen[request->chosen_count++] = (struct chosen_value){facet, text};
    return DELIB_OK;
}

enum delib_status request_take(struct web_request *request, struct slice name, struct slice value,
                               struct delib_error *error)
{
    const struct {
        const char *name;
        struct slice *text;
    } texts[] = {{"numero", &request->number},
                 {"semblable", &request->like},
                 {"seance", &request->seance},
                 {"plus", &request->more},
                 {"format", &request->format}};
    if (++request->arguments > REQUEST_ARGUMENTS)
        return delib_fail(error, DELIB_INVALID, _("too many arguments in the address: at most %d"), REQUEST_ARGUMENTS);
    if (slice_equal(name, SLICE("q")))
        return take_question(request, value, error);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (slice_equal(name, slice_of(texts[i].name)))
            return take_text(texts[i].text, request, value, REQUEST_VALUE_BYTES, error);
    for (int facet = 0; facet < FACET_COUNT; facet++)
        if (facet_arguments[facet] && slice_equal(name, slice_of(facet_arguments[facet])))
            return take_choice(request, (enum facet)facet, value, error);
    if (slice_equal(name, SLICE("du")) || slice_equal(name, SLICE("au")))
        return take_day(slice_equal(name, SLICE("du")) ? &request->from : &request->to, request, value, error);
    if (slice_equal(name, SLICE("tri")))
        return take_sort(request, value, error);
    if (slice_equal(name, SLICE("page")))
        return take_count(&request->page, value, REQUEST_OFFSET_MOST, error);
    if (slice_equal(name, SLICE("nombre")))
        return take_count(&request->acts, value, REQUEST_ACTS_MOST, error);
    return DELIB_OK;
}

/* --- the search meant --------------------------------------------------------------------------------------------- */

static const char *text_or_none(struct slice text)
{
    return text.len > 0 ? text.bytes : NULL;
}

enum delib_status request_to_search(struct search_request *out, const struct web_request *request,
                                    struct delib_error *error)
{
    struct node *tree = NULL;
    date_yyyymmdd unused;
    *out = (struct search_request){.limit = request->acts, .exact_count = true, .sort = request->sort};
    if ((uint64_t)(request->page - 1) * request->acts > REQUEST_OFFSET_MOST)
        return delib_fail(error, DELIB_INVALID, _("results are shown up to the %dth: filter them, or export them all"),
                          REQUEST_OFFSET_MOST);
    out->offset = (request->page - 1) * request->acts;
    out->filters = (struct filters){.number = text_or_none(request->number),
                                    .like = text_or_none(request->like),
                                    .seance = text_or_none(request->seance),
                                    .chosen = request->chosen,
                                    .chosen_count = request->chosen_count};
    if (request->from.len > 0)
        date_parse_period(request->from, &out->filters.from, &unused);
    if (request->to.len > 0)
        date_parse_period(request->to, &unused, &out->filters.to);
    if (out->filters.from && out->filters.to && out->filters.from > out->filters.to)
        return delib_fail(error, DELIB_INVALID, _("the first day is after the last"));
    if (request->seance.len > 0 && request->question.len == 0 && request->sort == SORT_DEFAULT)
        out->sort = SORT_NUMBER;
    enum delib_status status = question_parse(&tree, request->arena, request->question, error);
    out->tree = tree;
    if (status == DELIB_OK && !tree && request->like.len == 0 && out->sort == SORT_DEFAULT)
        out->sort = SORT_DATE_DESCENDING; /* without words to rank by, what is new comes first */
    return status;
}

bool request_has_choice(const struct web_request *request, enum facet facet, struct slice value)
{
    for (size_t i = 0; i < request->chosen_count; i++)
        if (request->chosen[i].facet == facet && slice_equal(request->chosen[i].value, value))
            return true;
    return false;
}

bool request_has_filters(const struct web_request *request)
{
    return request->chosen_count > 0 || request->from.len > 0 || request->to.len > 0 || request->number.len > 0 ||
           request->like.len > 0 || request->seance.len > 0;
}

/* --- addresses -----------------------------------------------------------------------------------------------------
 */

static void add_argument(struct buffer *out, const char *name, struct slice value)
{
    if (value.len == 0)
        return;
    buffer_add_byte(out, memchr(out->bytes, '?', out->len) ? '&' : '?');
    buffer_printf(out, "%s=", name);
    html_url_argument(out, value);
}

static void add_number(struct buffer *out, const char *name, uint32_t number, uint32_t usual)
{
    if (number != usual)
        buffer_printf(out, "%c%s=%u", memchr(out->bytes, '?', out->len) ? '&' : '?', name, (unsigned)number);
}

static bool is_same(const struct chosen_value *one, const struct chosen_value *other)
{
    return other && one->facet == other->facet && slice_equal(one->value, other->value);
}

static void add_choices(struct buffer *out, const struct web_request *request, const struct variation *variation)
{
    for (size_t i = 0; i < request->chosen_count; i++)
        if (!is_same(&request->chosen[i], variation->without))
            add_argument(out, facet_arguments[request->chosen[i].facet], request->chosen[i].value);
    if (variation->with)
        add_argument(out, facet_arguments[variation->with->facet], variation->with->value);
}

struct slice request_address(const struct web_request *request, const struct variation *variation)
{
    struct buffer out = {0};
    enum sort_order sort = variation->usual_sort ? SORT_DEFAULT : variation->sort ? variation->sort : request->sort;
    buffer_add_string(&out, variation->path ? variation->path : "/recherche");
    add_argument(&out, "q", variation->question ? *variation->question : request->question);
    add_choices(&out, request, variation);
    if (!variation->without_dates) {
        add_argument(&out, "du", request->from);
        add_argument(&out, "au", request->to);
    }
    if (!variation->without_number)
        add_argument(&out, "numero", request->number);
    if (!variation->without_like)
        add_argument(&out, "semblable", request->like);
    if (!variation->without_seance)
        add_argument(&out, "seance", request->seance);
    if (sort_arguments[sort])
        add_argument(&out, "tri", slice_of(sort_arguments[sort]));
    if (variation->more)
        add_argument(&out, "plus", *variation->more);
    add_number(&out, "nombre", request->acts, REQUEST_ACTS_USUAL);
    add_number(&out, "page", variation->page > 0 ? variation->page : 1, 1);
    struct slice address = arena_copy(request->arena, buffer_get(&out));
    buffer_free(&out);
    return address;
}

static struct slice address_of(struct arena *arena, const char *path, struct slice name, struct slice question)
{
    struct buffer out = {0};
    buffer_add_string(&out, path);
    html_url_argument(&out, name);
    add_argument(&out, "q", question);
    struct slice address = arena_copy(arena, buffer_get(&out));
    buffer_free(&out);
    return address;
}

struct slice act_address(struct arena *arena, struct slice id, struct slice question)
{
    return address_of(arena, "/acte/", id, question);
}

struct slice council_address(struct arena *arena, struct slice council)
{
    return address_of(arena, "/conseil/", council, (struct slice){0});
}

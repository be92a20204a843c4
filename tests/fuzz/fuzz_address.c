/* Any bytes as the arguments of an address (« name=value », one a line): what is taken is within its limits, the
 * address written back from it is read as the same, and as an attribute it ends where it should. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "web/html.h"
#include "web/request.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void take_line(struct web_request *request, struct slice line)
{
    struct delib_error error;
    size_t equals = slice_find_byte(line, '=', 0);
    if (equals != SLICE_NONE)
        (void)request_take(request, slice_range(line, 0, equals), slice_skip(line, equals + 1), &error);
}

static int figure(char digit)
{
    return digit <= '9' ? digit - '0' : digit - 'A' + 10;
}

/* « name=%XX… » of an address as its bytes. */
static struct slice plain(struct arena *arena, struct slice part)
{
    char *out = arena_alloc(arena, part.len + 1);
    size_t len = 0;
    for (size_t i = 0; i < part.len; i++, len++) {
        bool escaped = part.bytes[i] == '%';
        out[len] = escaped ? (char)(figure(part.bytes[i + 1]) * 16 + figure(part.bytes[i + 2])) : part.bytes[i];
        i += escaped ? 2 : 0;
    }
    return (struct slice){out, len};
}

static void read_back(struct web_request *request, struct slice address)
{
    size_t at = slice_find_byte(address, '?', 0);
    while (at != SLICE_NONE) {
        size_t end = slice_find_byte(address, '&', at + 1);
        take_line(request, plain(request->arena, slice_range(address, at + 1, end == SLICE_NONE ? address.len : end)));
        at = end;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct slice rest = {(const char *)data, size};
    struct slice line;
    struct delib_error error;
    struct search_request wanted;
    struct buffer attribute = {0};
    struct arena *arena = arena_new();
    struct web_request *request = request_new(arena);
    struct web_request *again = request_new(arena);
    while (slice_next_line(&rest, &line))
        take_line(request, line);
    if (request->chosen_count > REQUEST_CHOSEN || request->acts > REQUEST_ACTS_MOST || request->page == 0)
        abort();
    (void)request_to_search(&wanted, request, &error);
    struct slice address = request_address(request, &(struct variation){.page = request->page});
    read_back(again, address);
    if (!slice_equal(address, request_address(again, &(struct variation){.page = again->page})))
        abort();
    html_attribute(&attribute, address);
    if (attribute.len > 0 && memchr(attribute.bytes, '"', attribute.len))
        abort();
    buffer_free(&attribute);
    arena_free(arena);
    return 0;
}

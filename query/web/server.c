#include "web/server.h"

#include <microhttpd.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/json_writer.h"
#include "base/memory.h"
#include "web/assets.h"
#include "web/cache.h"
#include "web/export.h"
#include "web/layout.h"
#include "web/pages.h"

enum {
    CONNECTIONS_MOST = 1024,     /* slow ones cost a descriptor and some kilobytes; so many leave room for the others */
    CONNECTION_SECONDS = 10,     /* without a byte */
    CONNECTION_BYTES = 32 << 10, /* a request's head must fit, else 431 or 414 */
    THREADS_LEAST = 2,           /* a hard question does not keep the others waiting */
    THREADS_MOST = 16,
    STREAM_BYTES = 32 << 10,
    LANGUAGES_BYTES = 256 /* of Accept-Language that are looked at */
};

struct server {
    struct MHD_Daemon *daemon;
    struct service *service;
    pthread_key_t desk; /* of each thread */
};

/* --- who asks for what ------------------------------------------------------------------------------------------- */

static const struct {
    const char *path; /* one that ends in '/' stands for all below */
    page_make *make;
} routes[] = {
    {"/", page_home},
    {"/recherche", page_results},
    {"/acte/", page_act},
    {"/seances", page_seances},
    {"/conseil/", page_council},
    {"/couverture", page_coverage},
    {"/original/", page_original},
    {"/suggestions", page_suggestions},
    {"/opensearch.xml", page_opensearch},
    {"/openapi.json", page_openapi},
    {"/aide", page_help},
    {"/accessibilite", page_accessibility},
};

static page_make *route_of(struct slice path)
{
    for (size_t i = 0; i < sizeof routes / sizeof *routes; i++) {
        struct slice route = slice_of(routes[i].path);
        bool is_folder = route.len > 1 && route.bytes[route.len - 1] == '/';
        if (is_folder ? slice_starts(path, route) && path.len > route.len : slice_equal(path, route))
            return routes[i].make;
    }
    return slice_starts(path, SLICE("/recherche.")) ? export_reply : NULL;
}

/* Without its port; « [::1]:80 » is an address in brackets. */
static struct slice host_name(struct slice host)
{
    size_t end = host.len;
    if (host.len > 0 && host.bytes[0] == '[') {
        size_t bracket = slice_find_byte(host, ']', 0);
        return bracket == SLICE_NONE ? (struct slice){0} : slice_range(host, 0, bracket + 1);
    }
    size_t colon = slice_find_byte(host, ':', 0);
    return slice_range(host, 0, colon == SLICE_NONE ? end : colon);
}

/* « https://delib.example:8443/ » → delib.example */
static struct slice host_of_address(struct slice address)
{
    size_t start = slice_find(address, SLICE("://"));
    struct slice rest = start == SLICE_NONE ? address : slice_skip(address, start + strlen("://"));
    size_t slash = slice_find_byte(rest, '/', 0);
    return host_name(slice_range(rest, 0, slash == SLICE_NONE ? rest.len : slash));
}

static bool is_our_name(const struct service *service, struct slice host)
{
    struct slice name = host_name(host);
    struct slice public = host_of_address(slice_of(service->address));
    if (name.len == 0)
        return false;
    if (public.len == name.len && strncasecmp(public.bytes, name.bytes, name.len) == 0)
        return true;
    for (size_t i = 0; i < service->host_count; i++)
        if (strlen(service->hosts[i]) == name.len && strncasecmp(service->hosts[i], name.bytes, name.len) == 0)
            return true;
    return false;
}

/* French, unless the browser asks for English before it. */
static enum words_language language_of(const char *header)
{
    struct slice rest = slice_of(header);
    double best = 0;
    enum words_language language = WORDS_FRENCH;
    rest = slice_range(rest, 0, rest.len > LANGUAGES_BYTES ? LANGUAGES_BYTES : rest.len);
    while (rest.len > 0) {
        size_t comma = slice_find_byte(rest, ',', 0);
        struct slice one = slice_trim(slice_range(rest, 0, comma == SLICE_NONE ? rest.len : comma));
        size_t weight_at = slice_find(one, SLICE("q="));
        double weight = weight_at == SLICE_NONE ? 1 : atof(one.bytes + weight_at + 2);
        bool french = slice_starts(one, SLICE("fr"));
        if ((french || slice_starts(one, SLICE("en"))) && weight > best) {
            best = weight;
            language = french ? WORDS_FRENCH : WORDS_ENGLISH;
        }
        rest = comma == SLICE_NONE ? (struct slice){0} : slice_skip(rest, comma + 1);
    }
    return language;
}

struct argument_walk {
    struct web_request *request;
    struct buffer *key; /* what tells this request from all others */
    enum delib_status status;
    struct delib_error *error;
};

static enum MHD_Result take_argument(void *payload, enum MHD_ValueKind kind, const char *key, size_t key_len,
                                     const char *value, size_t value_len)
{
    struct argument_walk *walk = payload;
    (void)kind;
    buffer_printf(walk->key, "%zu=", key_len);
    buffer_add(walk->key, key, key_len);
    buffer_printf(walk->key, "%zu=", value_len);
    buffer_add(walk->key, value, value_len);
    walk->status =
        request_take(walk->request, (struct slice){key, key_len}, (struct slice){value, value_len}, walk->error);
    return walk->status == DELIB_OK ? MHD_YES : MHD_NO;
}

/* --- the answer ----------------------------------------------------------------------------------------------------
 */

static const struct {
    const char *name;
    const char *value;
} headers_of_all[] = {
    {"X-Content-Type-Options", "nosniff"},           {"X-Frame-Options", "DENY"}, {"Referrer-Policy", "no-referrer"},
    {"Cross-Origin-Resource-Policy", "same-origin"}, {"Vary", "Accept-Language"},
};

static const char *const policies[] = {
    [REPLY_PAGE] = ("default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'; "
                    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"),
    [REPLY_SANDBOX] = "sandbox; default-src 'none'; frame-ancestors 'none'",
    [REPLY_PDF] = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'", /* the reader has styles */
};

static ssize_t read_stream(void *payload, uint64_t position, char *out, size_t room)
{
    struct reply_stream *stream = payload;
    (void)position;
    ssize_t count = stream->read(stream->payload, out, room);
    return count == REPLY_END ? MHD_CONTENT_READER_END_OF_STREAM
           : count < 0        ? MHD_CONTENT_READER_END_WITH_ERROR
                              : count;
}

static void free_stream(void *payload)
{
    struct reply_stream *stream = payload;
    stream->free(stream->payload);
    free(stream);
}

/* Takes what the reply holds. */
static struct MHD_Response *response_of(struct reply *reply)
{
    if (reply->stream.read) {
        struct reply_stream *stream = memory_alloc(sizeof *stream);
        *stream = reply->stream;
        return MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, STREAM_BYTES, read_stream, stream, free_stream);
    }
    if (reply->file >= 0)
        return MHD_create_response_from_fd64(reply->file_bytes, reply->file);
    size_t len = reply->body.len;
    return MHD_create_response_from_buffer(len, buffer_detach(&reply->body), MHD_RESPMEM_MUST_FREE);
}

static enum MHD_Result send_reply(struct MHD_Connection *connection, struct reply *reply)
{
    struct MHD_Response *response = response_of(reply);
    if (!response)
        return MHD_NO;
    for (size_t i = 0; i < sizeof headers_of_all / sizeof *headers_of_all; i++)
        MHD_add_response_header(response, headers_of_all[i].name, headers_of_all[i].value);
    MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, reply->type);
    MHD_add_response_header(response, "Content-Security-Policy", policies[reply->policy]);
    MHD_add_response_header(response, MHD_HTTP_HEADER_CACHE_CONTROL,
                            reply->is_lasting ? "public, max-age=31536000, immutable" : "no-store");
    if (reply->code == MHD_HTTP_METHOD_NOT_ALLOWED)
        MHD_add_response_header(response, MHD_HTTP_HEADER_ALLOW, "GET, HEAD");
    if (reply->code == MHD_HTTP_SERVICE_UNAVAILABLE)
        MHD_add_response_header(response, MHD_HTTP_HEADER_RETRY_AFTER, "5");
    if (reply->file_name)
        MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_DISPOSITION, reply->file_name);
    enum MHD_Result result = MHD_queue_response(connection, reply->code, response);
    MHD_destroy_response(response);
    return result;
}

static void refuse(struct reply *reply, unsigned code, const char *why)
{
    reply->code = code;
    reply->type = "text/plain; charset=utf-8";
    buffer_clear(&reply->body);
    buffer_printf(&reply->body, "%s\n", why);
}

/* Programs are told in their own form. */
static void add_json_trouble(struct reply *reply, unsigned code, const char *message)
{
    struct json_writer json = json_writer_to(&reply->body, 0);
    json_begin_object(&json);
    json_write_key(&json, "schema");
    json_write_text(&json, "delib/1");
    json_write_key(&json, "error");
    json_write_text(&json, message);
    json_end_object(&json);
    reply->code = code;
    reply->type = TYPE_JSON;
}

/* What went wrong as a page of its own. */
static void add_trouble(struct reply *reply, const struct web_request *request, enum delib_status status,
                        const char *message)
{
    unsigned code = status == DELIB_INVALID     ? MHD_HTTP_BAD_REQUEST
                    : status == DELIB_NOT_FOUND ? MHD_HTTP_NOT_FOUND
                                                : MHD_HTTP_SERVICE_UNAVAILABLE;
    const char *busy = _("It may be being changed or repaired: try again in a moment.");
    if (slice_starts(request->path, SLICE("/recherche.")) || request->format.len > 0)
        add_json_trouble(reply, code, code == MHD_HTTP_SERVICE_UNAVAILABLE && status != DELIB_LOCKED ? busy : message);
    else if (code == MHD_HTTP_BAD_REQUEST)
        layout_trouble(reply, request, code, _("This question cannot be read"), message);
    else if (code == MHD_HTTP_NOT_FOUND)
        layout_trouble(reply, request, code, _("There is no such page"), message);
    else
        layout_trouble(reply, request, code, _("The archive cannot be read"), busy);
}

static struct desk *desk_of_thread(struct server *server, struct delib_error *error)
{
    struct desk *desk = pthread_getspecific(server->desk);
    if (desk || desk_new(&desk, server->service, error) != DELIB_OK)
        return desk;
    pthread_setspecific(server->desk, desk);
    return desk;
}

static void close_desk(void *desk)
{
    desk_free(desk);
}

/* A reader that cannot be opened anew is given up; the next request tries from the start. */
static void give_up_desk(struct server *server, struct desk *desk)
{
    pthread_setspecific(server->desk, NULL);
    desk_free(desk);
}

static enum delib_status make_or_remember(struct reply *reply, struct desk *desk, const struct web_request *request,
                                          page_make *make, struct slice key, struct delib_error *error)
{
    uint64_t stamp = parts_stamp(desk->parts);
    if (cache_get(reply, desk->service->pages, key, stamp))
        return DELIB_OK;
    enum delib_status status = make(reply, desk, request, error);
    if (status == DELIB_OK)
        cache_put(desk->service->pages, key, stamp, reply);
    return status;
}

static void make_page(struct reply *reply, struct desk *desk, struct web_request *request,
                      struct MHD_Connection *connection)
{
    struct delib_error error = {0};
    struct buffer key = {0};
    struct argument_walk walk = {request, &key, DELIB_OK, &error};
    page_make *make = route_of(request->path);
    enum delib_status status = DELIB_NOT_FOUND;
    if (make) {
        buffer_printf(&key, "%d %s %s ", request->language, request->host.bytes, request->path.bytes);
        MHD_get_connection_values_n(connection, MHD_GET_ARGUMENT_KIND, take_argument, &walk);
        status = walk.status == DELIB_OK ? make_or_remember(reply, desk, request, make, buffer_get(&key), &error)
                                         : walk.status;
    }
    buffer_free(&key);
    if (status == DELIB_OK)
        return;
    if (status != DELIB_INVALID && status != DELIB_NOT_FOUND && status != DELIB_LOCKED)
        fprintf(stderr, "delib-serve: %s\n", error.message);
    buffer_clear(&reply->body);
    add_trouble(reply, request, status, error.message);
}

static void answer(struct reply *reply, struct server *server, struct MHD_Connection *connection, const char *url,
                   const char *host)
{
    struct delib_error error;
    const char *languages = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_ACCEPT_LANGUAGE);
    struct desk *desk = desk_of_thread(server, &error);
    if (desk && desk_clear(desk, &error) != DELIB_OK) {
        give_up_desk(server, desk);
        desk = desk_of_thread(server, &error);
    }
    if (!desk) {
        fprintf(stderr, "delib-serve: %s\n", error.message);
        refuse(reply, MHD_HTTP_SERVICE_UNAVAILABLE, "the archive cannot be read: try again in a moment");
        return;
    }
    struct web_request *request = request_new(desk->arena);
    request->language = language_of(languages);
    request->host = arena_copy(desk->arena, slice_of(host));
    request->path = arena_copy(desk->arena, slice_of(url));
    words_use(request->language);
    if (!asset_reply(reply, request->path))
        make_page(reply, desk, request, connection);
    if (reply->keeps_desk)
        pthread_setspecific(server->desk, NULL);
}

static enum MHD_Result handle(void *payload, struct MHD_Connection *connection, const char *url, const char *method,
                              const char *version, const char *body, size_t *body_len, void **state)
{
    static int seen; /* its address: the head was read */
    struct server *server = payload;
    struct reply reply = {.file = -1};
    (void)version;
    (void)body;
    bool is_get = strcmp(method, MHD_HTTP_METHOD_GET) == 0 || strcmp(method, MHD_HTTP_METHOD_HEAD) == 0;
    if (is_get && !*state) { /* called again when the request is whole */
        *state = &seen;
        return MHD_YES;
    }
    *body_len = 0;
    const char *host = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_HOST);
    if (!is_get)
        refuse(&reply, MHD_HTTP_METHOD_NOT_ALLOWED, "only GET and HEAD are answered");
    else if (!host || !is_our_name(server->service, slice_of(host)))
        refuse(&reply, MHD_HTTP_MISDIRECTED_REQUEST, "this server has another name: see delib-serve --host");
    else
        answer(&reply, server, connection, url, host);
    enum MHD_Result result = send_reply(connection, &reply);
    buffer_free(&reply.body);
    return result;
}

/* --- begin and end ------------------------------------------------------------------------------------------------ */

static unsigned thread_count(void)
{
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    return processors < THREADS_LEAST ? THREADS_LEAST : processors > THREADS_MOST ? THREADS_MOST : (unsigned)processors;
}

enum delib_status server_start(struct server **out, struct service *service, int listening, struct delib_error *error)
{
    struct server *server = memory_alloc(sizeof *server);
    server->service = service;
    if (pthread_key_create(&server->desk, close_desk) != 0) {
        free(server);
        return delib_fail(error, DELIB_IO, _("the server cannot be started"));
    }
    server->daemon = MHD_start_daemon(
        MHD_USE_EPOLL_INTERNAL_THREAD, 0, NULL, NULL, handle, server, MHD_OPTION_LISTEN_SOCKET, listening,
        MHD_OPTION_THREAD_POOL_SIZE, thread_count(), MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS_MOST,
        MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)CONNECTION_SECONDS, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
        (size_t)CONNECTION_BYTES, MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_END);
    if (!server->daemon) {
        pthread_key_delete(server->desk);
        free(server);
        return delib_fail(error, DELIB_IO, _("the server cannot be started"));
    }
    *out = server;
    return DELIB_OK;
}

void server_free(struct server *server)
{
    if (!server)
        return;
    MHD_stop_daemon(server->daemon);
    pthread_key_delete(server->desk);
    free(server);
}

#include "pieces.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/words.h"
#include "gzip.h"
#include "pool.h"
#include "readers/ndjson.h"
#include "wire.h"

enum {
    WORTH_BYTES = 1 << 20, /* a smaller file is read before a second reader has begun */
    PIECE_BYTES = 1 << 20, /* some hundred milliseconds of reading */
    CHUNK_BYTES = 1 << 18,
    NO_FILE = -1
};

/* For one request: to hash the file, or to hand out a piece. */
static const struct pool_limits limits = {
    .cpu_s = 60,
    .wall_ms = 60 * 1000,
    .memory_bytes = (size_t)1 << 30,
    .reply_bytes = (size_t)64 << 20,
};

enum request { REQUEST_BEGIN, REQUEST_NEXT };

/* --- in the child ------------------------------------------------------------------------------------------------ */

/* The file that this child goes through. It has one at a time, from one request to the next. */
static struct {
    int file; /* NO_FILE: none */
    struct file_identity identity;
    struct gzip_stream *gzip; /* NULL: it is not packed */
    struct buffer lines;      /* read and not handed out */
    size_t first_line;        /* of those */
    bool is_at_end;
    bool is_cut; /* the rest of a line that was too long is passed over */
} opened = {.file = NO_FILE};

static void close_opened(void)
{
    if (opened.file >= 0)
        close(opened.file);
    gzip_stream_free(opened.gzip);
    buffer_clear(&opened.lines);
    opened.file = NO_FILE;
    opened.gzip = NULL;
    opened.first_line = 1;
    opened.is_at_end = opened.is_cut = false;
}

/* Unpack or append what was read. */
static enum delib_status take_chunk(struct slice chunk, struct delib_error *error)
{
    if (opened.gzip)
        return gzip_stream_add(opened.gzip, &opened.lines, chunk, error);
    buffer_add_slice(&opened.lines, chunk);
    return DELIB_OK;
}

static enum delib_status read_chunk(struct delib_error *error)
{
    static char bytes[CHUNK_BYTES];
    ssize_t got;
    do
        got = read(opened.file, bytes, sizeof bytes);
    while (got < 0 && errno == EINTR);
    if (got < 0)
        return delib_fail(error, DELIB_IO, _("cannot be read: %s"), strerror(errno));
    if (got > 0)
        return take_chunk((struct slice){bytes, (size_t)got}, error);
    opened.is_at_end = true;
    enum delib_status status = opened.gzip ? gzip_stream_end(opened.gzip, error) : DELIB_OK;
    return status == DELIB_OK ? file_content_check(&opened.identity, opened.file, error) : status;
}

/* Where a piece ends that begins with what is at hand: after its last whole line, 0 when there is none. */
static size_t end_of_lines(void)
{
    size_t end = opened.lines.len;
    while (end > 0 && opened.lines.bytes[end - 1] != '\n')
        end--;
    return end;
}

/* Drop the rest of a line that was handed out cut. */
static void pass_over_line(void)
{
    size_t end = slice_find_byte(buffer_get(&opened.lines), '\n', 0);
    opened.is_cut = end == SLICE_NONE;
    size_t dropped = opened.is_cut ? opened.lines.len : end + 1;
    memmove(opened.lines.bytes, opened.lines.bytes + dropped, opened.lines.len - dropped);
    opened.lines.len -= dropped;
}

/* Read until a piece is at hand: whole lines, the last line of the file, or too much of one line. */
static enum delib_status fill(size_t *end, struct delib_error *error)
{
    enum delib_status status = DELIB_OK;
    *end = 0;
    while (status == DELIB_OK) {
        if (opened.is_cut && opened.lines.len > 0)
            pass_over_line();
        if (opened.lines.len >= PIECE_BYTES)
            *end = end_of_lines();
        if (*end == 0 && (opened.is_at_end || opened.lines.len > NDJSON_LINE_MAX_BYTES)) {
            *end = opened.lines.len;
            opened.is_cut = !opened.is_at_end;
        }
        if (*end > 0 || opened.is_at_end)
            break;
        status = read_chunk(error);
    }
    return status;
}

static size_t count_lines(struct slice text)
{
    size_t count = 0;
    struct slice line;
    while (slice_next_line(&text, &line))
        count++;
    return count;
}

static void add_failure(struct buffer *reply, enum delib_status status, const struct delib_error *error)
{
    wire_add_text(reply, slice_of(status == DELIB_OK ? "" : file_content_reason(status)));
    wire_add_text(reply, slice_of(status == DELIB_OK ? "" : error->message));
}

static void serve_next(struct buffer *reply)
{
    struct delib_error error;
    size_t end = 0;
    enum delib_status status =
        opened.file >= 0 ? fill(&end, &error) : delib_fail(&error, DELIB_IO, _("its reader had to be started anew"));
    if (status != DELIB_OK)
        end = end_of_lines(); /* what came before the damage stands */
    struct slice piece = slice_range(buffer_get(&opened.lines), 0, end);
    wire_add_text(reply, piece);
    wire_add_number(reply, opened.first_line);
    add_failure(reply, status, &error);
    opened.first_line += count_lines(piece);
    memmove(opened.lines.bytes, opened.lines.bytes + end, opened.lines.len - end);
    opened.lines.len -= end;
    if (status != DELIB_OK)
        close_opened();
}

/* Lines of JSON in UTF-8 begin with a brace; a table, a page or a picture does not. */
static bool begins_as_lines(struct slice text)
{
    if (slice_starts(text, SLICE("\xEF\xBB\xBF")))
        text = slice_skip(text, 3);
    text = slice_trim(slice_range(text, 0, PIECE_BYTES));
    return text.len > 1 && text.bytes[0] == '{' && text.bytes[1] != '\0';
}

/* Go to the start of the file, and read as much as tells what it is. */
static enum delib_status begin_reading(struct delib_error *error)
{
    enum delib_status status = DELIB_OK;
    char magic[16];
    ssize_t got = pread(opened.file, magic, sizeof magic, 0);
    if (got > 0 && gzip_is((struct slice){magic, (size_t)got}))
        opened.gzip = gzip_stream_new(SIZE_MAX);
    if (lseek(opened.file, 0, SEEK_SET) != 0)
        return delib_fail(error, DELIB_IO, _("cannot be read: %s"), strerror(errno));
    while (status == DELIB_OK && opened.lines.len == 0 && !opened.is_at_end)
        status = read_chunk(error);
    return status;
}

static void serve_begin(struct buffer *reply, struct slice known_sha256, int file)
{
    struct delib_error error;
    struct sha256 sha256 = {0};
    bool is_same = false;
    close_opened();
    opened.file = fcntl(file, F_DUPFD_CLOEXEC, 0);
    enum delib_status status = file_content_hash(&sha256, &opened.identity, opened.file, &error);
    if (status == DELIB_OK)
        is_same = slice_equal(known_sha256, slice_of(sha256.hex));
    if (status == DELIB_OK && !is_same)
        status = begin_reading(&error);
    bool are_lines = status == DELIB_OK && !is_same && begins_as_lines(buffer_get(&opened.lines));
    wire_add_number(reply, is_same ? PIECES_SAME : are_lines ? PIECES_LINES : PIECES_OTHER);
    wire_add_number(reply, opened.identity.size_bytes);
    wire_add_number(reply, (uint64_t)opened.identity.modified_ns);
    wire_add_number(reply, opened.identity.inode);
    wire_add_text(reply, slice_of(sha256.hex));
}

static void serve(struct buffer *reply, struct slice request, int file)
{
    enum request kind = (enum request)wire_take_number(&request);
    if (kind == REQUEST_BEGIN)
        serve_begin(reply, wire_take_text(&request), file);
    else
        serve_next(reply);
}

/* --- here -------------------------------------------------------------------------------------------------------- */

struct pieces {
    struct pool *pool;   /* of one child */
    struct pool_job job; /* the piece that is being read ahead */
    bool is_asked;       /* it is at work on that */
    struct buffer last;  /* the reply whose piece is lent */
    bool is_ended;
};

struct pieces *pieces_new(void)
{
    struct pieces *pieces = memory_alloc(sizeof *pieces);
    pieces->pool = pool_new(1, serve, &limits);
    return pieces;
}

void pieces_free(struct pieces *pieces)
{
    if (!pieces)
        return;
    pool_free(pieces->pool);
    buffer_free(&pieces->job.reply);
    buffer_free(&pieces->last);
    free(pieces);
}

bool pieces_are_for(const char *path, uint64_t size_bytes)
{
    static const char *const suffixes[] = {".ndjson", ".jsonl", ".ndjson.gz", ".jsonl.gz"};
    size_t len = strlen(path);
    bool is_named = false;
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
        size_t suffix_len = strlen(suffixes[i]);
        is_named |= len > suffix_len && strcasecmp(path + len - suffix_len, suffixes[i]) == 0;
    }
    return is_named && size_bytes >= WORTH_BYTES;
}

static enum delib_status ask(struct pieces *pieces, enum request kind, struct slice known_sha256, int file,
                             struct delib_error *error)
{
    struct buffer request = {0};
    wire_add_number(&request, kind);
    wire_add_text(&request, known_sha256);
    buffer_clear(&pieces->job.reply);
    enum delib_status status = pool_submit(pieces->pool, &pieces->job, buffer_get(&request), file, error);
    buffer_free(&request);
    return status;
}

/* Wait for the reply; false when none came. */
static bool get_reply(struct pieces *pieces)
{
    while (pieces->job.end == POOL_WAITING)
        pool_wait(pieces->pool);
    return pieces->job.end == POOL_DONE;
}

static void take_begin(struct pieces_file *out, struct slice reply)
{
    out->end = (enum pieces_end)wire_take_number(&reply);
    out->identity.size_bytes = wire_take_number(&reply);
    out->identity.modified_ns = (int64_t)wire_take_number(&reply);
    out->identity.inode = wire_take_number(&reply);
    struct slice sha256 = wire_take_text(&reply);
    memcpy(out->sha256.hex, sha256.bytes, sha256.len <= SHA256_HEX_BYTES ? sha256.len : 0);
}

/* Whoever reads any other file has the words for one that cannot be read. */
void pieces_begin(struct pieces_file *out, struct pieces *pieces, const char *path, struct slice known_sha256)
{
    struct delib_error error;
    int file = NO_FILE;
    *out = (struct pieces_file){.end = PIECES_OTHER};
    if (file_content_open(&file, path, &error) != DELIB_OK)
        return;
    if (ask(pieces, REQUEST_BEGIN, known_sha256, file, &error) == DELIB_OK && get_reply(pieces))
        take_begin(out, buffer_get(&pieces->job.reply));
    close(file);
    pieces->is_asked = false;
    pieces->is_ended = out->end != PIECES_LINES;
}

bool pieces_next(struct piece *out, struct pieces *pieces, struct arena *arena)
{
    struct delib_error error;
    *out = (struct piece){.reason = "", .detail = ""};
    if (pieces->is_ended)
        return false;
    if (!pieces->is_asked && ask(pieces, REQUEST_NEXT, SLICE(""), NO_FILE, &error) != DELIB_OK) {
        out->reason = "helper-failed";
        out->detail = arena_string(arena, slice_of(error.message));
        pieces->is_ended = true;
        return false;
    }
    if (!get_reply(pieces)) {
        pool_end_words(&out->reason, &out->detail, arena, &pieces->job, &limits);
        pieces->is_ended = true;
        return false;
    }
    buffer_free(&pieces->last);
    pieces->last = pieces->job.reply;
    pieces->job.reply = (struct buffer){0};
    struct slice reply = buffer_get(&pieces->last);
    out->lines = wire_take_text(&reply);
    out->first_line = wire_take_number(&reply);
    out->reason = arena_string(arena, wire_take_text(&reply));
    out->detail = arena_string(arena, wire_take_text(&reply));
    pieces->is_ended = out->lines.len == 0 || *out->reason;
    pieces->is_asked = !pieces->is_ended && ask(pieces, REQUEST_NEXT, SLICE(""), NO_FILE, &error) == DELIB_OK;
    return out->lines.len > 0;
}

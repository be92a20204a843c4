#include "log.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/json_writer.h"
#include "base/utf8.h"

static const char *level_name(enum log_level level)
{
    return level == LOG_ERROR ? "error" : level == LOG_WARNING ? "warning" : "info";
}

/* systemd names the journal's socket as DEVICE:INODE; a stderr that was sent elsewhere is none. */
static bool is_journal(int file)
{
    struct stat info;
    char wanted[64];
    const char *stream = getenv("JOURNAL_STREAM");
    if (!stream || fstat(file, &info) != 0)
        return false;
    snprintf(wanted, sizeof wanted, "%llu:%llu", (unsigned long long)info.st_dev, (unsigned long long)info.st_ino);
    return strcmp(stream, wanted) == 0;
}

struct log log_to_stderr(enum log_format format)
{
    return (struct log){.format = format, .has_priorities = is_journal(STDERR_FILENO)};
}

/* Any bytes, such as a file's name, as one line of UTF-8 in quotation marks. */
static void add_quoted(struct buffer *out, struct slice value)
{
    struct arena *arena = arena_new();
    struct json_writer json = json_writer_to(out, 0);
    json_write_string(&json, slice_of(utf8_line(arena, value)));
    arena_free(arena);
}

static void add_key(struct log_line *line, const char *key)
{
    buffer_printf(&line->out, line->log->format == LOG_JSON ? ",\"%s\":" : " %s=", key);
}

struct log_line log_begin(const struct log *log, enum log_level level, const char *event)
{
    struct log_line line = {.log = log};
    if (log->has_priorities)
        buffer_printf(&line.out, "<%d>", (int)level);
    if (log->format == LOG_JSON)
        buffer_printf(&line.out, "{\"level\":\"%s\",\"event\":\"%s\"", level_name(level), event);
    else if (log->format == LOG_LOGFMT)
        buffer_printf(&line.out, "level=%s event=%s", level_name(level), event);
    return line;
}

void log_text(struct log_line *line, const char *key, struct slice value)
{
    if (line->log->format == LOG_TEXT)
        return;
    add_key(line, key);
    add_quoted(&line->out, value);
}

void log_number(struct log_line *line, const char *key, uint64_t value)
{
    if (line->log->format == LOG_TEXT)
        return;
    add_key(line, key);
    buffer_printf(&line->out, "%llu", (unsigned long long)value);
}

void log_seconds(struct log_line *line, const char *key, int64_t value_ms)
{
    enum { MS = 1000 };
    if (line->log->format == LOG_TEXT)
        return;
    add_key(line, key);
    buffer_printf(&line->out, "%lld.%03lld%s", (long long)(value_ms / MS), (long long)(value_ms % MS),
                  line->log->format == LOG_JSON ? "" : "s");
}

void log_end(struct log_line *line, const char *words)
{
    if (line->log->format == LOG_TEXT && words)
        buffer_printf(&line->out, "delib-index: %s", words);
    if (line->log->format == LOG_JSON)
        buffer_add_byte(&line->out, '}');
    buffer_add_byte(&line->out, '\n');
    if (line->log->format != LOG_TEXT || words)
        fwrite(line->out.bytes, 1, line->out.len, stderr);
    buffer_free(&line->out);
}

void log_error(const struct log *log, const struct delib_error *error)
{
    struct arena *arena = arena_new();
    struct log_line line = log_begin(log, LOG_ERROR, "error");
    log_text(&line, "status", slice_of(delib_status_name(error->status)));
    log_text(&line, "detail", slice_of(error->message));
    log_end(&line, utf8_line(arena, slice_of(error->message)));
    arena_free(arena);
}

/* What a run has to say, a line an event on stderr: in words for a person, or as logfmt or JSON for programs.
 *
 * Under systemd, when stderr is the journal, each line begins with its priority (« <3> »). A line is put together in
 * one call after the other and written whole by log_end. */
#ifndef DELIB_INDEXER_LOG_H
#define DELIB_INDEXER_LOG_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/status.h"

enum log_format { LOG_TEXT, LOG_LOGFMT, LOG_JSON };
enum log_level { LOG_ERROR = 3, LOG_WARNING = 4, LOG_INFO = 6 }; /* the priorities of syslog */

struct log {
    enum log_format format;
    bool has_priorities;
};

struct log log_to_stderr(enum log_format format);

struct log_line {
    const struct log *log;
    struct buffer out;
};

struct log_line log_begin(const struct log *log, enum log_level level, const char *event);
void log_text(struct log_line *line, const char *key, struct slice value);
void log_number(struct log_line *line, const char *key, uint64_t value);
void log_seconds(struct log_line *line, const char *key, int64_t value_ms);
/* In words: the line that a person reads instead, without the program's name; NULL when there is none. */
void log_end(struct log_line *line, const char *words);

/* The event « error » with the words of an error. */
void log_error(const struct log *log, const struct delib_error *error);

#endif

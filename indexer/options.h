/* The command line of delib-index: one table drives the parsing and the help. */
#ifndef DELIB_INDEXER_OPTIONS_H
#define DELIB_INDEXER_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "base/status.h"
#include "log.h"

/* What delib-index was asked to do. */
enum verb {
    VERB_INDEX,
    VERB_EXPLAIN,
    VERB_STATUS,
    VERB_FAILURES,
    VERB_VALIDATE_SCDL,
    VERB_VERIFY,
    VERB_BACKUP,
    VERB_RESTORE,
    VERB_REBUILD,
    VERB_COMPACT,
    VERB_COMPLETION,
    VERB_HELP,
    VERB_VERSION
};

enum explain_format { EXPLAIN_AUTO, EXPLAIN_TEXT, EXPLAIN_NDJSON };

struct options {
    enum verb verb;
    const char *verb_value; /* the shell of VERB_COMPLETION, the folder of VERB_BACKUP and VERB_RESTORE */
    const char *archive;    /* NULL: the default (archive_default_path) */
    enum explain_format format;
    bool dry_run;
    bool quiet;
    bool allow_mass_delete;
    bool prune;         /* what lies below none of the sources is gone */
    bool check_content; /* of files whose size, time and inode are as they were, too */
    bool ocr;
    unsigned wait_s; /* for an archive that another process holds */
    enum log_format log;
    const char *metrics;  /* the file to write; NULL when there is none */
    size_t parts;         /* that the archive is to have; 0: as it has, or one */
    size_t jobs;          /* files read at the same time; 1 or more */
    const char *config;   /* the file that gave options too; NULL when there is none */
    char *const *sources; /* files and folders: what is left of the command line, else those of the config file */
    size_t source_count;
    struct buffer config_text; /* what the values of the config file lie in */
    char **config_sources;
    size_t config_source_count;
};

/* The exit codes of delib-index. */
enum exit_code {
    EXIT_DONE = 0,
    EXIT_SOME_FAILED = 1, /* done, but some files failed (listed) */
    EXIT_USAGE = 2,
    EXIT_LOCKED = 3,
    EXIT_DAMAGED = 4, /* the archive is damaged, or the disk refused */
    EXIT_INTERRUPTED = 130
};

int exit_code_of(enum delib_status status);

/* False when the command line is wrong: one line on stderr said why. */
bool options_parse(struct options *out, int argc, char **argv);
void options_free(struct options *options);
void options_print_help(void);
bool options_print_completion(const char *shell); /* false for an unknown one: stderr said so */

#endif

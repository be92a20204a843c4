/* The command line of delib-serve. */
#ifndef DELIB_QUERY_WEB_OPTIONS_H
#define DELIB_QUERY_WEB_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

enum serve_verb { SERVE, SERVE_COMPLETION, SERVE_HELP, SERVE_VERSION };

enum { SERVE_HOSTS_MOST = 32 };

struct serve_options {
    enum serve_verb verb;
    const char *archive; /* NULL: the default */
    const char *listen;
    const char *hosts[SERVE_HOSTS_MOST];
    size_t host_count;
    const char *address;   /* NULL: what the browser says */
    const char *originals; /* NULL: files are not given out */
    const char *shell;     /* of SERVE_COMPLETION */
};

/* False when the command line is wrong: one line on stderr said why. */
bool serve_options_parse(struct serve_options *out, int argc, char **argv);
void serve_options_print_help(void);
bool serve_options_print_completion(const char *shell);

#endif

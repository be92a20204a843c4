/* delib-serve: shows an archive as a web page. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "archive/archive.h"
#include "base/memory.h"
#include "base/syscalls.h"
#include "base/words.h"
#include "web/cache.h"
#include "web/listen.h"
#include "web/options.h"
#include "web/server.h"

/* The exit codes of delib-serve. */
enum { EXIT_STOPPED = 0, EXIT_USAGE = 2, EXIT_TROUBLE = 3 };

static int complain(const struct delib_error *error)
{
    fprintf(stderr, "delib-serve: %s\n", error->message);
    return error->status == DELIB_INVALID ? EXIT_USAGE : EXIT_TROUBLE;
}

/* Each connection takes a descriptor, each reader some. */
static void raise_descriptors(void)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return;
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
}

/* An archive that is not there is told at once, not to the first who asks. */
static enum delib_status check_archive(bool *is_remote, const char *archive, struct delib_error *error)
{
    struct parts *parts = NULL;
    enum delib_status status = parts_open(&parts, &archive, 1, PART_TIMEOUT_MS, error);
    *is_remote = status == DELIB_OK && parts_are_remote(parts);
    parts_free(parts);
    return status;
}

static enum delib_status open_originals(struct service *service, char **folder, struct delib_error *error)
{
    if (!*folder)
        return DELIB_OK;
    char *whole = realpath(*folder, NULL);
    service->originals_folder = whole ? open(whole, O_PATH | O_DIRECTORY | O_CLOEXEC) : -1;
    if (service->originals_folder < 0) {
        enum delib_status status = delib_fail(error, DELIB_INVALID, "--originals %s: %s", *folder, strerror(errno));
        free(whole);
        return status;
    }
    *folder = whole;
    service->originals = whole;
    return DELIB_OK;
}

static enum delib_status open_socket(int *out, const char *address, struct delib_error *error)
{
    char where[96]; /* an address in figures and a port */
    enum delib_status status = listen_inherited(out, error);
    if (status == DELIB_OK && *out < 0)
        status = listen_open(out, address, error);
    if (status == DELIB_OK && listen_address(*out, where, sizeof where))
        fprintf(stderr, "delib-serve: http://%s/\n", where);
    return status;
}

/* Threads inherit what is blocked, so that the signals wait for sigwait. */
static void block_signals(sigset_t *out)
{
    sigemptyset(out);
    sigaddset(out, SIGINT);
    sigaddset(out, SIGTERM);
    pthread_sigmask(SIG_BLOCK, out, NULL);
    signal(SIGPIPE, SIG_IGN);
}

static int serve(const struct serve_options *options)
{
    struct delib_error error;
    struct server *server = NULL;
    char *archive = NULL;
    char *originals = options->originals ? memory_dup(options->originals, strlen(options->originals)) : NULL;
    char *folder = originals;
    struct service service = {.archive = options->archive,
                              .address = options->address,
                              .hosts = options->hosts,
                              .host_count = options->host_count,
                              .originals_folder = -1};
    sigset_t stop;
    coverage_init(&service.coverage);
    service.pages = cache_new();
    bool is_remote = false;
    int listening = -1;
    int code = EXIT_STOPPED;
    int signal_number;
    enum delib_status status = service.archive ? DELIB_OK : archive_default_path(&archive, &error);
    service.archive = service.archive ? service.archive : archive;
    if (status == DELIB_OK)
        status = check_archive(&is_remote, service.archive, &error);
    if (status == DELIB_OK)
        status = open_originals(&service, &folder, &error);
    if (status == DELIB_OK)
        status = open_socket(&listening, options->listen, &error);
    block_signals(&stop);
    raise_descriptors();
    if (status == DELIB_OK) {
        words_init_languages();
        /* before there are threads, which inherit it */
        (void)!syscalls_give_up(is_remote ? SYSCALLS_OF_ASKING_SERVER : SYSCALLS_OF_SERVER);
        status = server_start(&server, &service, listening, &error);
    }
    if (status == DELIB_OK)
        sigwait(&stop, &signal_number);
    else
        code = complain(&error);
    server_free(server);
    coverage_clear(&service.coverage);
    cache_free(service.pages);
    if (service.originals_folder >= 0)
        close(service.originals_folder);
    if (folder != originals)
        free(folder);
    free(originals);
    free(archive);
    return code;
}

int main(int argc, char **argv)
{
    struct serve_options options;
    memory_set_exit("delib-serve", EXIT_TROUBLE);
    words_init();
    if (!serve_options_parse(&options, argc, argv))
        return EXIT_USAGE;
    if (options.verb == SERVE_HELP)
        serve_options_print_help();
    else if (options.verb == SERVE_COMPLETION)
        return serve_options_print_completion(options.shell) ? EXIT_STOPPED : EXIT_USAGE;
    else if (options.verb == SERVE_VERSION)
        puts("delib-serve " DELIB_VERSION_STRING);
    else
        return serve(&options);
    return EXIT_STOPPED;
}

#include "verify.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "archive/archive.h"
#include "archive/invariants.h"
#include "archive/manifest.h"
#include "base/words.h"
#include "waiting.h"

enum { DAMAGES_TOLD = 20 }; /* lines; more say nothing new */

static void tell_damage(const char *what, void *payload)
{
    size_t *told = payload;
    if (++*told <= DAMAGES_TOLD)
        fprintf(stderr, "delib-index: %s\n", what);
    if (*told == DAMAGES_TOLD + 1)
        fputs(_("delib-index: and more\n"), stderr);
}

static enum delib_status verify_bytes(const char *folder, bool quiet, struct delib_error *error)
{
    size_t told = 0;
    struct manifest_comparison bytes;
    enum delib_status status = manifest_compare(&bytes, folder, tell_damage, &told, error);
    if (status == DELIB_NOT_FOUND)
        return delib_fail(error, DELIB_CORRUPT,
                          _("%s: there is no %s, so that altered bytes cannot be told; run delib-index once with the "
                            "archive's sources to have it written"),
                          folder, MANIFEST_FILE);
    if (status != DELIB_OK)
        return status;
    if (bytes.damages > 0)
        return delib_fail(error, DELIB_CORRUPT,
                          _("%s: the archive is damaged. Bring back a backup with --restore, or make it again from its "
                            "sources with --rebuild"),
                          folder);
    if (bytes.excused_bytes > 0 && !quiet)
        fprintf(stderr,
                _("delib-index: %s: a run was cut off; %llu bytes that it may have written are not compared until the "
                  "next run has ended\n"),
                folder, (unsigned long long)bytes.excused_bytes);
    return DELIB_OK;
}

/* In the child. */
static enum delib_status check_structure(const char *folder, struct delib_error *error)
{
    size_t told = 0;
    struct xapian_reader *reader = NULL;
    enum delib_status status = archive_open(&reader, folder, error);
    if (status == DELIB_OK)
        status = xapian_check(folder, error);
    if (status == DELIB_OK)
        status = archive_check_invariants(reader, tell_damage, &told, error);
    if (status == DELIB_OK && told > 0)
        status = delib_fail(error, DELIB_CORRUPT,
                            _("%s: the archive contradicts itself. Make it again from its sources with --rebuild, and "
                              "report this"),
                            folder);
    xapian_reader_free(reader);
    return status;
}

static enum delib_status verify_structure(const char *folder, struct delib_error *error)
{
    int state;
    struct delib_error why;
    fflush(NULL);
    pid_t child = fork();
    if (child < 0)
        return delib_fail(error, DELIB_IO, _("cannot start a process: %s"), strerror(errno));
    if (child == 0) {
        enum delib_status status = check_structure(folder, &why);
        if (status != DELIB_OK)
            fprintf(stderr, "delib-index: %s\n", why.message);
        fflush(NULL);
        _exit(status == DELIB_OK ? EXIT_DONE : EXIT_DAMAGED);
    }
    while (waitpid(child, &state, 0) < 0)
        if (errno != EINTR)
            return delib_fail(error, DELIB_IO, _("cannot wait for a process: %s"), strerror(errno));
    if (WIFEXITED(state) && WEXITSTATUS(state) == EXIT_DONE)
        return DELIB_OK;
    return delib_fail(error, DELIB_CORRUPT,
                      WIFSIGNALED(state) ? _("%s: the tables are damaged so that they cannot even be checked")
                                         : _("%s: the archive is not whole"),
                      folder);
}

enum delib_status verify_archive(const char *folder, bool quiet, struct delib_error *error)
{
    enum delib_status status = verify_bytes(folder, quiet, error);
    return status == DELIB_OK ? verify_structure(folder, error) : status;
}

int verify(const struct options *options, const char *archive)
{
    struct delib_error error;
    struct archive_lock *lock = NULL;
    enum delib_status status = waiting_take_lock(&lock, archive, ARCHIVE_LOCK_SHARED, options->wait_s, &error);
    if (status == DELIB_OK)
        status = verify_archive(archive, options->quiet, &error);
    archive_lock_free(lock);
    if (status != DELIB_OK)
        fprintf(stderr, "delib-index: %s\n", error.message);
    else if (!options->quiet)
        fprintf(stderr, _("delib-index: %s: every byte is as it was committed, and the archive is whole\n"), archive);
    return exit_code_of(status);
}

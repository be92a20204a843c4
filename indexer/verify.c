#include "verify.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "archive/archive.h"
#include "archive/invariants.h"
#include "archive/manifest.h"
#include "archive/parts.h"
#include "base/words.h"

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

/* --- what damage may bring down, in a child ------------------------------------------------------------------- */

typedef enum delib_status check_what(const char *archive, struct delib_error *error);

static enum delib_status check_layout(const char *folder, struct delib_error *error)
{
    struct xapian_reader *reader = NULL;
    enum delib_status status = archive_open(&reader, folder, error);
    xapian_reader_free(reader);
    return status;
}

static enum delib_status check_agreement(struct xapian_reader *reader, const char *archive, struct delib_error *error)
{
    size_t told = 0;
    enum delib_status status = archive_check_invariants(reader, tell_damage, &told, error);
    if (status == DELIB_OK && told > 0)
        status = delib_fail(error, DELIB_CORRUPT,
                            _("%s: the archive contradicts itself. Make it again from its sources with --rebuild, and "
                              "report this"),
                            archive);
    return status;
}

static enum delib_status check_structure(const char *folder, struct delib_error *error)
{
    struct xapian_reader *reader = NULL;
    enum delib_status status = archive_open(&reader, folder, error);
    if (status == DELIB_OK)
        status = xapian_check(folder, error);
    if (status == DELIB_OK)
        status = check_agreement(reader, folder, error);
    xapian_reader_free(reader);
    return status;
}

/* What the parts of one archive say of each other. Those that were filled one by one have nothing to do with it. */
static enum delib_status check_together(const char *archive, struct delib_error *error)
{
    struct parts *parts = NULL;
    struct xapian_reader *reader = NULL;
    bool is_one = false;
    enum delib_status status = parts_open(&parts, &archive, 1, 0, error);
    if (status == DELIB_OK)
        status = parts_refresh(&reader, parts, error);
    if (status == DELIB_OK)
        parts_revision(parts, &is_one);
    if (is_one && xapian_reader_part_count(reader) > 1)
        status = check_agreement(reader, archive, error);
    parts_free(parts);
    return status;
}

/* In the child; `why` is shared with the parent. */
static void __attribute__((noreturn)) check_and_exit(check_what *check, const char *archive, struct delib_error *why)
{
    enum delib_status status = check(archive, why);
    fflush(NULL);
    _exit(status == DELIB_OK ? EXIT_DONE : EXIT_DAMAGED);
}

static enum delib_status wait_for_check(pid_t child, const char *archive, const struct delib_error *why,
                                        struct delib_error *error)
{
    int state;
    while (waitpid(child, &state, 0) < 0)
        if (errno != EINTR)
            return delib_fail(error, DELIB_IO, _("cannot wait for a process: %s"), strerror(errno));
    if (WIFEXITED(state) && WEXITSTATUS(state) == EXIT_DONE)
        return DELIB_OK;
    if (WIFEXITED(state) && why->status != DELIB_OK) {
        *error = *why;
        return why->status;
    }
    return delib_fail(error, DELIB_CORRUPT, _("%s: the tables are damaged so that they cannot even be checked"),
                      archive);
}

static enum delib_status in_child(check_what *check, const char *archive, struct delib_error *error)
{
    struct delib_error *why = mmap(NULL, sizeof *why, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (why == MAP_FAILED)
        return delib_fail(error, DELIB_IO, _("cannot start a process: %s"), strerror(errno));
    fflush(NULL);
    pid_t child = fork();
    if (child == 0)
        check_and_exit(check, archive, why);
    enum delib_status status = child < 0 ? delib_fail(error, DELIB_IO, _("cannot start a process: %s"), strerror(errno))
                                         : wait_for_check(child, archive, why, error);
    munmap(why, sizeof *why);
    return status;
}

/* --- all of it ------------------------------------------------------------------------------------------------ */

enum delib_status verify_archive(const char *folder, bool quiet, struct delib_error *error)
{
    enum delib_status status = in_child(check_layout, folder, error);
    if (status == DELIB_VERSION) /* all else that could be said of it would mislead */
        return status;
    status = verify_bytes(folder, quiet, error);
    return status == DELIB_OK ? in_child(check_structure, folder, error) : status;
}

enum delib_status verify_parts(const struct local_parts *parts, const char *archive, bool quiet,
                               struct delib_error *error)
{
    enum delib_status first = DELIB_OK;
    for (size_t i = 0; i < parts->count; i++) {
        struct delib_error why;
        enum delib_status status = verify_archive(parts->folders[i], quiet, &why);
        if (status == DELIB_OK)
            continue;
        if (first != DELIB_OK)
            fprintf(stderr, "delib-index: %s\n", why.message);
        else
            *error = why;
        first = first == DELIB_OK ? status : first;
    }
    return first == DELIB_OK && parts->count > 1 ? in_child(check_together, archive, error) : first;
}

int verify(const struct options *options, const char *archive)
{
    struct delib_error error;
    struct local_parts parts;
    enum delib_status status = local_parts_open(&parts, archive, &error);
    if (status == DELIB_OK)
        status = local_parts_lock(&parts, ARCHIVE_LOCK_SHARED, options->wait_s, &error);
    if (status == DELIB_OK)
        status = verify_parts(&parts, archive, options->quiet, &error);
    local_parts_free(&parts);
    if (status != DELIB_OK)
        fprintf(stderr, "delib-index: %s\n", error.message);
    else if (!options->quiet)
        fprintf(stderr, _("delib-index: %s: every byte is as it was committed, and the archive is whole\n"), archive);
    return exit_code_of(status);
}

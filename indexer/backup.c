#include "backup.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "archive/replace.h"
#include "base/words.h"
#include "replacing.h"
#include "verify.h"
#include "waiting.h"

static enum delib_status copy_verified(const char *from, const char *to, struct delib_error *error)
{
    uint64_t size_bytes;
    enum delib_status status = archive_folder_size(&size_bytes, from, error);
    if (status == DELIB_OK)
        status = archive_check_space(to, size_bytes, error);
    if (status == DELIB_OK)
        status = archive_copy(from, to, error);
    return status == DELIB_OK ? verify_archive(to, true, error) : status;
}

int backup(const struct options *options, const char *archive)
{
    struct delib_error error;
    struct archive_lock *lock = NULL;
    enum delib_status status = waiting_take_lock(&lock, archive, ARCHIVE_LOCK_SHARED, options->wait_s, &error);
    if (status == DELIB_OK)
        status = copy_verified(archive, options->verb_value, &error);
    archive_lock_free(lock);
    if (status != DELIB_OK)
        fprintf(stderr, "delib-index: %s\n", error.message);
    else if (!options->quiet)
        fprintf(stderr, _("delib-index: %s: copied to %s and verified\n"), archive, options->verb_value);
    return exit_code_of(status);
}

static enum delib_status make_copy(const char *beside, void *payload, struct delib_error *error)
{
    const struct options *options = payload;
    return copy_verified(options->verb_value, beside, error);
}

int restore(const struct options *options, const char *archive)
{
    struct delib_error error;
    struct options asked = *options;
    struct archive_lock *lock = NULL;
    enum delib_status status = waiting_take_lock(&lock, options->verb_value, ARCHIVE_LOCK_SHARED, 0, &error);
    if (status == DELIB_OK)
        status = verify_archive(options->verb_value, options->quiet, &error);
    if (status == DELIB_OK)
        status = replace_archive(archive, options->wait_s, make_copy, &asked, &error);
    archive_lock_free(lock);
    if (status != DELIB_OK)
        fprintf(stderr, "delib-index: %s\n", error.message);
    else if (!options->quiet)
        fprintf(stderr, _("delib-index: %s: restored from %s\n"), archive, options->verb_value);
    return exit_code_of(status);
}

#include "backup.h"

#include <stdio.h>

#include "archive/folder.h"
#include "archive/replace.h"
#include "base/replace_file.h"
#include "base/words.h"
#include "local_parts.h"
#include "replacing.h"
#include "verify.h"

static enum delib_status check_room(const struct local_parts *parts, const char *to, struct delib_error *error)
{
    uint64_t all_bytes = 0;
    enum delib_status status = DELIB_OK;
    for (size_t i = 0; i < parts->count && status == DELIB_OK; i++) {
        uint64_t size_bytes = 0;
        status = archive_folder_size(&size_bytes, parts->folders[i], error);
        all_bytes += size_bytes;
    }
    return status == DELIB_OK ? archive_check_space(to, all_bytes, error) : status;
}

static enum delib_status copy_verified(const char *from, const char *to, struct delib_error *error)
{
    enum delib_status status = archive_copy(from, to, error);
    return status == DELIB_OK ? verify_archive(to, true, error) : status;
}

/* The parts into the folder `to`, then their list: what was cut off has none. */
static enum delib_status copy_parts(const struct local_parts *parts, const char *to, struct delib_error *error)
{
    struct buffer list = {0};
    enum delib_status status = folder_make_empty(to, error);
    for (size_t i = 0; i < parts->count && status == DELIB_OK; i++) {
        const char *part = arena_printf(parts->arena, "%s/part-%zu", to, i + 1);
        status = copy_verified(parts->folders[i], part, error);
        buffer_printf(&list, "local part-%zu\n", i + 1);
    }
    if (status == DELIB_OK)
        status = replace_file(arena_printf(parts->arena, "%s/" PARTS_FILE_NAME, to), buffer_get(&list), error);
    if (status == DELIB_OK)
        status = folder_sync_parent(to, error);
    buffer_free(&list);
    return status;
}

static enum delib_status copy_all(const struct local_parts *parts, const char *to, struct delib_error *error)
{
    enum delib_status status = check_room(parts, to, error);
    if (status != DELIB_OK)
        return status;
    return local_parts_are_listed(parts) ? copy_parts(parts, to, error) : copy_verified(parts->folders[0], to, error);
}

int backup(const struct options *options, const char *archive)
{
    struct delib_error error;
    struct local_parts parts;
    enum delib_status status = local_parts_open(&parts, archive, &error);
    if (status == DELIB_OK)
        status = local_parts_lock(&parts, ARCHIVE_LOCK_SHARED, options->wait_s, &error);
    if (status == DELIB_OK)
        status = copy_all(&parts, options->verb_value, &error);
    local_parts_free(&parts);
    if (status != DELIB_OK)
        fprintf(stderr, "delib-index: %s\n", error.message);
    else if (!options->quiet)
        fprintf(stderr, _("delib-index: %s: copied to %s and verified\n"), archive, options->verb_value);
    return exit_code_of(status);
}

static enum delib_status make_copy(const char *beside, void *payload, struct delib_error *error)
{
    return copy_all(payload, beside, error);
}

int restore(const struct options *options, const char *archive)
{
    struct delib_error error;
    struct local_parts parts;
    enum delib_status status = local_parts_open(&parts, options->verb_value, &error);
    if (status == DELIB_OK)
        status = local_parts_lock(&parts, ARCHIVE_LOCK_SHARED, 0, &error);
    if (status == DELIB_OK)
        status = verify_parts(&parts, options->verb_value, options->quiet, &error);
    if (status == DELIB_OK)
        status = replace_archive(archive, options->wait_s, make_copy, &parts, &error);
    local_parts_free(&parts);
    if (status != DELIB_OK)
        fprintf(stderr, "delib-index: %s\n", error.message);
    else if (!options->quiet)
        fprintf(stderr, _("delib-index: %s: restored from %s\n"), archive, options->verb_value);
    return exit_code_of(status);
}

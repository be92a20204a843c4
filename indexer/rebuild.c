#include "rebuild.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "archive/archive.h"
#include "archive/manifest.h"
#include "archive/replace.h"
#include "base/words.h"
#include "gone.h"
#include "local_parts.h"
#include "replacing.h"
#include "run.h"
#include "verify.h"

struct making {
    const struct options *options;
    const char *archive; /* in place */
    int code;            /* what the run came to */
};

/* Room for one more of what is there. A first archive is not foreseen here; the run looks at the disk as it goes. */
static enum delib_status check_room(const char *archive, struct delib_error *error)
{
    uint64_t size_bytes;
    if (access(archive, F_OK) != 0)
        return DELIB_OK;
    enum delib_status status = archive_folder_size(&size_bytes, archive, error);
    return status == DELIB_OK ? archive_check_space(archive, size_bytes, error) : status;
}

static int finish(enum delib_status status, const struct delib_error *error, int code)
{
    if (status != DELIB_OK && error->message[0] != '\0')
        fprintf(stderr, "delib-index: %s\n", error->message);
    return status == DELIB_OK || error->message[0] == '\0' ? code : (int)exit_code_of(status);
}

/* --- --rebuild ----------------------------------------------------------------------------------------------- */

static uint32_t acts_of(const char *folder)
{
    uint32_t acts = 0;
    struct delib_error why;
    struct xapian_reader *reader = NULL;
    if (xapian_reader_open(&reader, folder, &why) == DELIB_OK)
        xapian_reader_document_count(&acts, reader, &why);
    xapian_reader_free(reader);
    return acts;
}

/* Sources that are not mounted must not replace what was made of them. */
static enum delib_status check_not_less(const struct making *making, const char *beside, struct delib_error *error)
{
    uint32_t before = acts_of(making->archive);
    uint32_t now = acts_of(beside);
    if (making->options->allow_mass_delete || now >= before || !gone_is_much(before - now, before))
        return DELIB_OK;
    return delib_fail(
        error, DELIB_INVALID,
        _("%s: the archive holds %u acts, and only %u come of these sources; it was not replaced. If that "
          "is right, run again with --allow-mass-delete; if not, see whether all is mounted"),
        making->archive, (unsigned)before, (unsigned)now);
}

static enum delib_status make_from_sources(const char *beside, void *payload, struct delib_error *error)
{
    struct making *making = payload;
    error->message[0] = '\0';
    enum delib_status status = check_room(making->archive, error);
    if (status != DELIB_OK)
        return status;
    making->code = run(making->options, beside, making->archive);
    if (making->code != EXIT_DONE && making->code != EXIT_SOME_FAILED)
        return DELIB_INVALID; /* the run said why */
    status = check_not_less(making, beside, error);
    return status == DELIB_OK ? verify_archive(beside, true, error) : status;
}

int rebuild(const struct options *options, const char *archive)
{
    struct delib_error error;
    struct making making = {.options = options, .archive = archive};
    enum delib_status status = replace_archive(archive, options->wait_s, make_from_sources, &making, &error);
    return finish(status, &error, making.code);
}

/* --- --compact ----------------------------------------------------------------------------------------------- */

static enum delib_status make_compact(const char *beside, void *payload, struct delib_error *error)
{
    const struct making *making = payload;
    enum delib_status status = check_room(making->archive, error);
    if (status == DELIB_OK)
        status = verify_archive(making->archive, true, error);
    if (status == DELIB_OK)
        status = xapian_compact(making->archive, beside, error);
    if (status == DELIB_OK)
        status = manifest_make(beside, error);
    return status == DELIB_OK ? verify_archive(beside, true, error) : status;
}

static void tell_sizes(const char *archive, uint64_t before_bytes)
{
    enum { MB = 1000000 };
    uint64_t now_bytes;
    struct delib_error why;
    if (archive_folder_size(&now_bytes, archive, &why) == DELIB_OK)
        fprintf(stderr, _("delib-index: %s: compacted from %.1f to %.1f MB\n"), archive, (double)before_bytes / MB,
                (double)now_bytes / MB);
}

static int compact_one(const struct options *options, const char *archive)
{
    struct delib_error error;
    uint64_t before_bytes;
    struct making making = {.options = options, .archive = archive};
    enum delib_status status = archive_folder_size(&before_bytes, archive, &error);
    if (status == DELIB_OK)
        status = replace_archive(archive, options->wait_s, make_compact, &making, &error);
    if (status == DELIB_OK && !options->quiet)
        tell_sizes(archive, before_bytes);
    return finish(status, &error, EXIT_DONE);
}

/* Part by part: each holds the same before and after, so that they need not change together. */
int compact(const struct options *options, const char *archive)
{
    struct delib_error error;
    struct local_parts parts;
    enum delib_status status = local_parts_open(&parts, archive, &error);
    int code = finish(status, &error, EXIT_DONE);
    for (size_t i = 0; i < parts.count && code == EXIT_DONE; i++)
        code = compact_one(options, parts.folders[i]);
    local_parts_free(&parts);
    return code;
}

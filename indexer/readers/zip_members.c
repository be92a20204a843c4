#include "readers/zip_members.h"

#include <stdlib.h>
#include <zip.h>

#include "base/memory.h"
#include "base/words.h"

enum {
    MAX_MEMBERS = 10000,                  /* a year's acts with their annexes, in one zip, are hundreds */
    MEMBER_MAX_BYTES = 256 * 1024 * 1024, /* as a file that lies in the open (reader.c) */
    RATIO_FREE_BYTES = 1024 * 1024,       /* below, a member may be as empty as it likes */
    MAX_RATIO = 200,                      /* word processors' XML reaches 50; deflate allows 1032, and bombs use it */
    CHUNK_BYTES = 256 * 1024
};
static const uint64_t total_max_bytes = (uint64_t)1
                                        << 30; /* unpacked, all members: overlapping ones swell a zip, too */

struct zip_members {
    zip_t *zip;
    size_t count;
    uint64_t unpacked_bytes; /* so far */
};

bool zip_is(struct slice bytes)
{
    return slice_starts(bytes, SLICE("PK\x03\x04")) || slice_starts(bytes, SLICE("PK\x05\x06"));
}

/* What libzip complains of: damage, or that memory ran out, for which the file must not be blamed. */
static void stop(struct reading *out, const char *words, zip_error_t *problem)
{
    if (zip_error_code_zip(problem) == ZIP_ER_MEMORY)
        memory_exhausted();
    reading_stop(out, REASON_DAMAGED, words, zip_error_strerror(problem));
}

struct zip_members *zip_members_open(struct reading *out, struct slice bytes)
{
    zip_error_t problem;
    zip_error_init(&problem);
    zip_source_t *source = zip_source_buffer_create(bytes.bytes, bytes.len, 0, &problem);
    zip_t *zip = source ? zip_open_from_source(source, ZIP_RDONLY, &problem) : NULL;
    if (!zip) {
        zip_source_free(source);
        stop(out, _("this zip file cannot be opened: %s"), &problem);
        zip_error_fini(&problem);
        return NULL;
    }
    zip_error_fini(&problem);
    size_t count = (size_t)zip_get_num_entries(zip, 0);
    if (count > MAX_MEMBERS) {
        reading_stop(out, REASON_TOO_BIG, _("this zip file holds %zu files, more than %d"), count, MAX_MEMBERS);
        zip_discard(zip);
        return NULL;
    }
    struct zip_members *members = memory_alloc(sizeof *members);
    *members = (struct zip_members){.zip = zip, .count = count};
    return members;
}

void zip_members_free(struct zip_members *zip)
{
    if (!zip)
        return;
    zip_discard(zip->zip);
    free(zip);
}

size_t zip_members_count(const struct zip_members *zip)
{
    return zip->count;
}

const char *zip_members_name(const struct zip_members *zip, size_t index)
{
    const char *name = zip_get_name(zip->zip, index, ZIP_FL_ENC_GUESS);
    return name ? name : "";
}

uint64_t zip_members_size(const struct zip_members *zip, size_t index)
{
    struct zip_stat stat;
    zip_stat_init(&stat);
    return zip_stat_index(zip->zip, index, 0, &stat) == 0 && (stat.valid & ZIP_STAT_SIZE) ? stat.size : UINT64_MAX;
}

bool zip_members_find(const struct zip_members *zip, const char *name, size_t *index)
{
    zip_int64_t found = zip_name_locate(zip->zip, name, 0);
    *index = found < 0 ? 0 : (size_t)found;
    return found >= 0;
}

bool zip_members_has(const struct zip_members *zip, const char *name)
{
    size_t index;
    return zip_members_find(zip, name, &index);
}

/* Whether so much may come out of `packed_bytes`. */
static bool within_limits(struct reading *out, const struct zip_members *zip, uint64_t unpacked_bytes,
                          uint64_t packed_bytes)
{
    if (unpacked_bytes > RATIO_FREE_BYTES && unpacked_bytes / MAX_RATIO > packed_bytes)
        reading_stop(out, REASON_TOO_BIG, _("it unpacks to more than %d times its size: a zip bomb"), MAX_RATIO);
    else if (unpacked_bytes > MEMBER_MAX_BYTES)
        reading_stop(out, REASON_TOO_BIG, _("larger than %d MB unpacked"), MEMBER_MAX_BYTES >> 20);
    else if (zip->unpacked_bytes + unpacked_bytes > total_max_bytes)
        reading_stop(out, REASON_TOO_BIG, _("the zip file unpacks to more than %llu MB"),
                     (unsigned long long)total_max_bytes >> 20);
    else
        return true;
    return false;
}

/* What the zip says of the member before anything is unpacked. */
static bool is_readable(struct reading *out, const struct zip_members *zip, size_t index, struct zip_stat *stat)
{
    zip_stat_init(stat);
    if (zip_stat_index(zip->zip, index, 0, stat) != 0 || !(stat->valid & ZIP_STAT_COMP_SIZE)) {
        stop(out, _("this zip file cannot be read: %s"), zip_get_error(zip->zip));
        return false;
    }
    if ((stat->valid & ZIP_STAT_ENCRYPTION_METHOD) && stat->encryption_method != ZIP_EM_NONE) {
        reading_stop(out, REASON_ENCRYPTED, _("it asks for a password: save a copy without one"));
        return false;
    }
    return within_limits(out, zip, stat->valid & ZIP_STAT_SIZE ? stat->size : 0, stat->comp_size);
}

static bool unpack(struct reading *out, struct buffer *content, const struct zip_members *zip, zip_file_t *file,
                   uint64_t packed_bytes)
{
    size_t start = content->len;
    for (;;) {
        buffer_reserve(content, CHUNK_BYTES);
        zip_int64_t got = zip_fread(file, content->bytes + content->len, CHUNK_BYTES);
        if (got < 0) {
            stop(out, _("this zip file cannot be unpacked: %s"), zip_file_get_error(file));
            return false;
        }
        if (got == 0)
            break;
        content->len += (size_t)got;
        if (!within_limits(out, zip, content->len - start, packed_bytes))
            return false;
    }
    buffer_add(content, "", 0); /* the NUL behind the last byte */
    return true;
}

bool zip_members_read(struct reading *out, struct buffer *content, struct zip_members *zip, size_t index)
{
    struct zip_stat stat;
    size_t start = content->len;
    if (!is_readable(out, zip, index, &stat))
        return false;
    zip_file_t *file = zip_fopen_index(zip->zip, index, 0);
    if (!file) {
        stop(out, _("this zip file cannot be read: %s"), zip_get_error(zip->zip));
        return false;
    }
    bool good = unpack(out, content, zip, file, stat.comp_size);
    zip->unpacked_bytes += content->len - start;
    zip_fclose(file);
    return good;
}

/* Any bytes as a zip file of documents: each member that is handed on has a name that stays within the bundle, and its
 * content can be read to the end. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "bundle.h"
#include "readers/zip_members.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_member(void *context, struct bundle_member *member, struct acts *acts)
{
    size_t *sum = context;
    (void)acts;
    if (member->name[0] == '/' || strncmp(member->name, "../", 3) == 0 || strstr(member->name, "/../"))
        abort();
    for (size_t i = 0; i < member->content.len; i++)
        *sum += (unsigned char)member->content.bytes[i];
    member->outcome = *sum % 2 ? READ_OK : READ_FAILED;
    member->reason = *sum % 2 ? "" : "damaged";
    member->detail = "";
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct slice bytes = {(const char *)data, size};
    if (!zip_is(bytes))
        return 0;
    size_t sum = 0;
    struct arena *arena = arena_new();
    struct acts acts = {0};
    struct reading reading = {.reason = "", .format = FORMAT_ZIP, .bundle = bytes};
    const struct bundle_reader reader = {read_member, &sum};
    bundle_acts(&acts, arena, &reading, SLICE("lot.zip"), NULL, &reader);
    reading_free(&reading);
    arena_free(arena);
    return 0;
}

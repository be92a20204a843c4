#include "web/assets.h"

#include <string.h>

#define FOLDER "/statique/"

static const struct asset {
    const char *name;
    const char *hash;
    const unsigned char *bytes;
    size_t len;
} assets[] = {
#include "data/web/assets.inc"
};

static const struct {
    const char *ending;
    const char *type;
} types[] = {{".css", "text/css; charset=utf-8"}, {".js", "text/javascript; charset=utf-8"}, {".svg", "image/svg+xml"}};

const char *asset_address(struct arena *arena, const char *name)
{
    for (size_t i = 0; i < sizeof assets / sizeof *assets; i++)
        if (strcmp(assets[i].name, name) == 0)
            return arena_printf(arena, FOLDER "%s/%s", assets[i].hash, name);
    return "";
}

void asset_add(struct buffer *out, const char *name)
{
    for (size_t i = 0; i < sizeof assets / sizeof *assets; i++)
        if (strcmp(assets[i].name, name) == 0)
            buffer_add(out, assets[i].bytes, assets[i].len);
}

static const char *type_of(const char *name)
{
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (slice_ends(slice_of(name), slice_of(types[i].ending)))
            return types[i].type;
    return "application/octet-stream";
}

bool asset_reply(struct reply *reply, struct slice path)
{
    if (!slice_starts(path, SLICE(FOLDER)))
        return false;
    struct slice rest = slice_skip(path, strlen(FOLDER));
    size_t slash = slice_find_byte(rest, '/', 0);
    for (size_t i = 0; slash != SLICE_NONE && i < sizeof assets / sizeof *assets; i++) {
        if (!slice_equal(slice_range(rest, 0, slash), slice_of(assets[i].hash)) ||
            !slice_equal(slice_skip(rest, slash + 1), slice_of(assets[i].name)))
            continue;
        reply->code = 200;
        reply->type = type_of(assets[i].name);
        reply->is_lasting = true;
        buffer_add(&reply->body, assets[i].bytes, assets[i].len);
        return true;
    }
    return false;
}

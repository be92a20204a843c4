#include "sidecar.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "act/act_json.h"
#include "base/memory.h"
#include "base/words.h"
#include "file_content.h"

/* A folder's own sidecar, or that it has none. Folders come in order, so the last one read is nearly always it. */
struct folder {
    char *path;
    struct buffer json; /* empty: no sidecar */
    bool there;
};

enum { REMEMBERED_FOLDERS = 32 }; /* a path is hardly deeper */

struct sidecars {
    struct folder folders[REMEMBERED_FOLDERS];
    size_t next;
};

struct sidecars *sidecars_new(void)
{
    return memory_alloc(sizeof(struct sidecars));
}

static void forget(struct folder *folder)
{
    free(folder->path);
    buffer_free(&folder->json);
    *folder = (struct folder){0};
}

void sidecars_free(struct sidecars *sidecars)
{
    if (!sidecars)
        return;
    for (size_t i = 0; i < REMEMBERED_FOLDERS; i++)
        forget(&sidecars->folders[i]);
    free(sidecars);
}

/* True when there is such a file; `json` stays empty when it cannot be read. */
static bool read_json(struct buffer *json, const char *path)
{
    struct file_identity identity;
    struct delib_error error;
    if (access(path, F_OK) != 0)
        return false;
    if (file_content_read(json, &identity, path, &error) != DELIB_OK)
        buffer_clear(json);
    return true;
}

static const struct folder *folder_of(struct sidecars *sidecars, const char *path)
{
    for (size_t i = 0; i < REMEMBERED_FOLDERS; i++)
        if (sidecars->folders[i].path && strcmp(sidecars->folders[i].path, path) == 0)
            return &sidecars->folders[i];
    struct folder *folder = &sidecars->folders[sidecars->next++ % REMEMBERED_FOLDERS];
    struct buffer file = {0};
    forget(folder);
    folder->path = memory_dup(path, strlen(path));
    buffer_printf(&file, "%s/" SIDECAR_OF_FOLDER, path);
    folder->there = read_json(&folder->json, file.bytes);
    buffer_free(&file);
    return folder;
}

static void drop_id(struct act *act)
{
    act->id = (struct slice){0};
    act_set_provenance(act, FIELD_ID, (struct provenance){0});
}

/* Take over the fields of one sidecar that no nearer one gave. */
static void merge(struct sidecar_fields *out, struct arena *arena, struct slice json, bool of_folder,
                  struct buffer *hashed)
{
    struct delib_error error;
    struct slice text;
    struct act *act = act_new(arena);
    if (!out->act)
        out->act = act_new(arena);
    buffer_printf(hashed, "%s\n", sha256_of(json).hex);
    if (act_read_json(act, json, SOURCE_SIDECAR, &text, &error) != DELIB_OK) {
        act_warn(out->act, "sidecar-unreadable");
        return;
    }
    if (of_folder)
        drop_id(act);
    act_merge(out->act, act);
}

void sidecars_for(struct sidecar_fields *out, struct sidecars *sidecars, struct arena *arena, const char *path,
                  const char *root)
{
    struct buffer hashed = {0};
    struct buffer json = {0};
    size_t root_len = strlen(root);
    char *folder = arena_string(arena, slice_of(path));
    *out = (struct sidecar_fields){0};
    if (read_json(&json, arena_printf(arena, "%s" SIDECAR_SUFFIX, path)))
        merge(out, arena, buffer_get(&json), false, &hashed);
    for (char *slash; (slash = strrchr(folder, '/')) != NULL && (size_t)(slash - folder) >= root_len;) {
        *slash = '\0';
        const struct folder *known = folder_of(sidecars, folder);
        if (known->there)
            merge(out, arena, buffer_get(&known->json), true, &hashed);
    }
    if (hashed.len > 0)
        out->sha256 = sha256_of(buffer_get(&hashed));
    buffer_free(&hashed);
    buffer_free(&json);
}

static enum delib_status check_json(const char *path, struct delib_error *error)
{
    struct buffer json = {0};
    struct file_identity identity;
    struct slice text;
    struct arena *arena = arena_new();
    enum delib_status status = file_content_read(&json, &identity, path, error);
    if (status == DELIB_OK)
        status = act_read_json(act_new(arena), buffer_get(&json), SOURCE_SIDECAR, &text, error);
    buffer_free(&json);
    arena_free(arena);
    return status;
}

enum delib_status sidecar_check(const char *path, struct delib_error *error)
{
    size_t len = strlen(path);
    const char *slash = strrchr(path, '/');
    bool of_folder = strcmp(slash ? slash + 1 : path, SIDECAR_OF_FOLDER) == 0;
    char *document = memory_dup(path, len - strlen(SIDECAR_SUFFIX));
    bool orphan = !of_folder && access(document, F_OK) != 0;
    free(document);
    if (orphan)
        return delib_fail(error, DELIB_NOT_FOUND, _("the file that it describes is not beside it"));
    return check_json(path, error);
}

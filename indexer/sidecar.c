#include "sidecar.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "act/act_json.h"
#include "base/memory.h"
#include "base/words.h"
#include "envelope.h"
#include "file_content.h"

/* The name of a document and the envelope that names it. */
struct named {
    char *document;
    size_t envelope;
};

/* A folder's own sidecar, or that it has none. Folders come in order, so the last one read is nearly always it. */
struct folder {
    char *path;
    struct buffer json; /* empty: no sidecar */
    bool there;
    bool has_looked; /* for envelopes */
    struct buffer *envelopes;
    size_t envelope_count;
    struct named *names; /* in the order of the documents' names */
    size_t name_count;
};

/* Of the envelopes of one folder: 20000 acts. More are not looked at. */
static const size_t envelopes_max_bytes = (size_t)64 << 20;

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
    for (size_t i = 0; i < folder->envelope_count; i++)
        buffer_free(&folder->envelopes[i]);
    for (size_t i = 0; i < folder->name_count; i++)
        free(folder->names[i].document);
    free(folder->envelopes);
    free(folder->names);
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

static struct folder *folder_of(struct sidecars *sidecars, const char *path)
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

/* --- envelopes ------------------------------------------------------------------------------------------------- */

static int is_xml(const struct dirent *entry)
{
    const char *point = strrchr(entry->d_name, '.');
    return point && point > entry->d_name && entry->d_name[0] != '.' && strcasecmp(point, ".xml") == 0;
}

static int by_file_name(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

/* By the document, then the envelope's file name: the first that names it is taken. */
static int by_document(const void *a, const void *b)
{
    const struct named *first = a, *second = b;
    int order = strcmp(first->document, second->document);
    return order != 0 ? order : (first->envelope > second->envelope) - (first->envelope < second->envelope);
}

/* Keep the envelope, found under each name in it. */
static void add_envelope(struct folder *folder, struct buffer xml)
{
    struct slice name;
    folder->envelopes = memory_resize(folder->envelopes, folder->envelope_count + 1, sizeof *folder->envelopes);
    folder->envelopes[folder->envelope_count++] = xml;
    for (size_t at = 0; (name = envelope_next_name(buffer_get(&xml), &at)).len > 0;) {
        folder->names = memory_resize(folder->names, folder->name_count + 1, sizeof *folder->names);
        folder->names[folder->name_count++] =
            (struct named){memory_dup(name.bytes, name.len), folder->envelope_count - 1};
    }
}

/* The bytes of the envelope at `path`; 0 when it is none. */
static size_t take_envelope(struct folder *folder, const char *path)
{
    struct buffer xml = {0};
    struct file_identity identity;
    struct delib_error error;
    if (file_identity_of(&identity, path, &error) == DELIB_OK && identity.size_bytes <= ENVELOPE_MAX_BYTES &&
        file_content_read(&xml, &identity, path, &error) == DELIB_OK && envelope_is(buffer_get(&xml))) {
        add_envelope(folder, xml);
        return xml.len;
    }
    buffer_free(&xml);
    return 0;
}

static void look_for_envelopes(struct folder *folder)
{
    struct dirent **entries;
    size_t taken_bytes = 0;
    int count = scandir(folder->path, &entries, is_xml, by_file_name);
    folder->has_looked = true;
    for (int i = 0; i < count; i++) {
        struct buffer path = {0};
        buffer_printf(&path, "%s/%s", folder->path, entries[i]->d_name);
        if (taken_bytes < envelopes_max_bytes)
            taken_bytes += take_envelope(folder, path.bytes);
        buffer_free(&path);
        free(entries[i]);
    }
    if (count >= 0)
        free(entries);
    if (folder->name_count > 0)
        qsort(folder->names, folder->name_count, sizeof *folder->names, by_document);
}

/* The envelope that names the document; NULL when there is none. */
static const struct buffer *envelope_for(struct folder *folder, const char *document)
{
    size_t low = 0, high;
    if (!folder->has_looked)
        look_for_envelopes(folder);
    for (high = folder->name_count; low < high;) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(folder->names[middle].document, document) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    bool found = low < folder->name_count && strcmp(folder->names[low].document, document) == 0;
    return found ? &folder->envelopes[folder->names[low].envelope] : NULL;
}

/* --- all that applies ------------------------------------------------------------------------------------------ */

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

static void add_envelope_of(struct sidecar_fields *out, struct sidecars *sidecars, struct arena *arena,
                            const char *path, struct buffer *hashed)
{
    const char *slash = strrchr(path, '/');
    if (!slash)
        return;
    char *folder = arena_string(arena, (struct slice){path, (size_t)(slash - path)});
    const struct buffer *xml = envelope_for(folder_of(sidecars, folder), slash + 1);
    if (!xml)
        return;
    out->envelope = arena_copy(arena, buffer_get(xml));
    buffer_printf(hashed, "%s\n", sha256_of(buffer_get(xml)).hex);
}

void sidecars_for(struct sidecar_fields *out, struct sidecars *sidecars, struct arena *arena, const char *path,
                  const char *root)
{
    struct buffer hashed = {0};
    struct buffer json = {0};
    size_t root_len = strlen(root);
    char *folder = arena_string(arena, slice_of(path));
    *out = (struct sidecar_fields){0};
    if (read_json(&json, arena_printf(arena, "%s" SIDECAR_SUFFIX, folder)))
        merge(out, arena, buffer_get(&json), false, &hashed);
    add_envelope_of(out, sidecars, arena, path, &hashed);
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

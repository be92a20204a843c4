/* The file that an act came from, by the act's id alone: no path that anybody asks for reaches the disk. It is given
 * out only when it lies below the folder named by --originals, reached without a symbolic link. */
#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "archive/archive.h"
#include "web/html.h"
#include "web/pages.h"

#define ORIGINAL_PATH "/original/"

static int open_beneath(int folder, const char *path)
{
    struct open_how how = {.flags = O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK,
                           .resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS};
    return (int)syscall(SYS_openat2, folder, path, &how, sizeof how);
}

/* An act of a bundle has the bundle's name before its own: the bundle is given out. */
static int open_file(int folder, char *path)
{
    int file = open_beneath(folder, path);
    while (file < 0 && errno == ENOTDIR) {
        char *slash = strrchr(path, '/');
        if (!slash)
            break;
        *slash = '\0';
        file = open_beneath(folder, path);
    }
    return file;
}

/* PDF and plain text are shown; anything else, which might hold a script, is only to be kept. A browser's reader of PDF
 * does not start inside a sandbox; it is one itself. */
static void set_type(struct reply *reply, struct arena *arena, struct slice path)
{
    struct buffer name = {0};
    size_t start = path.len;
    while (start > 0 && path.bytes[start - 1] != '/')
        start--;
    bool is_pdf = slice_ends(path, SLICE(".pdf")) || slice_ends(path, SLICE(".PDF"));
    bool is_text = slice_ends(path, SLICE(".txt")) || slice_ends(path, SLICE(".md"));
    buffer_add_string(&name, is_pdf || is_text ? "inline; filename*=UTF-8''" : "attachment; filename*=UTF-8''");
    html_url_argument(&name, slice_skip(path, start));
    reply->type = is_pdf ? "application/pdf" : is_text ? "text/plain" : "application/octet-stream";
    reply->file_name = arena_string(arena, buffer_get(&name));
    reply->policy = is_pdf ? REPLY_PDF : REPLY_SANDBOX;
    buffer_free(&name);
}

bool original_can_open(const struct service *service, struct slice path)
{
    struct slice root = slice_of(service->originals);
    return root.len > 0 && slice_starts(path, root) && path.len > root.len + 1 && path.bytes[root.len] == '/';
}

enum delib_status page_original(struct reply *reply, struct desk *desk, const struct web_request *request,
                                struct delib_error *error)
{
    struct slice path = {0};
    struct stat info;
    struct slice id = slice_skip(request->path, strlen(ORIGINAL_PATH));
    enum delib_status status = archive_file_of_act(&path, desk->arena, desk->reader, id, error);
    if (status != DELIB_OK)
        return status;
    if (!original_can_open(desk->service, path))
        return delib_fail(error, DELIB_NOT_FOUND, "%s", _("the file of this act is not given out here"));
    char *below = arena_string(desk->arena, slice_skip(path, strlen(desk->service->originals) + 1));
    int file = open_file(desk->service->originals_folder, below);
    if (file < 0 || fstat(file, &info) != 0 || !S_ISREG(info.st_mode)) {
        if (file >= 0)
            close(file);
        return delib_fail(error, DELIB_NOT_FOUND, "%s", _("the file of this act is no longer there"));
    }
    set_type(reply, desk->arena, slice_of(below));
    reply->code = 200;
    reply->file = file;
    reply->file_bytes = (uint64_t)info.st_size;
    return DELIB_OK;
}

/* Stands between a program and the disk (LD_PRELOAD): counts the calls that change files below one folder, lets the
 * n-th of them fail or kills everything there, and writes down what was done, for power_cut.py to do again in part.
 *
 *   FAULT_FOLDER   files below it are watched
 *   FAULT_COUNTER  a file of 8 bytes that all processes count in
 *   FAULT_CALLS    which calls are counted: any of w(rite) s(ync) r(ename) o(pen) g(et, that is read); without, all but
 * g FAULT_AT       the call to strike, from 1; 0 or none: only count FAULT_DO       "kill", or the number of an errno
 *   FAULT_STICKY   strike every later call as well
 *   FAULT_LOG      where to write down what is done to files, one record after the other (struct record) */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

enum { MAX_FDS = 1024 };

/* Then come name_bytes of a name, and data_bytes: what was written, or the new name. */
struct record {
    char call; /* o(pen) f: a folder was opened; w(rite) t(runcate) s(ync) r(ename) u(nlink) m(kdir) d: rmdir */
    char padding[7];
    uint64_t inode;
    uint64_t offset; /* of a write; the size of a truncate; whether an open emptied the file */
    uint64_t name_bytes;
    uint64_t data_bytes;
};

static struct plan {
    char folder[PATH_MAX];
    const char *calls;
    uint64_t *counter;
    uint64_t at;
    int error; /* 0: kill */
    bool sticky;
    int log_fd;
} plan = {.log_fd = -1};

static struct watched {
    bool is_watched;
    uint64_t inode;
} watched[MAX_FDS];

/* The functions of libc in whose place those below stand. */
#define REAL(name) ((__typeof__(&name))real(#name))

static void *real(const char *name)
{
    return dlsym(RTLD_NEXT, name);
}

static void forget_files(void)
{
    memset(watched, 0, sizeof watched);
}

__attribute__((constructor)) static void read_plan(void)
{
    const char *folder = getenv("FAULT_FOLDER");
    const char *counter = getenv("FAULT_COUNTER");
    const char *log = getenv("FAULT_LOG");
    const char *at = getenv("FAULT_AT");
    const char *what = getenv("FAULT_DO");
    if (!folder || !counter)
        return;
    int fd = REAL(open)(counter, O_RDWR | O_CLOEXEC);
    void *shared = mmap(NULL, sizeof *plan.counter, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (fd < 0 || shared == MAP_FAILED)
        abort();
    close(fd);
    snprintf(plan.folder, sizeof plan.folder, "%s", folder);
    plan.calls = getenv("FAULT_CALLS");
    plan.at = at ? strtoull(at, NULL, 10) : 0;
    plan.error = what && strcmp(what, "kill") != 0 ? atoi(what) : 0;
    plan.sticky = getenv("FAULT_STICKY") != NULL;
    if (log)
        plan.log_fd = REAL(open)(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
    plan.counter = shared;
    pthread_atfork(NULL, NULL, forget_files); /* a child closes by other ways what it inherits */
}

static bool is_below(const char *path)
{
    char whole[PATH_MAX];
    if (!plan.counter)
        return false;
    if (path[0] != '/') {
        char here[PATH_MAX / 2];
        if (!getcwd(here, sizeof here))
            return false;
        snprintf(whole, sizeof whole, "%s/%.2000s", here, path);
        path = whole;
    }
    return strncmp(path, plan.folder, strlen(plan.folder)) == 0;
}

static bool is_watched(int fd)
{
    return plan.counter && fd >= 0 && fd < MAX_FDS && watched[fd].is_watched;
}

/* Count the call; true when it is to fail. */
static bool strikes(char call)
{
    if (plan.calls ? !strchr(plan.calls, call) : call == 'g')
        return false;
    uint64_t number = __atomic_add_fetch(plan.counter, 1, __ATOMIC_SEQ_CST);
    if (plan.at == 0 || !(plan.sticky ? number >= plan.at : number == plan.at))
        return false;
    if (plan.error == 0)
        kill(0, SIGKILL);
    errno = plan.error;
    return true;
}

static void note(char call, uint64_t inode, uint64_t offset, const char *name, const void *data, size_t data_bytes)
{
    struct record record = {
        .call = call, .inode = inode, .offset = offset, .name_bytes = strlen(name), .data_bytes = data_bytes};
    struct iovec parts[] = {
        {&record, sizeof record}, {(void *)(uintptr_t)name, record.name_bytes}, {(void *)(uintptr_t)data, data_bytes}};
    if (plan.log_fd >= 0 && writev(plan.log_fd, parts, 3) < 0)
        abort();
}

/* --- opening and closing ------------------------------------------------------------------------------------------ */

static int watch(int fd, const char *path, int flags)
{
    struct stat info;
    if (fd < 0 || fd >= MAX_FDS || fstat(fd, &info) != 0)
        return fd;
    watched[fd] = (struct watched){true, info.st_ino};
    if (S_ISDIR(info.st_mode))
        note('f', info.st_ino, 0, path, NULL, 0);
    else if ((flags & O_ACCMODE) != O_RDONLY)
        note('o', info.st_ino, (flags & O_TRUNC) != 0, path, NULL, 0);
    return fd;
}

static int open_by(int (*opening)(const char *, int, ...), const char *path, int flags, mode_t mode)
{
    if (!is_below(path))
        return opening(path, flags, mode);
    if ((flags & O_ACCMODE) != O_RDONLY && strikes('o'))
        return -1;
    return watch(opening(path, flags, mode), path, flags);
}

static mode_t mode_of(int flags, va_list arguments)
{
    return flags & O_CREAT ? va_arg(arguments, mode_t) : 0;
}

#define OPENING(name)                                                                                                  \
    __attribute__((visibility("default"))) int name(const char *path, int flags, ...)                                  \
    {                                                                                                                  \
        va_list arguments;                                                                                             \
        va_start(arguments, flags);                                                                                    \
        mode_t mode = mode_of(flags, arguments);                                                                       \
        va_end(arguments);                                                                                             \
        return open_by(REAL(name), path, flags, mode);                                                                 \
    }
OPENING(open)
OPENING(open64)

/* The whole path of `name` in an open folder; false when it cannot be told. */
static bool path_at(char path[PATH_MAX], int folder, const char *name)
{
    char link[sizeof "/proc/self/fd/" + 10];
    char place[PATH_MAX / 2];
    if (folder == AT_FDCWD || name[0] == '/')
        return snprintf(path, PATH_MAX, "%s", name) < PATH_MAX;
    snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
    ssize_t len = readlink(link, place, sizeof place);
    return len > 0 && snprintf(path, PATH_MAX, "%.*s/%s", (int)len, place, name) < PATH_MAX;
}

#define OPENING_AT(name, whole)                                                                                        \
    __attribute__((visibility("default"))) int name(int folder, const char *file, int flags, ...)                      \
    {                                                                                                                  \
        char path[PATH_MAX];                                                                                           \
        va_list arguments;                                                                                             \
        va_start(arguments, flags);                                                                                    \
        mode_t mode = mode_of(flags, arguments);                                                                       \
        va_end(arguments);                                                                                             \
        return plan.counter && path_at(path, folder, file) ? open_by(REAL(whole), path, flags, mode)                   \
                                                           : REAL(name)(folder, file, flags, mode);                    \
    }
OPENING_AT(openat, open)
OPENING_AT(openat64, open64)

__attribute__((visibility("default"))) int close(int fd)
{
    if (is_watched(fd))
        watched[fd].is_watched = false;
    return REAL(close)(fd);
}

/* --- what is in files -----------------------------------------------------------------------------------------------
 */

__attribute__((visibility("default"))) ssize_t write(int fd, const void *bytes, size_t len)
{
    if (is_watched(fd) && strikes('w'))
        return -1;
    off_t offset = is_watched(fd) ? lseek(fd, 0, SEEK_CUR) : 0;
    ssize_t written = REAL(write)(fd, bytes, len);
    if (is_watched(fd) && written > 0)
        note('w', watched[fd].inode, (uint64_t)offset, "", bytes, (size_t)written);
    return written;
}

#define WRITING(name, offset_type)                                                                                     \
    __attribute__((visibility("default"))) ssize_t name(int fd, const void *bytes, size_t len, offset_type offset)     \
    {                                                                                                                  \
        if (is_watched(fd) && strikes('w'))                                                                            \
            return -1;                                                                                                 \
        ssize_t written = REAL(name)(fd, bytes, len, offset);                                                          \
        if (is_watched(fd) && written > 0)                                                                             \
            note('w', watched[fd].inode, (uint64_t)offset, "", bytes, (size_t)written);                                \
        return written;                                                                                                \
    }
WRITING(pwrite, off_t)
WRITING(pwrite64, off64_t)

#define READING(name, offset_type)                                                                                     \
    __attribute__((visibility("default"))) ssize_t name(int fd, void *bytes, size_t len, offset_type offset)           \
    {                                                                                                                  \
        return is_watched(fd) && strikes('g') ? -1 : REAL(name)(fd, bytes, len, offset);                               \
    }
READING(pread, off_t)
READING(pread64, off64_t)

__attribute__((visibility("default"))) ssize_t read(int fd, void *bytes, size_t len)
{
    return is_watched(fd) && strikes('g') ? -1 : REAL(read)(fd, bytes, len);
}

#define TRUNCATING(name, offset_type)                                                                                  \
    __attribute__((visibility("default"))) int name(int fd, offset_type size)                                          \
    {                                                                                                                  \
        if (is_watched(fd) && strikes('w'))                                                                            \
            return -1;                                                                                                 \
        if (is_watched(fd))                                                                                            \
            note('t', watched[fd].inode, (uint64_t)size, "", NULL, 0);                                                 \
        return REAL(name)(fd, size);                                                                                   \
    }
TRUNCATING(ftruncate, off_t)
TRUNCATING(ftruncate64, off64_t)

#define SYNCING(name)                                                                                                  \
    __attribute__((visibility("default"))) int name(int fd)                                                            \
    {                                                                                                                  \
        if (is_watched(fd) && strikes('s'))                                                                            \
            return -1;                                                                                                 \
        int result = REAL(name)(fd);                                                                                   \
        if (is_watched(fd) && result == 0)                                                                             \
            note('s', watched[fd].inode, 0, "", NULL, 0);                                                              \
        return result;                                                                                                 \
    }
SYNCING(fsync)
SYNCING(fdatasync)

/* --- names ----------------------------------------------------------------------------------------------------------
 */

__attribute__((visibility("default"))) int rename(const char *from, const char *to)
{
    bool below = is_below(from) || is_below(to);
    if (below && strikes('r'))
        return -1;
    int result = REAL(rename)(from, to);
    if (below && result == 0)
        note('r', 0, 0, from, to, strlen(to));
    return result;
}

__attribute__((visibility("default"))) int renameat(int from_folder, const char *from, int to_folder, const char *to)
{
    char old[PATH_MAX];
    char new[PATH_MAX];
    return plan.counter && path_at(old, from_folder, from) && path_at(new, to_folder, to)
               ? rename(old, new)
               : REAL(renameat)(from_folder, from, to_folder, to);
}

#define REMOVING(name, call)                                                                                           \
    __attribute__((visibility("default"))) int name(const char *path)                                                  \
    {                                                                                                                  \
        if (is_below(path) && strikes('r'))                                                                            \
            return -1;                                                                                                 \
        int result = REAL(name)(path);                                                                                 \
        if (is_below(path) && result == 0)                                                                             \
            note(call, 0, 0, path, NULL, 0);                                                                           \
        return result;                                                                                                 \
    }
REMOVING(unlink, 'u')
REMOVING(rmdir, 'd')

__attribute__((visibility("default"))) int mkdir(const char *path, mode_t mode)
{
    if (is_below(path) && strikes('r'))
        return -1;
    int result = REAL(mkdir)(path, mode);
    if (is_below(path) && result == 0)
        note('m', 0, 0, path, NULL, 0);
    return result;
}

__attribute__((visibility("default"))) int unlinkat(int folder, const char *name, int flags)
{
    char path[PATH_MAX];
    if (!plan.counter || !path_at(path, folder, name))
        return REAL(unlinkat)(folder, name, flags);
    return flags & AT_REMOVEDIR ? rmdir(path) : unlink(path);
}

#include "child.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/pidfd.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/words.h"
#include "confine.h"

enum {
    MAX_OPEN_FILES = 32,        /* a converter opens its libraries, its input and some fonts */
    READ_BYTES = 64 * 1024,     /* a pipe holds that much */
    EXIT_CANNOT_EXECUTE = 127,  /* as shells say it */
    LOWEST_FORBIDDEN_FD = 3,    /* all but the three standard ones */
    HIGHEST_FD_TO_CLOSE = 65536 /* when the kernel has no close_range */
};

static const char default_path[] = "/usr/local/bin:/usr/bin:/bin";
static char *const child_environment[] = {"LC_ALL=C.UTF-8", "OMP_THREAD_LIMIT=1", "PATH=/usr/local/bin:/usr/bin:/bin",
                                          NULL};

/* The ends of the pipes and the child, as the parent holds them. */
struct running {
    pid_t pid;
    int output_fd;
    int diagnostics_fd;
    int64_t deadline_ms;
};

/* What the child needs between fork and exec, prepared before: afterwards only async-signal-safe calls are allowed. */
struct plan {
    const char *program;
    const char *const *arguments;
    const struct child_limits *limits;
    pid_t parent;
    int fds[3];
    sigset_t signals;
};

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void close_fd(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

/* The program's path in `path` (as PATH is written); false when there is none. */
static bool find_program(struct buffer *path, const char *name)
{
    const char *search = getenv("PATH");
    struct slice rest = slice_of(search && *search ? search : default_path);
    while (rest.len > 0) {
        size_t end = slice_find_byte(rest, ':', 0);
        struct slice folder = slice_range(rest, 0, end == SLICE_NONE ? rest.len : end);
        rest = slice_skip(rest, folder.len + 1);
        if (folder.len == 0 || folder.bytes[0] != '/')
            continue;
        buffer_clear(path);
        buffer_add_slice(path, folder);
        buffer_add_byte(path, '/');
        buffer_add_string(path, name);
        if (access(path->bytes, X_OK) == 0)
            return true;
    }
    return false;
}

static bool write_all(int fd, struct slice bytes)
{
    while (bytes.len > 0) {
        ssize_t written = write(fd, bytes.bytes, bytes.len);
        if (written < 0 && errno != EINTR)
            return false;
        if (written > 0)
            bytes = slice_skip(bytes, (size_t)written);
    }
    return true;
}

/* A file in memory that holds `input` and that nobody can change any more; -1 and errno on failure. */
static int open_input(struct slice input)
{
    int fd = memfd_create("input", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (fd < 0)
        return -1;
    if (write_all(fd, input) && lseek(fd, 0, SEEK_SET) == 0 &&
        fcntl(fd, F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_GROW | F_SEAL_SHRINK | F_SEAL_SEAL) == 0)
        return fd;
    close_fd(&fd);
    return -1;
}

static bool limit_resources(const struct child_limits *limits)
{
    return confine_resource(RLIMIT_CPU, limits->cpu_s, limits->cpu_s + 1) &&
           confine_resource(RLIMIT_AS, limits->memory_bytes, limits->memory_bytes) &&
           confine_resource(RLIMIT_FSIZE, 0, 0) && confine_resource(RLIMIT_NOFILE, MAX_OPEN_FILES, MAX_OPEN_FILES) &&
           confine_resource(RLIMIT_CORE, 0, 0);
}

/* The indexer ignores and handles signals for its own ends; a program expects the defaults. */
static void reset_signals(const sigset_t *none)
{
    struct sigaction standard = {.sa_handler = SIG_DFL};
    for (int number = 1; number < NSIG; number++)
        sigaction(number, &standard, NULL); /* fails for SIGKILL and SIGSTOP, as it should */
    sigprocmask(SIG_SETMASK, none, NULL);
}

static void close_other_files(void)
{
    if (close_range(LOWEST_FORBIDDEN_FD, ~0U, 0) == 0)
        return;
    for (int fd = LOWEST_FORBIDDEN_FD; fd < HIGHEST_FD_TO_CLOSE; fd++)
        close(fd);
}

/* Put the three files in the places 0, 1 and 2. They lie above those places already (see lift_fd). */
static void place_files(const int fds[3])
{
    for (int place = 0; place < 3; place++)
        if (dup2(fds[place], place) != place)
            _exit(EXIT_CANNOT_EXECUTE);
}

static void __attribute__((noreturn)) become_program(const struct plan *plan)
{
    setpgid(0, 0);
    place_files(plan->fds);
    close_other_files();
    if (chdir("/") != 0)
        _exit(EXIT_CANNOT_EXECUTE);
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        _exit(EXIT_CANNOT_EXECUTE);
    /* The parent may have died before. */
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || getppid() != plan->parent)
        _exit(EXIT_CANNOT_EXECUTE);
    if (!limit_resources(plan->limits))
        _exit(EXIT_CANNOT_EXECUTE);
    reset_signals(&plan->signals);
    execve(plan->program, (char *const *)plan->arguments, child_environment);
    _exit(EXIT_CANNOT_EXECUTE);
}

/* Move a descriptor above the standard ones, so that placing one of them cannot close another. */
static bool lift_fd(int *fd)
{
    if (*fd >= LOWEST_FORBIDDEN_FD)
        return true;
    int lifted = fcntl(*fd, F_DUPFD_CLOEXEC, LOWEST_FORBIDDEN_FD);
    close_fd(fd);
    *fd = lifted;
    return lifted >= 0;
}

/* A pipe whose reading end does not block. */
static bool open_pipe(int *read_fd, int *write_fd)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0)
        return false;
    *read_fd = ends[0];
    *write_fd = ends[1];
    return lift_fd(read_fd) && lift_fd(write_fd) && fcntl(*read_fd, F_SETFL, O_NONBLOCK) == 0;
}

/* Fork with all signals held back, so that no handler of ours runs in the child. */
static pid_t fork_program(struct plan *plan)
{
    sigset_t all, before;
    sigfillset(&all);
    sigemptyset(&plan->signals);
    plan->parent = getpid();
    pthread_sigmask(SIG_SETMASK, &all, &before);
    pid_t pid = fork();
    if (pid == 0)
        become_program(plan);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (pid > 0)
        setpgid(pid, pid); /* both sides do it, so that the group is there whoever runs first */
    return pid;
}

static bool start(struct running *child, struct plan *plan, struct slice input)
{
    int *fds = plan->fds;
    fds[0] = open_input(input);
    bool ready = fds[0] >= 0 && lift_fd(&fds[0]) && open_pipe(&child->output_fd, &fds[1]) &&
                 open_pipe(&child->diagnostics_fd, &fds[2]);
    child->pid = ready ? fork_program(plan) : -1;
    int reason = errno;
    for (int i = 0; i < 3; i++)
        close_fd(&fds[i]);
    errno = reason;
    return child->pid > 0;
}

/* Append what the pipe holds, at most up to `limit` bytes in all; the rest is read and dropped. Closes the pipe at its
 * end. Returns false once more than the limit came. */
static bool drain(int *fd, struct buffer *into, size_t limit)
{
    char chunk[READ_BYTES];
    ssize_t got = read(*fd, chunk, sizeof chunk);
    if (got == 0 || (got < 0 && errno != EAGAIN && errno != EINTR))
        close_fd(fd);
    if (got <= 0)
        return true;
    size_t room = limit - into->len;
    buffer_add(into, chunk, (size_t)got < room ? (size_t)got : room);
    return (size_t)got <= room;
}

/* Read both pipes until they end or a limit is passed; CHILD_EXITED when neither limit was. */
static enum child_end read_output(struct running *child, struct child_result *result, size_t output_limit)
{
    while (child->output_fd >= 0 || child->diagnostics_fd >= 0) {
        int64_t left_ms = child->deadline_ms - now_ms();
        if (left_ms <= 0)
            return CHILD_TIMEOUT;
        struct pollfd pipes[] = {{.fd = child->output_fd, .events = POLLIN},
                                 {.fd = child->diagnostics_fd, .events = POLLIN}};
        if (poll(pipes, 2, (int)left_ms) <= 0)
            continue;
        if (pipes[0].revents && !drain(&child->output_fd, &result->output, output_limit))
            return CHILD_TOO_MUCH_OUTPUT;
        if (pipes[1].revents)
            drain(&child->diagnostics_fd, &result->diagnostics, CHILD_DIAGNOSTICS_BYTES);
    }
    return CHILD_EXITED;
}

/* Wait for a child that has closed its output, as long as it may still take. */
static bool ends_in_time(const struct running *child)
{
    int handle = pidfd_open(child->pid, 0);
    if (handle < 0)
        return false;
    struct pollfd polled = {.fd = handle, .events = POLLIN};
    int outcome;
    do {
        int64_t left_ms = child->deadline_ms - now_ms();
        outcome = poll(&polled, 1, left_ms > 0 ? (int)left_ms : 0);
    } while (outcome < 0 && errno == EINTR);
    close(handle);
    return outcome > 0;
}

/* Kill what is left of the group, then take the child's status. */
static void reap(const struct running *child, struct child_result *result)
{
    int status = 0;
    kill(-child->pid, SIGKILL);
    while (waitpid(child->pid, &status, 0) < 0 && errno == EINTR)
        ;
    if (result->end != CHILD_EXITED)
        return;
    if (WIFSIGNALED(status)) {
        result->code = WTERMSIG(status);
        result->end = result->code == SIGXCPU ? CHILD_TIMEOUT : CHILD_KILLED;
    } else {
        result->code = WEXITSTATUS(status);
    }
}

static enum delib_status fail_to_start(struct child_result *result, const char *name, struct delib_error *error)
{
    result->end = CHILD_NOT_STARTED;
    return delib_fail(error, DELIB_IO, _("cannot start %s: %s"), name, strerror(errno));
}

enum delib_status child_run(struct child_result *result, const char *const arguments[], struct slice input,
                            const struct child_limits *limits, struct delib_error *error)
{
    enum delib_status status = DELIB_OK;
    struct buffer path = {0};
    struct running child = {.output_fd = -1, .diagnostics_fd = -1};
    if (!find_program(&path, arguments[0])) {
        result->end = CHILD_NOT_FOUND;
        goto out;
    }
    struct plan plan = {.program = path.bytes, .arguments = arguments, .limits = limits, .fds = {-1, -1, -1}};
    if (!start(&child, &plan, input)) {
        status = fail_to_start(result, arguments[0], error);
        goto out;
    }
    child.deadline_ms = now_ms() + limits->wall_ms;
    result->end = read_output(&child, result, limits->output_bytes);
    if (result->end == CHILD_EXITED && !ends_in_time(&child))
        result->end = CHILD_TIMEOUT;
    reap(&child, result);
out:
    close_fd(&child.output_fd);
    close_fd(&child.diagnostics_fd);
    buffer_free(&path);
    return status;
}

void child_result_free(struct child_result *result)
{
    buffer_free(&result->output);
    buffer_free(&result->diagnostics);
}

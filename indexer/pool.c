#include "pool.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/words.h"
#include "confine.h"

enum {
    READ_BYTES = 256 * 1024,
    LENGTH_BYTES = 8,      /* before each message, in the order of this machine */
    CHILD_FILES = 64,      /* what a child may hold open: its socket, a document, pipes to a converter, libraries */
    EXIT_NO_MEMORY = 71,   /* how a child says that it wanted more than it may have (memory.h) */
    EXIT_CANNOT_SERVE = 70 /* what should never be: the system took its socket or refused its limits */
};

/* A child may write into files in memory only, for converters; this bounds those. */
#define CHILD_FILE_BYTES ((rlim_t)512 << 20)

struct child_process {
    pid_t pid; /* 0: not started */
    int socket;
    struct pool_job *job; /* NULL: idle */
    int64_t deadline_ms;
    struct buffer incoming; /* of the reply, with its length before it */
};

struct pool {
    pool_serve *serve;
    struct pool_limits limits;
    size_t count;
    struct child_process children[];
};

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* --- messages ------------------------------------------------------------------------------------------------- */

static bool send_all(int socket, struct slice bytes)
{
    while (bytes.len > 0) {
        ssize_t sent = send(socket, bytes.bytes, bytes.len, MSG_NOSIGNAL);
        if (sent < 0 && errno != EINTR)
            return false;
        if (sent > 0)
            bytes = slice_skip(bytes, (size_t)sent);
    }
    return true;
}

static bool receive_all(int socket, char *bytes, size_t len)
{
    while (len > 0) {
        ssize_t got = recv(socket, bytes, len, 0);
        if (got == 0 || (got < 0 && errno != EINTR))
            return false;
        if (got > 0) {
            bytes += got;
            len -= (size_t)got;
        }
    }
    return true;
}

/* Room for one file descriptor beside a message, aligned as the system wants it. */
union carrier {
    struct cmsghdr header;
    char bytes[CMSG_SPACE(sizeof(int))];
};

/* The length goes first and takes the open file with it. */
static bool send_request(int socket, struct slice request, int file)
{
    uint64_t len = request.len;
    union carrier carrier = {0};
    struct iovec part = {.iov_base = &len, .iov_len = LENGTH_BYTES};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
    if (file >= 0) {
        message.msg_control = &carrier;
        message.msg_controllen = sizeof carrier;
        struct cmsghdr *header = CMSG_FIRSTHDR(&message);
        header->cmsg_level = SOL_SOCKET;
        header->cmsg_type = SCM_RIGHTS;
        header->cmsg_len = CMSG_LEN(sizeof file);
        memcpy(CMSG_DATA(header), &file, sizeof file);
    }
    ssize_t sent;
    do
        sent = sendmsg(socket, &message, MSG_NOSIGNAL);
    while (sent < 0 && errno == EINTR);
    return sent == LENGTH_BYTES && send_all(socket, request);
}

/* False when the parent has closed its end. */
static bool receive_request(int socket, struct buffer *request, int *file)
{
    uint64_t len = 0;
    union carrier carrier = {0};
    struct iovec part = {.iov_base = &len, .iov_len = LENGTH_BYTES};
    struct msghdr message = {
        .msg_iov = &part, .msg_iovlen = 1, .msg_control = &carrier, .msg_controllen = sizeof carrier};
    ssize_t got;
    do
        got = recvmsg(socket, &message, MSG_CMSG_CLOEXEC | MSG_WAITALL);
    while (got < 0 && errno == EINTR);
    const struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    *file = -1;
    if (got != LENGTH_BYTES)
        return false;
    if (header && header->cmsg_type == SCM_RIGHTS)
        memcpy(file, CMSG_DATA(header), sizeof *file);
    buffer_clear(request);
    buffer_reserve(request, len);
    request->len = len;
    return receive_all(socket, request->bytes, len);
}

/* --- in the child --------------------------------------------------------------------------------------------- */

static rlim_t own_size_bytes(void)
{
    unsigned long pages = 0;
    FILE *file = fopen("/proc/self/statm", "re");
    if (!file)
        return 0;
    if (fscanf(file, "%lu", &pages) != 1)
        pages = 0;
    fclose(file);
    return (rlim_t)pages * (rlim_t)sysconf(_SC_PAGESIZE);
}

static bool limit_memory(size_t memory_bytes)
{
    rlim_t limit = own_size_bytes() + memory_bytes;
    return confine_resource(RLIMIT_AS, limit, limit);
}

/* The limit counts from the child's start, so it moves on with each request. */
static void limit_cpu(unsigned cpu_s)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    rlim_t used = (rlim_t)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec);
    confine_resource(RLIMIT_CPU, used + cpu_s + 1, RLIM_INFINITY); /* wall_ms bounds it in any case */
}

/* Standard input and output lead nowhere; errors stay, for what a sanitizer has to say. A child of a child has them so
 * already, and may open nothing for writing (confine.h). */
static void close_files(int socket)
{
    int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    bool is_done = null < 0 && errno == EACCES;
    if (!is_done && (null < 0 || dup2(null, STDIN_FILENO) < 0 || dup2(null, STDOUT_FILENO) < 0))
        _exit(EXIT_CANNOT_SERVE);
    if (socket > STDERR_FILENO + 1)
        close_range(STDERR_FILENO + 1, (unsigned)socket - 1, 0);
    close_range((unsigned)socket + 1, ~0U, 0);
}

static void reset_signals(void)
{
    struct sigaction standard = {.sa_handler = SIG_DFL};
    sigset_t none;
    for (int number = 1; number < NSIG; number++)
        sigaction(number, &standard, NULL);
    signal(SIGINT, SIG_IGN); /* the parent decides */
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

static bool confine(const struct pool_limits *limits, pid_t parent)
{
    return confine_resource(RLIMIT_FSIZE, CHILD_FILE_BYTES, CHILD_FILE_BYTES) &&
           confine_resource(RLIMIT_NOFILE, CHILD_FILES, CHILD_FILES) && confine_resource(RLIMIT_CORE, 0, 0) &&
           limit_memory(limits->memory_bytes) && confine_process(parent);
}

static bool ready_to_write(pid_t parent)
{
    signal(SIGXFSZ, SIG_IGN); /* a full quota is an error of a write, not a death */
    return prctl(PR_SET_PDEATHSIG, SIGKILL) == 0 && getppid() == parent;
}

static void __attribute__((noreturn)) serve_until_closed(const struct pool *pool, int socket, pid_t parent)
{
    struct buffer request = {0};
    struct buffer reply = {0};
    int file;
    setpgid(0, 0);
    reset_signals();
    close_files(socket);
    memory_set_exit(NULL, EXIT_NO_MEMORY);
    if (pool->limits.is_writer ? !ready_to_write(parent) : !confine(&pool->limits, parent))
        _exit(EXIT_CANNOT_SERVE);
    while (receive_request(socket, &request, &file)) {
        limit_cpu(pool->limits.cpu_s);
        buffer_clear(&reply);
        pool->serve(&reply, buffer_get(&request), file);
        if (file >= 0)
            close(file);
        uint64_t len = reply.len;
        if (!send_all(socket, (struct slice){(const char *)&len, LENGTH_BYTES}) ||
            !send_all(socket, buffer_get(&reply)))
            break;
    }
    _exit(EXIT_SUCCESS);
}

/* --- in the parent -------------------------------------------------------------------------------------------- */

struct pool *pool_new(size_t children, pool_serve *serve, const struct pool_limits *limits)
{
    struct pool *pool = memory_alloc(sizeof *pool + children * sizeof pool->children[0]);
    pool->serve = serve;
    pool->limits = *limits;
    pool->count = children;
    return pool;
}

static enum delib_status start(struct pool *pool, struct child_process *child, struct delib_error *error)
{
    int ends[2];
    sigset_t all;
    sigset_t before;
    pid_t self = getpid();
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
        return delib_fail(error, DELIB_IO, _("cannot start a reader: %s"), strerror(errno));
    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, &before); /* no handler of ours runs in the child */
    child->pid = fork();
    if (child->pid == 0)
        serve_until_closed(pool, ends[1], self);
    int reason = errno;
    sigprocmask(SIG_SETMASK, &before, NULL);
    close(ends[1]);
    if (child->pid < 0) {
        child->pid = 0;
        close(ends[0]);
        return delib_fail(error, DELIB_IO, _("cannot start a reader: %s"), strerror(reason));
    }
    setpgid(child->pid, child->pid); /* both sides do it, so that the group is there whoever runs first */
    child->socket = ends[0];
    return DELIB_OK;
}

/* End the child and all that it started; how it ended by itself, if it did. */
static int stop(struct child_process *child)
{
    int status = 0;
    close(child->socket);
    kill(-child->pid, SIGKILL);
    while (waitpid(child->pid, &status, 0) < 0 && errno == EINTR)
        ;
    child->pid = 0;
    return status;
}

void pool_free(struct pool *pool)
{
    if (!pool)
        return;
    for (size_t i = 0; i < pool->count; i++) {
        if (pool->children[i].pid)
            stop(&pool->children[i]);
        buffer_free(&pool->children[i].incoming);
    }
    free(pool);
}

bool pool_has_room(const struct pool *pool)
{
    for (size_t i = 0; i < pool->count; i++)
        if (!pool->children[i].job)
            return true;
    return false;
}

/* An idle child, a running one before one to be started. */
static struct child_process *idle_child(struct pool *pool)
{
    struct child_process *found = NULL;
    for (size_t i = 0; i < pool->count; i++)
        if (!pool->children[i].job && (!found || (!found->pid && pool->children[i].pid)))
            found = &pool->children[i];
    return found;
}

enum delib_status pool_submit(struct pool *pool, struct pool_job *job, struct slice request, int file,
                              struct delib_error *error)
{
    struct child_process *child = idle_child(pool);
    bool is_new = !child->pid;
    enum delib_status status = is_new ? start(pool, child, error) : DELIB_OK;
    if (status != DELIB_OK)
        return status;
    if (!send_request(child->socket, request, file)) { /* it died idle: somebody killed it */
        int reason = errno;
        stop(child);
        if (is_new)
            return delib_fail(error, DELIB_IO, _("cannot start a reader: %s"), strerror(reason));
        return pool_submit(pool, job, request, file, error);
    }
    job->end = POOL_WAITING;
    child->job = job;
    child->deadline_ms = now_ms() + pool->limits.wall_ms;
    buffer_clear(&child->incoming);
    return DELIB_OK;
}

static void end_job(struct child_process *child, enum pool_end end, int code)
{
    child->job->end = end;
    child->job->code = code;
    child->job = NULL;
}

/* A child that closed its end has died, or is about to. */
static void end_dead(struct child_process *child)
{
    int status;
    while (waitpid(child->pid, &status, 0) < 0 && errno == EINTR)
        ;
    kill(-child->pid, SIGKILL);
    close(child->socket);
    child->pid = 0;
    if (WIFSIGNALED(status))
        end_job(child, WTERMSIG(status) == SIGXCPU ? POOL_TIMEOUT : POOL_CRASHED, WTERMSIG(status));
    else
        end_job(child, WEXITSTATUS(status) == EXIT_NO_MEMORY ? POOL_OUT_OF_MEMORY : POOL_CRASHED, 0);
}

static void kill_busy(struct child_process *child, enum pool_end end)
{
    stop(child);
    end_job(child, end, 0);
}

/* The length of the reply, once that has come. */
static bool reply_length(const struct child_process *child, uint64_t *len)
{
    if (child->incoming.len < LENGTH_BYTES)
        return false;
    memcpy(len, child->incoming.bytes, LENGTH_BYTES);
    return true;
}

static void receive(struct pool *pool, struct child_process *child)
{
    uint64_t len;
    if (child->incoming.len == 0) /* it has done its work, however long its answer was left lying here */
        child->deadline_ms = now_ms() + pool->limits.wall_ms;
    buffer_reserve(&child->incoming, READ_BYTES);
    ssize_t got = recv(child->socket, child->incoming.bytes + child->incoming.len, READ_BYTES, MSG_DONTWAIT);
    if (got < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (got <= 0) {
        end_dead(child);
        return;
    }
    child->incoming.len += (size_t)got;
    if (!reply_length(child, &len))
        return;
    if (len > pool->limits.reply_bytes) {
        kill_busy(child, POOL_REPLY_TOO_BIG);
    } else if (child->incoming.len - LENGTH_BYTES >= len) {
        buffer_add_slice(&child->job->reply,
                         slice_range(buffer_get(&child->incoming), LENGTH_BYTES, LENGTH_BYTES + len));
        end_job(child, POOL_DONE, 0);
    }
}

/* When the next child must be done; at most `count` busy children are listed in `polled`, `busy` tells which. */
static size_t list_busy(struct pool *pool, struct pollfd *polled, struct child_process **busy, int64_t *first_ms)
{
    size_t count = 0;
    for (size_t i = 0; i < pool->count; i++) {
        struct child_process *child = &pool->children[i];
        if (!child->job)
            continue;
        if (count == 0 || child->deadline_ms < *first_ms)
            *first_ms = child->deadline_ms;
        polled[count] = (struct pollfd){.fd = child->socket, .events = POLLIN};
        busy[count++] = child;
    }
    return count;
}

void pool_wait(struct pool *pool)
{
    struct pollfd polled[POOL_MAX_CHILDREN];
    struct child_process *busy[POOL_MAX_CHILDREN];
    bool ended = false;
    while (!ended) {
        int64_t first_ms = 0;
        size_t count = list_busy(pool, polled, busy, &first_ms);
        int64_t left_ms = first_ms - now_ms();
        if (count == 0 || (poll(polled, count, left_ms > 0 ? (int)left_ms : 0) < 0 && errno == EINTR))
            return;
        for (size_t i = 0; i < count; i++) {
            if (polled[i].revents)
                receive(pool, busy[i]);
            else if (busy[i]->deadline_ms <= now_ms())
                kill_busy(busy[i], POOL_TIMEOUT);
            ended |= !busy[i]->job;
        }
    }
}

void pool_end_words(const char **reason, const char **detail, struct arena *arena, const struct pool_job *job,
                    const struct pool_limits *limits)
{
    *reason = *detail = "";
    switch (job->end) {
    case POOL_DONE:
        break;
    case POOL_WAITING: /* not ended: the caller's mistake */
    case POOL_CRASHED:
        *reason = "crashed";
        *detail = arena_printf(arena, _("its reader crashed (signal %d)"), job->code);
        break;
    case POOL_OUT_OF_MEMORY:
        *reason = "too-big";
        *detail = arena_printf(arena, _("takes more than %zu MiB to read"), limits->memory_bytes >> 20);
        break;
    case POOL_TIMEOUT:
        *reason = "timeout";
        *detail = arena_printf(arena, _("takes longer than %u s to read"), limits->wall_ms / 1000);
        break;
    case POOL_REPLY_TOO_BIG:
        *reason = "too-big";
        *detail = arena_printf(arena, _("holds more than %zu MiB of text"), limits->reply_bytes >> 20);
        break;
    }
}

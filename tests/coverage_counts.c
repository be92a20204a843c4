/* Linked into the programs of the coverage build alone: lets the processes that read outside bytes leave their counts.
 *
 * They end by _exit, are killed once nobody listens to them any more, and may open nothing for writing; each of these
 * would lose what they ran. So here _exit writes the counts first, a kill gives the process a moment to end by itself,
 * and the filter of system calls is built without its rules on open(). Everything else is as in other builds. */
#include <fcntl.h>
#include <seccomp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdnoreturn.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <gcov.h>

enum {
    PATIENCE_MS = 2000, /* many times what writing the counts takes */
    STEP_MS = 2
};

noreturn void __real__exit(int code);
noreturn void __wrap__exit(int code);
int __real_kill(pid_t pid, int number);
int __wrap_kill(pid_t pid, int number);
int __real_setrlimit(__rlimit_resource_t resource, const struct rlimit *limit);
int __wrap_setrlimit(__rlimit_resource_t resource, const struct rlimit *limit);
int __wrap_seccomp_rule_add(scmp_filter_ctx filter, uint32_t action, int call, unsigned arguments, ...);
int __wrap___gcov_execve(const char *path, char *const arguments[], char *const environment[]);

void __wrap__exit(int code)
{
    __gcov_dump();
    __real__exit(code);
}

/* The group of a process of ours: of a reader whose socket was closed, so that it ends. */
int __wrap_kill(pid_t pid, int number)
{
    const struct timespec step = {.tv_nsec = STEP_MS * 1000000L};
    siginfo_t ended = {0};
    for (int waited_ms = 0; number == SIGKILL && pid < -1 && waited_ms < PATIENCE_MS; waited_ms += STEP_MS) {
        if (waitid(P_PID, (id_t)-pid, &ended, WEXITED | WNOHANG | WNOWAIT) != 0 || ended.si_pid != 0)
            break;
        nanosleep(&step, NULL);
    }
    return __real_kill(pid, number);
}

/* The last moment at which a process that is about to become another program can write a file. */
int __wrap_setrlimit(__rlimit_resource_t resource, const struct rlimit *limit)
{
    if (resource == RLIMIT_FSIZE && limit->rlim_cur == 0) {
        __gcov_dump();
        __gcov_reset();
    }
    return __real_setrlimit(resource, limit);
}

/* gcc puts this in the place of execve, to write the counts. */
int __wrap___gcov_execve(const char *path, char *const arguments[], char *const environment[])
{
    return (int)syscall(SYS_execve, path, arguments, environment);
}

/* Counts are written to files that are opened with O_RDWR; O_WRONLY is refused as in other builds. */
int __wrap_seccomp_rule_add(scmp_filter_ctx filter, uint32_t action, int call, unsigned arguments, ...)
{
    struct scmp_arg_cmp argument = {0};
    va_list list;
    va_start(list, arguments);
    if (arguments > 0)
        argument = va_arg(list, struct scmp_arg_cmp);
    va_end(list);
    if (arguments > 0 && argument.datum_b == O_RDWR)
        return 0;
    return seccomp_rule_add_array(filter, action, call, arguments > 0, &argument);
}

#include "confine.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <seccomp.h>
#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

/* Answered with EACCES, so that a library that tries one of them goes on without. */
static const int forbidden_calls[] = {
    /* the network */
    SCMP_SYS(socket), SCMP_SYS(connect), SCMP_SYS(bind), SCMP_SYS(listen), SCMP_SYS(io_uring_setup),
    /* files */
    SCMP_SYS(creat), SCMP_SYS(unlink), SCMP_SYS(unlinkat), SCMP_SYS(rename), SCMP_SYS(renameat), SCMP_SYS(renameat2),
    SCMP_SYS(link), SCMP_SYS(linkat), SCMP_SYS(symlink), SCMP_SYS(symlinkat), SCMP_SYS(mkdir), SCMP_SYS(mkdirat),
    SCMP_SYS(rmdir), SCMP_SYS(mknod), SCMP_SYS(mknodat), SCMP_SYS(truncate), SCMP_SYS(chmod), SCMP_SYS(fchmodat),
    SCMP_SYS(chown), SCMP_SYS(lchown), SCMP_SYS(fchownat), SCMP_SYS(utimensat), SCMP_SYS(setxattr), SCMP_SYS(mount),
    /* other processes and the kernel */
    SCMP_SYS(ptrace), SCMP_SYS(process_vm_readv), SCMP_SYS(process_vm_writev), SCMP_SYS(bpf), SCMP_SYS(keyctl),
    SCMP_SYS(perf_event_open), SCMP_SYS(userfaultfd)};

/* To open a file for writing; the flags are the argument `place`. */
static bool forbid_writing(scmp_filter_ctx filter, int call, unsigned place)
{
    const scmp_datum_t writing[] = {O_WRONLY, O_RDWR};
    for (size_t i = 0; i < sizeof writing / sizeof *writing; i++)
        if (seccomp_rule_add(filter, SCMP_ACT_ERRNO(EACCES), call, 1,
                             SCMP_CMP(place, SCMP_CMP_MASKED_EQ, O_ACCMODE, writing[i])) != 0)
            return false;
    return true;
}

static bool filter_calls(void)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
    if (!filter)
        return false;
    bool ready = forbid_writing(filter, SCMP_SYS(open), 1) && forbid_writing(filter, SCMP_SYS(openat), 2) &&
                 /* its flags lie in memory, where a filter cannot look; libraries fall back to openat */
                 seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(openat2), 0) == 0;
    for (size_t i = 0; ready && i < sizeof forbidden_calls / sizeof *forbidden_calls; i++)
        ready = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EACCES), forbidden_calls[i], 0) == 0;
    ready = ready && seccomp_load(filter) == 0;
    seccomp_release(filter);
    return ready;
}

bool confine_process(pid_t parent)
{
    /* Best effort, beside the filter: many containers forbid it. */
    (void)!unshare(CLONE_NEWUSER | CLONE_NEWNET);
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return false;
    /* After unshare, which forgets it; the parent may have died before. */
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || getppid() != parent)
        return false;
    (void)!filter_calls();
    return true;
}

static rlim_t lower(rlim_t a, rlim_t b)
{
    return a < b ? a : b; /* RLIM_INFINITY is the largest */
}

bool confine_resource(__rlimit_resource_t resource, rlim_t soft, rlim_t hard)
{
    struct rlimit limit;
    if (getrlimit(resource, &limit) != 0)
        return false;
    limit.rlim_max = lower(limit.rlim_max, hard);
    limit.rlim_cur = lower(soft, limit.rlim_max);
    return setrlimit(resource, &limit) == 0;
}

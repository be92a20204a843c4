#include "base/syscalls.h"

#include <errno.h>
#include <fcntl.h>
#include <seccomp.h>
#include <stddef.h>
#include <stdint.h>

/* Answered with EACCES, so that a library that tries one of them goes on without. */
static const int forbidden_calls[] = {
    /* the network */
    SCMP_SYS(bind), SCMP_SYS(listen), SCMP_SYS(io_uring_setup),
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

static bool forbid(scmp_filter_ctx filter, int call, int answer)
{
    return seccomp_rule_add(filter, SCMP_ACT_ERRNO((uint32_t)answer), call, 0) == 0;
}

bool syscalls_give_up(enum syscalls_kept kept)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
    if (!filter)
        return false;
    bool ready = forbid_writing(filter, SCMP_SYS(open), 1) && forbid_writing(filter, SCMP_SYS(openat), 2);
    if (kept == SYSCALLS_OF_CONVERTER) /* its flags lie in memory, where a filter cannot look; libraries fall back */
        ready = ready && forbid(filter, SCMP_SYS(openat2), ENOSYS);
    else
        ready = ready && forbid(filter, SCMP_SYS(execve), EACCES) && forbid(filter, SCMP_SYS(execveat), EACCES);
    if (kept != SYSCALLS_OF_ASKING_SERVER)
        ready = ready && forbid(filter, SCMP_SYS(socket), EACCES) && forbid(filter, SCMP_SYS(connect), EACCES);
    for (size_t i = 0; ready && i < sizeof forbidden_calls / sizeof *forbidden_calls; i++)
        ready = forbid(filter, forbidden_calls[i], EACCES);
    ready = ready && seccomp_load(filter) == 0;
    seccomp_release(filter);
    return ready;
}

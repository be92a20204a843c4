#include "confine.h"

#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "base/syscalls.h"

bool confine_process(pid_t parent)
{
    /* Best effort, beside the filter: many containers forbid it. */
    (void)!unshare(CLONE_NEWUSER | CLONE_NEWNET);
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return false;
    /* After unshare, which forgets it; the parent may have died before. */
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || getppid() != parent)
        return false;
    (void)!syscalls_give_up(SYSCALLS_OF_CONVERTER);
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

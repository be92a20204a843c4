/* System calls that a process gives up before it looks at bytes that nobody vouches for: whatever those bytes bring
 * about then, it is no connection, no file written or changed, no other process looked into. */
#ifndef DELIB_BASE_SYSCALLS_H
#define DELIB_BASE_SYSCALLS_H

#include <stdbool.h>

enum syscalls_kept {
    SYSCALLS_OF_CONVERTER, /* may start programs, which inherit what was given up */
    SYSCALLS_OF_SERVER, /* may open files beneath a folder (openat2), and answers on the socket that it has already */
    SYSCALLS_OF_ASKING_SERVER /* likewise, and may connect to machines that it asks in turn */
};

/* For good, for this process and the threads and children that it makes from now on. False where the kernel knows no
 * seccomp filters. */
bool syscalls_give_up(enum syscalls_kept kept);

#endif

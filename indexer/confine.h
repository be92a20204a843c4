/* What this process may still do, taken away before it looks at bytes that nobody vouches for: no network, no file
 * written or changed, no other process looked into, no new privileges, no life after its parent.
 *
 * There is no way back; children inherit it. Reading files and starting programs stay allowed: converters need both. */
#ifndef DELIB_INDEXER_CONFINE_H
#define DELIB_INDEXER_CONFINE_H

#include <stdbool.h>
#include <sys/resource.h>
#include <sys/types.h>

/* False when the system refuses what is always there, or when `parent` has died before. Where the kernel knows no
 * seccomp filters, those are left out. */
bool confine_process(pid_t parent);

/* Lower a limit of this process; one that is lower already stays. `hard` cannot be raised again. */
bool confine_resource(__rlimit_resource_t resource, rlim_t soft, rlim_t hard);

#endif

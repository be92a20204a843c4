/* Lets the n-th allocation of a program fail (LD_PRELOAD).
 *
 *   FAULT_COUNTER  a file of 8 bytes that keeps how many there were
 *   FAULT_AT       the allocation to refuse, from 1; 0 or none: only count
 *   FAULT_STICKY   refuse every later one as well
 *   FAULT_WHERE    "own": those that the program's own code asks for, not its libraries; "child": any, and only those
 * of processes that it forks, each counted anew */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t each);
void *__libc_realloc(void *block, size_t size);
int seccomp_load(void *filter);

static struct plan {
    uint64_t *counter; /* NULL: nothing is counted */
    uint64_t number;   /* of the last allocation here */
    uint64_t at;
    bool sticky;
    bool own;
    uintptr_t own_start;
    uintptr_t own_end;
} plan;

static uint64_t *counter_of_child;

/* The program is the first object that is listed. */
static int find_program(struct dl_phdr_info *object, size_t size, void *payload)
{
    (void)size, (void)payload;
    for (int i = 0; i < object->dlpi_phnum; i++) {
        const ElfW(Phdr) *part = &object->dlpi_phdr[i];
        if (part->p_type == PT_LOAD && part->p_flags & PF_X) {
            plan.own_start = object->dlpi_addr + part->p_vaddr;
            plan.own_end = plan.own_start + part->p_memsz;
        }
    }
    return 1;
}

static void begin_in_child(void)
{
    plan.counter = counter_of_child;
    plan.number = 0;
}

__attribute__((constructor)) static void read_plan(void)
{
    const char *path = getenv("FAULT_COUNTER");
    const char *at = getenv("FAULT_AT");
    const char *where = getenv("FAULT_WHERE");
    int fd = path ? open(path, O_RDWR | O_CLOEXEC) : -1;
    if (fd < 0)
        return;
    uint64_t *counter = mmap(NULL, sizeof *counter, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    close(fd);
    if (counter == MAP_FAILED)
        abort();
    plan.at = at ? strtoull(at, NULL, 10) : 0;
    plan.sticky = getenv("FAULT_STICKY") != NULL;
    plan.own = where && strcmp(where, "own") == 0;
    dl_iterate_phdr(find_program, NULL);
    if (where && strcmp(where, "child") == 0)
        counter_of_child = counter;
    else
        plan.counter = counter;
    pthread_atfork(NULL, NULL, begin_in_child); /* children of a parent that is struck are left alone */
}

static bool refuses(const void *caller)
{
    if (!plan.counter || (plan.own && ((uintptr_t)caller < plan.own_start || (uintptr_t)caller >= plan.own_end)))
        return false;
    plan.number++;
    if (plan.number > *plan.counter)
        *plan.counter = plan.number;
    if (plan.at == 0 || !(plan.sticky ? plan.number >= plan.at : plan.number == plan.at))
        return false;
    errno = ENOMEM;
    return true;
}

__attribute__((visibility("default"))) void *malloc(size_t size)
{
    return refuses(__builtin_return_address(0)) ? NULL : __libc_malloc(size);
}

__attribute__((visibility("default"))) void *calloc(size_t count, size_t each)
{
    return refuses(__builtin_return_address(0)) ? NULL : __libc_calloc(count, each);
}

__attribute__((visibility("default"))) void *realloc(void *block, size_t size)
{
    return refuses(__builtin_return_address(0)) ? NULL : __libc_realloc(block, size);
}

/* libseccomp 2.5.4 goes round in circles or crashes when its own memory runs out: it is spared. */
__attribute__((visibility("default"))) int seccomp_load(void *filter)
{
    int (*load)(void *) = (int (*)(void *))dlsym(RTLD_NEXT, "seccomp_load");
    uint64_t *counter = plan.counter;
    plan.counter = NULL;
    int result = load(filter);
    plan.counter = counter;
    return result;
}

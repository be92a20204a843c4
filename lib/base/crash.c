#include "base/crash.h"

#include <signal.h>
#include <stddef.h>

#include "base/memory.h"

enum { STACK_BYTES = 64 * 1024 }; /* a stack of its own: the usual one may have run over */

static const char *crash_words;

static void on_crash(int signal_number)
{
    (void)signal_number;
    memory_end(crash_words);
}

void crash_set_words(const char *words)
{
    static char stack[STACK_BYTES];
    static const int crashes[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL};
    const stack_t alternate = {.ss_sp = stack, .ss_size = sizeof stack};
    struct sigaction action = {.sa_handler = on_crash, .sa_flags = SA_ONSTACK};
    crash_words = words;
    sigemptyset(&action.sa_mask);
    sigaltstack(&alternate, NULL);
    for (size_t i = 0; i < sizeof crashes / sizeof *crashes; i++) {
        struct sigaction before;
        if (sigaction(crashes[i], NULL, &before) == 0 && before.sa_handler == SIG_DFL)
            sigaction(crashes[i], &action, NULL);
    }
}

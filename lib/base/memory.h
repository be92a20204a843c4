/* Allocation that does not come back empty-handed.
 *
 * A program that has run out of memory cannot index or answer rightly, and Xapian's writer must not even be destroyed
 * then. So these functions never return NULL: they print one line and leave at once by _exit with the code set by
 * memory_set_exit_code. What was committed before stands, and the next run goes on from there. */
#ifndef DELIB_BASE_MEMORY_H
#define DELIB_BASE_MEMORY_H

#include <stddef.h>

/* Name and exit code used when memory runs out; call at the start of main. Without a name (NULL) nothing is printed:
 * for a child whose parent has its own words for it. */
void memory_set_exit(const char *program_name, int exit_code);

/* Print "NAME: out of memory" and leave. The C++ binding calls it on std::bad_alloc. */
void memory_exhausted(void) __attribute__((noreturn));

/* Print "NAME: WHY" and leave in the same way, without allocating anything. */
void memory_end(const char *why) __attribute__((noreturn));

void *memory_alloc(size_t size_bytes);                       /* zeroed */
void *memory_resize(void *block, size_t count, size_t each); /* checks count × each; new bytes are not zeroed */
char *memory_dup(const char *bytes, size_t len_bytes);       /* a copy that ends in NUL */

#endif

/* Memory that lives as long as one document (or one question) and is given back in one go.
 *
 * Nothing taken from an arena is freed on its own. Blocks are zeroed and aligned for any type. */
#ifndef DELIB_BASE_ARENA_H
#define DELIB_BASE_ARENA_H

#include <stddef.h>

#include "base/slice.h"

struct arena;

struct arena *arena_new(void);
void arena_free(struct arena *arena); /* NULL is allowed */

/* Give everything back but keep the first block for the next document. */
void arena_reset(struct arena *arena);

/* Where the arena stands, and back to it: what was taken since is given back. */
struct arena_mark {
    const void *block;
    size_t used_bytes;
};
struct arena_mark arena_mark(const struct arena *arena);
void arena_rewind(struct arena *arena, struct arena_mark mark);

void *arena_alloc(struct arena *arena, size_t size_bytes);

/* A copy that ends in NUL (the NUL is not counted in its length). */
struct slice arena_copy(struct arena *arena, struct slice text);
char *arena_string(struct arena *arena, struct slice text);
char *arena_printf(struct arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Room for one more element in an array that grows by doubling: returns the array, moved if need be.
 * Use as `list->items = arena_grow(arena, list->items, list->count, sizeof *list->items);` before items[count++]. */
void *arena_grow(struct arena *arena, void *items, size_t count, size_t each_bytes);

#endif

#include "base/arena.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

enum {
    ARENA_BLOCK_BYTES = 64 * 1024, /* holds the fields of nearly every act without a second block */
    ARENA_ALIGN_BYTES = _Alignof(max_align_t),
    ARENA_GROW_FIRST = 8
};

struct arena_block {
    struct arena_block *previous;
    size_t size_bytes;
    size_t used_bytes;
    max_align_t bytes[];
};

struct arena {
    struct arena_block *current;
};

static struct arena_block *block_new(size_t size_bytes, struct arena_block *previous)
{
    struct arena_block *block = memory_alloc(sizeof *block + size_bytes);
    block->previous = previous;
    block->size_bytes = size_bytes;
    return block;
}

struct arena *arena_new(void)
{
    struct arena *arena = memory_alloc(sizeof *arena);
    arena->current = block_new(ARENA_BLOCK_BYTES, NULL);
    return arena;
}

static void free_down_to(struct arena *arena, const struct arena_block *kept)
{
    while (arena->current != kept) {
        struct arena_block *previous = arena->current->previous;
        free(arena->current);
        arena->current = previous;
    }
}

void arena_free(struct arena *arena)
{
    if (!arena)
        return;
    free_down_to(arena, NULL);
    free(arena);
}

void arena_reset(struct arena *arena)
{
    const struct arena_block *first = arena->current;
    while (first->previous)
        first = first->previous;
    arena_rewind(arena, (struct arena_mark){first, 0});
}

struct arena_mark arena_mark(const struct arena *arena)
{
    return (struct arena_mark){arena->current, arena->current->used_bytes};
}

void arena_rewind(struct arena *arena, struct arena_mark mark)
{
    free_down_to(arena, mark.block);
    memset((char *)arena->current->bytes + mark.used_bytes, 0, arena->current->used_bytes - mark.used_bytes);
    arena->current->used_bytes = mark.used_bytes;
}

void *arena_alloc(struct arena *arena, size_t size_bytes)
{
    size_t aligned = (size_bytes + ARENA_ALIGN_BYTES - 1) / ARENA_ALIGN_BYTES * ARENA_ALIGN_BYTES;
    if (aligned < size_bytes)
        memory_exhausted();
    struct arena_block *block = arena->current;
    if (aligned > block->size_bytes - block->used_bytes) {
        block = block_new(aligned > ARENA_BLOCK_BYTES ? aligned : ARENA_BLOCK_BYTES, block);
        arena->current = block;
    }
    char *taken = (char *)block->bytes + block->used_bytes;
    block->used_bytes += aligned;
    return taken;
}

char *arena_string(struct arena *arena, struct slice text)
{
    char *copy = arena_alloc(arena, text.len + 1);
    if (text.len)
        memcpy(copy, text.bytes, text.len);
    return copy;
}

struct slice arena_copy(struct arena *arena, struct slice text)
{
    return (struct slice){arena_string(arena, text), text.len};
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int len = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    char *text = arena_alloc(arena, (size_t)(len < 0 ? 0 : len) + 1);
    if (len > 0)
        vsnprintf(text, (size_t)len + 1, format, again);
    va_end(again);
    return text;
}

static int is_full(size_t count)
{
    /* Capacity is the smallest of 8, 16, 32 … that holds count, so an array is full at exactly those counts. */
    return count == 0 || (count >= ARENA_GROW_FIRST && (count & (count - 1)) == 0);
}

void *arena_grow(struct arena *arena, void *items, size_t count, size_t each_bytes)
{
    if (!is_full(count))
        return items;
    size_t capacity = count ? 2 * count : ARENA_GROW_FIRST;
    void *moved = arena_alloc(arena, capacity * each_bytes);
    if (count)
        memcpy(moved, items, count * each_bytes);
    return moved;
}

#include "web/cache.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/memory.h"

enum {
    CACHE_PAGES = 512,
    CACHE_PAGE_BYTES = 96 << 10, /* larger ones, exports, are rare: at most 48 MiB in all */
    CODE_OK = 200
};

struct kept {
    char *key; /* NULL: nothing is kept here */
    size_t key_len;
    uint64_t revision;
    const char *type;
    char *body;
    size_t body_len;
};

/* A page has one place, by the hash of its key; a newer one there takes it. */
struct cache {
    pthread_mutex_t lock;
    struct kept pages[CACHE_PAGES];
};

struct cache *cache_new(void)
{
    struct cache *cache = memory_alloc(sizeof *cache);
    pthread_mutex_init(&cache->lock, NULL);
    return cache;
}

static void forget(struct kept *kept)
{
    free(kept->key);
    free(kept->body);
    *kept = (struct kept){0};
}

void cache_free(struct cache *cache)
{
    if (!cache)
        return;
    for (size_t i = 0; i < CACHE_PAGES; i++)
        forget(&cache->pages[i]);
    pthread_mutex_destroy(&cache->lock);
    free(cache);
}

static struct kept *place_of(struct cache *cache, struct slice key)
{
    uint32_t hash = 2166136261U; /* FNV-1a */
    for (size_t i = 0; i < key.len; i++)
        hash = (hash ^ (unsigned char)key.bytes[i]) * 16777619U;
    return &cache->pages[hash % CACHE_PAGES];
}

bool cache_get(struct reply *reply, struct cache *cache, struct slice key, uint64_t revision)
{
    pthread_mutex_lock(&cache->lock);
    const struct kept *kept = place_of(cache, key);
    bool found = kept->key && kept->revision == revision && slice_equal((struct slice){kept->key, kept->key_len}, key);
    if (found) {
        reply->code = CODE_OK;
        reply->type = kept->type;
        buffer_add(&reply->body, kept->body, kept->body_len);
    }
    pthread_mutex_unlock(&cache->lock);
    return found;
}

void cache_put(struct cache *cache, struct slice key, uint64_t revision, const struct reply *reply)
{
    if (reply->code != CODE_OK || reply->stream.read || reply->file >= 0 || reply->file_name ||
        reply->body.len > CACHE_PAGE_BYTES)
        return;
    pthread_mutex_lock(&cache->lock);
    struct kept *kept = place_of(cache, key);
    forget(kept);
    *kept = (struct kept){.key = memory_dup(key.bytes, key.len),
                          .key_len = key.len,
                          .revision = revision,
                          .type = reply->type,
                          .body = memory_dup(reply->body.bytes, reply->body.len),
                          .body_len = reply->body.len};
    pthread_mutex_unlock(&cache->lock);
}

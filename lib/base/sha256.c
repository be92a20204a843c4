#include "base/sha256.h"

#include <nettle/base16.h>
#include <nettle/sha2.h>
#include <stdlib.h>

#include "base/memory.h"

struct sha256_sum {
    struct sha256_ctx context;
};

static void digest_of(uint8_t digest[SHA256_DIGEST_SIZE], struct slice bytes)
{
    struct sha256_ctx context;
    sha256_init(&context);
    sha256_update(&context, bytes.len, (const uint8_t *)bytes.bytes);
    sha256_digest(&context, SHA256_DIGEST_SIZE, digest);
}

struct sha256 sha256_of(struct slice bytes)
{
    uint8_t digest[SHA256_DIGEST_SIZE];
    struct sha256 out = {0};
    digest_of(digest, bytes);
    base16_encode_update(out.hex, sizeof digest, digest);
    return out;
}

uint64_t sha256_start_of(struct slice bytes)
{
    uint8_t digest[SHA256_DIGEST_SIZE];
    uint64_t start = 0;
    digest_of(digest, bytes);
    for (size_t i = 0; i < sizeof start; i++)
        start = start << 8 | digest[i];
    return start;
}

struct sha256_sum *sha256_begin(void)
{
    struct sha256_sum *sum = memory_alloc(sizeof *sum);
    sha256_init(&sum->context);
    return sum;
}

void sha256_add(struct sha256_sum *sum, struct slice bytes)
{
    sha256_update(&sum->context, bytes.len, (const uint8_t *)bytes.bytes);
}

struct sha256 sha256_end(struct sha256_sum *sum)
{
    uint8_t digest[SHA256_DIGEST_SIZE];
    struct sha256 out = {0};
    sha256_digest(&sum->context, sizeof digest, digest);
    base16_encode_update(out.hex, sizeof digest, digest);
    free(sum);
    return out;
}

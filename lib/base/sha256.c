#include "base/sha256.h"

#include <nettle/base16.h>
#include <nettle/sha2.h>

struct sha256 sha256_of(struct slice bytes)
{
    struct sha256_ctx context;
    uint8_t digest[SHA256_DIGEST_SIZE];
    struct sha256 out = {0};
    sha256_init(&context);
    sha256_update(&context, bytes.len, (const uint8_t *)bytes.bytes);
    sha256_digest(&context, sizeof digest, digest);
    base16_encode_update(out.hex, sizeof digest, digest);
    return out;
}

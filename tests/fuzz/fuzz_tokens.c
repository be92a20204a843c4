/* Any text as words: each lies within the text, on the bounds of code points, in order. */
#include <stdint.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "french/stem.h"
#include "french/tokens.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool is_bound(struct slice text, size_t at)
{
    return at == text.len || ((unsigned char)text.bytes[at] & 0xC0) != 0x80;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct slice text = {(const char *)data, size};
    struct token token;
    uint32_t next = 0;
    if (!utf8_is_valid(text))
        return 0;
    struct tokeniser *tokeniser = tokeniser_new();
    struct stemmer *stemmer = stemmer_new();
    tokeniser_begin(tokeniser, text);
    while (tokeniser_next(tokeniser, &token)) {
        if (token.start_bytes >= token.end_bytes || token.end_bytes > size || token.form.len == 0 ||
            token.form.len > TOKEN_MAX_BYTES || !is_bound(text, token.start_bytes) || !is_bound(text, token.end_bytes))
            abort();
        if (token.alternate ? token.position + 1 != next : token.position != next++)
            abort();
        stemmer_stem(stemmer, token.form);
    }
    stemmer_free(stemmer);
    tokeniser_free(tokeniser);
    return 0;
}

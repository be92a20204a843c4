/* One id a line, for xargs and comm. */
#include "print/print.h"

void print_ids(struct buffer *out, const struct answer *answer, const struct print_options *options)
{
    (void)options;
    for (size_t i = 0; i < answer->count; i++) {
        buffer_add_slice(out, answer->results[i].act->id);
        buffer_add_byte(out, '\n');
    }
}

/* What trec_eval and its kin read: qid Q0 id rank score delib. */
#include "print/print.h"

/* The columns are divided by blanks, so that an id can have none. */
static void add_word(struct buffer *out, struct slice text)
{
    for (size_t i = 0; i < text.len; i++)
        buffer_add_byte(out, (unsigned char)text.bytes[i] <= ' ' ? '_' : text.bytes[i]);
}

void trec_result(struct printer *printer, const struct result *result)
{
    struct slice qid = printer->options->qid;
    add_word(printer->out, qid.len > 0 ? qid : SLICE("1"));
    buffer_add_string(printer->out, " Q0 ");
    add_word(printer->out, result->act->id);
    buffer_printf(printer->out, " %u %.6f delib\n", (unsigned)result->rank, result->score);
}

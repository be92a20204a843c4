/* One id a line, for xargs and comm. */
#include "print/print.h"

void ids_result(struct printer *printer, const struct result *result)
{
    buffer_add_slice(printer->out, result->act->id);
    buffer_add_byte(printer->out, printer->options->nul ? '\0' : '\n');
}

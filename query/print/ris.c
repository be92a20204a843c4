/* The answer as RIS, which reference managers take in: lines « TY  - », each act ends with « ER  - ». */
#include "base/utf8.h"
#include "print/print.h"

static void add_line(struct buffer *out, const char *tag, struct slice text)
{
    struct buffer clean = {0};
    if (text.len == 0)
        return;
    utf8_add_clean(&clean, text);
    for (size_t i = 0; i < clean.len; i++)
        if (clean.bytes[i] == '\n' || clean.bytes[i] == '\r')
            clean.bytes[i] = ' ';
    buffer_printf(out, "%s  - ", tag);
    buffer_add_slice(out, buffer_get(&clean));
    buffer_add_string(out, "\r\n");
    buffer_free(&clean);
}

void ris_result(struct printer *printer, const struct result *result)
{
    struct buffer *out = printer->out;
    const struct act *act = result->act;
    buffer_add_string(out, "TY  - GOVDOC\r\n");
    add_line(out, "ID", act->id);
    add_line(out, "AU", act->council);
    add_line(out, "TI", act->objet);
    if (act->date)
        buffer_printf(out, "PY  - %04d\r\nDA  - %04d/%02d/%02d\r\n", date_year(act->date), date_year(act->date),
                      act->date / 100 % 100, act->date % 100);
    add_line(out, "M1", act->number);
    for (size_t i = 0; i < act->topics.count; i++)
        add_line(out, "KW", act->topics.items[i]);
    add_line(out, "L1", act->source_path);
    add_line(out, "LA", SLICE("fr"));
    buffer_add_string(out, "ER  - \r\n\r\n");
}

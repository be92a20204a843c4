#include "print/print.h"

enum { SNIPPETS_OF_AN_ACT = 2 };

static const struct print_format formats[] = {
    {"text", print_text, true, SNIPPETS_OF_AN_ACT},
    {"json", print_json, true, SNIPPETS_OF_AN_ACT},
    {"ndjson", print_ndjson, false, SNIPPETS_OF_AN_ACT},
    {"ids", print_ids, false, 0},
};

const struct print_format *print_format_of(struct slice name)
{
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (slice_equal(name, slice_of(formats[i].name)))
            return &formats[i];
    return NULL;
}

#include "print/print.h"

enum { SNIPPETS_OF_AN_ACT = 2 };

static const struct print_format formats[] = {
    {"text", text_begin, text_result, text_end, true, true, true, SNIPPETS_OF_AN_ACT},
    {"json", json_begin, json_result, json_end, true, true, true, SNIPPETS_OF_AN_ACT},
    {"ndjson", NULL, ndjson_result, NULL, false, false, true, SNIPPETS_OF_AN_ACT},
    {"csv", csv_begin, csv_result, NULL, false, true, true, 1},
    {"scdl", scdl_begin, scdl_result, NULL, false, false, false, 0},
    {"atom", atom_begin, atom_result, atom_end, false, false, false, 1},
    {"ead", ead_begin, ead_result, ead_end, false, false, false, 0},
    {"bibtex", NULL, bibtex_result, NULL, false, false, false, 0},
    {"ris", NULL, ris_result, NULL, false, false, false, 0},
    {"trec", NULL, trec_result, NULL, false, false, true, 0},
    {"opensearch-bulk", NULL, opensearch_result, NULL, false, false, false, 0},
    {"svg", NULL, NULL, NULL, false, true, false, 0},
    {"ids", NULL, ids_result, NULL, false, false, true, 0},
};

const struct print_format *print_format_of(struct slice name)
{
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (slice_equal(name, slice_of(formats[i].name)))
            return &formats[i];
    return NULL;
}

const char *print_format_names(void)
{
    return "text, json, ndjson, csv, scdl, atom, ead, bibtex, ris, trec, ids, opensearch-bulk; svg with --by";
}

#include "extract/extract.h"

#include "act/act_id.h"
#include "extract/fields.h"
#include "extract/header.h"

/* In the order in which one field helps the next: the convocation needs the day of the séance, the rapporteur and the
 * decisions need to know where the objet ends. */
static void (*const finders[])(struct act *act, const struct document *document) = {
    extract_stamp,     extract_dates,     extract_number,  extract_council,       extract_president,
    extract_secretary, extract_presence,  extract_objet,   extract_rapporteur,    extract_topics,
    extract_vote,      extract_decisions, extract_amounts, extract_document_type,
};

void extract_act(struct act *act, struct slice text, struct slice path, const struct act *given, bool has_pages)
{
    struct document document;
    if (given)
        act_merge(act, given);
    document_begin(&document, act->arena, text, path);
    header_classify(&document);
    for (size_t i = 0; i < sizeof finders / sizeof *finders; i++)
        finders[i](act, &document);
    check_act(act, &document);
    if (has_pages) {
        act->page_first = 1;
        act->page_last = document.page_count;
    }
    act_set_id(act, text);
    document_end(&document);
}

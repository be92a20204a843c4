#include "extract/extract.h"

#include "act/act_id.h"
#include "extract/fields.h"
#include "extract/header.h"

struct finder {
    void (*find)(struct act *act, const struct document *document);
    bool of_session; /* finds what minutes say once for all their acts */
};

/* In the order in which one field helps the next: the convocation needs the day of the séance, the rapporteur and the
 * decisions need to know where the objet ends, the outcome what was decided. */
static const struct finder finders[] = {
    {extract_stamp, true},    {extract_dates, true},        {extract_number, false},
    {extract_council, true},  {extract_president, true},    {extract_secretary, true},
    {extract_presence, true}, {extract_objet, false},       {extract_rapporteur, false},
    {extract_topics, false},  {extract_matiere, false},     {extract_decisions, false},
    {extract_vote, false},    {extract_amounts, false},     {extract_legal_references, false},
    {check_act, false},       {extract_document_type, true}};

enum whose { OF_SESSION, OF_ACT, OF_BOTH };

static void run_finders(struct act *act, const struct document *document, enum whose whose)
{
    for (size_t i = 0; i < sizeof finders / sizeof *finders; i++)
        if (whose == OF_BOTH || finders[i].of_session == (whose == OF_SESSION))
            finders[i].find(act, document);
}

void extract_whole(struct act *act, const struct document *document, const struct act *given, bool has_pages)
{
    if (given)
        act_merge(act, given);
    run_finders(act, document, OF_BOTH);
    if (has_pages) {
        act->page_first = 1;
        act->page_last = document->page_count;
    }
    act_set_id(act, document->original);
}

void extract_act(struct act *act, struct slice text, struct slice path, const struct act *given, bool has_pages)
{
    struct document document;
    document_begin(&document, act->arena, text, path);
    header_classify(&document);
    extract_whole(act, &document, given, has_pages);
    document_end(&document);
}

/* Those present as this text alone lists them, in place of what minutes say elsewhere: a roll that is called anew. A
 * committee's few members are none. */
static void take_roll(struct act *act, const struct document *document)
{
    static const enum act_field fields[] = {FIELD_PRESENT, FIELD_ABSENT, FIELD_PROXIES};
    enum { FEWEST_OF_ROLL = 3 };
    struct act *own = act_new(act->arena);
    extract_presence(own, document);
    if (own->present.count < FEWEST_OF_ROLL || own->present.count * 2 < act->present.count)
        return;
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (act->provenance[fields[i]].source == SOURCE_LABEL)
            act_clear(act, fields[i]);
    act_merge(act, own);
}

void extract_session(struct act *act, const struct document *document, size_t first_act_line)
{
    static const enum act_field of_one_act[] = {FIELD_ID, FIELD_NUMBER, FIELD_OBJET, FIELD_MATIERE};
    struct document header = *document;
    run_finders(act, document, OF_SESSION);
    for (size_t i = 0; i < sizeof of_one_act / sizeof *of_one_act; i++)
        act_clear(act, of_one_act[i]); /* a stamp on minutes names the minutes */
    if (first_act_line < document->line_count) {
        header.line_count = first_act_line;
        header.folded.len = document->lines[first_act_line].start;
        take_roll(act, &header);
    }
}

void extract_part(struct act *act, struct slice body, struct slice path, struct slice number, struct slice title,
                  bool has_session)
{
    struct document document;
    document_begin(&document, act->arena, body, path);
    header_classify(&document);
    if (title.len > 0 && document_claim(&document, act, FIELD_OBJET, SOURCE_LABEL, CONFIDENCE_HIGH, 0, 0))
        act->objet = title;
    if (number.len > 0 && document_claim(&document, act, FIELD_NUMBER, SOURCE_LABEL, CONFIDENCE_HIGH, 0, 0))
        act->number = number;
    run_finders(act, &document, has_session ? OF_ACT : OF_BOTH);
    if (has_session)
        take_roll(act, &document);
    document_end(&document);
}

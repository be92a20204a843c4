/* What kind of paper it is, by its title. */
#include "extract/fields.h"

struct type_opening {
    const char *phrase;
    enum document_type type;
    bool opens_line; /* counts only at the start of a line */
};

/* The first that is found wins, so the more telling come first. */
static const struct type_opening openings[] = {
    {"extrait du registre", DOCUMENT_DELIBERATION, false},
    {"extrait du proces-verbal", DOCUMENT_DELIBERATION, false},
    {"extrait des deliberations", DOCUMENT_DELIBERATION, false},
    {"extrait de deliberation*", DOCUMENT_DELIBERATION, false},
    {"liste des deliberations", DOCUMENT_LISTE, true},
    {"proces-verb*", DOCUMENT_PROCES_VERBAL, true},
    {"proces verb*", DOCUMENT_PROCES_VERBAL, true},
    {"compte rendu", DOCUMENT_COMPTE_RENDU, true},
    {"compte-rendu", DOCUMENT_COMPTE_RENDU, true},
    {"releve d*", DOCUMENT_COMPTE_RENDU, true},
    {"decision du maire", DOCUMENT_DECISION, true},
    {"decision du president", DOCUMENT_DECISION, true},
    {"arrete n°", DOCUMENT_ARRETE, true},
    {"arrete du maire", DOCUMENT_ARRETE, true},
    {"arrete du president", DOCUMENT_ARRETE, true},
    {"arrete temporaire", DOCUMENT_ARRETE, true},
    {"arrete permanent", DOCUMENT_ARRETE, true},
    {"arrete portant", DOCUMENT_ARRETE, true},
    {"arrete municipal", DOCUMENT_ARRETE, true},
    {"deliberation*", DOCUMENT_DELIBERATION, true},
};

enum { TITLE_BYTES = 1500 };

static bool opens_line(const struct document *document, size_t at)
{
    size_t start = document->lines[document_line_of(document, at)].start;
    while (start < at && !is_word_start(document->folded, start))
        start++;
    return start == at;
}

void extract_document_type(struct act *act, const struct document *document)
{
    struct span where;
    for (size_t i = 0; i < sizeof openings / sizeof *openings; i++) {
        if (!document_find_one(document, 0, TITLE_BYTES, openings[i].phrase, &where) ||
            (openings[i].opens_line && !opens_line(document, where.start)))
            continue;
        if (document_claim(document, act, FIELD_DOCUMENT_TYPE, SOURCE_LABEL, CONFIDENCE_HIGH, where.start, where.end))
            act->document_type = openings[i].type;
        if (act->document_type == DOCUMENT_ARRETE && act->provenance[FIELD_VOTE].source > SOURCE_ENVELOPE)
            act_clear(act, FIELD_VOTE); /* « ARRÊTE » is what one person decides */
        return;
    }
    if ((act_has(act, FIELD_DECISIONS) || act->vote.outcome != OUTCOME_UNREAD) &&
        document_claim(document, act, FIELD_DOCUMENT_TYPE, SOURCE_DERIVED, CONFIDENCE_LOW, 0, 0))
        act->document_type = DOCUMENT_DELIBERATION;
}

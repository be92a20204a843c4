/* The finders, one a field. Each reads the document and what was found before it, and gives the act what it finds with
 * where it stands and how sure it is; it changes nothing that is held by a better right. */
#ifndef DELIB_INDEXER_EXTRACT_FIELDS_H
#define DELIB_INDEXER_EXTRACT_FIELDS_H

#include "extract/document.h"

void extract_stamp(struct act *act, const struct document *document); /* SIREN, date and number of an @CTES id */
void extract_dates(struct act *act, const struct document *document); /* of the séance and of the convocation */
void extract_number(struct act *act, const struct document *document);
void extract_council(struct act *act, const struct document *document); /* and its type */
void extract_document_type(struct act *act, const struct document *document);
void extract_president(struct act *act, const struct document *document);
void extract_secretary(struct act *act, const struct document *document);
void extract_presence(struct act *act, const struct document *document); /* present, absent, proxies */
void extract_objet(struct act *act, const struct document *document);
void extract_rapporteur(struct act *act, const struct document *document);
void extract_matiere(struct act *act, const struct document *document); /* of the @CTES nomenclature, if printed */
void extract_topics(struct act *act, const struct document *document);
void extract_decisions(struct act *act, const struct document *document);
void extract_amounts(struct act *act, const struct document *document); /* in euros */
void extract_legal_references(struct act *act, const struct document *document);
void extract_vote(struct act *act, const struct document *document);

/* Cross-checks between fields: each contradiction is a warning, never a silent correction. */
void check_act(struct act *act, const struct document *document);

#endif

/* Acts found in files and rows of tables that speak of the same act: which belong together, and what they come to.
 *
 * Pure functions of the records as they were read: the order in which files come makes no difference. What keeps them
 * true in an archive is rows.h. */
#ifndef DELIB_ARCHIVE_JOIN_H
#define DELIB_ARCHIVE_JOIN_H

#include "act/act.h"

/* What an act and a row must share to be looked at together: short hashes, empty where the record does not say. */
enum join_key {
    JOIN_BY_SIREN,   /* the council's SIREN, the date and the number */
    JOIN_BY_COUNCIL, /* its name, the date and the number */
    JOIN_BY_FILE,    /* the name of the act's file, as it ends the row's address */
    JOIN_KEY_COUNT
};

/* One letter for each, to tell them apart in terms. */
#define JOIN_KEY_LETTERS "scf"

struct joinable {
    const struct act *act; /* as read */
    struct slice keys[JOIN_KEY_COUNT];
};

bool act_is_row(const struct act *act);

/* `is_alone`: no other act was read from its file, so that the file's name speaks of this one. */
void joinable_of(struct joinable *out, struct arena *arena, const struct act *act, bool is_alone);

/* The act with what the rows say of it: `act` itself when none speaks of it. taken[i] is set for each row that does and
 * is left alone for the others. Rows are to come in an order of their own. */
const struct act *join_complete(struct arena *arena, const struct joinable *act, struct slice text,
                                const struct joinable *rows, size_t row_count, bool *taken);

#endif

/* Fields checked against each other. What contradicts is told, not corrected. */
#include "extract/fields.h"
#include "extract/stamp.h"

static void check_dates(struct act *act)
{
    enum { MAX_CONVOCATION_DAYS = 60 };
    if (!act->date || !act->convocation_date)
        return;
    int days = date_days_between(act->convocation_date, act->date);
    if (days <= 0 || days > MAX_CONVOCATION_DAYS)
        act_warn(act, "convocation-not-before-seance");
}

static void check_vote(struct act *act)
{
    const struct vote *vote = &act->vote;
    int32_t sum = (vote->pour > 0 ? vote->pour : 0) + (vote->contre > 0 ? vote->contre : 0) +
                  (vote->abstention > 0 ? vote->abstention : 0);
    if (vote->votants != COUNT_UNREAD && vote->pour != COUNT_UNREAD && sum > vote->votants)
        act_warn(act, "more-votes-than-voters");
    if (vote->effectif != COUNT_UNREAD && vote->votants != COUNT_UNREAD && vote->votants > vote->effectif)
        act_warn(act, "more-voters-than-members");
    if (vote->unanimous == TRUTH_TRUE && (vote->contre > 0 || vote->abstention > 0))
        act_warn(act, "unanimous-with-opposition");
}

/* The stamp's day against the day that the text gives for the séance. */
static void check_stamp(struct act *act, const struct document *document)
{
    struct stamp stamp;
    if (act->date && stamp_next(&stamp, document->folded, 0) && stamp.date != act->date)
        act_warn(act, "stamp-date-differs");
}

void check_act(struct act *act, const struct document *document)
{
    check_dates(act);
    check_vote(act);
    check_stamp(act, document);
    if (act_has(act, FIELD_SIREN) && !is_siren(act->siren))
        act_warn(act, "siren-checksum");
}

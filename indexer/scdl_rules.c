/* The rules of SCDL Délibérations 2.1.5 for the cells of a row and between them, as its validators apply them. */
#include <string.h>

#include "base/words.h"
#include "extract/matiere.h"
#include "french/normalise.h"
#include "scdl.h"

enum { SMALLEST_COUNCIL = 13 }; /* VOTE_EFFECTIF is at least that */

struct checker {
    struct scdl_table *table;
    const struct scdl_row *row;
};

static void found(struct checker *checker, enum scdl_column column, const char *message)
{
    scdl_add_finding(checker->table, checker->row->line, column, "%s", message);
}

static struct slice cell(const struct checker *checker, enum scdl_column column)
{
    return checker->row->cells[column];
}

static bool is_digits(struct slice text)
{
    for (size_t i = 0; i < text.len; i++)
        if (text.bytes[i] < '0' || text.bytes[i] > '9')
            return false;
    return text.len > 0;
}

/* Empty where the table has the column: one that is missing has been told once, in the first line. */
static void check_required(struct checker *checker)
{
    for (enum scdl_column column = SCDL_COLL_NOM; column <= SCDL_DELIB_OBJET; column++)
        if (checker->table->has_column[column] && cell(checker, column).len == 0)
            found(checker, column, _("must not be empty"));
}

/* Every second figure from the right doubled; those of La Poste add up to a multiple of five instead. */
static bool is_siret(struct slice text)
{
    int luhn = 0;
    int plain = 0;
    if (text.len != 14 || !is_digits(text))
        return false;
    for (size_t i = 0; i < 14; i++) {
        int figure = text.bytes[i] - '0';
        int doubled = i % 2 == 0 ? 2 * figure : figure;
        plain += figure;
        luhn += doubled > 9 ? doubled - 9 : doubled;
    }
    return luhn % 10 == 0 || (slice_starts(text, SLICE("356000000")) && plain % 5 == 0);
}

static date_yyyymmdd check_date(struct checker *checker, enum scdl_column column)
{
    bool is_iso;
    struct slice text = cell(checker, column);
    date_yyyymmdd date = scdl_date(text, &is_iso);
    if (text.len > 0 && !date)
        found(checker, column, _("is no date: a date is written AAAA-MM-JJ"));
    else if (text.len > 0 && !is_iso)
        found(checker, column, _("a date is written AAAA-MM-JJ"));
    return date;
}

static void check_identity(struct checker *checker)
{
    struct slice siret = cell(checker, SCDL_COLL_SIRET);
    if (siret.len > 0 && !is_siret(siret))
        found(checker, SCDL_COLL_SIRET, _("is no SIRET: 14 digits of which the last is the key"));
    date_yyyymmdd date = check_date(checker, SCDL_DELIB_DATE);
    date_yyyymmdd received = check_date(checker, SCDL_PREF_DATE);
    if (date && received && received < date)
        found(checker, SCDL_PREF_DATE, _("is before DELIB_DATE"));
}

static void check_matiere(struct checker *checker)
{
    struct slice code = cell(checker, SCDL_DELIB_MATIERE_CODE);
    struct slice name = cell(checker, SCDL_DELIB_MATIERE_NOM);
    size_t slash = slice_find_byte(name, '/', 0);
    if (code.len > 0 && !matiere_is_code(code))
        found(checker, SCDL_DELIB_MATIERE_CODE, _("is no code of the nomenclature (1.1 to 9.4)"));
    if (name.len == 0)
        return;
    const char *chapter = matiere_chapter(slice_range(name, 0, slash == SLICE_NONE ? name.len : slash));
    if (slash == SLICE_NONE)
        found(checker, SCDL_DELIB_MATIERE_NOM, _("is written level 1/level 2"));
    else if ((slash > 0 && name.bytes[slash - 1] == ' ') || (slash + 1 < name.len && name.bytes[slash + 1] == ' '))
        found(checker, SCDL_DELIB_MATIERE_NOM, _("takes no blanks around the /"));
    if (!*chapter)
        found(checker, SCDL_DELIB_MATIERE_NOM, _("begins with none of the nine chapters of the nomenclature"));
    else if (code.len > 0 && code.bytes[0] != chapter[0])
        found(checker, SCDL_DELIB_MATIERE_NOM, _("is of another chapter than DELIB_MATIERE_CODE"));
}

/* « 2022 », « 2022/2024 » */
static bool is_year_interval(struct slice text)
{
    struct slice first = slice_range(text, 0, 4);
    struct slice last = slice_skip(text, 5);
    if (text.len == 4)
        return is_digits(text);
    return text.len == 9 && text.bytes[4] == '/' && is_digits(first) && is_digits(last) &&
           memcmp(first.bytes, last.bytes, 4) <= 0;
}

static void check_budget(struct checker *checker)
{
    struct slice year = cell(checker, SCDL_BUDGET_ANNEE);
    struct slice name = cell(checker, SCDL_BUDGET_NOM);
    if (year.len > 0 && !is_year_interval(year))
        found(checker, SCDL_BUDGET_ANNEE, _("is a year, 2022, or years, 2022/2024"));
    if (year.len > 0 && name.len == 0)
        found(checker, SCDL_BUDGET_NOM, _("must be given with BUDGET_ANNEE"));
    if (year.len == 0 && name.len > 0)
        found(checker, SCDL_BUDGET_ANNEE, _("must be given with BUDGET_NOM"));
}

/* PREF042, SPREF0421, PREF02A, SGAR042 */
static void check_prefecture(struct checker *checker)
{
    static const char *const openings[] = {"SPREF", "PREF", "SGAR"};
    struct slice text = cell(checker, SCDL_PREF_ID);
    for (size_t i = 0; i < sizeof openings / sizeof *openings; i++) {
        if (!slice_starts(text, slice_of(openings[i])))
            continue;
        struct slice rest = slice_skip(text, strlen(openings[i]));
        bool is_department = rest.len >= 3 && is_digits(slice_range(rest, 0, 2)) &&
                             (is_digits(slice_range(rest, 2, 3)) || rest.bytes[2] == 'A' || rest.bytes[2] == 'B');
        bool is_whole = i == 0 ? rest.len == 4 && is_digits(slice_skip(rest, 3)) : rest.len == 3;
        if (is_department && is_whole)
            return;
    }
    if (text.len > 0)
        found(checker, SCDL_PREF_ID, _("is written PREFNNN, SPREFNNNM or SGARNNN"));
}

/* -1 when the cell is empty or no number, which has been told. */
static int64_t number_in(struct checker *checker, enum scdl_column column)
{
    int64_t number = 0;
    struct slice text = cell(checker, column);
    if (text.len == 0)
        return -1;
    if (!is_digits(text) || text.len > 9) {
        found(checker, column, _("is no whole number"));
        return -1;
    }
    for (size_t i = 0; i < text.len; i++)
        number = number * 10 + (text.bytes[i] - '0');
    return number;
}

static void check_votes(struct checker *checker)
{
    int64_t votes[SCDL_VOTE_ABSTENTION + 1];
    size_t given = 0;
    for (enum scdl_column column = SCDL_VOTE_EFFECTIF; column <= SCDL_VOTE_ABSTENTION; column++) {
        votes[column] = number_in(checker, column);
        given += votes[column] >= 0;
    }
    int64_t members = votes[SCDL_VOTE_EFFECTIF];
    int64_t voters = votes[SCDL_VOTE_REEL];
    if (members >= 0 && members < SMALLEST_COUNCIL)
        found(checker, SCDL_VOTE_EFFECTIF, _("is less than 13"));
    for (enum scdl_column column = SCDL_VOTE_EFFECTIF; column <= SCDL_VOTE_ABSTENTION; column++)
        if (given > 0 && given < 5 && cell(checker, column).len == 0)
            found(checker, column, _("must be given with the other counts of the vote"));
    if (members >= 0 && voters > members)
        found(checker, SCDL_VOTE_REEL, _("is more than VOTE_EFFECTIF"));
    for (enum scdl_column column = SCDL_VOTE_POUR; column <= SCDL_VOTE_ABSTENTION; column++)
        if (voters >= 0 && votes[column] > voters)
            found(checker, column, _("is more than VOTE_REEL"));
    if (given == 5 && voters != votes[SCDL_VOTE_POUR] + votes[SCDL_VOTE_CONTRE] + votes[SCDL_VOTE_ABSTENTION])
        found(checker, SCDL_VOTE_REEL, _("is not VOTE_POUR + VOTE_CONTRE + VOTE_ABSTENTION"));
}

static void check_url(struct checker *checker)
{
    struct slice text = cell(checker, SCDL_DELIB_URL);
    bool has_scheme = slice_find(text, SLICE("://")) != SLICE_NONE && slice_find_byte(text, ' ', 0) == SLICE_NONE;
    if (text.len > 0 && !has_scheme)
        found(checker, SCDL_DELIB_URL, _("is no address: it begins with https://"));
}

void scdl_check(struct scdl_table *table)
{
    for (size_t i = 0; i < table->row_count; i++) {
        struct checker checker = {table, &table->rows[i]};
        check_required(&checker);
        check_identity(&checker);
        check_matiere(&checker);
        check_budget(&checker);
        check_prefecture(&checker);
        check_votes(&checker);
        check_url(&checker);
    }
}

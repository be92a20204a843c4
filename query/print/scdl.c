/* The answer as a table of SCDL Délibérations 2.1.5, the form in which councils publish their acts as open data.
 *
 * Its rules ask more than a record may hold. What is required and was not read is handled as --incomplete says; counts
 * that the table's own rules would refuse are left out together. The SIRET is the SIREN and the number of its first
 * establishment, which for a council is its seat, unless a table gave the SIRET. */
#include <stdio.h>

#include "base/words.h"
#include "print/print.h"
#include "print/table.h"

enum { SMALLEST_COUNCIL = 13, SIREN_DIGITS = 9 };

void scdl_begin(struct printer *printer)
{
    buffer_add_string(printer->out,
                      "COLL_NOM,COLL_SIRET,DELIB_ID,DELIB_DATE,DELIB_MATIERE_CODE,DELIB_MATIERE_NOM,DELIB_OBJET,"
                      "BUDGET_ANNEE,BUDGET_NOM,PREF_ID,PREF_DATE,VOTE_EFFECTIF,VOTE_REEL,VOTE_POUR,VOTE_CONTRE,"
                      "VOTE_ABSTENTION,DELIB_URL\r\n");
}

/* 9 digits → 14: the first establishment, 0001, and the figure that makes the whole pass Luhn's check. */
static void make_siret(char siret[15], struct slice siren)
{
    int sum = 0;
    siret[0] = '\0';
    for (size_t i = 0; i < siren.len; i++)
        if (siren.bytes[i] < '0' || siren.bytes[i] > '9')
            return;
    if (siren.len != SIREN_DIGITS)
        return;
    snprintf(siret, 15, "%.*s0001", SIREN_DIGITS, siren.bytes);
    for (int i = 0; i < 13; i++) {
        int figure = siret[i] - '0';
        int doubled = i % 2 == 0 ? figure * 2 : figure;
        sum += doubled > 9 ? doubled - 9 : doubled;
    }
    siret[13] = (char)('0' + (10 - sum % 10) % 10);
    siret[14] = '\0';
}

static bool votes_hold(const struct vote *vote)
{
    return vote->effectif >= SMALLEST_COUNCIL && vote->pour >= 0 && vote->contre >= 0 && vote->abstention >= 0 &&
           vote->pour + vote->contre + vote->abstention <= vote->effectif;
}

enum { REQUIRED = 7 };

/* « niveau 1/niveau 2 », in small letters and without a comma, as the table wants it: the chapter of the code and the
 * label that the nomenclature has for it, but for one that was given in that form. */
static struct slice matiere_name(const struct act *act)
{
    static const char *const chapters[] = {"commande publique",
                                           "urbanisme",
                                           "domaine et patrimoine",
                                           "fonction publique",
                                           "institutions et vie politique",
                                           "libertés publiques et pouvoirs de police",
                                           "finances locales",
                                           "domaines de compétences par thèmes",
                                           "autres domaines de compétences"};
    struct slice code = act->matiere_code;
    struct slice label = act->matiere_label;
    if (slice_find_byte(label, '/', 0) != SLICE_NONE)
        return label;
    if (code.len < 3 || code.bytes[0] < '1' || code.bytes[0] > '9' || label.len == 0)
        return (struct slice){0};
    struct buffer name = {0};
    buffer_printf(&name, "%s/%.*s", chapters[code.bytes[0] - '1'], (int)label.len, label.bytes);
    for (size_t i = 0; i < name.len; i++) {
        if (name.bytes[i] >= 'A' && name.bytes[i] <= 'Z')
            name.bytes[i] = (char)(name.bytes[i] | 0x20);
        else if (name.bytes[i] == ',' || name.bytes[i] == '(' || name.bytes[i] == ')')
            name.bytes[i] = ' ';
    }
    struct slice result = arena_copy(act->arena, buffer_get(&name));
    buffer_free(&name);
    return result;
}

static void read_required(struct slice cells[REQUIRED], char siret[15], char iso[DATE_ISO_BYTES], const struct act *act)
{
    make_siret(siret, act->siren);
    cells[0] = act->council;
    cells[1] = act->siret.len == 14 ? act->siret : slice_of(siret);
    cells[2] = act->number;
    cells[3] = act->date ? slice_of(date_format_iso(act->date, iso)) : (struct slice){0};
    cells[4] = slice_find_byte(act->matiere_code, '.', 0) != SLICE_NONE ? act->matiere_code : (struct slice){0};
    cells[5] = matiere_name(act);
    cells[6] = act->objet;
}

static const char *first_missing(const struct slice cells[REQUIRED])
{
    static const char *const names[REQUIRED] = {"COLL_NOM",           "COLL_SIRET",        "DELIB_ID",   "DELIB_DATE",
                                                "DELIB_MATIERE_CODE", "DELIB_MATIERE_NOM", "DELIB_OBJET"};
    for (size_t i = 0; i < REQUIRED; i++)
        if (cells[i].len == 0)
            return names[i];
    return NULL;
}

static void add_votes(struct buffer *out, const struct vote *vote)
{
    if (votes_hold(vote))
        buffer_printf(out, ",%d,%d,%d,%d,%d,\r\n", (int)vote->effectif,
                      (int)(vote->pour + vote->contre + vote->abstention), (int)vote->pour, (int)vote->contre,
                      (int)vote->abstention);
    else
        buffer_add_string(out, ",,,,,,\r\n");
}

void scdl_result(struct printer *printer, const struct result *result)
{
    struct slice cells[REQUIRED];
    char siret[15];
    char iso[DATE_ISO_BYTES];
    read_required(cells, siret, iso, result->act);
    const char *missing = first_missing(cells);
    if (missing && printer->options->incomplete == INCOMPLETE_FAIL) {
        printer->status = delib_fail(&printer->error, DELIB_INVALID, _("%.*s has no %s; see --incomplete"),
                                     (int)result->act->id.len, result->act->id.bytes, missing);
        return;
    }
    if (missing && printer->options->incomplete == INCOMPLETE_SKIP) {
        printer->left_out++;
        return;
    }
    for (size_t i = 0; i < REQUIRED; i++) {
        if (i > 0)
            buffer_add_byte(printer->out, ',');
        table_add_cell(printer->out, cells[i], ',', false);
    }
    buffer_add_string(printer->out, ",,,,");
    add_votes(printer->out, &result->act->vote);
}

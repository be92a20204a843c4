#include "extract/header.h"

#include <string.h>

#include "extract/number.h"
#include "extract/person.h"
#include "french/numbers.h"

static const char *const letterhead[] = {"republique francaise",
                                         "liberte",
                                         "departement d*",
                                         "departement",
                                         "arrondissement*",
                                         "canton*",
                                         "region",
                                         "province d*",
                                         "prefecture*",
                                         "commune d*",
                                         "commune",
                                         "ville d*",
                                         "mairie*",
                                         "extrait*",
                                         "registre*",
                                         "deliberation*",
                                         "proces-verb*",
                                         "proces verb*",
                                         "compte rendu",
                                         "compte-rendu",
                                         "releve d*",
                                         "liste des deliberations*",
                                         "conseil*",
                                         "comite*",
                                         "communaute d*",
                                         "communaute",
                                         "syndicat*",
                                         "sivom",
                                         "sivu",
                                         "sivos",
                                         "siaep*",
                                         "sictom",
                                         "smictom",
                                         "petr",
                                         "s.i.v.o.m.",
                                         "siege*",
                                         "bureau*",
                                         "commission permanente*",
                                         "assemblee*",
                                         "direction*",
                                         "service*",
                                         "pole",
                                         "centre communal*",
                                         "ccas",
                                         "c.c.a.s.",
                                         "centre intercommunal*",
                                         "acte",
                                         "actes",
                                         "des deliberations*",
                                         "du conseil*",
                                         "du registre*",
                                         "metropole*",
                                         "eurometropole*",
                                         "municipal*",
                                         "municipaux",
                                         "communautaire*",
                                         "hotel de ville*",
                                         "tel",
                                         "tel.",
                                         "telephone*",
                                         "telecopie*",
                                         "fax*",
                                         "courriel*",
                                         "e-mail*",
                                         "www*",
                                         "http*",
                                         "cedex",
                                         "code postal",
                                         "nos ref*",
                                         "ref",
                                         "ref.",
                                         "reference*",
                                         "deliberations",
                                         "etablissement public*",
                                         "collectivite*",
                                         "agglomeration*",
                                         "ordre du jour*",
                                         "de la communaute*",
                                         "de la ville d*",
                                         "de la commune d*",
                                         "de l'assemblee*",
                                         "de la commission*",
                                         NULL};

static const char *const stamp[] = {"accuse de reception*",
                                    "acte recu par*",
                                    "nature d*",
                                    "nature transaction*",
                                    "nombre de pieces*",
                                    "nom emetteur*",
                                    "numero acte*",
                                    "date d'emission*",
                                    "matiere",
                                    "envoye en*",
                                    "recu en*",
                                    "recu le*",
                                    "publie*",
                                    "affiche*",
                                    "id :",
                                    "id:",
                                    "identifiant*",
                                    "acte certifie*",
                                    "envoi prefecture*",
                                    "reception en*",
                                    "reception par*",
                                    "date de reception*",
                                    "date de teletransmission*",
                                    "date de transmission*",
                                    "date de publication*",
                                    "date de mise*",
                                    "date d'affichage*",
                                    "transmis*",
                                    "certifie*",
                                    "acte rendu*",
                                    "acte executoire*",
                                    "page*",
                                    "mise en ligne*",
                                    "notifie*",
                                    "rendu executoire*",
                                    "depose*",
                                    "publication*",
                                    "affichage*",
                                    "le maire certifie*",
                                    "url*",
                                    NULL};

static const char *const seance[] = {"seance*",
                                     "aujourd'hui",
                                     "session*",
                                     "l'an",
                                     "l an",
                                     "en l'an",
                                     "reunion*",
                                     "convocation*",
                                     "date de convocation*",
                                     "date de la convocation*",
                                     "date convocation*",
                                     "date de la seance*",
                                     "date de seance*",
                                     "date du conseil*",
                                     "convoque*",
                                     "sous la presidence*",
                                     "presidence*",
                                     "president*",
                                     "reuni*",
                                     "lieu*",
                                     "heure",
                                     "heure :",
                                     "heures :",
                                     "ouverture de la seance*",
                                     "ouverture de seance*",
                                     "ouverture :",
                                     "s'est reuni*",
                                     "se sont reuni*",
                                     "le conseil municipal, legalement*",
                                     "lors de la*",
                                     "nombre d*",
                                     "la convocation*",
                                     "le quorum*",
                                     "quorum*",
                                     "la seance*",
                                     "etant reuni*",
                                     "dument convoqu*",
                                     "legalement convoqu*",
                                     NULL};

static const char *const presence[] = {"present*",
                                       "etaient present*",
                                       "etai* present*",
                                       "sont present*",
                                       "membres present*",
                                       "absent*",
                                       "excuse*",
                                       "represente*",
                                       "pouvoir*",
                                       "procuration*",
                                       "votant*",
                                       "votants",
                                       "en exercice*",
                                       "membres en exercice*",
                                       "ont donne*",
                                       "avai* donne*",
                                       "ayant donne*",
                                       "suppleant*",
                                       "titulaire*",
                                       "conseillers present*",
                                       "membre*",
                                       "effectif*",
                                       "s'etaient fait*",
                                       "s'etai* fait*",
                                       "etaient absent*",
                                       "etaient excus*",
                                       "etaient represente*",
                                       "conseiller* en exercice*",
                                       "assistai*",
                                       "assistent*",
                                       "administration*",
                                       "ont vote par*",
                                       "a donne*",
                                       "exprimes*",
                                       "suffrages*",
                                       "presents",
                                       "delegues*",
                                       "formant*",
                                       "remplace",
                                       "remplacee",
                                       "remplaces",
                                       "remplacant*",
                                       "participai*",
                                       "invites*",
                                       "elus present*",
                                       "en visioconference*",
                                       "mandat*",
                                       "ont siege*",
                                       NULL};

static const char *const secretary[] = {"secretaire*",
                                        "le secretaire*",
                                        "la secretaire*",
                                        "secretariat*",
                                        "designation du secretaire*",
                                        "designation d'un secretaire*",
                                        "a ete nomme*",
                                        "a ete designe*",
                                        "est nomme*",
                                        "est designe*",
                                        "est elu*",
                                        NULL};

static const char *const objet[] = {"objet*",    "sujet",    "intitule",
                                    "titre :",   "titre:",   "titre de la deliberation",
                                    "libelle :", "libelle:", "l'objet de la presente*",
                                    "affaire :", NULL};

static const char *const rapporteur[] = {
    "rapporteur*", "rapport de",   "rapport present*", "sur le rapport d*", "sur rapport d*", "sur proposition d*",
    "expose d*",   "presentation", "presente par",     "rapporteuse",       "le rapporteur*", "la rapporteur*",
    NULL};

static const char *const body[] = {"vu",
                                   "considerant*",
                                   "attendu*",
                                   "il est propose*",
                                   "il est rappele*",
                                   "il est expose*",
                                   "le conseil*, apres*",
                                   "apres en avoir*",
                                   "apres avoir*",
                                   "article",
                                   "art.",
                                   "ouï",
                                   "oui",
                                   "entendu*",
                                   "expose des motifs",
                                   "expose",
                                   "motif*",
                                   "monsieur le maire*",
                                   "madame le maire*",
                                   "madame la maire*",
                                   "m. le maire*",
                                   "mme le maire*",
                                   "mme la maire*",
                                   "monsieur le president*",
                                   "madame la presidente*",
                                   "m. le president*",
                                   "mme la presidente*",
                                   "le maire*",
                                   "le president*",
                                   "la presidente*",
                                   "la maire*",
                                   "decide*",
                                   "fait et delibere*",
                                   "ainsi fait*",
                                   "pour extrait*",
                                   "pour copie*",
                                   "decision :",
                                   "decision.",
                                   "dans le cadre*",
                                   "afin d*",
                                   "par deliberation*",
                                   NULL};

struct kind_table {
    enum line_kind kind;
    const char *const *openings;
};

/* In the order in which they are tried. */
static const struct kind_table kinds[] = {
    {LINE_OBJET, objet},   {LINE_RAPPORTEUR, rapporteur}, {LINE_SECRETARY, secretary},   {LINE_STAMP, stamp},
    {LINE_SEANCE, seance}, {LINE_PRESENCE, presence},     {LINE_LETTERHEAD, letterhead}, {LINE_BODY, body}};

/* Where the words of a line begin: after dashes, stars, numbers of a list. */
static size_t first_word(const struct document *document, size_t line)
{
    size_t at = document->lines[line].start;
    size_t end = document->lines[line].end;
    while (at < end && !is_word_start(document->folded, at))
        at++;
    return at < end ? at : document->lines[line].start;
}

static bool has_words(const struct document *document, size_t line)
{
    for (size_t at = document->lines[line].start; at < document->lines[line].end; at++)
        if (document->folded.bytes[at] >= 'a' && document->folded.bytes[at] <= 'z')
            return true;
    return false;
}

/* « Anne ROUX rapporte : » */
static bool is_rapporte_line(const struct document *document, size_t line)
{
    static const char *const verbs[] = {"rapporte", "rapporteur", "rapporteure", "rapporteuse", NULL};
    const struct line *place = &document->lines[line];
    struct span verb;
    if (place->end - place->start > 120 || document_find(document, place->start, place->end, verbs, &verb) < 0)
        return false;
    return skip_separators(document->folded, verb.end) >= place->end;
}

/* « Vice-président rapporteur : M. X », « Élue rapporteure : X » */
static bool is_labelled_rapporteur(const struct document *document, size_t line)
{
    static const char *const words[] = {"rapporteur*", "rapporteuse*", NULL};
    enum { LABEL_BYTES = 40 };
    struct slice folded = document->folded;
    const struct line *place = &document->lines[line];
    size_t to = place->start + LABEL_BYTES < place->end ? place->start + LABEL_BYTES : place->end;
    struct span word;
    if (slice_find_byte(slice_range(folded, place->start, place->end), ':', 0) == SLICE_NONE || /* nearly every line */
        document_find(document, place->start, to, words, &word) < 0)
        return false;
    size_t after = skip_blanks(folded, word.end);
    return after < place->end && folded.bytes[after] == ':' &&
           slice_find_byte(slice_range(folded, place->start, word.start), ':', 0) == SLICE_NONE &&
           slice_find(slice_range(folded, place->start, word.start), SLICE(" - ")) == SLICE_NONE &&
           slice_find(slice_range(folded, place->start, word.start), SLICE("–")) == SLICE_NONE;
}

/* A name as lists print it: with a civility, initials or a word in capitals (« Christian LEROY », « POURCHEL I. »). */
static bool looks_like_name(const struct document *document, size_t start, size_t stop)
{
    enum { LONGEST_ITEM_BYTES = 60, ADDITION_BYTES = 30 }; /* « , adjoint au maire » */
    struct span name;
    if (stop - start >= LONGEST_ITEM_BYTES || !person_at(document, start, &name) || name.end + ADDITION_BYTES < stop)
        return false;
    if (civility_at(document->folded, start) > 0)
        return true;
    for (size_t at = name.start; at < name.end; at++) {
        size_t end = at;
        while (end < name.end && document->folded.bytes[end] != ' ')
            end++;
        if (document_is_capitals(document, at, end))
            return true;
        at = end;
    }
    return false;
}

/* « DEVELOPPEMENT DURABLE - PLAN CLIMAT - ADOPTION »: capitals between dashes, and neither an initial nor a comma. */
static bool is_title_with_dashes(const struct document *document, size_t line)
{
    struct slice text = line_text(document, line);
    return slice_find(text, SLICE(" - ")) != SLICE_NONE &&
           document_is_capitals(document, document->lines[line].start, document->lines[line].end) &&
           slice_find_byte(text, '.', 0) == SLICE_NONE && slice_find_byte(text, ',', 0) == SLICE_NONE &&
           slice_find_byte(text, ';', 0) == SLICE_NONE;
}

/* Commas, semicolons and dashes between names. */
static bool is_name_list(const struct document *document, size_t line)
{
    enum { FEW_NAMES = 3 };
    const struct line *place = &document->lines[line];
    size_t items = 0;
    size_t names = 0;
    size_t polite = 0; /* with a civility each, fewer are a list */
    for (size_t at = place->start; at < place->end;) {
        size_t stop = at;
        while (stop < place->end && document->folded.bytes[stop] != ',' && document->folded.bytes[stop] != ';' &&
               !(document->folded.bytes[stop] == '-' && stop > at && document->folded.bytes[stop - 1] == ' '))
            stop++;
        size_t start = skip_blanks(document->folded, at);
        items++;
        bool named = start < stop && looks_like_name(document, start, stop);
        names += named;
        polite += named && civility_at(document->folded, start) > 0;
        at = stop + 1;
    }
    return (names >= FEW_NAMES && names * 4 >= items * 3 && !is_title_with_dashes(document, line)) ||
           (polite > 0 && polite == items);
}

/* « M. CHASTANIER, Mme PERRODIN étaient présents » and sentences on presence that open with a name. */
static bool speaks_of_presence(const struct document *document, size_t line)
{
    static const char *const words[] = {"etaient present*",
                                        "donn* pouvoir",
                                        "donn* procuration",
                                        "pouvoir a",
                                        "pouvoir",
                                        "procuration a",
                                        "majorite des membres en exercice",
                                        "absent*",
                                        "excuse*",
                                        "par procuration",
                                        "delegation de vote",
                                        "present* a",
                                        "present* jusqu'*",
                                        NULL};
    struct span word;
    const struct line *place = &document->lines[line];
    size_t start = first_word(document, line);
    bool opens_with_name = civility_at(document->folded, start) > 0 || is_name_list(document, line) ||
                           phrase_at(document->folded, start, "commune d*") != SLICE_NONE;
    return opens_with_name && document_find(document, place->start, place->end, words, &word) >= 0;
}

/* « Nom | Présent | Absent | Pouvoir »: the heads of a table of members. */
static bool heads_members(const struct document *document, size_t line)
{
    static const char *const present[] = {"present", "presents", "presente*", NULL};
    static const char *const others[] = {"absent*", "excuse*", "pouvoir*", "procuration*", "represente*", NULL};
    enum { LONGEST_HEADS_BYTES = 120 };
    struct span word;
    const struct line *place = &document->lines[line];
    struct slice text = line_text(document, line);
    return text.len <= LONGEST_HEADS_BYTES && slice_find_byte(text, ':', 0) == SLICE_NONE &&
           slice_find_byte(text, ',', 0) == SLICE_NONE && slice_find_byte(text, '.', 0) == SLICE_NONE &&
           (slice_find(text, SLICE("  ")) != SLICE_NONE || slice_find_byte(text, '|', 0) != SLICE_NONE) &&
           document_find(document, place->start, place->end, present, &word) >= 0 &&
           document_find(document, place->start, place->end, others, &word) >= 0;
}

static bool speaks_of_secretary(const struct document *document, size_t line)
{
    static const char *const words[] = {"secretaire", "secretaire*", "pour remplir cette fonction",
                                        "pour remplir les fonctions", NULL};
    static const char *const verbs[] = {
        "elu*", "nomme*", "designe*", "rempli*", "fonction*", "choisi*", "assur*", "secretaire de seance", NULL};
    struct span word;
    const struct line *place = &document->lines[line];
    return place->end - place->start < 220 && document_find(document, place->start, place->end, words, &word) >= 0 &&
           document_find(document, place->start, place->end, verbs, &word) >= 0;
}

static bool opens_the_seance(const struct document *document, size_t line)
{
    static const char *const words[] = {"s'est reuni*",
                                        "se sont reuni*",
                                        "s'est assembl*",
                                        "sous la presidence*",
                                        "etant assembl*",
                                        "s'est legalement*",
                                        "convoque* le",
                                        "dument convoqu*",
                                        "legalement convoqu*",
                                        "regulierement convoqu*",
                                        NULL};
    struct span word;
    const struct line *place = &document->lines[line];
    return document_find(document, place->start, place->end, words, &word) >= 0;
}

/* « Madame BERT, adjointe au maire, présente le rapport suivant : » */
static bool opens_the_report(const struct document *document, size_t line)
{
    static const char *const verbs[] = {"expose*", "presente", "rapporte",      "rappelle",  "indique", "explique",
                                        "informe", "propose",  "donne lecture", "fait part", NULL};
    static const char *const until[] = {"jusqu'a", "a partir d*", "jusqu'au", NULL};
    enum { OFFICE_BYTES = 90 };
    struct span name;
    struct span verb;
    size_t end;
    size_t start = first_word(document, line);
    if (civility_at(document->folded, start) == 0 || !person_at(document, start, &name))
        return false;
    size_t to = name.end + OFFICE_BYTES;
    if (document_find(document, name.end, to < document->lines[line].end ? to : document->lines[line].end, verbs,
                      &verb) < 0)
        return false;
    size_t next = skip_blanks(document->folded, verb.end); /* « Mme X présente jusqu'à 19 h », « présente à 15h10 » */
    size_t of_hour = phrase_at(document->folded, next, "a");
    bool hour =
        of_hour != SLICE_NONE && of_hour + 1 < document->folded.len && is_digit(document->folded.bytes[of_hour + 1]);
    return !hour && phrases_at(document->folded, next, until, &end) < 0;
}

static bool is_number_line(const struct document *document, size_t line)
{
    const struct line *place = &document->lines[line];
    static const char *const words[] = {"n° de deliberation",
                                        "n° de la deliberation",
                                        "affaire",
                                        "rapport",
                                        "dossier",
                                        "deliberation",
                                        "voeu",
                                        "question",
                                        "motion",
                                        "point",
                                        "acte",
                                        "decision",
                                        NULL};
    struct span number;
    size_t word;
    size_t at = place->start;
    if (phrases_at(document->folded, at, words, &word) >= 0)
        at = skip_separators(document->folded, word);
    size_t sign = number_sign_at(document->folded, at);
    at = sign == SLICE_NONE ? at : sign;
    return number_at(document, at, &number) && number.end + 1 >= place->end;
}

/* « Lundi 25 mai 2020, 19 h, salle polyvalente » */
static bool opens_with_day(const struct document *document, size_t line)
{
    struct french_date date;
    size_t start = first_word(document, line);
    size_t of =
        phrase_at(document->folded, start, "du"); /* « DU 22 JUILLET 2021 » alone below the title of the paper */
    if (of != SLICE_NONE)
        start = skip_blanks(document->folded, of);
    bool alone = of != SLICE_NONE && french_date_at(&date, document->folded, start) &&
                 start + date.len + 1 >= document->lines[line].end;
    return french_date_at(&date, document->folded, start) && date.date && (date.weekday || alone);
}

/* « Monsieur Pierre VASSEUR - Maire », « Mme Lise BERT, Présidente »: somebody's name and office and nothing else. */
static bool is_name_with_office(const struct document *document, size_t line)
{
    static const char *const offices[] = {"maire",    "president*", "premier* adjoint*", "vice-president*", "adjoint*",
                                          "le maire", "la maire",   "le president",      "la presidente",   NULL};
    enum { LONGEST_OFFICE_BYTES = 40 };
    struct slice folded = document->folded;
    struct span name;
    size_t end;
    size_t to = document->lines[line].end;
    size_t start = first_word(document, line);
    if (civility_at(folded, start) == 0 || !person_at(document, start, &name) || name.end >= to)
        return false;
    size_t at = skip_separators(folded, folded.bytes[name.end] == ',' ? name.end + 1 : name.end);
    return at > name.end + 1 && phrases_at(folded, at, offices, &end) >= 0 && to - at <= LONGEST_OFFICE_BYTES &&
           slice_find_byte(slice_range(folded, at, to), ',', 0) == SLICE_NONE;
}

/* « 29 Délibération au Conseil municipal du lundi 26 juin 2023 »: the rank stands before the head of the paper. */
static bool is_head_with_rank(const struct document *document, size_t line)
{
    static const char *const heads[] = {"deliberation a*", "deliberation d*", NULL};
    struct slice folded = document->folded;
    struct span council;
    size_t end;
    size_t at = document->lines[line].start;
    static const char *const councils[] = {"conseil", "comite", "bureau", "commission permanente", NULL};
    while (at < document->lines[line].end && is_digit(folded.bytes[at]))
        at++;
    return at > document->lines[line].start && phrases_at(folded, skip_separators(folded, at), heads, &end) >= 0 &&
           document_find(document, end, document->lines[line].end, councils, &council) >= 0;
}

/* « Par conséquent, le conseil de la métropole décide : » */
static bool tells_decision(const struct document *document, size_t line)
{
    static const char *const councils[] = {
        "le conseil", "le comite", "le bureau", "l'assemblee", "la commission permanente", NULL};
    static const char *const verbs[] = {"decide", "decide de", "delibere", NULL};
    const struct line *place = &document->lines[line];
    struct slice text = line_text(document, line);
    struct span council;
    struct span verb;
    if (slice_find(text, SLICE("decide")) == SLICE_NONE && slice_find(text, SLICE("delibere")) == SLICE_NONE)
        return false; /* nearly every line */
    return document_find(document, place->start, place->end, councils, &council) >= 0 &&
           document_find(document, council.end, place->end, verbs, &verb) >= 0;
}

/* « OFFICE PUBLIC DE L'HABITAT DE LA LYRE »: bodies whose names also open titles, but not so near the top. */
static bool is_head_of_body(const struct document *document, size_t line)
{
    static const char *const bodies[] = {"office public de l'habitat",
                                         "caisse des ecoles",
                                         "service departemental d'incendie",
                                         "parc naturel regional",
                                         "pole d'equilibre*",
                                         "centre de gestion*",
                                         NULL};
    enum { TOP_LINES = 6 };
    size_t end;
    return line < TOP_LINES && phrases_at(document->folded, first_word(document, line), bodies, &end) >= 0;
}

static enum line_kind kind_of(const struct document *document, size_t line)
{
    size_t end;
    if (line_is_empty(document, line))
        return LINE_EMPTY;
    if (!has_words(document, line))
        return is_number_line(document, line) && document->lines[line].end - document->lines[line].start > 3
                   ? LINE_NUMBER
                   : LINE_STAMP;
    if (is_rapporte_line(document, line) || is_labelled_rapporteur(document, line))
        return LINE_RAPPORTEUR;
    if (is_number_line(document, line))
        return LINE_NUMBER;
    size_t start = first_word(document, line);
    if (speaks_of_secretary(document, line))
        return LINE_SECRETARY;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (phrases_at(document->folded, start, kinds[i].openings, &end) >= 0)
            return kinds[i].kind;
    if (opens_the_seance(document, line) || opens_with_day(document, line))
        return LINE_SEANCE;
    if (opens_the_report(document, line))
        return LINE_BODY;
    if (is_head_with_rank(document, line) || is_head_of_body(document, line))
        return LINE_LETTERHEAD;
    if (is_name_with_office(document, line))
        return LINE_PRESENCE;
    if (speaks_of_presence(document, line) || is_name_list(document, line) || heads_members(document, line))
        return LINE_PRESENCE;
    return tells_decision(document, line) ? LINE_BODY : LINE_OTHER;
}

/* A line that goes on from the one above (no empty line between) takes its kind when that kind runs over lines. */
static bool runs_on(enum line_kind kind)
{
    return kind == LINE_SEANCE || kind == LINE_PRESENCE || kind == LINE_SECRETARY;
}

/* The line above ends a sentence or a list item, so that what follows stands on its own. */
static bool is_closed(const struct document *document, size_t line)
{
    static const char *const civilities[] = {"mm.", "mmes.", "mme.", " m."}; /* « Étaient présents : Mmes et MM. » */
    struct slice text = line_text(document, line);
    for (size_t i = 0; i < sizeof civilities / sizeof *civilities; i++)
        if (slice_ends(text, slice_of(civilities[i])))
            return false;
    return text.len > 0 && memchr(".;:", text.bytes[text.len - 1], 3) != NULL;
}

/* « 12. Finances - Octroi d'une prime » below the list of those present: a rank, and words that no list of names holds.
 */
static bool opens_with_rank(const struct document *document, size_t line)
{
    enum { MAX_FIGURES = 3 };
    static const char *const small[] = {"de", "du", "des", "la",  "le",   "les", "et",
                                        "d",  "l",  "au",  "aux", "pour", "a",   NULL};
    struct slice folded = document->folded;
    struct span name;
    size_t ignored;
    size_t start = document->lines[line].start;
    size_t end = document->lines[line].end;
    size_t at = start;
    while (at < end && is_digit(folded.bytes[at]))
        at++;
    if (at == start || at > start + MAX_FIGURES || at >= end || !memchr(".)-", folded.bytes[at], 3))
        return false;
    at = skip_separators(folded, at + 1);
    if (!document_is_capital_at(document, at))
        return false;
    for (at = person_at(document, at, &name) ? name.end : at; at < end; at++)
        if (is_word_start(folded, at) && !document_is_capital_at(document, at) &&
            phrases_at(folded, at, small, &ignored) >= 0)
            return true;
    return false;
}

/* « SÉANCE DU 29 MARS 2023 / SOUTIEN AUX QUARTIERS »: below a line that ends with its day, capitals are a title; but
 * for the place. */
static bool is_title_below_day(const struct document *document, size_t line)
{
    static const char *const places[] = {"salle*",   "hotel*", "mairie*",  "espace*", "maison*",
                                         "gymnase*", "foyer*", "theatre*", "presid*", "sous*",
                                         "au",       "en",     "le",       "la",      NULL};
    enum { LONGEST_DAY_BYTES = 60 };
    struct slice folded = document->folded;
    struct french_date date;
    size_t end;
    const struct line *above = &document->lines[line - 1];
    const struct line *place = &document->lines[line];
    size_t from = above->start;
    size_t last = SLICE_NONE;
    while (above->end - above->start <= LONGEST_DAY_BYTES &&
           french_date_next(&date, slice_range(folded, 0, above->end), from)) {
        last = date.date ? date.start + date.len : SLICE_NONE;
        from = date.start + date.len;
    }
    return last != SLICE_NONE && last + 1 >= above->end && document_is_capitals(document, place->start, place->end) &&
           phrases_at(folded, first_word(document, line), places, &end) < 0;
}

/* « • J.M. BERT »: a name, as lists print it, and nothing else. */
static bool is_name_alone(const struct document *document, size_t line)
{
    struct span name;
    size_t start = skip_to_word(document->folded, document->lines[line].start, document->lines[line].end);
    return looks_like_name(document, start, document->lines[line].end) && person_at(document, start, &name) &&
           name.end + 1 >= document->lines[line].end;
}

static size_t first_recital(const struct document *document)
{
    static const char *const recitals[] = {"vu", "considerant*", "attendu*", NULL};
    size_t end;
    size_t line = 0;
    while (line < document->line_count && phrases_at(document->folded, document->lines[line].start, recitals, &end) < 0)
        line++;
    return line;
}

void header_classify(struct document *document)
{
    enum { HEADER_LINES = 250 }; /* the longest list of those present, one a line; what is below is the matter */
    enum line_kind *kinds_found = arena_alloc(document->arena, (document->line_count + 1) * sizeof *kinds_found);
    for (size_t line = 0; line < document->line_count && line < HEADER_LINES; line++) {
        enum line_kind kind = kind_of(document, line);
        enum line_kind above = line > 0 ? kinds_found[line - 1] : LINE_EMPTY;
        if (kind == LINE_OTHER && runs_on(above) && !is_closed(document, line - 1) &&
            !opens_with_rank(document, line) && !(above == LINE_SEANCE && is_title_below_day(document, line)))
            kind = above;
        if (kind == LINE_OTHER && above == LINE_PRESENCE && is_name_alone(document, line))
            kind = LINE_PRESENCE; /* « Membres présents : / • J.M. BERT / • P. ROUX » */
        kinds_found[line] = kind;
    }
    document->kinds = kinds_found;
    document->recital_line = first_recital(document);
}

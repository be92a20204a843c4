/* Which acts are found in a text, and by what proof. All names are invented. Expected: the proof, then the objet of
 * each act, one a line. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "split/acts.h"

struct split_case {
    const char *text;
    const char *expected;
};

#define HEADER                                                                                                         \
    "COMMUNE DE KERVALO\nPROCES-VERBAL DE LA SEANCE DU 12 MARS 2021\n"                                                 \
    "Présents : Anne LEGOFF, Yann MADEC, Rozenn TANGUY\nSecrétaire de séance : Yann MADEC\n\n"

static const struct split_case cases[] = {
    /* a run of numbers; the ordre du jour has the same ones */
    {HEADER "Ordre du jour :\n1. Budget primitif\n2. Tarifs de la cantine\n3. Achat d'un tracteur\n\n"
            "1. Budget primitif\nLe maire présente le budget.\nAdopté à l'unanimité.\n\n"
            "2. Tarifs de la cantine\nLe conseil fixe le repas à 3 €.\nAdopté à l'unanimité.\n\n"
            "3. Achat d'un tracteur\nLe devis est de 20 000 €.\nAdopté par 12 voix pour et 1 contre.\n",
     "numbers\nBudget primitif\nTarifs de la cantine\nAchat d'un tracteur"},
    {HEADER
     "2021-014 – Budget primitif\nAdopté à l'unanimité.\n\n2021-015 – Tarifs de la cantine\nAdopté à l'unanimité.\n"
     "\n2021- 016 – Achat d'un tracteur\nAdopté à l'unanimité.\n",
     "numbers\nBudget primitif\nTarifs de la cantine\nAchat d'un tracteur"},
    {HEADER "Délibération n° 7\nBudget primitif\nVote : unanimité\n\nDélibération n° 8\nTarifs de la cantine\nVote : "
            "unanimité\n\nDélibération n° 9\nAchat d'un tracteur\nVote : unanimité\n",
     "numbers\nBudget primitif\nTarifs de la cantine\nAchat d'un tracteur"},
    {HEADER "I – Budget primitif\nAdopté à l'unanimité.\nII – Tarifs de la cantine\nAdopté à l'unanimité.\n"
            "III – Achat d'un tracteur\nAdopté à l'unanimité.\nIV – Questions diverses\nLe car passe à 8 h.\n",
     "numbers\nBudget primitif\nTarifs de la cantine\nAchat d'un tracteur"},
    {HEADER
     "Budget primitif (N° DE_2021_041)\nAdopté à l'unanimité.\n\nTarifs de la cantine (N° DE_2021_042)\nAdopté à "
     "l'unanimité.\n\nAchat d'un tracteur (N° DE_2021_043)\nAdopté à l'unanimité.\n",
     "numbers\nBudget primitif\nTarifs de la cantine\nAchat d'un tracteur"},
    {HEADER "1/ Budget primitif\nAdopté à l'unanimité.\n2/ Tarifs de la cantine\nAdopté à l'unanimité.\n"
            "3/ Achat d'un tracteur\nAdopté à l'unanimité.\n",
     "numbers\nBudget primitif\nTarifs de la cantine\nAchat d'un tracteur"},
    {HEADER "2021.03.14 – Budget primitif\nAdopté à l'unanimité.\n\n2021.03.15 – Tarifs de la cantine\nAdopté à "
            "l'unanimité.\n",
     "numbers\nBudget primitif\nTarifs de la cantine"},
    {HEADER "Budget primitif (N° 41/2021)\nAdopté à l'unanimité.\n\nTarifs de la cantine de l'école (N°\n42/2021)\n"
            "Adopté à l'unanimité.\n\nAchat d'un tracteur (N° 43/2021)\nAdopté à l'unanimité.\n",
     "numbers\nBudget primitif\nTarifs de la cantine de l'école\nAchat d'un tracteur"},
    /* numbers of sections and of their points; points that begin anew in each section */
    {HEADER "I - Finances\nI.1 - Budget primitif\nAdopté à l'unanimité.\nI.2 - Tarifs de la cantine\nAdopté à "
            "l'unanimité.\nII - Achats\nII.1 - Achat d'un tracteur\nAdopté à l'unanimité.\n",
     "numbers\nBudget primitif\nTarifs de la cantine\nAchat d'un tracteur"},
    {HEADER "I - FINANCES\n1. Budget primitif\nAdopté à l'unanimité.\n2. Tarifs de la cantine\nAdopté à "
            "l'unanimité.\nII - ACHATS\n1. Achat d'un tracteur\nAdopté à l'unanimité.\n",
     "numbers\nBudget primitif\nTarifs de la cantine\nAchat d'un tracteur"},
    /* the year and the rank in one word; the number below each act */
    {HEADER "D2021014 : Budget primitif\nAdopté à l'unanimité.\n\nD2021015 : Tarifs de la cantine\nAdopté à "
            "l'unanimité.\n",
     "numbers\nBudget primitif\nTarifs de la cantine"},
    {HEADER "Point n°1 : Budget primitif\nAdopté à l'unanimité.\nDélibération n° 2021-14\n\nPoint n°2 : Tarifs de la "
            "cantine\nAdopté à l'unanimité.\nDélibération n° 2021-15\n\nPoint n°3 : Achat d'un tracteur\nAdopté à "
            "l'unanimité.\nDélibération n° 2021-16\n",
     "numbers\nBudget primitif\nTarifs de la cantine\nAchat d'un tracteur"},
    {HEADER
     "BUDGET PRIMITIF ( DE_2021_041)\nRésultat du vote : Adoptée\n\nTARIFS DE LA CANTINE ( DE_2021_042)\nRésultat du "
     "vote : Adoptée\n\nACHAT D'UN TRACTEUR ( DE_2021_043)\nRésultat du vote : Adoptée\n",
     "numbers\nBUDGET PRIMITIF\nTARIFS DE LA CANTINE\nACHAT D'UN TRACTEUR"},
    {HEADER
     "1. ADOPTION DU BUDGET :\nLe budget est adopté à l'unanimité.\n2. DELIBERATION 01-2021 : TARIFS DE LA CANTINE :\n"
     "Accord du conseil : 5 pour, 1 abstention.\n3. DELIBERATION 02-2021 : ACHAT D'UN TRACTEUR :\nAdopté.\n",
     "numbers\nADOPTION DU BUDGET\nTARIFS DE LA CANTINE\nACHAT D'UN TRACTEUR"},
    {HEADER "1 - Budget primitif\nAdopté à l'unanimité.\n2 - Tarifs de la cantine\nAdopté à l'unanimité.\n"
            "3 - Achat d'un tracteur\nReport à une prochaine séance.\n",
     "numbers\nBudget primitif\nTarifs de la cantine\nAchat d'un tracteur"},
    /* the line above a title is none of it */
    {HEADER "Budget primitif (N° DE_2021_041)\nLe conseil :\n– ADOPTE le budget,\nTarifs de la cantine de l'école "
            "élémentaire (N°\nDE_2021_042)\nVote : Contre : 0 - Abstention : 0 - Pour : 9\nAchat d'un tracteur (N° "
            "DE_2021_043)\nAdopté à l'unanimité.\n",
     "numbers\nBudget primitif\nTarifs de la cantine de l'école élémentaire\nAchat d'un tracteur"},
    /* titles that stand alone, others with a bullet */
    {HEADER
     "Budget primitif\n\nLe budget est adopté à l'unanimité.\n\nTarifs de la cantine\n\nLe conseil approuve le repas à "
     "3 €.\n\nAchat d'un tracteur\n\nLe devis est retenu à l'unanimité.\n\nInformations diverses\n\nLe car passe à 8 "
     "h.\n",
     "titles\nBudget primitif\nTarifs de la cantine\nAchat d'un tracteur"},
    {HEADER "► Budget primitif\nLe budget est adopté à l'unanimité.\n► Tarifs de la cantine\nLe conseil approuve le "
            "repas à 3 €.\n► Achat d'un tracteur\n- RETIENT le devis à l'unanimité\n",
     "titles\nBudget primitif\nTarifs de la cantine\nAchat d'un tracteur"},
    {HEADER
     "Budget primitif\n---------------\nLe budget est adopté à l'unanimité.\nTarifs de la cantine\n-----------\nLe "
     "conseil approuve le repas à 3 €.\nAchat d'un tracteur\n-----------\nLe devis est retenu à l'unanimité.\n",
     "titles\nBudget primitif\nTarifs de la cantine\nAchat d'un tracteur"},
    {HEADER "Délibération : Budget primitif\nAdopté à l'unanimité.\nDélibération : Tarifs de la cantine\nAdopté à "
            "l'unanimité.\nDélibération : Achat d'un tracteur\nAdopté à l'unanimité.\n",
     "objets\nBudget primitif\nTarifs de la cantine\nAchat d'un tracteur"},
    {HEADER "OBJET\nBudget primitif\nAdopté à l'unanimité.\n\nOBJET\nTarifs de la cantine\nAdopté à l'unanimité.\n",
     "objets\nBudget primitif\nTarifs de la cantine"},
    {HEADER "DEBAT SUR LE BUDGET\nLe conseil prend acte du débat.\n\nTARIFS DE LA CANTINE\nLe conseil approuve le "
            "repas à 3 €.\n\nACHAT D'UN TRACTEUR\nLe devis est retenu à l'unanimité.\n",
     "titles\nDEBAT SUR LE BUDGET\nTARIFS DE LA CANTINE\nACHAT D'UN TRACTEUR"},
    {HEADER
     "A) Budget primitif\nAdopté à l'unanimité.\nB) Tarifs de la cantine de l'école élémentaire du bourg\nVote : "
     "unanimité\nC) Achat d'un tracteur\nAdopté à l'unanimité.\nD) Questions diverses\nNéant.\n",
     "numbers\nBudget primitif\nTarifs de la cantine de l'école élémentaire du bourg\nAchat d'un tracteur"},
    {HEADER
     "1. Budgets\n1.1 Budget primitif\nVoté à l'unanimité.\n1.2 Budget de l'eau\nVoté à l'unanimité.\n2. Tarifs de "
     "la cantine\nAdoptés à l'unanimité.\n3. Achats\n3.1 Achat d'un tracteur\nVoté à l'unanimité.\n3.2 Achat d'une "
     "remorque\nVoté à l'unanimité.\n4. Divers\n",
     "numbers\nBudget primitif\nBudget de l'eau\nTarifs de la cantine\nAchat d'un tracteur\nAchat d'une remorque"},
    {HEADER "==> Budget primitif : adopté à l'unanimité.\n\n==> Tarifs de la cantine\nLe conseil approuve le repas à 3 "
            "€.\n\n==> Achat d'un tracteur\nLe devis est retenu à l'unanimité.\n\n==> Divers\nLe car passe à 8 h.\n",
     "titles\nTarifs de la cantine\nAchat d'un tracteur"},
    {HEADER
     "DÉCISION N°1 : Budget primitif\nUnanimité.\n\nDÉCISION N°2 : Tarifs de la cantine\nUnanimité.\n\nDÉCISION N°3 : "
     "Achat d'un tracteur\nUnanimité.\n",
     "numbers\nBudget primitif\nTarifs de la cantine\nAchat d'un tracteur"},
    {HEADER
     "Budget primitif de la commune\nAdopté à l'unanimité.\n\nTarifs de la cantine\nLe repas passe à 3 €.\nAdopté à "
     "l'unanimité.\n\nAchat d'un tracteur\nLe devis est retenu à l'unanimité.\n",
     "titles\nBudget primitif de la commune\nTarifs de la cantine\nAchat d'un tracteur"},
    {HEADER
     "Objet – Budget primitif\nVu le code,\nVu l'avis du 3 mars,\nCe point est retiré de l'ordre du jour.\n\n"
     "Objet – Tarifs de la cantine\nVu le code de l'éducation,\nVu l'avis du 4 mars,\nAdopté à l'unanimité.\n\nObjet – "
     "Achat d'un tracteur\nVu le code de l'éducation,\nVu l'avis du 4 mars,\nAdopté à l'unanimité.\n",
     "objets\nBudget primitif\nTarifs de la cantine\nAchat d'un tracteur"},
    {HEADER "BUDGET PRIMITIF\n\nLe conseil, à l'unanimité,\n- ADOPTE le budget,\nTARIFS DE LA CANTINE\n\nLe conseil, à "
            "l'unanimité,\n- FIXE le repas à 3 €,\nACHAT D'UN TRACTEUR\n\nLe devis est retenu à l'unanimité.\n",
     "titles\nBUDGET PRIMITIF\nTARIFS DE LA CANTINE\nACHAT D'UN TRACTEUR"},
    /* numbers that begin anew at each hundred; points of the matter; a rank below the number */
    {HEADER "Rapport n° 101 : Budget primitif\nAdopté à l'unanimité.\nRapport n° 102 : Tarifs de la cantine\nAdopté à "
            "l'unanimité.\n2ème commission\nRapport n° 201 : Achat d'un tracteur\nAdopté à l'unanimité.\n",
     "numbers\nBudget primitif\nTarifs de la cantine\nAchat d'un tracteur"},
    {HEADER
     "Délibération n° 2021-7 : Budget primitif\n1. Recettes\n2. Dépenses\nAdopté à l'unanimité.\nDélibération n° "
     "2021-8 : Tarifs de la cantine\na) Repas\nAdopté à l'unanimité.\n",
     "numbers\nBudget primitif\nTarifs de la cantine"},
    {HEADER "2021-014\nII – Budget primitif\nAdopté à l'unanimité.\n2021-015\nIII – Tarifs de la cantine\nAdopté à "
            "l'unanimité.\n",
     "numbers\nBudget primitif\nTarifs de la cantine"},
    /* whoever decides: a syndicate's committee, an assembly */
    {HEADER "1. Budget primitif\nLe comité syndical fixe le budget.\n2. Tarifs de la cantine\nL'assemblée autorise la "
            "présidente à signer.\n3. Achat d'un tracteur\nLe bureau retient le devis.\n",
     "numbers\nBudget primitif\nTarifs de la cantine\nAchat d'un tracteur"},
    /* titles in capitals */
    {HEADER "BUDGET PRIMITIF\nLe budget est adopté à l'unanimité.\n\nTARIFS DE LA CANTINE\nVoici les "
            "comptes.\nDEPENSES : 300 €\nLe conseil "
            "approuve le repas à 3 €.\n\nACHAT D'UN TRACTEUR\nLe devis est retenu à l'unanimité.\n\nQUESTIONS "
            "DIVERSES\nLe car passe à 8 h.\n",
     "titles\nBUDGET PRIMITIF\nTARIFS DE LA CANTINE\nACHAT D'UN TRACTEUR"},
    /* the titles of the agenda again */
    {HEADER
     "Ordre du jour\n- Budget primitif de la commune\n- Tarifs de la cantine\n\nObjet – Budget primitif de la commune\n"
     "Le conseil adopte le budget.\n\nObjet – Tarifs de la cantine\nLe conseil adopte les tarifs.\n",
     "agenda\nBudget primitif de la commune\nTarifs de la cantine"},
    {HEADER
     "Ordre du jour\nApprobation du procès-verbal\nConvention avec le club de voile\nSubventions aux "
     "associations\nQuestions diverses\n\nApprobation du procès-verbal\nLe procès-verbal est adopté à l'unanimité.\n"
     "\nConvention avec le club de voile\nLe conseil approuve la convention.\n\nSubventions aux associations\n"
     "Le conseil vote 300 €.\n\nQuestions diverses\nLe car passe à 8 h.\n",
     "agenda\nApprobation du procès-verbal\nConvention avec le club de voile\nSubventions aux associations"},
    {HEADER
     "Ordre du jour\nApprobation du procès-verbal\nAvenant à la convention avec le centre social du canton\nTarifs de "
     "la "
     "cantine\n\nApprobation du procès-verbal\nLe procès-verbal est adopté.\n\nCentre social du canton – convention, "
     "avenant n° 2\n\nLe conseil approuve l'avenant.\n\nTarifs de la cantine\nLe conseil vote 3 €.\n",
     "agenda\nApprobation du procès-verbal\nCentre social du canton – convention, avenant n° 2\nTarifs de la cantine"},
    /* a label again and again */
    {HEADER
     "Objet : Budget primitif de la commune\nLe conseil adopte le budget.\n\nObjet : Tarifs de la cantine\nLe conseil "
     "adopte les tarifs.\n",
     "objets\nBudget primitif de la commune\nTarifs de la cantine"},
    {HEADER
     "Objet – Budget primitif de la commune\nLe conseil adopte le budget.\n\nObjet – Tarifs de la cantine\nLe conseil "
     "adopte les tarifs.\n",
     "objets\nBudget primitif de la commune\nTarifs de la cantine"},
    /* the closing line */
    {HEADER
     "Budget primitif\nLe budget est présenté.\nVote : à l'unanimité\n\nTarifs de la cantine\nLe repas passe à 3 €.\n"
     "Vote : à l'unanimité\n\nAchat d'un tracteur\nLe devis est lu.\nVote : à l'unanimité\n\nLa séance est levée.\n",
     "votes\nBudget primitif\nTarifs de la cantine\nAchat d'un tracteur"},
    {HEADER
     "Monsieur le Maire propose Yann MADEC en qualité de secrétaire pour la présente séance\nVote : à l'unanimité\n\n"
     "Budget primitif\nLe budget est présenté.\nVote : à l'unanimité\n\nTarifs de la cantine\nLe repas passe à 3 €.\n"
     "Vote : à l'unanimité\n\nAchat d'un tracteur\nLe devis est lu.\nVote : à l'unanimité\n",
     "votes\nBudget primitif\nTarifs de la cantine\nAchat d'un tracteur"},
    /* extracts bound together, and one whose title runs on the next page */
    {"EXTRAIT DU REGISTRE DES DELIBERATIONS\nDélibération n° 2021-07\nObjet : Budget primitif\nAdopté à "
     "l'unanimité.\n\f"
     "EXTRAIT DU REGISTRE DES DELIBERATIONS\nDélibération n° 2021-07\nsuite de l'exposé\n\f"
     "EXTRAIT DU REGISTRE DES DELIBERATIONS\nDélibération n° 2021-08\nObjet : Tarifs de la cantine\nAdopté à "
     "l'unanimité.\n",
     "extracts\nBudget primitif\nTarifs de la cantine"},
    {"ID : 062-200069037-20210312-2021-07-DE\nObjet : Budget primitif\nAdopté.\n\fID : "
     "062-200069037-20210312-2021-08-DE\n"
     "Objet : Tarifs de la cantine\nAdopté.\n",
     "stamps\nBudget primitif\nTarifs de la cantine"},
    {"LISTE DES DELIBERATIONS\nSéance du 12 mars 2021\n\n• Budget primitif\n• Tarifs de la cantine\n",
     "list\nBudget primitif\nTarifs de la cantine"},
    {"LISTE DES DELIBERATIONS\nSéance du 12 mars 2021\n\n- N° 2021-03 - Budget primitif - Adoptée\n- N° 2021-04 - "
     "Tarifs de la "
     "cantine - Prise d'acte\n",
     "list\nBudget primitif\nTarifs de la cantine"},
    {"LISTE DES DELIBERATIONS\nSéance du 12 mars 2021\n\nNuméro       Objet                 Décision\n2021-03-01   "
     "Budget "
     "primitif       Approuvée\n2021-03-02   Tarifs de la cantine  Rejetée\n",
     "list\nBudget primitif\nTarifs de la cantine"},
    /* no proof */
    {"Vote d'un douzième provisoire\n1/ RETROACTES\nLe conseil a voté le budget.\n2/ ANALYSE\nLes crédits sont "
     "adoptés.\n3/ "
     "CONCLUSION\nLe conseil approuve.\n",
     "none\nVote d'un douzième provisoire"},
    {HEADER "Le conseil parle du budget. Il parle aussi des tarifs. Adopté à l'unanimité.\n", "none"},
    {"EXTRAIT DU REGISTRE DES DELIBERATIONS\nDélibération n° 2021-07\nObjet : Budget primitif\nLe conseil décide :\n"
     "1. D'approuver le budget\n2. D'autoriser le maire à signer\n3. De charger le maire de l'exécution\nAdopté à "
     "l'unanimité.\n",
     "none\nBudget primitif"},
    {"Objet : Budget primitif\nLe conseil,\nVu la\ndélibération n° 2020-11,\nVu la\ndélibération n° 2020-12,\nVu la\n"
     "délibération n° 2020-13,\nAdopte à l'unanimité.\n",
     "none\nBudget primitif"},
};

static void check(const struct split_case *one)
{
    struct arena *arena = arena_new();
    struct acts acts = {0};
    struct buffer found = {0};
    struct act_source source = {.path = SLICE("a.txt"), .has_pages = true};
    acts_of_text(&acts, arena, slice_of(one->text), &source, NULL);
    buffer_add_string(&found, split_proof_name(acts.items[0].act->split));
    for (size_t i = 0; i < acts.count && (acts.count > 1 || strchr(one->expected, '\n')); i++) {
        buffer_add_byte(&found, '\n');
        buffer_add_slice(&found, acts.items[i].act->objet);
    }
    assert_string_equal(found.bytes, one->expected);
    buffer_free(&found);
    arena_free(arena);
}

static void acts_are_cut_on_proof(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check(&cases[i]);
}

/* Every byte of a text belongs to exactly one of its acts. */
static void nothing_is_lost(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct arena *arena = arena_new();
        struct acts acts = {0};
        struct act_source source = {.path = SLICE("a.txt")};
        const char *next = cases[i].text;
        acts_of_text(&acts, arena, slice_of(cases[i].text), &source, NULL);
        for (size_t j = 0; j < acts.count; j++) {
            assert_ptr_equal(acts.items[j].text.bytes, next);
            next += acts.items[j].text.len;
        }
        assert_int_equal(*next, '\0');
        arena_free(arena);
    }
}

/* What minutes say once is said of each act; places are those in the act's own text. */
static void acts_inherit_the_session(void **state)
{
    struct arena *arena = arena_new();
    struct acts acts = {0};
    struct act_source source = {.path = SLICE("a.txt"), .has_pages = true};
    (void)state;
    acts_of_text(&acts, arena, slice_of(cases[1].text), &source, NULL);
    assert_int_equal(acts.count, 3);
    for (size_t i = 0; i < acts.count; i++) {
        const struct act *act = acts.items[i].act;
        const struct provenance *found = &act->provenance[FIELD_VOTE];
        struct slice place = slice_range(acts.items[i].text, found->start_bytes, found->end_bytes);
        assert_int_equal(act->date, 20210312);
        assert_int_equal(act->present.count, 3);
        assert_true(slice_equal(act->secretary, SLICE("Yann MADEC")));
        assert_true(slice_starts(act->number, SLICE("2021-01")));
        assert_true(slice_find(place, SLICE("unanimité")) != SLICE_NONE);
        assert_int_equal(act->vote.unanimous, TRUTH_TRUE);
    }
    arena_free(arena);
}

/* « date|number of present|council|objet » of each act. */
static void assert_seances(const char *text, const char *expected)
{
    struct arena *arena = arena_new();
    struct acts acts = {0};
    struct buffer found = {0};
    struct act_source source = {.path = SLICE("a.txt"), .has_pages = true};
    acts_of_text(&acts, arena, slice_of(text), &source, NULL);
    for (size_t i = 0; i < acts.count; i++) {
        const struct act *act = acts.items[i].act;
        buffer_printf(&found, "%u|%zu|%.*s|%u|%.*s\n", act->date, act->present.count, (int)act->council.len,
                      act->council.bytes, act->page_first, (int)act->objet.len, act->objet.bytes);
    }
    assert_string_equal(found.bytes, expected);
    buffer_free(&found);
    arena_free(arena);
}

static void seances_of_one_file_are_told_apart(void **state)
{
    (void)state;
    assert_seances(HEADER "1. Approbation du compte rendu de la séance du 4 février 2021\nAdopté à l'unanimité.\n\n"
                          "2. Tarifs de la cantine\nAdopté à l'unanimité.\n\n3. Achat d'un tracteur\nAdopté à "
                          "l'unanimité.\n\fPROCES-VERBAL DE LA SEANCE DU 9 AVRIL 2021\nPrésents : Anne LEGOFF, Yann "
                          "MADEC, Rozenn TANGUY, Soizic LEMEUR\n\n1. Budget primitif\nAdopté à l'unanimité.\n\n2. "
                          "Taux d'imposition\nAdopté à l'unanimité.\n\n3. Travaux du clocher\nAdopté à l'unanimité.\n",
                   "20210312|3|Commune de Kervalo|1|Approbation du compte rendu de la séance du 4 février 2021\n"
                   "20210312|3|Commune de Kervalo|1|Tarifs de la cantine\n"
                   "20210312|3|Commune de Kervalo|1|Achat d'un tracteur\n"
                   "20210409|4|Commune de Kervalo|2|Budget primitif\n"
                   "20210409|4|Commune de Kervalo|2|Taux d'imposition\n"
                   "20210409|4|Commune de Kervalo|2|Travaux du clocher\n");
}

static void a_roll_called_anew_is_of_its_act(void **state)
{
    (void)state;
    assert_seances("COMMUNE DE KERVALO\nPROCES-VERBAL DE LA SEANCE DU 12 MARS 2021\n\nDélibération n° 2021-07\nBudget "
                   "primitif\nPrésents : Anne LEGOFF, Yann MADEC, Rozenn TANGUY\nAbsent : Soizic LEMEUR\nAdopté à "
                   "l'unanimité.\n\nDélibération n° 2021-08\nTarifs de la cantine\nPrésents : Anne LEGOFF, Yann MADEC, "
                   "Rozenn TANGUY, Soizic LEMEUR\nAdopté à l'unanimité.\n",
                   "20210312|3|Commune de Kervalo|1|Budget primitif\n20210312|4|Commune de Kervalo|1|Tarifs de la "
                   "cantine\n");
}

static void a_sidecar_that_names_one_act_keeps_the_text_whole(void **state)
{
    struct arena *arena = arena_new();
    struct acts acts = {0};
    struct act_source source = {.path = SLICE("a.txt")};
    struct act *given = act_new(arena);
    (void)state;
    given->number = SLICE("2021-14");
    act_set_provenance(given, FIELD_NUMBER, (struct provenance){SOURCE_SIDECAR, CONFIDENCE_HIGH, 0, 0});
    acts_of_text(&acts, arena, slice_of(cases[0].text), &source, given);
    assert_int_equal(acts.count, 1);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(acts_are_cut_on_proof),
        cmocka_unit_test(nothing_is_lost),
        cmocka_unit_test(acts_inherit_the_session),
        cmocka_unit_test(seances_of_one_file_are_told_apart),
        cmocka_unit_test(a_roll_called_anew_is_of_its_act),
        cmocka_unit_test(a_sidecar_that_names_one_act_keeps_the_text_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

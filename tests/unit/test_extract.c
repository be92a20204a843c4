/* What is read from the ways in which councils write, one line of the table a way. All names are invented. */
#include "extraction.h"

static const struct extraction_case cases[] = {
    /* --- séance --- */
    {"L'an deux mil dix-neuf, le lundi 30 septembre à 18 heures 30, le Conseil s'est réuni", NULL,
     "\"date\":\"2019-09-30\""},
    {"L’an deux mille quinze, le dix-huit juin à vingt heures, le conseil s'est réuni", NULL,
     "\"date\":\"2015-06-18\""},
    {"L'an deux mille vingt et un, le vingt-deux octobre, à dix-huit heures trente", NULL, "\"date\":\"2021-10-22\""},
    {"L'an deux mil trois, le vingt sept mars, à vingt heures trente", NULL, "\"date\":\"2003-03-27\""},
    {"L an deux mil onze, le 7 juin, le comité s'est réuni", NULL, "\"date\":\"2011-06-07\""},
    {"Le 25 juin 2026, le Conseil Communautaire s'est réuni", NULL, "\"date\":\"2026-06-25\""},
    {"Séance du 05 Janvier 2024", NULL, "\"date\":\"2024-01-05\""},
    {"Séance publique du\n   lundi 4 février 2013\n", NULL, "\"date\":\"2013-02-04\""},
    {"Le vingt trois Juillet deux mille vingt, le Conseil Municipal s’est légalement réuni", NULL,
     "\"date\":\"2020-07-23\""},
    {"SEANCE DU 21 FEVRIER 2019\nL’an deux mille dix-huit et le Jeudi 21 Février à 18 h 00", NULL,
     "\"date\":\"2019-02-21\""},
    {"SEANCE DU 21 FEVRIER 2019\nL’an deux mille dix-huit et le Jeudi 21 Février à 18 h 00", NULL, "date-conflict"},
    {"SEANCE DU MERCREDI 15 SEPTEMBRE 2015", NULL, "\"date\":\"2015-09-15\""},
    {"SEANCE DU MERCREDI 15 SEPTEMBRE 2015", NULL, "weekday-mismatch"},
    {"Comité syndical – Jeudi 30 novembre 2023 – 14 h 00", NULL, "\"date\":\"2023-11-30\""},
    {"Vu la loi du 7 août 2015\nEnvoyé en préfecture le 06/01/2024", NULL, "\"date\":null"},
    {"Le procès-verbal de la séance du 3 mai 2019 est approuvé.", NULL, "\"date\":null"},
    {"Rien", "x/99_DE-063-216307777-20220929-DEL_2022_048-DE-1-1_1.pdf", "\"date\":\"2022-09-29\""},
    {"Séance du Conseil du jeudi 23 mai 2019\n\n              N° 2019-05-06\n", NULL, "\"date\":\"2019-05-23\""},
    {"EXTRAIT DU REGISTRE DES DELIBERATIONS\n\nLe 25 juin 2026 à 9 heures, le Conseil s'est réuni", NULL,
     "\"date\":\"2026-06-25\""},
    /* --- convocation --- */
    {"Séance du 30 septembre 2019, suite à la convocation en date du 18 septembre 2019", NULL,
     "\"convocation_date\":\"2019-09-18\""},
    {"Séance du 19 mars 2019\nsur la convocation qui leur a été adressée par la Présidente le 8 mars", NULL,
     "\"convocation_date\":\"2019-03-08\""},
    {"Séance du 18 juin 2015\nDate de convocation : 12 Juin 2015", NULL, "\"convocation_date\":\"2015-06-12\""},
    {"Séance du 18 juin 2015\nDate de convocation du conseil municipal : 12/06/2015", NULL,
     "\"convocation_date\":\"2015-06-12\""},
    {"L'an deux mille vingt et un, le vingt-deux octobre, les membres, convoqués le quinze octobre deux mille vingt et "
     "un",
     NULL, "\"convocation_date\":\"2021-10-15\""},
    {"Séance du 5 janvier 2021\nConvocation adressée le 28 décembre", NULL, "\"convocation_date\":\"2020-12-28\""},
    {"Le conseil, dûment convoqué, s'est réuni le 4 mai 2020", NULL, "\"convocation_date\":null"},
    /* --- number --- */
    {"N°19-09-107\n\nTexte", NULL, "\"number\":\"19-09-107\""},
    {"Extrait du registre\nn° 2013 / 12\n", NULL, "\"number\":\"2013 / 12\""},
    {"DELIBERATION N DE/2016/191\n", NULL, "\"number\":\"DE/2016/191\""},
    {"N° de délibération : DE/2016/191\n", NULL, "\"number\":\"DE/2016/191\""},
    {"Numéro de la délibération : 2024-03\n", NULL, "\"number\":\"2024-03\""},
    {"Séance du 4 mai 2020\n\n2020.05.12 – Tarifs de la cantine\n\nLe maire expose", NULL, "\"number\":\"2020.05.12\""},
    {"Séance du 4 mai 2020\n\nD2020012 : Tarifs de la cantine\n\nLe maire expose", NULL, "\"number\":\"D2020012\""},
    {"Séance du 4 mai 2020\n\n2.5 – Tarifs de la cantine\n\nLe maire expose", NULL, "\"number\":null"},
    {"DÉLIBÉRATION\n03-2024\n\nSéance du 5 janvier 2024", NULL, "\"number\":\"03-2024\""},
    {"Délibération n° 7 : Tarifs\n", NULL, "\"number\":\"7\""},
    {"2014 DVD 76 Changement d'usage des locaux\n", NULL, "\"number\":\"2014 DVD 76\""},
    {"Vu la délibération n° 2018-14 du 3 mai 2018\n", NULL, "\"number\":null"},
    {"Marché n° 2016-14 : balayage\n", NULL, "\"number\":null"},
    {"ID : 095-219501426-20240105-032024-DE\n", NULL, "\"number\":\"032024\""},
    {"062-200069037-20190930-19-09-107-DE\n", NULL, "\"number\":\"19-09-107\""},
    {"062-200069037-20190930-19-09-107-DE\n", NULL, "\"siren\":\"200069037\""},
    {"062-200069038-20190930-19-09-107-DE\n", NULL, "\"siren\":null"},
    {"DÉLIBÉRATION n°2020-02-03\nObjet : Tarifs", NULL, "\"number\":\"2020-02-03\""},
    {"Séance du lundi 25 janvier 2021\n\nD-2021/12\n\nLe conseil", NULL, "\"number\":\"D-2021/12\""},
    {"REUNION DU CONSEIL MUNICIPAL\nDU 4 MARS 2016\n\nTARIFS DE LA CANTINE\n\nLe conseil décide", NULL,
     "\"objet\":\"TARIFS DE LA CANTINE\""},
    {"Objet : Tarifs de la cantine - DE_2023_021\n\nMadame le Maire", NULL, "\"number\":\"DE_2023_021\""},
    {"Objet : Tarifs de la cantine - DE_2023_021\n\nMadame le Maire", NULL, "\"objet\":\"Tarifs de la cantine\""},
    {"ARRÊTÉ DU MAIRE N° 2022-078\nportant réglementation de la circulation\n\nARRÊTE\nArticle 1", NULL,
     "\"number\":\"2022-078\""},
    {"ARRÊTÉ DU MAIRE N° 2022-078\nportant réglementation de la circulation\n\nARRÊTE\nArticle 1", NULL,
     "\"outcome\":null"},
    {"Le conseil municipal procède au retrait de la délibération n° 2020-17", NULL, "\"number\":null"},
    {"Conseil métropolitain du 16 décembre 2022\n\n26 – Pôle du Vieux-Bac – Approbation\n\nLe quartier est ancien.\n",
     NULL, "\"objet\":\"Pôle du Vieux-Bac – Approbation\""},
    {"Le conseil,\nVu l'avis technique portant la référence\n2025-116840\nde l'agent,\nDécide", NULL,
     "\"number\":null"},
    {"Vu la loi,\nConsidérant notre délibération N° 16 du 19 septembre 2022,\nDécide", NULL, "\"number\":null"},
    {"De prendre acte de la reprise de la parcelle n° 132G", NULL, "\"number\":null"},
    {"Vu le code,\nDécide d'approuver le budget.\nDélibération n° 2023-014\n", NULL, "\"number\":\"2023-014\""},
    /* --- days of other séances --- */
    {"Tarifs\nVu le code,\nConsidérant que le conseil, en séance du 25 mars 2021, a accepté", NULL, "\"date\":null"},
    {"Le règlement adopté par le conseil municipal du 20 mai 2021 est abrogé.", NULL, "\"date\":null"},
    {"Décide de ratifier la décision prise lors de sa séance du 3 février 2026.", NULL, "\"date\":null"},
    {"Les actionnaires sont convoqués à l'assemblée générale du 12 février 2026", NULL, "\"date\":null"},
    {"Procès-verbal de la séance du 10 février 2026 : approbation\nVu le code,", NULL, "\"date\":null"},
    /* --- council --- */
    {"COMMUNAUTÉ D'AGGLOMÉRATION\n   DU GRAND VALMONT\n\nLe conseil communautaire s'est réuni", NULL,
     "\"council\":\"Communauté d'agglomération du Grand Valmont\""},
    {"MAIRIE\nDE\nPUYMARTEL\n99340\n\nLe conseil municipal s'est réuni", NULL, "\"council\":\"Commune de Puymartel\""},
    {"Les crédits sont au budget de la Ville de Parvelle de 2019.\n", NULL, "\"council\":\"Ville de Parvelle\""},
    {"SYNDICAT DU VAL DE L'OURCQ\n4 place de la Mairie\nLe comité syndical s'est réuni", NULL,
     "\"council\":\"Syndicat du Val de l'Ourcq\""},
    {"Le conseil,\nVu l'avis du conseil du 11e arrondissement en date du 18 mars 2019,\nDélibère", NULL,
     "\"date\":null"},
    {"Séance du 1 5 mars 2018\nLe conseil s'est réuni", NULL, "\"date\":\"2018-03-15\""},
    {"le Conseil Municipal de la Ville de Montcaubel s'est réuni", NULL, "\"council\":\"Ville de Montcaubel\""},
    {"le Conseil Municipal de la Ville de Montcaubel s'est réuni", NULL, "\"council_type\":\"municipal\""},
    {"EXTRAIT DU REGISTRE DES DELIBERATIONS DU CONSEIL DE COMMUNAUTE", NULL, "\"council_type\":\"communautaire\""},
    {"le Comité Syndical du S.I.V.O.M. de la Vallée", NULL, "\"council_type\":\"syndical\""},
    {"Réunion de la Commission permanente du Conseil départemental", NULL,
     "\"council_type\":\"commission-permanente\""},
    {"Conseil d'administration du C.C.A.S.", NULL, "\"council_type\":\"ca\""},
    {"Le conseil demande au Président du Conseil régional une aide. Le conseil municipal", NULL,
     "\"council_type\":\"municipal\""},
    {"Conseil municipal de Saint-Aubert-sur-Lisse, séance", NULL, "\"council\":\"Commune de Saint-Aubert-sur-Lisse\""},
    {"COMMUNAUTE DE COMMUNES DE\nBEAUVAL\n\nSéance du 4 mai 2020\nLe conseil communautaire s'est réuni", NULL,
     "\"council\":\"Communauté de communes de Beauval\""},
    {"Monsieur le Maire propose la candidature de Odile LE CAMBREZ, en\nqualité de secrétaire pour la présente séance",
     NULL, "\"secretary\":\"Odile LE CAMBREZ\""},
    {"Le conseil désigne Mme Rose VALTIER comme secrétaire de séance.", NULL, "\"secretary\":\"Rose VALTIER\""},
    {"ID : 030-218104776-20230127-PV16122022-DE\nSéance du 16 décembre 2022\nL'an deux mille vingt-deux le seize "
     "décembre, le conseil municipal s'est réuni",
     NULL, "\"date\":\"2022-12-16\""},
    {"Séance du conseil municipal du 4 avril 2014\nSyndicat d'électricité : M. LE MEUZ, titulaire", NULL,
     "\"council\":null"},
    /* --- president --- */
    {"sous la présidence de Monsieur Christian LEVERT (reçoit pouvoir de R. DUNAND), Président", NULL,
     "\"president\":\"Christian LEVERT\""},
    {"sous la\nprésidence de Madame le Maire, Hélène Mandrier\nPrésents :", NULL, "\"president\":\"Hélène Mandrier\""},
    {"sous la Présidence de M. BRARD-LENOIR, Maire.", NULL, "\"president\":\"BRARD-LENOIR\""},
    {"La séance a été ouverte sous la présidence de Madame Marie-Claude COSTA RIBEIRO GOMES.", NULL,
     "\"president\":\"Marie-Claude COSTA RIBEIRO GOMES\""},
    {"Président de séance : Jean DE LA COUR\n", NULL, "\"president\":\"Jean DE LA COUR\""},
    {"sous la présidence de Monsieur le Maire.\n", NULL, "\"president\":null"},
    {"Le conseil adopte le budget présenté, tel qu'il est annexé à la présente délibération.\nLa Présidente du Conseil "
     "départemental\n\n\nBéatrice VAULIN\n",
     NULL, "\"president\":\"Béatrice VAULIN\""},
    {"Sous la présidence de M. ESTIVAL René, doyen d'âge, le conseil examine le compte administratif", NULL,
     "\"president\":null"},
    /* --- secretary --- */
    {"Monsieur Daniel MAILLARD est élu secrétaire.", NULL, "\"secretary\":\"Daniel MAILLARD\""},
    {"Secrétaire de séance : Mme VALBOTTE Charlotte.", NULL, "\"secretary\":\"VALBOTTE Charlotte\""},
    {"Mme Denise VALLAT a été désignée secrétaire de séance", NULL, "\"secretary\":\"Denise VALLAT\""},
    {"M. PICARD est nommé secrétaire de séance.\n\nREDEVANCE INCITATIVE", NULL, "\"secretary\":\"PICARD\""},
    {"Désignation du secrétaire de séance : Madame Rose ALBIN est désignée", NULL, "\"secretary\":\"Rose ALBIN\""},
    {"Mme COUTEL est désignée pour remplir cette fonction.", NULL, "\"secretary\":\"COUTEL\""},
    {"Le secrétariat a été assuré par Madame Rose ALBIN.", NULL, "\"secretary\":\"Rose ALBIN\""},
    {"Mission de secrétaire de séance confiée à M. ALBIN Luc\n", NULL, "\"secretary\":\"ALBIN Luc\""},
    {"Assistait à la réunion : Mme DUBREUIL, secrétaire de mairie", NULL, "\"secretary\":null"},
    /* --- rapporteur --- */
    {"Rapporteur : Christian LEVERT\n\nTexte", NULL, "\"rapporteur\":\"Christian LEVERT\""},
    {"Rapporteur – Régis SAINT-CYR\n", NULL, "\"rapporteur\":\"Régis SAINT-CYR\""},
    {"Anne ROUXEVAL rapporte :\nTexte", NULL, "\"rapporteur\":\"Anne ROUXEVAL\""},
    {"Audrey DE LA FORGE rapporte :\nTexte", NULL, "\"rapporteur\":\"Audrey DE LA FORGE\""},
    {"Sur le rapport de Mme Rachel TCHANG,", NULL, "\"rapporteur\":\"Rachel TCHANG\""},
    {"Commune de Pontcastel (Val)\nSéance du 3 mai 2020\nObjet / Tarifs de la cantine\nLe Maire expose", NULL,
     "\"objet\":\"Tarifs de la cantine\""},
    {"COMMUNE DE PONTCASTEL\nSéance du 3 mai 2020\nL'OBJET DE LA PRESENTE DELIBERATION : Tarifs de la cantine\nLe "
     "Maire expose",
     NULL, "\"objet\":\"Tarifs de la cantine\""},
    {"COMMUNE DE PONTCASTEL\nSéance du 3 mai 2020\nLibellé : Tarifs de la cantine\nLe Maire expose", NULL,
     "\"objet\":\"Tarifs de la cantine\""},
    {"COMMUNE DE PONTCASTEL\nSéance du 3 mai 2020\nObjet de l'acte : Tarifs de la cantine\nLe Maire expose", NULL,
     "\"objet\":\"Tarifs de la cantine\""},
    {"COMMUNE DE PONTCASTEL\nSéance du 3 mai 2020\nNuméro de délibération : 2020/04\nIntitulé de la délibération : "
     "Tarifs de la cantine\nLe Maire expose",
     NULL, "\"objet\":\"Tarifs de la cantine\""},
    {"COMMUNE DE PONTCASTEL\nSéance du 3 mai 2020\nN° d'enregistrement : 2020-04\nObjet : Tarifs de la cantine\nLe "
     "Maire expose",
     NULL, "\"number\":\"2020-04\""},
    {"C.C.A.S. de Pontcastel\nConseil d'administration du 3 mai 2020\nObjet : Tarifs", NULL,
     "\"council\":\"CCAS de Pontcastel\""},
    {"Séance du 12 juin 2023\n\nEffectifs communaux : mise à jour\n\nVu le code", NULL,
     "\"objet\":\"Effectifs communaux : mise à jour\""},
    {"Délibération n° 2023-44\n\nOuverture de crédits d'investissement\n\nRapporteur : Mme BERT", NULL,
     "\"objet\":\"Ouverture de crédits d'investissement\""},
    {"N° 2023-44\n\nSERVICE DE L'EAU : TARIFS 2024\n\nVu le code", NULL,
     "\"objet\":\"SERVICE DE L'EAU : TARIFS 2024\""},
    {"N° 2023-44\n\nRéfection de la rue du Moulin\n\nVu le code", NULL, "\"objet\":\"Réfection de la rue du Moulin\""},
    {"Séance du 12 juin 2023\n\nPrésents : Mme BERT, M. ROUX\n\nVu le code", NULL, "\"objet\":null"},
    {"Séance du 12 juin 2023\n\nNombre de conseillers en exercice : 15\n\nVu le code", NULL, "\"objet\":null"},
    {"RAPPORTEUR Mme Lise BERT\nContexte", NULL, "\"rapporteur\":\"Lise BERT\""},
    {"Rapporteur : Mme BERT\nContexte", NULL, "\"rapporteur\":\"BERT\""},
    {"Rapporteur (e) : Mme Lise BERT", NULL, "\"rapporteur\":\"Lise BERT\""},
    {"Rapport présenté par : Lise BERT", NULL, "\"rapporteur\":\"Lise BERT\""},
    {"Le Conseil, sur le rapport de Lise BERT, après en avoir délibéré, approuve", NULL,
     "\"rapporteur\":\"Lise BERT\""},
    {"M. le Maire cède la parole à Madame BERT qui indique que", NULL, "\"rapporteur\":\"BERT\""},
    {"Objet : Tarifs\nMonsieur le Maire, Paul ROUX, expose que", NULL, "\"rapporteur\":\"Paul ROUX\""},
    {"Objet : Terrain\nMonsieur le Maire informe que M. DURAND demande un terrain.", NULL, "\"rapporteur\":null"},
    {"Objet : VIABILITE HIVERNALE - ORGANISATION DU SERVICE\n2011-2012\n\nVu", NULL,
     "\"objet\":\"VIABILITE HIVERNALE - ORGANISATION DU SERVICE 2011-2012\""},
    {"Entendu M. Gilbert CHASTEL, rapporteur au nom de la commission", NULL, "\"rapporteur\":\"Gilbert CHASTEL\""},
    {"Rapporté par Mme Rachel TCHANG\n", NULL, "\"rapporteur\":\"Rachel TCHANG\""},
    {"TARIFS DE LA CANTINE\n\nMme TCHANG Rachel, adjointe, expose :", NULL, "\"rapporteur\":\"TCHANG Rachel\""},
    {"LE CONSEIL, après débat, propose de reporter.", NULL, "\"rapporteur\":null"},
    {"Rapporteur : Monsieur le Maire\n\nTexte", NULL, "\"rapporteur\":null"},
    {"Objet : Tarifs\n\nMonsieur le Maire expose que", NULL, "\"rapporteur\":null"},
    {"Rapporteur : Mme ABADIER\nMme ABADIER présente le budget.\n", NULL, "\"rapporteur\":\"ABADIER\""},
    {"Rapporteur : M. DUPOUX\nIl est proposé cinq dimanches.\n", NULL, "\"rapporteur\":\"DUPOUX\""},
    {"Rapporteur : Madame la Conseillère déléguée Frisch\n", NULL, "\"rapporteur\":\"Frisch\""},
    {"Vu le rapport de Madame la Présidente,\n\nAprès en avoir délibéré,", NULL, "\"rapporteur\":null"},
    /* --- objet --- */
    {"objet :      Garantie d'emprunt accordée à la SA d'HLM\nservice :    Direction des finances\n\nRapporteur : X",
     NULL, "\"objet\":\"Garantie d'emprunt accordée à la SA d'HLM\""},
    {"Excusés :\n\nMadame Nadine DELAT, Monsieur Thomas CAZE\n\nAide aux jeunes. Autorisation\n\nMadame Hélène CERF, "
     "adjointe au maire, présente le rapport suivant :\n",
     NULL, "\"objet\":\"Aide aux jeunes. Autorisation\""},
    {"Objet : École de Castelor – participation aux frais\nLes tarifs n'ont pas été revus depuis trois ans. Le coût "
     "d'un\nrepas est de 3 €.\n",
     NULL, "\"objet\":\"École de Castelor – participation aux frais\""},
    {"OBJET : CREATION DU CAMPUS INDUSTRIE ET\nTRANSITION NUMERIQUE\n\nRapporteur : X", NULL,
     "\"objet\":\"CREATION DU CAMPUS INDUSTRIE ET TRANSITION NUMERIQUE\""},
    {"Objet : Vente d'une parcelle.\nLe maire rappelle", NULL, "\"objet\":\"Vente d'une parcelle\""},
    {"Objet :\n\nVente d'une parcelle\n\nLe maire rappelle", NULL, "\"objet\":\"Vente d'une parcelle\""},
    {"Présents : A. BERT.\n\n   Ancrages en façade\n  Mise en oeuvre de l'article 5\n\n  Jean THOMAS rapporte :\n",
     NULL, "\"objet\":\"Ancrages en façade Mise en oeuvre de l'article 5\""},
    {"Séance du 4 mai 2020\n\n2015/77 : SCHEMA DE COOPERATION – AVIS SUR LE PROJET\nDE FUSION\n\nM. le Préfet a "
     "présenté",
     NULL, "\"objet\":\"SCHEMA DE COOPERATION – AVIS SUR LE PROJET DE FUSION\""},
    {"Séance du 4 mai 2020\nDélibération n° 12\n\nTarifs de la cantine\n\nMonsieur le Maire expose", NULL,
     "\"objet\":\"Tarifs de la cantine\""},
    {"Conseil municipal - Démission d'un conseiller - Prise d'acte\nNote de synthèse\nLe conseiller est parti.\nVu le "
     "code,",
     NULL, "\"objet\":\"Conseil municipal - Démission d'un conseiller - Prise d'acte\""},
    {"Subventions aux comités scolaires\nVu le code,\nConsidérant les demandes :\nObjet\nMontant\n", NULL,
     "\"objet\":\"Subventions aux comités scolaires\""},
    {"Modification de l'article 21 du règlement.\nVu le règlement général de police", NULL,
     "\"objet\":\"Modification de l'article 21 du règlement\""},
    /* --- matiere --- */
    {"Nature de l'acte: Délibérations\nMatière: 6.1-Police municipale\n", NULL,
     "\"matiere\":{\"code\":\"6.1\",\"label\":\"Police municipale\"}"},
    {"Nomenclature ACTES : 7.10\n", NULL, "\"matiere\":{\"code\":\"7.10\",\"label\":null}"},
    {"Objet : Attribution de subventions aux associations", NULL,
     "\"matiere\":{\"code\":\"7.5\",\"label\":\"Subventions\"}"},
    {"Objet : École de Valbrune - garantie d'emprunt", NULL, "\"matiere\":{\"code\":\"7.3\","},
    {"Objet : Association des riverains", NULL, "\"matiere\":null"}, /* a hint alone says nothing */
    {"Matière : 2.9 Divers\nLa matière : 3.1 kg\n", NULL, "\"matiere\":null"},
    /* --- topics --- */
    {"Objet : Révision du PLU\n\nLe conseil", NULL, "plan local d'urbanisme"},
    {"OBJET : CREATION DU CAMPUS DES METIERS D'ART\n\nLe « Campus des Métiers d'Art » est utile. Notre Campus des "
     "Métiers d'Art vivra.",
     NULL, "\"topics\":[\"Campus des Métiers d'Art\"]"},
    /* --- presence --- */
    {"Présents : M. ARNOUX Jean, Mme BELIN Rose et M. COLAS Paul.\nSecrétaire : X", NULL,
     "\"present\":[\"ARNOUX Jean\",\"BELIN Rose\",\"COLAS Paul\"]"},
    {"Présents : 3\n- M. ARNOUX Jean (Maire)\n- Mme BELIN Rose\n- M. COLAS Paul\n\nAbsent : néant", NULL,
     "\"present\":[\"ARNOUX Jean\",\"BELIN Rose\",\"COLAS Paul\"]"},
    {"Présents :\nJean ARNOUX\nRose BELIN\nPaul COLAS\nAnne DORE\n\nAbsent : néant", NULL,
     "\"present\":[\"Jean ARNOUX\",\"Rose BELIN\",\"Paul COLAS\",\"Anne DORE\"]"},
    {"Présents :\nCommune de Valbrune\nMonsieur Jean ARNOUX\nCommune de Lacombe Madame Rose BELIN\n"
     "Commune de Kervalo : M. Paul COLAS\n",
     NULL, "\"present\":[\"Jean ARNOUX\",\"Rose BELIN\",\"Paul COLAS\"]"},
    {"COMMUNE          DELEGUE           PRESENT    ABSENT    POUVOIR A\nAIGREVILLE       Solène AUDEBRAND     X\n"
     "BEAUCHERY        Marcel JOUVENOT                 X      Solène AUDEBRAND\nDOMPIERRE        Arnaud BRICOUT      "
     "            X\nCORMEILLES       Lydie VASSEROT       X\n\nObjet : Tarifs",
     NULL,
     "\"present\":[\"Solène AUDEBRAND\",\"Lydie VASSEROT\"],\"absent\":[\"Arnaud "
     "BRICOUT\"],\"proxies\":[{\"giver\":\"Marcel "
     "JOUVENOT\",\"holder\":\"Solène AUDEBRAND\"}]"},
    {"NOM | PRENOM | PRESENT | EXCUSE\nBRICOUT | Arnaud | | X\nVASSEROT | Lydie | X |\n\nObjet : Tarifs", NULL,
     "\"present\":[\"VASSEROT Lydie\"]"},
    {"Pour: 8\nContre: 0  Excusés: Fabien LECUYER\nAbstention: 0\n", NULL, "\"absent\":[\"Fabien LECUYER\"]"},
    {"Présents :\nBELLARGES : Mme Rose BELIN\nCHARTRANGES : M. Jean ARNOUX, M. Le Floch\n", NULL,
     "\"present\":[\"Rose BELIN\",\"Jean ARNOUX\",\"Le Floch\"]"},
    {"Présents : ARMAND Anne ; L'ORPHELIN Samuel : MARCHE Damien.\n", NULL,
     "\"present\":[\"ARMAND Anne\",\"L'ORPHELIN Samuel\",\"MARCHE Damien\"]"},
    {"Présents :\nBELLARGES Mme Rose BELIN\nBELLARGES M. ARNOUX\nLA CHARTRE Monsieur COLAS Paul\n\nObjet : Tarifs",
     NULL, "\"present\":[\"Rose BELIN\",\"ARNOUX\",\"COLAS Paul\"]"},
    {"Présents | Secteur\nMme Rose BELIN | La Grande-Chartre\nM. Jean ARNOUX | Bellarges\n", NULL,
     "\"present\":[\"Rose BELIN\",\"Jean ARNOUX\"]"},
    {"Présents             Commune\nMme Rose BELIN       La Chartre\nM. Jean ARNOUX       Bellarges\n\nObjet : Tarifs",
     NULL, "\"present\":[\"Rose BELIN\",\"Jean ARNOUX\"]"},
    {"NOM  PRESENT  ABSENT  POUVOIR A\nBELIN Rose  X\nARNOUX Jean | | X\nCOLAS Paul | | | BELIN Rose\n", NULL,
     "\"present\":[\"BELIN Rose\"],\"absent\":[\"ARNOUX Jean\"],\"proxies\":[{\"giver\":\"COLAS "
     "Paul\",\"holder\":\"BELIN Rose\"}]"},
    {"Étaient présents :\n\nMesdames et Messieurs les conseillers municipaux :\n\n- Rose BELIN,- Jean ARNOUX,\n- Paul "
     "COLAS- Marc ELIE.\n",
     NULL, "\"present\":[\"Rose BELIN\",\"Jean ARNOUX\",\"Paul COLAS\",\"Marc ELIE\"]"},
    {"Sous la présidence de Rose BELIN, maire, étaient présents Jean ARNOUX et Paul COLAS, adjoints, ainsi que Marc "
     "ELIE, "
     "conseiller. Le quorum est atteint.\n",
     NULL, "\"present\":[\"Jean ARNOUX\",\"Paul COLAS\",\"Marc ELIE\"]"},
    {"Membres présents : Rose BELIN, Maire, Jean ARNOUX, Adjoints\nPaul COLAS, Marc ELIE, Conseillers.\n", NULL,
     "\"present\":[\"Rose BELIN\",\"Jean ARNOUX\",\"Paul COLAS\",\"Marc ELIE\"]"},
    {"Présents : Rose BELIN, Jean ARNOUX, Dupont, Colas\nTexte avec une suite.\n1. Budget primitif\n", NULL,
     "\"present\":[\"Rose BELIN\",\"Jean ARNOUX\",\"Dupont\",\"Colas\"]"},
    {"Présents : Mme M. BELIN, Mme M.C. DORE, M. M. ARNOUX, M. et Mme COLAS\n", NULL,
     "\"present\":[\"M. BELIN\",\"M.C. DORE\",\"M. ARNOUX\",\"COLAS\"]"},
    {"Sont présents M. ARNOUX, Mme BELIN ; est absent et représenté M. COLAS Paul (pouvoir à M. ARNOUX) ; est absente "
     "Mme "
     "DORE.\n",
     NULL, "\"absent\":[\"DORE\"],\"proxies\":[{\"giver\":\"COLAS Paul\",\"holder\":\"ARNOUX\"}]"},
    {"COMMUNE DE KERVALO\nSéance du 12 mars 2021\nNom  Présent  Absent  Pouvoir\nAnne LEGOFF  X\nYann MADEC | | "
     "X\n\nBudget "
     "primitif 2021\n\nVu le code\n",
     NULL, "\"objet\":\"Budget primitif 2021\""},
    {"Présents : Rose BELIN, Paul COLAS\nAnne DORE (pouvoir à Rose BELIN), Marc ELIE (pouvoir à Paul COLAS)\n", NULL,
     "\"present\":[\"Rose BELIN\",\"Paul COLAS\"],\"absent\":null,\"proxies\":[{\"giver\":\"Anne "
     "DORE\",\"holder\":\"Rose "
     "BELIN\"},{\"giver\":\"Marc ELIE\",\"holder\":\"Paul COLAS\"}]"},
    {"Absents excusés représentés : Anne DORE par Rose BELIN\nAbsents excusés non représentés : Marc ELIE\n", NULL,
     "\"absent\":[\"Marc ELIE\"],\"proxies\":[{\"giver\":\"Anne DORE\",\"holder\":\"Rose BELIN\"}]"},
    {"Représentés (2) : DORE Anne (BELIN Rose), ELIE Marc (COLAS Paul)\nAbsents : Néant\n", NULL,
     "\"absent\":[],\"proxies\":[{\"giver\":\"DORE Anne\",\"holder\":\"BELIN Rose\"},{\"giver\":\"ELIE "
     "Marc\",\"holder\":\"COLAS Paul\"}]"},
    {"Pouvoir : Marc ELIE → Rose BELIN\n", NULL, "\"proxies\":[{\"giver\":\"Marc ELIE\",\"holder\":\"Rose BELIN\"}]"},
    {"Étaient excusés et avaient donné pouvoir : Mme DORE Anne à M. ARNOUX Jean, M. ELIE Marc à Mme BELIN Rose, M. "
     "COLAS\n",
     NULL,
     "\"absent\":[\"COLAS\"],\"proxies\":[{\"giver\":\"DORE Anne\",\"holder\":\"ARNOUX Jean\"},{\"giver\":\"ELIE "
     "Marc\",\"holder\":\"BELIN Rose\"}]"},
    {"Absents :\n\nMonsieur Jean ARNOUX est élu secrétaire.\n\nObjet : Tarifs", NULL, "\"absent\":[]"},
    {"Absents :\nDÉCISION MODIFICATIVE N° 3\n\nVu le code\n", NULL, "\"absent\":[]"},
    {"Représentée : Mme DORE par M. ARNOUX\nS'étaient excusés : M. ELIE\n", NULL, "\"holder\":\"ARNOUX\""},
    {"Pouvoirs :\nMme Anne DORE donne pouvoir à M. Jean\nARNOUX\nM. Marc ELIE donne pouvoir à Mme Rose BELIN\n", NULL,
     "\"proxies\":[{\"giver\":\"Anne DORE\",\"holder\":\"Jean ARNOUX\"},{\"giver\":\"Marc ELIE\",\"holder\":\"Rose "
     "BELIN\"}]"},
    {"Absents ayant voté par procuration :\nAnne Dore\nMarc Elie\n\nMadame Rose BELIN est désignée secrétaire.\n", NULL,
     "\"proxies\":[{\"giver\":\"Anne Dore\",\"holder\":null},{\"giver\":\"Marc Elie\",\"holder\":null}]"},
    {"Présents :\nMmes et MM. - Rose BELIN, Maire\n\n- Jean ARNOUX\n- Paul COLAS\n\nObjet : Tarifs", NULL,
     "\"present\":[\"Rose BELIN\",\"Jean ARNOUX\",\"Paul COLAS\"]"},
    {"Absents ayant donné pouvoir : Mme DORE à\nMme BELIN ; M. ELIE pouvoir à M. COLAS\n", NULL,
     "\"proxies\":[{\"giver\":\"DORE\",\"holder\":\"BELIN\"},{\"giver\":\"ELIE\",\"holder\":\"COLAS\"}]"},
    {"Étaient absents, excusés : Mme BELIN, M. ARNOUX\n", NULL, "\"absent\":[\"BELIN\",\"ARNOUX\"]"},
    {"Présents : Mme BELIN, M. COLAS, Mme PAIN\nÉtait absente : Mme DORE\n", NULL,
     "\"present\":[\"BELIN\",\"COLAS\",\"PAIN\"]"},
    {"Conformément au code, Monsieur COLAS a été désigné secrétaire\nde séance.\n", NULL, "\"secretary\":\"COLAS\""},
    {"Secrétariat de séance : Monsieur Jean ARNOUX.\n", NULL, "\"secretary\":\"Jean ARNOUX\""},
    {"Compte rendu de la réunion du vendredi 5 juin 2015\nMme BELIN est secrétaire de séance.\n\nApprobation du compte "
     "rendu du 10 avril 2015\n",
     NULL, "\"date\":\"2015-06-05\""},
    {"Administrateurs présents : Mme Rose BELIN, présidente, M. Jean ARNOUX\n", NULL,
     "\"present\":[\"Rose BELIN\",\"Jean ARNOUX\"]"},
    {"Présents : MM. ARNOUX,\nPrésident, BELIN, COLAS\n", NULL, "\"present\":[\"ARNOUX\",\"BELIN\",\"COLAS\"]"},
    {"Présents : Rose BELIN, Jean Claude\nARNOUX, J.M. LE\nCOLAS, Anne MERCIER-\nDORE, Luc FAURE\n", NULL,
     "\"present\":[\"Rose BELIN\",\"Jean Claude ARNOUX\",\"J.M. LE COLAS\",\"Anne MERCIER-DORE\",\"Luc FAURE\"]"},
    {"Présents : BELIN R. – ARNOUX J.– COLAS P.\n– DORE A.\n", NULL,
     "\"present\":[\"BELIN R.\",\"ARNOUX J.\",\"COLAS P.\",\"DORE A.\"]"},
    {"Présents : Jean ARNOUX / Rose BELIN / Paul COLAS\n", NULL,
     "\"present\":[\"Jean ARNOUX\",\"Rose BELIN\",\"Paul COLAS\"]"},
    {"Présents : Jean ARNOUX, Rose\nBELIN, Paul COLAS, Marc\nELIE, Luc FAURE, Guy\nGRAS\n", NULL,
     "\"present\":[\"Jean ARNOUX\",\"Rose BELIN\",\"Paul COLAS\",\"Marc ELIE\",\"Luc FAURE\",\"Guy GRAS\"]"},
    {"Absents : Mme DORE Anne (donne pouvoir à M. ARNOUX), M. ELIE Marc\n", NULL, "\"absent\":[\"ELIE Marc\"]"},
    {"Absents : Mme DORE Anne (donne pouvoir à M. ARNOUX), M. ELIE Marc\n", NULL,
     "{\"giver\":\"DORE Anne\",\"holder\":\"ARNOUX\"}"},
    {"POUVOIRS\nAnne DORE à Jean ARNOUX\nMarc ELIE à Rose BELIN\n\nSECRÉTAIRE\nJean ARNOUX", NULL,
     "\"proxies\":[{\"giver\":\"Anne DORE\",\"holder\":\"Jean ARNOUX\"},{\"giver\":\"Marc ELIE\",\"holder\":\"Rose "
     "BELIN\"}]"},
    {"Présents : Jean ARNOUX\n\nAnne DORE donne procuration à Jean ARNOUX.\n\nObjet : Tarifs", NULL,
     "\"proxies\":[{\"giver\":\"Anne DORE\",\"holder\":\"Jean ARNOUX\"}]"},
    {"Procurations : M. ELIE Marc\npouvoir à M. ARNOUX Jean ; Mme DORE A. a donné pouvoir à Mme\nBELIN Rose\n", NULL,
     "\"proxies\":[{\"giver\":\"ELIE Marc\",\"holder\":\"ARNOUX Jean\"},{\"giver\":\"DORE A.\",\"holder\":\"BELIN "
     "Rose\"}]"},
    {"Absents excusés : Marc ELIE, qui avait donné pouvoir à Rose BELIN, et Luc FAURE.\n", NULL,
     "\"absent\":[\"Luc FAURE\"],\"proxies\":[{\"giver\":\"Marc ELIE\",\"holder\":\"Rose BELIN\"}]"},
    {"En exercice : 11 / présents : 8 /\npouvoirs : 1 / votants : 9\n\nMonsieur Jean ARNOUX est désigné secrétaire.\n",
     NULL, "\"proxies\":null"},
    {"Ont donné procuration : Mme DORE Anne a donné procuration à\nM. ARNOUX Jean\n\nAbsent : néant", NULL,
     "\"proxies\":[{\"giver\":\"DORE Anne\",\"holder\":\"ARNOUX Jean\"}]"},
    {"Excusés : M. FOURCADE (pouvoir à Mme ABADIER), Mme GARROS\nM. DUPOUX est désigné secrétaire de séance.\n", NULL,
     "\"absent\":[\"GARROS\"]"},
    {"Absente excusée : Mme SABATER Laure (pouvoir donné à Mme OLLIVET Brigitte)\n", NULL,
     "{\"giver\":\"SABATER Laure\",\"holder\":\"OLLIVET Brigitte\"}"},
    {"Mandataire\nFlavio CIOFFO, échevin\n", NULL, "\"proxies\":null"},
    {"Vu la convention avec la banque,\nReprésentée par Monsieur Jan AERTS, directeur,", NULL, "\"proxies\":null"},
    {"Ont donné procuration : Colette EYMARD à Régis SAINT-CYR ; Lucien BARON à Denis ROUX\n", NULL,
     "{\"giver\":\"Lucien BARON\",\"holder\":\"Denis ROUX\"}"},
};

static void every_way_of_writing_is_read(void **state)
{
    (void)state;
    assert_cases(cases, sizeof cases / sizeof *cases);
}

/* A sidecar wins, and its value is not overwritten by a surer-looking label. */
static void what_was_given_wins(void **state)
{
    struct arena *arena = arena_new();
    struct act *given = act_new(arena);
    struct act *act = act_new(arena);
    struct delib_error error;
    struct slice text;
    (void)state;
    assert_int_equal(
        act_read_json(given, SLICE("{\"number\":\"12\",\"council\":\"Ville de X\"}"), SOURCE_SIDECAR, &text, &error),
        DELIB_OK);
    extract_act(act, SLICE("N°19-09-107\nCommune de Y\nSéance du 5 mai 2020\n"), SLICE("a.txt"), given, true);
    assert_true(slice_equal(act->number, SLICE("12")));
    assert_true(slice_equal(act->council, SLICE("Ville de X")));
    assert_int_equal(act->date, 20200505);
    assert_int_equal(act->page_last, 1);
    arena_free(arena);
}

/* Where a field was found is where it stands in the text. */
static void provenance_points_into_the_text(void **state)
{
    struct arena *arena = arena_new();
    struct act *act = act_new(arena);
    struct slice text = SLICE("Délibération n° 2020-14\n\nObjet : Création d’un poste\n\n");
    (void)state;
    extract_act(act, text, SLICE("a.txt"), NULL, false);
    const struct provenance *found = &act->provenance[FIELD_OBJET];
    assert_true(slice_equal(slice_range(text, found->start_bytes, found->end_bytes), SLICE("Création d’un poste")));
    found = &act->provenance[FIELD_NUMBER];
    assert_true(slice_equal(slice_range(text, found->start_bytes, found->end_bytes), SLICE("2020-14")));
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_way_of_writing_is_read),
        cmocka_unit_test(what_was_given_wins),
        cmocka_unit_test(provenance_points_into_the_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

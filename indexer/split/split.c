#include "split/split.h"

#include <string.h>

#include "extract/title.h"
#include "split/heading.h"

/* --- closings ------------------------------------------------------------------------------------------------- */

static const char *const closing_phrases[] = {"unanimite",
                                              "vote*",
                                              "voix",
                                              "votant*",
                                              "majorite des",
                                              "a la majorite",
                                              "prend acte",
                                              "prennent acte",
                                              "a pris acte",
                                              "ont pris acte",
                                              "apres en avoir delibere",
                                              "apres avoir delibere",
                                              "apres deliberation",
                                              "en ayant delibere",
                                              "ayant delibere",
                                              "adopte*",
                                              "mis aux voix",
                                              "mise aux voix",
                                              "approuve",
                                              "approuvee",
                                              "approuvent",
                                              "valide",
                                              "validee",
                                              "ajourne*",
                                              "a une prochaine seance",
                                              "a une prochaine reunion",
                                              "a un prochain conseil",
                                              "donne* son accord",
                                              "avis favorable",
                                              "avis defavorable",
                                              "acceptent",
                                              "refuse",
                                              "reporte*",
                                              "rejete*",
                                              "retire*",
                                              "proclame*",
                                              "sans opposition",
                                              "abstention*",
                                              "pour :",
                                              "contre :",
                                              "oui l'expose",
                                              "main levee",
                                              NULL};

/* « Le comité syndical autorise », « l'assemblée fixe »: what only those who decide can do. */
static const char *const council_verbs[] = {
    "decide*",    "accepte*",    "autorise*", "designe*",  "fixe*",     "attribue*", "retient",   "donne*",
    "accorde*",   "emet",        "elit",      "nomme*",    "cree*",     "adhere*",   "confirme*", "arrete",
    "sollicite*", "renouvelle*", "ratifie*",  "maintient", "instaure*", NULL};

static bool follows_council(const struct document *document, size_t at)
{
    static const char *const councils[] = {
        "conseil",       "municipal", "communautaire", "syndical",       "comite",     "assemblee", "bureau",
        "departemental", "regional",  "metropolitain", "administration", "permanente", NULL};
    struct slice folded = document->folded;
    size_t end = at;
    while (end > 0 && folded.bytes[end - 1] == ' ')
        end--;
    size_t start = end;
    while (start > 0 && is_word_byte(folded.bytes[start - 1]))
        start--;
    size_t word_end;
    return end < at && phrases_at(folded, start, councils, &word_end) >= 0 && word_end == end;
}

static void count_closings(uint32_t *lines, const struct document *document, const char *const *phrases,
                           bool of_council)
{
    struct span found;
    for (size_t from = 0; document_find(document, from, document->folded.len, phrases, &found) >= 0; from = found.end)
        if (!of_council || follows_council(document, found.start))
            lines[document_line_of(document, found.start)]++;
}

void closings_find(struct closings *out, const struct document *document)
{
    uint32_t count = 0;
    out->before = arena_alloc(document->arena, (document->line_count + 1) * sizeof *out->before);
    memset(out->before, 0, (document->line_count + 1) * sizeof *out->before);
    count_closings(out->before, document, closing_phrases, false);
    count_closings(out->before, document, council_verbs, true);
    for (size_t line = 0; line <= document->line_count; line++) {
        uint32_t here = out->before[line];
        out->before[line] = count;
        count += here;
    }
}

bool closings_between(const struct closings *closings, size_t line, size_t end_line)
{
    return closings->before[end_line] > closings->before[line];
}

/* --- headings ------------------------------------------------------------------------------------------------- */

void headings_add(struct headings *headings, const struct document *document, size_t start, struct span title)
{
    headings->items = arena_grow(document->arena, headings->items, headings->count, sizeof *headings->items);
    struct slice words = slice_range(document->folded, title.start, title.end);
    headings->items[headings->count++] =
        (struct heading){.start = start, .title = title, .no_act = title.end > title.start && is_no_matter(words)};
}

bool is_no_matter(struct slice folded_title)
{
    static const char *const openings[] = {"questions diverses",
                                           "question diverse",
                                           "questions et informations",
                                           "question*",
                                           "information*",
                                           "informations diverses",
                                           "communication*",
                                           "affaires diverses",
                                           "divers",
                                           "points divers",
                                           "tour de table",
                                           "agenda",
                                           "calendrier",
                                           "prochaine* reunion*",
                                           "prochain* conseil*",
                                           "appel nominal",
                                           "appel des",
                                           "ouverture de",
                                           "ouverture de la seance",
                                           "verification du quorum",
                                           "quorum",
                                           "nomination du secretaire",
                                           "nomination d'un secretaire",
                                           "nomination d'une secretaire",
                                           "designation du secretaire",
                                           "designation du ou de la secretaire",
                                           "designation d'un secretaire",
                                           "designation d'une secretaire",
                                           "election du secretaire",
                                           "election d'un secretaire",
                                           "secretaire de seance",
                                           "cloture de la seance",
                                           "levee de seance",
                                           NULL};
    size_t at = 0;
    size_t end;
    at = skip_to_word(folded_title, at, folded_title.len);
    return phrases_at(folded_title, at, openings, &end) >= 0;
}

bool is_running_line(const struct document *document, size_t line)
{
    static const char *const running[] = {
        "republique",        "departement",    "envoye en",      "recu en",   "affiche le",
        "publie le",         "id :",           "page",           "nombre de", "en exercice",
        "qui ont pris part", "deliberation :", "dont",           "date de",   "seance du",
        "objet :",           "mairie",         "arrondissement", NULL};
    size_t end;
    size_t letters = 0;
    for (size_t at = document->lines[line].start; at < document->lines[line].end; at++)
        letters += is_word_byte(document->folded.bytes[at]) && document->folded.bytes[at] > '9';
    return letters < 5 || phrases_at(document->folded, document->lines[line].start, running, &end) >= 0;
}

bool is_minutes(const struct document *document)
{
    static const char *const extracts[] = {"extrait du", "extraits du", "extrait des", "registre des deliberations",
                                           NULL};
    static const char *const minutes[] = {
        "compte rendu*", "compte-rendu*", "proces-verb*", "proces verb*", "releve de*", "ordre du jour", NULL};
    enum { TITLE_BYTES = 1500, HEADER_BYTES = 6000 };
    struct span found;
    return document_find(document, 0, TITLE_BYTES, extracts, &found) < 0 &&
           document_find(document, 0, HEADER_BYTES, minutes, &found) >= 0;
}

size_t first_line_of_matter(const struct document *document, const struct closings *closings)
{
    size_t first = 0;
    for (size_t line = 0; line < document->line_count; line++) {
        enum line_kind kind = document->kinds[line];
        bool decides = kind == LINE_OTHER && closings_between(closings, line, line + 1);
        if (first > 0 && (kind == LINE_BODY || decides))
            break;
        if (kind == LINE_PRESENCE || kind == LINE_SECRETARY || kind == LINE_SEANCE)
            first = line + 1;
    }
    return first;
}

/* --- parts ---------------------------------------------------------------------------------------------------- */

static uint32_t page_at(const struct document *document, size_t at)
{
    return document->lines[document_line_of(document, at)].page;
}

/* « 2020- 047 » is a slip of the pen for « 2020-047 ». */
static struct slice without_blanks(const struct document *document, struct span number)
{
    struct slice printed = document_printed(document, number.start, number.end);
    struct buffer out = {0};
    for (size_t i = 0; i < printed.len; i++)
        if (printed.bytes[i] != ' ')
            buffer_add_byte(&out, printed.bytes[i]);
    struct slice kept = arena_copy(document->arena, buffer_get(&out));
    buffer_free(&out);
    return kept;
}

/* Where the matter of an act ends: at « Questions diverses » alone on its line, which no heading took for its own and
 * under which nothing is decided. */
static size_t body_end(const struct document *document, const struct closings *closings, size_t start, size_t end)
{
    static const char *const titles[] = {"questions diverses", "question diverse", "informations diverses",
                                         "affaires diverses",  "points divers",    NULL};
    enum { LONGEST_TITLE_BYTES = 40 };
    for (size_t line = document_line_of(document, start) + 1; line < document->line_count; line++) {
        const struct line *place = &document->lines[line];
        size_t ignored;
        if (place->start >= end)
            break;
        if (place->end - place->start <= LONGEST_TITLE_BYTES &&
            phrases_at(document->folded, skip_to_word(document->folded, place->start, place->end), titles, &ignored) >=
                0)
            return closings_between(closings, line, document_line_of(document, end)) ? end : place->start;
    }
    return end;
}

static void add_part(struct split *out, const struct document *document, const struct closings *closings, size_t start,
                     size_t end, const struct heading *heading)
{
    out->parts = arena_grow(document->arena, out->parts, out->count, sizeof *out->parts);
    struct part *part = &out->parts[out->count++];
    *part = (struct part){.start_bytes = document->origin[start],
                          .end_bytes = document->origin[end],
                          .body_start_bytes = document->origin[heading ? heading->start : start],
                          .body_end_bytes =
                              document->origin[heading ? body_end(document, closings, heading->start, end) : end],
                          .page_first = page_at(document, start)};
    if (heading && heading->title.end > heading->title.start)
        part->title = document_printed(document, heading->title.start,
                                       title_trim(document->folded, heading->title.start, heading->title.end));
    if (heading && heading->number.end > heading->number.start)
        part->number = without_blanks(document, heading->number);
    if (heading && heading->rank.end > heading->rank.start)
        part->rank = without_blanks(document, heading->rank);
}

/* Each heading opens a part that runs to the next; what is no act is left to the part before it. */
static void cut(struct split *out, const struct document *document, const struct closings *closings,
                const struct headings *headings)
{
    for (size_t i = 0; i < headings->count; i++) {
        const struct heading *heading = &headings->items[i];
        size_t end = i + 1 < headings->count ? headings->items[i + 1].start : document->folded.len;
        if (!heading->no_act)
            add_part(out, document, closings, out->count == 0 ? 0 : heading->start, end, heading);
        else if (out->count > 0)
            out->parts[out->count - 1].end_bytes = document->origin[end];
    }
}

static size_t act_count(const struct headings *headings)
{
    size_t count = 0;
    for (size_t i = 0; i < headings->count; i++)
        count += !headings->items[i].no_act;
    return count;
}

struct way {
    enum split_proof proof;
    bool has_session;
    headings_way *find;
};

/* In the order of trust. */
static const struct way ways[] = {
    {SPLIT_STAMPS, false, headings_by_stamp}, {SPLIT_EXTRACTS, false, headings_by_extract},
    {SPLIT_LIST, true, headings_of_list},     {SPLIT_NUMBERS, true, headings_by_number},
    {SPLIT_AGENDA, true, headings_by_agenda}, {SPLIT_OBJETS, true, headings_by_objet},
    {SPLIT_TITLES, true, headings_marked},    {SPLIT_TITLES, true, headings_in_capitals},
    {SPLIT_VOTES, true, headings_by_vote},    {SPLIT_TITLES, true, headings_alone},
};

void split_document(struct split *out, const struct document *document)
{
    struct closings closings;
    *out = (struct split){.proof = SPLIT_NONE};
    closings_find(&closings, document);
    for (size_t i = 0; i < sizeof ways / sizeof *ways && out->count == 0; i++) {
        struct headings headings = {0};
        ways[i].find(&headings, document, &closings);
        if (act_count(&headings) < 2)
            continue;
        if (ways[i].proof == SPLIT_AGENDA || ways[i].proof == SPLIT_VOTES)
            headings_take_titles(&headings, document);
        cut(out, document, &closings, &headings);
        out->proof = ways[i].proof;
        out->has_session = ways[i].has_session;
    }
    if (out->count == 0)
        add_part(out, document, &closings, 0, document->folded.len, NULL);
}

#include "extract/person.h"

#include <string.h>

#include "base/utf8.h"

enum {
    MAX_NAME_WORDS = 7, /* « Marie-Claude COSTA RIBEIRO GOMES », particles included */
    MAX_NAME_BYTES = 80
};

static const char *const civilities[] = {"m.",        "mme",
                                         "mme.",      "mr",
                                         "mr.",       "mrs",
                                         "mrs.",      "mlle",
                                         "melle",     "mmes",
                                         "mm.",       "mm",
                                         "monsieur",  "madame",
                                         "messieurs", "mademoiselle",
                                         "mesdames",  "dr",
                                         "dr.",       "docteur",
                                         "me",        "m",
                                         "l'abbe",    "colonel hors classe",
                                         "colonel",   "lieutenant-colonel",
                                         NULL};

static const char *const offices[] = {"le maire*",
                                      "la maire*",
                                      "le president*",
                                      "la president*",
                                      "l'adjoint*",
                                      "le premier adjoint",
                                      "la premiere adjointe",
                                      "le vice-president*",
                                      "la vice-president*",
                                      "le rapporteur*",
                                      "la rapporteur*",
                                      "le conseiller*",
                                      "la conseiller*",
                                      "le premier vice-president*",
                                      "la premiere vice-president*",
                                      "le doyen*",
                                      "la doyenne*",
                                      "le maire delegue",
                                      "le maire sortant",
                                      "son president*",
                                      "son maire",
                                      "sa presidente",
                                      NULL};

/* Words that begin with a capital after a name and are no part of it. */
static const char *const not_names[] = {"president*",  "maire*",      "adjoint*",    "vice-president*",
                                        "conseiller*", "rapporteur*", "depute*",     "senateur*",
                                        "delegue*",    "en",          "est",         "a",
                                        "secretaire*", "present*",    "absent*",     "excuse*",
                                        "objet",       "rapporte*",   "pouvoir*",    "procuration*",
                                        "s'etai*",     "etait",       "mission",     "le",
                                        "premier*",    "premiere*",   "elu*",        "convocation",
                                        "date",        "quorum",      "etaient",     "nombre",
                                        "assiste*",    "directeur*",  "directrice*", "secretariat",
                                        "vu",          "ordre",       "considerant", "votant*",
                                        "membre*",     "apres",       "pour",        "par",
                                        "sur",         "dans",        "suite",       "conformement",
                                        "contre",      "abstention*", "adopte*",     "approuve*",
                                        "vote*",       NULL};

/* Lower-case words inside a name, kept when a capital follows. */
static const char *const particles[] = {"de la", "de", "du",  "des", "la", "le",  "d",   "von", "van", "den", "der",
                                        "el",    "al", "ben", "di",  "da", "dos", "del", "y",   "e",   NULL};

/* « M. » that is the initial of a first name: « M.C. PERVERNOIS », « Mme M. ÉLIÈRE ». */
static bool is_initial(struct slice folded, size_t at, size_t end, bool after_civility)
{
    bool is_m = end == at + strlen("m.") && slice_starts(slice_skip(folded, at), SLICE("m."));
    return is_m && (after_civility ||
                    (end + 1 < folded.len && is_word_byte(folded.bytes[end]) && folded.bytes[end + 1] == '.'));
}

size_t civility_at(struct slice folded, size_t at)
{
    size_t start = at;
    bool after_civility = false; /* not « et M. » */
    for (;;) {
        size_t end;
        if (phrases_at(folded, at, civilities, &end) < 0 || is_initial(folded, at, end, after_civility))
            return at - start;
        size_t next = skip_blanks(folded, end);
        if (next == end && (end >= folded.len || (folded.bytes[end] != '\n' && folded.bytes[end - 1] != '.')))
            return at - start;
        if (next < folded.len && folded.bytes[next] == '\n')
            next++;
        next = skip_blanks(folded, next);
        size_t joined = phrase_at(folded, next, "et");
        after_civility = joined == SLICE_NONE || phrases_at(folded, skip_blanks(folded, joined), civilities, &end) < 0;
        at = after_civility ? next : skip_blanks(folded, joined);
    }
}

size_t office_at(struct slice folded, size_t at)
{
    size_t end;
    return phrases_at(folded, at, offices, &end) < 0 ? SLICE_NONE : end;
}

/* Blanks and at most one line end: what stands below an empty line is no name of this. */
static size_t skip_one_line_end(struct slice folded, size_t at)
{
    at = skip_blanks(folded, at);
    if (at < folded.len && folded.bytes[at] == '\n')
        at = skip_blanks(folded, at + 1);
    return at;
}

/* Skip « Madame le Maire, » and the like: where the name itself begins. */
static size_t skip_titles(struct slice folded, size_t at)
{
    static const char *const complements[] = {"du", "de", "de la", "des", "de l'", "d'", NULL};
    static const char *const qualities[] = {"delegue*",     "municipal*",     "departemental*", "regional*",
                                            "honoraire",    "communautaire*", "metropolitain*", "general*",
                                            "territorial*", "conseiller*",    "maire adjoint*", NULL};
    size_t end;
    bool is_polite = false;
    for (;;) {
        size_t before = at;
        at = skip_one_line_end(folded, at);
        size_t civility = civility_at(folded, at);
        at += is_polite && is_initial(folded, at, at + strlen("m."), true) ? 0 : civility;
        is_polite |= civility > 0;
        size_t office = office_at(folded, at);
        if (office != SLICE_NONE) {
            at = skip_blanks(folded, office);
            while (phrases_at(folded, at, qualities, &end) >= 0)
                at = skip_blanks(folded, end);
            if (phrases_at(folded, at, complements, &end) >= 0)
                return folded.len; /* « Madame la Présidente du Conseil régional » names nobody */
            if (at < folded.len && (folded.bytes[at] == ',' || folded.bytes[at] == ':'))
                at = skip_one_line_end(folded, at + 1);
            else if (at >= folded.len || !is_word_start(folded, at))
                return folded.len;
        }
        if (at == before)
            return at;
    }
}

static bool is_name_byte(char byte)
{
    return is_word_byte(byte) || byte == '-' || byte == '\'';
}

/* End of the word at `at`: letters, hyphens and apostrophes; dots of initials (« J.M. ») belong to it. */
static size_t name_word_end(struct slice folded, size_t at)
{
    size_t run = 0; /* letters since the last dot */
    for (; at < folded.len; at++) {
        char byte = folded.bytes[at];
        if (is_name_byte(byte))
            run = byte == '-' ? 0 : run + 1;
        else if (byte == '.' && run == 1)
            run = 0;
        else
            break;
    }
    while (at > 0 && (folded.bytes[at - 1] == '-' || folded.bytes[at - 1] == '\''))
        at--;
    return at;
}

static bool has_digit(struct slice text)
{
    for (size_t i = 0; i < text.len; i++)
        if (is_digit(text.bytes[i]))
            return true;
    return false;
}

/* Where a name is read: line ends before `lines_to` may stand between any two words of it. */
struct place {
    const struct document *document;
    size_t lines_to;
};

/* A particle followed by a capital (« de LA GRANGE », « d'ANGIO »): its end; SLICE_NONE otherwise. */
static size_t particle_end(const struct place *place, size_t at)
{
    struct slice folded = place->document->folded;
    size_t end;
    if (phrases_at(folded, at, particles, &end) < 0)
        return SLICE_NONE;
    size_t next = end < folded.len && folded.bytes[end] == '\'' ? end + 1 : skip_blanks(folded, end);
    if (next < folded.len && folded.bytes[next] == '\n' &&
        (next < place->lines_to || document_is_capitals(place->document, at, end)))
        next = skip_one_line_end(folded, next);
    return document_is_capital_at(place->document, next) ? end : SLICE_NONE;
}

/* End of a word that may go on after a hyphen at the line's end (« MARDESSIER-⏎TROUPHÉLAN »). */
static size_t wrapped_word_end(const struct document *document, size_t at)
{
    struct slice folded = document->folded;
    size_t end = name_word_end(folded, at);
    while (end + 1 < folded.len && end > at && folded.bytes[end] == '-' && folded.bytes[end + 1] == '\n') {
        size_t next = skip_blanks(folded, end + 2);
        if (!is_word_start(folded, next) || !document_is_capital_at(document, next))
            break;
        end = name_word_end(folded, next);
    }
    return end;
}

/* One more word of a name that begins at `name->start`; false when the name is over. */
static bool take_word(const struct place *place, struct span *name, size_t at)
{
    const struct document *document = place->document;
    struct slice folded = document->folded;
    size_t end;
    if (!is_word_start(folded, at))
        return false;
    size_t particle = particle_end(place, at);
    if (!document_is_capital_at(document, at)) {
        if (particle == SLICE_NONE)
            return false;
        name->end = particle < folded.len && folded.bytes[particle] == '\'' ? name_word_end(folded, at) : particle;
        return true;
    }
    bool initial = at + 1 < folded.len && folded.bytes[at + 1] == '.';
    if (particle == SLICE_NONE && !initial && phrases_at(folded, at, not_names, &end) >= 0)
        return false;
    end = wrapped_word_end(document, at);
    if (has_digit(slice_range(folded, at, end)))
        return false;
    name->end = end;
    return true;
}

static bool ends_in_particle(struct slice folded, const struct span *name)
{
    size_t end;
    size_t last = name->end;
    while (last > name->start && folded.bytes[last - 1] != ' ')
        last--;
    return phrases_at(folded, last, particles, &end) >= 0 && end == name->end;
}

/* « Le Comité »: an article in small letters after its capital is no name; « LE GOARNIG » is. */
static bool opens_with_article(const struct document *document, size_t at)
{
    static const char *const articles[] = {"le", "la", "les", "un", "une", "ce", "cette", "il", "elle", "en", NULL};
    size_t end;
    bool elided = at + 2 < document->folded.len && document->folded.bytes[at + 1] == '\'' &&
                  !document_is_capital_at(document, at + 2); /* « L'acquisition s'élève … »; « L'ORPHELIN » is a name */
    return (elided && memchr("lcjnq", document->folded.bytes[at], 5)) ||
           (phrases_at(document->folded, at, articles, &end) >= 0 && !document_is_capitals(document, at, end));
}

/* « Il est proposé », « Le Conseil »; « Le Monguillon » may be the rest of a name. */
static bool opens_sentence(const struct document *document, size_t at)
{
    static const char *const councils[] = {"conseil*",   "comite*",     "bureau", "maire*",
                                           "president*", "secretaire*", NULL};
    struct slice folded = document->folded;
    size_t end;
    size_t word = skip_blanks(folded, name_word_end(folded, at));
    return opens_with_article(document, at) &&
           (!document_is_capital_at(document, word) || phrases_at(folded, word, councils, &end) >= 0);
}

/* « Rapporteur : Mme VASSEUR⏎Contexte »: no margin broke so short a line behind a label. */
static bool stands_at_end_of_short_line(const struct document *document, const struct span *name)
{
    enum { SHORT_LINE_BYTES = 40 };
    struct slice folded = document->folded;
    const struct line *line = &document->lines[document_line_of(document, name->start)];
    size_t colon = slice_find_byte(slice_range(folded, line->start, name->start), ':', 0);
    return colon != SLICE_NONE && line->end - line->start <= SHORT_LINE_BYTES &&
           document_is_capitals(document, name->start, name->end);
}

/* Where the next word of the name may stand: on this line, or on the next when the name has but one word so far or ends
 * in « de », or a mark closes the name below. Somebody else with a civility (« Rapporteur : Mme ABADIE⏎M. le Maire »),
 * a sentence or a bullet may begin there, too. */
static size_t next_word(const struct place *place, const struct span *name, size_t words)
{
    const struct document *document = place->document;
    struct slice folded = document->folded;
    size_t at = skip_blanks(folded, name->end);
    bool goes_on = words == 1 || at < place->lines_to || ends_in_particle(folded, name);
    if (!goes_on || at >= folded.len || folded.bytes[at] != '\n' ||
        (at >= place->lines_to && stands_at_end_of_short_line(document, name)))
        return at;
    size_t next = skip_blanks(folded, at + 1);
    size_t polite = civility_at(folded, next);
    bool is_initial = polite > 0 && next + polite < folded.len && next < place->lines_to &&
                      (next + polite >= place->lines_to || folded.bytes[next + polite + 1] == '.');
    return (polite > 0 && !is_initial) || opens_sentence(document, next) ? at : next;
}

/* « M. Le Faouder » after the civility; but « Monsieur Le Directeur ». */
static bool is_surname_with_article(const struct document *document, size_t at)
{
    struct slice folded = document->folded;
    size_t end;
    size_t next = skip_blanks(folded, name_word_end(folded, at));
    return at > 0 && folded.bytes[at - 1] == ' ' && document_is_capital_at(document, next) &&
           phrases_at(folded, next, not_names, &end) < 0;
}

/* « Christian DUMONT Christian DUPRAZ », « Andrée VERCASSON M. Simon BELLEDENT »: after a first name and a name in
 * capitals somebody else begins. */
static bool begins_another(const struct document *document, const struct span *name, size_t at)
{
    struct slice folded = document->folded;
    size_t first = name_word_end(folded, name->start);
    size_t last = name->end;
    while (last > name->start && folded.bytes[last - 1] != ' ' && folded.bytes[last - 1] != '\n')
        last--;
    if (first - name->start < 3 || document_is_capitals(document, name->start, first) || last <= first ||
        name->end - last < 3 || !document_is_capitals(document, last, name->end))
        return false;
    return civility_at(folded, at) > 0 ||
           (document_is_capital_at(document, at) && !document_is_capitals(document, at, name_word_end(folded, at)));
}

static bool read_person(const struct place *place, size_t at, struct span *name)
{
    const struct document *document = place->document;
    size_t words = 0;
    size_t polite = skip_one_line_end(document->folded, at);
    polite += civility_at(document->folded, polite);
    at = skip_titles(document->folded, at);
    *name = (struct span){at, at};
    if (opens_with_article(document, at) && !(at == polite && is_surname_with_article(document, at)))
        return false;
    while (words < MAX_NAME_WORDS && name->end - name->start < MAX_NAME_BYTES &&
           !(words > 1 && begins_another(document, name, at))) {
        size_t particle = particle_end(place, at); /* « LE ROUPHELAN⏎Claire » has one word so far */
        if (!take_word(place, name, at))
            break;
        words += particle == SLICE_NONE || document->folded.bytes[particle] == '\'';
        at = next_word(place, name, words);
        if (at == name->end)
            break;
    }
    return words > 0 && name->end - name->start > 1;
}

bool person_at(const struct document *document, size_t at, struct span *name)
{
    return read_person(&(struct place){document, 0}, at, name);
}

bool person_before(const struct document *document, size_t at, size_t mark, struct span *name)
{
    return read_person(&(struct place){document, mark}, at, name);
}

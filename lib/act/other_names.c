#include "act/other_names.h"

#include <string.h>

enum { LONGEST_NAME_BYTES = 40 };

struct other_name {
    const char *other; /* lower case, without accents and signs */
    const char *ours;
};

/* Of several names for the same the first in the record is taken; « nom » only when there is no other. */
static const struct other_name names[] = {
    {"titre", "objet"},
    {"intitule", "objet"},
    {"libelle", "objet"},
    {"delibobjet", "objet"},
    {"objetdelib", "objet"},
    {"objetdeliberation", "objet"},
    {"objetdeladeliberation", "objet"},
    {"sujet", "objet"},
    {"texte", "text"},
    {"texteintegral", "text"},
    {"contenu", "text"},
    {"content", "text"},
    {"corps", "text"},
    {"body", "text"},
    {"numero", "number"},
    {"num", "number"},
    {"delibid", "number"},
    {"numdelib", "number"},
    {"numerodelib", "number"},
    {"numerodeliberation", "number"},
    {"numerodeladeliberation", "number"},
    {"dateseance", "date"},
    {"datedelaseance", "date"},
    {"datedelib", "date"},
    {"delibdate", "date"},
    {"datedeliberation", "date"},
    {"datedeladeliberation", "date"},
    {"dateconseil", "date"},
    {"dateconvocation", "convocation_date"},
    {"collnom", "council"},
    {"collectivite", "council"},
    {"nomcollectivite", "council"},
    {"conseil", "council"},
    {"collsiret", "siret"},
    {"delibmatierecode", "matiere"},
    {"codematiere", "matiere"},
    {"delibmatierenom", "matiere"},
    {"secretaire", "secretary"},
    {"secretairedeseance", "secretary"},
    {"presidentdeseance", "president"},
    {"rapporteure", "rapporteur"},
};

/* « DELIB_OBJET », « Intitulé » as the table has them; 0 when it is too long. */
static size_t plain_name(char *out, struct slice name)
{
    size_t len = 0;
    for (size_t i = 0; i < name.len; i++) {
        unsigned char byte = (unsigned char)name.bytes[i];
        bool is_e = byte == 0xC3 && i + 1 < name.len && strchr("\xA9\xA8\xAA\x89\x88\x8A", name.bytes[i + 1]);
        char letter = byte >= 'A' && byte <= 'Z' ? (char)(byte + ('a' - 'A')) : (char)byte;
        if (is_e) {
            letter = 'e';
            i++;
        }
        if (!is_e && !(letter >= 'a' && letter <= 'z'))
            continue;
        if (len == LONGEST_NAME_BYTES)
            return 0;
        out[len++] = letter;
    }
    return len;
}

static bool is_fit(const struct json_value *value)
{
    return value->kind == JSON_STRING || value->kind == JSON_INTEGER;
}

static void replace(struct json_value *record, const struct other_name *table, size_t count)
{
    for (struct json_value *member = record->first; member; member = member->next) {
        char plain[LONGEST_NAME_BYTES];
        struct slice name = {plain, plain_name(plain, member->name)};
        for (size_t i = 0; i < count; i++) {
            if (!slice_equal(name, slice_of(table[i].other)) || !is_fit(member))
                continue;
            bool is_objet = strcmp(table[i].ours, "objet") == 0;
            if (!json_member(record, table[i].ours) && !(is_objet && json_member(record, "title")))
                member->name = slice_of(table[i].ours);
            break;
        }
    }
}

void other_names_replace(struct json_value *record)
{
    static const struct other_name weak = {"nom", "objet"};
    replace(record, names, sizeof names / sizeof *names);
    replace(record, &weak, 1);
}

/* How an act is laid out in the index: term prefixes and value slots. The one table that the writing side and the
 * asking side share; changing it changes ARCHIVE_VERSION (archive.h).
 *
 * Prefixes follow Xapian's convention: one capital, or X and capitals for our own. What follows a prefix is folded and
 * never begins with a capital, so that no prefix runs into another (XP and XPR). */
#ifndef DELIB_ARCHIVE_TERMS_H
#define DELIB_ARCHIVE_TERMS_H

/* Words of text: stemmed and folded. Where they stand is in SLOT_WORDS. The body has no prefix. */
#define TERM_BODY ""
#define TERM_OBJET "S"      /* words of the objet, which are in the body too */
#define TERM_TOPIC "XT"     /* words of the topics */
#define TERM_COUNCIL "XC"   /* words of the council's name */
#define TERM_RAPPORTEUR "A" /* words of the rapporteur's name (unstemmed: names are not inflected) */
#define TERM_PRESENT "XP"   /* words of the names of those present, president and secretary included (unstemmed) */
#define TERM_PRESIDENT "XPR"
#define TERM_SECRETARY "XSE"

/* Whole values, as filters: folded. */
#define TERM_ID "Q"            /* the act's id; hashed when too long (term_of_id) */
#define TERM_FILE "XF"         /* the source file (file_key), to replace all the acts of a file together */
#define TERM_NUMBER "XN"       /* number_key */
#define TERM_COUNCIL_TYPE "XK" /* municipal … */
#define TERM_MATIERE "XM"      /* "7" and "7.5"; "etat civil", a source's own name, folded */
#define TERM_VOTE "XV"         /* adopte, rejete …; unanime, majorite */
#define TERM_DOCUMENT_TYPE "XD"
#define TERM_YEAR "Y" /* AAAA */

#define TERM_DUPLICATE "XU" /* the same act shows from another file (duplicates.h) */
#define TERM_LEFT "XL"      /* the act is in another part, too, and about to go here (moving.h) */

/* What acts and rows of tables must share to be looked at together: the kind of key, "s", "c" or "f", and the key
 * (join.h, rows.h). */
#define TERM_JOIN_ACT "XJA"
#define TERM_JOIN_ROW "XJR"

/* What delib-index --status counts: the frequency of each is the figure. */
#define TERM_HAS "XH"      /* the fields that were read: a bit for each enum act_field, hexadecimal */
#define TERM_WARNING "XW"  /* the code of each warning */
#define TERM_COVERAGE "XG" /* AAAA, or 0000 when undated, SLOT_SEPARATOR, the council's name as shown */

/* Acronyms that the text introduces, « Contribution Économique Territoriale (CET) », as synonyms for questions; both
 * folded, the name's words with one blank between. */
#define TERM_ACRONYM "XY" /* cet, SLOT_SEPARATOR, the name */
#define TERM_NAME "XZ"    /* the name, SLOT_SEPARATOR, cet */

/* Value slots. Numbers are kept so that byte order is number order. */
enum value_slot {
    SLOT_DATE = 0,    /* AAAAMMJJ */
    SLOT_COUNCIL = 1, /* name as shown */
    SLOT_COUNCIL_TYPE = 2,
    SLOT_RAPPORTEUR = 3, /* name as shown */
    SLOT_TOPICS = 4,     /* several, joined by SLOT_SEPARATOR */
    SLOT_MATIERE = 5,    /* code */
    SLOT_VOTE = 6,       /* outcome */
    SLOT_NUMBER = 7,     /* canonical number with its runs of digits padded, so that 9 sorts before 10 */
    SLOT_AMOUNT = 8,     /* largest amount, euro cents, 16 digits */
    SLOT_DOCUMENT_TYPE = 9,
    SLOT_YEAR = 10,        /* AAAA: a facet */
    SLOT_DECISIONS = 11,   /* several, joined by SLOT_SEPARATOR */
    SLOT_REVISION = 12,    /* the archive's revision in which the act came to what it is (archive_revision_value) */
    SLOT_SEANCE = 14,      /* council, date and number: byte order is that of a finding aid */
    SLOT_FINGERPRINT = 13, /* of the act and its text, but for where the file lies and its bytes */
    SLOT_WORDS = 15        /* the words of the objet and of the text in a row (word_stream.h) */
};

#define SLOT_SEPARATOR '\x1f'

/* Keys of the metadata. */
#define KEY_VERSION SLICE("delib:version")
#define KEY_COMMITTED SLICE("delib:committed") /* when it was last changed */
#define KEY_REVISION SLICE("delib:revision")
#define KEY_WHEN "delib:when:" /* and a revision: when it came */
#define KEY_FAMILY SLICE("delib:family")

#endif

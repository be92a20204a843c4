/* Where an act begins in a text of several, and what the ways of finding it share. */
#ifndef DELIB_INDEXER_SPLIT_HEADING_H
#define DELIB_INDEXER_SPLIT_HEADING_H

#include "extract/document.h"

struct heading {
    size_t start;       /* bytes of the folded text: where the act begins */
    struct span title;  /* start == end where the objet is to be looked for */
    struct span number; /* of the act; start == end where it is to be looked for */
    struct span rank;   /* in these minutes, « 3) »: its number when it has no other */
    bool no_act;        /* « Questions diverses »: its text belongs to the act before */
};

struct headings {
    struct heading *items;
    size_t count;
};

void headings_add(struct headings *headings, const struct document *document, size_t start, struct span title);

/* The words of a text that close an act: votes, « prend acte », « après en avoir délibéré ». One scan of the text, then
 * any stretch of lines can be asked for. */
struct closings {
    uint32_t *before; /* closings that begin above line i */
};

void closings_find(struct closings *out, const struct document *document);
bool closings_between(const struct closings *closings, size_t line, size_t end_line);

/* « Vote : … », « Adopté à l'unanimité », « Unanimité » on a line of its own. */
bool is_closing_line(const struct document *document, size_t line);

/* Titles under which a council decides nothing as a rule. */
bool is_no_matter(struct slice folded_title);

/* A line of the margin or the letterhead that comes again on every page, or one of no words. */
bool is_running_line(const struct document *document, size_t line);

/* Minutes hold acts that nothing names; an extract of the register with several votes is one act. */
bool is_minutes(const struct document *document);

/* The line below the last one on the séance, presence and secretary: where the matter of minutes begins. */
size_t first_line_of_matter(const struct document *document, const struct closings *closings);

/* The ways of finding acts, in the order of trust; each gives their headings in the order of the text, or none when it
 * has no proof. */
typedef void headings_way(struct headings *out, const struct document *document, const struct closings *closings);
headings_way headings_by_stamp; /* @CTES identifiers that change from page to page: a bundle */
headings_way headings_by_extract; /* « Extrait du registre des délibérations » again and again, each with its number */
headings_way headings_of_list;    /* « Liste des délibérations »: its rows */
headings_way headings_by_number;   /* a run of numbers at the start of lines */
headings_way headings_by_agenda;   /* the titles of the ordre du jour again above what was said of them */
headings_way headings_by_objet;    /* « Objet : » repeated */
headings_way headings_marked;      /* minutes where a sign or a rule tells the titles of decisions */
headings_way headings_in_capitals; /* minutes where titles in capitals are followed by decisions */
headings_way headings_alone;       /* and those where lines that stand alone are */
headings_way headings_by_vote; /* minutes where a line of a set form, « Vote : à l'unanimité », closes each act */

/* Add the headings that the closing lines of minutes prove between those already found. */
void headings_fill(struct headings *headings, const struct document *document);

/* Give acts whose own title is missing or spoilt that of the ordre du jour. */
void headings_take_titles(struct headings *headings, const struct document *document);

#endif

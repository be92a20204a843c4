/* Numbers, dates and times as French texts write them, in figures or in letters. All input is folded text. */
#ifndef DELIB_FRENCH_NUMBERS_H
#define DELIB_FRENCH_NUMBERS_H

#include "base/date.h"

/* A number in letters at the start of `folded` (« deux mil vingt et un », « quatre-vingt-dix-huit », « premier »,
 * « septante », « vingt deux »): its value, and its bytes in *len. -1 when there is none. Hyphens or spaces between the
 * words, « mil » or « mille », words run together (« deuxmille »). At most 999,999. */
int french_spelled_number(struct slice folded, size_t *len);

/* A month name or its usual abbreviation (« sept. », « fevr ») at the start: 1..12 and its bytes; 0 when none. */
int french_month(struct slice folded, size_t *len);

/* A weekday name at the start: 1 (lundi) … 7; 0 when none. */
int french_weekday(struct slice folded, size_t *len);

struct french_date {
    date_yyyymmdd date;   /* 0 when the year is missing */
    int year, month, day; /* year 0 when not written */
    int weekday;          /* 0 when not written */
    size_t start, len;    /* bytes in `folded`, weekday included */
    bool spelled;         /* day or year in letters */
};

/* The next date at or after `from`: « lundi 30 septembre 2019 », « 1er mars 2020 », « le dix-huit juin deux mille
 * quinze », « 30/09/2019 », « 30.09.19 », « 2019-09-30 », and day and month without a year (« le 8 mars »). False when
 * there is none. Not dates: article and phone numbers (« L.153-36 », « 03.21.12.94.94 »). */
bool french_date_next(struct french_date *out, struct slice folded, size_t from);

/* The date that begins at `at` itself, the start of a word; false when none does. */
bool french_date_at(struct french_date *out, struct slice folded, size_t at);

#endif

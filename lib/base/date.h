/* Calendar days as one number, AAAAMMJJ (20190930), so that comparing days is comparing numbers. 0 is "no date". */
#ifndef DELIB_BASE_DATE_H
#define DELIB_BASE_DATE_H

#include <stdint.h>

#include "base/slice.h"

typedef int32_t date_yyyymmdd;

enum { DATE_FIRST_YEAR = 1790, DATE_LAST_YEAR = 2099, DATE_ISO_BYTES = 11 };

/* 0 when there is no such day or the year is outside DATE_FIRST_YEAR..DATE_LAST_YEAR. */
date_yyyymmdd date_make(int year, int month, int day);
int date_year(date_yyyymmdd date);
int date_month(date_yyyymmdd date);
int date_day(date_yyyymmdd date);
int date_weekday(date_yyyymmdd date);                        /* 1 Monday … 7 Sunday */
int date_days_between(date_yyyymmdd from, date_yyyymmdd to); /* negative when `to` is earlier */

/* "AAAA-MM-JJ" exactly; 0 otherwise. */
date_yyyymmdd date_parse_iso(struct slice text);

/* A day, a month or a year ("2019-09-30", "2019-09", "2019") as the days from *first to *last; false otherwise. */
bool date_parse_period(struct slice text, date_yyyymmdd *first, date_yyyymmdd *last);

/* Writes "AAAA-MM-JJ" and NUL; returns out. */
char *date_format_iso(date_yyyymmdd date, char out[DATE_ISO_BYTES]);

#endif

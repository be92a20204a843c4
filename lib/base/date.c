#include "base/date.h"

#include <stdio.h>

static bool is_leap(int year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int days_in_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

date_yyyymmdd date_make(int year, int month, int day)
{
    if (year < DATE_FIRST_YEAR || year > DATE_LAST_YEAR || month < 1 || month > 12)
        return 0;
    if (day < 1 || day > days_in_month(year, month))
        return 0;
    return year * 10000 + month * 100 + day;
}

int date_year(date_yyyymmdd date)
{
    return date / 10000;
}

int date_month(date_yyyymmdd date)
{
    return date / 100 % 100;
}

int date_day(date_yyyymmdd date)
{
    return date % 100;
}

/* Days since 1 March of year 0 in the proleptic Gregorian calendar: with March first, the leap day is the last. */
static int day_number(date_yyyymmdd date)
{
    int month = (date_month(date) + 9) % 12;
    int year = date_year(date) - month / 10;
    return 365 * year + year / 4 - year / 100 + year / 400 + (month * 306 + 5) / 10 + date_day(date) - 1;
}

int date_weekday(date_yyyymmdd date)
{
    return (day_number(date) + 2) % 7 + 1;
}

int date_days_between(date_yyyymmdd from, date_yyyymmdd to)
{
    return day_number(to) - day_number(from);
}

static int parse_digits(struct slice text, size_t from, size_t count)
{
    int value = 0;
    for (size_t i = from; i < from + count; i++) {
        if (text.bytes[i] < '0' || text.bytes[i] > '9')
            return -1;
        value = value * 10 + (text.bytes[i] - '0');
    }
    return value;
}

date_yyyymmdd date_parse_iso(struct slice text)
{
    if (text.len != 10 || text.bytes[4] != '-' || text.bytes[7] != '-')
        return 0;
    return date_make(parse_digits(text, 0, 4), parse_digits(text, 5, 2), parse_digits(text, 8, 2));
}

bool date_parse_period(struct slice text, date_yyyymmdd *first, date_yyyymmdd *last)
{
    if (text.len == 10) {
        *first = *last = date_parse_iso(text);
    } else if (text.len == 7 && text.bytes[4] == '-') {
        int year = parse_digits(text, 0, 4), month = parse_digits(text, 5, 2);
        *first = date_make(year, month, 1);
        *last = *first ? date_make(year, month, days_in_month(year, month)) : 0;
    } else if (text.len == 4) {
        *first = date_make(parse_digits(text, 0, 4), 1, 1);
        *last = date_make(parse_digits(text, 0, 4), 12, 31);
    } else {
        return false;
    }
    return *first != 0;
}

char *date_format_iso(date_yyyymmdd date, char out[DATE_ISO_BYTES])
{
    unsigned year = (unsigned)date_year(date) % 10000, month = (unsigned)date_month(date),
             day = (unsigned)date_day(date);
    snprintf(out, DATE_ISO_BYTES, "%04u-%02u-%02u", year, month % 100, day % 100);
    return out;
}

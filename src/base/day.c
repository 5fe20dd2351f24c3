/* Days and instants as machines write them. Knows the calendar, and no era. */
#define MEGURI_BASE_ROOM
#include <assert.h>
#include <string.h>

#include "base/banned.h"
#include "base/date_inner.h"

enum { DAY_BYTES = 10, INSTANT_BYTES = 29 }; /* 2024-06-30; 2024-06-30T09:00:00.000+09:00 */

static bool is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

int date_days_in(int year, int month)
{
    static const int8_t DAYS[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

    return month == 2 && is_leap(year) ? 29 : DAYS[month - 1];
}

int date_digits_at(str s, size_t at, size_t n)
{
    int v = 0;

    for (size_t i = at; i < at + n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9')
            return -1;
        v = v * 10 + (s.p[i] - '0');
    }
    return v;
}

static bool is_day(int year, int month, int day)
{
    return month >= 1 && month <= 12 && day >= 1 && day <= date_days_in(year, month);
}

bool date_parse(str iso, date *out)
{
    int year, month, day;

    if (iso.n != DAY_BYTES || iso.p[4] != '-' || iso.p[7] != '-')
        return false;
    year = date_digits_at(iso, 0, 4);
    month = date_digits_at(iso, 5, 2);
    day = date_digits_at(iso, 8, 2);
    if (year < 1868 || year > 2199 || !is_day(year, month, day))
        return false;
    *out = (date){ (int16_t)year, (int8_t)month, (int8_t)day };
    return true;
}

/* v in `n` digits, then `mark`; gives the place behind that. */
static char *digits_set(char *to, int v, int n, char mark)
{
    for (int i = n; i-- > 0; v /= 10)
        to[i] = (char)('0' + v % 10);
    to[n] = mark;
    return to + n + 1;
}

static char *day_set(char *to, int year, int month, int day, char mark)
{
    to = digits_set(to, year, 4, '-');
    to = digits_set(to, month, 2, '-');
    return digits_set(to, day, 2, mark);
}

void date_put(struct buf *b, date d)
{
    char text[DAY_BYTES + 1];

    day_set(text, d.year, d.month, d.day, '\0');
    buf_put(b, (str){ text, DAY_BYTES });
}

int date_fiscal_year(date d)
{
    return d.month >= 4 ? d.year : d.year - 1;
}

/* ---- instants ---- */

enum { MS_PER_DAY = 86400000, JAPAN_MS = 9 * 3600 * 1000 };

/* Days from 1970-01-01 to 1 March of the year that holds the day: years that begin in March
 * keep the leap day last, so months have a fixed place. 719468 days lie between 0000-03-01 and
 * 1970-01-01. */
static int64_t days_from(int year, int month, int day)
{
    int64_t y = month > 2 ? year : year - 1;
    int64_t day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;

    return y * 365 + y / 4 - y / 100 + y / 400 + day_of_year - 719468;
}

/* The inverse: 400 years have 146097 days, and years that begin in March have their months at
 * (153 * month + 2) / 5. */
date date_from_number(int64_t days)
{
    const int64_t all = days + 719468, cycle = all / 146097, in_cycle = all % 146097;
    const int64_t leaps = in_cycle / 1460 - in_cycle / 36524 + in_cycle / 146096;
    const int64_t year = (in_cycle - leaps) / 365;
    const int in_year = (int)(in_cycle - (year * 365 + year / 4 - year / 100));
    const int from_march = (5 * in_year + 2) / 153;
    const int month = from_march < 10 ? from_march + 3 : from_march - 9;

    return (date){ (int16_t)(cycle * 400 + year + (month < 3)), (int8_t)month,
                   (int8_t)(in_year - (153 * from_march + 2) / 5 + 1) };
}

int64_t date_number(date d)
{
    return days_from(d.year, d.month, d.day);
}

/* Days since 1970-01-01 in Japan. */
static int64_t japan_day(int64_t unix_ms)
{
    const int64_t all = unix_ms + JAPAN_MS;

    return all / MS_PER_DAY - (all % MS_PER_DAY < 0);
}

date date_of_instant(int64_t unix_ms)
{
    return date_from_number(japan_day(unix_ms));
}

void instant_put(struct buf *b, int64_t unix_ms)
{
    const int64_t days = japan_day(unix_ms);
    const int ms = (int)(unix_ms + JAPAN_MS - days * MS_PER_DAY);
    const date day = date_from_number(days);
    char text[INSTANT_BYTES + 1], *to = text;

    assert(unix_ms >= INSTANT_MIN && unix_ms <= INSTANT_MAX);
    to = day_set(to, day.year, day.month, day.day, 'T');
    to = digits_set(to, ms / 3600000, 2, ':');
    to = digits_set(to, ms / 60000 % 60, 2, ':');
    to = digits_set(to, ms / 1000 % 60, 2, '.');
    to = digits_set(to, ms % 1000, 3, '+');
    memcpy(to, "09:00", sizeof "09:00");
    buf_put(b, (str){ text, INSTANT_BYTES });
}

bool instant_parse(str s, int64_t *unix_ms)
{
    int year, month, day, hour, minute, second, ms;

    if (s.n != INSTANT_BYTES || s.p[4] != '-' || s.p[7] != '-' || s.p[10] != 'T'
        || s.p[13] != ':' || s.p[16] != ':' || s.p[19] != '.' || !str_ends(s, STR("+09:00")))
        return false;
    year = date_digits_at(s, 0, 4);
    month = date_digits_at(s, 5, 2);
    day = date_digits_at(s, 8, 2);
    hour = date_digits_at(s, 11, 2);
    minute = date_digits_at(s, 14, 2);
    second = date_digits_at(s, 17, 2);
    ms = date_digits_at(s, 20, 3);
    if (year < 1 || !is_day(year, month, day) || hour < 0 || hour > 23 || minute < 0
        || minute > 59 || second < 0 || second > 59 || ms < 0)
        return false;
    *unix_ms = days_from(year, month, day) * MS_PER_DAY + hour * INT64_C(3600000)
               + minute * INT64_C(60000) + second * INT64_C(1000) + ms - JAPAN_MS;
    return true;
}

int date_weekday(date d)
{
    /* 1970-01-01 was a Thursday; the sum is positive from 1868 on */
    return (int)((days_from(d.year, d.month, d.day) + 4 + INT64_C(7) * 10000) % 7);
}

/* Calendar dates, fiscal years and Japanese eras; instants as text. The only file that knows an
 * era. */
#ifndef MEGURI_DATE_H
#define MEGURI_DATE_H

#include "base/err.h"
#include "base/str.h"

typedef struct {
    int16_t year; /* western; 0 = no date */
    int8_t month, day;
} date;

MUST bool date_parse(str iso, date *out); /* YYYY-MM-DD, a day that exists, 1868…2199 */
void date_put(struct buf *b, date d);     /* YYYY-MM-DD */
int date_fiscal_year(date d);             /* April to March: 2020-03-31 is in 2019 */

/* A day as people write it into a table. */
enum date_fault {
    DATE_FINE,
    DATE_NONE,    /* not a date */
    DATE_NO_DAY,  /* no such day: 2月30日, 13月 */
    DATE_NO_YEAR, /* 6月3日, and no fiscal year is known */
    DATE_ERA,     /* the era does not have the day: 平成31年5月1日 */
    DATE_WEEKDAY, /* the day of the week beside it is another one */
};

/* Reads the whole of s (blanks at its ends aside), with half- or full-width characters:
 * 2024-04-01, 2024/4/1, 2024.4.1, 2024年4月1日, 20240401, 令和6年4月1日, R6.4.1, R6/4/1; a
 * month alone (令和6年4月, 2024-04, 2024/4; *out then has day 0); a day without a year (6月3日,
 * 6/3), which lies in fiscal_year (western; 0 = not known). A day of the week in brackets and a
 * time behind it (as spreadsheets add) may follow. Years 1868 to 2199. *out is set for
 * DATE_FINE alone. */
enum date_fault date_read(str s, int fiscal_year, date *out);

/* Days since 1970-01-01, and back; d is a day that exists. The day of an instant in Japan. */
int64_t date_number(date d);
date date_from_number(int64_t days); /* of the years 0001 to 9999 */
date date_of_instant(int64_t unix_ms);

/* 0 = Sunday … 6 = Saturday. d is a day that exists. */
int date_weekday(date d);

/* A fiscal year as documents write it, read from the start of s. *year is western (2019 for
 * 令和元年度), *used the bytes. Understood, with half- or full-width digits and blanks between
 * the parts:
 * - an era, and 元 or a number: 令和元年度 令和2年度 令和二年度 ㍻31年度;
 * - the era's letter: R元年度 R1年度 H29年度 S63年度. R1 and H29 (these two, capital) need no
 *   年度, but may not be part of a longer word or of a date: not R100, not H31.4.1;
 * - four digits, FISCAL_MIN to FISCAL_MAX: 2019年度 FY2019;
 * - without an era, read against context_year as told below: 元年度 29年度;
 * - two of them that agree: 令和2(2020)年度 2020(令和2)年度.
 * 年 stands for 年度 where bare_year allows, but not before a month (令和2年3月 lies in 2019),
 * and without an era not where it is a length of time (3年間, 5年前, 2年連続). 2年度目 is no
 * fiscal year either.
 *
 * context_year is the western fiscal year of the document, 0 when unknown. A year without an
 * era is read in the era that gives the year nearest to context_year; an era that begins later
 * than the year after it is not thought of. So 29年度 beside 2019 is H29 = 2017, 3年度 beside
 * 2022 is R3, 元年度 beside 2018 to 2033 is 2019 and beside 1995 is 1989. Without a context a
 * number above 40 is Shōwa, otherwise above 7 is Heisei, otherwise Reiwa.
 *
 * An era has the fiscal years whose 1 April lies in it, and 元年度: 平成31年度 is 2019 as
 * 令和元年度 is; 平成32年度, 昭和64年度 and 令和0年度 are false. 32年度 beside 2017 is false
 * too: the nearest reading never was, and one farther away (昭和32年度) is not guessed. False
 * when s does not start with a fiscal year; *year and *used are then untouched. */
MUST bool fiscal_parse(str s, int context_year, bool bare_year, int *year, size_t *used);

/* For the sentence about such a year: true when s starts with a fiscal year that its era never
 * had, as documents counted on before an era ended (平成32年度). *year is the year they meant
 * (2020), which fiscal_put spells. */
MUST bool fiscal_parse_beyond(str s, int context_year, int *year, size_t *used);

enum fiscal_style {
    FISCAL_ERA,     /* 令和元年度; 2019 is 令和元年度 */
    FISCAL_SHORT,   /* R1 */
    FISCAL_WESTERN, /* 2019年度 */
    FISCAL_ENGLISH, /* FY2019 */
};
/* year from FISCAL_MIN to FISCAL_MAX */
void fiscal_put(struct buf *b, int year, enum fiscal_style style);

enum {
    FISCAL_MIN = 1868, /* 明治元年 */
    FISCAL_MAX = 2199,
};

/* Milliseconds since 1970 UTC as RFC 3339 in Japanese time: 2026-11-22T17:05:00.123+09:00
 * (Japan has no summer time). Years 0001 to 9999 in Japan, INSTANT_MIN to INSTANT_MAX. The pair
 * is exact in both directions: instant_parse takes this one form and no other. */
#define INSTANT_MIN INT64_C(-62135629200000)
#define INSTANT_MAX INT64_C(253402268399999)
void instant_put(struct buf *b, int64_t unix_ms);
MUST bool instant_parse(str s, int64_t *unix_ms);

#endif

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

/* A fiscal year as documents write it, read from the start of s. *year is western (2019 for
 * 令和元年度), *used the bytes. Understood, with half- or full-width digits and blanks between
 * the parts: 令和元年度 令和2年度 平成31年度 (= 2019) H29年度 R1年度 R1 H29 2019年度 元年度
 * 29年度, each also with 年 alone where `bare_year` allows. The short forms carry no era: they
 * are read against context_year, the western fiscal year of the document (0 = unknown): 元年度
 * is the first year of the era in force in context_year; a number is read in the era that gives
 * the year nearest to context_year (29年度 beside 2019 is H29 = 2017, 3年度 beside 2022 is R3).
 * Without a context a number above 40 is Shōwa, otherwise above 7 is Heisei, otherwise Reiwa.
 * False when s does not start with a fiscal year. An era year that the era never had
 * (平成40年度) is false. */
MUST bool fiscal_parse(str s, int context_year, bool bare_year, int *year, size_t *used);

enum fiscal_style {
    FISCAL_ERA,     /* 令和元年度; 2019 is 令和元年度 */
    FISCAL_SHORT,   /* R1 */
    FISCAL_WESTERN, /* 2019年度 */
    FISCAL_ENGLISH, /* FY2019 */
};
void fiscal_put(struct buf *b, int year, enum fiscal_style style);

enum { FISCAL_MIN = 1926, FISCAL_MAX = 2199 };

/* Milliseconds since 1970 UTC as RFC 3339 in Japanese time: 2026-11-22T17:05:00.123+09:00
 * (Japan has no summer time). The pair is exact in both directions. */
void instant_put(struct buf *b, int64_t unix_ms);
MUST bool instant_parse(str s, int64_t *unix_ms);

#endif

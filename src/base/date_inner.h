/* What the two files of dates share: day.c knows the calendar, date.c the eras. */
#ifndef MEGURI_DATE_INNER_H
#define MEGURI_DATE_INNER_H

#include "base/date.h"

/* The number of days of a month from 1 to 12. */
int date_days_in(int year, int month);

/* Exactly n ASCII digits at s.p[at], which the caller knows to be there; -1 when one is none.
 */
int date_digits_at(str s, size_t at, size_t n);

#endif

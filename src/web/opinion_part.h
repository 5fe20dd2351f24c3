/* What the public pages of voices have in common: numbers, days, codes in words, one public
 * copy as a piece of a page. They read public copies only (kind "opinion"). */
#ifndef MEGURI_WEB_OPINION_PART_H
#define MEGURI_WEB_OPINION_PART_H

#include "web/parts.h"

/* "2025-000123" */
str opinion_number(const struct req *r, int fiscal_year, int number);
/* /o/minamo/voices/2025/123 */
str opinion_url(const struct req *r, str organisation, int fiscal_year, int number);
/* The way from the top: the organisation, then its voices. */
void opinion_crumb(const struct req *r, struct value *page, const struct organisation *ward);
/* "2025-06-30" as people read it, under `key`; null for "". */
void opinion_put_day(const struct req *r, struct value *map, const char *key, str day);
/* A month "2025-06" as people read it; null for "". */
void opinion_put_month(const struct req *r, struct value *map, const char *key, str month);
/* What a code is called in the reader's language; null for "", the code when it is unknown. */
void opinion_put_word(const struct req *r, struct value *map, const char *key,
                      const struct hearing_list *list, str code);
/* A row of a list: number, url, door, month_label, received_label, is_withheld, reason,
 * category, summary, kind, status, stage, parts, more, meeting_url. */
void opinion_put_row(const struct req *r, struct value *map, const struct hearing *h,
                     str organisation, const struct opinion_row *row);

#endif

/* Pieces of value trees that several pages have in common: years, organisations, indicators,
 * findings, records, texts with marked words. Keys are those of the JSON contract
 * (docs: check-output). Every function puts into `map` and takes memory from the request. */
#ifndef MEGURI_WEB_PARTS_H
#define MEGURI_WEB_PARTS_H

#include "web/page.h"

/* The plan that the address names, as of the day asked for. */
struct plan_ref part_plan_ref(const struct req *r);

/* "令和5年度", "FY2023" in the reader's language; "" for what is no fiscal year (0). */
str part_year_label(const struct req *r, int fiscal_year);
/* "fiscal_year", "year_label". */
void part_put_year(const struct req *r, struct value *map, int fiscal_year);
/* "organisation": {key, name, url}. */
void part_put_organisation(const struct req *r, struct value *map, str key, str name);

/* Breadcrumb of everything below a year: the organisation, then the year. */
void part_crumb_organisation(const struct req *r, struct value *page, str key, str name);
void part_crumb_year(const struct req *r, struct value *page, const struct plan_head *head);

/* Date and time as people read them, in Japanese time: "2026年11月22日 17:05". */
str part_time_label(const struct req *r, int64_t at_ms);
/* "at" (RFC 3339) and "at_label". */
void part_put_time(const struct req *r, struct value *map, int64_t at_ms);

/* "early": {day, url} when the day asked for is before `first_ms`, the first record there is (0
 * = none): that record's day and this page on it. null otherwise. */
void part_put_early(const struct req *r, struct value *map, int64_t first_ms);

/* "indicators", "with_result", "met", "not_met", "cannot_tell", "not_measured",
 * "not_measurable". */
void part_put_tally(const struct req *r, struct value *map, const struct tally *t);
/* "error", "warning", "info": how many findings of each severity. */
void part_put_counts(const struct req *r, struct value *map, const struct tally *t);

/* The page of an indicator, by the organisation's key and the indicator's name. */
str part_indicator_url(const struct req *r, str organisation, str name);
/* The same, by the indicator's key. */
str part_key_url(const struct req *r, str organisation, str key);
/* One indicator, whose page has the address `url`: name, url, role, comparison, direction,
 * target, unit, target_year, baseline, baseline_unit, baseline_year, baseline_year_label,
 * actual, actual_unit, difference, gap, gap_unit, side, verdict, line, column. */
void part_put_indicator(const struct req *r, struct value *map, str url,
                        const struct indicator *i);

/* The last piece of a file's name: where a document lay is nobody's business. */
str part_file_name(str path);

/* One finding: rule, rule_url, severity, subject, about, message, line, column, source_url.
 * about is the subject when it is a name, null when it is the initiative's number. */
void part_put_finding(const struct req *r, struct value *map, const struct plan_head *head,
                      const struct finding *f);

/* The line of a plan's source on its page, "" when the place is not known. */
str part_source_url(const struct req *r, const struct plan_head *head, struct span at);

/* The message "prefix.word", the word itself when there is none: words of the JSON contract and
 * of records in the reader's words. */
str part_word(const struct req *r, const char *prefix, str word);

str part_hash(const struct req *r, struct hash h); /* 64 hexadecimal digits */
str part_record_url(const struct req *r, struct hash h);
str part_blob_url(const struct req *r, struct hash h);
/* What a record is about, in words, and where that is shown: entity, what, shows_url, change
 * ("new" | "changed"), author, role, role_label, reason, hash, url, diff_url. */
void part_put_record(const struct req *r, struct value *map, const struct record *record);

/* ---- texts with marked pieces: lists of {text, is_marked} ---- */

/* Marks every occurrence of the words of a query (separated by blanks) in `text`, compared as
 * the search compares. Shows about `room` characters around the first hit, with … where it
 * was cut; room 0 = the whole text. */
void part_put_marked(const struct req *r, struct value *map, const char *key, str text,
                     str query, size_t room);

/* Two versions of a text, word by word: what only one of them has is marked (text_diff). A key
 * that is NULL is not put. */
void part_put_diff(const struct req *r, struct value *map, const char *key_before, str before,
                   const char *key_after, str after);

#endif

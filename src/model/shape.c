/* The tables of struct fields: which key each one has in JSON, in the order of the contract
 * (docs/check-output.md). A new field of a struct is a new row here, and nothing else. */
#include "model/model.h"
#include "model/inner.h"

#include <stddef.h>
#include "base/banned.h"

/* An enum is read and written as an unsigned int. */
_Static_assert(sizeof(enum verdict) == sizeof(unsigned), "enums are as wide as unsigned");
_Static_assert(sizeof(enum mark) == sizeof(unsigned), "enums are as wide as unsigned");

#define COUNT(rows) (uint32_t)(sizeof(rows) / sizeof *(rows))

/* clang-format off */
#define AT(s, f) (uint16_t)offsetof(struct s, f)
#define TEXT(s, f, k)       { .key = k, .kind = SHAPE_TEXT, .offset = AT(s, f), .key_at = k "_at" }
#define TEXT_R(s, f, k)     { .key = k, .kind = SHAPE_TEXT, .when = IN_RECORD, .offset = AT(s, f), \
                              .key_at = k "_at" }
#define PLAIN(s, f, k, knd) { .key = k, .kind = knd, .offset = AT(s, f) }
#define PLAIN_R(s, f, k, knd) { .key = k, .kind = knd, .when = IN_RECORD, .offset = AT(s, f) }
#define PLAIN_C(s, f, k, knd) { .key = k, .kind = knd, .when = IN_CHECK, .offset = AT(s, f) }
#define WORD(s, f, k, w)    { .key = k, .kind = SHAPE_WORD, .offset = AT(s, f), .words = &(w) }
#define AMOUNT(s, f, k)     { .key = k, .kind = SHAPE_AMOUNT, .offset = AT(s, f), \
                              .key_at = k "_at", .key_more = "unit" }
#define SHARED(s, f, k)     { .key = k, .kind = SHAPE_SHARED, .offset = AT(s, f), \
                              .key_at = k "_at", .key_more = k "_unit" }
#define WORD_R(s, f, k, w)  { .key = k, .kind = SHAPE_WORD, .when = IN_RECORD, .offset = AT(s, f), \
                              .words = &(w) }
#define MARK(s, f, k, w)    { .key = k, .kind = SHAPE_MARK, .offset = AT(s, f), .words = &(w), \
                              .key_at = k "_at", .key_more = k "_symbol" }
#define MAP(s, f, k, sh)    { .key = k, .kind = SHAPE_MAP, .offset = AT(s, f), .of = &(sh) }
#define MAP_R(s, f, k, sh)  { .key = k, .kind = SHAPE_MAP, .when = IN_RECORD, .offset = AT(s, f), \
                              .of = &(sh) }
#define LIST(s, f, n, k, w, sh) { .key = k, .kind = SHAPE_LIST, .when = w, .offset = AT(s, f), \
                                  .count_offset = AT(s, n), .of = &(sh) }
#define SHAPE(s, r) { .size = sizeof(struct s), .rows = r, .row_count = COUNT(r) }

static const struct shape_row PATH_ROWS[] = {
    PLAIN(path_point, year, "year", SHAPE_YEAR),
    AMOUNT(path_point, value, "value"),
};
static const struct shape PATH_SHAPE = SHAPE(path_point, PATH_ROWS);

static const struct shape_row QUALITY_ROWS[] = {
    PLAIN_R(quality, verified, "verified", SHAPE_STR),
    PLAIN_R(quality, source, "source", SHAPE_STR),
    PLAIN_R(quality, accuracy, "accuracy", SHAPE_STR),
    PLAIN_R(quality, limits, "limits", SHAPE_STR),
    PLAIN_R(quality, compensation, "compensation", SHAPE_STR),
};
static const struct shape QUALITY_SHAPE = SHAPE(quality, QUALITY_ROWS);

static const struct shape_row REMEDY_ROWS[] = {
    PLAIN_R(remedy, cause, "cause", SHAPE_STR),
    PLAIN_R(remedy, measure, "measure", SHAPE_STR),
    PLAIN_R(remedy, owner, "owner", SHAPE_STR),
    PLAIN_R(remedy, due, "due", SHAPE_STR),
};
static const struct shape REMEDY_SHAPE = SHAPE(remedy, REMEDY_ROWS);

static const struct shape_row INDICATOR_ROWS[] = {
    TEXT(indicator, name, "name"),
    WORD(indicator, role, "role", ROLE_WORDS),
    WORD(indicator, comparison, "comparison", COMPARISON_WORDS),
    WORD(indicator, direction, "direction", DIRECTION_WORDS),
    SHARED(indicator, target, "target"),
    { .key = "unit", .kind = SHAPE_UNIT },
    PLAIN(indicator, target_year, "target_year", SHAPE_YEAR),
    SHARED(indicator, baseline, "baseline"),
    PLAIN(indicator, baseline_year, "baseline_year", SHAPE_YEAR),
    SHARED(indicator, actual, "actual"),
    WORD(indicator, verdict, "verdict", VERDICT_WORDS),
    PLAIN_C(indicator, name.at, "line", SHAPE_LINE),
    PLAIN_C(indicator, name.at, "column", SHAPE_COLUMN),
    PLAIN_R(indicator, target_lost, "target_lost", SHAPE_BOOL),
    PLAIN_R(indicator, actual_is_change, "actual_is_change", SHAPE_BOOL),
    TEXT_R(indicator, goal, "goal"),
    TEXT_R(indicator, result, "result"),
    PLAIN_R(indicator, id, "id", SHAPE_STR),
    PLAIN_R(indicator, catalogue, "catalogue", SHAPE_STR),
    PLAIN_R(indicator, actual_is_final, "actual_is_final", SHAPE_BOOL),
    PLAIN_R(indicator, actual_note, "actual_note", SHAPE_STR),
    PLAIN_R(indicator, population, "population", SHAPE_STR),
    PLAIN_R(indicator, definition, "definition", SHAPE_STR),
    PLAIN_R(indicator, decimals, "decimals", SHAPE_DECIMALS),
    LIST(indicator, path, path_count, "path", IN_RECORD, PATH_SHAPE),
    MAP_R(indicator, quality, "quality", QUALITY_SHAPE),
};
const struct shape INDICATOR_SHAPE = SHAPE(indicator, INDICATOR_ROWS);

/* The report of a planned activity stands inside it; the others stand under "unplanned"
 * (write.c). */
static const struct shape_row ACTIVITY_ROWS[] = {
    TEXT(activity, group, "group"),
    TEXT(activity, text, "text"),
    AMOUNT(activity, quantity, "quantity"),
    PLAIN(activity, as_needed, "as_needed", SHAPE_BOOL),
    PLAIN_R(activity, at_least, "at_least", SHAPE_BOOL),
    PLAIN_R(activity, quantity_of, "quantity_of", SHAPE_STR),
    PLAIN_R(activity, id, "id", SHAPE_STR),
    WORD_R(activity, change, "change", CHANGE_WORDS),
    PLAIN_R(activity, change_reason, "change_reason", SHAPE_STR),
    PLAIN_R(activity, replaced_by, "replaced_by", SHAPE_STR),
    PLAIN_R(activity, suspended_from, "suspended_from", SHAPE_STR),
    PLAIN_R(activity, suspended_to, "suspended_to", SHAPE_STR),
    PLAIN_R(activity, suspended_order, "suspended_order", SHAPE_STR),
};
const struct shape ACTIVITY_SHAPE = SHAPE(activity, ACTIVITY_ROWS);

/* The contract names them after "reported". */
static const struct shape_row ACTIVITY_PLACE_ROWS[] = {
    PLAIN_C(activity, text.at, "line", SHAPE_LINE),
    PLAIN_C(activity, text.at, "column", SHAPE_COLUMN),
};
const struct shape ACTIVITY_PLACE_SHAPE = SHAPE(activity, ACTIVITY_PLACE_ROWS);

static const struct shape_row REPORT_ROWS[] = {
    TEXT(activity, text, "text"),
    AMOUNT(activity, quantity, "quantity"),
    TEXT_R(activity, group, "group"),
    PLAIN_R(activity, as_needed, "as_needed", SHAPE_BOOL),
    PLAIN_R(activity, at_least, "at_least", SHAPE_BOOL),
    PLAIN_R(activity, quantity_of, "quantity_of", SHAPE_STR),
    PLAIN_R(activity, id, "id", SHAPE_STR),
    PLAIN_R(activity, change_reason, "change_reason", SHAPE_STR),
};
const struct shape REPORT_SHAPE = SHAPE(activity, REPORT_ROWS);

static const struct shape_row RESULT_ROWS[] = {
    TEXT(result, name, "name"),
    AMOUNT(result, value, "value"),
    PLAIN(result, is_change, "is_change", SHAPE_BOOL),
    PLAIN(result, base_year, "base_year", SHAPE_YEAR),
    PLAIN(result, indicator, "indicator", SHAPE_INDEX),
    PLAIN_C(result, name.at, "line", SHAPE_LINE),
    PLAIN_C(result, name.at, "column", SHAPE_COLUMN),
};
const struct shape RESULT_SHAPE = SHAPE(result, RESULT_ROWS);

static const struct shape_row MIDYEAR_ROWS[] = {
    { .key = "activities", .kind = SHAPE_MARKS, .offset = AT(midyear, activities),
      .count_offset = AT(midyear, activity_count), .words = &OUTLOOK_WORDS,
      .key_at = "activities_at", .key_more = "activities_symbol" },
    MARK(midyear, goal, "goal", OUTLOOK_WORDS),
    TEXT(midyear, improvement, "improvement"),
    PLAIN_R(midyear, is_present, "is_present", SHAPE_BOOL),
    MAP_R(midyear, remedy, "remedy", REMEDY_SHAPE),
    PLAIN_R(midyear, is_skipped, "is_skipped", SHAPE_BOOL),
    PLAIN_R(midyear, skip_reason, "skip_reason", SHAPE_STR),
};
static const struct shape MIDYEAR_SHAPE = SHAPE(midyear, MIDYEAR_ROWS);

static const struct shape_row EVALUATION_ROWS[] = {
    MARK(evaluation, mark, "mark", EVALUATION_WORDS),
    TEXT(evaluation, improvement, "improvement"),
    TEXT_R(evaluation, activities_text, "activities_text"),
    PLAIN_R(evaluation, is_present, "is_present", SHAPE_BOOL),
    MAP_R(evaluation, remedy, "remedy", REMEDY_SHAPE),
};
static const struct shape EVALUATION_SHAPE = SHAPE(evaluation, EVALUATION_ROWS);

/* Planned and reported activities are two arrays here and one list there (write.c). */
static const struct shape_row INITIATIVE_ROWS[] = {
    PLAIN(initiative, number, "number", SHAPE_NUMBER),
    TEXT(initiative, title, "title"),
    TEXT(initiative, purpose, "purpose"),
    { .key = "outline", .kind = SHAPE_TEXTS, .offset = AT(initiative, outline),
      .count_offset = AT(initiative, outline_count), .key_at = "outline_at" },
    LIST(initiative, indicators, indicator_count, "indicators", IN_BOTH, INDICATOR_SHAPE),
    { .key = "activities", .kind = SHAPE_ACTIVITIES },
    MAP(initiative, midyear, "midyear", MIDYEAR_SHAPE),
    MAP(initiative, evaluation, "evaluation", EVALUATION_SHAPE),
    LIST(initiative, results, result_count, "results", IN_BOTH, RESULT_SHAPE),
    PLAIN_R(initiative, at, "at", SHAPE_SPAN),
    PLAIN_R(initiative, section, "section", SHAPE_STR),
};
const struct shape INITIATIVE_SHAPE = SHAPE(initiative, INITIATIVE_ROWS);

static const struct shape_row NOTE_ROWS[] = {
    WORD(note, kind, "kind", NOTE_WORDS),
    WORD(note, fault, "fault", FAULT_WORDS),
    PLAIN(note, initiative, "initiative", SHAPE_YEAR),
    PLAIN(note, subject, "subject", SHAPE_STR),
    PLAIN(note, raw, "raw", SHAPE_STR),
    PLAIN_C(note, at, "line", SHAPE_LINE),
    PLAIN_C(note, at, "column", SHAPE_COLUMN),
    PLAIN_R(note, at, "at", SHAPE_SPAN),
};
const struct shape NOTE_SHAPE = SHAPE(note, NOTE_ROWS);

/* The messages stand beside: one language in `check`, both in records. */
static const struct shape_row FINDING_ROWS[] = {
    PLAIN(finding, rule, "rule", SHAPE_STR),
    WORD(finding, severity, "severity", SEVERITY_WORDS),
    PLAIN(finding, initiative, "initiative", SHAPE_YEAR),
    PLAIN(finding, subject, "subject", SHAPE_STR),
    PLAIN_C(finding, at, "line", SHAPE_LINE),
    PLAIN_C(finding, at, "column", SHAPE_COLUMN),
    PLAIN_R(finding, at, "at", SHAPE_SPAN),
    PLAIN_R(finding, message[LANG_JA], "message_ja", SHAPE_STR),
    PLAIN_R(finding, message[LANG_EN], "message_en", SHAPE_STR),
};
const struct shape FINDING_SHAPE = SHAPE(finding, FINDING_ROWS);

static const struct shape_row PLAN_HEAD_ROWS[] = {
    TEXT(plan, organisation, "organisation"),
    PLAIN(plan, fiscal_year, "fiscal_year", SHAPE_YEAR),
    PLAIN_R(plan, fiscal_year_at, "fiscal_year_at", SHAPE_SPAN),
    PLAIN_R(plan, organisation_code, "organisation_code", SHAPE_STR),
    TEXT_R(plan, title, "title"),
    PLAIN_R(plan, form_id, "form", SHAPE_STR),
    PLAIN_R(plan, source_name, "source_name", SHAPE_STR),
    PLAIN_R(plan, source_hash, "source", SHAPE_HASH),
    LIST(plan, notes, note_count, "notes", IN_RECORD, NOTE_SHAPE),
    PLAIN_R(plan, notes_dropped, "notes_dropped", SHAPE_COUNT),
};
const struct shape PLAN_HEAD_SHAPE = SHAPE(plan, PLAN_HEAD_ROWS);

static const struct shape_row INITIATIVES_ROWS[] = {
    LIST(plan, initiatives, initiative_count, "initiatives", IN_BOTH, INITIATIVE_SHAPE),
};
const struct shape PLAN_INITIATIVES_SHAPE = SHAPE(plan, INITIATIVES_ROWS);
/* clang-format on */

/* Model and value trees in, bytes out. Pure.
 *
 * Templates (assets/templates/NAME.html) are logic-less. tools/tmpl.c compiles them when the
 * program is built; what a template may not do fails the build with file:line:column:
 *
 *   {{name}} {{a.b}} {{.}}    the value, escaped for HTML text and quoted attributes; markup
 *                             values (made here) as they are, in text
 *   {{,name}}                 the same; a number with its thousands apart: 1,234,567.8
 *   {{#name}}...{{/name}}     once for each item of a list; once for a map, a text that is not
 *                             empty, true, a number that is not 0, a markup
 *   {{^name}}...{{/name}}     when the above would give nothing
 *   {{>part}}                 another template, in the same context
 *   {{=some.key}}             a message of assets/messages.tsv (key TAB Japanese TAB English)
 * in the page's language; a message may hold {{name}} itself
 *   {{=verdict.*name}}        the message whose key is "verdict." and the text of name
 *   {{! comment }}
 *
 * A name that the innermost context lacks is looked up in the outer ones. A line that holds
 * nothing but a section's tag, a part or a comment leaves no blank line. There is no raw form:
 * values stand in text or in a quoted attribute, never in script, style or the name of a tag.
 * A part may also stand between attributes when it holds no value.
 * An address (href, src, action) whose data begins with a scheme other than http, https or
 * mailto becomes "#". */
#ifndef MEGURI_RENDER_H
#define MEGURI_RENDER_H

#include "model/model.h"

/* Renders template `name` ("year", "initiative", ...) of those built in. False with
 * ERR_NOT_FOUND for an unknown name. */
MUST bool render_html(struct buf *out, str name, const struct value *tree, enum lang lang,
                      struct err *e);

/* A message by its key in a language as plain text, with {{name}} filled from `tree` (may be
 * NULL). Unknown keys give the key itself. The result lives in the arena. */
str render_message(struct arena *a, str key, const struct value *tree, enum lang lang);

/* Templates and messages together, read-only. */
struct template_set;
struct template_source {
    str name; /* "year" */
    str text; /* what assets/templates/year.html holds */
};

/* Reads templates and the text of messages.tsv. The set copies what it needs into the arena.
 * ERR_INPUT for the first mistake: the text is for developers, in English, and begins with
 * file:line:column. */
MUST bool template_set_make(struct arena *a, const struct template_source *sources, size_t n,
                            str messages, const struct template_set **out, struct err *e);
const struct template_set *template_set_builtin(void);
bool template_set_has(const struct template_set *set, str name); /* a template by that name */

/* As above, from a set of one's own. */
MUST bool render_html_from(struct buf *out, const struct template_set *set, str name,
                           const struct value *tree, enum lang lang, struct err *e);
/* The same, telling `watch` of every name that the template looks up: the name as it is written
 * ("a.b", "."), and the value found, NULL for none. For the test that compares templates with
 * what handlers provide. */
struct render_watch {
    void (*look)(void *ctx, str name, const struct value *found);
    void *ctx;
};
MUST bool render_html_watched(struct buf *out, const struct template_set *set, str name,
                              const struct value *tree, const struct render_watch *watch,
                              struct err *e);
str render_message_from(struct arena *a, const struct template_set *set, str key,
                        const struct value *tree, enum lang lang);

/* A list of flat maps as CSV: RFC 4180, CRLF, UTF-8 with BOM; columns in the order of the first
 * row's keys, without those that hold a list, a map or markup. A text that a spreadsheet
 * program would run as a formula (it begins with = + - @ TAB CR and is no number) gets a
 * leading apostrophe. No rows give the BOM alone; NULL is no rows. */
void render_csv(struct buf *out, const struct value *rows);

/* ---- charts: svg without script, each with the sentence and the rows of its table ---- */

struct chart {
    str svg;      /* put it with value_put_markup */
    str sentence; /* what the chart says, one sentence in the page's language */
};

struct chart_point {
    int fiscal_year;
    bool has_target, has_actual;
    dec target, actual;
    enum verdict verdict;
    bool has_interval; /* of the actual: what it may be, in its unit */
    double low, high;
    bool is_ahead; /* a year to come: a target of the path and no result yet */
};
/* An indicator over years: actuals as a line with marks by verdict shape, their intervals as a
 * band, targets as short level lines (those ahead are the path), years as era labels, axis from
 * 0 or from a stated cut. The sentence speaks of the last year that is not ahead. */
struct chart chart_series(struct arena *a, const struct chart_point *points, uint32_t count,
                          str name, str unit, enum lang lang);
/* One year of a rate that grows from month to month: April to March, then April and May of the
 * closing period (出納整理期間). */
enum { CURVE_POINTS = 14 };
struct month_curve {
    int fiscal_year;
    bool has[CURVE_POINTS];
    dec value[CURVE_POINTS];
    bool is_suspended[CURVE_POINTS]; /* collection stood still by order: marked, not joined */
};
/* Where this year will land, and how sure that is. */
struct landing_fan {
    bool is_set;
    dec low, middle, high;
    int confidence_pct; /* 95; 0 = the range of past years, no interval */
    int chance_pct;     /* of reaching the target; -1 = not known */
};
struct months {
    const struct month_curve *years; /* oldest first; the last is the year that is told of */
    uint32_t count;
    bool has_target;
    dec target;
    struct landing_fan fan;
    str name, unit;
};
/* Monthly curves: past years thin and named at their end, this year thick with points, the fan
 * to its landing, the target as a level line. */
struct chart chart_months(struct arena *a, const struct months *m, enum lang lang);
/* April = 0 … March = 11, then the closing period's April and May: "4月" … "出納4月". */
str curve_point_name(struct arena *a, int point, enum lang lang);

/* Counts month by month with the limits of what is usual (measure_xmr). */
struct behaviour_point {
    str label; /* "2024-04", or as the page writes it */
    dec value;
    bool is_outside, is_run; /* signals */
};
struct behaviour_chart {
    const struct behaviour_point *points;
    uint32_t count;
    bool has_limits; /* false: fewer than eight points, only the mean */
    double mean, low, high;
    str name, unit;
};
struct chart chart_behaviour(struct arena *a, const struct behaviour_chart *c, enum lang lang);

/* Shares of a survey as bars on one axis from 0 to 100%; with its interval where it has one.
 * The sentence is the caller's: what may be said of a survey is decided elsewhere. */
struct chart_bar {
    str label;
    dec share, low, high; /* percent, 0 to 100 */
    bool has_interval;
    bool is_yes; /* drawn in the accent colour */
};
struct chart chart_bars(struct arena *a, const struct chart_bar *bars, uint32_t count,
                        str sentence);
/* Baseline -> target -> actual of one goal on one small axis (a table cell, 160 x 28). */
struct chart chart_goal(struct arena *a, const struct indicator *i, enum lang lang);
/* A strip of verdict shapes, one for each indicator, in the order of enum verdict's words on
 * the page (met, not met, cannot tell, not measured, not measurable). It names the patterns of
 * the page's shapes (template part "shapes"). Empty when there is no indicator, or more than
 * STRIP_MAX: then the figures beside it must do. */
enum { STRIP_MAX = 60 };
str chart_strip(struct arena *a, const struct tally *t);

/* A text as a QR code (ISO/IEC 18004, error correction M), black on white in every colour
 * scheme, so that a telephone reads it; `label` is its text alternative. Put it with
 * value_put_markup. Empty when the text is too long for any code (about 2300 bytes). */
str render_qr(struct arena *a, str text, str label);

/* The manual: CommonMark in, HTML markup out, in the arena. Raw HTML in the source is dropped,
 * as are links that could run script. A heading that ends in {#name} gets that anchor; a
 * relative link to page.md#name leads to /help/page#name. *title gets the text of the first
 * heading, "" when there is none. */
str render_markdown(struct arena *a, str source, str *title);

#include "render/feed.h"

#endif

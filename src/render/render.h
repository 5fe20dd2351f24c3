/* Model and value trees in, bytes out. Pure.
 *
 * Templates (assets/templates/NAME.html) are logic-less and compiled at build time by
 * tools/tmpl.c into C that walks the tree:
 *   {{name}}  {{a.b}}  {{.}}         the value, always escaped for HTML text and quoted
 * attributes; markup values (made here) as they are
 *   {{#name}}…{{/name}}              once for each item of a list; once for a map, a non-empty
 * text, true, a markup
 *   {{^name}}…{{/name}}              when the above would give nothing
 *   {{>part}}                        another template, in the same context
 *   {{=message.key}}                 a message of assets/messages.tsv (key, Japanese, English)
 * in the page's language; messages may hold {{name}} themselves
 *   {{! comment }}
 * A name that the innermost context lacks is looked up in the outer ones. There is no raw form.
 */
#ifndef MEGURI_RENDER_H
#define MEGURI_RENDER_H

#include "model/model.h"

/* Renders template `name` ("year", "initiative", …). False with ERR_NOT_FOUND for an unknown
 * name. */
MUST bool render_html(struct buf *out, str name, const struct value *tree, enum lang lang,
                      struct err *e);

/* A message by its key in a language, with {{name}} filled from `tree` (may be NULL). Unknown
 * keys give the key itself. */
str render_message(struct arena *a, str key, const struct value *tree, enum lang lang);

/* A list of flat maps as CSV: RFC 4180, CRLF, UTF-8 with BOM; columns in the order of the first
 * row's keys. */
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
};
/* An indicator over years: actuals as a line with marks by verdict shape, targets as short
 * level lines, years as era labels, axis from 0 or from a stated cut. */
struct chart chart_series(struct arena *a, const struct chart_point *points, uint32_t count,
                          str name, str unit, enum lang lang);
/* Baseline -> target -> actual of one goal on one small axis (a table cell, 160 x 28). */
struct chart chart_goal(struct arena *a, const struct indicator *i, enum lang lang);
/* A strip of verdict shapes, one for each indicator, in the order of enum verdict's words on the page (met, not met, cannot
 * tell, not measured, not measurable). It names the patterns of the page's shapes (template part "shapes"). Empty when
 * there is no indicator, or more than STRIP_MAX: then the figures beside it must do. */
enum { STRIP_MAX = 60 };
str chart_strip(struct arena *a, const struct tally *t);

/* The manual: CommonMark in, HTML markup out (raw HTML in the source is dropped). */
str render_markdown(struct arena *a, str source);

#endif

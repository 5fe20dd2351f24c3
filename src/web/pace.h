/* The pace towards a target, and what a city's scale says of it, as pages show them. */
#ifndef MEGURI_WEB_PACE_H
#define MEGURI_WEB_PACE_H

#include "measure/measure.h"
#include "web/page.h"

/* "pace": {kind, sentence, planned, so_far, needed, unit, years_left}, the rates as signed
 * numbers a year or null; null where there is nothing to say. A percentage moves in points,
 * never in %. */
void pace_put(const struct req *r, struct value *map, const struct pace_in *in);

/* The result that an indicator has itself, as a point of `fiscal_year`; false when it has none
 * that could be followed (none at all, a difference, another unit). */
bool pace_point_of(const struct indicator *i, int fiscal_year, struct pace_point *out);

/* Is it counted as a running total? Its name says so. */
bool pace_is_total(const struct indicator *i);

/* "scale": {name, code, label, needs_comment, sentence}: what the scale of the sheet's form
 * says of its main goals (the worst of them), beside the mark that people gave; code null and
 * the reason in the sentence where it cannot be told. null where the form has no scale, or no
 * main goal. */
void scale_put(const struct req *r, struct value *map, str form_id, const struct initiative *i);

#endif

/* The chart of what is usual: monthly counts of a register with their limits (XmR). */
#ifndef MEGURI_WEB_BEHAVIOUR_PART_H
#define MEGURI_WEB_BEHAVIOUR_PART_H

#include "measure/measure.h"
#include "web/page.h"

/* Puts "behaviour": {chart, sentence, years: [{year_label}], rows: [{month, cells: [{count,
 * is_outside, is_run}]}]}, April to March by fiscal year, of the last three years of months
 * that are over; null with fewer than three of them, where all are the same, and for a measure
 * that is no count or sum of entries (a rate, a mean, what grows from month to month). */
void behaviour_put(const struct req *r, struct value *map, const struct measure_def *d,
                   const struct cells *cells, str name);

#endif

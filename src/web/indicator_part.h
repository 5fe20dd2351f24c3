/* The part of an indicator's page that says where its actuals come from. */
#ifndef MEGURI_WEB_INDICATOR_PART_H
#define MEGURI_WEB_INDICATOR_PART_H

#include "web/page.h"

struct made {
    struct req *r;
    struct value *page;
    const struct indicator_ref *ref;
    const struct series *series;
};
/* "made": {register_url, source, years: [{year_label, published, accepted, counted,
 * counted_unit, numerator, denominator, pending, as_of, is_final, is_news, why_not}], quality:
 * [{label, text}], has_quality}; null where the indicator is bound to nothing, or to a survey.
 */
MUST bool part_put_made(const struct made *m, struct err *e);

#endif

/* The part of an indicator's page that says where its actuals come from, and how far they can
 * be trusted. */
#ifndef MEGURI_WEB_INDICATOR_PART_H
#define MEGURI_WEB_INDICATOR_PART_H

#include "web/actual_part.h"

struct made {
    struct req *r;
    struct value *page;
    const struct indicator_ref *ref;
    const struct series *series;
    /* filled in by made_load: */
    bool is_bound;
    struct indicator_body declared;
    struct binding binding;
    struct actual_view *views; /* one for each year of the plans and of the work, rising */
    uint32_t view_count;
};
/* Measures every year. Nothing is measured for a page that shows a day that is over: what the
 * evidence gave then is in the records. */
MUST bool made_load(struct made *m, struct err *e);

/* The view of a year, NULL = there is none. */
const struct actual_view *made_year(const struct made *m, int fiscal_year);

/* "made": {what, source, years: [as actual_put gives], behaviour, author_role, declared_url},
 * null where the indicator is bound to nothing; "quality": [{label, text}] all five, text null
 * where nothing is said; "rating": {sets: [{since, full, levels: [{stars,
 * at_least}]}], url}, null; "bind_url": where a person who may can change it, null. */
MUST bool made_put(struct made *m, struct err *e);

#endif

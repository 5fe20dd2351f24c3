/* Pieces of the pages of surveys: a question with its figures, its table by an attribute. */
#ifndef MEGURI_WEB_SURVEY_PART_H
#define MEGURI_WEB_SURVEY_PART_H

#include "audit/audit.h"
#include "web/page.h"

/* A survey as it is shown, and the one it is compared with. */
struct survey_shown {
    str organisation;
    const struct survey_stored *now;
    const struct survey_stored *before; /* has_tally false = none */
    const struct value *bound; /* the list of actual_put_uses: indicators that it feeds */
};

/* "uses": [{name, url}], the indicators that rest on the question: those that are bound to it,
 * and those that the definition names. */
void survey_put_uses(const struct req *r, struct value *map, const struct survey_shown *x,
                     const struct question *q);
/* "filter": by which answer to which question people were asked, null = everybody. */
void survey_put_filter(const struct req *r, struct value *map, const struct survey *s,
                       const struct question *q);
/* One question with what was answered: sentences, chart, choices, tables by attribute without
 * what could be recognised. `flat` takes its rows for .csv. */
void survey_put_question(const struct req *r, struct value *map, struct value *flat,
                         const struct survey_shown *x, uint32_t question);

#endif

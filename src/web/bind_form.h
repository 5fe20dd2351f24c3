/* The form in which a measure is declared: what can be chosen, what stands, what was typed. */
#ifndef MEGURI_WEB_BIND_FORM_H
#define MEGURI_WEB_BIND_FORM_H

#include "web/page.h"

struct bind_form {
    str organisation;
    str source; /* "register/training", "ledger/x", "rating/x", "survey/kumin-{year}", "manual";
                   "" = none is chosen */
    struct binding standing; /* as it is saved; kind MEASURE_KIND_COUNT = nothing is */
    struct binding binding;  /* as the form shows it */
    bool is_complete;        /* `binding` can be measured */
    struct book_rows books;
    struct survey_rows surveys;
    struct register_def def;   /* of the chosen register or ledger; no field = none */
    struct survey survey;      /* the newest of the chosen survey; no question = none */
    int first_year, last_year; /* of the numbers entered by hand */
};

/* The source is that of ?source= (of the form that was sent), or else the standing one. */
MUST bool bind_form_load(struct req *r, str organisation, const struct binding *standing,
                         struct bind_form *out, struct err *e);
/* Takes what was sent. ERR_INPUT with a sentence when it is no measure. */
MUST bool bind_form_read(struct req *r, struct bind_form *f, struct err *e);
/* "sources": [{group, value, label, is_chosen}]; "form": null without a source, or {source,
 * kind, values, of, questions, filters, years, unit, decimals, divide, plain, gives, quality}.
 */
void bind_form_put(const struct req *r, struct value *page, const struct bind_form *f);

#endif

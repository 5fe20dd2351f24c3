/* What the store holds behind a plan's figures, for the rules that need it. */
#include "cli/inner.h"

#include "base/banned.h"

static struct measure_input input_of(const struct bound_source *b,
                                     const struct measure_source *s, int fiscal_year,
                                     date today)
{
    return (struct measure_input){ &b->binding.measure, &s->cells, fiscal_year, today,
                                   s->levels,           s->survey, s->tally };
}

/* Of what is bound first, then of the questions that name an indicator themselves. */
static bool evidence_find(struct conn *db, struct arena *a, const struct plan *plan, date today,
                          struct audit_input *with, struct err *e)
{
    struct bound_sources bound;
    struct survey_results results;
    struct survey_counted *all;
    struct audit_evidence *asked, *rows;
    struct audit_bound *inputs;
    uint32_t n;

    if (!store_bound_sources(db, a, plan, &bound, e)
        || !store_survey_results(db, a, plan->organisation_code, plan->fiscal_year, &results,
                                 e))
        return false;
    inputs = NEW(a, struct audit_bound, bound.count);
    for (uint32_t i = 0; i < bound.count; i++) {
        const struct bound_source *b = &bound.rows[i];

        inputs[i] = (struct audit_bound){ b->indicator, b->now.name,
                                          input_of(b, &b->now, plan->fiscal_year, today),
                                          input_of(b, &b->before, plan->fiscal_year - 1, today),
                                          b->years.count ? &b->years : NULL };
    }
    all = NEW(a, struct survey_counted, results.count);
    for (uint32_t i = 0; i < results.count; i++)
        all[i] = (struct survey_counted){ &results.rows[i].survey, &results.rows[i].tally };
    n = audit_evidence_of(a, plan->fiscal_year, all, results.count, &asked);
    rows = NEW(a, struct audit_evidence, bound.count + n);
    audit_evidence_bound(a, inputs, bound.count, rows);
    for (uint32_t i = 0; i < n; i++)
        rows[bound.count + i] = asked[i];
    with->evidence = rows;
    with->evidence_count = bound.count + n;
    return true;
}

bool audit_with_evidence(struct conn *db, struct arena *a, const struct audit_input *in,
                         struct findings *out, struct err *e)
{
    struct audit_input with = *in;

    if (!evidence_find(db, a, in->plan, cli_today(cli_now_ms()), &with, e))
        return false;
    audit_plan(a, &with, out);
    return true;
}

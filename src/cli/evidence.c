/* What the store holds behind a plan's figures, for the rules that need it. */
#include "cli/inner.h"

#include "base/banned.h"

bool audit_with_evidence(struct conn *db, struct arena *a, const struct audit_input *in,
                         struct findings *out, struct err *e)
{
    struct audit_input with = *in;
    struct survey_results results;
    struct survey_counted *all;
    struct audit_evidence *evidence;

    if (!store_survey_results(db, a, in->plan->organisation_code, in->plan->fiscal_year,
                              &results, e))
        return false;
    all = NEW(a, struct survey_counted, results.count);
    for (uint32_t i = 0; i < results.count; i++)
        all[i] = (struct survey_counted){ &results.rows[i].survey, &results.rows[i].tally };
    with.evidence_count =
        audit_evidence_of(a, in->plan->fiscal_year, all, results.count, &evidence);
    with.evidence = evidence;
    audit_plan(a, &with, out);
    return true;
}

/* The audit of a plan with what the store holds behind its figures. */
#include "cli/inner.h"

#include "base/banned.h"

bool audit_with_evidence(struct conn *db, struct arena *a, const struct audit_input *in,
                         struct findings *out, struct err *e)
{
    struct audit_input with = *in;
    struct plan_behind behind;

    if (!store_plan_behind(db, a, in->plan, &behind, e))
        return false;
    audit_behind(a, &behind, cli_today(cli_now_ms()), &with);
    audit_plan(a, &with, out);
    return true;
}
